//! Sentences before they are put into a language: a template with named arguments.
//!
//! The English template is its own key. Another language is a table from English templates to its
//! own, and stands where it is needed: nothing here refers to one, so a module that only knows
//! English carries no other words.

use std::fmt;

use super::language::Language;

/// A sentence, or a part of one: a template such as "there is no course `{code}`" and its arguments.
///
/// Braces around anything but the name of an argument stand for themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The English template.
    pub template: &'static str,
    /// The arguments by name.
    pub arguments: Vec<(&'static str, Argument)>,
}

/// What stands in place of a name in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A name, a number or a text of the author, the same in every language.
    Text(String),
    /// A part of the sentence that has words of its own.
    Words(Words),
    /// Parts in a row. The template that joins the last one to those before has the arguments
    /// `before` and `last`, such as `{before} and {last}`; commas stand between the others.
    List(Vec<Words>, &'static str),
}

/// The templates of one language.
#[derive(Clone, Copy, Debug)]
pub struct Phrasebook {
    /// The language.
    pub language: Language,
    /// Its templates by subject, each behind the English one.
    pub templates: &'static [&'static [(&'static str, &'static str)]],
}

/// English, in which all templates are written.
pub const ENGLISH: Phrasebook = Phrasebook { language: Language::English, templates: &[] };

impl Words {
    /// Create a sentence. What is shown of each argument is the same in every language.
    #[must_use]
    pub fn new(template: &'static str, arguments: &[(&'static str, &dyn fmt::Display)]) -> Self {
        let text = |(name, value): &(&'static str, &dyn fmt::Display)| (*name, Argument::Text(value.to_string()));
        Self { template, arguments: arguments.iter().map(text).collect() }
    }

    /// Create a sentence without arguments.
    #[must_use]
    pub const fn plain(template: &'static str) -> Self {
        Self { template, arguments: Vec::new() }
    }

    /// Create a sentence that somebody else has worded; it stays as it is in every language.
    #[must_use]
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self { template: "{text}", arguments: vec![("text", Argument::Text(text.into()))] }
    }

    /// Add an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: Argument) -> Self {
        self.arguments.push((name, argument));
        self
    }

    /// Return the sentence in a language; what the language lacks is English.
    #[must_use]
    pub fn render(&self, language: &Phrasebook) -> String {
        let mut text = String::new();
        self.write(language, &mut text);
        text
    }

    fn write(&self, language: &Phrasebook, text: &mut String) {
        let mut rest = language.template(self.template);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let named = after.split_once('}').and_then(|(name, behind)| {
                self.arguments.iter().find(|(known, _)| *known == name).map(|(_, argument)| (argument, behind))
            });
            match named {
                Some((argument, behind)) => {
                    argument.write(language, text);
                    rest = behind;
                }
                None => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text.push_str(rest);
    }
}

impl Argument {
    /// Return the argument in a language.
    #[must_use]
    pub fn render(&self, language: &Phrasebook) -> String {
        let mut text = String::new();
        self.write(language, &mut text);
        text
    }

    fn write(&self, language: &Phrasebook, text: &mut String) {
        match self {
            Self::Text(own) => text.push_str(own),
            Self::Words(words) => words.write(language, text),
            Self::List(parts, joined) => {
                let Some((last, before)) = parts.split_last() else { return };
                if before.is_empty() {
                    return last.write(language, text);
                }
                let before: Vec<String> = before.iter().map(|part| part.render(language)).collect();
                Words { template: joined, arguments: Vec::new() }
                    .with("before", Self::Text(before.join(", ")))
                    .with("last", Self::Words(last.clone()))
                    .write(language, text);
            }
        }
    }
}

impl Phrasebook {
    /// Return the language's template for an English one; that one where the language lacks it.
    #[must_use]
    pub fn template(&self, english: &'static str) -> &'static str {
        let mut all = self.templates.iter().flat_map(|of_subject| of_subject.iter());
        all.find(|(known, _)| *known == english).map_or(english, |(_, own)| own)
    }
}

/// Writes the sentence in English.
impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&ENGLISH))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTHER: Phrasebook = Phrasebook {
        language: Language::Spanish,
        templates: &[
            &[("{a} before {b}", "{b} after {a}")],
            &[("{before} and {last}", "{before} & {last}"), ("one", "1")],
        ],
    };

    #[test]
    fn arguments_stand_where_the_template_names_them() {
        let words = Words::new("{a} before {b}", &[("a", &1), ("b", &"x")]);
        assert_eq!((words.to_string(), words.render(&OTHER)), ("1 before x".into(), "x after 1".into()));
    }

    #[test]
    fn other_braces_stand_for_themselves() {
        for template in ["write `#{ \"A\": \"B\" }`", "close it with `}`", "open it with `{`", "{unknown}", "{"] {
            assert_eq!(Words::plain(template).to_string(), template);
        }
        assert_eq!(Words::new("#{ {a} }", &[("a", &"{a}")]).to_string(), "#{ {a} }");
    }

    #[test]
    fn parts_are_joined_in_the_language_of_the_sentence() {
        let parts = |n: usize| vec![Words::plain("one"), Words::plain("two"), Words::plain("three")][..n].to_vec();
        let list = |n| Words::plain("{all}").with("all", Argument::List(parts(n), "{before} and {last}"));
        let english: Vec<String> = (0..=3).map(|n| list(n).to_string()).collect();
        assert_eq!(english, ["", "one", "one and two", "one, two and three"]);
        assert_eq!(list(3).render(&OTHER), "1, two & three");
    }
}
