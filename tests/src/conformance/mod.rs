//! Runs of the engine over real data, each with one printed line that says how often it was
//! right. The tests and the program `conformance` call the same functions.

mod allocation;
mod ask;
mod mit;
mod northeastern;
mod princeton;
mod screening;
mod stolaf;
mod utdallas;

use std::path::Path;

use crate::adapters::Fault;

/// How much of a set is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    Full,
    /// Enough of the large ones for a test that runs on every change.
    Sample,
}

/// What a run has to say.
#[derive(Debug, Default)]
pub struct Report {
    /// The lines to print.
    pub lines: Vec<String>,
    /// What is wrong, with enough to find it again; empty if the set agrees.
    pub faults: Vec<String>,
}

impl Report {
    /// Runs a part of a set; what stops it becomes a fault, and the lines of other parts stay.
    fn part(&mut self, what: &str, run: impl FnOnce(&mut Self) -> Result<(), Fault>) {
        if let Err(e) = run(self) {
            self.faults.push(format!("{what}: {e}"));
        }
    }
}

/// A set of data and how it is run.
#[derive(Clone, Copy, Debug)]
pub struct Set {
    /// Its name.
    pub name: &'static str,
    /// Its run, over the folder of all conformance data.
    pub run: fn(&Path, Scope) -> Result<Report, Fault>,
}

/// All sets, in the order in which they are run.
pub const SETS: [Set; 7] = [
    Set { name: "northeastern", run: northeastern::run },
    Set { name: "screening", run: screening::run },
    Set { name: "mit", run: mit::run },
    Set { name: "princeton", run: princeton::run },
    Set { name: "utdallas", run: utdallas::run },
    Set { name: "stolaf", run: stolaf::run },
    Set { name: "allocation", run: allocation::run },
];

/// Counts of right and other answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    right: usize,
    wrong: usize,
    undetermined: usize,
    skipped: usize,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { right, wrong, undetermined, skipped } = self;
        write!(f, "{right} right, {wrong} wrong, {undetermined} undetermined")?;
        if *skipped > 0 { write!(f, ", {skipped} skipped") } else { Ok(()) }
    }
}
