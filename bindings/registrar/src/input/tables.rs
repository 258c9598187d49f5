//! A folder of tables, joined into one record for each learner.

use std::collections::HashMap;
use std::path::Path;

use credstack_engine::model::{
    ApprovalDecision, Attainment, AttainmentId, Catalog, Code, Completed, Conferred, LearnerId, Limits, Record,
};

use super::cell::{self, Fault};
use super::table::{Columns, Row, Table};
use super::{Reject, RowAt};
use crate::error::BatchError;

/// A learner with everything that was sent about them, and the rows it stood in.
#[derive(Debug)]
pub(crate) struct Learner {
    pub(crate) record: Record,
    pub(crate) rows: Vec<RowAt>,
}

/// What a folder holds.
#[derive(Debug)]
pub(crate) struct Folder {
    /// In the order of `learners.csv`.
    pub(crate) learners: Vec<Learner>,
    /// Rows that cannot be evaluated.
    pub(crate) rejects: Vec<Reject>,
    /// How many rows each file has, in the order of the `files` given.
    pub(crate) rows: Vec<u64>,
}

/// The tables of a folder: their names and columns. The first two must be there.
const TABLES: [(&str, &[(&str, bool)]); 4] = [
    ("learners.csv", &[("learner_id", true), ("declared", false)]),
    (
        "attainments.csv",
        &[
            ("learner_id", true),
            ("code", true),
            ("attainment_id", false),
            ("kind", false),
            ("credits", false),
            ("hours", false),
            ("grade", false),
            ("grade_scale", false),
            ("status", false),
            ("completed_on", false),
            ("expires_on", false),
            ("source", false),
            ("issuer", false),
            ("verified", false),
            ("tags", false),
            ("competencies", false),
        ],
    ),
    (
        "conferred.csv",
        &[
            ("learner_id", true),
            ("credential_id", true),
            ("conferred_on", true),
            ("expires_on", false),
            ("consumed", false),
        ],
    ),
    (
        "approvals.csv",
        &[
            ("learner_id", true),
            ("office", true),
            ("subject", true),
            ("decision", true),
            ("attainment_id", false),
            ("decided_on", false),
        ],
    ),
];

/// List the names of the tables that a folder has, as messages show them.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    TABLES
        .iter()
        .enumerate()
        .filter(|(i, (name, _))| *i < 2 || folder.join(name).exists())
        .map(|(_, (name, _))| folder.join(name).display().to_string())
        .collect()
}

/// Read a folder of tables.
///
/// # Errors
/// If a table cannot be read as a whole; what is wrong with single rows is in the result.
pub(crate) fn read(folder: &Path, catalog: &Catalog, limits: &Limits) -> Result<Folder, BatchError> {
    let none = credstack_base::sorted::Map::new();
    let mut join = Join { limits: *limits, ..Join::default() };
    let mut rows = Vec::new();
    for (number, (name, fixed)) in TABLES.iter().enumerate() {
        let path = folder.join(name);
        if number >= 2 && !path.exists() {
            continue;
        }
        let attributes = match number {
            0 => &catalog.learner_attributes,
            1 => &catalog.attainment_attributes,
            _ => &none,
        };
        let table = Table::open(&path, rows.len(), &Columns { fixed, attributes })?;
        let mut count = 0;
        let shown = path.display().to_string();
        table.each_row(&shown, |row| {
            count += 1;
            if number == 0 { join.learner(&row) } else { join.fact(number, &row) }
        })?;
        join.names.push((*name).to_owned());
        rows.push(count);
    }
    let (learners, rejects) = join.finish();
    Ok(Folder { learners, rejects, rows })
}

/// Learners as they are put together.
#[derive(Default)]
struct Join {
    limits: Limits,
    /// File names without folder, for messages.
    names: Vec<String>,
    learners: Vec<Learner>,
    /// By learner id as written: who it is, or the line on which they were refused.
    index: HashMap<String, Result<usize, u64>>,
    /// The first refusal that holds a learner back, in words.
    held: HashMap<usize, String>,
    /// Attainment ids of each learner with the line that named them first.
    attainments: HashMap<(usize, AttainmentId), u64>,
    rejects: Vec<Reject>,
}

impl Join {
    fn learner(&mut self, row: &Row<'_>) {
        let id = row.learner().to_owned();
        let parsed = whole_row(row).and_then(|()| learner(row));
        match (parsed, self.index.get(&id)) {
            (_, Some(first)) if !id.is_empty() => {
                let first = match first {
                    Ok(at) => self.learners.get(*at).and_then(|l| l.rows.first()).map_or(0, |r| r.line),
                    Err(line) => *line,
                };
                let line = row.at.line;
                self.refuse(
                    row,
                    format!("learner `{id}` stands twice: on line {first} and on line {line}"),
                    "keep one of the two rows; the first was taken".into(),
                );
            }
            (Ok(record), _) => {
                self.index.insert(id, Ok(self.learners.len()));
                self.learners.push(Learner { record, rows: vec![row.at.clone()] });
            }
            (Err(faults), _) => {
                self.index.insert(id, Err(row.at.line));
                let (reason, help) = join_faults(&faults);
                self.refuse(row, reason, help);
            }
        }
    }

