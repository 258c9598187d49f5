//! Words about what credentials may count in common, and words that choose credentials.

use std::rc::Rc;

use credstack_model::{
    Argument, CredentialKind, CredentialSelector, Decimal, Fixed, InPlay, Measure, PercentBase, ShareBound,
    SharingPolicy, Side, SidePercent, SideTable, SideUnique, TableRow, UseCeiling,
};

use super::call::{Call, Made};
use super::form::{On, Word, follows, starts};
use crate::codes::{pack, sentence};
use crate::state::{Failure, PolicyDraft};
use crate::value::{self, P, Thing, Val};

const SHARING: On = On::Thing(Thing::Sharing);
const USE_LIMIT: On = On::Thing(Thing::UseLimit);

pub(crate) const WORDS: &[Word] = &[
    (
        "sharing",
        &[
            starts(
                &[P::Text],
                r#"sharing("one-course").between(certificates(), degrees()).share_at_most(courses(1))"#,
                sharing,
            ),
            starts(
                &[P::Text, P::Text],
                r#"sharing("same-level", "No course counts twice.").between(degrees(), degrees()).share_nothing()"#,
                sharing,
            ),
        ],
    ),
    (
        "between",
        &[follows(SHARING, &[P::Creds, P::Creds], ".between(certificates(), degrees())", |call| {
            let (between, and) = (call.creds(0)?, call.creds(1)?);
            let draft = draft(call)?;
            draft.policy.between = between;
            draft.policy.and = and;
            draft.has_sides = true;
            call.again()
        })],
    ),
    ("share_nothing", &[follows(SHARING, &[], ".share_nothing()", |call| bound(call, ShareBound::Nothing))]),
    ("share_everything", &[follows(SHARING, &[], ".share_everything()", |call| bound(call, ShareBound::Everything))]),
    (
        "share_at_most",
        &[follows(SHARING, &[P::Amounts], ".share_at_most(courses(1), credits(4))", |call| {
            let mut amounts: Vec<Fixed> = Vec::new();
            for (number, value) in call.several(0) {
                let Some(Val::Amount(fixed)) = value::of(&value) else { return Err(Failure::Said) };
                if amounts.iter().any(|f| f.measure == fixed.measure) {
                    return Err(call.fail_at(number, sentence::MEASURE_TWICE.of(&[])));
                }
                amounts.push(fixed);
            }
            bound(call, ShareBound::AtMost(amounts))
        })],
    ),
    (
        "share_at_most_of_first",
        &[follows(SHARING, &[P::Percent], ".share_at_most_of_first(percent(50).of_required_credits())", |call| {
            percent(call, Side::Between)
        })],
    ),
    (
        "share_at_most_of_second",
        &[follows(SHARING, &[P::Percent], ".share_at_most_of_second(percent(50).of_required_credits())", |call| {
            percent(call, Side::And)
        })],
    ),
    (
        "share_by_size_of_first",
        &[follows(SHARING, &[P::Rows], ".share_by_size_of_first([[18, credits(3)], [30, credits(6)]])", |call| {
            table(call, Side::Between)
        })],
    ),
    (
        "share_by_size_of_second",
        &[follows(SHARING, &[P::Rows], ".share_by_size_of_second([[18, credits(3)], [30, credits(6)]])", |call| {
            table(call, Side::And)
        })],
    ),
    (
        "unique_to_first",
        &[follows(SHARING, &[P::Amount], ".unique_to_first(credits(9))", |call| {
            let amount = super::limit::fixed(call, 0)?;
            bound(call, ShareBound::Unique(SideUnique { side: Side::Between, amount }))
        })],
    ),
    (
        "unique_to_second",
        &[follows(SHARING, &[P::Amount], ".unique_to_second(credits(9))", |call| {
            let amount = super::limit::fixed(call, 0)?;
            bound(call, ShareBound::Unique(SideUnique { side: Side::And, amount }))
        })],
    ),
    (
        "exempt",
        &[follows(SHARING, &[P::Pool], r#".exempt("CSCI 5930")"#, |call| {
            let pool = call.pool(0)?;
            draft(call)?.policy.exempt = Some(pool.selector);
            call.again()
        })],
    ),
    ("while_pursuing", &[follows(SHARING, &[P::Creds], r#".while_pursuing("ms-cs")"#, |call| in_play(call, true))]),
    ("unless_pursuing", &[follows(SHARING, &[P::Creds], r#".unless_pursuing("ms-cs")"#, |call| in_play(call, false))]),
    (
        "use_limit",
        &[starts(&[P::Number], "use_limit(2).among(programs())", |call| {
            let max = call.whole_u32(0, 1, 1000)?;
            let ceiling = UseCeiling {
                max,
                credentials: CredentialSelector::Everything,
                of: None,
                source: Some(call.source.clone()),
            };
            call.st.use_limits.push(ceiling);
            Ok(Val::Thing(Thing::UseLimit, call.st.use_limits.len() - 1))
        })],
    ),
    (
        "among",
        &[follows(USE_LIMIT, &[P::Creds], ".among(programs())", |call| {
            let creds = call.creds(0)?;
            ceiling(call, |c| c.credentials = creds)
        })],
    ),
    (
        "of_items",
        &[follows(USE_LIMIT, &[P::Pool], ".of_items(level_from(3000))", |call| {
            let pool = call.pool(0)?;
            ceiling(call, |c| c.of = Some(pool.selector))
        })],
    ),
    // ---- choosing credentials ----
    ("credentials", &[starts(&[], "credentials()", |_| made(CredentialSelector::Everything))]),
    ("badges", &[starts(&[], "badges()", |_| kind(CredentialKind::Badge))]),
    ("meta_badges", &[starts(&[], "meta_badges()", |_| kind(CredentialKind::MetaBadge))]),
    ("micro_credentials", &[starts(&[], "micro_credentials()", |_| kind(CredentialKind::MicroCredential))]),
    ("certificates", &[starts(&[], "certificates()", |_| kind(CredentialKind::Certificate))]),
    ("diplomas", &[starts(&[], "diplomas()", |_| kind(CredentialKind::Diploma))]),
    ("degrees", &[starts(&[], "degrees()", |_| kind(CredentialKind::Degree))]),
    ("programs", &[starts(&[], "programs()", |_| kind(CredentialKind::Program))]),
    (
        "stack_of",
        &[starts(&[P::Credential], r#"stack_of("ms-cs")"#, |call| {
            made(CredentialSelector::StackOf(call.credential(0)?))
        })],
    ),
    (
        "at_level",
        &[follows(On::Creds, &[P::Text], r#".at_level("graduate")"#, |call| {
            let level = CredentialSelector::Level(call.text(0)?);
            both(call, level)
        })],
    ),
    (
        "of_unit",
        &[follows(On::Creds, &[P::Text], r#".of_unit("Computer Science")"#, |call| {
            let unit = CredentialSelector::Unit(call.text(0)?);
            both(call, unit)
        })],
    ),
    (
        "tagged",
        &[follows(On::Creds, &[P::Text], r#".tagged("stackable")"#, |call| {
            let tag = CredentialSelector::Tag(call.text(0)?);
            both(call, tag)
        })],
    ),
    (
        "and",
        &[follows(On::Creds, &[P::Creds], r#".and(stack_of("ms-cs"))"#, |call| {
            let other = call.creds(0)?;
            both(call, other)
        })],
    ),
    (
        "or",
        &[follows(On::Creds, &[P::Creds], ".or(programs())", |call| {
            let (a, b) = (chosen(call)?, call.creds(0)?);
            joined(call, CredentialSelector::Or(vec![a, b]))
        })],
    ),
    (
        "except",
        &[follows(On::Creds, &[P::Creds], r#".except("ms-cs")"#, |call| {
            let other = call.creds(0)?;
            both(call, CredentialSelector::Not(Box::new(other)))
        })],
    ),
];

