//! What is known of each attainment, and which selectors select it. Written for the checker alone:
//! `select` answers the same questions for the solver, and neither knows the other.

use std::collections::BTreeMap;

use credstack_base::order;
use credstack_base::sorted::{Map, Set};
use credstack_model::{
    Attainment, AttainmentId, AttainmentSource, AttainmentStatus, AttributeDecl, AttributeKind, AttributeTest, Catalog,
    Code, Completed, Course, CredentialId, Date, Decimal, Decision, Duration, Edition, EditionBy, Event, GradeValue,
    Grant, Key, Measure, Record, Repeats, ScaleId, Selector, Test, Value,
};
use credstack_model::{NodeStatus, Options, Standing};
/// Yes, no, or not known, from the least true to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    No,
    Maybe,
    Yes,
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl From<Answer> for NodeStatus {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Yes => Self::Met,
            Answer::Maybe => Self::NeedsReview,
            Answer::No => Self::Unmet,
        }
    }
}

/// One attainment and the catalog's facts about it.
pub(super) struct Fact<'a> {
    pub(super) attainment: &'a Attainment,
    pub(super) class: &'a Set<&'a Code>,
    course: Option<&'a Course>,
    pub(super) grade: Option<GradeValue>,
    pub(super) completed: Option<Date>,
    pub(super) unfinished: bool,
}

/// A record and its catalog, on one day.
pub(super) struct Facts<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) record: &'a Record,
    pub(super) as_of: Date,
    options: &'a Options,
    classes: &'a Classes<'a>,
    by_id: Map<&'a AttainmentId, Fact<'a>>,
}

/// For every code that matters, the codes that are the same thing, itself among them.
pub(super) struct Classes<'a>(BTreeMap<&'a Code, Set<&'a Code>>);

impl<'a> Classes<'a> {
    pub(super) fn new(catalog: &'a Catalog, record: &'a Record) -> Self {
        let substitutes = record.exceptions.iter().filter_map(|e| match &e.grant {
            Grant::Substitute(substitution) => Some(&substitution.counts_as),
            _ => None,
        });
        let mut classes: BTreeMap<&Code, Set<&Code>> = BTreeMap::new();
        for code in record.attainments.iter().map(|a| &a.of).chain(substitutes) {
            classes.insert(code, order::set([code]));
        }
        for equivalence in &catalog.equivalences {
            let mut joined: Set<&Code> = order::set(&equivalence.codes);
            for code in &equivalence.codes {
                joined.extend(classes.get(code).into_iter().flatten().copied());
            }
            for code in joined.clone() {
                classes.insert(code, joined.clone());
            }
        }
        Self(classes)
    }
}

static NOTHING: Set<&Code> = Set::new();

