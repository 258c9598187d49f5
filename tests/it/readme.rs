//! Holds the code of `README.md` to files that are run, so that whoever copies it has what works.

use std::path::Path;

/// The files of which code of these languages is a part. Commands are run by `tests/run`, or are there to
/// be read; rules are built below.
const FILES: [(&str, &str); 5] = [
    ("json", "bindings/host/examples/ada.json"),
    ("rust", "bindings/host/examples/registrar.rs"),
    ("python", "bindings/host/examples/python/determine.py"),
    ("js", "bindings/wasm/npm/examples/node.mjs"),
    ("html", "bindings/web/demo/embed.html"),
];

/// What the rules of `README.md` take for granted.
const RULES_BEFORE: &str = r#"
catalog("readme", "Readme").typical_credits(3).catalog_year_by_date();
course(["CSCA 5414", "CSCA 5424", "CSCA 5454", "CSCA 5622"]).credits(3);
course("CSCA 5842").credits(3).tags("breadth");
certificate("ai-certificate", "Certificate").unit("Computer Science").completion(credits(12, "CSCA 5*"));
"#;

fn text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The blocks of code in a document, each with its language.
fn blocks(document: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in document.lines() {
        match line.strip_prefix("```") {
            Some(language) if !inside => blocks.push((language.to_owned(), String::new())),
            Some(_) => {}
            None => {
                if let (true, Some((_, code))) = (inside, blocks.last_mut()) {
                    code.push_str(line);
                    code.push('\n');
                }
            }
        }
        inside ^= line.starts_with("```");
    }
    blocks
}

/// Without the blanks that all lines begin with.
fn flush_left(code: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let least = code.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or_default();
    code.lines().map(|line| line.get(least..).unwrap_or_default().to_owned() + "\n").collect()
}

/// Whether the paragraphs of the code stand in the file one after the other, each in one piece, wherever
/// their lines begin.
fn is_part(code: &str, file: &str) -> bool {
    let lines: Vec<&str> = file.lines().collect();
    let mut from = 0;
    code.trim_end().split("\n\n").all(|paragraph| {
        let wanted = flush_left(paragraph);
        let count = wanted.lines().count();
        let found = (from..=lines.len().saturating_sub(count))
            .find(|&at| lines.get(at..at + count).is_some_and(|part| flush_left(&part.join("\n")) == wanted));
        from = found.unwrap_or(from) + count;
        found.is_some()
    })
}

#[test]
fn code_is_part_of_files_that_are_run() {
    let blocks = blocks(&text("README.md"));
    for (language, file) in FILES {
        let of_language: Vec<&String> = blocks.iter().filter(|(l, _)| l == language).map(|(_, code)| code).collect();
        assert!(!of_language.is_empty(), "README.md shows no {language} any more; take it out of this test");
        for code in of_language {
            assert!(is_part(code, &text(file)), "README.md shows what is not in {file}; copy it from there:\n{code}");
        }
    }
    let is_known = |l: &str| ["sh", "rhai"].contains(&l) || FILES.iter().any(|(language, _)| *language == l);
    let unknown: Vec<&(String, String)> = blocks.iter().filter(|(language, _)| !is_known(language)).collect();
    assert!(unknown.is_empty(), "nothing runs this code of README.md: {unknown:?}");
}

#[test]
fn rules_build() {
    let blocks = blocks(&text("README.md"));
    let rules: String = blocks.into_iter().filter(|(l, _)| l == "rhai").map(|(_, code)| code).collect();
    let sources = credstack_rules::MemorySources::default().with("pack.rhai", format!("{RULES_BEFORE}{rules}"));
    let built = credstack_rules::build(&sources, &credstack_rules::RuleLimits::default(), &Default::default());
    assert!(rules.contains("degree(") && built.bundle.is_some(), "{:#?}", built.diagnostics);
}

#[test]
fn parts_are_found_wherever_they_begin() {
    let file = "fn a() {\n    one();\n    if two {\n        three();\n    }\n}\n\nfn b() {\n    four();\n}\n";
    for (code, expected) in [
        ("one();\nif two {\n    three();\n", true),
        ("one();\n\nfour();\n", true),
        ("four();\n\none();\n", false),
        ("one();\nthree();\n", false),
        ("one();\nif two {\nthree();\n", false),
        ("one();\nif three {\n", false),
    ] {
        assert_eq!(is_part(code, file), expected, "{code}");
    }
    let document = "a\n```rust\nx\n```\nb\n```sh\ny\n```\n";
    assert_eq!(blocks(document), [("rust".to_owned(), "x\n".to_owned()), ("sh".to_owned(), "y\n".to_owned())]);
}
