//! What trees buy at given prices.

use crate::cover::{Cheapest, Cover, NEVER, Scratch};
use crate::problem::{ArcIx, Level, NodeIx, NodeKind};
use crate::search::{Goal, Least};
use crate::state::State;
use credstack_base::order;

use super::{CapWeights, ONE, Prices, Role, Terms};

impl<'p> Prices<'p> {
    /// The leaves that the trees buy for at the present prices, each with what its purchase costs,
    /// dearest first.
    pub(crate) fn purchases(&mut self, goal: &Goal) -> Vec<(i64, usize)> {
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
    pub(crate) fn fill(&mut self, state: &State<'_>, goal: &Goal, leaf: usize, arcs: &mut Vec<ArcIx>) {
        arcs.clear();
        let of = pricing(&self.price, &self.slot, &self.cap_weights, &self.by_use, goal);
        // What was bought often is bought again: the averages of purchases come near a whole solution
        // (F. Barahona and R. Anbil, "The volume algorithm", Mathematical Programming 87, 2000).
        let price = |arc: ArcIx| of(arc) + self.scale[self.slot[arc]] / 4 * (ONE - self.habit[arc].min(ONE));
        let found = self.leaves[leaf].solve(state, price, ONE * 64, &mut self.scratch);
        self.leaves[leaf].choice(found.reached, &self.scratch, |arc| arcs.push(arc));
        arcs.reverse();
    }

    /// Notes what was bought; what it cost.
    pub(super) fn note(&mut self, goal: &Goal, arcs: &[ArcIx]) -> i64 {
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
    pub(super) fn purchases_below(&mut self, root: NodeIx, each: &mut dyn FnMut(&mut Self, usize)) {
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
    pub(super) fn note_cheapest(&mut self, ix: NodeIx, of: &[NodeIx]) -> i64 {
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
    pub(super) fn node(&mut self, state: &State<'_>, goal: &Goal, ix: NodeIx, terms: Terms) -> i64 {
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
}

/// What an arc costs its leaf.
pub(super) fn pricing<'a>(
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
