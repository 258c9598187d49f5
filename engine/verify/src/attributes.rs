//! Tests of attributes.

use credstack_model::{AttributeDecl, AttributeKind, AttributeTest, Date, Test, Value};

use super::certainty::Answer;

/// Check whether the value of a declared attribute, or its default, passes a test.
pub(super) fn passes(decl: Option<&AttributeDecl>, value: Option<&Value>, test: &AttributeTest) -> Answer {
    let Some(decl) = decl else { return Answer::Maybe };
    let Some(value) = value.or(decl.default.as_ref()).filter(|v| decl.accepts(v).is_ok()) else {
        return Answer::Maybe;
    };
    let equals = |wanted: &Value| match (value, wanted) {
        (Value::Several(several), Value::Text(one)) => several.contains(one),
        _ => value == wanted,
    };
    let compare = |bound: &Value| match (&decl.kind, value, bound) {
        (_, Value::Number(n), Value::Number(bound)) => Some(n.cmp(bound)),
        (AttributeKind::Date, Value::Text(day), Value::Text(bound)) => {
            Some(day.parse::<Date>().ok()?.cmp(&bound.parse().ok()?))
        }
        (AttributeKind::Choice(order), Value::Text(choice), Value::Text(bound)) => {
            let place = |text: &String| order.iter().position(|o| o == text);
            Some(place(choice)?.cmp(&place(bound)?))
        }
        _ => None,
    };
    match &test.test {
        Test::Is(wanted) => Answer::from(equals(wanted)),
        Test::OneOf(wanted) => Answer::from(wanted.iter().any(equals)),
        Test::AtLeast(bound) => compare(bound).map_or(Answer::Maybe, |order| Answer::from(order.is_ge())),
        Test::AtMost(bound) => compare(bound).map_or(Answer::Maybe, |order| Answer::from(order.is_le())),
    }
}
