//! Branch and bound over arcs, with prices as bound and guide: see [`super::prices`]. Exact when it
//! ends within its budget; the budget is counted in evaluations of prices.

use credstack_base::order;

use super::augment::Augment;
use super::evaluate::Evaluator;
use super::optimism::Optimism;
use super::prices::Prices;
use super::problem::{Arc, ArcIx, Floor, ItemIx, Level, NodeIx, NodeKind, Problem, TargetIx};
use super::state::{Arcs, State, Tables};
use super::twins::Twins;
use super::walk::{Walk, Wanted};

/// What is asked of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// Its root reaches at least this level.
    Required(Level),
    /// Its distance is at most this, if given.
    Open(Option<i64>),
    /// Nothing.
    Idle,
}

/// What is searched for.
#[derive(Clone, Debug)]
pub(super) struct Goal {
    /// What is asked of each target.
    pub(super) aims: Vec<Aim>,
    /// What is made as small as possible.
    pub(super) least: Least,
    /// Items that must be used.
    pub(super) with: Vec<ItemIx>,
    /// Items that must not be used.
    pub(super) without: Vec<ItemIx>,
    /// Only a solution whose value is at most this will do.
    pub(super) at_most: Option<i64>,
    /// No value is below this.
    pub(super) at_least: i64,
    /// The distances of the declared targets together are at most this.
    pub(super) total: Option<i64>,
}

impl Goal {
    /// Asks nothing of any target yet.
    pub(super) const fn new(least: Least) -> Self {
        Self { aims: Vec::new(), least, with: Vec::new(), without: Vec::new(), at_most: None, at_least: 0, total: None }
    }

    /// A value from which on nothing is of use.
    fn limit(&self, best: Option<&(Vec<ArcIx>, i64)>) -> Option<i64> {
        let most = match self.least {
            Least::Level(_) => Some(0),
            _ => self.at_most,
        };
        let most = most.map(|most| most.saturating_add(1));
        best.map(|(_, value)| *value).into_iter().chain(most).min()
    }

    /// Whether nothing better than this is asked for.
    fn is_enough(&self, best: Option<&(Vec<ArcIx>, i64)>) -> bool {
        best.is_some_and(|(_, value)| *value <= self.at_least || matches!(self.least, Least::Level(_)))
    }
}

/// What is made as small as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Least {
    /// Nothing: any solution will do. The target is the one whose level is in question.
    Level(TargetIx),
    /// The distance of a target.
    Distance(TargetIx),
    /// What the allocation costs.
    Cost,
    /// The distances of all declared targets together.
    Total,
}

/// What a search found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The best allocation, as its arcs in order, with its value.
    pub(super) best: Option<(Vec<ArcIx>, i64)>,
    /// Whether there is no better one.
    pub(super) proved: bool,
}

/// What searches of one problem have in common.
#[derive(Debug)]
pub(super) struct Searcher<'p> {
    p: &'p Problem,
    tables: &'p Tables,
    evaluator: Evaluator<'p>,
    /// Once they are asked for.
    twins: Option<Twins>,
    looked_at: Vec<bool>,
    lends: Vec<bool>,
    /// Whether there are caps that partial allocations cannot decide.
    has_late_caps: bool,
    state: State<'p>,
    prices: Prices<'p>,
    walk: Walk<'p>,
    /// Where leaves take whole numbers of items.
    augment: Option<Augment<'p>>,
    /// Whether trees ask for more than prices see.
    is_plain: bool,
    /// The bound of the latest first node.
    root_bound: i64,
    visits: u64,
    /// Steps taken so far: evaluations of prices, dives, and moves of walks by the lot.
    pub(super) steps: u64,
    /// Steps allowed.
    pub(super) budget: u64,
}

/// A branch: the arc it decided, the length of the trail before, and whether it was tried out already.
struct Branch {
    choice: Choice,
    mark: usize,
    second: bool,
}

/// What a branch decides.
#[derive(Clone, Copy, Debug)]
enum Choice {
    /// Whether an arc is used.
    Arc(ArcIx),
    /// Whether a step is met.
    Step(NodeIx),
}

