//! Words that limit what is counted inside a requirement, and percentages.

use std::rc::Rc;

use credstack_model::{
    Amount, AttributeName, Bounded, BoundedPer, Decimal, Distinct, Fixed, Key, Last, Limit, LimitRule, Measure, Order,
    PercentBase, Rounding, Span, Threshold,
};

use super::call::{Call, Made};
use super::form::{On, Word, follows, starts};
use crate::codes::sentence;
use crate::state::Failure;
use crate::value::{self, P, PercentWords, Val};

pub(crate) const WORDS: &[Word] = &[
    (
        "at_most",
        &[
            follows(On::Req, &[P::AmountOrPercent], ".at_most(credits(6))", |call| bounded(call, LimitRule::AtMost)),
            follows(
                On::Req,
                &[P::AmountOrPercent, P::Pool],
                r#".at_most(credits(6), from_source("transfer"))"#,
                |call| bounded(call, LimitRule::AtMost),
            ),
            follows(
                On::Req,
                &[P::AmountOrPercent, P::Pool, P::Text],
                r#".at_most(credits(6), from_source("transfer"), "Transfer credit")"#,
                |call| bounded(call, LimitRule::AtMost),
            ),
        ],
    ),
    (
        "at_least",
        &[
            follows(On::Req, &[P::AmountOrPercent], ".at_least(courses(3))", |call| bounded(call, LimitRule::AtLeast)),
            follows(On::Req, &[P::AmountOrPercent, P::Pool], ".at_least(credits(9), in_residence())", |call| {
                bounded(call, LimitRule::AtLeast)
            }),
            follows(
                On::Req,
                &[P::AmountOrPercent, P::Pool, P::Text],
                r#".at_least(credits(9), in_residence(), "Residence")"#,
                |call| bounded(call, LimitRule::AtLeast),
            ),
        ],
    ),
    (
        "at_most_per",
        &[
            follows(On::Req, &[P::Text, P::Amount], r#".at_most_per("subject", courses(2))"#, at_most_per),
            follows(
                On::Req,
                &[P::Text, P::Amount, P::Pool],
                r#".at_most_per("subject", courses(2), level_from(3000))"#,
                at_most_per,
            ),
            follows(
                On::Req,
                &[P::Text, P::Amount, P::Pool, P::Text],
                r#".at_most_per("subject", courses(2), everything(), "Spread")"#,
                at_most_per,
            ),
        ],
    ),
    (
        "at_least_different",
        &[
            follows(On::Req, &[P::Number, P::Text], r#".at_least_different(3, "subject")"#, distinct),
            follows(
                On::Req,
                &[P::Number, P::Text, P::Pool],
                r#".at_least_different(3, "subject", level_from(3000))"#,
                distinct,
            ),
            follows(
                On::Req,
                &[P::Number, P::Text, P::Pool, P::Text],
                r#".at_least_different(3, "subject", everything(), "Spread")"#,
                distinct,
            ),
        ],
    ),
    (
        "at_least_of_last",
        &[
            follows(
                On::Req,
                &[P::Amount, P::Amount, P::Pool],
                ".at_least_of_last(credits(24), credits(30), in_residence())",
                last,
            ),
            follows(
                On::Req,
                &[P::Amount, P::Amount, P::Pool, P::Text],
                r#".at_least_of_last(credits(24), credits(30), in_residence(), "Final credits in residence")"#,
                last,
            ),
        ],
    ),
    (
        "first_to_last",
        &[
            follows(On::Req, &[P::Length], ".first_to_last(years(3))", span),
            follows(On::Req, &[P::Length, P::Pool], ".first_to_last(years(3), level_from(5000))", span),
            follows(
                On::Req,
                &[P::Length, P::Pool, P::Text],
                r#".first_to_last(years(3), everything(), "Time limit")"#,
                span,
            ),
        ],
    ),
    (
        "in_order",
        &[
            follows(On::Req, &[P::Pool, P::Pool], r#".in_order("CSCI 5454", "CSCI 5930")"#, |call| order(call, false)),
            follows(On::Req, &[P::Pool, P::Pool, P::Text], r#".in_order("CSCI 5454", "CSCI 5930", "Order")"#, |call| {
                order(call, false)
            }),
        ],
    ),
    (
        "in_order_or_together",
        &[
            follows(On::Req, &[P::Pool, P::Pool], r#".in_order_or_together("CSCI 5454", "CSCI 5930")"#, |call| {
                order(call, true)
            }),
            follows(
                On::Req,
                &[P::Pool, P::Pool, P::Text],
                r#".in_order_or_together("CSCI 5454", "CSCI 5930", "Order")"#,
                |call| order(call, true),
            ),
        ],
    ),
    (
        "percent",
        &[starts(&[P::Number], "percent(50).of_required_credits()", |call| {
            let percent = call.size(0)?;
            if percent > Decimal::whole(100) {
                return Err(call.fail_at(0, sentence::MORE_THAN_ALL.of(&[("value", &percent)])));
            }
            Ok(Val::Percent(PercentWords { percent, of: None, rounding: Rounding::Exact }))
        })],
    ),
    (
        "of_required_credits",
        &[follows(On::Percent, &[], ".of_required_credits()", |call| {
            of(call, Measure::Credits, PercentBase::Required)
        })],
    ),
    (
        "of_required_courses",
        &[follows(On::Percent, &[], ".of_required_courses()", |call| of(call, Measure::Count, PercentBase::Required))],
    ),
    (
        "of_required_hours",
        &[follows(On::Percent, &[], ".of_required_hours()", |call| of(call, Measure::Hours, PercentBase::Required))],
    ),
    (
        "of_applied_credits",
        &[follows(On::Percent, &[], ".of_applied_credits()", |call| of(call, Measure::Credits, PercentBase::Applied))],
    ),
    (
        "of_applied_courses",
        &[follows(On::Percent, &[], ".of_applied_courses()", |call| of(call, Measure::Count, PercentBase::Applied))],
    ),
    (
        "of_applied_hours",
        &[follows(On::Percent, &[], ".of_applied_hours()", |call| of(call, Measure::Hours, PercentBase::Applied))],
    ),
    ("rounded_up", &[follows(On::Percent, &[], ".rounded_up()", |call| rounded(call, Rounding::UpTo(Decimal::ONE)))]),
    (
        "rounded_up_to",
        &[follows(On::Percent, &[P::Number], ".rounded_up_to(3)", |call| {
            let step = call.size(0)?;
            if step == Decimal::ZERO {
                return Err(call.fail_at(0, sentence::MULTIPLE_OF_NOTHING.of(&[])));
            }
            rounded(call, Rounding::UpTo(step))
        })],
    ),
    (
        "rounded_to",
        &[follows(On::Percent, &[P::Number, P::Number], ".rounded_to(18, 0.6)", |call| {
            let (step, up_from) = (call.size(0)?, call.size(1)?);
            if step == Decimal::ZERO {
                return Err(call.fail_at(0, sentence::MULTIPLE_OF_NOTHING.of(&[])));
            }
            if up_from == Decimal::ZERO || up_from > Decimal::ONE {
                return Err(call.fail_at(1, sentence::BAD_THRESHOLD.of(&[("value", &up_from)])));
            }
            rounded(call, Rounding::Threshold(Threshold { step, up_from }))
        })],
    ),
];

fn percent(call: &Call<'_>) -> Result<PercentWords, Failure> {
    match call.receiver.as_ref().and_then(value::of) {
        Some(Val::Percent(words)) => Ok(words),
        _ => Err(Failure::Said),
    }
}

fn of(call: &mut Call<'_>, measure: Measure, base: PercentBase) -> Made {
    let words = percent(call)?;
    Ok(Val::Percent(PercentWords { of: Some((measure, base)), ..words }))
}

fn rounded(call: &mut Call<'_>, rounding: Rounding) -> Made {
    let words = percent(call)?;
    Ok(Val::Percent(PercentWords { rounding, ..words }))
}

/// Say that a percentage does not say of what.
pub(super) fn percent_of_what(call: &mut Call<'_>, number: usize) -> Failure {
    call.fail_at(number, sentence::PERCENT_OF_WHAT.of(&[]))
}

fn amount(call: &mut Call<'_>, number: usize) -> Result<Amount, Failure> {
    match call.args.get(number).and_then(value::amount_of) {
        Some(Ok(amount)) => Ok(amount),
        Some(Err(())) => Err(percent_of_what(call, number)),
        None => Err(Failure::Said),
    }
}

pub(super) fn fixed(call: &Call<'_>, number: usize) -> Result<Fixed, Failure> {
    match call.args.get(number).and_then(value::of) {
        Some(Val::Amount(fixed)) => Ok(fixed),
        _ => Err(Failure::Said),
    }
}

/// Add a limit to the requirement that the word follows.
fn limit(call: &mut Call<'_>, rule: LimitRule, parts: usize, label: usize) -> Made {
    let label = if call.has(label) { Some(call.text(label)?) } else { None };
    let mut req = call.receiver_req()?;
    req.parts += parts + 1;
    call.spend(parts + 1)?;
    if req.parts > call.st.limits.requirement_parts {
        let most = call.st.limits.requirement_parts;
        return Err(call.fail(sentence::TOO_MANY_PARTS.of(&[("parts", &req.parts), ("most", &most)])));
    }
    req.node.limits.push(Limit { label, source: Some(call.source.clone()), rule });
    Ok(Val::Req(Rc::new(req)))
}

fn bounded(call: &mut Call<'_>, rule: fn(Bounded) -> LimitRule) -> Made {
    let amount = amount(call, 0)?;
    let pool = call.pool_or_everything(1)?;
    limit(call, rule(Bounded { amount, of: pool.selector }), pool.parts, 2)
}

fn key(call: &mut Call<'_>, number: usize) -> Result<Key, Failure> {
    let name: AttributeName = call.named(number)?;
    Ok(match name.as_str() {
        "code" => Key::Code,
        "subject" => Key::Subject,
        "unit" => Key::Unit,
        "issuer" => Key::Issuer,
        "level" => Key::Level,
        "term" => Key::Completed,
        _ => Key::Attribute(name),
    })
}

fn at_most_per(call: &mut Call<'_>) -> Made {
    let (per, amount) = (key(call, 0)?, fixed(call, 1)?);
    let pool = call.pool_or_everything(2)?;
    limit(call, LimitRule::AtMostPer(BoundedPer { amount, per, of: pool.selector }), pool.parts, 3)
}

fn distinct(call: &mut Call<'_>) -> Made {
    let (min, per) = (call.whole_u32(0, 1, 10_000)?, key(call, 1)?);
    let pool = call.pool_or_everything(2)?;
    limit(call, LimitRule::Distinct(Distinct { min, per, of: pool.selector }), pool.parts, 3)
}

fn last(call: &mut Call<'_>) -> Made {
    let (some, whole) = (fixed(call, 0)?, fixed(call, 1)?);
    if some.measure != whole.measure {
        return Err(call.fail_at(1, sentence::TWO_MEASURES.of(&[])));
    }
    if some.value > whole.value {
        let more = sentence::MORE_THAN_THE_LAST.of(&[("some", &some.value), ("whole", &whole.value)]);
        return Err(call.fail_at(0, more));
    }
    let pool = call.pool(2)?;
    let rule = Last { measure: some.measure, min: some.value, out_of: whole.value, of: pool.selector };
    limit(call, LimitRule::Last(rule), pool.parts, 3)
}

fn span(call: &mut Call<'_>) -> Made {
    let within = super::pool::length(call, 0)?;
    let pool = call.pool_or_everything(1)?;
    limit(call, LimitRule::Span(Span { within, of: pool.selector }), pool.parts, 2)
}

fn order(call: &mut Call<'_>, together: bool) -> Made {
    let (first, then) = (call.pool(0)?, call.pool(1)?);
    let parts = first.parts + then.parts;
    limit(call, LimitRule::Order(Order { first: first.selector, then: then.selector, together }), parts, 2)
}
