//! Requirement trees.

use serde::{Deserialize, Serialize};

use credstack_base::Named;
use credstack_base::json::FromJson;

use super::decimal::Decimal;
use super::id::{AttributeName, CredentialId, OfficeId, ShareGroup};
use super::selector::{AttributeTest, Duration, Selector, Window};
use super::source::Source;

/// A requirement: a rule, what it is called, where it was written, and limits on what is
/// allocated inside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// What the catalog calls it, such as `Breadth`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Advice shown beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Limits on what is allocated inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
    /// The rule.
    pub rule: Rule,
}

/// A rule. Leaves either *take* attainments (what one takes, another cannot), *look* at facts, or
/// look at credentials *held*; combinators join rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// Takes attainments from a pool until a need is met.
    Take(Take),
    /// Looks whether a pool has enough, taking nothing.
    Seen(Seen),
    /// A credential is held: awarded and unexpired, or complete in this same determination.
    Earned(CredentialId),
    /// A fact about the learner.
    Attribute(AttributeTest),
    /// A grade point average.
    Gpa(Gpa),
    /// A named office has approved something.
    Approved(Approved),
    /// The date asked for lies in a window.
    AsOf(Window),
    /// All of these.
    All(Vec<Requirement>),
    /// One of these.
    Any(Vec<Requirement>),
    /// Enough of these.
    AtLeast(AtLeast),
    /// Not this; over looking and holding leaves only.
    Not(Box<Requirement>),
    /// One requirement or another, by a test over looking and holding leaves.
    When(Box<When>),
}

/// What amounts are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Named)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Attainments.
    Count,
    /// Credits.
    Credits,
    /// Learning hours.
    Hours,
}

/// A consuming leaf: attainments worth at least `min` from a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// What is counted.
    pub measure: Measure,
    /// How much is needed; a whole number where attainments are counted.
    pub min: Decimal,
    /// The most that may be taken, if there is a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
    /// From what.
    pub pool: Selector,
    /// Leaves of one credential that name the same group may count the same attainment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<ShareGroup>,
}

/// A looking leaf over attainments: the pool has at least `min`, whatever else counts them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// What is counted.
    pub measure: Measure,
    /// How much is needed.
    pub min: Decimal,
    /// From what.
    pub pool: Selector,
}

/// A grade point average of at least `min`: the credits of each graded attainment times its
/// points, over the credits. Compared exactly, by cross-multiplication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Gpa {
    /// The least average, in grade points.
    pub min: Decimal,
    /// Over what.
    pub over: GpaOver,
}

/// The population of an average.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GpaOver {
    /// What is allocated in this credential's completion tree and is selected.
    Applied(Selector),
    /// Every graded attainment that is selected, counted or not: also failed and repeated ones,
    /// unless the selector leaves them out.
    Record(Selector),
    /// The figure in a learner's attribute, such as `cumulative_gpa`.
    Attribute(AttributeName),
}

/// An approval by an office, about the learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Approved {
    /// The office.
    pub office: OfficeId,
    /// What it approves, in the author's words.
    pub subject: String,
}

/// Enough of the children. Counting credits or hours, it is what is allocated inside the
/// *satisfied* children that counts, so a child that needs a course and its laboratory brings
/// both or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    /// What is counted: satisfied children, or the credits or hours inside them.
    pub measure: Measure,
    /// How much is needed.
    pub min: Decimal,
    /// The children.
    pub of: Vec<Requirement>,
}

/// `then` if `test`, else `otherwise`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The test, over looking and holding leaves only.
    pub test: Requirement,
    /// The requirement if the test holds.
    pub then: Requirement,
    /// The requirement if it does not.
    pub otherwise: Requirement,
}

/// A limit on what is allocated inside a requirement.
///
/// *At most* limits make an allocation legal or not. *At least* limits ([`LimitRule::Distinct`] and
/// [`LimitRule::Last`] too) are part of what the requirement asks: while they are short, it is not
/// satisfied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// What the catalog calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The limit.
    pub rule: LimitRule,
}

/// The forms of limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum LimitRule {
    /// At most so much of what matches.
    AtMost(Bounded),
    /// At least so much of what matches.
    AtLeast(Bounded),
    /// At most so much of what matches with the same value of a key: at most two courses a subject.
    AtMostPer(BoundedPer),
    /// At least so many different values of a key.
    Distinct(Distinct),
    /// At least so much of what matches among the last completed: 24 of the last 30 credits.
    Last(Last),
    /// At most so long between the first and the last completed of what matches.
    Span(Span),
    /// Everything that matches `first` is completed before everything that matches `then`.
    Order(Order),
}

