//! The allocation of items to leaves: exact, bounded, deterministic.
//!
//! [`allocate`] knows nothing of catalogs: it takes a [`Problem`] of numbers and gives back which
//! arcs are used. It follows the objective of a joint determination one part at a time, each part
//! being a branch-and-bound search under what the parts before it have settled: the best level of
//! each declared target in order; the least distance of each that stays open, in order; the fewest
//! items; and among equals the set of items that comes first in their order.

mod augment;
mod conflict;
mod cover;
mod evaluate;
mod optimism;
mod prices;
mod problem;
mod search;
mod state;
mod supply;
mod twins;
mod walk;

#[cfg(test)]
mod tests;

pub use conflict::{Conflict, Part, conflict, restricted};
pub use evaluate::{Evaluation, Evaluator, FloorState};
pub use problem::*;
pub use twins::twins;

use credstack_base::order;

use search::{Aim, Goal, Least, Searcher};
use state::Tables;

/// The best allocation found, and how sure that is.
#[derive(Clone, Debug, Default)]
pub struct Allocation {
    /// The arcs in use, in order.
    pub arcs: Vec<ArcIx>,
    /// For each declared target, whether no allocation reaches a better level, given the targets before it.
    pub level_proved: Vec<bool>,
    /// For each declared target, whether no allocation has a smaller distance, given the levels of
    /// all and the distances of those before it.
    pub distance_proved: Vec<bool>,
    /// Whether no equally good allocation costs less.
    pub cost_proved: bool,
    /// Whether beside that none uses items that come earlier.
    pub tie_proved: bool,
    /// Search steps taken.
    pub steps: u64,
}

/// The part of a budget that the search for the fewest items may take, and of what is then left,
/// the search for the earliest ones.
const TIE_STEPS: u64 = 100;

/// Finds the best allocation, taking at most `budget` steps.
#[must_use]
pub fn allocate(problem: &Problem, budget: u64) -> Allocation {
    let declared = problem.declared;
    if problem.arcs.is_empty() {
        return Allocation {
            arcs: Vec::new(),
            level_proved: vec![true; declared],
            distance_proved: vec![true; declared],
            cost_proved: true,
            tie_proved: true,
            steps: 0,
        };
    }
    let tables = Tables::new(problem);
    if let Some(kept) = twins::thinned(problem, &tables) {
        let arcs = kept.iter().map(|arc| problem.arcs[*arc].clone()).collect();
        let mut found = allocate(&Problem { arcs, ..problem.clone() }, budget);
        found.arcs = found.arcs.into_iter().map(|arc| kept[arc]).collect();
        return found;
    }
    let mut search = Searcher::new(problem, &tables, budget);
    let mut aims = vec![Aim::Open(None); problem.targets.len()];
    let mut arcs: Vec<ArcIx> = Vec::new();
    // Levels and distances of targets that nothing links are settled apart.
    let groups = linked(problem);
    let alone = |aims: &[Aim], target: TargetIx| -> Vec<Aim> {
        let of = |t: usize| if groups[t] == groups[target] { aims[t] } else { Aim::Idle };
        (0..aims.len()).map(of).collect()
    };
    let join = |arcs: &[ArcIx], found: Vec<ArcIx>, target: TargetIx| -> Vec<ArcIx> {
        let kept = arcs.iter().copied().filter(|arc| groups[problem.target_of(*arc)] != groups[target]);
        let mut all: Vec<ArcIx> = kept.chain(found).collect();
        order::sort_short(&mut all);
        all.dedup();
        all
    };
    if problem.joint {
        return joint(problem, &mut search, aims, budget);
    }
    let mut level_proved = Vec::with_capacity(declared);
    for target in 0..declared {
        let mut proved = true;
        for level in levels(problem) {
            let required = require(problem, &aims, target, level);
            let goal = goal(alone(&required, target), Least::Level(target));
            let found = if search.value(&arcs, &goal).is_some() {
                Some(arcs.clone())
            } else {
                let found = search.search(&goal, None, budget);
                proved &= found.proved;
                found.best.map(|(found, _)| join(&arcs, found, target))
            };
            if let Some(found) = found {
                arcs = found;
                aims = required;
                break;
            }
        }
        level_proved.push(proved);
    }
    let mut distance_proved = Vec::with_capacity(declared);
    for target in 0..declared {
        if aims[target] != Aim::Open(None) {
            distance_proved.push(true);
            continue;
        }
        let goal = goal(alone(&aims, target), Least::Distance(target));
        let incumbent = search.value(&arcs, &goal).map(|value| (arcs.clone(), value));
        let found = search.search(&goal, incumbent, budget);
        if let Some((best, distance)) = found.best {
            let own = best.into_iter().filter(|arc| groups[problem.target_of(*arc)] == groups[target]).collect();
            arcs = join(&arcs, own, target);
            aims[target] = Aim::Open(Some(distance));
        }
        distance_proved.push(found.proved);
    }
    let goal = goal(aims, Least::Cost);
    // Costs that the caller states are more than a tie.
    let steps = if problem.costs.is_empty() { TIE_STEPS } else { budget };
    let (arcs, cost_proved, tie_proved) = settle_ties(problem, &mut search, goal, arcs, steps);
    Allocation { arcs, level_proved, distance_proved, cost_proved, tie_proved, steps: search.steps }
}

