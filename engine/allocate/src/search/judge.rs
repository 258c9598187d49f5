//! The exact value of an allocation.

use crate::evaluate::Evaluator;
use crate::goal::{Aim, Goal, Least, Solution};
use crate::index::{ArcIx, ItemIx};
use crate::lookup::Lookup;
use crate::problem::Problem;
use crate::state::{Decision, State};

/// Says whether an allocation meets a goal, and keeps the best.
#[derive(Debug)]
pub(super) struct Judge<'p> {
    p: &'p Problem,
    lookup: &'p Lookup,
    /// Evaluates allocations.
    pub(super) evaluator: Evaluator<'p>,
    /// Whether there are caps that only a whole allocation can break.
    has_relative_caps: bool,
}

impl<'p> Judge<'p> {
    /// Create the judge of a problem.
    pub(super) fn new(p: &'p Problem, lookup: &'p Lookup, has_relative_caps: bool) -> Self {
        Self { p, lookup, evaluator: Evaluator::new(p), has_relative_caps }
    }

    /// Return the value of an allocation, if it meets the goal. That it is legal is the state's concern,
    /// but for caps that only a whole allocation can break.
    pub(super) fn value(&mut self, arcs: &[ArcIx], goal: &Goal) -> Option<i64> {
        let p = self.p;
        let uses = |item: &ItemIx| arcs.iter().any(|arc| p.arcs[*arc].item == *item);
        if !goal.with.iter().all(uses) {
            return None;
        }
        if self.has_relative_caps && !keeps_caps(p, self.lookup, arcs) {
            return None;
        }
        let evaluation = self.evaluator.run(arcs.iter().copied());
        for (target, aim) in p.targets.iter().zip(&goal.aims) {
            let met = match aim {
                Aim::Required(least) => evaluation.levels[target.root] >= *least,
                Aim::Open(most) => most.is_none_or(|most| evaluation.distances[target.root] <= most),
                Aim::Idle => true,
            };
            if !met {
                return None;
            }
        }
        let total = || {
            let declared = p.targets.iter().take(p.declared);
            declared.map(|target| evaluation.distances[target.root]).fold(0, i64::saturating_add)
        };
        if goal.total.is_some_and(|most| total() > most) {
            return None;
        }
        let value = match goal.least {
            Least::Level(_) => 0,
            Least::Distance(target) => evaluation.distances[p.targets[target].root],
            Least::Cost => p.cost(arcs),
            Least::Total => total(),
        };
        goal.at_most.is_none_or(|most| value <= most).then_some(value)
    }

    /// Keep an allocation if it is the best so far.
    pub(super) fn keep(&mut self, goal: &Goal, best: &mut Option<Solution>, arcs: &[ArcIx]) {
        if let Some(value) = self.value(arcs, goal)
            && best.as_ref().is_none_or(|best| value < best.value)
        {
            *best = Some(Solution { arcs: arcs.to_vec(), value });
        }
    }
}

/// Return whether caps hold for a whole allocation.
fn keeps_caps(p: &Problem, lookup: &Lookup, arcs: &[ArcIx]) -> bool {
    let mut state = State::new(p, lookup);
    // In the order of arcs, whatever the order in the list.
    let mut on = p.arcs.ixs().filter(|arc| arcs.binary_search(arc).is_ok());
    on.all(|arc| state.decide(arc, Decision::On)) && state.ledger.broken_cap().is_none()
}
