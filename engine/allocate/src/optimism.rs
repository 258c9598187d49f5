//! What trees could reach at best, in all that prices do not see: levels, averages, distinct values.

use credstack_base::order;

use super::problem::{Floor, ItemIx, Last, Level, Node, NodeIx, NodeKind, Other, Problem};
use super::search::Aim;
use super::state::{Arcs, State};

/// What nodes could reach if every item could go everywhere at once.
pub(super) struct Optimism {
    pub(super) levels: Vec<Level>,
    pub(super) distances: Vec<i64>,
}

impl Optimism {
    pub(super) fn new(p: &Problem, state: &State<'_>, aims: &[Aim]) -> Self {
        let mut levels = vec![Level::Met; p.nodes.len()];
        let mut distances = vec![0_i64; p.nodes.len()];
        let mut found: Vec<(ItemIx, Level)> = Vec::new();
        // Children come after their parents. A target that asks for an earlier one is looked at again
        // once that is known; what a first look finds is a bound too.
        let is_backward = |(ix, node): (NodeIx, &Node)| matches!(&node.kind, NodeKind::Held(target, _) if p.targets[*target].root < ix);
        let rounds = if p.nodes.iter().enumerate().any(is_backward) { 2 } else { 1 };
        for ix in (0..rounds).flat_map(|_| (0..p.nodes.len()).rev()) {
            let node = &p.nodes[ix];
            if aims[node.target] == Aim::Idle {
                continue;
            }
            let (mut level, mut distance) = match &node.kind {
                NodeKind::Known(level, distance) => (*level, if *level == Level::Unmet { *distance } else { 0 }),
                NodeKind::Take(leaf) => {
                    let mut sums = [0_i64; 4];
                    for arc in &state.tables.of_leaf[*leaf] {
                        if state.arcs[*arc] != Arcs::Out {
                            sums[p.arcs[*arc].level as usize] += p.arcs[*arc].amount;
                        }
                    }
                    best_level(p.leaves[*leaf].need, sums, p.leaves[*leaf].per_unit)
                }
                NodeKind::All(of) => (
                    of.iter().map(|c| levels[*c]).min().unwrap_or(Level::Met),
                    of.iter().map(|c| distances[*c]).fold(0, i64::saturating_add),
                ),
                NodeKind::AtLeast(0, _) => (Level::Met, 0),
                NodeKind::AtLeast(k, of) => {
                    let mut by_level: Vec<Level> = of.iter().map(|c| levels[*c]).collect();
                    order::sort_short_by_key(&mut by_level, |l| std::cmp::Reverse(*l));
                    let mut by_distance: Vec<i64> = of.iter().map(|c| distances[*c]).collect();
                    order::sort_short(&mut by_distance);
                    (
                        by_level.get(*k - 1).copied().unwrap_or(Level::Unmet),
                        by_distance.iter().take(*k).fold(0_i64, |a, b| a.saturating_add(*b)),
                    )
                }
                NodeKind::Amount(amount) => {
                    // What a part that cannot be met takes does not count, nor surer than the part.
                    found.clear();
                    for child in &amount.of {
                        let could = levels[*child];
                        let come = coming(p, state, *child).map(|(item, level)| (item, level.min(could)));
                        found.extend(come.filter(|(_, level)| *level > Level::Unmet));
                    }
                    each_at_its_best(&mut found);
                    let mut sums = [0_i64; 4];
                    for (item, level) in &found {
                        sums[*level as usize] += amount.amounts[*item];
                    }
                    best_level(amount.need, sums, amount.per_unit)
                }
                NodeKind::Either(a, b) => (either(levels[*a], levels[*b]), distances[*a].min(distances[*b])),
                NodeKind::When(test, a, b) => {
                    let (la, lb) = (levels[*a], levels[*b]);
                    let nearest = distances[*a].min(distances[*b]);
                    let test = &p.nodes[*test];
                    match &test.kind {
                        NodeKind::Known(known, _) if test.floors.is_empty() => match known {
                            Level::Unmet => (lb, distances[*b]),
                            Level::Review => (either(la, lb), nearest),
                            Level::InProgress | Level::Met => (la.min(*known), distances[*a]),
                        },
                        _ => (la.max(lb), nearest),
                    }
                }
                NodeKind::Held(target, distance) => {
                    let level = levels[p.targets[*target].root];
                    (level, if level == Level::Unmet { *distance } else { 0 })
                }
                NodeKind::Not(..) => (Level::Met, 0),
                NodeKind::Step(child, distance) => {
                    (levels[*child], if levels[*child] == Level::Unmet { *distance } else { 0 })
                }
                NodeKind::Average(weights, distance) => {
                    let mut sum = 0_i128;
                    let (mut any, mut could) = (false, false);
                    for (item, weight) in weights.iter().enumerate() {
                        let Some(weight) = weight else { continue };
                        let arcs = state.tables.arcs(item, node.target);
                        let on = arcs.iter().any(|a| state.arcs[*a] == Arcs::On);
                        let possible = on || arcs.iter().any(|a| state.arcs[*a] == Arcs::Free);
                        if on || (possible && *weight > 0) {
                            sum += i128::from(*weight);
                        }
                        any |= on;
                        could |= possible || on;
                    }
                    if any && sum < 0 {
                        (Level::Unmet, *distance)
                    } else if could {
                        (Level::Met, 0)
                    } else {
                        // Nothing to average awaits review.
                        (Level::Review, 0)
                    }
                }
            };
            for floor in &node.floors {
                let (floor_level, short) = match floor {
                    Floor::Sum { need, weights, doubtful, per_unit } => {
                        available(p, state, ix, &mut found);
                        let mut sums = [0_i64; 4];
                        for (item, level) in &found {
                            let level = if doubtful[*item] { (*level).min(Level::Review) } else { *level };
                            sums[level as usize] += weights[*item];
                        }
                        best_level(*need, sums, *per_unit)
                    }
                    Floor::Distinct { need, keys, doubtful, per_key } => {
                        available(p, state, ix, &mut found);
                        let with_key = |(item, level): &(ItemIx, Level)| {
                            Some((keys[*item]?, if doubtful[*item] { (*level).min(Level::Review) } else { *level }))
                        };
                        let mut have: Vec<(u32, Level)> = found.iter().filter_map(with_key).collect();
                        order::sort_short_by_key(&mut have, |(key, level)| (*key, std::cmp::Reverse(*level)));
                        have.dedup_by_key(|(key, _)| *key);
                        let mut sums = [0_i64; 4];
                        have.iter().for_each(|(_, level)| sums[*level as usize] += 1);
                        best_level(i64::try_from(*need).unwrap_or(i64::MAX), sums, *per_key)
                    }
                    Floor::Last(last) => {
                        available(p, state, ix, &mut found);
                        best_last(last, &found, &surely_inside(p, state, ix))
                    }
                    Floor::Unique { other, need, weights, per_unit } => {
                        let is_elsewhere = |item: ItemIx| match other {
                            Other::Target(target) => state.is_present(item, *target),
                            Other::Items(items) => items[item],
                        };
                        let shares = (0..p.items).any(|item| state.is_present(item, node.target) && is_elsewhere(item));
                        if shares {
                            available(p, state, ix, &mut found);
                            let mut sums = [0_i64; 4];
                            let own = found.iter().filter(|(item, _)| !is_elsewhere(*item));
                            own.for_each(|(item, level)| sums[*level as usize] += weights[*item]);
                            best_level(*need, sums, *per_unit)
                        } else {
                            (Level::Met, 0)
                        }
                    }
                    Floor::Share { .. } => (Level::Met, 0),
                };
                level = level.min(floor_level);
                distance = distance.max(short);
            }
            levels[ix] = level;
            distances[ix] = distance;
        }
        Self { levels, distances }
    }
}

