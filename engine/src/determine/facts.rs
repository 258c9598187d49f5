//! Looking leaves: what is known without allocating anything.

use crate::explain::{self, Namer};
use crate::select::{Holdings, Item, Scope, Tri, test_value};
use credstack_allocate::{ItemIx, Level, Round, Tally, share_of};
use credstack_model::{AmountAnswer, Fact, Message};
use credstack_model::{
    Approved, AttainmentId, AttributeTest, Catalog, Code, Conferred, CredentialId, Date, Decimal, Decision, Gpa,
    GpaOver, Measure, Percent, Requirement, Rounding, Rule, Seen, Selector, Test, Value, Window,
};

/// What a looking leaf answers.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) level: Level,
    /// What is short if it is unmet, in the leaf's measure; none for leaves that do not count.
    pub(super) short: Option<(Measure, Decimal)>,
    pub(super) amount: Option<AmountAnswer>,
    pub(super) facts: Vec<Fact>,
    /// Unmet for ever.
    pub(super) closed: bool,
}

impl Look {
    const fn plain(level: Level) -> Self {
        Self { level, short: None, amount: None, facts: Vec::new(), closed: false }
    }

    fn from_tri(answer: Tri, fact: impl FnOnce() -> Fact) -> Self {
        match answer {
            Tri::Yes => Self::plain(Level::Met),
            Tri::No => Self::plain(Level::Unmet),
            Tri::Unknown => Self { facts: vec![fact()], ..Self::plain(Level::Review) },
        }
    }
}

/// The level at which an item counts in a pool, if it does.
pub(super) fn item_level(item: &Item<'_>, answer: Tri) -> Option<Level> {
    match answer {
        Tri::No => None,
        Tri::Unknown => Some(Level::Review),
        Tri::Yes if item.in_progress && !item.is_supposed => Some(Level::InProgress),
        Tri::Yes => Some(Level::Met),
    }
}

/// The amount of an item in a measure: thousandths of credits or hours, or one.
pub(super) fn item_amount(item: &Item<'_>, measure: Measure) -> i64 {
    match measure {
        Measure::Count => 1,
        Measure::Credits => item.credits.unwrap_or_default().thousandths(),
        Measure::Hours => item.hours.unwrap_or_default().thousandths(),
    }
}

/// A decimal in the unit of [`item_amount`].
pub(crate) const fn in_units(measure: Measure, value: Decimal) -> i64 {
    match measure {
        Measure::Count => value.thousandths() / 1000,
        Measure::Credits | Measure::Hours => value.thousandths(),
    }
}

/// The inverse of [`in_units`].
pub(super) const fn from_units(measure: Measure, units: i64) -> Decimal {
    match measure {
        Measure::Count => Decimal::whole(units),
        Measure::Credits | Measure::Hours => Decimal::from_thousandths(units),
    }
}

/// How a percentage is rounded, in units of its measure.
pub(super) fn round_of(percent: &Percent) -> Round {
    let step = |step| in_units(percent.measure, step).max(1);
    match percent.rounding {
        Rounding::Exact => Round::default(),
        Rounding::UpTo(up_to) => Round { step: step(up_to), from: 0 },
        Rounding::Threshold(threshold) => Round { step: step(threshold.step), from: threshold.up_from.thousandths() },
    }
}

/// The most units that stay within a percentage of so many.
pub(super) fn within(percent: &Percent, base: i64) -> i64 {
    let parts = percent.percent.thousandths();
    match percent.rounding {
        Rounding::Exact => i64::try_from(i128::from(base) * i128::from(parts) / 100_000).unwrap_or(i64::MAX),
        _ => share_of(base, parts, round_of(percent)),
    }
}

/// The award that makes a credential held on a date, if there is one: unexpired, the latest.
pub(super) fn held<'r>(holdings: &Holdings<'r>, id: &CredentialId) -> Option<&'r Conferred> {
    holdings
        .record
        .conferred
        .iter()
        .filter(|award| award.credential == *id && holds(holdings.catalog, award, holdings.as_of))
        .max_by_key(|award| award.on)
}