/// What is left to do at a node of the search.
enum Next {
    /// Nothing better below.
    Done,
    /// Decide this arc.
    Branch(Choice),
}

/// Evaluations of prices at the first node, before a first dive and after it, and at later nodes.
const FIRST_LOOK: u64 = 12;
const LONG_LOOK: u64 = 120;
const LATER_LOOK: u64 = 36;
const ONE_HABIT: i64 = 1 << 20;
/// So many values are asked for one by one.
const NARROW: u32 = 12;
/// Where there are more values than this, they are asked for together.
const FAR: i64 = 48;
/// Rounds of deciding what prices decide, and evaluations of prices between them.
const FIRST_ROUNDS: usize = 12;
const LATER_ROUNDS: usize = 1;
const ROUND_LOOK: u64 = 10;
/// Moves of a walk.
const WALK: u64 = 1000;
/// Nodes from one walk to the next.
const STROLL_EVERY: u64 = 40;
/// So many moves of a walk are a step.
const MOVES_A_STEP: u64 = 32;
/// So many evaluations of prices are a step.
const LOOKS_A_STEP: u64 = 4;

impl<'p> Searcher<'p> {
    pub(super) fn new(p: &'p Problem, tables: &'p Tables, budget: u64) -> Self {
        let state = State::new(p, tables);
        Self {
            p,
            tables,
            evaluator: Evaluator::new(p),
            twins: None,
            looked_at: looked_at(p),
            lends: lends(p),
            has_late_caps: p.caps.iter().any(|cap| cap.rounded.is_some() || cap.weights.iter().any(|w| *w < 0)),
            state,
            prices: Prices::new(p, tables),
            walk: Walk::new(p, tables),
            augment: Augment::new(p, tables),
            is_plain: is_plain(p),
            root_bound: 0,
            visits: 0,
            steps: 0,
            budget,
        }
    }

    /// The level and distance of each target's root under an allocation.
    pub(super) fn roots(&mut self, arcs: &[ArcIx]) -> Vec<(Level, i64)> {
        let evaluation = self.evaluator.run(arcs.iter().copied());
        self.p.targets.iter().map(|t| (evaluation.levels[t.root], evaluation.distances[t.root])).collect()
    }

    /// Searches for the best allocation that meets a goal, taking at most `steps` steps.
    pub(super) fn search(&mut self, goal: &Goal, incumbent: Option<(Vec<ArcIx>, i64)>, steps: u64) -> Found {
        let limit = self.budget.min(self.steps.saturating_add(steps));
        let mut best = incumbent;
        let proved = !self.prepare(goal) || self.settle(goal, &mut best, limit) || self.prove(goal, &mut best, limit);
        self.state.undo(0);
        self.prices.decided.fill(None);
        Found { best, proved }
    }

    /// So many items at least are used by every allocation that meets a goal.
    pub(super) fn fewest(&self, goal: &Goal) -> i64 {
        self.augment.as_ref().map_or(0, |augment| augment.fewest(goal))
    }

    /// Fills trees along alternating paths, and asks the prices that these leave; whether that says all.
    fn settle(&mut self, goal: &Goal, best: &mut Option<(Vec<ArcIx>, i64)>, limit: u64) -> bool {
        if !matches!(goal.least, Least::Level(_) | Least::Distance(_)) || self.steps >= limit {
            return false;
        }
        let Some(augment) = &mut self.augment else { return false };
        self.steps += 1;
        if !augment.run(&self.state, goal) {
            return false;
        }
        let mark = self.state.mark();
        for arc in augment.arcs() {
            if self.state.arcs[arc] == Arcs::Free {
                self.state.attempt(arc, Arcs::On);
            }
        }
        let arcs: Vec<ArcIx> = self.state.on_arcs().collect();
        self.state.undo(mark);
        self.prices.adopt(augment);
        self.keep(goal, best, &arcs);
        if goal.is_enough(best.as_ref()) {
            return true;
        }
        let enough = goal.limit(best.as_ref());
        match self.prices.bound(&self.state, goal, enough, 1, false) {
            None => true,
            Some(bound) => enough.is_some_and(|enough| bound >= enough),
        }
    }

