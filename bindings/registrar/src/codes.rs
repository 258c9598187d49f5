//! What a registrar is told of files, rows, cells and learners: every code with its English words.

use credstack_engine::model::Descriptor;

/// All of them, in the order of this file.
pub const CODES: &[&Descriptor] = &[
    &CANNOT_START_THREADS,
    &CANNOT_OPEN_FILE,
    &CANNOT_READ_FILE,
    &CANNOT_READ_ON,
    &CANNOT_MAKE_FOLDER,
    &CANNOT_WRITE_FILE,
    &CANNOT_WRITE_FOLDER,
    &CANNOT_REMOVE_FILE,
    &CANNOT_WRITE_MANIFEST,
    &RESULT_EXISTS,
    &BATCH_UNDER_WAY,
    &COUNTS_DIFFER,
    &UTF16,
    &WORKBOOK,
    &COMPRESSED,
    &TABLE_TOO_LARGE,
    &TABLE_UNREADABLE,
    &TABLE_EMPTY,
    &UNCLOSED_QUOTE_IN_HEADER,
    &UNCLOSED_QUOTE_IN_ROW,
    &HEADER_NOT_UTF8,
    &DUPLICATE_COLUMN,
    &UNNAMED_COLUMN,
    &UNKNOWN_COLUMN,
    &MISSING_COLUMN,
    &WRONG_NUMBER_OF_CELLS,
    &CELL_NOT_UTF8,
    &DUPLICATE_LEARNER_ROW,
    &NO_LEARNER,
    &UNKNOWN_LEARNER,
    &TOO_MANY_ATTAINMENTS,
    &DUPLICATE_ATTAINMENT,
    &LEARNER_HELD_BACK,
    &HELD_BACK_BY_TABLE,
    &HELD_BACK_BY_LINE,
    &EMPTY_CELL,
    &UNKNOWN_VALUE,
    &UNKNOWN_CHOICE,
    &BAD_NUMBER,
    &NEGATIVE_AMOUNT,
    &BAD_DATE,
    &BAD_COMPLETION,
    &BAD_FLAG,
    &BAD_NAME,
    &LINE_TOO_LONG,
    &RECORD_TOO_LARGE,
    &RECORD_MALFORMED,
    &RECORD_VERSION,
    &RECORD_REFUSED,
    &DUPLICATE_LEARNER_LINE,
    &LEARNER_REFUSED,
    &TARGET_REFUSED,
    &LEARNER_VERSION,
    &ENGINE_FAILED,
    &ANSWER_NOT_VERIFIED,
    &ANSWER_UNWRITABLE,
];

/// The remedy where a column resembles a known one.
pub(crate) const NEAR: &str = "did you mean `{near}`?";

/// The remedy where a cell resembles one of the names of a list.
pub(crate) const NEAR_VALUE: &str = "did you mean `{near}`? write one of: {known}";

/// The remedy where a cell resembles a value of a declared attribute.
pub(crate) const NEAR_CHOICE: &str = "did you mean `{near}`? the catalog declares: {known}";

/// The remedy where the header has one column, with another separator in it.
pub(crate) const OTHER_SEPARATOR: &str =
    "the columns are not separated by commas; save the file with commas between them";

/// The remedy for a line that starts a JSON list.
pub(crate) const JSON_LIST: &str =
    "this looks like a JSON list; write its records one a line, without brackets and commas";

/// The remedy for a line that ends before its record does.
pub(crate) const BROKEN_OFF: &str = "the record stops before its end; write it whole on one line";

/// Join what is said of one place.
pub(crate) const JOINED: &str = "{before}; {last}";

const SAVE_AGAIN: &str = "save it again as UTF-8 (in Excel: Save As, CSV UTF-8)";
const ADD_LEARNER: &str = "add the learner to learners.csv or mend the id";
const MEND_OTHER: &str = "mend what was refused; this row may be right";
const ONE_A_LINE: &str = "write one whole record a line, as `credstack schema record` describes";
const REPORT: &str = "this is a fault of credstack and not of the record; please report it with the record";

// ---- the batch as a whole ----

/// Threads that the system does not give.
pub(crate) static CANNOT_START_THREADS: Descriptor =
    Descriptor::error("cannot-start-threads", "cannot start the threads: {cause}", "ask for fewer");
