//! An answer with anything changed in it is no longer verified.

use credstack_engine::model::answer::{
    Admission, Determination, Gate, NodeAnswer, NodeStatus, SharedUse, Standing, Status, Targets,
};
use credstack_engine::model::{
    Bounded, Conferred, Date, Decimal, Exception, Fixed, Grant, LimitRule, Measure, Requirement, Selector, StackEdge,
};
use credstack_engine::{Bundle, Limits, Options, compile, determine, verify};

use super::oracle::{catalog, credits, record, take};

struct Answered {
    bundle: Bundle,
    record: credstack_engine::Record,
    answer: Determination,
}

/// Two stacked certificates and a degree, half done, with an award, a limit and a choice.
fn answered() -> Answered {
    let of = |codes: &[&str]| Selector::of_codes(codes).unwrap();
    let six = Bounded { amount: credstack_engine::model::Amount::Fixed(Fixed::credits(6)), of: Selector::Everything };
    let core = credits(6, &["A", "B"]).named("Core").with_limit(LimitRule::AtMost(six));
    let choice = Requirement::any(vec![credits(3, &["C"]), take(Measure::Count, 2, &["C", "D"])]);
    let x = Requirement::all(vec![core, choice]);
    let capped = Requirement::take_between(Measure::Credits, 3, 3, of(&["A", "D"]));
    let y = Requirement::all(vec![capped, credits(9, &["D"])]);
    let mut catalog = catalog(&[("x", x), ("y", y), ("z", credits(3, &["D"]))]);
    let edition = &mut catalog.credentials.get_mut("x").unwrap().editions[0];
    edition.admission = Some(take(Measure::Count, 1, &["A"]));
    edition.conferral = Some(Requirement::seen(Measure::Count, 1, of(&["A"])));
    let edge = StackEdge::new("x".parse().unwrap(), "y".parse().unwrap());
    catalog.stacks.push(edge.carrying(Fixed::credits(3)));
    let mut record = record(&["A", "B", "C", "D"], &["x", "y"]);
    record.conferred.push(Conferred {
        credential: "z".parse().unwrap(),
        on: Date::new(2025, 1, 1).unwrap(),
        expires_on: None,
        consumed: vec!["d".parse().unwrap()],
    });
    let (bundle, diagnostics) = compile(catalog, &Limits::default());
    let bundle = bundle.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let options = Options { targets: Targets::All, ..Options::default() };
    let answer = determine(&bundle, &record, Date::new(2025, 6, 30).unwrap(), &options).unwrap();
    assert_eq!(verify(&bundle, &record, &answer), [], "{answer:#?}");
    Answered { bundle, record, answer }
}

/// The first node, of the completion trees in order, that something is true of.
fn node(answer: &mut Determination, wanted: fn(&NodeAnswer) -> bool) -> &mut NodeAnswer {
    fn find(node: &mut NodeAnswer, wanted: fn(&NodeAnswer) -> bool) -> Option<&mut NodeAnswer> {
        if wanted(node) {
            return Some(node);
        }
        node.children.iter_mut().find_map(|child| find(child, wanted))
    }
    answer.targets.iter_mut().find_map(|t| find(&mut t.completion, wanted)).expect("the answer has such a node")
}

fn leaf(answer: &mut Determination) -> &mut NodeAnswer {
    node(answer, |n| !n.uses.is_empty())
}

type Change = (&'static str, &'static str, fn(&mut Determination));

/// What is changed, which finding must name it, and the change.
const CHANGES: [Change; 28] = [
    ("another bundle", "other-bundle", |d| d.provenance.bundle = "0".repeat(64)),
    ("another record", "other-record", |d| d.provenance.record = "0".repeat(64)),
    ("another learner", "other-learner", |d| d.learner = "somebody".parse().unwrap()),
    ("another version", "unknown-version", |d| d.version = 2),
    ("a target left out", "wrong-targets", |d| drop(d.targets.remove(0))),
    ("a target twice", "wrong-targets", |d| d.targets.push(d.targets[0].clone())),
    ("targets in another order", "wrong-targets", |d| d.targets.swap(0, 1)),
    ("another title", "wrong-heading", |d| d.targets[0].title = "Doctor of Everything".to_owned()),
    ("another edition", "wrong-edition", |d| d.targets[0].edition = Some(1999)),
    ("a better status", "wrong-status", |d| d.targets[1].status = Status::Complete),
    ("a worse status", "wrong-status", |d| d.targets[0].status = Status::Incomplete),
    ("an award that is not", "wrong-status", |d| d.targets[0].status = Status::Conferred),
    ("an award denied", "wrong-status", |d| d.targets[2].status = Status::Complete),
    ("a smaller distance", "wrong-distance", |d| d.targets[1].distance = Decimal::ONE),
    ("another admission", "wrong-gate", |d| d.targets[0].admission = Admission::NotEligible),
    ("another conferral", "wrong-gate", |d| d.targets[0].conferral = Gate::Shut),
    ("a gate left out", "wrong-shape", |d| d.targets[0].admission_tree = None),
    ("a node called otherwise", "wrong-path", |d| leaf(d).path.push('9')),
    ("a node met that is not", "wrong-status", |d| node(d, |n| n.status == NodeStatus::Unmet).status = NodeStatus::Met),
    ("a node less short", "wrong-distance", |d| node(d, |n| n.short > Decimal::ZERO).short = Decimal::ONE),
    ("a node left out", "wrong-shape", |d| drop(node(d, |n| n.children.len() > 1).children.pop())),
    ("a use left out", "wrong-status", |d| leaf(d).uses.clear()),
    ("a use of nothing", "no-such-attainment", |d| leaf(d).uses[0].attainment = "ghost".parse().unwrap()),
    ("a use of another code", "wrong-code", |d| leaf(d).uses[0].of = "Z".parse().unwrap()),
    ("a use worth more", "wrong-amount", |d| leaf(d).uses[0].amount = Decimal::whole(30)),
    ("a use of another standing", "wrong-standing", |d| leaf(d).uses[0].standing = Standing::Pending),
    ("an amount that is not there", "wrong-amount", |d| {
        leaf(d).amount.as_mut().unwrap().have = Decimal::whole(30);
    }),
    ("an exception that is not granted", "no-such-exception", |d| {
        d.targets[0].exceptions.push(credstack_engine::model::AppliedException {
            authority: "myself".to_owned(),
            reason: "none".to_owned(),
            grant: Grant::Waive("Core".to_owned()),
        });
    }),
];

