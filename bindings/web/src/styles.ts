// How the form looks. A page themes it by the custom properties in `:host`, and by parts.

import { css } from "lit";

const theme = css`
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

const base = css`
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

const frame = css`
  .root {
    position: relative;
    max-width: 84rem;
    margin-inline: auto;
    padding: clamp(1rem, 4cqi, 2.5rem);
  }
  .loading {
    padding-block: 3rem;
    color: var(--_muted);
    text-align: center;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: 1rem 2rem;
    margin-block-end: 2rem;
  }
  .head > :first-child {
    flex: 1 1 20rem;
    min-width: 0;
  }
  .title {
    font-size: clamp(1.375em, 1em + 1.6cqi, 1.875em);
    letter-spacing: -0.018em;
  }
  .promise {
    display: flex;
    gap: 0.5em;
    max-width: 46em;
    margin-block-start: 0.75em;
    color: var(--_muted);
    font-size: 0.9375em;
  }
  .promise .icon {
    margin-block-start: 0.25em;
    color: var(--_good);
  }
  .promise strong {
    color: var(--_text);
    font-weight: 600;
  }
  .switch {
    display: inline-flex;
    padding: 3px;
    border-radius: 999px;
    background: var(--_sunken);
  }
  .switch button {
    min-height: 32px;
    padding: 0 0.9em;
    border: 0;
    border-radius: 999px;
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: 0.875em;
    cursor: pointer;
  }
  .switch button[aria-pressed="true"] {
    background: var(--_card);
    color: var(--_text);
    font-weight: 600;
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.15);
  }
  .sides {
    display: grid;
    gap: 2.5rem;
  }
  .form,
  .answers {
    min-width: 0;
  }
  @container (min-width: 60rem) {
    .sides {
      grid-template-columns: minmax(20rem, 5fr) minmax(0, 8fr);
      gap: 3rem;
      align-items: start;
    }
  }
  .box {
    display: flex;
    gap: 0.75em;
    margin-block-end: 1.5rem;
    padding: 1rem 1.125rem;
    border-radius: var(--_radius);
    background: var(--_soft, var(--_sunken));
  }
  .box > .icon {
    margin-block-start: 0.25em;
    color: var(--_tone, var(--_muted));
  }
  .box > div {
    flex: 1;
    min-width: 0;
  }
  .box h3,
  .box h5 {
    margin: 0 0 0.25em;
    font-size: 1em;
  }
  .box p + p,
  .box ul + p {
    margin-block-start: 0.5em;
  }
  .report .button.quiet {
    margin-inline-start: -1em;
  }
  .box code {
    font-size: 0.875em;
  }
  .refused {
    display: grid;
    gap: 0.75em;
    max-height: 24em;
    margin-block-start: 0.75em;
    overflow: auto;
  }
  .problem {
    max-width: 42rem;
    margin: 2rem auto;
  }
  .problem h2 {
    margin-block-end: 0.5rem;
  }
  .problem details {
    margin-block-start: 1rem;
  }
  .drop {
    position: absolute;
    inset: 0.5rem;
    z-index: 4;
    pointer-events: none;
    display: grid;
    grid-auto-flow: column;
    gap: 0.5em;
    place-content: center;
    border: 2px dashed var(--_accent);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_page) 88%, transparent);
    font-weight: 600;
  }
`;

