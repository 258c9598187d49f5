//! The allocation problem as plain data: numbers and indices, nothing of catalogs or records.

use credstack_base::order;

use super::index::{self, ArcIx, CapIx, ExclusionIx, ItemIx, LeafIx, NodeIx, PairIx, Table, TargetIx};
use super::level::Level;

/// Items, and the trees to whose leaves they are to be allocated.
///
/// Amounts are integers in a unit that the caller chooses (thousandths, in a determination).
/// Distances are in a unit of their own, [`Leaf::per_unit`] of which a unit of a leaf's measure is worth.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// The number of items. Their order is the order of preference among equals: items that come
    /// first are used first.
    pub items: usize,
    /// Targets by falling priority. The first [`Problem::declared`] of them are to be completed;
    /// the others take part because those ask for them to be held.
    pub targets: Table<TargetIx, Target>,
    /// The number of targets that are to be completed.
    pub declared: usize,
    /// The nodes of all trees; the children of a node come after it.
    pub nodes: Table<NodeIx, Node>,
    /// The leaves that take items, in the order of their nodes.
    pub leaves: Table<LeafIx, Leaf>,
    /// Which item may go to which leaf; sorted by item, then leaf.
    pub arcs: Table<ArcIx, Arc>,
    /// Bounds on sums, within a target.
    pub caps: Table<CapIx, Cap>,
    /// Pairs of items that cannot both be used in a group.
    pub exclusions: Table<ExclusionIx, Exclusion>,
    /// The limits on what pairs of targets have in common; a pair that is not listed may share everything.
    pub pairs: Table<PairIx, Pair>,
    /// The limits on how many targets an item serves.
    pub ceilings: Vec<Ceiling>,
    /// Targets that may be stacked from one source only, and sources that may be stacked into one.
    pub one_party: Vec<OneParty>,
    /// The cost of using an item at all, by item; one each if empty. Among allocations that are
    /// equally good otherwise, the one that costs least is chosen. Not negative.
    pub costs: Table<ItemIx, i64>,
    /// The cost of each use of an item by a leaf beside that, by item; none if empty. Not negative.
    pub use_costs: Table<ItemIx, i64>,
    /// Whether the distances of the declared targets are added up and made small as one number,
    /// without asking for any level, instead of one target after the other.
    pub joint: bool,
}

/// One tree to be made true.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its root.
    pub root: NodeIx,
}

/// A node of a tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// Whose tree it is in.
    pub target: TargetIx,
    /// Its rule.
    pub kind: NodeKind,
    /// Its demands on the items allocated inside it, beside its rule.
    pub floors: Vec<Floor>,
    /// The leaves below it are `leaves.0 .. leaves.1`.
    pub leaves: (LeafIx, LeafIx),
}

/// The rule of a node.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// Known beforehand: its level, and its distance if it is unmet.
    Known(Level, i64),
    /// A leaf that takes items.
    Take(LeafIx),
    /// All of these.
    All(Vec<NodeIx>),
    /// So many of these.
    AtLeast(usize, Vec<NodeIx>),
    /// Items inside the satisfied children whose amounts reach a need.
    Amount(AmountNeed),
    /// Both, or one of them pending review: a choice by a test that is unknown.
    Either(NodeIx, NodeIx),
    /// The first if the test (first index) holds, else the second.
    When(NodeIx, NodeIx, NodeIx),
    /// Not this; the distance if it is met.
    Not(NodeIx, i64),
    /// Another target is complete; the distance if it is not.
    Held(TargetIx, i64),
    /// The child, at a distance that is the same however much the child lacks.
    Step(NodeIx, i64),
    /// A weighted sum over the items used in this target is at least zero, and at least one
    /// weighted item is used: a grade point average. Weights by item; none for items without one.
    /// The distance if it is not.
    Average(Table<ItemIx, Option<i64>>, i64),
}

/// Amounts inside satisfied children.
#[derive(Clone, Debug)]
pub struct AmountNeed {
    /// The need.
    pub need: i64,
    /// The amount of each item.
    pub amounts: Table<ItemIx, i64>,
    /// The worth of a unit of the amount in distance.
    pub per_unit: i64,
    /// The children.
    pub of: Vec<NodeIx>,
}

/// A leaf that takes items.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Its node.
    pub node: NodeIx,
    /// Whose tree it is in.
    pub target: TargetIx,
    /// The need.
    pub need: i64,
    /// The worth of a unit of the amount in distance.
    pub per_unit: i64,
    /// Leaves of one target with the same group may take the same item.
    pub share: Option<u32>,
}

/// An item may go to a leaf.
#[derive(Clone, Debug)]
pub struct Arc {
    /// The item.
    pub item: ItemIx,
    /// The leaf.
    pub leaf: LeafIx,
    /// Its amount there.
    pub amount: i64,
    /// The level at which it counts there. Never [`Level::Unmet`].
    pub level: Level,
}

