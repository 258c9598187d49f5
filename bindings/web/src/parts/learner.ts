// What the learner pursues and was awarded, and what the rules ask about them.

import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";

import { titleOf } from "../catalog.ts";
import { isDate, set } from "../record.ts";
import { sayDate } from "../words.ts";
import { attributeFields } from "./attainments.ts";
import type { Context } from "./context.ts";
import { choiceField, dateField } from "./fields.ts";
import { icon } from "./icons.ts";
import { bdi, isolated } from "./text.ts";

/** Shows what is pursued, in order. */
export function pursued(context: Context): unknown {
  const { words, catalog, draft } = context;
  return guard([words, catalog, draft.declared], () => pursuits(context));
}

/** Shows what was awarded, with a day each. */
export function awarded(context: Context): unknown {
  const { words, catalog, draft } = context;
  return guard([words, catalog, draft.conferred], () => awards(context));
}

/** Shows the attributes of learners that the catalog declares. */
export function facts(context: Context): unknown {
  const { words, catalog, draft } = context;
  const { attributes, approvals, exceptions } = draft;
  return guard([words, catalog, attributes, approvals, exceptions], () => known(context));
}

function pursuits(context: Context): TemplateResult {
  const { words, catalog, draft } = context;
  const put = (declared: string[]): void => context.change((draft) => ({ ...draft, declared }));
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const id = form.querySelector("select")?.value;
    if (id) put([...draft.declared, id]);
    form.reset();
  };
  const row = (id: string, at: number): TemplateResult => {
    const title = titleOf(catalog, id);
    const others = draft.declared.filter((other) => other !== id);
    return html`<li class="line">
      ${bdi(title)}
      <span class="line-buttons">
        ${
          at === 0
            ? nothing
            : html`<button
                type="button"
                class="icon-button"
                aria-label=${words.first(isolated(title))}
                @click=${() => put(others.toSpliced(at - 1, 0, id))}
              >
                ${icon("up")}
              </button>`
        }
        <button
          type="button"
          class="icon-button"
          aria-label=${words.removeOf(isolated(title))}
          title=${words.remove}
          @click=${() => put(others)}
        >
          ${icon("remove")}
        </button>
      </span>
    </li>`;
  };
  return html`
    <h3>${words.pursues}</h3>
    <p class="hint">${words.pursuesHint}</p>
    ${
      draft.declared.length > 0
        ? html`<ol class="lines">
            ${repeat(draft.declared, (id) => id, row)}
          </ol>`
        : nothing
    }
    <form class="fields" @submit=${add}>
      ${choiceField({ label: words.addPursued, value: undefined, none: words.choose, choices: credentials(context, draft.declared), set: () => {} })}
      <button type="submit" class="button">${words.add}</button>
    </form>
  `;
}

function awards(context: Context): TemplateResult {
  const { words, language, catalog, draft } = context;
  const put = (conferred: typeof draft.conferred): void => context.change((draft) => ({ ...draft, conferred }));
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const [credential, on] = [form.querySelector("select")?.value, form.querySelector("input")?.value];
    if (!credential || !on || !isDate(on)) return;
    put([...draft.conferred, { credential, on }]);
    form.reset();
  };
  const row = (award: (typeof draft.conferred)[number]): TemplateResult => {
    const title = titleOf(catalog, award.credential);
    return html`<li class="line">
      <span>${bdi(title)}, ${sayDate(award.on, language)}</span>
      <button
        type="button"
        class="icon-button"
        aria-label=${words.removeOf(isolated(title))}
        title=${words.remove}
        @click=${() => put(draft.conferred.filter((other) => other !== award))}
      >
        ${icon("remove")}
      </button>
    </li>`;
  };
  return html`
    <p class="hint">${words.awardedHint}</p>
    ${
      draft.conferred.length > 0
        ? html`<ul class="lines">
            ${draft.conferred.map(row)}
          </ul>`
        : nothing
    }
    <form class="fields" @submit=${add}>
      ${choiceField({ label: words.awardedCredential, value: undefined, none: words.choose, choices: credentials(context, []), set: () => {} })}
      ${dateField({ label: words.awardedOn, value: undefined, set: () => {} })}
      <button type="submit" class="button">${words.add}</button>
    </form>
  `;
}

function known(context: Context): TemplateResult {
  const { words, catalog, draft } = context;
  const put = (attributes: typeof draft.attributes): void =>
    context.change((draft) => set(draft, "attributes", attributes));
  const { approvals, exceptions } = draft;
  return html`
    <p class="hint">${words.factsHint}</p>
    <div class="fields">${attributeFields(context, catalog.learner_attributes, draft.attributes, put)}</div>
    ${approvals.length + exceptions.length > 0 ? html`<p>${words.kept(approvals.length, exceptions.length)}</p>` : nothing}
  `;
}

function credentials({ catalog }: Context, except: readonly string[]): { value: string; label: string }[] {
  const ids = Object.keys(catalog.credentials ?? {}).filter((id) => !except.includes(id));
  return ids.map((id) => ({ value: id, label: titleOf(catalog, id) }));
}
