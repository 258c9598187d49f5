//! Cells and columns of the CSV files that are written.

use std::borrow::Cow;

/// Columns of `summary.csv`. `credits_short` is the distance in credits; `next_step` is a sentence
/// for the learner, empty when nothing is left to do.
pub const SUMMARY_COLUMNS: [&str; 10] = [
    "learner_id",
    "credential_id",
    "credential_title",
    "credential_kind",
    "declared",
    "status",
    "admission",
    "conferral_gate",
    "credits_short",
    "next_step",
];

/// Columns of `eligible-for-award.csv`. `declared` credentials of one learner were solved
/// together, so they may be awarded together; every other row is an answer of its own beside what
/// is already conferred. `same_attainments_as` names the learner's other rows of this file that
/// count one of the same attainments: awarding one of them can take it from the other, so where
/// one of the two is not declared, declare both and run again before awarding both.
pub const AWARD_COLUMNS: [&str; 11] = [
    "learner_id",
    "credential_id",
    "credential_title",
    "credential_kind",
    "declared",
    "admission",
    "edition",
    "as_of",
    "attainments",
    "codes",
    "same_attainments_as",
];

/// Columns of `notices.csv`: what is doubtful in a record that was evaluated all the same, such as
/// a code that the catalog does not list or a grade that is not on its scale.
pub const NOTICE_COLUMNS: [&str; 2] = ["learner_id", "notice"];

/// Columns of `rejects.csv`. `row` is the input row, cut after 500 characters.
pub const REJECT_COLUMNS: [&str; 6] = ["file", "line", "learner_id", "reason", "how_to_mend", "row"];

/// Make a text such that a spreadsheet shows it and does not run it: what starts like a formula gets an
/// apostrophe in front, as [OWASP](https://owasp.org/www-community/attacks/CSV_Injection) advises.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Keep at most so many characters of a text, with an ellipsis if any are left out.
pub(crate) fn cut(text: &str, characters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(characters) {
        Some((at, _)) => Cow::Owned(format!("{}…", text.get(..at).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// Write one CSV row, with its line end; every cell is made inert.
pub(crate) fn row<'a>(cells: impl IntoIterator<Item = Cow<'a, str>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let cells: Vec<String> = cells.into_iter().map(|cell| inert(&cell).into_owned()).collect();
    // Writing to a vector in memory cannot fail, and one row cannot differ in length from others.
    let written = writer.write_record(&cells).is_ok();
    debug_assert!(written);
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_inert() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(inert(bad), format!("'{bad}"));
        }
        assert_eq!(inert("CSCI 5454"), "CSCI 5454");
        let cells = ["=cmd|' /C calc'!A0", "a,\"b\""].map(Cow::Borrowed);
        assert_eq!(row(cells), b"'=cmd|' /C calc'!A0,\"a,\"\"b\"\"\"\n");
    }

    #[test]
    fn long_rows_are_cut_at_a_character() {
        assert_eq!(cut("äöü", 2), "äö…");
        assert_eq!(cut("äöü", 3), "äöü");
    }
}
