//! Reads the texts of a pack's files.

use std::collections::BTreeMap;

use credstack_model::{Diagnostic, Source};

use crate::codes::script;
use crate::sources::{ENTRY, RuleLimits, SourceResolver};
use crate::spans::Spans;
use crate::state::Shared;

/// Read the texts of all files, within the limits.
pub(super) fn read(sources: &dyn SourceResolver, limits: &RuleLimits, shared: &Shared) -> BTreeMap<String, String> {
    let mut st = shared.borrow_mut();
    let mut names: Vec<String> = sources.files().into_iter().filter(|f| f.ends_with(".rhai")).collect();
    names.sort();
    names.dedup();
    let mut refuse = |file: &str, diagnostic: Diagnostic| {
        let source = Source { file: file.to_owned(), line: 1, column: 1 };
        st.lost = true;
        st.say(diagnostic.at(Some(&source)));
    };
    if names.len() > limits.files {
        refuse(ENTRY, script::TOO_MANY_FILES.of(&[("found", &names.len()), ("allowed", &limits.files)]));
        names.truncate(limits.files);
    }
    if !names.iter().any(|name| name == ENTRY) {
        refuse(ENTRY, script::NO_ENTRY.of(&[("file", &ENTRY)]));
    }
    let mut files = BTreeMap::new();
    let mut total = 0_usize;
    for name in names {
        let bytes = match sources.read(&name) {
            Ok(bytes) => bytes,
            Err(why) => {
                refuse(&name, script::UNREADABLE_FILE.of(&[("cause", &why)]));
                continue;
            }
        };
        total = total.saturating_add(bytes.len());
        if bytes.len() > limits.file_bytes || total > limits.total_bytes {
            let sizes = script::FILE_TOO_LARGE.of(&[
                ("found", &bytes.len()),
                ("allowed", &limits.file_bytes),
                ("together", &limits.total_bytes),
            ]);
            refuse(&name, sizes);
            continue;
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                files.insert(name, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
                refuse(&name, script::NOT_TEXT.of(&[("line", &line)]));
            }
        }
    }
    st.texts = Spans::read(&files);
    files
}
