//! One question to the engine, its answer re-checked, and the time it took.

use std::time::{Duration, Instant};

use credstack_engine::model::TargetAnswer;
use credstack_engine::model::{Catalog, Date, Limits, Record, Severity};
use credstack_engine::{Bundle, Determination, Options, Status, Targets, compile, determine, verify};

use crate::adapters::Fault;

/// The date of questions in which no date matters.
pub(super) fn some_day() -> Result<Date, Fault> {
    Date::new(2026, 6, 30).ok_or_else(|| "no such day".into())
}

/// Compiles a catalog that must have no errors.
pub(super) fn compiled(catalog: Catalog) -> Result<Bundle, Fault> {
    let (bundle, diagnostics) = compile(catalog, &Limits::default());
    bundle.ok_or_else(|| {
        let errors: Vec<_> = diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
        let first = errors.first().map_or_else(String::new, |d| format!("{}: {}", d.code, d.message()));
        format!("{} errors, the first: {first}", errors.len()).into()
    })
}

/// An answer, what the independent checker says of it, and the time the engine took.
pub(super) struct Asked {
    pub(super) answer: Determination,
    pub(super) findings: Vec<String>,
    pub(super) took: Duration,
}

/// Asks for some targets together, or for all of the catalog one by one, and verifies the answer.
pub(super) fn ask(bundle: &Bundle, record: &Record, as_of: Date, targets: Targets) -> Result<Asked, Fault> {
    ask_with(bundle, record, as_of, &Options { targets, ..Options::default() })
}

/// The same, with options of one's own.
pub(super) fn ask_with(bundle: &Bundle, record: &Record, as_of: Date, options: &Options) -> Result<Asked, Fault> {
    crate::parity::take_down(bundle, record, as_of, options);
    let start = Instant::now();
    let answer = determine(bundle, record, as_of, options)?;
    let took = start.elapsed();
    let findings = verify(bundle, record, &answer).iter().map(|f| format!("{f:?}")).collect();
    Ok(Asked { answer, findings, took })
}

impl Asked {
    /// The answer for one credential.
    pub(super) fn target(&self, id: &str) -> Result<&TargetAnswer, Fault> {
        let found = self.answer.targets.iter().find(|t| t.credential.as_str() == id);
        found.ok_or_else(|| format!("no answer for `{id}`").into())
    }
}

/// Whether a credential is complete; `None` where the engine does not know.
pub(super) const fn completed(status: Status) -> Option<bool> {
    match status {
        Status::Conferred | Status::Complete => Some(true),
        Status::CompleteWithInProgress | Status::NeedsReview | Status::Incomplete | Status::Closed => Some(false),
        Status::Undetermined => None,
    }
}

/// Times, for their percentiles.
#[derive(Default)]
pub(super) struct Times(Vec<Duration>);

impl Times {
    pub(super) fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    fn percentile(&self, per_cent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        sorted.get((sorted.len().saturating_sub(1)) * per_cent / 100).copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [p50, p99, max] = [50, 99, 100].map(|p| self.percentile(p).as_micros());
        write!(f, "p50 {p50} us, p99 {p99} us, max {max} us")
    }
}
