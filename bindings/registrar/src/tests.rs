//! Whole batches on small folders and files.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use credstack_engine::model::{
    Catalog, Code, Course, Credential, CredentialId, CredentialKind, Decimal, Measure, Requirement, Rule, Selector,
    Take,
};
use credstack_engine::{Bundle, Date, Limits, Options, Targets, compile};

use crate::{Batch, BatchError, BatchSummary, RecordsFrom, run};

/// Make a bundle of a badge that wants A 1, stacking into a certificate that wants six credits of A and B, with a
/// declared attribute each for learners and attainments.
fn bundle() -> Bundle {
    let mut catalog = Catalog::new("tiny", "Tiny catalog");
    for code in ["A 1", "A 2", "B 1"] {
        catalog.courses.insert(Code::new(code).unwrap(), Course::of_credits(Decimal::whole(3)));
    }
    catalog.learner_attributes.insert(
        "standing".parse().unwrap(),
        serde_json::from_str(r#"{"kind": {"choice": ["junior", "senior"]}}"#).unwrap(),
    );
    catalog.attainment_attributes.insert(
        "mode".parse().unwrap(),
        serde_json::from_str(r#"{"kind": {"choice": ["online", "campus"]}}"#).unwrap(),
    );
    let take = |measure, min, codes: &[&str]| {
        let pool = Selector::Codes(codes.iter().map(|c| Code::new(c).unwrap()).collect());
        Requirement::new(Rule::Take(Take { measure, min: Decimal::whole(min), max: None, pool, share: None }))
    };
    let mut add = |id: &str, title: &str, kind, completion| {
        catalog.credentials.insert(CredentialId::new(id).unwrap(), Credential::new(title, kind, completion));
    };
    add("badge", "=Badge", CredentialKind::Badge, take(Measure::Count, 1, &["A 1"]));
    add("cert", "Certificate", CredentialKind::Certificate, take(Measure::Credits, 6, &["A 1", "A 2", "B 1"]));
    catalog.stacks.push(serde_json::from_str(r#"{"from": "badge", "into": "cert"}"#).unwrap());
    let (bundle, diagnostics) = compile(catalog, &Limits::default());
    bundle.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

fn batch(from: &Path, out: &Path) -> Batch {
    Batch {
        from: RecordsFrom::path(from),
        out: out.to_owned(),
        force: false,
        as_of: Date::new(2025, 11, 22).unwrap(),
        options: Options { targets: Targets::All, ..Options::default() },
        limits: Limits { record_bytes: 4000, attainments: 50, ..Limits::default() },
        jobs: NonZeroUsize::new(2),
    }
}

/// Run a batch over files given by name, and give the summary and the output by name.
fn over(
    files: &[(&str, &[u8])],
    change: impl FnOnce(&mut Batch),
) -> Result<(BatchSummary, BTreeMap<String, String>), BatchError> {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    for (name, content) in files {
        fs::write(input.join(name), content).unwrap();
    }
    let from = match files {
        [(name, _)] if name.ends_with("jsonl") => input.join(name),
        _ => input,
    };
    let mut batch = batch(&from, &folder.path().join("out"));
    change(&mut batch);
    let summary = run(&bundle(), &batch, &mut |_| ());
    let out = folder.path().join("out");
    if summary.is_err() {
        assert!(!out.exists(), "a failed batch leaves nothing behind");
    }
    let summary = summary?;
    for counts in &summary.input {
        assert_eq!(counts.rows, counts.evaluated + counts.rejected, "{counts:?}");
    }
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        (entry.file_name().into_string().unwrap(), text.replace(&format!("{}/", folder.path().display()), ""))
    };
    Ok((summary, fs::read_dir(&out).unwrap().map(read).collect()))
}

/// Return `file:line learner: reason`, for each reject.
fn rejects(output: &BTreeMap<String, String>) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(output["rejects.csv"].as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.map(|r| format!("{}:{} {}: {}", r[0].trim_start_matches("in/"), &r[1], &r[2], &r[3])).collect()
}

/// Return `learner credential status`, for each row of the summary.
fn statuses(output: &BTreeMap<String, String>) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(output["summary.csv"].as_bytes());
    reader.records().map(Result::unwrap).map(|r| format!("{} {} {}", &r[0], &r[1], &r[5])).collect()
}

fn record(learner: &str, codes: &[&str]) -> String {
    let attainments: Vec<String> =
        codes.iter().enumerate().map(|(n, code)| format!(r#"{{"id":"a{n}","of":"{code}","grade":"A"}}"#)).collect();
    format!(r#"{{"version":1,"learner":"{learner}","attainments":[{}],"declared":["cert"]}}"#, attainments.join(","))
}

#[test]
fn every_line_is_answered_or_refused_with_its_place() {
    let lines = [
        record("ann", &["A 1", "A 2"]),
        String::new(),
        record("bob", &["A 1"]),
        "{\"version\":1,".to_owned(),
        record("ann", &[]),
        record("cy", &[]).replace("cert", "crt"),
        record("dee", &[]).replace("version\":1", "version\":2"),
        record("eve", &["A 1"]).replace("grade", "garde"),
        record("flo", &vec!["A 1"; 51]),
        format!("{{\"version\":1,\"learner\":\"{}\"", "x".repeat(5000)),
        record("gus", &["A 1"]).replace("\"id\"", "\"credits\":-3,\"id\""),
        record("hal", &["Z 9"]),
    ];
    let (summary, output) = over(&[("r.jsonl", lines.join("\r\n").as_bytes())], |_| ()).unwrap();
    assert_eq!((summary.input[0].rows, summary.input[0].evaluated, summary.rejects), (11, 3, 8));
    let rejects = rejects(&output);
    for (line, part) in [
        (4, ": column 13: EOF while parsing"),
        (5, "ann: learner `ann` stands twice: on line 1 and on line 5"),
        (6, "cy: there is no credential `crt`"),
        (7, "dee: the record has version 2"),
        (8, "eve: column "),
        (9, "flo: the record has 51 attainments"),
        (10, ": the line has more than the 4000 bytes"),
        (11, "gus: the attainment `a0` has negative credits"),
    ] {
        let found = rejects.iter().find(|r| r.starts_with(&format!("r.jsonl:{line} "))).unwrap();
        assert!(found.contains(part), "{found} should say {part}");
    }
    let statuses = statuses(&output);
    assert_eq!(statuses.len(), 6);
    assert_eq!(statuses[0], "ann cert complete");
    assert_eq!(statuses[2], "bob cert incomplete");
}

#[test]
fn tables_are_joined_and_every_row_is_accounted_for() {
    let learners = b"\xEF\xBB\xBFlearner_id,declared,standing\r\nann,cert,senior\r\nbob,,\r\nann,,\r\ncy,,snior\r\ndee,cert;badge,\r\neve,crt,\r\n,,junior\r\n";
    let attainments = b"learner_id,attainment_id,code,credits,grade,completed_on,mode,status\n\
        ann,a1,A 1,3,A,2024-05-01,online,completed\n\
        ann,,A 2,,B,,,\n\
        zoe,z1,A 1,3,A,,,\n\
        bob,b1,A 1,-3,A,,,\n\
        bob,b2,A 2,3,A,,,\n\
        cy,c1,A 1,3,A,,,\n\
        dee,d1,A 1,3,A,2024-02-30,,\n\
        eve,e1,A 1,3,A,,,\n\
        ,x,A 1,,,,,\n";
    let conferred = b"learner_id,credential_id,conferred_on,consumed\nann,badge,2024-06-01,a1\n";
    let files: [(&str, &[u8]); 3] =
        [("learners.csv", learners), ("attainments.csv", attainments), ("conferred.csv", conferred)];
    let (summary, output) = over(&files, |_| ()).unwrap();
    let counts: Vec<_> = summary.input.iter().map(|c| (c.rows, c.evaluated, c.rejected)).collect();
    assert_eq!(counts, [(7, 1, 6), (9, 2, 7), (1, 1, 0)]);
    let rejects = rejects(&output);
    for (place, part) in [
        ("learners.csv:3 bob", "held back: line 5 of attainments.csv"),
        ("learners.csv:4 ann", "stands twice: on line 2 and on line 4"),
        ("learners.csv:5 cy", "`snior` is none of its values"),
        ("learners.csv:6 dee", "held back: line 8 of attainments.csv"),
        ("learners.csv:7 eve", "there is no credential `crt`"),
        ("learners.csv:8 ", "column `learner_id` is empty"),
        ("attainments.csv:4 zoe", "learner `zoe` does not stand in learners.csv"),
        ("attainments.csv:5 bob", "`-3` is negative"),
        ("attainments.csv:6 bob", "held back: line 5 of attainments.csv"),
        ("attainments.csv:7 cy", "held back: row 5 of learners.csv"),
        ("attainments.csv:8 dee", "`2024-02-30` is not a date"),
        ("attainments.csv:9 eve", "held back: line 7 with the same learner"),
        ("attainments.csv:10 ", "column `learner_id` is empty"),
    ] {
        let found = rejects.iter().find(|r| r.starts_with(place)).unwrap_or_else(|| panic!("{place}: {rejects:#?}"));
        assert!(found.contains(part), "{found} should say {part}");
    }
    assert_eq!(rejects.len(), 13);
    assert_eq!(statuses(&output), ["ann cert complete", "ann badge conferred"]);
    assert!(output["summary.csv"].contains(",'=Badge,"), "formulas are inert: {}", output["summary.csv"]);
    // `ann` has a certificate to come; the badge is awarded already.
    assert!(
        output["eligible-for-award.csv"]
            .contains("ann,cert,Certificate,certificate,yes,eligible,,2025-11-22,a1; line-3,A 1; A 2,\n"),
        "{}",
        output["eligible-for-award.csv"]
    );
}

/// The form reads such tables too, and its test reads the same file.
#[test]
fn cells_are_taken_and_refused_as_the_file_says() {
    let columns: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        serde_json::from_str(include_str!("input/cells.json")).unwrap();
    let mut header = vec!["learner_id", "code"];
    header.extend(columns.keys().map(String::as_str).filter(|column| *column != "code"));
    let mut cases = Vec::new();
    for (column, cells) in &columns {
        for (verdict, texts) in cells {
            cases.extend(texts.iter().map(|text| (column.as_str(), text, verdict == "taken")));
        }
    }
    let mut learners = "learner_id\n".to_owned();
    let mut attainments = format!("{}\n", header.join(","));
    for (number, (column, text, _)) in cases.iter().enumerate() {
        learners.push_str(&format!("l{number}\n"));
        let cells = header.iter().map(|title| match *title {
            "learner_id" => format!("l{number}"),
            title if title == *column => format!("\"{text}\""),
            "code" => "A 1".to_owned(),
            _ => String::new(),
        });
        attainments.push_str(&format!("{}\n", cells.collect::<Vec<_>>().join(",")));
    }
    let files: [(&str, &[u8]); 2] =
        [("learners.csv", learners.as_bytes()), ("attainments.csv", attainments.as_bytes())];
    let (_, output) = over(&files, |_| ()).unwrap();
    let rejects = rejects(&output);
    for (number, (column, text, taken)) in cases.iter().enumerate() {
        let place = format!("attainments.csv:{} ", number + 2);
        let reject = rejects.iter().find(|reject| reject.starts_with(&place));
        assert_eq!(reject.is_none(), *taken, "{column}: {text}: {reject:?}");
        assert!(reject.is_none_or(|reject| reject.contains(&format!("column `{column}`"))), "{text}: {reject:?}");
    }
}

#[test]
fn output_does_not_depend_on_threads() {
    let lines: Vec<String> = (0..1500)
        .map(|n| match n % 7 {
            0 => "[]".to_owned(),
            1 => record(&format!("l{n}"), &["A 1", "B 1"]),
            2 => record("same", &[]),
            _ => record(&format!("l{n}"), &["A 2"]),
        })
        .collect();
    let text = lines.join("\n");
    let with = |jobs| {
        let (_, mut output) = over(&[("r.jsonl", text.as_bytes())], |b| b.jobs = NonZeroUsize::new(jobs)).unwrap();
        // The manifest is among them, with the hashes.
        assert_eq!(output.len(), 6);
        // It names the input file, which stands in another folder each time.
        output.remove("batch.json");
        let rejects = output.remove("rejects.csv").unwrap();
        (output, rejects)
    };
    assert_eq!(with(1), with(7));
    let order: Vec<String> = with(3).0["determinations.jsonl"]
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["learner"].as_str().unwrap().to_owned())
        .collect();
    let expected = (0..1500).filter(|n| n % 7 != 0 && n % 7 != 2 || *n == 2);
    let expected: Vec<String> = expected.map(|n| if n == 2 { "same".into() } else { format!("l{n}") }).collect();
    assert_eq!(order, expected);
}

#[test]
fn a_result_is_replaced_only_when_asked_and_never_half() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("r.jsonl");
    fs::write(&input, record("ann", &[])).unwrap();
    let mut batch = batch(&input, &folder.path().join("out"));
    let bundle = bundle();
    let summary = run(&bundle, &batch, &mut |_| ()).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(batch.out.join("batch.json")).unwrap()).unwrap();
    assert_eq!(manifest["output"].as_array().unwrap().len(), 5);
    assert_eq!(manifest["output"][0]["sha256"], summary.output[0].sha256);
    let error = run(&bundle, &batch, &mut |_| ()).unwrap_err();
    assert!(error.to_string().contains("there is a result already") && error.help().unwrap().contains("--force"));

    // Somebody else's file is left alone, and an old result goes only when a new one is whole.
    fs::write(batch.out.join("notes.txt"), "mine").unwrap();
    batch.force = true;
    batch.from = RecordsFrom::Lines(folder.path().join("absent.jsonl"));
    assert!(run(&bundle, &batch, &mut |_| ()).is_err());
    assert!(batch.out.join("batch.json").exists() && !batch.out.join("summary.csv.partial").exists());
    batch.from = RecordsFrom::Lines(input);
    run(&bundle, &batch, &mut |_| ()).unwrap();
    assert!(batch.out.join("notes.txt").exists());

    // A batch under way, or one that was killed, is not written over.
    batch.force = false;
    batch.out = folder.path().join("other");
    fs::create_dir(&batch.out).unwrap();
    fs::write(batch.out.join("determinations.jsonl.partial"), "").unwrap();
    assert!(run(&bundle, &batch, &mut |_| ()).unwrap_err().to_string().contains("was interrupted"));
    assert!(batch.out.join("determinations.jsonl.partial").exists(), "it belongs to the other batch");
}

#[test]
fn files_that_cannot_be_read_stop_the_batch() {
    let learners: (&str, &[u8]) = ("learners.csv", b"learner_id\nann\n");
    for (files, part) in [
        (vec![("r.jsonl", &b"\xFF\xFE{\0}\0"[..])], "r.jsonl, line 1: this is UTF-16"),
        (vec![learners], "attainments.csv: cannot open this file"),
        (
            vec![learners, ("attainments.csv", b"learner_id,cde\n")],
            "column `cde` is not known; column `code` is missing",
        ),
        (vec![learners, ("attainments.csv", b"learner_id,code\nann,\"A 1\nann,A 2\n")], "line 2: a quote opens"),
        (
            vec![("learners.csv", b""), ("attainments.csv", b"learner_id,code\n")],
            "learners.csv, line 1: the table is empty",
        ),
    ] {
        let error = over(&files, |_| ()).unwrap_err();
        assert!(error.to_string().contains(part), "{error} should say {part}");
    }
}
