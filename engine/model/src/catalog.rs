//! The catalog: credentials, courses, competencies, and the rules between them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use credstack_base::Named;
use credstack_base::json::{self, FromJson, JsonError, Reader};
use credstack_base::order;
use credstack_base::sorted::Map;

use super::date::Date;
use super::decimal::{Decimal, DecimalError};
use super::grade::GradeScale;
use super::id::{AttributeName, Code, CompetencyId, CredentialId, OfficeId, ScaleId, TermId};
use super::record::AttainmentKind;
use super::requirement::Requirement;
use super::selector::{Duration, Selector};
use super::sharing::{SharingPolicy, StackEdge, UseCeiling};
use super::source::Source;
use super::wording::Words;

/// A whole catalog, as the rules of a pack state it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// Its name, such as `boulder`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The institution: the issuer of attainments whose source is `institution`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// What holds where nothing else is said.
    pub defaults: Defaults,
    /// Declared attributes of learners.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub learner_attributes: Map<AttributeName, AttributeDecl>,
    /// Declared attributes of attainments and courses.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub attainment_attributes: Map<AttributeName, AttributeDecl>,
    /// Offices that approve.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub offices: Map<OfficeId, Office>,
    /// Grade scales.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub scales: Map<ScaleId, GradeScale>,
    /// Terms, for records that date attainments by term.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub terms: Map<TermId, Term>,
    /// Courses, and badges, exams or experiences that are no credential of this catalog.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub courses: BTreeMap<Code, Course>,
    /// Competencies.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub competencies: Map<CompetencyId, Competency>,
    /// Sets of codes that are the same thing: cross-listed, renumbered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equivalences: Vec<Equivalence>,
    /// Credentials.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub credentials: BTreeMap<CredentialId, Credential>,
    /// Which credential counts toward which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stacks: Vec<StackEdge>,
    /// What credentials may count in common.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sharing: Vec<SharingPolicy>,
    /// How many credentials one attainment may serve.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ceilings: Vec<UseCeiling>,
}

/// What holds in a catalog where nothing else is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// What two credentials without stack edge or policy between them may count in common.
    pub sharing: DefaultSharing,
    /// Which attempts of a repeated course are kept.
    pub repeats: Repeats,
    /// The credits that a missing attainment stands for in a distance.
    pub typical_credits: Decimal,
    /// The learning hours that a credit stands for in a distance.
    pub hours_per_credit: Decimal,
    /// The month, 1 to 12, in which academic years start.
    pub academic_year_starts: u8,
    /// The scale of grades in a record that name none.
    pub scale: ScaleId,
    /// How the edition of a credential is chosen for a learner.
    pub edition_by: EditionBy,
}

/// Sharing where no policy speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, Named)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DefaultSharing {
    /// Nothing is shared.
    Exclusive,
    /// Everything is shared.
    Shared,
}

/// Which attempts of a repeated course are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Repeats {
    /// The best grade, the earliest among equals.
    Best,
    /// The latest.
    Latest,
    /// The first.
    First,
    /// The best so many: the course may be taken again for credit.
    UpTo(u32),
    /// All of them.
    All,
}

/// How the edition of a credential is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum EditionBy {
    /// By a numeric attribute of the learner that names an academic year by its first calendar year.
    Attribute(AttributeName),
    /// By the academic year of the earliest attainment that is selected.
    FirstAttainment(Selector),
    /// By the date asked for.
    AsOf,
}

/// The declaration of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AttributeDecl {
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What values it has.
    pub kind: AttributeKind,
    /// Whether it can never change for a learner, so that a failed test closes a credential.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
    /// The value where a record states none; without it, what is not stated is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// The values of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AttributeKind {
    /// Yes or no.
    Flag,
    /// A number with at most three places.
    Number,
    /// A date.
    Date,
    /// Any text.
    Text,
    /// One of these, in this order where order matters.
    Choice(Vec<String>),
    /// Any number of these.
    Choices(Vec<String>),
}

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(Decimal),
    /// A text, a choice, or a date as `YYYY-MM-DD`.
    Text(String),
    /// Several choices, in order and without repetition.
    Several(Vec<String>),
}

/// An office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// What people call it.
    pub title: String,
}

/// A term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The first day.
    pub starts: Date,
    /// The last day, on which attainments of the term count as completed.
    pub ends: Date,
}

