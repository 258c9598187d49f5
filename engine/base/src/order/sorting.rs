//! The sorts themselves.

use std::cmp::Ordering;

/// Sort a list by a comparison.
pub fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted(list.len(), &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    arrange(order, &mut |a, b| list.swap(a, b));
}

/// Sort a list.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// Sort a list by a key of each entry, which is worked out anew for every comparison.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Sort a list of short entries in place: a few by insertion, more as a heap. Entries that compare as equal
/// must be equal, since their order is not kept. The search for an allocation sorts such lists often.
pub fn sort_short_by<T: Copy>(list: &mut [T], is_less: impl Fn(&T, &T) -> bool) {
    if list.len() <= 20 {
        for end in 1..list.len() {
            let one = list[end];
            let mut at = end;
            while at > 0 && is_less(&one, &list[at - 1]) {
                list[at] = list[at - 1];
                at -= 1;
            }
            list[at] = one;
        }
        return;
    }
    // First every entry is made no less than those below it, then the greatest is put to the end.
    let mut below = list.len() / 2;
    let mut end = list.len();
    while end > 1 {
        if below > 0 {
            below -= 1;
        } else {
            end -= 1;
            list.swap(0, end);
        }
        let mut at = below;
        loop {
            let mut next = 2 * at + 1;
            if next >= end {
                break;
            }
            if next + 1 < end && is_less(&list[next], &list[next + 1]) {
                next += 1;
            }
            if !is_less(&list[at], &list[next]) {
                break;
            }
            list.swap(at, next);
            at = next;
        }
    }
}

/// Sort a list of numbers, or of what is made of them, in place.
pub fn sort_short<T: Copy + Ord>(list: &mut [T]) {
    sort_short_by(list, |a, b| a < b);
}

/// Sort a list of short entries in place, by a key that tells apart what is not equal.
pub fn sort_short_by_key<T: Copy, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_short_by(list, |a, b| key(a) < key(b));
}

/// Sort a list by keys that belong to its entries, one each.
pub fn sort_with<T>(list: &mut [T], keys: &[Vec<u8>]) {
    let order = sorted(list.len(), &|a, b| keys.get(a).cmp(&keys.get(b)));
    arrange(order, &mut |a, b| list.swap(a, b));
}

/// Return the numbers below `count`, sorted: short runs by insertion, then merged in twos, fours and so on.
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

/// Swap entries until the one of the old number `order[n]` stands at `n`, for each `n`.
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
    fn sorts_what_is_short_as_the_standard_library_does() {
        for list in lists() {
            let mut expected = list.clone();
            expected.sort_by_key(|(value, n)| (std::cmp::Reverse(*value), *n));
            let mut found = list.clone();
            sort_short_by_key(&mut found, |(value, n)| (std::cmp::Reverse(*value), *n));
            assert_eq!(found, expected, "{list:?}");

            expected.sort();
            sort_short(&mut found);
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
}
