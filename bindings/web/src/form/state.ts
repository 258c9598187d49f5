// What the parts of the form share.

import { type Item, own } from "../catalog.ts";
import type { EngineClient } from "../engine/client.ts";
import type { EngineError } from "../engine/error.ts";
import type { Answer, PlanView } from "../parts/context.ts";
import type { Report } from "../parts/files.ts";
import type { Draft } from "../record.ts";
import type { Language, Words } from "../words.ts";

/** What the form knows. The element is one: whoever sets a field of it that is shown draws the page anew. */
export interface State {
  /** What the page that the form stands in has set. */
  readonly bundle: string | null;
  readonly module: string | null;
  asOf: string;

  client: EngineClient | undefined;
  /** Why the form cannot work. */
  problem: EngineError | "no-bundle" | undefined;
  draft: Draft;
  answer: Answer | undefined;
  /** Why the record as it is has no answer; what is shown is then the answer before. */
  fault: EngineError | undefined;
  report: Report | undefined;
  /** The credentials whose cards are open. */
  opened: ReadonlySet<string>;
  plans: ReadonlyMap<string, PlanView>;
  announcement: string;
  isDragging: boolean;

  /** What can be put on a record. */
  items: readonly Item[];
  /** Whether there was so little room when the rules came that answers start as a line each. */
  isNarrow: boolean;

  readonly language: Language;
  readonly words: Words;
  /** The credentials that the page is about. */
  readonly asked: readonly string[];
  /** How wide the form is, in pixels. */
  readonly clientWidth: number;
  /** Settles once the page shows what was set. */
  readonly updateComplete: Promise<boolean>;
}

/** Returns the language of the engine's sentences: the page's if the engine has it. */
export function spokenOf({ language }: State, { labels }: EngineClient): string {
  return Object.hasOwn(labels, language) ? language : "en";
}

/** Returns whether the catalog has a credential. */
export function isListed({ catalog }: EngineClient, credential: string): boolean {
  return own(catalog.credentials, credential) !== undefined;
}