/// Whether an award makes its credential held on a date.
pub(crate) fn holds(catalog: &Catalog, award: &Conferred, as_of: Date) -> bool {
    let reckoned = || catalog.credentials.get(&award.credential)?.valid_for.map(|duration| duration.after(award.on));
    award.on <= as_of && award.expires_on.or_else(reckoned).is_none_or(|last| as_of <= last)
}

/// Looks at facts, `forced` being what exceptions let count whatever a pool says. `None` for a leaf that is not a looking one, or that asks for a credential that
/// is not held already.
pub(super) fn look(
    holdings: &Holdings<'_>,
    requirement: &Requirement,
    scope: Scope<'_>,
    applied: Option<&[ItemIx]>,
    forced: &[&AttainmentId],
) -> Option<Look> {
    match &requirement.rule {
        Rule::Seen(seen) => Some(seen_look(holdings, seen, scope, forced)),
        Rule::Attribute(test) => Some(attribute(holdings, requirement, test)),
        Rule::Gpa(gpa) => gpa_look(holdings, gpa, scope, applied),
        Rule::Approved(approved) => Some(approval(holdings, approved)),
        Rule::AsOf(window) => Some(window_look(holdings.as_of, window)),
        Rule::Earned(id) => held(holdings, id).map(|_| Look::plain(Level::Met)),
        Rule::Take(_) | Rule::All(_) | Rule::Any(_) | Rule::AtLeast(_) | Rule::Not(_) | Rule::When(_) => None,
    }
}

fn seen_look(holdings: &Holdings<'_>, seen: &Seen, scope: Scope<'_>, forced: &[&AttainmentId]) -> Look {
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
    Look {
        level,
        short: Some((seen.measure, seen.min.short_of(have))),
        amount: Some(AmountAnswer { measure: Some(seen.measure), have, need: seen.min }),
        facts,
        closed: level == Level::Unmet && !possible_later(holdings.as_of, &seen.pool),
    }
}

fn attribute(holdings: &Holdings<'_>, requirement: &Requirement, test: &AttributeTest) -> Look {
    let namer = Namer { catalog: holdings.catalog };
    let Some(decl) = holdings.catalog.learner_attributes.get(&test.name) else { return Look::plain(Level::Review) };
    let value = holdings.record.attributes.get(&test.name).or(decl.default.as_ref());
    let answer = value.map_or(Tri::Unknown, |value| test_value(decl, &test.test, value));
    let mut look = Look::from_tri(answer, || Fact {
        office: None,
        attainment: None,
        text: Message::new("fact-attribute")
            .with("attribute", credstack_model::Arg::Message(Box::new(explain::requirement(namer, requirement)))),
    });
    if let (Some(Value::Number(have)), Test::AtLeast(Value::Number(need)) | Test::AtMost(Value::Number(need))) =
        (value, &test.test)
    {
        look.amount = Some(AmountAnswer { measure: None, have: *have, need: *need });
    }
    look.closed = answer == Tri::No && decl.fixed;
    look
}

fn approval(holdings: &Holdings<'_>, approved: &Approved) -> Look {
    let namer = Namer { catalog: holdings.catalog };
    let decisions = holdings
        .record
        .approvals
        .iter()
        .filter(|a| a.office == approved.office && a.subject == approved.subject && a.attainment.is_none())
        .map(|a| a.decision);
    // A denial stands before a grant, and a grant before what is pending.
    let answer = match decisions.min_by_key(|d| match d {
        Decision::Denied => 0,
        Decision::Granted => 1,
        Decision::Pending => 2,
    }) {
        Some(Decision::Denied) => Tri::No,
        Some(Decision::Granted) => Tri::Yes,
        Some(Decision::Pending) | None => Tri::Unknown,
    };
    Look::from_tri(answer, || Fact {
        office: Some(approved.office.clone()),
        attainment: None,
        text: Message::new("fact-approval")
            .text("office", namer.office(&approved.office))
            .text("subject", &approved.subject),
    })
}

fn window_look(as_of: Date, window: &Window) -> Look {
    let met = window.from.is_none_or(|from| from <= as_of) && window.to.is_none_or(|to| as_of <= to);
    let mut look = Look::plain(if met { Level::Met } else { Level::Unmet });
    look.closed = window.to.is_some_and(|to| to < as_of);
    look
}

