//! Learners.

use credstack_engine::model::{
    ApprovalDecision, Attainment, AttainmentSource, AttainmentStatus, Completed, Conferred, CredentialId, Decimal,
    Decision, Exception, Forced, Grant, Record, Substitution, Value,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{CODES, CREDENTIALS, Settings, day, name, sometimes};

/// Labels that requirements have and exceptions name.
pub(super) const LABELS: [&str; 3] = ["Core", "Depth", "Breadth"];

pub(super) fn record(settings: Settings) -> impl Strategy<Value = Record> {
    let declared = subsequence(&CREDENTIALS[..settings.credentials], 1..=settings.declared).prop_shuffle();
    (
        vec(attainment(settings), 0..=settings.attainments),
        declared,
        vec(award(settings), 0..=if settings.conferred { 2 } else { 0 }),
        vec(decision(settings), if settings.unknowns { 0..=3 } else { 0..=0 }),
        vec(exception(settings), if settings.exceptions { 0..=2 } else { 0..=0 }),
        (
            sometimes(true, u32::from(settings.unknowns), any::<bool>()),
            sometimes(true, u32::from(settings.unknowns), 0i64..5),
        ),
    )
        .prop_map(|(attainments, declared, conferred, approvals, exceptions, (resident, year))| {
            let mut record = Record::new(name("learner"));
            for (n, mut attainment) in attainments.into_iter().enumerate() {
                attainment.id = name(&format!("a{n}"));
                record.attainments.push(attainment);
            }
            record.declared = declared.into_iter().map(name).collect();
            record.conferred = conferred;
            record.approvals = approvals;
            record.exceptions = exceptions;
            let facts = [
                ("resident", resident.map(Value::Flag)),
                ("year", year.map(|y| Value::Number(Decimal::whole(2020 + y)))),
            ];
            record.attributes = facts.into_iter().filter_map(|(n, v)| Some((name(n), v?))).collect();
            record
        })
}

fn attainment(settings: Settings) -> impl Strategy<Value = Attainment> {
    let unknowns = settings.unknowns;
    let status = if settings.unfinished {
        prop_oneof![6 => Just(AttainmentStatus::Completed), 3 => Just(AttainmentStatus::InProgress),
            1 => Just(AttainmentStatus::Planned)]
        .boxed()
    } else {
        Just(AttainmentStatus::Completed).boxed()
    };
    let grades: &[&str] = if settings.unfinished { &["A", "B", "C", "F"] } else { &["A", "B", "C"] };
    let date = prop_oneof![
        6 => (2018i16..=2025, 1u8..=6).prop_map(|(y, m)| Some(Completed::On(day(y, m, 15)))),
        2 => Just(Some(Completed::In(name("2024-fall")))),
        // After the date asked for.
        u32::from(settings.unfinished) => Just(Some(Completed::On(day(2025, 12, 15)))),
        u32::from(unknowns) => Just(None),
    ];
    let source = prop_oneof![4 => Just(AttainmentSource::Institution), 1 => Just(AttainmentSource::Transfer)];
    (
        select(&CODES[..]),
        status,
        prop_oneof![8 => select(grades).prop_map(Some), u32::from(unknowns) => Just(None)],
        date,
        source,
        prop_oneof![5 => Just(None), 1 => (1i64..=4).prop_map(|n| Some(Decimal::from_thousandths(n * 1500)))],
        prop_oneof![3 => Just(Some(true)), 1 => Just(Some(false)), u32::from(unknowns) => Just(None)],
        prop_oneof![6 => Just(None), 1 => Just(Some(day(2025, 1, 1)))],
        prop_oneof![3 => Just(None), 1 => select(&["A", "C", "IP"][..]).prop_map(Some)],
    )
        .prop_map(|(code, status, grade, completed_on, source, credits, verified, expires_on, so_far)| {
            let mut attainment = Attainment::new(name("a"), name(code));
            attainment.status = status;
            // What is under way mostly has no grade yet.
            attainment.grade = if status == AttainmentStatus::Completed { grade } else { so_far }.map(name);
            attainment.completed_on = completed_on;
            attainment.source = source;
            attainment.credits = credits;
            attainment.verified = verified;
            attainment.expires_on = expires_on;
            attainment
        })
}

fn some_attainment() -> impl Strategy<Value = credstack_engine::model::AttainmentId> {
    (0..4usize).prop_map(|n| name(&format!("a{n}")))
}

fn credential(settings: Settings) -> impl Strategy<Value = CredentialId> {
    select(&CREDENTIALS[..settings.credentials]).prop_map(name)
}

fn award(settings: Settings) -> impl Strategy<Value = Conferred> {
    (credential(settings), 2021i16..=2024, any::<bool>(), subsequence(vec![0usize, 1, 2, 3], 0..=3)).prop_map(
        |(credential, year, lapses, consumed)| Conferred {
            credential,
            on: day(year, 6, 1),
            expires_on: lapses.then(|| day(year + 2, 6, 1)),
            consumed: consumed.into_iter().map(|n| name(&format!("a{n}"))).collect(),
        },
    )
}

fn decision(settings: Settings) -> impl Strategy<Value = ApprovalDecision> {
    let decision = select(vec![Decision::Granted, Decision::Denied, Decision::Pending]);
    (sometimes(settings.unknowns, 1, some_attainment()), decision).prop_map(|(attainment, decision)| ApprovalDecision {
        office: name("dean"),
        subject: "fitness".to_owned(),
        attainment,
        decision,
        on: None,
    })
}

fn exception(settings: Settings) -> impl Strategy<Value = Exception> {
    let grant = prop_oneof![
        (some_attainment(), select(&CODES[..8]))
            .prop_map(|(attainment, code)| Grant::Substitute(Substitution { attainment, counts_as: name(code) })),
        select(&LABELS[..]).prop_map(|label| Grant::Waive(label.to_owned())),
        (some_attainment(), select(&LABELS[..]))
            .prop_map(|(attainment, label)| Grant::Force(Forced { attainment, requirement: label.to_owned() })),
        some_attainment().prop_map(Grant::Exclude),
        some_attainment().prop_map(Grant::Share),
    ];
    (credential(settings), grant).prop_map(|(credential, grant)| Exception {
        authority: "registrar".to_owned(),
        reason: "a world has reasons of its own".to_owned(),
        credential,
        grant,
    })
}
