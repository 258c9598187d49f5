//! What the compiler has to say of a catalog: every code with its English words.
//!
//! The words stand here and nowhere else, and nothing here refers to other languages: those, and
//! what explains a code at length, belong to the author's side, which the module does not carry.

use credstack_model::Descriptor;

/// All of them, in the order of this file.
pub static ALL: &[&Descriptor] = &[
    &TOO_MANY_CREDENTIALS,
    &TOO_MANY_COURSES,
    &BUNDLE_TOO_LARGE,
    &CANNOT_WRITE_BUNDLE,
    &CREDENTIAL_TOO_LARGE,
    &TREE_TOO_DEEP,
    &POOL_TOO_DEEP,
    &CREDENTIALS_TOO_DEEP,
    &UNKNOWN_CREDENTIAL,
    &UNKNOWN_COURSE,
    &UNKNOWN_COMPETENCY,
    &UNKNOWN_SCALE,
    &UNKNOWN_GRADE,
    &UNKNOWN_OFFICE,
    &UNKNOWN_LEARNER_ATTRIBUTE,
    &UNKNOWN_ATTAINMENT_ATTRIBUTE,
    &UNKNOWN_CHOICE,
    &WRONG_TYPE,
    &WRONG_TYPE_WITHOUT_ORDER,
    &WRONG_TYPE_OF_YEAR,
    &WRONG_TYPE_OF_AVERAGE,
    &WRONG_TYPE_OF_DATE,
    &BAD_CHOICES,
    &BAD_MONTH,
    &BAD_TYPICAL_CREDITS,
    &BAD_HOURS_PER_CREDIT,
    &BAD_REPEATS,
    &BAD_TERM,
    &BAD_EQUIVALENCE,
    &CODE_IN_TWO_EQUIVALENCES,
    &NEGATIVE_COURSE_CREDITS,
    &NEGATIVE_COURSE_HOURS,
    &NEGATIVE_CREDENTIAL_CREDITS,
    &NEGATIVE_AVERAGE,
    &NEGATIVE_AMOUNT,
    &PART_OF_AN_ATTAINMENT,
    &BAD_STEP,
    &BAD_THRESHOLD,
    &BAD_PERCENTAGE,
    &BAD_RANGE_OF_NUMBERS,
    &BAD_RANGE_OF_LEVELS,
    &BAD_WINDOW,
    &CYCLIC_PREREQUISITES,
    &NO_COMPLETION,
    &BAD_CATALOG_YEARS,
    &TAKES_IN_A_TEST,
    &APPLIED_IN_ADMISSION,
    &APPLIED_IN_A_TEST,
    &EMPTY_ALL,
    &EMPTY_ANY,
    &EMPTY_POOL,
    &MORE_THAN_THERE_ARE,
    &TAKE_CONTRADICTION,
    &LAST_CONTRADICTION,
    &DUPLICATE_STACK,
    &DUPLICATE_POLICY,
    &BAD_TABLE,
    &STACKS_INTO_ITSELF,
    &STACK_CYCLE,
    &REQUIRES_ITSELF,
    &EARNED_CYCLE,
];

/// The remedy where a name resembles a known one.
pub const NEAR: &str = "did you mean `{near}`?";

/// What stands at the first of two stacks.
pub const FIRST_HERE: &str = "first here";

/// What stands at a credential of a cycle.
pub const IN_THE_CYCLE: &str = "`{id}` is part of the cycle";

// ---- sizes ----

