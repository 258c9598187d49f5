//! The batch: from files of learners to files of answers.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;
use std::fs::File;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use credstack_engine::model::{Diagnostic, Place, RecordError};
use credstack_engine::{Bundle, Date, Limits, Options, Record};
use rayon::prelude::*;
use serde::Serialize;

use crate::codes;
use crate::error::BatchError;
use crate::evaluate::{Answered, Question, answer};
use crate::input::lines::{Line, Lines};
use crate::input::tables::{self, Learner, held_back};
use crate::output::{Output, To, Written};
use crate::reject::{Reject, RowAt, SHOWN_CHARACTERS};
use crate::sheet::{self, AWARD_COLUMNS, NOTICE_COLUMNS, REJECT_COLUMNS, SUMMARY_COLUMNS, cut};

/// Where learners come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordsFrom {
    /// A file with a record a line.
    Lines(PathBuf),
    /// A folder of tables.
    Folder(PathBuf),
}

impl RecordsFrom {
    /// Take a folder for one of tables, anything else for a file of records.
    #[must_use]
    pub fn path(path: &Path) -> Self {
        if path.is_dir() { Self::Folder(path.to_owned()) } else { Self::Lines(path.to_owned()) }
    }
}

/// A batch to be run.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Where learners come from.
    pub from: RecordsFrom,
    /// The folder of the result.
    pub out: PathBuf,
    /// True if a result that is there may be replaced.
    pub force: bool,
    /// The date asked for.
    pub as_of: Date,
    /// What is asked of every learner.
    pub options: Options,
    /// What is accepted.
    pub limits: Limits,
    /// Threads; as many as the machine has if absent. The result does not depend on it.
    pub jobs: Option<NonZeroUsize>,
}

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Learners evaluated or refused so far.
    pub learners: u64,
    /// Units of work done: bytes of a file, learners of a folder.
    pub done: u64,
    /// Units of work in all, if that is known.
    pub total: Option<u64>,
}

/// What a batch did. Serialises as the content of `batch.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BatchSummary {
    /// The version of this format: 1.
    pub version: u32,
    /// The SHA-256 of the bundle.
    pub bundle: String,
    /// The date asked for.
    pub as_of: Date,
    /// What was asked of every learner.
    pub options: Options,
    /// Learners that were evaluated.
    pub learners: u64,
    /// Rows of each input file.
    pub input: Vec<FileCounts>,
    /// Answers by status.
    pub statuses: BTreeMap<String, u64>,
    /// Rows of `eligible-for-award.csv`.
    pub awards: u64,
    /// Rows of `notices.csv`.
    pub notices: u64,
    /// Rows of `rejects.csv`.
    pub rejects: u64,
    /// The other files of the result.
    pub output: Vec<Written>,
    /// The first few rejects, in words.
    #[serde(skip)]
    pub first_rejects: Vec<String>,
}

/// Rows of one input file. `rows` is always `evaluated` and `rejected` together; each is counted
/// on its own where it happens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileCounts {
    /// The file.
    pub file: String,
    /// Rows read; blank lines are none.
    pub rows: u64,
    /// Rows that went into an answer.
    pub evaluated: u64,
    /// Rows in `rejects.csv`.
    pub rejected: u64,
}

/// Most lines, and about the most bytes, that are held at a time for each thread.
const CHUNK_LINES: usize = 256;
const CHUNK_BYTES: usize = 4 << 20;

/// How many rejects a summary tells.
const FIRST_REJECTS: usize = 5;

/// Run a batch.
///
/// # Errors
/// If input cannot be read as a whole, output cannot be written, or there is a result already.
/// Then nothing is published. What is wrong with single rows is in `rejects.csv` instead.
pub fn run(bundle: &Bundle, batch: &Batch, progress: &mut dyn FnMut(Progress)) -> Result<BatchSummary, BatchError> {
    let jobs = batch.jobs.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(|e| {
        let place = Place::Path { file: None, path: "--jobs".to_owned() };
        BatchError::on(place, codes::CANNOT_START_THREADS.of(&[("cause", &e)]))
    })?;
    let question = Question { bundle, as_of: batch.as_of, options: &batch.options };
    let mut run = Run::start(batch, question, &pool)?;
    match &batch.from {
        RecordsFrom::Lines(path) => run.lines(path, progress)?,
        RecordsFrom::Folder(path) => run.folder(path, progress)?,
    }
    run.finish()
}

