//! What is said of words and what they are given.

use credstack_model::{Argument, DecimalError, Descriptor, NameError, TermId, Words};

/// The remedy that shows how the word is used.
pub(crate) const FOR_EXAMPLE: &str = "write, for example, `{example}`";

// ---- where a word stands, and its particulars ----

pub(crate) static NO_PARENTHESES: Descriptor = Descriptor::error(
    "no-parentheses",
    "`{word}` stands here without parentheses",
    "write `.{word}(…)`, with nothing in the parentheses if it takes nothing",
);
pub(crate) static WRONG_PARTICULARS: Descriptor =
    Descriptor::error("wrong-particulars", "`{word}` takes {takes}; here it got {got}", FOR_EXAMPLE);
pub(crate) static STANDS_BY_ITSELF: Descriptor = Descriptor::error(
    "misplaced-word",
    "`{word}` stands by itself and cannot follow {what}",
    "end what stands before it, then write, for example, `{example}`",
);
pub(crate) static FOLLOWS_ANOTHER: Descriptor = Descriptor::error(
    "misplaced-word",
    "`{word}` follows {after}; here it follows {what}",
    "look where the parentheses before it close: a word belongs to what stands directly before its dot",
);
pub(crate) static FOLLOWS_SOMETHING: Descriptor = Descriptor::error(
    "misplaced-word",
    "`{word}` cannot stand by itself: it follows {after}",
    "write it after a dot: `{dots}{example}`",
);
pub(crate) static WRONG_PARTICULAR: Descriptor =
    Descriptor::error("wrong-particular", "`{word}` takes {wanted} here, and got {got}", FOR_EXAMPLE);
pub(crate) static TITLE_IS_NONE: Descriptor = Descriptor::error(
    "wrong-particular",
    "the title of `{code}` is {got}",
    r#"write `#{ "CSCI 5454": "Algorithms" }`"#,
);
pub(crate) static AVERAGE_OVER_A_TEST: Descriptor = Descriptor::error(
    "wrong-particular",
    "a `gpa` takes an attribute without a test",
    r#"write `gpa(3.0, learner("cumulative_gpa"))`"#,
);
pub(crate) static ROW_OF_A_TRANSCRIPT: Descriptor = Descriptor::error(
    "wrong-particular",
    "a row of this table is {got}",
    r#"write each row as a code, a grade and a date: `["CSCA 5414", "B", "2025-05-12"]`"#,
);
pub(crate) static ROW_OF_SIZES: Descriptor = Descriptor::error(
    "wrong-particular",
    "a row of this table is {got}",
    "write each row as a size and an amount: `[[18, credits(3)], [30, credits(6)]]`",
);
pub(crate) static COURSES_FOR_REQUIREMENT: Descriptor = Descriptor::error(
    "courses-for-requirement",
    "`{word}` takes requirements here, and got {got}",
    "for courses write `all_of([…])`, `one_of([…])`, `courses(2, […])` or `credits(9, […])`",
);
pub(crate) static REQUIREMENT_FOR_COURSE: Descriptor = Descriptor::error(
    "requirement-for-course",
    "`{word}` takes courses, and got {got}",
    "to join requirements write `any([…])` or `all([…])`",
);

// ---- texts, numbers and dates ----

pub(crate) static BAD_NAME: Descriptor = Descriptor::error("bad-name", "{trouble}", "write a short, plain name");
pub(crate) static PATTERN_FOR_CODE: Descriptor =
    Descriptor::error("bad-name", "`{code}` is a pattern, not a code", "list each course by its own code");
pub(crate) static BAD_NUMBER: Descriptor =
    Descriptor::error("bad-number", "{trouble}", "numbers have at most three places, and no exponent");
pub(crate) static PART_OF_A_COURSE: Descriptor =
    Descriptor::error("bad-number", "courses are counted in whole numbers", "write `courses(2)`");
pub(crate) static NEGATIVE_NUMBER: Descriptor = Descriptor::error(
    "negative-number",
    "`{word}` takes a number that is not negative, and got {value}",
    "write zero or more",
);
pub(crate) static NUMBER_OUT_OF_RANGE: Descriptor = Descriptor::error(
    "number-out-of-range",
    "`{word}` takes a whole number from {least} to {most}, and got {value}",
    FOR_EXAMPLE,
);
pub(crate) static MORE_THAN_ALL: Descriptor =
    Descriptor::error("number-out-of-range", "{value} per cent is more than all", "write a number from 0 to 100");
pub(crate) static MULTIPLE_OF_NOTHING: Descriptor =
    Descriptor::error("number-out-of-range", "nothing is a multiple of 0", "write 1 or more");