/// The level of one of two nodes, if it is not known which of them is asked.
fn either(a: Level, b: Level) -> Level {
    a.max(b).min(Level::Review).max(a.min(b))
}

/// The items that can still come below a node, each at its best level.
fn available(p: &Problem, state: &State<'_>, node: NodeIx, found: &mut Vec<(ItemIx, Level)>) {
    found.clear();
    found.extend(coming(p, state, node));
    each_at_its_best(found);
}

fn coming<'s>(p: &'s Problem, state: &'s State<'_>, node: NodeIx) -> impl Iterator<Item = (ItemIx, Level)> + 's {
    let (from, to) = p.nodes[node].leaves;
    let arcs = (from..to).flat_map(|leaf| &state.tables.of_leaf[leaf]);
    arcs.filter(|arc| state.arcs[**arc] != Arcs::Out).map(|arc| (p.arcs[*arc].item, p.arcs[*arc].level))
}

fn each_at_its_best(found: &mut Vec<(ItemIx, Level)>) {
    order::sort_short_by_key(found, |(item, level)| (*item, std::cmp::Reverse(*level)));
    found.dedup_by_key(|(item, _)| *item);
}

/// The items that are on and count inside a node if it is met, whatever else: what lies between the
/// node and a leaf that has them is met then too, or is met already.
fn surely_inside(p: &Problem, state: &State<'_>, node: NodeIx) -> Vec<ItemIx> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(ix) = open.pop() {
        match &p.nodes[ix].kind {
            NodeKind::Take(leaf) => {
                let on = state.tables.of_leaf[*leaf].iter().filter(|arc| state.arcs[**arc] == Arcs::On);
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

/// Whether what is on already meets a node by itself.
fn is_met(p: &Problem, state: &State<'_>, ix: NodeIx) -> bool {
    let node = &p.nodes[ix];
    node.floors.is_empty()
        && match &node.kind {
            NodeKind::Take(leaf) => {
                let on = state.tables.of_leaf[*leaf].iter().filter(|arc| state.arcs[**arc] == Arcs::On);
                on.map(|arc| p.arcs[*arc].amount).sum::<i64>() >= p.leaves[*leaf].need
            }
            NodeKind::All(of) => of.iter().all(|child| is_met(p, state, *child)),
            NodeKind::AtLeast(k, of) => of.iter().filter(|child| is_met(p, state, **child)).count() >= *k,
            _ => false,
        }
}

/// The best that the last items can come to: with everything that matches, and of the rest only
/// what cannot be left out. More of what matches never takes from it, nor does less of the rest.
fn best_last(last: &Last, found: &[(ItemIx, Level)], sure: &[ItemIx]) -> (Level, i64) {
    let have = |least: Level| {
        let counts = |(item, level): &(ItemIx, Level)| {
            last.is_matching(*item, *level, least) || sure.binary_search(item).is_ok()
        };
        last.have(found.iter().copied().filter(counts), least)
    };
    let level = [Level::Met, Level::InProgress, Level::Review].into_iter().find(|least| have(*least) >= last.need);
    match level {
        Some(level) => (level, 0),
        None => (Level::Unmet, (last.need - have(Level::Review)).saturating_mul(last.per_unit)),
    }
}

fn best_level(need: i64, sums: [i64; 4], per_unit: i64) -> (Level, i64) {
    let mut have = 0;
    for level in [Level::Met, Level::InProgress, Level::Review] {
        have += sums[level as usize];
        if have >= need {
            return (level, 0);
        }
    }
    (Level::Unmet, (need - have).saturating_mul(per_unit))
}
