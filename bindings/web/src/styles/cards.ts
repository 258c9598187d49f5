// A card for each credential.

import { css } from "lit";

export const cards = css`
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
`;
