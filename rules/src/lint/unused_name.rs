//! # unused-name
//!
//! **What it finds:** a name that is given with `let` or `const` and never used.
//!
//! **Why it matters:** a list of courses that no requirement uses is usually a requirement that was
//! forgotten, or one that names another list by mistake.
//!
//! **Example:** `let electives = ["CSCI 5502"];` in a file that never says `electives` again. Use
//! it, export it, or remove it.

use credstack_model::{Descriptor, Diagnostic, Place};

use super::context::Context;
use crate::lex::Kind;

pub(crate) static UNUSED_NAME: Descriptor =
    Descriptor::warning("unused-name", "`{name}` is never used", "use it, `export` it for other files, or remove it");

pub(super) fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    if !context.whole {
        return Vec::new();
    }
    let mut found = Vec::new();
    for text in context.texts.files() {
        let name_at = |index: usize| match text.tokens.get(index).map(|t| &t.kind) {
            Some(Kind::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        for index in 0..text.tokens.len() {
            let gives = matches!(name_at(index), Some("let" | "const"));
            let exported = index > 0 && name_at(index - 1) == Some("export");
            let Some(name) = name_at(index + 1) else { continue };
            if !gives || exported || name.starts_with('_') {
                continue;
            }
            let used = (0..text.tokens.len()).any(|other| other != index + 1 && name_at(other) == Some(name));
            if !used {
                let place = Place::Span(text.span(&text.tokens[index + 1]));
                found.push(UNUSED_NAME.of(&[("name", &name)]).on(place));
            }
        }
    }
    found
}
