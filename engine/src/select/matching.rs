//! Whether a selector selects an attainment: yes, no, or unknown.

use credstack_model::{
    AttributeDecl, AttributeKind, AttributeTest, Code, CredentialId, Date, Decision, Event, GradeValue, Grant, Key,
    Recent, ScaleId, Selector, Test, Value, Window,
};

use super::holdings::{Holdings, Item};

/// Yes, no, or unknown. The order is that of truth: no, unknown, yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tri {
    /// No.
    No,
    /// Some fact is missing.
    Unknown,
    /// Yes.
    Yes,
}

impl Tri {
    /// Yes or no.
    #[must_use]
    pub const fn known(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl std::ops::Not for Tri {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

/// What a selector is asked for: exceptions hold for one credential only.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The credential whose rule asks; none for policies between credentials.
    pub credential: Option<&'a CredentialId>,
}

impl Holdings<'_> {
    /// What a selector answers for every item, in order.
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

    fn has_substitutes(&self, scope: Scope<'_>) -> bool {
        self.record
            .exceptions
            .iter()
            .any(|e| Some(&e.credential) == scope.credential && matches!(e.grant, Grant::Substitute(_)))
    }

    /// Whether a selector selects an item.
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
            Selector::Pattern(pattern) => self.any_code(item, scope, |code| glob(pattern, code.as_str())),
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
            Selector::MinGrade(min) => match item.grade {
                // What is planned is graded on whichever scale is asked for.
                Some(grade) if *grade.scale != min.scale && is_planned(item) => Tri::Yes,
                Some(grade) => Tri::known(
                    *grade.scale == min.scale
                        && self.read_grade(&min.scale, &min.grade).is_some_and(|least| grade.value.rank >= least.rank),
                ),
                // The grade of something unfinished is still to come.
                None if item.in_progress => Tri::Yes,
                None => Tri::Unknown,
            },
            Selector::GradedOn(scales) => match item.grade {
                Some(_) if is_planned(item) => Tri::Yes,
                Some(grade) => Tri::known(scales.contains(grade.scale)),
                None if item.in_progress => Tri::Yes,
                None => Tri::Unknown,
            },
            Selector::Completed(window) => item.completed.map_or(Tri::Unknown, |date| Tri::known(within(window, date))),
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
            Selector::Approved(approval) => {
                let decision = self
                    .record
                    .approvals
                    .iter()
                    .filter(|a| {
                        a.office == approval.office
                            && a.subject == approval.subject
                            && a.attainment.as_ref().is_none_or(|id| *id == item.attainment.id)
                    })
                    // A denial stands before a grant, and a grant before what is pending.
                    .map(|a| match a.decision {
                        Decision::Denied => (0, Tri::No),
                        Decision::Granted => (1, Tri::Yes),
                        Decision::Pending => (2, Tri::Unknown),
                    })
                    .min_by_key(|(order, _)| *order);
                decision.map_or(Tri::Unknown, |(_, answer)| answer)
            }
            Selector::And(of) => of.iter().map(|s| self.selects(s, item, scope)).min().unwrap_or(Tri::Yes),
            Selector::Or(of) => of.iter().map(|s| self.selects(s, item, scope)).max().unwrap_or(Tri::No),
            Selector::Not(inner) => !self.selects(inner, item, scope),
        }
    }

    /// The codes that exceptions let an item count as, within a credential.
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

    fn any_code(&self, item: &Item<'_>, scope: Scope<'_>, matches: impl Fn(&Code) -> bool) -> Tri {
        let own = self.index.equivalents(&item.attainment.of).iter().any(&matches);
        Tri::known(own || self.substitutes(item, scope).any(|code| self.index.equivalents(code).iter().any(&matches)))
    }

    fn item_attribute(&self, item: &Item<'_>, test: &AttributeTest) -> Tri {
        let Some(decl) = self.catalog.attainment_attributes.get(&test.name) else { return Tri::Unknown };
        let own = item.attainment.attributes.get(&test.name);
        let value = own.or_else(|| item.course.and_then(|c| c.attributes.get(&test.name))).or(decl.default.as_ref());
        value.map_or(Tri::Unknown, |value| test_value(decl, &test.test, value))
    }

    /// The date that a window is measured from, if it is known.
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

    fn read_grade(&self, scale: &ScaleId, grade: &credstack_model::GradeSymbol) -> Option<GradeValue> {
        self.catalog.scales.get(scale)?.read(grade)
    }

    /// The value of a key for an item, as a text that only equal values share; none where the item
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

/// Whether a value of a declared attribute passes a test.
#[must_use]
pub fn test_value(decl: &AttributeDecl, test: &Test, value: &Value) -> Tri {
    if decl.accepts(value).is_err() {
        return Tri::Unknown;
    }
    let is = |wanted: &Value| match (value, wanted) {
        (Value::Several(have), Value::Text(one)) => have.contains(one),
        (have, wanted) => have == wanted,
    };
    let place = |v: &Value| match (&decl.kind, v) {
        (AttributeKind::Choice(values), Value::Text(text)) => {
            values.iter().position(|x| x == text).and_then(|n| i64::try_from(n).ok())
        }
        (AttributeKind::Date, Value::Text(text)) => text.parse::<Date>().ok().map(|d| i64::from(d.day_number())),
        (_, Value::Number(n)) => Some(n.thousandths()),
        _ => None,
    };
    match test {
        Test::Is(wanted) => Tri::known(is(wanted)),
        Test::OneOf(wanted) => Tri::known(wanted.iter().any(is)),
        Test::AtLeast(least) => place(value).zip(place(least)).map_or(Tri::Unknown, |(v, l)| Tri::known(v >= l)),
        Test::AtMost(most) => place(value).zip(place(most)).map_or(Tri::Unknown, |(v, m)| Tri::known(v <= m)),
    }
}

/// Whether something is graded only as a plan supposes, on no scale that a record names.
fn is_planned(item: &Item<'_>) -> bool {
    item.is_supposed && !item.in_progress && item.attainment.scale.is_none()
}

fn within(window: &Window, date: Date) -> bool {
    window.from.is_none_or(|from| from <= date) && window.to.is_none_or(|to| date <= to)
}

/// Whether a text matches a pattern in which `*` stands for any run of characters. Linear in the
/// text for each star: on a mismatch only the latest star is tried again.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(letter) if *letter == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    t = from + 1;
                    star = Some((at, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|b| *b == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_codes() {
        for (pattern, text, matches) in [
            ("CSCI 5*", "CSCI 5454", true),
            ("CSCI 5*", "CSCI 4454", false),
            ("* 101", "FRE 101", true),
            ("*", "", true),
            ("A*B*C", "AxxBxC", true),
            ("A*B*C", "AxxBx", false),
            ("", "A", false),
        ] {
            assert_eq!(glob(pattern, text), matches, "{pattern} {text}");
        }
    }
}
