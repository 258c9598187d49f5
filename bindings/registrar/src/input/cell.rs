//! Reading single cells of a table.

use credstack_base::{Named, by_name, nearest};
use credstack_engine::model::{AttributeKind, Date, Decimal, Value};

/// What is wrong with one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// Read one of the names of an enumeration; letter case, blanks and hyphens are forgiven.
pub(crate) fn one_of<T: Named>(column: &str, text: &str) -> Result<T, Fault> {
    let plain = text.to_lowercase().replace([' ', '-'], "_");
    if let Ok(one) = by_name(&plain) {
        return Ok(one);
    }
    let names = || T::ALL.iter().map(|one| one.as_str());
    let listing = names().collect::<Vec<_>>().join(", ");
    let help = match nearest(&plain, names()) {
        Some(near) => format!("did you mean `{near}`? write one of: {listing}"),
        None => format!("write one of: {listing}"),
    };
    Err(Fault::new(format!("column `{column}`: `{}` is not known", shown(text)), help))
}

/// Read a number of credits or hours: not negative.
pub(crate) fn amount(column: &str, text: &str) -> Result<Decimal, Fault> {
    let number: Decimal = text
        .parse()
        .map_err(|e| Fault::new(format!("column `{column}`: {e}"), "write a number such as 3 or 1.5, with a point"))?;
    if number < Decimal::ZERO {
        return Err(Fault::new(
            format!("column `{column}`: `{text}` is negative"),
            "write what was earned as a number of zero or more; a withdrawn attainment is left out or graded W",
        ));
    }
    Ok(number)
}

/// Read a date.
pub(crate) fn date(column: &str, text: &str) -> Result<Date, Fault> {
    text.parse().map_err(|_| {
        Fault::new(
            format!("column `{column}`: `{}` is not a date", shown(text)),
            "write a real day between 1900 and 2200 as YYYY-MM-DD, such as 2025-08-31",
        )
    })
}

/// Read a yes or a no.
pub(crate) fn flag(column: &str, text: &str) -> Result<bool, Fault> {
    match text.to_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err(Fault::new(
            format!("column `{column}`: `{}` is neither yes nor no", shown(text)),
            "write yes, no, true or false, or leave it empty if it is not known",
        )),
    }
}

/// Divide a list with `;` between; empty places are passed over.
pub(crate) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// Read a name: of a code, an office, an attainment.
pub(crate) fn name<T>(column: &str, text: &str) -> Result<T, Fault>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|e| {
        Fault::new(format!("column `{column}`: {e}"), "write a name of 1 to 200 bytes without line breaks or tabs")
    })
}

/// Read the value of a declared attribute.
pub(crate) fn value(column: &str, text: &str, kind: &AttributeKind) -> Result<Value, Fault> {
    match kind {
        AttributeKind::Flag => flag(column, text).map(Value::Flag),
        AttributeKind::Number => text.parse().map(Value::Number).map_err(|e| {
            Fault::new(format!("column `{column}`: {e}"), "write a number such as 3 or 1.5, with a point")
        }),
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

fn choice(column: &str, text: &str, choices: &[String]) -> Result<String, Fault> {
    if let Some(exact) = choices.iter().find(|choice| *choice == text) {
        return Ok(exact.clone());
    }
    let listing = choices.join(", ");
    let help = match nearest(text, choices.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`? the catalog declares: {listing}"),
        None => format!("the catalog declares: {listing}"),
    };
    Err(Fault::new(format!("column `{column}`: `{}` is none of its values", shown(text)), help))
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
            assert!(amount("credits", bad).unwrap_err().message.contains("column `credits`"), "{bad}");
        }
    }

    #[test]
    fn values_are_read_as_declared() {
        let several = AttributeKind::Choices(vec!["hold".into(), "debt".into()]);
        assert_eq!(value("x", "hold; debt;hold", &several), Ok(Value::Several(vec!["debt".into(), "hold".into()])));
        let fault = value("x", "holdd", &several).unwrap_err();
        assert!(fault.help.contains("did you mean `hold`"), "{fault:?}");
        assert_eq!(value("x", "Yes", &AttributeKind::Flag), Ok(Value::Flag(true)));
        assert!(value("x", "2025-02-30", &AttributeKind::Date).is_err());
    }
}
