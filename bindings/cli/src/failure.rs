//! The failure of a command.

use std::fmt::Display;
use std::path::Path;

use credstack_engine::model::{Diagnostic, Fix, Place, Words};

/// The code of what is only told: no list explains it at more length.
const COMMAND_FAILED: &str = "command-failed";

/// Why a command was not carried out: an error around the diagnostic for the person who gave it.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.told())]
pub(crate) struct Failure(Box<Diagnostic>);

impl Failure {
    /// Create a failure with this message.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Diagnostic::verbatim(COMMAND_FAILED, message)))
    }

    /// Create a failure about a file.
    pub(crate) fn of(path: &Path, message: impl Display) -> Self {
        let diagnostic = Diagnostic::verbatim(COMMAND_FAILED, message.to_string());
        Self(Box::new(diagnostic.on(Place::File(path.display().to_string()))))
    }

    /// Add how to mend it.
    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.0.fixes = vec![Fix { words: Words::verbatim(help), edit: None }];
        self
    }
}

impl miette::Diagnostic for Failure {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.0.help().map(|help| Box::new(help) as Box<dyn Display>)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(format!("cannot write: {error}"))
    }
}

impl From<credstack_registrar::BatchError> for Failure {
    fn from(error: credstack_registrar::BatchError) -> Self {
        Self(Box::new(error.into()))
    }
}
