// Paper.

import { css } from "lit";

export const print = css`
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
