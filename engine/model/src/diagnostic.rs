//! Diagnostics: what a person who writes rules or keeps the catalog is told. Plain data; only the
//! command line and the web render them.
//!
//! A diagnostic has a code, arguments and a place, and no finished sentence: [`Diagnostic::message`]
//! makes that from the [`Descriptor`] of its code, in English, and [`Diagnostic::message_in`] in
//! another language.

use std::borrow::Cow;
use std::fmt::Display;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::source::{Place, Position, Source, Span};
use super::wording::{Argument, ENGLISH, Phrasebook, Words};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing can be built from this.
    Error,
    /// It can be built, but is probably not what was meant.
    Warning,
}

/// One thing that can be said: a code with its words. Several may have the same code, where the
/// same mistake is told in different words.
#[derive(Debug)]
pub struct Descriptor {
    /// A stable code in kebab-case, such as `unknown-credential`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The template of the sentence that says what is wrong: lower-case start, no full stop, the
    /// author's names in back-ticks.
    pub message: &'static str,
    /// The template of the sentence that says how to mend it; empty where that depends on more.
    pub help: &'static str,
}

/// One thing to be said about a rule, a catalog, or another input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code in kebab-case, such as `unknown-credential`.
    pub code: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub words: Words,
    /// Where.
    pub place: Option<Place>,
    /// Other places that have to do with it.
    pub labels: Vec<Label>,
    /// How to mend it; the likeliest way first.
    pub fixes: Vec<Fix>,
}

/// A second place that a diagnostic points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub words: Words,
}

/// A way to mend what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to do.
    pub words: Words,
    /// The change itself, where it is known to the letter.
    pub edit: Option<Edit>,
}

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

impl Descriptor {
    /// Create the descriptor of an error.
    #[must_use]
    pub const fn error(code: &'static str, message: &'static str, help: &'static str) -> Self {
        Self { code, severity: Severity::Error, message, help }
    }

    /// Create the descriptor of a warning.
    #[must_use]
    pub const fn warning(code: &'static str, message: &'static str, help: &'static str) -> Self {
        Self { code, severity: Severity::Warning, message, help }
    }

    /// Create a diagnostic without a place. The message and the first fix share the arguments.
    #[must_use]
    pub fn of(&self, arguments: &[(&'static str, &dyn Display)]) -> Diagnostic {
        let words = Words::new(self.message, arguments);
        let mut fixes = Vec::new();
        if !self.help.is_empty() {
            let words = Words { template: self.help, arguments: words.arguments.clone() };
            fixes.push(Fix { words, edit: None });
        }
        let Self { code, severity, .. } = *self;
        Diagnostic { code: Cow::Borrowed(code), severity, words, place: None, labels: Vec::new(), fixes }
    }
}

impl Diagnostic {
    /// Create an error with a finished sentence, which stays as it is in every language.
    #[must_use]
    pub fn verbatim(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            severity: Severity::Error,
            words: Words::verbatim(message),
            place: None,
            labels: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Put the diagnostic at a point of a rule file; leave it without a place where there is none.
    #[must_use]
    pub fn at(mut self, source: Option<&Source>) -> Self {
        self.place = source.map(|source| Place::Span(Span::point(source)));
        self
    }

    /// Put the diagnostic at a place.
    #[must_use]
    pub fn on(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Add an argument that has words of its own, to the message and to all fixes.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: Argument) -> Self {
        for fix in &mut self.fixes {
            fix.words.arguments.push((name, argument.clone()));
        }
        self.words.arguments.push((name, argument));
        self
    }

    /// Replace the fixes by one sentence. It has the arguments of the message, and these.
    #[must_use]
    pub fn with_help(mut self, help: &'static str, arguments: &[(&'static str, &dyn Display)]) -> Self {
        let mut words = Words::new(help, arguments);
        words.arguments.extend(self.words.arguments.iter().cloned());
        self.fixes.clear();
        self.fixes.push(Fix { words, edit: None });
        self
    }

    /// Add the change that the first fix speaks of.
    #[must_use]
    pub fn with_edit(mut self, span: Span, replacement: impl Into<String>) -> Self {
        if let Some(fix) = self.fixes.first_mut() {
            fix.edit = Some(Edit { span, replacement: replacement.into() });
        }
        self
    }

    /// Add a second place.
    #[must_use]
    pub fn with_label(mut self, source: &Source, words: Words) -> Self {
        self.labels.push(Label { place: Place::Span(Span::point(source)), words });
        self
    }

    /// Return what is wrong, in English: one sentence with a lower-case start and no full stop.
    #[must_use]
    pub fn message(&self) -> String {
        self.words.render(&ENGLISH)
    }

    /// Return what is wrong, in a language.
    #[must_use]
    pub fn message_in(&self, language: &Phrasebook) -> String {
        self.words.render(language)
    }

    /// Return the place, where there is one, and what is wrong, in English.
    #[must_use]
    pub fn told(&self) -> String {
        match &self.place {
            Some(place) => format!("{place}: {}", self.message()),
            None => self.message(),
        }
    }

    /// Return how to mend it, in English.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        self.help_in(&ENGLISH)
    }

