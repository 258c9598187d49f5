//! Messages to words.

use credstack_model::{Arg, Decimal, Language, Message};

use super::{english, spanish};

/// How deep messages may stand inside messages; what is deeper is cut with an ellipsis.
const DEPTH: usize = 24;

/// How a language says messages.
struct Table {
    /// Templates, sorted by key.
    messages: &'static [(&'static str, &'static str)],
    /// "And" and "or" before a word.
    and: fn(&str) -> &'static str,
    or: fn(&str) -> &'static str,
    /// Whether a comma stands before them in a list of three or more.
    comma: bool,
}

const ENGLISH: Table = Table { messages: english::MESSAGES, and: |_| "and", or: |_| "or", comma: true };
const SPANISH: Table = Table { messages: spanish::MESSAGES, and: spanish::and, or: spanish::or, comma: false };

/// Say a message as a sentence, or a part of one. A key without a template is shown as it is.
#[must_use]
pub fn sentence(message: &Message, language: Language) -> String {
    let mut text = String::new();
    table(language).write(message, &mut text, DEPTH);
    text
}

const fn table(language: Language) -> &'static Table {
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}

impl Table {
    fn template(&self, key: &str) -> Option<&'static str> {
        let found = self.messages.binary_search_by(|(k, _)| (*k).cmp(key)).ok();
        found.and_then(|n| self.messages.get(n)).map(|(_, template)| *template)
    }

    fn write(&self, message: &Message, text: &mut String, depth: usize) {
        if depth == 0 {
            text.push('…');
            return;
        }
        let Some(mut rest) = self.template(&message.key) else {
            text.push_str(&message.key);
            return;
        };
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((slot, after)) = after.split_once('}') else { break };
            let mut forms = slot.split('|');
            let name = forms.next().unwrap_or_default();
            if let Some(arg) = message.args.get(name) {
                self.argument(arg, text, depth);
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

    fn argument(&self, arg: &Arg, text: &mut String, depth: usize) {
        match arg {
            Arg::Text(t) => text.push_str(t),
            Arg::Number(n) => text.push_str(&n.to_string()),
            Arg::Date(date) => text.push_str(&date.to_string()),
            Arg::Message(message) => self.write(message, text, depth - 1),
            Arg::AllOf(names) => self.join(names, self.and, text),
            Arg::OneOf(names) => self.join(names, self.or, text),
            Arg::Messages(parts) => self.join(&self.parts(parts, depth), self.and, text),
            Arg::Alternatives(parts) => self.join(&self.parts(parts, depth), self.or, text),
        }
    }

    fn parts(&self, messages: &[Message], depth: usize) -> Vec<String> {
        let part = |message| {
            let mut text = String::new();
            self.write(message, &mut text, depth - 1);
            text
        };
        messages.iter().map(part).collect()
    }

    fn join(&self, parts: &[String], word: fn(&str) -> &'static str, text: &mut String) {
        let count = parts.len();
        for (n, part) in parts.iter().enumerate() {
            let is_last = n + 1 == count;
            if n > 0 {
                text.push_str(if is_last && (count == 2 || !self.comma) { " " } else { ", " });
                if is_last {
                    text.push_str(word(part));
                    text.push(' ');
                }
            }
            text.push_str(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn words(key: &str, arg: Arg, language: Language) -> String {
        sentence(&Message::new(key).with("codes", arg.clone()).with("parts", arg), language)
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn templates_are_sorted_by_key() {
        for language in Language::ALL {
            assert!(table(language).messages.windows(2).all(|w| w[0].0 < w[1].0), "sort the table of {language:?}");
        }
    }

    #[test]
    fn tables_have_the_same_keys_and_arguments() {
        let shape = |language: Language| -> Vec<(&str, BTreeSet<&str>)> {
            let slots = |template: &'static str| {
                template.split('{').skip(1).filter_map(|slot| slot.split(['}', '|']).next()).collect()
            };
            table(language).messages.iter().map(|(key, template)| (*key, slots(template))).collect()
        };
        for language in Language::ALL {
            for (english, other) in shape(Language::English).iter().zip(&shape(language)) {
                assert_eq!(english, other, "{language:?}");
            }
            assert_eq!(table(language).messages.len(), ENGLISH.messages.len(), "{language:?}");
        }
    }

    #[test]
    fn says_numbers_and_lists() {
        let quantity = |n| Message::new("quantity-credits").number("n", Decimal::whole(n));
        assert_eq!(sentence(&quantity(1), Language::English), "1 credit");
        assert_eq!(sentence(&quantity(1), Language::Spanish), "1 crédito");
        let pool = Message::new("pool-codes").with("codes", Arg::OneOf(names(&["A", "B", "C"])));
        let rule = Message::new("rule-take")
            .with("amount", Arg::Message(Box::new(quantity(6))))
            .with("pool", Arg::Message(Box::new(pool)));
        assert_eq!(sentence(&rule, Language::English), "6 credits from A, B, or C");
        assert_eq!(sentence(&rule, Language::Spanish), "6 créditos de A, B o C");
    }

    #[test]
    fn joins_spanish_by_what_is_heard() {
        let and = |last: &str| words("pool-codes", Arg::AllOf(names(&["A", last])), Language::Spanish);
        for last in ["Historia", "HIST 1010", "inglés", "Índices", "IT 1", "hípica"] {
            assert_eq!(and(last), format!("A e {last}"));
        }
        for last in ["hielo", "Hiatos", "ionización", "yoga", "Biología", "8", ""] {
            assert_eq!(and(last), format!("A y {last}"));
        }
        let or = |last: &str| words("pool-codes", Arg::OneOf(names(&["A", last])), Language::Spanish);
        for last in ["Óptica", "Honores", "ORG 1", "hola", "8", "80", "11", "11000"] {
            assert_eq!(or(last), format!("A u {last}"));
        }
        for last in ["Arte", "huerto", "1", "110", "18", "HSB"] {
            assert_eq!(or(last), format!("A o {last}"));
        }
        let three = |last: &str| words("pool-codes", Arg::AllOf(names(&["A", "B", last])), Language::Spanish);
        assert_eq!(three("Historia"), "A, B e Historia");
        let parts = Arg::Alternatives(vec![Message::new("source-exam"), Message::new("source-transfer")]);
        assert_eq!(words("how-any", parts, Language::Spanish), "por examen o por transferencia");
    }
}
