//! What an allocation achieves, exactly.

use credstack_base::order;

use super::problem::{ArcIx, Floor, ItemIx, LeafIx, Level, NodeIx, NodeKind, Other, Problem, share_of};

/// What an allocation achieves at every node.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// The level of each node.
    pub levels: Vec<Level>,
    /// The distance of each node; zero where it is not [`Level::Unmet`].
    pub distances: Vec<i64>,
    /// The amount each leaf took.
    pub taken: Vec<i64>,
}

/// Evaluates allocations of one problem, reusing its buffers.
#[derive(Debug)]
pub struct Evaluator<'p> {
    problem: &'p Problem,
    /// The arcs in use, by leaf.
    by_leaf: Vec<Vec<ArcIx>>,
    /// How many leaves of each target use each item.
    used: Vec<Vec<u32>>,
    /// How often all trees are gone through: targets that others hold come anywhere in the list, and
    /// one that is held never holds back, so as many rounds as there are targets reach a fixed point.
    rounds: usize,
    result: Evaluation,
}

/// How far a floor is: its level, and what is short of it in distance.
#[derive(Clone, Copy, Debug)]
pub struct FloorState {
    /// The level.
    pub level: Level,
    /// What is short.
    pub short: i64,
}

/// Which of the items inside a node are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Everything allocated below it.
    Everything,
    /// What is below satisfied children only.
    Satisfied,
}

impl<'p> Evaluator<'p> {
    /// For a problem.
    #[must_use]
    pub fn new(problem: &'p Problem) -> Self {
        let holds = problem.nodes.iter().any(|n| matches!(n.kind, NodeKind::Held(..)));
        Self {
            problem,
            rounds: if holds { problem.targets.len() } else { 1 },
            by_leaf: vec![Vec::new(); problem.leaves.len()],
            used: vec![vec![0; problem.items]; problem.targets.len()],
            result: Evaluation {
                levels: vec![Level::Unmet; problem.nodes.len()],
                distances: vec![0; problem.nodes.len()],
                taken: vec![0; problem.leaves.len()],
            },
        }
    }

    /// Evaluates the allocation that uses these arcs.
    pub fn run(&mut self, arcs: impl IntoIterator<Item = ArcIx>) -> &Evaluation {
        for leaf in &mut self.by_leaf {
            leaf.clear();
        }
        for target in &mut self.used {
            target.fill(0);
        }
        for arc in arcs {
            let a = &self.problem.arcs[arc];
            self.by_leaf[a.leaf].push(arc);
            self.used[self.problem.leaves[a.leaf].target][a.item] += 1;
        }
        for _ in 0..self.rounds {
            // INVARIANT: children come after their parent, so backwards is bottom-up.
            for node in (0..self.problem.nodes.len()).rev() {
                if let NodeKind::Take(leaf) = self.problem.nodes[node].kind {
                    self.result.taken[leaf] = self.leaf(leaf).1;
                }
                let (level, distance) = self.node(node);
                self.result.levels[node] = level;
                self.result.distances[node] = distance;
            }
        }
        &self.result
    }

    /// The latest evaluation.
    #[must_use]
    pub const fn latest(&self) -> &Evaluation {
        &self.result
    }

    /// The arcs in use at a leaf, in the latest allocation evaluated.
    #[must_use]
    pub fn arcs_at(&self, leaf: LeafIx) -> &[ArcIx] {
        &self.by_leaf[leaf]
    }

    /// The level of a node's rule in the latest evaluation, its floors left aside.
    #[must_use]
    pub fn rule_level(&self, ix: NodeIx) -> Level {
        self.rule(ix).0
    }

