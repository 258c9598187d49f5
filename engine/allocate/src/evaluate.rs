//! Exact evaluation: the level and the distance that an allocation achieves at every node.
//!
//! Everything else in the crate estimates or bounds. What it finds is kept only if this says so.

use credstack_base::order;

use super::index::{ArcIx, ItemIx, LeafIx, NodeIx, Table, TargetIx};
use super::level::{Branch, Level, Tally};
use super::problem::{Floor, NodeKind, Other, Problem, share_of};

/// The level and the distance that an allocation achieves at every node.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// The level of each node.
    pub levels: Table<NodeIx, Level>,
    /// The distance of each node; zero where it is not [`Level::Unmet`].
    pub distances: Table<NodeIx, i64>,
    /// The amount each leaf took.
    pub taken: Table<LeafIx, i64>,
}

/// An evaluator of allocations of one problem, which uses its buffers again.
#[derive(Debug)]
pub struct Evaluator<'p> {
    problem: &'p Problem,
    /// The arcs in use, by leaf.
    by_leaf: Table<LeafIx, Vec<ArcIx>>,
    /// The number of leaves of each target that use each item.
    used: Table<TargetIx, Table<ItemIx, u32>>,
    /// The number of rounds through all trees: targets that others hold come anywhere in the list, and
    /// one that is held never holds back, so as many rounds as there are targets reach a fixed point.
    rounds: usize,
    result: Evaluation,
}

/// The state of a floor.
#[derive(Clone, Copy, Debug)]
pub struct FloorState {
    /// The level.
    pub level: Level,
    /// The distance that it is short.
    pub short: i64,
}

/// The items inside a node that are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Everything allocated below it.
    Everything,
    /// Only those allocated below satisfied children.
    Satisfied,
}

impl<'p> Evaluator<'p> {
    /// Create the evaluator of a problem.
    #[must_use]
    pub fn new(problem: &'p Problem) -> Self {
        let holds = problem.nodes.iter().any(|n| matches!(n.kind, NodeKind::Held(..)));
        Self {
            problem,
            rounds: if holds { problem.targets.len() } else { 1 },
            by_leaf: Table::filled(Vec::new(), problem.leaves.len()),
            used: Table::filled(Table::filled(0, problem.items), problem.targets.len()),
            result: Evaluation {
                levels: Table::filled(Level::Unmet, problem.nodes.len()),
                distances: Table::filled(0, problem.nodes.len()),
                taken: Table::filled(0, problem.leaves.len()),
            },
        }
    }

