// What only the printed page has: what the answers are about, and what they were computed with.

import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";

import { courseOf, own, titleOf } from "../catalog.ts";
import type { Attainment } from "../record.ts";
import { sayDate } from "../words.ts";
import { worth } from "./amounts.ts";
import type { Answer, Context } from "./context.ts";
import { bdi } from "./text.ts";

/** Shows the head of the page. */
export function printHead({ words, language }: Context, { as_of }: Answer): unknown {
  return guard(
    [words, as_of],
    () =>
      html`<div class="print-only">
        <p class="unofficial"><strong>${words.unofficial}.</strong> ${words.unofficialHint}</p>
        <p>${words.printed(sayDate(as_of, language))}</p>
      </div>`,
  );
}

/** Shows the record, in place of the form. */
export function printRecord(context: Context): unknown {
  const { words, catalog, draft } = context;
  return guard([words, catalog, draft], () => recordTable(context));
}

function recordTable(context: Context): TemplateResult {
  const { words, language, catalog, draft } = context;
  const value = (value: (typeof draft.attributes)[string]): string =>
    typeof value === "boolean" ? (value ? words.yes : words.no) : String(value);
  return html`<section class="print-only print-record">
    <h2>${words.yourRecord}</h2>
    <table>
      <tbody>
        ${draft.attainments.map((attainment) =>
          guard([attainment, words, catalog], () => recordRow(context, attainment)),
        )}
      </tbody>
    </table>
    <ul>
      ${draft.conferred.map(({ credential, on }) => html`<li>${bdi(titleOf(catalog, credential))}: ${words.awardedOn} ${sayDate(on, language)}</li>`)}
      ${Object.entries(draft.attributes).map(
        ([name, stated]) =>
          html`<li>${bdi(own(catalog.learner_attributes, name)?.title ?? name)}: ${bdi(value(stated))}</li>`,
      )}
    </ul>
  </section>`;
}

function recordRow(
  context: Context,
  { of, grade, status = "completed", completed_on, credits }: Attainment,
): TemplateResult {
  const { words, catalog } = context;
  return html`<tr>
    <td>${bdi(of, "code")} ${bdi(courseOf(catalog, of)?.title ?? "")}</td>
    <td>${grade === undefined ? words.noGrade : bdi(grade)}</td>
    <td>${words.states[status]}</td>
    <td>${completed_on === undefined ? nothing : bdi(completed_on)}</td>
    <td>${credits === undefined ? nothing : worth(context, Number(credits), "credits")}</td>
  </tr>`;
}

/** Shows the foot of the page. */
export function printFoot({ words }: Context, { provenance }: Answer): TemplateResult {
  return html`<dl class="print-only hashes">
    <dt>${words.rules}</dt>
    <dd>${provenance.bundle}</dd>
    <dt>${words.engine}</dt>
    <dd>${provenance.module}</dd>
  </dl>`;
}
