//! The leaves that take nothing: what is known of the learner without allocating anything, and which facts are
//! missing where it is not known.

use crate::explain::{self, Namer};
use crate::select::{Holdings, Scope, Tri, decided, test_value};
use credstack_allocate::{ItemIx, Level, Tally};
use credstack_model::{AmountAnswer, Fact, Message};
use credstack_model::{
    Approved, AttainmentId, AttributeTest, Date, Gpa, GpaOver, Requirement, Rule, Seen, Selector, Test, Value, Window,
};

use super::averages::{Graded, average, graded};
use super::held::held;
use super::lasting::possible_later;
use super::leaf_result::{LeafResult, item_level};
use super::units::{from_units, in_units, item_amount};

/// Evaluate a leaf that takes nothing. Attainments that are `forced` by exceptions count whatever a pool says.
/// `None` for what is not such a leaf, or asks for a credential that is not held yet.
pub(super) fn evaluate(
    holdings: &Holdings<'_>,
    requirement: &Requirement,
    scope: Scope<'_>,
    applied: Option<&[ItemIx]>,
    forced: &[&AttainmentId],
) -> Option<LeafResult> {
    match &requirement.rule {
        Rule::Seen(asked) => Some(seen(holdings, asked, scope, forced)),
        Rule::Attribute(test) => Some(attribute(holdings, requirement, test)),
        Rule::Gpa(asked) => gpa(holdings, asked, scope, applied),
        Rule::Approved(approved) => Some(approval(holdings, approved)),
        Rule::AsOf(asked) => Some(window(holdings.as_of, asked)),
        Rule::Earned(id) => held(holdings, id).map(|_| LeafResult::plain(Level::Met)),
        Rule::Take(_) | Rule::All(_) | Rule::Any(_) | Rule::AtLeast(_) | Rule::Not(_) | Rule::When(_) => None,
    }
}

/// Compare the date asked for with a window of dates.
fn window(as_of: Date, window: &Window) -> LeafResult {
    let level = if window.contains(as_of) { Level::Met } else { Level::Unmet };
    LeafResult { closed: window.is_over(as_of), ..LeafResult::plain(level) }
}

/// Add up what a pool holds, taken or not, at the best level that reaches the need.
fn seen(holdings: &Holdings<'_>, seen: &Seen, scope: Scope<'_>, forced: &[&AttainmentId]) -> LeafResult {
    let need = in_units(seen.measure, seen.min);
    let mut tally = Tally::default();
    let mut items = Vec::new();
    for (ix, (item, answer)) in holdings.items.iter().zip(holdings.select(&seen.pool, scope)).enumerate() {
        let answer = if forced.contains(&&item.attainment.id) { Tri::Yes } else { answer };
        if answer == Tri::No || !holdings.counts(item, scope) {
            continue;
        }
        if let Some(level) = item_level(item, answer) {
            tally.add(level, item_amount(item, seen.measure));
            items.push((ItemIx::new(ix), level));
        }
    }
    let (level, have) = tally.reach(need);
    let have = from_units(seen.measure, have);
    let facts = if level == Level::Review { item_facts(holdings, &seen.pool, &items, scope) } else { Vec::new() };
    LeafResult {
        level,
        short: Some((seen.measure, seen.min.short_of(have))),
        amount: Some(AmountAnswer { measure: Some(seen.measure), have, need: seen.min }),
        facts,
        closed: level == Level::Unmet && !possible_later(holdings.as_of, &seen.pool),
    }
}

/// Compare an attribute of the learner, or its default.
fn attribute(holdings: &Holdings<'_>, requirement: &Requirement, test: &AttributeTest) -> LeafResult {
    let namer = Namer { catalog: holdings.catalog };
    let Some(decl) = holdings.catalog.learner_attributes.get(&test.name) else {
        return LeafResult::plain(Level::Review);
    };
    let value = holdings.record.attributes.get(&test.name).or(decl.default.as_ref());
    let answer = value.map_or(Tri::Unknown, |value| test_value(decl, &test.test, value));
    let mut result = LeafResult::from_tri(answer, || Fact {
        office: None,
        attainment: None,
        text: Message::new("fact-attribute")
            .with("attribute", credstack_model::Arg::Message(Box::new(explain::requirement(namer, requirement)))),
    });
    if let (Some(Value::Number(have)), Test::AtLeast(Value::Number(need)) | Test::AtMost(Value::Number(need))) =
        (value, &test.test)
    {
        result.amount = Some(AmountAnswer { measure: None, have: *have, need: *need });
    }
    result.closed = answer == Tri::No && decl.fixed;
    result
}