const form = css`
  .form {
    display: grid;
    gap: 1.25rem;
  }
  /* What changes in one part moves nothing in another, which the browser need not look at then. */
  .part,
  .entry,
  .stack,
  .card {
    contain: layout style;
  }
  .part {
    position: relative;
    padding: 1.25rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_card);
  }
  /* The list of the search lies over the next part. */
  .part:focus-within {
    z-index: 1;
  }
  .part > h3 {
    margin-block-end: 0.5rem;
  }
  .part > summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 24px;
    list-style: none;
    cursor: pointer;
  }
  .part > summary::-webkit-details-marker {
    display: none;
  }
  .part > summary::after {
    content: "";
    flex: none;
    width: 0.5rem;
    height: 0.5rem;
    margin-inline: 1rem 0.125rem;
    border-inline-end: 2px solid var(--_muted);
    border-block-end: 2px solid var(--_muted);
    transform: translateY(-2px) rotate(45deg);
  }
  .part[open] > summary {
    margin-block-end: 0.5rem;
  }
  .part[open] > summary::after {
    transform: translateY(2px) rotate(225deg);
  }
  .part > summary:hover {
    color: var(--_accent);
  }
  .part > .hint {
    margin-block-end: 0.875rem;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
    gap: 0.875rem 1rem;
    align-items: end;
  }
  .field {
    display: block;
    min-width: 0;
  }
  .field-label {
    display: block;
    margin-block-end: 0.25em;
    font-size: 0.875em;
    font-weight: 550;
  }
  input:not([type="checkbox"], [type="file"]),
  select {
    width: 100%;
    min-width: 0;
    min-height: 40px;
    padding: 0.375em 0.625em;
    border: 1px solid var(--_field);
    border-radius: 7px;
    background: var(--_card);
    color: var(--_text);
    font: inherit;
    font-size: 0.9375em;
    text-overflow: ellipsis;
  }
  [aria-invalid="true"] {
    border-color: var(--_closed) !important;
    box-shadow: 0 0 0 1px var(--_closed);
  }
  .if-invalid {
    display: none;
  }
  [aria-invalid="true"] ~ .if-invalid {
    display: block;
  }
  .choices {
    grid-column: 1 / -1;
  }
  .check {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-height: 32px;
    margin-inline-end: 1.25em;
  }
  .check input {
    width: 1.125em;
    height: 1.125em;
    accent-color: var(--_accent);
  }
  .button {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-height: 40px;
    padding: 0.375em 1em;
    border: 1px solid var(--_field);
    border-radius: 7px;
    background: var(--_card);
    color: var(--_text);
    font: inherit;
    font-size: 0.9375em;
    font-weight: 550;
    cursor: pointer;
  }
  .button:hover {
    border-color: var(--_accent);
    color: var(--_accent);
  }
  .button:disabled {
    border-color: var(--_line);
    color: var(--_muted);
    cursor: default;
  }
  .button.quiet {
    border-color: transparent;
    background: none;
    color: var(--_accent);
  }
  .button.quiet:hover {
    border-color: currentColor;
  }
  .button.quiet:disabled {
    border-color: transparent;
    color: var(--_muted);
  }
  .button.file:focus-within {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 36px;
    height: 36px;
    padding: 0;
    border: 0;
    border-radius: 7px;
    background: none;
    color: var(--_muted);
    font: inherit;
    cursor: pointer;
  }
  .icon-button:hover {
    background: var(--_sunken);
    color: var(--_text);
  }
  .empty {
    margin-block-start: 1rem;
    padding: 1.25rem;
    border: 1px dashed var(--_line);
    border-radius: var(--_radius);
    color: var(--_muted);
    font-size: 0.9375em;
    text-align: center;
  }

  .combobox {
    position: relative;
  }
  .combobox + .hint {
    margin-block-start: 0.375em;
  }
  .options {
    position: absolute;
    inset-inline: 0;
    inset-block-start: calc(100% + 4px);
    z-index: 3;
    max-height: min(22rem, 60vh);
    margin: 0;
    padding: 4px;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_card);
    box-shadow: 0 8px 28px rgb(0 0 0 / 0.18);
    list-style: none;
  }
  .option {
    display: grid;
    grid-template-columns: 6em minmax(0, 1fr) auto;
    gap: 0 0.75em;
    align-items: baseline;
    min-height: 36px;
    padding: 0.4em 0.625em;
    border-radius: 6px;
    font-size: 0.9375em;
    cursor: pointer;
  }
  .option .code {
    min-width: 0;
  }
  .option-title:first-child {
    grid-column: 1 / -1;
  }
  .option:hover {
    background: var(--_sunken);
  }
  .option[aria-selected="true"] {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .option-more {
    color: var(--_muted);
    font-size: 0.875em;
    white-space: nowrap;
  }
  .option[aria-selected="true"] .option-more {
    color: inherit;
  }

  .entries,
  .lines {
    margin-block-start: 1rem;
    padding: 0;
    list-style: none;
  }
  /* However much there is, the answers stay near. */
  .entries {
    max-height: 38rem;
    margin-inline: -0.5rem;
    padding-inline: 0.5rem;
    overflow: auto;
  }
  .entry,
  .line {
    border-block-start: 1px solid var(--_line);
  }
  .entry {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.375rem 0.75rem;
    align-items: center;
    padding-block: 0.75rem;
  }
  .entry-name {
    line-height: 1.35;
  }
  .entry-title {
    color: var(--_muted);
    font-size: 0.9375em;
  }
  .entry-fields {
    display: flex;
    flex-wrap: wrap;
    grid-column: 1 / -1;
    gap: 0.5rem;
  }
  .entry-fields > * {
    flex: 1 1 7em;
  }
  .entry-more {
    grid-column: 1 / -1;
  }
  .entry-more > summary {
    width: fit-content;
    min-height: 24px;
    color: var(--_muted);
    font-size: 0.8125em;
    cursor: pointer;
  }
  .entry-more > .fields {
    margin-block: 0.5rem 0.75rem;
    padding: 1rem;
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  @container (max-width: 30rem) {
    .option {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .option-title {
      grid-column: 1 / -1;
      grid-row: 2;
    }
    .part {
      padding: 1rem;
    }
  }
  .line {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem;
    min-height: 48px;
    padding-block: 0.375rem;
    font-size: 0.9375em;
  }
  .line-buttons {
    display: flex;
  }
  .fields > .button {
    justify-self: start;
  }
  .jump {
    justify-content: center;
    width: 100%;
    margin-block-start: 1rem;
  }
  .jump::after {
    content: "↓";
    content: "↓" / "";
  }
  @container (min-width: 60rem) {
    .jump {
      display: none;
    }
  }
  .lines + .field,
  .lines + .fields {
    padding-block-start: 0.875rem;
    border-block-start: 1px solid var(--_line);
  }
`;

