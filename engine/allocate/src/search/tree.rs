//! The tree of nodes: one range of values after the other, each searched depth first.

use crate::goal::{Aim, Goal, Least, Solution};
use crate::index::{self, LeafIx};
use crate::state::Decision;
use crate::symmetry::Symmetry;
use crate::tuning::Tuning;

use super::branching::Choice;
use super::node::{Next, Searcher};

/// The result of a search.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The best allocation.
    pub(crate) best: Option<Solution>,
    /// Whether there is no better one.
    pub(crate) proved: bool,
}

/// A branch: what it decided, the length of the trail before, and whether its other side was tried
/// already.
struct Branch {
    choice: Choice,
    mark: usize,
    second: bool,
}

impl Searcher<'_> {
    /// Search for the best allocation that meets a goal, taking at most `steps` steps. The incumbent
    /// meets it.
    pub(crate) fn search(&mut self, goal: &Goal, incumbent: Option<Solution>, steps: u64) -> Found {
        let limit = self.budget.min(self.steps.saturating_add(steps));
        let mut best = incumbent;
        let proved =
            !self.prepare(goal) || self.fill_by_paths(goal, &mut best, limit) || self.prove(goal, &mut best, limit);
        self.state.undo(0);
        self.prices.forget_steps();
        Found { best, proved }
    }

    /// Rule out what the goal rules out. Return whether that is possible.
    fn prepare(&mut self, goal: &Goal) -> bool {
        for (ix, arc) in self.p.arcs.enumerate() {
            let too_low = match goal.aims[self.p.leaves[arc.leaf].target] {
                // What counts less surely may still help an average or the whole of a percentage.
                Aim::Required(level) => arc.level < level && !self.features.lends(arc.leaf),
                Aim::Open(_) => false,
                Aim::Idle => true,
            };
            if (too_low || self.is_idle(arc.leaf) || goal.without.contains(&arc.item))
                && !self.state.decide(ix, Decision::Out)
            {
                return false;
            }
        }
        true
    }

    /// Return whether what a leaf takes brings nobody nearer to anything.
    fn is_idle(&self, leaf: LeafIx) -> bool {
        self.p.leaves[leaf].need <= 0 && !self.features.is_observed(leaf)
    }

    /// Ask for one value after the other, from the bound up: what is far from the bound would be
    /// searched in vain, and near it prices decide most arcs. Return whether it ended before its limit.
    fn prove(&mut self, goal: &Goal, best: &mut Option<Solution>, limit: u64) -> bool {
        if goal.at_most.is_some() || matches!(goal.least, Least::Level(_)) {
            return self.branch_and_bound(goal, best, limit);
        }
        if self.steps >= limit {
            return false;
        }
        if matches!(self.visit(goal, best, true), Next::Done) {
            return true;
        }
        let mark = self.state.mark();
        let (unit, mut value) = (self.prices.unit(goal), self.root_bound.max(goal.at_least));
        for round in 0_u32.. {
            if best.as_ref().is_some_and(|best| best.value <= value) {
                break;
            }
            // One value at a time at first, then ever more; all at once where there are many.
            let are_many = best.as_ref().is_none_or(|best| (best.value - value) / unit > Tuning::MANY_VALUES);
            let width = match are_many {
                true => i64::MAX / 4,
                false => unit.saturating_mul(1 << round.saturating_sub(Tuning::SINGLE_VALUES).min(40)) - unit,
            };
            let most = value.saturating_add(width);
            let range = Goal { at_most: Some(most), at_least: value, ..goal.clone() };
            let mut found = best.take_if(|best| best.value <= most);
            let ended = self.branch_and_bound(&range, &mut found, limit);
            self.state.undo(mark);
            if found.is_some() {
                *best = found;
            }
            if !ended {
                return false;
            }
            if best.as_ref().is_some_and(|best| best.value <= most) {
                break;
            }
            value = most.saturating_add(unit);
        }
        true
    }

    /// Search all nodes, depth first. Return whether it ended before its limit.
    fn branch_and_bound(&mut self, goal: &Goal, best: &mut Option<Solution>, limit: u64) -> bool {
        let mut branches: Vec<Branch> = Vec::new();
        // What differs by an item from a search before it starts from its prices.
        let mut is_first = goal.with.is_empty() && goal.without.is_empty();
        loop {
            if self.steps >= limit {
                return false;
            }
            let next = self.visit(goal, best, is_first);
            is_first = false;
            if goal.is_enough(best.as_ref()) {
                return true;
            }
            if let Next::Branch(choice) = next {
                branches.push(Branch { choice, mark: self.state.mark(), second: false });
                if self.take(choice, true, goal) {
                    continue;
                }
            }
            // Back to the latest branch whose other side is open and consistent.
            loop {
                let Some(branch) = branches.pop() else { return true };
                self.state.undo(branch.mark);
                if let Choice::Step(step) = branch.choice {
                    self.prices.decide_step(step, None);
                }
                if !branch.second {
                    let choice = branch.choice;
                    branches.push(Branch { second: true, ..branch });
                    if self.take(choice, false, goal) {
                        break;
                    }
                }
            }
        }
    }

    /// Decide for or against something. Return whether that is consistent.
    fn take(&mut self, choice: Choice, yes: bool, goal: &Goal) -> bool {
        match choice {
            Choice::Arc(arc) if yes => self.state.decide(arc, Decision::On),
            Choice::Arc(arc) => {
                // What an interchangeable item could do there, this item could have done.
                let lookup = self.state.lookup;
                let symmetry = self.symmetry.get_or_insert_with(|| Symmetry::new(self.p, lookup));
                let alike = symmetry.of(arc, self.p, &self.state, &goal.with);
                self.state.decide(arc, Decision::Out)
                    && alike.iter().all(|other| self.state.decide(*other, Decision::Out))
            }
            Choice::Step(step) => {
                self.prices.decide_step(step, Some(yes));
                // What a lost step would take is of no use, unless something else looks at it.
                let useless = index::between(self.p.nodes[step].leaves)
                    .filter(|leaf| !yes && goal.with.is_empty() && !self.features.is_observed(*leaf));
                let lookup = self.state.lookup;
                let mut arcs = useless.flat_map(|leaf| &lookup.of_leaf[leaf]);
                arcs.all(|arc| self.state.decide(*arc, Decision::Out))
            }
        }
    }
}
