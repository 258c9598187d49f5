//! Statuses without explanations: every credential of a catalog, asked of one learner after another.
//!
//! A determination says for one learner all that can be said. A registrar who goes through a whole
//! university first wants to know who has earned what at all, and a form which of five hundred credentials
//! are worth a look. For them a catalog is taken apart once, for one date, into [`Screen`]: pools become
//! sets of items, and credentials that nothing in a record touches have their answer beforehand.
//!
//! The answer is that of [`determine`](crate::determine()) for each credential alone, and is found in three steps:
//!
//! 1. *From above*: every leaf is given all that its pool holds, whatever else counts it, and what limits
//!    forbid is left aside. What is not met then is not met at all; most credentials of most learners end here.
//! 2. *From below*: a way of counting is looked for, leaf by leaf, that reaches that level without counting
//!    anything twice. If one is found it is legal, and nothing can be better.
//! 3. *Between*: what neither step decides is determined in full.
//!
//! So the fast path decides nothing on its own that it could not prove, and what it proves does not
//! depend on the budget of determinations: where one of them runs out of steps, a screening may know.

mod above;
mod below;
mod learner;
mod program;
#[cfg(test)]
mod tests;

use std::borrow::Borrow;

use serde::{Deserialize, Serialize};

use crate::determine::DetermineError;
use credstack_compile::Bundle;
use credstack_model::{Admission, Gate, Options, Status};
use credstack_model::{CredentialId, Date, LearnerId, RECORD_VERSION, Record};

pub use learner::Learner;
use program::Program;

/// The version of [`Screening`] that this engine writes.
pub const SCREENING_VERSION: u32 = 1;

/// A catalog, ready to be asked about many learners on one date: of a bundle that is borrowed or held.
#[derive(Debug)]
pub struct Screen<B> {
    bundle: B,
    program: Program,
}

/// What a screening says of one credential.
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

impl<B: Borrow<Bundle>> Screen<B> {
    /// Takes a catalog apart for a date. Of the options, the targets are left aside.
    #[must_use]
    pub fn new(bundle: B, as_of: Date, options: &Options) -> Self {
        Self { program: Program::new(bundle.borrow(), as_of, options), bundle }
    }

    /// Whether this is the screen for a date and options, whatever their targets.
    #[must_use]
    pub fn is_for(&self, as_of: Date, options: &Options) -> bool {
        let Options { in_progress, planned, steps, .. } = self.program.options;
        self.program.as_of == as_of
            && (in_progress, planned, steps) == (options.in_progress, options.planned, options.steps)
    }

    /// The credentials, in the order of the answers: by id.
    pub fn credentials(&self) -> impl Iterator<Item = &CredentialId> {
        self.program.ids.iter()
    }

    /// Reads a record. What it declares is left aside: each credential is asked about alone, beside
    /// what is conferred.
    ///
    /// # Errors
    /// If the record is of another version, contradicts itself or is too large.
    pub fn read<'r>(&'r self, record: &'r Record) -> Result<Learner<'r>, DetermineError> {
        if record.version != RECORD_VERSION {
            return Err(DetermineError::Version(record.version));
        }
        Learner::read(self.bundle.borrow(), &self.program, record)
    }

    /// Reads a record and answers for every credential.
    ///
    /// # Errors
    /// As [`Screen::read`].
    pub fn screening(&self, record: &Record) -> Result<Screening, DetermineError> {
        let answers = self.read(record)?.answer();
        let credentials = self.credentials().zip(answers).map(|(id, answer)| ScreenedCredential {
            credential: id.clone(),
            status: answer.status,
            admission: answer.admission,
            conferral: answer.conferral,
        });
        Ok(Screening {
            version: SCREENING_VERSION,
            learner: record.learner.clone(),
            as_of: self.program.as_of,
            bundle: self.bundle.borrow().hash().to_owned(),
            credentials: credentials.collect(),
        })
    }
}

/// Whether it matters if the gates at award are passed.
const fn asks_for_gates(status: Status) -> bool {
    matches!(status, Status::Complete | Status::CompleteWithInProgress | Status::NeedsReview)
}
