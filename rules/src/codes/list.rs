//! The one list of all codes.

use std::collections::BTreeMap;

use credstack_model::{Descriptor, ENGLISH, Language, Phrasebook, Severity};

use super::explanations::{self, Explanation};
use super::spanish::SPANISH;
use super::{pack, script, sentence};
use crate::lint::{catalog_year_gap, idle_grade, pool_too_small, unused_name, unused_requirement};

/// A code with all that is known of it.
#[derive(Clone, Debug)]
pub struct CodeEntry {
    /// The code, such as `unknown-credential`.
    pub name: &'static str,
    /// The sentences that have it; several where the same mistake is told in different words.
    pub descriptors: Vec<&'static Descriptor>,
    /// What it means, why it matters, and an example.
    pub explanation: &'static Explanation,
}

impl CodeEntry {
    /// Return how bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.descriptors.iter().map(|descriptor| descriptor.severity).min().unwrap_or(Severity::Error)
    }
}

/// Return every code, in alphabetical order.
#[must_use]
pub fn codes() -> Vec<CodeEntry> {
    let mut descriptors: BTreeMap<&'static str, Vec<&'static Descriptor>> = BTreeMap::new();
    for descriptor in credstack_compile::codes::ALL.iter().chain(ALL) {
        descriptors.entry(descriptor.code).or_default().push(descriptor);
    }
    let explained = explanations::ALL.iter().flat_map(|of_subject| of_subject.iter());
    let mut codes: Vec<CodeEntry> = explained
        .filter_map(|explanation| {
            let name = explanation.code;
            Some(CodeEntry { name, descriptors: descriptors.remove(name)?, explanation })
        })
        .collect();
    codes.sort_by_key(|code| code.name);
    codes
}

/// Find a code.
///
/// # Errors
/// The nearest known code, if one is near.
pub fn code(name: &str) -> Result<CodeEntry, Option<&'static str>> {
    let codes = codes();
    match codes.iter().find(|code| code.name == name) {
        Some(code) => Ok(code.clone()),
        None => Err(credstack_base::nearest(name, codes.iter().map(|code| code.name))),
    }
}

/// Return the phrasebook of a language.
#[must_use]
pub const fn phrasebook(language: Language) -> &'static Phrasebook {
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}

