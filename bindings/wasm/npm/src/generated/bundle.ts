// Written by scripts/generate.js from engine/schemas/bundle.schema.json.

/**
 * An attribute value. Dates are texts, YYYY-MM-DD.
 */
export type Value = boolean | number | string | string[];
/**
 * The values of an attribute.
 */
export type AttributeKind =
  | "flag"
  | "number"
  | "date"
  | "text"
  | {
      choice: string[];
    }
  | {
      choices: string[];
    };
/**
 * A selection of credentials.
 */
export type CredentialSelector =
  | "everything"
  | {
      ids: CredentialId[];
    }
  | {
      kind: CredentialKind;
    }
  | {
      level: string;
    }
  | {
      unit: string;
    }
  | {
      tag: string;
    }
  | {
      stack_of: CredentialId;
    }
  | {
      and: CredentialSelector[];
    }
  | {
      or: CredentialSelector[];
    }
  | {
      not: CredentialSelector;
    };
/**
 * A credential id.
 */
export type CredentialId = string;
/**
 * What kind of credential it is; names after CTDL and the `achievementType` of Open Badges.
 */
export type CredentialKind =
  "badge" | "meta_badge" | "micro_credential" | "certificate" | "diploma" | "degree" | "program";
/**
 * A selector over attainments. It answers yes, no or unknown for each: an attainment without a
 * grade, say, is unknown to [`Selector::MinGrade`], and counts pending review.
 */
export type Selector =
  | "everything"
  | {
      codes: Code[];
    }
  | {
      pattern: string;
    }
  | {
      range: NumberRange;
    }
  | {
      subject: string;
    }
  | {
      tag: string;
    }
  | {
      kind: AttainmentKind;
    }
  | {
      unit: string;
    }
  | {
      level: LevelRange;
    }
  | {
      competency: CompetencyId;
    }
  | {
      issuer: string;
    }
  | {
      source: AttainmentSource[];
    }
  | {
      attribute: AttributeTest;
    }
  | {
      credits_at_least: Decimal;
    }
  | {
      min_grade: MinGrade;
    }
  | {
      graded_on: ScaleId[];
    }
  | {
      completed: Window;
    }
  | {
      recent: Recent;
    }
  | "verified"
  | "unexpired"
  | {
      used_in: CredentialId[];
    }
  | {
      approved: ItemApproval;
    }
  | {
      and: Selector[];
    }
  | {
      or: Selector[];
    }
  | {
      not: Selector;
    };
/**
 * A catalog code.
 */
export type Code = string;
/**
 * What kind of thing an attainment is.
 */
export type AttainmentKind = "course" | "badge" | "certificate" | "degree" | "exam" | "experience" | "competency";
/**
 * A competency.
 */
export type CompetencyId = string;
/**
 * Where an attainment comes from.
 */
export type AttainmentSource = "institution" | "transfer" | "exam" | "waiver" | "external";
/**
 * A attribute name.
 */
export type AttributeName = string;
/**
 * A test of a value.
 */
export type Test =
  | {
      is: Value;
    }
  | {
      one_of: Value[];
    }
  | {
      at_least: Value;
    }
  | {
      at_most: Value;
    };
/**
 * A number with at most three decimal places.
 */
export type Decimal = number;
/**
 * A grade.
 */
export type GradeSymbol = string;
/**
 * A grade scale.
 */
export type ScaleId = string;
/**
 * A civil date, YYYY-MM-DD.
 */
export type CivilDate = string;
/**
 * What a window is measured from.
 */
export type Event =
  | "as_of"
  | {
      attribute: AttributeName;
    }
  | {
      conferred: CredentialId;
    };
/**
 * A length of time on the calendar.
 */
export type Duration =
  | {
      years: number;
    }
  | {
      months: number;
    }
  | {
      days: number;
    };
/**
 * A office.
 */
export type OfficeId = string;
/**
 * Which attempts of a repeated course are kept.
 */
export type Repeats =
  | "best"
  | "latest"
  | "first"
  | {
      up_to: number;
    }
  | "all";
/**
 * How the edition of a credential is chosen.
 */
export type EditionBy =
  | {
      attribute: AttributeName;
    }
  | {
      first_attainment: Selector;
    }
  | "as_of";
