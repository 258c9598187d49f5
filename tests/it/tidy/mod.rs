//! Holds the sources to what `CONTRIBUTING.md` promises of them: how long a file may be, that the files of a
//! crate do not depend on one another in a circle, and how a comment on a function begins.

mod circles;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use circles::{Files, circles};

/// The most lines of a source file.
const MOST_LINES: usize = 700;

/// The folders whose files are held to have no circle of imports.
const WITHOUT_CIRCLES: [&str; 6] = [
    "engine/allocate/src",
    "engine/base/src",
    "engine/verify/src",
    "rules/src",
    "bindings/host/src",
    "bindings/cli/src",
];

/// Folders of what is built, fetched or generated, of rule packs, and of snapshots.
const NOT_OURS: [&str; 7] = ["target", "node_modules", "dist", "out", "generated", "packs", "snapshots"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Return the texts of the files below a folder that are written by hand, by their paths from it.
fn sources(folder: &Path) -> Files {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name().into_string().unwrap_or_default());
            if entry.file_type().unwrap().is_dir() {
                if !NOT_OURS.contains(&name.as_str()) && (!name.starts_with('.') || name == ".ci") {
                    open.push(path);
                }
            } else if let Ok(text) = std::fs::read_to_string(&path)
                && is_source(&name, &text)
            {
                let path = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(path, text);
            }
        }
    }
    found
}

/// Check whether a file is Rust, TypeScript, JavaScript or a shell script.
fn is_source(name: &str, text: &str) -> bool {
    match name.rsplit_once('.') {
        Some((_, ending)) => ["rs", "ts", "tsx", "js", "mjs", "cjs", "sh"].contains(&ending),
        None => text.lines().next().is_some_and(|first| first.starts_with("#!") && first.ends_with("sh")),
    }
}

/// Return the files that have too many lines.
fn too_long(files: &Files) -> Vec<String> {
    let lines = files.iter().map(|(path, text)| (path, text.lines().count()));
    lines.filter(|(_, lines)| *lines > MOST_LINES).map(|(path, lines)| format!("{path} has {lines} lines")).collect()
}

/// Return the public functions of a file whose comment does not begin with a verb.
fn without_verb(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut comment: Option<&str> = None;
    for (n, line) in text.lines().map(str::trim).enumerate() {
        if let Some(words) = line.strip_prefix("///") {
            comment = comment.or(Some(words.trim()));
        } else if !line.starts_with("#[") {
            let is_function = line.strip_prefix("pub ").is_some_and(|rest| {
                let rest = ["const ", "async ", "unsafe "]
                    .iter()
                    .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
                rest.starts_with("fn ")
            });
            let begins = comment.take().filter(|_| is_function).unwrap_or_default();
            if begins.starts_with("What ") || begins.starts_with("Whether ") {
                found.push(format!("{path}:{}: {begins}", n + 1));
            }
        }
    }
    found
}

#[test]
fn no_file_is_too_long() {
    let files = sources(&root());
    assert!(files.len() > 200, "only {} sources were found", files.len());
    let found = too_long(&files);
    assert!(
        found.is_empty(),
        "a file of more than {MOST_LINES} lines has two subjects; divide by subject:\n{}",
        found.join("\n")
    );
}

#[test]
fn no_files_import_one_another_in_a_circle() {
    let mut found = Vec::new();
    for folder in WITHOUT_CIRCLES {
        let files = sources(&root().join(folder));
        assert!(files.len() > 3, "there is no crate in {folder} any more");
        found.extend(circles(&files).into_iter().map(|chain| format!("{folder}: {chain}")));
    }
    assert!(
        found.is_empty(),
        "move what both sides need to a file of its own, so that these go one way:\n{}",
        found.join("\n")
    );
}

#[test]
fn comments_on_functions_begin_with_a_verb() {
    let files = sources(&root());
    let rust = files.iter().filter(|(path, _)| path.ends_with(".rs"));
    let found: Vec<String> = rust.flat_map(|(path, text)| without_verb(path, text)).collect();
    assert!(found.is_empty(), "say what the function does (`Return …`, `Check whether …`):\n{}", found.join("\n"));
}

#[test]
fn what_is_untidy_is_found() {
    let long = "let x = 1;\n".repeat(MOST_LINES);
    let files = Files::from([("a.rs".to_owned(), long.clone()), ("b.rs".to_owned(), format!("{long}}}\n"))]);
    assert_eq!(too_long(&files), [format!("b.rs has {} lines", MOST_LINES + 1)]);

    let kinds = [
        ("a.rs", "", true),
        ("a.test.js", "", true),
        ("run", "#!/usr/bin/env bash\n", true),
        ("run", "#!/usr/bin/env python3\n", false),
        ("LANGUAGE.md", "", false),
        ("a.rhai", "", false),
    ];
    for (name, text, expected) in kinds {
        assert_eq!(is_source(name, text), expected, "{name} {text}");
    }

    let comments = [
        ("/// What it is.\npub fn f() {}", &["f.rs:2: What it is."][..]),
        (
            "    /// Whether it is.\n    ///\n    /// More.\n    #[must_use]\n    pub const fn f() {}",
            &["f.rs:5: Whether it is."],
        ),
        ("/// Return what it is.\n/// What else.\npub fn f() {}", &[]),
        ("/// Whether it is.\npub is: bool,\npub fn f() {}", &[]),
        ("/// What it is.\nfn f() {}", &[]),
    ];
    for (text, expected) in comments {
        assert_eq!(without_verb("f.rs", text), expected, "{text}");
    }
}
