// How far a credential is, as a bar: the engine's figures, drawn.

import { html, nothing, svg, type TemplateResult } from "lit";

import { own } from "../catalog.ts";
import type { Context, Node, Target } from "./context.ts";

/** Credits of a credential. */
interface Progress {
  need: number;
  counts: number;
  /** What will count once it is completed, or once it is decided. */
  later: number;
}

/** Shows the bar; nothing where a credential does not count credits. The words beside it say the same. */
export function bar({ catalog }: Context, target: Target): TemplateResult | typeof nothing {
  const progress = progressOf(target, own(catalog.credentials, target.credential)?.credits);
  if (!progress) return nothing;
  const { need, counts, later } = progress;
  const percent = (n: number): string => `${Math.min((100 * n) / need, 100)}%`;
  return html`<svg class="bar" part="bar" aria-hidden="true" focusable="false">
    ${svg`<rect class="bar-later" width=${percent(counts + later)} height="100%" />
    <rect class="bar-counts" width=${percent(counts)} height="100%" />`}
  </svg>`;
}

/** Tells the figures beside the bar, and what is still short. */
export function figures({ words, catalog }: Context, target: Target): string {
  const progress = progressOf(target, own(catalog.credentials, target.credential)?.credits);
  const toGo = target.distance > 0 && target.status !== "conferred" ? [words.toGo(target.distance)] : [];
  return [...(progress ? [words.counted(progress.counts, progress.need)] : []), ...toGo].join(" · ");
}

function progressOf({ completion, distance, status }: Target, stated: number | undefined): Progress | undefined {
  const leaves = leavesOf(completion).filter(({ amount }) => amount?.measure === "credits");
  const need = stated ?? leaves.reduce((sum, { amount }) => sum + (amount?.need ?? 0), 0);
  if (need === 0) return undefined;
  if (status === "conferred") return { need, counts: need, later: 0 };
  // The distance is what is short once all that is used here counts.
  const reached = Math.max(need - distance, 0);
  const waiting = leaves.flatMap(({ uses = [] }) => uses).filter(({ standing }) => standing !== "counts");
  const later = Math.min(
    waiting.reduce((sum, { amount }) => sum + amount, 0),
    reached,
  );
  return { need, counts: reached - later, later };
}

/** Returns the nodes that what is on record was counted in. */
function leavesOf(node: Node): Node[] {
  if (!node.needed) return [];
  return node.children ? node.children.flatMap(leavesOf) : [node];
}
