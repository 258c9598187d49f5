//! Words about checks: rules that every credential of some sort must satisfy before it is published.

use std::rc::Rc;

use credstack_model::CredentialSelector;
use rhai::{Dynamic, FnPtr};

use super::call::{Call, Made};
use super::form::{On, Word, follows, starts};
use crate::codes::pack;
use crate::state::{CheckDraft, Failure};
use crate::value::{P, Thing, Val};
use crate::view::View;

const CHECK: On = On::Thing(Thing::Check);

pub(crate) const WORDS: &[Word] = &[
    (
        "check",
        &[starts(
            &[P::Text, P::Text],
            r#"check("size", "It has 1 to 15 credits.").applies_to(badges()).requires(|c| c.credits <= 15)"#,
            |call| {
                let (name, sentence) = (call.text(0)?, call.text(1)?);
                let wrong = match call.st.define(&pack::DUPLICATE_CHECK, &name, &call.source) {
                    Ok(()) => false,
                    Err(Failure::Said) => true,
                    Err(Failure::Stop) => return Err(Failure::Stop),
                };
                call.st.checks.push(CheckDraft {
                    name,
                    sentence,
                    applies_to: CredentialSelector::Everything,
                    when: Vec::new(),
                    requires: Vec::new(),
                    toward: Vec::new(),
                    help: None,
                    only_warns: false,
                    wrong,
                    source: call.source.clone(),
                });
                Ok(Val::Thing(Thing::Check, call.st.checks.len() - 1))
            },
        )],
    ),
    (
        "applies_to",
        &[follows(CHECK, &[P::Creds], ".applies_to(micro_credentials())", |call| {
            let creds = call.creds(0)?;
            draft(call, |check| check.applies_to = creds)
        })],
    ),
    (
        "when",
        &[follows(CHECK, &[P::Closure], ".when(|c| c.credits < 6)", |call| {
            let condition = closure(call)?;
            draft(call, |check| check.when.push(condition))
        })],
    ),
    (
        "requires",
        &[follows(CHECK, &[P::Closure], ".requires(|c| c.credits <= 15)", |call| {
            let condition = closure(call)?;
            draft(call, |check| check.requires.push(condition))
        })],
    ),
    (
        "requires_toward",
        &[follows(CHECK, &[P::Closure], ".requires_toward(|c, d| c.credits * 2 <= d.credits)", |call| {
            let condition = closure(call)?;
            draft(call, |check| check.toward.push(condition))
        })],
    ),
    (
        "help",
        &[follows(CHECK, &[P::Text], r#".help("leave out a course")"#, |call| {
            let help = call.text(0)?;
            draft(call, |check| check.help = Some(help))
        })],
    ),
    ("only_warns", &[follows(CHECK, &[], ".only_warns()", |call| draft(call, |check| check.only_warns = true))]),
    ("has_tag", &[follows(On::View, &[P::Text], r#"c.has_tag("employment")"#, |_| Err(Failure::Said))]),
    ("has_detail", &[follows(On::View, &[P::Text], r#"c.has_detail("cost")"#, |_| Err(Failure::Said))]),
    ("detail", &[follows(On::View, &[P::Text], r#"c.detail("cost")"#, |_| Err(Failure::Said))]),
];

/// The properties of a credential in a check, as the reference lists them.
pub(crate) const PROPERTIES: [&str; 13] = [
    "id",
    "title",
    "kind",
    "level",
    "unit",
    "description",
    "credits",
    "hours",
    "tags",
    "competencies",
    "stacks_into",
    "stacks_from",
    "expires",
];

fn draft(call: &mut Call<'_>, change: impl FnOnce(&mut CheckDraft)) -> Made {
    let index = call.thing();
    change(call.st.checks.get_mut(index).ok_or(Failure::Said)?);
    call.again()
}

fn closure(call: &Call<'_>) -> Result<FnPtr, Failure> {
    call.args.first().and_then(|v| v.clone().try_cast::<FnPtr>()).ok_or(Failure::Said)
}

/// Return a property of a credential in a check, by the name of its getter or word.
pub(crate) fn property(views: &Rc<Vec<View>>, index: usize, name: &str, text: Option<&str>) -> Option<Dynamic> {
    let view = views.get(index)?;
    let texts = |list: &[String]| Dynamic::from_array(list.iter().map(|t| Dynamic::from(t.clone())).collect());
    let several = |list: &[usize]| Dynamic::from_array(list.iter().map(|i| Dynamic::from(Val::View(*i))).collect());
    Some(match (name, text) {
        ("id", None) => view.id.clone().into(),
        ("title", None) => view.title.clone().into(),
        ("kind", None) => view.kind.into(),
        ("level", None) => view.level.clone().into(),
        ("unit", None) => view.unit.clone().into(),
        ("description", None) => view.description.clone().into(),
        ("credits", None) => number(view.credits),
        ("hours", None) => number(view.hours),
        ("tags", None) => texts(&view.tags),
        ("competencies", None) => texts(&view.competencies),
        ("stacks_into", None) => several(&view.stacks_into),
        ("stacks_from", None) => several(&view.stacks_from),
        ("expires", None) => view.expires.into(),
        ("has_tag", Some(tag)) => view.tags.iter().any(|t| t == tag).into(),
        ("has_detail", Some(detail)) => view.details.contains_key(detail).into(),
        ("detail", Some(detail)) => view.details.get(detail).cloned().unwrap_or_default().into(),
        _ => return None,
    })
}

/// Exact: the decimal of the script language has room for all thousandths.
fn number(value: credstack_model::Decimal) -> Dynamic {
    Dynamic::from_decimal(rust_decimal::Decimal::new(value.thousandths(), 3).normalize())
}
