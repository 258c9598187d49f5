// The parts of the form, its fields and buttons.

import { css } from "lit";

export const form = css`
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
`;