    fn node(&mut self, ix: NodeIx) -> (Level, i64) {
        let problem = self.problem;
        let node = &problem.nodes[ix];
        let (mut level, mut distance) = self.rule(ix);
        let inside = if level == Level::Unmet { Inside::Everything } else { Inside::Satisfied };
        for floor in &node.floors {
            let state = self.floor_state(ix, floor, inside);
            if state.level == Level::Unmet && level != Level::Unmet {
                distance = 0;
            }
            level = level.min(state.level);
            distance = distance.max(state.short);
        }
        (level, if level == Level::Unmet { distance } else { 0 })
    }

    fn rule(&self, ix: NodeIx) -> (Level, i64) {
        let problem = self.problem;
        match &problem.nodes[ix].kind {
            NodeKind::Known(level, distance) => (*level, *distance),
            NodeKind::Take(leaf) => {
                let (level, have) = self.leaf(*leaf);
                let leaf = &problem.leaves[*leaf];
                (level, (leaf.need - have).max(0).saturating_mul(leaf.per_unit))
            }
            NodeKind::All(children) => {
                let mut level = Level::Met;
                let mut distance = 0;
                for child in children {
                    level = level.min(self.result.levels[*child]);
                    distance = i64::saturating_add(distance, self.result.distances[*child]);
                }
                (level, distance)
            }
            NodeKind::AtLeast(k, children) => {
                if *k == 0 {
                    return (Level::Met, 0);
                }
                (self.nth_level(*k, children), self.least_distance(*k, children))
            }
            NodeKind::Amount(amount) => {
                let mut sums = [0_i64; 4];
                let mut seen = vec![false; problem.items];
                for (item, level) in self.inside(&amount.of, Inside::Satisfied) {
                    if !std::mem::replace(&mut seen[item], true) {
                        sums[level as usize] += amount.amounts[item];
                    }
                }
                let (level, have) = reached(amount.need, sums);
                (level, (amount.need - have).max(0).saturating_mul(amount.per_unit))
            }
            NodeKind::Either(a, b) => {
                let (a, b) = (*a, *b);
                let (la, lb) = (self.result.levels[a], self.result.levels[b]);
                (la.max(lb).min(Level::Review).max(la.min(lb)), self.result.distances[a].min(self.result.distances[b]))
            }
            NodeKind::When(test, then, otherwise) => {
                let (lt, la, lb) =
                    (self.result.levels[*test], self.result.levels[*then], self.result.levels[*otherwise]);
                match lt {
                    Level::Unmet => (lb, self.result.distances[*otherwise]),
                    Level::Review => (
                        la.max(lb).min(Level::Review).max(la.min(lb)),
                        self.result.distances[*then].min(self.result.distances[*otherwise]),
                    ),
                    Level::InProgress | Level::Met => (la.min(lt), self.result.distances[*then]),
                }
            }
            NodeKind::Not(child, distance) => match self.result.levels[*child] {
                Level::Unmet => (Level::Met, 0),
                Level::Review => (Level::Review, 0),
                Level::InProgress | Level::Met => (Level::Unmet, *distance),
            },
            NodeKind::Step(child, distance) => (self.result.levels[*child], *distance),
            NodeKind::Held(target, distance) => {
                let level = self.result.levels[problem.targets[*target].root];
                (level, *distance)
            }
            NodeKind::Average(weights, distance) => {
                let target = problem.nodes[ix].target;
                let mut sum = 0_i128;
                let mut any = false;
                for (item, weight) in weights.iter().enumerate() {
                    if let Some(weight) = weight
                        && self.used[target][item] > 0
                    {
                        sum += i128::from(*weight);
                        any = true;
                    }
                }
                if !any {
                    (Level::Review, 0)
                } else if sum >= 0 {
                    (Level::Met, 0)
                } else {
                    (Level::Unmet, *distance)
                }
            }
        }
    }

    /// The best level that so many children reach.
    fn nth_level(&self, k: usize, children: &[NodeIx]) -> Level {
        let reach = |least: &Level| children.iter().filter(|child| self.result.levels[**child] >= *least).count() >= k;
        [Level::Met, Level::InProgress, Level::Review].into_iter().find(reach).unwrap_or(Level::Unmet)
    }