    /// Take a row about a learner: an attainment, an award or an approval.
    fn fact(&mut self, number: usize, row: &Row<'_>) {
        let id = row.learner();
        let at = match self.index.get(id) {
            Some(Ok(at)) => *at,
            Some(Err(line)) if !id.is_empty() => {
                let reason = format!("held back: row {line} of learners.csv, its learner's, was refused");
                self.refuse(row, reason, "mend that row; this one may be right".into());
                return;
            }
            _ => {
                if let Some(fault) = row.fault() {
                    self.refuse(row, fault.message, fault.help);
                    return;
                }
                let reason = match id {
                    "" => "column `learner_id` is empty".to_owned(),
                    _ => format!("learner `{}` does not stand in learners.csv", cell::shown(id)),
                };
                self.refuse(row, reason, "add the learner to learners.csv or mend the id".into());
                return;
            }
        };
        let taken = whole_row(row).and_then(|()| match number {
            1 => self.attainment(at, row),
            2 => conferred(row).map(|conferred| self.record(at, |record| record.conferred.push(conferred))),
            _ => approval(row).map(|approval| self.record(at, |record| record.approvals.push(approval))),
        });
        match taken {
            Ok(()) => {
                if let Some(learner) = self.learners.get_mut(at) {
                    learner.rows.push(row.at.clone());
                }
            }
            Err(faults) => {
                let (reason, help) = join_faults(&faults);
                let (name, _) = TABLES.get(number).copied().unwrap_or_default();
                self.held
                    .entry(at)
                    .or_insert_with(|| format!("line {} of {name}, about the same learner, was refused", row.at.line));
                self.refuse(row, reason, help);
            }
        }
    }

    fn record(&mut self, at: usize, change: impl FnOnce(&mut Record)) {
        if let Some(learner) = self.learners.get_mut(at) {
            change(&mut learner.record);
        }
    }

    fn attainment(&mut self, at: usize, row: &Row<'_>) -> Result<(), Vec<Fault>> {
        let attainment = attainment(row)?;
        let count = self.learners.get(at).map_or(0, |l| l.record.attainments.len());
        if count >= self.limits.attainments {
            return Err(vec![Fault::new(
                format!("the learner has more than {} attainments", self.limits.attainments),
                "check whether one learner id stands for several people; otherwise leave out what no rule looks at",
            )]);
        }
        let line = row.at.line;
        if let Some(first) = self.attainments.insert((at, attainment.id.clone()), line) {
            return Err(vec![Fault::new(
                format!(
                    "attainment `{}` of the learner stands twice: on line {first} and on line {line}",
                    attainment.id
                ),
                "give each attainment of a learner an id of its own, or remove the row that is too many",
            )]);
        }
        self.record(at, |record| record.attainments.push(attainment));
        Ok(())
    }

    fn refuse(&mut self, row: &Row<'_>, reason: String, help: String) {
        self.rejects.push(Reject { row: row.at.clone(), learner: row.learner().to_owned(), reason, help });
    }

    /// Return the learners who can be evaluated, and all rows that are not.
    fn finish(mut self) -> (Vec<Learner>, Vec<Reject>) {
        let mut ready = Vec::with_capacity(self.learners.len());
        for (at, learner) in self.learners.into_iter().enumerate() {
            match self.held.get(&at) {
                None => ready.push(learner),
                Some(reason) => self.rejects.extend(held_back(learner, reason)),
            }
        }
        (ready, self.rejects)
    }
}

/// Refuse all rows of a learner who is not evaluated because of something else.
pub(crate) fn held_back(learner: Learner, reason: &str) -> impl Iterator<Item = Reject> {
    let id = learner.record.learner.to_string();
    let reason = format!("held back: {reason}");
    learner.rows.into_iter().map(move |row| Reject {
        row,
        learner: id.clone(),
        reason: reason.clone(),
        help: "mend what was refused; this row may be right".into(),
    })
}

fn whole_row(row: &Row<'_>) -> Result<(), Vec<Fault>> {
    row.fault().map_or(Ok(()), |fault| Err(vec![fault]))
}

fn join_faults(faults: &[Fault]) -> (String, String) {
    let joined = |each: fn(&Fault) -> &str| {
        let mut parts: Vec<&str> = faults.iter().map(each).collect();
        parts.dedup();
        parts.join("; ")
    };
    (joined(|f| &f.message), joined(|f| &f.help))
}