const answers = css`
  .answers-head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 1rem 2rem;
    margin-block-end: 1.5rem;
  }
  .summary {
    margin-block-start: 0.25em;
    color: var(--_muted);
  }
  .as-of {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 0.5rem;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
    padding: 0.15em 0.65em 0.15em 0.5em;
    border-radius: 999px;
    background: var(--_soft);
    color: var(--_tone);
    font-size: 0.8125em;
    font-weight: 600;
    line-height: 1.5;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  .bar {
    display: block;
    width: 100%;
    height: 8px;
    border-radius: 999px;
    background: var(--_open-soft);
    overflow: hidden;
  }
  .bar-counts {
    fill: var(--_good);
  }
  .bar-later {
    fill: color-mix(in srgb, var(--_soon) 55%, transparent);
  }
  .figures {
    color: var(--_muted);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }

  .stack {
    margin-block-end: 2.5rem;
  }
  .picture {
    position: relative;
    display: grid;
    gap: 1.25rem;
    margin-block-start: 1rem;
  }
  .ways {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: visible;
    pointer-events: none;
  }
  .way {
    fill: none;
    stroke: var(--_field);
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .way.held {
    stroke-dasharray: 5 4;
  }
  .columns {
    display: flex;
    flex-direction: column;
    gap: 1rem;
    padding-inline-start: 26px;
  }
  .column {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    gap: 1rem;
    justify-content: center;
    min-width: 0;
  }
  @container (min-width: 40rem) {
    .columns {
      flex-direction: row;
      gap: 3.5rem;
      padding-inline-start: 0;
    }
    .column {
      max-width: 19rem;
    }
  }
  .stack-node {
    position: relative;
    display: grid;
    justify-items: start;
    gap: 0.375rem;
    width: 100%;
    padding: 0.875rem 1rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_card);
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .stack-node:hover {
    border-color: var(--_accent);
  }
  .stack-node.pursued {
    border-color: var(--_accent);
    box-shadow: inset 3px 0 0 var(--_accent);
  }
  .stack-node-title {
    font-weight: 600;
    line-height: 1.3;
  }
  .stack-list {
    margin-block-start: 0.75rem;
    font-size: 0.875em;
  }
  .stack-list > summary,
  .instead > summary {
    width: fit-content;
    min-height: 24px;
    color: var(--_muted);
    cursor: pointer;
  }

  .group {
    margin-block-end: 2rem;
  }
  .group > h3 {
    margin-block-end: 0.75rem;
    color: var(--_muted);
    font-size: 0.9375em;
    font-weight: 600;
  }
  .card {
    margin-block-end: 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_card);
  }
  /* Of many most are far below. */
  .many .card {
    content-visibility: auto;
    contain-intrinsic-size: auto 9rem;
  }
  .card-head,
  #answers-title {
    scroll-margin-block-start: 1rem;
  }
  .card-head {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.375rem;
    padding: 1.125rem 1.25rem;
    position: relative;
    cursor: pointer;
    list-style: none;
  }
  /* Such a card is painted inside its border only. */
  .card-head:focus-visible {
    outline-offset: -4px;
    border-radius: var(--_radius);
  }
  .card-head::-webkit-details-marker {
    display: none;
  }
  .card-head > .card-kind,
  .card-head > .card-title {
    padding-inline-end: 1.75rem;
  }
  .card-head::after {
    content: "";
    position: absolute;
    inset-block-start: 1.625rem;
    inset-inline-end: 1.375rem;
    width: 0.5rem;
    height: 0.5rem;
    border-inline-end: 2px solid var(--_muted);
    border-block-end: 2px solid var(--_muted);
    transform: rotate(45deg);
  }
  .card[open] > .card-head::after {
    transform: rotate(225deg) translate(-2px, -2px);
  }
  .card-head:hover .card-title {
    color: var(--_accent);
  }
  .card-kind {
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .card-next {
    display: block;
    margin-block-start: 0.25rem;
    font-size: 0.9375em;
  }
  .card-head .bar {
    margin-block-start: 0.375rem;
  }
  .card-body {
    padding: 0 1.25rem 1.25rem;
  }
  .card-body > .box {
    margin-block: 1rem;
  }
  .steps {
    display: grid;
    gap: 0.375em;
  }

  .tree {
    padding: 0;
    list-style: none;
  }
  .tree .tree {
    margin-block: 0.25rem;
  }
  .node {
    border-block-start: 1px solid var(--_line);
  }
  .node.aside {
    color: var(--_muted);
  }
  .tree > .node:first-child {
    border-block-start: 0;
  }
  .node-head {
    display: grid;
    grid-template-columns: 1.25em minmax(0, 1fr) auto;
    gap: 0 0.5em;
    align-items: baseline;
    min-height: 32px;
    padding-block: 0.375rem;
    list-style: none;
  }
  .node-head::-webkit-details-marker {
    display: none;
  }
  summary.node-head {
    cursor: pointer;
  }
  summary.node-head .node-name::after {
    content: "";
    display: inline-block;
    width: 0.375em;
    height: 0.375em;
    margin-inline-start: 0.5em;
    border-inline-end: 1.5px solid var(--_muted);
    border-block-end: 1.5px solid var(--_muted);
    transform: rotate(45deg) translate(-2px, -2px);
  }
  details[open] > summary.node-head .node-name::after {
    transform: rotate(225deg) translate(-1px, -1px);
  }
  .node-amount {
    color: var(--_muted);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .node-body {
    margin-inline-start: 0.5em;
    padding: 0 0 0.5rem 1.25em;
    border-inline-start: 2px solid var(--_line);
  }
  .mark {
    color: var(--_tone);
  }
  .label {
    font-weight: 550;
  }
  .rule,
  .note,
  .joins {
    margin-block: 0.125rem 0.375rem;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .fact {
    display: flex;
    gap: 0.5em;
    font-size: 0.9375em;
  }
  .uses,
  .courses {
    display: grid;
    gap: 0.25em;
    padding: 0;
    font-size: 0.9375em;
    list-style: none;
  }

  .plan {
    margin-block-start: 1.25rem;
  }
  .plan-body {
    margin-block-start: 0.75rem;
    padding: 1.125rem 1.25rem;
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  .plan-load {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 0.5rem 1rem;
    margin-block-end: 1rem;
  }
  .plan-load input {
    width: 7em;
  }
  .plan-total {
    font-weight: 600;
  }
  .terms {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
    gap: 0.75rem;
    margin-block: 1rem;
    padding: 0;
    list-style: none;
  }
  .term {
    padding: 0.875rem 1rem;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_card);
  }
  .term-name {
    margin-block-end: 0.5rem;
    font-weight: 600;
  }
  .plan-then {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: center;
    margin-block-end: 0.5rem;
  }
  .instead {
    font-size: 0.9375em;
  }
  .instead > .courses {
    padding-inline-start: 1em;
  }
`;

