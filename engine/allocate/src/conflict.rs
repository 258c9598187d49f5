//! Why not: a smallest set of requirements that could each be met, and cannot be met together.
//!
//! From all that a target asks for at once, and the targets before it that come first, one part
//! after the other is left out for as long as the rest still cannot be met (the deletion filter of
//! J. W. Chinneck and E. W. Dravnieks, "Locating minimal infeasible constraint sets in linear
//! programs", ORSA Journal on Computing 3, 1991). What remains is infeasible, and is not without any
//! one of its parts.

use credstack_base::order;

use super::evaluate::Evaluator;
use super::goal::{Aim, Goal, Least, require};
use super::index::{self, ArcIx, ItemIx, LeafIx, NodeIx, Table, TargetIx};
use super::level::Level;
use super::lookup::Lookup;
use super::problem::{Node, NodeKind, Problem, Target};
use super::search::Searcher;

/// Something that is asked for as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A leaf of the target in question.
    Leaf(LeafIx),
    /// Another target, at the level that it has reached.
    Target(TargetIx),
}

/// Parts that cannot be met together, though any of them can be left out to meet the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The parts, at least two; other targets first.
    pub parts: Vec<Part>,
    /// The items that can serve the leaves among them.
    pub items: Vec<ItemIx>,
    /// Where counting suffices: what the leaves need together, and the most that all the items give
    /// them, each where it gives most. In distance.
    pub cut: Option<(i64, i64)>,
    /// Search steps taken.
    pub steps: u64,
}

/// Find the conflict that keeps a target from being met, if there is one among its leaves and the targets
/// before it. `arcs` is an allocation that is as good as any. `None` also if so many steps do not
/// suffice to be sure.
#[must_use]
pub fn conflict(problem: &Problem, target: TargetIx, arcs: &[ArcIx], budget: u64) -> Option<Conflict> {
    let lookup = Lookup::new(problem);
    let mut evaluator = Evaluator::new(problem);
    let evaluation = evaluator.run(arcs.iter().copied());
    let level_of = |node: NodeIx| evaluation.levels[node];
    let leaves = asked_at_once(problem, target);
    // Where a cap is a percentage, leaving a leaf out can make what remains harder.
    let own = problem.nodes[problem.targets[target].root].leaves;
    if problem.caps.iter().filter(|cap| cap.is_relative()).any(|cap| cap.leaves.0 < own.1 && own.0 < cap.leaves.1) {
        return None;
    }
    let mut steps = 0;
    let mut can = |parts: &[Part]| -> Option<bool> {
        let part = restricted(problem, target, parts);
        let levels: Vec<(TargetIx, Level)> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Target(other) => Some((*other, level_of(problem.targets[*other].root))),
                Part::Leaf(_) => None,
            })
            .collect();
        let (answer, took) = is_feasible(&part, target, &levels, budget.saturating_sub(steps));
        steps += took;
        answer
    };
    let possible = |leaf: &LeafIx| {
        let all: i64 = lookup.of_leaf[*leaf].iter().map(|arc| problem.arcs[*arc].amount).sum();
        problem.leaves[*leaf].need > 0 && all >= problem.leaves[*leaf].need
    };
    let mut alone: Vec<LeafIx> = leaves.into_iter().filter(possible).collect();
    if alone.iter().all(|leaf| level_of(problem.leaves[*leaf].node) != Level::Unmet) {
        return None;
    }
    let mut sure = true;
    alone.retain(|leaf| {
        let answer = can(&[Part::Leaf(*leaf)]);
        sure &= answer.is_some();
        answer == Some(true)
    });
    let first = index::between((TargetIx::new(0), target))
        .filter(|other| level_of(problem.targets[*other].root) != Level::Unmet);
    let mut parts: Vec<Part> = first.map(Part::Target).chain(alone.into_iter().map(Part::Leaf)).collect();
    if !sure || can(&parts)? {
        return None;
    }
    // Other targets go first, so that a conflict within the target is found where there is one.
    let mut at = 0;
    while at < parts.len() {
        let mut fewer = parts.clone();
        fewer.remove(at);
        if can(&fewer)? {
            at += 1;
        } else {
            parts = fewer;
        }
    }
    let in_question = |leaf: &LeafIx| parts.contains(&Part::Leaf(*leaf));
    let mut items: Vec<ItemIx> = problem.arcs.iter().filter(|arc| in_question(&arc.leaf)).map(|arc| arc.item).collect();
    order::sort_short(&mut items);
    items.dedup();
    let cut = cut(problem, &parts, &items);
    Some(Conflict { parts, items, cut, steps })
}

/// Return the leaves that a target asks for at once, whatever else: nothing but conjunctions above them.
fn asked_at_once(p: &Problem, target: TargetIx) -> Vec<LeafIx> {
    let mut found = Vec::new();
    let mut open = vec![p.targets[target].root];
    while let Some(node) = open.pop() {
        match &p.nodes[node].kind {
            NodeKind::Take(leaf) => found.push(*leaf),
            NodeKind::All(of) => open.extend(of),
            NodeKind::AtLeast(k, of) if *k == of.len() => open.extend(of),
            _ => {}
        }
    }
    order::sort_short(&mut found);
    found
}

