//! A walk among legal allocations toward one that lacks less: tabu search.
//!
//! Each move brings an item to a leaf that is short, and takes away whatever that displaces: its
//! other use in the same tree, the uses that what targets may share forbids, what a cap has no room
//! for. Of the items that could come, the one whose coming loses least is taken, also if it loses
//! more than it brings; what was just taken away may not come back for a while (F. Glover, "Tabu
//! search, part I", ORSA Journal on Computing 1, 1989), and leaves that stay short grow heavier (P.
//! Morris, "The breakout method for escaping from local minima", AAAI 1993). It proves nothing; it
//! finds in microseconds what a search by bounds finds late. Choices within trees are not changed,
//! and share groups, exclusions and caps with negative weights are left to whoever checks the end.
//!
//! A counter with a fixed start chooses where several leaves are short, so that equal problems have
//! equal walks.

use super::problem::{ArcIx, ItemIx, LeafIx, Problem, Sharing, TargetIx};
use super::state::{Arcs, State, Tables};

/// A leaf that a walk fills.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) leaf: LeafIx,
    /// Whether nothing may be lacking, or else what is lacking is counted.
    pub(super) whole: bool,
}

/// An allocation that changes item by item.
#[derive(Debug)]
pub(super) struct Walk<'p> {
    p: &'p Problem,
    tables: &'p Tables,
    /// The pair of two targets, by `a * targets + b`.
    pairs: Vec<Option<usize>>,
    is_on: Vec<bool>,
    taken: Vec<i64>,
    cap_sums: Vec<i64>,
    pair_sums: Vec<Vec<i64>>,
    role: Vec<Option<bool>>,
    weight: Vec<i64>,
    closed_until: Vec<u64>,
    displaced: Vec<ArcIx>,
    /// How many arcs of each item are on, what all of them cost, and how much a unit of that weighs;
    /// nothing unless cost is what is made small.
    uses: Vec<u32>,
    cost: i64,
    cost_weight: i64,
    turn: u64,
}

/// What a missing unit of a leaf that must be whole weighs, where others weigh one.
const WHOLE: i64 = 16;

impl<'p> Walk<'p> {
    pub(super) fn new(p: &'p Problem, tables: &'p Tables) -> Self {
        let targets = p.targets.len();
        let mut pairs = vec![None; targets * targets];
        for (ix, pair) in p.pairs.iter().enumerate() {
            pairs[pair.a * targets + pair.b] = Some(ix);
            pairs[pair.b * targets + pair.a] = Some(ix);
        }
        Self {
            p,
            tables,
            pairs,
            is_on: vec![false; p.arcs.len()],
            taken: vec![0; p.leaves.len()],
            cap_sums: vec![0; p.caps.len()],
            pair_sums: p.pairs.iter().map(|pair| vec![0; pair.bounds.len()]).collect(),
            role: vec![None; p.leaves.len()],
            weight: vec![0; p.leaves.len()],
            closed_until: vec![0; p.arcs.len()],
            displaced: Vec::new(),
            uses: vec![0; p.items],
            cost: 0,
            cost_weight: 0,
            turn: 0,
        }
    }

    /// Walks from an allocation, keeping what is decided, for so many moves at most, toward one that
    /// lacks nothing of what must be whole and at most `enough` of the rest, or where `by_cost` costs
    /// at most `enough`. The best that lacks nothing of what must be whole, and the moves made.
    pub(super) fn run(
        &mut self,
        state: &State<'_>,
        from: &[ArcIx],
        wanted: &[Wanted],
        (enough, by_cost): (i64, bool),
        moves: u64,
    ) -> (Option<(i64, Vec<ArcIx>)>, u64) {
        self.cost_weight = i64::from(by_cost);
        self.start(state, from, wanted);
        let mut best: Option<(i64, Vec<ArcIx>)> = None;
        for step in 1..=moves {
            let (mut lacking, mut whole) = (0, true);
            let mut short: Vec<LeafIx> = Vec::new();
            for want in wanted {
                let lacks = self.lacks(want.leaf);
                if lacks > 0 {
                    if want.whole && whole {
                        whole = false;
                        short.clear();
                    }
                    if want.whole || whole {
                        short.push(want.leaf);
                    }
                    if !want.whole {
                        lacking += lacks;
                    }
                }
            }
            let value = if by_cost { self.cost } else { lacking };
            if whole && best.as_ref().is_none_or(|(least, _)| value < *least) {
                let arcs = self.is_on.iter().enumerate().filter(|(_, on)| **on).map(|(arc, _)| arc).collect();
                best = Some((value, arcs));
                if value <= enough {
                    return (best, step);
                }
            }
            if whole && by_cost {
                if !self.save(state, step) {
                    return (best, step);
                }
                continue;
            }
            let Some(leaf) = self.any(&short) else { return (best, step) };
            if whole {
                self.bring(state, &short, step);
            } else {
                self.bring(state, &[leaf], step);
            }
        }
        (best, moves)
    }

