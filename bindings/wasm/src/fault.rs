//! What a caller is told when a call gives no answer.

use credstack_base::json::{JsonError, write};
use credstack_engine::compile::BundleError;
use credstack_engine::determine::DetermineError;
use credstack_engine::model::RecordError;
use serde::{Deserialize, Serialize};

/// Why a call gives no answer, as callers in other languages read it: JSON with a stable code.
///
/// It is no `Diagnostic`: these four fields are the interface of the module, and templates with
/// places, labels and fixes would only make the module larger. All faults are made in this file,
/// from an error or from a code with a sentence; a host in Rust reads them as a `ModuleFault`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// A stable code in kebab-case; [`codes`] has all of them.
    pub code: String,
    /// What is wrong and how to mend it, for a person.
    pub message: String,
    /// The line in the input, from one, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in the input, from one, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

/// The codes of faults.
pub mod codes {
    /// All of them, in the order of this module.
    pub const CODES: &[&str] = &[
        BUNDLE_TOO_LARGE,
        BUNDLE_NOT_ONE,
        BUNDLE_VERSION,
        BUNDLE_DAMAGED,
        BUNDLE_MALFORMED,
        RECORD_TOO_LARGE,
        RECORD_MALFORMED,
        RECORD_VERSION,
        RECORD_REFUSED,
        TARGET_REFUSED,
        QUESTION_MALFORMED,
        DETERMINATION_MALFORMED,
        MESSAGES_MALFORMED,
        LANGUAGE_UNKNOWN,
        HANDLE_UNKNOWN,
        TOO_MANY_HANDLES,
        BUFFER_UNKNOWN,
        ANSWER_UNWRITABLE,
    ];

    /// The bundle has more bytes than are accepted.
    pub const BUNDLE_TOO_LARGE: &str = "bundle-too-large";
    /// The bytes are no bundle.
    pub const BUNDLE_NOT_ONE: &str = "bundle-not-a-bundle";
    /// The bundle is of a version that this module does not read.
    pub const BUNDLE_VERSION: &str = "bundle-version";
    /// The bundle's bytes are not those that its header names.
    pub const BUNDLE_DAMAGED: &str = "bundle-damaged";
    /// The bundle's content is no catalog, or one that no compiler would have written.
    pub const BUNDLE_MALFORMED: &str = "bundle-malformed";
    /// The record has more bytes than are accepted.
    pub const RECORD_TOO_LARGE: &str = "record-too-large";
    /// The bytes are not the JSON of a record.
    pub const RECORD_MALFORMED: &str = "record-malformed";
    /// The record is of a version that this module does not read.
    pub const RECORD_VERSION: &str = "record-version";
    /// The record contradicts itself, or holds more than is accepted.
    pub const RECORD_REFUSED: &str = "record-refused";
    /// A target is not in the catalog, or there are too many.
    pub const TARGET_REFUSED: &str = "target-refused";
    /// The question is not the JSON of one.
    pub const QUESTION_MALFORMED: &str = "question-malformed";
    /// The determination is not the JSON of one.
    pub const DETERMINATION_MALFORMED: &str = "determination-malformed";
    /// The messages are not the JSON of a list of messages.
    pub const MESSAGES_MALFORMED: &str = "messages-malformed";
    /// What should be the tag of a language is no text.
    pub const LANGUAGE_UNKNOWN: &str = "language-unknown";
    /// No catalog is open under the handle.
    pub const HANDLE_UNKNOWN: &str = "handle-unknown";
    /// More catalogs are open than are accepted.
    pub const TOO_MANY_HANDLES: &str = "too-many-handles";
    /// A pointer and length that are not those of a buffer.
    pub const BUFFER_UNKNOWN: &str = "buffer-unknown";
    /// An answer could not be written as JSON.
    pub const ANSWER_UNWRITABLE: &str = "answer-unwritable";
}

impl Fault {
    /// Create a fault without a place.
    pub fn new(code: &str, message: impl std::fmt::Display) -> Self {
        Self { code: code.to_owned(), message: message.to_string(), line: None, column: None }
    }

    /// Create a fault of JSON, with its place.
    pub(crate) fn of_json(code: &str, what: &str, error: &JsonError) -> Self {
        let text = error.to_string();
        let message = format!("the {what} cannot be read: {text}");
        Self { line: Some(error.line()), column: Some(error.column()), ..Self::new(code, message) }
    }

    /// Write the fault as JSON.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        // INVARIANT: texts and numbers always serialise.
        write(self).unwrap_or_default()
    }
}

impl From<BundleError> for Fault {
    fn from(error: BundleError) -> Self {
        let code = match &error {
            BundleError::TooLarge { .. } => codes::BUNDLE_TOO_LARGE,
            BundleError::NotABundle => codes::BUNDLE_NOT_ONE,
            BundleError::Version { .. } => codes::BUNDLE_VERSION,
            BundleError::Damaged { .. } => codes::BUNDLE_DAMAGED,
            BundleError::Malformed(_) | BundleError::Unsound(_) => codes::BUNDLE_MALFORMED,
        };
        Self::new(code, error)
    }
}

impl From<RecordError> for Fault {
    fn from(error: RecordError) -> Self {
        let code = match &error {
            RecordError::TooLarge { .. } => codes::RECORD_TOO_LARGE,
            RecordError::Malformed { .. } => codes::RECORD_MALFORMED,
            RecordError::Version(_) => codes::RECORD_VERSION,
            RecordError::TooManyAttainments { .. } => codes::RECORD_REFUSED,
        };
        let place = match &error {
            RecordError::Malformed { line, column, .. } => (Some(*line), Some(*column)),
            _ => (None, None),
        };
        Self { line: place.0, column: place.1, ..Self::new(code, error) }
    }
}

impl From<DetermineError> for Fault {
    fn from(error: DetermineError) -> Self {
        let code = match &error {
            DetermineError::UnknownTarget(..) | DetermineError::TooManyTargets { .. } => codes::TARGET_REFUSED,
            DetermineError::Version(_) => codes::RECORD_VERSION,
            DetermineError::DuplicateAttainment(_)
            | DetermineError::TooManyAttainments { .. }
            | DetermineError::NegativeAmount(_) => codes::RECORD_REFUSED,
        };
        Self::new(code, error)
    }
}
