//! The objective, one part after another, each under what the parts before it have settled.
//!
//! The order is lexicographic: the best level of each declared target in order; the least distance of
//! each that stays open, in order; the least cost; and among equals the set of items that comes first
//! in their order. Each part is a search of its own ([`super::search`]).

use credstack_base::order;

use super::goal::{Aim, Goal, Least, Solution, require};
use super::index::{ArcIx, Table, TargetIx};
use super::level::Level;
use super::lookup::Lookup;
use super::problem::{Floor, Link, Node, NodeKind, Other, Problem, Sharing};
use super::search::Searcher;
use super::symmetry::arcs_without_spares;
use super::tuning::Tuning;

/// The best allocation found, and how sure that is.
#[derive(Clone, Debug, Default)]
pub struct Allocation {
    /// The arcs in use, in order.
    pub arcs: Vec<ArcIx>,
    /// For each declared target, whether no allocation reaches a better level, given the targets before it.
    pub level_proved: Table<TargetIx, bool>,
    /// For each declared target, whether no allocation has a smaller distance, given the levels of
    /// all and the distances of those before it.
    pub distance_proved: Table<TargetIx, bool>,
    /// Whether no equally good allocation costs less.
    pub cost_proved: bool,
    /// Whether beside that none uses items that come earlier.
    pub tie_proved: bool,
    /// Search steps taken.
    pub steps: u64,
}

/// Find the best allocation, taking at most `budget` steps.
#[must_use]
pub fn allocate(problem: &Problem, budget: u64) -> Allocation {
    let declared = problem.declared;
    if problem.arcs.is_empty() {
        return Allocation {
            arcs: Vec::new(),
            level_proved: Table::filled(true, declared),
            distance_proved: Table::filled(true, declared),
            cost_proved: true,
            tie_proved: true,
            steps: 0,
        };
    }
    let lookup = Lookup::new(problem);
    if let Some(kept) = arcs_without_spares(problem, &lookup) {
        let arcs = kept.iter().map(|arc| problem.arcs[*arc].clone()).collect();
        let mut found = allocate(&Problem { arcs, ..problem.clone() }, budget);
        found.arcs = found.arcs.into_iter().map(|arc| kept[arc]).collect();
        return found;
    }
    let search = Searcher::new(problem, &lookup, budget);
    let aims = Table::filled(Aim::Open(None), problem.targets.len());
    let parts = Parts { problem, search, aims, arcs: Vec::new(), groups: groups_of_targets(problem) };
    if problem.joint { parts.joint(budget) } else { parts.one_by_one(budget) }
}

/// The objective as far as it has been followed.
struct Parts<'p> {
    problem: &'p Problem,
    search: Searcher<'p>,
    /// The aims that the parts so far set for each target.
    aims: Table<TargetIx, Aim>,
    /// An allocation that meets that.
    arcs: Vec<ArcIx>,
    /// The group of each target. Levels and distances of targets that nothing links are settled apart.
    groups: Table<TargetIx, usize>,
}