    fn start(&mut self, state: &State<'_>, from: &[ArcIx], wanted: &[Wanted]) {
        self.is_on.fill(false);
        self.taken.fill(0);
        self.cap_sums.fill(0);
        self.pair_sums.iter_mut().for_each(|sums| sums.fill(0));
        self.role.fill(None);
        self.closed_until.fill(0);
        self.uses.fill(0);
        self.cost = 0;
        self.turn = 0;
        for want in wanted {
            self.role[want.leaf] = Some(want.whole);
            self.weight[want.leaf] = if want.whole { WHOLE } else { 1 };
        }
        for arc in from {
            let fits = self.displaced_by(state, *arc) && self.displaced.is_empty();
            if fits {
                self.set(*arc, true);
            }
        }
    }

    /// What a leaf lacks, in distance.
    fn lacks(&self, leaf: LeafIx) -> i64 {
        (self.p.leaves[leaf].need - self.taken[leaf]).max(0) * self.p.leaves[leaf].per_unit
    }

    fn any(&mut self, of: &[LeafIx]) -> Option<LeafIx> {
        self.turn = self.turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let count = u64::try_from(of.len()).ok().filter(|count| *count > 0)?;
        of.get(usize::try_from((self.turn >> 33) % count).ok()?).copied()
    }

