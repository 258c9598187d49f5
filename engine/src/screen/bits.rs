//! Sets as bits: of a learner's items, and of credentials.

use super::table::at;

/// A set of items, a bit each.
pub(super) type Items = u128;

/// The items that a selector selects.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Selected {
    /// Those that it selects surely.
    pub(super) surely: Items,
    /// Those that it selects surely or perhaps.
    pub(super) possibly: Items,
}

/// Return the places of the bits that are set, lowest first.
pub(super) fn bits(mut items: Items) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = at(items.trailing_zeros());
        let some = items != 0;
        items &= items.wrapping_sub(1);
        some.then_some(place)
    })
}

/// Mark a credential.
pub(super) fn mark(marks: &mut [u64], credential: u32) {
    if let Some(word) = marks.get_mut(at(credential / 64)) {
        *word |= 1 << (credential % 64);
    }
}

/// Check whether a credential is marked.
pub(super) fn is_marked(marks: &[u64], credential: u32) -> bool {
    marks.get(at(credential / 64)).is_some_and(|word| word & 1 << (credential % 64) != 0)
}

/// Return the credentials that are marked, in order.
pub(super) fn marked(marks: &[u64]) -> impl Iterator<Item = usize> + use<'_> {
    let words = marks.iter().enumerate().filter(|(_, word)| **word != 0);
    words.flat_map(|(n, word)| bits(Items::from(*word)).map(move |bit| n * 64 + bit))
}