    /// Evaluate the allocation that uses these arcs.
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
            for node in self.problem.nodes.ixs().rev() {
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

    /// Return the latest evaluation.
    #[must_use]
    pub const fn latest(&self) -> &Evaluation {
        &self.result
    }

    /// Return the arcs in use at a leaf, in the latest allocation evaluated.
    #[must_use]
    pub fn arcs_at(&self, leaf: LeafIx) -> &[ArcIx] {
        &self.by_leaf[leaf]
    }

    /// Return the level of a node's rule in the latest evaluation, its floors left aside.
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
                let distances = children.iter().map(|child| self.result.distances[*child]);
                (Level::all(self.levels(children)), distances.fold(0, i64::saturating_add))
            }
            NodeKind::AtLeast(k, children) => {
                (Level::at_least(*k, self.levels(children)), self.least_distance(*k, children))
            }
            NodeKind::Amount(amount) => {
                let mut tally = Tally::default();
                let mut seen = Table::filled(false, problem.items);
                for (item, level) in self.inside(&amount.of, Inside::Satisfied) {
                    if !std::mem::replace(&mut seen[item], true) {
                        tally.add(level, amount.amounts[item]);
                    }
                }
                let (level, have) = tally.reach(amount.need);
                (level, (amount.need - have).max(0).saturating_mul(amount.per_unit))
            }
            NodeKind::Either(a, b) => {
                let (levels, distances) = (&self.result.levels, &self.result.distances);
                (levels[*a].either(levels[*b]), distances[*a].min(distances[*b]))
            }
            NodeKind::When(test, then, otherwise) => {
                let (levels, distances) = (&self.result.levels, &self.result.distances);
                let test = levels[*test];
                let distance = match test.branch() {
                    Branch::Then => distances[*then],
                    Branch::Otherwise => distances[*otherwise],
                    Branch::Unknown => distances[*then].min(distances[*otherwise]),
                };
                (test.when(levels[*then], levels[*otherwise]), distance)
            }
            NodeKind::Not(child, distance) => {
                let level = self.result.levels[*child].not();
                (level, if level == Level::Unmet { *distance } else { 0 })
            }
            NodeKind::Step(child, distance) => (self.result.levels[*child], *distance),
            NodeKind::Held(target, distance) => {
                let level = self.result.levels[problem.targets[*target].root];
                (level, *distance)
            }
            NodeKind::Average(weights, distance) => {
                let target = problem.nodes[ix].target;
                let mut sum = 0_i128;
                let mut any = false;
                for (item, weight) in weights.enumerate() {
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

    fn levels(&self, nodes: &[NodeIx]) -> impl Iterator<Item = Level> {
        nodes.iter().map(|node| self.result.levels[*node])
    }

    /// Return the distances of the nearest `k` children together.
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

    /// Return the level that a leaf reaches, and the amount it took.
    fn leaf(&self, leaf: LeafIx) -> (Level, i64) {
        let problem = self.problem;
        let mut tally = Tally::default();
        for arc in &self.by_leaf[leaf] {
            let arc = &problem.arcs[*arc];
            tally.add(arc.level, arc.amount);
        }
        tally.reach(problem.leaves[leaf].need)
    }

    /// Return the items below some nodes with the level at which they count there. What is below a
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

    /// Return how far a floor of a node is, counting what is inside satisfied children if the node's
    /// rule is met, and everything inside if it is not.
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
        let tally = |weight: &dyn Fn(ItemIx) -> i64, doubtful: &Table<ItemIx, bool>| {
            let mut tally = Tally::default();
            for (item, level) in &items {
                tally.add(level.doubted(doubtful.get(*item).copied().unwrap_or(false)), weight(*item));
            }
            tally
        };
        let state = |need: i64, (level, have): (Level, i64), per_unit: i64| FloorState {
            level,
            short: (need - have).max(0).saturating_mul(per_unit),
        };
        match floor {
            Floor::Sum { need, weights, doubtful, per_unit } => {
                state(*need, tally(&|item| weights[item], doubtful).reach(*need), *per_unit)
            }
            Floor::Unique { other, need, weights, per_unit } => {
                let own = &self.used[self.problem.nodes[ix].target];
                let is_elsewhere = |item: ItemIx| match other {
                    Other::Target(target) => self.used[*target][item] > 0,
                    Other::Items(items) => items[item],
                };
                if !self.problem.item_ixs().any(|item| own[item] > 0 && is_elsewhere(item)) {
                    return FloorState { level: Level::Met, short: 0 };
                }
                let weight = |item| if is_elsewhere(item) { 0 } else { weights[item] };
                state(*need, tally(&weight, &Table::new()).reach(*need), *per_unit)
            }
            Floor::Share { percent, round, weights, matches, doubtful, per_unit } => {
                let whole: i64 = items.iter().map(|(item, _)| weights[*item]).sum();
                let need = share_of(whole, *percent, *round);
                let weight = |item: ItemIx| if matches[item] || doubtful[item] { weights[item] } else { 0 };
                state(need, tally(&weight, doubtful).reach(need), *per_unit)
            }
            Floor::Last(last) => {
                let have = |least: Level| last.have(items.iter().copied(), least);
                match Level::best(|least| have(least) >= last.need) {
                    Level::Unmet => state(last.need, (Level::Unmet, have(Level::Review)), last.per_unit),
                    level => FloorState { level, short: 0 },
                }
            }
            Floor::Distinct { need, keys, doubtful, per_key } => {
                let counts = |item: ItemIx, level: Level, least: Level| {
                    level >= least && (least <= Level::Review || !doubtful[item])
                };
                let mut have = 0;
                let level = Level::best(|least| {
                    let mut found: Vec<u32> =
                        items.iter().filter(|(i, l)| counts(*i, *l, least)).filter_map(|(i, _)| keys[*i]).collect();
                    order::sort_short(&mut found);
                    found.dedup();
                    have = found.len();
                    have >= *need
                });
                let short = i64::try_from(need.saturating_sub(have)).unwrap_or(i64::MAX);
                FloorState { level, short: short.saturating_mul(*per_key) }
            }
        }
    }
}
