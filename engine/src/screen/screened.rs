//! The answers of a screening.

use serde::{Deserialize, Serialize};

use credstack_model::{Admission, CredentialId, Date, Gate, LearnerId, Status};

/// The version of [`Screening`] that this engine writes.
pub const SCREENING_VERSION: u32 = 1;

/// The answer for one credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screened {
    /// How far it is, by itself.
    pub status: Status,
    /// Whether the learner may start it.
    pub admission: Admission,
    /// Whether the gates at award are passed; asked only where the status is complete, with
    /// what is in progress or pending review too.
    pub conferral: Option<Gate>,
}

/// What a screening says of one learner, to be written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Screening {
    /// The version of this format: 1.
    pub version: u32,
    /// Whose it is.
    pub learner: LearnerId,
    /// The date it was asked for.
    pub as_of: Date,
    /// The lower-case hexadecimal sha-256 of the bundle.
    pub bundle: String,
    /// Every credential of the catalog, by its id.
    pub credentials: Vec<ScreenedCredential>,
}

/// One credential of a [`Screening`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScreenedCredential {
    /// Which.
    pub credential: CredentialId,
    /// How far it is, by itself.
    pub status: Status,
    /// Whether the learner may start it.
    pub admission: Admission,
    /// Whether the gates at award are passed; asked only where the status is complete, with
    /// what is in progress or pending review too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conferral: Option<Gate>,
}

/// Check whether it matters for a status if the gates at award are passed.
pub(super) const fn asks_for_gates(status: Status) -> bool {
    matches!(status, Status::Complete | Status::CompleteWithInProgress | Status::NeedsReview)
}
