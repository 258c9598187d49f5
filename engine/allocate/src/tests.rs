//! Small problems with known answers; the property tests against brute force are elsewhere.

use super::*;

/// Return a problem of one target: all of some leaves, each with its need and eligible items.
pub(super) fn all_of(credits: &[i64], leaves: &[(i64, &[usize])]) -> Problem {
    let mut problem = Problem { items: credits.len(), declared: 1, ..Problem::default() };
    let (root, target) = (NodeIx::new(0), TargetIx::new(0));
    problem.targets.push(Target { root });
    problem.nodes.push(Node {
        target,
        kind: NodeKind::All((1..=leaves.len()).map(NodeIx::new).collect()),
        floors: Vec::new(),
        leaves: (LeafIx::new(0), LeafIx::new(leaves.len())),
    });
    for (need, _) in leaves {
        let (node, leaf) = (problem.nodes.end(), problem.leaves.end());
        let kind = NodeKind::Take(leaf);
        problem.nodes.push(Node { target, kind, floors: Vec::new(), leaves: (leaf, leaf.next()) });
        problem.leaves.push(Leaf { node, target, need: *need, per_unit: 1, share: None });
    }
    for (item, credits) in credits.iter().enumerate() {
        for (leaf, (_, eligible)) in leaves.iter().enumerate() {
            if eligible.contains(&item) {
                let (item, leaf) = (ItemIx::new(item), LeafIx::new(leaf));
                problem.arcs.push(Arc { item, leaf, amount: *credits, level: Level::Met });
            }
        }
    }
    problem
}

/// Ask the tree for one thing more, which takes nothing.
fn also(problem: &mut Problem, kind: NodeKind) {
    let (root, target, end) = (NodeIx::new(0), TargetIx::new(0), problem.leaves.end());
    let node = problem.nodes.push(Node { target, kind, floors: Vec::new(), leaves: (end, end) });
    if let NodeKind::All(of) = &mut problem.nodes[root].kind {
        of.push(node);
    }
}

fn check(problem: &Problem, level: Level, distance: i64, items: &[usize]) {
    let allocation = allocate(problem, 10_000);
    let mut evaluator = Evaluator::new(problem);
    let evaluation = evaluator.run(allocation.arcs.iter().copied());
    let root = NodeIx::new(0);
    assert_eq!((evaluation.levels[root], evaluation.distances[root]), (level, distance));
    let mut used: Vec<usize> = allocation.arcs.iter().map(|arc| problem.arcs[*arc].item.index()).collect();
    used.dedup();
    assert_eq!(used, items);
    let target = TargetIx::new(0);
    assert!(
        allocation.level_proved[target] && allocation.distance_proved[target] && allocation.tie_proved,
        "{allocation:?}"
    );
}

#[test]
fn first_fit_would_fail() {
    // The first leaf must leave item 0 to the second.
    check(&all_of(&[3, 3], &[(3, &[0, 1]), (3, &[0])]), Level::Met, 0, &[0, 1]);
}

#[test]
fn whole_items_are_never_split() {
    // Six credits in all, but no way to make three and three of whole items.
    check(&all_of(&[4, 2], &[(3, &[0, 1]), (3, &[0, 1])]), Level::Unmet, 1, &[0, 1]);
}

#[test]
fn uses_few_and_early_items() {
    check(&all_of(&[1, 1, 1, 3, 3], &[(3, &[0, 1, 2, 3, 4])]), Level::Met, 0, &[3]);
}

#[test]
fn nothing_needs_nothing() {
    check(&all_of(&[3], &[(0, &[0])]), Level::Met, 0, &[]);
}

#[test]
fn what_is_counted_by_number_weighs_as_the_catalog_says() {
    // Item 2 would bring the first leaf from six to four, and the second from three to nothing.
    let mut problem = all_of(&[3, 1, 2], &[(6, &[2]), (3, &[0, 1, 2])]);
    problem.leaves[LeafIx::new(1)].per_unit = 3;
    for arc in problem.arcs.iter_mut().filter(|arc| arc.leaf == LeafIx::new(1)) {
        arc.amount = 1;
    }
    check(&problem, Level::Unmet, 6, &[0, 1, 2]);
}

#[test]
fn the_cheaper_of_two_that_are_else_alike_is_used() {
    let mut problem = all_of(&[3, 3], &[(3, &[0, 1])]);
    problem.costs = vec![5, 1].into();
    check(&problem, Level::Met, 0, &[1]);
}

#[test]
fn thousands_of_items_that_nothing_tells_apart_are_looked_at_once() {
    let all: Vec<usize> = (0..3000).collect();
    let allocation = allocate(&all_of(&vec![3; 3000], &[(9, &all), (6, &all), (7, &all)]), 10_000);
    assert_eq!(allocation.arcs.len(), 8);
    assert!(allocation.level_proved[TargetIx::new(0)] && allocation.steps < 2_000, "{}", allocation.steps);
}

#[test]
fn an_exact_partition_is_found_among_what_misleads() {
    // Thirty credits for thirty: every leaf has to be filled without a credit too many.
    let credits = [4, 4, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1];
    let all: Vec<usize> = (0..credits.len()).collect();
    let leaves: Vec<(i64, &[usize])> = vec![(7, &all[..9]), (8, &all[..7]), (9, &all[2..]), (6, &all[5..])];
    let allocation = allocate(&all_of(&credits, &leaves), 20_000);
    let target = TargetIx::new(0);
    assert!(allocation.level_proved[target] && allocation.distance_proved[target], "{allocation:?}");
}

#[test]
fn what_counts_less_surely_may_still_lift_an_average() {
    // Item 0 is enough but spoils the average; item 1 is unsure and lifts it.
    let mut problem = all_of(&[1, 1], &[(1, &[0, 1])]);
    let average = NodeKind::Average(vec![Some(-1), Some(1)].into(), 3);
    also(&mut problem, average);
    problem.arcs[ArcIx::new(1)].level = Level::Review;
    let allocation = allocate(&problem, 10_000);
    assert_eq!(Evaluator::new(&problem).run(allocation.arcs.iter().copied()).levels[NodeIx::new(0)], Level::Met);
}

#[test]
fn amounts_at_the_limits_neither_overflow_nor_prove_what_is_not_so() {
    let far = 999_999_000_000;
    let mut problem = all_of(&[1, 1], &[(1, &[0]), (1, &[1])]);
    also(&mut problem, NodeKind::Known(Level::Unmet, far));
    check(&problem, Level::Unmet, far, &[0, 1]);
    problem.leaves.iter_mut().for_each(|leaf| leaf.per_unit = i64::MAX / 2);
    problem.arcs = Table::new();
    let mut evaluator = Evaluator::new(&problem);
    assert_eq!(evaluator.run(allocate(&problem, 1_000).arcs).distances[NodeIx::new(0)], i64::MAX);
}
