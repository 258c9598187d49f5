// What the learner has: a row for each attainment.

import { ATTAINMENT_STATUSES } from "credstack";
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";

import { courseOf, own, termsOf } from "../catalog.ts";
import { type Attainment, isDate, set, today } from "../record.ts";
import type { Context } from "./context.ts";
import { type Choice, choiceField, choicesField, dateField, flagField, numberField, textField } from "./fields.ts";
import { icon } from "./icons.ts";
import { bdi, isolated } from "./text.ts";

/** Shows the rows, in the order in which they were added. */
export function attainments(context: Context, remove: (attainment: Attainment) => void): TemplateResult {
  const { words, catalog, draft } = context;
  if (draft.attainments.length === 0) return html`<p class="empty">${words.nothingYet}</p>`;
  return html`<ul class="entries" part="entries">
    ${repeat(
      draft.attainments,
      ({ id }) => id,
      (attainment) => guard([attainment, words, catalog], () => row(context, attainment, remove)),
    )}
  </ul>`;
}

/** Changes a field of one attainment. */
type Change = <Name extends keyof Attainment & string>(name: Name, value: Attainment[Name] | undefined) => void;

function row(context: Context, attainment: Attainment, remove: (attainment: Attainment) => void): TemplateResult {
  const { words, catalog } = context;
  const title = courseOf(catalog, attainment.of)?.title;
  const code = isolated(attainment.of);
  const change: Change = (name, value) =>
    context.change((draft) => ({
      ...draft,
      attainments: draft.attainments.map((other) => (other.id === attainment.id ? set(other, name, value) : other)),
    }));
  const states = ATTAINMENT_STATUSES.map((value) => ({
    value,
    label: words.states[value],
  }));
  return html`<li class="entry" part="entry" data-id=${attainment.id}>
    <div class="entry-name">
      ${bdi(attainment.of, "code")} ${title === undefined ? nothing : bdi(title, "entry-title")}
    </div>
    <button
      type="button"
      class="icon-button"
      aria-label=${words.removeOf(code)}
      title=${words.remove}
      @click=${() => remove(attainment)}
    >
      ${icon("remove")}
    </button>
    <div class="entry-fields">
      ${gradeField(context, attainment, change)}
      ${choiceField({
        label: `${words.state}: ${code}`,
        isLabelHidden: true,
        value: attainment.status ?? "completed",
        choices: states,
        set: (value) => change("status", value as Attainment["status"]),
      })}
    </div>
    <details class="entry-more">
      <summary aria-label=${words.moreOf(code)}>${words.more}</summary>
      <div class="fields">${more(context, attainment, change)}</div>
    </details>
  </li>`;
}

function gradeField({ words, catalog }: Context, attainment: Attainment, change: Change): TemplateResult {
  const scale = own(catalog.scales, attainment.scale ?? catalog.defaults.scale);
  const field = {
    label: `${words.grade}: ${isolated(attainment.of)}`,
    isLabelHidden: true,
    value: attainment.grade,
    set: (value: string | undefined) => change("grade", value),
  };
  if (scale && "numeric" in scale.kind) {
    return html`<input
      type="text"
      inputmode="decimal"
      size="5"
      aria-label=${field.label}
      placeholder=${words.grade}
      .value=${attainment.grade ?? ""}
      @input=${(event: Event) => field.set((event.target as HTMLInputElement).value.trim() || undefined)}
    />`;
  }
  const symbols = scale && "symbols" in scale.kind ? scale.kind.symbols : [];
  return choiceField({
    ...field,
    none: words.noGrade,
    choices: symbols.map(({ symbol }) => ({ value: symbol, label: symbol })),
  });
}

/** Shows what is stated less often. */
function more(context: Context, attainment: Attainment, change: Change): TemplateResult {
  const { words, catalog } = context;
  const choices = <Name extends string>(names: Record<Name, string>): Choice[] =>
    Object.entries<string>(names).map(([value, label]) => ({ value, label }));
  return html`
    ${when(context, attainment, change)}
    ${numberField({ label: words.credits, value: attainment.credits, set: (value) => change("credits", value) }, words)}
    ${choiceField({
      label: words.source,
      value: attainment.source ?? "institution",
      choices: choices(words.sources),
      set: (value) => change("source", value as Attainment["source"]),
    })}
    ${choiceField({
      label: words.kind,
      value: attainment.kind,
      none: words.asInCatalog,
      choices: choices(words.kinds),
      set: (value) => change("kind", value as Attainment["kind"]),
    })}
    ${choiceField({
      label: words.scale,
      value: attainment.scale,
      none: words.asInCatalog,
      choices: Object.keys(catalog.scales ?? {}).map((scale) => ({ value: scale, label: scale })),
      set: (value) => change("scale", value),
    })}
    ${dateField({ label: words.expires, value: attainment.expires_on, set: (value) => change("expires_on", value) })}
    ${attributeFields(context, catalog.attainment_attributes, attainment.attributes ?? {}, (values) =>
      change("attributes", Object.keys(values).length > 0 ? values : undefined),
    )}
  `;
}

/** Asks for a term of the catalog, or a day. */
function when({ words, catalog }: Context, attainment: Attainment, change: Change): TemplateResult {
  const value = attainment.completed_on;
  const isDay = value !== undefined && isDate(value);
  const terms = termsOf(catalog).map((term) => ({ value: term, label: term }));
  return html`
    ${choiceField({
      label: words.when,
      value: isDay ? DAY : value,
      none: words.noDate,
      choices: [{ value: DAY, label: words.onDay }, ...terms],
      set: (value) => change("completed_on", value === DAY ? today() : value),
    })}
    ${isDay ? dateField({ label: words.day, value, set: (value) => change("completed_on", value) }) : nothing}
  `;
}

/** No term is called so: names have no blanks at their ends. */
const DAY = " day ";

type Attributes = NonNullable<Context["catalog"]["learner_attributes"]>;
type Values = Context["draft"]["attributes"];

/** Shows an input of the right kind for each declared attribute. */
export function attributeFields(
  { words }: Context,
  attributes: Attributes | undefined,
  values: Values,
  change: (values: Values) => void,
): TemplateResult[] {
  return Object.entries(attributes ?? {}).map(([name, { title, kind }]) => {
    const label = title ?? name;
    const value = own(values, name);
    const put = (value: Values[string] | undefined): void => change(set(values, name, value));
    const text = typeof value === "string" ? value : undefined;
    if (kind === "flag")
      return flagField({ label, value: typeof value === "boolean" ? value : undefined, set: put }, words);
    if (kind === "number") {
      const number = typeof value === "number" ? value : undefined;
      const set = (text: string | undefined): void => put(text === undefined ? undefined : Number(text));
      return numberField({ label, value: number, isSigned: true, set }, words);
    }
    if (kind === "date") return dateField({ label, value: text, set: put });
    if (kind === "text") return textField({ label, value: text, set: put });
    if ("choice" in kind) {
      const choices = kind.choice.map((value) => ({ value, label: value }));
      return choiceField({ label, value: text, none: words.notStated, choices, set: put });
    }
    return choicesField({ label, value: Array.isArray(value) ? value : undefined, choices: kind.choices, set: put });
  });
}
