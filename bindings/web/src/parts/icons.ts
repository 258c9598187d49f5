import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

const PATHS = {
  conferred: svg`<circle cx="8" cy="6" r="4.25" /><path d="M5.4 9.6 4.6 14.6 8 12.8l3.4 1.8-.8-5M6.3 6.1l1.2 1.2 2.2-2.4" />`,
  complete: svg`<circle cx="8" cy="8" r="6.25" class="full" /><path d="m5.2 8.2 2 2 3.8-4.2" class="over" />`,
  met: svg`<path d="m3.2 8.6 3.2 3.2 6.6-7.4" />`,
  half: svg`<circle cx="8" cy="8" r="6.25" /><path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" class="full" />`,
  review: svg`<circle cx="8" cy="8" r="6.25" /><path d="M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.3M8 11.4v.1" />`,
  open: svg`<circle cx="8" cy="8" r="6.25" />`,
  closed: svg`<circle cx="8" cy="8" r="6.25" /><path d="M4 12 12 4" />`,
  start: svg`<path d="M2.5 8h10M8.8 4.2 12.6 8l-3.8 3.8" />`,
  lock: svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1.5" /><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />`,
  remove: svg`<path d="m4 4 8 8M12 4l-8 8" />`,
  up: svg`<path d="M8 13V3.5M4 7.3 8 3.4l4 3.9" />`,
  shield: svg`<path d="M8 1.8 13 3.6v3.9c0 3.2-2.1 5.6-5 6.7-2.9-1.1-5-3.5-5-6.7V3.6z" /><path d="m5.8 7.9 1.6 1.6 2.9-3.2" />`,
  file: svg`<path d="M8 10.5v-7M5 6.2l3-3 3 3M2.8 10.5v1.7c0 .7.6 1.3 1.3 1.3h7.8c.7 0 1.3-.6 1.3-1.3v-1.7" />`,
  warning: svg`<path d="M8 2.2 14.4 13.5H1.6z" /><path d="M8 6.6v3.2M8 11.6v.1" />`,
  way: svg`<circle cx="3.5" cy="12.5" r="1.6" /><circle cx="12.5" cy="3.5" r="1.6" /><path d="M5.1 12.5h4.4a2.25 2.25 0 0 0 0-4.5h-3a2.25 2.25 0 0 1 0-4.5h4.4" />`,
} satisfies Record<string, SVGTemplateResult>;

export type Icon = keyof typeof PATHS;

/** Shows a picture beside words, which say the same. */
export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
}