    /// Asks for one value after the other, from the bound up: what is far from the bound would be
    /// searched in vain, and near it prices decide most arcs. Whether it ended before its limit.
    fn prove(&mut self, goal: &Goal, best: &mut Option<(Vec<ArcIx>, i64)>, limit: u64) -> bool {
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
            if best.as_ref().is_some_and(|(_, least)| *least <= value) {
                break;
            }
            // One value at a time at first, then ever more; all at once where there are many.
            let far = best.as_ref().is_none_or(|(_, least)| (*least - value) / unit > FAR);
            let width = match far {
                true => i64::MAX / 4,
                false => unit.saturating_mul(1 << round.saturating_sub(NARROW).min(40)) - unit,
            };
            let most = value.saturating_add(width);
            let range = Goal { at_most: Some(most), at_least: value, ..goal.clone() };
            let mut found = best.take_if(|(_, least)| *least <= most);
            let ended = self.branch_and_bound(&range, &mut found, limit);
            self.state.undo(mark);
            if found.is_some() {
                *best = found;
            }
            if !ended {
                return false;
            }
            if best.as_ref().is_some_and(|(_, least)| *least <= most) {
                break;
            }
            value = most.saturating_add(unit);
        }
        true
    }

    /// Whether the search ended before its limit.
    fn branch_and_bound(&mut self, goal: &Goal, best: &mut Option<(Vec<ArcIx>, i64)>, limit: u64) -> bool {
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
                if let Choice::Step(node) = branch.choice {
                    self.prices.decided[node] = None;
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

    /// Decides for or against something; whether that is consistent.
    fn take(&mut self, choice: Choice, yes: bool, goal: &Goal) -> bool {
        match choice {
            Choice::Arc(arc) if yes => self.state.decide(arc, Arcs::On),
            Choice::Arc(arc) => {
                // What a twin could do there, this item could have done.
                let twins = self.twins.get_or_insert_with(|| Twins::new(self.p, self.tables));
                let twins = twins.of(arc, self.p, &self.state, &goal.with);
                self.state.decide(arc, Arcs::Out) && twins.iter().all(|twin| self.state.decide(*twin, Arcs::Out))
            }
            Choice::Step(node) => {
                self.prices.decided[node] = Some(yes);
                let (from, to) = self.p.nodes[node].leaves;
                // What a lost step would take is of no use, unless something else looks at it.
                let useless = (from..to).filter(|leaf| !yes && goal.with.is_empty() && !self.looked_at[*leaf]);
                let mut arcs = useless.flat_map(|leaf| &self.tables.of_leaf[leaf]);
                arcs.all(|arc| self.state.decide(*arc, Arcs::Out))
            }
        }
    }

    /// Whether what a leaf takes brings nobody nearer to anything.
    fn is_idle(&self, leaf: usize) -> bool {
        self.p.leaves[leaf].need <= 0 && !self.looked_at[leaf]
    }

    /// Rules out what the goal rules out.
    fn prepare(&mut self, goal: &Goal) -> bool {
        for (ix, arc) in self.p.arcs.iter().enumerate() {
            let target = self.p.leaves[arc.leaf].target;
            let too_low = match goal.aims[target] {
                // What counts less surely may still help an average or the whole of a percentage.
                Aim::Required(level) => arc.level < level && !self.lends[arc.leaf],
                Aim::Open(_) => false,
                Aim::Idle => true,
            };
            if (too_low || self.is_idle(arc.leaf) || goal.without.contains(&arc.item))
                && !self.state.decide(ix, Arcs::Out)
            {
                return false;
            }
        }
        true
    }

    /// Bounds a node, tries a solution near the prices, and says what to decide next.
    fn visit(&mut self, goal: &Goal, best: &mut Option<(Vec<ArcIx>, i64)>, is_first: bool) -> Next {
        self.steps += 1;
        let mut bound = 0;
        if !self.is_plain {
            match self.optimism(goal) {
                Some(found) => bound = found,
                None => return Next::Done,
            }
        }
        // A first look costs little, and mostly is enough.
        let looks = match (is_first, goal.least) {
            (true, Least::Level(_)) => [1, FIRST_LOOK, LONG_LOOK],
            (true, _) => [1, LONG_LOOK, 0],
            (false, _) => [LATER_LOOK, 0, 0],
        };
        for look in looks.into_iter().filter(|look| *look > 0) {
            let enough = goal.limit(best.as_ref());
            if enough.is_some_and(|enough| bound >= enough) {
                return Next::Done;
            }
            let before = self.prices.evaluations;
            let found = self.prices.bound(&self.state, goal, enough, look, is_first);
            self.steps += (self.prices.evaluations - before) / LOOKS_A_STEP;
            match found {
                Some(found) => bound = bound.max(found),
                None => return Next::Done,
            }
            if enough.is_some_and(|enough| bound >= enough) || self.try_dive(goal, best, bound) {
                return Next::Done;
            }
        }
        if is_first {
            self.root_bound = bound;
        }
        if let Some(enough) = goal.limit(best.as_ref())
            && !self.fix(goal, enough, is_first)
        {
            return Next::Done;
        }
        self.visits += 1;
        if (is_first || self.visits.is_multiple_of(STROLL_EVERY)) && self.stroll(goal, best, bound) {
            return Next::Done;
        }
        if let Some(step) = self.prices.split_step() {
            return Next::Branch(Choice::Step(step));
        }
        if let Some(arc) = self.split() {
            return Next::Branch(Choice::Arc(arc));
        }
        let dive = self.dive(goal);
        self.keep(goal, best, &dive);
        self.choose(goal, &dive).map_or(Next::Done, |arc| Next::Branch(Choice::Arc(arc)))
    }

    /// Decides what prices decide, and improves prices under that, for as long as that decides more.
    /// Whether anything with a value below `enough` is left.
    fn fix(&mut self, goal: &Goal, enough: i64, is_first: bool) -> bool {
        for round in 0..if is_first { FIRST_ROUNDS } else { LATER_ROUNDS } {
            if round > 0 {
                let before = self.prices.evaluations;
                let found = self.prices.bound(&self.state, goal, Some(enough), ROUND_LOOK, false);
                self.steps += (self.prices.evaluations - before) / LOOKS_A_STEP;
                if found.is_none_or(|found| found >= enough) {
                    return false;
                }
            }
            self.steps += 1;
            let Some(forced) = self.prices.forced(&self.state, goal, enough) else { return false };
            let before = self.state.mark();
            for (arc, to) in forced {
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

    /// Dives and keeps what is found; whether nothing better is left.
    fn try_dive(&mut self, goal: &Goal, best: &mut Option<(Vec<ArcIx>, i64)>, bound: i64) -> bool {
        self.steps += 1;
        let dive = self.dive(goal);
        self.keep(goal, best, &dive);
        goal.is_enough(best.as_ref()) || best.as_ref().is_some_and(|(_, value)| *value <= bound)
    }

    /// Walks toward an allocation that lacks no more than the bound; whether nothing better is left.
    fn stroll(&mut self, goal: &Goal, best: &mut Option<(Vec<ArcIx>, i64)>, bound: i64) -> bool {
        let p = self.p;
        let part = |aim: &Aim| matches!(aim, Aim::Open(Some(most)) if *most > 0);
        if goal.least == Least::Cost && goal.total.is_none() && goal.aims.iter().any(part) {
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
        let from = self.dive(goal);
        let (found, moves) =
            self.walk.run(&self.state, &from, &wanted, (goal.at_least.max(bound), goal.least == Least::Cost), WALK);
        self.steps += 1 + moves / MOVES_A_STEP;
        if let Some((_, arcs)) = found {
            let mark = self.state.mark();
            for arc in arcs {
                if self.state.arcs[arc] == Arcs::Free {
                    self.state.attempt(arc, Arcs::On);
                }
            }
            let arcs: Vec<ArcIx> = self.state.on_arcs().collect();
            self.state.undo(mark);
            self.keep(goal, best, &arcs);
        }
        goal.is_enough(best.as_ref()) || best.as_ref().is_some_and(|(_, value)| *value <= bound)
    }

    /// Keeps an allocation if it is the best so far.
    fn keep(&mut self, goal: &Goal, best: &mut Option<(Vec<ArcIx>, i64)>, arcs: &[ArcIx]) {
        if let Some(value) = self.value(arcs, goal)
            && best.as_ref().is_none_or(|(_, least)| value < *least)
        {
            *best = Some((arcs.to_vec(), value));
        }
    }

    /// What trees could reach if every item could go everywhere at once, in what prices do not see;
    /// a bound on the goal's value, or `None` if it cannot be met.
    fn optimism(&self, goal: &Goal) -> Option<i64> {
        let p = self.p;
        let optimism = Optimism::new(p, &self.state, &goal.aims);
        let mut bounds = vec![0; p.targets.len()];
        for (t, target) in p.targets.iter().enumerate() {
            match goal.aims[t] {
                Aim::Required(level) if optimism.levels[target.root] < level => return None,
                Aim::Open(cap) => {
                    bounds[t] = optimism.distances[target.root];
                    if cap.is_some_and(|cap| bounds[t] > cap) {
                        return None;
                    }
                }
                Aim::Required(_) | Aim::Idle => {}
            }
        }
        Some(match goal.least {
            Least::Level(_) | Least::Cost => 0,
            Least::Distance(t) => bounds[t],
            Least::Total => bounds[..p.declared].iter().copied().fold(0, i64::saturating_add),
        })
    }

    /// The free arc that the prices are most of two minds about.
    fn split(&self) -> Option<ArcIx> {
        let score = |arc: &ArcIx| {
            let habit = self.prices.habit[*arc].min(ONE_HABIT);
            i128::from(habit.min(ONE_HABIT - habit)) * i128::from(self.prices.price_of(*arc))
        };
        let free = (0..self.p.arcs.len()).filter(|arc| self.state.arcs[*arc] == Arcs::Free);
        free.filter(|arc| score(arc) > 0).max_by_key(|arc| (score(arc), std::cmp::Reverse(*arc)))
    }

    /// The value of an allocation, if it meets the goal. Its legality is the state's concern.
    pub(super) fn value(&mut self, arcs: &[ArcIx], goal: &Goal) -> Option<i64> {
        let p = self.p;
        let uses = |item: &ItemIx| arcs.iter().any(|a| p.arcs[*a].item == *item);
        if !goal.with.iter().all(uses) {
            return None;
        }
        if self.has_late_caps && !legal_caps(p, self.tables, arcs) {
            return None;
        }
        let roots = self.roots(arcs);
        for (aim, (level, distance)) in goal.aims.iter().zip(&roots) {
            let met = match aim {
                Aim::Required(least) => level >= least,
                Aim::Open(cap) => cap.is_none_or(|cap| *distance <= cap),
                Aim::Idle => true,
            };
            if !met {
                return None;
            }
        }
        let total = || roots[..p.declared].iter().map(|root| root.1).fold(0, i64::saturating_add);
        if goal.total.is_some_and(|most| total() > most) {
            return None;
        }
        let value = match goal.least {
            Least::Level(_) => 0,
            Least::Distance(t) => roots[t].1,
            Least::Cost => p.cost(arcs),
            Least::Total => total(),
        };
        goal.at_most.is_none_or(|most| value <= most).then_some(value)
    }

    /// A whole allocation near the prices: dearest leaves first, each filled as cheaply as what the
    /// others left allows, then what is still short is mended as far as that is easy.
    fn dive(&mut self, goal: &Goal) -> Vec<ArcIx> {
        let p = self.p;
        let mark = self.state.mark();
        let (state, prices) = (&mut self.state, &mut self.prices);
        for item in &goal.with {
            if !state.is_used(*item) {
                let arcs = (0..p.targets.len()).flat_map(|t| state.tables.arcs(*item, t)).copied();
                let best = arcs
                    .filter(|a| state.arcs[*a] == Arcs::Free)
                    .max_by_key(|a| (prices.habit[*a], p.leaves[p.arcs[*a].leaf].need > 0, std::cmp::Reverse(*a)));
                if let Some(arc) = best {
                    state.attempt(arc, Arcs::On);
                }
            }
        }
        let mut arcs = Vec::new();
        for (_, leaf) in prices.purchases(goal) {
            prices.fill(state, goal, leaf, &mut arcs);
            for arc in &arcs {
                if state.arcs[*arc] == Arcs::Free {
                    state.attempt(*arc, Arcs::On);
                }
            }
        }
        let mut taken = vec![0_i64; p.leaves.len()];
        for arc in state.on_arcs() {
            taken[p.arcs[arc].leaf] += p.arcs[arc].amount;
        }
        for _ in 0..8 {
            if !self.fill(goal, &mut taken) {
                break;
            }
        }
        let state = &mut self.state;
        for _ in 0..p.items {
            let Some(arc) = state.broken_cap().and_then(|cap| state.easing_arc(cap)) else { break };
            if !state.attempt(arc, Arcs::On) {
                break;
            }
        }
        let arcs = state.on_arcs().collect();
        state.undo(mark);
        arcs
    }

    /// Adds to the leaves and floors that the best way through each tree still lacks. Whether
    /// anything was added.
    fn fill(&mut self, goal: &Goal, taken: &mut [i64]) -> bool {
        let p = self.p;
        self.evaluator.run(self.state.on_arcs());
        let wanted = self.wanted(goal);
        let state = &mut self.state;
        let mut added = false;
        for want in wanted {
            match want {
                Want::Leaf(leaf) => {
                    let mut tried: Vec<ArcIx> = Vec::new();
                    loop {
                        let rest = p.leaves[leaf].need - taken[leaf];
                        // The surest, and of those what fits best: the largest that does not
                        // overshoot, or else the smallest that does.
                        let fit = |amount: i64| if amount <= rest { (0, rest - amount) } else { (1, amount - rest) };
                        let arcs = state.tables.of_leaf[leaf].iter().copied();
                        let best = arcs
                            .filter(|a| state.arcs[*a] == Arcs::Free && !tried.contains(a))
                            .min_by_key(|a| (std::cmp::Reverse(p.arcs[*a].level), fit(p.arcs[*a].amount), *a));
                        let Some(arc) = best.filter(|_| rest > 0) else { break };
                        tried.push(arc);
                        if state.attempt(arc, Arcs::On) {
                            taken[leaf] += p.arcs[arc].amount;
                            added = true;
                        }
                    }
                }
                Want::Weight(node, weights, mut rest) => {
                    let (from, to) = p.nodes[node].leaves;
                    let mut arcs: Vec<ArcIx> =
                        (from..to).flat_map(|l| state.tables.of_leaf[l].iter().copied()).collect();
                    // What goes to a leaf that stays open is not inside a part that is satisfied.
                    order::sort_by_key(&mut arcs, |arc| taken[p.arcs[*arc].leaf] < p.leaves[p.arcs[*arc].leaf].need);
                    for arc in arcs {
                        let weight = weights[p.arcs[arc].item];
                        if rest <= 0 {
                            break;
                        }
                        let target = p.target_of(arc);
                        if weight > 0
                            && state.arcs[arc] == Arcs::Free
                            && !state.is_present(p.arcs[arc].item, target)
                            && state.attempt(arc, Arcs::On)
                        {
                            taken[p.arcs[arc].leaf] += p.arcs[arc].amount;
                            rest -= weight;
                            added = true;
                        }
                    }
                }
            }
        }
        added
    }

    /// What is still wanted along the best way through each tree, by the latest evaluation.
    fn wanted(&self, goal: &Goal) -> Vec<Want> {
        let p = self.p;
        let evaluation = self.evaluator.latest();
        let mut wanted = Vec::new();
        let urgency = |aim: &Aim| match aim {
            Aim::Required(_) => 0,
            Aim::Open(_) => 1,
            Aim::Idle => 2,
        };
        let mut targets: Vec<TargetIx> = (0..p.targets.len()).filter(|t| goal.aims[*t] != Aim::Idle).collect();
        order::sort_by_key(&mut targets, |t| urgency(&goal.aims[*t]));
        for target in targets {
            let least = match goal.aims[target] {
                Aim::Required(level) => level,
                Aim::Open(_) | Aim::Idle => Level::Review,
            };
            // What is asked to be held more than once is gone into once.
            let mut entered = vec![target];
            let mut open = vec![p.targets[target].root];
            while let Some(ix) = open.pop() {
                if evaluation.levels[ix] >= least {
                    continue;
                }
                let node = &p.nodes[ix];
                for floor in &node.floors {
                    let met = evaluation.levels[ix] != Level::Unmet;
                    let state = self.evaluator.floor(ix, floor, met);
                    if state.short > 0 || state.level < least {
                        let weights = match floor {
                            Floor::Sum { weights, .. } | Floor::Unique { weights, .. } => weights.clone(),
                            Floor::Share { weights, matches, doubtful, .. } => (0..p.items)
                                .map(|item| if matches[item] || doubtful[item] { weights[item] } else { 0 })
                                .collect(),
                            Floor::Last(last) => last.asked(),
                            Floor::Distinct { keys, doubtful, .. } => {
                                let leaves = node.leaves.0..node.leaves.1;
                                let counts = |arc: &&ArcIx| {
                                    let Arc { item, level, .. } = p.arcs[**arc];
                                    level >= least && (least <= Level::Review || !doubtful[item])
                                };
                                let on = leaves.flat_map(|leaf| self.evaluator.arcs_at(leaf)).filter(counts);
                                let had: Vec<u32> = on.filter_map(|arc| keys[p.arcs[*arc].item]).collect();
                                keys.iter().map(|key| i64::from(key.is_some_and(|key| !had.contains(&key)))).collect()
                            }
                        };
                        let rest = match floor {
                            Floor::Sum { per_unit, .. }
                            | Floor::Unique { per_unit, .. }
                            | Floor::Share { per_unit, .. } => state.short / (*per_unit).max(1),
                            Floor::Last(last) => state.short / last.per_unit.max(1),
                            Floor::Distinct { per_key, .. } => state.short / (*per_key).max(1),
                        };
                        wanted.push(Want::Weight(ix, weights, rest.max(1)));
                    }
                }
                let mut nearest = |k: usize, of: &[NodeIx]| {
                    let mut of = of.to_vec();
                    order::sort_short_by_key(&mut of, |n| {
                        (std::cmp::Reverse(evaluation.levels[*n].min(least)), evaluation.distances[*n], *n)
                    });
                    open.extend(of.into_iter().take(k).rev());
                };
                match &node.kind {
                    NodeKind::Take(leaf) => wanted.push(Want::Leaf(*leaf)),
                    NodeKind::All(of) => nearest(of.len(), of),
                    NodeKind::AtLeast(k, of) => nearest(*k, of),
                    NodeKind::Amount(amount) => {
                        let children = amount.of.clone();
                        let have: i64 = amount.need;
                        nearest(children.len(), &children);
                        wanted.push(Want::Weight(ix, amount.amounts.clone(), have));
                    }
                    NodeKind::Either(a, b) => nearest(if least > Level::Review { 2 } else { 1 }, &[*a, *b]),
                    NodeKind::When(test, a, b) => {
                        open.push(if evaluation.levels[*test] == Level::Unmet { *b } else { *a });
                    }
                    NodeKind::Held(other, _) if entered.contains(other) => {}
                    NodeKind::Held(other, _) => {
                        entered.push(*other);
                        open.push(p.targets[*other].root);
                    }
                    NodeKind::Step(child, _) => open.push(*child),
                    NodeKind::Known(..) | NodeKind::Not(..) | NodeKind::Average(..) => {}
                }
            }
        }
        wanted
    }

    /// The arc to decide next: one that could mend what is short, then any.
    fn choose(&mut self, goal: &Goal, dive: &[ArcIx]) -> Option<ArcIx> {
        let p = self.p;
        self.evaluator.run(dive.iter().copied());
        let (state, prices) = (&self.state, &self.prices);
        let is_free = |a: ArcIx| state.arcs[a] == Arcs::Free;
        let in_dive = |a: ArcIx| dive.binary_search(&a).is_ok();
        for item in &goal.with {
            if !state.is_used(*item) {
                let arc = (0..p.targets.len()).flat_map(|t| state.tables.arcs(*item, t)).copied().find(|a| is_free(*a));
                if arc.is_some() {
                    return arc;
                }
            }
        }
        for want in self.wanted(goal) {
            let (leaves, weights) = match &want {
                Want::Leaf(leaf) => ((*leaf, *leaf + 1), None),
                Want::Weight(node, weights, _) => (p.nodes[*node].leaves, Some(weights)),
            };
            let arcs = (leaves.0..leaves.1).flat_map(|l| state.tables.of_leaf[l].iter().copied());
            let arc = arcs
                .filter(|a| is_free(*a) && !in_dive(*a) && weights.is_none_or(|w| w[p.arcs[*a].item] > 0))
                .max_by_key(|a| (prices.price_of(*a), std::cmp::Reverse(*a)));
            if arc.is_some() {
                return arc;
            }
        }
        let used = (0..p.arcs.len())
            .filter(|a| is_free(*a) && in_dive(*a))
            .max_by_key(|a| (prices.price_of(*a), std::cmp::Reverse(*a)));
        used.or_else(|| (0..p.arcs.len()).find(|a| is_free(*a)))
    }
}

/// Something that a tree still lacks.
enum Want {
    /// More items for a leaf.
    Leaf(usize),
    /// More items of positive weight below a node, until so much is reached.
    Weight(NodeIx, Vec<i64>, i64),
}

/// Whether trees have nothing but what prices see.
fn is_plain(p: &Problem) -> bool {
    p.nodes.iter().all(|node| {
        node.floors.iter().all(|floor| matches!(floor, Floor::Sum { doubtful, .. } if !doubtful.contains(&true)))
            && matches!(
                node.kind,
                NodeKind::Take(_) | NodeKind::All(_) | NodeKind::AtLeast(..) | NodeKind::Known(..) | NodeKind::Step(..)
            )
    })
}

/// Leaves of which something beside their own rule looks at what they take, satisfied or not.
fn looked_at(p: &Problem) -> Vec<bool> {
    let mut looked_at = vec![false; p.leaves.len()];
    for node in &p.nodes {
        let range = match &node.kind {
            NodeKind::Average(..) => p.nodes[p.targets[node.target].root].leaves,
            NodeKind::Amount(_) => node.leaves,
            _ if !node.floors.is_empty() => node.leaves,
            _ => continue,
        };
        looked_at[range.0..range.1].fill(true);
    }
    for cap in p.caps.iter().filter(|cap| cap.weights.iter().any(|w| *w < 0)) {
        looked_at[cap.leaves.0..cap.leaves.1].fill(true);
    }
    looked_at
}

/// Leaves whose items, however surely they count, help something that does not look at that: an
/// average over the target, or the whole that a cap is a percentage of.
fn lends(p: &Problem) -> Vec<bool> {
    let mut lends = vec![false; p.leaves.len()];
    for node in p.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Average(..))) {
        let (from, to) = p.nodes[p.targets[node.target].root].leaves;
        lends[from..to].fill(true);
    }
    for cap in p.caps.iter().filter(|cap| cap.weights.iter().any(|weight| *weight < 0)) {
        lends[cap.leaves.0..cap.leaves.1].fill(true);
    }
    lends
}

/// Whether caps hold for a whole allocation.
fn legal_caps(p: &Problem, tables: &Tables, arcs: &[ArcIx]) -> bool {
    let mut state = State::new(p, tables);
    for arc in 0..p.arcs.len() {
        let to = if arcs.binary_search(&arc).is_ok() { Arcs::On } else { continue };
        if !state.decide(arc, to) {
            return false;
        }
    }
    state.broken_cap().is_none()
}
