//! The reader and the writer of `credstack-base` are held to serde_json here, where the types are.

use std::collections::BTreeMap;

use crate::{
    Admission, AttainmentKind, AttainmentSource, AttainmentStatus, CredentialKind, Decimal, Decision, DefaultSharing,
    Gate, Measure, NodeStatus, PercentBase, Record, Standing, Status, Value,
};
use credstack_base::json::{FromJson, read, write};

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
    let known = ["invalid type: sequence, expected struct", "invalid unicode", "control character", "trailing comma"];
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
    assert_eq!(found::<Record>(list).unwrap_err(), "invalid type: sequence, expected struct Record at line 1 column 0");
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

fn has_the_names_of_serde<T: credstack_base::Named + serde::Serialize + std::fmt::Debug + PartialEq>() {
    assert!(!T::ALL.is_empty());
    for one in T::ALL {
        assert_eq!(serde_json::to_string(one).unwrap(), format!("\"{}\"", one.as_str()), "{one:?}");
        assert_eq!(credstack_base::by_name(one.as_str()).as_ref(), Ok(one));
    }
    let unknown = credstack_base::by_name::<T>("nothing of the kind").unwrap_err().to_string();
    assert!(unknown.contains(T::ALL[0].as_str()), "{unknown}");
}

#[test]
fn names_of_variants_are_those_of_serde() {
    has_the_names_of_serde::<Admission>();
    has_the_names_of_serde::<AttainmentKind>();
    has_the_names_of_serde::<AttainmentSource>();
    has_the_names_of_serde::<AttainmentStatus>();
    has_the_names_of_serde::<CredentialKind>();
    has_the_names_of_serde::<Decision>();
    has_the_names_of_serde::<DefaultSharing>();
    has_the_names_of_serde::<Gate>();
    has_the_names_of_serde::<Measure>();
    has_the_names_of_serde::<NodeStatus>();
    has_the_names_of_serde::<PercentBase>();
    has_the_names_of_serde::<Standing>();
    has_the_names_of_serde::<Status>();
}
