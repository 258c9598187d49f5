//! Batch evaluation for registrars: files of learners in; determinations, a summary, the list of
//! awards and the list of refused rows out. Also the picture of a catalog's stack.
//!
//! # What comes in
//! Either one file with a record a line ([JSON Lines](https://jsonlines.org), each line as the
//! JSON Schema of records says), or a folder of CSV tables in UTF-8:
//!
//! | file | columns (required ones in bold) |
//! | --- | --- |
//! | `learners.csv` | **`learner_id`**, `declared` (credential ids, most important first, `;` between), and one column for each attribute of learners that the catalog declares, under its own name |
//! | `attainments.csv` | **`learner_id`**, **`code`**, `attainment_id`, `kind`, `credits`, `hours`, `grade`, `grade_scale`, `status`, `completed_on` (a date or a term of the catalog), `expires_on`, `source`, `issuer`, `verified`, `tags` and `competencies` (`;` between), and one column for each declared attribute of attainments |
//! | `conferred.csv`, if there | **`learner_id`**, **`credential_id`**, **`conferred_on`**, `expires_on`, `consumed` (attainment ids, `;` between) |
//! | `approvals.csv`, if there | **`learner_id`**, **`office`**, **`subject`**, **`decision`** (`granted`, `denied`, `pending`), `attainment_id`, `decided_on` |
//!
//! Columns stand in any order; an empty cell says nothing. A declared attribute whose name is also
//! that of a fixed column is written `attribute:NAME`. An attainment without `attainment_id` is
//! called `line-N` after its line. Exceptions are only in JSON records.
//!
//! # What comes out
//! | file | one row for each | columns |
//! | --- | --- | --- |
//! | `determinations.jsonl` | learner | the whole determination, as its JSON Schema says |
//! | `summary.csv` | learner and credential | [`SUMMARY_COLUMNS`] |
//! | `eligible-for-award.csv` | award that can be made now | [`AWARD_COLUMNS`] |
//! | `rejects.csv` | input row that was not evaluated | [`REJECT_COLUMNS`] |
//! | `notices.csv` | doubt about an evaluated record | [`NOTICE_COLUMNS`] |
//! | `batch.json` | | what was asked, counts, and the SHA-256 of the other files; written last |
//!
//! # What holds
//! - For each input file, rows in = rows evaluated + rows in `rejects.csv`. Counted apart and
//!   compared before anything is published.
//! - A learner is evaluated on everything that was sent about them, or not at all: when one row
//!   of theirs is refused, the learner and all their other rows are held back and listed too. (A
//!   failed course that is left out can turn an average that is too low into one that passes.)
//! - Output stands in input order, whatever the number of threads.
//! - Results are written under `*.partial` names, flushed to disk, and renamed once all are whole.
//! - A text cell that a spreadsheet would run as a formula (it starts with `=`, `+`, `-`, `@`, a
//!   tab or a carriage return) gets an apostrophe in front. `determinations.jsonl` has the text as
//!   it was.

mod batch;
mod codes;
mod error;
mod evaluate;
pub mod graph;
mod input;
mod output;
mod reject;
mod sheet;
#[cfg(test)]
mod tests;

use credstack_engine::Language;

pub use batch::{Batch, BatchSummary, FileCounts, Progress, RecordsFrom, run};
pub use codes::CODES;
pub use error::BatchError;
pub use input::records;
pub use output::{OUTPUT_FILES, Written};
pub use sheet::{AWARD_COLUMNS, NOTICE_COLUMNS, REJECT_COLUMNS, SUMMARY_COLUMNS};

/// The language of sentences in files and pictures.
const LANGUAGE: Language = Language::English;
