//! A finding of the checker.

use serde::{Deserialize, Serialize};

use credstack_model::{Diagnostic, Place};

/// Something in an answer that does not follow from its witness, or a witness that is not legal.
///
/// It is part of the module's interface, as JSON. Who tells it to a person makes a [`Diagnostic`]
/// of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// A stable code in kebab-case, such as `wrong-status`; [`crate::codes`] has all of them.
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

/// Puts the finding at its path in the answer.
impl From<&Finding> for Diagnostic {
    fn from(finding: &Finding) -> Self {
        let Finding { code, path, message } = finding.clone();
        Self::verbatim(code, message).on(Place::Path { file: None, path })
    }
}
