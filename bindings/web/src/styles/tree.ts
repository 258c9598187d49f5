// Requirement trees, and what counts in them.

import { css } from "lit";

export const tree = css`
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
`;
