//! One node of the search: its bounds, what prices fix, and the heuristics that look for solutions.

use crate::goal::{Aim, Goal, Least, Solution};
use crate::index::ArcIx;
use crate::lookup::Lookup;
use crate::paths::Paths;
use crate::prices::Prices;
use crate::problem::Problem;
use crate::relaxation;
use crate::state::State;
use crate::symmetry::Symmetry;
use crate::tabu::{Extent, TabuSearch, Wanted};
use crate::tuning::Tuning;

use super::branching::{Choice, doubtful_arc, mending_arc};
use super::features::Features;
use super::greedy::greedy;
use super::judge::Judge;

/// The search of one problem, for one goal after another.
#[derive(Debug)]
pub(crate) struct Searcher<'p> {
    pub(super) p: &'p Problem,
    pub(super) features: Features,
    pub(super) judge: Judge<'p>,
    pub(super) state: State<'p>,
    pub(super) prices: Prices<'p>,
    tabu: TabuSearch<'p>,
    /// Where leaves take whole numbers of items.
    pub(super) paths: Option<Paths<'p>>,
    /// Once they are asked for.
    pub(super) symmetry: Option<Symmetry>,
    /// The bound of the latest first node.
    pub(super) root_bound: i64,
    nodes: u64,
    /// Steps taken so far.
    pub(crate) steps: u64,
    /// Steps allowed.
    pub(super) budget: u64,
}

/// The next thing to do at a node.
pub(super) enum Next {
    /// Nothing: there is nothing better below.
    Done,
    /// Decide this.
    Branch(Choice),
}

impl<'p> Searcher<'p> {
    /// Create the searcher of a problem, with the steps that all its searches together may take.
    pub(crate) fn new(p: &'p Problem, lookup: &'p Lookup, budget: u64) -> Self {
        let features = Features::new(p);
        Self {
            p,
            judge: Judge::new(p, lookup, features.has_relative_caps),
            features,
            state: State::new(p, lookup),
            prices: Prices::new(p, lookup),
            tabu: TabuSearch::new(p, lookup),
            paths: Paths::new(p, lookup),
            symmetry: None,
            root_bound: 0,
            nodes: 0,
            steps: 0,
            budget,
        }
    }

    /// Return the value of an allocation, if it meets a goal.
    pub(crate) fn value(&mut self, arcs: &[ArcIx], goal: &Goal) -> Option<i64> {
        self.judge.value(arcs, goal)
    }

    /// Return how many items at least are used by every allocation that meets a goal.
    pub(crate) fn fewest(&self, goal: &Goal) -> i64 {
        self.paths.as_ref().map_or(0, |paths| paths.fewest(goal))
    }

    /// Fill trees along alternating paths, and evaluate the prices that these leave. Return whether that
    /// proves that nothing better is left.
    pub(super) fn fill_by_paths(&mut self, goal: &Goal, best: &mut Option<Solution>, limit: u64) -> bool {
        if !matches!(goal.least, Least::Level(_) | Least::Distance(_)) || self.steps >= limit {
            return false;
        }
        let Some(paths) = &mut self.paths else { return false };
        self.steps += 1;
        if !paths.fill(&self.state, goal) {
            return false;
        }
        let arcs: Vec<ArcIx> = paths.arcs().collect();
        self.prices.adopt(&paths.shortage());
        self.keep_legal(goal, best, arcs);
        if goal.is_enough(best.as_ref()) {
            return true;
        }
        let enough = goal.limit(best.as_ref());
        match self.prices.bound(&self.state, goal, enough, 1, false) {
            None => true,
            Some(bound) => enough.is_some_and(|enough| bound >= enough),
        }
    }

    /// Bound a node, look for solutions near it, and return what to decide next.
    pub(super) fn visit(&mut self, goal: &Goal, best: &mut Option<Solution>, is_first: bool) -> Next {
        self.steps += 1;
        let mut bound = 0;
        if !self.features.is_plain {
            match relaxation::bound(self.p, &self.state, goal) {
                Some(found) => bound = found,
                None => return Next::Done,
            }
        }
        // A single evaluation costs little, and mostly is enough.
        let rounds = match (is_first, goal.least) {
            (true, Least::Level(_)) => [1, Tuning::FIRST_EVALUATIONS, Tuning::ROOT_EVALUATIONS],
            (true, _) => [1, Tuning::ROOT_EVALUATIONS, 0],
            (false, _) => [Tuning::NODE_EVALUATIONS, 0, 0],
        };
        for evaluations in rounds.into_iter().filter(|evaluations| *evaluations > 0) {
            let enough = goal.limit(best.as_ref());
            if enough.is_some_and(|enough| bound >= enough) {
                return Next::Done;
            }
            match self.bound_by_prices(goal, enough, evaluations, is_first) {
                Some(found) => bound = bound.max(found),
                None => return Next::Done,
            }
            if enough.is_some_and(|enough| bound >= enough) || self.try_greedy(goal, best, bound) {
                return Next::Done;
            }
        }
        if is_first {
            self.root_bound = bound;
        }
        if let Some(enough) = goal.limit(best.as_ref())
            && !self.fix_by_price(goal, enough, is_first)
        {
            return Next::Done;
        }
        self.nodes += 1;
        if (is_first || self.nodes.is_multiple_of(Tuning::NODES_A_TABU_SEARCH)) && self.try_tabu(goal, best, bound) {
            return Next::Done;
        }
        if let Some(step) = self.prices.split_step() {
            return Next::Branch(Choice::Step(step));
        }
        if let Some(arc) = doubtful_arc(self.p, &self.state, &self.prices) {
            return Next::Branch(Choice::Arc(arc));
        }
        let arcs = self.greedy(goal);
        self.judge.keep(goal, best, &arcs);
        let arc = mending_arc(self.p, &self.state, &self.prices, &mut self.judge.evaluator, goal, &arcs);
        arc.map_or(Next::Done, |arc| Next::Branch(Choice::Arc(arc)))
    }

