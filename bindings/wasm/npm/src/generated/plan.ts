// Written by scripts/generate.js from engine/schemas/plan.schema.json.

/**
 * A civil date, YYYY-MM-DD.
 */
export type CivilDate = string;
/**
 * A number with at most three decimal places.
 */
export type Decimal = number;
/**
 * A learner id.
 */
export type LearnerId = string;
/**
 * A catalog code.
 */
export type Code = string;
/**
 * An argument of a [`Message`].
 */
export type Arg =
  | {
      text: string;
    }
  | {
      number: Decimal;
    }
  | {
      date: CivilDate;
    }
  | {
      message: Message;
    }
  | {
      all_of: string[];
    }
  | {
      one_of: string[];
    }
  | {
      messages: Message[];
    }
  | {
      alternatives: Message[];
    };
/**
 * A credential id.
 */
export type CredentialId = string;
/**
 * Whether a learner may start.
 */
export type Admission = "eligible" | "not_eligible" | "unknown";
/**
 * How far a credential is. The order is that of the model, best first.
 */
export type Status =
  "conferred" | "complete" | "complete_with_in_progress" | "needs_review" | "incomplete" | "closed" | "undetermined";
/**
 * A term.
 */
export type TermId = string;

/**
 * A way to complete credentials.
 */
export interface Plan {
  /**
   * The date it was asked for.
   */
  as_of: CivilDate;
  /**
   * Its credits together.
   */
  credits: Decimal;
  /**
   * Whether no order needs fewer terms.
   */
  fewest_terms: boolean;
  /**
   * Whose it is.
   */
  learner: LearnerId;
  /**
   * Whether no set of fewer credits, or of fewer courses with as many, is known to do. Not where
   * prerequisites had to be added, or a rule looks at courses without counting them: an average
   * over a pool, or what else was completed; nor where an admission asks for a further credential.
   */
  least: boolean;
  /**
   * What is to be completed.
   */
  missing: MissingItem[];
  /**
   * What stands in the way of an order, if anything does.
   */
  obstacle?: Message;
  /**
   * What else it was asked for.
   */
  options: PlanOptions;
  /**
   * What it was computed from.
   */
  provenance: Provenance;
  /**
   * How far it brings each credential, in the order asked for.
   */
  targets: PlannedTarget[];
  /**
   * The terms, in order; none if nothing is missing or no order keeps all conditions.
   */
  terms: PlannedTerm[];
  /**
   * The version of this format: 1.
   */
  version: number;
}
/**
 * A course of a plan.
 */
export interface MissingItem {
  /**
   * Its code.
   */
  code: Code;
  /**
   * Its credits.
   */
  credits: Decimal;
  /**
   * Courses that would do as well in its place, up to [`ALTERNATIVES`].
   */
  instead?: Code[];
  /**
   * Whether nothing counts it: it only comes before something that is counted.
   */
  only_before?: boolean;
  /**
   * Its title.
   */
  title?: string;
}
/**
 * A sentence as a key of the message table with arguments; `explain::sentence` turns it into
 * words of a language.
 */
export interface Message {
  /**
   * The arguments, by name.
   */
  args?: {
    [k: string]: Arg;
  };
  /**
   * The key, such as `rule-take-credits`.
   */
  key: string;
}
/**
 * What a plan is asked for.
 */
export interface PlanOptions {
  /**
   * The most credits in a term; no limit if absent.
   */
  load?: Decimal;
  /**
   * How many search steps may be taken.
   */
  steps: number;
  /**
   * The credentials, to be completed together; those that the record declares if empty.
   */
  targets?: CredentialId[];
}
/**
 * Hashes of what an answer was computed from, lower-case hexadecimal sha-256.
 */
export interface Provenance {
  /**
   * Of the bundle's bytes.
   */
  bundle: string;
  /**
   * The version of the engine.
   */
  engine: string;
  /**
   * Of the engine's WebAssembly module, if it ran as one.
   */
  module?: string;
  /**
   * Of the record's canonical form: compact JSON with its lists sorted.
   */
  record: string;
}
/**
 * How far a plan brings a credential.
 */
export interface PlannedTarget {
  /**
   * Whether the learner may start it then.
   */
  admission: Admission;
  /**
   * Which.
   */
  credential: CredentialId;
  /**
   * What courses cannot bring about.
   */
  still?: Message[];
  /**
   * Its status once everything in the plan is completed with the best grade.
   */
  then: Status;
  /**
   * Its title.
   */
  title: string;
}
/**
 * A term of a plan.
 */
export interface PlannedTerm {
  /**
   * Its credits together.
   */
  credits: Decimal;
  /**
   * What to take.
   */
  items: Code[];
  /**
   * Its number, from 1.
   */
  number: number;
  /**
   * The catalog's name of it; the terms after the last that the catalog names have a number only.
   */
  term?: TermId;
}
