import type { CatalogContent, Labels, Plan, StackGraph } from "credstack";

import type { Answer, Said, Target } from "../engine/protocol.ts";
import type { Draft } from "../record.ts";
import type { Language, Words } from "../words.ts";

export type { Answer, Target };
export type Node = Target["completion"];

/** A plan that the learner looks at. */
export interface PlanView {
  /** The most credits in a term, as written; no limit if absent. */
  load?: string | undefined;
  plan?: Said<Plan>;
  /** Why there is none. */
  fault?: string;
}

/**
 * What every part of the page is given. Parts whose inputs are the same are not written anew, so nothing that
 * happens later may look at the draft of when they were written.
 */
export interface Context {
  words: Words;
  language: Language;
  /** The language of the engine's sentences. */
  spoken: string;
  /** What the engine says of statuses, kinds and units, in that language. */
  labels: Labels<string>;
  catalog: CatalogContent;
  /** What counts toward what in the catalog, as the engine says it. */
  graph: StackGraph;
  draft: Draft;
  /** Puts another record in the place of what it is by then. */
  change(make: (draft: Draft) => Draft): void;
}
