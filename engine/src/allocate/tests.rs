//! Small problems with known answers; the property tests against brute force are elsewhere.

use super::*;

/// A problem of one target: all of some leaves, each with its need and eligible items.
fn all_of(credits: &[i64], leaves: &[(i64, &[usize])]) -> Problem {
    let mut problem = Problem { items: credits.len(), declared: 1, ..Problem::default() };
    problem.targets.push(Target { root: 0 });
    problem.nodes.push(Node {
        target: 0,
        kind: NodeKind::All((1..=leaves.len()).collect()),
        floors: Vec::new(),
        leaves: (0, leaves.len()),
    });
    for (ix, (need, _)) in leaves.iter().enumerate() {
        problem.nodes.push(Node { target: 0, kind: NodeKind::Take(ix), floors: Vec::new(), leaves: (ix, ix + 1) });
        problem.leaves.push(Leaf { node: ix + 1, target: 0, need: *need, per_unit: 1, share: None });
    }
    for item in 0..credits.len() {
        for (leaf, (_, eligible)) in leaves.iter().enumerate() {
            if eligible.contains(&item) {
                problem.arcs.push(Arc { item, leaf, amount: credits[item], level: Level::Met });
            }
        }
    }
    problem
}

fn check(problem: &Problem, level: Level, distance: i64, items: &[usize]) {
    let allocation = allocate(problem, 10_000);
    let mut evaluator = Evaluator::new(problem);
    let evaluation = evaluator.run(allocation.arcs.iter().copied());
    assert_eq!((evaluation.levels[0], evaluation.distances[0]), (level, distance));
    let mut used: Vec<usize> = allocation.arcs.iter().map(|a| problem.arcs[*a].item).collect();
    used.dedup();
    assert_eq!(used, items);
    assert!(allocation.level_proved[0] && allocation.distance_proved[0] && allocation.tie_proved, "{allocation:?}");
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
    problem.leaves[1].per_unit = 3;
    for arc in problem.arcs.iter_mut().filter(|arc| arc.leaf == 1) {
        arc.amount = 1;
    }
    check(&problem, Level::Unmet, 6, &[0, 1, 2]);
}