/// A demand of a group beside its rule, on the items inside its satisfied children.
#[derive(Clone, Debug)]
pub enum Floor {
    /// A weighted sum reaches a need. `per_unit` is what one unit is worth in distance.
    Sum {
        /// The need.
        need: i64,
        /// The weight of each item, not negative.
        weights: Table<ItemIx, i64>,
        /// Items that count pending review only.
        doubtful: Table<ItemIx, bool>,
        /// The worth of a unit in distance.
        per_unit: i64,
    },
    /// A part of a whole: `weights` of what matches reach `percent` hundred-thousandths of
    /// `weights` of everything, rounded.
    Share {
        /// The percentage in thousandths.
        percent: i64,
        /// The way it is rounded.
        round: Round,
        /// The weight of each item.
        weights: Table<ItemIx, i64>,
        /// Which items match.
        matches: Table<ItemIx, bool>,
        /// Items that match pending review only.
        doubtful: Table<ItemIx, bool>,
        /// The worth of a unit in distance.
        per_unit: i64,
    },
    /// At least so many different keys; items without a key add none.
    Distinct {
        /// The number of keys.
        need: usize,
        /// The key of each item.
        keys: Table<ItemIx, Option<u32>>,
        /// Items that add their key pending review only.
        doubtful: Table<ItemIx, bool>,
        /// The worth of a missing key in distance.
        per_key: i64,
    },
    /// A weighted sum over what matches among the last items reaches a need.
    Last(Last),
    /// A weighted sum over items that another party does not use reaches a need, if the two use
    /// anything in common at all.
    Unique {
        /// The other party.
        other: Other,
        /// The need.
        need: i64,
        /// The weight of each item, not negative.
        weights: Table<ItemIx, i64>,
        /// The worth of a unit in distance.
        per_unit: i64,
    },
}

/// So much of what matches among the last items, counted back from the latest day.
#[derive(Clone, Debug)]
pub struct Last {
    /// The need.
    pub need: i64,
    /// The amount that is looked at, from the latest day backwards; an item counts with so much of its
    /// weight as lies within.
    pub out_of: i64,
    /// The weight of each item, not negative.
    pub weights: Table<ItemIx, i64>,
    /// Which items match.
    pub matches: Table<ItemIx, bool>,
    /// Items that match pending review only.
    pub doubtful: Table<ItemIx, bool>,
    /// The day of each item; none if it may be any. Of one day, what matches is the later.
    pub days: Table<ItemIx, Option<i64>>,
    /// The worth of a unit in distance.
    pub per_unit: i64,
}

/// The other party of a [`Floor::Unique`].
#[derive(Clone, Debug)]
pub enum Other {
    /// Another target.
    Target(TargetIx),
    /// Items that are used elsewhere for good.
    Items(Table<ItemIx, bool>),
}

/// A weighted sum over the items that any of some leaves take is at most a bound.
#[derive(Clone, Debug)]
pub struct Cap {
    /// The leaves `leaves.0 .. leaves.1`.
    pub leaves: (LeafIx, LeafIx),
    /// The weight of each item; may be negative.
    pub weights: Table<ItemIx, i64>,
    /// The bound.
    pub bound: i64,
    /// For a bound that is a rounded percentage of a whole. The `weights` and `bound` above then
    /// state a linear relaxation of it.
    pub rounded: Option<RoundedShare>,
}

/// At most `percent` of a whole, rounded.
#[derive(Clone, Debug)]
pub struct RoundedShare {
    /// The percentage in thousandths.
    pub percent: i64,
    /// The way it is rounded, to a step that is positive.
    pub round: Round,
    /// The weight of each item.
    pub weights: Table<ItemIx, i64>,
    /// Which items match.
    pub matches: Table<ItemIx, bool>,
}

/// The way a part of a whole is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// To a multiple of this; to a unit if it is zero.
    pub step: i64,
    /// Up from so many thousandths of a step, and down below; up from anything if it is zero.
    pub from: i64,
}

/// Pairs of items that cannot both be taken by leaves of a group.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// The leaves `leaves.0 .. leaves.1`.
    pub leaves: (LeafIx, LeafIx),
    /// For each item, the items it excludes, both ways.
    pub with: Table<ItemIx, Vec<ItemIx>>,
}

/// The limit on what two targets have in common.
#[derive(Clone, Debug)]
pub struct Pair {
    /// One target.
    pub a: TargetIx,
    /// The other.
    pub b: TargetIx,
    /// The way each item may be shared.
    pub items: Table<ItemIx, Sharing>,
    /// Bounds on sums over the shared items that count: weights by item, and the bound.
    pub bounds: Vec<(Table<ItemIx, i64>, i64)>,
}

/// Of these parties, at most one may share anything with what they are the parties of: the sources
/// of a target that is stacked from one only, or what a source is stacked into if into one only.
#[derive(Clone, Debug)]
pub struct OneParty {
    /// By party, in what ways it may share. None is listed twice.
    pub parties: Vec<Vec<Link>>,
}

