// The page once there are an engine and an answer: the form on one side, the answers on the other.

import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";

import type { BadRow, Row } from "../csv.ts";
import type { EngineClient } from "../engine/client.ts";
import { answers, type AnswersView, summary } from "../parts/answers.ts";
import { attainments } from "../parts/attainments.ts";
import type { Answer, Context } from "../parts/context.ts";
import { dateField } from "../parts/fields.ts";
import { report } from "../parts/files.ts";
import { icon } from "../parts/icons.ts";
import { awarded, facts, pursued } from "../parts/learner.ts";
import { printFoot, printHead, printRecord } from "../parts/print.ts";
import { bdi, isolated, sentence } from "../parts/text.ts";
import { type Attainment, type Draft, isEmpty, today } from "../record.ts";
import { type Language, LANGUAGES, type Words } from "../words.ts";
import { isListed, spokenOf, type State } from "./state.ts";

/** What the learner can do. */
export interface Actions extends Omit<AnswersView, "opened" | "plans"> {
  /** Returns whether the last change can be taken back. */
  canUndo(): boolean;
  change(make: (draft: Draft) => Draft): void;
  add(code: string): void;
  remove(attainment: Attainment): void;
  undo(): void;
  startOver(): void;
  save(): void;
  chosen(event: Event): void;
  take(rows: readonly Row[], refused: readonly BadRow[], name: string): void;
  /** Asks again. */
  retry(): void;
  speak(language: Language): void;
  /** Opens a card and goes to it. */
  show(credential: string): void;
  /** Brings what a selector finds into view. */
  go(selector: string): void;
}

/** Shows the whole page. */
export function page(state: State, actions: Actions, client: EngineClient, answer: Answer): TemplateResult {
  const { words, language } = state;
  const spoken = spokenOf(state, client);
  const context: Context = {
    words,
    language,
    spoken,
    // INVARIANT: `spokenOf` gives a language that has labels, or English, which every engine speaks.
    labels: client.labels[spoken] as Context["labels"],
    catalog: client.catalog,
    graph: client.graph,
    draft: state.draft,
    change: actions.change,
  };
  const figures = summary(context, answer);
  return html`
      <header class="head" part="header">
        <div>
          <h2 class="title">${bdi(client.catalog.title)}</h2>
          <p class="promise no-print">
            ${icon("shield")} <span><strong>${words.promise}</strong> ${words.forgets}</span>
          </p>
        </div>
        ${languages(state, actions)}
      </header>
      ${printHead(context, answer)} ${unknownTargets(state, client)}
      ${
        state.report
          ? report(words, state.report, {
              undo: actions.canUndo() ? () => actions.undo() : undefined,
              take: actions.take,
            })
          : nothing
      }
      <div class="sides">
        <section class="form no-print" part="form" aria-labelledby="form-title">
          ${form(state, actions, context, figures)}
        </section>
        <section class="answers" part="answers" aria-labelledby="answers-title">
          ${answered(state, actions, context, answer, figures)}
        </section>
      </div>
      ${printRecord(context)} ${printFoot(context, answer)}
    `;
}

function form(state: State, actions: Actions, context: Context, figures: string): TemplateResult {
  const { words } = context;
  const { isNarrow } = state;
  return html`
      <h2 id="form-title">${words.yourRecord}</h2>
      <div class="part">
        <h3>${words.has}</h3>
        <credstack-combobox
          .items=${state.items}
          .context=${guard([words, context.labels], () => context)}
          @pick=${(event: CustomEvent<string>) => actions.add(event.detail)}
        ></credstack-combobox>
        ${attainments(context, actions.remove)}
        <button type="button" class="button jump" @click=${() => actions.go("#answers-title")}>
          ${figures}
        </button>
      </div>
      <div class="part">${pursued(context)}</div>
      ${folding(words.facts, isNarrow, facts(context))} ${folding(words.awarded, isNarrow, awarded(context))}
      ${folding(words.file, isNarrow, files(state, actions))}
    `;
}

