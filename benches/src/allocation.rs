//! Allocation by itself: problems of numbers, drawn or from the conformance data.

use std::collections::BTreeMap;
use std::path::Path;

use credstack_engine::allocate::{
    Allocation, Arc, Cap, Ceiling, Evaluator, Leaf, Level, Node, NodeKind, Pair, Problem, Sharing, Target,
};
use credstack_tests::adapters::allocation::{Answer, HowMuch, Instance, Item, Need, Share};
use credstack_tests::adapters::{allocation, source};

use crate::Fault;
use crate::dice::Dice;

/// A missing item is worth so many credits in a distance.
const ITEM: i64 = 3;

/// The instances of the conformance data that have our objective.
///
/// # Errors
/// If they cannot be read.
pub fn of_data(data: &Path) -> Result<Vec<Instance>, Fault> {
    source::json_lines(&data.join("allocation").join("declared.jsonl.gz"))
}

/// An instance like a student's degree, minor and certificate: 40 courses, three groups that may
/// share six credits, four requirements each, and a cap in every third.
#[must_use]
pub fn drawn(seed: u64) -> Instance {
    let mut dice = Dice::new(seed);
    let (items, groups): (u32, u32) = (40, 3);
    let name = |n: u32| format!("i{n:02}");
    let group = |n: u32| format!("g{n}");
    let requirements = (0..groups * 4).map(|n| {
        let count = dice.between(8, 15) as usize;
        let eligible: Vec<u32> = dice.choose(count, items);
        let need =
            if dice.below(3) == 0 { HowMuch::Count(dice.between(2, 3)) } else { HowMuch::Credits(dice.between(6, 12)) };
        let caps = (n % 3 == 0)
            .then(|| allocation::Cap { items: eligible.iter().take(4).map(|i| name(*i)).collect(), max_credits: 6 });
        Need {
            id: format!("r{n:02}"),
            group: group(n / 4),
            need,
            eligible: eligible.into_iter().map(name).collect(),
            caps: caps.into_iter().collect(),
        }
    });
    Instance {
        requirements: requirements.collect(),
        id: format!("drawn-{seed}"),
        family: "drawn".to_owned(),
        items: (0..items).map(|n| Item { id: name(n), credits: dice.between(1, 4) }).collect(),
        groups: (0..groups).map(group).collect(),
        share: [(0, 1), (0, 2), (1, 2)].map(|(a, b)| Share { a: group(a), b: group(b), max_credits: 6 }).into(),
        max_uses: 2,
        answer: Answer { complete: BTreeMap::new(), distance: BTreeMap::new() },
    }
}

/// An instance as a problem: a target for each group, all of its requirements.
#[must_use]
pub fn problem(instance: &Instance) -> Problem {
    let of_item = |id: &str| instance.items.iter().position(|item| item.id == id);
    let of_group = |id: &str| instance.groups.iter().position(|group| group == id);
    let credits: Vec<i64> = instance.items.iter().map(|item| i64::from(item.credits)).collect();
    let weights = |ids: &[String]| -> Vec<i64> {
        let mut weights = vec![0; credits.len()];
        for item in ids.iter().filter_map(|id| of_item(id)) {
            weights[item] = credits[item];
        }
        weights
    };
    let mut problem = Problem { items: credits.len(), declared: instance.groups.len(), ..Problem::default() };
    for (target, group) in instance.groups.iter().enumerate() {
        let (root, first) = (problem.nodes.len(), problem.leaves.len());
        let needs: Vec<&Need> = instance.requirements.iter().filter(|need| need.group == *group).collect();
        let leaves = (first, first + needs.len());
        let children = (root + 1..=root + needs.len()).collect();
        problem.targets.push(Target { root });
        problem.nodes.push(Node { target, kind: NodeKind::All(children), floors: Vec::new(), leaves });
        for need in needs {
            let (leaf, node) = (problem.leaves.len(), problem.nodes.len());
            let (amount, per_unit) = match need.need {
                HowMuch::Credits(n) => (i64::from(n), 1),
                HowMuch::Count(n) => (i64::from(n), ITEM),
            };
            problem.nodes.push(Node {
                target,
                kind: NodeKind::Take(leaf),
                floors: Vec::new(),
                leaves: (leaf, leaf + 1),
            });
            problem.leaves.push(Leaf { node, target, need: amount, per_unit, share: None });
            for item in need.eligible.iter().filter_map(|id| of_item(id)) {
                let amount = if matches!(need.need, HowMuch::Count(_)) { 1 } else { credits[item] };
                problem.arcs.push(Arc { item, leaf, amount, level: Level::Met });
            }
            for cap in &need.caps {
                problem.caps.push(Cap {
                    leaves: (leaf, leaf + 1),
                    weights: weights(&cap.items),
                    bound: i64::from(cap.max_credits),
                    rounded: None,
                });
            }
        }
    }
    problem.arcs.sort_by_key(|arc| (arc.item, arc.leaf));
    for a in 0..instance.groups.len() {
        for b in a + 1..instance.groups.len() {
            let listed = instance.share.iter().find(|share| {
                let pair = (of_group(&share.a), of_group(&share.b));
                pair == (Some(a), Some(b)) || pair == (Some(b), Some(a))
            });
            let sharing = if listed.is_some() { Sharing::Bounded } else { Sharing::Never };
            let bounds = listed.map(|share| (credits.clone(), i64::from(share.max_credits)));
            problem.pairs.push(Pair {
                a,
                b,
                items: vec![sharing; credits.len()],
                bounds: bounds.into_iter().collect(),
            });
        }
    }
    problem.ceilings.push(Ceiling {
        max: vec![instance.max_uses as usize; credits.len()],
        targets: vec![true; instance.groups.len()],
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
    /// The budget ran out before it was proved.
    Undecided,
}

/// Compares an allocation with the truth of its instance.
#[must_use]
pub fn judge(instance: &Instance, problem: &Problem, allocation: &Allocation) -> Verdict {
    let mut evaluator = Evaluator::new(problem);
    let achieved = evaluator.run(allocation.arcs.iter().copied());
    for (target, group) in instance.groups.iter().enumerate() {
        if !allocation.level_proved[target] || !allocation.distance_proved[target] {
            return Verdict::Undecided;
        }
        let root = problem.targets[target].root;
        let complete = instance.answer.complete.get(group).is_none_or(|c| *c == (achieved.levels[root] == Level::Met));
        let distance = instance.answer.distance.get(group).is_none_or(|d| i64::from(*d) == achieved.distances[root]);
        if !complete || !distance {
            return Verdict::Wrong;
        }
    }
    Verdict::Right
}
