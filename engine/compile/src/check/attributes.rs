//! Attributes: what is compared with them must be a value of theirs.

use credstack_model::{Argument, AttributeDecl, AttributeKind, AttributeName, AttributeTest, Source, Test, Value};

use super::checker::Checker;
use crate::codes;

impl<'a> Checker<'a> {
    /// Check a test of an attribute.
    pub(super) fn attribute(&mut self, test: &'a AttributeTest, of_learner: bool, source: Option<&Source>) {
        let declared = if of_learner { &self.catalog.learner_attributes } else { &self.catalog.attainment_attributes };
        let Some(decl) = declared.get(&test.name) else {
            self.unknown_attribute(&test.name, of_learner, source);
            return;
        };
        match &test.test {
            Test::Is(value) => self.tested(&test.name, decl, value, source),
            Test::OneOf(values) => {
                for value in values {
                    self.tested(&test.name, decl, value, source);
                }
            }
            Test::AtLeast(value) | Test::AtMost(value) => {
                if matches!(decl.kind, AttributeKind::Flag | AttributeKind::Text | AttributeKind::Choices(_)) {
                    self.say(&codes::WRONG_TYPE_WITHOUT_ORDER, source, &[("name", &test.name)]);
                }
                self.tested(&test.name, decl, value, source);
            }
        }
    }

    /// Check a value in a test: like a value of the attribute, but for an attribute of several
    /// values a single one of them.
    fn tested(&mut self, name: &AttributeName, decl: &AttributeDecl, value: &Value, source: Option<&Source>) {
        match (&decl.kind, value) {
            (AttributeKind::Choices(values), Value::Text(text)) => self.choice(name, values, text, source),
            _ => self.value(name, decl, value, source),
        }
    }

    /// Check a value of an attribute.
    pub(super) fn value(&mut self, name: &AttributeName, decl: &AttributeDecl, value: &Value, source: Option<&Source>) {
        if decl.accepts(value).is_err() {
            if let (AttributeKind::Choice(values), Value::Text(text)) = (&decl.kind, value) {
                self.choice(name, values, text, source);
                return;
            }
            let wrong = codes::WRONG_TYPE.of(&[("value", value), ("name", name)]).at(source);
            self.found.push(wrong.with("expected", Argument::Words(decl.expected())));
        }
    }

    fn choice(&mut self, name: &AttributeName, values: &[String], text: &str, source: Option<&Source>) {
        if values.iter().any(|v| v == text) {
            return;
        }
        let all = values.join(", ");
        self.say(&codes::UNKNOWN_CHOICE, source, &[("value", &text), ("name", name), ("values", &all)]);
        self.suggest(text, values.iter().map(String::as_str));
    }
}
