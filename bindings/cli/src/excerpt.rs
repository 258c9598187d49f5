//! The lines of a file that a report shows, with long ones cut around what is pointed at.

use std::ops::Range;

use credstack_engine::model::source::{Position, Span};
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// The most characters of a line that is shown whole.
const LONGEST: usize = 200;
/// How many characters are shown before and after what is pointed at, where a line is cut.
const AROUND: usize = 40;
/// The most characters that are pointed at, where a line is cut.
const POINTED: usize = 100;
/// What stands where a line is cut.
const CUT: &str = "…";

/// A text to point at.
#[derive(Debug)]
pub(crate) struct Excerpt {
    name: String,
    text: String,
    /// Where the text was cut before a place: its offset, and its column in the file, from zero.
    columns: Vec<(usize, usize)>,
}

impl Excerpt {
    /// Create an excerpt of a file, and say where in it the spans are.
    pub(crate) fn of(name: &str, text: &str, spans: &[&Span]) -> (Self, Vec<SourceSpan>) {
        let ranges: Vec<Range<usize>> = spans.iter().map(|span| range(span, text)).collect();
        let mut shown = String::with_capacity(text.len());
        // What is shown: where it was, and where it is now.
        let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
        let mut cut_lines: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let whole = start..start + line.len();
            let kept = if line.chars().count() > LONGEST {
                cut_lines.push(whole.clone());
                kept(text, &whole, &ranges)
            } else {
                vec![whole.clone()]
            };
            for piece in kept {
                if piece.start > pieces.last().map_or(0, |(last, _)| last.end) {
                    shown.push_str(CUT);
                }
                pieces.push((piece.clone(), shown.len()));
                shown.push_str(&text[piece]);
            }
            start = whole.end;
        }
        let now = |offset: usize| {
            let piece = pieces.iter().find(|(was, _)| was.start <= offset && offset <= was.end);
            piece.map_or(shown.len(), |(was, now)| now + offset - was.start)
        };
        let mut columns = Vec::new();
        let mut places = Vec::new();
        for (range, span) in ranges.iter().zip(spans) {
            let first = now(range.start);
            let last_shown =
                pieces.iter().find(|(was, _)| was.contains(&range.start)).map_or(range.end, |(was, _)| was.end);
            places.push((first, now(range.end.min(last_shown)).saturating_sub(first)).into());
            if cut_lines.iter().any(|line| line.contains(&range.start)) {
                columns.push((first, count(span.start.column)));
            }
        }
        (Self { name: name.to_owned(), text: shown, columns }, places)
    }
}

/// Choose what is shown of a long line: some characters around each place on it, or its start.
fn kept(text: &str, line: &Range<usize>, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let end = line.start + text[line.clone()].trim_end_matches(['\r', '\n']).len();
    let after = |from: usize, characters: usize| {
        text[from..end].char_indices().nth(characters).map_or(end, |(offset, _)| from + offset)
    };
    let before = |from: usize| {
        text[line.start..from].char_indices().nth_back(AROUND - 1).map_or(line.start, |(offset, _)| line.start + offset)
    };
    let mut wanted: Vec<Range<usize>> = ranges
        .iter()
        .filter(|range| line.contains(&range.start) && range.start <= end)
        .map(|range| before(range.start)..after(range.end.min(after(range.start, POINTED)).min(end), AROUND))
        .collect();
    if wanted.is_empty() {
        wanted.push(line.start..after(line.start, POINTED));
    }
    wanted.sort_by_key(|range| range.start);
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in wanted {
        match kept.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => kept.push(range),
        }
    }
    // The line still ends; what comes before its end is cut too.
    kept.push(end..line.end);
    kept
}