/// An amount of what a selector matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bounded {
    /// How much.
    pub amount: Amount,
    /// Of what.
    pub of: Selector,
}

/// An amount, absolute or as a share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Amount {
    /// So many attainments, credits or hours.
    Fixed(Fixed),
    /// A percentage.
    Percent(Percent),
}

/// So much of a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    /// What is counted.
    pub measure: Measure,
    /// How much.
    pub value: Decimal,
}

/// A percentage of a group's credits, hours or attainments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Percent {
    /// What is counted.
    pub measure: Measure,
    /// The percentage, 0 to 100.
    pub percent: Decimal,
    /// Of what.
    pub base: PercentBase,
    /// How the result is rounded.
    pub rounding: Rounding,
}

/// What a percentage is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, Named)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PercentBase {
    /// What the group requires at the least.
    Required,
    /// What is allocated inside the group.
    Applied,
}

/// How a percentage's result is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rounding {
    /// Not at all.
    Exact,
    /// Up to a multiple of this: 1 for whole credits, 3 for whole three-credit modules.
    UpTo(Decimal),
    /// To a multiple of a step, up only from a part of one: papers of 18 points, up from 0.6 of one.
    Threshold(Threshold),
}

/// Rounding that goes up from a part of a step, and down below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// To a multiple of this.
    pub step: Decimal,
    /// The least part of a step that makes one more: above 0, and at most 1. With 1 all is rounded
    /// down.
    pub up_from: Decimal,
}

/// At most an amount per value of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BoundedPer {
    /// How much.
    pub amount: Fixed,
    /// The key.
    pub per: Key,
    /// Of what.
    pub of: Selector,
}

/// At least so many different values of a key among what matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Distinct {
    /// How many.
    pub min: u32,
    /// The key.
    pub per: Key,
    /// Of what.
    pub of: Selector,
}

/// At least so much of what matches among the last completed: residency in the final credits.
///
/// Looked at is everything allocated inside the group, by the day of completion; a term stands for
/// its last day, and what is in progress comes last. The last `out_of` are counted back from the
/// end: of an attainment that lies across the line only the credits on this side of it, and
/// everything where there is less than `out_of`. Of what was completed on one day, what matches
/// counts as the later. What has no date may lie anywhere: where that could decide, the limit is
/// met only pending review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Last {
    /// What is counted.
    pub measure: Measure,
    /// How much is needed of what matches.
    pub min: Decimal,
    /// Among so much, counted back from the last completed; not less than `min`.
    pub out_of: Decimal,
    /// Of what.
    pub of: Selector,
}

/// What attainments are grouped by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Key {
    /// The code, equivalent codes being one.
    Code,
    /// The subject.
    Subject,
    /// The unit.
    Unit,
    /// The issuer.
    Issuer,
    /// The level.
    Level,
    /// The term or day of completion.
    Completed,
    /// A declared attribute of attainments.
    Attribute(AttributeName),
}

/// A longest time between first and last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// How long.
    pub within: Duration,
    /// Of what.
    pub of: Selector,
}

/// An order between two selections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// What comes first.
    pub first: Selector,
    /// What comes after it.
    pub then: Selector,
    /// Whether both may be completed on the same day.
    pub together: bool,
}

impl Requirement {
    /// Create a requirement that is a rule and nothing more.
    #[must_use]
    pub const fn new(rule: Rule) -> Self {
        Self { label: None, note: None, source: None, limits: Vec::new(), rule }
    }

    /// Give it a label.
    #[must_use]
    pub fn named(mut self, label: &str) -> Self {
        self.label = Some(label.to_owned());
        self
    }

    /// Return the requirements directly inside this one, in the order written; a `when` has its test,
    /// then its two branches.
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        match &self.rule {
            Rule::All(of) | Rule::Any(of) => of.iter().collect(),
            Rule::AtLeast(at_least) => at_least.of.iter().collect(),
            Rule::Not(inner) => vec![inner],
            Rule::When(when) => vec![&when.test, &when.then, &when.otherwise],
            Rule::Take(_)
            | Rule::Seen(_)
            | Rule::Earned(_)
            | Rule::Attribute(_)
            | Rule::Gpa(_)
            | Rule::Approved(_)
            | Rule::AsOf(_) => Vec::new(),
        }
    }
}
