//! Stack edges and sharing policies: what two credentials may count in common.

use serde::{Deserialize, Serialize};

use credstack_base::json::FromJson;

use super::decimal::Decimal;
use super::id::{CredentialId, PolicyId};
use super::requirement::{Fixed, Percent};
use super::selector::Selector;
use super::source::Source;

/// `from` counts toward `into`: attainments that `from` consumed may count again in `into`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StackEdge {
    /// The credential that counts toward the other.
    pub from: CredentialId,
    /// The credential it counts toward.
    pub into: CredentialId,
    /// The most that may be carried; all of it if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carries: Option<Fixed>,
    /// Which attainments may be carried; all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Selector>,
    /// Whether `into` may be stacked from one credential only: among edges into the same
    /// credential that say so, at most one may carry anything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub single_source: bool,
    /// Whether `from` may be stacked into one credential only: among edges from the same credential
    /// that say so, at most one may carry anything. Where awards have carried something, it stays
    /// there, and nothing is carried elsewhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub single_destination: bool,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A bound on what two credentials may count in common. Where several apply the strictest wins;
/// policies of a catalog never loosen one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SharingPolicy {
    /// Its name.
    pub id: PolicyId,
    /// What the catalog says, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// One side.
    pub between: CredentialSelector,
    /// The other side.
    pub and: CredentialSelector,
    /// It applies only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_while: Option<InPlay>,
    /// Attainments that are shared freely and do not count against the bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<Selector>,
    /// The bound.
    pub bound: ShareBound,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A selection of credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CredentialSelector {
    /// Every credential.
    Everything,
    /// These.
    Ids(Vec<CredentialId>),
    /// Those of a kind.
    Kind(super::catalog::CredentialKind),
    /// Those at a level, such as `graduate`.
    Level(String),
    /// Those of a unit.
    Unit(String),
    /// Those with a tag.
    Tag(String),
    /// A credential and everything that stacks into it, directly or through others.
    StackOf(CredentialId),
    /// All of these.
    And(Vec<CredentialSelector>),
    /// Any of these.
    Or(Vec<CredentialSelector>),
    /// Not this.
    Not(Box<CredentialSelector>),
}

/// Whether a third credential is in play: declared, conferred, or asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InPlay {
    /// The third credential: any of these.
    pub credential: CredentialSelector,
    /// `true` if the policy applies while one is in play, `false` while none is.
    pub is: bool,
}

/// What two credentials may count in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ShareBound {
    /// Nothing.
    Nothing,
    /// Everything.
    Everything,
    /// At most all of these together: so many attainments and so many credits.
    AtMost(Vec<Fixed>),
    /// At most a percentage of the required credits of one side.
    Percent(SidePercent),
    /// At most so much, by the required credits of one side.
    Table(SideTable),
    /// At least so much counted in one side only.
    Unique(SideUnique),
}

/// One side of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The side named `between`.
    Between,
    /// The side named `and`.
    And,
}

/// A percentage of one side's required credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SidePercent {
    /// Which side.
    pub side: Side,
    /// The percentage; its base is what that side's completion requires.
    pub percent: Percent,
}

/// A table of bounds by the size of one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SideTable {
    /// Which side.
    pub side: Side,
    /// Rows by rising size; the first whose size is at least the side's applies, the last where
    /// none is.
    pub rows: Vec<TableRow>,
}

/// A row of a [`SideTable`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TableRow {
    /// Programs of up to so many required credits.
    pub up_to: Decimal,
    /// May share at most so much.
    pub share: Fixed,
}

/// At least so much that one side does not share with the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SideUnique {
    /// Which side must have something of its own.
    pub side: Side,
    /// How much.
    pub amount: Fixed,
}

/// A ceiling on how many credentials one attainment may serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UseCeiling {
    /// At most so many.
    pub max: u32,
    /// Of these credentials.
    pub credentials: CredentialSelector,
    /// For these attainments; all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Selector>,
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}
