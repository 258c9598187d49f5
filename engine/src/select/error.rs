//! Why a record cannot be answered at all.

use credstack_model::{AttainmentId, CredentialId};

/// Why a record cannot be answered at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// Two different attainments under one id.
    #[error("the record has two different attainments with the id `{0}`; give each its own id")]
    DuplicateAttainment(AttainmentId),
    /// Too many attainments.
    #[error("the record has {found} attainments, more than the {allowed} accepted")]
    TooManyAttainments {
        /// How many it has.
        found: usize,
        /// The limit.
        allowed: usize,
    },
    /// Too many credentials to solve together.
    #[error(
        "{found} credentials are declared or asked for together, more than the {allowed} accepted; ask in parts with --target"
    )]
    TooManyTargets {
        /// How many.
        found: usize,
        /// The limit.
        allowed: usize,
    },
    /// Negative credits or hours.
    #[error("the attainment `{0}` has negative credits or hours; give 0 or more")]
    NegativeAmount(AttainmentId),
    /// A declared or asked credential that the catalog does not have.
    #[error("there is no credential `{0}` in this catalog{1}")]
    UnknownTarget(CredentialId, String),
    /// A record of another version.
    #[error("the record has version {0}, but this engine reads version 1")]
    Version(u32),
}
