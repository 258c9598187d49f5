//! Old answers, computed again: does the module that an answer names still give these bytes?
//!
//! An answer tells all that it was made from: the module, the bundle and the record, by their hashes, and what was
//! asked. So the host puts the question together from the answer, and needs to know nothing else of the engine.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::{RawValue, to_raw_value};

use crate::catalog::Catalog;
use crate::error::HostError;
use crate::hash::sha256;

/// An answer that was given before, and what it tells of how it was made.
#[derive(Clone, Debug)]
pub struct OldAnswer {
    bytes: Vec<u8>,
    kind: AnswerKind,
    made_from: MadeFrom,
    question: Vec<u8>,
}

/// A kind of answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerKind {
    /// What is complete, and why.
    Determination,
    /// What to take, and when.
    Plan,
}

/// What came of computing an answer again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// The module gives the same bytes.
    Reproduced {
        /// How many.
        bytes: usize,
        /// Their sha-256.
        sha256: String,
    },
    /// The module gives other bytes.
    OtherBytes {
        /// The first byte that differs, counted from zero.
        at: usize,
        /// What the module gives.
        bytes: Vec<u8>,
    },
    /// The answer was made from something else, so nothing can be said of its bytes.
    OtherInput(OtherInput),
}

/// Something that an answer was not made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherInput {
    /// What it is.
    pub input: Input,
    /// The sha-256 that the answer names.
    pub named: String,
    /// The sha-256 of what is there.
    pub found: String,
}

/// What an answer is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The module that computes it.
    Module,
    /// The compiled rules.
    Bundle,
    /// The learner's record.
    Record,
}

/// What an answer says of its making, as far as it is compared.
#[derive(Clone, Debug, Deserialize)]
struct MadeFrom {
    engine: String,
    #[serde(default)]
    module: Option<String>,
    bundle: String,
    record: String,
}

/// An answer, as far as the host reads it.
#[derive(Deserialize)]
struct Read<'a> {
    #[serde(borrow)]
    as_of: &'a RawValue,
    #[serde(borrow)]
    options: BTreeMap<String, &'a RawValue>,
    provenance: MadeFrom,
    /// Only a plan has it.
    #[serde(default)]
    missing: Option<IgnoredAny>,
}

impl OldAnswer {
    /// Read a determination or a plan.
    ///
    /// # Errors
    /// [`HostError::NotAnAnswer`] if the bytes are neither.
    pub fn read(bytes: &[u8]) -> Result<Self, HostError> {
        let not_an_answer = |error: serde_json::Error| HostError::NotAnAnswer(error.to_string());
        let read: Read<'_> = serde_json::from_slice(bytes).map_err(not_an_answer)?;
        let module = to_raw_value(&read.provenance.module).map_err(not_an_answer)?;
        // Amounts stay as they are written: a number in between could not hold each of them.
        let mut question = read.options;
        question.insert("as_of".to_owned(), read.as_of);
        if read.provenance.module.is_some() {
            question.insert("module".to_owned(), &module);
        }
        Ok(Self {
            bytes: bytes.to_vec(),
            kind: if read.missing.is_some() { AnswerKind::Plan } else { AnswerKind::Determination },
            question: serde_json::to_vec(&question).map_err(not_an_answer)?,
            made_from: read.provenance,
        })
    }

    /// Return the bytes of the answer.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Return what kind of answer it is.
    #[must_use]
    pub const fn kind(&self) -> AnswerKind {
        self.kind
    }

    /// Return the version of the engine that gave the answer.
    #[must_use]
    pub fn engine(&self) -> &str {
        &self.made_from.engine
    }

    /// Return the sha-256 of the module that gave the answer; none if the engine ran natively.
    #[must_use]
    pub fn module(&self) -> Option<&str> {
        self.made_from.module.as_deref()
    }

    /// Compare the sha-256 of a bundle, and of a record in canonical form, with those that the answer names. Return
    /// the first that is another.
    #[must_use]
    pub fn other_input(&self, bundle: &str, record: &str) -> Option<OtherInput> {
        let MadeFrom { bundle: named_bundle, record: named_record, .. } = &self.made_from;
        other(Input::Bundle, named_bundle, bundle).or_else(|| other(Input::Record, named_record, record))
    }

