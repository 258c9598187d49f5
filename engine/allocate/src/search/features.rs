//! What of a problem decides how it is searched.

use crate::index::{LeafIx, Table};
use crate::problem::{Cap, Floor, NodeKind, Problem};

/// The features of a problem.
#[derive(Debug)]
pub(super) struct Features {
    /// Whether trees ask for nothing but what prices see.
    pub(super) is_plain: bool,
    /// Whether there are caps that only a whole allocation can break.
    pub(super) has_relative_caps: bool,
    /// Leaves of which something beside their own rule sees what they take, satisfied or not.
    is_observed: Table<LeafIx, bool>,
    /// Leaves whose items, however surely they count, help something that does not look at that: an
    /// average over the target, or the whole that a cap is a percentage of.
    lends: Table<LeafIx, bool>,
}

impl Features {
    /// Find the features of a problem.
    pub(super) fn new(p: &Problem) -> Self {
        Self {
            is_plain: is_plain(p),
            has_relative_caps: p.caps.iter().any(Cap::is_relative),
            is_observed: observed(p),
            lends: lenders(p),
        }
    }

    /// Return whether something beside a leaf's own rule sees what it takes.
    pub(super) fn is_observed(&self, leaf: LeafIx) -> bool {
        self.is_observed[leaf]
    }

    /// Return whether an item helps something wherever it counts in a leaf, however surely.
    pub(super) fn lends(&self, leaf: LeafIx) -> bool {
        self.lends[leaf]
    }
}

fn is_plain(p: &Problem) -> bool {
    p.nodes.iter().all(|node| {
        node.floors
            .iter()
            .all(|floor| matches!(floor, Floor::Sum { doubtful, .. } if !doubtful.iter().any(|doubtful| *doubtful)))
            && matches!(
                node.kind,
                NodeKind::Take(_) | NodeKind::All(_) | NodeKind::AtLeast(..) | NodeKind::Known(..) | NodeKind::Step(..)
            )
    })
}

fn observed(p: &Problem) -> Table<LeafIx, bool> {
    let mut observed = Table::filled(false, p.leaves.len());
    for node in &p.nodes {
        let range = match &node.kind {
            NodeKind::Average(..) => p.nodes[p.targets[node.target].root].leaves,
            NodeKind::Amount(_) => node.leaves,
            _ if !node.floors.is_empty() => node.leaves,
            _ => continue,
        };
        observed.fill_between(range, true);
    }
    for cap in p.caps.iter().filter(|cap| cap.has_negative_weights()) {
        observed.fill_between(cap.leaves, true);
    }
    observed
}

fn lenders(p: &Problem) -> Table<LeafIx, bool> {
    let mut lends = Table::filled(false, p.leaves.len());
    for node in p.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Average(..))) {
        lends.fill_between(p.nodes[p.targets[node.target].root].leaves, true);
    }
    for cap in p.caps.iter().filter(|cap| cap.has_negative_weights()) {
        lends.fill_between(cap.leaves, true);
    }
    lends
}
