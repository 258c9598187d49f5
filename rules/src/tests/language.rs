//! The reference: its examples load, and it has every word.

use credstack_model::CredentialId;

use super::{built, shown};
use crate::MemorySources;

const REFERENCE: &str = include_str!("../../LANGUAGE.md");

/// The examples of the reference as one file. Other lines become blank, so that places agree.
fn examples() -> String {
    let mut inside = false;
    let keep = |line: &str| {
        if line.starts_with("```") {
            inside = line == "```rhai";
            return String::new();
        }
        if inside { line.to_owned() } else { String::new() }
    };
    REFERENCE.lines().map(keep).collect::<Vec<_>>().join("\n")
}

#[test]
fn examples_of_the_reference_load() {
    let built = built(&MemorySources::of(&examples()));
    // Some examples only show what a list can be.
    let said: Vec<_> = built.diagnostics.into_iter().filter(|d| d.code != "unused-name").collect();
    assert!(said.is_empty(), "{}", shown(&said));
    let bundle = built.bundle.expect("a bundle");
    let catalog = bundle.catalog();
    assert_eq!(catalog.credentials.len(), 9);
    assert_eq!(catalog.stacks.len(), 5);
    assert_eq!(catalog.sharing.len(), 6);
    assert_eq!(built.tests.len(), 2);
    let ai = &catalog.credentials[&CredentialId::new("ai-certificate").unwrap()];
    assert_eq!(
        ai.editions.iter().map(|e| (e.from_year, e.to_year)).collect::<Vec<_>>(),
        [(None, Some(2023)), (Some(2024), Some(2025)), (Some(2026), None)]
    );
    assert!(ai.editions.iter().all(|e| e.admission.is_some()), "what stands before the first year holds for all");
}

#[test]
fn the_reference_has_every_word() {
    let missing: Vec<&str> = crate::words::all()
        .into_keys()
        .filter(|word| !REFERENCE.contains(&format!("{word}(")) && !REFERENCE.contains(&format!("`{word}`")))
        .collect();
    assert!(missing.is_empty(), "the reference lacks {missing:?}");
}

/// Set `UPDATE_DEFINITIONS` to write the file anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "compares with a file of this package")]
fn definitions_for_editors_are_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/credstack.d.rhai");
    let wanted = crate::definitions();
    if std::env::var_os("UPDATE_DEFINITIONS").is_some() {
        std::fs::write(path, &wanted).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == wanted, "credstack.d.rhai is not current: run the tests with UPDATE_DEFINITIONS=1");
}

/// The example of every form is itself right: it loads where something can stand before it.
#[test]
fn examples_of_words_have_the_particulars_they_show() {
    for (word, forms) in crate::words::all() {
        for form in forms {
            let example = form.example.trim_start_matches('.');
            assert!(example.contains(&format!("{word}(")), "`{example}` does not show `{word}`");
            let text = crate::lex::FileText::read("", example);
            assert!(text.unbalanced().is_none(), "{example}");
        }
    }
}