impl Parts<'_> {
    /// Settle level by level, then distance by distance, then the cost and the order of items.
    fn one_by_one(mut self, budget: u64) -> Allocation {
        let problem = self.problem;
        let declared = || problem.targets.ixs().take(problem.declared);
        let levels = distinct_levels(problem);
        let level_proved = declared().map(|target| self.settle_level(target, &levels, budget)).collect();
        let distance_proved = declared().map(|target| self.settle_distance(target, budget)).collect();
        let goal = Goal::new(self.aims.clone(), Least::Cost);
        // Costs that the caller states are more than a tie.
        let steps = if problem.costs.is_empty() { Tuning::TIE_STEPS } else { budget };
        let (cost_proved, tie_proved) = self.break_ties(goal, steps);
        Allocation { arcs: self.arcs, level_proved, distance_proved, cost_proved, tie_proved, steps: self.search.steps }
    }

    /// Reach the best level of a target. Return whether that is proved.
    fn settle_level(&mut self, target: TargetIx, levels: &[Level], budget: u64) -> bool {
        let mut proved = true;
        for level in levels {
            let required = require(self.problem, &self.aims, target, *level);
            let goal = Goal::new(self.in_group(&required, target), Least::Level(target));
            let found = if self.search.value(&self.arcs, &goal).is_some() {
                Some(self.arcs.clone())
            } else {
                let found = self.search.search(&goal, None, budget);
                proved &= found.proved;
                found.best.map(|found| self.join(found.arcs, target))
            };
            if let Some(found) = found {
                self.arcs = found;
                self.aims = required;
                break;
            }
        }
        proved
    }

    /// Reach the least distance of a target, if it stays open. Return whether that is proved.
    fn settle_distance(&mut self, target: TargetIx, budget: u64) -> bool {
        if self.aims[target] != Aim::Open(None) {
            return true;
        }
        let goal = Goal::new(self.in_group(&self.aims, target), Least::Distance(target));
        let value = self.search.value(&self.arcs, &goal);
        let incumbent = value.map(|value| Solution { arcs: self.arcs.clone(), value });
        let found = self.search.search(&goal, incumbent, budget);
        if let Some(Solution { mut arcs, value }) = found.best {
            arcs.retain(|arc| self.groups[self.problem.target_of(*arc)] == self.groups[target]);
            self.arcs = self.join(arcs, target);
            self.aims[target] = Aim::Open(Some(value));
        }
        found.proved
    }

    /// Return the aims of a target's group; of the others nothing is asked.
    fn in_group(&self, aims: &Table<TargetIx, Aim>, target: TargetIx) -> Table<TargetIx, Aim> {
        let own = |other: TargetIx| if self.groups[other] == self.groups[target] { aims[other] } else { Aim::Idle };
        self.problem.targets.ixs().map(own).collect()
    }

    /// Return the allocation with the arcs of a target's group replaced.
    fn join(&self, found: Vec<ArcIx>, target: TargetIx) -> Vec<ArcIx> {
        let is_other = |arc: &ArcIx| self.groups[self.problem.target_of(*arc)] != self.groups[target];
        let mut all: Vec<ArcIx> = self.arcs.iter().copied().filter(is_other).chain(found).collect();
        order::sort_short(&mut all);
        all.dedup();
        all
    }

    /// Settle the least total distance, whatever the levels, at the least cost.
    fn joint(mut self, budget: u64) -> Allocation {
        let mut goal = Goal::new(self.aims.clone(), Least::Total);
        let found = self.search.search(&goal, None, budget);
        let Solution { arcs, value } = found.best.unwrap_or_default();
        self.arcs = arcs;
        goal.least = Least::Cost;
        goal.total = Some(value);
        let (mut cost_proved, mut tie_proved) = (false, false);
        if found.proved {
            (cost_proved, tie_proved) = self.break_ties(goal, budget);
        }
        Allocation {
            arcs: self.arcs,
            level_proved: Table::filled(true, self.problem.declared),
            distance_proved: Table::filled(found.proved, self.problem.declared),
            cost_proved,
            tie_proved,
            steps: self.search.steps,
        }
    }

    /// Find among allocations as good as this one the cheapest, then the earliest. Return whether each
    /// is proved.
    fn break_ties(&mut self, mut goal: Goal, steps: u64) -> (bool, bool) {
        let problem = self.problem;
        self.drop_spares(&goal);
        let cost = problem.cost(&self.arcs);
        let is_cheapest = problem.counts_items() && cost <= self.search.fewest(&goal) || {
            let incumbent = Solution { arcs: self.arcs.clone(), value: cost };
            let cheapest = self.search.search(&goal, Some(incumbent), steps);
            if let Some(best) = cheapest.best {
                self.arcs = best.arcs;
            }
            cheapest.proved
        };
        goal.at_most = Some(problem.cost(&self.arcs));
        goal.at_least = problem.cost(&self.arcs);
        let mut proved = is_cheapest;
        let end = self.search.steps.saturating_add(Tuning::TIE_STEPS);
        for item in problem.item_ixs() {
            if self.arcs.iter().any(|arc| problem.arcs[*arc].item == item) {
                goal.with.push(item);
                continue;
            }
            if !problem.arcs.iter().any(|arc| arc.item == item) {
                continue;
            }
            goal.with.push(item);
            let found = self.search.search(&goal, None, end.saturating_sub(self.search.steps));
            proved &= found.proved;
            match found.best {
                Some(best) => self.arcs = best.arcs,
                None => {
                    goal.with.pop();
                    goal.without.push(item);
                }
            }
        }
        (is_cheapest, proved)
    }

    /// Drop items that are not needed, latest first.
    fn drop_spares(&mut self, goal: &Goal) {
        let problem = self.problem;
        for item in problem.item_ixs().rev() {
            let is_other = |arc: &ArcIx| problem.arcs[*arc].item != item;
            let without: Vec<ArcIx> = self.arcs.iter().copied().filter(is_other).collect();
            if without.len() < self.arcs.len() && self.search.value(&without, goal).is_some() {
                self.arcs = without;
            }
        }
    }
}

/// Return the levels that tell allocations apart, best first.
fn distinct_levels(problem: &Problem) -> Vec<Level> {
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
                    doubtful.iter().any(|doubtful| *doubtful)
                }
                Floor::Last(last) => {
                    last.doubtful.iter().any(|doubtful| *doubtful) || last.days.iter().any(Option::is_none)
                }
                Floor::Unique { .. } => false,
            }),
        };
        if problem.arcs.iter().any(|arc| arc.level == level) || problem.nodes.iter().any(of_node) {
            found.push(level);
        }
    }
    found
}

/// Return the group of each target: constraints link the targets of a group, directly or through others.
fn groups_of_targets(problem: &Problem) -> Table<TargetIx, usize> {
    let mut group: Table<TargetIx, usize> = problem.targets.ixs().map(TargetIx::index).collect();
    let mut link = |a: TargetIx, b: TargetIx| {
        let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
        for own in group.iter_mut().filter(|own| **own == from) {
            *own = to;
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
        let under: Vec<TargetIx> = problem.targets.ixs().filter(|target| ceiling.targets[*target]).collect();
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