pub(crate) static BAD_THRESHOLD: Descriptor = Descriptor::error(
    "number-out-of-range",
    "{value} is not a part of one from which to round up",
    "write a number above 0 and at most 1, such as 0.5; to round up whatever is over, write `.rounded_up_to(…)`",
);
pub(crate) static MORE_THAN_THE_LAST: Descriptor = Descriptor::error(
    "number-out-of-range",
    "there are no {some} among the last {whole}",
    "write the smaller amount first",
);
pub(crate) static BAD_DATE: Descriptor = Descriptor::error(
    "bad-date",
    "`{text}` is not a date between the years 1900 and 2200",
    "write a real day as year-month-day, such as `2025-08-31`",
);
pub(crate) static BAD_DAY_OR_TERM: Descriptor =
    Descriptor::error("bad-date", "{trouble}", "write a day such as `2025-05-12`, or the name of a term");
pub(crate) static YEARS_BACKWARDS: Descriptor = Descriptor::error(
    "window-backwards",
    "the catalog years {from} to {to} run backwards",
    "write the first year, then the last",
);
pub(crate) static TERM_BACKWARDS: Descriptor = Descriptor::error(
    "window-backwards",
    "the term `{id}` ends before it starts",
    "write the first day, then the last",
);
pub(crate) static WINDOW_BACKWARDS: Descriptor = Descriptor::error(
    "window-backwards",
    "this window ends on {to}, before it starts on {from}",
    "write the first day, then the last",
);
pub(crate) static UNKNOWN_CHOICE: Descriptor =
    Descriptor::error("unknown-choice", "`{word}` does not know `{text}`", "it takes {listed}");
/// The remedy of a choice that resembles one of those there are.
pub(crate) const NEAR_CHOICE: &str = "did you mean `{near}`? It takes {listed}";

// ---- lists, pools and ranges ----

