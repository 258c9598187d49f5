//! Sorting by JSON.

use serde::Serialize;

use super::write::write;

/// Sort a list by the JSON of its entries.
pub fn sort_by_json<T: Serialize>(list: &mut [T]) {
    let keys: Vec<Vec<u8>> = list.iter().map(|entry| write(entry).unwrap_or_default()).collect();
    crate::order::sort_with(list, &keys);
}