/// A course, or any other coded thing that can be attained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "AttainmentKind::is_course")]
    pub kind: AttainmentKind,
    /// Its credits; also those of an attainment that states none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<Decimal>,
    /// Its learning hours; also those of an attainment that states none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Decimal>,
    /// The unit that offers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its level; the number of its code if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u32>,
    /// Tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Competencies that it evidences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyId>,
    /// Attributes, inherited by attainments that do not state their own.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub attributes: Map<AttributeName, Value>,
    /// Which attempts are kept; the catalog's default if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<Repeats>,
    /// Courses that have to be completed before it. A plan keeps the order; no rule looks at it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<Code>,
    /// When it is offered: names of terms, or what they end in after a hyphen (`fall` for
    /// `2026-fall`). Always, if empty. Only plans look at it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<String>,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A competency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Competency {
    /// Its title.
    pub title: String,
}

/// Codes that are the same thing; the first is the one that answers use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Equivalence {
    /// The codes.
    pub codes: Vec<Code>,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// What kind of credential it is; names after CTDL and the `achievementType` of Open Badges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Named)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// A badge.
    Badge,
    /// A badge earned by collecting badges.
    MetaBadge,
    /// A micro-credential.
    MicroCredential,
    /// A certificate.
    Certificate,
    /// A diploma.
    Diploma,
    /// A degree.
    Degree,
    /// A minor, major, concentration or other part of a degree.
    Program,
}

/// A credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: CredentialKind,
    /// Its level, such as `graduate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The unit that owns it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// A description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The credits it is worth. If absent, what its completion requires at the least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<Decimal>,
    /// Tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Competencies (skills) that it attests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyId>,
    /// Anything else a catalog page shows: achievement type, time commitment, cost, link.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub details: Map<String, String>,
    /// How long an award is valid; for ever if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_for: Option<Duration>,
    /// How the edition is chosen; the catalog's default if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition_by: Option<EditionBy>,
    /// Its editions, by rising years. At least one.
    pub editions: Vec<Edition>,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// The requirements of a credential for some catalog years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The first academic year, by the calendar year it starts in; all earlier ones if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_year: Option<i16>,
    /// The last academic year; all later ones if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_year: Option<i16>,
    /// Who may start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admission: Option<Requirement>,
    /// What earns it.
    pub completion: Requirement,
    /// Gates at award.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conferral: Option<Requirement>,
}

impl Default for Defaults {
    /// Return what most catalogs say: exclusive sharing, best attempt, 3 credits an item, 15 hours a credit, academic years from
    /// August, the `letter` scale, editions by the date asked for.
    fn default() -> Self {
        Self {
            sharing: DefaultSharing::Exclusive,
            repeats: Repeats::Best,
            typical_credits: Decimal::whole(3),
            hours_per_credit: Decimal::whole(15),
            academic_year_starts: 8,
            #[expect(clippy::expect_used, reason = "a literal that is a valid name")]
            scale: ScaleId::new("letter").expect("`letter` is a valid name"),
            edition_by: EditionBy::AsOf,
        }
    }
}

impl Catalog {
    /// Create an empty catalog with the common grade scales.
    #[must_use]
    pub fn new(id: &str, title: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            institution: None,
            defaults: Defaults::default(),
            learner_attributes: Map::new(),
            attainment_attributes: Map::new(),
            offices: Map::new(),
            scales: super::grade::common_scales().into_iter().map(|s| (s.id.clone(), s)).collect(),
            terms: Map::new(),
            courses: BTreeMap::new(),
            competencies: Map::new(),
            equivalences: Vec::new(),
            credentials: BTreeMap::new(),
            stacks: Vec::new(),
            sharing: Vec::new(),
            ceilings: Vec::new(),
        }
    }
}

impl AttributeDecl {
    /// Declare an attribute of a kind, of which nothing else is said.
    #[must_use]
    pub const fn new(kind: AttributeKind) -> Self {
        Self { title: None, kind, fixed: false, default: None, source: None }
    }

