//! JSON from and to bytes, for the types of this crate.
//!
//! What a type is in JSON it says once, in attributes for serde. Serde's derives are compiled once for
//! every kind of reader and writer that a type is used with, and what they call is compiled into each. So
//! there is one reader and one writer here, whose work is done by functions that know no type, and
//! the WebAssembly module has no others in it. For reading, [`FromJson`] is derived from the same
//! attributes, because serde's `Deserialize` compiles the work into every type. Both also
//! hold what the engine asks of JSON: numbers are kept as their digits, never as binary fractions, and
//! what should be an object with fields is not read from a list.
//!
//! Everything that reads and writes with `serde_json` gives and takes the same JSON; tests hold the two to it.

use serde::{Deserialize as _, Deserializer};
use serde_json::value::RawValue;

mod read;
mod write;

pub use credstack_derive::FromJson;
pub use read::{FromJson, JsonError, Reader, Slots, read, read_canonical};
pub use write::{Unwritable, write};

/// What `serde_json` calls a struct whose one field is JSON already; our writer knows it too.
pub const WRITTEN: &str = "$serde_json::private::RawValue";

/// Sorts a list by the JSON of its entries.
pub fn sort_by_json<T: serde::Serialize>(list: &mut [T]) {
    let keys: Vec<Vec<u8>> = list.iter().map(|entry| write(entry).unwrap_or_default()).collect();
    crate::order::sort_with(list, &keys);
}

/// The text of a value as it stands, from `serde_json`.
pub fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'de str, D::Error> {
    <&RawValue>::deserialize(deserializer).map(RawValue::get)
}
