//! Tabu search: a walk among legal allocations toward one that lacks less.
//!
//! Each move brings an item to a leaf that is short, and takes away whatever that displaces: its
//! other use in the same tree, the uses that what targets may share forbids, what a cap has no room
//! for. Of the items that could come, the one whose coming loses least is taken, also if it loses
//! more than it brings; an arc that was just taken away may not come back for a while (F. Glover, "Tabu
//! search, part I", ORSA Journal on Computing 1, 1989), and leaves that stay short grow heavier (P.
//! Morris, "The breakout method for escaping from local minima", AAAI 1993). It proves nothing; it
//! finds in microseconds what a search by bounds finds late. Choices within trees are not changed,
//! and share groups, exclusions and negative weights of caps are left to whoever checks the end.
//!
//! A counter with a fixed start chooses where several leaves are short (the linear congruence of D. E.
//! Knuth's MMIX), so that equal problems have equal walks.
//!
//! INVARIANT: at most one arc of an item is in use in a target.

use super::index::{ArcIx, ItemIx, LeafIx, Table};
use super::ledger::Ledger;
use super::lookup::Lookup;
use super::problem::{Problem, Sharing};
use super::state::{Decision, State};
use super::tuning::Tuning;

/// A leaf that tabu search fills.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// The leaf.
    pub(crate) leaf: LeafIx,
    /// Whether nothing may be lacking, or else what is lacking is counted.
    pub(crate) whole: bool,
}

/// The bounds of one tabu search.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    /// The value at which it ends: of what is lacking, or of the cost.
    pub(crate) enough: i64,
    /// Whether the cost is what is made small.
    pub(crate) by_cost: bool,
    /// The most moves.
    pub(crate) moves: u64,
}

/// An allocation that changes item by item.
#[derive(Debug)]
pub(crate) struct TabuSearch<'p> {
    p: &'p Problem,
    lookup: &'p Lookup,
    ledger: Ledger<'p>,
    /// Whether a leaf that is wanted must be whole.
    role: Table<LeafIx, Option<bool>>,
    /// The weight of a missing unit of each leaf.
    weight: Table<LeafIx, i64>,
    /// The move from which on each arc may come again.
    tabu_until: Table<ArcIx, u64>,
    /// A buffer: the arcs that one that comes displaces.
    displaced: Vec<ArcIx>,
    /// The number of arcs of each item in use, the cost of all of them, and the weight of a unit of that;
    /// zero unless cost is what is made small.
    uses: Table<ItemIx, u32>,
    cost: i64,
    cost_weight: i64,
    counter: u64,
}

impl<'p> TabuSearch<'p> {
    /// Create the search of a problem.
    pub(crate) fn new(p: &'p Problem, lookup: &'p Lookup) -> Self {
        Self {
            p,
            lookup,
            ledger: Ledger::new(p, lookup),
            role: Table::filled(None, p.leaves.len()),
            weight: Table::filled(0, p.leaves.len()),
            tabu_until: Table::filled(0, p.arcs.len()),
            displaced: Vec::new(),
            uses: Table::filled(0, p.items),
            cost: 0,
            cost_weight: 0,
            counter: 0,
        }
    }

