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

mod items;
mod setup;
mod start;
mod trees;

use super::cover::{Cover, NEVER, Scratch};
use super::problem::{ArcIx, Level, NodeIx, NodeKind, Problem};
use super::search::{Aim, Goal, Least};
use super::state::{Arcs, State};
use super::supply::Item;
use trees::pricing;

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
}

/// The least whole number of units that is not below a bound.
const fn whole(value: i64) -> i64 {
    value.div_euclid(ONE) + (value.rem_euclid(ONE) > 0) as i64
}