/// An input file that cannot be opened.
pub(crate) static CANNOT_OPEN_FILE: Descriptor =
    Descriptor::error("cannot-open-file", "cannot open this file: {cause}", "");
/// An input file that cannot be read.
pub(crate) static CANNOT_READ_FILE: Descriptor =
    Descriptor::error("cannot-read-file", "cannot read this file: {cause}", "");
/// An input file that breaks off.
pub(crate) static CANNOT_READ_ON: Descriptor = Descriptor::error("cannot-read-file", "cannot read on: {cause}", "");
/// A folder for the result that cannot be made.
pub(crate) static CANNOT_MAKE_FOLDER: Descriptor =
    Descriptor::error("cannot-make-folder", "cannot make this folder: {cause}", "");
/// A file of the result that cannot be written.
pub(crate) static CANNOT_WRITE_FILE: Descriptor =
    Descriptor::error("cannot-write-file", "cannot write this file: {cause}", "");
/// A folder of the result that cannot be put on disk.
pub(crate) static CANNOT_WRITE_FOLDER: Descriptor =
    Descriptor::error("cannot-write-folder", "cannot write this folder: {cause}", "");
/// A file of an older result that cannot be removed.
pub(crate) static CANNOT_REMOVE_FILE: Descriptor =
    Descriptor::error("cannot-remove-file", "cannot remove this file: {cause}", "");
/// A manifest that cannot be written as JSON.
pub(crate) static CANNOT_WRITE_MANIFEST: Descriptor = Descriptor::error("cannot-write-manifest", "{cause}", "");
/// A result that stands where this one would.
pub(crate) static RESULT_EXISTS: Descriptor = Descriptor::error(
    "result-exists",
    "there is a result already",
    "name another --out folder, or replace the result with --force",
);
/// A part of a result, of a batch that runs or was killed.
pub(crate) static BATCH_UNDER_WAY: Descriptor = Descriptor::error(
    "batch-under-way",
    "another batch is writing here, or one was interrupted",
    "wait for it; if none is running, start again with --force",
);
/// Rows that are neither evaluated nor rejected.
pub(crate) static COUNTS_DIFFER: Descriptor = Descriptor::error(
    "counts-differ",
    "the counts do not reconcile: {rows} rows read, {evaluated} evaluated, {rejected} rejected",
    "this is a fault of credstack; nothing was published, please report it",
);

// ---- files that are no text ----

/// A file in another encoding.
pub(crate) static UTF16: Descriptor = Descriptor::error("file-not-utf8", "this is UTF-16, not UTF-8", SAVE_AGAIN);
/// A workbook instead of a table.
pub(crate) static WORKBOOK: Descriptor =
    Descriptor::error("file-not-text", "this is an Excel workbook or another ZIP file, not text", SAVE_AGAIN);
/// A file that must be unpacked first.
pub(crate) static COMPRESSED: Descriptor =
    Descriptor::error("file-compressed", "this is compressed with gzip", "unpack it first, for example with gunzip");

// ---- tables ----

/// A table of more bytes than are held in memory.
pub(crate) static TABLE_TOO_LARGE: Descriptor = Descriptor::error(
    "table-too-large",
    "the table is larger than 4 GiB",
    "split the learners over several folders, or send JSON Lines, which is read in pieces",
);
/// A table that is not CSV.
pub(crate) static TABLE_UNREADABLE: Descriptor = Descriptor::error("table-unreadable", "{cause}", "");
/// A table without a header.
pub(crate) static TABLE_EMPTY: Descriptor =
    Descriptor::error("table-empty", "the table is empty", "the first line must name the columns, such as {expected}");
/// A quote that swallows the table from its header on.
pub(crate) static UNCLOSED_QUOTE_IN_HEADER: Descriptor =
    Descriptor::error("unclosed-quote", "a quote opens in the header and is never closed", "close or remove it");
/// A quote that swallows the rest of the table.
pub(crate) static UNCLOSED_QUOTE_IN_ROW: Descriptor = Descriptor::error(
    "unclosed-quote",
    "a quote opens in this row and is never closed",
    "close it, or write a quote inside a quoted cell twice (\"\")",
);
/// A header in another encoding.
pub(crate) static HEADER_NOT_UTF8: Descriptor =
    Descriptor::error("header-not-utf8", "the header is not UTF-8 text", "save the file again as UTF-8");
