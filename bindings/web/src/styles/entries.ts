// The search, and the lists of what was entered.

import { css } from "lit";

export const entries = css`
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