    /// The distances of the nearest children, so many of them.
    fn least_distance(&self, k: usize, children: &[NodeIx]) -> i64 {
        let of = |child: &NodeIx| self.result.distances[*child];
        let mut few = [0_i64; 16];
        let add = |sorted: &mut [i64]| {
            order::sort_short(sorted);
            sorted.iter().take(k).copied().fold(0, i64::saturating_add)
        };
        match few.get_mut(..children.len()) {
            Some(few) => {
                few.iter_mut().zip(children).for_each(|(distance, child)| *distance = of(child));
                add(few)
            }
            None => add(&mut children.iter().map(of).collect::<Vec<_>>()),
        }
    }

    /// The level that a leaf reaches, and what it took.
    fn leaf(&self, leaf: LeafIx) -> (Level, i64) {
        let problem = self.problem;
        let mut sums = [0_i64; 4];
        for arc in &self.by_leaf[leaf] {
            let arc = &problem.arcs[*arc];
            sums[arc.level as usize] += arc.amount;
        }
        reached(problem.leaves[leaf].need, sums)
    }

    /// The items below some nodes with the level at which they count there. What is below a
    /// satisfied child counts no more surely than that child holds: what waits for a decision, or
    /// for something under way, waits as a whole.
    fn inside(&self, roots: &[NodeIx], inside: Inside) -> Vec<(ItemIx, Level)> {
        let problem = self.problem;
        let mut found = Vec::new();
        let mut open: Vec<(NodeIx, Level)> = roots.iter().map(|root| (*root, Level::Met)).collect();
        while let Some((ix, above)) = open.pop() {
            let level = match inside {
                Inside::Everything => above,
                Inside::Satisfied => above.min(self.result.levels[ix]),
            };
            if level == Level::Unmet {
                continue;
            }
            match &problem.nodes[ix].kind {
                NodeKind::Take(leaf) => {
                    for arc in &self.by_leaf[*leaf] {
                        let arc = &problem.arcs[*arc];
                        found.push((arc.item, arc.level.min(level)));
                    }
                }
                NodeKind::All(of) | NodeKind::AtLeast(_, of) => open.extend(of.iter().map(|child| (*child, level))),
                NodeKind::Amount(amount) => open.extend(amount.of.iter().map(|child| (*child, level))),
                NodeKind::Either(a, b) | NodeKind::When(_, a, b) => open.extend([(*a, level), (*b, level)]),
                NodeKind::Step(child, _) => open.push((*child, level)),
                NodeKind::Known(..) | NodeKind::Not(..) | NodeKind::Held(..) | NodeKind::Average(..) => {}
            }
        }
        found
    }

    /// How far a floor of a node is, counting what is inside satisfied children if the node's rule
    /// is met, and everything inside if it is not.
    #[must_use]
    pub fn floor(&self, ix: NodeIx, floor: &Floor, rule_is_met: bool) -> FloorState {
        self.floor_state(ix, floor, if rule_is_met { Inside::Satisfied } else { Inside::Everything })
    }

    fn floor_state(&self, ix: NodeIx, floor: &Floor, inside: Inside) -> FloorState {
        let problem = self.problem;
        let children = match &problem.nodes[ix].kind {
            NodeKind::All(of) | NodeKind::AtLeast(_, of) => of.clone(),
            NodeKind::Amount(amount) => amount.of.clone(),
            NodeKind::Either(a, b) | NodeKind::When(_, a, b) => vec![*a, *b],
            NodeKind::Step(child, _) => vec![*child],
            NodeKind::Take(leaf) => {
                let items = self.by_leaf[*leaf].iter().map(|arc| (problem.arcs[*arc].item, problem.arcs[*arc].level));
                return self.floor_over(ix, floor, items.collect());
            }
            _ => Vec::new(),
        };
        self.floor_over(ix, floor, self.inside(&children, inside))
    }

