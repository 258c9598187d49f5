//! Messages to words.

use crate::determination::{Arg, Message};
use crate::model::Decimal;

use super::english;

/// The languages that have a table, by their BCP 47 tags.
pub const LANGUAGES: &[&str] = &["en"];

/// How deep messages may stand inside messages; what is deeper is cut with an ellipsis.
const DEPTH: usize = 24;

/// A message as a sentence, or a part of one. A language without a table is given in English; a
/// key without a template is shown as it is.
#[must_use]
pub fn sentence(message: &Message, _language: &str) -> String {
    let mut text = String::new();
    write(message, &mut text, DEPTH);
    text
}

fn template(key: &str) -> Option<&'static str> {
    let found = english::MESSAGES.binary_search_by(|(k, _)| (*k).cmp(key)).ok();
    found.and_then(|n| english::MESSAGES.get(n)).map(|(_, template)| *template)
}

fn write(message: &Message, text: &mut String, depth: usize) {
    if depth == 0 {
        text.push('…');
        return;
    }
    let Some(mut rest) = template(&message.key) else {
        text.push_str(&message.key);
        return;
    };
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((slot, after)) = after.split_once('}') else { break };
        let mut forms = slot.split('|');
        let name = forms.next().unwrap_or_default();
        if let Some(arg) = message.args.get(name) {
            argument(arg, text, depth);
            if let (Some(one), Some(many)) = (forms.next(), forms.next()) {
                let is_one = matches!(arg, Arg::Number(n) if *n == Decimal::ONE);
                text.push(' ');
                text.push_str(if is_one { one } else { many });
            }
        }
        rest = after;
    }
    text.push_str(rest);
}

fn argument(arg: &Arg, text: &mut String, depth: usize) {
    match arg {
        Arg::Text(t) => text.push_str(t),
        Arg::Number(n) => text.push_str(&n.to_string()),
        Arg::Date(date) => text.push_str(&date.to_string()),
        Arg::Message(message) => write(message, text, depth - 1),
        Arg::AllOf(names) => join(names.iter().map(Clone::clone).collect(), "and", text),
        Arg::OneOf(names) => join(names.iter().map(Clone::clone).collect(), "or", text),
        Arg::Messages(parts) => join(parts.iter().map(|m| part(m, depth)).collect(), "and", text),
        Arg::Alternatives(parts) => join(parts.iter().map(|m| part(m, depth)).collect(), "or", text),
    }
}

fn part(message: &Message, depth: usize) -> String {
    let mut text = String::new();
    write(message, &mut text, depth - 1);
    text
}

fn join(parts: Vec<String>, word: &str, text: &mut String) {
    let count = parts.len();
    for (n, part) in parts.into_iter().enumerate() {
        if n > 0 {
            text.push_str(match (n + 1 == count, count) {
                (true, 2) => " ",
                _ => ", ",
            });
            if n + 1 == count {
                text.push_str(word);
                text.push(' ');
            }
        }
        text.push_str(&part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_sorted_by_key() {
        assert!(english::MESSAGES.windows(2).all(|w| w[0].0 < w[1].0), "sort the table");
    }

    #[test]
    fn says_numbers_and_lists() {
        let quantity = |n| Message::new("quantity-credits").number("n", Decimal::whole(n));
        assert_eq!(sentence(&quantity(1), "en"), "1 credit");
        let pool = Message::new("pool-codes").with("codes", Arg::OneOf(vec!["A".into(), "B".into(), "C".into()]));
        let rule = Message::new("rule-take")
            .with("amount", Arg::Message(Box::new(quantity(6))))
            .with("pool", Arg::Message(Box::new(pool)));
        assert_eq!(sentence(&rule, "en"), "6 credits from A, B, or C");
    }
}