    /// Return the bound of prices, and count the steps that it takes.
    fn bound_by_prices(&mut self, goal: &Goal, enough: Option<i64>, most: u64, afresh: bool) -> Option<i64> {
        let before = self.prices.evaluations();
        let found = self.prices.bound(&self.state, goal, enough, most, afresh);
        self.steps += (self.prices.evaluations() - before) / Tuning::EVALUATIONS_A_STEP;
        found
    }

    /// Decide the arcs that prices fix, and improve prices under that, for as long as that fixes more.
    /// Return whether anything with a value below `enough` is left.
    fn fix_by_price(&mut self, goal: &Goal, enough: i64, is_first: bool) -> bool {
        let rounds = if is_first { Tuning::ROOT_FIXING_ROUNDS } else { Tuning::NODE_FIXING_ROUNDS };
        for round in 0..rounds {
            if round > 0 {
                let found = self.bound_by_prices(goal, Some(enough), Tuning::FIXING_EVALUATIONS, false);
                if found.is_none_or(|found| found >= enough) {
                    return false;
                }
            }
            self.steps += 1;
            let Some(fixed) = self.prices.fixed(&self.state, goal, enough) else { return false };
            let before = self.state.mark();
            for (arc, to) in fixed {
                if !self.state.decide(arc, to) {
                    return false;
                }
            }
            if self.state.mark() == before {
                break;
            }
        }
        true
    }

    /// Make a greedy allocation under what is decided.
    fn greedy(&mut self, goal: &Goal) -> Vec<ArcIx> {
        greedy(self.p, &mut self.state, &mut self.prices, &mut self.judge.evaluator, goal)
    }

    /// Make a greedy allocation and keep it if it is the best. Return whether nothing better is left.
    fn try_greedy(&mut self, goal: &Goal, best: &mut Option<Solution>, bound: i64) -> bool {
        self.steps += 1;
        let arcs = self.greedy(goal);
        self.judge.keep(goal, best, &arcs);
        goal.is_enough(best.as_ref()) || best.as_ref().is_some_and(|best| best.value <= bound)
    }

    /// Search by tabu for an allocation that lacks no more than the bound. Return whether nothing better
    /// is left.
    fn try_tabu(&mut self, goal: &Goal, best: &mut Option<Solution>, bound: i64) -> bool {
        let p = self.p;
        let may_lack = |aim: &Aim| matches!(aim, Aim::Open(Some(most)) if *most > 0);
        if goal.least == Least::Cost && goal.total.is_none() && goal.aims.iter().any(may_lack) {
            return false;
        }
        let wanted: Vec<Wanted> = self
            .prices
            .purchases(goal)
            .into_iter()
            .map(|(_, leaf)| {
                let whole = match (goal.aims[p.leaves[leaf].target], goal.least) {
                    (Aim::Required(_), _) => true,
                    (_, Least::Distance(of)) => p.leaves[leaf].target != of,
                    (_, Least::Total | Least::Cost) => true,
                    _ => false,
                };
                Wanted { leaf, whole }
            })
            .collect();
        let from = self.greedy(goal);
        let enough = goal.at_least.max(bound);
        let extent = Extent { enough, by_cost: goal.least == Least::Cost, moves: Tuning::TABU_MOVES };
        let (found, moves) = self.tabu.run(&self.state, &from, &wanted, extent);
        self.steps += 1 + moves / Tuning::MOVES_A_STEP;
        if let Some((_, arcs)) = found {
            self.keep_legal(goal, best, arcs);
        }
        goal.is_enough(best.as_ref()) || best.as_ref().is_some_and(|best| best.value <= bound)
    }

    /// Keep what of an allocation is legal under what is decided, if that is the best so far.
    fn keep_legal(&mut self, goal: &Goal, best: &mut Option<Solution>, arcs: Vec<ArcIx>) {
        let mark = self.state.mark();
        self.state.attempt_all(arcs);
        let arcs: Vec<ArcIx> = self.state.ledger.arcs().collect();
        self.state.undo(mark);
        self.judge.keep(goal, best, &arcs);
    }
}
