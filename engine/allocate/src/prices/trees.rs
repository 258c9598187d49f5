//! What trees buy at given prices.

use crate::index::{self, ArcIx, LeafIx, NodeIx, Table};
use crate::knapsack::{Cheapest, Knapsack, NEVER, Scratch};
use crate::level::Level;
use crate::problem::{NodeKind, Problem};
use crate::state::State;
use crate::tuning::Tuning;

use super::decomposition::{CapWeights, Decomposition, ONE, first_of};

/// The present prices as trees see them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotes<'a> {
    price: &'a [i64],
    slot: &'a Table<ArcIx, usize>,
    caps: &'a CapWeights,
    by_use: Option<&'a Table<ArcIx, i64>>,
}

impl<'a> Quotes<'a> {
    /// Quote prices; with the cost of each use if cost is what is made small.
    pub(super) fn new(parts: &'a Decomposition<'_>, price: &'a [i64], by_cost: bool) -> Self {
        let by_use = Some(&parts.by_use).filter(|by_use| by_cost && !by_use.is_empty());
        Self { price, slot: &parts.slot, caps: &parts.cap_weights, by_use }
    }

    /// Return what an arc costs its leaf.
    #[inline]
    pub(super) fn of(&self, arc: ArcIx) -> i64 {
        let mut sum = self.price[self.slot[arc]];
        for (cap, weight) in self.caps.of(arc) {
            sum += self.price[*cap] * weight;
        }
        sum + self.by_use.map_or(0, |by_use| by_use[arc])
    }
}

/// Where trees buy: what is still possible, and at which prices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Market<'a> {
    /// The parts of the problem.
    pub(super) parts: &'a Decomposition<'a>,
    /// The decisions so far.
    pub(super) state: &'a State<'a>,
    /// The prices.
    pub(super) quotes: Quotes<'a>,
}

/// The terms on which a node is paid for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    /// Whether nothing may be lacking.
    pub(super) whole: bool,
    /// The level that must be reached, if one must.
    pub(super) least: Option<Level>,
    /// The cost of a unit of distance.
    pub(super) per_distance: i64,
}

/// The purchases of the trees at the latest evaluation.
#[derive(Debug)]
pub(super) struct Purchases {
    /// The least cost of each node.
    pub(super) value: Table<NodeIx, i64>,
    /// The arcs that each leaf buys.
    bought: Table<LeafIx, Vec<ArcIx>>,
    /// The cheapest children of each choice.
    cheapest: Table<NodeIx, Vec<NodeIx>>,
    /// The sum inside each node that costs more than its rule, if one does, and the arcs that it buys.
    by_sum: Table<NodeIx, Option<usize>>,
    bought_by_sum: Table<NodeIx, Vec<ArcIx>>,
    /// Steps that are met.
    is_met: Table<NodeIx, bool>,
    /// The part of late evaluations in which each step was met; about half of [`ONE`] if in all.
    pub(super) step_frequency: Table<NodeIx, i64>,
    /// Steps that are decided: to be met, or lost.
    pub(super) decided: Table<NodeIx, Option<bool>>,
    /// The buffers of knapsacks.
    pub(super) scratch: Scratch,
}

impl Purchases {
    /// Create the purchases of a problem before anything is bought.
    pub(super) fn new(p: &Problem) -> Self {
        let nodes = p.nodes.len();
        Self {
            value: Table::filled(0, nodes),
            bought: Table::filled(Vec::new(), p.leaves.len()),
            cheapest: p.nodes.iter().map(first_of).collect(),
            by_sum: Table::filled(None, nodes),
            bought_by_sum: Table::filled(Vec::new(), nodes),
            is_met: Table::filled(false, nodes),
            step_frequency: Table::filled(0, nodes),
            decided: Table::filled(None, nodes),
            scratch: Scratch::default(),
        }
    }

