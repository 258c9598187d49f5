import type { CatalogContent, Determination, Plan } from "credstack";

import type { Said } from "../engine/protocol.ts";
import type { Draft } from "../record.ts";
import type { Language, Words } from "../words.ts";

/** The answer, in sentences. */
export type Answer = Said<Determination>;
export type Target = Answer["targets"][number];
export type Node = Target["completion"];

/** A plan that the learner looks at. */
export interface PlanView {
  /** The most credits in a term, as written; no limit if absent. */
  load?: string | undefined;
  plan?: Said<Plan>;
  /** Why there is none. */
  fault?: string;
}

/** What every part of the page is given. */
export interface Context {
  words: Words;
  language: Language;
  /** The language of the engine's sentences. */
  spoken: string;
  catalog: CatalogContent;
  draft: Draft;
  /** Puts another record in the place of this one. */
  change(draft: Draft): void;
}
