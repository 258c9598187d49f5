//! Lower bounds by prices: a Lagrangian decomposition into trees and items.
//!
//! What makes allocations hard is that leaves compete for items, and targets for what they may
//! share. Give every use of an item a price. Then each tree buys, by itself, whatever serves it best
//! (a knapsack for a leaf, sums and choices above, [`super::cover`]), and each item sells itself,
//! by itself, to the targets that may have it together and pay most. For any prices that are not
//! negative, what the trees pay less what the items earn is no more than the best allocation's
//! value: take its uses, and note that the prices cancel out (A. M. Geoffrion, "Lagrangean
//! relaxation for integer programming", Mathematical Programming Study 2, 1974). As both sides are
//! solved over whole items, the best prices bound at least as well as a linear program would with
//! every cut for single leaves and single items in it.
//!
//! Prices are improved by subgradients: what is bought more often than sold grows dearer (M. Held,
//! P. Wolfe and H. P. Crowder, "Validation of subgradient optimization", Mathematical Programming 6,
//! 1974), with the step of B. T. Polyak (1969) toward the value at which nothing more is to be
//! shown. Caps that reach over several leaves and bounds on what pairs share have prices too.
//! Averages, negations, tests, exclusions and shares of a whole are left out.
//!
//! All of it is in integers, so the bound is exact whatever the prices, and the same everywhere.

use crate::order;

use super::augment::Augment;
use super::cover::{self, Cheapest, Cover, NEVER, Scratch, gcd};
use super::problem::{ArcIx, Floor, ItemIx, Level, Node, NodeIx, NodeKind, Problem, Sharing};
use super::search::{Aim, Goal, Least};
use super::state::{Arcs, State, Tables};
use super::supply::{Gain, Item, MOST_PLACES, Place, Set, gain_of, hand_over, sets_of, uses_of};

/// Prices have so many binary places.
const PLACES: u32 = 20;
const ONE: i64 = 1 << PLACES;

/// The prices of one problem, and what is needed to improve them.
#[derive(Debug)]
pub(super) struct Prices<'p> {
    p: &'p Problem,
    /// What all distances, and what all costs, have in common.
    distance_unit: i64,
    cost_unit: i64,
    leaves: Vec<Cover>,
    /// What sums inside a node ask for, by node.
    sums: Vec<Vec<Cover>>,
    /// The price of each arc: its index in `price`.
    slot: Vec<usize>,
    /// Caps with prices of their own.
    caps: Vec<Priced>,
    cap_weights: CapWeights,
    bounds: Vec<Priced>,
    /// What each use of an arc costs whatever its price, where that is what is made small.
    by_use: Vec<i64>,
    items: Vec<Item>,
    /// Leaves that every way of satisfying their target needs.
    solid: Vec<Solid>,
    /// Steps that are decided: to be met, or lost.
    pub(super) decided: Vec<Option<bool>>,
    /// How often each step was met lately; at most `ONE`.
    steps_met: Vec<i64>,
    is_met: Vec<bool>,
    slots: usize,
    first_target: usize,
    /// All prices: of slots, of caps, of bounds, and of the distances of targets.
    price: Vec<i64>,
    best: Vec<i64>,
    gradient: Vec<i64>,
    /// How far each price moves, in quarters: the price of an item by what it is worth, that of a
    /// bound, which weighs many items at once, less.
    scale: Vec<i64>,
    direction: Vec<i64>,
    /// Whether prices are in distances (or else in costs), once they are set.
    in_distance: Option<bool>,
    /// By node, in the latest evaluation.
    value: Vec<i64>,
    /// The cheapest children of a choice.
    cheapest: Vec<Vec<NodeIx>>,
    by_sum: Vec<Option<usize>>,
    bought: Vec<Vec<ArcIx>>,
    bought_by_sum: Vec<Vec<ArcIx>>,
    wanted: Vec<u32>,
    /// How often each arc was bought lately; at most `ONE`.
    pub(super) habit: Vec<i64>,
    scratch: Scratch,
    /// Evaluations so far.
    pub(super) evaluations: u64,
    /// Whether amounts are so large that sums of prices could overflow. Then there are no bounds, and
    /// the search goes through everything.
    is_blind: bool,
}

/// A bound with a price, in units of what its weights have in common.
#[derive(Debug)]
struct Priced {
    bound: i64,
    /// What a unit of the weights is worth in distance, at most.
    worth: i64,
    price: usize,
}

/// The weights of priced caps on each arc: index in `price`, weight.
#[derive(Debug, Default)]
struct CapWeights {
    /// Where the weights of each arc start; empty if no cap has a price.
    from: Vec<usize>,
    all: Vec<(usize, i64)>,
}

impl CapWeights {
    fn new(by_arc: &[Vec<(usize, i64)>]) -> Self {
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

    fn of(&self, arc: ArcIx) -> &[(usize, i64)] {
        match self.from.get(arc..arc + 2) {
            Some(&[from, to]) => &self.all[from..to],
            _ => &[],
        }
    }
}

/// What the trees of a goal count as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Ignored,
    /// It must be met.
    Whole(Level),
    /// What it lacks has a price: a fixed one, or an index in `price` beyond an allowed distance.
    /// What is known to be below the level cannot be.
    Part(Option<Level>, Option<(usize, i64)>),
}

/// Whether every way of satisfying a target needs a leaf, or only the step around it, whose node and
/// distance are given, does.
type Solid = Option<Option<(NodeIx, i64)>>;

