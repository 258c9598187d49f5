//! Finds the words and names that nobody defines, before anything runs.

use std::collections::{BTreeMap, BTreeSet};

use credstack_base::nearest;
use credstack_model::source::{Place, Span};
use credstack_model::{Diagnostic, Source};

use crate::codes::script;
use crate::lex::{FileText, Kind};
use crate::spans::Spans;
use crate::state::Shared;
use crate::words;

/// Find the words that are used and that nobody defines, and say so of each.
pub(super) fn survey(
    files: &BTreeMap<String, String>,
    built_in: &BTreeSet<String>,
    shared: &Shared,
) -> BTreeSet<String> {
    let known = words::all();
    let mut unknown = BTreeSet::new();
    for file in files.keys() {
        let Some(text) = shared.borrow().texts.file(file).cloned() else { continue };
        let own = bound(&text);
        for (index, token) in text.tokens.iter().enumerate() {
            let Kind::Name(name) = &token.kind else { continue };
            let called = text.is_mark(index + 1, "(");
            let asked = text.is_method(index) && !called;
            let after_fn = index > 0 && matches!(&text.tokens[index - 1].kind, Kind::Name(n) if n == "fn");
            let imported = index > 0 && text.is_mark(index - 1, "::");
            if !(called || asked)
                || after_fn
                || imported
                || KEYWORDS.contains(&name.as_str())
                || RESERVED.contains(&name.as_str())
                || known.contains_key(name.as_str())
                || built_in.contains(name)
                || (called && own.contains_key(name))
                || words::PROPERTIES.contains(&name.as_str())
            {
                continue;
            }
            unknown.insert(name.clone());
            if called {
                let mut st = shared.borrow_mut();
                st.lost = true;
                st.say(unknown_word(name, text.span(token), &own));
            }
        }
    }
    unknown
}

/// Return the names that a file gives: functions, `let`, `const`, `for`, and parameters.
pub(super) fn bound(text: &FileText) -> BTreeMap<String, Source> {
    let mut names = BTreeMap::new();
    let mut in_bars = false;
    for (index, token) in text.tokens.iter().enumerate() {
        match &token.kind {
            Kind::Mark("|") => in_bars = !in_bars,
            Kind::Mark(")" | "{" | ";") => in_bars = false,
            Kind::Name(name) => {
                let after = index > 0
                    && matches!(&text.tokens[index - 1].kind, Kind::Name(n) if ["let", "const", "for", "fn", "as"].contains(&n.as_str()));
                if after || in_bars {
                    names.entry(name.clone()).or_insert_with(|| text.span(token).source());
                }
            }
            _ => {}
        }
    }
    names
}

/// Say that nobody defines a word.
fn unknown_word(name: &str, span: Span, own: &BTreeMap<String, Source>) -> Diagnostic {
    let words = words::all();
    let candidates = words.keys().copied().chain(own.keys().map(String::as_str));
    let unknown = script::UNKNOWN_WORD.of(&[("name", &name)]).on(Place::Span(span.clone()));
    match nearest(name, candidates) {
        Some(near) => unknown.with_help(script::NEAR, &[("near", &near)]).with_edit(span, near),
        None => unknown,
    }
}

/// Say that nobody gives a name: it is perhaps a misspelling, perhaps a text without its quotation marks.
pub(super) fn unknown_name(name: &str, source: &Source, own: &BTreeMap<String, Source>, spans: &Spans) -> Diagnostic {
    let near = nearest(name, own.keys().map(String::as_str).filter(|n| *n != name));
    let unknown = script::UNKNOWN_NAME.of(&[("name", &name)]).at(Some(source));
    match (near, spans.of(source)) {
        (Some(near), Some(span)) => unknown.with_help(script::NEAR, &[("near", &near)]).with_edit(span, near),
        (Some(near), None) => unknown.with_help(script::NEAR, &[("near", &near)]),
        (None, _) if words::all().contains_key(name) => unknown.with_help(script::NEEDS_PARENTHESES, &[]),
        (None, _) => unknown,
    }
}

const KEYWORDS: [&str; 22] = [
    "if", "else", "while", "loop", "do", "until", "for", "in", "switch", "return", "throw", "try", "catch", "fn",
    "import", "export", "as", "let", "const", "private", "true", "false",
];

/// Words that Rhai keeps for itself; the parser says so of each.
const RESERVED: [&str; 32] = [
    "is",
    "with",
    "until",
    "default",
    "use",
    "shared",
    "case",
    "match",
    "new",
    "public",
    "exit",
    "package",
    "module",
    "var",
    "static",
    "goto",
    "protected",
    "super",
    "thread",
    "spawn",
    "go",
    "await",
    "async",
    "sync",
    "yield",
    "void",
    "null",
    "nil",
    "print",
    "debug",
    "eval",
    "this",
];
