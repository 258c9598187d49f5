//! Selectors: which attainments a requirement, a limit or a policy speaks of.

use serde::{Deserialize, Serialize};

use credstack_base::json::FromJson;

use super::catalog::Value;
use super::date::Date;
use super::decimal::Decimal;
use super::id::{AttributeName, Code, CompetencyId, CredentialId, GradeSymbol, OfficeId, ScaleId};
use super::record::{AttainmentKind, AttainmentSource};

/// A selector over attainments. It answers yes, no or unknown for each: an attainment without a
/// grade, say, is unknown to [`Selector::MinGrade`], and counts pending review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Selector {
    /// Every attainment.
    Everything,
    /// Attainments of any of these codes, or of codes equivalent to them.
    Codes(Vec<Code>),
    /// Attainments whose code, or a code equivalent to it, matches a pattern in which `*` stands
    /// for any run of characters: `CSCI 5*`, `* 101`.
    Pattern(String),
    /// Attainments of a subject (the part of the code before the last blank) whose number lies in
    /// a range, both ends included: `CSCI 5000..5999`.
    Range(NumberRange),
    /// Attainments of a subject.
    Subject(String),
    /// Attainments that carry a tag, of their own or from the catalog.
    Tag(String),
    /// Attainments of a kind.
    Kind(AttainmentKind),
    /// Attainments of a unit (department) of the catalog.
    Unit(String),
    /// Attainments at a level, both ends included. The level is the catalog's, or else the
    /// number of the code.
    Level(LevelRange),
    /// Attainments that evidence a competency.
    Competency(CompetencyId),
    /// Attainments issued by someone.
    Issuer(String),
    /// Attainments of one of these provenances.
    Source(Vec<AttainmentSource>),
    /// Attainments with a declared attribute that passes a test.
    Attribute(AttributeTest),
    /// Attainments worth at least so many credits.
    CreditsAtLeast(Decimal),
    /// Attainments graded at least so.
    MinGrade(MinGrade),
    /// Attainments graded on one of these scales.
    GradedOn(Vec<ScaleId>),
    /// Attainments completed in a window, both ends included.
    Completed(Window),
    /// Attainments completed at most so long before an event.
    Recent(Recent),
    /// Attainments that somebody has verified.
    Verified,
    /// Attainments that have not expired.
    Unexpired,
    /// Attainments consumed by the award of one of these credentials.
    UsedIn(Vec<CredentialId>),
    /// Attainments that count only once an office has approved each; until then they are unknown.
    Approved(ItemApproval),
    /// Attainments selected by all of these.
    And(Vec<Selector>),
    /// Attainments selected by any of these.
    Or(Vec<Selector>),
    /// Attainments not selected by this.
    Not(Box<Selector>),
}

/// A subject and a range of numbers, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NumberRange {
    /// The subject.
    pub subject: String,
    /// The lowest number.
    pub from: u32,
    /// The highest number.
    pub to: u32,
}

/// A range of levels, both ends included; an absent end is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LevelRange {
    /// The lowest level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// The highest level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
}

/// A lowest grade on a scale. An attainment graded on another scale does not pass; a pool that
/// also takes, say, S/U grades is a union of two selectors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MinGrade {
    /// The scale.
    pub scale: ScaleId,
    /// The lowest grade.
    pub grade: GradeSymbol,
}

/// A window of dates, both ends included; an absent end is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

/// At most so long before an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recent {
    /// How long.
    pub within: Duration,
    /// Before what.
    pub before: Event,
}

/// A length of time on the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Duration {
    /// Whole years.
    Years(u16),
    /// Whole months.
    Months(u16),
    /// Days.
    Days(u32),
}

impl Duration {
    /// Return the date this long before `date`.
    #[must_use]
    pub fn before(self, date: Date) -> Date {
        self.shift(date, -1)
    }

    /// Return the date this long after `date`.
    #[must_use]
    pub fn after(self, date: Date) -> Date {
        self.shift(date, 1)
    }

    /// Return a date shifted by this, held at the ends of the supported range.
    fn shift(self, date: Date, sign: i32) -> Date {
        match self {
            Self::Years(n) => date.add_years(sign * i32::from(n)),
            Self::Months(n) => date.add_months(sign * i32::from(n)),
            Self::Days(n) => {
                let days = i32::try_from(n).unwrap_or(i32::MAX).min(200_000);
                let first = Date::new(1900, 1, 1);
                let last = Date::new(2200, 12, 31);
                Date::from_day_number(date.day_number() + sign * days)
                    .or(if sign < 0 { first } else { last })
                    .unwrap_or(date)
            }
        }
    }
}

/// What a window is measured from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The date the question is asked for.
    AsOf,
    /// A date in the learner's attributes, such as `admitted_on`.
    Attribute(AttributeName),
    /// The award of a credential.
    Conferred(CredentialId),
}

/// A test of a declared attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AttributeTest {
    /// The attribute.
    pub name: AttributeName,
    /// The test.
    pub test: Test,
}

/// A test of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Test {
    /// Equal to this; for an attribute of several values, one of them is this.
    Is(Value),
    /// Equal to one of these; for an attribute of several values, one of them is among these.
    OneOf(Vec<Value>),
    /// At least this number or date, or this place or later in the declared order of choices.
    AtLeast(Value),
    /// At most this number or date, or this place or earlier in the declared order of choices.
    AtMost(Value),
}

/// Approval of single attainments by an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemApproval {
    /// The office.
    pub office: OfficeId,
    /// What it approves, in the author's words, such as `transfer credit older than five years`.
    pub subject: String,
}

impl Window {
    /// Check whether a date is in this window.
    #[must_use]
    #[inline]
    pub fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// Check whether this window is over on a date.
    #[must_use]
    #[inline]
    pub fn is_over(&self, date: Date) -> bool {
        self.to.is_some_and(|to| to < date)
    }
}

impl Selector {
    /// Create a selector of the attainments of one code.
    #[must_use]
    pub fn code(code: Code) -> Self {
        Self::Codes(vec![code])
    }

    /// Create a selector of what is in both; nested conjunctions are kept flat.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everything, x) | (x, Self::Everything) => x,
            (Self::And(mut a), Self::And(b)) => {
                a.extend(b);
                Self::And(a)
            }
            (Self::And(mut a), b) => {
                a.push(b);
                Self::And(a)
            }
            (a, b) => Self::And(vec![a, b]),
        }
    }

    /// Create a selector of what is in one or the other; nested disjunctions are kept flat.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Codes(mut a), Self::Codes(b)) => {
                a.extend(b);
                Self::Codes(a)
            }
            (Self::Or(mut a), Self::Or(b)) => {
                a.extend(b);
                Self::Or(a)
            }
            (Self::Or(mut a), b) => {
                a.push(b);
                Self::Or(a)
            }
            (a, b) => Self::Or(vec![a, b]),
        }
    }

    /// Create a selector of this, except that.
    #[must_use]
    pub fn except(self, other: Self) -> Self {
        self.and(Self::Not(Box::new(other)))
    }

    /// Return the selectors directly inside this one.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match self {
            Self::And(of) | Self::Or(of) => of,
            Self::Not(inner) => std::slice::from_ref(inner),
            _ => &[],
        }
    }
}
