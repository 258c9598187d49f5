//! check, test, build, graph, schema, completions.

use super::{credstack, fixtures, pack, write};

#[test]
fn a_sound_pack_passes() {
    let ran = credstack("check river", &fixtures());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("river: no errors"), "{}", ran.out);
    let ran = credstack("test river", &fixtures());
    assert_eq!(ran.code, 0, "{}", ran.out);
    insta::assert_snapshot!("test_river", ran.out);
}

#[test]
fn all_mistakes_are_reported_with_their_lines() {
    let ran = credstack("check broken", &fixtures());
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("check_broken", ran.out);
    let ran = credstack("check broken --format json", &fixtures());
    assert_eq!(ran.code, 1);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let diagnostics = report["diagnostics"].as_array().unwrap();
    assert_eq!(report["errors"].as_u64().unwrap() + report["warnings"].as_u64().unwrap(), diagnostics.len() as u64);
    let lines: Vec<u64> = diagnostics.iter().filter_map(|d| d["source"]["line"].as_u64()).collect();
    for line in [4, 5, 6, 9] {
        assert!(lines.contains(&line), "line {line} should be among {lines:?}");
    }
}

#[test]
fn positions_have_ends_and_sentences_a_language() {
    let ran = credstack("check broken --format json --language es", &fixtures());
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let first = &report["diagnostics"][0];
    assert_eq!(first["message"], "no existe la palabra `one_off`");
    assert_eq!(first["source"], serde_json::json!({ "file": "pack.rhai", "line": 4, "column": 47 }));
    assert_eq!(first["start"], serde_json::json!({ "line": 4, "column": 47 }));
    assert_eq!(first["end"], serde_json::json!({ "line": 4, "column": 54 }));
    assert_eq!(first["fixes"][0]["edit"]["replacement"], "one_of");
    assert!(credstack("check broken --language es", &fixtures()).out.contains("¿quiso decir `one_of`?"));
}

#[test]
fn a_long_line_does_not_flood_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path(), &format!("badge(\"b\", \"B\").completion(one_off([{}\"A 1\"]));\n", "\"A 1\", ".repeat(700)));
    let ran = credstack("check {}/pack", folder.path());
    assert!(ran.out.contains("one_off") && ran.out.contains('…') && ran.out.len() < 2_000, "{}", ran.out);
}

#[test]
fn codes_are_explained() {
    let ran = credstack("explain unknown-word", &fixtures());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("unknown-word (error)") && ran.out.contains("Right:"), "{}", ran.out);
    let ran = credstack("explain unknown-word --language es", &fixtures());
    assert!(ran.out.contains("Se usa una palabra") && ran.out.contains("Bien:"), "{}", ran.out);
    let ran = credstack("explain unknown-wrd", &fixtures());
    assert!(ran.code == 1 && ran.err.contains("did you mean `unknown-word`?"), "{}", ran.err);
    // A file of that name wins.
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "unknown-word", "{}");
    let mut command = super::command("explain unknown-word", &fixtures());
    command.current_dir(folder.path());
    assert!(super::run(command).err.contains("not a determination"));
}

#[test]
fn names_that_do_not_exist_are_found() {
    let folder = tempfile::tempdir().unwrap();
    pack(
        folder.path(),
        "course(\"DATA 1010\", \"Data Literacy\").credits(3);\n\
         badge(\"grades\", \"Grades\").completion(one_of([\"DATA 1010\"]).min_grade(\"E\"));\n\
         badge(\"literacy\", \"Literacy\").completion(one_of([\"DATA 1011\"]));\n\
         certificate(\"certificate\", \"Certificate\").completion(earned(\"literacyy\"));\n",
    );
    let ran = credstack("check {}/pack --format json", folder.path());
    assert_eq!(ran.code, 1);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let lines: Vec<u64> =
        report["diagnostics"].as_array().unwrap().iter().filter_map(|d| d["source"]["line"].as_u64()).collect();
    for line in [3, 4, 5] {
        assert!(lines.contains(&line), "line {line} should be among {lines:?}: {}", ran.out);
    }
}

