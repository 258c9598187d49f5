//! Instances as problems of numbers, and what an allocation of them is worth.

use credstack_engine::allocate::{
    Allocation, Arc, Cap, Ceiling, Evaluator, ItemIx, Leaf, LeafIx, Level, Node, NodeIx, NodeKind, Pair, Problem,
    Sharing, Table, Target, TargetIx, between,
};

use super::{HowMuch, Instance, Need};

/// A missing item is worth so many credits in a distance.
const ITEM: i64 = 3;

/// An instance as a problem: a target for each group, all of its requirements. In a weighted instance
/// a requirement is met or lost as a whole, at the distance of its weight, and credits cost.
#[must_use]
pub fn problem(instance: &Instance) -> Problem {
    let of_item = |id: &str| instance.items.iter().position(|item| item.id == id).map(ItemIx::new);
    let of_group = |id: &str| instance.groups.iter().position(|group| group == id).map(TargetIx::new);
    let credits: Table<ItemIx, i64> = instance.items.iter().map(|item| i64::from(item.credits)).collect();
    let weights = |ids: &[String]| -> Table<ItemIx, i64> {
        let mut weights = Table::filled(0, credits.len());
        for item in ids.iter().filter_map(|id| of_item(id)) {
            weights[item] = credits[item];
        }
        weights
    };
    let mut problem = Problem { items: credits.len(), declared: instance.groups.len(), ..Problem::default() };
    for group in &instance.groups {
        let (root, first) = (problem.nodes.end(), problem.leaves.end());
        let needs: Vec<&Need> = instance.requirements.iter().filter(|need| need.group == *group).collect();
        let leaves = (first, LeafIx::new(first.index() + needs.len()));
        let weighted = instance.optimum.is_some();
        let nodes_each = if weighted { 2 } else { 1 };
        let children = (0..needs.len()).map(|n| NodeIx::new(root.index() + 1 + n * nodes_each)).collect();
        let target = problem.targets.push(Target { root });
        problem.nodes.push(Node { target, kind: NodeKind::All(children), floors: Vec::new(), leaves });
        for need in needs {
            let leaf = problem.leaves.end();
            if weighted {
                let kind = NodeKind::Step(problem.nodes.end().next(), i64::from(need.weight));
                problem.nodes.push(Node { target, kind, floors: Vec::new(), leaves: (leaf, leaf.next()) });
            }
            let node = problem.nodes.end();
            let (amount, per_unit) = match need.need {
                HowMuch::Credits(n) => (i64::from(n), 1),
                HowMuch::Count(n) => (i64::from(n), ITEM),
            };
            problem.nodes.push(Node {
                target,
                kind: NodeKind::Take(leaf),
                floors: Vec::new(),
                leaves: (leaf, leaf.next()),
            });
            problem.leaves.push(Leaf { node, target, need: amount, per_unit, share: None });
            for item in need.eligible.iter().filter_map(|id| of_item(id)) {
                let amount = if matches!(need.need, HowMuch::Count(_)) { 1 } else { credits[item] };
                problem.arcs.push(Arc { item, leaf, amount, level: Level::Met });
            }
            for cap in &need.caps {
                problem.caps.push(Cap {
                    leaves: (leaf, leaf.next()),
                    weights: weights(&cap.items),
                    bound: i64::from(cap.max_credits),
                    rounded: None,
                });
            }
        }
    }
    problem.arcs.as_list().sort_by_key(|arc| (arc.item, arc.leaf));
    for a in problem.targets.ixs() {
        for b in between((a.next(), problem.targets.end())) {
            let listed = instance.share.iter().find(|share| {
                let pair = (of_group(&share.a), of_group(&share.b));
                pair == (Some(a), Some(b)) || pair == (Some(b), Some(a))
            });
            let sharing = if listed.is_some() { Sharing::Bounded } else { Sharing::Never };
            let bounds = listed.map(|share| (credits.clone(), i64::from(share.max_credits)));
            problem.pairs.push(Pair {
                a,
                b,
                items: Table::filled(sharing, credits.len()),
                bounds: bounds.into_iter().collect(),
            });
        }
    }
    if instance.optimum.is_some() {
        problem.joint = true;
        problem.costs = Table::filled(0, credits.len());
        problem.use_costs.clone_from(&credits);
    }
    problem.ceilings.push(Ceiling {
        max: Table::filled(instance.max_uses as usize, credits.len()),
        targets: Table::filled(true, instance.groups.len()),
    });
    problem
}

/// How an allocation compares with what is known of its instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is proved, and what it achieves is the truth if that is known.
    Right,
    /// It is said to be proved, and is not the truth.
    Wrong,
    /// It is the truth, and is not said to be proved.
    Unproved,
    /// The budget ran out before it was proved.
    Undecided,
}

/// Compares an allocation with the truth of its instance.
#[must_use]
pub fn judge(instance: &Instance, problem: &Problem, allocation: &Allocation) -> Verdict {
    let mut evaluator = Evaluator::new(problem);
    let achieved = evaluator.run(allocation.arcs.iter().copied());
    let distance = |target: TargetIx| achieved.distances[problem.targets[target].root];
    if !allocation.level_proved.iter().chain(&allocation.distance_proved).all(|proved| *proved) {
        return Verdict::Undecided;
    }
    if let Some(optimum) = &instance.optimum {
        let all: u32 = instance.requirements.iter().map(|need| need.weight).sum();
        let lost: i64 = problem.targets.ixs().map(distance).sum();
        let is_best = i64::from(all) - lost == i64::from(optimum.weight);
        let is_cheapest = problem.cost(&allocation.arcs) == i64::from(optimum.used_credits);
        return match (is_best && is_cheapest, allocation.cost_proved) {
            (true, true) => Verdict::Right,
            (false, true) => Verdict::Wrong,
            (true, false) => Verdict::Unproved,
            (false, false) => Verdict::Undecided,
        };
    }
    let Some(answer) = &instance.answer else { return Verdict::Right };
    for (target, group) in problem.targets.ixs().zip(&instance.groups) {
        let root = problem.targets[target].root;
        let complete = answer.complete.get(group).is_none_or(|c| *c == (achieved.levels[root] == Level::Met));
        if !complete || answer.distance.get(group).is_some_and(|d| i64::from(*d) != distance(target)) {
            return Verdict::Wrong;
        }
    }
    Verdict::Right
}
