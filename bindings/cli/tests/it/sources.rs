//! Holds the files of commands to deciding nothing: what an answer means is for the engine to say, how it looks
//! for `show`, and whether hashes are the same for the host.

use std::path::Path;

/// Return what a line of a command may not have, if it has any of it.
fn fault(line: &str) -> Option<&'static str> {
    let code = line.split("//").next().unwrap_or_default();
    let domain = ["Status::", "Admission::", "Gate::", "Severity::", "CredentialKind::", "Decision::", "Finding::"];
    let compares = code.contains("==") || code.contains("!=");
    let hashes = ["hash", "sha256", "digest"].iter().any(|word| code.to_lowercase().contains(word));
    match (domain.into_iter().find(|name| code.contains(name)), compares && hashes) {
        (Some(name), _) => Some(name),
        (None, true) => Some("a comparison of hashes"),
        (None, false) => None,
    }
}

#[test]
fn commands_decide_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let text = std::fs::read_to_string(&file).unwrap();
        read += 1;
        for (line, number) in text.lines().zip(1..) {
            let found = fault(line).unwrap_or_default();
            assert!(found.is_empty(), "{}:{number} has {found}; move what it decides to the engine", file.display());
        }
    }
    assert!(read > 10, "where are the files of the commands?");
}

#[test]
fn a_decision_is_found() {
    for (line, expected) in [
        ("        Status::Conferred => (\"awarded already\", GOOD),", Some("Status::")),
        ("    let open = |node| node.status == NodeStatus::Met;", Some("Status::")),
        ("    if diagnostic.severity == Severity::Error {", Some("Severity::")),
        ("    if bundle.hash() != named {", Some("a comparison of hashes")),
        ("    let is_same = old.sha256 == new.sha256;", Some("a comparison of hashes")),
        ("        // Status::Conferred is shown by `show`.", None),
        ("    Module::load(&file, Some(sha256))?;", None),
        ("    if bytes.len() == 0 {", None),
    ] {
        assert_eq!(fault(line), expected, "{line}");
    }
}
