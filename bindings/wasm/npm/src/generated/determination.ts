// Written by scripts/generate.js from engine/schemas/determination.schema.json.

/**
 * A civil date, YYYY-MM-DD.
 */
export type CivilDate = string;
/**
 * A learner id.
 */
export type LearnerId = string;
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
 * A number with at most three decimal places.
 */
export type Decimal = number;
/**
 * Which credentials are answered.
 */
export type Targets =
  | "declared"
  | "all"
  | {
      these: CredentialId[];
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
 * What amounts are counted in.
 */
export type Measure = "count" | "credits" | "hours";
/**
 * A attainment id.
 */
export type AttainmentId = string;
/**
 * A office.
 */
export type OfficeId = string;
/**
 * Whether a node is met. Greater is worse.
 */
export type NodeStatus = "met" | "met_with_in_progress" | "needs_review" | "unmet" | "closed";
/**
 * A catalog code.
 */
export type Code = string;
/**
 * How surely an attainment counts.
 */
export type Standing = "counts" | "in_progress" | "pending";
/**
 * Why no way of counting what is on record completes a credential.
 */
export type Cannot =
  | {
      alone: string[];
    }
  | {
      together: Together;
    }
  | {
      searched: number;
    };
/**
 * Whether the gates at award are passed.
 */
export type Gate = "open" | "shut" | "unknown";
/**
 * What an exception grants, within one credential.
 */
export type Grant =
  | {
      substitute: Substitution;
    }
  | {
      waive: string;
    }
  | {
      force: Forced;
    }
  | {
      exclude: AttainmentId;
    }
  | {
      share: AttainmentId;
    };
/**
 * What kind of credential it is; names after CTDL and the `achievementType` of Open Badges.
 */
export type CredentialKind =
  "badge" | "meta_badge" | "micro_credential" | "certificate" | "diploma" | "degree" | "program";
/**
 * How far a credential is. The order is that of the model, best first.
 */
export type Status =
  "conferred" | "complete" | "complete_with_in_progress" | "needs_review" | "incomplete" | "closed" | "undetermined";

/**
 * The answer to one question about one learner.
 */
export interface Determination {
  /**
   * The date it was asked for.
   */
  as_of: CivilDate;
  /**
   * Whose it is.
   */
  learner: LearnerId;
  /**
   * What is wrong or doubtful in the record; nothing of it was passed over in silence.
   */
  notices?: Message[];
  /**
   * What was asked.
   */
  options: Options;
  /**
   * What it was computed from.
   */
  provenance: Provenance;
  /**
   * The answers: targets solved together in their order, then others by id.
   */
  targets: TargetAnswer[];
  /**
   * The version of this format: 1.
   */
  version: number;
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
 * What is asked beside the record and the date.
 */
export interface Options {
  /**
   * Whether attainments in progress count, toward `complete_with_in_progress`.
   */
  in_progress: boolean;
  /**
   * Whether planned attainments count, as if in progress.
   */
  planned: boolean;
  /**
   * How many search steps may be taken for each group of targets that is solved together.
   */
  steps: number;
  /**
   * Which credentials are answered.
   */
  targets: Targets;
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
 * The answer for one credential.
 */
export interface TargetAnswer {
  /**
   * Whether the learner may start it.
   */
  admission: Admission;
  /**
   * The admission tree, answered.
   */
  admission_tree?: NodeAnswer;
  /**
   * Of an open credential whose status is proved: what shows that it cannot be complete.
   */
  cannot?: Cannot;
  /**
   * The completion tree, answered.
   */
  completion: NodeAnswer;
  /**
   * Whether the gates at award are passed.
   */
  conferral: Gate;
  /**
   * The conferral tree, answered.
   */
  conferral_tree?: NodeAnswer;
  /**
   * Which.
   */
  credential: CredentialId;
  /**
   * Whether it was solved together with the other declared targets, rather than alone.
   */
  declared: boolean;
  /**
   * What is still short, in credits.
   */
  distance: Decimal;
  /**
   * The first academic year of the edition that applies, where editions differ by year.
   */
  edition?: number;
  /**
   * Exceptions that were applied.
   */
  exceptions?: AppliedException[];
  /**
   * Its kind.
   */
  kind: CredentialKind;
  /**
   * What to do next, most useful first; empty when nothing is left to do.
   */
  next_steps?: Message[];
  /**
   * How sure it is.
   */
  proof: Proof;
  /**
   * Attainments counted here that other credentials count too.
   */
  shared?: SharedUse[];
  /**
   * How far it is.
   */
  status: Status;
  /**
   * One sentence for a person.
   */
  summary: Message;
  /**
   * Its title.
   */
  title: string;
  /**
   * Where requirements that could each be met cannot be met together: a smallest set of them.
   */
  why_not?: WhyNot;
}
/**
 * The answer for one node of a requirement tree.
 */
export interface NodeAnswer {
  /**
   * Amounts, for nodes that count something.
   */
  amount?: AmountAnswer;
  /**
   * The nodes inside it.
   */
  children?: NodeAnswer[];
  /**
   * Unknown facts and pending approvals that it hangs on.
   */
  facts?: Fact[];
  /**
   * What the catalog calls it.
   */
  label?: string;
  /**
   * Its limits.
   */
  limits?: LimitAnswer[];
  /**
   * Whether the way of counting that was chosen goes through it; an alternative that was not
   * chosen does not.
   */
  needed: boolean;
  /**
   * Advice from the catalog.
   */
  note?: string;
  /**
   * Its place: the tree, then the number of the child at each step, from zero:
   * `completion.0.2`. A `when` numbers its test 0, its branches 1 and 2.
   */
  path: string;
  /**
   * The rule, in words.
   */
  rule: Message;
  /**
   * What is still short, in credits.
   */
  short: Decimal;
  /**
   * Where it was written.
   */
  source?: Source;
  /**
   * Whether it is met.
   */
  status: NodeStatus;
  /**
   * What was allocated to this leaf.
   */
  uses?: Use[];
}
/**
 * What a node has and needs.
 */
export interface AmountAnswer {
  /**
   * What there is. A grade point average is shown rounded down to three places; it was
   * compared exactly.
   */
  have: Decimal;
  /**
   * What is counted; absent for a grade point average and other plain numbers.
   */
  measure?: Measure;
  /**
   * What is needed.
   */
  need: Decimal;
}
/**
 * An unknown fact or a pending approval.
 */
export interface Fact {
  /**
   * The attainment it is about, if it is about one.
   */
  attainment?: AttainmentId;
  /**
   * The office that decides, if one does.
   */
  office?: OfficeId;
  /**
   * What is not known, in words.
   */
  text: Message;
}
/**
 * The answer for one limit.
 */
export interface LimitAnswer {
  /**
   * What there is and what is allowed or needed, where it is an amount.
   */
  amount?: AmountAnswer;
  /**
   * What the catalog calls it.
   */
  label?: string;
  /**
   * The limit, in words.
   */
  rule: Message;
  /**
   * Where it was written.
   */
  source?: Source;
  /**
   * Whether it holds.
   */
  status: NodeStatus;
}
/**
 * A place in a rule file. Lines and columns count from one; the column counts characters.
 */
export interface Source {
  /**
   * The column.
   */
  column: number;
  /**
   * The file, relative to its pack.
   */
  file: string;
  /**
   * The line.
   */
  line: number;
}
/**
 * One attainment allocated to one leaf. All uses together are the witness.
 */
export interface Use {
  /**
   * Its worth in the leaf's measure.
   */
  amount: Decimal;
  /**
   * The attainment.
   */
  attainment: AttainmentId;
  /**
   * What it is of.
   */
  of: Code;
  /**
   * How surely it counts.
   */
  standing: Standing;
}
/**
 * Leaves of one credential that compete.
 */
export interface Together {
  /**
   * What they are measured in.
   */
  measure: Measure;
  /**
   * What there is for them, each attainment counted once.
   */
  most: Decimal;
  /**
   * What they need together.
   */
  need: Decimal;
  /**
   * The leaves, as paths.
   */
  nodes: string[];
}
/**
 * An exception that was applied.
 */
export interface AppliedException {
  /**
   * Who granted it.
   */
  authority: string;
  /**
   * What was granted.
   */
  grant: Grant;
  /**
   * Why.
   */
  reason: string;
}
/**
 * One thing for another.
 */
export interface Substitution {
  /**
   * The attainment.
   */
  attainment: AttainmentId;
  /**
   * The code it counts as.
   */
  counts_as: Code;
}
/**
 * One attainment for a requirement.
 */
export interface Forced {
  /**
   * The attainment.
   */
  attainment: AttainmentId;
  /**
   * The label of the requirement.
   */
  requirement: string;
}
/**
 * How sure an answer is.
 */
export interface Proof {
  /**
   * Whether no other allocation of that status has a smaller distance.
   */
  distance: boolean;
  /**
   * Whether no other allocation has a better status.
   */
  status: boolean;
  /**
   * Search steps taken, together with the targets solved in the same group.
   */
  steps: number;
  /**
   * Whether, among equals, this is the allocation that the tie rules name: fewest attainments,
   * then earliest completed, then by id.
   */
  tie: boolean;
}
/**
 * An attainment that more than one credential counts.
 */
export interface SharedUse {
  /**
   * The other credentials that count it, conferred ones among them.
   */
  also_in: CredentialId[];
  /**
   * The attainment.
   */
  attainment: AttainmentId;
}
/**
 * Requirements that cannot be met together, although without any one of them the rest can.
 */
export interface WhyNot {
  /**
   * The attainments that they compete for.
   */
  attainments: AttainmentId[];
  /**
   * Credentials declared before this one that take part with all that they count.
   */
  credentials?: CredentialId[];
  /**
   * The requirements, as paths of nodes of this credential's tree.
   */
  requirements: string[];
  /**
   * The same as a sentence.
   */
  text: Message;
}