fn gpa_look(holdings: &Holdings<'_>, gpa: &Gpa, scope: Scope<'_>, applied: Option<&[ItemIx]>) -> Option<Look> {
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
                return Some(Look {
                    facts: vec![Fact { office: None, attainment: None, text }],
                    ..Look::plain(Level::Review)
                });
            };
            let mut look = Look::plain(if *have >= gpa.min { Level::Met } else { Level::Unmet });
            look.amount = Some(AmountAnswer { measure: None, have: *have, need: gpa.min });
            Some(look)
        }
    }
}

/// Graded work that enters an average, surely or perhaps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Graded<'a> {
    pub(super) credits: Decimal,
    pub(super) points: Decimal,
    /// Whether the average is over it.
    pub(super) enters: Tri,
    code: &'a Code,
}

/// What an item brings to an average over a selection, unless it is not graded yet.
pub(super) fn graded<'a>(
    holdings: &Holdings<'_>,
    item: &'a Item<'_>,
    selector: &Selector,
    scope: Scope<'_>,
) -> Option<Graded<'a>> {
    let points = item.grade?.value.points?;
    let credits = item.credits?;
    let enters = holdings.selects(selector, item, scope);
    (!item.in_progress).then_some(Graded { credits, points, enters, code: &item.attainment.of })
}

/// Compares an average by cross-multiplication; it is shown rounded down to three places, without
/// what enters it only perhaps. Where that could decide, the average is unknown.
pub(super) fn average<'a>(holdings: &Holdings<'_>, min: Decimal, population: impl Iterator<Item = Graded<'a>>) -> Look {
    let (mut points, mut credits) = (0_i128, 0_i128);
    let (mut gain, mut loss) = (0_i128, 0_i128);
    let mut doubtful = Vec::new();
    let min_points = i128::from(min.thousandths());
    for graded in population {
        let (c, p) = (i128::from(graded.credits.thousandths()), i128::from(graded.points.thousandths()));
        match graded.enters {
            Tri::No => {}
            Tri::Yes => {
                points += c * p;
                credits += c;
            }
            Tri::Unknown => {
                let over = c * (p - min_points);
                gain += over.max(0);
                loss += over.min(0);
                doubtful.push(graded.code);
            }
        }
    }
    if credits == 0 {
        let fact = Fact { office: None, attainment: None, text: Message::new("fact-no-grades") };
        return Look { facts: vec![fact], ..Look::plain(Level::Review) };
    }
    let over = points - min_points * credits;
    let level = match () {
        () if over + loss >= 0 => Level::Met,
        () if over + gain < 0 => Level::Unmet,
        () => Level::Review,
    };
    let have = Decimal::from_thousandths(i64::try_from(points / credits).unwrap_or(i64::MAX));
    let mut look = Look::plain(level);
    look.amount = Some(AmountAnswer { measure: None, have, need: min });
    if level == Level::Review {
        let namer = Namer { catalog: holdings.catalog };
        look.facts = doubtful
            .into_iter()
            .map(|code| {
                let text = Message::new("fact-average-unsure").text("attainment", namer.code(code));
                Fact { office: None, attainment: None, text }
            })
            .collect();
    }
    look
}

/// What is unknown of the items that a pool selects only perhaps.
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

/// The level of a leaf about the learner, and whether it is unmet for ever.
pub(crate) fn level_of_fact(holdings: &Holdings<'_>, requirement: &Requirement) -> (Level, bool) {
    match look(holdings, requirement, Scope { credential: None }, None, &[]) {
        Some(look) => (look.level, look.closed),
        None => (Level::Review, false),
    }
}

/// Whether an attainment that is still to come on a date could be in a pool.
pub(crate) fn possible_later(as_of: Date, pool: &Selector) -> bool {
    match pool {
        Selector::Completed(window) => window.to.is_none_or(|to| as_of <= to),
        Selector::UsedIn(_) => false,
        Selector::And(of) => of.iter().all(|s| possible_later(as_of, s)),
        Selector::Or(of) => of.iter().any(|s| possible_later(as_of, s)),
        Selector::Codes(codes) => !codes.is_empty(),
        Selector::Not(inner) => **inner != Selector::Everything,
        _ => true,
    }
}
