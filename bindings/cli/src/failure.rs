//! What the command line could not do.

use std::path::Path;

/// Why a command was not carried out, with how to mend it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    /// Create a failure with this message.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Create a failure about a file.
    pub(crate) fn of(path: &Path, message: impl std::fmt::Display) -> Self {
        Self::new(format!("{}: {message}", path.display()))
    }

    /// Add how to mend it.
    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl miette::Diagnostic for Failure {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(format!("cannot write: {error}"))
    }
}

impl From<credstack_registrar::BatchError> for Failure {
    fn from(error: credstack_registrar::BatchError) -> Self {
        Self { message: error.to_string(), help: error.help().map(str::to_owned) }
    }
}