/// How a node is paid for.
#[derive(Clone, Copy, Debug)]
struct Terms {
    /// Whether nothing may be lacking.
    whole: bool,
    least: Option<Level>,
    per_distance: i64,
}

impl<'p> Prices<'p> {
    pub(super) fn new(p: &'p Problem, tables: &Tables) -> Self {
        let arcs = p.arcs.len();
        let mut slots = 0;
        let mut new_slot = || {
            slots += 1;
            slots - 1
        };
        let mut slot = vec![0; arcs];
        let mut items = Vec::with_capacity(p.items);
        for item in 0..p.items {
            let mut places: Vec<Place> = Vec::new();
            for target in 0..p.targets.len() {
                let of = tables.arcs(item, target);
                if of.is_empty() {
                    continue;
                }
                let mut place = Place { target, own: 0, alone: Vec::new(), groups: Vec::new() };
                let mut groups: Vec<(u32, Vec<ArcIx>)> = Vec::new();
                for arc in of {
                    match p.leaves[p.arcs[*arc].leaf].share {
                        None => place.alone.push(*arc),
                        Some(group) => match groups.iter_mut().find(|(g, _)| *g == group) {
                            Some((_, arcs)) => arcs.push(*arc),
                            None => groups.push((group, vec![*arc])),
                        },
                    }
                }
                if !place.alone.is_empty() {
                    place.own = new_slot();
                    for arc in &place.alone {
                        slot[*arc] = place.own;
                    }
                }
                for (_, arcs) in groups {
                    for arc in &arcs {
                        slot[*arc] = new_slot();
                    }
                    place.groups.push(arcs);
                }
                places.push(place);
            }
            items.push(Item { places, sets: None, most: 0 });
        }
        let mut next = slots;
        let mut inside_cap = vec![None; p.leaves.len()];
        let mut leaves: Vec<Cover> =
            (0..p.leaves.len()).map(|leaf| cover::of_leaf(p, &tables.of_leaf[leaf], leaf, None)).collect();
        let mut caps = Vec::new();
        let mut cap_weights = vec![Vec::new(); arcs];
        for (ix, cap) in p.caps.iter().enumerate() {
            let (from, to) = cap.leaves;
            let shares = to - from > 1 && (from..to).any(|leaf| p.leaves[leaf].share.is_some());
            if shares || cap.weights.iter().any(|weight| *weight < 0) {
                continue;
            }
            let inside: Vec<ArcIx> = (from..to).flat_map(|leaf| tables.of_leaf[leaf].iter().copied()).collect();
            let weight = |arc: &ArcIx| cap.weights[p.arcs[*arc].item];
            if to - from == 1 && inside_cap[from].is_none() {
                let cover = cover::of_leaf(p, &inside, from, Some(ix));
                if cover.is_capped() {
                    leaves[from] = cover;
                    inside_cap[from] = Some(ix);
                    continue;
                }
            }
            let unit = inside.iter().fold(0, |unit, arc| gcd(unit, weight(arc))).max(1);
            let bound = cap.bound.max(0) / unit;
            if inside.iter().map(|arc| weight(arc) / unit).fold(0, i64::saturating_add) <= bound {
                continue;
            }
            for arc in inside.iter().filter(|arc| weight(arc) > 0) {
                cap_weights[*arc].push((next, weight(arc) / unit));
            }
            caps.push(Priced { bound, worth: 1, price: next });
            next += 1;
        }
        let mut bounds = Vec::new();
        let mut bound_of: Vec<Vec<(usize, i64)>> = Vec::new();
        for pair in &p.pairs {
            let mut own = Vec::new();
            for (weights, bound) in &pair.bounds {
                let both = (0..p.items).filter(|item| pair.items[*item] == Sharing::Bounded);
                let unit = both.fold(0, |unit, item| gcd(unit, weights[item])).max(1);
                own.push((next, unit));
                bounds.push(Priced { bound: bound.div_euclid(unit), worth: 1, price: next });
                next += 1;
            }
            bound_of.push(own);
        }
        for item in 0..p.items {
            items[item].sets = sets_of(p, item, &items[item].places, &bound_of);
            items[item].most = uses_of(p, item, &items[item].places);
        }
        let sums: Vec<Vec<Cover>> = (0..p.nodes.len()).map(|node| sums_of(p, tables, node)).collect();
        let mut distance_unit = p.nodes.iter().fold(0, |unit, node| {
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
        for cover in leaves.iter().chain(sums.iter().flatten()) {
            distance_unit = gcd(distance_unit, cover.worth());
        }
        let distance_unit = distance_unit.max(1);
        leaves.iter_mut().for_each(|cover| cover.in_units_of(distance_unit));
        let mut sums = sums;
        sums.iter_mut().flatten().for_each(|cover| cover.in_units_of(distance_unit));
        let cost_unit = (0..p.items).fold(0, |unit, item| gcd(gcd(unit, p.item_cost(item)), p.use_cost(item))).max(1);
        let is_blind = {
            let distances = leaves.iter().chain(sums.iter().flatten()).map(Cover::most);
            let known = p.nodes.iter().map(|node| match &node.kind {
                NodeKind::Known(_, distance) | NodeKind::Step(_, distance) => i128::from(*distance / distance_unit),
                _ => 0,
            });
            let costs = (0..p.items).map(|item| i128::from(p.item_cost(item) / cost_unit));
            let uses = p.arcs.iter().map(|arc| i128::from(p.use_cost(arc.item) / cost_unit));
            let all: i128 = distances.chain(known).chain(costs).chain(uses).sum();
            all.saturating_mul(i128::from(ONE)) > i128::from(NEVER / 4096)
        };
        let by_use = match p.use_costs.is_empty() {
            true => Vec::new(),
            false => p.arcs.iter().map(|arc| p.use_cost(arc.item) / cost_unit * ONE).collect(),
        };
        let first_target = next;
        let all = first_target + p.targets.len();
        let mut scale = vec![1; all];
        for cover in &leaves {
            for entry in cover.entries() {
                let slot = slot[entry.arc];
                scale[slot] = scale[slot].max(4 * cover.entry_worth(entry).clamp(1, 64));
            }
        }
        Self {
            p,
            distance_unit,
            cost_unit,
            leaves,
            sums,
            slot,
            caps,
            cap_weights: CapWeights::new(&cap_weights),
            bounds,
            by_use,
            items,
            solid: solid_leaves(p),
            decided: vec![None; p.nodes.len()],
            steps_met: vec![0; p.nodes.len()],
            is_met: vec![false; p.nodes.len()],
            slots,
            first_target,
            price: vec![0; all],
            best: vec![0; all],
            gradient: vec![0; all],
            scale,
            direction: vec![0; all],
            in_distance: None,
            value: vec![0; p.nodes.len()],
            cheapest: p.nodes.iter().map(first_of).collect(),
            by_sum: vec![None; p.nodes.len()],
            bought: vec![Vec::new(); p.leaves.len()],
            bought_by_sum: vec![Vec::new(); p.nodes.len()],
            wanted: vec![0; all],
            habit: vec![0; arcs],
            scratch: Scratch::default(),
            evaluations: 0,
            is_blind,
        }
    }

    /// A lower bound on the value of every allocation that meets the goal under what is decided;
    /// `None` if there is none. Takes at most so many evaluations, and ends when the bound reaches
    /// `enough`.
    pub(super) fn bound(
        &mut self,
        state: &State<'_>,
        goal: &Goal,
        enough: Option<i64>,
        most: u64,
        afresh: bool,
    ) -> Option<i64> {
        if self.is_blind {
            return Some(0);
        }
        let roles = self.roles(goal);
        let unit = self.unit(goal);
        self.start(state, goal, afresh);
        let enough = enough.map(|value| value.div_euclid(unit) + i64::from(value.rem_euclid(unit) > 0));
        let mut best = -NEVER;
        let (mut reach, mut stale, mut before) = (0, 0, -NEVER);
        self.direction.fill(0);
        for look in 0..most {
            let value = self.evaluate(state, goal, &roles);
            if value >= NEVER / 2 {
                return None;
            }
            if look == 0 {
                // How far beyond the best bound a step aims: not all the way to a poor solution.
                let far = enough.map_or(4 * ONE, |enough| enough.saturating_mul(ONE).saturating_sub(value) / 2);
                reach = far.clamp(ONE, 8 * ONE);
            }
            if value > best {
                stale = if value - best > reach / 32 { 0 } else { stale + 1 };
                best = value;
                self.best.copy_from_slice(&self.price);
            } else {
                stale += 1;
            }
            if enough.is_some_and(|enough| whole(best) >= enough) {
                break;
            }
            if stale >= 5 {
                stale = 0;
                reach /= 2;
                self.price.copy_from_slice(&self.best);
                self.direction.fill(0);
                if reach < ONE / 16 {
                    break;
                }
                continue;
            }
            // Where the bound would not come far enough at this rate, looking on is in vain.
            if look % 4 == 3 {
                let rest = i64::try_from(most - look).unwrap_or(0) / 4;
                let gap = enough.map_or(0, |enough| enough.saturating_mul(ONE).saturating_sub(best));
                if (best - before).saturating_mul(rest) < gap && look > 3 {
                    break;
                }
                before = best;
            }
            let aim = best.saturating_add(reach);
            let aim = enough.map_or(aim, |enough| aim.min(enough.saturating_mul(ONE)));
            if !self.improve(aim.saturating_sub(value)) {
                break;
            }
        }
        self.price.copy_from_slice(&self.best);
        Some(whole(best).saturating_mul(unit))
    }

    /// Free arcs that every allocation of the goal with a value below `enough` decides in the same
    /// way, at the prices of the latest bound; `None` if no such allocation is left.
    pub(super) fn forced(&mut self, state: &State<'_>, goal: &Goal, enough: i64) -> Option<Vec<(ArcIx, Arcs)>> {
        if self.is_blind {
            return Some(Vec::new());
        }
        let roles = self.roles(goal);
        let unit = self.unit(goal);
        let enough = enough.div_euclid(unit) + i64::from(enough.rem_euclid(unit) > 0);
        let value = self.evaluate(state, goal, &roles);
        // More than this much more, and the value is no longer below.
        let room = (enough - 1).saturating_mul(ONE).saturating_sub(value);
        if room < 0 {
            return None;
        }
        let mut more_on = vec![0_i64; self.p.arcs.len()];
        let mut forced = Vec::new();
        for item in 0..self.items.len() {
            self.sell(state, goal, item, Some(&mut |arc, dearer| more_on[arc] = dearer));
        }
        for leaf in 0..self.leaves.len() {
            let (whole, per_distance) = match roles[self.p.leaves[leaf].target] {
                Role::Ignored => continue,
                Role::Whole(_) => (true, 0),
                Role::Part(_, None) => (false, ONE),
                Role::Part(_, Some((price, _))) => (false, self.price[price]),
            };
            let Some(step) = self.solid[leaf] else { continue };
            let node = self.p.leaves[leaf].node;
            let (best, lost) = match step {
                None => (self.value[node], NEVER),
                Some((step, _)) if whole || self.decided[step] == Some(true) => (self.value[step], NEVER),
                Some((step, distance)) => {
                    (self.value[step], per_distance.saturating_mul(distance / self.distance_unit))
                }
            };
            let whole = whole || step.is_some();
            let of = pricing(&self.price, &self.slot, &self.cap_weights, &self.by_use, goal);
            self.leaves[leaf].alternatives(state, &of, per_distance, whole, &mut self.scratch, |arc, on, out| {
                // What is lost all the same may still be bought from, in vain.
                let on = on.min(lost.saturating_add(of(arc))) - best;
                more_on[arc] = more_on[arc].saturating_add(on.max(0));
                if out.min(lost) - best > room {
                    forced.push((arc, Arcs::On));
                }
            });
        }
        forced.extend(
            (0..self.p.arcs.len())
                .filter(|arc| state.arcs[*arc] == Arcs::Free && more_on[*arc] > room)
                .map(|arc| (arc, Arcs::Out)),
        );
        Some(forced)
    }

    /// The leaves that the trees buy for at the present prices, each with what its purchase costs,
    /// dearest first.
    pub(super) fn purchases(&mut self, goal: &Goal) -> Vec<(i64, usize)> {
        let mut leaves = Vec::new();
        let roles = self.roles(goal);
        for (target, role) in roles.iter().enumerate() {
            if *role != Role::Ignored {
                self.purchases_below(self.p.targets[target].root, &mut |prices, leaf| {
                    let price = prices.bought[leaf].iter().map(|arc| prices.price[prices.slot[*arc]]).sum();
                    leaves.push((price, leaf));
                });
            }
        }
        order::sort_short_by_key(&mut leaves, |(price, leaf)| (std::cmp::Reverse(*price), *leaf));
        leaves
    }

    /// The cheapest way to fill a leaf with what is still possible.
    pub(super) fn fill(&mut self, state: &State<'_>, goal: &Goal, leaf: usize, arcs: &mut Vec<ArcIx>) {
        arcs.clear();
        let of = pricing(&self.price, &self.slot, &self.cap_weights, &self.by_use, goal);
        // What was bought often is bought again: the averages of purchases come near a whole solution
        // (F. Barahona and R. Anbil, "The volume algorithm", Mathematical Programming 87, 2000).
        let price = |arc: ArcIx| of(arc) + self.scale[self.slot[arc]] / 4 * (ONE - self.habit[arc].min(ONE));
        let found = self.leaves[leaf].solve(state, price, ONE * 64, &mut self.scratch);
        self.leaves[leaf].choice(found.reached, &self.scratch, |arc| arcs.push(arc));
        arcs.reverse();
    }

    /// The undecided step that prices are most of two minds about.
    pub(super) fn split_step(&self) -> Option<NodeIx> {
        let score = |ix: NodeIx| match self.p.nodes[ix].kind {
            NodeKind::Step(_, distance) if self.decided[ix].is_none() => {
                let met = self.steps_met[ix].min(ONE);
                let doubt = met.min(ONE - met);
                i128::from(if doubt > ONE / 32 { doubt } else { 0 }) * i128::from(distance)
            }
            _ => 0,
        };
        (0..self.p.nodes.len()).filter(|ix| score(*ix) > 0).max_by_key(|ix| (score(*ix), std::cmp::Reverse(*ix)))
    }

    /// The price of an arc's item there.
    pub(super) fn price_of(&self, arc: ArcIx) -> i64 {
        self.price[self.slot[arc]]
    }

    /// What values of allocations differ by.
    pub(super) fn unit(&self, goal: &Goal) -> i64 {
        if goal.least == Least::Cost { self.cost_unit } else { self.distance_unit }
    }

    fn roles(&self, goal: &Goal) -> Vec<Role> {
        let p = self.p;
        (0..p.targets.len())
            .map(|target| match (goal.aims[target], goal.least) {
                (Aim::Idle, _) => Role::Ignored,
                (Aim::Required(level), Least::Level(of)) if of == target => Role::Part(Some(level), None),
                (Aim::Required(level), _) => Role::Whole(level),
                (Aim::Open(_), Least::Distance(of)) if of == target => Role::Part(None, None),
                (Aim::Open(_), Least::Total) if target < p.declared => Role::Part(None, None),
                // One price for all; what is allowed is taken off with the first.
                (Aim::Open(_), _) if goal.total.is_some() && target < p.declared => {
                    let total = if target == 0 { goal.total.unwrap_or(0) } else { 0 };
                    Role::Part(None, Some((self.first_target, total.div_euclid(self.distance_unit))))
                }
                (Aim::Open(Some(most)), _) => {
                    Role::Part(None, Some((self.first_target + target, most.div_euclid(self.distance_unit))))
                }
                (Aim::Open(None), _) => Role::Ignored,
            })
            .collect()
    }

    /// Prices to start with: what the second most needy leaf would give.
    fn start(&mut self, state: &State<'_>, goal: &Goal, afresh: bool) {
        let in_distance = goal.least != Least::Cost;
        if self.in_distance == Some(in_distance) {
            if afresh && in_distance {
                self.start_evenly(state, goal);
            }
            return;
        }
        self.in_distance = Some(in_distance);
        self.price.fill(0);
        if in_distance {
            let scarcity: Vec<i64> = self.leaves.iter().map(|cover| cover.scarcity(state)).collect();
            let mut first = vec![0; self.price.len()];
            for (leaf, cover) in self.leaves.iter().enumerate() {
                for entry in cover.entries() {
                    let slot = self.slot[entry.arc];
                    let need = cover.entry_worth(entry).saturating_mul(scarcity[leaf]).min(NEVER / 1024);
                    self.price[slot] = self.price[slot].max(need.min(first[slot]));
                    first[slot] = first[slot].max(need);
                }
            }
            self.price[self.first_target..].fill(ONE);
            self.start_evenly(state, goal);
        } else {
            for item in 0..self.items.len() {
                let places = i64::try_from(self.items[item].most.clamp(1, MOST_PLACES)).unwrap_or(1);
                let cost = self.p.item_cost(item) / self.cost_unit * ONE / places;
                for place in &self.items[item].places {
                    for arc in place.alone.iter().chain(place.groups.iter().flatten()) {
                        self.price[self.slot[*arc]] = cost;
                    }
                }
            }
            self.price[self.first_target..].fill(ONE);
        }
    }

    /// Takes the prices of what is short once no alternating path is left: what an item is worth
    /// where it is short, and nothing elsewhere.
    pub(super) fn adopt(&mut self, augment: &Augment<'_>) {
        self.in_distance = Some(true);
        self.price.fill(0);
        for arc in (0..self.p.arcs.len()).filter(|arc| augment.is_short(*arc)) {
            let slot = self.slot[arc];
            self.price[slot] = self.scale[slot] / 4 * ONE;
        }
        let worth = self.scale[..self.slots].iter().copied().max().unwrap_or(0) / 4 * ONE;
        let pairs = self.p.pairs.iter().enumerate();
        let is_full = pairs.flat_map(|(ix, pair)| pair.bounds.iter().map(move |_| augment.is_full(ix)));
        for (bound, is_full) in self.bounds.iter().zip(is_full) {
            self.price[bound.price] = if is_full { worth } else { 0 };
        }
        for target in 0..self.p.targets.len() {
            self.price[self.first_target + target] = if augment.is_short_in(target) { ONE } else { 1 };
        }
    }

    /// Takes even prices where they are a better start: so much for each unit of what an item is
    /// worth, and as much for sharing it, which weighs all demand against all supply.
    fn start_evenly(&mut self, state: &State<'_>, goal: &Goal) {
        let roles = self.roles(goal);
        let mut best = self.evaluate(state, goal, &roles);
        self.best.copy_from_slice(&self.price);
        for quarters in [4, 2, 1] {
            for slot in 0..self.slots {
                self.price[slot] = self.scale[slot] / 4 * ONE * quarters / 4;
            }
            for bound in &self.bounds {
                self.price[bound.price] = bound.worth * ONE * quarters / 4;
            }
            let value = self.evaluate(state, goal, &roles);
            if value > best {
                best = value;
                self.best.copy_from_slice(&self.price);
            }
        }
        self.price.copy_from_slice(&self.best);
    }

    /// One step along the subgradient, toward a value that is so much away; whether there is a way.
    fn improve(&mut self, away: i64) -> bool {
        let mut most = 0_i64;
        for (((direction, gradient), price), scale) in
            self.direction.iter_mut().zip(&self.gradient).zip(&self.price).zip(&self.scale)
        {
            // Some of the direction is kept, so that it does not swing to and fro.
            let new = gradient * 16 * scale + *direction * 3 / 4;
            *direction = if *price == 0 && new < 0 { 0 } else { new };
            most = most.max(direction.saturating_abs());
        }
        if most == 0 {
            return false;
        }
        let norm: i128 = if most < 1 << 24 {
            // INVARIANT: as many squares as are added up at once stay below 2^60.
            let add = |of: &[i64]| i128::from(of.iter().map(|direction| direction * direction).sum::<i64>());
            self.direction.chunks(1 << 12).map(add).sum()
        } else {
            self.direction.iter().map(|direction| i128::from(*direction) * i128::from(*direction)).sum()
        };
        let away = i128::from(away.max(ONE / 32)) * 64;
        let dearest = self.scale.iter().copied().max().unwrap_or(1);
        // Divisions of whole words are much faster, and mostly they do.
        let words = (i64::try_from(away), i64::try_from(norm.saturating_mul(4)));
        let fits = away.saturating_mul(i128::from(most)).saturating_mul(i128::from(dearest)) < i128::from(i64::MAX);
        for n in 0..self.price.len() {
            let direction = self.direction[n];
            if direction == 0 {
                continue;
            }
            let step = match words {
                (Ok(away), Ok(norm)) if fits => away * direction * self.scale[n] / norm,
                _ => i64::try_from(away * i128::from(direction) * i128::from(self.scale[n]) / (norm * 4)).unwrap_or(0),
            };
            self.price[n] = self.price[n].saturating_add(step).clamp(i64::from(n >= self.first_target), NEVER / 1024);
        }
        true
    }

    /// The bound at the present prices, with [`PLACES`] binary places, and its subgradient.
    fn evaluate(&mut self, state: &State<'_>, goal: &Goal, roles: &[Role]) -> i64 {
        self.evaluations += 1;
        self.gradient.fill(0);
        self.wanted.fill(0);
        for habit in &mut self.habit {
            *habit -= *habit / 16;
        }
        let mut total = 0_i64;
        for (target, role) in roles.iter().enumerate() {
            let terms = match *role {
                Role::Ignored => continue,
                Role::Whole(level) => Terms { whole: true, least: Some(level), per_distance: 0 },
                Role::Part(least, None) => Terms { whole: false, least, per_distance: ONE },
                Role::Part(least, Some((price, allowed))) => {
                    total = total.saturating_sub(self.price[price].saturating_mul(allowed));
                    Terms { whole: false, least, per_distance: self.price[price] }
                }
            };
            let root = self.p.targets[target].root;
            let value = self.node(state, goal, root, terms);
            if value >= NEVER {
                return NEVER;
            }
            total += value;
            let mut paid = 0_i64;
            self.purchases_below(root, &mut |prices, leaf| {
                let arcs = std::mem::take(&mut prices.bought[leaf]);
                paid = paid.saturating_add(prices.note(goal, &arcs));
                prices.bought[leaf] = arcs;
            });
            if let Role::Part(_, Some((price, allowed))) = *role
                && let Some(distance) = value.saturating_sub(paid).checked_div(self.price[price])
            {
                self.gradient[price] += distance - allowed;
            }
        }
        for item in 0..self.items.len() {
            let earned = self.sell(state, goal, item, None);
            if earned <= -NEVER {
                return NEVER;
            }
            total -= earned;
        }
        for priced in self.caps.iter().chain(&self.bounds) {
            total = total.saturating_sub(self.price[priced.price].saturating_mul(priced.bound));
            self.gradient[priced.price] -= priced.bound;
        }
        total
    }

    /// Notes what was bought; what it cost.
    fn note(&mut self, goal: &Goal, arcs: &[ArcIx]) -> i64 {
        let mut paid = 0;
        for arc in arcs {
            let slot = self.slot[*arc];
            self.gradient[slot] += 1;
            self.wanted[slot] += 1;
            self.habit[*arc] += ONE / 16;
            for (cap, weight) in self.cap_weights.of(*arc) {
                self.gradient[*cap] += weight;
            }
            paid += pricing(&self.price, &self.slot, &self.cap_weights, &self.by_use, goal)(*arc);
        }
        paid
    }

    /// Calls with every leaf that the tree buys for, sums among them as leaves of their own.
    fn purchases_below(&mut self, root: NodeIx, each: &mut dyn FnMut(&mut Self, usize)) {
        let p = self.p;
        let mut open = vec![root];
        while let Some(ix) = open.pop() {
            if self.by_sum[ix].is_some() {
                // A sum buys from the leaves below it.
                let arcs = std::mem::take(&mut self.bought_by_sum[ix]);
                for leaf in p.nodes[ix].leaves.0..p.nodes[ix].leaves.1 {
                    let own: Vec<ArcIx> = arcs.iter().copied().filter(|arc| p.arcs[*arc].leaf == leaf).collect();
                    if !own.is_empty() {
                        let kept = std::mem::replace(&mut self.bought[leaf], own);
                        each(self, leaf);
                        self.bought[leaf] = kept;
                    }
                }
                self.bought_by_sum[ix] = arcs;
                continue;
            }
            match &p.nodes[ix].kind {
                NodeKind::Take(leaf) => each(self, *leaf),
                NodeKind::All(of) => open.extend(of.iter().rev()),
                NodeKind::AtLeast(..) => open.extend(&self.cheapest[ix]),
                NodeKind::Either(a, b) | NodeKind::When(_, a, b) => {
                    let both = self.value[ix] > self.value[*a].min(self.value[*b]);
                    if both {
                        open.extend([*a, *b]);
                    } else {
                        open.push(if self.value[*a] <= self.value[*b] { *a } else { *b });
                    }
                }
                NodeKind::Step(child, _) if self.is_met[ix] => open.push(*child),
                NodeKind::Step(..)
                | NodeKind::Amount(_)
                | NodeKind::Known(..)
                | NodeKind::Not(..)
                | NodeKind::Held(..)
                | NodeKind::Average(..) => {}
            }
        }
    }

    /// Notes the cheapest children of a choice; what they cost.
    fn note_cheapest(&mut self, ix: NodeIx, of: &[NodeIx]) -> i64 {
        let (value, chosen) = (&self.value, &mut self.cheapest[ix]);
        let all = chosen.len();
        let mut sum = 0_i64;
        let mut so_far = 0;
        for node in of {
            // INVARIANT: children come in order, so among equals the first stay.
            let place = chosen[..so_far].iter().take_while(|other| value[**other] <= value[*node]).count();
            if place < all {
                so_far = all.min(so_far + 1);
                chosen[place..so_far].rotate_right(1);
                chosen[place] = *node;
            }
        }
        for node in &*chosen {
            sum = sum.saturating_add(value[*node]);
        }
        sum.min(NEVER)
    }

    /// What a node costs at least.
    fn node(&mut self, state: &State<'_>, goal: &Goal, ix: NodeIx, terms: Terms) -> i64 {
        let p = self.p;
        let lacking = |distance: i64| terms.per_distance.saturating_mul(distance / self.distance_unit);
        let mut value = match &p.nodes[ix].kind {
            NodeKind::Known(level, distance) => match terms.least {
                Some(least) if *level >= least => 0,
                Some(_) => NEVER,
                None if *level == Level::Unmet => lacking(*distance),
                None => 0,
            },
            NodeKind::Take(leaf) => {
                let price = pricing(&self.price, &self.slot, &self.cap_weights, &self.by_use, goal);
                let found = self.leaves[*leaf].solve(state, price, terms.per_distance, &mut self.scratch);
                self.bought[*leaf].clear();
                buy(&self.leaves[*leaf], found, terms, &self.scratch, &mut self.bought[*leaf])
            }
            NodeKind::All(of) => {
                let mut sum = 0_i64;
                for child in of {
                    sum = sum.saturating_add(self.node(state, goal, *child, terms));
                    if sum >= NEVER {
                        break;
                    }
                }
                sum.min(NEVER)
            }
            NodeKind::AtLeast(k, of) => {
                if *k > of.len() {
                    if terms.least.is_some() { NEVER } else { 0 }
                } else {
                    for child in of {
                        self.node(state, goal, *child, terms);
                    }
                    self.note_cheapest(ix, of)
                }
            }
            NodeKind::Either(a, b) | NodeKind::When(_, a, b) => {
                let (x, y) = (self.node(state, goal, *a, terms), self.node(state, goal, *b, terms));
                let is_either = matches!(p.nodes[ix].kind, NodeKind::Either(..));
                if is_either && terms.least.is_some_and(|least| least > Level::Review) {
                    x.saturating_add(y).min(NEVER)
                } else {
                    x.min(y)
                }
            }
            NodeKind::Step(child, _) if terms.least.is_some() => {
                self.is_met[ix] = true;
                self.node(state, goal, *child, terms)
            }
            NodeKind::Step(child, distance) => {
                let lost = lacking(*distance);
                let whole = Terms { whole: true, least: Some(Level::Review), per_distance: 0 };
                let met = match self.decided[ix] {
                    Some(false) => NEVER,
                    _ => self.node(state, goal, *child, whole),
                };
                self.is_met[ix] = met < lost || self.decided[ix] == Some(true);
                self.steps_met[ix] -= self.steps_met[ix] / 8;
                if self.is_met[ix] {
                    self.steps_met[ix] += ONE / 16;
                    met
                } else {
                    lost
                }
            }
            NodeKind::Amount(_) | NodeKind::Not(..) | NodeKind::Held(..) | NodeKind::Average(..) => 0,
        };
        self.by_sum[ix] = None;
        for n in 0..self.sums[ix].len() {
            let price = pricing(&self.price, &self.slot, &self.cap_weights, &self.by_use, goal);
            let found = self.sums[ix][n].solve(state, price, terms.per_distance, &mut self.scratch);
            let most = if terms.whole { found.whole } else { found.part };
            if most > value {
                self.by_sum[ix] = Some(n);
                self.bought_by_sum[ix].clear();
                value = buy(&self.sums[ix][n], found, terms, &self.scratch, &mut self.bought_by_sum[ix]);
            }
        }
        self.value[ix] = value;
        value
    }

    /// What an item earns at most, less what its use costs. `dearer` hears of each free arc how much
    /// less it earns if it has to be used there.
    fn sell(
        &mut self,
        state: &State<'_>,
        goal: &Goal,
        item: ItemIx,
        mut dearer: Option<&mut dyn FnMut(ArcIx, i64)>,
    ) -> i64 {
        let own = &self.items[item];
        let count = own.places.len();
        if count == 0 {
            return 0;
        }
        let cost = if goal.least == Least::Cost { self.p.item_cost(item) / self.cost_unit * ONE } else { 0 };
        let must = goal.with.contains(&item);
        let mut gains = [Gain::default(); MOST_PLACES];
        let (mut present, mut possible, mut wanted) = (0_u32, 0_u32, 0_u32);
        let Some(sets) = &own.sets else { return self.sell_widely(state, item, cost, must) };
        for (n, (place, gain)) in own.places.iter().zip(&mut gains).enumerate() {
            *gain = gain_of(&self.price, &self.slot, &self.wanted, state, item, place);
            present |= u32::from(gain.is_present) << n;
            possible |= u32::from(gain.is_possible) << n;
            wanted |= u32::from(gain.wanted) << n;
        }
        if possible == 0 && !must {
            return 0;
        }
        // What each set of places pays.
        let mut paid = [0_i64; 1 << MOST_PLACES];
        for mask in 1..1_usize << count {
            let first = mask.trailing_zeros() as usize;
            paid[mask] = paid[mask & (mask - 1)] + gains[first].gain;
        }
        let worth = |set: &Set| {
            if set.mask & present != present || set.mask & !possible != 0 || (must && set.mask == 0) {
                return None;
            }
            let mut worth = paid[set.mask as usize];
            for (bound, weight) in &set.weighs {
                worth -= self.price[*bound] * weight;
            }
            Some(if set.mask == 0 { worth } else { worth - cost })
        };
        let mut best: Option<(i64, u32, &Set)> = None;
        for set in sets {
            if let Some(worth) = worth(set) {
                let liked = (set.mask & wanted).count_ones();
                if best.is_none_or(|(most, likes, _)| (worth, liked) > (most, likes)) {
                    best = Some((worth, liked, set));
                }
            }
        }
        // Without one there is no way to use the item as it must be.
        let Some((best, _, set)) = best else { return -NEVER };
        for (bound, weight) in &set.weighs {
            self.gradient[*bound] += weight;
        }
        if let Some(dearer) = &mut dearer {
            for (n, place) in own.places.iter().enumerate() {
                if (possible & !present) >> n & 1 == 1 {
                    let with = sets.iter().filter(|set| set.mask >> n & 1 == 1).filter_map(worth).max();
                    let less = with.map_or(NEVER, |with| best - with);
                    for arc in place.alone.iter().filter(|arc| state.arcs[**arc] == Arcs::Free) {
                        // Beside what the price says, another group may have paid more.
                        dearer(*arc, less);
                    }
                }
            }
        }
        for (n, (place, gain)) in own.places.iter().zip(&gains).enumerate() {
            if set.mask >> n & 1 == 1 {
                hand_over(&self.price, &self.slot, &self.wanted, &mut self.gradient, state, place, gain);
            }
        }
        best
    }

    /// The same for an item that may go to many targets: to those that pay most, whether or not they
    /// may have it together.
    fn sell_widely(&mut self, state: &State<'_>, item: ItemIx, cost: i64, must: bool) -> i64 {
        let own = &self.items[item];
        let of = |place| gain_of(&self.price, &self.slot, &self.wanted, state, item, place);
        let mut gains: Vec<(Gain, &Place)> = own.places.iter().map(|place| (of(place), place)).collect();
        gains.retain(|(gain, _)| gain.is_possible);
        order::sort_by_key(&mut gains, |(gain, place)| (!gain.is_present, std::cmp::Reverse(gain.gain), place.target));
        gains.truncate(own.most);
        gains.retain(|(gain, _)| gain.is_present || gain.gain > 0 || gain.wanted);
        let earned = gains.iter().map(|(gain, _)| gain.gain).sum::<i64>() - cost;
        if earned <= 0 && !must && !gains.iter().any(|(gain, _)| gain.is_present) {
            return 0;
        }
        for (gain, place) in gains {
            hand_over(&self.price, &self.slot, &self.wanted, &mut self.gradient, state, place, &gain);
        }
        earned
    }
}

/// The least whole number of units that is not below a bound.
const fn whole(value: i64) -> i64 {
    value.div_euclid(ONE) + (value.rem_euclid(ONE) > 0) as i64
}

/// What an arc costs its leaf.
fn pricing<'a>(
    price: &'a [i64],
    slot: &'a [usize],
    caps: &'a CapWeights,
    by_use: &'a [i64],
    goal: &'a Goal,
) -> impl Fn(ArcIx) -> i64 + 'a {
    let by_use = if goal.least == Least::Cost { by_use } else { &[] };
    move |arc| {
        let mut sum = price[slot[arc]];
        for (cap, weight) in caps.of(arc) {
            sum += price[*cap] * weight;
        }
        sum + by_use.get(arc).copied().unwrap_or(0)
    }
}

