//! Averages of grade points: which work enters one, and how it is compared with a minimum.
//!
//! Work without grade points, without credits, or unfinished does not enter. If nothing does, or if work of which
//! the selector is not sure could decide, the average is unknown.

use crate::explain::Namer;
use crate::select::{Holdings, Item, Scope, Tri};
use credstack_allocate::Level;
use credstack_model::{AmountAnswer, Code, Decimal, Fact, Message, Selector};

use super::leaf_result::LeafResult;

/// Graded work that enters an average, surely or perhaps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Graded<'a> {
    pub(super) credits: Decimal,
    pub(super) points: Decimal,
    /// Whether the average is over it.
    pub(super) enters: Tri,
    pub(super) code: &'a Code,
}

/// Return what an item brings to an average over a selection; nothing if it is not graded yet.
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

/// Compare an average with a minimum, by cross-multiplication and so exactly. It is shown rounded down to three
/// places, without the work that enters it only perhaps.
pub(super) fn average<'a>(
    holdings: &Holdings<'_>,
    min: Decimal,
    population: impl Iterator<Item = Graded<'a>>,
) -> LeafResult {
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
        return LeafResult { facts: vec![fact], ..LeafResult::plain(Level::Review) };
    }
    let over = points - min_points * credits;
    let level = match () {
        () if over + loss >= 0 => Level::Met,
        () if over + gain < 0 => Level::Unmet,
        () => Level::Review,
    };
    let have = Decimal::from_thousandths(i64::try_from(points / credits).unwrap_or(i64::MAX));
    let mut result = LeafResult::plain(level);
    result.amount = Some(AmountAnswer { measure: None, have, need: min });
    if level == Level::Review {
        let namer = Namer { catalog: holdings.catalog };
        result.facts = doubtful
            .into_iter()
            .map(|code| {
                let text = Message::new("fact-average-unsure").text("attainment", namer.code(code));
                Fact { office: None, attainment: None, text }
            })
            .collect();
    }
    result
}
