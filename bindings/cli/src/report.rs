//! Diagnostics as people and programs read them.

use std::collections::BTreeMap;

use credstack_engine::{Diagnostic, Severity, Source};
use credstack_rules::SourceResolver;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource};
use serde::Serialize;

use crate::failure::Failure;
use crate::terminal::Terminal;

/// What `check --format json` prints.
#[derive(Debug, Serialize)]
pub(crate) struct Report<'a> {
    /// How many errors.
    pub(crate) errors: usize,
    /// How many warnings.
    pub(crate) warnings: usize,
    /// All of them, in the order found.
    pub(crate) diagnostics: &'a [Diagnostic],
}

impl<'a> Report<'a> {
    pub(crate) fn of(diagnostics: &'a [Diagnostic]) -> Self {
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        Self { errors, warnings: diagnostics.len() - errors, diagnostics }
    }

    /// `2 errors, 1 warning`, or what stands for none.
    pub(crate) fn counts(&self) -> String {
        let counted = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        match (self.errors, self.warnings) {
            (0, 0) => "no errors".to_owned(),
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => format!("no errors, {}", counted(warnings, "warning")),
            (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
        }
    }
}

/// A failure, as standard error shows it.
pub(crate) fn failure(failure: &Failure, color: bool) -> String {
    rendered(failure, color)
}

/// Diagnostics with the lines they speak of.
pub(crate) fn diagnostics(diagnostics: &[Diagnostic], sources: &dyn SourceResolver, color: bool) -> String {
    let mut texts: BTreeMap<&str, Option<String>> = BTreeMap::new();
    let mut text = String::new();
    for diagnostic in diagnostics {
        let places = diagnostic.source.iter().chain(diagnostic.labels.iter().map(|label| &label.source));
        for place in places {
            let read = || sources.read(&place.file).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            texts.entry(&place.file).or_insert_with(read);
        }
        text.push_str(&rendered(&Shown::of(diagnostic, &texts), color));
        text.push('\n');
    }
    text
}

fn rendered(diagnostic: &dyn miette::Diagnostic, color: bool) -> String {
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(Terminal::width())
        .with_links(false)
        // Ids have hyphens and are copied from here.
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation);
    let mut text = String::new();
    if handler.render_report(&mut text, diagnostic).is_err() {
        // Rendering into a string fails only if a label lies outside its source.
        text = format!("{diagnostic}\n");
    }
    text
}

/// A diagnostic for miette, with the text of its file.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Shown {
    message: String,
    code: String,
    severity: Severity,
    help: Option<String>,
    file: Option<NamedSource<String>>,
    labels: Vec<LabeledSpan>,
    elsewhere: Vec<Shown>,
}

impl Shown {
    fn of(diagnostic: &Diagnostic, texts: &BTreeMap<&str, Option<String>>) -> Self {
        let text_of = |place: &Source| texts.get(place.file.as_str()).and_then(Option::as_ref);
        let mut shown = Self {
            message: diagnostic.message.clone(),
            code: diagnostic.code.clone(),
            severity: diagnostic.severity,
            help: diagnostic.help.clone(),
            file: None,
            labels: Vec::new(),
            elsewhere: Vec::new(),
        };
        if let Some(place) = &diagnostic.source {
            match text_of(place) {
                Some(text) => shown.point(place, text, None),
                None => shown.message = format!("{place}: {}", shown.message),
            }
        }
        for label in &diagnostic.labels {
            let here = diagnostic.source.as_ref().is_some_and(|place| place.file == label.source.file);
            match text_of(&label.source) {
                Some(text) if here => shown.point(&label.source, text, Some(label.message.clone())),
                Some(text) => {
                    let mut other = Self {
                        message: label.message.clone(),
                        code: String::new(),
                        severity: Severity::Warning,
                        help: None,
                        file: None,
                        labels: Vec::new(),
                        elsewhere: Vec::new(),
                    };
                    other.point(&label.source, text, None);
                    shown.elsewhere.push(other);
                }
                None => {}
            }
        }
        shown
    }

    fn point(&mut self, place: &Source, text: &str, message: Option<String>) {
        let (start, length) = span(place, text);
        self.file.get_or_insert_with(|| NamedSource::new(&place.file, text.to_owned()));
        self.labels.push(LabeledSpan::new(message, start, length));
    }
}

/// Where a place is in a text, and how far the word or quoted text that stands there reaches.
fn span(place: &Source, text: &str) -> (usize, usize) {
    let line = usize::try_from(place.line).unwrap_or(1).max(1);
    let column = usize::try_from(place.column).unwrap_or(1).max(1);
    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>().min(text.len());
    let rest = text.get(start..).unwrap_or_default();
    let on_line = rest.lines().next().unwrap_or_default();
    let into: usize = on_line.chars().take(column - 1).map(char::len_utf8).sum();
    let word = on_line.get(into..).unwrap_or_default();
    let length = match word.strip_prefix('"') {
        Some(quoted) => quoted.find('"').map_or(word.len(), |end| end + 2),
        None => word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len()),
    };
    (start + into, length.max(usize::from(!word.is_empty())))
}

impl miette::Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        (!self.code.is_empty()).then(|| Box::new(&self.code) as Box<dyn std::fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.file.as_ref().map(|source| source as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty()).then(|| Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = _>>)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        let related = self.elsewhere.iter().map(|shown| shown as &dyn miette::Diagnostic);
        (!self.elsewhere.is_empty()).then(|| Box::new(related) as Box<dyn Iterator<Item = _>>)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_cover_the_word_at_a_place() {
        let text = "let é = \"CSCI 5454\";\r\ncredits(3, pool)";
        let at = |line, column| {
            let (start, length) = span(&Source { file: String::new(), line, column }, text);
            &text[start..start + length]
        };
        assert_eq!(at(1, 5), "é");
        assert_eq!(at(1, 9), "\"CSCI 5454\"");
        assert_eq!(at(2, 1), "credits");
        assert_eq!(at(2, 8), "(");
        assert_eq!((at(2, 99), at(9, 1)), ("", ""));
    }
}
