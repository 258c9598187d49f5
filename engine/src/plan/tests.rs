//! Plans beside what is under way.

use super::*;
use credstack_compile::compile;
use credstack_model::Limits;

/// Return what is missing for one course of grade B of `A 1`, `A 2` or `A 3`, and how far that brings it.
fn planned(attainments: &str) -> (Vec<String>, Status) {
    let pool = r#"{"and":[{"codes":["A 1","A 2","A 3"]},{"min_grade":{"scale":"letter","grade":"B"}}]}"#;
    planned_for(&format!(r#"{{"rule":{{"take":{{"measure":"count","min":1,"pool":{pool}}}}}}}"#), attainments)
}

/// Return what is missing for a requirement.
fn planned_for(tree: &str, attainments: &str) -> (Vec<String>, Status) {
    let empty = serde_json::to_value(Catalog::new("test", "Test")).unwrap();
    let serde_json::Value::Object(mut catalog) = empty else { panic!("a catalog is an object") };
    let rest = format!(
        r#"{{"terms":{{"2025-fall":{{"starts":"2025-08-25","ends":"2025-12-19"}}}},
            "courses":{{"A 1":{{"credits":3}},"A 2":{{"credits":2}},"A 3":{{"credits":3}}}},
            "credentials":{{"c":{{"title":"C","kind":"badge","editions":[{{"completion":{tree}}}]}}}}}}"#
    );
    let rest: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&rest).unwrap();
    catalog.extend(rest);
    let text = serde_json::Value::Object(catalog).to_string();
    let (bundle, found) = compile(serde_json::from_str(&text).unwrap(), &Limits::default());
    let bundle = bundle.unwrap_or_else(|| panic!("{found:?}"));
    let record = format!(r#"{{"version":1,"learner":"l","declared":["c"],"attainments":[{attainments}]}}"#);
    let record: Record = serde_json::from_str(&record).unwrap();
    let options = PlanOptions { targets: Vec::new(), load: None, steps: 20_000 };
    let plan = plan(&bundle, &record, Date::new(2025, 11, 25).unwrap(), &options).unwrap();
    (plan.missing.iter().map(|item| item.code.to_string()).collect(), plan.targets[0].then)
}

#[test]
fn the_fewest_credits_are_missing() {
    assert_eq!(planned(""), (vec!["A 2".to_owned()], Status::Complete));
}

#[test]
fn what_is_under_way_needs_no_other_course_beside_it() {
    for (why, more) in [
        ("no grade and no date", ""),
        ("it ends after the date asked for", r#","completed_on":"2025-fall""#),
        ("it ends after the date asked for", r#","completed_on":"2025-12-19""#),
        ("a mark that earns nothing", r#","grade":"IP""#),
        ("a mark that no scale knows", r#","grade":"ongoing""#),
        ("a grade so far that is good enough", r#","grade":"B""#),
    ] {
        let under_way = format!(r#"{{"id":"a","of":"A 1","status":"in_progress"{more}}}"#);
        assert_eq!(planned(&under_way), (Vec::new(), Status::Complete), "{why}");
    }
}

#[test]
fn a_grade_so_far_that_is_too_low_stays_what_it_is() {
    let under_way = r#"{"id":"a","of":"A 1","status":"in_progress","grade":"C"}"#;
    assert_eq!(planned(under_way), (vec!["A 2".to_owned()], Status::Complete));
}

#[test]
fn what_is_completed_after_the_date_is_under_way() {
    for (why, more) in [
        ("no grade yet", ""),
        ("a mark that earns nothing", r#","grade":"IP""#),
        ("the grade that is expected", r#","grade":"A""#),
    ] {
        let ahead = format!(r#"{{"id":"a","of":"A 1","completed_on":"2025-fall"{more}}}"#);
        assert_eq!(planned(&ahead), (Vec::new(), Status::Complete), "{why}");
    }
}

#[test]
fn whatever_scale_is_asked_for_is_the_one_that_is_graded_on() {
    for asked in [r#"{"min_grade":{"scale":"pass_fail","grade":"P"}}"#, r#"{"graded_on":["su"]}"#] {
        let pool = format!(r#"{{"and":[{{"codes":["A 1"]}},{asked}]}}"#);
        let tree = format!(r#"{{"rule":{{"take":{{"measure":"count","min":1,"pool":{pool}}}}}}}"#);
        let under_way = r#"{"id":"a","of":"A 1","status":"in_progress"}"#;
        assert_eq!(planned_for(&tree, under_way), (Vec::new(), Status::Complete), "{asked}");
        assert_eq!(planned_for(&tree, ""), (vec!["A 1".to_owned()], Status::Complete), "{asked}");
        let failed = r#"{"id":"a","of":"A 1","status":"in_progress","scale":"letter","grade":"A"}"#;
        assert_eq!(planned_for(&tree, failed).0, vec!["A 1".to_owned()], "{asked}");
    }
}

#[test]
fn what_is_planned_comes_after_what_is_under_way() {
    let take = |code: &str| {
        let pool = format!(r#"{{"codes":["{code}"]}}"#);
        format!(r#"{{"rule":{{"take":{{"measure":"count","min":1,"pool":{pool}}}}}}}"#)
    };
    let order = r#"{"order":{"first":{"codes":["A 1"]},"then":{"codes":["A 2"]},"together":false}}"#;
    let tree = format!(r#"{{"rule":{{"all":[{},{}]}},"limits":[{{"rule":{order}}}]}}"#, take("A 1"), take("A 2"));
    for more in ["", r#","completed_on":"2025-08-25""#, r#","completed_on":"2026-05-08""#] {
        let under_way = format!(r#"{{"id":"a","of":"A 1","status":"in_progress"{more}}}"#);
        assert_eq!(planned_for(&tree, &under_way), (vec!["A 2".to_owned()], Status::Complete), "{more}");
    }
    let both = r#"{"id":"a","of":"A 1","status":"in_progress"},
        {"id":"b","of":"A 2","status":"in_progress","completed_on":"2026-05-01"}"#;
    assert_eq!(planned_for(&tree, both), (Vec::new(), Status::Complete));
}

#[test]
fn a_window_that_opens_later_is_open_for_what_ends_in_it() {
    let pool = r#"{"and":[{"codes":["A 1"]},{"completed":{"from":"2025-12-01"}}]}"#;
    let tree = format!(r#"{{"rule":{{"take":{{"measure":"count","min":1,"pool":{pool}}}}}}}"#);
    let under_way = r#"{"id":"a","of":"A 1","status":"in_progress","completed_on":"2025-12-19"}"#;
    assert_eq!(planned_for(&tree, under_way), (Vec::new(), Status::Complete));
}
