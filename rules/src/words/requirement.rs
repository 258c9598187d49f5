//! Words that make requirements, join them, and say what they are called.

use std::rc::Rc;

use credstack_model::{
    Approved, Argument, AtLeast, AttributeName, Decimal, Fixed, Gpa, GpaOver, Measure, Requirement, Rule, Seen,
    Selector, Take, When, Window, Words,
};

use super::call::{Call, Made};
use super::form::{On, Word, follows, starts};
use crate::codes::sentence;
use crate::state::Failure;
use crate::value::{self, Fact, P, Pool, Req, Val};

pub(crate) const WORDS: &[Word] = &[
    (
        "credits",
        &[
            starts(&[P::Number, P::Pool], "credits(15, breadth)", |call| take(call, Measure::Credits)),
            starts(&[P::Number], "credits(9)", |call| amount(call, Measure::Credits)),
        ],
    ),
    (
        "courses",
        &[
            starts(&[P::Number, P::Pool], "courses(3, electives)", |call| take(call, Measure::Count)),
            starts(&[P::Number], "courses(2)", |call| amount(call, Measure::Count)),
        ],
    ),
    (
        "items",
        &[
            starts(&[P::Number, P::Pool], r#"items(3, of_kind("badge"))"#, |call| take(call, Measure::Count)),
            starts(&[P::Number], "items(2)", |call| amount(call, Measure::Count)),
        ],
    ),
    (
        "hours",
        &[
            starts(&[P::Number, P::Pool], r#"hours(20, of_kind("experience"))"#, |call| take(call, Measure::Hours)),
            starts(&[P::Number], "hours(10)", |call| amount(call, Measure::Hours)),
        ],
    ),
    ("all_of", &[starts(&[P::Entries], r#"all_of(["CSCA 5414", "CSCA 5424"])"#, all_of)]),
    (
        "one_of",
        &[starts(&[P::Entries], r#"one_of(["CSCI 5622", "CSCI 5822"])"#, |call| {
            let pool = pool_of_rest(call)?;
            leaf(call, Measure::Count, Decimal::whole(1), pool)
        })],
    ),
    ("has", &[starts(&[P::Req], r#"has(credits(6, subject("MATH")))"#, has)]),
    (
        "earned",
        &[starts(&[P::Credentials], r#"earned("ai-certificate")"#, |call| {
            let earned = earned(call, 0)?;
            if let [one] = earned.as_slice() {
                let rule = one.rule.clone();
                return call.make(rule, 1, 1);
            }
            let parts = earned.len() + 1;
            call.make(Rule::All(earned), 2, parts)
        })],
    ),
    (
        "credentials",
        &[starts(&[P::Number, P::Credentials], r#"credentials(2, ["ml-basics", "data-basics"])"#, |call| {
            let min = count(call, 0)?;
            let of = earned(call, 1)?;
            enough(call, &min, of.len())?;
            let parts = of.len() + 1;
            call.make(Rule::AtLeast(AtLeast { measure: Measure::Count, min, of }), 2, parts)
        })],
    ),
    (
        "learner",
        &[
            starts(&[P::Text], r#"learner("admitted")"#, |call| learner(call, false)),
            starts(&[P::Text, P::Value], r#"learner("standing", "junior")"#, |call| learner(call, true)),
        ],
    ),
    ("gpa", &[starts(&[P::Number, P::Over], "gpa(3.0, applied())", gpa)]),
    (
        "applied",
        &[
            starts(&[], "applied()", |_| Ok(Val::Over(Rc::new(GpaOver::Applied(Selector::Everything))))),
            starts(&[P::Pool], "applied(level_from(5000))", |call| {
                Ok(Val::Over(Rc::new(GpaOver::Applied(call.pool(0)?.selector))))
            }),
        ],
    ),
    (
        "transcript",
        &[
            starts(&[], "transcript()", |_| Ok(Val::Over(Rc::new(GpaOver::Record(Selector::Everything))))),
            starts(&[P::Pool], "transcript(level_from(5000))", |call| {
                Ok(Val::Over(Rc::new(GpaOver::Record(call.pool(0)?.selector))))
            }),
        ],
    ),
    (
        "approved",
        &[starts(&[P::Text, P::Text], r#"approved("graduate-school", "plan of study")"#, |call| {
            let (office, subject) = (call.named(0)?, call.text(1)?);
            call.make(Rule::Approved(Approved { office, subject }), 1, 1)
        })],
    ),
    (
        "open_between",
        &[starts(&[P::Date, P::Date], r#"open_between("2024-08-01", "2026-07-31")"#, |call| {
            let window = super::pool::window(call)?;
            call.make(Rule::AsOf(window), 1, 1)
        })],
    ),
    (
        "open_from",
        &[starts(&[P::Date], r#"open_from("2024-08-01")"#, |call| {
            let window = Window { from: Some(call.date(0)?), to: None };
            call.make(Rule::AsOf(window), 1, 1)
        })],
    ),
    (
        "open_through",
        &[starts(&[P::Date], r#"open_through("2026-07-31")"#, |call| {
            let window = Window { from: None, to: Some(call.date(0)?) };
            call.make(Rule::AsOf(window), 1, 1)
        })],
    ),
    // ---- joining ----
    ("all", &[starts(&[P::Reqs], "all([credits(15, breadth), gpa(3.0, applied())])", |call| join(call, Rule::All))]),
    ("any", &[starts(&[P::Reqs], "any([all_of(algorithms), all_of(networks)])", |call| join(call, Rule::Any))]),
    (
        "at_least",
        &[
            starts(&[P::Number, P::Reqs], "at_least(2, [one_of(a), one_of(b), one_of(c)])", |call| {
                let min = count(call, 0)?;
                at_least(call, Fixed { measure: Measure::Count, value: min })
            }),
            starts(&[P::Amount, P::Reqs], "at_least(credits(9), [all_of(a), courses(1, b)])", |call| {
                match call.args.first().and_then(value::of) {
                    Some(Val::Amount(fixed)) => at_least(call, fixed),
                    _ => Err(Failure::Said),
                }
            }),
        ],
    ),
    (
        "not",
        &[starts(&[P::Req], r#"not(learner("hold"))"#, |call| {
            let inner = call.req(0)?;
            looks_only(call, &inner, "not")?;
            let (depth, parts) = (inner.depth + 1, inner.parts + 1);
            call.make(Rule::Not(Box::new(inner.node)), depth, parts)
        })],
    ),
    (
        "when",
        &[
            starts(
                &[P::Req, P::Req, P::Req],
                r#"when(learner("standing", "graduate"), courses(1, a), courses(2, b))"#,
                when,
            ),
            starts(&[P::Req, P::Req], r#"when(learner("standing", "graduate"), courses(1, a))"#, when),
        ],
    ),
    ("no_requirement", &[starts(&[], "no_requirement()", |call| call.make(Rule::All(Vec::new()), 1, 1))]),
    // ---- saying more ----
    (
        "named",
        &[follows(On::Req, &[P::Text], r#".named("Breadth")"#, |call| {
            let label = call.text(0)?;
            change(call, |req| req.node.label = Some(label))
        })],
    ),
    (
        "note",
        &[follows(On::Req, &[P::Text], r#".note("Ask your adviser first.")"#, |call| {
            let note = call.text(0)?;
            change(call, |req| req.node.note = Some(note))
        })],
    ),
    ("up_to", &[follows(On::Req, &[P::Number], ".up_to(18)", up_to)]),
    ("may_overlap", &[follows(On::Req, &[P::Text], r#".may_overlap("ethics")"#, may_overlap)]),
];

/// Change the requirement that the word follows.
pub(super) fn change(call: &mut Call<'_>, change: impl FnOnce(&mut Req)) -> Made {
    let mut req = call.receiver_req()?;
    change(&mut req);
    Ok(Val::Req(Rc::new(req)))
}

fn amount(call: &mut Call<'_>, measure: Measure) -> Made {
    let value = if measure == Measure::Count { count(call, 0)? } else { call.size(0)? };
    Ok(Val::amount(measure, value))
}

/// Read a whole number of things.
fn count(call: &mut Call<'_>, number: usize) -> Result<Decimal, Failure> {
    call.whole(number, 0, 10_000).map(Decimal::whole)
}

fn take(call: &mut Call<'_>, measure: Measure) -> Made {
    let min = if measure == Measure::Count { count(call, 0)? } else { call.size(0)? };
    let pool = call.pool(1)?;
    leaf(call, measure, min, pool)
}

fn leaf(call: &mut Call<'_>, measure: Measure, min: Decimal, pool: Pool) -> Made {
    let parts = pool.parts + 1;
    call.make(Rule::Take(Take { measure, min, max: None, pool: pool.selector, share: None }), 1, parts)
}

/// Read the pool of all that is given.
fn pool_of_rest(call: &mut Call<'_>) -> Result<Pool, Failure> {
    let list: rhai::Array = call.several(0).into_iter().map(|(_, value)| value).collect();
    for entry in &list {
        if matches!(value::of(entry), Some(Val::Req(_) | Val::Fact(_))) {
            let wrong = sentence::REQUIREMENT_FOR_COURSE
                .of(&[("word", &call.word)])
                .with("got", Argument::Words(value::describe(entry)));
            return Err(call.fail_at(0, wrong));
        }
    }
    call.pool_of(Some(0), &list.into(), 0)
}

fn all_of(call: &mut Call<'_>) -> Made {
    let entries = call.several(0);
    if entries.is_empty() {
        return Err(call.fail_at(0, sentence::EMPTY_ALL_OF.of(&[])));
    }
    let mut children = Vec::new();
    let (mut depth, mut parts) = (1, 1);
    for (number, entry) in entries {
        let child = if matches!(value::of(&entry), Some(Val::Req(_) | Val::Fact(_))) {
            call.req_of(number, &entry)?
        } else {
            let pool = call.pool_of(Some(number), &entry, 0)?;
            let rule = Rule::Take(Take {
                measure: Measure::Count,
                min: Decimal::whole(1),
                max: None,
                pool: pool.selector,
                share: None,
            });
            let mut node = Requirement::new(rule);
            node.source = Some(call.source.clone());
            Req::leaf(node, pool.parts + 1)
        };
        depth = depth.max(child.depth + 1);
        parts += child.parts;
        children.push(child.node);
    }
    call.make(Rule::All(children), depth, parts)
}

fn join(call: &mut Call<'_>, rule: fn(Vec<Requirement>) -> Rule) -> Made {
    let of = call.reqs(0)?;
    if of.is_empty() {
        let empty = sentence::EMPTY_JOIN.of(&[("word", &call.word)]);
        return Err(call.fail_at(0, empty));
    }
    let (children, depth, parts) = gather(of);
    call.make(rule(children), depth, parts)
}

fn gather(of: Vec<Req>) -> (Vec<Requirement>, usize, usize) {
    let depth = of.iter().map(|r| r.depth).max().unwrap_or(0) + 1;
    let parts = of.iter().map(|r| r.parts).sum::<usize>() + 1;
    (of.into_iter().map(|r| r.node).collect(), depth, parts)
}

fn at_least(call: &mut Call<'_>, need: Fixed) -> Made {
    let of = call.reqs(1)?;
    if need.measure == Measure::Count {
        enough(call, &need.value, of.len())?;
    }
    let (of, depth, parts) = gather(of);
    call.make(Rule::AtLeast(AtLeast { measure: need.measure, min: need.value, of }), depth, parts)
}

/// Check that no more is asked for than is listed: that could never be met.
fn enough(call: &mut Call<'_>, min: &Decimal, listed: usize) -> Result<(), Failure> {
    let most = Decimal::whole(i64::try_from(listed).unwrap_or(i64::MAX / 1000));
    if *min <= most {
        return Ok(());
    }
    let more = sentence::MORE_THAN_LISTED.of(&[("word", &call.word), ("min", min), ("listed", &listed)]);
    Err(call.fail_at(0, more))
}

fn earned(call: &mut Call<'_>, from: usize) -> Result<Vec<Requirement>, Failure> {
    let ids = call.credentials(from)?;
    let source = call.source.clone();
    let leaf = |id| {
        let mut node = Requirement::new(Rule::Earned(id));
        node.source = Some(source.clone());
        node
    };
    Ok(ids.into_iter().map(leaf).collect())
}

fn learner(call: &mut Call<'_>, with_value: bool) -> Made {
    let name: AttributeName = call.named(0)?;
    let test = if with_value { Some(super::pool::is(call.value(1)?)) } else { None };
    call.st.built.insert(call.source.clone(), call.word);
    Ok(Val::Fact(Rc::new(Fact { name, test, source: call.source.clone() })))
}

fn gpa(call: &mut Call<'_>) -> Made {
    let min = call.size(0)?;
    let over = match call.args.get(1).and_then(value::of) {
        Some(Val::Over(over)) => (*over).clone(),
        Some(Val::Fact(fact)) if fact.test.is_none() => {
            // The attribute is named here as a number, not asked as a question.
            call.st.built.remove(&fact.source);
            GpaOver::Attribute(fact.name.clone())
        }
        _ => {
            return Err(call.fail_at(1, sentence::AVERAGE_OVER_A_TEST.of(&[])));
        }
    };
    call.make(Rule::Gpa(Gpa { min, over }), 1, 1)
}

fn when(call: &mut Call<'_>) -> Made {
    let test = call.req(0)?;
    looks_only(call, &test, "when")?;
    let then = call.req(1)?;
    let otherwise = if call.has(2) {
        call.req(2)?
    } else {
        let mut node = Requirement::new(Rule::All(Vec::new()));
        node.source = Some(call.source.clone());
        Req::leaf(node, 1)
    };
    let depth = test.depth.max(then.depth).max(otherwise.depth) + 1;
    let parts = test.parts + then.parts + otherwise.parts + 1;
    let when = When { test: test.node, then: then.node, otherwise: otherwise.node };
    call.make(Rule::When(Box::new(when)), depth, parts)
}

/// Check that a test takes no courses: it would take them from the requirements around it.
fn looks_only(call: &mut Call<'_>, req: &Req, word: &str) -> Result<(), Failure> {
    if !takes(&req.node) {
        return Ok(());
    }
    Err(call.fail_at(0, sentence::TEST_TAKES_COURSES.of(&[("word", &word)])))
}

fn takes(node: &Requirement) -> bool {
    matches!(node.rule, Rule::Take(_)) || node.children().into_iter().any(takes)
}

fn has(call: &mut Call<'_>) -> Made {
    let mut req = call.req(0)?;
    match look(&mut req.node) {
        Ok(0) => Err(call.fail_at(0, sentence::NOTHING_TO_LOOK_AT.of(&[]))),
        Ok(_) => Ok(Val::Req(Rc::new(req))),
        Err(what) => {
            let wrong = sentence::LOOK_WITH_LIMITS.of(&[]).with("what", Argument::Words(Words::plain(what)));
            Err(call.fail_at(0, wrong))
        }
    }
}

/// Let all leaves look from now on, and return how many; or what they have that only a taking leaf can have.
fn look(node: &mut Requirement) -> Result<usize, &'static str> {
    if !node.limits.is_empty() {
        return Err("a limit");
    }
    match &mut node.rule {
        Rule::Take(take) => {
            if take.max.is_some() {
                return Err("an `up_to`");
            }
            if take.share.is_some() {
                return Err("a `may_overlap`");
            }
            let pool = std::mem::replace(&mut take.pool, Selector::Everything);
            node.rule = Rule::Seen(Seen { measure: take.measure, min: take.min, pool });
            Ok(1)
        }
        Rule::All(of) | Rule::Any(of) => of.iter_mut().map(look).sum(),
        Rule::AtLeast(at_least) if at_least.measure == Measure::Count => at_least.of.iter_mut().map(look).sum(),
        Rule::AtLeast(_) => Err("an `at_least` of credits or hours"),
        Rule::When(when) => Ok(look(&mut when.then)? + look(&mut when.otherwise)?),
        Rule::Seen(_)
        | Rule::Earned(_)
        | Rule::Attribute(_)
        | Rule::Gpa(_)
        | Rule::Approved(_)
        | Rule::AsOf(_)
        | Rule::Not(_) => Ok(0),
    }
}

fn up_to(call: &mut Call<'_>) -> Made {
    let max = call.size(0)?;
    let mut req = call.receiver_req()?;
    let Rule::Take(take) = &mut req.node.rule else {
        return Err(call.fail(sentence::UP_TO_ELSEWHERE.of(&[])));
    };
    if max < take.min {
        return Err(call.fail_at(0, sentence::MORE_THAN_MOST.of(&[("min", &take.min), ("max", &max)])));
    }
    take.max = Some(max);
    Ok(Val::Req(Rc::new(req)))
}

fn may_overlap(call: &mut Call<'_>) -> Made {
    let group = call.named(0)?;
    let mut req = call.receiver_req()?;
    if share(&mut req.node, &group) == 0 {
        return Err(call.fail(sentence::NOTHING_TO_OVERLAP.of(&[])));
    }
    Ok(Val::Req(Rc::new(req)))
}

fn share(node: &mut Requirement, group: &credstack_model::ShareGroup) -> usize {
    match &mut node.rule {
        Rule::Take(take) => {
            take.share = Some(group.clone());
            1
        }
        Rule::All(of) | Rule::Any(of) => of.iter_mut().map(|child| share(child, group)).sum(),
        Rule::AtLeast(at_least) => at_least.of.iter_mut().map(|child| share(child, group)).sum(),
        Rule::When(when) => share(&mut when.then, group) + share(&mut when.otherwise, group),
        _ => 0,
    }
}
