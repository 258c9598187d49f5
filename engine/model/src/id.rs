//! Names of things. Each kind of name is a type of its own, so that a course code can never be
//! passed where a credential is meant.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use credstack_base::json::{FromJson, JsonError, Reader};

/// The longest name, in bytes.
pub const MAX_NAME_BYTES: usize = 200;

/// Why a text cannot be a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing but blanks.
    #[error("a {0} must not be empty")]
    Empty(&'static str),
    /// Longer than [`MAX_NAME_BYTES`].
    #[error("a {0} must have at most 200 bytes")]
    TooLong(&'static str),
    /// A control character, or a blank at either end.
    #[error("the {0} `{1}` has a control character or a blank at its start or end")]
    Malformed(&'static str, String),
}

/// Check that a text can be a name.
fn checked(what: &'static str, text: &str) -> Result<(), NameError> {
    // Nearly all names are of these alone, which are checked at a glance.
    if let [first, ..] = text.as_bytes()
        && text.len() <= MAX_NAME_BYTES
        && *first != b' '
        && !text.ends_with(' ')
        && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    {
        return Ok(());
    }
    if text.trim().is_empty() {
        return Err(NameError::Empty(what));
    }
    if text.len() > MAX_NAME_BYTES {
        return Err(NameError::TooLong(what));
    }
    if text.chars().any(char::is_control) || text.trim().len() != text.len() {
        return Err(NameError::Malformed(what, text.escape_debug().take(60).collect()));
    }
    Ok(())
}

/// Read a name of any kind, so that there is one reader for all kinds.
fn read(what: &'static str, reader: &mut Reader<'_>) -> Result<Box<str>, JsonError> {
    let text = reader.expected_text()?;
    checked(what, &text).map_err(JsonError::custom)?;
    Ok(text.into())
}

/// Read a name of any kind through serde.
fn deserialize<'de, D: Deserializer<'de>>(what: &'static str, deserializer: D) -> Result<Box<str>, D::Error> {
    let text = String::deserialize(deserializer)?;
    checked(what, &text).map_err(D::Error::custom)?;
    Ok(text.into())
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Create a name from a text that can be one.
            ///
            /// # Errors
            /// If the text is empty, too long, or has control characters or outer blanks.
            pub fn new(text: &str) -> Result<Self, NameError> {
                checked($what, text)?;
                Ok(Self(text.into()))
            }

            /// Return the name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NameError;
            fn from_str(text: &str) -> Result<Self, NameError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, NameError> {
                checked($what, &text)?;
                Ok(Self(text.into()))
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0.into()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            /// Read a name of any kind through serde.
fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize($what, deserializer).map(Self)
            }
        }

        impl FromJson for $name {
            fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
                read($what, reader).map(Self)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string", "minLength": 1, "maxLength": 200, "description": concat!("A ", $what, ".")
                })
            }
        }
    )*};
}

names! {
    /// A credential of the catalog, such as `ms-cs`.
    CredentialId = "credential id";
    /// The catalog code of what an attainment is of: a course (`CSCI 5454`), a badge, an exam, a
    /// certificate.
    Code = "catalog code";
    /// One attainment of one learner.
    AttainmentId = "attainment id";
    /// A learner.
    LearnerId = "learner id";
    /// A declared attribute of learners or of attainments, such as `standing`.
    AttributeName = "attribute name";
    /// A grade scale, such as `letter`.
    ScaleId = "grade scale";
    /// A term, such as `2025-fall`.
    TermId = "term";
    /// A competency of the catalog.
    CompetencyId = "competency";
    /// An office that decides what a rule cannot, such as `graduate-director`.
    OfficeId = "office";
    /// A sharing policy.
    PolicyId = "sharing policy";
    /// A group of leaves inside one credential that may count the same attainment.
    ShareGroup = "share group";
    /// A grade's symbol, such as `A-`.
    GradeSymbol = "grade";
}

impl Code {
    /// Return the subject part: what stands before the last blank (`CSCI` of `CSCI 5454`), or the whole
    /// code if it has none.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.0.rsplit_once(' ').map_or(&self.0, |(subject, _)| subject)
    }

    /// Return the number part: the digits that open what stands after the last blank (5454 of
    /// `CSCI 5454L`), if there are any.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        let (_, rest) = self.0.rsplit_once(' ')?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest.get(..digits)?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_a_subject_and_a_number() {
        let code = |t: &str| Code::new(t).unwrap();
        assert_eq!((code("CSCI 5454L").subject(), code("CSCI 5454L").number()), ("CSCI", Some(5454)));
        assert_eq!((code("AFRI-1").subject(), code("AFRI-1").number()), ("AFRI-1", None));
        assert_eq!(code("A B 12").subject(), "A B");
    }

    #[test]
    fn names_are_checked() {
        assert!(Code::new("").is_err() && Code::new(" a").is_err() && Code::new("a\u{0}").is_err());
        assert!(Code::new(&"x".repeat(201)).is_err());
        assert!(serde_json::from_str::<Code>("\"  \"").is_err());
    }
}