struct Run<'a> {
    batch: &'a Batch,
    question: Question<'a>,
    pool: &'a rayon::ThreadPool,
    output: Output,
    files: Vec<FileCounts>,
    learners: u64,
    statuses: BTreeMap<String, u64>,
    awards: u64,
    notices: u64,
    first_rejects: Vec<String>,
}

/// A learner with the rows they stood in, and the answer.
type Outcome = (Learner, Result<Answered, Box<Diagnostic>>);

impl<'a> Run<'a> {
    fn start(batch: &'a Batch, question: Question<'a>, pool: &'a rayon::ThreadPool) -> Result<Self, BatchError> {
        let mut output = Output::start(&batch.out, batch.force)?;
        let mut head =
            |to, columns: &[&'static str]| output.write(to, &sheet::row(columns.iter().map(|c| (*c).into())));
        head(To::Summary, &SUMMARY_COLUMNS)?;
        head(To::Awards, &AWARD_COLUMNS)?;
        head(To::Notices, &NOTICE_COLUMNS)?;
        head(To::Rejects, &REJECT_COLUMNS)?;
        let (files, statuses) = (Vec::new(), BTreeMap::new());
        Ok(Self {
            batch,
            question,
            pool,
            output,
            files,
            learners: 0,
            statuses,
            awards: 0,
            notices: 0,
            first_rejects: Vec::new(),
        })
    }

    fn lines(&mut self, path: &Path, progress: &mut dyn FnMut(Progress)) -> Result<(), BatchError> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|e| BatchError::io(path, &codes::CANNOT_OPEN_FILE, &e))?;
        // Only an ordinary file has a length that says how much there is to read.
        let total = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
        let mut lines = Lines::new(file, &name, self.batch.limits.record_bytes);
        let shown: Arc<str> = name.as_str().into();
        self.files.push(FileCounts { file: name, ..FileCounts::default() });
        let threads = self.pool.current_num_threads().max(1);
        let mut seen: HashMap<String, u64> = HashMap::new();
        loop {
            let chunk = lines.chunk(CHUNK_LINES * threads, CHUNK_BYTES * threads)?;
            if chunk.is_empty() {
                return Ok(());
            }
            self.count_rows(0, chunk.len());
            let limits = self.batch.limits;
            let parsed: Vec<Result<Learner, Box<Reject>>> =
                self.pool.install(|| chunk.into_par_iter().map(|line| parse(line, &shown, &limits)).collect());
            let mut rejects = Vec::new();
            let mut learners = Vec::new();
            for parsed in parsed {
                match parsed.and_then(|learner| unseen(&mut seen, learner)) {
                    Ok(learner) => learners.push(learner),
                    Err(reject) => rejects.push(*reject),
                }
            }
            let outcomes = self.evaluate(learners);
            self.write(outcomes, rejects)?;
            progress(Progress { learners: self.rows_done(), done: lines.bytes_read(), total });
        }
    }

    fn folder(&mut self, path: &Path, progress: &mut dyn FnMut(Progress)) -> Result<(), BatchError> {
        self.files = tables::files(path).into_iter().map(|file| FileCounts { file, ..FileCounts::default() }).collect();
        let folder = tables::read(path, self.question.bundle.catalog(), &self.batch.limits)?;
        for (number, rows) in folder.rows.into_iter().enumerate() {
            self.count_rows(number, usize::try_from(rows).unwrap_or(usize::MAX));
        }
        let total = u64::try_from(folder.learners.len()).ok();
        let mut rejects = folder.rejects;
        let mut waiting = folder.learners.into_iter();
        let mut done = 0;
        loop {
            let chunk: Vec<Learner> =
                waiting.by_ref().take(CHUNK_LINES * self.pool.current_num_threads().max(1)).collect();
            if chunk.is_empty() {
                break;
            }
            done += u64::try_from(chunk.len()).unwrap_or_default();
            let outcomes = self.evaluate(chunk);
            rejects.extend(self.write_answers(outcomes)?);
            progress(Progress { learners: done, done, total });
        }
        self.write_rejects(rejects)
    }

    fn evaluate(&self, learners: Vec<Learner>) -> Vec<Outcome> {
        let question = self.question;
        let one = |learner: Learner| {
            let answered = answer(question, &learner.record);
            (learner, answered)
        };
        self.pool.install(|| learners.into_par_iter().map(one).collect())
    }

    fn write(&mut self, outcomes: Vec<Outcome>, mut rejects: Vec<Reject>) -> Result<(), BatchError> {
        rejects.extend(self.write_answers(outcomes)?);
        self.write_rejects(rejects)
    }

    fn write_answers(&mut self, outcomes: Vec<Outcome>) -> Result<Vec<Reject>, BatchError> {
        let mut rejects = Vec::new();
        for (learner, outcome) in outcomes {
            match outcome {
                Ok(answered) => {
                    self.output.write(To::Determinations, &answered.determination)?;
                    self.output.write(To::Summary, &answered.summary)?;
                    self.output.write(To::Awards, &answered.awards)?;
                    self.output.write(To::Notices, &answered.notices)?;
                    self.learners += 1;
                    self.awards += answered.award_rows;
                    self.notices += answered.notice_rows;
                    for (status, count) in answered.statuses {
                        *self.statuses.entry(status.to_owned()).or_default() += count;
                    }
                    for row in &learner.rows {
                        if let Some(counts) = self.files.iter_mut().find(|counts| *counts.file == *row.file) {
                            counts.evaluated += 1;
                        }
                    }
                }
                Err(refusal) => rejects.extend(refused(learner, *refusal)),
            }
        }
        Ok(rejects)
    }

    fn write_rejects(&mut self, mut rejects: Vec<Reject>) -> Result<(), BatchError> {
        let number = |file: &str| self.files.iter().position(|counts| counts.file == file);
        rejects.sort_by_cached_key(|reject| (number(&reject.row.file), reject.row.line));
        for Reject { row, learner, diagnostic } in rejects {
            let Some(counts) = self.files.iter_mut().find(|counts| *counts.file == *row.file) else { continue };
            counts.rejected += 1;
            if self.first_rejects.len() < FIRST_REJECTS {
                self.first_rejects.push(diagnostic.told());
            }
            let (reason, help) = (diagnostic.message(), diagnostic.help().unwrap_or_default());
            let cells = [counts.file.clone(), row.line.to_string(), learner, reason, help, row.text];
            self.output.write(To::Rejects, &sheet::row(cells.into_iter().map(Into::into)))?;
        }
        Ok(())
    }

    fn count_rows(&mut self, file: usize, rows: usize) {
        if let Some(counts) = self.files.get_mut(file) {
            counts.rows += u64::try_from(rows).unwrap_or_default();
        }
    }

    fn rows_done(&self) -> u64 {
        self.files.iter().map(|counts| counts.evaluated + counts.rejected).sum()
    }

    fn finish(self) -> Result<BatchSummary, BatchError> {
        for counts in &self.files {
            if counts.rows != counts.evaluated + counts.rejected {
                let FileCounts { file, rows, evaluated, rejected } = counts;
                let arguments: &[(_, &dyn Display)] =
                    &[("rows", rows), ("evaluated", evaluated), ("rejected", rejected)];
                return Err(BatchError::of(file, codes::COUNTS_DIFFER.of(arguments)));
            }
        }
        let mut summary = BatchSummary {
            version: 1,
            bundle: self.question.bundle.hash().to_owned(),
            as_of: self.batch.as_of,
            options: self.batch.options.clone(),
            learners: self.learners,
            rejects: self.files.iter().map(|counts| counts.rejected).sum(),
            input: self.files,
            statuses: self.statuses,
            awards: self.awards,
            notices: self.notices,
            output: Vec::new(),
            first_rejects: self.first_rejects,
        };
        summary.output = self.output.publish(|output| BatchSummary { output, ..summary.clone() })?;
        Ok(summary)
    }
}

