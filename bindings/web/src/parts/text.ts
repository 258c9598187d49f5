// Texts of catalogs, records and files. They are never HTML, stand apart from the direction of the
// words around them, and none is so long that the page cannot be used.

import { html, nothing, type TemplateResult } from "lit";

/** The longest text that is shown whole, in UTF-16 units. */
const LONGEST = 600;

/** Shows a text of somebody else's. */
export function bdi(text: string, name?: string): TemplateResult {
  return html`<bdi class=${name ?? nothing}>${clip(text)}</bdi>`;
}

/** Shows a sentence of the engine. */
export function sentence(text: string, language: string): TemplateResult {
  return html`<bdi dir="ltr" lang=${language}>${clip(capital(text))}</bdi>`;
}

/** Puts a capital letter at the start of a text. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Returns a text for attributes and announcements, where no element can isolate it. */
export function isolated(text: string): string {
  return `\u2068${clip(text)}\u2069`;
}

function clip(text: string): string {
  if (text.length <= LONGEST) return text;
  // The cut may not leave half of a surrogate pair.
  return `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
