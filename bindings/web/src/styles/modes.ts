// What the learner's system asks for.

import { css } from "lit";

export const modes = css`
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