#[test]
fn color_is_used_only_when_wanted() {
    assert!(!credstack("check broken", &fixtures()).out.contains('\u{1b}'));
    assert!(credstack("check broken --color always", &fixtures()).out.contains('\u{1b}'));
    let mut command = super::command("check broken", &fixtures());
    command.env("CLICOLOR_FORCE", "1");
    assert!(super::run(command).out.contains('\u{1b}'));
    let mut command = super::command("check broken", &fixtures());
    command.env("NO_COLOR", "1");
    assert!(!super::run(command).out.contains('\u{1b}'));
}

#[test]
fn a_test_that_does_not_hold_fails() {
    let folder = tempfile::tempdir().unwrap();
    pack(
        folder.path(),
        "course(\"A 1\", \"A\").credits(3);\nbadge(\"b\", \"B\").completion(one_of([\"A 1\"]));\n\
         scenario(\"wrong\").as_of(\"2025-11-22\").took(\"A 1\", \"A\", \"2025-01-01\").expects(\"b\", \"incomplete\");\n\
         scenario(\"right\").as_of(\"2025-11-22\").expects(\"b\", \"incomplete\");\n",
    );
    let ran = credstack("test {}/pack", folder.path());
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("wrong") && ran.out.contains("complete") && ran.out.contains("1 of 2 scenarios failed"),
        "{}",
        ran.out
    );
    let ran = credstack("test {}/pack --only right", folder.path());
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn a_bundle_is_the_same_every_time_and_answers_like_its_pack() {
    let folder = tempfile::tempdir().unwrap();
    let first = credstack("build river -o {}/one.bundle", folder.path());
    let second = credstack("build river -o {}/two.bundle", folder.path());
    assert_eq!((first.code, second.code), (0, 0), "{}", first.err);
    assert_eq!(first.out.split_whitespace().next(), second.out.split_whitespace().next());
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("one.bundle"), read("two.bundle"));
    assert!(!folder.path().join("one.bundle.partial").exists());
    let asked = "--record records/ada.json --as-of 2025-11-22 --all --format json";
    let from_pack = credstack(&format!("determine --bundle river {asked}"), folder.path());
    let from_bundle = credstack(&format!("determine --bundle {{}}/one.bundle {asked}"), folder.path());
    assert_eq!(from_pack.code, 0, "{}", from_pack.err);
    assert_eq!(from_pack.out, from_bundle.out);
}

#[test]
fn the_stack_is_drawn() {
    let ran = credstack("graph river", &fixtures());
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!("graph_dot", ran.out);
    let ran = credstack("graph river --format svg", &fixtures());
    assert!(ran.out.starts_with("<svg ") && ran.out.contains("up to 9 credits"));
}

#[test]
fn schemas_and_completions_are_printed() {
    for of in ["bundle", "record", "determination"] {
        let ran = credstack(&format!("schema {of}"), &fixtures());
        let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert!(schema["$schema"].is_string() && schema["properties"].is_object(), "{of}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = credstack(&format!("completions {shell}"), &fixtures());
        assert!(ran.code == 0 && ran.out.contains("determine"), "{shell}");
    }
}

#[test]
fn help_has_examples_for_every_command() {
    for of in
        ["", "check", "test", "build", "determine", "batch", "verify", "explain", "graph", "schema", "completions"]
    {
        let ran = credstack(format!("{of} --help").trim(), &fixtures());
        assert!(ran.code == 0 && ran.out.contains("Example"), "{of}: {}", ran.out);
    }
    assert!(credstack("batch --help", &fixtures()).out.contains("same_attainments_as"));
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let mut command = super::command("graph river --format svg", &fixtures());
    let mut child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn files_outside_the_pack_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "secret.rhai", "export const x = 1;");
    pack(folder.path(), "import \"../secret\" as s;\n");
    let ran = credstack("check {}/pack", folder.path());
    assert_eq!(ran.code, 1, "{}", ran.out);
    #[cfg(unix)]
    {
        pack(folder.path(), "");
        std::os::unix::fs::symlink("../secret.rhai", folder.path().join("pack/linked.rhai")).unwrap();
        let ran = credstack("check {}/pack", folder.path());
        assert!(ran.code == 1 && ran.out.contains("leads out of the pack"), "{}", ran.out);
    }
}
