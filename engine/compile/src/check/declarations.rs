//! What the catalog declares for all credentials: defaults, attributes, terms and equivalences.

use credstack_base::sorted::Set;
use credstack_model::{AttributeKind, Decimal, Defaults, EditionBy, Repeats, Source};

use super::checker::{Checker, Seen};
use crate::codes;

impl<'a> Checker<'a> {
    /// Check the catalog's defaults.
    pub(super) fn defaults(&mut self, defaults: &'a Defaults) {
        self.scale(&defaults.scale, None);
        if !(1..=12).contains(&defaults.academic_year_starts) {
            self.say(&codes::BAD_MONTH, None, &[("month", &defaults.academic_year_starts)]);
        }
        for (what, value) in [
            (&codes::BAD_TYPICAL_CREDITS, defaults.typical_credits),
            (&codes::BAD_HOURS_PER_CREDIT, defaults.hours_per_credit),
        ] {
            if value <= Decimal::ZERO || value > Decimal::whole(1000) {
                self.say(what, None, &[("value", &value)]);
            }
        }
        self.repeats(defaults.repeats, None);
        self.edition_by(&defaults.edition_by, None);
    }

    /// Check how many attempts of a course count.
    pub(super) fn repeats(&mut self, repeats: Repeats, source: Option<&Source>) {
        if repeats == Repeats::UpTo(0) {
            self.say(&codes::BAD_REPEATS, source, &[]);
        }
    }

    /// Check by what a learner's edition is chosen.
    pub(super) fn edition_by(&mut self, by: &'a EditionBy, source: Option<&Source>) {
        match by {
            EditionBy::AsOf => {}
            EditionBy::FirstAttainment(selector) => self.selector(selector, source, 0),
            EditionBy::Attribute(name) => match self.catalog.learner_attributes.get(name) {
                Some(decl) if decl.kind != AttributeKind::Number => {
                    self.say(&codes::WRONG_TYPE_OF_YEAR, source, &[("name", name)]);
                }
                Some(_) => {}
                None => self.unknown_attribute(name, true, source),
            },
        }
    }

    /// Check attributes, terms and equivalences.
    pub(super) fn declarations(&mut self) {
        for (name, decl) in self.catalog.learner_attributes.iter().chain(&self.catalog.attainment_attributes) {
            if let Some(default) = &decl.default {
                self.value(name, decl, default, decl.source.as_ref());
            }
            if let AttributeKind::Choice(values) | AttributeKind::Choices(values) = &decl.kind {
                let distinct: Set<&String> = credstack_base::order::set(values);
                if values.is_empty() || distinct.len() != values.len() {
                    self.say(&codes::BAD_CHOICES, decl.source.as_ref(), &[("name", name)]);
                }
            }
        }
        for (id, term) in &self.catalog.terms {
            if term.ends < term.starts {
                self.say(&codes::BAD_TERM, None, &[("id", id), ("ends", &term.ends), ("starts", &term.starts)]);
            }
        }
        let mut class_of: Seen<'_> = Seen::new();
        for (n, equivalence) in self.catalog.equivalences.iter().enumerate() {
            let source = equivalence.source.as_ref();
            if equivalence.codes.len() < 2 {
                self.say(&codes::BAD_EQUIVALENCE, source, &[]);
            }
            for code in &equivalence.codes {
                if class_of.insert(("", code.as_str()), n).is_some_and(|other| other != n) {
                    self.say(&codes::CODE_IN_TWO_EQUIVALENCES, source, &[("code", code)]);
                }
            }
        }
    }
}