/// The levels that tell allocations apart, best first.
fn levels(problem: &Problem) -> Vec<Level> {
    let mut found = vec![Level::Met];
    for level in [Level::InProgress, Level::Review] {
        let of_node = |node: &Node| match &node.kind {
            NodeKind::Known(known, _) => *known == level,
            NodeKind::Either(..)
            | NodeKind::When(..)
            | NodeKind::Not(..)
            | NodeKind::Held(..)
            | NodeKind::Average(..) => true,
            _ => node.floors.iter().any(|floor| match floor {
                Floor::Sum { doubtful, .. } | Floor::Share { doubtful, .. } | Floor::Distinct { doubtful, .. } => {
                    doubtful.contains(&true)
                }
                Floor::Last(last) => last.doubtful.contains(&true) || last.days.contains(&None),
                Floor::Unique { .. } => false,
            }),
        };
        if problem.arcs.iter().any(|arc| arc.level == level) || problem.nodes.iter().any(of_node) {
            found.push(level);
        }
    }
    found
}

fn goal(aims: Vec<Aim>, least: Least) -> Goal {
    Goal { aims, ..Goal::new(least) }
}

/// The aims with one more target required, and with it every target that it cannot do without.
fn require(problem: &Problem, aims: &[Aim], target: TargetIx, level: Level) -> Vec<Aim> {
    let mut aims = aims.to_vec();
    let mut open = vec![(target, level)];
    while let Some((target, level)) = open.pop() {
        match aims[target] {
            Aim::Required(already) if already >= level => continue,
            _ => aims[target] = Aim::Required(level),
        }
        let mut nodes = vec![problem.targets[target].root];
        while let Some(node) = nodes.pop() {
            match &problem.nodes[node].kind {
                NodeKind::All(of) => nodes.extend(of),
                NodeKind::AtLeast(k, of) => {
                    let possible: Vec<NodeIx> =
                        of.iter().copied().filter(|child| !is_hopeless(problem, *child)).collect();
                    if possible.len() == *k {
                        nodes.extend(possible);
                    }
                }
                NodeKind::Held(other, _) => open.push((*other, level)),
                _ => {}
            }
        }
    }
    aims
}

/// Whether a leaf is out of reach whatever it takes, or a node known to be unmet.
fn is_hopeless(problem: &Problem, node: NodeIx) -> bool {
    match &problem.nodes[node].kind {
        NodeKind::Known(level, _) => *level == Level::Unmet,
        NodeKind::Take(leaf) => {
            let arcs = problem.arcs.iter().filter(|arc| arc.leaf == *leaf);
            arcs.map(|arc| arc.amount).fold(0, i64::saturating_add) < problem.leaves[*leaf].need
        }
        _ => false,
    }
}