/// A column that stands twice.
pub(crate) static DUPLICATE_COLUMN: Descriptor = Descriptor::error(
    "duplicate-column",
    "column `{column}` stands twice, as number {first} and {second}",
    "leave one of them",
);
/// A column without a name.
pub(crate) static UNNAMED_COLUMN: Descriptor =
    Descriptor::error("unknown-column", "column number {number} has no name", "remove it; known columns are {known}");
/// A column that no table of this name has.
pub(crate) static UNKNOWN_COLUMN: Descriptor =
    Descriptor::error("unknown-column", "column `{column}` is not known", "remove it; known columns are {known}");
/// A column that must be there.
pub(crate) static MISSING_COLUMN: Descriptor =
    Descriptor::error("missing-column", "column `{column}` is missing", "add it to the first line, such as {expected}");

// ---- rows ----

/// A row with more or fewer cells than the header.
pub(crate) static WRONG_NUMBER_OF_CELLS: Descriptor = Descriptor::error(
    "wrong-number-of-cells",
    "the row has {found} cells and the header has {expected}",
    "give every row as many cells as the header; put a cell that has a comma in it between quotes",
);
/// A cell in another encoding.
pub(crate) static CELL_NOT_UTF8: Descriptor = Descriptor::error(
    "cell-not-utf8",
    "cell number {number} (`{found}`) is not UTF-8 text",
    "save the file again as UTF-8 (in Excel: Save As, CSV UTF-8)",
);
/// A learner on two rows of the table of learners.
pub(crate) static DUPLICATE_LEARNER_ROW: Descriptor = Descriptor::error(
    "duplicate-learner",
    "learner `{learner}` stands twice: on line {first} and on line {second}",
    "keep one of the two rows; the first was taken",
);
/// A row about nobody.
pub(crate) static NO_LEARNER: Descriptor = Descriptor::error("empty-cell", "column `learner_id` is empty", ADD_LEARNER);
/// A row about somebody who is not in the table of learners.
pub(crate) static UNKNOWN_LEARNER: Descriptor =
    Descriptor::error("unknown-learner", "learner `{learner}` does not stand in learners.csv", ADD_LEARNER);
/// More attainments of a learner than are accepted.
pub(crate) static TOO_MANY_ATTAINMENTS: Descriptor = Descriptor::error(
    "too-many-attainments",
    "the learner has more than {allowed} attainments",
    "check whether one learner id stands for several people; otherwise leave out what no rule looks at",
);
/// Two attainments of a learner with one id.
pub(crate) static DUPLICATE_ATTAINMENT: Descriptor = Descriptor::error(
    "duplicate-attainment",
    "attainment `{attainment}` of the learner stands twice: on line {first} and on line {second}",
    "give each attainment of a learner an id of its own, or remove the row that is too many",
);
/// A row whose learner was refused in the table of learners.
pub(crate) static LEARNER_HELD_BACK: Descriptor = Descriptor::error(
    "held-back",
    "held back: row {line} of learners.csv, its learner's, was refused",
    "mend that row; this one may be right",
);
/// A row of a learner of whom a row of a table was refused.
pub(crate) static HELD_BACK_BY_TABLE: Descriptor =
    Descriptor::error("held-back", "held back: line {line} of {file}, about the same learner, was refused", MEND_OTHER);
/// A row of a learner who was refused as a whole.
pub(crate) static HELD_BACK_BY_LINE: Descriptor =
    Descriptor::error("held-back", "held back: line {line} with the same learner was refused", MEND_OTHER);

// ---- cells ----

/// A cell that must be filled in.
pub(crate) static EMPTY_CELL: Descriptor = Descriptor::error("empty-cell", "column `{column}` is empty", "fill it in");
/// A cell that is none of the names of a list.
pub(crate) static UNKNOWN_VALUE: Descriptor =
    Descriptor::error("unknown-value", "column `{column}`: `{found}` is not known", "write one of: {known}");
