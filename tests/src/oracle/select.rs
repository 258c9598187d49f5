//! Facts about attainments, and selectors over them, in three values.

use std::collections::BTreeSet;

use credstack_engine::model::{
    Attainment, AttainmentSource, AttainmentStatus, AttributeDecl, AttributeKind, AttributeTest, Catalog, Code,
    Completed, Course, CredentialId, Date, Decision, Event, Grant, Key, Measure, Record, Repeats, Selector, Test,
    Value,
};

/// The three values of a fact. The order makes `and` the least and `or` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    No,
    Unknown,
    Yes,
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Truth {
    pub(super) fn negated(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

/// A question: everything an answer may depend on.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) record: &'a Record,
    pub(super) as_of: Date,
    pub(super) in_progress: bool,
    pub(super) planned: bool,
}

/// An attainment as one credential sees it: it may also count as of other codes.
#[derive(Clone)]
pub(super) struct View<'a> {
    pub(super) attainment: &'a Attainment,
    pub(super) codes: Vec<&'a Code>,
}

impl<'a> Question<'a> {
    /// How a credential sees an attainment; `None` for contexts that belong to no credential.
    pub(super) fn view(&self, attainment: &'a Attainment, credential: Option<&CredentialId>) -> View<'a> {
        let mut codes = vec![&attainment.of];
        for exception in &self.record.exceptions {
            if let Grant::Substitute(substitution) = &exception.grant
                && Some(&exception.credential) == credential
                && substitution.attainment == attainment.id
            {
                codes.push(&substitution.counts_as);
            }
        }
        View { attainment, codes }
    }

    /// The code and everything equivalent to it.
    pub(super) fn class(&self, code: &Code) -> BTreeSet<Code> {
        let mut class = BTreeSet::from([code.clone()]);
        loop {
            let before = class.len();
            for equivalence in &self.catalog.equivalences {
                if equivalence.codes.iter().any(|c| class.contains(c)) {
                    class.extend(equivalence.codes.iter().cloned());
                }
            }
            if class.len() == before {
                return class;
            }
        }
    }

    /// What the catalog says of a code, or of the first listed code equivalent to it.
    pub(super) fn course(&self, code: &Code) -> Option<&'a Course> {
        if let Some(course) = self.catalog.courses.get(code) {
            return Some(course);
        }
        let class = self.class(code);
        let listed = self.catalog.equivalences.iter().flat_map(|e| &e.codes).filter(|c| class.contains(*c));
        listed.filter_map(|c| self.catalog.courses.get(c)).next()
    }

    /// Thousandths of a measure that an attainment is worth.
    pub(super) fn worth(&self, attainment: &Attainment, measure: Measure) -> i64 {
        let course = self.course(&attainment.of);
        let amount = match measure {
            Measure::Count => return 1000,
            Measure::Credits => attainment.credits.or(course.and_then(|c| c.credits)),
            Measure::Hours => attainment.hours.or(course.and_then(|c| c.hours)),
        };
        amount.map_or(0, |a| a.thousandths())
    }

    /// The day of completion, as far as it is known. What is unfinished is not completed before the
    /// day asked for.
    pub(super) fn date(&self, attainment: &Attainment) -> Option<Date> {
        let stated = self.stated_date(attainment);
        if self.unfinished(attainment) { Some(stated.map_or(self.as_of, |d| d.max(self.as_of))) } else { stated }
    }

    fn stated_date(&self, attainment: &Attainment) -> Option<Date> {
        match attainment.completed_on.as_ref()? {
            Completed::On(date) => Some(*date),
            Completed::In(term) => self.catalog.terms.get(term).map(|t| t.ends),
        }
    }

    /// Whether an attainment is in progress or planned on the day asked for.
    pub(super) fn unfinished(&self, attainment: &Attainment) -> bool {
        attainment.status != AttainmentStatus::Completed || self.stated_date(attainment).is_some_and(|d| d > self.as_of)
    }

