//! The terms of a plan: those of the catalog by name, and after them others by number.

use credstack_base::order;
use credstack_model::{Catalog, Code, Date, Decimal, Message, TermId};

use super::format::{MissingItem, PlannedTerm};
use super::schedule;

/// More terms than this are not planned.
const TERMS: usize = 40;

/// Return the terms of a plan, whether there can be no fewer, and what stands in the way of an order.
pub(super) fn terms(
    catalog: &Catalog,
    as_of: Date,
    missing: &[MissingItem],
    load: Option<Decimal>,
) -> (Vec<PlannedTerm>, bool, Option<Message>) {
    if missing.is_empty() {
        return (Vec::new(), true, None);
    }
    let too_heavy = missing.iter().find(|item| load.is_some_and(|load| item.credits > load));
    if let (Some(item), Some(load)) = (too_heavy, load) {
        let obstacle = Message::new("plan-too-heavy").text("code", item.code.as_str());
        return (Vec::new(), true, Some(obstacle.number("credits", item.credits).number("load", load)));
    }
    let mut named: Vec<(&TermId, Date)> =
        catalog.terms.iter().filter(|(_, term)| term.starts > as_of).map(|(id, term)| (id, term.starts)).collect();
    order::sort_by_key(&mut named, |(id, starts)| (*starts, (*id).clone()));
    // After the terms that the catalog names come others, of which nothing is known.
    named.truncate(TERMS);
    let count = TERMS;
    let offered = |code: &Code, term: usize| {
        let offered = catalog.courses.get(code).map_or(&[][..], |course| &course.offered);
        let Some((id, _)) = named.get(term) else { return true };
        let ends = |season: &String| id.as_str().strip_suffix(season.as_str()).is_some_and(|rest| rest.ends_with('-'));
        offered.is_empty() || offered.iter().any(|season| id.as_str() == season || ends(season))
    };
    let at = |code: &Code| missing.iter().position(|item| item.code == *code);
    let courses: Vec<schedule::Course> = missing
        .iter()
        .map(|item| schedule::Course {
            load: item.credits,
            after: catalog
                .courses
                .get(&item.code)
                .map_or_else(Vec::new, |c| c.prerequisites.iter().filter_map(at).collect()),
            offered: (0..count).map(|term| offered(&item.code, term)).collect(),
        })
        .collect();
    let Some((placed, fewest)) = schedule::schedule(&courses, count, load) else {
        let number = Decimal::whole(i64::try_from(count).unwrap_or(i64::MAX));
        let key = if courses.len() > schedule::EXACT { "plan-no-order-found" } else { "plan-no-order" };
        return (Vec::new(), false, Some(Message::new(key).number("n", number)));
    };
    let last = placed.iter().copied().max().unwrap_or(0);
    let terms = (0..=last).map(|term| {
        let items = missing.iter().zip(&placed).filter(|(_, at)| **at == term).map(|(item, _)| item);
        PlannedTerm {
            number: term + 1,
            term: named.get(term).map(|(id, _)| (*id).clone()),
            items: items.clone().map(|item| item.code.clone()).collect(),
            credits: items.map(|item| item.credits).sum(),
        }
    });
    (terms.collect(), fewest, None)
}
