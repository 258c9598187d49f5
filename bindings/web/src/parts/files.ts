// Files that the learner brings: a record, or a table of attainments.

import { html, nothing, type TemplateResult } from "lit";

import type { BadRow, Fault, Row } from "../csv.ts";
import type { Words } from "../words.ts";
import { icon } from "./icons.ts";
import { bdi, isolated } from "./text.ts";

/** What became of a file. */
export type Report =
  | { kind: "record"; name: string }
  | { kind: "rows"; name: string; count: number; refused: BadRow[] }
  /** Rows of several learners, of whom one is to be chosen. */
  | { kind: "whose"; name: string; rows: Row[]; refused: BadRow[] }
  | { kind: "cleared" }
  /** Nothing was changed; the texts are said in the language of the moment. */
  | {
      kind: "refused";
      say: (words: Words) => { title: string; where?: string; faults: { reason: string; mend?: string }[] };
    };

interface ReportActions {
  undo: (() => void) | undefined;
  take(rows: Row[], refused: BadRow[], name: string): void;
}

/** Shows the report, which takes the focus when it comes. */
export function report(words: Words, current: Report, actions: ReportActions): TemplateResult {
  // Rows that the answers leave out are told on paper as well.
  const keeps = current.kind === "rows" && current.refused.length > 0;
  return html`<div
    class="report box ${current.kind === "refused" ? "closed" : ""} ${keeps ? "keeps" : ""}"
    id="report"
    tabindex="-1"
    role="group"
    aria-label=${words.file}
  >
    ${icon(current.kind === "refused" ? "warning" : "file")}
    <div>
      ${contents(words, current, actions)}
      ${
        actions.undo && current.kind !== "refused" && current.kind !== "whose"
          ? html`<p><button type="button" class="button quiet" @click=${actions.undo}>${words.undo}</button></p>`
          : nothing
      }
    </div>
  </div>`;
}

function contents(words: Words, current: Report, actions: ReportActions): TemplateResult {
  if (current.kind === "record") return html`<p>${words.recordTaken(isolated(current.name))}</p>`;
  if (current.kind === "cleared") return html`<p>${words.cleared}</p>`;
  if (current.kind === "rows") {
    return html`<p>${words.rowsTaken(current.count, isolated(current.name))}</p>
      ${refusedRows(words, current.refused)}`;
  }
  if (current.kind === "whose") return whose(words, current, actions);
  const { title, where, faults } = current.say(words);
  return html`<p><strong>${title}</strong></p>
    ${where === undefined ? nothing : html`<p>${where}</p>`}
    <ul>
      ${faults.map(({ reason, mend }) => html`<li>${bdi(reason)} ${mend ?? nothing}</li>`)}
    </ul>`;
}

/** Shows each row that was not taken: where, why, and how to mend it. */
function refusedRows(words: Words, refused: readonly BadRow[]): TemplateResult | typeof nothing {
  if (refused.length === 0) return nothing;
  return html`<p><strong>${words.rowsRefused(refused.length)}</strong></p>
    <p>${words.rowsLeftOut}</p>
    <ul class="refused">
      ${refused.map(
        ({ line, text, faults }) =>
          html`<li>
            <p><strong>${words.line(line)}</strong> <code>${bdi(text)}</code></p>
            ${told(words, faults)}
          </li>`,
      )}
    </ul>`;
}

function told(words: Words, faults: readonly Fault[]): TemplateResult[] {
  return faults.map((fault) => {
    const { reason, mend } = fault(words.csv);
    return html`<p>${reason} ${mend}</p>`;
  });
}

function whose(
  words: Words,
  { name, rows, refused }: Extract<Report, { kind: "whose" }>,
  { take }: ReportActions,
): TemplateResult {
  const learners = new Map<string, Row[]>();
  for (const row of rows) learners.set(row.learner, [...(learners.get(row.learner) ?? []), row]);
  const chosen = (event: SubmitEvent): void => {
    event.preventDefault();
    const learner = (event.target as HTMLFormElement).querySelector("select")?.value ?? "";
    const own = learners.get(learner);
    // A row that does not say whose it is may be this learner's.
    const doubtful = refused.filter((row) => row.learner === learner || row.learner === "");
    if (own) take(own, doubtful, name);
  };
  return html`<form @submit=${chosen}>
    <label class="field">
      <span class="field-label">${words.whose}</span>
      <select>
        ${[...learners].map(([learner, own]) => html`<option value=${learner}>${words.rowsOf(isolated(learner), own.length)}</option>`)}
      </select>
    </label>
    <p class="hint">${words.whoseHint(learners.size)}</p>
    <button type="submit" class="button">${words.take}</button>
  </form>`;
}
