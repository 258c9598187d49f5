//! Whether a selector selects an attainment: yes, no, or unknown.

use credstack_model::{AttributeTest, Code, Date, Event, Grant, Key, Recent, Selector, Value};

use super::approvals::decided;
use super::attributes::test_value;
use super::holdings::Holdings;
use super::item::Item;
use super::tri::{Scope, Tri};
use super::{grades, pattern};

impl Holdings<'_> {
    /// Return the answer of a selector for every item, in order.
    ///
    /// The same as [`Holdings::selects`] for each, but a list of codes is looked up by code rather
    /// than compared with every item.
    #[must_use]
    pub fn select(&self, selector: &Selector, scope: Scope<'_>) -> Vec<Tri> {
        let mut answers = vec![Tri::No; self.items.len()];
        match selector {
            Selector::Codes(codes) if !self.has_substitutes(scope) => {
                for code in codes {
                    for item in self.of_class(self.index.class(code)) {
                        answers[*item] = Tri::Yes;
                    }
                }
            }
            Selector::And(of) => {
                let codes = of.iter().position(|s| matches!(s, Selector::Codes(_)));
                let Some(first) = codes.or((!of.is_empty()).then_some(0)) else {
                    return vec![Tri::Yes; self.items.len()];
                };
                answers = self.select(&of[first], scope);
                for (_, part) in of.iter().enumerate().filter(|(n, _)| *n != first) {
                    for (answer, item) in answers.iter_mut().zip(&self.items).filter(|(answer, _)| **answer != Tri::No)
                    {
                        *answer = (*answer).min(self.selects(part, item, scope));
                    }
                }
            }
            Selector::Or(of) => {
                for part in of {
                    for (answer, more) in answers.iter_mut().zip(self.select(part, scope)) {
                        *answer = (*answer).max(more);
                    }
                }
            }
            Selector::Not(inner) => {
                for (answer, inner) in answers.iter_mut().zip(self.select(inner, scope)) {
                    *answer = !inner;
                }
            }
            other => {
                for (answer, item) in answers.iter_mut().zip(&self.items) {
                    *answer = self.selects(other, item, scope);
                }
            }
        }
        answers
    }

    /// Check whether exceptions let attainments count as of other codes.
    fn has_substitutes(&self, scope: Scope<'_>) -> bool {
        self.record
            .exceptions
            .iter()
            .any(|e| Some(&e.credential) == scope.credential && matches!(e.grant, Grant::Substitute(_)))
    }

    /// Check whether a selector selects an item.
    #[must_use]
    pub fn selects(&self, selector: &Selector, item: &Item<'_>, scope: Scope<'_>) -> Tri {
        match selector {
            Selector::Everything => Tri::Yes,
            Selector::Codes(codes) => Tri::known(
                codes.iter().any(|code| self.index.class(code) == item.class)
                    || self
                        .substitutes(item, scope)
                        .any(|as_code| codes.iter().any(|c| self.index.class(c) == self.index.class(as_code))),
            ),
            Selector::Pattern(pattern) => self.any_code(item, scope, |code| pattern::matches(pattern, code.as_str())),
            Selector::Range(range) => self.any_code(item, scope, |code| {
                code.subject() == range.subject && code.number().is_some_and(|n| range.from <= n && n <= range.to)
            }),
            Selector::Subject(subject) => self.any_code(item, scope, |code| code.subject() == subject),
            Selector::Tag(tag) => {
                let catalog = item.course.is_some_and(|c| c.tags.contains(tag));
                Tri::known(catalog || item.attainment.tags.contains(tag))
            }
            Selector::Kind(kind) => Tri::known(item.kind == *kind),
            Selector::Unit(unit) => Tri::known(item.course.and_then(|c| c.unit.as_ref()) == Some(unit)),
            Selector::Level(range) => Tri::known(
                item.level
                    .is_some_and(|level| range.from.is_none_or(|f| f <= level) && range.to.is_none_or(|t| level <= t)),
            ),
            Selector::Competency(id) => {
                let catalog = item.course.is_some_and(|c| c.competencies.contains(id));
                Tri::known(catalog || item.attainment.competencies.contains(id))
            }
            Selector::Issuer(issuer) => item.issuer.map_or(Tri::Unknown, |i| Tri::known(i == issuer)),
            Selector::Source(sources) => Tri::known(sources.contains(&item.attainment.source)),
            Selector::Attribute(test) => self.item_attribute(item, test),
            Selector::CreditsAtLeast(credits) => item.credits.map_or(Tri::Unknown, |c| Tri::known(c >= *credits)),
            Selector::MinGrade(min) => grades::at_least(self.catalog, item.grade_facts(), min),
            Selector::GradedOn(scales) => grades::graded_on(item.grade_facts(), scales),
            Selector::Completed(window) => {
                item.completed.map_or(Tri::Unknown, |date| Tri::known(window.contains(date)))
            }
            Selector::Recent(recent) => match (item.completed, self.event(recent)) {
                (Some(date), Some(event)) => Tri::known(recent.within.before(event) <= date),
                _ => Tri::Unknown,
            },
            Selector::Verified => item.attainment.verified.map_or(Tri::Unknown, Tri::known),
            Selector::Unexpired => Tri::known(item.expires.is_none_or(|last| self.as_of <= last)),
            Selector::UsedIn(ids) => Tri::known(
                self.record
                    .conferred
                    .iter()
                    .any(|c| ids.contains(&c.credential) && c.consumed.contains(&item.attainment.id)),
            ),
            Selector::Approved(approval) => decided(self.record.approvals.iter().filter(|a| {
                a.office == approval.office
                    && a.subject == approval.subject
                    && a.attainment.as_ref().is_none_or(|id| *id == item.attainment.id)
            })),
            Selector::And(of) => of.iter().map(|s| self.selects(s, item, scope)).min().unwrap_or(Tri::Yes),
            Selector::Or(of) => of.iter().map(|s| self.selects(s, item, scope)).max().unwrap_or(Tri::No),
            Selector::Not(inner) => !self.selects(inner, item, scope),
        }
    }

    /// Return the codes that exceptions let an item count as, within a credential.
    fn substitutes<'s>(&'s self, item: &'s Item<'_>, scope: Scope<'s>) -> impl Iterator<Item = &'s Code> {
        self.record.exceptions.iter().filter_map(move |exception| match &exception.grant {
            Grant::Substitute(substitution)
                if Some(&exception.credential) == scope.credential && substitution.attainment == item.attainment.id =>
            {
                Some(&substitution.counts_as)
            }
            _ => None,
        })
    }

    /// Check whether one of the codes that an item counts as matches.
    fn any_code(&self, item: &Item<'_>, scope: Scope<'_>, matches: impl Fn(&Code) -> bool) -> Tri {
        let own = self.index.equivalents(&item.attainment.of).iter().any(&matches);
        Tri::known(own || self.substitutes(item, scope).any(|code| self.index.equivalents(code).iter().any(&matches)))
    }

    /// Check whether an attribute of an item passes a test. The item's own value stands before the catalog's, and
    /// that before the default.
    fn item_attribute(&self, item: &Item<'_>, test: &AttributeTest) -> Tri {
        let Some(decl) = self.catalog.attainment_attributes.get(&test.name) else { return Tri::Unknown };
        let own = item.attainment.attributes.get(&test.name);
        let value = own.or_else(|| item.course.and_then(|c| c.attributes.get(&test.name))).or(decl.default.as_ref());
        value.map_or(Tri::Unknown, |value| test_value(decl, &test.test, value))
    }

    /// Return the date that a window is measured from, if it is known.
    #[must_use]
    pub fn event(&self, recent: &Recent) -> Option<Date> {
        match &recent.before {
            Event::AsOf => Some(self.as_of),
            Event::Attribute(name) => match self.record.attributes.get(name) {
                Some(Value::Text(text)) => text.parse().ok(),
                _ => None,
            },
            Event::Conferred(id) => self.record.conferred.iter().filter(|c| c.credential == *id).map(|c| c.on).max(),
        }
    }

    /// Return the value of a key for an item, as a text that only equal values share; none where the item
    /// has none.
    #[must_use]
    pub fn key(&self, key: &Key, item: &Item<'_>) -> Option<String> {
        match key {
            Key::Code => Some(item.class.to_string()),
            Key::Subject => Some(item.attainment.of.subject().to_owned()),
            Key::Unit => item.course.and_then(|c| c.unit.clone()),
            Key::Issuer => item.issuer.map(str::to_owned),
            Key::Level => item.level.map(|l| l.to_string()),
            Key::Completed => item.attainment.completed_on.clone().map(String::from),
            Key::Attribute(name) => {
                let default = self.catalog.attainment_attributes.get(name).and_then(|d| d.default.as_ref());
                let own = item.attainment.attributes.get(name);
                own.or_else(|| item.course.and_then(|c| c.attributes.get(name))).or(default).map(ToString::to_string)
            }
        }
    }
}
