//! A relaxation of the trees: the best that every node could reach if every item could go everywhere
//! at once.
//!
//! It bounds what the prices of [`super::prices`] do not see: levels, averages, distinct values, tests.
//! Competition for items is left out, so no node reaches more than this says.

use std::cmp::Reverse;

use credstack_base::order;

use super::goal::{Aim, Goal, Least};
use super::index::{ItemIx, NodeIx, Table, TargetIx};
use super::level::{Branch, Level, Tally};
use super::problem::{Floor, Last, NodeKind, Other, Problem};
use super::state::{Decision, State};

/// Return a lower bound on the value of every allocation that meets a goal under what is decided;
/// `None` if there is no such allocation.
pub(crate) fn bound(p: &Problem, state: &State<'_>, goal: &Goal) -> Option<i64> {
    let relaxation = Relaxation::new(p, state, &goal.aims);
    let mut bounds = Table::filled(0, p.targets.len());
    for (ix, target) in p.targets.enumerate() {
        match goal.aims[ix] {
            Aim::Required(level) if relaxation.levels[target.root] < level => return None,
            Aim::Open(most) => {
                bounds[ix] = relaxation.distances[target.root];
                if most.is_some_and(|most| bounds[ix] > most) {
                    return None;
                }
            }
            Aim::Required(_) | Aim::Idle => {}
        }
    }
    Some(match goal.least {
        Least::Level(_) | Least::Cost => 0,
        Least::Distance(target) => bounds[target],
        Least::Total => bounds.iter().copied().take(p.declared).fold(0, i64::saturating_add),
    })
}

/// The best that each node could reach.
struct Relaxation<'a> {
    p: &'a Problem,
    state: &'a State<'a>,
    levels: Table<NodeIx, Level>,
    distances: Table<NodeIx, i64>,
    /// A buffer: items with the levels at which they could count.
    found: Vec<(ItemIx, Level)>,
}

impl<'a> Relaxation<'a> {
    fn new(p: &'a Problem, state: &'a State<'a>, aims: &Table<TargetIx, Aim>) -> Self {
        let (levels, distances) = (Table::filled(Level::Met, p.nodes.len()), Table::filled(0, p.nodes.len()));
        let mut relaxation = Self { p, state, levels, distances, found: Vec::new() };
        // A target that asks for an earlier one is looked at again once that is known; what the first
        // round finds is a bound too.
        let is_backward = |ix: NodeIx| match &p.nodes[ix].kind {
            NodeKind::Held(target, _) => p.targets[*target].root < ix,
            _ => false,
        };
        let rounds = if p.nodes.ixs().any(is_backward) { 2 } else { 1 };
        for _ in 0..rounds {
            // INVARIANT: children come after their parent, so backwards is bottom-up.
            for ix in p.nodes.ixs().rev().filter(|ix| aims[p.nodes[*ix].target] != Aim::Idle) {
                let (mut level, mut distance) = relaxation.rule(ix);
                for floor in &p.nodes[ix].floors {
                    let (floor_level, short) = relaxation.floor(ix, floor);
                    level = level.min(floor_level);
                    distance = distance.max(short);
                }
                relaxation.levels[ix] = level;
                relaxation.distances[ix] = distance;
            }
        }
        relaxation
    }

