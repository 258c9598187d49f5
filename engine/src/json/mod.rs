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
pub(crate) const WRITTEN: &str = "$serde_json::private::RawValue";

/// Sorts a list by the JSON of its entries.
pub(crate) fn sort_by_json<T: serde::Serialize>(list: &mut [T]) {
    let keys: Vec<Vec<u8>> = list.iter().map(|entry| write(entry).unwrap_or_default()).collect();
    crate::order::sort_with(list, &keys);
}

/// The text of a value as it stands, from `serde_json`.
pub(crate) fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'de str, D::Error> {
    <&RawValue>::deserialize(deserializer).map(RawValue::get)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{Decimal, Record, Value};

    const RECORD: &str = "{\"version\": 1, \"learner\": \"l \\u00e9\\ud83d\\ude00\", \"declared\": [\"ms\"],\n \"attributes\": \
        {\"gpa\": 3.25, \"on\": true, \"several\": [\"b\", \"a\"], \"text\": \"t\\n\"},\n \"attainments\": [{\"id\": \"a\", \
        \"of\": \"CS 1\", \"credits\": 1.5, \"kind\": \"badge\", \"status\": \"completed\", \"completed_on\": \"2024-12-12\", \
        \"source\": \"institution\"}, {\"id\": \"b\", \"of\": \"CS 2\", \"grade\": null, \"status\": \"in_progress\", \
        \"source\": \"institution\"}],\n \"exceptions\": [{\"credential\": \"ms\", \"authority\": \"a\", \"reason\": \"r\", \
        \"grant\": {\"waive\": \"label\"}}]}";

    /// What `serde_json` makes of bytes, in the words of this reader.
    fn expected<'a, T: serde::Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, String> {
        serde_json::from_slice(bytes).map_err(|e| e.to_string())
    }

    fn found<T: FromJson>(bytes: &[u8]) -> Result<T, String> {
        read(bytes).map_err(|e| e.to_string())
    }

    #[test]
    fn reads_and_refuses_as_serde_json_does() {
        // What is told otherwise: a list is no object with fields, and the place inside of some texts.
        let known =
            ["invalid type: sequence, expected struct", "invalid unicode", "control character", "trailing comma"];
        let bytes = RECORD.as_bytes();
        assert!(found::<Record>(bytes).is_ok());
        for at in 0..bytes.len() {
            let mut changed = vec![bytes[..at].to_vec(), [&bytes[..at], &bytes[at + 1..]].concat()];
            for other in *b"{}[]:,\"\\ntf019-.eExu/ \n\x01\x80" {
                changed.push([&bytes[..at], &[other], &bytes[at..]].concat());
                changed.push([&bytes[..at], &[other], &bytes[at + 1..]].concat());
            }
            for bytes in changed {
                let (expected, found) = (expected::<Record>(&bytes), found::<Record>(&bytes));
                let is_known = matches!(&found, Err(e) if known.iter().any(|known| e.starts_with(known)));
                let text = String::from_utf8_lossy(&bytes);
                assert!(expected == found || (expected.is_err() && is_known), "{expected:?}\n{found:?}\n{text}");
            }
        }
    }

    #[test]
    fn refuses_a_list_for_an_object_with_fields() {
        let list = br#"[1, "l", [], {}, [], [], [], [], []]"#;
        assert_eq!(
            found::<Record>(list).unwrap_err(),
            "invalid type: sequence, expected struct Record at line 1 column 0"
        );
    }

    #[test]
    fn tells_numbers_that_are_not_whole_by_their_digits() {
        for (bytes, message) in [
            ("1.50", "invalid type: floating point `1.50`, expected u32 at line 1 column 4"),
            ("1e999", "invalid type: floating point `1e999`, expected u32 at line 1 column 5"),
            ("-0", "invalid type: floating point `-0.0`, expected u32 at line 1 column 2"),
            ("-1", "invalid value: integer `-1`, expected u32 at line 1 column 2"),
            ("5000000000", "invalid value: integer `5000000000`, expected u32 at line 1 column 10"),
        ] {
            assert_eq!(found::<u32>(bytes.as_bytes()).unwrap_err(), message);
        }
    }

    #[test]
    fn refuses_what_is_nested_too_deeply() {
        for open in ["[", "{\"a\":"] {
            let bytes = open.repeat(100_000);
            let error = found::<BTreeMap<String, Value>>(format!("{{\"a\":{bytes}").as_bytes()).unwrap_err();
            assert!(error.starts_with("recursion limit exceeded"), "{error}");
        }
    }

    #[test]
    fn writes_as_serde_json_does() {
        let record: Record = read(RECORD.as_bytes()).unwrap();
        assert_eq!(write(&record).unwrap(), serde_json::to_vec(&record).unwrap());
        let text: String = (0..0x100).filter_map(char::from_u32).chain(['\u{2028}', '\u{1f600}']).collect();
        assert_eq!(write(&text).unwrap(), serde_json::to_vec(&text).unwrap());
        let numbers = (i64::MIN, u64::MAX, -1_i8, [Some("1.5".parse::<Decimal>().unwrap()), None]);
        assert_eq!(write(&numbers).unwrap(), serde_json::to_vec(&numbers).unwrap());
    }

    #[test]
    fn refuses_to_write_keys_that_are_no_texts() {
        assert!(write(&BTreeMap::from([(1, 2)])).is_err());
    }
}
