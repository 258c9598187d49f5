//! Civil dates: a day in the proleptic Gregorian calendar, with no time and no zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use credstack_base::json::{FromJson, JsonError, Reader};

/// A civil date between the years 1900 and 2200, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date {
    // INVARIANT: a real day of the calendar; the field order makes the derived order chronological.
    year: i16,
    month: u8,
    day: u8,
}

/// Why a text is not a [`Date`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: write a real day between 1900 and 2200 as YYYY-MM-DD, such as 2025-08-31")]
pub struct DateError(String);

/// Check whether a year has a 29th of February.
const fn is_leap(year: i16) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

/// Return how many days a month has.
const fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Date {
    /// Create a date from its parts, if it is a real day between 1900 and 2200.
    #[must_use]
    pub const fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        if year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Return the year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Return the month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Return the day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Return the days since 1970-01-01, negative before it. After Howard Hinnant, *chrono-Compatible
    /// Low-Level Date Algorithms*, `days_from_civil`.
    #[must_use]
    pub const fn day_number(self) -> i32 {
        let y = if self.month <= 2 { self.year as i32 - 1 } else { self.year as i32 };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let month = (self.month as i32 + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + self.day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// Return the date so many days after 1970-01-01: the inverse of [`Date::day_number`], after `civil_from_days`
    /// of the same source. `None` outside of the supported range.
    #[must_use]
    pub fn from_day_number(days: i32) -> Option<Self> {
        let z = days.checked_add(719_468)?;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let mp = (5 * day_of_year + 2) / 153;
        let day = u8::try_from(day_of_year - (153 * mp + 2) / 5 + 1).ok()?;
        let month = u8::try_from(if mp < 10 { mp + 3 } else { mp - 9 }).ok()?;
        let year = i16::try_from(year_of_era + era * 400 + i32::from(month <= 2)).ok()?;
        Self::new(year, month, day)
    }

    /// Return the same day `months` later, or earlier if negative; a day that the month lacks becomes its
    /// last day. Held at the ends of the supported range.
    #[must_use]
    pub fn add_months(self, months: i32) -> Self {
        let index = (i32::from(self.year) * 12 + i32::from(self.month) - 1).saturating_add(months);
        let index = index.clamp(1900 * 12, 2200 * 12 + 11);
        let year = i16::try_from(index.div_euclid(12)).unwrap_or(2200);
        let month = u8::try_from(index.rem_euclid(12) + 1).unwrap_or(12);
        Self { year, month, day: self.day.min(days_in_month(year, month)) }
    }

    /// Return the same day `years` later, or earlier if negative; held as by [`Date::add_months`].
    #[must_use]
    pub fn add_years(self, years: i32) -> Self {
        self.add_months(years.saturating_mul(12))
    }

    /// Return the academic year of this date, named by the calendar year in which it starts, where academic years
    /// start in `first_month`.
    #[must_use]
    pub const fn academic_year(self, first_month: u8) -> i16 {
        if self.month >= first_month { self.year } else { self.year - 1 }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let parse = || {
            let bytes = text.as_bytes();
            if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
                return None;
            }
            let number = |from: usize, to: usize| {
                let part = text.get(from..to)?;
                part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten()
            };
            Self::new(number(0, 4)?, u8::try_from(number(5, 7)?).ok()?, u8::try_from(number(8, 10)?).ok()?)
        };
        parse().ok_or_else(|| DateError(text.chars().take(40).collect()))
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl FromJson for Date {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        let text = reader.expected_text()?;
        // There is one way to write a date.
        text.parse().map_err(JsonError::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date", "description": "A civil date, YYYY-MM-DD."})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_run_without_a_gap() {
        let mut date = Date::new(1900, 1, 1).unwrap();
        let mut n = date.day_number();
        assert_eq!(Date::new(1970, 1, 1).unwrap().day_number(), 0);
        while let Some(next) = Date::from_day_number(n + 1) {
            assert!(next > date);
            assert_eq!(next.day_number(), n + 1);
            (date, n) = (next, n + 1);
        }
        assert_eq!(date.to_string(), "2200-12-31");
    }

    #[test]
    fn months_end_where_the_month_ends() {
        let date = |t: &str| t.parse::<Date>().unwrap();
        assert_eq!(date("2024-01-31").add_months(1), date("2024-02-29"));
        assert_eq!(date("2024-02-29").add_years(1), date("2025-02-28"));
        assert_eq!(date("2025-03-15").add_months(-15), date("2023-12-15"));
    }

    #[test]
    fn refuses_days_that_are_none() {
        for bad in ["2025-02-29", "2025-13-01", "25-01-01", "2025/01/01", "", "+025-01-01", "1899-12-31", "2025-1-1"] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }
}