/**
 * The forms of limit.
 */
export type LimitRule =
  | {
      at_most: Bounded;
    }
  | {
      at_least: Bounded;
    }
  | {
      at_most_per: BoundedPer;
    }
  | {
      distinct: Distinct;
    }
  | {
      last: Last;
    }
  | {
      span: Span;
    }
  | {
      order: Order;
    };
/**
 * An amount, absolute or as a share.
 */
export type Amount =
  | {
      fixed: Fixed;
    }
  | {
      percent: Percent;
    };
/**
 * What amounts are counted in.
 */
export type Measure = "count" | "credits" | "hours";
/**
 * What a percentage is taken of.
 */
export type PercentBase = "required" | "applied";
/**
 * How a percentage's result is rounded.
 */
export type Rounding =
  | "exact"
  | {
      up_to: Decimal;
    }
  | {
      threshold: Threshold;
    };
/**
 * What attainments are grouped by.
 */
export type Key =
  | "code"
  | "subject"
  | "unit"
  | "issuer"
  | "level"
  | "completed"
  | {
      attribute: AttributeName;
    };
/**
 * A rule. Leaves either *take* attainments (what one takes, another cannot), *look* at facts, or
 * look at credentials *held*; combinators join rules.
 */
export type Rule =
  | {
      take: Take;
    }
  | {
      seen: Seen;
    }
  | {
      earned: CredentialId;
    }
  | {
      attribute: AttributeTest;
    }
  | {
      gpa: Gpa;
    }
  | {
      approved: Approved;
    }
  | {
      as_of: Window;
    }
  | {
      all: Requirement[];
    }
  | {
      any: Requirement[];
    }
  | {
      at_least: AtLeast;
    }
  | {
      not: Requirement;
    }
  | {
      when: When;
    };
/**
 * A share group.
 */
export type ShareGroup = string;
/**
 * The population of an average.
 */
export type GpaOver =
  | {
      applied: Selector;
    }
  | {
      record: Selector;
    }
  | {
      attribute: AttributeName;
    };
/**
 * Sharing where no policy speaks.
 */
export type DefaultSharing = "exclusive" | "shared";
/**
 * How a scale's grades are given.
 */
export type ScaleKind =
  | {
      symbols: Grade[];
    }
  | {
      numeric: NumericScale;
    };
/**
 * What two credentials may count in common.
 */
export type ShareBound =
  | "nothing"
  | "everything"
  | {
      at_most: Fixed[];
    }
  | {
      percent: SidePercent;
    }
  | {
      table: SideTable;
    }
  | {
      unique: SideUnique;
    };
/**
 * One side of a policy.
 */
export type Side = "between" | "and";
/**
 * A sharing policy.
 */
export type PolicyId = string;

/**
 * A whole catalog, as the rules of a pack state it.
 */
export interface CatalogContent {
  /**
   * Declared attributes of attainments and courses.
   */
  attainment_attributes?: {
    [k: string]: AttributeDecl;
  };
  /**
   * How many credentials one attainment may serve.
   */
  ceilings?: UseCeiling[];
  /**
   * Competencies.
   */
  competencies?: {
    [k: string]: Competency;
  };
  /**
   * Courses, and badges, exams or experiences that are no credential of this catalog.
   */
  courses?: {
    [k: string]: Course;
  };
  /**
   * Credentials.
   */
  credentials?: {
    [k: string]: Credential;
  };
  /**
   * What holds where nothing else is said.
   */
  defaults: Defaults;
  /**
   * Sets of codes that are the same thing: cross-listed, renumbered.
   */
  equivalences?: Equivalence[];
  /**
   * Its name, such as `boulder`.
   */
  id: string;
  /**
   * The institution: the issuer of attainments whose source is `institution`.
   */
  institution?: string;
  /**
   * Declared attributes of learners.
   */
  learner_attributes?: {
    [k: string]: AttributeDecl;
  };
  /**
   * Offices that approve.
   */
  offices?: {
    [k: string]: Office;
  };
  /**
   * Grade scales.
   */
  scales?: {
    [k: string]: GradeScale;
  };
  /**
   * What credentials may count in common.
   */
  sharing?: SharingPolicy[];
  /**
   * Which credential counts toward which.
   */
  stacks?: StackEdge[];
  /**
   * Terms, for records that date attainments by term.
   */
  terms?: {
    [k: string]: Term;
  };
  /**
   * Its title.
   */
  title: string;
}
/**
 * The declaration of an attribute.
 */
