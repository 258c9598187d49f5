//! Every diagnostic covers what it is about, from its first character to its last.

use credstack_model::Place;
use credstack_model::source::{Position, Span};

use super::built;
use crate::MemorySources;

/// What stands between the start and the end of a span.
fn covered(text: &str, span: &Span) -> String {
    let mut here = Position { line: 1, column: 1 };
    let mut covered = String::new();
    for c in text.chars() {
        if (span.start..span.end).contains(&here) {
            covered.push(c);
        }
        here = match c {
            '\n' => Position { line: here.line + 1, column: 1 },
            _ => Position { column: here.column + 1, ..here },
        };
    }
    covered
}

/// What the diagnostics of rules cover, each with its labels.
fn said(rules: &str) -> Vec<Vec<String>> {
    let text = format!("catalog(\"t\", \"Test\");\n{rules}");
    let places = |place: &Place| place.span().map(|span| covered(&text, span)).unwrap_or_default();
    built(&MemorySources::of(&text))
        .diagnostics
        .iter()
        .map(|d| d.place.iter().chain(d.labels.iter().map(|label| &label.place)).map(places).collect())
        .collect()
}

#[test]
fn words_and_particulars_are_covered_whole() {
    for (rules, wanted) in [
        ("degre(\"d\", \"D\");", "degre"),
        ("degree(\"d\", \"D\").completion(credits(\"é x\", [\"A 1\"]));", "\"é x\""),
        ("degree(\"d\", \"D\").completion(credits(9, [\n  \"A 1\",\n  [],\n  7]));", "[\n  \"A 1\",\n  [],\n  7]"),
        ("degree(\"d\", \"D\").completion(credits(1.5 + 1.23456, \"A *\"));", "1.5 + 1.23456"),
        ("degree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"Z\"));", "credits"),
        ("let a = \"open;\n", "\"open;"),
        ("let a = [`a\nb`];", "a"),
    ] {
        assert_eq!(said(rules).first().and_then(|all| all.first()).map(String::as_str), Some(wanted), "{rules}");
    }
}

#[test]
fn second_places_are_covered_too() {
    assert_eq!(
        said(
            "badge(\"b\", \"B\").completion(courses(1, \"A *\"));\ncertificate(\"b\", \"C\").completion(courses(1, \"A *\"));"
        ),
        [["certificate", "badge"]]
    );
    assert_eq!(said("degree(\"d\", \"D\").completion(all_of([\"A 1\"));"), [["[", ")"]]);
}

#[test]
fn edits_replace_what_they_cover() {
    let rules = "catalog(\"t\", \"T\");\ndegree(\"d\", \"D\").completion(credits(9, of_kind(\"bage\")).or(elective));\nlet electives = 1;";
    let mut edits = Vec::new();
    for diagnostic in built(&MemorySources::of(rules)).diagnostics {
        for edit in diagnostic.fixes.iter().filter_map(|fix| fix.edit.as_ref()) {
            edits.push((covered(rules, &edit.span), edit.replacement.clone()));
        }
    }
    let edits: Vec<(&str, &str)> = edits.iter().map(|(was, is)| (was.as_str(), is.as_str())).collect();
    assert_eq!(edits, [("\"bage\"", "\"badge\""), ("elective", "electives")]);
}
