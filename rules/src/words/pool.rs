//! Words that make, join and narrow pools. A narrowing word may follow a pool or a requirement, or
//! stand alone as a pool of its own.

use std::rc::Rc;

use credstack_model::{
    AttainmentKind, AttainmentSource, AttributeName, Duration, Event, GradeSymbol, ItemApproval, LevelRange, MinGrade,
    Recent, Requirement, Rule, Selector, Test, Value, Window,
};

use super::call::{Call, Made};
use super::form::{Form, On, Word, follows, starts};
use crate::codes::sentence;
use crate::state::Failure;
use crate::value::{Fact, P, Pool, Val};

/// A word that follows a pool and one that follows a requirement, with the same particulars.
macro_rules! narrows {
    ($params:expr, $example:expr, $make:expr) => {
        [
            follows(On::Req, $params, $example, |call| {
                let filter = $make(call)?;
                narrow(call, filter)
            }),
            follows(On::Pool, $params, $example, |call| {
                let filter = $make(call)?;
                narrow_pool(call, filter)
            }),
            starts($params, $example, |call| {
                let filter = $make(call)?;
                alone(call, filter)
            }),
        ]
    };
}

const fn alone_only(params: &'static [P], example: &'static str, run: fn(&mut Call<'_>) -> Made) -> [Form; 1] {
    [starts(params, example, run)]
}

pub(crate) const WORDS: &[Word] = &[
    (
        "pool",
        &alone_only(&[P::Pool], r#"pool(["CSCI 5454", "CSCI 56*"])"#, |call| {
            let pool = call.pool(0)?;
            Ok(Val::Pool(Rc::new(pool)))
        }),
    ),
    ("everything", &alone_only(&[], "everything()", |call| alone(call, Selector::Everything))),
    (
        "subject",
        &alone_only(&[P::Text], r#"subject("CSCI")"#, |call| {
            let text = call.text(0)?;
            alone(call, Selector::Subject(text))
        }),
    ),
    (
        "tagged",
        &[starts(&[P::Text], r#"tagged("breadth")"#, |call| {
            let text = call.text(0)?;
            alone(call, Selector::Tag(text))
        })],
    ),
    (
        "offered_by",
        &alone_only(&[P::Text], r#"offered_by("Computer Science")"#, |call| {
            let text = call.text(0)?;
            alone(call, Selector::Unit(text))
        }),
    ),
    (
        "issued_by",
        &alone_only(&[P::Text], r#"issued_by("Amazon Web Services")"#, |call| {
            let text = call.text(0)?;
            alone(call, Selector::Issuer(text))
        }),
    ),
    (
        "of_kind",
        &alone_only(&[P::Text], r#"of_kind("badge")"#, |call| {
            let kind = attainment_kind(call, 0)?;
            alone(call, Selector::Kind(kind))
        }),
    ),
    (
        "evidence_of",
        &alone_only(&[P::Text], r#"evidence_of("python")"#, |call| {
            let competency = call.named(0)?;
            alone(call, Selector::Competency(competency))
        }),
    ),
    (
        "level_from",
        &alone_only(&[P::Number], "level_from(5000)", |call| {
            let from = Some(call.whole_u32(0, 0, 1_000_000)?);
            alone(call, Selector::Level(LevelRange { from, to: None }))
        }),
    ),
    (
        "level_through",
        &alone_only(&[P::Number], "level_through(4999)", |call| {
            let to = Some(call.whole_u32(0, 0, 1_000_000)?);
            alone(call, Selector::Level(LevelRange { from: None, to }))
        }),
    ),
    (
        "levels",
        &alone_only(&[P::Number, P::Number], "levels(5000, 5999)", |call| {
            let (from, to) = (call.whole_u32(0, 0, 1_000_000)?, call.whole_u32(1, 0, 1_000_000)?);
            if from > to {
                return Err(call.fail(sentence::LEVELS_BACKWARDS.of(&[("from", &from), ("to", &to)])));
            }
            alone(call, Selector::Level(LevelRange { from: Some(from), to: Some(to) }))
        }),
    ),
    (
        "worth_at_least",
        &alone_only(&[P::Number], "worth_at_least(3)", |call| {
            let credits = call.size(0)?;
            alone(call, Selector::CreditsAtLeast(credits))
        }),
    ),
    (
        "used_in",
        &alone_only(&[P::Credentials], r#"used_in("ai-certificate")"#, |call| {
            let ids = call.credentials(0)?;
            alone(call, Selector::UsedIn(ids))
        }),
    ),
    (
        "having",
        &[
            starts(&[P::Text], r#"having("accelerated")"#, |call| having(call, false)),
            starts(&[P::Text, P::Value], r#"having("delivery", "online")"#, |call| having(call, true)),
        ],
    ),
    (
        "one_of",
        &[
            follows(On::ItemFact, &[P::Values], r#".one_of(["online", "hybrid"])"#, |call| {
                test(call, Comparison::OneOf)
            }),
            follows(On::Fact, &[P::Values], r#".one_of(["faculty", "staff"])"#, |call| test(call, Comparison::OneOf)),
        ],
    ),
    (
        "at_least",
        &[
            follows(On::ItemFact, &[P::Value], ".at_least(3)", |call| test(call, Comparison::AtLeast)),
            follows(On::Fact, &[P::Value], r#".at_least("junior")"#, |call| test(call, Comparison::AtLeast)),
        ],
    ),
    (
        "at_most",
        &[
            follows(On::ItemFact, &[P::Value], ".at_most(5)", |call| test(call, Comparison::AtMost)),
            follows(On::Fact, &[P::Value], r#".at_most("senior")"#, |call| test(call, Comparison::AtMost)),
        ],
    ),
    // ---- joining ----
    (
        "or",
        &[follows(On::Pool, &[P::Pool], r#".or("CSCI 56*")"#, |call| {
            let (a, b) = (call.receiver_pool()?, call.pool(0)?);
            let (depth, parts) = (a.depth.max(b.depth) + 1, a.parts + b.parts);
            let pool = call.sized_pool(a.selector.or(b.selector), depth, parts)?;
            Ok(Val::Pool(Rc::new(pool)))
        })],
    ),
    (
        "and",
        &[
            follows(On::Req, &[P::Pool], ".and(level_from(5000))", |call| {
                let pool = call.pool(0)?;
                narrow_by(call, &pool)
            }),
            follows(On::Pool, &[P::Pool], ".and(level_from(5000))", |call| {
                let (a, b) = (call.receiver_pool()?, call.pool(0)?);
                call.both(a, b).map(|pool| Val::Pool(Rc::new(pool)))
            }),
        ],
    ),
    (
        "except",
        &[
            follows(On::Req, &[P::Pool], r#".except("CSCI 5930")"#, |call| {
                let pool = except(call)?;
                narrow_by(call, &pool)
            }),
            follows(On::Pool, &[P::Pool], r#".except("CSCI 5930")"#, |call| {
                let (a, b) = (call.receiver_pool()?, except(call)?);
                call.both(a, b).map(|pool| Val::Pool(Rc::new(pool)))
            }),
        ],
    ),
    // ---- narrowing ----
    (
        "min_grade",
        &[
            follows(On::Req, &[P::Text], r#".min_grade("B")"#, |call| {
                let filter = min_grade(call)?;
                narrow(call, filter)
            }),
            follows(On::Req, &[P::Text, P::Text], r#".min_grade("S", "su")"#, |call| {
                let filter = min_grade(call)?;
                narrow(call, filter)
            }),
            follows(On::Pool, &[P::Text], r#".min_grade("B")"#, |call| {
                let filter = min_grade(call)?;
                narrow_pool(call, filter)
            }),
            follows(On::Pool, &[P::Text, P::Text], r#".min_grade("S", "su")"#, |call| {
                let filter = min_grade(call)?;
                narrow_pool(call, filter)
            }),
        ],
    ),
    (
        "grade_at_least",
        &[
            starts(&[P::Text], r#"grade_at_least("B")"#, |call| {
                let filter = min_grade(call)?;
                alone(call, filter)
            }),
            starts(&[P::Text, P::Text], r#"grade_at_least("S", "su")"#, |call| {
                let filter = min_grade(call)?;
                alone(call, filter)
            }),
        ],
    ),
    (
        "graded_on",
        &narrows!(&[P::Texts], r#"graded_on("letter")"#, |call: &mut Call<'_>| Ok::<_, Failure>(Selector::GradedOn(
            call.names(0)?
        ))),
    ),
    (
        "in_residence",
        &narrows!(&[], "in_residence()", |_: &mut Call<'_>| Ok::<_, Failure>(Selector::Source(vec![
            AttainmentSource::Institution
        ]))),
    ),
    ("from_source", &narrows!(&[P::Texts], r#"from_source("transfer", "exam")"#, from_source)),
    ("completed_within", &narrows!(&[P::Length], "completed_within(years(5))", completed_within)),
    (
        "completed_within",
        &narrows!(
            &[P::Length, P::Event],
            r#"completed_within(years(5), before_date("admitted_on"))"#,
            completed_within
        ),
    ),
    (
        "completed_from",
        &narrows!(&[P::Date], r#"completed_from("2024-08-01")"#, |call: &mut Call<'_>| {
            Ok::<_, Failure>(Selector::Completed(Window { from: Some(call.date(0)?), to: None }))
        }),
    ),
    (
        "completed_through",
        &narrows!(&[P::Date], r#"completed_through("2026-07-31")"#, |call: &mut Call<'_>| {
            Ok::<_, Failure>(Selector::Completed(Window { from: None, to: Some(call.date(0)?) }))
        }),
    ),
    (
        "completed_between",
        &narrows!(&[P::Date, P::Date], r#"completed_between("2024-08-01", "2026-07-31")"#, |call: &mut Call<'_>| {
            Ok::<_, Failure>(Selector::Completed(window(call)?))
        }),
    ),
    ("verified", &narrows!(&[], "verified()", |_: &mut Call<'_>| Ok::<_, Failure>(Selector::Verified))),
    ("unexpired", &narrows!(&[], "unexpired()", |_: &mut Call<'_>| Ok::<_, Failure>(Selector::Unexpired))),
    (
        "approved_by",
        &narrows!(&[P::Text, P::Text], r#"approved_by("program-director", "applicability")"#, |call: &mut Call<'_>| {
            Ok::<_, Failure>(Selector::Approved(ItemApproval { office: call.named(0)?, subject: call.text(1)? }))
        }),
    ),
    // ---- time ----
    (
        "years",
        &alone_only(&[P::Number], "years(5)", |call| {
            let n = call.whole(0, 1, 300)?;
            Ok(Val::Length(Duration::Years(u16::try_from(n).unwrap_or(300))))
        }),
    ),
    (
        "months",
        &alone_only(&[P::Number], "months(18)", |call| {
            let n = call.whole(0, 1, 3600)?;
            Ok(Val::Length(Duration::Months(u16::try_from(n).unwrap_or(3600))))
        }),
    ),
    (
        "days",
        &alone_only(&[P::Number], "days(90)", |call| Ok(Val::Length(Duration::Days(call.whole_u32(0, 1, 100_000)?)))),
    ),
    (
        "before_date",
        &alone_only(&[P::Text], r#"before_date("admitted_on")"#, |call| {
            Ok(Val::Event(Event::Attribute(call.named(0)?)))
        }),
    ),
    (
        "before_award",
        &alone_only(&[P::Credential], r#"before_award("ai-certificate")"#, |call| {
            Ok(Val::Event(Event::Conferred(call.credential(0)?)))
        }),
    ),
];

