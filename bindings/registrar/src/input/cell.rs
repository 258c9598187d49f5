//! Reading single cells of a table.

use credstack_base::{Named, by_name, nearest};
use credstack_engine::model::{AttributeKind, Date, Decimal, Descriptor, Diagnostic, Value};

use crate::codes;

/// Read one of the names of an enumeration; letter case, blanks and hyphens are forgiven.
pub(crate) fn one_of<T: Named>(column: &str, text: &str) -> Result<T, Box<Diagnostic>> {
    let plain = text.to_lowercase().replace([' ', '-'], "_");
    if let Ok(one) = by_name(&plain) {
        return Ok(one);
    }
    let names = || T::ALL.iter().map(|one| one.as_str());
    let listing = names().collect::<Vec<_>>().join(", ");
    let unknown = codes::UNKNOWN_VALUE.of(&[("column", &column), ("found", &shown(text)), ("known", &listing)]);
    Err(Box::new(match nearest(&plain, names()) {
        Some(near) => unknown.with_help(codes::NEAR_VALUE, &[("near", &near)]),
        None => unknown,
    }))
}

/// Read a number of credits or hours: not negative.
pub(crate) fn amount(column: &str, text: &str) -> Result<Decimal, Box<Diagnostic>> {
    let number: Decimal = parsed(&codes::BAD_NUMBER, column, text)?;
    if number < Decimal::ZERO {
        return Err(Box::new(codes::NEGATIVE_AMOUNT.of(&[("column", &column), ("found", &text)])));
    }
    Ok(number)
}

/// Read a date.
pub(crate) fn date(column: &str, text: &str) -> Result<Date, Box<Diagnostic>> {
    text.parse().map_err(|_| Box::new(codes::BAD_DATE.of(&[("column", &column), ("found", &shown(text))])))
}

/// Read a yes or a no.
pub(crate) fn flag(column: &str, text: &str) -> Result<bool, Box<Diagnostic>> {
    match text.to_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err(Box::new(codes::BAD_FLAG.of(&[("column", &column), ("found", &shown(text))]))),
    }
}

/// Divide a list with `;` between; empty places are passed over.
pub(crate) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// Read a name: of a code, an office, an attainment.
pub(crate) fn name<T>(column: &str, text: &str) -> Result<T, Box<Diagnostic>>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    parsed(&codes::BAD_NAME, column, text)
}

/// Read the value of a declared attribute.
pub(crate) fn value(column: &str, text: &str, kind: &AttributeKind) -> Result<Value, Box<Diagnostic>> {
    match kind {
        AttributeKind::Flag => flag(column, text).map(Value::Flag),
        AttributeKind::Number => parsed(&codes::BAD_NUMBER, column, text).map(Value::Number),
        AttributeKind::Date => date(column, text).map(|date| Value::Text(date.to_string())),
        AttributeKind::Text => Ok(Value::Text(text.to_owned())),
        AttributeKind::Choice(choices) => choice(column, text, choices).map(Value::Text),
        AttributeKind::Choices(choices) => {
            let mut several = list(text).map(|part| choice(column, part, choices)).collect::<Result<Vec<_>, _>>()?;
            several.sort();
            several.dedup();
            Ok(Value::Several(several))
        }
    }
}

fn choice(column: &str, text: &str, choices: &[String]) -> Result<String, Box<Diagnostic>> {
    if let Some(exact) = choices.iter().find(|choice| *choice == text) {
        return Ok(exact.clone());
    }
    let listing = choices.join(", ");
    let unknown = codes::UNKNOWN_CHOICE.of(&[("column", &column), ("found", &shown(text)), ("known", &listing)]);
    Err(Box::new(match nearest(text, choices.iter().map(String::as_str)) {
        Some(near) => unknown.with_help(codes::NEAR_CHOICE, &[("near", &near)]),
        None => unknown,
    }))
}

fn parsed<T>(wrong: &Descriptor, column: &str, text: &str) -> Result<T, Box<Diagnostic>>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|cause| Box::new(wrong.of(&[("column", &column), ("cause", &cause)])))
}

/// Shorten a cell to what messages show of it.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(40).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_and_not_negative() {
        assert_eq!(amount("credits", "1.5"), Ok(Decimal::from_thousandths(1500)));
        for bad in ["-3", "1,5", "three", "1e9", "99999999999"] {
            assert!(amount("credits", bad).unwrap_err().message().contains("column `credits`"), "{bad}");
        }
    }

    #[test]
    fn values_are_read_as_declared() {
        let several = AttributeKind::Choices(vec!["hold".into(), "debt".into()]);
        assert_eq!(value("x", "hold; debt;hold", &several), Ok(Value::Several(vec!["debt".into(), "hold".into()])));
        let fault = value("x", "holdd", &several).unwrap_err();
        assert!(fault.help().unwrap().contains("did you mean `hold`"), "{fault:?}");
        assert_eq!(value("x", "Yes", &AttributeKind::Flag), Ok(Value::Flag(true)));
        assert!(value("x", "2025-02-30", &AttributeKind::Date).is_err());
    }
}