/// Find where a span is in a text. Of one that has several lines only the first is pointed at, so that
/// a whole requirement does not fill the screen; one without an end covers one character.
fn range(span: &Span, text: &str) -> Range<usize> {
    let start = offset(span.start, text);
    let line_end = start + text[start..].find('\n').unwrap_or(text.len() - start);
    let line_end = start + text[start..line_end].trim_end_matches('\r').len();
    let end = if span.end.line > span.start.line { line_end } else { offset(span.end, text).min(line_end) };
    let one = text[start..line_end].chars().next().map_or(0, char::len_utf8);
    start..end.max(start + one)
}

/// Find where a position is in a text; the end of its line, or of the text, where it lies behind.
fn offset(position: Position, text: &str) -> usize {
    let (line, column) = (count(position.line), count(position.column));
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let on_line = text[start..].lines().next().unwrap_or_default();
    start + on_line.char_indices().nth(column).map_or(on_line.len(), |(offset, _)| offset)
}

/// Count a line or column from zero.
fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1)
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.text.read_span(span, lines_before, lines_after)?;
        let known = self.columns.iter().find(|(offset, _)| *offset == read.span().offset());
        let column = known.map_or(read.column(), |(_, column)| *column);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            read.data(),
            *read.span(),
            read.line(),
            column,
            read.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: (u32, u32), end: (u32, u32)) -> Span {
        let position = |(line, column)| Position { line, column };
        Span { file: "a.rhai".to_owned(), start: position(start), end: position(end) }
    }

    /// Return what an excerpt points at.
    fn pointed(text: &str, start: (u32, u32), end: (u32, u32)) -> String {
        let (excerpt, places) = Excerpt::of("a.rhai", text, &[&span(start, end)]);
        excerpt.text[places[0].offset()..places[0].offset() + places[0].len()].to_owned()
    }

    #[test]
    fn spans_are_found_by_lines_and_characters() {
        let text = "let é = \"CSCI 5454\";\r\ncredits(3, pool)";
        let cases = [
            ((1, 5), (1, 6), "é"),
            ((1, 9), (1, 20), "\"CSCI 5454\""),
            ((2, 1), (2, 8), "credits"),
            ((2, 8), (2, 8), "("),
            ((1, 9), (2, 8), "\"CSCI 5454\";"),
            ((2, 99), (2, 99), ""),
            ((9, 1), (9, 1), ""),
        ];
        for (start, end, wanted) in cases {
            assert_eq!(pointed(text, start, end), wanted, "{start:?}");
        }
    }

    #[test]
    fn long_lines_are_cut_around_what_is_pointed_at() {
        let text = format!("let a = [{}];\ndegree({}\"last\");\n", "\"é 1\", ".repeat(900), "\"x\", ".repeat(1_000));
        let at = |column: u32, width: u32| span((2, column), (2, column + width));
        let (excerpt, places) = Excerpt::of("a.rhai", &text, &[&at(8, 3), &at(5_008, 6)]);
        let shown: Vec<&str> =
            places.iter().map(|place| &excerpt.text[place.offset()..place.offset() + place.len()]).collect();
        assert_eq!(shown, ["\"x\"", "\"last\""]);
        let lines: Vec<&str> = excerpt.text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.chars().count() < LONGEST), "{lines:#?}");
        assert!(lines[0].starts_with("let a") && lines[0].ends_with(CUT), "{lines:#?}");
        assert!(
            lines[1].starts_with("degree(\"x\"") && lines[1].contains(CUT) && lines[1].ends_with(");"),
            "{lines:#?}"
        );
        let read = excerpt.read_span(&places[1], 0, 0).unwrap();
        assert_eq!((read.line(), read.column()), (1, 5_007));
    }

    #[test]
    fn what_is_pointed_at_is_cut_too() {
        let text = format!("one_of([{}]);", "\"A 1\", ".repeat(1_000));
        assert_eq!(pointed(&text, (1, 8), (1, 7_010)).chars().count(), POINTED + AROUND);
        assert_eq!(pointed(&text[..150], (1, 8), (1, 140)).chars().count(), 132);
    }
}