pub(crate) fn attainment_kind(call: &mut Call<'_>, number: usize) -> Result<AttainmentKind, Failure> {
    call.named_choice(number)
}

pub(crate) fn window(call: &mut Call<'_>) -> Result<Window, Failure> {
    let (from, to) = (call.date(0)?, call.date(1)?);
    if from > to {
        return Err(call.fail(sentence::WINDOW_BACKWARDS.of(&[("from", &from), ("to", &to)])));
    }
    Ok(Window { from: Some(from), to: Some(to) })
}

fn alone(call: &mut Call<'_>, selector: Selector) -> Made {
    call.sized_pool(selector, 1, 1).map(|pool| Val::Pool(Rc::new(pool)))
}

fn narrow_pool(call: &mut Call<'_>, filter: Selector) -> Made {
    let pool = call.receiver_pool()?;
    call.both(pool, Pool::new(filter)).map(|pool| Val::Pool(Rc::new(pool)))
}

fn narrow(call: &mut Call<'_>, filter: Selector) -> Made {
    narrow_by(call, &Pool::new(filter))
}

/// Narrow every pool inside the requirement that the word follows.
fn narrow_by(call: &mut Call<'_>, filter: &Pool) -> Made {
    let mut req = call.receiver_req()?;
    let leaves = narrow_node(&mut req.node, &filter.selector);
    if leaves == 0 {
        let nothing = sentence::NOTHING_TO_NARROW.of(&[("word", &call.word)]);
        return Err(call.fail(nothing));
    }
    req.parts += leaves * filter.parts;
    call.spend(leaves * filter.parts)?;
    if req.parts > call.st.limits.requirement_parts {
        let (parts, most) = (req.parts, call.st.limits.requirement_parts);
        return Err(call.fail(sentence::TOO_MANY_PARTS.of(&[("parts", &parts), ("most", &most)])));
    }
    Ok(Val::Req(Rc::new(req)))
}

