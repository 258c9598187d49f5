//! What is said of the statements of a pack: the catalog, its credentials, policies, checks and
//! tests.

use credstack_model::Descriptor;

// ---- defined twice ----

/// What stands at the first of two definitions.
pub(crate) const FIRST_DEFINED: &str = "first defined here";

const ANOTHER_NAME: &str = "give this one another name, or remove one of the two";

pub(crate) static DUPLICATE_LEARNER_ATTRIBUTE: Descriptor =
    Descriptor::error("duplicate-learner-attribute", "the learner attribute `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_COURSE_ATTRIBUTE: Descriptor =
    Descriptor::error("duplicate-course-attribute", "the course attribute `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_OFFICE: Descriptor =
    Descriptor::error("duplicate-office", "the office `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_COMPETENCY: Descriptor =
    Descriptor::error("duplicate-competency", "the competency `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_GRADE_SCALE: Descriptor =
    Descriptor::error("duplicate-grade-scale", "the grade scale `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_TERM: Descriptor =
    Descriptor::error("duplicate-term", "the term `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_COURSE: Descriptor =
    Descriptor::error("duplicate-course", "the course `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_CREDENTIAL: Descriptor =
    Descriptor::error("duplicate-credential", "the credential `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_SHARING_POLICY: Descriptor =
    Descriptor::error("duplicate-sharing-policy", "the sharing policy `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_CHECK: Descriptor =
    Descriptor::error("duplicate-check", "the check `{name}` is defined twice", ANOTHER_NAME);
pub(crate) static DUPLICATE_TEST: Descriptor =
    Descriptor::error("duplicate-test", "the test `{name}` is defined twice", ANOTHER_NAME);

// ---- the catalog ----

pub(crate) static NO_CATALOG: Descriptor = Descriptor::error(
    "no-catalog",
    "the pack does not name its catalog",
    r#"begin `pack.rhai` with `catalog("name", "Title");`"#,
);
pub(crate) static DUPLICATE_CATALOG: Descriptor = Descriptor::error(
    "duplicate-catalog",
    "a pack names its catalog once, and this is the second time",
    "keep the one in `pack.rhai`",
);
/// What stands at the first of two catalogs.
pub(crate) const FIRST_NAMED: &str = "first named here";
pub(crate) static SCALE_SET_LATE: Descriptor = Descriptor::error(
    "scale-set-late",
    "`graded_on` names the scale `{scale}` after a grade has relied on the scale before it",
    "put `catalog(…)` with its defaults at the top of `pack.rhai`",
);
/// What stands at a grade that relied on the catalog's scale.
pub(crate) const RELIED_ON: &str = "this grade relied on it";
pub(crate) static TAKEN_NAME: Descriptor = Descriptor::error(
    "taken-name",
    "every item has a `{name}` already, so no attribute can have that name",
    "choose another name",
);
const GRADES_OR_NUMBERS: &str = "list each grade once, best first; or write `.numbers(0, 100)` alone";
pub(crate) static GRADE_TWICE: Descriptor =
    Descriptor::error("bad-scale", "the grade `{grade}` is on this scale already", GRADES_OR_NUMBERS);
pub(crate) static GRADE_AMONG_NUMBERS: Descriptor =
    Descriptor::error("bad-scale", "a scale of numbers has no named grades", GRADES_OR_NUMBERS);
pub(crate) static SCALE_BACKWARDS: Descriptor =
    Descriptor::error("bad-scale", "{from} to {to} is no range", "write the lowest number first");
pub(crate) static PASSING_WITHOUT_NUMBERS: Descriptor = Descriptor::error(
    "bad-scale",
    "only a scale of numbers has a passing number",
    "write `.numbers(0, 100)` before it",
);

// ---- credentials and stacks ----

pub(crate) static NO_COMPLETION: Descriptor =
    Descriptor::error("no-completion", "`{title}` does not say what completes it", "add `.completion(…)`");
pub(crate) static NO_COMPLETION_IN_YEARS: Descriptor = Descriptor::error(
    "no-completion",
    "`{title}` does not say what completes it in these catalog years",
    "add `.completion(…)`",
);
const JOIN_TREES: &str = "join the two with `all([…])`, or put `.catalog_years(…)` between them";
pub(crate) static ADMISSION_TWICE: Descriptor =
    Descriptor::error("admission-twice", "`admission` is written twice for the same catalog years", JOIN_TREES);
pub(crate) static COMPLETION_TWICE: Descriptor =
    Descriptor::error("completion-twice", "`completion` is written twice for the same catalog years", JOIN_TREES);
pub(crate) static CONFERRAL_TWICE: Descriptor =
    Descriptor::error("conferral-twice", "`conferral` is written twice for the same catalog years", JOIN_TREES);
pub(crate) static CATALOG_YEARS_OVERLAP: Descriptor = Descriptor::error(
    "catalog-years-overlap",
    "these catalog years overlap with others of the same credential",
    "each catalog year belongs to one edition",
);
/// What stands at the catalog years that others overlap.
pub(crate) const OTHER_YEARS: &str = "the others are here";
pub(crate) static AUDIENCE_UNDECLARED: Descriptor = Descriptor::error(
    "audience-undeclared",
    "`open_to` asks for the learner's `audience`, which is not declared",
    r#"add `learner_attribute("audience", "Who they are to us").choices(["student", "staff"])`"#,
);
pub(crate) static STACK_INTO_NOTHING: Descriptor = Descriptor::error(
    "stack-into-nothing",
    "this stack does not say into what",
    r#"add, for example, `.into("ms-cs")`"#,
);
pub(crate) static STACK_INTO_TWICE: Descriptor = Descriptor::error(
    "stack-into-twice",
    "this stack goes into two credentials",
    "write a `stack(…).into(…)` for each",
);

// ---- sharing ----

pub(crate) static POLICY_WITHOUT_BOUND: Descriptor = Descriptor::error(
    "policy-unfinished",
    "the sharing policy `{id}` does not say how much is shared",
    "add, for example, `.share_at_most(credits(6))`",
);
pub(crate) static POLICY_WITHOUT_SIDES: Descriptor = Descriptor::error(
    "policy-unfinished",
    "the sharing policy `{id}` does not say between which credentials",
    "add, for example, `.between(certificates(), degrees())`",
);
pub(crate) static BOUNDED_TWICE: Descriptor = Descriptor::error(
    "bounded-twice",
    "this policy says twice what may be shared",
    "write a policy for each; where several apply the strictest wins",
);
pub(crate) static CONDITION_TWICE: Descriptor = Descriptor::error(
    "condition-twice",
    "this policy has two conditions",
    "join the credentials with `.or(…)` or `.and(…)`",
);
pub(crate) static TABLE_ORDER: Descriptor =
    Descriptor::error("table-order", "the sizes of this table do not rise", "list the smallest first");

// ---- checks ----

pub(crate) static CHECK_UNFINISHED: Descriptor = Descriptor::error(
    "check-unfinished",
    "the check `{check}` requires nothing",
    "add, for example, `.requires(|c| c.credits <= 15)`",
);
pub(crate) static CHECK_BROKEN: Descriptor = Descriptor::error(
    "check-broken",
    "a condition of the check `{check}` is neither true nor false: {what}",
    "write, for example, `|c| c.credits <= 15`",
);
pub(crate) static FAILED_CHECK: Descriptor = Descriptor::error(
    "failed-check",
    "`{id}` fails the check `{check}`: {sentence}",
    "change the credential, or what the check applies to",
);
/// What stands at a check that a credential fails.
pub(crate) const CHECK_IS_HERE: &str = "the check is here";

// ---- tests ----

pub(crate) static NO_DATE: Descriptor = Descriptor::error(
    "no-date",
    "the test `{test}` does not say for which date it asks",
    r#"add, for example, `.as_of("2026-06-01")`"#,
);
pub(crate) static NOTHING_EXPECTED: Descriptor = Descriptor::error(
    "nothing-expected",
    "the test `{test}` expects nothing",
    r#"add, for example, `.expects("ms-cs", "complete")`"#,
);
pub(crate) static NOTHING_EARNED_BEFORE: Descriptor = Descriptor::error(
    "nothing-before",
    "`{word}` speaks of the item just named, and there is none",
    r#"write `.took("CSCA 5414", "B", "2025-05-12")` before it"#,
);
pub(crate) static NOTHING_AWARDED_BEFORE: Descriptor = Descriptor::error(
    "nothing-before",
    "`awarded_through` speaks of the award just named, and there is none",
    r#"write `.awarded("ai-certificate", "2025-05-12")` before it"#,
);
pub(crate) static DUPLICATE_ITEM: Descriptor =
    Descriptor::error("duplicate-item", "another item is called `{id}` already", "give each item a name of its own");
pub(crate) static UNKNOWN_ITEM: Descriptor = Descriptor::error(
    "unknown-item",
    "this learner has no item `{id}`",
    "speak of an item by its code, or by the name that `.called(…)` gave it",
);
pub(crate) static AMBIGUOUS_ITEM: Descriptor = Descriptor::error(
    "ambiguous-item",
    "this learner has `{id}` more than once",
    "give each a name with `.called(…)` and speak of it by that name",
);
pub(crate) static UNKNOWN_CREDENTIAL: Descriptor = Descriptor::error(
    "unknown-credential",
    "there is no credential `{id}`",
    "expect something of a credential that the catalog defines",
);
pub(crate) static UNDECLARED_OF_LEARNERS: Descriptor = Descriptor::error(
    "unknown-attribute",
    "no attribute `{name}` of learners is declared",
    "declare it: `learner_attribute(\"{name}\")`",
);
pub(crate) static UNDECLARED_OF_ITEMS: Descriptor = Descriptor::error(
    "unknown-attribute",
    "no attribute `{name}` of items is declared",
    "declare it: `course_attribute(\"{name}\")`",
);
pub(crate) static WRONG_VALUE: Descriptor = Descriptor::error(
    "wrong-value",
    "`{name}` is {expected}, and this says {value}",
    "state one of its values, or declare this one too",
);
