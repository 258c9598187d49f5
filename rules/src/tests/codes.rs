//! Every code is listed, explained, worded in Spanish and used; the examples do what they say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use credstack_model::Severity;

use super::{built, shown};
use credstack_compile::codes as compiler;

use crate::codes::list::ALL;
use crate::codes::{pack, script, sentence};
use crate::{Built, MemorySources};
use crate::{Example, SPANISH, code, codes, page};

fn build_rules(rules: &str) -> Built {
    built(&MemorySources::of(&format!("catalog(\"t\", \"Test\");\n{rules}")))
}

fn build_files(files: &[(&str, &str)]) -> Built {
    built(&files.iter().fold(MemorySources::default(), |sources, (file, text)| sources.with(file, *text)))
}

#[test]
fn wrong_examples_have_their_code_and_right_ones_no_error() {
    let mut failed = String::new();
    for code in codes() {
        let (wrong, right) = match code.explanation.example {
            Example::Rules { wrong, right } => (build_rules(wrong), build_rules(right)),
            Example::Files { wrong, right } => (build_files(wrong), build_files(right)),
            Example::None(_) => continue,
        };
        if !wrong.diagnostics.iter().any(|d| d.code == code.name) {
            failed += &format!("{}: the wrong example has\n{}", code.name, shown(&wrong.diagnostics));
        }
        if right.diagnostics.iter().any(|d| d.code == code.name || d.severity == Severity::Error) {
            failed += &format!("{}: the right example has\n{}", code.name, shown(&right.diagnostics));
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn every_descriptor_has_an_explanation_and_every_explanation_a_descriptor() {
    let listed: BTreeSet<&str> =
        credstack_compile::codes::ALL.iter().chain(ALL).map(|descriptor| descriptor.code).collect();
    let explained: Vec<&str> = codes().iter().map(|code| code.name).collect();
    assert_eq!(explained, listed.into_iter().collect::<Vec<_>>());
    for of_subject in crate::codes::explanations::ALL {
        for explanation in *of_subject {
            assert!(code(explanation.code).is_ok(), "`{}` is explained, and nothing says it", explanation.code);
        }
    }
}

/// The names between braces.
fn arguments(template: &str) -> BTreeSet<&str> {
    let named = template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    named.filter(|name| !name.is_empty() && name.chars().all(|c| c == '_' || c.is_ascii_lowercase())).collect()
}

#[test]
fn every_sentence_has_spanish_words_with_the_same_arguments() {
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    for descriptor in credstack_compile::codes::ALL.iter().chain(ALL) {
        wanted.extend([descriptor.message, descriptor.help]);
    }
    wanted.extend(script::RESERVED_HELP.iter().chain(&script::MISSING_MARK_HELP).map(|(_, help)| help));
    wanted.extend([script::NEAR, script::IMPORT_FROM_OUTSIDE, script::NEEDS_PARENTHESES, script::NAMES_OF_IMPORTS]);
    wanted.extend([script::CLOSE_BEFORE, script::MISSING_BEFORE, sentence::NEAR_CHOICE, sentence::FOR_EXAMPLE]);
    wanted.extend([pack::FIRST_DEFINED, pack::FIRST_NAMED, pack::RELIED_ON, pack::OTHER_YEARS, pack::CHECK_IS_HERE]);
    wanted.extend([compiler::NEAR, compiler::FIRST_HERE, compiler::IN_THE_CYCLE]);
    for form in crate::words::all().into_values().flatten() {
        wanted.extend(form.on.map(|on| on.words()));
        wanted.extend(form.params.iter().map(|param| param.words()));
    }
    // What is one argument alone has no words of its own.
    let is_argument = |template: &str| template.find('}') == template.len().checked_sub(1) && template.starts_with('{');
    wanted.retain(|template| !template.is_empty() && !is_argument(template));
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for (english, spanish) in SPANISH.templates.iter().flat_map(|of_subject| of_subject.iter()) {
        assert!(known.insert(english, spanish).is_none(), "`{english}` has Spanish words twice");
        assert_eq!(arguments(english), arguments(spanish), "{english}");
    }
    let missing: Vec<&&str> = wanted.iter().filter(|template| !known.contains_key(**template)).collect();
    assert!(missing.is_empty(), "no Spanish words for {missing:#?}");
    // Remedies and parts stand in the code; each must at least be somewhere in it.
    let sources: String = files().into_iter().map(|(_, text)| text).collect::<String>()
        + include_str!("../../../engine/model/src/catalog.rs")
        + include_str!("../../../engine/model/src/id.rs");
    let written = |english: &str| {
        let quoted = format!("{english:?}").replace("\\'", "'");
        sources.contains(english) || sources.contains(quoted.trim_matches('"'))
    };
    let unused: Vec<&&str> = known.keys().filter(|english| !written(english)).collect();
    assert!(unused.is_empty(), "nothing says {unused:#?}");
}

/// The source files of the compiler and of this crate, without tests and Spanish.
#[expect(clippy::disallowed_methods, reason = "reads the source of this package")]
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("../engine/compile/src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name().into_string().unwrap();
            if path.is_dir() && !["tests", "spanish", "explanations"].contains(&name.as_str()) {
                folders.push(path);
            } else if path.is_file() {
                files.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    files
}

#[test]
fn every_descriptor_is_listed_and_every_listed_one_is_used() {
    let files = files();
    let mut found = 0;
    for (_, text) in &files {
        for line in text.lines() {
            let Some((name, _)) = line.split_once(": Descriptor =") else { continue };
            let Some((_, name)) = name.rsplit_once("static ") else { continue };
            found += 1;
            // Once where it stands, once in the list, and where it is said.
            let uses: usize = files
                .iter()
                .flat_map(|(_, text)| text.lines())
                .flat_map(|line| line.split(|c: char| c != '_' && !c.is_ascii_alphanumeric()))
                .filter(|word| *word == name)
                .count();
            assert!(uses >= 3, "`{name}` is not listed, or nothing says it");
        }
    }
    assert_eq!(found, credstack_compile::codes::ALL.len() + ALL.len());
    // No code is made up where it is said.
    for (name, text) in &files {
        assert!(!text.contains("Diagnostic::verbatim("), "{name} words a diagnostic itself");
    }
}

#[test]
fn an_unknown_code_has_the_nearest_known_one() {
    assert_eq!(code("unknown-wrd").err(), Some(Some("unknown-word")));
    assert_eq!(code("nothing-like-it-at-all").err(), Some(None));
}

#[test]
fn spanish_reaches_into_the_parts_of_a_sentence() {
    let said = build_rules("degree(\"d\", \"D\").completion(credits(\"x\", [\"A 1\"]));").diagnostics;
    let spanish: Vec<String> = said.iter().map(|d| d.message_in(&SPANISH)).collect();
    assert_eq!(
        spanish,
        ["`credits` recibe un número y un conjunto o un número; aquí recibió el texto `x` y una lista"]
    );
    assert_eq!(said[0].help_in(&SPANISH).as_deref(), Some("escriba, por ejemplo, `credits(9)`"));
}

/// Set `UPDATE_CODES` to write the file anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "compares with a file of this package")]
fn the_page_of_codes_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/CODES.md");
    let wanted = page();
    if std::env::var_os("UPDATE_CODES").is_some() {
        std::fs::write(path, &wanted).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == wanted, "CODES.md is not current: run the tests with UPDATE_CODES=1");
}
