//! Sorting, and collecting into what is sorted.
//!
//! The standard library compiles its sorts once for every type that is sorted, several thousand bytes
//! each time, and collecting into a map or a set sorts first. In the WebAssembly module that was a
//! sixth of the whole. What is sorted here is short and seldom: the entries of a record, the parts of
//! an answer. So there is one merge sort, of numbers, that knows what it sorts by a closure. Like the
//! standard library's `sort`, and unlike its `sort_unstable`, it leaves equals in the order that they had.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts a list by a comparison.
pub(crate) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted(list.len(), &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    arrange(order, &mut |a, b| list.swap(a, b));
}

/// Sorts a list.
pub(crate) fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// Sorts a list by a key of each entry, which is worked out anew for every comparison.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Sorts a list by keys that belong to its entries, one each.
pub(crate) fn sort_with<T>(list: &mut [T], keys: &[Vec<u8>]) {
    let order = sorted(list.len(), &|a, b| keys.get(a).cmp(&keys.get(b)));
    arrange(order, &mut |a, b| list.swap(a, b));
}

/// A set of all that comes.
pub(crate) fn set<T: Ord>(all: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for one in all {
        set.insert(one);
    }
    set
}

/// A map of all that comes; of equal keys the last counts.
pub(crate) fn map<K: Ord, V>(all: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in all {
        map.insert(key, value);
    }
    map
}

/// The numbers below `count`, sorted: short runs by insertion, then merged in twos, fours and so on.
fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    const RUN: usize = 8;
    let mut order: Vec<usize> = (0..count).collect();
    for run in order.chunks_mut(RUN) {
        for new in 1..run.len() {
            let mut at = new;
            while at > 0 && compare(run[at], run[at - 1]).is_lt() {
                run.swap(at, at - 1);
                at -= 1;
            }
        }
    }
    let mut merged = Vec::with_capacity(if count > RUN { count } else { 0 });
    let mut width = RUN;
    while width < count {
        for two in order.chunks(2 * width) {
            let (mut left, mut right) = two.split_at(width.min(two.len()));
            while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
                // Of equals the left one comes first.
                if compare(*b, *a).is_lt() {
                    merged.push(*b);
                    right = right_rest;
                } else {
                    merged.push(*a);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        width *= 2;
    }
    order
}

/// Swaps entries until the one of the old number `order[n]` stands at `n`, for each `n`.
fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for first in 0..order.len() {
        let mut at = first;
        while let Some(from) = order.get_mut(at).map(|from| std::mem::replace(from, at)) {
            if from == first || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists of every length up to some, filled by a small generator, many entries alike.
    fn lists() -> impl Iterator<Item = Vec<(u32, usize)>> {
        (0..70).flat_map(|length| {
            (1..6).map(move |seed| {
                let mut state: u32 = seed * 7919 + 1;
                (0..length)
                    .map(|n| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        ((state >> 16) % (2 * seed), n)
                    })
                    .collect()
            })
        })
    }

    #[test]
    fn sorts_as_the_standard_library_does() {
        for list in lists() {
            let mut expected = list.clone();
            expected.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
            let mut found = list.clone();
            sort_by_key(&mut found, |(value, _)| std::cmp::Reverse(*value));
            assert_eq!(found, expected, "{list:?}");

            expected.sort();
            sort(&mut found);
            assert_eq!(found, expected, "{list:?}");
        }
    }

    #[test]
    fn sorts_by_keys_apart() {
        for list in lists() {
            let key = |entry: &(u32, usize)| entry.0.to_string().into_bytes();
            let mut expected = list.clone();
            expected.sort_by_key(key);
            let mut found = list.clone();
            let keys: Vec<Vec<u8>> = found.iter().map(key).collect();
            sort_with(&mut found, &keys);
            assert_eq!(found, expected, "{list:?}");
        }
    }

    #[test]
    fn collects_as_the_standard_library_does() {
        for list in lists() {
            assert_eq!(set(list.iter().copied()), list.iter().copied().collect());
            assert_eq!(map(list.iter().copied()), list.iter().copied().collect());
        }
    }
}
