//! determine, verify, explain.

use super::{credstack, fixtures, write};

/// What a student is told. Each of these was read by a person before it was accepted.
#[test]
fn students_are_told_in_words() {
    for learner in ["ada", "ben", "cal", "dia", "eli", "fay", "gus", "hana", "ivo", "jun", "kai"] {
        let ran = credstack(
            &format!("determine --bundle river --record records/{learner}.json --as-of 2025-11-22"),
            &fixtures(),
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        insta::assert_snapshot!(format!("determine_{learner}"), ran.out);
    }
    let ran = credstack("determine --bundle river --record records/gus.json --as-of 2025-11-22 --all", &fixtures());
    insta::assert_snapshot!("determine_gus_all", ran.out);
}

#[test]
fn students_are_told_in_spanish() {
    for learner in ["ada", "cal", "eli", "fay", "gus"] {
        let asked = format!("determine --bundle river --record records/{learner}.json --as-of 2025-11-22");
        let ran = credstack(&format!("{asked} --language es"), &fixtures());
        assert_eq!(ran.code, 0, "{}", ran.err);
        insta::assert_snapshot!(format!("determine_{learner}_spanish"), ran.out);
        let json = format!("{asked} --format json");
        assert_eq!(
            credstack(&format!("{json} --language es"), &fixtures()).out,
            credstack(&json, &fixtures()).out,
            "the bytes of an answer have no language"
        );
    }
    let asked = "determine --bundle river --record records/gus.json --as-of 2025-11-22";
    let ran = credstack(&format!("{asked} --all --language es"), &fixtures());
    insta::assert_snapshot!("determine_gus_all_spanish", ran.out);
    let ran = credstack(&format!("{asked} --language nowhere"), &fixtures());
    assert!(ran.code == 2 && ran.err.contains("possible values: en, es"), "{}", ran.err);
}

#[test]
fn targets_and_plans_are_asked_for() {
    let ran = credstack(
        "determine --bundle river --record records/ben.json --as-of 2025-11-22 --target data-literacy --format json",
        &fixtures(),
    );
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["targets"].as_array().unwrap().len(), 1);
    assert_eq!(answer["targets"][0]["credential"], "data-literacy");
    assert_eq!(answer["options"]["planned"], false);
    let ran = credstack(
        "determine --bundle river --record records/ben.json --as-of 2025-11-22 --planned --steps 77 --format json",
        &fixtures(),
    );
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&answer["options"]["planned"], &answer["options"]["steps"]), (&true.into(), &77.into()));
    // Without a date the answer shows the one that was used.
    let ran = credstack("determine --bundle river --record records/ben.json", &fixtures());
    assert!(ran.out.starts_with("ben, as of 20"), "{}", ran.out);
}

#[test]
fn an_answer_verifies_until_it_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let ran =
        credstack("determine --bundle river --record records/ada.json --as-of 2025-11-22 --format json", &fixtures());
    write(folder.path(), "d.json", &ran.out);
    let asked = "verify --bundle river --record records/ada.json --determination {}/d.json";
    let ran_right = credstack(asked, folder.path());
    assert_eq!(ran_right.code, 0, "{}{}", ran_right.out, ran_right.err);
    assert!(ran_right.out.starts_with("verified:"));
    write(folder.path(), "d.json", ran.out.replacen("\"a2\"", "\"a3\"", 1));
    let ran_wrong = credstack(asked, folder.path());
    assert_eq!(ran_wrong.code, 1);
    assert!(ran_wrong.out.starts_with("not verified:") && ran_wrong.out.contains("\n- "), "{}", ran_wrong.out);
}

#[test]
fn one_requirement_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let ran =
        credstack("determine --bundle river --record records/cal.json --as-of 2025-11-22 --format json", &fixtures());
    write(folder.path(), "d.jsonl", &ran.out);
    let asked = "explain {}/d.jsonl --target data-certificate";
    let ran = credstack(&format!("{asked} --path completion.1 --bundle river"), folder.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!("explain_electives", ran.out);
    let ran = credstack(&format!("{asked} --path completion.1 --bundle river --language es"), folder.path());
    insta::assert_snapshot!("explain_electives_spanish", ran.out);
    assert_eq!(credstack(asked, folder.path()).code, 0);
    assert_eq!(credstack("explain {}/d.jsonl", folder.path()).code, 0);
    for (wrong, part) in [
        ("--path completion.9", "has no requirement `completion.9`"),
        ("--path completion.9", "it has: completion, completion.0"),
    ] {
        let ran = credstack(&format!("{asked} {wrong}"), folder.path());
        assert!(ran.code == 1 && ran.err.contains(part), "{}", ran.err);
    }
    let ran = credstack("explain {}/d.jsonl --target nope", folder.path());
    assert!(ran.err.contains("there is no answer for `nope`") && ran.err.contains("data-certificate"), "{}", ran.err);
    let ran = credstack("explain {}/d.jsonl --learner nobody", folder.path());
    assert!(ran.err.contains("there is no determination of `nobody`"), "{}", ran.err);
}

#[test]
fn what_is_missing_is_planned_in_terms() {
    for (learner, more) in
        [("ada", "--load 6"), ("ben", "--target data-certificate --target data-citizen"), ("cal", "--load 9")]
    {
        let asked = format!("plan --bundle river --record records/{learner}.json --as-of 2025-11-22 {more}");
        let ran = credstack(&asked, &fixtures());
        insta::assert_snapshot!(format!("plan_{learner}"), format!("{}exit {}\n", ran.out, ran.code));
    }
    let asked = "plan --bundle river --record records/ada.json --as-of 2025-11-22";
    for (wrong, part) in [
        ("--target nothing", "there is no credential `nothing`"),
        ("--load 0", "the load of a term is not positive"),
        ("--load=-3 --format json", "the load of a term is not positive"),
    ] {
        let ran = credstack(&format!("{asked} {wrong}"), &fixtures());
        assert!(ran.code != 0 && ran.err.contains(part), "{} {}", ran.code, ran.err);
    }
    let ran = credstack(&format!("{asked} --load 2"), &fixtures());
    assert!(ran.code == 1 && ran.out.contains("has 3 credits, more than the 2 allowed in a term"), "{}", ran.out);
    let ran = credstack(&format!("{asked} --load 9 --format json"), &fixtures());
    let plan: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(plan["version"], 1);
    let terms = plan["terms"].as_array().unwrap();
    assert!(terms.iter().all(|term| term["credits"].as_f64().unwrap() <= 9.0), "{plan}");
}