/// More credentials than are accepted.
pub static TOO_MANY_CREDENTIALS: Descriptor = Descriptor::error(
    "catalog-too-large",
    "the catalog has {found} credentials, more than the {allowed} allowed",
    "split it into several packs",
);
/// More courses than are accepted.
pub static TOO_MANY_COURSES: Descriptor = Descriptor::error(
    "catalog-too-large",
    "the catalog has {found} courses, more than the {allowed} allowed",
    "split it into several packs",
);
/// A bundle of more bytes than are accepted.
pub static BUNDLE_TOO_LARGE: Descriptor = Descriptor::error(
    "catalog-too-large",
    "the bundle would have {found} bytes, more than the {allowed} allowed",
    "split the catalog into several packs",
);
/// A catalog that cannot be written.
pub static CANNOT_WRITE_BUNDLE: Descriptor = Descriptor::error("cannot-write-bundle", "{cause}", "");
/// More requirements in a credential than are accepted.
pub static CREDENTIAL_TOO_LARGE: Descriptor = Descriptor::error(
    "credential-too-large",
    "`{id}` has {found} requirements, more than the {allowed} allowed",
    "use pools with patterns or ranges instead of one requirement for each course",
);
/// Requirements nested more deeply than is accepted.
pub static TREE_TOO_DEEP: Descriptor = Descriptor::error(
    "too-deep",
    "the requirements of `{id}` are nested more than {allowed} deep",
    "name parts of it and join them with fewer levels",
);
/// A pool nested more deeply than is accepted.
pub static POOL_TOO_DEEP: Descriptor = Descriptor::error(
    "too-deep",
    "this pool is nested more than {allowed} deep",
    "name parts of it and join them with fewer levels",
);
/// A choice of credentials nested more deeply than is accepted.
pub static CREDENTIALS_TOO_DEEP: Descriptor =
    Descriptor::error("too-deep", "this selection of credentials is nested too deep", "use fewer levels");

// ---- references ----

/// A credential that nobody defines.
pub static UNKNOWN_CREDENTIAL: Descriptor = Descriptor::error(
    "unknown-credential",
    "there is no credential `{name}` in this catalog",
    "declare the credential, or correct its name",
);
/// A course that the catalog does not list, though it lists some.
pub static UNKNOWN_COURSE: Descriptor = Descriptor::error(
    "unknown-course",
    "there is no course `{name}` in this catalog",
    "declare the course, or correct its name",
);
/// A competency that nobody declares.
pub static UNKNOWN_COMPETENCY: Descriptor = Descriptor::error(
    "unknown-competency",
    "there is no competency `{name}` in this catalog",
    "declare the competency, or correct its name",
);
/// A grade scale that nobody declares.
pub static UNKNOWN_SCALE: Descriptor = Descriptor::error(
    "unknown-scale",
    "there is no grade scale `{name}` in this catalog",
    "declare the grade scale, or correct its name",
);
/// A grade that is not on its scale.
pub static UNKNOWN_GRADE: Descriptor =
    Descriptor::error("unknown-grade", "the scale `{scale}` has no grade `{grade}`", "its grades are {grades}");
/// An office that nobody declares.
pub static UNKNOWN_OFFICE: Descriptor = Descriptor::error(
    "unknown-office",
    "there is no office `{name}` in this catalog",
    "declare the office, or correct its name",
);
/// An attribute of learners that nobody declares.
pub static UNKNOWN_LEARNER_ATTRIBUTE: Descriptor = Descriptor::error(
    "unknown-attribute",
    "there is no learner attribute `{name}` in this catalog",
    "declare the learner attribute, or correct its name",
);
/// An attribute of attainments that nobody declares.
pub static UNKNOWN_ATTAINMENT_ATTRIBUTE: Descriptor = Descriptor::error(
    "unknown-attribute",
    "there is no attainment attribute `{name}` in this catalog",
    "declare the attainment attribute, or correct its name",
);

// ---- attributes ----

/// A value that is not among those of its attribute.
pub static UNKNOWN_CHOICE: Descriptor =
    Descriptor::error("unknown-choice", "`{value}` is not a value of `{name}`", "its values are {values}");
/// A value of another type than its attribute.
pub static WRONG_TYPE: Descriptor =
    Descriptor::error("wrong-attribute-type", "`{value}` is not a value of `{name}`", "expected {expected}");
/// A comparison of values that have no order.
pub static WRONG_TYPE_WITHOUT_ORDER: Descriptor = Descriptor::error(
    "wrong-attribute-type",
    "the values of `{name}` have no order",
    "compare with `is` or `one of`, or declare it as a number, a date or an ordered choice",
);
/// A catalog year that is not a number.
pub static WRONG_TYPE_OF_YEAR: Descriptor = Descriptor::error(
    "wrong-attribute-type",
    "the catalog year is taken from `{name}`, which is not a number",
    "declare it as a number: the calendar year in which the academic year starts",
);
/// A grade point average that is not a number.
pub static WRONG_TYPE_OF_AVERAGE: Descriptor = Descriptor::error(
    "wrong-attribute-type",
    "`{name}` is not a number, so it cannot be a grade point average",
    "declare it as a number",
);
/// A date that is none.
pub static WRONG_TYPE_OF_DATE: Descriptor =
    Descriptor::error("wrong-attribute-type", "`{name}` is not a date", "declare it as a date");
