//! What has a price, and in which units: the parts into which a problem falls once uses are priced.

use credstack_base::order;

use crate::index::{self, ArcIx, ItemIx, LeafIx, NodeIx, PairIx, Table};
use crate::knapsack::{Knapsack, NEVER, gcd};
use crate::lookup::Lookup;
use crate::problem::{Floor, Node, NodeKind, Problem, Sharing};
use crate::sharing_sets::{Item, Place, sets_of, uses_of};
use crate::tuning::Tuning;

/// Prices have so many binary places.
const PLACES: u32 = 20;
/// A price of one, and a frequency of always.
pub(crate) const ONE: i64 = 1 << PLACES;

/// The parts of a problem that its prices hold together.
///
/// All prices stand in one list: of slots (uses of items) first, then of caps, of the bounds of pairs,
/// and last of the distances of targets.
#[derive(Debug)]
pub(super) struct Decomposition<'p> {
    /// The problem.
    pub(super) p: &'p Problem,
    /// The greatest common divisor of all distances.
    pub(super) distance_unit: i64,
    /// The greatest common divisor of all costs.
    pub(super) cost_unit: i64,
    /// The need of each leaf.
    pub(super) leaves: Table<LeafIx, Knapsack>,
    /// The needs of the sums inside each node.
    pub(super) sums: Table<NodeIx, Vec<Knapsack>>,
    /// Where each item can go.
    pub(super) items: Table<ItemIx, Item>,
    /// The index of the price of each arc. Arcs of an item in a target that exclude each other have one.
    pub(super) slot: Table<ArcIx, usize>,
    /// Caps with prices of their own.
    pub(super) caps: Vec<Priced>,
    /// The weights of each arc in them.
    pub(super) cap_weights: CapWeights,
    /// The bounds of pairs, pair by pair.
    pub(super) bounds: Vec<Priced>,
    /// The cost of each use of an arc beside its price, where cost is what is made small; empty if there
    /// is none.
    pub(super) by_use: Table<ArcIx, i64>,
    /// Leaves that every way of satisfying their target needs.
    pub(super) mandatory: Table<LeafIx, Mandatory>,
    /// The number of slots.
    pub(super) slots: usize,
    /// The index of the first target's price.
    pub(super) first_target: usize,
    /// The scale on which each price moves, in quarters: that of an item by its worth, that of a bound,
    /// which weighs many items at once, less.
    pub(super) scale: Vec<i64>,
    /// Whether amounts are so large that sums of prices could overflow. Then there are no bounds, and
    /// the search goes through everything.
    pub(super) is_blind: bool,
}

/// A bound with a price, in units of what its weights have in common.
#[derive(Debug)]
pub(super) struct Priced {
    /// The bound.
    pub(super) bound: i64,
    /// The index of its price.
    pub(super) price: usize,
}

/// Whether every way of satisfying a target needs a leaf, or only the step around it, whose node and
/// distance are given, does.
pub(super) type Mandatory = Option<Option<(NodeIx, i64)>>;

/// The weights of priced caps on each arc: index of the price, weight.
#[derive(Debug, Default)]
pub(super) struct CapWeights {
    /// Where the weights of each arc start; empty if no cap has a price.
    from: Vec<usize>,
    all: Vec<(usize, i64)>,
}

impl CapWeights {
    fn new(by_arc: &Table<ArcIx, Vec<(usize, i64)>>) -> Self {
        let mut weights = Self::default();
        if by_arc.iter().any(|own| !own.is_empty()) {
            for own in by_arc {
                weights.from.push(weights.all.len());
                weights.all.extend(own);
            }
            weights.from.push(weights.all.len());
        }
        weights
    }

    /// Return the priced caps that an arc weighs on, with its weight in each.
    #[inline]
    pub(super) fn of(&self, arc: ArcIx) -> &[(usize, i64)] {
        match self.from.get(arc.index()..arc.index() + 2) {
            Some(&[from, to]) => &self.all[from..to],
            _ => &[],
        }
    }
}

