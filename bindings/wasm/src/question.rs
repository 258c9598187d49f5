//! What is asked, as JSON.

use credstack_base::json::{FromJson, JsonError, Reader};
use credstack_engine::model::{CredentialId, Decimal};
use credstack_engine::plan::PlanOptions;
use credstack_engine::{Date, Options, Targets};
use serde::{Deserialize, Serialize};

/// A question about one learner's record. In JSON only `as_of` must be there:
/// `{"as_of": "2026-06-01", "targets": "all"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The date to answer for.
    pub as_of: Date,
    /// Which credentials are answered: `"declared"`, `"all"` or `{"these": ["ms-cs"]}`.
    #[serde(default = "declared")]
    pub targets: Targets,
    /// Whether what is in progress counts, toward `complete_with_in_progress`; yes if absent.
    #[serde(default = "yes")]
    pub in_progress: bool,
    /// Whether what is planned counts as if in progress; no if absent.
    #[serde(default)]
    pub planned: bool,
    /// The most search steps for each group of credentials that are solved together.
    #[serde(default = "steps")]
    pub steps: u64,
    /// The lower-case hexadecimal sha-256 of this module, which a module cannot know by itself; the
    /// answer names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Sha256>,
}

/// A question for a screening. In JSON only `as_of` must be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(deny_unknown_fields)]
pub struct ScreenQuestion {
    /// The date to answer for.
    pub as_of: Date,
    /// As in [`Question`].
    #[serde(default = "yes")]
    pub in_progress: bool,
    /// As in [`Question`].
    #[serde(default)]
    pub planned: bool,
    /// The most search steps for a credential that is not decided otherwise.
    #[serde(default = "steps")]
    pub steps: u64,
}

/// A question for a plan. In JSON only `as_of` must be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(deny_unknown_fields)]
pub struct PlanQuestion {
    /// The date to plan from.
    pub as_of: Date,
    /// The credentials, planned together; those that the record declares if empty.
    #[serde(default)]
    pub targets: Vec<CredentialId>,
    /// The most credits in a term; no limit if absent.
    #[serde(default)]
    pub load: Option<Decimal>,
    /// The most search steps.
    #[serde(default = "steps")]
    pub steps: u64,
    /// As in [`Question`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Sha256>,
}

/// A lower-case hexadecimal sha-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha256(String);

impl TryFrom<String> for Sha256 {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_hash = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if is_hash { Ok(Self(text)) } else { Err("a sha-256 has 64 lower-case hexadecimal digits") }
    }
}

impl FromJson for Sha256 {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        String::from_json(reader)?.try_into().map_err(JsonError::custom)
    }
}

impl From<Sha256> for String {
    fn from(hash: Sha256) -> Self {
        hash.0
    }
}

impl Question {
    /// Return how the engine is asked.
    pub(crate) fn options(&self) -> Options {
        Options {
            targets: self.targets.clone(),
            in_progress: self.in_progress,
            planned: self.planned,
            steps: self.steps,
        }
    }
}

impl ScreenQuestion {
    /// Return how the engine is asked.
    pub(crate) fn options(&self) -> Options {
        let Self { in_progress, planned, steps, .. } = *self;
        Options { targets: Targets::All, in_progress, planned, steps }
    }
}

impl PlanQuestion {
    /// Return how the engine is asked.
    pub(crate) fn options(&self) -> PlanOptions {
        PlanOptions { targets: self.targets.clone(), load: self.load, steps: self.steps }
    }
}

const fn declared() -> Targets {
    Targets::Declared
}

const fn yes() -> bool {
    true
}

fn steps() -> u64 {
    Options::default().steps
}
