//! Where something was written: a point, a span, a row of a table, or a path in a document.

use std::fmt;

use serde::{Deserialize, Serialize};

use credstack_base::json::FromJson;

/// A place in a rule file. Lines and columns count from one; the column counts characters.
// Bundles and answers hold such points. Where the text at a point ends is known only beside the rule files, as a
// [`Span`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The file, relative to its pack.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A position in a text. Lines and columns count from one; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file, relative to its pack.
    pub file: String,
    /// The position of the first character.
    pub start: Position,
    /// The position after the last character; the start where the end is not known.
    pub end: Position,
}

impl Span {
    /// Create the span of a point whose end is not known.
    #[must_use]
    pub fn point(source: &Source) -> Self {
        let start = Position { line: source.line, column: source.column };
        Self { file: source.file.clone(), start, end: start }
    }

    /// Return the point where the span starts.
    #[must_use]
    pub fn source(&self) -> Source {
        Source { file: self.file.clone(), line: self.start.line, column: self.start.column }
    }

    /// Tell if the end is not known, or nothing stands here.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.start == self.end
    }
}

/// What a diagnostic points to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A stretch of a rule file.
    Span(Span),
    /// A file as a whole.
    File(String),
    /// A row of a table.
    Row {
        /// The file.
        file: String,
        /// The line, from one.
        line: u64,
        /// The name of the column, where one cell is meant.
        column: Option<String>,
    },
    /// A value inside a document.
    Path {
        /// The file, where the document has one.
        file: Option<String>,
        /// A JSON pointer or a path that the document's reader gives.
        path: String,
    },
}

impl Place {
    /// Return the span, where this is one.
    #[must_use]
    pub const fn span(&self) -> Option<&Span> {
        match self {
            Self::Span(span) => Some(span),
            Self::File(_) | Self::Row { .. } | Self::Path { .. } => None,
        }
    }
}

/// Writes the place as sentences name it. The sentence about a row names the column itself.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Span(span) => write!(f, "{}:{}:{}", span.file, span.start.line, span.start.column),
            Self::File(file) => f.write_str(file),
            Self::Row { file, line, .. } => write!(f, "{file}, line {line}"),
            Self::Path { file: None, path } => f.write_str(path),
            Self::Path { file: Some(file), path } => write!(f, "{file}: {path}"),
        }
    }
}
