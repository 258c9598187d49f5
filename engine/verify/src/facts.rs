//! What is known of each attainment, and which selectors select it. Written for the checker alone:
//! `select` answers the same questions for the solver, and neither knows the other.

use credstack_base::sorted::{Map, Set};
use credstack_model::{
    Attainment, AttainmentId, AttainmentSource, AttainmentStatus, AttributeTest, Catalog, Code, Completed, Course,
    CredentialId, Date, Decimal, Duration, Event, GradeValue, Grant, Key, Measure, Record, Selector, Value,
};
use credstack_model::{Options, Standing};

use super::attributes::passes;
use super::certainty::{Answer, decided};
use super::equivalence::{Classes, fits};
use super::grades;

/// One attainment and the catalog's facts about it.
pub(super) struct Fact<'a> {
    pub(super) attainment: &'a Attainment,
    pub(super) class: &'a Set<&'a Code>,
    pub(super) course: Option<&'a Course>,
    pub(super) grade: Option<GradeValue>,
    pub(super) completed: Option<Date>,
    pub(super) unfinished: bool,
}

/// A record and its catalog, on one day.
pub(super) struct Facts<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) record: &'a Record,
    pub(super) as_of: Date,
    pub(super) options: &'a Options,
    classes: &'a Classes<'a>,
    pub(super) by_id: Map<&'a AttainmentId, Fact<'a>>,
}

static NOTHING: Set<&Code> = Set::new();

impl<'a> Facts<'a> {
    /// Read a record.
    pub(super) fn new(
        catalog: &'a Catalog,
        record: &'a Record,
        as_of: Date,
        options: &'a Options,
        classes: &'a Classes<'a>,
    ) -> Self {
        let mut by_id = Map::new();
        for attainment in &record.attainments {
            let class = classes.get(&attainment.of).unwrap_or(&NOTHING);
            let listed = || {
                let same = catalog.equivalences.iter().flat_map(|e| &e.codes).filter(|code| class.contains(code));
                same.filter_map(|code| catalog.courses.get(code)).next()
            };
            let stated = match &attainment.completed_on {
                None => None,
                Some(Completed::On(day)) => Some(*day),
                Some(Completed::In(term)) => catalog.terms.get(term).map(|t| t.ends),
            };
            let unfinished = attainment.status != AttainmentStatus::Completed || stated.is_some_and(|day| day > as_of);
            let fact = Fact {
                attainment,
                class,
                course: catalog.courses.get(&attainment.of).or_else(listed),
                grade: grades::read(catalog, attainment, unfinished),
                completed: if unfinished { Some(stated.unwrap_or(as_of).max(as_of)) } else { stated },
                unfinished,
            };
            by_id.insert(&attainment.id, fact);
        }
        Self { catalog, record, as_of, options, classes, by_id }
    }

