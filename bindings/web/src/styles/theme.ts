// What a page may set, and the colours that follow.

import { css } from "lit";

export const theme = css`
  :host {
    --_accent: var(--credstack-accent, light-dark(#1f4e79, #8fc1ee));
    --_on-accent: var(--credstack-on-accent, light-dark(#ffffff, #10202f));
    --_page: var(--credstack-page, light-dark(#fbfaf8, #14171b));
    --_card: var(--credstack-card, light-dark(#ffffff, #1c2026));
    --_sunken: var(--credstack-sunken, light-dark(#f3f1ed, #23282f));
    --_text: var(--credstack-text, light-dark(#1d2329, #e9ecef));
    --_muted: var(--credstack-muted, light-dark(#586069, #a7b0ba));
    --_line: var(--credstack-line, light-dark(#e3e0da, #333a43));
    --_field: var(--credstack-field, light-dark(#83898f, #78828d));
    --_radius: var(--credstack-radius, 10px);
    --_good: light-dark(#1c6b43, #7fd3a5);
    --_good-soft: light-dark(#e4f3ea, #1c3529);
    --_soon: light-dark(#1f5c8f, #93c7f2);
    --_soon-soft: light-dark(#e5f0f9, #1b3145);
    --_review: light-dark(#815000, #efc173);
    --_review-soft: light-dark(#fdf1da, #3a2e17);
    --_open: light-dark(#515a63, #b4bdc7);
    --_open-soft: light-dark(#efeeeb, #2a3038);
    --_closed: light-dark(#9b2c2c, #f2a3a0);
    --_closed-soft: light-dark(#fbe9e7, #40211f);
    color-scheme: light dark;
    display: block;
    container-type: inline-size;
    color: var(--_text);
    background: var(--_page);
    font-family: var(
      --credstack-font,
      system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "Helvetica Neue",
      "Noto Sans",
      Arial,
      sans-serif
    );
    font-size: var(--credstack-font-size, 1rem);
    line-height: 1.5;
    text-align: start;
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
  }
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
  .good {
    --_tone: var(--_good);
    --_soft: var(--_good-soft);
  }
  .soon {
    --_tone: var(--_soon);
    --_soft: var(--_soon-soft);
  }
  .review {
    --_tone: var(--_review);
    --_soft: var(--_review-soft);
  }
  .open {
    --_tone: var(--_open);
    --_soft: var(--_open-soft);
  }
  .closed {
    --_tone: var(--_closed);
    --_soft: var(--_closed-soft);
  }
`;
