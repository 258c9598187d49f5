//! The answer: plain data, the contract with everything outside the engine.

use serde::{Deserialize, Serialize};

use crate::{
    AttainmentId, Code, CredentialId, CredentialKind, Date, Decimal, Grant, LearnerId, Measure, OfficeId, Source,
};
use credstack_base::Named;
use credstack_base::json::FromJson;
use credstack_base::sorted::Map;

/// The version of [`Determination`] that this engine writes.
pub const DETERMINATION_VERSION: u32 = 1;

/// What is asked beside the record and the date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Which credentials are answered.
    pub targets: Targets,
    /// Whether attainments in progress count, toward `complete_with_in_progress`.
    pub in_progress: bool,
    /// Whether planned attainments count, as if in progress.
    pub planned: bool,
    /// How many search steps may be taken for each group of targets that is solved together.
    pub steps: u64,
}

/// Which credentials are answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Targets {
    /// Those that the record declares, solved together.
    Declared,
    /// The declared ones, and every other credential of the catalog alone.
    All,
    /// These, solved together in this order, instead of the declared ones.
    These(Vec<CredentialId>),
}

impl Default for Options {
    /// Ask for the declared targets, with what is in progress but not what is planned.
    fn default() -> Self {
        Self { targets: Targets::Declared, in_progress: true, planned: false, steps: 20_000 }
    }
}

/// The answer to one question about one learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Determination {
    /// The version of this format: 1.
    pub version: u32,
    /// Whose it is.
    pub learner: LearnerId,
    /// The date it was asked for.
    pub as_of: Date,
    /// What was asked.
    pub options: Options,
    /// What it was computed from.
    pub provenance: Provenance,
    /// What is wrong or doubtful in the record; nothing of it was passed over in silence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Message>,
    /// The answers: targets solved together in their order, then others by id.
    pub targets: Vec<TargetAnswer>,
}

/// Hashes of what an answer was computed from, lower-case hexadecimal sha-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// The version of the engine.
    pub engine: String,
    /// Of the engine's WebAssembly module, if it ran as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// Of the bundle's bytes.
    pub bundle: String,
    /// Of the record's canonical form: compact JSON with its lists sorted.
    pub record: String,
}

/// The answer for one credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetAnswer {
    /// Which.
    pub credential: CredentialId,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: CredentialKind,
    /// Whether it was solved together with the other declared targets, rather than alone.
    pub declared: bool,
    /// The first academic year of the edition that applies, where editions differ by year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<i16>,
    /// How far it is.
    pub status: Status,
    /// Whether the learner may start it.
    pub admission: Admission,
    /// Whether the gates at award are passed.
    pub conferral: Gate,
    /// What is still short, in credits.
    pub distance: Decimal,
    /// One sentence for a person.
    pub summary: Message,
    /// What to do next, most useful first; empty when nothing is left to do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_steps: Vec<Message>,
    /// The completion tree, answered.
    pub completion: NodeAnswer,
    /// The admission tree, answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admission_tree: Option<NodeAnswer>,
    /// The conferral tree, answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conferral_tree: Option<NodeAnswer>,
    /// Attainments counted here that other credentials count too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<SharedUse>,
    /// Exceptions that were applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<AppliedException>,
    /// Where requirements that could each be met cannot be met together: a smallest set of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<WhyNot>,
    /// Of an open credential whose status is proved: what shows that it cannot be complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cannot: Option<Cannot>,
    /// How sure it is.
    pub proof: Proof,
}

/// Requirements that cannot be met together, although without any one of them the rest can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WhyNot {
    /// Credentials declared before this one that take part with all that they count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<CredentialId>,
    /// The requirements, as paths of nodes of this credential's tree.
    pub requirements: Vec<String>,
    /// The attainments that they compete for.
    pub attainments: Vec<AttainmentId>,
    /// The same as a sentence.
    pub text: Message,
}

/// Why no way of counting what is on record completes a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Cannot {
    /// Each of these nodes is out of reach by itself, and without them the tree cannot be met. A
    /// leaf is out of reach if all that could go to it does not come to what it needs.
    Alone(Vec<String>),
    /// These leaves need more together than all that could go to them comes to.
    Together(Together),
    /// Neither is so; the search went through everything, in so many steps. Whoever doubts it has
    /// to search again.
    Searched(u64),
}