    fn scale<'s>(&'s self, attainment: &'s Attainment) -> &'s credstack_engine::model::ScaleId {
        attainment.scale.as_ref().unwrap_or(&self.catalog.defaults.scale)
    }

    /// The grade on its scale; a mark without credit on unfinished work counts as none.
    pub(super) fn grade(&self, attainment: &Attainment) -> Option<credstack_engine::model::GradeValue> {
        let grade = self.catalog.scales.get(self.scale(attainment))?.read(attainment.grade.as_ref()?)?;
        if self.unfinished(attainment) && !grade.earns_credit { None } else { Some(grade) }
    }

    /// The attainments that a credential may take or see, by their place in the record.
    pub(super) fn usable(&self, credential: &CredentialId) -> Vec<usize> {
        let mut candidates: Vec<usize> = Vec::new();
        for (at, attainment) in self.record.attainments.iter().enumerate() {
            let allowed = match attainment.status {
                AttainmentStatus::Completed => self.in_progress || !self.unfinished(attainment),
                AttainmentStatus::InProgress => self.in_progress,
                AttainmentStatus::Planned => self.planned,
            };
            let failed = self.grade(attainment).is_some_and(|g| !g.earns_credit);
            let excluded =
                self.record.exceptions.iter().any(|e| {
                    e.credential == *credential && matches!(&e.grant, Grant::Exclude(id) if *id == attainment.id)
                });
            if allowed && !failed && !excluded {
                candidates.push(at);
            }
        }
        let mut kept = Vec::new();
        for &at in &candidates {
            let code = &self.record.attainments[at].of;
            let class = self.class(code);
            let mut attempts: Vec<usize> = candidates
                .iter()
                .copied()
                .filter(|&other| class.contains(&self.record.attainments[other].of))
                .collect();
            let policy = self.course(code).and_then(|c| c.repeats).unwrap_or(self.catalog.defaults.repeats);
            let all = &self.record.attainments;
            let by_date = |&a: &usize| {
                (self.unfinished(&all[a]), self.date(&all[a]).is_none(), self.date(&all[a]), all[a].id.clone())
            };
            let by_grade = |&a: &usize| {
                (self.unfinished(&all[a]), std::cmp::Reverse(self.grade(&all[a]).map(|g| g.rank)), by_date(&a))
            };
            let many = match policy {
                Repeats::Best => {
                    attempts.sort_by_key(by_grade);
                    1
                }
                Repeats::UpTo(many) => {
                    attempts.sort_by_key(by_grade);
                    many as usize
                }
                Repeats::First => {
                    attempts.sort_by_key(by_date);
                    1
                }
                Repeats::Latest => {
                    // An undated attempt is never the latest while a dated one is there.
                    attempts.sort_by_key(|&a| {
                        (self.unfinished(&all[a]), std::cmp::Reverse(self.date(&all[a])), all[a].id.clone())
                    });
                    1
                }
                Repeats::All => attempts.len(),
            };
            if attempts.iter().take(many).any(|&a| a == at) {
                kept.push(at);
            }
        }
        kept
    }

