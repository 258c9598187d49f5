// Elements that look the same wherever they stand.

import { css } from "lit";

export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h2,
  h3,
  h4,
  h5,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  h2 {
    font-size: 1.25em;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }
  h3 {
    font-size: 1em;
    font-weight: 650;
    line-height: 1.35;
  }
  h4 {
    font-size: 1.0625em;
    font-weight: 650;
    line-height: 1.3;
  }
  h5 {
    margin-block: 1.5em 0.5em;
    font-size: 0.875em;
    font-weight: 650;
  }
  ul,
  ol {
    padding-inline-start: 1.25em;
  }
  .icon {
    flex: none;
    width: 1em;
    height: 1em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.125em;
  }
  .icon .full {
    fill: currentColor;
  }
  .icon .over {
    stroke: var(--_soft, var(--_card));
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .print-only {
    display: none;
  }
  .hint {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .bad {
    color: var(--_closed);
  }
  .code {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
    border-radius: 4px;
  }
  #report:focus {
    outline-offset: 3px;
  }
`;
