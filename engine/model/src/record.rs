//! A learner's record.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use credstack_base::json::{FromJson, JsonError, Reader};
use credstack_base::sorted::Map;

use super::catalog::{Catalog, Value};
use super::date::Date;
use super::decimal::Decimal;
use super::id::{
    AttainmentId, AttributeName, Code, CompetencyId, CredentialId, GradeSymbol, LearnerId, OfficeId, ScaleId, TermId,
};

/// The version of [`Record`] that this engine reads.
pub const RECORD_VERSION: u32 = 1;

/// One learner: what is known of them and what they have attained. The order of its lists means
/// nothing, but for `declared`, which is by falling priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of this format: 1.
    pub version: u32,
    /// Whose it is.
    pub learner: LearnerId,
    /// Facts, of declared attributes.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub attributes: Map<AttributeName, Value>,
    /// Dated evidence of what was earned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attainments: Vec<Attainment>,
    /// The credentials that the learner pursues, most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declared: Vec<CredentialId>,
    /// Credentials already awarded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conferred: Vec<Conferred>,
    /// What offices have decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<ApprovalDecision>,
    /// Exceptions granted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
}

/// Dated evidence of something earned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Attainment {
    /// Its name in this record.
    pub id: AttainmentId,
    /// What it is of: a code of the catalog.
    pub of: Code,
    /// What kind of thing it is; the catalog's if absent, and a course if that has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<AttainmentKind>,
    /// Credits; the catalog's if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<Decimal>,
    /// Learning hours; the catalog's if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Decimal>,
    /// The grade, as written on the transcript. A mark that earns no credit counts as none while the work is in
    /// progress or planned; what was withdrawn from, or is audited, is neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<GradeSymbol>,
    /// The scale of the grade; the catalog's default if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<ScaleId>,
    /// How far it is.
    #[serde(default)]
    pub status: AttainmentStatus,
    /// When it was, or will be, completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<Completed>,
    /// The last day on which it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// Where it comes from.
    #[serde(default)]
    pub source: AttainmentSource,
    /// Who issued it; the catalog's institution if absent and the source is the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Whether somebody has verified it; unknown if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// Tags of its own, beside the catalog's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Competencies of its own, beside the catalog's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyId>,
    /// Declared attributes, such as level, mode or residency.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub attributes: Map<AttributeName, Value>,
}

/// What kind of thing an attainment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttainmentKind {
    /// A course.
    #[default]
    Course,
    /// A badge.
    Badge,
    /// A certificate.
    Certificate,
    /// A degree.
    Degree,
    /// An exam.
    Exam,
    /// An experience: an internship, an event, a project.
    Experience,
    /// An asserted competency.
    Competency,
}

impl AttainmentKind {
    /// Check whether it is a course.
    #[must_use]
    pub const fn is_course(&self) -> bool {
        matches!(self, Self::Course)
    }

    /// All kinds, with their names in JSON.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Course, "course"),
        (Self::Badge, "badge"),
        (Self::Certificate, "certificate"),
        (Self::Degree, "degree"),
        (Self::Exam, "exam"),
        (Self::Experience, "experience"),
        (Self::Competency, "competency"),
    ];
}

/// How far an attainment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttainmentStatus {
    /// Completed.
    #[default]
    Completed,
    /// Under way.
    InProgress,
    /// Planned.
    Planned,
}

/// Where an attainment comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttainmentSource {
    /// Earned at the institution.
    #[default]
    Institution,
    /// Transferred.
    Transfer,
    /// By examination, or prior learning assessed.
    Exam,
    /// By waiver.
    Waiver,
    /// From elsewhere, without transfer.
    External,
}

impl AttainmentSource {
    /// All provenances, with their names in JSON.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Institution, "institution"),
        (Self::Transfer, "transfer"),
        (Self::Exam, "exam"),
        (Self::Waiver, "waiver"),
        (Self::External, "external"),
    ];
}

/// A date, or a term of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub enum Completed {
    /// A day.
    On(Date),
    /// A term; its last day counts.
    In(TermId),
}

