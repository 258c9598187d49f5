//! Credentials as checks see them.

use std::collections::{BTreeMap, BTreeSet};

use credstack_model::{Catalog, CredentialId, Decimal, Measure, Requirement, Rule, Selector};

use crate::view::View;

pub(super) fn views(catalog: &Catalog) -> Vec<View> {
    let place: BTreeMap<&CredentialId, usize> = catalog.credentials.keys().enumerate().map(|(i, id)| (id, i)).collect();
    let mut views: Vec<View> = catalog
        .credentials
        .iter()
        .map(|(id, c)| {
            let least = |measure| {
                c.editions.iter().map(|e| least(catalog, &e.completion, measure)).min().unwrap_or(Decimal::ZERO)
            };
            View {
                id: id.to_string(),
                title: c.title.clone(),
                kind: c.kind.as_str(),
                level: c.level.clone().unwrap_or_default(),
                unit: c.unit.clone().unwrap_or_default(),
                description: c.description.clone().unwrap_or_default(),
                credits: c.credits.unwrap_or_else(|| least(Measure::Credits)),
                hours: least(Measure::Hours),
                tags: c.tags.clone(),
                competencies: c.competencies.iter().map(ToString::to_string).collect(),
                details: c.details.clone(),
                stacks_into: Vec::new(),
                stacks_from: Vec::new(),
                expires: c.valid_for.is_some(),
            }
        })
        .collect();
    let edges: BTreeSet<(usize, usize)> =
        catalog.stacks.iter().filter_map(|edge| Some((*place.get(&edge.from)?, *place.get(&edge.into)?))).collect();
    for (from, into) in edges {
        views[from].stacks_into.push(into);
        views[into].stacks_from.push(from);
    }
    views
}

/// Return the least that a requirement takes, in credits or hours. Courses of a pool count at the least
/// that any listed one of them is worth, or the catalog's typical credits where none is listed.
fn least(catalog: &Catalog, node: &Requirement, measure: Measure) -> Decimal {
    let of = |child: &Requirement| least(catalog, child, measure);
    let sum = |all: Vec<Decimal>| all.into_iter().fold(Decimal::ZERO, Decimal::plus);
    match &node.rule {
        Rule::Take(take) if take.measure == measure => take.min,
        Rule::Take(take) if take.measure == Measure::Count => {
            let each = cheapest(catalog, &take.pool, measure);
            let times = take.min.thousandths() / 1000;
            Decimal::from_thousandths(each.thousandths().saturating_mul(times))
        }
        Rule::All(children) => sum(children.iter().map(of).collect()),
        Rule::Any(children) => children.iter().map(of).min().unwrap_or(Decimal::ZERO),
        Rule::AtLeast(at_least) if at_least.measure == measure => at_least.min,
        Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
            let mut amounts: Vec<Decimal> = at_least.of.iter().map(of).collect();
            amounts.sort();
            let most = usize::try_from(at_least.min.thousandths() / 1000).unwrap_or(0);
            amounts.truncate(most);
            sum(amounts)
        }
        Rule::When(when) => of(&when.then).min(of(&when.otherwise)),
        _ => Decimal::ZERO,
    }
}

fn cheapest(catalog: &Catalog, pool: &Selector, measure: Measure) -> Decimal {
    let unknown = if measure == Measure::Credits { catalog.defaults.typical_credits } else { Decimal::ZERO };
    match pool {
        Selector::Codes(codes) => codes
            .iter()
            .map(|code| {
                let course = catalog.courses.get(code);
                match measure {
                    Measure::Hours => course.and_then(|c| c.hours).unwrap_or(Decimal::ZERO),
                    _ => course.map_or(unknown, |c| c.credits.unwrap_or(Decimal::ZERO)),
                }
            })
            .min()
            .unwrap_or(unknown),
        Selector::And(of) => of.iter().map(|s| cheapest(catalog, s, measure)).min().unwrap_or(unknown),
        Selector::Or(of) => of.iter().map(|s| cheapest(catalog, s, measure)).min().unwrap_or(unknown),
        _ => unknown,
    }
}