/// An attribute whose choices are none, or twice the same.
pub static BAD_CHOICES: Descriptor = Descriptor::error(
    "bad-choices",
    "the choices of `{name}` must be at least one, each different",
    "list every value once",
);

// ---- the catalog and its courses ----

/// An academic year that starts in no month.
pub static BAD_MONTH: Descriptor =
    Descriptor::error("bad-month", "academic years cannot start in month {month}", "give a month from 1 to 12");
/// Typical credits that are none or too many.
pub static BAD_TYPICAL_CREDITS: Descriptor = Descriptor::error(
    "bad-amount",
    "the typical credits of the catalog must be more than 0 and at most 1000, not {value}",
    "give a positive number",
);
/// Hours per credit that are none or too many.
pub static BAD_HOURS_PER_CREDIT: Descriptor = Descriptor::error(
    "bad-amount",
    "the hours per credit of the catalog must be more than 0 and at most 1000, not {value}",
    "give a positive number",
);
/// A repeat policy that keeps no attempt.
pub static BAD_REPEATS: Descriptor = Descriptor::error(
    "bad-repeats",
    "a repeat policy that keeps up to 0 attempts would never count the course",
    "keep at least one attempt",
);
/// A term that ends before it starts.
pub static BAD_TERM: Descriptor = Descriptor::error(
    "bad-term",
    "the term `{id}` ends on {ends} before it starts on {starts}",
    "exchange the two dates",
);
/// An equivalence of one code.
pub static BAD_EQUIVALENCE: Descriptor = Descriptor::error(
    "bad-equivalence",
    "an equivalence needs at least two codes",
    "name the codes that are the same course",
);
/// A code that is equivalent in two places.
pub static CODE_IN_TWO_EQUIVALENCES: Descriptor = Descriptor::error(
    "code-in-two-equivalences",
    "`{code}` stands in two equivalences",
    "join them into one that lists all the codes",
);
/// Negative credits of a course.
pub static NEGATIVE_COURSE_CREDITS: Descriptor =
    Descriptor::error("bad-amount", "the credits of `{code}` are negative", "give 0 or more");
/// Negative hours of a course.
pub static NEGATIVE_COURSE_HOURS: Descriptor =
    Descriptor::error("bad-amount", "the hours of `{code}` are negative", "give 0 or more");
/// Negative credits of a credential.
pub static NEGATIVE_CREDENTIAL_CREDITS: Descriptor =
    Descriptor::error("bad-amount", "the credits of `{id}` are negative", "give 0 or more");
/// A course that comes before itself.
pub static CYCLIC_PREREQUISITES: Descriptor = Descriptor::error(
    "cyclic-prerequisites",
    "`{code}` has to be completed before itself, by its prerequisites and theirs",
    "take one of the prerequisites out",
);

// ---- amounts, ranges and windows ----

/// A negative grade point average.
pub static NEGATIVE_AVERAGE: Descriptor =
    Descriptor::error("bad-amount", "a grade point average of at least {value} is negative", "give 0 or more");
/// A negative amount.
pub static NEGATIVE_AMOUNT: Descriptor =
    Descriptor::error("bad-amount", "an amount of {value} is negative", "give 0 or more");
/// Half an attainment.
pub static PART_OF_AN_ATTAINMENT: Descriptor = Descriptor::error(
    "bad-amount",
    "{value} is not a whole number of attainments",
    "give a whole number, or count credits",
);
/// A step of rounding that is not positive.
pub static BAD_STEP: Descriptor =
    Descriptor::error("bad-amount", "cannot round to multiples of {step}", "give a positive number");
/// A threshold of rounding outside its range.
pub static BAD_THRESHOLD: Descriptor = Descriptor::error(
    "bad-amount",
    "{up_from} is not a part of one from which to round up",
    "give a number above 0, at most 1",
);
/// A percentage below 0 or above 100.
pub static BAD_PERCENTAGE: Descriptor =
    Descriptor::error("bad-percentage", "{value} is not a percentage", "give a number from 0 to 100");
/// A range of course numbers that runs backwards.
pub static BAD_RANGE_OF_NUMBERS: Descriptor =
    Descriptor::error("bad-range", "the range {subject} {from}..{to} is empty", "exchange the two numbers");
/// A range of levels that runs backwards.
pub static BAD_RANGE_OF_LEVELS: Descriptor =
    Descriptor::error("bad-range", "this range of levels is empty", "exchange the two levels");