/// Everything that this crate says.
pub(crate) static ALL: &[&Descriptor] = &[
    &script::TOO_MANY_FILES,
    &script::NO_ENTRY,
    &script::UNREADABLE_FILE,
    &script::FILE_TOO_LARGE,
    &script::NOT_TEXT,
    &script::UNKNOWN_IMPORT,
    &script::NOT_IMPORTED,
    &script::IMPORT_CIRCLE,
    &script::TOO_MANY_DIAGNOSTICS,
    &script::UNKNOWN_WORD,
    &script::UNKNOWN_QUESTION,
    &script::UNKNOWN_NAME,
    &script::UNKNOWN_IN_FUNCTION,
    &script::NAME_TWICE,
    &script::CONSTANT_CHANGED,
    &script::RESERVED_WORD,
    &script::STRAY_BRACKET,
    &script::OPEN_BRACKET,
    &script::UNFINISHED,
    &script::OPEN_TEXT,
    &script::MISSING_BEFORE_MARK,
    &script::MISSING_VALUE,
    &script::STRAY_MARK,
    &script::OTHER_STRAY_MARK,
    &script::NOT_A_NUMBER,
    &script::BAD_ESCAPE,
    &script::MISSING_MARK,
    &script::MISSING_SYMBOL,
    &script::MISSING_WORD,
    &script::LISTED_TWICE_IN_MAP,
    &script::MISPLACED_EXPORT,
    &script::MISPLACED_BREAK,
    &script::UNREADABLE,
    &script::LITERAL_TOO_LARGE,
    &script::GROWS_TOO_LARGE,
    &script::NESTED_TOO_DEEPLY,
    &script::CALLS_TOO_DEEP,
    &script::TOO_MANY_FUNCTIONS,
    &script::TOO_MANY_NAMES,
    &script::TOO_MANY_IMPORTS,
    &script::FILE_NEVER_ENDS,
    &script::PACK_NEVER_ENDS,
    &script::WRONG_MARK,
    &script::WRONG_USE,
    &script::THROWN,
    &script::CANNOT_BE_READ,
    &sentence::NO_PARENTHESES,
    &sentence::WRONG_PARTICULARS,
    &sentence::STANDS_BY_ITSELF,
    &sentence::FOLLOWS_ANOTHER,
    &sentence::FOLLOWS_SOMETHING,
    &sentence::WRONG_PARTICULAR,
    &sentence::TITLE_IS_NONE,
    &sentence::AVERAGE_OVER_A_TEST,
    &sentence::ROW_OF_A_TRANSCRIPT,
    &sentence::ROW_OF_SIZES,
    &sentence::COURSES_FOR_REQUIREMENT,
    &sentence::REQUIREMENT_FOR_COURSE,
    &sentence::BAD_NAME,
    &sentence::PATTERN_FOR_CODE,
    &sentence::BAD_NUMBER,
    &sentence::PART_OF_A_COURSE,
    &sentence::NEGATIVE_NUMBER,
    &sentence::NUMBER_OUT_OF_RANGE,
    &sentence::MORE_THAN_ALL,
    &sentence::MULTIPLE_OF_NOTHING,
    &sentence::BAD_THRESHOLD,
    &sentence::MORE_THAN_THE_LAST,
    &sentence::BAD_DATE,
    &sentence::BAD_DAY_OR_TERM,
    &sentence::YEARS_BACKWARDS,
    &sentence::TERM_BACKWARDS,
    &sentence::WINDOW_BACKWARDS,
    &sentence::UNKNOWN_CHOICE,
    &sentence::EMPTY_LIST,
    &sentence::EMPTY_ALL_OF,
    &sentence::EMPTY_JOIN,
    &sentence::EMPTY_CREDENTIALS,
    &sentence::EMPTY_TABLE,
    &sentence::ONE_EQUIVALENT,
    &sentence::EMPTY_POOL,
    &sentence::LISTS_TOO_DEEP,
    &sentence::VALUE_LISTED_TWICE,
    &sentence::MEASURE_TWICE,
    &sentence::BAD_RANGE,
    &sentence::LEVELS_BACKWARDS,
    &sentence::POOL_TOO_LARGE,
    &sentence::CHOICE_TOO_LARGE,
    &sentence::TOO_MUCH_BUILT,
    &sentence::REQUIREMENT_TOO_LARGE,
    &sentence::TOO_MANY_PARTS,
    &sentence::MORE_THAN_LISTED,
    &sentence::MORE_THAN_MOST,
    &sentence::UP_TO_ELSEWHERE,
    &sentence::TEST_TAKES_COURSES,
    &sentence::NOTHING_TO_LOOK_AT,
    &sentence::LOOK_WITH_LIMITS,
    &sentence::NOTHING_TO_NARROW,
    &sentence::NOTHING_TO_OVERLAP,
    &sentence::TESTED_TWICE,
    &sentence::PERCENT_OF_WHAT,
    &sentence::PERCENT_OF_APPLIED,
    &sentence::TWO_MEASURES,
    &pack::DUPLICATE_LEARNER_ATTRIBUTE,
    &pack::DUPLICATE_COURSE_ATTRIBUTE,
    &pack::DUPLICATE_OFFICE,
    &pack::DUPLICATE_COMPETENCY,
    &pack::DUPLICATE_GRADE_SCALE,
    &pack::DUPLICATE_TERM,
    &pack::DUPLICATE_COURSE,
    &pack::DUPLICATE_CREDENTIAL,
    &pack::DUPLICATE_SHARING_POLICY,
    &pack::DUPLICATE_CHECK,
    &pack::DUPLICATE_TEST,
    &pack::NO_CATALOG,
    &pack::DUPLICATE_CATALOG,
    &pack::SCALE_SET_LATE,
    &pack::TAKEN_NAME,
    &pack::GRADE_TWICE,
    &pack::GRADE_AMONG_NUMBERS,
    &pack::SCALE_BACKWARDS,
    &pack::PASSING_WITHOUT_NUMBERS,
    &pack::NO_COMPLETION,
    &pack::NO_COMPLETION_IN_YEARS,
    &pack::ADMISSION_TWICE,
    &pack::COMPLETION_TWICE,
    &pack::CONFERRAL_TWICE,
    &pack::CATALOG_YEARS_OVERLAP,
    &pack::AUDIENCE_UNDECLARED,
    &pack::STACK_INTO_NOTHING,
    &pack::STACK_INTO_TWICE,
    &pack::POLICY_WITHOUT_BOUND,
    &pack::POLICY_WITHOUT_SIDES,
    &pack::BOUNDED_TWICE,
    &pack::CONDITION_TWICE,
    &pack::TABLE_ORDER,
    &pack::CHECK_UNFINISHED,
    &pack::CHECK_BROKEN,
    &pack::FAILED_CHECK,
    &pack::NO_DATE,
    &pack::NOTHING_EXPECTED,
    &pack::NOTHING_EARNED_BEFORE,
    &pack::NOTHING_AWARDED_BEFORE,
    &pack::DUPLICATE_ITEM,
    &pack::UNKNOWN_ITEM,
    &pack::AMBIGUOUS_ITEM,
    &pack::UNKNOWN_CREDENTIAL,
    &pack::UNDECLARED_OF_LEARNERS,
    &pack::UNDECLARED_OF_ITEMS,
    &pack::WRONG_VALUE,
    &catalog_year_gap::CATALOG_YEAR_GAP,
    &catalog_year_gap::CATALOG_YEARS_GAP,
    &idle_grade::IDLE_GRADE,
    &pool_too_small::TOO_FEW_COURSES,
    &pool_too_small::TOO_FEW_CREDITS,
    &pool_too_small::TOO_FEW_HOURS,
    &unused_name::UNUSED_NAME,
    &unused_requirement::UNUSED_REQUIREMENT,
];