    /// Return how to mend it, in a language.
    #[must_use]
    pub fn help_in(&self, language: &Phrasebook) -> Option<String> {
        self.fixes.first().map(|fix| fix.words.render(language))
    }

    /// Return where it starts, if it is in a rule file.
    #[must_use]
    pub fn source(&self) -> Option<Source> {
        self.place.as_ref().and_then(Place::span).map(Span::source)
    }

    /// Return the diagnostic as JSON is written of it, with its sentences in a language.
    #[must_use]
    pub const fn shown<'a>(&'a self, language: &'a Phrasebook) -> Shown<'a> {
        Shown { diagnostic: self, language }
    }
}

/// Writes the diagnostic with its sentences in English.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown(&ENGLISH).serialize(serializer)
    }
}

/// A diagnostic with the language of its sentences, to be written as JSON.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    diagnostic: &'a Diagnostic,
    language: &'a Phrasebook,
}

/// A place as JSON is written of it.
#[derive(Serialize)]
struct ShownPlace<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Position>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Position>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

#[derive(Serialize)]
struct ShownLabel<'a> {
    #[serde(flatten)]
    place: ShownPlace<'a>,
    message: String,
}

#[derive(Serialize)]
struct ShownFix<'a> {
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit: Option<ShownEdit<'a>>,
}

#[derive(Serialize)]
struct ShownEdit<'a> {
    file: &'a str,
    start: Position,
    end: Position,
    replacement: &'a str,
}

impl<'a> ShownPlace<'a> {
    fn of(place: &'a Place) -> Self {
        let nowhere = Self { source: None, start: None, end: None, file: None, line: None, column: None, path: None };
        match place {
            Place::Span(span) => {
                Self { source: Some(span.source()), start: Some(span.start), end: Some(span.end), ..nowhere }
            }
            Place::File(file) => Self { file: Some(file), ..nowhere },
            Place::Row { file, line, column } => {
                Self { file: Some(file), line: Some(*line), column: column.as_deref(), ..nowhere }
            }
            Place::Path { file, path } => Self { file: file.as_deref(), path: Some(path), ..nowhere },
        }
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { diagnostic, language } = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &diagnostic.code)?;
        map.serialize_entry("severity", &diagnostic.severity)?;
        map.serialize_entry("message", &diagnostic.message_in(language))?;
        match &diagnostic.place {
            Some(Place::Span(span)) => {
                map.serialize_entry("source", &span.source())?;
                map.serialize_entry("start", &span.start)?;
                map.serialize_entry("end", &span.end)?;
            }
            Some(place) => map.serialize_entry("place", &ShownPlace::of(place))?,
            None => {}
        }
        if let Some(help) = diagnostic.help_in(language) {
            map.serialize_entry("help", &help)?;
        }
        if !diagnostic.labels.is_empty() {
            let labels: Vec<ShownLabel<'_>> = diagnostic
                .labels
                .iter()
                .map(|label| ShownLabel { place: ShownPlace::of(&label.place), message: label.words.render(language) })
                .collect();
            map.serialize_entry("labels", &labels)?;
        }
        if diagnostic.fixes.iter().any(|fix| fix.edit.is_some()) || diagnostic.fixes.len() > 1 {
            let fixes: Vec<ShownFix<'_>> = diagnostic
                .fixes
                .iter()
                .map(|fix| ShownFix {
                    message: fix.words.render(language),
                    edit: fix.edit.as_ref().map(|edit| ShownEdit {
                        file: &edit.span.file,
                        start: edit.span.start,
                        end: edit.span.end,
                        replacement: &edit.replacement,
                    }),
                })
                .collect();
            map.serialize_entry("fixes", &fixes)?;
        }
        map.end()
    }
}
