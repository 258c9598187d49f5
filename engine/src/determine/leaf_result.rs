//! The results of leaves: the level at which an item counts, and that of a leaf that takes nothing.

use crate::select::{Item, Tri};
use credstack_allocate::Level;
use credstack_model::{AmountAnswer, Decimal, Fact, Measure};

/// The result of a leaf that takes nothing.
#[derive(Clone, Debug)]
pub(super) struct LeafResult {
    pub(super) level: Level,
    /// What is short if it is unmet, in the leaf's measure; none for leaves that do not count.
    pub(super) short: Option<(Measure, Decimal)>,
    pub(super) amount: Option<AmountAnswer>,
    pub(super) facts: Vec<Fact>,
    /// Whether it is unmet for ever.
    pub(super) closed: bool,
}

impl LeafResult {
    /// Create a result of which nothing but its level is said.
    pub(super) const fn plain(level: Level) -> Self {
        Self { level, short: None, amount: None, facts: Vec::new(), closed: false }
    }

    /// Create the result of a test; a missing fact is named.
    pub(super) fn from_tri(answer: Tri, fact: impl FnOnce() -> Fact) -> Self {
        match answer {
            Tri::Yes => Self::plain(Level::Met),
            Tri::No => Self::plain(Level::Unmet),
            Tri::Unknown => Self { facts: vec![fact()], ..Self::plain(Level::Review) },
        }
    }
}

/// Return the level at which an item counts in a pool, if it does.
pub(super) fn item_level(item: &Item<'_>, answer: Tri) -> Option<Level> {
    match answer {
        Tri::No => None,
        Tri::Unknown => Some(Level::Review),
        Tri::Yes if item.in_progress && !item.is_supposed => Some(Level::InProgress),
        Tri::Yes => Some(Level::Met),
    }
}