/// A window of dates that runs backwards.
pub static BAD_WINDOW: Descriptor =
    Descriptor::error("bad-window", "this window of dates ends before it starts", "exchange the two dates");

// ---- credentials and their requirements ----

/// A credential that nothing completes.
pub static NO_COMPLETION: Descriptor =
    Descriptor::error("no-completion", "`{id}` does not say what completes it", "add a completion requirement");
/// Editions whose years overlap.
pub static BAD_CATALOG_YEARS: Descriptor = Descriptor::error(
    "bad-catalog-years",
    "the catalog years of the editions of `{id}` overlap or run backwards",
    "give each edition its own years, earliest first",
);
/// A test that would take attainments.
pub static TAKES_IN_A_TEST: Descriptor = Descriptor::error(
    "takes-in-a-test",
    "a requirement that uses up attainments cannot stand inside `not` or in the test of a `when`",
    "ask what the record has instead: a requirement that only looks",
);
/// An admission that asks what is applied.
pub static APPLIED_IN_ADMISSION: Descriptor = Descriptor::error(
    "applied-in-admission",
    "admission cannot look at the courses applied to the credential: nothing is applied before it is started",
    "average over a pool instead",
);
/// A test that asks what is applied.
pub static APPLIED_IN_A_TEST: Descriptor = Descriptor::error(
    "applied-in-a-test",
    "what is counted here cannot decide what may be counted here",
    "in a `not` or the test of a `when`, average over a pool instead",
);
/// All of nothing.
pub static EMPTY_ALL: Descriptor = Descriptor::warning(
    "empty-all",
    "this asks for all of nothing, which everyone has",
    "add requirements, or remove it",
);
/// One of nothing.
pub static EMPTY_ANY: Descriptor = Descriptor::error(
    "empty-any",
    "this asks for one of nothing, which nobody can have",
    "add alternatives, or remove it",
);
/// A pool of nothing.
pub static EMPTY_POOL: Descriptor = Descriptor::warning(
    "empty-pool",
    "this pool lists no codes, so nothing can be counted from it",
    "list codes, or remove it",
);
/// More requirements than there are.
pub static MORE_THAN_THERE_ARE: Descriptor = Descriptor::error(
    "more-than-there-are",
    "this asks for {min} of {listed} requirements",
    "lower the number, or add requirements",
);
/// A most below its least.
pub static TAKE_CONTRADICTION: Descriptor = Descriptor::error(
    "contradiction",
    "at least {min} and at most {max} cannot both hold",
    "raise the maximum, or lower the minimum",
);
/// More among the last than there are.
pub static LAST_CONTRADICTION: Descriptor = Descriptor::error(
    "contradiction",
    "{min} of the last {out_of} cannot be had",
    "lower the first number, or raise the second",
);

// ---- stacks and sharing ----

/// A stack that is there already.
pub static DUPLICATE_STACK: Descriptor =
    Descriptor::error("duplicate-stack", "`{from}` stacks into `{into}` twice", "keep one of the two");
/// Two policies of one name.
pub static DUPLICATE_POLICY: Descriptor =
    Descriptor::error("duplicate-policy", "there are two sharing policies `{id}`", "give each its own name");
/// A table whose rows do not rise.
pub static BAD_TABLE: Descriptor = Descriptor::error(
    "bad-table",
    "the rows of a sharing table must be at least one, by rising size",
    "order the rows",
);
/// A credential that stacks into itself.
pub static STACKS_INTO_ITSELF: Descriptor = Descriptor::error(
    "stack-cycle",
    "`{id}` stacks into itself",
    "a credential counts toward a higher one; remove the edge that leads back down",
);
/// Credentials that stack in a circle.
pub static STACK_CYCLE: Descriptor = Descriptor::error(
    "stack-cycle",
    "the credentials {ids} stack into each other",
    "a credential counts toward a higher one; remove the edge that leads back down",
);
/// A credential that asks to be held already.
pub static REQUIRES_ITSELF: Descriptor = Descriptor::error(
    "earned-cycle",
    "`{id}` requires itself to be held",
    "nobody could ever hold the first of them; remove one `earned`",
);
/// Credentials that ask for each other.
pub static EARNED_CYCLE: Descriptor = Descriptor::error(
    "earned-cycle",
    "the credentials {ids} each require the other to be held",
    "nobody could ever hold the first of them; remove one `earned`",
);
