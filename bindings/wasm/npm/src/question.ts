// What is asked, and how the module wants it.

import { CredstackError } from "./error.js";
import { encode } from "./bytes.js";

/** A question about one learner's record. */
export interface Question {
  /** The date to answer for, `YYYY-MM-DD`. */
  asOf: string;
  /**
   * Which credentials are answered: those that the record declares, solved together (the default);
   * these and every other one of the catalog, each alone; or those of a list, solved together.
   */
  targets?: "declared" | "all" | readonly string[];
  /** Whether what is in progress counts, toward `complete_with_in_progress`; yes if absent. */
  inProgress?: boolean;
  /** Whether what is planned counts as if in progress; no if absent. */
  planned?: boolean;
  /** The most search steps for each group of credentials that are solved together. */
  steps?: number;
}

/** A question for a screening. */
export type ScreenQuestion = Omit<Question, "targets">;

/** A question for a plan. */
export interface PlanQuestion {
  /** The date to plan from, `YYYY-MM-DD`. */
  asOf: string;
  /** The credentials, planned together; those that the record declares if absent. */
  targets?: readonly string[];
  /** The most credits in a term, with at most three decimal places; no limit if absent. */
  load?: number | string;
  /** The most search steps. */
  steps?: number;
}

/** The module's names. */
const NAMES: Record<keyof (Question & PlanQuestion), string> = {
  asOf: "as_of",
  targets: "targets",
  inProgress: "in_progress",
  planned: "planned",
  steps: "steps",
  load: "load",
};

/** Returns the bytes of a question for a determination. */
export function determineQuestion(question: Question, module: string): Uint8Array {
  const { targets } = question;
  return wire(Array.isArray(targets) ? { ...question, targets: { these: targets } } : question, module);
}

/** Returns the bytes of a question for a screening. A screening does not name the module. */
export function screenQuestion(question: ScreenQuestion): Uint8Array {
  return wire(question);
}

/** Returns the bytes of a question for a plan. */
export function planQuestion(question: PlanQuestion, module: string): Uint8Array {
  return wire(question, module);
}

/** Writes a question in the names of the module, which itself refuses those that do not belong to a question. */
function wire(question: object, module?: string): Uint8Array {
  const entries = Object.entries(question).map(([name, value]) => {
    if (!Object.hasOwn(NAMES, name)) {
      throw new CredstackError("question-malformed", `a question has no \`${name}\`; it may have ${Object.keys(NAMES).join(", ")}`);
    }
    return [NAMES[name as keyof typeof NAMES], value];
  });
  return encode("question", { ...Object.fromEntries(entries), module });
}