    /// Check that a value is one of this attribute's.
    ///
    /// # Errors
    /// What was expected instead, in words.
    pub fn accepts(&self, value: &Value) -> Result<(), String> {
        let ok = match (&self.kind, value) {
            (AttributeKind::Flag, Value::Flag(_))
            | (AttributeKind::Number, Value::Number(_))
            | (AttributeKind::Text, Value::Text(_)) => true,
            (AttributeKind::Date, Value::Text(text)) => text.parse::<Date>().is_ok(),
            (AttributeKind::Choice(values), Value::Text(text)) => values.contains(text),
            (AttributeKind::Choices(values), Value::Several(texts)) => texts.iter().all(|t| values.contains(t)),
            _ => false,
        };
        if ok { Ok(()) } else { Err(self.expected().to_string()) }
    }

    /// Return what a value of this attribute is, in words.
    #[must_use]
    pub fn expected(&self) -> Words {
        match &self.kind {
            AttributeKind::Flag => Words::plain("true or false"),
            AttributeKind::Number => Words::plain("a number"),
            AttributeKind::Date => Words::plain("a date such as 2025-08-31"),
            AttributeKind::Text => Words::plain("a text"),
            AttributeKind::Choice(values) => Words::new("one of {values}", &[("values", &values.join(", "))]),
            AttributeKind::Choices(values) => {
                Words::new("a list of some of {values}", &[("values", &values.join(", "))])
            }
        }
    }
}

impl Course {
    /// Create a course of so many credits.
    #[must_use]
    pub const fn of_credits(credits: Decimal) -> Self {
        Self {
            title: None,
            kind: AttainmentKind::Course,
            credits: Some(credits),
            hours: None,
            unit: None,
            level: None,
            tags: Vec::new(),
            competencies: Vec::new(),
            attributes: Map::new(),
            repeats: None,
            prerequisites: Vec::new(),
            offered: Vec::new(),
            source: None,
        }
    }
}

impl Credential {
    /// Create a credential with one edition that holds for all years.
    #[must_use]
    pub fn new(title: &str, kind: CredentialKind, completion: Requirement) -> Self {
        Self {
            title: title.to_owned(),
            kind,
            level: None,
            unit: None,
            description: None,
            credits: None,
            tags: Vec::new(),
            competencies: Vec::new(),
            details: Map::new(),
            valid_for: None,
            edition_by: None,
            editions: vec![Edition { from_year: None, to_year: None, admission: None, completion, conferral: None }],
            source: None,
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(true) => f.write_str("yes"),
            Self::Flag(false) => f.write_str("no"),
            Self::Number(n) => n.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Several(texts) => f.write_str(&texts.join(", ")),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(b) => b.serialize(serializer),
            Self::Number(n) => n.serialize(serializer),
            Self::Text(text) => text.serialize(serializer),
            Self::Several(texts) => texts.serialize(serializer),
        }
    }
}

impl Value {
    /// Read a value from the text of its JSON, or say why that is none.
    fn of_json(raw: &str) -> Result<Self, String> {
        let refuse = || {
            let shown: String = raw.chars().take(40).collect();
            format!("`{shown}` is not an attribute value: expected true, false, a number, a text or a list of texts")
        };
        match raw.as_bytes().first() {
            Some(b't') => Ok(Self::Flag(true)),
            Some(b'f') => Ok(Self::Flag(false)),
            Some(b'"') => json::read(raw.as_bytes()).map(Self::Text).map_err(|_| refuse()),
            Some(b'[') => {
                let mut texts: Vec<String> = json::read(raw.as_bytes()).map_err(|_| refuse())?;
                order::sort(&mut texts);
                texts.dedup();
                Ok(Self::Several(texts))
            }
            Some(b'-' | b'0'..=b'9') => raw.parse().map(Self::Number).map_err(|e: DecimalError| e.to_string()),
            _ => Err(refuse()),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of_json(json::raw(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl FromJson for Value {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        let raw = reader.raw()?;
        let value = Self::of_json(raw).map_err(JsonError::custom)?;
        reader.is_as_written(|| match &value {
            Self::Number(_) => Decimal::is_written_so(raw),
            Self::Several(_) => json::write(&value).is_ok_and(|written| written == raw.as_bytes()),
            Self::Flag(_) | Self::Text(_) => true,
        });
        Ok(value)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Value {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Value".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An attribute value. Dates are texts, YYYY-MM-DD.",
            "oneOf": [
                {"type": "boolean"}, {"type": "number"}, {"type": "string"},
                {"type": "array", "items": {"type": "string"}}
            ]
        })
    }
}