    /// Search from an allocation, keeping what is decided, for one that lacks nothing of what must be
    /// whole and whose value is small enough. Return the best that lacks nothing of what must be whole,
    /// with its value, and the number of moves.
    pub(crate) fn run(
        &mut self,
        state: &State<'_>,
        from: &[ArcIx],
        wanted: &[Wanted],
        extent: Extent,
    ) -> (Option<(i64, Vec<ArcIx>)>, u64) {
        self.cost_weight = i64::from(extent.by_cost);
        self.start(state, from, wanted);
        let mut best: Option<(i64, Vec<ArcIx>)> = None;
        for step in 1..=extent.moves {
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
            let value = if extent.by_cost { self.cost } else { lacking };
            if whole && best.as_ref().is_none_or(|(least, _)| value < *least) {
                best = Some((value, self.ledger.arcs().collect()));
                if value <= extent.enough {
                    return (best, step);
                }
            }
            if whole && extent.by_cost {
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
        (best, extent.moves)
    }

    fn start(&mut self, state: &State<'_>, from: &[ArcIx], wanted: &[Wanted]) {
        self.ledger.clear();
        self.role.fill(None);
        self.tabu_until.fill(0);
        self.uses.fill(0);
        self.cost = 0;
        self.counter = 0;
        for want in wanted {
            self.role[want.leaf] = Some(want.whole);
            self.weight[want.leaf] = if want.whole { Tuning::WHOLE_WEIGHT } else { 1 };
        }
        for arc in from {
            let fits = self.displace(state, *arc) && self.displaced.is_empty();
            if fits {
                self.add(*arc);
            }
        }
    }

    /// Return what a leaf lacks, in distance.
    fn lacks(&self, leaf: LeafIx) -> i64 {
        (self.p.leaves[leaf].need - self.ledger.taken(leaf)).max(0) * self.p.leaves[leaf].per_unit
    }

    /// Move the counter on.
    const fn count(&mut self) {
        self.counter = self.counter.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    }

    /// Return one of some leaves, by the counter.
    fn any(&mut self, of: &[LeafIx]) -> Option<LeafIx> {
        self.count();
        let count = u64::try_from(of.len()).ok().filter(|count| *count > 0)?;
        of.get(usize::try_from((self.counter >> 33) % count).ok()?).copied()
    }

    /// Forbid an arc for a while.
    fn forbid(&mut self, arc: ArcIx, step: u64) {
        self.tabu_until[arc] = step + Tuning::TENURE + (self.counter >> 40) % Tuning::TENURE_SPREAD;
    }

    /// Bring an item to one of some leaves: the one that loses least by it.
    fn bring(&mut self, state: &State<'_>, leaves: &[LeafIx], step: u64) {
        let mut best: Option<(i64, u64, ArcIx)> = None;
        for arc in leaves.iter().flat_map(|leaf| &self.lookup.of_leaf[*leaf]).copied() {
            if self.ledger.is_on(arc) || state.arcs[arc] == Decision::Out || self.tabu_until[arc] > step {
                continue;
            }
            if !self.displace(state, arc) {
                continue;
            }
            let brings = self.change(self.p.arcs[arc].leaf, self.p.arcs[arc].amount);
            let loses: i64 = self.displaced.iter().map(|other| self.loss(*other)).sum();
            let costs = self.cost_weight
                * (self.cost_of(arc, 0) - self.displaced.iter().map(|other| self.cost_of(*other, 1)).sum::<i64>());
            let candidate = (brings + loses + costs, self.tabu_until[arc], arc);
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
            self.weight[leaf] += if self.role[leaf] == Some(true) { Tuning::WHOLE_WEIGHT / 4 } else { 1 };
        }
        self.displace(state, arc);
        let displaced = std::mem::take(&mut self.displaced);
        for other in &displaced {
            self.remove(*other);
            self.forbid(*other, step);
        }
        self.displaced = displaced;
        self.add(arc);
    }

    /// Return what an arc costs beside those in use; with `uses` of one, what it saves if it goes.
    fn cost_of(&self, arc: ArcIx, uses: u32) -> i64 {
        let item = self.p.arcs[arc].item;
        let once = if self.uses[item] == uses { self.p.item_cost(item) } else { 0 };
        self.p.use_cost(item) + once
    }

    /// Take away the arc that costs most for what it brings. Return whether there was one.
    fn save(&mut self, state: &State<'_>, step: u64) -> bool {
        let mut best: Option<(i64, u64, ArcIx)> = None;
        for arc in self.ledger.arcs().filter(|arc| state.arcs[*arc] == Decision::Free) {
            let change = self.loss(arc) - self.cost_weight * self.cost_of(arc, 1);
            let candidate = (change, self.tabu_until[arc], arc);
            if best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
            }
        }
        let Some((change, _, arc)) = best else { return false };
        self.remove(arc);
        self.count();
        self.forbid(arc, step);
        if change >= 0 {
            self.cost_weight += 1;
        }
        true
    }

    /// Return how what is lacking, by weight, changes with a leaf's amount.
    fn change(&self, leaf: LeafIx, by: i64) -> i64 {
        if self.role[leaf].is_none() {
            return 0;
        }
        let of = &self.p.leaves[leaf];
        let taken = self.ledger.taken(leaf);
        let before = (of.need - taken).max(0);
        let after = (of.need - taken - by).max(0);
        (after - before) * of.per_unit * self.weight[leaf]
    }

    /// Return how what is lacking, by weight, grows if an arc goes.
    fn loss(&self, arc: ArcIx) -> i64 {
        self.change(self.p.arcs[arc].leaf, -self.p.arcs[arc].amount)
    }

    /// Find the arcs that an arc displaces if it comes. Return whether it can come.
    fn displace(&mut self, state: &State<'_>, arc: ArcIx) -> bool {
        self.displaced.clear();
        let p = self.p;
        let here = self.ledger.arc_in_use(p.arcs[arc].item, p.target_of(arc));
        self.displaced.extend(here);
        if here.is_none() && !self.displace_in_other_targets(arc) {
            return false;
        }
        self.displace_in_caps(arc) && self.displaced.iter().all(|other| state.arcs[*other] != Decision::On)
    }

    /// Displace the uses of the item in other targets that pairs and ceilings forbid beside this one.
    fn displace_in_other_targets(&mut self, arc: ArcIx) -> bool {
        let p = self.p;
        let (item, target) = (p.arcs[arc].item, p.target_of(arc));
        for other in p.targets.ixs().filter(|other| *other != target) {
            let Some(pair) = self.lookup.pair_of(target, other) else { continue };
            if p.pairs[pair].items[item] == Sharing::Free {
                continue;
            }
            let Some(there) = self.ledger.arc_in_use(item, other) else { continue };
            if p.pairs[pair].items[item] == Sharing::Never || !self.ledger.has_room(pair, item, None) {
                self.displaced.push(there);
            }
        }
        for ceiling in p.ceilings.iter().filter(|ceiling| ceiling.targets[target]) {
            loop {
                let uses: Vec<ArcIx> = p
                    .targets
                    .ixs()
                    .filter(|other| *other != target && ceiling.targets[*other])
                    .filter_map(|other| self.ledger.arc_in_use(item, other))
                    .filter(|arc| !self.displaced.contains(arc))
                    .collect();
                if uses.len() < ceiling.max[item] {
                    break;
                }
                let Some(least) = uses.into_iter().min_by_key(|arc| (self.loss(*arc), *arc)) else { return false };
                self.displaced.push(least);
            }
        }
        true
    }

    /// Displace the arcs for which caps have no room beside this one.
    fn displace_in_caps(&mut self, arc: ArcIx) -> bool {
        let p = self.p;
        let (item, leaf) = (p.arcs[arc].item, p.arcs[arc].leaf);
        for cap in self.lookup.caps_of(leaf) {
            let of = &p.caps[*cap];
            if of.weights[item] <= 0 {
                continue;
            }
            if of.weights[item] > of.bound {
                return false;
            }
            loop {
                let frees = |arc: &ArcIx| {
                    let within = (of.leaves.0..of.leaves.1).contains(&p.arcs[*arc].leaf);
                    if within { of.weights[p.arcs[*arc].item] } else { 0 }
                };
                let freed: i64 = self.displaced.iter().map(frees).sum();
                if self.ledger.cap_positive_sum(*cap) - freed + of.weights[item] <= of.bound {
                    break;
                }
                let least = self
                    .lookup
                    .arcs_inside(of.leaves)
                    .filter(|arc| self.ledger.is_on(*arc) && frees(arc) > 0 && !self.displaced.contains(arc))
                    .min_by_key(|arc| (self.loss(*arc), *arc));
                let Some(least) = least else { return false };
                self.displaced.push(least);
            }
        }
        true
    }

    fn add(&mut self, arc: ArcIx) {
        if self.cost_weight > 0 {
            self.cost += self.cost_of(arc, 0);
            self.uses[self.p.arcs[arc].item] += 1;
        }
        self.ledger.add(arc);
    }

    fn remove(&mut self, arc: ArcIx) {
        if self.cost_weight > 0 {
            self.cost -= self.cost_of(arc, 1);
            self.uses[self.p.arcs[arc].item] -= 1;
        }
        self.ledger.remove(arc);
    }
}
