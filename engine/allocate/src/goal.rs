//! What one search is for: what is asked of each target, and what is made as small as possible.
//!
//! The objective of a joint determination is lexicographic. It is followed one part at a time, and
//! each part is one [`Goal`]: the parts before it are its constraints.

use super::index::{ArcIx, ItemIx, NodeIx, Table, TargetIx};
use super::level::Level;
use super::problem::{NodeKind, Problem};

/// The demand on a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// Its root reaches at least this level.
    Required(Level),
    /// Its distance is at most this, if given.
    Open(Option<i64>),
    /// Nothing.
    Idle,
}

/// The number that is made as small as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Least {
    /// Nothing: any solution will do. The target is the one whose level is in question.
    Level(TargetIx),
    /// The distance of a target.
    Distance(TargetIx),
    /// The cost of the allocation.
    Cost,
    /// The distances of all declared targets together.
    Total,
}

/// An allocation that meets a goal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Solution {
    /// The arcs in use, in order.
    pub(crate) arcs: Vec<ArcIx>,
    /// The number that is made as small as possible.
    pub(crate) value: i64,
}

/// The question of one search.
#[derive(Clone, Debug)]
pub(crate) struct Goal {
    /// The demand on each target.
    pub(crate) aims: Table<TargetIx, Aim>,
    /// The number that is made as small as possible.
    pub(crate) least: Least,
    /// Items that must be used.
    pub(crate) with: Vec<ItemIx>,
    /// Items that must not be used.
    pub(crate) without: Vec<ItemIx>,
    /// The greatest value that a solution may have.
    pub(crate) at_most: Option<i64>,
    /// A number that no value is below.
    pub(crate) at_least: i64,
    /// The most that the distances of the declared targets may be together.
    pub(crate) total: Option<i64>,
}

impl Goal {
    /// Create a goal with nothing but aims.
    pub(crate) const fn new(aims: Table<TargetIx, Aim>, least: Least) -> Self {
        Self { aims, least, with: Vec::new(), without: Vec::new(), at_most: None, at_least: 0, total: None }
    }

    /// Return the least value that is of no use any more, if there is one.
    pub(crate) fn limit(&self, best: Option<&Solution>) -> Option<i64> {
        let most = match self.least {
            Least::Level(_) => Some(0),
            _ => self.at_most,
        };
        let most = most.map(|most| most.saturating_add(1));
        best.map(|best| best.value).into_iter().chain(most).min()
    }

    /// Return whether nothing better than the best solution so far is asked for.
    pub(crate) fn is_enough(&self, best: Option<&Solution>) -> bool {
        best.is_some_and(|best| best.value <= self.at_least || matches!(self.least, Least::Level(_)))
    }
}

/// Return the aims with one more target required, and with it every target that it cannot do without.
pub(crate) fn require(
    problem: &Problem,
    aims: &Table<TargetIx, Aim>,
    target: TargetIx,
    level: Level,
) -> Table<TargetIx, Aim> {
    let mut aims = aims.clone();
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

/// Return whether a node is known to be unmet, or a leaf whose need all its arcs together do not reach.
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
