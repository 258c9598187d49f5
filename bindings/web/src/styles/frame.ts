// Head, boxes and the two sides.

import { css } from "lit";

export const frame = css`
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
