//! JSON that stands for itself, between `serde_json` and this module.

use serde::{Deserialize as _, Deserializer};
use serde_json::value::RawValue;

/// The name by which `serde_json` calls a struct whose one field is JSON already; our writer knows it too.
pub const WRITTEN: &str = "$serde_json::private::RawValue";

/// Return the text of a value as it stands, from `serde_json`.
///
/// # Errors
/// As the deserializer.
pub fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'de str, D::Error> {
    <&RawValue>::deserialize(deserializer).map(RawValue::get)
}