/** Shows a part that is asked for less often, and closed at first where there is little room. */
function folding(title: string, isNarrow: boolean, contents: unknown): TemplateResult {
  return html`<details class="part" .open=${!isNarrow}>
      <summary><h3>${title}</h3></summary>
      ${contents}
    </details>`;
}

function files({ words, draft }: State, actions: Actions): TemplateResult {
  return html`<p class="hint">${words.fileHint}</p>
      <div class="buttons">
        <label class="button file">
          ${icon("file")} ${words.chooseFile}
          <input
            type="file"
            class="visually-hidden"
            accept=".json,.csv,application/json,text/csv"
            @change=${actions.chosen}
          />
        </label>
        <button type="button" class="button" ?disabled=${isEmpty(draft)} @click=${actions.save}>
          ${words.saveRecord}
        </button>
        <button type="button" class="button quiet" ?disabled=${isEmpty(draft)} @click=${actions.startOver}>
          ${words.startOver}
        </button>
      </div>`;
}

function answered(
  state: State,
  actions: Actions,
  context: Context,
  answer: Answer,
  figures: string,
): TemplateResult {
  const { words, spoken, catalog } = context;
  const { opened, plans, asked, draft } = state;
  const { open, toggle, load } = actions;
  const notices = answer.notices ?? [];
  return html`
      <div class="answers-head">
        <div>
          <h2 id="answers-title" tabindex="-1">${words.answers}</h2>
          <p class="summary">${figures}</p>
        </div>
        <div class="no-print as-of">
          ${dateField({ label: words.asOf, value: state.asOf, set: (date) => (state.asOf = date ?? today()) })}
          <button type="button" class="button quiet" @click=${() => window.print()}>${words.print}</button>
        </div>
      </div>
      ${faulty(state, actions)}
      ${
        notices.length > 0
          ? html`<div class="box review">
              ${icon("warning")}
              <div>
                <h3>${words.notices}</h3>
                <ul>
                  ${notices.map((notice) => html`<li>${sentence(notice, spoken)}</li>`)}
                </ul>
              </div>
            </div>`
          : nothing
      }
      <credstack-stack
        .context=${guard([words, catalog], () => context)}
        .answer=${answer}
        .targets=${guard([asked.join(" "), draft.declared], () => (asked.length > 0 ? [...asked, ...draft.declared] : []))}
        @pick=${(event: CustomEvent<string>) => actions.show(event.detail)}
      ></credstack-stack>
      ${answers(context, answer, { opened, plans, open, toggle, load })}
    `;
}

function faulty({ words, fault }: State, actions: Actions): TemplateResult | typeof nothing {
  if (!fault) return nothing;
  const isTrapped = fault.code === "engine-trapped" || fault.code === "engine-stopped";
  return html`<div class="box closed" role="alert">
      ${icon("warning")}
      <div>
        <h3>${words.notAnswered}</h3>
        <p>${isTrapped ? words.trapped : html`${words.refused} ${bdi(fault.message)}`}</p>
        <p>
          <button type="button" class="button" @click=${actions.retry}>
            ${words.retry}
          </button>
          ${actions.canUndo() ? html`<button type="button" class="button quiet" @click=${() => actions.undo()}>${words.undo}</button>` : nothing}
        </p>
      </div>
    </div>`;
}

function languages({ words, language }: State, actions: Actions): TemplateResult {
  return html`<div class="switch no-print" part="languages" role="group" aria-label=${words.language}>
      ${LANGUAGES.map(
        ({ code, name }) =>
          html`<button
            type="button"
            lang=${code}
            aria-pressed=${code === language}
            @click=${() => actions.speak(code)}
          >
            ${name}
          </button>`,
      )}
    </div>`;
}

function unknownTargets({ words, asked }: State, client: EngineClient): TemplateResult | typeof nothing {
  const unknown = asked.filter((id) => !isListed(client, id));
  if (unknown.length === 0) return nothing;
  return html`<p class="box review">
      ${icon("warning")} <span>${words.unknownTargets(isolated(unknown.join(", ")))}</span>
    </p>`;
}

/** Shows what stands there until there is an answer. */
export function loading(words: Words): TemplateResult {
  return html`<p class="loading" role="status">${words.loading}</p>`;
}