    /// Call with every leaf that a tree buys for and the arcs it buys, those of sums leaf by leaf.
    pub(super) fn each(&self, p: &Problem, root: NodeIx, each: &mut dyn FnMut(LeafIx, &[ArcIx])) {
        let mut open = vec![root];
        while let Some(ix) = open.pop() {
            if self.by_sum[ix].is_some() {
                for leaf in index::between(p.nodes[ix].leaves) {
                    let arcs = self.bought_by_sum[ix].iter().copied();
                    let own: Vec<ArcIx> = arcs.filter(|arc| p.arcs[*arc].leaf == leaf).collect();
                    if !own.is_empty() {
                        each(leaf, &own);
                    }
                }
                continue;
            }
            match &p.nodes[ix].kind {
                NodeKind::Take(leaf) => each(*leaf, &self.bought[*leaf]),
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

    /// Find the cheapest children of a choice. Return what they cost.
    fn find_cheapest(&mut self, ix: NodeIx, of: &[NodeIx]) -> i64 {
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

    /// Buy for a node and all below it. Return what it costs at least.
    pub(super) fn buy(&mut self, market: &Market<'_>, ix: NodeIx, terms: Terms) -> i64 {
        let (parts, quotes) = (market.parts, market.quotes);
        let mut value = self.buy_rule(market, ix, terms);
        self.by_sum[ix] = None;
        for (n, sum) in parts.sums[ix].iter().enumerate() {
            let found = sum.solve(market.state, |arc| quotes.of(arc), terms.per_distance, &mut self.scratch);
            let most = if terms.whole { found.whole } else { found.part };
            if most > value {
                self.by_sum[ix] = Some(n);
                value = collect(sum, found, terms, &self.scratch, &mut self.bought_by_sum[ix]);
            }
        }
        self.value[ix] = value;
        value
    }

    /// Buy for a node's rule, the sums inside it left aside. Return what it costs at least.
    fn buy_rule(&mut self, market: &Market<'_>, ix: NodeIx, terms: Terms) -> i64 {
        let (parts, quotes) = (market.parts, market.quotes);
        let p = parts.p;
        let lacking = |distance: i64| terms.per_distance.saturating_mul(distance / parts.distance_unit);
        match &p.nodes[ix].kind {
            NodeKind::Known(level, distance) => match terms.least {
                Some(least) if *level >= least => 0,
                Some(_) => NEVER,
                None if *level == Level::Unmet => lacking(*distance),
                None => 0,
            },
            NodeKind::Take(leaf) => {
                let knapsack = &parts.leaves[*leaf];
                let found = knapsack.solve(market.state, |arc| quotes.of(arc), terms.per_distance, &mut self.scratch);
                collect(knapsack, found, terms, &self.scratch, &mut self.bought[*leaf])
            }
            NodeKind::All(of) => {
                let mut sum = 0_i64;
                for child in of {
                    sum = sum.saturating_add(self.buy(market, *child, terms));
                    if sum >= NEVER {
                        break;
                    }
                }
                sum.min(NEVER)
            }
            NodeKind::AtLeast(k, of) if *k > of.len() => {
                if terms.least.is_some() {
                    NEVER
                } else {
                    0
                }
            }
            NodeKind::AtLeast(_, of) => {
                for child in of {
                    self.buy(market, *child, terms);
                }
                self.find_cheapest(ix, of)
            }
            NodeKind::Either(a, b) | NodeKind::When(_, a, b) => {
                let (x, y) = (self.buy(market, *a, terms), self.buy(market, *b, terms));
                let is_either = matches!(p.nodes[ix].kind, NodeKind::Either(..));
                if is_either && terms.least.is_some_and(|least| least > Level::Review) {
                    x.saturating_add(y).min(NEVER)
                } else {
                    x.min(y)
                }
            }
            NodeKind::Step(child, _) if terms.least.is_some() => {
                self.is_met[ix] = true;
                self.buy(market, *child, terms)
            }
            NodeKind::Step(child, distance) => {
                let lost = lacking(*distance);
                let whole = Terms { whole: true, least: Some(Level::Review), per_distance: 0 };
                let met = match self.decided[ix] {
                    Some(false) => NEVER,
                    _ => self.buy(market, *child, whole),
                };
                self.is_met[ix] = met < lost || self.decided[ix] == Some(true);
                self.step_frequency[ix] -= self.step_frequency[ix] / (Tuning::MEMORY / 2);
                if self.is_met[ix] {
                    self.step_frequency[ix] += ONE / Tuning::MEMORY;
                    met
                } else {
                    lost
                }
            }
            NodeKind::Amount(_) | NodeKind::Not(..) | NodeKind::Held(..) | NodeKind::Average(..) => 0,
        }
    }
}

/// Collect the arcs of a purchase. Return what it costs.
fn collect(knapsack: &Knapsack, found: Cheapest, terms: Terms, scratch: &Scratch, bought: &mut Vec<ArcIx>) -> i64 {
    bought.clear();
    let (value, reached) = if terms.whole { (found.whole, knapsack.full()) } else { (found.part, found.reached) };
    if value < NEVER {
        knapsack.choice(reached, scratch, |arc| bought.push(arc));
    }
    value
}