/// Leaves of one credential that compete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The leaves, as paths.
    pub nodes: Vec<String>,
    /// What they are measured in.
    pub measure: Measure,
    /// What they need together.
    pub need: Decimal,
    /// What there is for them, each attainment counted once.
    pub most: Decimal,
}

/// How far a credential is. The order is that of the model, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Named)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Awarded, and valid on the date asked for.
    Conferred,
    /// Earned: some legal way of counting makes its completion tree true.
    Complete,
    /// Earned once what is in progress (or planned, if asked) is completed.
    CompleteWithInProgress,
    /// It hangs only on unknown facts or on a pending approval.
    NeedsReview,
    /// Something is missing.
    Incomplete,
    /// No future attainment can complete it.
    Closed,
    /// The step budget ran out before the best status was known.
    Undetermined,
}

/// Whether a learner may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Named)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// May start.
    Eligible,
    /// May not.
    NotEligible,
    /// A fact is missing or an approval is pending.
    Unknown,
}

/// Whether the gates at award are passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Named)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// Passed, or there are none.
    Open,
    /// Not passed.
    Shut,
    /// A fact is missing or an approval is pending.
    Unknown,
}

/// How sure an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Whether no other allocation has a better status.
    pub status: bool,
    /// Whether no other allocation of that status has a smaller distance.
    pub distance: bool,
    /// Whether, among equals, this is the allocation that the tie rules name: fewest attainments,
    /// then earliest completed, then by id.
    pub tie: bool,
    /// Search steps taken, together with the targets solved in the same group.
    pub steps: u64,
}

/// The answer for one node of a requirement tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NodeAnswer {
    /// Its place: the tree, then the number of the child at each step, from zero:
    /// `completion.0.2`. A `when` numbers its test 0, its branches 1 and 2.
    pub path: String,
    /// What the catalog calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Advice from the catalog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Whether it is met.
    pub status: NodeStatus,
    /// Whether the way of counting that was chosen goes through it; an alternative that was not
    /// chosen does not.
    pub needed: bool,
    /// The rule, in words.
    pub rule: Message,
    /// Amounts, for nodes that count something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<AmountAnswer>,
    /// What is still short, in credits.
    pub short: Decimal,
    /// What was allocated to this leaf.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<Use>,
    /// Unknown facts and pending approvals that it hangs on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// Its limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitAnswer>,
    /// The nodes inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<NodeAnswer>,
}

/// Whether a node is met. Greater is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Named)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NodeStatus {
    /// Met.
    Met,
    /// Met once what is in progress is completed.
    MetWithInProgress,
    /// Hangs on unknown facts or pending approvals.
    NeedsReview,
    /// Not met.
    Unmet,
    /// Not met, and no future attainment can meet it.
    Closed,
}

/// What a node has and needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AmountAnswer {
    /// What is counted; absent for a grade point average and other plain numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// What there is. A grade point average is shown rounded down to three places; it was
    /// compared exactly.
    pub have: Decimal,
    /// What is needed.
    pub need: Decimal,
}

/// One attainment allocated to one leaf. All uses together are the witness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// The attainment.
    pub attainment: AttainmentId,
    /// What it is of.
    pub of: Code,
    /// Its worth in the leaf's measure.
    pub amount: Decimal,
    /// How surely it counts.
    pub standing: Standing,
}

/// How surely an attainment counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Named)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Counts,
    /// It will count once completed.
    InProgress,
    /// It counts if a fact turns out so, or an office approves.
    Pending,
}

/// An unknown fact or a pending approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The office that decides, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// The attainment it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attainment: Option<AttainmentId>,
    /// What is not known, in words.
    pub text: Message,
}

/// The answer for one limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LimitAnswer {
    /// What the catalog calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The limit, in words.
    pub rule: Message,
    /// Whether it holds.
    pub status: NodeStatus,
    /// What there is and what is allowed or needed, where it is an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<AmountAnswer>,
}

/// An attainment that more than one credential counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SharedUse {
    /// The attainment.
    pub attainment: AttainmentId,
    /// The other credentials that count it, conferred ones among them.
    pub also_in: Vec<CredentialId>,
}

/// An exception that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AppliedException {
    /// Who granted it.
    pub authority: String,
    /// Why.
    pub reason: String,
    /// What was granted.
    pub grant: Grant,
}

/// A sentence as a key of the message table with arguments; `explain::sentence` turns it into
/// words of a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The key, such as `rule-take-credits`.
    pub key: String,
    /// The arguments, by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub args: Map<String, Arg>,
}

