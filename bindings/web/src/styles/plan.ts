// The shortest way there.

import { css } from "lit";

export const plan = css`
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
    display: grid;
    gap: 0.375rem;
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
