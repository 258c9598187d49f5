//! Screenings beside determinations of the same records.

use super::*;
use crate::{Targets, compile, determine};
use credstack_model::{
    Amount, Attainment, Bounded, Catalog, Conferred, Credential, CredentialKind, Decimal, Defaults, Distinct,
    Exception, Fixed, Grant, Key, LimitRule, Limits, Measure, Repeats, Requirement, Selector, Status, Substitution,
    Window,
};

/// Create a catalog of courses `A 1` to `A 9` of three credits each, and badges with these completion trees.
fn catalog(badges: &[(&str, Requirement)]) -> Catalog {
    let courses = Catalog::new("test", "Test").with_courses((1..10).map(|n| format!("A {n}")), 3).unwrap();
    badges.iter().fold(courses, |catalog, (id, completion)| {
        let credential = Credential::new(id, CredentialKind::Badge, completion.clone());
        catalog.with_credential(id.parse().unwrap(), credential)
    })
}

fn compiled(catalog: Catalog) -> Bundle {
    let (bundle, found) = compile(catalog, &Limits::default());
    bundle.unwrap_or_else(|| panic!("{found:?}"))
}

fn bundle(badges: &[(&str, Requirement)]) -> Bundle {
    compiled(catalog(badges))
}

/// Create a record of courses by their numbers, completed one a day.
fn record(courses: &[usize]) -> Record {
    courses.iter().enumerate().fold(Record::new("l".parse().unwrap()), |record, (n, course)| {
        let day = Date::new(2024, 1, u8::try_from(n % 28).unwrap() + 1).unwrap();
        let (id, of) = (format!("i{n:03}").parse().unwrap(), format!("A {course}").parse().unwrap());
        record.with_attainment(Attainment::new(id, of).completed(day))
    })
}

fn codes(courses: &[usize]) -> Selector {
    Selector::of_codes(courses.iter().map(|n| format!("A {n}"))).unwrap()
}

fn take(min: u32, courses: &[usize]) -> Requirement {
    Requirement::take(Measure::Count, min, codes(courses))
}

fn all(of: &[Requirement]) -> Requirement {
    Requirement::all(of.to_vec())
}

fn earned(credential: &str) -> Requirement {
    Requirement::earned(credential.parse().unwrap())
}

fn credits(amount: u32, of: Selector) -> Bounded {
    Bounded { amount: Amount::Fixed(Fixed::credits(amount)), of }
}

/// Take a course that was completed long ago, which nobody can do any more.
fn past() -> Requirement {
    let window = Window { from: None, to: Date::new(2024, 6, 30) };
    Requirement::take(Measure::Count, 1, codes(&[1]).and(Selector::Completed(window)))
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
    let bundle = bundle(&[("c", rule)]);
    assert_eq!(screened(&bundle, &record(&[1, 2, 3])), (vec![Status::Complete], 0));
    assert_eq!(screened(&bundle, &record(&[1, 2])), (vec![Status::Incomplete], 1));
    assert_eq!(screened(&bundle, &record(&[2, 3])), (vec![Status::Incomplete], 0));
}

#[test]
fn what_nothing_touches_is_not_looked_at() {
    let bundle = bundle(&[("a", take(1, &[1])), ("b", take(1, &[2]))]);
    let screen = Screen::new(&bundle, Date::new(2025, 6, 30).unwrap(), &Options::default());
    let record = record(&[2]);
    assert_eq!(screen.read(&record).unwrap().touched(), [1]);
}

#[test]
fn limits_hold_for_what_is_counted() {
    let limited = |limit: LimitRule| all(&[take(2, &[1, 2, 3]).with_limit(limit)]);
    let most = limited(LimitRule::AtMost(credits(3, codes(&[1]))));
    let least = limited(LimitRule::AtLeast(credits(3, codes(&[3]))));
    let bundle = bundle(&[("least", least), ("most", most)]);
    assert_eq!(screened(&bundle, &record(&[1, 2])).0, [Status::Incomplete, Status::Complete]);
    assert_eq!(screened(&bundle, &record(&[1, 2, 3])).0, [Status::Complete, Status::Complete]);
}

#[test]
fn what_awards_hold_is_not_counted_again() {
    let bundle = bundle(&[("a", take(1, &[1])), ("b", take(1, &[1, 2]))]);
    let award = Conferred {
        consumed: vec!["i000".parse().unwrap()],
        ..Conferred::new("a".parse().unwrap(), Date::new(2024, 2, 1).unwrap())
    };
    let with_award = |courses: &[usize]| record(courses).holding(award.clone());
    assert_eq!(screened(&bundle, &with_award(&[1])).0, [Status::Conferred, Status::Incomplete]);
    assert_eq!(screened(&bundle, &with_award(&[1, 2])), (vec![Status::Conferred, Status::Complete], 0));
}

