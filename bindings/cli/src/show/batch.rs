//! What `credstack batch` prints when it is done.

use std::fmt::Write as _;

use credstack_registrar::BatchSummary;

use crate::terminal::{BAD, GOOD, HEADING, styled};

/// Render the counts of a batch that was written to the folder `out`.
pub(crate) fn text(summary: &BatchSummary, out: &str) -> String {
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