const print = css`
  @media print {
    :host {
      color-scheme: light;
      background: none;
      font-size: 10pt;
    }
    .no-print,
    .report:not(.keeps),
    .plan > .button,
    .stack-list,
    .plan-load,
    .card-head::after,
    summary.node-head .node-name::after,
    .card-body .button,
    .report .button {
      display: none !important;
    }
    #report:focus {
      outline: none;
    }
    .print-only {
      display: block;
    }
    .root {
      padding: 0;
    }
    .sides {
      display: block;
    }
    .head,
    .answers-head {
      margin-block-end: 0.75rem;
    }
    .unofficial {
      margin-block-end: 0.25rem;
      padding: 0.5rem 0.75rem;
      border: 1.5pt solid currentColor;
    }
    .print-only p {
      margin-block-end: 0.75rem;
    }
    .head {
      margin-block-start: 0.75rem;
    }
    .stack,
    .card-next {
      display: none;
    }
    h3,
    h5,
    .joins {
      break-after: avoid;
    }
    h5 {
      margin-block: 1em 0.375em;
    }
    .box {
      margin-block-end: 0.75rem;
      padding: 0.5rem 0.75rem;
    }
    .node-head {
      min-height: 0;
      padding-block: 0.25rem;
    }
    .group {
      margin-block-end: 1rem;
    }
    /* What is not pursued, and is not complete, has a line. */
    .others .card:not([open]) {
      margin: 0;
      border: 0;
      border-block-end: 1px solid var(--_line);
      border-radius: 0;
    }
    .others .card:not([open]) .card-head {
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0 1rem;
      align-items: baseline;
      padding: 0.25rem 0;
    }
    .others .card:not([open]) .card-title {
      font-size: 1em;
    }
    .others .card:not([open]) .card-kind,
    .others .card:not([open]) .bar {
      display: none;
    }
    .others .card:not([open]) .chip {
      padding: 0;
      border: 0;
      background: none;
    }
    .card {
      contain: none;
    }
    .many .card {
      content-visibility: visible;
    }
    /* Pages break between the rows of a list better than between those of a grid. */
    .uses,
    .courses {
      display: block;
    }
    .card,
    .node-head,
    .term {
      break-inside: avoid;
    }
    .card[open] {
      break-inside: auto;
    }
    .card-head {
      break-inside: avoid;
      break-after: avoid;
      padding: 0.625rem 0.875rem;
    }
    .card-body {
      padding: 0 0.875rem 0.75rem;
    }
    .chip {
      border: 1px solid currentColor;
    }
    .bar,
    .chip {
      print-color-adjust: exact;
    }
    .refused {
      max-height: none;
    }
    .print-record table {
      width: 100%;
      margin-block: 0.5rem;
      border-collapse: collapse;
    }
    .print-record td {
      padding: 0.2rem 0.5rem 0.2rem 0;
      border-block-end: 1px solid var(--_line);
      vertical-align: top;
    }
    .print-record td + td {
      white-space: nowrap;
    }
    .hashes {
      margin-block-start: 1rem;
      font-size: 8pt;
    }
    .hashes dd {
      font-family: ui-monospace, monospace;
    }
  }
`;

const modes = css`
  @media (forced-colors: active) {
    .chip,
    .bar {
      border: 1px solid;
    }
    .option[aria-selected="true"] {
      outline: 2px solid Highlight;
    }
    .bar-counts {
      fill: CanvasText;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .card-head::after {
      transition: transform 0.15s;
    }
  }
`;

export const styles = [theme, base, frame, form, answers, print, modes];