/// Narrow every pool inside, and return how many there were. The depth of requirements is bounded where they are made.
fn narrow_node(node: &mut Requirement, filter: &Selector) -> usize {
    match &mut node.rule {
        Rule::Take(take) => {
            let pool = std::mem::replace(&mut take.pool, Selector::Everything);
            take.pool = pool.and(filter.clone());
            1
        }
        Rule::Seen(seen) => {
            let pool = std::mem::replace(&mut seen.pool, Selector::Everything);
            seen.pool = pool.and(filter.clone());
            1
        }
        Rule::All(of) | Rule::Any(of) => of.iter_mut().map(|child| narrow_node(child, filter)).sum(),
        Rule::AtLeast(at_least) => at_least.of.iter_mut().map(|child| narrow_node(child, filter)).sum(),
        Rule::Not(inner) => narrow_node(inner, filter),
        Rule::When(when) => [&mut when.test, &mut when.then, &mut when.otherwise]
            .into_iter()
            .map(|child| narrow_node(child, filter))
            .sum(),
        Rule::Earned(_) | Rule::Attribute(_) | Rule::Gpa(_) | Rule::Approved(_) | Rule::AsOf(_) => 0,
    }
}

fn except(call: &mut Call<'_>) -> Result<Pool, Failure> {
    let pool = call.pool(0)?;
    let (depth, parts) = (pool.depth + 1, pool.parts);
    call.sized_pool(Selector::Not(Box::new(pool.selector)), depth, parts)
}