#[test]
fn every_change_of_an_answer_is_found() {
    let good = answered();
    for (what, expected, change) in CHANGES {
        let mut answer = good.answer.clone();
        change(&mut answer);
        assert_ne!(answer, good.answer, "{what}: nothing was changed");
        let codes: Vec<String> =
            verify(&good.bundle, &good.record, &answer).into_iter().map(|finding| finding.code).collect();
        assert!(codes.iter().any(|c| c == expected), "{what}: {codes:?} instead of {expected}");
    }
}

/// Moves an attainment into the first leaf of a target whose path is given.
fn put(answer: &mut Determination, target: usize, path: &str, attainment: &str) {
    let what: credstack_engine::model::Code = attainment.to_uppercase().parse().unwrap();
    let mut open = vec![&mut answer.targets[target].completion];
    while let Some(node) = open.pop() {
        if node.path == path {
            node.uses.push(credstack_engine::model::Use {
                attainment: attainment.parse().unwrap(),
                of: what.clone(),
                amount: Decimal::whole(3),
                standing: Standing::Counts,
            });
        }
        open.extend(node.children.iter_mut());
    }
}

#[test]
fn illegal_witnesses_are_found() {
    let good = answered();
    let found = |change: &dyn Fn(&mut Determination)| -> Vec<String> {
        let mut answer = good.answer.clone();
        change(&mut answer);
        verify(&good.bundle, &good.record, &answer).into_iter().map(|finding| finding.code).collect()
    };
    let has = |codes: &[String], code: &str| assert!(codes.iter().any(|c| c == code), "{codes:?} instead of {code}");
    // `d` was consumed by the award of z, and nothing lets y share with it.
    has(&found(&|d| put(d, 1, "completion.1", "d")), "shared-too-much");
    // B is not in the pool.
    has(&found(&|d| put(d, 0, "completion.1.0", "b")), "not-in-pool");
    // C in both branches of the choice.
    has(&found(&|d| put(d, 0, "completion.1.1", "c")), "taken-twice");
    // A maximum of three credits, in y.
    has(&found(&|d| put(d, 1, "completion.0", "d")), "over-maximum");
    has(
        &found(&|d| d.targets[0].shared.push(SharedUse { attainment: "c".parse().unwrap(), also_in: vec![] })),
        "wrong-shared",
    );
}

#[test]
fn the_rules_of_the_record_bind_the_witness() {
    let Answered { bundle, mut record, answer } = answered();
    let codes = |record: &credstack_engine::Record| -> Vec<String> {
        verify(&bundle, record, &answer).into_iter().map(|finding| finding.code).collect()
    };
    let exception = |grant| Exception {
        authority: "dean".to_owned(),
        reason: "said so".to_owned(),
        credential: "x".parse().unwrap(),
        grant,
    };
    record.exceptions = vec![exception(Grant::Exclude("a".parse().unwrap()))];
    assert!(codes(&record).contains(&"not-in-pool".to_owned()));
    record.exceptions = vec![exception(Grant::Waive("Core".to_owned()))];
    assert!(codes(&record).contains(&"not-in-pool".to_owned()));
    record.exceptions.clear();
    record.attainments[0].grade = Some("F".parse().unwrap());
    assert!(codes(&record).contains(&"not-in-pool".to_owned()));
}

#[test]
fn a_source_with_two_destinations_is_found() {
    let stacked = |single: bool| {
        let mut catalog =
            catalog(&[("x", credits(6, &["A", "B"])), ("y", credits(3, &["A"])), ("z", credits(3, &["B"]))]);
        let edge = |into: &str| StackEdge {
            from: "x".parse().unwrap(),
            into: into.parse().unwrap(),
            carries: None,
            only: None,
            single_source: false,
            single_destination: single,
            source: None,
        };
        catalog.stacks = vec![edge("y"), edge("z")];
        compile(catalog, &Limits::default()).0.unwrap()
    };
    let record = record(&["A", "B"], &["x", "y", "z"]);
    let ask =
        |bundle: &Bundle| determine(bundle, &record, Date::new(2025, 6, 30).unwrap(), &Options::default()).unwrap();
    let statuses = |answer: &Determination| answer.targets.iter().map(|target| target.status).collect::<Vec<_>>();
    let (free, single) = (stacked(false), stacked(true));
    assert_eq!(statuses(&ask(&free)), [Status::Complete; 3]);
    assert_eq!(statuses(&ask(&single)), [Status::Complete, Status::Complete, Status::Incomplete]);
    let found = verify(&single, &record, &ask(&free));
    assert!(found.iter().any(|finding| finding.code == "several-destinations"), "{found:?}");
}