fn sharing(call: &mut Call<'_>) -> Made {
    let id: credstack_model::PolicyId = call.named(0)?;
    let label = if call.has(1) { Some(call.text(1)?) } else { None };
    let wrong = match call.st.define(&pack::DUPLICATE_SHARING_POLICY, id.as_str(), &call.source) {
        Ok(()) => false,
        Err(Failure::Said) => true,
        Err(Failure::Stop) => return Err(Failure::Stop),
    };
    let policy = SharingPolicy {
        id,
        label,
        between: CredentialSelector::Everything,
        and: CredentialSelector::Everything,
        only_while: None,
        exempt: None,
        bound: ShareBound::Nothing,
        source: Some(call.source.clone()),
    };
    call.st.policies.push(PolicyDraft { policy, has_sides: false, has_bound: false, wrong });
    Ok(Val::Thing(Thing::Sharing, call.st.policies.len() - 1))
}

fn draft<'a>(call: &'a mut Call<'_>) -> Result<&'a mut PolicyDraft, Failure> {
    let index = call.thing();
    call.st.policies.get_mut(index).ok_or(Failure::Said)
}

fn bound(call: &mut Call<'_>, bound: ShareBound) -> Made {
    let draft = draft(call)?;
    if draft.has_bound {
        return Err(call.fail(pack::BOUNDED_TWICE.of(&[])));
    }
    draft.policy.bound = bound;
    draft.has_bound = true;
    call.again()
}

