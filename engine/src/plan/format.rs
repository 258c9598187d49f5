//! Plans, as they are written down.

use serde::{Deserialize, Serialize};

use credstack_base::json::FromJson;
use credstack_model::{Admission, Message, Provenance, Status};
use credstack_model::{Code, CredentialId, Date, Decimal, LearnerId, TermId};

/// The version of [`Plan`] that this engine writes.
pub const PLAN_VERSION: u32 = 1;

/// What a plan is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanOptions {
    /// The credentials, to be completed together; those that the record declares if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<CredentialId>,
    /// The most credits in a term; no limit if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load: Option<Decimal>,
    /// How many search steps may be taken.
    pub steps: u64,
}

/// A way to complete credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The version of this format: 1.
    pub version: u32,
    /// Whose it is.
    pub learner: LearnerId,
    /// The date it was asked for.
    pub as_of: Date,
    /// What else it was asked for.
    pub options: PlanOptions,
    /// What it was computed from.
    pub provenance: Provenance,
    /// How far it brings each credential, in the order asked for.
    pub targets: Vec<PlannedTarget>,
    /// What is to be completed.
    pub missing: Vec<MissingItem>,
    /// Its credits together.
    pub credits: Decimal,
    /// Whether no set of fewer credits, or of fewer courses with as many, is known to do. Not where
    /// prerequisites had to be added, or a rule looks at courses without counting them: an average
    /// over a pool, or what else was completed; nor where an admission asks for a further credential.
    pub least: bool,
    /// The terms, in order; none if nothing is missing or no order keeps all conditions.
    pub terms: Vec<PlannedTerm>,
    /// Whether no order needs fewer terms.
    pub fewest_terms: bool,
    /// What stands in the way of an order, if anything does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Message>,
}

/// How far a plan brings a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedTarget {
    /// Which.
    pub credential: CredentialId,
    /// Its title.
    pub title: String,
    /// Its status once everything in the plan is completed with the best grade.
    pub then: Status,
    /// Whether the learner may start it then.
    pub admission: Admission,
    /// What courses cannot bring about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still: Vec<Message>,
}

/// A course of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MissingItem {
    /// Its code.
    pub code: Code,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its credits.
    pub credits: Decimal,
    /// Courses that would do as well in its place, up to [`ALTERNATIVES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<Code>,
    /// Whether nothing counts it: it only comes before something that is counted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_before: bool,
}

/// A term of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedTerm {
    /// Its number, from 1.
    pub number: usize,
    /// The catalog's name of it; the terms after the last that the catalog names have a number only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<TermId>,
    /// What to take.
    pub items: Vec<Code>,
    /// Its credits together.
    pub credits: Decimal,
}

/// More alternatives than this are not listed.
pub const ALTERNATIVES: usize = 8;

impl Plan {
    /// Return whether the plan completes every target and its courses can be put in order.
    #[must_use]
    pub fn completes_all(&self) -> bool {
        self.obstacle.is_none() && self.targets.iter().all(PlannedTarget::is_reached)
    }
}

impl PlannedTarget {
    /// Return whether the learner, after the plan, has completed the credential and was admitted to it as far as
    /// is known.
    #[must_use]
    pub const fn is_reached(&self) -> bool {
        self.then.is_earned() && !self.admission.is_barred()
    }
}
