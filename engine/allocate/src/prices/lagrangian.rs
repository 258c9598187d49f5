//! The bound at given prices, and its subgradient.

use std::cmp::Reverse;

use credstack_base::order;

use crate::goal::{Aim, Goal, Least};
use crate::index::{ArcIx, LeafIx, NodeIx, Table, TargetIx};
use crate::knapsack::NEVER;
use crate::level::Level;
use crate::lookup::Lookup;
use crate::problem::Problem;
use crate::state::State;
use crate::tuning::Tuning;

use super::decomposition::{Decomposition, ONE};
use super::items::Sellers;
use super::multipliers::Multipliers;
use super::trees::{Market, Purchases, Quotes, Terms};

/// The prices of one problem, and what is needed to improve them.
#[derive(Debug)]
pub(crate) struct Prices<'p> {
    pub(super) parts: Decomposition<'p>,
    pub(super) multipliers: Multipliers,
    pub(super) purchases: Purchases,
    /// The part of late evaluations in which each arc was bought; about [`ONE`] if in all. The averages of purchases come near
    /// a whole solution (F. Barahona and R. Anbil, "The volume algorithm", Mathematical Programming 87,
    /// 2000).
    pub(super) frequency: Table<ArcIx, i64>,
    evaluations: u64,
}

/// The role of a target's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing.
    Ignored,
    /// It must be met.
    Whole(Level),
    /// Its distance has a price: a fixed one, or, beyond an allowed distance, that at an index. Nodes that
    /// are known to be below the level cannot be met.
    Part(Option<Level>, Option<(usize, i64)>),
}

impl<'p> Prices<'p> {
    /// Create the prices of a problem.
    pub(crate) fn new(p: &'p Problem, lookup: &Lookup) -> Self {
        let parts = Decomposition::new(p, lookup);
        Self {
            multipliers: Multipliers::new(parts.scale.len()),
            parts,
            purchases: Purchases::new(p),
            frequency: Table::filled(0, p.arcs.len()),
            evaluations: 0,
        }
    }

    /// Return how often prices were evaluated so far.
    pub(crate) const fn evaluations(&self) -> u64 {
        self.evaluations
    }

    /// Return the price of an arc's item there.
    #[inline]
    pub(crate) fn price_of(&self, arc: ArcIx) -> i64 {
        self.multipliers.price[self.parts.slot[arc]]
    }

    /// Return how often an arc was bought lately; about [`ONE`] if always.
    #[inline]
    pub(crate) fn frequency_of(&self, arc: ArcIx) -> i64 {
        self.frequency[arc]
    }

    /// Return what values of allocations differ by.
    pub(crate) fn unit(&self, goal: &Goal) -> i64 {
        if goal.least == Least::Cost { self.parts.cost_unit } else { self.parts.distance_unit }
    }

    /// Decide whether a step is met; `None` leaves it open again.
    pub(crate) fn decide_step(&mut self, step: NodeIx, met: Option<bool>) {
        self.purchases.decided[step] = met;
    }

    /// Leave all steps open again.
    pub(crate) fn forget_steps(&mut self) {
        self.purchases.decided.fill(None);
    }

    /// Return the leaves that the trees bought for at the latest evaluation, each with what its purchase
    /// costs, dearest first.
    pub(crate) fn purchases(&self, goal: &Goal) -> Vec<(i64, LeafIx)> {
        let mut leaves = Vec::new();
        for (target, role) in self.roles(goal).enumerate() {
            if *role != Role::Ignored {
                let root = self.parts.p.targets[target].root;
                self.purchases.each(self.parts.p, root, &mut |leaf, arcs| {
                    leaves.push((arcs.iter().map(|arc| self.price_of(*arc)).sum(), leaf));
                });
            }
        }
        order::sort_short_by_key(&mut leaves, |(price, leaf)| (Reverse(*price), *leaf));
        leaves
    }

    /// Find the cheapest way to fill a leaf with what is still possible. What was bought often is bought
    /// again.
    pub(crate) fn fill(&mut self, state: &State<'_>, goal: &Goal, leaf: LeafIx, arcs: &mut Vec<ArcIx>) {
        arcs.clear();
        let Self { parts, multipliers, purchases, frequency, .. } = self;
        let quotes = Quotes::new(parts, &multipliers.price, goal.least == Least::Cost);
        let price = |arc: ArcIx| quotes.of(arc) + parts.scale[parts.slot[arc]] / 4 * (ONE - frequency[arc].min(ONE));
        let found = parts.leaves[leaf].solve(state, price, ONE * Tuning::FILLING_PRICE, &mut purchases.scratch);
        parts.leaves[leaf].choice(found.reached, &purchases.scratch, |arc| arcs.push(arc));
        arcs.reverse();
    }

