//! Messages to words.

use credstack_model::Decimal;
use credstack_model::{Arg, Message};

use super::{english, spanish};

/// The languages that have a table, by their BCP 47 tags.
pub const LANGUAGES: &[&str] = &["en", "es"];

/// How deep messages may stand inside messages; what is deeper is cut with an ellipsis.
const DEPTH: usize = 24;

/// How a language says messages.
struct Language {
    /// Templates, sorted by key.
    messages: &'static [(&'static str, &'static str)],
    /// "And" and "or" before a word.
    and: fn(&str) -> &'static str,
    or: fn(&str) -> &'static str,
    /// Whether a comma stands before them in a list of three or more.
    comma: bool,
}

const ENGLISH: Language = Language { messages: english::MESSAGES, and: |_| "and", or: |_| "or", comma: true };
const SPANISH: Language = Language { messages: spanish::MESSAGES, and: spanish::and, or: spanish::or, comma: false };

/// Say a message as a sentence, or a part of one, in a language given by its BCP 47 tag. What the tag says
/// beside the language, such as a region, makes no difference. A language without a table is given in
/// English; a key without a template is shown as it is.
#[must_use]
pub fn sentence(message: &Message, language: &str) -> String {
    let mut text = String::new();
    self::language(language).write(message, &mut text, DEPTH);
    text
}

fn language(tag: &str) -> &'static Language {
    let language = tag.split('-').next().unwrap_or_default();
    if language.eq_ignore_ascii_case("es") { &SPANISH } else { &ENGLISH }
}

impl Language {
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

    fn words(key: &str, arg: Arg, language: &str) -> String {
        sentence(&Message::new(key).with("codes", arg.clone()).with("parts", arg), language)
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn templates_are_sorted_by_key() {
        for tag in LANGUAGES {
            assert!(language(tag).messages.windows(2).all(|w| w[0].0 < w[1].0), "sort the table of {tag}");
        }
    }

    #[test]
    fn tables_have_the_same_keys_and_arguments() {
        let shape = |tag: &str| -> Vec<(&str, BTreeSet<&str>)> {
            let slots = |template: &'static str| {
                template.split('{').skip(1).filter_map(|slot| slot.split(['}', '|']).next()).collect()
            };
            language(tag).messages.iter().map(|(key, template)| (*key, slots(template))).collect()
        };
        for tag in LANGUAGES {
            for (english, other) in shape("en").iter().zip(&shape(tag)) {
                assert_eq!(english, other, "{tag}");
            }
            assert_eq!(language(tag).messages.len(), ENGLISH.messages.len(), "{tag}");
        }
    }

    #[test]
    fn picks_the_table_by_tag() {
        let message = Message::new("quantity-credits").number("n", Decimal::whole(3));
        for tag in ["es", "ES", "es-MX", "es-419"] {
            assert_eq!(sentence(&message, tag), "3 créditos", "{tag}");
        }
        for tag in ["en", "en-US", "fr", "est", "", "-es"] {
            assert_eq!(sentence(&message, tag), "3 credits", "{tag}");
        }
    }

    #[test]
    fn says_numbers_and_lists() {
        let quantity = |n| Message::new("quantity-credits").number("n", Decimal::whole(n));
        assert_eq!(sentence(&quantity(1), "en"), "1 credit");
        assert_eq!(sentence(&quantity(1), "es"), "1 crédito");
        let pool = Message::new("pool-codes").with("codes", Arg::OneOf(names(&["A", "B", "C"])));
        let rule = Message::new("rule-take")
            .with("amount", Arg::Message(Box::new(quantity(6))))
            .with("pool", Arg::Message(Box::new(pool)));
        assert_eq!(sentence(&rule, "en"), "6 credits from A, B, or C");
        assert_eq!(sentence(&rule, "es"), "6 créditos de A, B o C");
    }

    #[test]
    fn joins_spanish_by_what_is_heard() {
        let and = |last: &str| words("pool-codes", Arg::AllOf(names(&["A", last])), "es");
        for last in ["Historia", "HIST 1010", "inglés", "Índices", "IT 1", "hípica"] {
            assert_eq!(and(last), format!("A e {last}"));
        }
        for last in ["hielo", "Hiatos", "ionización", "yoga", "Biología", "8", ""] {
            assert_eq!(and(last), format!("A y {last}"));
        }
        let or = |last: &str| words("pool-codes", Arg::OneOf(names(&["A", last])), "es");
        for last in ["Óptica", "Honores", "ORG 1", "hola", "8", "80", "11", "11000"] {
            assert_eq!(or(last), format!("A u {last}"));
        }
        for last in ["Arte", "huerto", "1", "110", "18", "HSB"] {
            assert_eq!(or(last), format!("A o {last}"));
        }
        let three = |last: &str| words("pool-codes", Arg::AllOf(names(&["A", "B", last])), "es");
        assert_eq!(three("Historia"), "A, B e Historia");
        let parts = Arg::Alternatives(vec![Message::new("source-exam"), Message::new("source-transfer")]);
        assert_eq!(words("how-any", parts, "es"), "por examen o por transferencia");
    }
}
