//! Why bytes are not the JSON of what was expected.

use std::fmt;

/// Why bytes are not the JSON of what was expected.
// In a box, so that a result of something small stays small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    message: String,
    /// From one; zero while the place is not known.
    line: usize,
    column: usize,
}

impl JsonError {
    /// Return what was found and what was expected, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Return the line, from one.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Return the column, from one: that of the last byte that was read.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// Create an error in words of its own; it shows where the value ends that it is about.
    #[cold]
    pub fn custom(message: impl fmt::Display) -> Self {
        Self::new(message.to_string())
    }

    /// Create an error without a place.
    pub(super) fn new(message: String) -> Self {
        Self(Box::new(Details { message, line: 0, column: 0 }))
    }

    /// Create an error about a value of another type.
    #[cold]
    pub(super) fn invalid_type(found: &str, expected: &str) -> Self {
        Self::new(format!("invalid type: {found}, expected {expected}"))
    }

    /// Create an error about a name that is none of those that may come.
    #[cold]
    pub(super) fn unknown(what: &str, name: &str, names: &[&str]) -> Self {
        let known = match names {
            [] => format!("there are no {what}s"),
            [one] => format!("expected `{one}`"),
            [one, other] => format!("expected `{one}` or `{other}`"),
            _ => format!("expected one of `{}`", names.join("`, `")),
        };
        Self::new(format!("unknown {what} `{name}`, {known}"))
    }

    /// Give it a place, the end of these bytes, if it has none yet.
    #[cold]
    pub(super) fn placed(mut self, before: &[u8]) -> Self {
        if self.0.line == 0 {
            let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |found| found + 1);
            self.0.line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            self.0.column = before.len() - line_start;
        }
        self
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if self.0.line == 0 {
            return Ok(());
        }
        write!(f, " at line {} column {}", self.0.line, self.0.column)
    }
}

impl std::error::Error for JsonError {}
