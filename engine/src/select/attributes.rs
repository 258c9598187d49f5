//! Attributes, of learners and of attainments: whether a value passes a test.

use credstack_model::{AttributeDecl, AttributeKind, Date, Test, Value};

use super::tri::Tri;

/// Check whether a value of a declared attribute passes a test.
#[must_use]
pub fn test_value(decl: &AttributeDecl, test: &Test, value: &Value) -> Tri {
    if decl.accepts(value).is_err() {
        return Tri::Unknown;
    }
    let is = |wanted: &Value| match (value, wanted) {
        (Value::Several(have), Value::Text(one)) => have.contains(one),
        (have, wanted) => have == wanted,
    };
    let place = |v: &Value| match (&decl.kind, v) {
        (AttributeKind::Choice(values), Value::Text(text)) => {
            values.iter().position(|x| x == text).and_then(|n| i64::try_from(n).ok())
        }
        (AttributeKind::Date, Value::Text(text)) => text.parse::<Date>().ok().map(|d| i64::from(d.day_number())),
        (_, Value::Number(n)) => Some(n.thousandths()),
        _ => None,
    };
    match test {
        Test::Is(wanted) => Tri::known(is(wanted)),
        Test::OneOf(wanted) => Tri::known(wanted.iter().any(is)),
        Test::AtLeast(least) => place(value).zip(place(least)).map_or(Tri::Unknown, |(v, l)| Tri::known(v >= l)),
        Test::AtMost(most) => place(value).zip(place(most)).map_or(Tri::Unknown, |(v, m)| Tri::known(v <= m)),
    }
}