fn percent(call: &mut Call<'_>, side: Side) -> Made {
    let words = match call.args.first().and_then(value::of) {
        Some(Val::Percent(words)) => words,
        _ => return Err(Failure::Said),
    };
    // The draft counts as bounded even when the bound is wrong: the author is told once.
    draft(call)?.wrong = true;
    let Some(percent) = words.finished() else { return Err(super::limit::percent_of_what(call, 0)) };
    if percent.base == PercentBase::Applied {
        return Err(call.fail_at(0, sentence::PERCENT_OF_APPLIED.of(&[])));
    }
    draft(call)?.wrong = false;
    bound(call, ShareBound::Percent(SidePercent { side, percent }))
}

fn table(call: &mut Call<'_>, side: Side) -> Made {
    draft(call)?.wrong = true;
    let list = call.args.first().and_then(|v| v.read_lock::<rhai::Array>().map(|a| a.clone())).ok_or(Failure::Said)?;
    let mut rows: Vec<TableRow> = Vec::new();
    for entry in &list {
        let row = entry.read_lock::<rhai::Array>().map(|a| a.clone()).unwrap_or_default();
        let (size, share) = match row.as_slice() {
            [size, share] if value::is_number(size) => (call.decimal_of(0, size)?, value::of(share)),
            _ => (Decimal::ZERO, None),
        };
        let Some(Val::Amount(share)) = share else {
            let wrong = sentence::ROW_OF_SIZES.of(&[]);
            return Err(call.fail_at(0, wrong.with("got", Argument::Words(value::describe(entry)))));
        };
        if share.measure == Measure::Count && !share.value.is_whole() {
            return Err(call.fail_at(0, sentence::PART_OF_A_COURSE.of(&[])));
        }
        if rows.last().is_some_and(|last| last.up_to >= size) {
            return Err(call.fail_at(0, pack::TABLE_ORDER.of(&[])));
        }
        rows.push(TableRow { up_to: size, share });
    }
    if rows.is_empty() {
        return Err(call.fail_at(0, sentence::EMPTY_TABLE.of(&[])));
    }
    draft(call)?.wrong = false;
    bound(call, ShareBound::Table(SideTable { side, rows }))
}

fn in_play(call: &mut Call<'_>, is: bool) -> Made {
    let credential = call.creds(0)?;
    let draft = draft(call)?;
    if draft.policy.only_while.is_some() {
        return Err(call.fail(pack::CONDITION_TWICE.of(&[])));
    }
    draft.policy.only_while = Some(InPlay { credential, is });
    call.again()
}

fn ceiling(call: &mut Call<'_>, change: impl FnOnce(&mut UseCeiling)) -> Made {
    let index = call.thing();
    change(call.st.use_limits.get_mut(index).ok_or(Failure::Said)?);
    call.again()
}

fn made(selector: CredentialSelector) -> Made {
    Ok(Val::Creds(Rc::new(selector)))
}

fn kind(kind: CredentialKind) -> Made {
    made(CredentialSelector::Kind(kind))
}

/// Return the choice that the word follows.
fn chosen(call: &mut Call<'_>) -> Result<CredentialSelector, Failure> {
    match call.receiver.as_ref().and_then(value::of) {
        Some(Val::Creds(creds)) => Ok((*creds).clone()),
        _ => {
            let value = call.receiver.clone().unwrap_or_default();
            match value.read_lock::<rhai::Array>() {
                Some(list) => {
                    let ids: Result<Vec<_>, _> = list.iter().map(|v| call.credential_of(usize::MAX, v)).collect();
                    Ok(CredentialSelector::Ids(ids?))
                }
                None => Ok(CredentialSelector::Ids(vec![call.credential_of(usize::MAX, &value)?])),
            }
        }
    }
}

fn both(call: &mut Call<'_>, other: CredentialSelector) -> Made {
    let this = chosen(call)?;
    let joined = match this {
        CredentialSelector::Everything => other,
        CredentialSelector::And(mut of) => {
            of.push(other);
            CredentialSelector::And(of)
        }
        this => CredentialSelector::And(vec![this, other]),
    };
    self::joined(call, joined)
}

/// Make a choice, if it is not too large.
fn joined(call: &mut Call<'_>, selector: CredentialSelector) -> Made {
    let (depth, parts) = size(&selector, 0);
    call.spend(parts)?;
    if depth > call.st.limits.depth || parts > 1000 {
        return Err(call.fail(sentence::CHOICE_TOO_LARGE.of(&[("parts", &parts), ("depth", &depth)])));
    }
    made(selector)
}

fn size(selector: &CredentialSelector, depth: usize) -> (usize, usize) {
    let inside: &[CredentialSelector] = match selector {
        CredentialSelector::And(of) | CredentialSelector::Or(of) => of,
        CredentialSelector::Not(inner) => std::slice::from_ref(inner),
        _ => &[],
    };
    inside
        .iter()
        .map(|child| size(child, depth + 1))
        .fold((depth + 1, 1), |(deepest, parts), (d, p)| (deepest.max(d), parts + p))
}