impl<'a> Facts<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        record: &'a Record,
        as_of: Date,
        options: &'a Options,
        classes: &'a Classes<'a>,
    ) -> Self {
        let mut by_id = Map::new();
        for attainment in &record.attainments {
            let class = classes.0.get(&attainment.of).unwrap_or(&NOTHING);
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
            let scale = attainment.scale.as_ref().unwrap_or(&catalog.defaults.scale);
            let on_scale = attainment.grade.as_ref().and_then(|g| catalog.scales.get(scale)?.read(g));
            let fact = Fact {
                attainment,
                class,
                course: catalog.courses.get(&attainment.of).or_else(listed),
                // What is under way has not failed yet, whatever its mark.
                grade: on_scale.filter(|g| g.earns_credit || !unfinished),
                completed: if unfinished { Some(stated.unwrap_or(as_of).max(as_of)) } else { stated },
                unfinished,
            };
            by_id.insert(&attainment.id, fact);
        }
        Self { catalog, record, as_of, options, classes, by_id }
    }

    pub(super) fn get(&self, id: &AttainmentId) -> Option<&Fact<'a>> {
        self.by_id.get(id)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &'a AttainmentId> {
        self.by_id.keys().copied()
    }

    /// Thousandths of a measure; what is not known is nothing.
    pub(super) fn worth(&self, id: &AttainmentId, measure: Measure) -> i64 {
        let Some(fact) = self.get(id) else { return 0 };
        let (own, catalog) = match measure {
            Measure::Count => return 1000,
            Measure::Credits => (fact.attainment.credits, fact.course.and_then(|c| c.credits)),
            Measure::Hours => (fact.attainment.hours, fact.course.and_then(|c| c.hours)),
        };
        own.or(catalog).map_or(0, |amount| amount.thousandths())
    }

    /// How many units of distance a thousandth of a credit has: distances are kept exact, also
    /// where hours are counted, and rounded only to be shown.
    pub(super) fn rate(&self) -> i64 {
        self.catalog.defaults.hours_per_credit.thousandths().max(1)
    }

    /// A distance in credits, rounded up to a thousandth.
    pub(super) fn shown(&self, distance: i64) -> Decimal {
        let rate = self.rate();
        Decimal::from_thousandths(distance.div_euclid(rate) + i64::from(distance.rem_euclid(rate) > 0))
    }

    /// Whether a credential can count an attainment at all: not failed, not left out by the options
    /// or by an exception, and an attempt that the repeat policy keeps.
    pub(super) fn countable(&self, credential: &CredentialId) -> Set<&'a AttainmentId> {
        let own = self.record.exceptions.iter().filter(|e| e.credential == *credential);
        let excluded = order::set(own.filter_map(|e| if let Grant::Exclude(id) = &e.grant { Some(id) } else { None }));
        let mut attempts: Map<&Code, Vec<&Fact<'a>>> = Map::new();
        for (id, fact) in &self.by_id {
            let wanted = match fact.attainment.status {
                AttainmentStatus::Planned => self.options.planned,
                _ => self.options.in_progress || !fact.unfinished,
            };
            if wanted && !excluded.contains(id) && fact.grade.is_none_or(|g| g.earns_credit) {
                let class = fact.class.first().copied().unwrap_or(&fact.attainment.of);
                attempts.entry(class).or_default().push(fact);
            }
        }
        let mut kept = Set::new();
        for mut of_class in attempts.into_values() {
            // By date, what has none last; ids break ties, since the map was in their order.
            order::sort_by_key(&mut of_class, |f| (f.completed.is_none(), f.completed));
            let course = of_class.first().and_then(|f| f.course);
            let policy = course.and_then(|c| c.repeats).unwrap_or(self.catalog.defaults.repeats);
            let many = match policy {
                Repeats::All => of_class.len(),
                Repeats::UpTo(many) => usize::try_from(many).unwrap_or(usize::MAX),
                Repeats::Best | Repeats::Latest | Repeats::First => 1,
            };
            match policy {
                Repeats::Best | Repeats::UpTo(_) => {
                    order::sort_by_key(&mut of_class, |f| std::cmp::Reverse(f.grade.map(|g| g.rank)))
                }
                Repeats::Latest => order::sort_by_key(&mut of_class, |f| std::cmp::Reverse(f.completed)),
                Repeats::First | Repeats::All => {}
            }
            order::sort_by_key(&mut of_class, |f| f.unfinished);
            kept.extend(of_class.into_iter().take(many).map(|f| &f.attainment.id));
        }
        kept
    }

    /// How surely a pool holds an attainment; `None` if it does not.
    pub(super) fn standing(&self, pool: &Selector, id: &AttainmentId, credential: &CredentialId) -> Option<Standing> {
        match self.selects(pool, id, Some(credential)) {
            Answer::No => None,
            Answer::Maybe => Some(Standing::Pending),
            Answer::Yes => Some(self.by_status(id)),
        }
    }

    pub(super) fn by_status(&self, id: &AttainmentId) -> Standing {
        if self.get(id).is_some_and(|f| f.unfinished) { Standing::InProgress } else { Standing::Counts }
    }

    /// Whether a selector selects an attainment, in the eyes of a credential if one asks.
    pub(super) fn selects(&self, selector: &Selector, id: &AttainmentId, asks: Option<&CredentialId>) -> Answer {
        let Some(fact) = self.get(id) else { return Answer::No };
        let a = fact.attainment;
        let any_code = |test: &dyn Fn(&Code) -> bool| {
            let substitutes = self.record.exceptions.iter().filter(|e| Some(&e.credential) == asks);
            let also = substitutes.filter_map(|e| match &e.grant {
                Grant::Substitute(s) if s.attainment == *id => self.classes.0.get(&s.counts_as),
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
                // The grade of what is unfinished is still to come.
                None => {
                    if fact.unfinished {
                        Answer::Yes
                    } else {
                        Answer::Maybe
                    }
                }
                Some(grade) => {
                    let least = self.catalog.scales.get(&min.scale).and_then(|s| s.read(&min.grade));
                    let on_scale = *self.scale(a) == min.scale;
                    Answer::from(on_scale && least.is_some_and(|least| grade.rank >= least.rank))
                }
            },
            Selector::GradedOn(scales) => match fact.grade {
                None => {
                    if fact.unfinished {
                        Answer::Yes
                    } else {
                        Answer::Maybe
                    }
                }
                Some(_) => Answer::from(scales.contains(self.scale(a))),
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

    fn scale<'s>(&'s self, a: &'s Attainment) -> &'s ScaleId {
        a.scale.as_ref().unwrap_or(&self.catalog.defaults.scale)
    }

    fn issuer(&self, fact: &Fact<'a>) -> Option<&'a String> {
        let home =
            || (fact.attainment.source == AttainmentSource::Institution).then_some(self.catalog.institution.as_ref());
        fact.attainment.issuer.as_ref().or_else(|| home().flatten())
    }

    /// The value of a key, in words; `None` where an attainment has none.
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

    pub(super) fn learner(&self, test: &AttributeTest) -> Answer {
        passes(self.catalog.learner_attributes.get(&test.name), self.record.attributes.get(&test.name), test)
    }

    fn learner_date(&self, name: &str) -> Option<Date> {
        let decl = self.catalog.learner_attributes.get(name)?;
        match self.record.attributes.get(name).or(decl.default.as_ref())? {
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether a credential is awarded, and valid on the day asked for.
    pub(super) fn held(&self, credential: &CredentialId) -> bool {
        let valid_for = self.catalog.credentials.get(credential).and_then(|c| c.valid_for);
        let mut awards = self.record.conferred.iter().filter(|c| c.credential == *credential && c.on <= self.as_of);
        awards.any(|award| {
            let last = award.expires_on.or_else(|| valid_for.map(|v| v.after(award.on)));
            last.is_none_or(|last| last >= self.as_of)
        })
    }

    /// The edition of a credential that applies, and whether that is known.
    pub(super) fn edition(&self, credential: &CredentialId) -> Option<(&'a Edition, bool)> {
        let credential = self.catalog.credentials.get(credential)?;
        let first_month = self.catalog.defaults.academic_year_starts;
        let editions = &credential.editions;
        let latest = editions.last()?;
        if editions.len() == 1 && latest.from_year.is_none() && latest.to_year.is_none() {
            return Some((latest, true));
        }
        let year = match credential.edition_by.as_ref().unwrap_or(&self.catalog.defaults.edition_by) {
            EditionBy::AsOf => self.as_of.academic_year(first_month),
            EditionBy::Attribute(name) => {
                let default = self.catalog.learner_attributes.get(name).and_then(|d| d.default.as_ref());
                let stated = match self.record.attributes.get(name).or(default) {
                    Some(Value::Number(n)) => i16::try_from(n.thousandths() / 1000).ok(),
                    _ => None,
                };
                // Whose year is not known is answered by the latest edition.
                let Some(year) = stated else { return Some((latest, false)) };
                year
            }
            EditionBy::FirstAttainment(selector) => {
                let selected = self.by_id.iter().filter(|(id, _)| self.selects(selector, id, None) == Answer::Yes);
                let first = selected.filter_map(|(_, fact)| fact.completed).min();
                first.unwrap_or(self.as_of).academic_year(first_month)
            }
        };
        let current =
            |e: &&Edition| e.from_year.is_none_or(|from| from <= year) && e.to_year.is_none_or(|to| year <= to);
        let next = |e: &&Edition| e.from_year.is_some_and(|from| year < from);
        let applies = editions.iter().find(current).or_else(|| editions.iter().find(next));
        Some((applies.unwrap_or(latest), true))
    }
}

fn level(fact: &Fact<'_>) -> Option<u32> {
    fact.course.and_then(|c| c.level).or_else(|| fact.attainment.of.number())
}

/// What decisions come to: a denial stands before a grant, and a grant before a wait.
pub(super) fn decided(decisions: impl Iterator<Item = Decision>) -> Answer {
    let mut comes_to = Answer::Maybe;
    for decision in decisions {
        match decision {
            Decision::Denied => return Answer::No,
            Decision::Granted => comes_to = Answer::Yes,
            Decision::Pending => {}
        }
    }
    comes_to
}

/// Whether a value of a declared attribute passes a test.
fn passes(decl: Option<&AttributeDecl>, value: Option<&Value>, test: &AttributeTest) -> Answer {
    let Some(decl) = decl else { return Answer::Maybe };
    let Some(value) = value.or(decl.default.as_ref()).filter(|v| decl.accepts(v).is_ok()) else {
        return Answer::Maybe;
    };
    let equals = |wanted: &Value| match (value, wanted) {
        (Value::Several(several), Value::Text(one)) => several.contains(one),
        _ => value == wanted,
    };
    let compare = |bound: &Value| match (&decl.kind, value, bound) {
        (_, Value::Number(n), Value::Number(bound)) => Some(n.cmp(bound)),
        (AttributeKind::Date, Value::Text(day), Value::Text(bound)) => {
            Some(day.parse::<Date>().ok()?.cmp(&bound.parse().ok()?))
        }
        (AttributeKind::Choice(order), Value::Text(choice), Value::Text(bound)) => {
            let place = |text: &String| order.iter().position(|o| o == text);
            Some(place(choice)?.cmp(&place(bound)?))
        }
        _ => None,
    };
    match &test.test {
        Test::Is(wanted) => Answer::from(equals(wanted)),
        Test::OneOf(wanted) => Answer::from(wanted.iter().any(equals)),
        Test::AtLeast(bound) => compare(bound).map_or(Answer::Maybe, |order| Answer::from(order.is_ge())),
        Test::AtMost(bound) => compare(bound).map_or(Answer::Maybe, |order| Answer::from(order.is_le())),
    }
}

/// Whether a whole text fits a pattern whose stars stand for any run of characters: what comes
/// before the first star and after the last must stand at the ends, the rest in between in order.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = text.find(part) else { return false };
        text = text.get(at + part.len()..).unwrap_or_default();
    }
    text.ends_with(end)
}
