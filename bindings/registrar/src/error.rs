//! The error that stops a whole batch. What is wrong with single rows goes to `rejects.csv` instead.

use std::path::Path;

use credstack_engine::model::{Descriptor, Diagnostic, Place};

/// Why a batch could not be run: an error around the diagnostic for the person who sent the files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.told())]
pub struct BatchError(Box<Diagnostic>);

impl BatchError {
    /// Create an error about a file as a whole.
    pub(crate) fn of(file: impl Into<String>, diagnostic: Diagnostic) -> Self {
        Self::on(Place::File(file.into()), diagnostic)
    }

    /// Create an error about a place.
    pub(crate) fn on(place: Place, diagnostic: Diagnostic) -> Self {
        Self(Box::new(diagnostic.on(place)))
    }

    /// Create the error of something that the operating system could not do with a file.
    pub(crate) fn io(path: &Path, doing: &Descriptor, error: &std::io::Error) -> Self {
        Self::of(path.display().to_string(), doing.of(&[("cause", error)]))
    }

    /// Return what is said, with its code and its place.
    #[must_use]
    pub fn diagnostic(&self) -> &Diagnostic {
        &self.0
    }

    /// Return how to mend it, if that is known.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        self.0.help()
    }
}

impl From<BatchError> for Diagnostic {
    fn from(error: BatchError) -> Self {
        *error.0
    }
}