export interface AttributeDecl {
  /**
   * The value where a record states none; without it, what is not stated is unknown.
   */
  default?: Value;
  /**
   * Whether it can never change for a learner, so that a failed test closes a credential.
   */
  fixed?: boolean;
  /**
   * What values it has.
   */
  kind: AttributeKind;
  /**
   * Where it was written.
   */
  source?: Source;
  /**
   * What people call it.
   */
  title?: string;
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
 * A ceiling on how many credentials one attainment may serve.
 */
export interface UseCeiling {
  /**
   * Of these credentials.
   */
  credentials: CredentialSelector;
  /**
   * At most so many.
   */
  max: number;
  /**
   * For these attainments; all if absent.
   */
  of?: Selector;
  /**
   * Where it was written.
   */
  source?: Source;
}
/**
 * A subject and a range of numbers, both ends included.
 */
export interface NumberRange {
  /**
   * The lowest number.
   */
  from: number;
  /**
   * The subject.
   */
  subject: string;
  /**
   * The highest number.
   */
  to: number;
}
/**
 * A range of levels, both ends included; an absent end is open.
 */
export interface LevelRange {
  /**
   * The lowest level.
   */
  from?: number;
  /**
   * The highest level.
   */
  to?: number;
}
/**
 * A test of a declared attribute.
 */
export interface AttributeTest {
  /**
   * The attribute.
   */
  name: AttributeName;
  /**
   * The test.
   */
  test: Test;
}
/**
 * A lowest grade on a scale. An attainment graded on another scale does not pass; a pool that
 * also takes, say, S/U grades is a union of two selectors.
 */
export interface MinGrade {
  /**
   * The lowest grade.
   */
  grade: GradeSymbol;
  /**
   * The scale.
   */
  scale: ScaleId;
}
/**
 * A window of dates, both ends included; an absent end is open.
 */
export interface Window {
  /**
   * The first day.
   */
  from?: CivilDate;
  /**
   * The last day.
   */
  to?: CivilDate;
}
/**
 * At most so long before an event.
 */
export interface Recent {
  /**
   * Before what.
   */
  before: Event;
  /**
   * How long.
   */
  within: Duration;
}
/**
 * Approval of single attainments by an office.
 */
export interface ItemApproval {
  /**
   * The office.
   */
  office: OfficeId;
  /**
   * What it approves, in the author's words, such as `transfer credit older than five years`.
   */
  subject: string;
}
/**
 * A competency.
 */
export interface Competency {
  /**
   * Its title.
   */
  title: string;
}
/**
 * A course, or any other coded thing that can be attained.
 */
export interface Course {
  /**
   * Attributes, inherited by attainments that do not state their own.
   */
  attributes?: {
    [k: string]: Value;
  };
  /**
   * Competencies that it evidences.
   */
  competencies?: CompetencyId[];
  /**
   * Its credits; also those of an attainment that states none.
   */
  credits?: Decimal;
  /**
   * Its learning hours; also those of an attainment that states none.
   */
  hours?: Decimal;
  /**
   * What it is.
   */
  kind?: AttainmentKind;
  /**
   * Its level; the number of its code if absent.
   */
  level?: number;
  /**
   * When it is offered: names of terms, or what they end in after a hyphen (`fall` for
   * `2026-fall`). Always, if empty. Only plans look at it.
   */
  offered?: string[];
  /**
   * Courses that have to be completed before it. A plan keeps the order; no rule looks at it.
   */
  prerequisites?: Code[];
  /**
   * Which attempts are kept; the catalog's default if absent.
   */
  repeats?: Repeats;
  /**
   * Where it was written.
   */
  source?: Source;
  /**
   * Tags.
   */
  tags?: string[];
  /**
   * Its title.
   */
  title?: string;
  /**
   * The unit that offers it.
   */
  unit?: string;
}
/**
 * A credential.
 */
export interface Credential {
  /**
   * Competencies (skills) that it attests.
   */
  competencies?: CompetencyId[];
  /**
   * The credits it is worth. If absent, what its completion requires at the least.
   */
  credits?: Decimal;
  /**
   * A description.
   */
  description?: string;
  /**
   * Anything else a catalog page shows: achievement type, time commitment, cost, link.
   */
  details?: {
    [k: string]: string;
  };
  /**
   * How the edition is chosen; the catalog's default if absent.
   */
  edition_by?: EditionBy;
  /**
   * Its editions, by rising years. At least one.
   */
  editions: Edition[];
  /**
   * What it is.
   */
  kind: CredentialKind;
  /**
   * Its level, such as `graduate`.
   */
  level?: string;
  /**
   * Where it was written.
   */
  source?: Source;
  /**
   * Tags.
   */
  tags?: string[];
  /**
   * Its title.
   */
  title: string;
  /**
   * The unit that owns it.
   */
  unit?: string;
  /**
   * How long an award is valid; for ever if absent.
   */
  valid_for?: Duration;
}
/**
 * The requirements of a credential for some catalog years.
 */
export interface Edition {
  /**
   * Who may start.
   */
  admission?: Requirement;
  /**
   * What earns it.
   */
  completion: Requirement;
  /**
   * Gates at award.
   */
  conferral?: Requirement;
  /**
   * The first academic year, by the calendar year it starts in; all earlier ones if absent.
   */
  from_year?: number;
  /**
   * The last academic year; all later ones if absent.
   */
  to_year?: number;
}
/**
 * A requirement: a rule, what it is called, where it was written, and limits on what is
 * allocated inside it.
 */
export interface Requirement {
  /**
   * What the catalog calls it, such as `Breadth`.
   */
  label?: string;
  /**
   * Limits on what is allocated inside it.
   */
  limits?: Limit[];
  /**
   * Advice shown beside it.
   */
  note?: string;
  /**
   * The rule.
   */
  rule: Rule;
  /**
   * Where it was written.
   */
  source?: Source;
}
/**
 * A limit on what is allocated inside a requirement.
 *
 * *At most* limits make an allocation legal or not. *At least* limits ([`LimitRule::Distinct`] and
 * [`LimitRule::Last`] too) are part of what the requirement asks: while they are short, it is not
 * satisfied.
 */
export interface Limit {
  /**
   * What the catalog calls it.
   */
  label?: string;
  /**
   * The limit.
   */
  rule: LimitRule;
  /**
   * Where it was written.
   */
  source?: Source;
}
/**
 * An amount of what a selector matches.
 */
export interface Bounded {
  /**
   * How much.
   */
  amount: Amount;
  /**
   * Of what.
   */
  of: Selector;
}
/**
 * So much of a measure.
 */
export interface Fixed {
  /**
   * What is counted.
   */
  measure: Measure;
  /**
   * How much.
   */
  value: Decimal;
}
/**
 * A percentage of a group's credits, hours or attainments.
 */
export interface Percent {
  /**
   * Of what.
   */
  base: PercentBase;
  /**
   * What is counted.
   */
  measure: Measure;
  /**
   * The percentage, 0 to 100.
   */
  percent: Decimal;
  /**
   * How the result is rounded.
   */
  rounding: Rounding;
}
/**
 * Rounding that goes up from a part of a step, and down below it.
 */
export interface Threshold {
  /**
   * To a multiple of this.
   */
  step: Decimal;
  /**
   * The least part of a step that makes one more: above 0, and at most 1. With 1 all is rounded
   * down.
   */
  up_from: Decimal;
}
/**
 * At most an amount per value of a key.
 */
export interface BoundedPer {
  /**
   * How much.
   */
  amount: Fixed;
  /**
   * Of what.
   */
  of: Selector;
  /**
   * The key.
   */
  per: Key;
}
/**
 * At least so many different values of a key among what matches.
 */
export interface Distinct {
  /**
   * How many.
   */
  min: number;
  /**
   * Of what.
   */
  of: Selector;
  /**
   * The key.
   */
  per: Key;
}
/**
 * At least so much of what matches among the last completed: residency in the final credits.
 *
 * Looked at is everything allocated inside the group, by the day of completion; a term stands for
 * its last day, and what is in progress comes last. The last `out_of` are counted back from the
 * end: of an attainment that lies across the line only the credits on this side of it, and
 * everything where there is less than `out_of`. Of what was completed on one day, what matches
 * counts as the later. What has no date may lie anywhere: where that could decide, the limit is
 * met only pending review.
 */
export interface Last {
  /**
   * What is counted.
   */
  measure: Measure;
  /**
   * How much is needed of what matches.
   */
  min: Decimal;
  /**
   * Of what.
   */
  of: Selector;
  /**
   * Among so much, counted back from the last completed; not less than `min`.
   */
  out_of: Decimal;
}
/**
 * A longest time between first and last.
 */
export interface Span {
  /**
   * Of what.
   */
  of: Selector;
  /**
   * How long.
   */
  within: Duration;
}
/**
 * An order between two selections.
 */
export interface Order {
  /**
   * What comes first.
   */
  first: Selector;
  /**
   * What comes after it.
   */
  then: Selector;
  /**
   * Whether both may be completed on the same day.
   */
  together: boolean;
}
/**
 * A consuming leaf: attainments worth at least `min` from a pool.
 */
export interface Take {
  /**
   * The most that may be taken, if there is a limit.
   */
  max?: Decimal;
  /**
   * What is counted.
   */
  measure: Measure;
  /**
   * How much is needed; a whole number where attainments are counted.
   */
  min: Decimal;
  /**
   * From what.
   */
  pool: Selector;
  /**
   * Leaves of one credential that name the same group may count the same attainment.
   */
  share?: ShareGroup;
}
/**
 * A looking leaf over attainments: the pool has at least `min`, whatever else counts them.
 */
export interface Seen {
  /**
   * What is counted.
   */
  measure: Measure;
  /**
   * How much is needed.
   */
  min: Decimal;
  /**
   * From what.
   */
  pool: Selector;
}
/**
 * A grade point average of at least `min`: the credits of each graded attainment times its
 * points, over the credits. Compared exactly, by cross-multiplication.
 */
export interface Gpa {
  /**
   * The least average, in grade points.
   */
  min: Decimal;
  /**
   * Over what.
   */
  over: GpaOver;
}
/**
 * An approval by an office, about the learner.
 */
export interface Approved {
  /**
   * The office.
   */
  office: OfficeId;
  /**
   * What it approves, in the author's words.
   */
  subject: string;
}
/**
 * Enough of the children. Counting credits or hours, it is what is allocated inside the
 * *satisfied* children that counts, so a child that needs a course and its laboratory brings
 * both or nothing.
 */
export interface AtLeast {
  /**
   * What is counted: satisfied children, or the credits or hours inside them.
   */
  measure: Measure;
  /**
   * How much is needed.
   */
  min: Decimal;
  /**
   * The children.
   */
  of: Requirement[];
}
/**
 * `then` if `test`, else `otherwise`.
 */
export interface When {
  /**
   * The requirement if it does not.
   */
  otherwise: Requirement;
  /**
   * The test, over looking and holding leaves only.
   */
  test: Requirement;
  /**
   * The requirement if the test holds.
   */
  then: Requirement;
}
/**
 * What holds in a catalog where nothing else is said.
 */
export interface Defaults {
  /**
   * The month, 1 to 12, in which academic years start.
   */
  academic_year_starts: number;
  /**
   * How the edition of a credential is chosen for a learner.
   */
  edition_by: EditionBy;
  /**
   * The learning hours that a credit stands for in a distance.
   */
  hours_per_credit: Decimal;
  /**
   * Which attempts of a repeated course are kept.
   */
  repeats: Repeats;
  /**
   * The scale of grades in a record that name none.
   */
  scale: ScaleId;
  /**
   * What two credentials without stack edge or policy between them may count in common.
   */
  sharing: DefaultSharing;
  /**
   * The credits that a missing attainment stands for in a distance.
   */
  typical_credits: Decimal;
}
/**
 * Codes that are the same thing; the first is the one that answers use.
 */
export interface Equivalence {
  /**
   * The codes.
   */
  codes: Code[];
  /**
   * Where it was written.
   */
  source?: Source;
}
/**
 * An office.
 */
export interface Office {
  /**
   * What people call it.
   */
  title: string;
}
/**
 * A grade scale.
 */
export interface GradeScale {
  /**
   * Its name, such as `letter`.
   */
  id: ScaleId;
  /**
   * What kind of scale it is.
   */
  kind: ScaleKind;
}
/**
 * One named grade of a scale.
 */
export interface Grade {
  /**
   * Whether the grade earns credit. A completed attainment with a grade that does not is never counted,
   * though it still enters a GPA that looks at it; on work under way such a grade is none yet.
   */
  earns_credit: boolean;
  /**
   * Grade points per credit; absent where the grade does not enter a GPA.
   */
  points?: Decimal;
  /**
   * As written on a transcript, such as `A-`.
   */
  symbol: GradeSymbol;
}
/**
 * A scale of numbers; a grade on it is written as a number (`87.5`).
 */
export interface NumericScale {
  /**
   * The highest number.
   */
  max: Decimal;
  /**
   * The lowest number.
   */
  min: Decimal;
  /**
   * The lowest number that earns credit.
   */
  pass: Decimal;
}
/**
 * A bound on what two credentials may count in common. Where several apply the strictest wins;
 * policies of a catalog never loosen one another.
 */
export interface SharingPolicy {
  /**
   * The other side.
   */
  and: CredentialSelector;
  /**
   * One side.
   */
  between: CredentialSelector;
  /**
   * The bound.
   */
  bound: ShareBound;
  /**
   * Attainments that are shared freely and do not count against the bound.
   */
  exempt?: Selector;
  /**
   * Its name.
   */
  id: PolicyId;
  /**
   * What the catalog says, in words.
   */
  label?: string;
  /**
   * It applies only while this holds.
   */
  only_while?: InPlay;
  /**
   * Where it was written.
   */
  source?: Source;
}
/**
 * A percentage of one side's required credits.
 */
export interface SidePercent {
  /**
   * The percentage; its base is what that side's completion requires.
   */
  percent: Percent;
  /**
   * Which side.
   */
  side: Side;
}
/**
 * A table of bounds by the size of one side.
 */
export interface SideTable {
  /**
   * Rows by rising size; the first whose size is at least the side's applies, the last where
   * none is.
   */
  rows: TableRow[];
  /**
   * Which side.
   */
  side: Side;
}
/**
 * A row of a [`SideTable`].
 */
export interface TableRow {
  /**
   * May share at most so much.
   */
  share: Fixed;
  /**
   * Programs of up to so many required credits.
   */
  up_to: Decimal;
}
/**
 * At least so much that one side does not share with the other.
 */
export interface SideUnique {
  /**
   * How much.
   */
  amount: Fixed;
  /**
   * Which side must have something of its own.
   */
  side: Side;
}
/**
 * Whether a third credential is in play: declared, conferred, or asked about.
 */
export interface InPlay {
  /**
   * The third credential: any of these.
   */
  credential: CredentialSelector;
  /**
   * `true` if the policy applies while one is in play, `false` while none is.
   */
  is: boolean;
}
/**
 * `from` counts toward `into`: attainments that `from` consumed may count again in `into`.
 */
export interface StackEdge {
  /**
   * The most that may be carried; all of it if absent.
   */
  carries?: Fixed;
  /**
   * The credential that counts toward the other.
   */
  from: CredentialId;
  /**
   * The credential it counts toward.
   */
  into: CredentialId;
  /**
   * Which attainments may be carried; all if absent.
   */
  only?: Selector;
  /**
   * Whether `from` may be stacked into one credential only: among edges from the same credential
   * that say so, at most one may carry anything. Where awards have carried something, it stays
   * there, and nothing is carried elsewhere.
   */
  single_destination?: boolean;
  /**
   * Whether `into` may be stacked from one credential only: among edges into the same
   * credential that say so, at most one may carry anything.
   */
  single_source?: boolean;
  /**
   * Where it was written.
   */
  source?: Source;
}
/**
 * A term.
 */
export interface Term {
  /**
   * The last day, on which attainments of the term count as completed.
   */
  ends: CivilDate;
  /**
   * The first day.
   */
  starts: CivilDate;
}
