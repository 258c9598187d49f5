//! Reading what comes in: records a line, or tables of learners and attainments.

pub(crate) mod cell;
pub(crate) mod lines;
pub(crate) mod table;
pub(crate) mod tables;

use std::path::Path;

use credstack_engine::{Catalog, Limits, Record};

use crate::error::BatchError;

/// Read the records of a folder of tables, in the order of `learners.csv`. A learner with a row that a
/// batch would refuse is left out.
///
/// # Errors
/// If a table cannot be read as a whole.
pub fn records(folder: &Path, catalog: &Catalog, limits: &Limits) -> Result<Vec<Record>, BatchError> {
    Ok(tables::read(folder, catalog, limits)?.learners.into_iter().map(|learner| learner.record).collect())
}

/// An input row: its file (a number in the batch's list of files) and line, and its text, cut for
/// people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowAt {
    pub(crate) file: usize,
    pub(crate) line: u64,
    pub(crate) text: String,
}

/// An input row that is not evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reject {
    pub(crate) row: RowAt,
    pub(crate) learner: String,
    pub(crate) reason: String,
    pub(crate) help: String,
}

/// How much of a refused row is shown.
pub(crate) const SHOWN_CHARACTERS: usize = 500;

/// Look for what the first bytes of a file say against it being UTF-8 text, and how to mend it.
pub(crate) fn foreign(start: &[u8]) -> Option<(&'static str, &'static str)> {
    let save = "save it again as UTF-8 (in Excel: Save As, CSV UTF-8)";
    match start {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] => Some(("this is UTF-16, not UTF-8", save)),
        [b'P', b'K', 3, 4, ..] => Some(("this is an Excel workbook or another ZIP file, not text", save)),
        [0x1F, 0x8B, ..] => Some(("this is compressed with gzip", "unpack it first, for example with gunzip")),
        _ => None,
    }
}

/// Return the bytes after a UTF-8 byte order mark, if they start with one.
pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}