    fn floor_over(&self, ix: NodeIx, floor: &Floor, mut items: Vec<(ItemIx, Level)>) -> FloorState {
        // An item that several leaves of a share group take counts once, at its best.
        order::sort_short_by_key(&mut items, |(item, level)| (*item, std::cmp::Reverse(*level)));
        items.dedup_by_key(|(item, _)| *item);
        let sum_by_level = |weight: &dyn Fn(ItemIx) -> i64, doubtful: &[bool]| {
            let mut sums = [0_i64; 4];
            for (item, level) in &items {
                let doubt = doubtful.get(*item).copied().unwrap_or(false);
                let level = if doubt { (*level).min(Level::Review) } else { *level };
                sums[level as usize] += weight(*item);
            }
            sums
        };
        match floor {
            Floor::Sum { need, weights, doubtful, per_unit } => {
                let (level, have) = reached(*need, sum_by_level(&|i| weights[i], doubtful));
                FloorState { level, short: (need - have).max(0).saturating_mul(*per_unit) }
            }
            Floor::Unique { other, need, weights, per_unit } => {
                let own = &self.used[self.problem.nodes[ix].target];
                let elsewhere = |i: ItemIx| match other {
                    Other::Target(target) => self.used[*target][i] > 0,
                    Other::Items(items) => items[i],
                };
                if !(0..self.problem.items).any(|i| own[i] > 0 && elsewhere(i)) {
                    return FloorState { level: Level::Met, short: 0 };
                }
                let (level, have) = reached(*need, sum_by_level(&|i| if elsewhere(i) { 0 } else { weights[i] }, &[]));
                FloorState { level, short: (need - have).max(0).saturating_mul(*per_unit) }
            }
            Floor::Share { percent, round, weights, matches, doubtful, per_unit } => {
                let whole: i64 = items.iter().map(|(i, _)| weights[*i]).sum();
                let need = share_of(whole, *percent, *round);
                let (level, have) =
                    reached(need, sum_by_level(&|i| if matches[i] || doubtful[i] { weights[i] } else { 0 }, doubtful));
                FloorState { level, short: (need - have).max(0).saturating_mul(*per_unit) }
            }
            Floor::Last(last) => {
                let have = |least: Level| last.have(items.iter().copied(), least);
                let level = [Level::Met, Level::InProgress, Level::Review].into_iter().find(|l| have(*l) >= last.need);
                match level {
                    Some(level) => FloorState { level, short: 0 },
                    None => {
                        let short = (last.need - have(Level::Review)).saturating_mul(last.per_unit);
                        FloorState { level: Level::Unmet, short }
                    }
                }
            }
            Floor::Distinct { need, keys, doubtful, per_key } => {
                let counts = |item: ItemIx, level: Level, least: Level| {
                    level >= least && (least <= Level::Review || !doubtful[item])
                };
                let mut level = Level::Unmet;
                let mut have = 0;
                for least in [Level::Met, Level::InProgress, Level::Review] {
                    let mut found: Vec<u32> =
                        items.iter().filter(|(i, l)| counts(*i, *l, least)).filter_map(|(i, _)| keys[*i]).collect();
                    order::sort_short(&mut found);
                    found.dedup();
                    have = found.len();
                    if have >= *need {
                        level = least;
                        break;
                    }
                }
                let short = i64::try_from(need.saturating_sub(have)).unwrap_or(i64::MAX);
                FloorState { level, short: short.saturating_mul(*per_key) }
            }
        }
    }
}

/// The best level at which a need is reached, and all that there is.
fn reached(need: i64, sums: [i64; 4]) -> (Level, i64) {
    let met = sums[Level::Met as usize];
    let in_progress = met + sums[Level::InProgress as usize];
    let review = in_progress + sums[Level::Review as usize];
    let level = if met >= need {
        Level::Met
    } else if in_progress >= need {
        Level::InProgress
    } else if review >= need {
        Level::Review
    } else {
        Level::Unmet
    };
    (level, review)
}
