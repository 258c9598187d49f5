//! Diagnostics as people and programs read them.

use std::collections::BTreeMap;

use credstack_engine::model::diagnostic::Shown as Worded;
use credstack_engine::model::source::Span;
use credstack_engine::model::{Diagnostic, Phrasebook, Place, Severity};
use credstack_rules::SourceResolver;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan};
use serde::Serialize;

use crate::excerpt::Excerpt;
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
    pub(crate) diagnostics: Vec<Worded<'a>>,
}

impl<'a> Report<'a> {
    /// Count the diagnostics.
    pub(crate) fn of(diagnostics: &'a [Diagnostic], language: &'a Phrasebook) -> Self {
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        let warnings = diagnostics.len() - errors;
        Self { errors, warnings, diagnostics: diagnostics.iter().map(|d| d.shown(language)).collect() }
    }

    /// Say `2 errors, 1 warning`, or what stands for none.
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

/// Render a failure as standard error shows it.
pub(crate) fn failure(failure: &Failure, color: bool) -> String {
    rendered(failure, color)
}

/// Render diagnostics with the lines they speak of.
pub(crate) fn diagnostics(
    diagnostics: &[Diagnostic],
    sources: &dyn SourceResolver,
    language: &Phrasebook,
    color: bool,
) -> String {
    let mut texts: BTreeMap<&str, Option<String>> = BTreeMap::new();
    let mut text = String::new();
    for diagnostic in diagnostics {
        let places = diagnostic.place.iter().chain(diagnostic.labels.iter().map(|label| &label.place));
        for span in places.filter_map(Place::span) {
            let read = || sources.read(&span.file).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            texts.entry(&span.file).or_insert_with(read);
        }
        text.push_str(&rendered(&Shown::of(diagnostic, &texts, language), color));
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
    file: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
    elsewhere: Vec<Shown>,
}

impl Shown {
    fn of(diagnostic: &Diagnostic, texts: &BTreeMap<&str, Option<String>>, language: &Phrasebook) -> Self {
        let text_of = |span: &Span| texts.get(span.file.as_str()).and_then(Option::as_ref);
        let mut shown = Self {
            message: diagnostic.message_in(language),
            code: diagnostic.code.to_string(),
            severity: diagnostic.severity,
            help: diagnostic.help_in(language),
            file: None,
            labels: Vec::new(),
            elsewhere: Vec::new(),
        };
        let place = diagnostic.place.as_ref();
        let span = place.and_then(Place::span);
        let mut here: Vec<(&Span, Option<String>)> = Vec::new();
        match (place, span.filter(|span| text_of(span).is_some())) {
            (_, Some(span)) => here.push((span, None)),
            (Some(place), None) => shown.message = format!("{place}: {}", shown.message),
            (None, None) => {}
        }
        for label in &diagnostic.labels {
            let Some(second) = label.place.span().filter(|span| text_of(span).is_some()) else { continue };
            let words = label.words.render(language);
            if span.is_some_and(|span| span.file == second.file) {
                here.push((second, Some(words)));
            } else {
                let mut other = Self {
                    message: words,
                    code: String::new(),
                    severity: Severity::Warning,
                    help: None,
                    file: None,
                    labels: Vec::new(),
                    elsewhere: Vec::new(),
                };
                other.point(&[(second, None)], text_of(second));
                shown.elsewhere.push(other);
            }
        }
        shown.point(&here, here.first().and_then(|(span, _)| text_of(span)));
        shown
    }

    /// Show the lines of one file with these spans on them.
    fn point(&mut self, spans: &[(&Span, Option<String>)], text: Option<&String>) {
        let (Some((first, _)), Some(text)) = (spans.first(), text) else { return };
        let all: Vec<&Span> = spans.iter().map(|(span, _)| *span).collect();
        let (excerpt, places) = Excerpt::of(&first.file, text, &all);
        self.file = Some(excerpt);
        let labels = places.into_iter().zip(spans);
        self.labels = labels.map(|(place, (_, words))| LabeledSpan::new_with_span(words.clone(), place)).collect();
    }
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