/// Groups of targets that constraints link, directly or through others: the number of each target's group.
fn linked(problem: &Problem) -> Vec<usize> {
    let targets = problem.targets.len();
    let mut group: Vec<usize> = (0..targets).collect();
    let mut link = |a: TargetIx, b: TargetIx| {
        let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
        for g in &mut group {
            if *g == from {
                *g = to;
            }
        }
    };
    for pair in &problem.pairs {
        let binds = |sharing: &Sharing| match sharing {
            Sharing::Never => true,
            Sharing::Bounded => !pair.bounds.is_empty(),
            Sharing::Free => false,
        };
        if pair.items.iter().any(binds) {
            link(pair.a, pair.b);
        }
    }
    for set in &problem.one_party {
        let of = |link: &Link| match link {
            Link::Pair(pair) => [problem.pairs[*pair].a, problem.pairs[*pair].b],
            Link::Award(target, _) => [*target; 2],
        };
        let parties: Vec<TargetIx> = set.parties.iter().flatten().flat_map(of).collect();
        for pair in parties.windows(2) {
            link(pair[0], pair[1]);
        }
    }
    for ceiling in &problem.ceilings {
        let under: Vec<TargetIx> = (0..targets).filter(|t| ceiling.targets[*t]).collect();
        for pair in under.windows(2) {
            link(pair[0], pair[1]);
        }
    }
    for node in &problem.nodes {
        if let NodeKind::Held(other, _) = node.kind {
            link(node.target, other);
        }
        for floor in &node.floors {
            if let Floor::Unique { other: Other::Target(other), .. } = floor {
                link(node.target, *other);
            }
        }
    }
    group
}

/// Among allocations as good as this one: the cheapest, then the earliest. The arcs, and whether
/// each is proved.
fn settle_ties(
    problem: &Problem,
    search: &mut Searcher<'_>,
    mut goal: Goal,
    arcs: Vec<ArcIx>,
    steps: u64,
) -> (Vec<ArcIx>, bool, bool) {
    let mut arcs = shrink(problem, search, &goal, arcs);
    let is_cheapest = problem.counts_items() && problem.cost(&arcs) <= search.fewest(&goal) || {
        let cheapest = search.search(&goal, Some((arcs.clone(), problem.cost(&arcs))), steps);
        if let Some((best, _)) = cheapest.best {
            arcs = best;
        }
        cheapest.proved
    };
    goal.at_most = Some(problem.cost(&arcs));
    goal.at_least = problem.cost(&arcs);
    let mut proved = is_cheapest;
    let end = search.steps.saturating_add(TIE_STEPS);
    for item in 0..problem.items {
        let is_used = |arcs: &[ArcIx]| arcs.iter().any(|a| problem.arcs[*a].item == item);
        if is_used(&arcs) {
            goal.with.push(item);
            continue;
        }
        if !problem.arcs.iter().any(|a| a.item == item) {
            continue;
        }
        goal.with.push(item);
        let found = search.search(&goal, None, end.saturating_sub(search.steps));
        proved &= found.proved;
        match found.best {
            Some((best, _)) => arcs = best,
            None => {
                goal.with.pop();
                goal.without.push(item);
            }
        }
    }
    (arcs, is_cheapest, proved)
}

/// The least total distance, whatever the levels, at the least cost.
fn joint(problem: &Problem, search: &mut Searcher<'_>, aims: Vec<Aim>, budget: u64) -> Allocation {
    let mut goal = goal(aims, Least::Total);
    let found = search.search(&goal, None, budget);
    let (mut arcs, total) = found.best.unwrap_or_default();
    goal.least = Least::Cost;
    goal.total = Some(total);
    let (mut cost_proved, mut tie_proved) = (false, false);
    if found.proved {
        (arcs, cost_proved, tie_proved) = settle_ties(problem, search, goal, arcs, budget);
    }
    Allocation {
        arcs,
        level_proved: vec![true; problem.declared],
        distance_proved: vec![found.proved; problem.declared],
        cost_proved,
        tie_proved,
        steps: search.steps,
    }
}

/// Drops items that are not needed, latest first.
fn shrink(problem: &Problem, search: &mut Searcher<'_>, goal: &Goal, arcs: Vec<ArcIx>) -> Vec<ArcIx> {
    let mut arcs = arcs;
    for item in (0..problem.items).rev() {
        let without: Vec<ArcIx> = arcs.iter().copied().filter(|a| problem.arcs[*a].item != item).collect();
        if without.len() < arcs.len() && search.value(&without, goal).is_some() {
            arcs = without;
        }
    }
    arcs
}