/// A way in which something may be shared.
#[derive(Clone, Debug)]
pub enum Link {
    /// Two targets use the same item, otherwise than freely; an index into [`Problem::pairs`].
    Pair(PairIx),
    /// A target uses items that an award holds.
    Award(TargetIx, Table<ItemIx, bool>),
}

/// The way an item may be shared by a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Not at all.
    Never,
    /// Within the pair's bounds.
    Bounded,
    /// Freely.
    Free,
}

/// An item may serve at most so many of some targets.
#[derive(Clone, Debug)]
pub struct Ceiling {
    /// The most targets, less those it already serves for good; by item.
    pub max: Table<ItemIx, usize>,
    /// Which targets count.
    pub targets: Table<TargetIx, bool>,
}

impl Problem {
    /// Return the indices of all items.
    #[inline]
    pub fn item_ixs(&self) -> impl DoubleEndedIterator<Item = ItemIx> + ExactSizeIterator + Clone + use<> {
        index::first(self.items)
    }

    /// Return the cost of an allocation.
    #[must_use]
    pub fn cost(&self, arcs: &[ArcIx]) -> i64 {
        let mut used: Vec<ItemIx> = arcs.iter().map(|arc| self.arcs[*arc].item).collect();
        let each: i64 = used.iter().map(|item| self.use_cost(*item)).sum();
        order::sort_short(&mut used);
        used.dedup();
        each + used.iter().map(|item| self.item_cost(*item)).sum::<i64>()
    }

    /// Return whether the cost of an allocation is the number of its items.
    pub(crate) fn counts_items(&self) -> bool {
        self.costs.is_empty() && self.use_costs.is_empty()
    }

    /// Return the cost of using an item at all.
    #[inline]
    #[must_use]
    pub fn item_cost(&self, item: ItemIx) -> i64 {
        self.costs.get(item).copied().unwrap_or(1)
    }

    /// Return the cost of each use of an item beside that.
    #[inline]
    #[must_use]
    pub fn use_cost(&self, item: ItemIx) -> i64 {
        self.use_costs.get(item).copied().unwrap_or(0)
    }

    /// Return the target of the leaf that an arc leads to.
    #[inline]
    #[must_use]
    pub fn target_of(&self, arc: ArcIx) -> TargetIx {
        self.leaves[self.arcs[arc].leaf].target
    }
}

impl Cap {
    /// Return whether it may depend on a whole, so that only a whole allocation tells whether it holds.
    pub(crate) fn is_relative(&self) -> bool {
        self.rounded.is_some() || self.has_negative_weights()
    }

    /// Return whether using an item can ease it.
    pub(crate) fn has_negative_weights(&self) -> bool {
        self.weights.iter().any(|weight| *weight < 0)
    }
}

impl Pair {
    /// Return the other of the two targets.
    #[inline]
    pub(crate) fn other(&self, target: TargetIx) -> TargetIx {
        if self.a == target { self.b } else { self.a }
    }
}

impl Last {
    /// Return whether an item that counts at a level matches at another level, which is asked for.
    #[must_use]
    pub fn is_matching(&self, item: ItemIx, level: Level, least: Level) -> bool {
        level >= least && (self.matches[item] || (least == Level::Review && self.doubtful[item]))
    }

    /// Return the weight of each item that matches, surely or pending review, and zero for the others.
    pub(crate) fn asked(&self) -> Table<ItemIx, i64> {
        let asked = self.matches.iter().zip(&self.doubtful).map(|(sure, perhaps)| *sure || *perhaps);
        self.weights.iter().zip(asked).map(|(weight, asked)| if asked { *weight } else { 0 }).collect()
    }

    /// Return how much of the last items matches at a level: surely, or at best if the level is review.
    #[must_use]
    pub fn have(&self, items: impl IntoIterator<Item = (ItemIx, Level)>, least: Level) -> i64 {
        // Items without a day lie where that serves the need most, or least if that must be sure.
        let at_best = least == Level::Review;
        let place = |(item, level)| {
            let matching = self.is_matching(item, level, least);
            let anywhere = if matching == at_best { i64::MAX } else { i64::MIN };
            (self.days[item].unwrap_or(anywhere), matching, item)
        };
        let mut order: Vec<(i64, bool, ItemIx)> = items.into_iter().map(place).collect();
        order::sort_short(&mut order);
        let (mut have, mut rest) = (0, self.out_of);
        for (_, matching, item) in order.into_iter().rev() {
            let within = self.weights[item].min(rest);
            rest -= within;
            if matching {
                have += within;
            }
        }
        have
    }
}

/// Return `percent` (in thousandths) of `whole`, rounded.
#[must_use]
pub fn share_of(whole: i64, percent: i64, round: Round) -> i64 {
    let step = i128::from(round.step.max(1));
    let exact = i128::from(whole) * i128::from(percent);
    let (units, rest) = (exact.div_euclid(100_000 * step), exact.rem_euclid(100_000 * step));
    let is_up = rest > 0 && rest * 1000 >= i128::from(round.from) * 100_000 * step;
    i64::try_from((units + i128::from(is_up)) * step).unwrap_or(i64::MAX)
}