    /// Compute the answer again from a record, and compare the bytes.
    ///
    /// # Errors
    /// As [`Catalog::determine`].
    pub fn replay(&self, catalog: &Catalog, record: &[u8]) -> Result<Verdict, HostError> {
        let of_module = self.module().and_then(|named| other(Input::Module, named, &catalog.loaded().sha256));
        if let Some(other) = of_module.or_else(|| other(Input::Bundle, &self.made_from.bundle, catalog.sha256())) {
            return Ok(Verdict::OtherInput(other));
        }
        let bytes = match self.kind {
            AnswerKind::Determination => catalog.determine_as_asked(record, &self.question)?,
            AnswerKind::Plan => catalog.plan_as_asked(record, &self.question)?,
        };
        Ok(self.verdict(bytes))
    }

    /// Compare the bytes of a new answer.
    fn verdict(&self, bytes: Vec<u8>) -> Verdict {
        if bytes == self.bytes {
            return Verdict::Reproduced { bytes: bytes.len(), sha256: sha256(&bytes) };
        }
        // Only the module knows the canonical form of a record, so its hash is compared last.
        let new = serde_json::from_slice::<Read<'_>>(&bytes).ok();
        let record = new.and_then(|new| other(Input::Record, &self.made_from.record, &new.provenance.record));
        match record {
            Some(other) => Verdict::OtherInput(other),
            None => {
                let at = self.bytes.iter().zip(&bytes).take_while(|(old, new)| old == new).count();
                Verdict::OtherBytes { at, bytes }
            }
        }
    }
}

impl Verdict {
    /// Return whether the module gives the same bytes.
    #[must_use]
    pub const fn is_reproduced(&self) -> bool {
        matches!(self, Self::Reproduced { .. })
    }
}

impl fmt::Display for AnswerKind {
    /// Write the word for it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Determination => "determination",
            Self::Plan => "plan",
        })
    }
}

impl fmt::Display for Input {
    /// Write the word for it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Module => "module",
            Self::Bundle => "bundle",
            Self::Record => "record",
        })
    }
}

fn other(input: Input, named: &str, found: &str) -> Option<OtherInput> {
    (named != found).then(|| OtherInput { input, named: named.to_owned(), found: found.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(module: &str, record: &str, rest: &str) -> String {
        format!(
            r#"{{"as_of":"2026-06-01","options":{{"load":4.50,"steps":9}},"provenance":{{"engine":"0.1.0",{module}"bundle":"b","record":"{record}"}}{rest}}}"#
        )
    }

    fn read(text: &str) -> OldAnswer {
        OldAnswer::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn an_answer_tells_what_was_asked() {
        let plan = read(&answer(r#""module":"m","#, "r", r#","missing":[]"#));
        assert_eq!((plan.kind(), plan.module(), plan.engine()), (AnswerKind::Plan, Some("m"), "0.1.0"));
        let question = r#"{"as_of":"2026-06-01","load":4.50,"module":"m","steps":9}"#;
        assert_eq!(std::str::from_utf8(&plan.question), Ok(question));
        let native = read(&answer("", "r", ""));
        assert_eq!((native.kind(), native.module()), (AnswerKind::Determination, None));
        assert_eq!(std::str::from_utf8(&native.question), Ok(r#"{"as_of":"2026-06-01","load":4.50,"steps":9}"#));
        for text in ["", "{}", "[]", r#"{"as_of":"2026-06-01","options":{}}"#] {
            assert!(matches!(OldAnswer::read(text.as_bytes()), Err(HostError::NotAnAnswer(_))), "{text}");
        }
    }

    #[test]
    fn another_input_is_named() {
        let old = read(&answer("", "r", ""));
        let input =
            |bundle, record| old.other_input(bundle, record).map(|other| (other.input, other.named, other.found));
        assert_eq!(input("b", "r"), None);
        assert_eq!(input("x", "y"), Some((Input::Bundle, "b".to_owned(), "x".to_owned())));
        assert_eq!(input("b", "y"), Some((Input::Record, "r".to_owned(), "y".to_owned())));
    }

    #[test]
    fn bytes_are_compared() {
        let text = answer("", "r", "");
        let verdict = |new: String| read(&text).verdict(new.into_bytes());
        assert!(verdict(text.clone()).is_reproduced());
        let Verdict::OtherBytes { at: 10, .. } = verdict(text.replace("2026", "x026")) else {
            panic!("a byte differs")
        };
        let Verdict::OtherBytes { at, .. } = verdict(text.clone() + " ") else { panic!("a byte is added") };
        assert_eq!(at, text.len());
        let Verdict::OtherInput(other) = verdict(answer("", "s", "")) else { panic!("it is of another record") };
        assert_eq!((other.input, other.found.as_str()), (Input::Record, "s"));
    }
}