/// Look up the decisions of an office.
fn approval(holdings: &Holdings<'_>, approved: &Approved) -> LeafResult {
    let namer = Namer { catalog: holdings.catalog };
    let answer = decided(
        holdings
            .record
            .approvals
            .iter()
            .filter(|a| a.office == approved.office && a.subject == approved.subject && a.attainment.is_none()),
    );
    LeafResult::from_tri(answer, || Fact {
        office: Some(approved.office.clone()),
        attainment: None,
        text: Message::new("fact-approval")
            .text("office", namer.office(&approved.office))
            .text("subject", &approved.subject),
    })
}

/// Compare an average over the record, over what is counted, or a number in the record.
fn gpa(holdings: &Holdings<'_>, gpa: &Gpa, scope: Scope<'_>, applied: Option<&[ItemIx]>) -> Option<LeafResult> {
    match &gpa.over {
        GpaOver::Record(selector) => {
            let population = holdings.attempts.iter().map(|attempt| Graded {
                credits: attempt.credits,
                points: attempt.points,
                enters: holdings.selects(selector, &attempt.item, scope),
                code: &attempt.item.attainment.of,
            });
            Some(average(holdings, gpa.min, population))
        }
        GpaOver::Applied(selector) => {
            let population =
                applied?.iter().filter_map(|ix| graded(holdings, &holdings.items[ix.index()], selector, scope));
            Some(average(holdings, gpa.min, population))
        }
        GpaOver::Attribute(name) => {
            let decl = holdings.catalog.learner_attributes.get(name);
            let value = holdings.record.attributes.get(name).or_else(|| decl.and_then(|d| d.default.as_ref()));
            let Some(Value::Number(have)) = value else {
                let title = decl.and_then(|d| d.title.clone()).unwrap_or_else(|| name.as_str().replace('_', " "));
                let text = Message::new("fact-attribute").text("attribute", title);
                return Some(LeafResult {
                    facts: vec![Fact { office: None, attainment: None, text }],
                    ..LeafResult::plain(Level::Review)
                });
            };
            let mut result = LeafResult::plain(if *have >= gpa.min { Level::Met } else { Level::Unmet });
            result.amount = Some(AmountAnswer { measure: None, have: *have, need: gpa.min });
            Some(result)
        }
    }
}

/// Return the unknown facts of the items that a pool selects only perhaps.
pub(super) fn item_facts(
    holdings: &Holdings<'_>,
    pool: &Selector,
    items: &[(ItemIx, Level)],
    scope: Scope<'_>,
) -> Vec<Fact> {
    let namer = Namer { catalog: holdings.catalog };
    let mut facts = Vec::new();
    for (ix, level) in items {
        if *level != Level::Review {
            continue;
        }
        let item = &holdings.items[ix.index()];
        let name = namer.code(&item.attainment.of);
        let mut open = vec![pool];
        while let Some(part) = open.pop() {
            if holdings.selects(part, item, scope) != Tri::Unknown {
                continue;
            }
            let fact = |office, text: Message| Fact {
                office,
                attainment: Some(item.attainment.id.clone()),
                text: text.text("attainment", &name),
            };
            match part {
                Selector::And(of) | Selector::Or(of) => open.extend(of.iter().rev()),
                Selector::Not(inner) => open.push(inner),
                Selector::Approved(approval) => facts.push(fact(
                    Some(approval.office.clone()),
                    Message::new("fact-attainment-approval")
                        .text("office", namer.office(&approval.office))
                        .text("subject", &approval.subject),
                )),
                Selector::MinGrade(_) | Selector::GradedOn(_) => {
                    facts.push(fact(None, Message::new("fact-attainment-grade")))
                }
                Selector::Completed(_) | Selector::Recent(_) => {
                    facts.push(fact(None, Message::new("fact-attainment-date")))
                }
                Selector::Verified => facts.push(fact(None, Message::new("fact-attainment-verified"))),
                other => facts.push(fact(
                    None,
                    Message::new("fact-attainment-unknown")
                        .with("how", credstack_model::Arg::Message(Box::new(explain::pool(namer, other)))),
                )),
            }
        }
    }
    facts
}

/// Return the level of a leaf about the learner, and whether it is unmet for ever.
pub(crate) fn level_of_fact(holdings: &Holdings<'_>, requirement: &Requirement) -> (Level, bool) {
    match evaluate(holdings, requirement, Scope { credential: None }, None, &[]) {
        Some(result) => (result.level, result.closed),
        None => (Level::Review, false),
    }
}
