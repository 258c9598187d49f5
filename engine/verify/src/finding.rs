//! Findings: what a check objects to.

use serde::{Deserialize, Serialize};

/// Something in an answer that does not follow from its witness, or a witness that is not legal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// A stable code in kebab-case, such as `wrong-status`.
    pub code: String,
    /// Where: a credential and a node of its tree, such as `ms-cs completion.0.2`, or what else it
    /// is about.
    pub path: String,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.message, self.code)
    }
}
