//! Everything that can be wrong with what comes in: each time an error that names the place and
//! the mending, and nothing else.

use std::path::Path;
use std::time::{Duration, Instant};

use super::{Ran, credstack, fixtures, pack, write};

/// Run a command that must fail with each of these words, soon.
fn refused(arguments: &str, folder: &Path, words: &[&str]) -> Ran {
    let start = Instant::now();
    let ran = credstack(arguments, folder);
    assert!(start.elapsed() < Duration::from_secs(60), "{arguments} took {:?}", start.elapsed());
    assert_eq!(ran.code, 1, "{arguments}: {}{}", ran.out, ran.err);
    // The renderer breaks lines where it likes.
    let told = format!("{} {}", ran.out, ran.err).replace(['│', '╰', '─'], " ");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(told.contains(word), "{arguments} should say `{word}`: {told}");
    }
    ran
}

#[test]
fn records() {
    let folder = tempfile::tempdir().unwrap();
    let good = std::fs::read_to_string(fixtures().join("records/ada.json")).unwrap();
    let many: Vec<String> = (0..100_000).map(|n| format!(r#"{{"id":"a{n}","of":"DATA 1010"}}"#)).collect();
    let huge = format!(r#"{{"version":1,"learner":"x","attainments":[{}]}}"#, many.join(","));
    let deep = format!(r#"{{"version":1,"learner":"x","attributes":{{"a":{}}}}}"#, "[".repeat(100_000));
    let cases: [(&str, String, &[&str]); 12] = [
        ("cut", good[..good.len() / 2].to_owned(), &["line ", "column ", "EOF"]),
        ("field", good.replace("\"grade\"", "\"grad\""), &["line ", "unknown field `grad`", "expected one of"]),
        ("version", good.replace("\"version\": 1", "\"version\": 9"), &["version 9"]),
        ("date", good.replace("2024-05-01", "2024-02-30"), &["2024-02-30", "YYYY-MM-DD"]),
        ("credits", good.replacen("\"of\"", "\"credits\": -3, \"of\"", 1), &["a1", "negative"]),
        ("absurd", good.replacen("\"of\"", "\"credits\": 1e99, \"of\"", 1), &["1e99"]),
        ("target", good.replace("data-bs", "data-sb"), &["data-sb", "data-bs"]),
        ("twice", good.replace("\"a2\"", "\"a1\""), &["a1"]),
        ("many", huge.clone(), &["100000 attainments", "2000"]),
        ("deep", deep, &["line 1"]),
        ("empty", String::new(), &["line 1", "EOF"]),
        ("latin", "{\"version\":1,\"learner\":\"Jos\u{e9}\"}".to_owned(), &["line 1", "unicode"]),
    ];
    for (name, content, words) in cases {
        // Text stands for bytes one to one, so that a case can hold what is not UTF-8.
        let bytes: Vec<u8> = match name {
            "latin" => content.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect(),
            _ => content.into_bytes(),
        };
        write(folder.path(), "r.json", bytes);
        let ran = refused("determine --bundle river --record {}/r.json --as-of 2025-11-22", folder.path(), words);
        assert!(ran.out.is_empty() && ran.err.contains("r.json"), "{name}: {}", ran.err);
    }
    refused("determine --bundle river --record {}/absent.json", folder.path(), &["absent.json", "No such file"]);
    refused("determine --bundle river --record {}", folder.path(), &["cannot read this file"]);
    write(folder.path(), "big.json", vec![b' '; 9 << 20]);
    refused("determine --bundle river --record {}/big.json", folder.path(), &["8388608"]);
}

#[test]
fn bundles() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(credstack("build river -o {}/good.bundle", folder.path()).code, 0);
    let good = std::fs::read(folder.path().join("good.bundle")).unwrap();
    let head_ends = good.iter().position(|b| *b == b'\n').unwrap();
    let newer = String::from_utf8(good.clone()).unwrap().replacen("credstack-bundle 1 ", "credstack-bundle 2 ", 1);
    let mut cases: Vec<(Vec<u8>, &str)> = vec![
        (newer.into_bytes(), "version 2"),
        (good[..good.len() - 1].to_vec(), "damaged"),
        (good[..head_ends + 1].to_vec(), "damaged"),
        (Vec::new(), "not a credstack bundle"),
        (b"{}".to_vec(), "not a credstack bundle"),
        ([good.as_slice(), b"x"].concat(), "damaged"),
    ];
    for place in [head_ends + 1, good.len() / 2, good.len() - 1] {
        let mut flipped = good.clone();
        flipped[place] ^= 1;
        cases.push((flipped, "damaged"));
    }
    for (bytes, word) in cases {
        write(folder.path(), "b.bundle", bytes);
        refused("determine --bundle {}/b.bundle --record records/ada.json", folder.path(), &["b.bundle", word]);
    }
}

#[test]
fn rules() {
    let folder = tempfile::tempdir().unwrap();
    let nested = format!("let x = {}1{};", "(".repeat(5000), ")".repeat(5000));
    let deep = format!("badge(\"b\", \"B\").completion({}one_of([\"A 1\"]){});", "all([".repeat(60), "])".repeat(60));
    let cases: [(&str, &str, &[&str]); 7] = [
        ("endless", "let n = 0; while true { n += 1; }", &["pack.rhai", "steps"]),
        ("nested", &nested, &["pack.rhai"]),
        ("deep", &deep, &["pack.rhai"]),
        ("recursion", "fn f(x) { f(x + 1) } f(1);", &["pack.rhai"]),
        ("grows", "let s = \"x\"; while true { s += s; }", &["pack.rhai"]),
        ("parse", "badge(\"b\", ;", &["pack.rhai"]),
        (
            "cycle",
            "course(\"A 1\", \"A\").credits(3); badge(\"a\", \"A\").completion(one_of([\"A 1\"])); badge(\"b\", \"B\").completion(one_of([\"A 1\"])); stack(\"a\").into(\"b\"); stack(\"b\").into(\"a\");",
            &["pack.rhai", "cycle"],
        ),
    ];
    for (name, rules, words) in cases {
        pack(folder.path(), rules);
        let ran = refused("check {}/pack", folder.path(), words);
        assert!(ran.out.contains("error"), "{name}: {}", ran.out);
        let ran = refused("build {}/pack -o {}/x.bundle", folder.path(), &["credstack check"]);
        assert!(ran.out.is_empty() && !folder.path().join("x.bundle").exists(), "{name}");
    }
    write(folder.path(), "pack/pack.rhai", "// a remark\n".repeat(900_000));
    refused("check {}/pack", folder.path(), &["pack.rhai", "bytes"]);
    write(folder.path(), "pack/pack.rhai", b"catalog(\"\xE9\", \"x\");");
    refused("check {}/pack", folder.path(), &["pack.rhai", "UTF-8"]);
    std::fs::remove_file(folder.path().join("pack/pack.rhai")).unwrap();
    refused("check {}/pack", folder.path(), &["no file pack.rhai"]);
    refused("check {}/absent", folder.path(), &["cannot open this pack"]);
}

#[test]
fn tables() {
    let folder = tempfile::tempdir().unwrap();
    let asked = "batch --bundle river --records {}/in --out {}/out --as-of 2025-11-22";
    let learners = "learner_id,declared\nada,data-bs\n";
    let cases: [(&[u8], &[u8], &[&str]); 7] = [
        (
            learners.as_bytes(),
            b"learner_id,cod\nada,DATA 1010\n",
            &["attainments.csv, line 1", "column `cod` is not known", "did you mean `code`?"],
        ),
        (learners.as_bytes(), b"learner_id;code\nada;DATA 1010\n", &["not separated by commas"]),
        (learners.as_bytes(), b"learner_id,code,code\nada,DATA 1010,DATA 1010\n", &["column `code` stands twice"]),
        (learners.as_bytes(), b"\xFF\xFEl\0e\0", &["UTF-16", "UTF-8"]),
        (learners.as_bytes(), b"learner_id,code\nada,\"DATA 1010\n", &["attainments.csv, line 2", "never closed"]),
        (b"", b"learner_id,code\n", &["learners.csv, line 1", "empty"]),
        (b"declared\ndata-bs\n", b"learner_id,code\n", &["column `learner_id` is missing"]),
    ];
    for (learners, attainments, words) in cases {
        write(folder.path(), "in/learners.csv", learners);
        write(folder.path(), "in/attainments.csv", attainments);
        refused(asked, folder.path(), words);
        assert!(!folder.path().join("out").exists());
    }
    write(folder.path(), "in/learners.csv", learners);
    std::fs::remove_file(folder.path().join("in/attainments.csv")).unwrap();
    refused(asked, folder.path(), &["attainments.csv", "cannot open"]);
    refused("batch --bundle river --records {}/none.jsonl --out {}/out", folder.path(), &["none.jsonl"]);
}

#[test]
fn command_lines() {
    for arguments in [
        "determine",
        "determine --bundle river --record records/ada.json --as-of 2025-13-01",
        "determine --bundle river --record records/ada.json --all --target data-bs",
        "batch --bundle river --records tables --out x --jobs 0",
        "frobnicate",
        "check river --format yaml",
        "explain x.json --path completion.0",
    ] {
        let ran = credstack(arguments, &fixtures());
        assert_eq!(ran.code, 2, "{arguments}: {}", ran.err);
    }
    let ran = credstack("determine --bundle river --record records/ada.json --as-of 22.11.2025", &fixtures());
    assert!(ran.err.contains("YYYY-MM-DD"), "{}", ran.err);
}

#[test]
fn determinations() {
    let folder = tempfile::tempdir().unwrap();
    for (content, word) in [("{}", "not a determination"), ("", "no determination"), ("[1", "not a determination")] {
        write(folder.path(), "d.json", content);
        refused("explain {}/d.json", folder.path(), &["d.json", word]);
        refused(
            "verify --bundle river --record records/ada.json --determination {}/d.json",
            folder.path(),
            &["d.json"],
        );
    }
}
