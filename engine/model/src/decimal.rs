//! Exact decimals with three places.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use credstack_base::json::{self, FromJson, JsonError, Reader};

/// A decimal with three places, held as an integer number of thousandths.
///
/// Credits, hours, grade points and percentages are all of this type. In JSON
/// it is written as an ordinary number (`3`, `1.5`, `0.125`); it is read from
/// the digits themselves, never through a binary floating-point number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

/// The largest magnitude a [`Decimal`] read from outside may have: one million.
///
/// Sums over a record of the largest permitted size, multiplied by a
/// percentage or by grade points, then stay far inside 64 bits.
pub const DECIMAL_LIMIT: i64 = 1_000_000;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(1000);

    /// Create a decimal from a whole number.
    #[must_use]
    pub const fn whole(n: i64) -> Self {
        Self(n.saturating_mul(1000))
    }

    /// Create a decimal from thousandths.
    #[must_use]
    pub const fn from_thousandths(n: i64) -> Self {
        Self(n)
    }

    /// Return the number of thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Check whether this is a whole number.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % 1000 == 0
    }

    /// Return the sum, held at the ends of the range.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Return how much is missing to reach `self` where there is `have` already: the difference, or zero.
    #[must_use]
    pub const fn short_of(self, have: Self) -> Self {
        let rest = self.0.saturating_sub(have.0);
        if rest > 0 { Self(rest) } else { Self(0) }
    }
}

impl std::ops::Add for Decimal {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.plus(other)
    }
}

impl std::iter::Sum for Decimal {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (magnitude / 1000, magnitude % 1000);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{rest:03}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

/// Why a text is not a [`Decimal`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Not a plain decimal number.
    #[error("`{0}` is not a decimal number such as `3` or `1.5`")]
    Malformed(String),
    /// More than three places.
    #[error("`{0}` has more than three decimal places")]
    TooPrecise(String),
    /// Larger than [`DECIMAL_LIMIT`].
    #[error("`{0}` is out of range: the largest magnitude is 1000000")]
    TooLarge(String),
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let shown = || text.chars().take(40).collect::<String>();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(places) {
            return Err(DecimalError::Malformed(shown()));
        }
        let places = places.trim_end_matches('0');
        if places.len() > 3 {
            return Err(DecimalError::TooPrecise(shown()));
        }
        let whole: i64 = whole.parse().map_err(|_| DecimalError::TooLarge(shown()))?;
        let mut digits = places.bytes().map(|digit| i64::from(digit - b'0'));
        let places = (0..3).fold(0, |sum, _| sum * 10 + digits.next().unwrap_or(0));
        if whole > DECIMAL_LIMIT || (whole == DECIMAL_LIMIT && places > 0) {
            return Err(DecimalError::TooLarge(shown()));
        }
        let magnitude = whole * 1000 + places;
        Ok(Self(if negative { -magnitude } else { magnitude }))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_whole() {
            return serializer.serialize_i64(self.0 / 1000);
        }
        let mut written = serializer.serialize_struct(json::WRITTEN, 1)?;
        written.serialize_field(json::WRITTEN, &self.to_string())?;
        written.end()
    }
}

impl Decimal {
    /// Read the JSON of a decimal: a number, or a text of one.
    fn of_json(raw: &str) -> Result<Self, DecimalError> {
        raw.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(raw).parse()
    }

    /// Check whether a decimal is written in this way as JSON.
    pub(super) fn is_written_so(raw: &str) -> bool {
        let is_longer = raw.contains('.') && raw.ends_with('0');
        !is_longer && raw != "-0" && !raw.starts_with('"')
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of_json(json::raw(deserializer)?).map_err(D::Error::custom)
    }
}

impl FromJson for Decimal {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        let raw = reader.raw()?;
        reader.is_as_written(|| Self::is_written_so(raw));
        Self::of_json(raw).map_err(JsonError::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Decimal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A number with at most three decimal places; the same number in a string is accepted when read.",
            "oneOf": [
                {"type": "number"},
                {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]{1,3}0*)?$"}
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_exactly() {
        for (text, thousandths, written) in [
            ("3", 3000, "3"),
            ("1.5", 1500, "1.5"),
            ("0.125", 125, "0.125"),
            ("-2.50", -2500, "-2.5"),
            ("3.1000", 3100, "3.1"),
        ] {
            let d: Decimal = text.parse().unwrap();
            assert_eq!(d.thousandths(), thousandths);
            assert_eq!(d.to_string(), written);
            let json = serde_json::to_string(&d).unwrap();
            assert_eq!(json, written);
            assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), d);
        }
    }

    #[test]
    fn refuses_what_it_cannot_hold() {
        for bad in ["", "-", "1e3", "1.2345", "1000001", "99999999999999999999", "0x1", "1.", ".5", "NaN", "1,5"] {
            assert!(bad.parse::<Decimal>().is_err(), "{bad}");
        }
    }
}
