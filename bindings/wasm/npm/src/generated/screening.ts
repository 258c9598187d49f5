// Written by scripts/generate.js from engine/schemas/screening.schema.json.

/**
 * A civil date, YYYY-MM-DD.
 */
export type CivilDate = string;
/**
 * Whether a learner may start.
 */
export type Admission = "eligible" | "not_eligible" | "unknown";
/**
 * Whether the gates at award are passed.
 */
export type Gate = "open" | "shut" | "unknown";
/**
 * A credential id.
 */
export type CredentialId = string;
/**
 * How far a credential is. The order is that of the model, best first.
 */
export type Status =
  "conferred" | "complete" | "complete_with_in_progress" | "needs_review" | "incomplete" | "closed" | "undetermined";
/**
 * A learner id.
 */
export type LearnerId = string;

/**
 * What a screening says of one learner, to be written down.
 */
export interface Screening {
  /**
   * The date it was asked for.
   */
  as_of: CivilDate;
  /**
   * The lower-case hexadecimal sha-256 of the bundle.
   */
  bundle: string;
  /**
   * Every credential of the catalog, by its id.
   */
  credentials: ScreenedCredential[];
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
 * One credential of a [`Screening`].
 */
export interface ScreenedCredential {
  /**
   * Whether the learner may start it.
   */
  admission: Admission;
  /**
   * Whether the gates at award are passed; asked only where the status is complete, with
   * what is in progress or pending review too.
   */
  conferral?: Gate;
  /**
   * Which.
   */
  credential: CredentialId;
  /**
   * How far it is, by itself.
   */
  status: Status;
}