/// Reads the cells of one row, gathering all that is wrong.
struct Cells<'r> {
    row: &'r Row<'r>,
    faults: Vec<Fault>,
}

impl Cells<'_> {
    fn optional<T>(&mut self, column: &str, read: impl FnOnce(&str, &str) -> Result<T, Fault>) -> Option<T> {
        let text = self.row.cell(column)?;
        match read(column, text) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    fn required<T>(&mut self, column: &str, read: impl FnOnce(&str, &str) -> Result<T, Fault>) -> Option<T> {
        if self.row.cell(column).is_none() {
            self.faults.push(Fault::new(format!("column `{column}` is empty"), "fill it in"));
        }
        self.optional(column, read)
    }

    fn several<T>(&mut self, column: &str, read: impl Fn(&str, &str) -> Result<T, Fault>) -> Vec<T> {
        let text = self.row.cell(column).unwrap_or_default();
        let (values, faults): (Vec<_>, Vec<_>) =
            cell::list(text).map(|part| read(column, part)).partition(Result::is_ok);
        self.faults.extend(faults.into_iter().filter_map(Result::err));
        values.into_iter().filter_map(Result::ok).collect()
    }

    /// Return the value, unless something was wrong.
    fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        }
    }
}

fn learner(row: &Row<'_>) -> Result<Record, Vec<Fault>> {
    let mut cells = Cells { row, faults: Vec::new() };
    let id = cells.required("learner_id", cell::name::<LearnerId>);
    let declared = cells.several("declared", cell::name);
    let attributes = row.attributes(&mut cells.faults);
    cells.finish(id.map(|id| Record { declared, attributes, ..Record::new(id) }))
}

fn attainment(row: &Row<'_>) -> Result<Attainment, Vec<Fault>> {
    let mut cells = Cells { row, faults: Vec::new() };
    let id = match row.cell("attainment_id") {
        Some(_) => cells.optional("attainment_id", cell::name::<AttainmentId>),
        None => AttainmentId::new(&format!("line-{}", row.at.line)).ok(),
    };
    let of = cells.required("code", cell::name::<Code>);
    let attainment = id.zip(of).map(|(id, of)| Attainment::new(id, of));
    let kind = cells.optional("kind", cell::one_of);
    let credits = cells.optional("credits", cell::amount);
    let hours = cells.optional("hours", cell::amount);
    let grade = cells.optional("grade", cell::name);
    let scale = cells.optional("grade_scale", cell::name);
    let status = cells.optional("status", cell::one_of).unwrap_or_default();
    let completed_on = cells.optional("completed_on", completed);
    let expires_on = cells.optional("expires_on", cell::date);
    let source = cells.optional("source", cell::one_of).unwrap_or_default();
    let issuer = row.cell("issuer").map(str::to_owned);
    let verified = cells.optional("verified", cell::flag);
    let tags = cell::list(row.cell("tags").unwrap_or_default()).map(str::to_owned).collect();
    let competencies = cells.several("competencies", cell::name);
    let attributes = row.attributes(&mut cells.faults);
    cells.finish(attainment.map(|attainment| Attainment {
        kind,
        credits,
        hours,
        grade,
        scale,
        status,
        completed_on,
        expires_on,
        source,
        issuer,
        verified,
        tags,
        competencies,
        attributes,
        ..attainment
    }))
}

fn completed(column: &str, text: &str) -> Result<Completed, Fault> {
    Completed::try_from(text.to_owned()).map_err(|e| {
        Fault::new(
            format!("column `{column}`: {e}"),
            "write a day as YYYY-MM-DD, such as 2025-08-31, or the name of a term of the catalog",
        )
    })
}

fn conferred(row: &Row<'_>) -> Result<Conferred, Vec<Fault>> {
    let mut cells = Cells { row, faults: Vec::new() };
    let credential = cells.required("credential_id", cell::name);
    let on = cells.required("conferred_on", cell::date);
    let expires_on = cells.optional("expires_on", cell::date);
    let consumed = cells.several("consumed", cell::name);
    cells.finish(credential.zip(on).map(|(credential, on)| Conferred { credential, on, expires_on, consumed }))
}

fn approval(row: &Row<'_>) -> Result<ApprovalDecision, Vec<Fault>> {
    let mut cells = Cells { row, faults: Vec::new() };
    let office = cells.required("office", cell::name);
    let subject = cells.required("subject", |_, text| Ok(text.to_owned()));
    let decision = cells.required("decision", cell::one_of);
    let attainment = cells.optional("attainment_id", cell::name);
    let on = cells.optional("decided_on", cell::date);
    let both = office.zip(subject).zip(decision);
    cells.finish(both.map(|((office, subject), decision)| ApprovalDecision {
        office,
        subject,
        attainment,
        decision,
        on,
    }))
}