#[test]
fn what_is_asked_to_be_held_may_be_complete() {
    let upper = all(&[earned("a"), take(1, &[1, 2])]);
    let bundle = bundle(&[("a", take(1, &[1])), ("b", upper)]);
    assert_eq!(screened(&bundle, &record(&[1, 2])), (vec![Status::Complete, Status::Complete], 0));
    assert_eq!(screened(&bundle, &record(&[1])).0, [Status::Complete, Status::Incomplete]);
    assert_eq!(screened(&bundle, &record(&[2])).0, [Status::Incomplete, Status::Incomplete]);
}

#[test]
fn large_records_and_exceptions_are_determined_in_full() {
    let mut catalog = catalog(&[("a", take(1, &[1])), ("b", take(1, &[2]))]);
    catalog.defaults = Defaults { repeats: Repeats::All, ..Defaults::default() };
    let bundle = compiled(catalog);
    assert_eq!(screened(&bundle, &record(&[1; 200])), (vec![Status::Complete, Status::Incomplete], 1));
    let mut substituted = record(&[1]);
    substituted.exceptions.push(Exception {
        authority: "x".to_owned(),
        reason: "y".to_owned(),
        credential: "b".parse().unwrap(),
        grant: Grant::Substitute(Substitution {
            attainment: "i000".parse().unwrap(),
            counts_as: "A 2".parse().unwrap(),
        }),
    });
    assert_eq!(screened(&bundle, &substituted), (vec![Status::Complete, Status::Complete], 1));
}

#[test]
fn closed_is_what_nothing_to_come_can_meet() {
    // A 1 is all that the first can count; if the second counts it for now, A 2 can take its place there.
    let both = all(&[past(), take(1, &[1, 2])]);
    let bundle = bundle(&[("both", both), ("past", past())]);
    assert_eq!(screened(&bundle, &record(&[1])).0, [Status::Incomplete, Status::Complete]);
    assert_eq!(screened(&bundle, &record(&[2])).0, [Status::Closed, Status::Closed]);
}

#[test]
fn what_a_limit_is_perhaps_on_counts_pending_review() {
    let limited = |of: Selector| all(&[take(1, &[1]).with_limit(LimitRule::AtMost(credits(9, of)))]);
    let bundle = bundle(&[("sure", limited(codes(&[1]))), ("unsure", limited(Selector::Verified))]);
    assert_eq!(screened(&bundle, &record(&[1])).0, [Status::Complete, Status::NeedsReview]);
}

#[test]
fn what_asks_for_nothing_is_not_closed() {
    let nothing = Requirement::at_least(Measure::Credits, Decimal::ZERO, vec![past()]);
    let bundle = bundle(&[("c", all(&[nothing, take(1, &[2])]))]);
    assert_eq!(screened(&bundle, &record(&[])).0, [Status::Incomplete]);
}

#[test]
fn what_would_take_long_is_determined_in_full() {
    // Each level has two ways through, none of which leads to an end.
    let beyond = LimitRule::Distinct(Distinct { min: 9, per: Key::Code, of: Selector::Everything });
    let mut rule = take(0, &[1]).with_limit(beyond);
    for _ in 0..18 {
        rule = all(&[take(0, &[2]), rule]).with_limit(LimitRule::AtMost(credits(9, codes(&[1]))));
    }
    let bundle = bundle(&[("deep", all(&[rule]))]);
    assert_eq!(screened(&bundle, &record(&[1])), (vec![Status::Incomplete], 1));
}

#[test]
fn long_chains_are_determined_in_full() {
    // Each credential asks for the next, and twice, so that there are 2^39 ways to the last.
    let names: Vec<String> = (0..40).map(|n| format!("n{n:02}")).collect();
    let tree = |n: usize| {
        let next = names.get(n + 1).map_or_else(|| take(1, &[3]), |next| earned(next));
        all(&[next.clone(), next])
    };
    let credentials: Vec<(&str, Requirement)> =
        names.iter().enumerate().map(|(n, name)| (name.as_str(), tree(n))).collect();
    let bundle = bundle(&credentials);
    assert_eq!(screened(&bundle, &record(&[1])).0, [Status::Incomplete; 40]);
    // The last asks twice for one course.
    assert_eq!(screened(&bundle, &record(&[3, 3])).0, [Status::Incomplete; 40]);
}
