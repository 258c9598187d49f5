//! What trees still lack along the best way through them.

use std::cmp::Reverse;

use credstack_base::order;

use crate::evaluate::Evaluator;
use crate::goal::{Aim, Goal};
use crate::index::{self, ArcIx, ItemIx, LeafIx, NodeIx, Table, TargetIx};
use crate::level::{Branch, Level};
use crate::problem::{Arc, Floor, Node, NodeKind, Problem};

/// Something that a tree still lacks.
#[derive(Debug)]
pub(super) enum Shortfall {
    /// More items for a leaf.
    Leaf(LeafIx),
    /// More items of positive weight below a node, until so much is reached.
    Weight(NodeIx, Table<ItemIx, i64>, i64),
}

/// Return what is still lacking along the best way through each tree, by the latest evaluation: first in
/// the trees that must be met.
pub(super) fn shortfalls(p: &Problem, evaluator: &Evaluator<'_>, goal: &Goal) -> Vec<Shortfall> {
    let evaluation = evaluator.latest();
    let mut found = Vec::new();
    let urgency = |aim: &Aim| match aim {
        Aim::Required(_) => 0,
        Aim::Open(_) => 1,
        Aim::Idle => 2,
    };
    let mut targets: Vec<TargetIx> = p.targets.ixs().filter(|target| goal.aims[*target] != Aim::Idle).collect();
    order::sort_by_key(&mut targets, |target| urgency(&goal.aims[*target]));
    for target in targets {
        let least = match goal.aims[target] {
            Aim::Required(level) => level,
            Aim::Open(_) | Aim::Idle => Level::Review,
        };
        // What is asked to be held more than once is gone into once.
        let mut entered = vec![target];
        let mut open = vec![p.targets[target].root];
        while let Some(ix) = open.pop() {
            if evaluation.levels[ix] >= least {
                continue;
            }
            let node = &p.nodes[ix];
            for floor in &node.floors {
                let state = evaluator.floor(ix, floor, evaluation.levels[ix] != Level::Unmet);
                if state.short > 0 || state.level < least {
                    let weights = weights(p, evaluator, node, floor, least);
                    found.push(Shortfall::Weight(ix, weights, (state.short / per_unit(floor)).max(1)));
                }
            }
            let mut nearest = |k: usize, of: &[NodeIx]| {
                let mut of = of.to_vec();
                order::sort_short_by_key(&mut of, |node| {
                    (Reverse(evaluation.levels[*node].min(least)), evaluation.distances[*node], *node)
                });
                open.extend(of.into_iter().take(k).rev());
            };
            match &node.kind {
                NodeKind::Take(leaf) => found.push(Shortfall::Leaf(*leaf)),
                NodeKind::All(of) => nearest(of.len(), of),
                NodeKind::AtLeast(k, of) => nearest(*k, of),
                NodeKind::Amount(amount) => {
                    nearest(amount.of.len(), &amount.of);
                    found.push(Shortfall::Weight(ix, amount.amounts.clone(), amount.need));
                }
                NodeKind::Either(a, b) => nearest(if least > Level::Review { 2 } else { 1 }, &[*a, *b]),
                NodeKind::When(test, a, b) => match evaluation.levels[*test].branch() {
                    Branch::Otherwise => open.push(*b),
                    Branch::Then | Branch::Unknown => open.push(*a),
                },
                NodeKind::Held(other, _) if entered.contains(other) => {}
                NodeKind::Held(other, _) => {
                    entered.push(*other);
                    open.push(p.targets[*other].root);
                }
                NodeKind::Step(child, _) => open.push(*child),
                NodeKind::Known(..) | NodeKind::Not(..) | NodeKind::Average(..) => {}
            }
        }
    }
    found
}

/// Return what each item would bring to a floor.
fn weights(p: &Problem, evaluator: &Evaluator<'_>, node: &Node, floor: &Floor, least: Level) -> Table<ItemIx, i64> {
    match floor {
        Floor::Sum { weights, .. } | Floor::Unique { weights, .. } => weights.clone(),
        Floor::Share { weights, matches, doubtful, .. } => {
            p.item_ixs().map(|item| if matches[item] || doubtful[item] { weights[item] } else { 0 }).collect()
        }
        Floor::Last(last) => last.asked(),
        Floor::Distinct { keys, doubtful, .. } => {
            let counts = |arc: &&ArcIx| {
                let Arc { item, level, .. } = p.arcs[**arc];
                level >= least && (least <= Level::Review || !doubtful[item])
            };
            let on = index::between(node.leaves).flat_map(|leaf| evaluator.arcs_at(leaf)).filter(counts);
            let had: Vec<u32> = on.filter_map(|arc| keys[p.arcs[*arc].item]).collect();
            keys.iter().map(|key| i64::from(key.is_some_and(|key| !had.contains(&key)))).collect()
        }
    }
}

/// Return what a unit of a floor is worth in distance; at least one.
fn per_unit(floor: &Floor) -> i64 {
    let per_unit = match floor {
        Floor::Sum { per_unit, .. } | Floor::Unique { per_unit, .. } | Floor::Share { per_unit, .. } => *per_unit,
        Floor::Last(last) => last.per_unit,
        Floor::Distinct { per_key, .. } => *per_key,
    };
    per_unit.max(1)
}