impl<'p> Decomposition<'p> {
    /// Take a problem apart.
    pub(super) fn new(p: &'p Problem, lookup: &Lookup) -> Self {
        let Slots { mut items, slot, count: slots } = Slots::new(p, lookup);
        let mut next = slots;
        let mut leaves: Table<LeafIx, Knapsack> =
            p.leaves.ixs().map(|leaf| Knapsack::of_leaf(p, &lookup.of_leaf[leaf], leaf, None)).collect();
        let (caps, cap_weights) = priced_caps(p, lookup, &mut leaves, &mut next);
        let mut bounds = Vec::new();
        let mut bound_of: Table<PairIx, Vec<(usize, i64)>> = Table::new();
        for pair in &p.pairs {
            let mut own = Vec::new();
            for (weights, bound) in &pair.bounds {
                let both = p.item_ixs().filter(|item| pair.items[*item] == Sharing::Bounded);
                let unit = both.fold(0, |unit, item| gcd(unit, weights[item])).max(1);
                own.push((next, unit));
                bounds.push(Priced { bound: bound.div_euclid(unit), price: next });
                next += 1;
            }
            bound_of.push(own);
        }
        for item in p.item_ixs() {
            items[item].sets = sets_of(p, item, &items[item].places, &bound_of);
            items[item].most = uses_of(p, item, &items[item].places);
        }
        let mut sums: Table<NodeIx, Vec<Knapsack>> = p.nodes.ixs().map(|node| sums_of(p, lookup, node)).collect();
        let distance_unit = distance_unit(p, leaves.iter().chain(sums.iter().flatten()));
        leaves.iter_mut().chain(sums.iter_mut().flatten()).for_each(|knapsack| knapsack.in_units_of(distance_unit));
        let cost_unit = p.item_ixs().fold(0, |unit, item| gcd(gcd(unit, p.item_cost(item)), p.use_cost(item))).max(1);
        let is_blind = {
            let distances = leaves.iter().chain(sums.iter().flatten()).map(Knapsack::most);
            let known = p.nodes.iter().map(|node| match &node.kind {
                NodeKind::Known(_, distance) | NodeKind::Step(_, distance) => i128::from(*distance / distance_unit),
                _ => 0,
            });
            let costs = p.item_ixs().map(|item| i128::from(p.item_cost(item) / cost_unit));
            let uses = p.arcs.iter().map(|arc| i128::from(p.use_cost(arc.item) / cost_unit));
            let all: i128 = distances.chain(known).chain(costs).chain(uses).sum();
            all.saturating_mul(i128::from(ONE)) > i128::from(NEVER / 4096)
        };
        let by_use = match p.use_costs.is_empty() {
            true => Table::new(),
            false => p.arcs.iter().map(|arc| p.use_cost(arc.item) / cost_unit * ONE).collect(),
        };
        let first_target = next;
        let mut scale = vec![1; first_target + p.targets.len()];
        for knapsack in &leaves {
            for entry in knapsack.entries() {
                let slot = slot[entry.arc];
                scale[slot] = scale[slot].max(4 * knapsack.entry_worth(entry).clamp(1, Tuning::GREATEST_SCALE));
            }
        }
        Self {
            p,
            distance_unit,
            cost_unit,
            leaves,
            sums,
            items,
            slot,
            caps,
            cap_weights,
            bounds,
            by_use,
            mandatory: mandatory_leaves(p),
            slots,
            first_target,
            scale,
            is_blind,
        }
    }
}

/// The places of items, and the slots in which their prices stand.
struct Slots {
    items: Table<ItemIx, Item>,
    slot: Table<ArcIx, usize>,
    count: usize,
}

impl Slots {
    fn new(p: &Problem, lookup: &Lookup) -> Self {
        let mut slots = Self { items: Table::new(), slot: Table::filled(0, p.arcs.len()), count: 0 };
        for item in p.item_ixs() {
            let mut places: Vec<Place> = Vec::new();
            for target in p.targets.ixs() {
                let arcs = lookup.arcs(item, target);
                if arcs.is_empty() {
                    continue;
                }
                let mut place = Place { target, own: 0, alone: Vec::new(), groups: Vec::new() };
                let mut groups: Vec<(u32, Vec<ArcIx>)> = Vec::new();
                for arc in arcs {
                    match p.leaves[p.arcs[*arc].leaf].share {
                        None => place.alone.push(*arc),
                        Some(group) => match groups.iter_mut().find(|(g, _)| *g == group) {
                            Some((_, arcs)) => arcs.push(*arc),
                            None => groups.push((group, vec![*arc])),
                        },
                    }
                }
                if !place.alone.is_empty() {
                    place.own = slots.next();
                    for arc in &place.alone {
                        slots.slot[*arc] = place.own;
                    }
                }
                for (_, arcs) in groups {
                    for arc in &arcs {
                        slots.slot[*arc] = slots.next();
                    }
                    place.groups.push(arcs);
                }
                places.push(place);
            }
            slots.items.push(Item { places, sets: None, most: 0 });
        }
        slots
    }

    const fn next(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }
}

