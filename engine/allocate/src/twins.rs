//! Items that nothing in a problem tells apart.
//!
//! If an arc of an item has been tried in vain, the same arc of a twin need not be tried: exchanging
//! the two in a solution gives one in which the first has that arc. This holds as long as nothing
//! decided so far tells the twins apart either.

use credstack_base::sorted::Map;

use super::problem::{ArcIx, Floor, ItemIx, Link, NodeKind, Problem, Sharing};
use super::state::{State, Tables};

/// Which items are twins.
#[derive(Debug)]
pub(super) struct Twins {
    /// The class of each item.
    class: Vec<usize>,
    /// The items of each class.
    items: Vec<Vec<ItemIx>>,
}

/// The class of each item: items of one class can be exchanged in every allocation.
#[must_use]
pub fn twins(p: &Problem) -> Vec<usize> {
    Twins::new(p, &Tables::new(p)).class
}

/// The arcs that are worth looking at: of items that nothing tells apart, no more than all leaves
/// and sums together could use, the first of them. `None` if that is all of them.
pub(super) fn thinned(p: &Problem, tables: &Tables) -> Option<Vec<ArcIx>> {
    // What may ask for more than it needs, because more of one thing allows more of another.
    let asks_for_more =
        p.nodes.iter().any(|node| {
            matches!(node.kind, NodeKind::Average(..))
                || node
                    .floors
                    .iter()
                    .any(|floor| matches!(floor, Floor::Share { .. } | Floor::Unique { .. } | Floor::Last(_)))
        }) || p.caps.iter().any(|cap| cap.rounded.is_some() || cap.weights.iter().any(|weight| *weight < 0));
    if asks_for_more || p.items <= FEW {
        return None;
    }
    let twins = Twins::new(p, tables);
    let mut is_kept = vec![true; p.items];
    for class in twins.items.iter().filter(|class| class.len() > 1) {
        let item = class[0];
        let times = |need: i64, amount: i64| match (need > 0, amount > 0) {
            (true, true) => (need + amount - 1) / amount,
            _ => 0,
        };
        let mut most = 0_i64;
        for arc in arcs_of(p, tables, item) {
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
        for twin in class.iter().skip(usize::try_from(most).unwrap_or(usize::MAX)) {
            is_kept[*twin] = false;
        }
    }
    let kept: Vec<ArcIx> = (0..p.arcs.len()).filter(|arc| is_kept[p.arcs[*arc].item]).collect();
    (kept.len() < p.arcs.len()).then_some(kept)
}

/// Problems of no more items are solved as they are.
const FEW: usize = 48;

impl Twins {
    pub(super) fn new(p: &Problem, tables: &Tables) -> Self {
        let mut classes: Map<Vec<i64>, usize> = Map::new();
        let mut class = Vec::with_capacity(p.items);
        let mut items: Vec<Vec<ItemIx>> = Vec::new();
        for item in 0..p.items {
            let next = items.len();
            let n = *classes.entry(marks(p, tables, item)).or_insert(next);
            if n == next {
                items.push(Vec::new());
            }
            items[n].push(item);
            class.push(n);
        }
        Self { class, items }
    }

    /// The arcs of an item's twins to the same leaf, of those twins that nothing decided so far
    /// tells apart from it.
    pub(super) fn of(&self, arc: ArcIx, p: &Problem, state: &State<'_>, with: &[ItemIx]) -> Vec<ArcIx> {
        let item = p.arcs[arc].item;
        if with.contains(&item) {
            return Vec::new();
        }
        let own = arcs_of(p, state.tables, item);
        self.items[self.class[item]]
            .iter()
            .filter(|twin| **twin != item && !with.contains(twin))
            .filter_map(|twin| {
                let others = arcs_of(p, state.tables, *twin);
                let alike = own.iter().zip(&others).all(|(a, b)| state.arcs[*a] == state.arcs[*b]);
                let same = others.into_iter().find(|other| p.arcs[*other].leaf == p.arcs[arc].leaf);
                same.filter(|_| alike)
            })
            .collect()
    }
}

fn arcs_of(p: &Problem, tables: &Tables, item: ItemIx) -> Vec<ArcIx> {
    (0..p.targets.len()).flat_map(|target| tables.arcs(item, target).iter().copied()).collect()
}

/// Everything that a problem says of an item, as numbers.
fn marks(p: &Problem, tables: &Tables, item: ItemIx) -> Vec<i64> {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut marks = vec![p.item_cost(item), p.use_cost(item)];
    for arc in arcs_of(p, tables, item) {
        let arc = &p.arcs[arc];
        marks.extend([number(arc.leaf), arc.amount, arc.level as i64]);
    }
    for cap in &p.caps {
        marks.push(cap.weights[item]);
        if let Some(share) = &cap.rounded {
            marks.extend([share.weights[item], i64::from(share.matches[item])]);
        }
    }
    for exclusion in &p.exclusions {
        // What excludes others is told apart from everything.
        marks.push(if exclusion.with[item].is_empty() { -1 } else { number(item) });
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
                        super::problem::Other::Target(_) => false,
                        super::problem::Other::Items(items) => items[item],
                    };
                    marks.extend([weights[item], i64::from(elsewhere)]);
                }
            }
        }
    }
    marks
}