    /// Return what is known of an attainment.
    pub(super) fn get(&self, id: &AttainmentId) -> Option<&Fact<'a>> {
        self.by_id.get(id)
    }

    /// Return the ids of all attainments.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'a AttainmentId> {
        self.by_id.keys().copied()
    }

    /// Return the worth of an attainment, in thousandths of a measure; an amount that is not known is nothing.
    pub(super) fn worth(&self, id: &AttainmentId, measure: Measure) -> i64 {
        let Some(fact) = self.get(id) else { return 0 };
        let (own, catalog) = match measure {
            Measure::Count => return 1000,
            Measure::Credits => (fact.attainment.credits, fact.course.and_then(|c| c.credits)),
            Measure::Hours => (fact.attainment.hours, fact.course.and_then(|c| c.hours)),
        };
        own.or(catalog).map_or(0, |amount| amount.thousandths())
    }

    /// Return how many units of distance a thousandth of a credit has: distances are kept exact, also
    /// where hours are counted, and rounded only to be shown.
    pub(super) fn rate(&self) -> i64 {
        self.catalog.defaults.hours_per_credit.thousandths().max(1)
    }

    /// Return a distance in credits, rounded up to a thousandth.
    pub(super) fn shown(&self, distance: i64) -> Decimal {
        let rate = self.rate();
        Decimal::from_thousandths(distance.div_euclid(rate) + i64::from(distance.rem_euclid(rate) > 0))
    }

    /// Return how surely a pool holds an attainment; `None` if it does not.
    pub(super) fn standing(&self, pool: &Selector, id: &AttainmentId, credential: &CredentialId) -> Option<Standing> {
        match self.selects(pool, id, Some(credential)) {
            Answer::No => None,
            Answer::Maybe => Some(Standing::Pending),
            Answer::Yes => Some(self.by_status(id)),
        }
    }

    /// Return how surely an attainment counts that a pool surely holds.
    pub(super) fn by_status(&self, id: &AttainmentId) -> Standing {
        if self.get(id).is_some_and(|f| f.unfinished) { Standing::InProgress } else { Standing::Counts }
    }

    /// Check whether a selector selects an attainment, with the exceptions for the credential that asks, if one does.
    pub(super) fn selects(&self, selector: &Selector, id: &AttainmentId, asks: Option<&CredentialId>) -> Answer {
        let Some(fact) = self.get(id) else { return Answer::No };
        let a = fact.attainment;
        let any_code = |test: &dyn Fn(&Code) -> bool| {
            let substitutes = self.record.exceptions.iter().filter(|e| Some(&e.credential) == asks);
            let also = substitutes.filter_map(|e| match &e.grant {
                Grant::Substitute(s) if s.attainment == *id => self.classes.get(&s.counts_as),
                _ => None,
            });
            Answer::from(fact.class.iter().chain(also.flatten()).any(|code| test(code)))
        };
        match selector {
            Selector::Everything => Answer::Yes,
            Selector::Codes(codes) => any_code(&|code| codes.contains(code)),
            Selector::Pattern(pattern) => any_code(&|code| fits(pattern, code.as_str())),
            Selector::Subject(subject) => any_code(&|code| code.subject() == subject),
            Selector::Range(range) => any_code(&|code| {
                let number = code.number().filter(|_| code.subject() == range.subject);
                number.is_some_and(|n| (range.from..=range.to).contains(&n))
            }),
            Selector::Tag(tag) => {
                Answer::from(a.tags.iter().chain(fact.course.iter().flat_map(|c| &c.tags)).any(|t| t == tag))
            }
            Selector::Competency(wanted) => {
                let catalog = fact.course.iter().flat_map(|c| &c.competencies);
                Answer::from(a.competencies.iter().chain(catalog).any(|c| c == wanted))
            }
            Selector::Kind(kind) => Answer::from(a.kind.or(fact.course.map(|c| c.kind)).unwrap_or_default() == *kind),
            Selector::Unit(unit) => Answer::from(fact.course.and_then(|c| c.unit.as_deref()) == Some(unit.as_str())),
            Selector::Level(range) => Answer::from(
                level(fact).is_some_and(|n| range.from.unwrap_or(0) <= n && n <= range.to.unwrap_or(u32::MAX)),
            ),
            Selector::Issuer(issuer) => self.issuer(fact).map_or(Answer::Maybe, |i| Answer::from(i == issuer)),
            Selector::Source(sources) => Answer::from(sources.contains(&a.source)),
            Selector::Attribute(test) => {
                let stated = a.attributes.get(&test.name);
                let value = stated.or(fact.course.and_then(|c| c.attributes.get(&test.name)));
                passes(self.catalog.attainment_attributes.get(&test.name), value, test)
            }
            Selector::CreditsAtLeast(least) => match a.credits.or(fact.course.and_then(|c| c.credits)) {
                Some(credits) => Answer::from(credits >= *least),
                None => Answer::Maybe,
            },
            Selector::MinGrade(min) => match fact.grade {
                None => grades::missing(fact.unfinished),
                Some(grade) => Answer::from(grades::at_least(self.catalog, a, grade, min)),
            },
            Selector::GradedOn(scales) => match fact.grade {
                None => grades::missing(fact.unfinished),
                Some(_) => Answer::from(scales.contains(grades::scale(self.catalog, a))),
            },
            Selector::Completed(window) => match fact.completed {
                None => Answer::Maybe,
                Some(day) => {
                    Answer::from(window.from.is_none_or(|from| day >= from) && window.to.is_none_or(|to| day <= to))
                }
            },
            Selector::Recent(recent) => {
                let event = match &recent.before {
                    Event::AsOf => Some(self.as_of),
                    Event::Attribute(name) => self.learner_date(name.as_str()),
                    Event::Conferred(of) => {
                        self.record.conferred.iter().filter(|c| c.credential == *of).map(|c| c.on).max()
                    }
                };
                match event.zip(fact.completed) {
                    None => Answer::Maybe,
                    Some((event, day)) => Answer::from(day >= recent.within.before(event)),
                }
            }
            Selector::Verified => a.verified.map_or(Answer::Maybe, Answer::from),
            Selector::Unexpired => {
                let awarded = self.catalog.credentials.get(a.of.as_str());
                let valid_for: Option<Duration> = awarded.and_then(|c| c.valid_for);
                let reckoned = valid_for.zip(fact.completed).map(|(valid_for, day)| valid_for.after(day));
                Answer::from(a.expires_on.or(reckoned).is_none_or(|last| last >= self.as_of))
            }
            Selector::UsedIn(credentials) => {
                let mut awards = self.record.conferred.iter().filter(|c| credentials.contains(&c.credential));
                Answer::from(awards.any(|c| c.consumed.contains(id)))
            }
            Selector::Approved(item) => decided(self.record.approvals.iter().filter_map(|d| {
                let about = d.attainment.as_ref().is_none_or(|about| about == id);
                (about && d.office == item.office && d.subject == item.subject).then_some(d.decision)
            })),
            Selector::And(of) => of.iter().map(|s| self.selects(s, id, asks)).min().unwrap_or(Answer::Yes),
            Selector::Or(of) => of.iter().map(|s| self.selects(s, id, asks)).max().unwrap_or(Answer::No),
            Selector::Not(inner) => match self.selects(inner, id, asks) {
                Answer::No => Answer::Yes,
                Answer::Maybe => Answer::Maybe,
                Answer::Yes => Answer::No,
            },
        }
    }

    /// Return who issued an attainment.
    fn issuer(&self, fact: &Fact<'a>) -> Option<&'a String> {
        let home =
            || (fact.attainment.source == AttainmentSource::Institution).then_some(self.catalog.institution.as_ref());
        fact.attainment.issuer.as_ref().or_else(|| home().flatten())
    }

    /// Return the value of a key, in words; `None` where an attainment has none.
    pub(super) fn key(&self, key: &Key, id: &AttainmentId) -> Option<String> {
        let fact = self.get(id)?;
        match key {
            Key::Code => fact.class.first().map(ToString::to_string),
            Key::Subject => Some(fact.attainment.of.subject().to_owned()),
            Key::Unit => fact.course?.unit.clone(),
            Key::Issuer => self.issuer(fact).cloned(),
            Key::Level => level(fact).map(|n| n.to_string()),
            Key::Completed => fact.attainment.completed_on.clone().map(String::from),
            Key::Attribute(name) => {
                let decl = self.catalog.attainment_attributes.get(name);
                let stated = fact.attainment.attributes.get(name);
                let catalog = fact.course.and_then(|c| c.attributes.get(name));
                stated.or(catalog).or(decl.and_then(|d| d.default.as_ref())).map(ToString::to_string)
            }
        }
    }

    /// Check whether an attribute of the learner passes a test.
    pub(super) fn learner(&self, test: &AttributeTest) -> Answer {
        passes(self.catalog.learner_attributes.get(&test.name), self.record.attributes.get(&test.name), test)
    }

    /// Return a date among the learner's attributes.
    fn learner_date(&self, name: &str) -> Option<Date> {
        let decl = self.catalog.learner_attributes.get(name)?;
        match self.record.attributes.get(name).or(decl.default.as_ref())? {
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Check whether a credential is awarded, and valid on the day asked for.
    pub(super) fn held(&self, credential: &CredentialId) -> bool {
        let valid_for = self.catalog.credentials.get(credential).and_then(|c| c.valid_for);
        let mut awards = self.record.conferred.iter().filter(|c| c.credential == *credential && c.on <= self.as_of);
        awards.any(|award| {
            let last = award.expires_on.or_else(|| valid_for.map(|v| v.after(award.on)));
            last.is_none_or(|last| last >= self.as_of)
        })
    }
}

/// Return the level of an attainment.
fn level(fact: &Fact<'_>) -> Option<u32> {
    fact.course.and_then(|c| c.level).or_else(|| fact.attainment.of.number())
}
