// Written by scripts/generate.js from engine/schemas/record.schema.json.

/**
 * A attainment id.
 */
export type AttainmentId = string;
/**
 * An office's decision.
 */
export type Decision = "granted" | "denied" | "pending";
/**
 * A office.
 */
export type OfficeId = string;
/**
 * A civil date, YYYY-MM-DD.
 */
export type CivilDate = string;
/**
 * An attribute value. Dates are texts, YYYY-MM-DD.
 */
export type Value = boolean | number | string | string[];
/**
 * A competency.
 */
export type CompetencyId = string;
/**
 * A date, or a term of the catalog.
 */
export type Completed = string;
/**
 * A number with at most three decimal places; the same number in a string is accepted when read.
 */
export type Decimal = number | string;
/**
 * A grade.
 */
export type GradeSymbol = string;
/**
 * What kind of thing an attainment is.
 */
export type AttainmentKind = "course" | "badge" | "certificate" | "degree" | "exam" | "experience" | "competency";
/**
 * A catalog code.
 */
export type Code = string;
/**
 * A grade scale.
 */
export type ScaleId = string;
/**
 * Where an attainment comes from.
 */
export type AttainmentSource = "institution" | "transfer" | "exam" | "waiver" | "external";
/**
 * How far an attainment is.
 */
export type AttainmentStatus = "completed" | "in_progress" | "planned";
/**
 * A credential id.
 */
export type CredentialId = string;
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
 * A learner id.
 */
export type LearnerId = string;

/**
 * One learner: what is known of them and what they have attained. The order of its lists means
 * nothing, but for `declared`, which is by falling priority.
 */
export interface LearnerRecord {
  /**
   * What offices have decided.
   */
  approvals?: ApprovalDecision[];
  /**
   * Dated evidence of what was earned.
   */
  attainments?: Attainment[];
  /**
   * Facts, of declared attributes.
   */
  attributes?: {
    [k: string]: Value;
  };
  /**
   * Credentials already awarded.
   */
  conferred?: Conferred[];
  /**
   * The credentials that the learner pursues, most important first.
   */
  declared?: CredentialId[];
  /**
   * Exceptions granted.
   */
  exceptions?: Exception[];
  /**
   * Whose it is.
   */
  learner: LearnerId;
  /**
   * The version of this format: 1.
   */
  version: number;
}
/**
 * What an office has decided.
 */
export interface ApprovalDecision {
  /**
   * The attainment it is about, where the rule asks of single attainments.
   */
  attainment?: AttainmentId | null;
  /**
   * What it decided.
   */
  decision: Decision;
  /**
   * The office.
   */
  office: OfficeId;
  /**
   * When.
   */
  on?: CivilDate | null;
  /**
   * What it was asked, in the rule's words.
   */
  subject: string;
}
/**
 * Dated evidence of something earned.
 */
export interface Attainment {
  /**
   * Declared attributes, such as level, mode or residency.
   */
  attributes?: {
    [k: string]: Value;
  };
  /**
   * Competencies of its own, beside the catalog's.
   */
  competencies?: CompetencyId[];
  /**
   * When it was, or will be, completed.
   */
  completed_on?: Completed | null;
  /**
   * Credits; the catalog's if absent.
   */
  credits?: Decimal | null;
  /**
   * The last day on which it is valid.
   */
  expires_on?: CivilDate | null;
  /**
   * The grade, as written on the transcript. A mark that earns no credit counts as none while the work is in
   * progress or planned; what was withdrawn from, or is audited, is neither.
   */
  grade?: GradeSymbol | null;
  /**
   * Learning hours; the catalog's if absent.
   */
  hours?: Decimal | null;
  /**
   * Its name in this record.
   */
  id: AttainmentId;
  /**
   * Who issued it; the catalog's institution if absent and the source is the institution.
   */
  issuer?: string | null;
  /**
   * What kind of thing it is; the catalog's if absent, and a course if that has none.
   */
  kind?: AttainmentKind | null;
  /**
   * What it is of: a code of the catalog.
   */
  of: Code;
  /**
   * The scale of the grade; the catalog's default if absent.
   */
  scale?: ScaleId | null;
  /**
   * Where it comes from.
   */
  source?: AttainmentSource & string;
  /**
   * How far it is.
   */
  status?: AttainmentStatus & string;
  /**
   * Tags of its own, beside the catalog's.
   */
  tags?: string[];
  /**
   * Whether somebody has verified it; unknown if absent.
   */
  verified?: boolean | null;
}
/**
 * A credential already awarded.
 */
export interface Conferred {
  /**
   * The attainments that it consumed.
   */
  consumed?: AttainmentId[];
  /**
   * Which.
   */
  credential: CredentialId;
  /**
   * The last day of its validity; reckoned from the catalog if absent.
   */
  expires_on?: CivilDate | null;
  /**
   * When.
   */
  on: CivilDate;
}
/**
 * An exception granted to one learner.
 */
export interface Exception {
  /**
   * Who granted it.
   */
  authority: string;
  /**
   * The credential it is for.
   */
  credential: CredentialId;
  /**
   * What is granted.
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
