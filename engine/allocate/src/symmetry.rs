//! Symmetry: items that nothing in a problem tells apart are interchangeable.
//!
//! If an arc of an item has been tried in vain, the same arc of an interchangeable item need not be
//! tried: exchanging the two in a solution gives one in which the first has that arc. This holds as
//! long as nothing decided so far tells the two apart either (I. P. Gent and B. M. Smith, "Symmetry
//! breaking in constraint programming", ECAI 2000).

use credstack_base::sorted::Map;

use super::index::{ArcIx, ItemIx, Table};
use super::lookup::Lookup;
use super::problem::{Cap, Floor, Link, NodeKind, Other, Problem, Sharing};
use super::state::State;
use super::tuning::Tuning;

/// The classes of interchangeable items.
#[derive(Debug)]
pub(crate) struct Symmetry {
    /// The class of each item.
    class: Table<ItemIx, usize>,
    /// The items of each class.
    items: Vec<Vec<ItemIx>>,
}

/// Return the class of each item: items of one class can be exchanged in every allocation.
#[must_use]
pub fn interchangeable(p: &Problem) -> Table<ItemIx, usize> {
    Symmetry::new(p, &Lookup::new(p)).class
}

/// Return the arcs that are worth looking at: of interchangeable items, no more than all leaves and
/// sums together could use, the first of them. `None` if that is all arcs.
pub(crate) fn arcs_without_spares(p: &Problem, lookup: &Lookup) -> Option<Table<ArcIx, ArcIx>> {
    // What may ask for more than it needs, because more of one thing allows more of another.
    let asks_for_more = p.nodes.iter().any(|node| {
        matches!(node.kind, NodeKind::Average(..))
            || node
                .floors
                .iter()
                .any(|floor| matches!(floor, Floor::Share { .. } | Floor::Unique { .. } | Floor::Last(_)))
    }) || p.caps.iter().any(Cap::is_relative);
    if asks_for_more || p.items <= Tuning::FEW_ITEMS {
        return None;
    }
    let symmetry = Symmetry::new(p, lookup);
    let mut is_kept = Table::filled(true, p.items);
    for class in symmetry.items.iter().filter(|class| class.len() > 1) {
        let item = class[0];
        let times = |need: i64, amount: i64| match (need > 0, amount > 0) {
            (true, true) => (need + amount - 1) / amount,
            _ => 0,
        };
        let mut most = 0_i64;
        for arc in lookup.arcs_of(item) {
            let arc = &p.arcs[arc];
            most = most.saturating_add(times(p.leaves[arc.leaf].need, arc.amount));
        }
        for node in &p.nodes {
            if let NodeKind::Amount(amount) = &node.kind {
                most = most.saturating_add(times(amount.need, amount.amounts[item]));
            }
            for floor in &node.floors {
                most = most.saturating_add(match floor {
                    Floor::Sum { need, weights, .. } => times(*need, weights[item]),
                    Floor::Distinct { .. } => 1,
                    Floor::Share { .. } | Floor::Unique { .. } | Floor::Last(_) => 0,
                });
            }
        }
        for spare in class.iter().skip(usize::try_from(most).unwrap_or(usize::MAX)) {
            is_kept[*spare] = false;
        }
    }
    let kept: Table<ArcIx, ArcIx> = p.arcs.ixs().filter(|arc| is_kept[p.arcs[*arc].item]).collect();
    (kept.len() < p.arcs.len()).then_some(kept)
}

impl Symmetry {
    /// Find the classes of a problem's items.
    pub(crate) fn new(p: &Problem, lookup: &Lookup) -> Self {
        let mut classes: Map<Vec<i64>, usize> = Map::new();
        let mut class = Table::new();
        let mut items: Vec<Vec<ItemIx>> = Vec::new();
        for item in p.item_ixs() {
            let next = items.len();
            let n = *classes.entry(marks(p, lookup, item)).or_insert(next);
            if n == next {
                items.push(Vec::new());
            }
            items[n].push(item);
            class.push(n);
        }
        Self { class, items }
    }

    /// Return the arcs to the same leaf of the items that are interchangeable with an arc's item, of
    /// those that nothing decided so far tells apart from it.
    pub(crate) fn of(&self, arc: ArcIx, p: &Problem, state: &State<'_>, with: &[ItemIx]) -> Vec<ArcIx> {
        let item = p.arcs[arc].item;
        if with.contains(&item) {
            return Vec::new();
        }
        self.items[self.class[item]]
            .iter()
            .filter(|other| **other != item && !with.contains(other))
            .filter_map(|other| {
                let mut both = state.lookup.arcs_of(item).zip(state.lookup.arcs_of(*other));
                let same = state.lookup.arcs_of(*other).find(|other| p.arcs[*other].leaf == p.arcs[arc].leaf);
                same.filter(|_| both.all(|(a, b)| state.arcs[a] == state.arcs[b]))
            })
            .collect()
    }
}

/// Return everything that a problem says of an item, as numbers.
fn marks(p: &Problem, lookup: &Lookup, item: ItemIx) -> Vec<i64> {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut marks = vec![p.item_cost(item), p.use_cost(item)];
    for arc in lookup.arcs_of(item) {
        let arc = &p.arcs[arc];
        marks.extend([number(arc.leaf.index()), arc.amount, arc.level as i64]);
    }
    for cap in &p.caps {
        marks.push(cap.weights[item]);
        if let Some(share) = &cap.rounded {
            marks.extend([share.weights[item], i64::from(share.matches[item])]);
        }
    }
    for exclusion in &p.exclusions {
        // What excludes others is told apart from everything.
        marks.push(if exclusion.with[item].is_empty() { -1 } else { number(item.index()) });
    }
    for pair in &p.pairs {
        marks.push(match pair.items[item] {
            Sharing::Never => 0,
            Sharing::Bounded => 1,
            Sharing::Free => 2,
        });
        marks.extend(pair.bounds.iter().map(|(weights, _)| weights[item]));
    }
    for link in p.one_party.iter().flat_map(|set| set.parties.iter().flatten()) {
        if let Link::Award(_, items) = link {
            marks.push(i64::from(items[item]));
        }
    }
    marks.extend(p.ceilings.iter().map(|ceiling| number(ceiling.max[item])));
    for node in &p.nodes {
        match &node.kind {
            NodeKind::Amount(amount) => marks.push(amount.amounts[item]),
            NodeKind::Average(weights, _) => {
                marks.extend([i64::from(weights[item].is_some()), weights[item].unwrap_or(0)])
            }
            _ => {}
        }
        for floor in &node.floors {
            match floor {
                Floor::Sum { weights, doubtful, .. } => marks.extend([weights[item], i64::from(doubtful[item])]),
                Floor::Share { weights, matches, doubtful, .. } => {
                    marks.extend([weights[item], i64::from(matches[item]), i64::from(doubtful[item])]);
                }
                Floor::Last(last) => {
                    let day = last.days[item];
                    let asked = [last.matches[item], last.doubtful[item], day.is_some()].map(i64::from);
                    marks.extend(asked);
                    marks.extend([last.weights[item], day.unwrap_or(0)]);
                }
                Floor::Distinct { keys, doubtful, .. } => {
                    marks.extend([keys[item].map_or(-1, i64::from), i64::from(doubtful[item])]);
                }
                Floor::Unique { weights, other, .. } => {
                    let elsewhere = match other {
                        Other::Target(_) => false,
                        Other::Items(items) => items[item],
                    };
                    marks.extend([weights[item], i64::from(elsewhere)]);
                }
            }
        }
    }
    marks
}
