//! The oracle on worlds small enough to be worked out by hand.

use credstack_engine::Limits;
use credstack_engine::model::answer::{Options, Status};
use credstack_engine::model::{
    Attainment, Catalog, Conferred, Credential, CredentialKind, Date, Decimal, Fixed, Last, LimitRule, Measure, Record,
    Requirement, Selector, Span, StackEdge,
};
use credstack_tests::oracle::{Answer, solve};
use credstack_tests::worlds::{Settings, today, worlds};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

pub(crate) fn take(measure: Measure, min: i64, codes: &[&str]) -> Requirement {
    Requirement::take(measure, Decimal::whole(min), Selector::of_codes(codes).unwrap())
}

pub(crate) fn credits(min: i64, codes: &[&str]) -> Requirement {
    take(Measure::Credits, min, codes)
}

pub(crate) fn catalog(credentials: &[(&str, Requirement)]) -> Catalog {
    let catalog = Catalog::new("hand", "By hand").with_courses(["A", "B", "C", "D"], 3).unwrap();
    credentials.iter().fold(catalog, |catalog, (id, completion)| {
        let credential = Credential::new(id, CredentialKind::Certificate, completion.clone());
        catalog.with_credential(id.parse().unwrap(), credential)
    })
}

pub(crate) fn record(codes: &[&str], declared: &[&str]) -> Record {
    let record = declared
        .iter()
        .fold(Record::new("l".parse().unwrap()), |record, credential| record.declaring(credential.parse().unwrap()));
    codes.iter().zip(1..).fold(record, |record, (of, month)| {
        let attainment = Attainment::new(of.to_lowercase().parse().unwrap(), of.parse().unwrap());
        let attainment = attainment.completed(Date::new(2024, month, 1).unwrap()).graded("A".parse().unwrap());
        record.with_attainment(attainment)
    })
}

fn ask(catalog: &Catalog, record: &Record) -> Answer {
    solve(catalog, record, today(), &Options::default(), &record.declared).unwrap()
}

fn outcome(answer: &Answer, at: usize) -> (Status, i64) {
    (answer.outcomes[at].status, answer.outcomes[at].distance.thousandths())
}

fn used(answer: &Answer) -> Vec<&str> {
    answer.used.iter().map(|id| id.as_str()).collect()
}

#[test]
fn a_course_that_fits_two_lists_goes_where_it_is_needed() {
    let both = Requirement::all(vec![credits(3, &["A", "B"]), credits(3, &["A"])]);
    let answer = ask(&catalog(&[("x", both.clone())]), &record(&["A", "B"], &["x"]));
    assert_eq!(outcome(&answer, 0), (Status::Complete, 0));
    let answer = ask(&catalog(&[("x", both)]), &record(&["A"], &["x"]));
    assert_eq!((outcome(&answer, 0), used(&answer)), ((Status::Incomplete, 3000), vec!["a"]));
}

#[test]
fn the_first_target_comes_first_and_stacks_share() {
    let mut catalog = catalog(&[("x", credits(3, &["A"])), ("y", credits(6, &["A", "B"]))]);
    let record = record(&["A", "B"], &["x", "y"]);
    let answer = ask(&catalog, &record);
    assert_eq!((outcome(&answer, 0), outcome(&answer, 1)), ((Status::Complete, 0), (Status::Incomplete, 3000)));
    let edge =
        |carries: u32| StackEdge::new("x".parse().unwrap(), "y".parse().unwrap()).carrying(Fixed::credits(carries));
    catalog.stacks = vec![edge(3)];
    assert_eq!(outcome(&ask(&catalog, &record), 1), (Status::Complete, 0));
    catalog.stacks = vec![edge(2)];
    assert_eq!(outcome(&ask(&catalog, &record), 1), (Status::Incomplete, 3000));
}

#[test]
fn what_an_award_consumed_stays_there() {
    let catalog = catalog(&[("x", credits(3, &["A"])), ("y", credits(3, &["A"]))]);
    let mut record = record(&["A"], &["y"]);
    record.conferred.push(Conferred {
        credential: "x".parse().unwrap(),
        on: Date::new(2024, 2, 1).unwrap(),
        expires_on: None,
        consumed: vec!["a".parse().unwrap()],
    });
    assert_eq!(outcome(&ask(&catalog, &record), 0), (Status::Incomplete, 3000));
    record.declared = vec!["x".parse().unwrap()];
    assert_eq!(outcome(&ask(&catalog, &record), 0), (Status::Conferred, 0));
}