    /// Brings an item to one of some leaves: the one that loses least by it.
    fn bring(&mut self, state: &State<'_>, leaves: &[LeafIx], step: u64) {
        let mut best: Option<(i64, u64, ArcIx)> = None;
        for arc in leaves.iter().flat_map(|leaf| &self.tables.of_leaf[*leaf]).copied() {
            let leaf = self.p.arcs[arc].leaf;
            if self.is_on[arc] || state.arcs[arc] == Arcs::Out || self.closed_until[arc] > step {
                continue;
            }
            if !self.displaced_by(state, arc) {
                continue;
            }
            let brings = self.change(leaf, self.p.arcs[arc].amount);
            let loses: i64 = self
                .displaced
                .iter()
                .map(|other| self.change(self.p.arcs[*other].leaf, -self.p.arcs[*other].amount))
                .sum();
            let costs = self.cost_weight
                * (self.cost_of(arc, 0) - self.displaced.iter().map(|other| self.cost_of(*other, 1)).sum::<i64>());
            let candidate = (brings + loses + costs, self.closed_until[arc], arc);
            if best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
            }
        }
        let Some((change, _, arc)) = best else {
            for leaf in leaves {
                self.weight[*leaf] += 1;
            }
            return;
        };
        let leaf = self.p.arcs[arc].leaf;
        if change >= 0 {
            self.weight[leaf] += if self.role[leaf] == Some(true) { WHOLE / 4 } else { 1 };
        }
        self.displaced_by(state, arc);
        let displaced = std::mem::take(&mut self.displaced);
        for other in &displaced {
            self.set(*other, false);
            self.closed_until[*other] = step + 4 + (self.turn >> 40) % 6;
        }
        self.displaced = displaced;
        self.set(arc, true);
    }

    /// What an arc costs beside those that are on, or with `uses` of one saves if it goes.
    fn cost_of(&self, arc: ArcIx, uses: u32) -> i64 {
        let item = self.p.arcs[arc].item;
        let once = if self.uses[item] == uses { self.p.item_cost(item) } else { 0 };
        self.p.use_cost(item) + once
    }

    /// Takes away what costs most for what it brings; whether anything could be.
    fn save(&mut self, state: &State<'_>, step: u64) -> bool {
        let mut best: Option<(i64, u64, ArcIx)> = None;
        for arc in (0..self.p.arcs.len()).filter(|arc| self.is_on[*arc] && state.arcs[*arc] == Arcs::Free) {
            let leaf = self.p.arcs[arc].leaf;
            let change = self.change(leaf, -self.p.arcs[arc].amount) - self.cost_weight * self.cost_of(arc, 1);
            let candidate = (change, self.closed_until[arc], arc);
            if best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
            }
        }
        let Some((change, _, arc)) = best else { return false };
        self.set(arc, false);
        self.turn = self.turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.closed_until[arc] = step + 4 + (self.turn >> 40) % 6;
        if change >= 0 {
            self.cost_weight += 1;
        }
        true
    }

    /// How what leaves lack, by weight, changes with a leaf's amount.
    fn change(&self, leaf: LeafIx, by: i64) -> i64 {
        if self.role[leaf].is_none() {
            return 0;
        }
        let of = &self.p.leaves[leaf];
        let before = (of.need - self.taken[leaf]).max(0);
        let after = (of.need - self.taken[leaf] - by).max(0);
        (after - before) * of.per_unit * self.weight[leaf]
    }

    /// Finds what an arc displaces if it comes; whether it can come.
    fn displaced_by(&mut self, state: &State<'_>, arc: ArcIx) -> bool {
        self.displaced.clear();
        let (p, tables) = (self.p, self.tables);
        let item = p.arcs[arc].item;
        let leaf = p.arcs[arc].leaf;
        let target = p.leaves[leaf].target;
        let targets = p.targets.len();
        let here = self.used(item, target);
        self.displaced.extend(here);
        if here.is_none() {
            for other in (0..targets).filter(|other| *other != target) {
                let Some(pair) = self.pairs[target * targets + other] else { continue };
                if p.pairs[pair].items[item] == Sharing::Free {
                    continue;
                }
                let Some(there) = self.used(item, other) else { continue };
                let full = || {
                    let mut bounds = p.pairs[pair].bounds.iter().zip(&self.pair_sums[pair]);
                    bounds.any(|((weights, bound), sum)| sum + weights[item] > *bound)
                };
                if p.pairs[pair].items[item] == Sharing::Never || full() {
                    self.displaced.push(there);
                }
            }
            for ceiling in p.ceilings.iter().filter(|ceiling| ceiling.targets[target]) {
                loop {
                    let stays = |arc: &ArcIx| !self.displaced.contains(arc);
                    let uses: Vec<ArcIx> = (0..targets)
                        .filter(|other| *other != target && ceiling.targets[*other])
                        .filter_map(|other| self.used(item, other))
                        .filter(stays)
                        .collect();
                    if uses.len() < ceiling.max[item] {
                        break;
                    }
                    let loses = |arc: &ArcIx| (self.change(p.arcs[*arc].leaf, -p.arcs[*arc].amount), *arc);
                    let Some(least) = uses.into_iter().min_by_key(loses) else { return false };
                    self.displaced.push(least);
                }
            }
        }
        for cap in tables.caps_of(leaf) {
            let of = &p.caps[*cap];
            if of.weights[item] <= 0 {
                continue;
            }
            if of.weights[item] > of.bound {
                return false;
            }
            loop {
                let gone = |arc: &ArcIx| {
                    let within = (of.leaves.0..of.leaves.1).contains(&p.arcs[*arc].leaf);
                    if within { of.weights[p.arcs[*arc].item] } else { 0 }
                };
                let freed: i64 = self.displaced.iter().map(gone).sum();
                if self.cap_sums[*cap] - freed + of.weights[item] <= of.bound {
                    break;
                }
                let inside = (of.leaves.0..of.leaves.1).flat_map(|leaf| &tables.of_leaf[leaf]).copied();
                let least = inside
                    .filter(|arc| self.is_on[*arc] && gone(arc) > 0 && !self.displaced.contains(arc))
                    .min_by_key(|arc| (self.change(p.arcs[*arc].leaf, -p.arcs[*arc].amount), *arc));
                let Some(least) = least else { return false };
                self.displaced.push(least);
            }
        }
        self.displaced.iter().all(|other| state.arcs[*other] != Arcs::On)
    }

    fn used(&self, item: ItemIx, target: TargetIx) -> Option<ArcIx> {
        self.tables.arcs(item, target).iter().copied().find(|arc| self.is_on[*arc])
    }

    fn set(&mut self, arc: ArcIx, on: bool) {
        let p = self.p;
        let item = p.arcs[arc].item;
        let leaf = p.arcs[arc].leaf;
        let target = p.leaves[leaf].target;
        let sign = if on { 1 } else { -1 };
        let targets = p.targets.len();
        for other in (0..targets).filter(|other| *other != target) {
            if let Some(pair) = self.pairs[target * targets + other]
                && p.pairs[pair].items[item] == Sharing::Bounded
                && self.used(item, other).is_some()
            {
                for (sum, (weights, _)) in self.pair_sums[pair].iter_mut().zip(&p.pairs[pair].bounds) {
                    *sum += sign * weights[item];
                }
            }
        }
        for cap in self.tables.caps_of(leaf) {
            self.cap_sums[*cap] += sign * p.caps[*cap].weights[item].max(0);
        }
        if self.cost_weight > 0 {
            self.cost += sign * self.cost_of(arc, if on { 0 } else { 1 });
            self.uses[item] = if on { self.uses[item] + 1 } else { self.uses[item] - 1 };
        }
        self.is_on[arc] = on;
        self.taken[leaf] += sign * p.arcs[arc].amount;
    }
}