/// Notes the arcs of a purchase; what it costs.
fn buy(cover: &Cover, found: Cheapest, terms: Terms, scratch: &Scratch, bought: &mut Vec<ArcIx>) -> i64 {
    let (value, reached) = if terms.whole { (found.whole, cover.full()) } else { (found.part, found.reached) };
    if value < NEVER {
        cover.choice(reached, scratch, |arc| bought.push(arc));
    }
    value
}

/// As many of the children of a choice as it asks for.
fn first_of(node: &Node) -> Vec<NodeIx> {
    match &node.kind {
        NodeKind::AtLeast(k, of) => of.iter().copied().take(*k).collect(),
        _ => Vec::new(),
    }
}

/// What sums inside a node ask for.
fn sums_of(p: &Problem, tables: &Tables, ix: NodeIx) -> Vec<Cover> {
    let node = &p.nodes[ix];
    let (from, to) = node.leaves;
    let cover = |need: i64, per_unit: i64, weights: &[i64]| {
        let mut by_item: Vec<(ItemIx, Vec<ArcIx>, i64, i64)> = Vec::new();
        let mut arcs: Vec<ArcIx> = (from..to).flat_map(|leaf| tables.of_leaf[leaf].iter().copied()).collect();
        order::sort_short(&mut arcs);
        for arc in arcs {
            let item = p.arcs[arc].item;
            match by_item.last_mut() {
                Some(last) if last.0 == item => last.1.push(arc),
                _ if weights[item] > 0 => by_item.push((item, vec![arc], weights[item], 0)),
                _ => {}
            }
        }
        Cover::new(need, per_unit, by_item, None)
    };
    let mut sums = Vec::new();
    if let NodeKind::Amount(amount) = &node.kind {
        sums.push(cover(amount.need, amount.per_unit, &amount.amounts));
    }
    for floor in &node.floors {
        match floor {
            Floor::Sum { need, weights, per_unit, .. } => sums.push(cover(*need, *per_unit, weights)),
            // What matches anywhere is at least what matches among the last.
            Floor::Last(last) => sums.push(cover(last.need, last.per_unit, &last.asked())),
            _ => {}
        }
    }
    sums
}

/// Leaves with nothing but conjunctions above them, or a step below those, and no sums.
fn solid_leaves(p: &Problem) -> Vec<Solid> {
    let mut solid = vec![None; p.leaves.len()];
    let mut open: Vec<(NodeIx, Option<(NodeIx, i64)>)> = p.targets.iter().map(|target| (target.root, None)).collect();
    while let Some((ix, step)) = open.pop() {
        let node = &p.nodes[ix];
        let sums = node.floors.iter().any(|floor| matches!(floor, Floor::Sum { .. } | Floor::Last(_)));
        match &node.kind {
            _ if sums => {}
            NodeKind::Take(leaf) => solid[*leaf] = Some(step),
            NodeKind::All(of) if step.is_none() => open.extend(of.iter().map(|child| (*child, None))),
            NodeKind::AtLeast(k, of) if *k == of.len() && step.is_none() => {
                open.extend(of.iter().map(|child| (*child, None)));
            }
            NodeKind::Step(child, distance) if step.is_none() => open.push((*child, Some((ix, *distance)))),
            _ => {}
        }
    }
    solid
}
