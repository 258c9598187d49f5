//! What an answer says in a word or two: statuses, kinds and units.
//!
//! Here are only the keys. The words stand in the tables of the languages, as all others do.

use credstack_model::{Admission, CredentialKind, Decimal, Fixed, Gate, Measure, Message, NodeStatus, Status};

/// Say how far a credential is.
#[must_use]
pub fn status(status: Status) -> Message {
    label("status", status.as_str())
}

/// Say whether a requirement is met.
#[must_use]
pub fn node_status(status: NodeStatus) -> Message {
    label("node-status", status.as_str())
}

/// Say whether a learner may start.
#[must_use]
pub fn admission(admission: Admission) -> Message {
    label("admission", admission.as_str())
}

/// Say whether the gates at award are passed.
#[must_use]
pub fn gate(gate: Gate) -> Message {
    label("gate", gate.as_str())
}

/// Name the kind of a credential.
#[must_use]
pub fn credential_kind(kind: CredentialKind) -> Message {
    label("credential-kind", kind.as_str())
}

/// Name the unit of an amount, without the amount: "credit" of one, "credits" of others.
#[must_use]
pub fn unit(measure: Measure, amount: Decimal) -> Message {
    let number = if amount == Decimal::ONE { "one" } else { "many" };
    Message::new(&format!("unit-{}-{number}", measure.as_str()))
}

/// Say how much may be carried from one credential into another.
#[must_use]
pub fn carries(most: &Fixed) -> Message {
    label("carries", most.measure.as_str()).number("n", most.value)
}

fn label(group: &str, name: &str) -> Message {
    Message::new(&format!("{group}-{}", name.replace('_', "-")))
}

#[cfg(test)]
mod tests {
    use credstack_base::Named;
    use credstack_model::Language;

    use super::*;
    use crate::explain::sentence;

    /// Say all of an enumeration in every language. A key without words would be said as it is.
    fn says_all<T: Named>(label: impl Fn(T) -> Message) {
        for one in T::ALL {
            let message = label(*one);
            for language in Language::ALL {
                let words = sentence(&message, language);
                assert!(!words.is_empty() && words != message.key, "{} in {language:?}", message.key);
            }
        }
    }

    #[test]
    fn every_label_has_words_in_every_language() {
        says_all(status);
        says_all(node_status);
        says_all(admission);
        says_all(gate);
        says_all(credential_kind);
        says_all(|measure| unit(measure, Decimal::ONE));
        says_all(|measure| unit(measure, Decimal::whole(2)));
        says_all(|measure| carries(&Fixed { measure, value: Decimal::whole(2) }));
    }

    #[test]
    fn amounts_have_their_units() {
        let said = |message| sentence(&message, Language::English);
        assert_eq!(said(unit(Measure::Credits, Decimal::ONE)), "credit");
        assert_eq!(said(unit(Measure::Hours, Decimal::from_thousandths(1500))), "hours");
        assert_eq!(said(carries(&Fixed { measure: Measure::Count, value: Decimal::ONE })), "up to 1 item");
        assert_eq!(said(carries(&Fixed { measure: Measure::Credits, value: Decimal::whole(12) })), "up to 12 credits");
    }
}