    /// Whether a selector selects an attainment.
    pub(super) fn selects(&self, selector: &Selector, view: &View<'_>) -> Truth {
        let a = view.attainment;
        let course = self.course(&view.attainment.of);
        let any_code =
            |test: &dyn Fn(&Code) -> bool| Truth::from(view.codes.iter().any(|code| self.class(code).iter().any(test)));
        match selector {
            Selector::Everything => Truth::Yes,
            Selector::Codes(codes) => any_code(&|c| codes.contains(c)),
            Selector::Pattern(pattern) => any_code(&|c| glob(pattern.as_bytes(), c.as_str().as_bytes())),
            Selector::Range(range) => any_code(&|c| {
                c.subject() == range.subject && c.number().is_some_and(|n| range.from <= n && n <= range.to)
            }),
            Selector::Subject(subject) => any_code(&|c| c.subject() == subject),
            Selector::Tag(tag) => Truth::from(a.tags.contains(tag) || course.is_some_and(|c| c.tags.contains(tag))),
            Selector::Kind(kind) => {
                let own = self.course(&a.of).map(|c| c.kind);
                Truth::from(a.kind.or(own).unwrap_or_default() == *kind)
            }
            Selector::Unit(unit) => Truth::from(course.is_some_and(|c| c.unit.as_ref() == Some(unit))),
            Selector::Level(range) => match course.and_then(|c| c.level).or(view.attainment.of.number()) {
                None => Truth::No,
                Some(level) => {
                    Truth::from(range.from.is_none_or(|f| f <= level) && range.to.is_none_or(|t| level <= t))
                }
            },
            Selector::Competency(wanted) => {
                Truth::from(a.competencies.contains(wanted) || course.is_some_and(|c| c.competencies.contains(wanted)))
            }
            Selector::Issuer(issuer) => match self.issuer(a) {
                None => Truth::Unknown,
                Some(i) => Truth::from(i == issuer),
            },
            Selector::Source(sources) => Truth::from(sources.contains(&a.source)),
            Selector::Attribute(test) => {
                let decl = self.catalog.attainment_attributes.get(&test.name);
                let value = a.attributes.get(&test.name).or(course.and_then(|c| c.attributes.get(&test.name)));
                attribute(decl, value, test)
            }
            Selector::CreditsAtLeast(least) => {
                let credits = a.credits.or(course.and_then(|c| c.credits));
                credits.map_or(Truth::Unknown, |c| Truth::from(c >= *least))
            }
            Selector::MinGrade(min) => {
                let needed = self.catalog.scales.get(&min.scale).and_then(|s| s.read(&min.grade));
                match (self.grade(a), needed) {
                    (Some(_), _) if self.scale(a) != &min.scale => Truth::No,
                    (Some(has), Some(needed)) => Truth::from(has.rank >= needed.rank),
                    (Some(_), None) => Truth::No,
                    // The grade of what is unfinished is still to come.
                    (None, _) if self.unfinished(a) => Truth::Yes,
                    (None, _) => Truth::Unknown,
                }
            }
            Selector::GradedOn(scales) => match self.grade(a) {
                Some(_) => Truth::from(scales.contains(self.scale(a))),
                None if self.unfinished(a) => Truth::Yes,
                None => Truth::Unknown,
            },
            Selector::Completed(window) => match self.date(a) {
                None => Truth::Unknown,
                Some(d) => Truth::from(window.from.is_none_or(|f| f <= d) && window.to.is_none_or(|t| d <= t)),
            },
            Selector::Recent(recent) => {
                let event = match &recent.before {
                    Event::AsOf => Some(self.as_of),
                    Event::Attribute(name) => match self.record.attributes.get(name) {
                        Some(Value::Text(text)) => text.parse().ok(),
                        _ => None,
                    },
                    Event::Conferred(credential) => {
                        self.record.conferred.iter().filter(|c| c.credential == *credential).map(|c| c.on).max()
                    }
                };
                match (self.date(a), event) {
                    (Some(date), Some(event)) => Truth::from(date >= recent.within.before(event)),
                    _ => Truth::Unknown,
                }
            }
            Selector::Verified => a.verified.map_or(Truth::Unknown, Truth::from),
            Selector::Unexpired => Truth::from(a.expires_on.is_none_or(|last| self.as_of <= last)),
            Selector::UsedIn(credentials) => Truth::from(
                self.record.conferred.iter().any(|c| credentials.contains(&c.credential) && c.consumed.contains(&a.id)),
            ),
            Selector::Approved(item) => {
                let asked = self.record.approvals.iter().filter(|d| {
                    d.office == item.office
                        && d.subject == item.subject
                        && d.attainment.as_ref().is_none_or(|id| *id == a.id)
                });
                decided(asked.map(|d| d.decision))
            }
            Selector::And(of) => of.iter().map(|s| self.selects(s, view)).min().unwrap_or(Truth::Yes),
            Selector::Or(of) => of.iter().map(|s| self.selects(s, view)).max().unwrap_or(Truth::No),
            Selector::Not(inner) => self.selects(inner, view).negated(),
        }
    }