/// Read one line.
fn parse(line: Line, file: &Arc<str>, limits: &Limits) -> Result<Learner, Box<Reject>> {
    let text = String::from_utf8_lossy(line.bytes.get(..4 * SHOWN_CHARACTERS).unwrap_or(&line.bytes));
    let text = cut(&text, SHOWN_CHARACTERS).into_owned();
    let row = RowAt { file: Arc::clone(file), line: line.number, text };
    if line.too_long {
        let diagnostic = codes::LINE_TOO_LONG.of(&[("allowed", &limits.record_bytes)]);
        return Err(Box::new(Reject::new(row, "", diagnostic)));
    }
    match Record::from_json(&line.bytes, limits) {
        Ok(record) => Ok(Learner { record, rows: vec![row] }),
        Err(error) => Err(Box::new(Reject::new(row, learner_id(&line.bytes), unreadable(&line.bytes, &error)))),
    }
}

/// Return what is said of a line that is no record.
fn unreadable(bytes: &[u8], error: &RecordError) -> Diagnostic {
    let descriptor = match error {
        RecordError::Malformed { column, message, .. } => {
            let malformed = codes::RECORD_MALFORMED.of(&[("position", column), ("cause", message)]);
            return match bytes.trim_ascii() {
                [b'[', ..] => malformed.with_help(codes::JSON_LIST, &[]),
                bytes if !bytes.ends_with(b"}") => malformed.with_help(codes::BROKEN_OFF, &[]),
                _ => malformed,
            };
        }
        RecordError::TooLarge { .. } => &codes::RECORD_TOO_LARGE,
        RecordError::Version(_) => &codes::RECORD_VERSION,
        RecordError::TooManyAttainments { .. } => &codes::RECORD_REFUSED,
    };
    descriptor.of(&[("cause", error)])
}

