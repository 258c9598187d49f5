//! Records from and to bytes.

use crate::{Limits, RECORD_VERSION, Record};
use credstack_base::json;
use credstack_base::order;
use credstack_base::sha256_hex;

/// Why bytes are not a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Larger than is accepted.
    #[error("the record has {found} bytes, more than the {allowed} accepted")]
    TooLarge {
        /// Its size.
        found: usize,
        /// The limit.
        allowed: usize,
    },
    /// Not the JSON of a record.
    #[error("line {line}, column {column}: {message}")]
    Malformed {
        /// The line, from one.
        line: usize,
        /// The column, from one.
        column: usize,
        /// What was found and what was expected.
        message: String,
    },
    /// Another version.
    #[error("the record has version {0}, but this engine reads version 1")]
    Version(u32),
    /// Too many attainments.
    #[error("the record has {found} attainments, more than the {allowed} accepted")]
    TooManyAttainments {
        /// How many it has.
        found: usize,
        /// The limit.
        allowed: usize,
    },
}

impl Record {
    /// Read a record from JSON.
    ///
    /// # Errors
    /// If the bytes are too many, malformed (with line and column), of another version, or hold too
    /// many attainments. Unknown fields are refused.
    pub fn from_json(bytes: &[u8], limits: &Limits) -> Result<Self, RecordError> {
        if bytes.len() > limits.record_bytes {
            return Err(RecordError::TooLarge { found: bytes.len(), allowed: limits.record_bytes });
        }
        let record: Self = json::read(bytes).map_err(|e| RecordError::Malformed {
            line: e.line(),
            column: e.column(),
            message: e.message().to_owned(),
        })?;
        if record.version != RECORD_VERSION {
            return Err(RecordError::Version(record.version));
        }
        if record.attainments.len() > limits.attainments {
            return Err(RecordError::TooManyAttainments {
                found: record.attainments.len(),
                allowed: limits.attainments,
            });
        }
        Ok(record)
    }

    /// Return the canonical form: compact JSON with every list sorted (but `declared`, whose
    /// order has a meaning) and repeated attainments listed once.
    #[must_use]
    pub fn canonical_json(&self) -> Vec<u8> {
        let mut record = self.clone();
        order::sort_by(&mut record.attainments, |a, b| a.id.cmp(&b.id));
        record.attainments.dedup();
        for attainment in &mut record.attainments {
            order::sort(&mut attainment.tags);
            attainment.tags.dedup();
            order::sort(&mut attainment.competencies);
            attainment.competencies.dedup();
        }
        for award in &mut record.conferred {
            order::sort(&mut award.consumed);
            award.consumed.dedup();
        }
        json::sort_by_json(&mut record.conferred);
        json::sort_by_json(&mut record.approvals);
        json::sort_by_json(&mut record.exceptions);
        // INVARIANT: a record consists of maps with text keys, texts and numbers, which always serialise.
        json::write(&record).unwrap_or_default()
    }

    /// Return the lower-case hexadecimal SHA-256 of the canonical form, by which answers name the record.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256_hex(&self.canonical_json())
    }
}
