//! Plans beside what is under way.

use super::*;
use credstack_compile::compile;
use credstack_model::{
    Attainment, AttainmentStatus, Catalog, Credential, CredentialKind, LimitRule, Limits, Measure, MinGrade, Order,
    Requirement, Selector, Term, Window,
};

/// The courses `A 1` of three credits, `A 2` of two and `A 3` of three, and a badge.
fn bundle(completion: Requirement) -> Bundle {
    let term = Term { starts: day("2025-08-25"), ends: day("2025-12-19") };
    let mut catalog = Catalog::new("test", "Test")
        .with_courses(["A 1", "A 3"], 3)
        .and_then(|catalog| catalog.with_courses(["A 2"], 2))
        .unwrap()
        .with_credential("c".parse().unwrap(), Credential::new("C", CredentialKind::Badge, completion));
    catalog.terms.insert("2025-fall".parse().unwrap(), term);
    let (bundle, found) = compile(catalog, &Limits::default());
    bundle.unwrap_or_else(|| panic!("{found:?}"))
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn codes(texts: &[&str]) -> Selector {
    Selector::of_codes(texts).unwrap()
}

fn one(pool: Selector) -> Requirement {
    Requirement::take(Measure::Count, 1, pool)
}

/// Something of a course; `how` says what more is known.
fn taken(id: &str, of: &str, how: impl Fn(Attainment) -> Attainment) -> Attainment {
    how(Attainment::new(id.parse().unwrap(), of.parse().unwrap()))
}

fn under_way(attainment: Attainment) -> Attainment {
    attainment.with_status(AttainmentStatus::InProgress)
}

fn graded(grade: &str) -> impl Fn(Attainment) -> Attainment {
    move |attainment| attainment.graded(grade.parse().unwrap())
}

/// Completed on a day, or in a term.
fn completed(when: &str) -> impl Fn(Attainment) -> Attainment {
    move |attainment| Attainment { completed_on: Some(when.parse().unwrap()), ..attainment }
}

/// The courses that are missing for a requirement, and the status that they bring it to.
fn planned_for(completion: Requirement, attainments: &[Attainment]) -> (Vec<String>, Status) {
    let record = attainments.iter().cloned().fold(Record::new("l".parse().unwrap()), Record::with_attainment);
    let record = record.declaring("c".parse().unwrap());
    let options = PlanOptions { targets: Vec::new(), load: None, steps: 20_000 };
    let plan = plan(&bundle(completion), &record, day("2025-11-25"), &options).unwrap();
    (plan.missing.iter().map(|item| item.code.to_string()).collect(), plan.targets[0].then)
}

/// The courses that are missing for one course of grade B out of `A 1`, `A 2` and `A 3`.
fn planned(attainments: &[Attainment]) -> (Vec<String>, Status) {
    let least = MinGrade { scale: "letter".parse().unwrap(), grade: "B".parse().unwrap() };
    planned_for(one(codes(&["A 1", "A 2", "A 3"]).and(Selector::MinGrade(least))), attainments)
}

fn needs(codes: &[&str]) -> (Vec<String>, Status) {
    (codes.iter().map(ToString::to_string).collect(), Status::Complete)
}

#[test]
fn the_fewest_credits_are_missing() {
    assert_eq!(planned(&[]), needs(&["A 2"]));
}

#[test]
fn what_is_under_way_needs_no_other_course_beside_it() {
    let course = taken("a", "A 1", under_way);
    for (why, course) in [
        ("no grade and no date", course.clone()),
        ("it ends after the date asked for", completed("2025-fall")(course.clone())),
        ("it ends after the date asked for", completed("2025-12-19")(course.clone())),
        ("a mark that earns nothing", graded("IP")(course.clone())),
        ("a mark that no scale knows", graded("ongoing")(course.clone())),
        ("a grade so far that is good enough", graded("B")(course.clone())),
    ] {
        assert_eq!(planned(&[course]), needs(&[]), "{why}");
    }
}

#[test]
fn a_grade_so_far_that_is_too_low_stays_what_it_is() {
    assert_eq!(planned(&[graded("C")(taken("a", "A 1", under_way))]), needs(&["A 2"]));
}

#[test]
fn what_is_completed_after_the_date_is_under_way() {
    let ahead = taken("a", "A 1", completed("2025-fall"));
    for (why, course) in [
        ("no grade yet", ahead.clone()),
        ("a mark that earns nothing", graded("IP")(ahead.clone())),
        ("the grade that is expected", graded("A")(ahead.clone())),
    ] {
        assert_eq!(planned(&[course]), needs(&[]), "{why}");
    }
}

#[test]
fn whatever_scale_is_asked_for_is_the_one_that_is_graded_on() {
    let pass = MinGrade { scale: "pass_fail".parse().unwrap(), grade: "P".parse().unwrap() };
    for asked in [Selector::MinGrade(pass), Selector::GradedOn(vec!["su".parse().unwrap()])] {
        let completion = one(codes(&["A 1"]).and(asked.clone()));
        let course = taken("a", "A 1", under_way);
        assert_eq!(planned_for(completion.clone(), std::slice::from_ref(&course)), needs(&[]), "{asked:?}");
        assert_eq!(planned_for(completion.clone(), &[]), needs(&["A 1"]), "{asked:?}");
        let failed = Attainment { scale: Some("letter".parse().unwrap()), ..graded("A")(course) };
        assert_eq!(planned_for(completion, &[failed]).0, ["A 1"], "{asked:?}");
    }
}

#[test]
fn what_is_planned_comes_after_what_is_under_way() {
    let order = Order { first: codes(&["A 1"]), then: codes(&["A 2"]), together: false };
    let completion = Requirement::all(vec![one(codes(&["A 1"])), one(codes(&["A 2"]))]);
    let completion = completion.with_limit(LimitRule::Order(order));
    let course = taken("a", "A 1", under_way);
    for course in [course.clone(), completed("2025-08-25")(course.clone()), completed("2026-05-08")(course.clone())] {
        let when = course.completed_on.clone();
        assert_eq!(planned_for(completion.clone(), &[course]), needs(&["A 2"]), "{when:?}");
    }
    let second = completed("2026-05-01")(taken("b", "A 2", under_way));
    assert_eq!(planned_for(completion, &[course, second]), needs(&[]));
}

#[test]
fn a_window_that_opens_later_is_open_for_what_ends_in_it() {
    let window = Window { from: Some(day("2025-12-01")), to: None };
    let completion = one(codes(&["A 1"]).and(Selector::Completed(window)));
    assert_eq!(planned_for(completion, &[completed("2025-12-19")(taken("a", "A 1", under_way))]), needs(&[]));
}