/// Return the learner id of a line that is JSON but not a record, so that its reject can be found.
fn learner_id(bytes: &[u8]) -> String {
    #[derive(serde::Deserialize)]
    struct Named {
        learner: String,
    }
    serde_json::from_slice(bytes).map(|named: Named| named.learner).unwrap_or_default()
}

/// Refuse a learner who stood on an earlier line.
fn unseen(seen: &mut HashMap<String, u64>, mut learner: Learner) -> Result<Learner, Box<Reject>> {
    let line = learner.rows.first().map_or(0, |row| row.line);
    let id = learner.record.learner.to_string();
    match seen.get(&id) {
        None => {
            seen.insert(id, line);
            Ok(learner)
        }
        Some(first) => {
            let diagnostic = codes::DUPLICATE_LEARNER_LINE.of(&[("learner", &id), ("first", first), ("second", &line)]);
            Err(Box::new(Reject::new(learner.rows.remove(0), id, diagnostic)))
        }
    }
}

/// Refuse all rows of a learner whom the engine refused: the reason stands with the first.
fn refused(mut learner: Learner, refusal: Diagnostic) -> Vec<Reject> {
    let rest = learner.rows.split_off(1.min(learner.rows.len()));
    let id = learner.record.learner.clone();
    let Some(row) = learner.rows.pop() else { return Vec::new() };
    let why = codes::HELD_BACK_BY_LINE.of(&[("line", &row.line)]);
    let first = Reject::new(row, id.as_str(), refusal);
    let others = Learner { record: Record::new(id), rows: rest };
    std::iter::once(first).chain(held_back(others, &why)).collect()
}