#[test]
fn a_credential_that_is_asked_for_is_completed_on_the_way() {
    let held = Requirement::earned("x".parse().unwrap());
    let both = Requirement::all(vec![held, credits(3, &["A", "B"])]);
    let catalog = catalog(&[("x", credits(3, &["A"])), ("y", both)]);
    let answer = ask(&catalog, &record(&["A", "B"], &["y"]));
    assert_eq!((outcome(&answer, 0), used(&answer)), ((Status::Complete, 0), vec!["a", "b"]));
    let answer = ask(&catalog, &record(&["A"], &["y"]));
    // Holding x costs a typical item, and so does the leaf: using `a` for x leaves 3 short.
    assert_eq!(outcome(&answer, 0), (Status::Incomplete, 3000));
}

#[test]
fn ties_go_to_fewer_then_earlier() {
    let catalog = catalog(&[("x", credits(3, &["A", "B", "C"]))]);
    let mut record = record(&["A", "B", "C"], &["x"]);
    assert_eq!(used(&ask(&catalog, &record)), ["a"]);
    record.attainments[0].credits = Some(Decimal::ONE);
    assert_eq!(used(&ask(&catalog, &record)), ["b"]);
}

#[test]
fn a_span_makes_allocations_illegal() {
    let within = credstack_engine::model::Duration::Months(1);
    let span = LimitRule::Span(Span { within, of: Selector::Everything });
    let both = credits(6, &["A", "B", "C"]).with_limit(span);
    let catalog = catalog(&[("x", both)]);
    let mut record = record(&["A", "B", "C"], &["x"]);
    record.attainments[1].completed_on = Some(credstack_engine::model::Completed::On(today()));
    assert_eq!(outcome(&ask(&catalog, &record), 0), (Status::Incomplete, 3000));
    record.attainments[1].completed_on = record.attainments[0].completed_on.clone();
    assert_eq!(used(&ask(&catalog, &record)), ["a", "b"]);
}

#[test]
fn the_last_credits_are_counted_back_from_the_end() {
    let with = |min: u32, out_of: u32, codes: &[&str]| {
        let of = Selector::of_codes(codes).unwrap();
        let last = Last { measure: Measure::Credits, min: min.into(), out_of: out_of.into(), of };
        catalog(&[("x", credits(12, &["A", "B", "C", "D"]).with_limit(LimitRule::Last(last)))])
    };
    let mut record = record(&["A", "B", "C", "D"], &["x"]);
    let short = |catalog: &Catalog, record: &Record| outcome(&ask(catalog, record), 0);
    assert_eq!(short(&with(3, 6, &["A", "C"]), &record), (Status::Complete, 0));
    assert_eq!(short(&with(4, 6, &["A", "C"]), &record), (Status::Incomplete, 1000));
    // Of B, only one credit of three lies within the last seven.
    assert_eq!(short(&with(4, 7, &["B", "C"]), &record), (Status::Complete, 0));
    assert_eq!(short(&with(5, 7, &["B", "C"]), &record), (Status::Incomplete, 1000));
    // Of one day, what matches is the later.
    record.attainments[2].completed_on = record.attainments[1].completed_on.clone();
    assert_eq!(short(&with(3, 6, &["B"]), &record), (Status::Complete, 0));
    assert_eq!(short(&with(3, 6, &["C"]), &record), (Status::Complete, 0));
    record.attainments[0].completed_on = None;
    assert_eq!(short(&with(3, 6, &["A"]), &record), (Status::NeedsReview, 0));
    assert_eq!(short(&with(3, 6, &["D"]), &record), (Status::Complete, 0));
    assert_eq!(short(&with(4, 6, &["D", "B"]), &record), (Status::NeedsReview, 0));
}

/// The generator makes catalogs that compile, worlds that the oracle can try out, and verdicts of
/// every kind.
#[test]
fn worlds_are_sound_small_and_varied() {
    let mut runner = TestRunner::deterministic();
    let strategy = worlds(Settings::everything());
    let (mut too_large, mut seen) = (0, std::collections::BTreeMap::new());
    for _ in 0..300 {
        let world = strategy.new_tree(&mut runner).unwrap().current();
        let (bundle, diagnostics) = credstack_engine::compile(world.catalog.clone(), &Limits::default());
        assert!(bundle.is_some(), "{diagnostics:#?}");
        match solve(&world.catalog, &world.record, world.as_of, &world.options, &world.record.declared) {
            None => too_large += 1,
            Some(answer) => {
                for outcome in answer.outcomes {
                    *seen.entry(outcome.status).or_insert(0) += 1;
                }
            }
        }
    }
    println!("{too_large} of 300 worlds are too large; statuses: {seen:?}");
    assert!(too_large < 30, "{too_large} worlds are too large to try out");
    let wanted =
        [Status::Conferred, Status::Complete, Status::CompleteWithInProgress, Status::NeedsReview, Status::Incomplete];
    assert!(wanted.iter().all(|status| seen.get(status).is_some_and(|n| *n >= 10)), "{seen:?}");
}
