//! Tables over a problem that answer "which arcs", "which caps", "which pairs" without a search.

use super::problem::{ArcIx, ItemIx, LeafIx, Problem, TargetIx};

/// Look-up tables over a problem, worked out once.
#[derive(Debug)]
pub(crate) struct Lookup {
    /// The arcs of each leaf.
    pub(crate) of_leaf: Vec<Vec<ArcIx>>,
    /// The arcs of an item in a target, by [`Lookup::place`].
    at: Vec<Vec<ArcIx>>,
    caps_of_leaf: Vec<Vec<usize>>,
    exclusions_of_leaf: Vec<Vec<usize>>,
    pairs_of_target: Vec<Vec<usize>>,
    /// The pair of two targets, by `a * targets + b`.
    pair_of: Vec<Option<usize>>,
    targets: usize,
}

impl Lookup {
    /// Create the tables of a problem.
    pub(crate) fn new(p: &Problem) -> Self {
        let targets = p.targets.len();
        let mut at = vec![Vec::new(); p.items * targets];
        let mut of_leaf = vec![Vec::new(); p.leaves.len()];
        for (ix, arc) in p.arcs.iter().enumerate() {
            at[arc.item * targets + p.leaves[arc.leaf].target].push(ix);
            of_leaf[arc.leaf].push(ix);
        }
        let mut caps_of_leaf = vec![Vec::new(); p.leaves.len()];
        for (ix, cap) in p.caps.iter().enumerate() {
            for leaf in cap.leaves.0..cap.leaves.1 {
                caps_of_leaf[leaf].push(ix);
            }
        }
        let mut exclusions_of_leaf = vec![Vec::new(); p.leaves.len()];
        for (ix, exclusion) in p.exclusions.iter().enumerate() {
            for leaf in exclusion.leaves.0..exclusion.leaves.1 {
                exclusions_of_leaf[leaf].push(ix);
            }
        }
        let mut pairs_of_target = vec![Vec::new(); targets];
        let mut pair_of = vec![None; targets * targets];
        for (ix, pair) in p.pairs.iter().enumerate() {
            pairs_of_target[pair.a].push(ix);
            pairs_of_target[pair.b].push(ix);
            pair_of[pair.a * targets + pair.b] = Some(ix);
            pair_of[pair.b * targets + pair.a] = Some(ix);
        }
        Self { of_leaf, at, caps_of_leaf, exclusions_of_leaf, pairs_of_target, pair_of, targets }
    }

    /// Return an item and a target as one number, below items times targets.
    #[inline]
    pub(crate) const fn place(&self, item: ItemIx, target: TargetIx) -> usize {
        item * self.targets + target
    }

    /// Return how many arcs there are at each place, in the order of places.
    pub(crate) fn arcs_at_places(&self) -> impl Iterator<Item = usize> + '_ {
        self.at.iter().map(Vec::len)
    }

    /// Return the arcs of an item in a target.
    #[inline]
    pub(crate) fn arcs(&self, item: ItemIx, target: TargetIx) -> &[ArcIx] {
        &self.at[item * self.targets + target]
    }

    /// Return all arcs of an item, target by target.
    pub(crate) fn arcs_of(&self, item: ItemIx) -> impl Iterator<Item = ArcIx> + '_ {
        self.at[item * self.targets..(item + 1) * self.targets].iter().flatten().copied()
    }

    /// Return the arcs of some leaves, leaf by leaf.
    pub(crate) fn arcs_inside(&self, (from, to): (LeafIx, LeafIx)) -> impl Iterator<Item = ArcIx> + '_ {
        self.of_leaf[from..to].iter().flatten().copied()
    }

    /// Return the caps that a leaf lies within.
    #[inline]
    pub(crate) fn caps_of(&self, leaf: LeafIx) -> &[usize] {
        &self.caps_of_leaf[leaf]
    }

    /// Return the exclusions that a leaf lies within.
    #[inline]
    pub(crate) fn exclusions_of(&self, leaf: LeafIx) -> &[usize] {
        &self.exclusions_of_leaf[leaf]
    }

    /// Return the pairs that a target belongs to.
    #[inline]
    pub(crate) fn pairs_of(&self, target: TargetIx) -> &[usize] {
        &self.pairs_of_target[target]
    }

    /// Return the pair of two targets, if it is listed.
    #[inline]
    pub(crate) fn pair_of(&self, a: TargetIx, b: TargetIx) -> Option<usize> {
        self.pair_of[a * self.targets + b]
    }
}
