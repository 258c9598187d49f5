//! `credstack batch`.

use std::fmt::Write as _;

use credstack_engine::{Limits, Targets};
use credstack_registrar::{Batch as Asked, BatchSummary, RecordsFrom};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::Batch;
use crate::commands::answer;
use crate::failure::Failure;
use crate::pack;
use crate::terminal::{BAD, GOOD, HEADING, Terminal, styled};

/// Runs a batch and prints what came of it.
pub(crate) fn batch(args: Batch, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let asked = Asked {
        from: RecordsFrom::path(&args.records),
        out: args.out,
        force: args.force,
        as_of: answer::date(args.as_of)?,
        options: answer::options(&args.search, Targets::All),
        limits: Limits::default(),
        jobs: args.jobs,
    };
    // Draws on standard error, and only if that is a terminal.
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg}  {eta} left") {
        bar.set_style(style);
    }
    let summary = credstack_registrar::run(&bundle, &asked, &mut |progress| {
        if let Some(total) = progress.total {
            bar.set_length(total);
        }
        bar.set_position(progress.done);
        bar.set_message(format!("{} learners", progress.learners));
    });
    bar.finish_and_clear();
    let summary = summary?;
    terminal.print(&text(&summary, &asked.out.display().to_string()))?;
    Ok(!(args.strict && summary.rejects > 0))
}

fn text(summary: &BatchSummary, out: &str) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{} as of {}, with bundle {}",
        styled(HEADING, &format!("{} evaluated", counted(summary.learners, "learner"))),
        summary.as_of,
        summary.bundle.get(..12).unwrap_or(&summary.bundle)
    );
    let widest = summary.input.iter().map(|counts| counts.file.chars().count()).max().unwrap_or_default();
    for counts in &summary.input {
        let _ = writeln!(
            text,
            "  {:widest$}  {:>8} rows = {:>8} evaluated + {:>6} rejected",
            counts.file, counts.rows, counts.evaluated, counts.rejected
        );
    }
    let statuses: Vec<String> =
        summary.statuses.iter().map(|(status, count)| format!("{count} {}", status.replace('_', " "))).collect();
    let _ = writeln!(text, "Answers: {}", if statuses.is_empty() { "none".to_owned() } else { statuses.join(", ") });
    let awards = counted(summary.awards, "award");
    let _ = writeln!(text, "{} can be made: {out}/eligible-for-award.csv", styled(GOOD, &awards));
    if summary.notices > 0 {
        let _ = writeln!(text, "{} about the records: {out}/notices.csv", counted(summary.notices, "notice"));
    }
    if summary.rejects > 0 {
        let rejects = format!("{} rejected", counted(summary.rejects, "row"));
        let _ = writeln!(text, "{}: {out}/rejects.csv; the first:", styled(BAD, &rejects));
        for reject in &summary.first_rejects {
            let _ = writeln!(text, "  {reject}");
        }
    }
    text
}

fn counted(count: u64, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