/// Give caps that can bind prices, and return them with the weights of arcs in them. A cap within one
/// leaf becomes part of the leaf's knapsack instead, if its table is small enough.
fn priced_caps(
    p: &Problem,
    lookup: &Lookup,
    leaves: &mut Table<LeafIx, Knapsack>,
    next: &mut usize,
) -> (Vec<Priced>, CapWeights) {
    let mut has_cap = Table::filled(false, p.leaves.len());
    let mut caps = Vec::new();
    let mut by_arc = Table::filled(Vec::new(), p.arcs.len());
    for (ix, cap) in p.caps.enumerate() {
        let (from, to) = cap.leaves;
        let is_single = from.next() == to;
        let shares = index::between(cap.leaves).any(|leaf| p.leaves[leaf].share.is_some());
        if (shares && !is_single) || cap.has_negative_weights() {
            continue;
        }
        let inside: Vec<ArcIx> = lookup.arcs_inside(cap.leaves).collect();
        let weight = |arc: &ArcIx| cap.weights[p.arcs[*arc].item];
        if is_single && !has_cap[from] {
            let knapsack = Knapsack::of_leaf(p, &inside, from, Some(ix));
            if knapsack.is_capped() {
                leaves[from] = knapsack;
                has_cap[from] = true;
                continue;
            }
        }
        let unit = inside.iter().fold(0, |unit, arc| gcd(unit, weight(arc))).max(1);
        let bound = cap.bound.max(0) / unit;
        if inside.iter().map(|arc| weight(arc) / unit).fold(0, i64::saturating_add) <= bound {
            continue;
        }
        for arc in inside.iter().filter(|arc| weight(arc) > 0) {
            by_arc[*arc].push((*next, weight(arc) / unit));
        }
        caps.push(Priced { bound, price: *next });
        *next += 1;
    }
    (caps, CapWeights::new(&by_arc))
}

/// Return what all distances have in common.
fn distance_unit<'k>(p: &Problem, needs: impl Iterator<Item = &'k Knapsack>) -> i64 {
    let of_nodes = p.nodes.iter().fold(0, |unit, node| {
        let own = match &node.kind {
            NodeKind::Known(_, distance)
            | NodeKind::Step(_, distance)
            | NodeKind::Not(_, distance)
            | NodeKind::Held(_, distance)
            | NodeKind::Average(_, distance) => *distance,
            _ => 0,
        };
        node.floors.iter().fold(gcd(unit, own), |unit, floor| match floor {
            Floor::Sum { .. } | Floor::Last(_) => unit,
            Floor::Distinct { per_key, .. } => gcd(unit, *per_key),
            Floor::Share { per_unit, .. } | Floor::Unique { per_unit, .. } => gcd(unit, *per_unit),
        })
    });
    needs.fold(of_nodes, |unit, knapsack| gcd(unit, knapsack.worth())).max(1)
}

/// Return as many of the children of a choice as it asks for.
pub(super) fn first_of(node: &Node) -> Vec<NodeIx> {
    match &node.kind {
        NodeKind::AtLeast(k, of) => of.iter().copied().take(*k).collect(),
        _ => Vec::new(),
    }
}

/// Return the needs of the sums inside a node.
fn sums_of(p: &Problem, lookup: &Lookup, ix: NodeIx) -> Vec<Knapsack> {
    let node = &p.nodes[ix];
    let knapsack = |need: i64, per_unit: i64, weights: &Table<ItemIx, i64>| {
        let mut by_item: Vec<(ItemIx, Vec<ArcIx>, i64, i64)> = Vec::new();
        let mut arcs: Vec<ArcIx> = lookup.arcs_inside(node.leaves).collect();
        order::sort_short(&mut arcs);
        for arc in arcs {
            let item = p.arcs[arc].item;
            match by_item.last_mut() {
                Some(last) if last.0 == item => last.1.push(arc),
                _ if weights[item] > 0 => by_item.push((item, vec![arc], weights[item], 0)),
                _ => {}
            }
        }
        Knapsack::new(need, per_unit, by_item, None)
    };
    let mut sums = Vec::new();
    if let NodeKind::Amount(amount) = &node.kind {
        sums.push(knapsack(amount.need, amount.per_unit, &amount.amounts));
    }
    for floor in &node.floors {
        match floor {
            Floor::Sum { need, weights, per_unit, .. } => sums.push(knapsack(*need, *per_unit, weights)),
            // What matches anywhere is at least what matches among the last.
            Floor::Last(last) => sums.push(knapsack(last.need, last.per_unit, &last.asked())),
            _ => {}
        }
    }
    sums
}

/// Find the leaves with nothing but conjunctions above them, or a step below those, and no sums.
fn mandatory_leaves(p: &Problem) -> Table<LeafIx, Mandatory> {
    let mut mandatory = Table::filled(None, p.leaves.len());
    let mut open: Vec<(NodeIx, Option<(NodeIx, i64)>)> = p.targets.iter().map(|target| (target.root, None)).collect();
    while let Some((ix, step)) = open.pop() {
        let node = &p.nodes[ix];
        let sums = node.floors.iter().any(|floor| matches!(floor, Floor::Sum { .. } | Floor::Last(_)));
        match &node.kind {
            _ if sums => {}
            NodeKind::Take(leaf) => mandatory[*leaf] = Some(step),
            NodeKind::All(of) if step.is_none() => open.extend(of.iter().map(|child| (*child, None))),
            NodeKind::AtLeast(k, of) if *k == of.len() && step.is_none() => {
                open.extend(of.iter().map(|child| (*child, None)));
            }
            NodeKind::Step(child, distance) if step.is_none() => open.push((*child, Some((ix, *distance)))),
            _ => {}
        }
    }
    mandatory
}