    /// Return what the tree of each target counts as.
    pub(super) fn roles(&self, goal: &Goal) -> Table<TargetIx, Role> {
        let (p, unit, first) = (self.parts.p, self.parts.distance_unit, self.parts.first_target);
        p.targets
            .ixs()
            .map(|target| match (goal.aims[target], goal.least) {
                (Aim::Idle, _) => Role::Ignored,
                (Aim::Required(level), Least::Level(of)) if of == target => Role::Part(Some(level), None),
                (Aim::Required(level), _) => Role::Whole(level),
                (Aim::Open(_), Least::Distance(of)) if of == target => Role::Part(None, None),
                (Aim::Open(_), Least::Total) if target.index() < p.declared => Role::Part(None, None),
                // One price for all; what is allowed is taken off with the first.
                (Aim::Open(_), _) if goal.total.is_some() && target.index() < p.declared => {
                    let total = if target.index() == 0 { goal.total.unwrap_or(0) } else { 0 };
                    Role::Part(None, Some((first, total.div_euclid(unit))))
                }
                (Aim::Open(Some(most)), _) => Role::Part(None, Some((first + target.index(), most.div_euclid(unit)))),
                (Aim::Open(None), _) => Role::Ignored,
            })
            .collect()
    }

    /// Return the bound at the present prices, in units, with the binary places of prices; and work out
    /// its subgradient.
    pub(super) fn evaluate(&mut self, state: &State<'_>, goal: &Goal, roles: &Table<TargetIx, Role>) -> i64 {
        self.evaluations += 1;
        let Self { parts, multipliers, purchases, frequency, .. } = self;
        multipliers.gradient.fill(0);
        multipliers.wanted.fill(0);
        for frequency in frequency.iter_mut() {
            *frequency -= *frequency / Tuning::MEMORY;
        }
        let Multipliers { price, gradient, wanted, .. } = &mut *multipliers;
        let quotes = Quotes::new(parts, price, goal.least == Least::Cost);
        let market = Market { parts, state, quotes };
        let mut total = 0_i64;
        for (target, role) in roles.enumerate() {
            let terms = match *role {
                Role::Ignored => continue,
                Role::Whole(level) => Terms { whole: true, least: Some(level), per_distance: 0 },
                Role::Part(least, None) => Terms { whole: false, least, per_distance: ONE },
                Role::Part(least, Some((own, allowed))) => {
                    total = total.saturating_sub(price[own].saturating_mul(allowed));
                    Terms { whole: false, least, per_distance: price[own] }
                }
            };
            let root = parts.p.targets[target].root;
            let value = purchases.buy(&market, root, terms);
            if value >= NEVER {
                return NEVER;
            }
            total += value;
            let mut paid = 0_i64;
            purchases.each(parts.p, root, &mut |_, arcs| {
                for arc in arcs {
                    let slot = parts.slot[*arc];
                    gradient[slot] += 1;
                    wanted[slot] += 1;
                    frequency[*arc] += ONE / Tuning::MEMORY;
                    for (cap, weight) in parts.cap_weights.of(*arc) {
                        gradient[*cap] += weight;
                    }
                    paid = paid.saturating_add(quotes.of(*arc));
                }
            });
            if let Role::Part(_, Some((own, allowed))) = *role
                && let Some(distance) = value.saturating_sub(paid).checked_div(price[own])
            {
                gradient[own] += distance - allowed;
            }
        }
        let mut sellers = Sellers { parts, state, goal, multipliers };
        for item in parts.p.item_ixs() {
            let earned = sellers.sell(item, None);
            if earned <= -NEVER {
                return NEVER;
            }
            total -= earned;
        }
        for priced in parts.caps.iter().chain(&parts.bounds) {
            total = total.saturating_sub(multipliers.price[priced.price].saturating_mul(priced.bound));
            multipliers.gradient[priced.price] -= priced.bound;
        }
        total
    }
}
