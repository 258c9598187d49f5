//! Screenings beside determinations of the same records.

use std::fmt::Write as _;

use super::*;
use crate::{Targets, compile, determine};
use credstack_model::{Catalog, Limits, Status};

/// Compile a catalog of courses `A 1` to `A 9` of three credits each, and credentials with these completion trees.
fn bundle(credentials: &[(&str, &str)], more: &str) -> Bundle {
    let courses: Vec<String> = (1..10).map(|n| format!(r#""A {n}":{{"credits":3}}"#)).collect();
    let mut editions = Vec::new();
    for (id, tree) in credentials {
        let edition = format!(r#"{{"completion":{{"rule":{tree}}}}}"#);
        editions.push(format!(r#""{id}":{{"title":"{id}","kind":"badge","editions":[{edition}]}}"#));
    }
    let empty = serde_json::to_string(&Catalog::new("test", "Test")).unwrap();
    let mut catalog: serde_json::Value = serde_json::from_str(&empty).unwrap();
    let rest = format!(r#"{{"courses":{{{}}},"credentials":{{{}}}{more}}}"#, courses.join(","), editions.join(","));
    let rest: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&rest).unwrap();
    catalog.as_object_mut().unwrap().extend(rest);
    let (bundle, found) = compile(serde_json::from_str(&catalog.to_string()).unwrap(), &Limits::default());
    bundle.unwrap_or_else(|| panic!("{found:?}"))
}

/// Return a record of courses by their numbers, completed one a day.
fn record(courses: &[usize], more: &str) -> Record {
    let mut attainments = Vec::new();
    for (n, course) in courses.iter().enumerate() {
        let mut one = format!(r#"{{"id":"i{n:03}","of":"A {course}""#);
        write!(one, r#","completed_on":"2024-01-{:02}"}}"#, n % 28 + 1).unwrap();
        attainments.push(one);
    }
    let text = format!(r#"{{"version":1,"learner":"l","attainments":[{}]{more}}}"#, attainments.join(","));
    serde_json::from_str(&text).unwrap()
}

fn codes(courses: &[usize]) -> String {
    let codes: Vec<String> = courses.iter().map(|n| format!(r#""A {n}""#)).collect();
    format!(r#"{{"codes":[{}]}}"#, codes.join(","))
}

fn take(min: usize, courses: &[usize]) -> String {
    format!(r#"{{"take":{{"measure":"count","min":{min},"pool":{}}}}}"#, codes(courses))
}

fn all(of: &[String]) -> String {
    let of: Vec<String> = of.iter().map(|rule| format!(r#"{{"rule":{rule}}}"#)).collect();
    format!(r#"{{"all":[{}]}}"#, of.join(","))
}

/// Return the statuses of a screening, which must be those of a determination, and how many took one.
fn screened(bundle: &Bundle, record: &Record) -> (Vec<Status>, usize) {
    let as_of = Date::new(2025, 6, 30).unwrap();
    let options = Options { targets: Targets::All, ..Options::default() };
    let screen = Screen::new(bundle, as_of, &options);
    let mut learner = screen.read(record).unwrap();
    let answers = learner.answer();
    let full = determine(bundle, record, as_of, &options).unwrap();
    let right: Vec<Status> = full.targets.iter().map(|target| target.status).collect();
    let found: Vec<Status> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(found, right);
    (found, learner.determined())
}

#[test]
fn what_leaves_compete_for_is_given_to_one() {
    // The wide pool must leave A 1 to the narrow one, and A 2 to the other.
    let rule = all(&[take(1, &[1, 2, 3]), take(1, &[1]), take(1, &[1, 2])]);
    let bundle = bundle(&[("c", &rule)], "");
    assert_eq!(screened(&bundle, &record(&[1, 2, 3], "")), (vec![Status::Complete], 0));
    assert_eq!(screened(&bundle, &record(&[1, 2], "")), (vec![Status::Incomplete], 1));
    assert_eq!(screened(&bundle, &record(&[2, 3], "")), (vec![Status::Incomplete], 0));
}

#[test]
fn what_nothing_touches_is_not_looked_at() {
    let bundle = bundle(&[("a", &take(1, &[1])), ("b", &take(1, &[2]))], "");
    let screen = Screen::new(&bundle, Date::new(2025, 6, 30).unwrap(), &Options::default());
    let record = record(&[2], "");
    assert_eq!(screen.read(&record).unwrap().touched(), [1]);
}

#[test]
fn limits_hold_for_what_is_counted() {
    let limit = |rule: &str| format!(r#"{{"all":[{{"rule":{},"limits":[{{"rule":{rule}}}]}}]}}"#, take(2, &[1, 2, 3]));
    let amount = r#""amount":{"fixed":{"measure":"credits","value":3}}"#;
    let most = limit(&format!(r#"{{"at_most":{{{amount},"of":{}}}}}"#, codes(&[1])));
    let least = limit(&format!(r#"{{"at_least":{{{amount},"of":{}}}}}"#, codes(&[3])));
    let bundle = bundle(&[("least", &least), ("most", &most)], "");
    assert_eq!(screened(&bundle, &record(&[1, 2], "")).0, [Status::Incomplete, Status::Complete]);
    assert_eq!(screened(&bundle, &record(&[1, 2, 3], "")).0, [Status::Complete, Status::Complete]);
}

#[test]
fn what_awards_hold_is_not_counted_again() {
    let bundle = bundle(&[("a", &take(1, &[1])), ("b", &take(1, &[1, 2]))], "");
    let award = r#","conferred":[{"credential":"a","on":"2024-02-01","consumed":["i000"]}]"#;
    assert_eq!(screened(&bundle, &record(&[1], award)).0, [Status::Conferred, Status::Incomplete]);
    assert_eq!(screened(&bundle, &record(&[1, 2], award)), (vec![Status::Conferred, Status::Complete], 0));
}

#[test]
fn what_is_asked_to_be_held_may_be_complete() {
    let above = all(&[r#"{"earned":"a"}"#.to_owned(), take(1, &[1, 2])]);
    let bundle = bundle(&[("a", &take(1, &[1])), ("b", &above)], "");
    assert_eq!(screened(&bundle, &record(&[1, 2], "")), (vec![Status::Complete, Status::Complete], 0));
    assert_eq!(screened(&bundle, &record(&[1], "")).0, [Status::Complete, Status::Incomplete]);
    assert_eq!(screened(&bundle, &record(&[2], "")).0, [Status::Incomplete, Status::Incomplete]);
}

#[test]
fn large_records_and_exceptions_are_determined_in_full() {
    let bundle = bundle(
        &[("a", &take(1, &[1])), ("b", &take(1, &[2]))],
        r#","defaults":DEFAULTS"#
            .replace(
                "DEFAULTS",
                &serde_json::to_string(&credstack_model::Defaults {
                    repeats: credstack_model::Repeats::All,
                    ..Default::default()
                })
                .unwrap(),
            )
            .as_str(),
    );
    let many: Vec<usize> = (0..200).map(|_| 1).collect();
    assert_eq!(screened(&bundle, &record(&many, "")), (vec![Status::Complete, Status::Incomplete], 1));
    let waived = r#","exceptions":[{"authority":"x","reason":"y","credential":"b",
        "grant":{"substitute":{"attainment":"i000","counts_as":"A 2"}}}]"#;
    assert_eq!(screened(&bundle, &record(&[1], waived)), (vec![Status::Complete, Status::Complete], 1));
}

#[test]
fn closed_is_what_nothing_to_come_can_meet() {
    let past = format!(
        r#"{{"take":{{"measure":"count","min":1,"pool":{{"and":[{},{{"completed":{{"to":"2024-06-30"}}}}]}}}}}}"#,
        codes(&[1])
    );
    // A 1 is all that the first can count; if the second counts it for now, A 2 can take its place there.
    let both = all(&[past.clone(), take(1, &[1, 2])]);
    let bundle = bundle(&[("both", &both), ("past", &past)], "");
    assert_eq!(screened(&bundle, &record(&[1], "")).0, [Status::Incomplete, Status::Complete]);
    assert_eq!(screened(&bundle, &record(&[2], "")).0, [Status::Closed, Status::Closed]);
}

#[test]
fn what_a_limit_is_perhaps_on_counts_pending_review() {
    let rule = |of: &str| {
        let limit = format!(r#"{{"at_most":{{"amount":{{"fixed":{{"measure":"credits","value":9}}}},"of":{of}}}}}"#);
        format!(r#"{{"all":[{{"rule":{},"limits":[{{"rule":{limit}}}]}}]}}"#, take(1, &[1]))
    };
    let bundle = bundle(&[("sure", &rule(&codes(&[1]))), ("unsure", &rule(r#""verified""#))], "");
    assert_eq!(screened(&bundle, &record(&[1], "")).0, [Status::Complete, Status::NeedsReview]);
}

#[test]
fn what_asks_for_nothing_is_not_closed() {
    let past = format!(
        r#"{{"take":{{"measure":"count","min":1,"pool":{{"and":[{},{{"completed":{{"to":"2024-06-30"}}}}]}}}}}}"#,
        codes(&[1])
    );
    let nothing = format!(r#"{{"at_least":{{"measure":"credits","min":0,"of":[{{"rule":{past}}}]}}}}"#);
    let bundle = bundle(&[("c", &all(&[nothing, take(1, &[2])]))], "");
    assert_eq!(screened(&bundle, &record(&[], "")).0, [Status::Incomplete]);
}

#[test]
fn what_would_take_long_is_determined_in_full() {
    // Each level has two ways through, none of which leads to an end.
    let beyond = r#"{"distinct":{"min":9,"per":"code","of":"everything"}}"#;
    let mut rule = format!(r#"{{"rule":{},"limits":[{{"rule":{beyond}}}]}}"#, take(0, &[1]));
    for _ in 0..18 {
        let limit =
            format!(r#"{{"at_most":{{"amount":{{"fixed":{{"measure":"credits","value":9}}}},"of":{}}}}}"#, codes(&[1]));
        rule = format!(r#"{{"rule":{{"all":[{{"rule":{}}},{rule}]}},"limits":[{{"rule":{limit}}}]}}"#, take(0, &[2]));
    }
    let deep = format!(r#"{{"all":[{rule}]}}"#);
    let bundle = bundle(&[("deep", &deep)], "");
    assert_eq!(screened(&bundle, &record(&[1], "")), (vec![Status::Incomplete], 1));
}

#[test]
fn long_chains_are_determined_in_full() {
    // Each credential asks for the next, and twice, so that there are 2^39 ways to the last.
    let names: Vec<String> = (0..40).map(|n| format!("n{n:02}")).collect();
    let mut trees = Vec::new();
    for n in 0..names.len() {
        let next = names.get(n + 1).map_or(take(1, &[3]), |next| format!(r#"{{"earned":"{next}"}}"#));
        trees.push(all(&[next.clone(), next]));
    }
    let credentials: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(trees.iter().map(String::as_str)).collect();
    let bundle = bundle(&credentials, "");
    assert_eq!(screened(&bundle, &record(&[1], "")).0, [Status::Incomplete; 40]);
    // The last asks twice for one course.
    assert_eq!(screened(&bundle, &record(&[3, 3], "")).0, [Status::Incomplete; 40]);
}
