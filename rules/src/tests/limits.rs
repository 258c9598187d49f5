//! Untrusted packs: each is refused with a clear word, within bounds, and nothing panics.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{built, shown};
use crate::MemorySources;

/// The codes of what is said of one file.
fn codes(text: impl Into<Vec<u8>>) -> Vec<String> {
    let sources = MemorySources::of("catalog(\"t\", \"T\");").with("a.rhai", text);
    let built = built(&sources);
    let text = shown(&built.diagnostics);
    assert!(text.len() < 100_000, "too much is said");
    built.diagnostics.into_iter().map(|d| d.code.into_owned()).collect()
}

#[test]
fn a_file_of_ten_megabytes_is_refused() {
    assert_eq!(codes("// long\n".repeat(10 << 17)), ["file-too-large"]);
}

#[test]
fn what_is_not_text_is_refused() {
    assert_eq!(codes([b'a', b'\n', 0xff, 0xfe]), ["not-text"]);
}

#[test]
fn a_script_that_never_ends_is_stopped() {
    assert_eq!(codes("let n = 0;\nloop { n += 1; }"), ["never-ends"]);
    assert_eq!(codes("let n = 0;\nwhile true { n += 1; }"), ["never-ends"]);
    assert_eq!(codes("fn f(n) { f(n + 1) }\nf(1);"), ["too-deep"]);
}

#[test]
fn what_grows_without_end_is_stopped() {
    assert_eq!(codes("let a = [1];\nloop { a += a; }"), ["too-large"]);
    assert_eq!(codes("let a = \"x\";\nloop { a += a; }"), ["too-large"]);
    assert_eq!(
        codes("let r = courses(1, \"A *\");\nfor i in 0..60 { r = all([r, r]); }").first().map(String::as_str),
        Some("requirement-too-large")
    );
    assert_eq!(
        codes("let p = pool(\"A *\");\nfor i in 0..60 { p = p.or(p).except(\"B\"); }").first().map(String::as_str),
        Some("pool-too-large")
    );
    let twenty = "courses(1, \"A *\"), ".repeat(20);
    let again = format!("let r = all([{twenty}]);\nloop {{ r.named(\"x\"); }}");
    assert_eq!(codes(again), ["too-much-built"]);
}

#[test]
fn a_huge_list_is_refused() {
    let list = "\"A 1\", ".repeat(60_000);
    assert_eq!(codes(format!("let a = [{list}];")), ["too-large"]);
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("(", ")"), ("all([", "])"), ("not(", ")")] {
        let text = format!("let a = {}1{};", open.repeat(20_000), close.repeat(20_000));
        assert_eq!(codes(text), ["too-deep"], "{open}");
    }
}

/// A test whose sentence has a number of words.
fn sentence_of(words: usize) -> String {
    let took = (0..words).fold(String::new(), |mut text, n| {
        let _ = write!(text, "\n    .took(\"A {n}\", \"B\", \"2025-05-01\")");
        text
    });
    format!(
        "degree(\"d\", \"D\").completion(courses(1, \"A *\"));\n\
         scenario(\"s\").as_of(\"2026-01-01\"){took}.expects(\"d\", \"complete\");"
    )
}

#[test]
fn long_sentences_are_read_and_endless_ones_refused() {
    assert_eq!(codes(sentence_of(350)), Vec::<String>::new());
    assert_eq!(codes(sentence_of(500)), ["too-deep"]);
    assert_eq!(codes(sentence_of(15_000)), ["too-deep"]);
}

#[test]
fn many_mistakes_are_cut_off() {
    let said = codes("degre(1);\n".repeat(2_000));
    assert_eq!((said.len(), said.first().map(String::as_str)), (501, Some("too-many-diagnostics")));
}

/// Pieces of rule text, so that arbitrary joins come near to real files.
const PIECES: [&str; 40] = [
    "degree(",
    "\"d\"",
    ", ",
    ")",
    ".",
    ";",
    "\n",
    "[",
    "]",
    "credits(",
    "9",
    "1.5",
    "completion(",
    "all(",
    "any(",
    "named(",
    "let a = ",
    "a",
    "fn f(x) ",
    "{",
    "}",
    "|c| ",
    "c.credits",
    "check(",
    "scenario(",
    "took(",
    "import ",
    "export ",
    "const ",
    "as ",
    "gpa(",
    "applied()",
    "\"2025-01-01\"",
    "#{",
    ":",
    "percent(50)",
    "stack(",
    "into(",
    "sharing(",
    "-",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,200}") {
        codes(text);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        codes(bytes);
    }

    #[test]
    fn arbitrary_pieces_never_panic(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = pieces.into_iter().map(|i| PIECES[i]).collect();
        codes(text);
    }
}
