//! Input rows, and those of them that are not evaluated.

use std::sync::Arc;

use credstack_engine::model::{Argument, Diagnostic, Fix, Place, Words};

use crate::codes;

/// How many characters of a refused row are shown.
pub(crate) const SHOWN_CHARACTERS: usize = 500;

/// An input row: its place, and its text, cut for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowAt {
    /// The file, as messages name it.
    pub(crate) file: Arc<str>,
    /// The line, from one.
    pub(crate) line: u64,
    pub(crate) text: String,
}

/// An input row that is not evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reject {
    pub(crate) row: RowAt,
    /// The learner, as far as the row names one.
    pub(crate) learner: String,
    /// Why not. It has a place in the row's file.
    pub(crate) diagnostic: Diagnostic,
}

impl RowAt {
    /// Return the place of the row, or of its cell in a column.
    pub(crate) fn place(&self, column: Option<&str>) -> Place {
        Place::Row { file: self.file.to_string(), line: self.line, column: column.map(str::to_owned) }
    }
}

impl Reject {
    /// Create a reject. A diagnostic without a place is put at the row.
    pub(crate) fn new(row: RowAt, learner: impl Into<String>, mut diagnostic: Diagnostic) -> Self {
        diagnostic.place.get_or_insert_with(|| row.place(None));
        Self { row, learner: learner.into(), diagnostic }
    }
}

/// Join all that is wrong with one row or one header: code and place are those of the first, but
/// the place is no single column. The same remedy for neighbours is told once.
pub(crate) fn joined(diagnostics: Vec<Diagnostic>) -> Option<Diagnostic> {
    let mut rest = diagnostics.into_iter();
    let mut all = rest.next()?;
    let mut words = vec![all.words.clone()];
    let mut helps: Vec<Words> = all.fixes.drain(..).map(|fix| fix.words).collect();
    for other in rest {
        words.push(other.words);
        helps.extend(other.fixes.into_iter().map(|fix| fix.words));
        if let Some(Place::Row { column, .. }) = &mut all.place {
            *column = None;
        }
    }
    helps.dedup_by_key(|help| help.to_string());
    all.fixes.extend(chain(helps).map(|words| Fix { words, edit: None }));
    if let Some(words) = chain(words) {
        all.words = words;
    }
    Some(all)
}

/// Join sentences by halves: a row can have so many faults that joining them one by one would nest
/// too deep to be rendered.
fn chain(mut sentences: Vec<Words>) -> Option<Words> {
    if sentences.len() < 2 {
        return sentences.pop();
    }
    let last = chain(sentences.split_off(sentences.len() / 2))?;
    let before = chain(sentences)?;
    Some(Words::plain(codes::JOINED).with("before", Argument::Words(before)).with("last", Argument::Words(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_row_are_told_with_each_remedy_once() {
        let row = RowAt { file: "t.csv".into(), line: 3, text: String::new() };
        let empty = |column: &str| codes::EMPTY_CELL.of(&[("column", &column)]).on(row.place(Some(column)));
        let all = joined(vec![empty("a"), empty("b"), empty("c")]).unwrap();
        assert_eq!(all.message(), "column `a` is empty; column `b` is empty; column `c` is empty");
        assert_eq!((all.help().unwrap().as_str(), all.place), ("fill it in", Some(row.place(None))));
        let one = joined(vec![empty("a")]).unwrap();
        assert_eq!(one, empty("a"));
        let many = joined(vec![empty("a"); 100_000]).unwrap();
        assert_eq!(many.message().len(), 100_000 * "column `a` is empty; ".len() - 2);
    }
}
