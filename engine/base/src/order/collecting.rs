//! Collecting into what is sorted.

use crate::sorted::{Map, Set};

/// Return a set of all that comes.
pub fn set<T: Ord>(all: impl IntoIterator<Item = T>) -> Set<T> {
    all.into_iter().collect()
}

/// Return a map of all that comes; of equal keys the last counts.
pub fn map<K: Ord, V>(all: impl IntoIterator<Item = (K, V)>) -> Map<K, V> {
    all.into_iter().collect()
}