impl From<Completed> for String {
    fn from(completed: Completed) -> Self {
        match completed {
            Completed::On(date) => date.to_string(),
            Completed::In(term) => term.into(),
        }
    }
}

impl FromStr for Completed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // What looks like a date must be one; `2025-02-30` is no term.
        let looks_like_a_date = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'/');
        if looks_like_a_date {
            return text.parse().map(Self::On).map_err(|e: super::date::DateError| e.to_string());
        }
        TermId::new(text).map(Self::In).map_err(|e| e.to_string())
    }
}

impl TryFrom<String> for Completed {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl FromJson for Completed {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        // There is one way to write a date, and a term is written as it is.
        reader.expected_text()?.parse().map_err(JsonError::custom)
    }
}

/// A credential already awarded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Conferred {
    /// Which.
    pub credential: CredentialId,
    /// When.
    pub on: Date,
    /// The last day of its validity; reckoned from the catalog if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// The attainments that it consumed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consumed: Vec<AttainmentId>,
}

/// What an office has decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ApprovalDecision {
    /// The office.
    pub office: OfficeId,
    /// What it was asked, in the rule's words.
    pub subject: String,
    /// The attainment it is about, where the rule asks of single attainments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attainment: Option<AttainmentId>,
    /// What it decided.
    pub decision: Decision,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// An office's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Granted.
    Granted,
    /// Denied.
    Denied,
    /// Asked, and not yet decided.
    Pending,
}

/// An exception granted to one learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// Who granted it.
    pub authority: String,
    /// Why.
    pub reason: String,
    /// The credential it is for.
    pub credential: CredentialId,
    /// What is granted.
    pub grant: Grant,
}

/// What an exception grants, within one credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Grant {
    /// An attainment counts as if it were of another code.
    Substitute(Substitution),
    /// The requirement with this label is met without anything.
    Waive(String),
    /// An attainment counts toward the requirement with a label, whatever its pool says.
    Force(Forced),
    /// An attainment does not count.
    Exclude(AttainmentId),
    /// An attainment may also count here although another credential counts it.
    Share(AttainmentId),
}

/// One thing for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Substitution {
    /// The attainment.
    pub attainment: AttainmentId,
    /// The code it counts as.
    pub counts_as: Code,
}

/// One attainment for a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Forced {
    /// The attainment.
    pub attainment: AttainmentId,
    /// The label of the requirement.
    pub requirement: String,
}

impl Record {
    /// Create an empty record.
    #[must_use]
    pub const fn new(learner: LearnerId) -> Self {
        Self {
            version: RECORD_VERSION,
            learner,
            attributes: Map::new(),
            attainments: Vec::new(),
            declared: Vec::new(),
            conferred: Vec::new(),
            approvals: Vec::new(),
            exceptions: Vec::new(),
        }
    }
}

impl Attainment {
    /// Return the day on which it was, or will be, completed, if that is stated and the catalog has the term.
    #[must_use]
    pub fn completed_day(&self, catalog: &Catalog) -> Option<Date> {
        match self.completed_on.as_ref()? {
            Completed::On(date) => Some(*date),
            Completed::In(term) => catalog.terms.get(term).map(|term| term.ends),
        }
    }

    /// Check whether it is under way on a date: in progress, or completed later.
    #[must_use]
    pub fn is_under_way(&self, catalog: &Catalog, as_of: Date) -> bool {
        match self.status {
            AttainmentStatus::InProgress => true,
            AttainmentStatus::Completed => self.completed_day(catalog).is_some_and(|day| day > as_of),
            AttainmentStatus::Planned => false,
        }
    }

    /// Create a completed attainment of which nothing else is said.
    #[must_use]
    pub fn new(id: AttainmentId, of: Code) -> Self {
        Self {
            id,
            of,
            kind: None,
            credits: None,
            hours: None,
            grade: None,
            scale: None,
            status: AttainmentStatus::Completed,
            completed_on: None,
            expires_on: None,
            source: AttainmentSource::Institution,
            issuer: None,
            verified: None,
            tags: Vec::new(),
            competencies: Vec::new(),
            attributes: Map::new(),
        }
    }
}