/// An argument of a [`Message`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Arg {
    /// A name or a text from the catalog or the record, shown as it is.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A date.
    Date(Date),
    /// A part of the sentence.
    Message(Box<Message>),
    /// A list of names, joined as the language does with "and".
    AllOf(Vec<String>),
    /// A list of names, joined as the language does with "or".
    OneOf(Vec<String>),
    /// A list of parts, joined as the language does with "and".
    Messages(Vec<Message>),
    /// A list of parts, joined as the language does with "or".
    Alternatives(Vec<Message>),
}

/// What a learner, or who advises them, can make of a credential: the groups that answers are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Named)]
#[serde(rename_all = "snake_case")]
pub enum Outlook {
    /// Earned, awarded or not.
    Earned,
    /// Earned once what is in progress is completed.
    EarnedWithInProgress,
    /// Somebody has to decide something, or to look longer.
    Review,
    /// Something is missing, and the learner may start.
    Startable,
    /// Something is missing, and the learner may not start yet; or it is closed.
    Further,
}

impl Status {
    /// Return whether the credential is earned, awarded or not: nothing is left to complete.
    #[must_use]
    pub const fn is_earned(self) -> bool {
        matches!(self, Self::Conferred | Self::Complete)
    }

    /// Return whether an award may be near, so that its gates are worth a look.
    #[must_use]
    pub const fn is_in_sight(self) -> bool {
        matches!(self, Self::Complete | Self::CompleteWithInProgress | Self::NeedsReview | Self::Undetermined)
    }

    /// Return whether an earned credential that is not awarded yet can be awarded now: the gates at award
    /// have to be passed.
    #[must_use]
    pub fn can_be_awarded(self, conferral: Gate) -> bool {
        self == Self::Complete && conferral == Gate::Open
    }

    /// Return whether the credential is earned and its award has to wait for the gates.
    #[must_use]
    pub fn awaits_award(self, conferral: Gate) -> bool {
        self == Self::Complete && conferral != Gate::Open
    }

    /// Return which group of answers a credential belongs to.
    #[must_use]
    pub const fn outlook(self, admission: Admission) -> Outlook {
        match (self, admission) {
            (Self::Conferred | Self::Complete, _) => Outlook::Earned,
            (Self::CompleteWithInProgress, _) => Outlook::EarnedWithInProgress,
            (Self::NeedsReview | Self::Undetermined, _) => Outlook::Review,
            (Self::Incomplete, Admission::Eligible) => Outlook::Startable,
            (Self::Incomplete | Self::Closed, _) => Outlook::Further,
        }
    }
}

impl Admission {
    /// Return whether the learner is known not to be allowed to start.
    #[must_use]
    pub const fn is_barred(self) -> bool {
        matches!(self, Self::NotEligible)
    }
}

impl NodeStatus {
    /// Return whether something is missing even when all that is in progress is completed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::NeedsReview | Self::Unmet | Self::Closed)
    }
}

impl TargetAnswer {
    /// Return whether it can be awarded now: it is earned, the gates at award are passed, and it was not
    /// awarded before.
    #[must_use]
    pub fn can_be_awarded(&self) -> bool {
        self.status.can_be_awarded(self.conferral)
    }

    /// Return whether anything on record counts toward it.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.completion.all_uses().next().is_some()
    }
}

impl Message {
    /// Create a message without arguments.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), args: Map::new() }
    }

    /// Add a text.
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.with(name, Arg::Text(text.into()))
    }

    /// Add a number.
    #[must_use]
    pub fn number(self, name: &str, number: Decimal) -> Self {
        self.with(name, Arg::Number(number))
    }

    /// Add an argument of any kind.
    #[must_use]
    pub fn with(mut self, name: &str, arg: Arg) -> Self {
        self.args.insert(name.to_owned(), arg);
        self
    }
}

impl NodeAnswer {
    /// Return what was allocated to this node and to all inside it, in order.
    pub fn all_uses(&self) -> impl Iterator<Item = &Use> {
        self.walk().into_iter().flat_map(|node| &node.uses)
    }

    /// Return this node and all inside it, in order.
    #[must_use]
    pub fn walk(&self) -> Vec<&Self> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(node) = all.get(next).copied() {
            let children: Vec<&Self> = node.children.iter().collect();
            all.splice(next + 1..next + 1, children);
            next += 1;
        }
        all
    }
}
