//! Tables over a problem that answer "which arcs", "which caps", "which pairs" without a search.

use super::index::{self, ArcIx, CapIx, ExclusionIx, ItemIx, LeafIx, PairIx, Table, TargetIx};
use super::problem::Problem;

/// Look-up tables over a problem, worked out once.
#[derive(Debug)]
pub(crate) struct Lookup {
    /// The arcs of each leaf.
    pub(crate) of_leaf: Table<LeafIx, Vec<ArcIx>>,
    /// The arcs of an item in a target, by [`Lookup::place`].
    at: Vec<Vec<ArcIx>>,
    caps_of_leaf: Table<LeafIx, Vec<CapIx>>,
    exclusions_of_leaf: Table<LeafIx, Vec<ExclusionIx>>,
    pairs_of_target: Table<TargetIx, Vec<PairIx>>,
    /// The pair of two targets, by `a * targets + b`.
    pair_of: Vec<Option<PairIx>>,
    targets: usize,
}

impl Lookup {
    /// Create the tables of a problem.
    pub(crate) fn new(p: &Problem) -> Self {
        let targets = p.targets.len();
        let mut at = vec![Vec::new(); p.items * targets];
        let mut of_leaf = Table::filled(Vec::new(), p.leaves.len());
        for (ix, arc) in p.arcs.enumerate() {
            at[arc.item.index() * targets + p.leaves[arc.leaf].target.index()].push(ix);
            of_leaf[arc.leaf].push(ix);
        }
        let mut caps_of_leaf = Table::filled(Vec::new(), p.leaves.len());
        for (ix, cap) in p.caps.enumerate() {
            for leaf in index::between(cap.leaves) {
                caps_of_leaf[leaf].push(ix);
            }
        }
        let mut exclusions_of_leaf = Table::filled(Vec::new(), p.leaves.len());
        for (ix, exclusion) in p.exclusions.enumerate() {
            for leaf in index::between(exclusion.leaves) {
                exclusions_of_leaf[leaf].push(ix);
            }
        }
        let mut pairs_of_target = Table::filled(Vec::new(), targets);
        let mut pair_of = vec![None; targets * targets];
        for (ix, pair) in p.pairs.enumerate() {
            pairs_of_target[pair.a].push(ix);
            pairs_of_target[pair.b].push(ix);
            pair_of[pair.a.index() * targets + pair.b.index()] = Some(ix);
            pair_of[pair.b.index() * targets + pair.a.index()] = Some(ix);
        }
        Self { of_leaf, at, caps_of_leaf, exclusions_of_leaf, pairs_of_target, pair_of, targets }
    }

    /// Return an item and a target as one number, below items times targets.
    #[inline]
    pub(crate) const fn place(&self, item: ItemIx, target: TargetIx) -> usize {
        item.index() * self.targets + target.index()
    }

    /// Return how many arcs there are at each place, in the order of places.
    pub(crate) fn arcs_at_places(&self) -> impl Iterator<Item = usize> + '_ {
        self.at.iter().map(Vec::len)
    }

    /// Return the arcs of an item in a target.
    #[inline]
    pub(crate) fn arcs(&self, item: ItemIx, target: TargetIx) -> &[ArcIx] {
        &self.at[self.place(item, target)]
    }

    /// Return all arcs of an item, target by target.
    pub(crate) fn arcs_of(&self, item: ItemIx) -> impl Iterator<Item = ArcIx> + '_ {
        self.at[item.index() * self.targets..item.next().index() * self.targets].iter().flatten().copied()
    }

    /// Return the arcs of some leaves, leaf by leaf.
    pub(crate) fn arcs_inside(&self, leaves: (LeafIx, LeafIx)) -> impl Iterator<Item = ArcIx> + '_ {
        self.of_leaf.slice(leaves).iter().flatten().copied()
    }

    /// Return the caps that a leaf lies within.
    #[inline]
    pub(crate) fn caps_of(&self, leaf: LeafIx) -> &[CapIx] {
        &self.caps_of_leaf[leaf]
    }

    /// Return the exclusions that a leaf lies within.
    #[inline]
    pub(crate) fn exclusions_of(&self, leaf: LeafIx) -> &[ExclusionIx] {
        &self.exclusions_of_leaf[leaf]
    }

    /// Return the pairs that a target belongs to.
    #[inline]
    pub(crate) fn pairs_of(&self, target: TargetIx) -> &[PairIx] {
        &self.pairs_of_target[target]
    }

    /// Return the pair of two targets, if it is listed.
    #[inline]
    pub(crate) fn pair_of(&self, a: TargetIx, b: TargetIx) -> Option<PairIx> {
        self.pair_of[a.index() * self.targets + b.index()]
    }
}
