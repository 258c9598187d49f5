//! Statuses without explanations: every credential of a catalog, asked of one learner after another.
//!
//! A determination says for one learner all that can be said. A registrar who goes through a whole
//! university first wants to know who has earned what at all, and a form which of five hundred credentials
//! are worth a look. In come a bundle, a date and options, once, and then records; out comes for each record the
//! [`Screened`] status, admission and gate of every credential.
//!
//! The answer is that of [`determine`](crate::determine()) for each credential alone. It is found so:
//!
//! 1. *The catalog is compiled* for the date (`compile` makes a `table`): pools become sets of items. `relevance`
//!    says which credentials a record can touch at all; the others have their answer beforehand.
//! 2. *A record is read* (`learner`, `bits`) from the same `Holdings` as a determination reads, into a bit for each item.
//!    `leaves` are then sums over bits.
//! 3. *An upper bound* (`upper_bound`): every leaf is given all that its pool holds, whatever else counts it, and what
//!    limits forbid is left aside. What is not met then is not met at all; most credentials of most learners end here.
//! 4. *A witness* (`greedy`): a way of counting is looked for, leaf by leaf, that reaches that bound without counting
//!    anything twice. If one is found it is legal, and nothing can be better.
//! 5. *The rest* is determined in full. `answer` puts these steps together.
//!
//! So the fast path decides nothing on its own that it could not prove, and what it proves does not
//! depend on the budget of determinations: where one of them runs out of steps, a screening may know.
//!
//! INVARIANT: the upper bound is never below the level that a determination finds, and a witness breaks no rule.
//! Whatever is added to the language may be `Undecided` here, but must not be decided otherwise than there. A law
//! compares the two over random catalogs and records.

mod answer;
mod bits;
mod compile;
mod greedy;
mod learner;
mod leaves;
mod relevance;
mod screened;
mod table;
#[cfg(test)]
mod tests;
mod upper_bound;

use std::borrow::Borrow;

use crate::determine::DetermineError;
use credstack_compile::Bundle;
use credstack_model::{CredentialId, Date, Options, RECORD_VERSION, Record};

pub use learner::Learner;
pub use screened::{SCREENING_VERSION, Screened, ScreenedCredential, Screening};

use table::ScreenTable;

/// A catalog, ready to be asked about many learners on one date: of a bundle that is borrowed or held.
#[derive(Debug)]
pub struct Screen<B> {
    bundle: B,
    table: ScreenTable,
}

impl<B: Borrow<Bundle>> Screen<B> {
    /// Compile a catalog for a date. The targets among the options are left aside.
    #[must_use]
    pub fn new(bundle: B, as_of: Date, options: &Options) -> Self {
        Self { table: compile::compile(bundle.borrow(), as_of, options), bundle }
    }

    /// Check whether this is the screen for a date and options, whatever their targets.
    #[must_use]
    pub fn is_for(&self, as_of: Date, options: &Options) -> bool {
        let Options { in_progress, planned, steps, .. } = self.table.options;
        self.table.as_of == as_of
            && (in_progress, planned, steps) == (options.in_progress, options.planned, options.steps)
    }

    /// Return the credentials, in the order of the answers: by id.
    pub fn credentials(&self) -> impl Iterator<Item = &CredentialId> {
        self.table.credentials.ids.iter()
    }

    /// Read a record. What it declares is left aside: each credential is asked about alone, beside
    /// what is conferred.
    ///
    /// # Errors
    /// If the record is of another version, contradicts itself or is too large.
    pub fn read<'r>(&'r self, record: &'r Record) -> Result<Learner<'r>, DetermineError> {
        if record.version != RECORD_VERSION {
            return Err(DetermineError::Version(record.version));
        }
        Learner::read(self.bundle.borrow(), &self.table, record)
    }

    /// Read a record and answer for every credential.
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
            as_of: self.table.as_of,
            bundle: self.bundle.borrow().hash().to_owned(),
            credentials: credentials.collect(),
        })
    }
}