    fn issuer(&self, a: &'a Attainment) -> Option<&'a String> {
        match (&a.issuer, a.source) {
            (Some(issuer), _) => Some(issuer),
            (None, AttainmentSource::Institution) => self.catalog.institution.as_ref(),
            (None, _) => None,
        }
    }

    /// The value of a key, as text; `None` where the attainment has none.
    pub(super) fn key(&self, key: &Key, view: &View<'a>) -> Option<String> {
        let course = self.course(&view.attainment.of);
        match key {
            Key::Code => self.class(&view.attainment.of).first().map(ToString::to_string),
            Key::Subject => Some(view.attainment.of.subject().to_owned()),
            Key::Unit => course?.unit.clone(),
            Key::Issuer => self.issuer(view.attainment).cloned(),
            Key::Level => course.and_then(|c| c.level).or(view.attainment.of.number()).map(|n| n.to_string()),
            Key::Completed => view.attainment.completed_on.clone().map(String::from),
            Key::Attribute(name) => {
                let own = view.attainment.attributes.get(name);
                own.or(course.and_then(|c| c.attributes.get(name))).map(ToString::to_string)
            }
        }
    }

    /// Whether a credential is awarded, and valid on the day asked for.
    pub(super) fn is_conferred(&self, credential: &CredentialId) -> bool {
        self.record.conferred.iter().any(|c| {
            let valid_for = self.catalog.credentials.get(credential).and_then(|c| c.valid_for);
            let last = c.expires_on.or(valid_for.map(|d| d.after(c.on)));
            c.credential == *credential && c.on <= self.as_of && last.is_none_or(|l| self.as_of <= l)
        })
    }
}

/// What an office's decisions come to: a denial stands before a grant, and a grant before a wait.
pub(super) fn decided(decisions: impl Iterator<Item = Decision>) -> Truth {
    let decisions: Vec<Decision> = decisions.collect();
    if decisions.contains(&Decision::Denied) {
        Truth::No
    } else if decisions.contains(&Decision::Granted) {
        Truth::Yes
    } else {
        Truth::Unknown
    }
}

/// Whether a value passes a test; a missing one is unknown.
pub(super) fn attribute(decl: Option<&AttributeDecl>, value: Option<&Value>, test: &AttributeTest) -> Truth {
    let stated = value.or(decl.and_then(|d| d.default.as_ref()));
    let Some(value) = stated.filter(|v| decl.is_some_and(|d| d.accepts(v).is_ok())) else { return Truth::Unknown };
    let matches_one = |wanted: &Value| match (value, wanted) {
        (Value::Several(has), Value::Text(text)) => has.contains(text),
        (has, wanted) => has == wanted,
    };
    let place = |v: &Value| -> Option<i64> {
        match (v, decl.map(|d| &d.kind)) {
            (Value::Number(n), _) => Some(n.thousandths()),
            (Value::Text(text), Some(AttributeKind::Date)) => {
                text.parse::<Date>().ok().map(|d| i64::from(d.day_number()))
            }
            (Value::Text(text), Some(AttributeKind::Choice(choices))) => {
                choices.iter().position(|c| c == text).and_then(|p| i64::try_from(p).ok())
            }
            _ => None,
        }
    };
    match &test.test {
        Test::Is(wanted) => Truth::from(matches_one(wanted)),
        Test::OneOf(wanted) => Truth::from(wanted.iter().any(matches_one)),
        Test::AtLeast(bound) | Test::AtMost(bound) => match (place(value), place(bound)) {
            (Some(has), Some(bound)) => {
                Truth::from(if matches!(test.test, Test::AtLeast(_)) { has >= bound } else { has <= bound })
            }
            _ => Truth::Unknown,
        },
    }
}

/// Whether a text matches a pattern in which `*` stands for any run of characters.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((b'*', rest)) => (0..=text.len()).any(|skip| glob(rest, &text[skip..])),
        Some((c, rest)) => text.split_first().is_some_and(|(t, after)| t == c && glob(rest, after)),
    }
}