/// Read a lowest grade. The scale where none is named is the catalog's; `catalog(…).graded_on(…)` therefore comes first.
fn min_grade(call: &mut Call<'_>) -> Result<Selector, Failure> {
    let grade: GradeSymbol = call.named(0)?;
    let scale = if call.has(1) {
        call.named(1)?
    } else {
        call.st.default_scale_used.get_or_insert_with(|| call.source.clone());
        call.st.catalog.defaults.scale.clone()
    };
    Ok(Selector::MinGrade(MinGrade { scale, grade }))
}

fn from_source(call: &mut Call<'_>) -> Result<Selector, Failure> {
    let texts = call.texts(0)?;
    let mut sources = Vec::new();
    for text in texts {
        let Ok(source) = text.parse::<AttainmentSource>() else {
            let names = AttainmentSource::ALL.map(AttainmentSource::as_str);
            let listed = format!("`{}`", names.join("`, `"));
            let word = "from_source";
            let unknown = sentence::UNKNOWN_CHOICE.of(&[("word", &word), ("text", &text), ("listed", &listed)]);
            return Err(call.fail_at(0, unknown));
        };
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    Ok(Selector::Source(sources))
}

fn completed_within(call: &mut Call<'_>) -> Result<Selector, Failure> {
    let within = length(call, 0)?;
    let before = match call.args.get(1).and_then(crate::value::of) {
        Some(Val::Event(event)) => event,
        _ => Event::AsOf,
    };
    Ok(Selector::Recent(Recent { within, before }))
}

pub(crate) fn length(call: &mut Call<'_>, number: usize) -> Result<Duration, Failure> {
    match call.args.get(number).and_then(crate::value::of) {
        Some(Val::Length(length)) => Ok(length),
        _ => Err(Failure::Said),
    }
}

fn having(call: &mut Call<'_>, with_value: bool) -> Made {
    let name: AttributeName = call.named(0)?;
    let test = if with_value { Some(is(call.value(1)?)) } else { None };
    Ok(Val::ItemFact(Rc::new(Fact { name, test, source: call.source.clone() })))
}

/// Make a test of a value; a list of values is one of them.
pub(crate) fn is(value: Value) -> Test {
    match value {
        Value::Several(texts) => Test::OneOf(texts.into_iter().map(Value::Text).collect()),
        value => Test::Is(value),
    }
}

enum Comparison {
    OneOf,
    AtLeast,
    AtMost,
}

fn test(call: &mut Call<'_>, comparison: Comparison) -> Made {
    let receiver = call.receiver.as_ref().and_then(crate::value::of);
    let (fact, of_items) = match receiver {
        Some(Val::Fact(fact)) => (fact, false),
        Some(Val::ItemFact(fact)) => (fact, true),
        _ => return Err(Failure::Said),
    };
    if fact.test.is_some() {
        let twice = sentence::TESTED_TWICE.of(&[("name", &fact.name), ("word", &call.word)]);
        return Err(call.fail(twice));
    }
    let test = match comparison {
        Comparison::AtLeast => Test::AtLeast(call.value(0)?),
        Comparison::AtMost => Test::AtMost(call.value(0)?),
        Comparison::OneOf => {
            let values = call.several(0);
            Test::OneOf(values.iter().map(|(n, v)| call.value_of(*n, v)).collect::<Result<_, _>>()?)
        }
    };
    let tested = Rc::new(Fact { name: fact.name.clone(), test: Some(test), source: fact.source.clone() });
    Ok(if of_items { Val::ItemFact(tested) } else { Val::Fact(tested) })
}
