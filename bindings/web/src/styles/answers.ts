// The head of the answers, status, progress and the picture of the stack.

import { css } from "lit";

export const answers = css`
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
`;
