//! Words about courses and other items that can be earned.

use credstack_model::{Argument, AttainmentKind, Code, Course, Decimal, Equivalence, Repeats};
use rhai::ImmutableString;

use super::call::{Call, Made};
use super::catalog::REPEATS;
use super::form::{On, Word, follows, starts};
use crate::codes::{pack, sentence};
use crate::state::Failure;
use crate::value::{P, Thing, Val};

const ITEMS: On = On::Thing(Thing::Items);

pub(crate) const WORDS: &[Word] = &[
    (
        "course",
        &[
            starts(&[P::Text, P::Text], r#"course("CSCI 5454", "Algorithms").credits(3)"#, |call| {
                items(call, AttainmentKind::Course)
            }),
            starts(&[P::Text], r#"course("CSCI 5454").credits(3)"#, |call| items(call, AttainmentKind::Course)),
            starts(&[P::Titles], r#"course(#{ "CSCI 5454": "Algorithms" }).credits(3)"#, |call| {
                titled(call, AttainmentKind::Course)
            }),
            starts(&[P::Texts], r#"course(["CSCI 5454", "CSCI 5502"]).credits(3)"#, |call| {
                untitled(call, AttainmentKind::Course)
            }),
        ],
    ),
    (
        "exam",
        &[starts(&[P::Text, P::Text], r#"exam("AP CS A", "AP Computer Science A")"#, |call| {
            items(call, AttainmentKind::Exam)
        })],
    ),
    (
        "experience",
        &[starts(&[P::Text, P::Text], r#"experience("HACK", "Campus Hackathon").hours(20)"#, |call| {
            items(call, AttainmentKind::Experience)
        })],
    ),
    (
        "outside_badge",
        &[starts(&[P::Text, P::Text], r#"outside_badge("AWS-CP", "AWS Cloud Practitioner")"#, |call| {
            items(call, AttainmentKind::Badge)
        })],
    ),
    (
        "outside_certificate",
        &[starts(&[P::Text, P::Text], r#"outside_certificate("PMP", "Project Management")"#, |call| {
            items(call, AttainmentKind::Certificate)
        })],
    ),
    (
        "outside_degree",
        &[starts(&[P::Text, P::Text], r#"outside_degree("BA", "Bachelor's degree")"#, |call| {
            items(call, AttainmentKind::Degree)
        })],
    ),
    (
        "credits",
        &[follows(ITEMS, &[P::Number], ".credits(3)", |call| {
            let credits: Decimal = call.size(0)?;
            each(call, |course| course.credits = Some(credits))
        })],
    ),
    (
        "hours",
        &[follows(ITEMS, &[P::Number], ".hours(45)", |call| {
            let hours: Decimal = call.size(0)?;
            each(call, |course| course.hours = Some(hours))
        })],
    ),
    (
        "unit",
        &[follows(ITEMS, &[P::Text], r#".unit("Computer Science")"#, |call| {
            let unit = call.text(0)?;
            each(call, |course| course.unit = Some(unit.clone()))
        })],
    ),
    (
        "level",
        &[follows(ITEMS, &[P::Number], ".level(5000)", |call| {
            let level = call.whole_u32(0, 0, 1_000_000)?;
            each(call, |course| course.level = Some(level))
        })],
    ),
    (
        "tags",
        &[follows(ITEMS, &[P::Texts], r#".tags("breadth", "online")"#, |call| {
            let tags = call.texts(0)?;
            each(call, |course| add(&mut course.tags, &tags))
        })],
    ),
    (
        "competencies",
        &[follows(ITEMS, &[P::Texts], r#".competencies("python")"#, |call| {
            let competencies = call.names(0)?;
            each(call, |course| add(&mut course.competencies, &competencies))
        })],
    ),
    (
        "attribute",
        &[follows(ITEMS, &[P::Text, P::Value], r#".attribute("delivery", "online")"#, |call| {
            let name: credstack_model::AttributeName = call.named(0)?;
            let value = call.value(1)?;
            each(call, |course| {
                course.attributes.insert(name.clone(), value.clone());
            })
        })],
    ),
    (
        "repeats",
        &[follows(ITEMS, &[P::Text], r#".repeats("latest")"#, |call| {
            let repeats = call.choice(0, &REPEATS)?;
            each(call, |course| course.repeats = Some(repeats))
        })],
    ),
    (
        "repeatable",
        &[follows(ITEMS, &[P::Number], ".repeatable(3)", |call| {
            let times = call.whole_u32(0, 1, 1000)?;
            each(call, |course| course.repeats = Some(Repeats::UpTo(times)))
        })],
    ),
    (
        "prerequisites",
        &[follows(ITEMS, &[P::Texts], r#".prerequisites("CSCI 2270")"#, |call| {
            let before: Vec<Code> = call.names(0)?;
            each(call, |course| add(&mut course.prerequisites, &before))
        })],
    ),
    (
        "offered",
        &[follows(ITEMS, &[P::Texts], r#".offered("fall", "spring")"#, |call| {
            let terms = call.texts(0)?;
            each(call, |course| add(&mut course.offered, &terms))
        })],
    ),
    ("equivalent", &[starts(&[P::Texts], r#"equivalent("CSCA 5414", "DTSA 5503")"#, equivalent)]),
];

/// Add what is not there yet.
pub(crate) fn add<T: Clone + PartialEq>(to: &mut Vec<T>, more: &[T]) {
    for entry in more {
        if !to.contains(entry) {
            to.push(entry.clone());
        }
    }
}

fn items(call: &mut Call<'_>, kind: AttainmentKind) -> Made {
    let code: Code = call.named(0)?;
    let title = if call.has(1) { Some(call.text(1)?) } else { None };
    group(call, vec![(code, title)], kind)
}

fn titled(call: &mut Call<'_>, kind: AttainmentKind) -> Made {
    let map = call.args.first().and_then(|v| v.read_lock::<rhai::Map>().map(|m| m.clone())).ok_or(Failure::Said)?;
    let mut entries = Vec::new();
    for (code, title) in map {
        let code: Code = call.name(0, &code)?;
        let Some(title) = title.read_lock::<ImmutableString>().map(|t| t.to_string()) else {
            let wrong = sentence::TITLE_IS_NONE
                .of(&[("code", &code)])
                .with("got", Argument::Words(crate::value::describe(&title)));
            return Err(call.fail_at(0, wrong));
        };
        entries.push((code, Some(title)));
    }
    group(call, entries, kind)
}

fn untitled(call: &mut Call<'_>, kind: AttainmentKind) -> Made {
    let codes: Vec<Code> = call.names(0)?;
    group(call, codes.into_iter().map(|code| (code, None)).collect(), kind)
}

fn group(call: &mut Call<'_>, entries: Vec<(Code, Option<String>)>, kind: AttainmentKind) -> Made {
    let mut codes = Vec::new();
    for (code, title) in entries {
        if code.as_str().contains('*') || code.as_str().contains("..") {
            call.fail_at(0, sentence::PATTERN_FOR_CODE.of(&[("code", &code)]));
            continue;
        }
        call.spend(1)?;
        if call.st.define(&pack::DUPLICATE_COURSE, code.as_str(), &call.source).is_err() {
            continue;
        }
        let course = Course {
            title,
            kind,
            credits: None,
            hours: None,
            unit: None,
            level: None,
            tags: Vec::new(),
            competencies: Vec::new(),
            attributes: credstack_base::sorted::Map::new(),
            repeats: None,
            prerequisites: Vec::new(),
            offered: Vec::new(),
            source: Some(call.source.clone()),
        };
        call.st.catalog.courses.insert(code.clone(), course);
        codes.push(code);
    }
    call.st.items.push(codes);
    Ok(Val::Thing(Thing::Items, call.st.items.len() - 1))
}

fn each(call: &mut Call<'_>, change: impl Fn(&mut Course)) -> Made {
    let index = call.thing();
    let codes = call.st.items.get(index).cloned().unwrap_or_default();
    call.spend(codes.len())?;
    for code in &codes {
        if let Some(course) = call.st.catalog.courses.get_mut(code) {
            change(course);
        }
    }
    call.again()
}

fn equivalent(call: &mut Call<'_>) -> Made {
    let codes: Vec<Code> = call.names(0)?;
    let mut distinct: Vec<Code> = Vec::new();
    add(&mut distinct, &codes);
    if distinct.len() < 2 {
        return Err(call.fail_at(0, sentence::ONE_EQUIVALENT.of(&[])));
    }
    let source = Some(call.source.clone());
    call.st.catalog.equivalences.push(Equivalence { codes: distinct, source });
    Ok(Val::Thing(Thing::Done, 0))
}