    /// Return the best level and the least distance of a node's rule, its floors left aside.
    fn rule(&mut self, ix: NodeIx) -> (Level, i64) {
        let (p, state) = (self.p, self.state);
        let node = &p.nodes[ix];
        let (levels, distances) = (&self.levels, &self.distances);
        match &node.kind {
            NodeKind::Known(level, distance) => unless_unmet(*level, *distance),
            NodeKind::Take(leaf) => {
                let mut tally = Tally::default();
                for arc in &state.lookup.of_leaf[*leaf] {
                    if state.arcs[*arc] != Decision::Out {
                        tally.add(p.arcs[*arc].level, p.arcs[*arc].amount);
                    }
                }
                reach(&tally, p.leaves[*leaf].need, p.leaves[*leaf].per_unit)
            }
            NodeKind::All(of) => (
                Level::all(of.iter().map(|child| levels[*child])),
                of.iter().map(|child| distances[*child]).fold(0, i64::saturating_add),
            ),
            NodeKind::AtLeast(0, _) => (Level::Met, 0),
            NodeKind::AtLeast(k, of) => {
                let mut nearest: Vec<i64> = of.iter().map(|child| distances[*child]).collect();
                order::sort_short(&mut nearest);
                (
                    Level::at_least(*k, of.iter().map(|child| levels[*child])),
                    nearest.into_iter().take(*k).fold(0, i64::saturating_add),
                )
            }
            NodeKind::Amount(amount) => {
                // The items of a part that cannot be met do not count, and none counts more surely than
                // its part.
                self.found.clear();
                for child in &amount.of {
                    let could = levels[*child];
                    let come = coming(p, state, *child).map(|(item, level)| (item, level.min(could)));
                    self.found.extend(come.filter(|(_, level)| *level > Level::Unmet));
                }
                each_at_its_best(&mut self.found);
                let mut tally = Tally::default();
                self.found.iter().for_each(|(item, level)| tally.add(*level, amount.amounts[*item]));
                reach(&tally, amount.need, amount.per_unit)
            }
            NodeKind::Either(a, b) => (levels[*a].either(levels[*b]), distances[*a].min(distances[*b])),
            NodeKind::When(test, a, b) => {
                let nearest = distances[*a].min(distances[*b]);
                let test = &p.nodes[*test];
                match &test.kind {
                    NodeKind::Known(known, _) if test.floors.is_empty() => {
                        let distance = match known.branch() {
                            Branch::Then => distances[*a],
                            Branch::Otherwise => distances[*b],
                            Branch::Unknown => nearest,
                        };
                        (known.when(levels[*a], levels[*b]), distance)
                    }
                    _ => (levels[*a].max(levels[*b]), nearest),
                }
            }
            NodeKind::Held(target, distance) => unless_unmet(levels[p.targets[*target].root], *distance),
            NodeKind::Not(..) => (Level::Met, 0),
            NodeKind::Step(child, distance) => unless_unmet(levels[*child], *distance),
            NodeKind::Average(weights, distance) => self.average(ix, weights, *distance),
        }
    }

    /// Return the best that an average can come to: with all that lifts it, and of the rest only what is
    /// in use already.
    fn average(&self, ix: NodeIx, weights: &Table<ItemIx, Option<i64>>, distance: i64) -> (Level, i64) {
        let target = self.p.nodes[ix].target;
        let mut sum = 0_i128;
        let (mut any_is_on, mut any_is_possible) = (false, false);
        for (item, weight) in weights.enumerate() {
            let Some(weight) = weight else { continue };
            let arcs = self.state.lookup.arcs(item, target);
            let is_on = arcs.iter().any(|arc| self.state.arcs[*arc] == Decision::On);
            let is_possible = is_on || arcs.iter().any(|arc| self.state.arcs[*arc] == Decision::Free);
            if is_on || (is_possible && *weight > 0) {
                sum += i128::from(*weight);
            }
            any_is_on |= is_on;
            any_is_possible |= is_possible;
        }
        if any_is_on && sum < 0 {
            (Level::Unmet, distance)
        } else if any_is_possible {
            (Level::Met, 0)
        } else {
            // Nothing to average awaits review.
            (Level::Review, 0)
        }
    }

    /// Return the best level of a floor, and what is short at least in distance.
    fn floor(&mut self, ix: NodeIx, floor: &Floor) -> (Level, i64) {
        let (p, state) = (self.p, self.state);
        match floor {
            Floor::Sum { need, weights, doubtful, per_unit } => {
                let mut tally = Tally::default();
                for (item, level) in self.available(ix) {
                    tally.add(level.doubted(doubtful[*item]), weights[*item]);
                }
                reach(&tally, *need, *per_unit)
            }
            Floor::Distinct { need, keys, doubtful, per_key } => {
                let with_key = |(item, level): &(ItemIx, Level)| Some((keys[*item]?, level.doubted(doubtful[*item])));
                let mut have: Vec<(u32, Level)> = self.available(ix).iter().filter_map(with_key).collect();
                order::sort_short_by_key(&mut have, |(key, level)| (*key, Reverse(*level)));
                have.dedup_by_key(|(key, _)| *key);
                let mut tally = Tally::default();
                have.iter().for_each(|(_, level)| tally.add(*level, 1));
                reach(&tally, i64::try_from(*need).unwrap_or(i64::MAX), *per_key)
            }
            Floor::Last(last) => {
                let sure = surely_inside(p, state, ix);
                best_last(last, self.available(ix), &sure)
            }
            Floor::Unique { other, need, weights, per_unit } => {
                let is_elsewhere = |item: ItemIx| match other {
                    Other::Target(target) => state.is_present(item, *target),
                    Other::Items(items) => items[item],
                };
                let target = p.nodes[ix].target;
                if !p.item_ixs().any(|item| state.is_present(item, target) && is_elsewhere(item)) {
                    return (Level::Met, 0);
                }
                let mut tally = Tally::default();
                let own = self.available(ix).iter().filter(|(item, _)| !is_elsewhere(*item));
                own.for_each(|(item, level)| tally.add(*level, weights[*item]));
                reach(&tally, *need, *per_unit)
            }
            Floor::Share { .. } => (Level::Met, 0),
        }
    }