/// A cell that is none of the values of a declared attribute.
pub(crate) static UNKNOWN_CHOICE: Descriptor = Descriptor::error(
    "unknown-choice",
    "column `{column}`: `{found}` is none of its values",
    "the catalog declares: {known}",
);
/// A cell that is no number.
pub(crate) static BAD_NUMBER: Descriptor =
    Descriptor::error("bad-number", "column `{column}`: {cause}", "write a number such as 3 or 1.5, with a point");
/// Credits or hours below zero.
pub(crate) static NEGATIVE_AMOUNT: Descriptor = Descriptor::error(
    "negative-amount",
    "column `{column}`: `{found}` is negative",
    "write what was earned as a number of zero or more; a withdrawn attainment is left out or graded W",
);
/// A cell that is no date.
pub(crate) static BAD_DATE: Descriptor = Descriptor::error(
    "bad-date",
    "column `{column}`: `{found}` is not a date",
    "write a real day between 1900 and 2200 as YYYY-MM-DD, such as 2025-08-31",
);
/// A cell that is neither a date nor the name of a term.
pub(crate) static BAD_COMPLETION: Descriptor = Descriptor::error(
    "bad-date",
    "column `{column}`: {cause}",
    "write a day as YYYY-MM-DD, such as 2025-08-31, or the name of a term of the catalog",
);
/// A cell that is neither yes nor no.
pub(crate) static BAD_FLAG: Descriptor = Descriptor::error(
    "bad-flag",
    "column `{column}`: `{found}` is neither yes nor no",
    "write yes, no, true or false, or leave it empty if it is not known",
);
/// A cell that is no name.
pub(crate) static BAD_NAME: Descriptor = Descriptor::error(
    "bad-name",
    "column `{column}`: {cause}",
    "write a name of 1 to 200 bytes without line breaks or tabs",
);

// ---- records a line ----

/// A line of more bytes than a record may have.
pub(crate) static LINE_TOO_LONG: Descriptor = Descriptor::error(
    "record-too-large",
    "the line has more than the {allowed} bytes that a record may have",
    ONE_A_LINE,
);
/// A record of more bytes than are accepted.
pub(crate) static RECORD_TOO_LARGE: Descriptor = Descriptor::error("record-too-large", "{cause}", ONE_A_LINE);
/// A line that is not the JSON of a record.
pub(crate) static RECORD_MALFORMED: Descriptor =
    Descriptor::error("record-malformed", "column {position}: {cause}", ONE_A_LINE);
/// A record of a version that is not read.
pub(crate) static RECORD_VERSION: Descriptor = Descriptor::error("record-version", "{cause}", ONE_A_LINE);
/// A record that holds more than is accepted.
pub(crate) static RECORD_REFUSED: Descriptor = Descriptor::error("record-refused", "{cause}", ONE_A_LINE);
/// A learner on two lines.
pub(crate) static DUPLICATE_LEARNER_LINE: Descriptor = Descriptor::error(
    "duplicate-learner",
    "learner `{learner}` stands twice: on line {first} and on line {second}",
    "keep one of the two lines; the first was taken",
);

// ---- learners ----

/// A record that the engine refuses.
pub(crate) static LEARNER_REFUSED: Descriptor =
    Descriptor::error("record-refused", "{cause}", "mend the learner's record");
/// A credential that cannot be asked about.
pub(crate) static TARGET_REFUSED: Descriptor =
    Descriptor::error("target-refused", "{cause}", "mend the learner's record");
/// A record of a version that the engine does not evaluate.
pub(crate) static LEARNER_VERSION: Descriptor =
    Descriptor::error("record-version", "{cause}", "mend the learner's record");
/// A record on which the engine fails.
pub(crate) static ENGINE_FAILED: Descriptor =
    Descriptor::error("engine-failed", "the engine failed on this record", REPORT);
/// An answer that the checker does not confirm.
pub(crate) static ANSWER_NOT_VERIFIED: Descriptor =
    Descriptor::error("answer-not-verified", "the answer does not stand its own check: {finding}", REPORT);
/// An answer that cannot be written as JSON.
pub(crate) static ANSWER_UNWRITABLE: Descriptor =
    Descriptor::error("answer-unwritable", "the answer cannot be written: {cause}", "");