pub(crate) static EMPTY_LIST: Descriptor = Descriptor::error("empty-list", "`{word}` got an empty list", FOR_EXAMPLE);
pub(crate) static EMPTY_ALL_OF: Descriptor =
    Descriptor::error("empty-list", "`all_of` got an empty list", r#"write `all_of(["CSCA 5414"])`"#);
pub(crate) static EMPTY_JOIN: Descriptor = Descriptor::error(
    "empty-list",
    "`{word}` got an empty list",
    "for a requirement that is always met write `no_requirement()`",
);
pub(crate) static EMPTY_CREDENTIALS: Descriptor =
    Descriptor::error("empty-list", "this list of credentials is empty", "name at least one");
pub(crate) static EMPTY_TABLE: Descriptor =
    Descriptor::error("empty-list", "this table has no rows", "write `[[18, credits(3)]]`");
pub(crate) static ONE_EQUIVALENT: Descriptor = Descriptor::error(
    "empty-list",
    "it takes two different codes to be equivalent",
    r#"write, for example, `equivalent("CSCA 5414", "DTSA 5503")`"#,
);
pub(crate) static EMPTY_POOL: Descriptor =
    Descriptor::error("empty-pool", "this list is empty, so nothing can be in the pool", "name at least one course");
pub(crate) static LISTS_TOO_DEEP: Descriptor =
    Descriptor::error("lists-too-deep", "lists are nested too deeply", "write one flat list");
pub(crate) static VALUE_LISTED_TWICE: Descriptor =
    Descriptor::error("listed-twice", "`{value}` is listed twice", "list each value once");
pub(crate) static MEASURE_TWICE: Descriptor = Descriptor::error(
    "listed-twice",
    "the same measure is bounded twice",
    "name each of courses, credits and hours once",
);
pub(crate) static BAD_RANGE: Descriptor = Descriptor::error(
    "bad-range",
    "`{text}` is not a range of courses",
    "write a subject and two numbers, the lower first, such as `CSCI 5000..5999`",
);
pub(crate) static LEVELS_BACKWARDS: Descriptor =
    Descriptor::error("bad-range", "{from} to {to} is no range", "write the lower level first");
pub(crate) static POOL_TOO_LARGE: Descriptor = Descriptor::error(
    "pool-too-large",
    "this pool has {parts} parts, nested {depth} deep",
    "a pool has at most {most} parts, nested at most {deepest} deep",
);
pub(crate) static CHOICE_TOO_LARGE: Descriptor = Descriptor::error(
    "choice-too-large",
    "this choice of credentials has {parts} parts, nested {depth} deep",
    "give the credentials a tag and choose them by it",
);
pub(crate) static TOO_MUCH_BUILT: Descriptor = Descriptor::error(
    "too-much-built",
    "the pack builds more than {allowed} parts of requirements and pools",
    "look for a loop that builds the same thing again and again",
);

// ---- requirements ----

pub(crate) static REQUIREMENT_TOO_LARGE: Descriptor = Descriptor::error(
    "requirement-too-large",
    "this `{word}` has {parts} parts, nested {depth} deep",
    "a requirement has at most {most} parts, nested at most {deepest} deep",
);
pub(crate) static TOO_MANY_PARTS: Descriptor = Descriptor::error(
    "requirement-too-large",
    "this requirement has {parts} parts",
    "a requirement has at most {most} parts",
);
pub(crate) static MORE_THAN_LISTED: Descriptor = Descriptor::error(
    "more-than-listed",
    "`{word}` asks for {min}, and only {listed} are listed",
    "ask for fewer, or list more",
);
pub(crate) static MORE_THAN_MOST: Descriptor = Descriptor::error(
    "more-than-most",
    "this asks for {min} and takes at most {max}",
    "the most cannot be less than what is asked",
);
pub(crate) static UP_TO_ELSEWHERE: Descriptor = Descriptor::error(
    "up-to-elsewhere",
    "`up_to` follows a requirement that takes so much from one pool",
    "write `credits(9, pool).up_to(12)`; for a group write `.at_most(credits(12))`",
);
pub(crate) static TEST_TAKES_COURSES: Descriptor = Descriptor::error(
    "test-takes-courses",
    "the test of `{word}` takes courses, and may only look",
    "put it into `has(…)`: it then looks whether there are such courses and takes none",
);
pub(crate) static NOTHING_TO_LOOK_AT: Descriptor = Descriptor::error(
    "nothing-to-look-at",
    "`has` turns a requirement that takes courses into one that only looks, and this one takes none",
    "leave `has` out",
);
pub(crate) static LOOK_WITH_LIMITS: Descriptor = Descriptor::error(
    "look-with-limits",
    "what only looks cannot have {what}",
    "leave it out, or narrow the pool instead",
);
pub(crate) static NOTHING_TO_NARROW: Descriptor = Descriptor::error(
    "nothing-to-narrow",
    "`{word}` narrows what a requirement takes, and this one takes nothing",
    "let it follow a requirement that takes courses, such as `credits(9, […])`",
);
pub(crate) static NOTHING_TO_OVERLAP: Descriptor = Descriptor::error(
    "nothing-to-narrow",
    "`may_overlap` is for requirements that take courses, and this one takes none",
    "let it follow a requirement such as `courses(1, […])`",
);
pub(crate) static TESTED_TWICE: Descriptor = Descriptor::error(
    "tested-twice",
    "`{name}` has been given a value already, so `{word}` cannot follow",
    "test an attribute once; join two tests with `all([…])` or `.and(…)`",
);
pub(crate) static PERCENT_OF_WHAT: Descriptor = Descriptor::error(
    "percent-of-what",
    "this percentage does not say of what",
    "write, for example, `percent(50).of_required_credits()` or `percent(50).of_applied_courses()`",
);
pub(crate) static PERCENT_OF_APPLIED: Descriptor = Descriptor::error(
    "percent-of-what",
    "what is shared is measured against what a credential requires, not against what is applied",
    "write `percent(50).of_required_credits()`",
);
pub(crate) static TWO_MEASURES: Descriptor = Descriptor::error(
    "two-measures",
    "the two amounts are not of the same measure",
    "write both in credits, both in courses or both in hours",
);

/// Say why a text is no name.
pub(crate) fn no_name(error: &NameError) -> Words {
    match error {
        NameError::Empty(what) => Words::plain("a {what} must not be empty").with("what", noun(what)),
        NameError::TooLong(what) => Words::plain("a {what} must have at most 200 bytes").with("what", noun(what)),
        NameError::Malformed(what, text) => {
            Words::new("the {what} `{text}` has a control character or a blank at its start or end", &[("text", text)])
                .with("what", noun(what))
        }
    }
}

const fn noun(what: &'static str) -> Argument {
    Argument::Words(Words::plain(what))
}

/// Say why a text is no number.
pub(crate) fn no_decimal(error: &DecimalError) -> Words {
    let (template, text) = match error {
        DecimalError::Malformed(text) => ("`{text}` is not a decimal number such as `3` or `1.5`", text),
        DecimalError::TooPrecise(text) => ("`{text}` has more than three decimal places", text),
        DecimalError::TooLarge(text) => ("`{text}` is out of range: the largest magnitude is 1000000", text),
    };
    Words::new(template, &[("text", text)])
}

/// Say why a text is neither a day nor the name of a term.
pub(crate) fn no_day_or_term(text: &str) -> Words {
    match TermId::new(text) {
        Err(error) => no_name(&error),
        Ok(_) => Words::new(
            "`{text}` is not a date: write a real day between 1900 and 2200 as YYYY-MM-DD, such as 2025-08-31",
            &[("text", &text)],
        ),
    }
}