/// Return what the leaves need and what the items can give at most, if that is less: no item serves two
/// leaves of a target that do not share.
fn cut(p: &Problem, parts: &[Part], items: &[ItemIx]) -> Option<(i64, i64)> {
    let mut leaves = Vec::new();
    for part in parts {
        match part {
            Part::Leaf(leaf) if p.leaves[*leaf].share.is_none() => leaves.push(*leaf),
            _ => return None,
        }
    }
    let per_unit = p.leaves[*leaves.first()?].per_unit;
    if leaves.iter().any(|leaf| p.leaves[*leaf].per_unit != per_unit) {
        return None;
    }
    let need: i64 = leaves.iter().map(|leaf| p.leaves[*leaf].need).sum();
    let gives = |item: &ItemIx| {
        let arcs = p.arcs.iter().filter(|arc| arc.item == *item && leaves.contains(&arc.leaf));
        arcs.map(|arc| arc.amount).max().unwrap_or(0)
    };
    let most: i64 = items.iter().map(gives).sum();
    (most < need).then(|| (need.saturating_mul(per_unit), most.saturating_mul(per_unit)))
}

/// Return the problem that asks for nothing but some parts. Leaves and items keep their numbers; what a
/// target that is left out would take is taken by nobody.
#[must_use]
pub fn restricted(p: &Problem, target: TargetIx, parts: &[Part]) -> Problem {
    let mut whole: Vec<TargetIx> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Target(other) => Some(*other),
            Part::Leaf(_) => None,
        })
        .collect();
    // What those hold comes along.
    let mut next = 0;
    while let Some(other) = whole.get(next).copied() {
        next += 1;
        for node in p.nodes.iter().filter(|node| node.target == other) {
            if let NodeKind::Held(held, _) = node.kind
                && held != target
                && !whole.contains(&held)
            {
                whole.push(held);
            }
        }
    }
    let mut new = Problem {
        nodes: Table::new(),
        targets: Table::new(),
        leaves: p.leaves.clone(),
        arcs: Table::new(),
        ..p.clone()
    };
    let mut kept = Table::filled(false, p.leaves.len());
    for other in p.targets.ixs() {
        let root = new.nodes.end();
        new.targets.push(Target { root });
        let leaves = p.nodes[p.targets[other].root].leaves;
        if other == target {
            let own: Vec<LeafIx> = index::between(leaves).filter(|leaf| parts.contains(&Part::Leaf(*leaf))).collect();
            let first = root.next();
            let children = index::between((first, NodeIx::new(first.index() + own.len()))).collect();
            new.nodes.push(Node { target: other, kind: NodeKind::All(children), floors: Vec::new(), leaves });
            for leaf in own {
                kept[leaf] = true;
                new.leaves[leaf].node = new.nodes.end();
                let kind = NodeKind::Take(leaf);
                new.nodes.push(Node { target: other, kind, floors: Vec::new(), leaves: (leaf, leaf.next()) });
            }
        } else if whole.contains(&other) {
            kept.fill_between(leaves, true);
            copy_tree(p, other, &mut new);
        } else {
            let kind = NodeKind::Known(Level::Met, 0);
            new.nodes.push(Node { target: other, kind, floors: Vec::new(), leaves });
        }
    }
    new.arcs = p.arcs.iter().filter(|arc| kept[arc.leaf]).cloned().collect();
    new
}

/// Copy the tree of a target.
fn copy_tree(p: &Problem, target: TargetIx, new: &mut Problem) {
    let old: Vec<NodeIx> = p.nodes.ixs().filter(|node| p.nodes[*node].target == target).collect();
    let first = new.nodes.len();
    // INVARIANT: the nodes of a tree keep their order, so children still come after their parent.
    let at = |node: &NodeIx| NodeIx::new(first + old.binary_search(node).unwrap_or(0));
    let all = |of: &[NodeIx]| of.iter().map(at).collect::<Vec<_>>();
    for ix in &old {
        let node = &p.nodes[*ix];
        let kind = match &node.kind {
            NodeKind::All(of) => NodeKind::All(all(of)),
            NodeKind::AtLeast(k, of) => NodeKind::AtLeast(*k, all(of)),
            NodeKind::Amount(amount) => {
                let mut amount = amount.clone();
                amount.of = all(&amount.of);
                NodeKind::Amount(amount)
            }
            NodeKind::Either(a, b) => NodeKind::Either(at(a), at(b)),
            NodeKind::When(test, a, b) => NodeKind::When(at(test), at(a), at(b)),
            NodeKind::Not(child, distance) => NodeKind::Not(at(child), *distance),
            NodeKind::Step(child, distance) => NodeKind::Step(at(child), *distance),
            NodeKind::Take(leaf) => {
                new.leaves[*leaf].node = new.nodes.end();
                node.kind.clone()
            }
            NodeKind::Known(..) | NodeKind::Held(..) | NodeKind::Average(..) => node.kind.clone(),
        };
        new.nodes.push(Node { kind, ..node.clone() });
    }
}

/// Return whether some allocation meets a target at any level beside others at theirs, if so many steps
/// suffice to know; and the steps taken.
fn is_feasible(p: &Problem, target: TargetIx, levels: &[(TargetIx, Level)], budget: u64) -> (Option<bool>, u64) {
    let lookup = Lookup::new(p);
    let mut search = Searcher::new(p, &lookup, budget);
    let mut aims = Table::filled(Aim::Open(None), p.targets.len());
    for (other, level) in levels {
        aims = require(p, &aims, *other, *level);
    }
    aims = require(p, &aims, target, Level::Review);
    let goal = Goal::new(aims, Least::Level(target));
    if search.value(&[], &goal).is_some() {
        return (Some(true), 0);
    }
    let found = search.search(&goal, None, budget);
    let answer = match (found.best.is_some(), found.proved) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    (answer, search.steps)
}