    /// Return the items that can still come below a node, each at its best level.
    fn available(&mut self, node: NodeIx) -> &[(ItemIx, Level)] {
        self.found.clear();
        self.found.extend(coming(self.p, self.state, node));
        each_at_its_best(&mut self.found);
        &self.found
    }
}

/// Return the distance beside a level, if that is unmet.
fn unless_unmet(level: Level, distance: i64) -> (Level, i64) {
    (level, if level == Level::Unmet { distance } else { 0 })
}

/// Return the level at which a need is reached, or else what is short in distance.
fn reach(tally: &Tally, need: i64, per_unit: i64) -> (Level, i64) {
    let (level, have) = tally.reach(need);
    unless_unmet(level, need.saturating_sub(have).saturating_mul(per_unit))
}

/// Return the items that can still come below a node, with the level of each of their arcs.
fn coming<'s>(p: &'s Problem, state: &'s State<'_>, node: NodeIx) -> impl Iterator<Item = (ItemIx, Level)> + 's {
    let arcs = state.lookup.arcs_inside(p.nodes[node].leaves).filter(|arc| state.arcs[*arc] != Decision::Out);
    arcs.map(|arc| (p.arcs[arc].item, p.arcs[arc].level))
}

fn each_at_its_best(found: &mut Vec<(ItemIx, Level)>) {
    order::sort_short_by_key(found, |(item, level)| (*item, Reverse(*level)));
    found.dedup_by_key(|(item, _)| *item);
}

/// Return the items in use that count inside a node if it is met, whatever else: all that lies between
/// the node and a leaf that has them is met then too, or is met already.
fn surely_inside(p: &Problem, state: &State<'_>, node: NodeIx) -> Vec<ItemIx> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(ix) = open.pop() {
        match &p.nodes[ix].kind {
            NodeKind::Take(leaf) => {
                let on = state.lookup.of_leaf[*leaf].iter().filter(|arc| state.arcs[**arc] == Decision::On);
                found.extend(on.map(|arc| p.arcs[*arc].item));
            }
            NodeKind::All(of) => open.extend(of),
            NodeKind::AtLeast(k, of) if *k == of.len() => open.extend(of),
            NodeKind::AtLeast(_, of) => open.extend(of.iter().filter(|child| is_met(p, state, **child))),
            _ => {}
        }
    }
    order::sort_short(&mut found);
    found
}

/// Return whether what is in use already meets a node by itself.
fn is_met(p: &Problem, state: &State<'_>, ix: NodeIx) -> bool {
    let node = &p.nodes[ix];
    node.floors.is_empty()
        && match &node.kind {
            NodeKind::Take(leaf) => state.ledger.taken(*leaf) >= p.leaves[*leaf].need,
            NodeKind::All(of) => of.iter().all(|child| is_met(p, state, *child)),
            NodeKind::AtLeast(k, of) => of.iter().filter(|child| is_met(p, state, **child)).count() >= *k,
            _ => false,
        }
}

/// Return the best that the last items can come to: with everything that matches, and of the rest only
/// what cannot be left out. More of what matches never takes from it, nor does less of the rest.
fn best_last(last: &Last, found: &[(ItemIx, Level)], sure: &[ItemIx]) -> (Level, i64) {
    let have = |least: Level| {
        let counts = |(item, level): &(ItemIx, Level)| {
            last.is_matching(*item, *level, least) || sure.binary_search(item).is_ok()
        };
        last.have(found.iter().copied().filter(counts), least)
    };
    match Level::best(|least| have(least) >= last.need) {
        Level::Unmet => (Level::Unmet, (last.need - have(Level::Review)).saturating_mul(last.per_unit)),
        level => (level, 0),
    }
}
