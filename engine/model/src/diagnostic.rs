//! Diagnostics: what a person who writes rules or keeps the catalog is told. Plain data; only the
//! command line and the web render them.

use serde::{Deserialize, Serialize};

use super::source::Source;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing can be built from this.
    Error,
    /// It can be built, but is probably not what was meant.
    Warning,
}

/// One thing to be said about a rule or a catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// A stable code in kebab-case, such as `unknown-credential`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: one sentence, lower-case start, no full stop, the author's names in back-ticks.
    pub message: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// How to mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Other places that have to do with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
}

/// A second place that a diagnostic points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub source: Source,
    /// What stands there.
    pub message: String,
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(code: &str, message: impl Into<String>, source: Option<&Source>) -> Self {
        Self {
            code: code.to_owned(),
            severity: Severity::Error,
            message: message.into(),
            source: source.cloned(),
            help: None,
            labels: Vec::new(),
        }
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: &str, message: impl Into<String>, source: Option<&Source>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, source) }
    }

    /// With a remedy.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With a second place.
    #[must_use]
    pub fn with_label(mut self, source: &Source, message: impl Into<String>) -> Self {
        self.labels.push(Label { source: source.clone(), message: message.into() });
        self
    }
}
