//! batch, from files to files.

use std::path::Path;

use super::{credstack, fixtures, write};

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn tables_and_lines_give_the_same_answers() {
    let folder = tempfile::tempdir().unwrap();
    let ran = credstack("batch --bundle river --records tables --out {}/out --as-of 2025-11-22", folder.path());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    insta::assert_snapshot!("batch_printed", ran.out.replace(&folder.path().display().to_string(), "DIR"));
    insta::assert_snapshot!("batch_summary", read(&folder.path().join("out"), "summary.csv"));
    insta::assert_snapshot!("batch_awards", read(&folder.path().join("out"), "eligible-for-award.csv"));

    // The answer for one learner of the batch is that of `determine`, but for what is asked.
    let line = read(&folder.path().join("out"), "determinations.jsonl").lines().next().unwrap().to_owned();
    let mut record: serde_json::Value = serde_json::from_str(&read(&fixtures(), "records/ada.json")).unwrap();
    record["attributes"] = serde_json::json!({"standing": "junior", "hold": false, "cumulative_gpa": 3.1,
        "audience": ["student"], "first_generation": true});
    for (n, mode) in [(0, "online"), (2, "in person")] {
        record["attainments"][n]["attributes"] = serde_json::json!({"delivery": mode});
    }
    for attainment in record["attainments"].as_array_mut().unwrap() {
        attainment["credits"] = 3.into();
    }
    write(folder.path(), "ada.json", record.to_string());
    let one = credstack(
        "determine --bundle river --record {}/ada.json --as-of 2025-11-22 --all --format json",
        folder.path(),
    );
    assert_eq!(one.out.trim_end(), line);
    write(folder.path(), "lines.jsonl", format!("{record}\n"));
    let ran = credstack("batch --bundle river --records {}/lines.jsonl --out {}/two --as-of 2025-11-22", folder.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(read(&folder.path().join("two"), "determinations.jsonl").trim_end(), line);
}

#[test]
fn rejects_are_printed_and_strict_fails() {
    let folder = tempfile::tempdir().unwrap();
    let good = r#"{"version":1,"learner":"ann"}"#;
    write(folder.path(), "r.jsonl", format!("{good}\n{{\"version\":1,\"lerner\":\"bob\"}}\n{good}\n"));
    let asked = "batch --bundle river --records {}/r.jsonl --out {}/out --as-of 2025-11-22";
    let ran = credstack(asked, folder.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("3 rows =        1 evaluated +      2 rejected"), "{}", ran.out);
    assert!(ran.out.contains("line 3: learner `ann` stands twice: on line 1 and on line 3"), "{}", ran.out);
    let ran = credstack(asked, folder.path());
    assert!(
        ran.code == 1 && ran.err.contains("there is a result already") && ran.err.contains("--force"),
        "{}",
        ran.err
    );
    assert_eq!(credstack(&format!("{asked} --force --strict"), folder.path()).code, 1);
    let manifest: serde_json::Value = serde_json::from_str(&read(&folder.path().join("out"), "batch.json")).unwrap();
    assert_eq!((&manifest["learners"], &manifest["rejects"]), (&1.into(), &2.into()));
}

#[test]
fn jobs_do_not_change_the_result() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for n in 0..600 {
        for learner in ["ada", "cal", "gus"] {
            let mut record: serde_json::Value =
                serde_json::from_str(&read(&fixtures(), &format!("records/{learner}.json"))).unwrap();
            record["learner"] = format!("{learner}{n}").into();
            lines.push_str(&format!("{record}\n"));
        }
    }
    write(folder.path(), "r.jsonl", lines);
    for jobs in [1, 4] {
        let asked =
            format!("batch --bundle river --records {{}}/r.jsonl --out {{}}/{jobs} --as-of 2025-11-22 --jobs {jobs}");
        let ran = credstack(&asked, folder.path());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.starts_with("1800 learners evaluated"), "{}", ran.out);
    }
    for file in ["determinations.jsonl", "summary.csv", "eligible-for-award.csv", "batch.json"] {
        assert!(read(&folder.path().join("1"), file) == read(&folder.path().join("4"), file), "{file}");
    }
}
