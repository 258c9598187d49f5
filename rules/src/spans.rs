//! Where the text at a point of a rule file ends. Bundles and answers hold points only, so the ends
//! stand here, beside the catalog.

use std::collections::BTreeMap;
use std::sync::Arc;

use credstack_model::Diagnostic;
use credstack_model::source::{Place, Source, Span};

use crate::lex::FileText;

/// The spans of all words of a pack's files.
#[derive(Clone, Debug, Default)]
pub struct Spans {
    files: BTreeMap<String, Arc<FileText>>,
}

impl Spans {
    /// Take the files of a pack apart.
    pub(crate) fn read(files: &BTreeMap<String, String>) -> Self {
        let read = |(file, text): (&String, &String)| (file.clone(), Arc::new(FileText::read(file, text)));
        Self { files: files.iter().map(read).collect() }
    }

    /// Return the tokens of a file.
    pub(crate) fn file(&self, file: &str) -> Option<&Arc<FileText>> {
        self.files.get(file)
    }

    /// Return all files, by name.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Arc<FileText>> {
        self.files.values()
    }

    /// Return the span of the word, text or mark that starts at a point; nothing where none does.
    #[must_use]
    pub fn of(&self, source: &Source) -> Option<Span> {
        self.file(&source.file)?.span_at(source)
    }

    /// Give every point of a diagnostic the end of what stands there.
    #[must_use]
    pub fn with_ends(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let labels = diagnostic.labels.iter_mut().map(|label| &mut label.place);
        for place in diagnostic.place.iter_mut().chain(labels) {
            if let Place::Span(span) = place
                && span.is_point()
                && let Some(whole) = self.of(&span.source())
            {
                *span = whole;
            }
        }
        diagnostic
    }
}
