//! Errors that stop a whole batch. What is wrong with single rows goes to `rejects.csv` instead.

use std::fmt;
use std::path::Path;

/// A place in an input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as the caller named it.
    pub file: String,
    /// The line, counted from one, if it is about one.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// Why a batch could not be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct BatchError {
    place: Place,
    message: String,
    help: Option<String>,
}

impl BatchError {
    /// Create an error about a file.
    pub(crate) fn new(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: Place { file: file.into(), line: None }, message: message.into(), help: None }
    }

    /// Create an error of the operating system about a file.
    pub(crate) fn io(path: &Path, doing: &str, error: &std::io::Error) -> Self {
        Self::new(path.display().to_string(), format!("cannot {doing}: {error}"))
    }

    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.place.line = Some(line);
        self
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Return where it is.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// Return what is wrong, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Return how to mend it, if that is known.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}
