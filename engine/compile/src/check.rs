//! Whether a catalog is sound. All faults are found in one pass.

use credstack_base::sorted::Set;
use credstack_model::{
    Amount, AttributeDecl, AttributeKind, AttributeName, AttributeTest, Catalog, Code, CompetencyId, Credential,
    CredentialId, CredentialSelector, Decimal, Defaults, Diagnostic, Edition, EditionBy, Event, Fixed, GpaOver, Key,
    Limit, LimitRule, Limits, Measure, OfficeId, Percent, Repeats, Requirement, Rounding, Rule, ScaleId, Selector,
    ShareBound, Source, Take, Test, Threshold, Value,
};

use super::graph;
use credstack_base::nearest;

/// What is wrong, or doubtful, in a catalog.
pub(super) fn check(catalog: &Catalog, limits: &Limits) -> Vec<Diagnostic> {
    let mut checker = Checker { catalog, limits, codes: KnownCodes::new(catalog), found: Vec::new() };
    checker.sizes();
    checker.defaults(&catalog.defaults);
    checker.declarations();
    checker.courses();
    for (id, credential) in &catalog.credentials {
        checker.credential(id, credential);
    }
    checker.stacks();
    checker.sharing();
    let mut found = checker.found;
    found.extend(graph::cycles(catalog));
    found
}

/// Every code that a rule may name, sorted, each behind its first bytes as one number: rules name codes so
/// often that finding them was a fifth of opening a bundle, and numbers are compared where they stand.
struct KnownCodes<'a>(Vec<(u128, &'a str)>);

impl<'a> KnownCodes<'a> {
    /// None for a catalog that lists no courses: such a catalog leaves its codes unchecked.
    fn new(catalog: &'a Catalog) -> Self {
        if catalog.courses.is_empty() {
            return Self(Vec::new());
        }
        let listed = catalog.courses.keys().map(Code::as_str);
        let equivalent = catalog.equivalences.iter().flat_map(|e| &e.codes).map(Code::as_str);
        let credentials = catalog.credentials.keys().map(CredentialId::as_str);
        let mut known: Vec<(u128, &str)> =
            listed.chain(equivalent).chain(credentials).map(|code| (first_bytes(code), code)).collect();
        credstack_base::order::sort(&mut known);
        Self(known)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn contains(&self, code: &str) -> bool {
        self.0.binary_search(&(first_bytes(code), code)).is_ok()
    }

    fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|(_, code)| *code)
    }
}

fn first_bytes(code: &str) -> u128 {
    let mut first = [0; 16];
    first.iter_mut().zip(code.bytes()).for_each(|(first, byte)| *first = byte);
    u128::from_be_bytes(first)
}

/// Names, or pairs of them, that were seen, and at which place. There may be as many as a bundle has bytes for.
type Seen<'a> = std::collections::BTreeMap<(&'a str, &'a str), usize>;

struct Checker<'a> {
    catalog: &'a Catalog,
    limits: &'a Limits,
    codes: KnownCodes<'a>,
    found: Vec<Diagnostic>,
}

/// What is being checked: which credential, which of its trees, and the nearest place.
#[derive(Clone, Copy)]
struct Place<'a> {
    credential: &'a CredentialId,
    tree: Tree,
    source: Option<&'a Source>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tree {
    Admission,
    Completion,
    Conferral,
}

impl<'a> Checker<'a> {
    fn error(&mut self, code: &str, message: String, source: Option<&Source>, help: &str) {
        self.found.push(Diagnostic::error(code, message, source).with_help(help));
    }

    /// An unknown name, with the nearest known one.
    fn unknown<'b>(
        &mut self,
        code: &str,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'b str>,
        source: Option<&Source>,
    ) {
        let help = match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("declare the {what}, or correct its name"),
        };
        self.error(code, format!("there is no {what} `{name}` in this catalog"), source, &help);
    }

    fn sizes(&mut self) {
        let Limits { credentials, courses, .. } = *self.limits;
        for (what, found, allowed) in [
            ("credentials", self.catalog.credentials.len(), credentials),
            ("courses", self.catalog.courses.len(), courses),
        ] {
            if found > allowed {
                self.error(
                    "catalog-too-large",
                    format!("the catalog has {found} {what}, more than the {allowed} allowed"),
                    None,
                    "split it into several packs",
                );
            }
        }
    }

    fn defaults(&mut self, defaults: &'a Defaults) {
        self.scale(&defaults.scale, None);
        if !(1..=12).contains(&defaults.academic_year_starts) {
            let month = defaults.academic_year_starts;
            self.error(
                "bad-month",
                format!("academic years cannot start in month {month}"),
                None,
                "give a month from 1 to 12",
            );
        }
        for (what, value) in
            [("typical credits", defaults.typical_credits), ("hours per credit", defaults.hours_per_credit)]
        {
            if value <= Decimal::ZERO || value > Decimal::whole(1000) {
                self.error(
                    "bad-amount",
                    format!("the {what} of the catalog must be more than 0 and at most 1000, not {value}"),
                    None,
                    "give a positive number",
                );
            }
        }
        self.repeats(defaults.repeats, None);
        self.edition_by(&defaults.edition_by, None);
    }

    fn repeats(&mut self, repeats: Repeats, source: Option<&Source>) {
        if repeats == Repeats::UpTo(0) {
            self.error(
                "bad-repeats",
                "a repeat policy that keeps up to 0 attempts would never count the course".to_owned(),
                source,
                "keep at least one attempt",
            );
        }
    }

    fn edition_by(&mut self, by: &'a EditionBy, source: Option<&Source>) {
        match by {
            EditionBy::AsOf => {}
            EditionBy::FirstAttainment(selector) => self.selector(selector, source, 0),
            EditionBy::Attribute(name) => match self.catalog.learner_attributes.get(name) {
                Some(decl) if decl.kind != AttributeKind::Number => self.error(
                    "wrong-attribute-type",
                    format!("the catalog year is taken from `{name}`, which is not a number"),
                    source,
                    "declare it as a number: the calendar year in which the academic year starts",
                ),
                Some(_) => {}
                None => self.unknown_attribute(name, true, source),
            },
        }
    }

    fn unknown_attribute(&mut self, name: &AttributeName, of_learner: bool, source: Option<&Source>) {
        let (what, declared) = if of_learner {
            ("learner attribute", &self.catalog.learner_attributes)
        } else {
            ("attainment attribute", &self.catalog.attainment_attributes)
        };
        self.unknown("unknown-attribute", what, name.as_str(), declared.keys().map(AttributeName::as_str), source);
    }

    fn declarations(&mut self) {
        for (name, decl) in self.catalog.learner_attributes.iter().chain(&self.catalog.attainment_attributes) {
            if let Some(default) = &decl.default {
                self.value(name, decl, default, decl.source.as_ref());
            }
            if let AttributeKind::Choice(values) | AttributeKind::Choices(values) = &decl.kind {
                let distinct: Set<&String> = credstack_base::order::set(values);
                if values.is_empty() || distinct.len() != values.len() {
                    self.error(
                        "bad-choices",
                        format!("the choices of `{name}` must be at least one, each different"),
                        decl.source.as_ref(),
                        "list every value once",
                    );
                }
            }
        }
        for (id, term) in &self.catalog.terms {
            if term.ends < term.starts {
                self.error(
                    "bad-term",
                    format!("the term `{id}` ends on {} before it starts on {}", term.ends, term.starts),
                    None,
                    "exchange the two dates",
                );
            }
        }
        let mut class_of: Seen<'_> = Seen::new();
        for (n, equivalence) in self.catalog.equivalences.iter().enumerate() {
            if equivalence.codes.len() < 2 {
                self.error(
                    "bad-equivalence",
                    "an equivalence needs at least two codes".to_owned(),
                    equivalence.source.as_ref(),
                    "name the codes that are the same course",
                );
            }
            for code in &equivalence.codes {
                if class_of.insert(("", code.as_str()), n).is_some_and(|other| other != n) {
                    self.error(
                        "code-in-two-equivalences",
                        format!("`{code}` stands in two equivalences"),
                        equivalence.source.as_ref(),
                        "join them into one that lists all the codes",
                    );
                }
            }
        }
    }

    fn courses(&mut self) {
        for (code, course) in &self.catalog.courses {
            let source = course.source.as_ref();
            for (what, value) in [("credits", course.credits), ("hours", course.hours)] {
                if value.is_some_and(|v| v < Decimal::ZERO) {
                    self.error("bad-amount", format!("the {what} of `{code}` are negative"), source, "give 0 or more");
                }
            }
            for competency in &course.competencies {
                self.competency(competency, source);
            }
            for (name, value) in &course.attributes {
                match self.catalog.attainment_attributes.get(name) {
                    Some(decl) => self.value(name, decl, value, source),
                    None => self.unknown_attribute(name, false, source),
                }
            }
            if let Some(repeats) = course.repeats {
                self.repeats(repeats, source);
            }
            for before in &course.prerequisites {
                if !self.catalog.courses.contains_key(before) {
                    let known: Vec<&str> = self.codes.iter().collect();
                    self.unknown("unknown-course", "course", before.as_str(), known, source);
                }
            }
        }
        if let Some((code, course)) = graph::courses_before_themselves(self.catalog) {
            self.error(
                "cyclic-prerequisites",
                format!("`{code}` has to be completed before itself, by its prerequisites and theirs"),
                course.source.as_ref(),
                "take one of the prerequisites out",
            );
        }
    }

    fn credential(&mut self, id: &'a CredentialId, credential: &'a Credential) {
        let source = credential.source.as_ref();
        if credential.credits.is_some_and(|c| c < Decimal::ZERO) {
            self.error("bad-amount", format!("the credits of `{id}` are negative"), source, "give 0 or more");
        }
        for competency in &credential.competencies {
            self.competency(competency, source);
        }
        if let Some(by) = &credential.edition_by {
            self.edition_by(by, source);
        }
        if credential.editions.is_empty() {
            self.error(
                "no-completion",
                format!("`{id}` does not say what completes it"),
                source,
                "add a completion requirement",
            );
        }
        let mut last: Option<Option<i16>> = None;
        for edition in &credential.editions {
            let Edition { from_year, to_year, .. } = *edition;
            let backwards = matches!((from_year, to_year), (Some(from), Some(to)) if to < from);
            let overlaps = last.is_some_and(|to| match (to, from_year) {
                (Some(to), Some(from)) => from <= to,
                _ => true,
            });
            if backwards || overlaps {
                self.error(
                    "bad-catalog-years",
                    format!("the catalog years of the editions of `{id}` overlap or run backwards"),
                    source,
                    "give each edition its own years, earliest first",
                );
            }
            last = Some(to_year);
            let mut nodes = 0;
            for (tree, requirement) in [
                (Tree::Admission, edition.admission.as_ref()),
                (Tree::Completion, Some(&edition.completion)),
                (Tree::Conferral, edition.conferral.as_ref()),
            ] {
                if let Some(requirement) = requirement {
                    self.requirement(requirement, Place { credential: id, tree, source }, 1, true, &mut nodes);
                }
            }
            if nodes > self.limits.nodes {
                self.error(
                    "credential-too-large",
                    format!("`{id}` has {nodes} requirements, more than the {} allowed", self.limits.nodes),
                    source,
                    "use pools with patterns or ranges instead of one requirement for each course",
                );
            }
        }
    }

    fn requirement(
        &mut self,
        node: &'a Requirement,
        above: Place<'a>,
        depth: usize,
        may_take: bool,
        nodes: &mut usize,
    ) {
        let place = Place { source: node.source.as_ref().or(above.source), ..above };
        *nodes += 1;
        if depth > self.limits.depth {
            self.error(
                "too-deep",
                format!("the requirements of `{}` are nested more than {} deep", place.credential, self.limits.depth),
                place.source,
                "name parts of it and join them with fewer levels",
            );
            return;
        }
        for limit in &node.limits {
            self.limit(limit, place);
        }
        match &node.rule {
            Rule::Take(take) => {
                if !may_take {
                    self.error(
                        "takes-in-a-test",
                        "a requirement that uses up attainments cannot stand inside `not` or in the test of a `when`"
                            .to_owned(),
                        place.source,
                        "ask what the record has instead: a requirement that only looks",
                    );
                }
                self.take(take, place);
            }
            Rule::Seen(seen) => {
                self.amount(seen.measure, seen.min, place.source);
                self.selector(&seen.pool, place.source, 0);
            }
            Rule::Earned(id) => self.credential_id(id, place.source),
            Rule::Attribute(test) => self.attribute(test, true, place.source),
            Rule::Gpa(gpa) => {
                if gpa.min < Decimal::ZERO {
                    self.error(
                        "bad-amount",
                        format!("a grade point average of at least {} is negative", gpa.min),
                        place.source,
                        "give 0 or more",
                    );
                }
                match &gpa.over {
                    GpaOver::Applied(_) if place.tree == Tree::Admission => self.error(
                        "applied-in-admission",
                        "admission cannot look at the courses applied to the credential: nothing is applied before it is started".to_owned(),
                        place.source,
                        "average over a pool instead",
                    ),
                    GpaOver::Applied(_) if !may_take => self.error(
                        "applied-in-a-test",
                        "what is counted here cannot decide what may be counted here".to_owned(),
                        place.source,
                        "in a `not` or the test of a `when`, average over a pool instead",
                    ),
                    GpaOver::Applied(selector) | GpaOver::Record(selector) => self.selector(selector, place.source, 0),
                    GpaOver::Attribute(name) => match self.catalog.learner_attributes.get(name) {
                        Some(decl) if decl.kind == AttributeKind::Number => {}
                        Some(_) => self.error(
                            "wrong-attribute-type",
                            format!("`{name}` is not a number, so it cannot be a grade point average"),
                            place.source,
                            "declare it as a number",
                        ),
                        None => self.unknown_attribute(name, true, place.source),
                    },
                }
            }
            Rule::Approved(approved) => self.office(&approved.office, place.source),
            Rule::AsOf(window) => {
                if matches!((window.from, window.to), (Some(from), Some(to)) if to < from) {
                    self.error(
                        "bad-window",
                        "this window of dates ends before it starts".to_owned(),
                        place.source,
                        "exchange the two dates",
                    );
                }
            }
            Rule::All(of) => {
                if of.is_empty() && node.limits.is_empty() {
                    self.found.push(
                        Diagnostic::warning(
                            "empty-all",
                            "this asks for all of nothing, which everyone has",
                            place.source,
                        )
                        .with_help("add requirements, or remove it"),
                    );
                }
            }
            Rule::Any(of) => {
                if of.is_empty() {
                    self.error(
                        "empty-any",
                        "this asks for one of nothing, which nobody can have".to_owned(),
                        place.source,
                        "add alternatives, or remove it",
                    );
                }
            }
            Rule::AtLeast(at_least) => {
                self.amount(at_least.measure, at_least.min, place.source);
                let children = i64::try_from(at_least.of.len()).unwrap_or(i64::MAX);
                if at_least.measure == Measure::Count && at_least.min > Decimal::whole(children) {
                    self.error(
                        "more-than-there-are",
                        format!("this asks for {} of {children} requirements", at_least.min),
                        place.source,
                        "lower the number, or add requirements",
                    );
                }
            }
            Rule::Not(_) | Rule::When(_) => {}
        }
        match &node.rule {
            Rule::Not(inner) => self.requirement(inner, place, depth + 1, false, nodes),
            Rule::When(when) => {
                self.requirement(&when.test, place, depth + 1, false, nodes);
                self.requirement(&when.then, place, depth + 1, may_take, nodes);
                self.requirement(&when.otherwise, place, depth + 1, may_take, nodes);
            }
            _ => {
                for child in node.children() {
                    self.requirement(child, place, depth + 1, may_take, nodes);
                }
            }
        }
    }

    fn take(&mut self, take: &'a Take, place: Place<'a>) {
        self.amount(take.measure, take.min, place.source);
        if let Some(max) = take.max {
            self.amount(take.measure, max, place.source);
            if max < take.min {
                self.error(
                    "contradiction",
                    format!("at least {} and at most {max} cannot both hold", take.min),
                    place.source,
                    "raise the maximum, or lower the minimum",
                );
            }
        }
        self.selector(&take.pool, place.source, 0);
    }

    fn limit(&mut self, limit: &'a Limit, place: Place<'a>) {
        let source = limit.source.as_ref().or(place.source);
        match &limit.rule {
            LimitRule::AtMost(bounded) | LimitRule::AtLeast(bounded) => {
                match &bounded.amount {
                    Amount::Fixed(fixed) => self.fixed(fixed, source),
                    Amount::Percent(percent) => self.percent(percent, source),
                }
                self.selector(&bounded.of, source, 0);
            }
            LimitRule::AtMostPer(per) => {
                self.fixed(&per.amount, source);
                self.key(&per.per, source);
                self.selector(&per.of, source, 0);
            }
            LimitRule::Distinct(distinct) => {
                self.key(&distinct.per, source);
                self.selector(&distinct.of, source, 0);
            }
            LimitRule::Last(last) => {
                self.amount(last.measure, last.min, source);
                self.amount(last.measure, last.out_of, source);
                if last.min > last.out_of {
                    self.error(
                        "contradiction",
                        format!("{} of the last {} cannot be had", last.min, last.out_of),
                        source,
                        "lower the first number, or raise the second",
                    );
                }
                self.selector(&last.of, source, 0);
            }
            LimitRule::Span(span) => self.selector(&span.of, source, 0),
            LimitRule::Order(order) => {
                self.selector(&order.first, source, 0);
                self.selector(&order.then, source, 0);
            }
        }
    }

    fn key(&mut self, key: &'a Key, source: Option<&Source>) {
        if let Key::Attribute(name) = key
            && !self.catalog.attainment_attributes.contains_key(name)
        {
            self.unknown_attribute(name, false, source);
        }
    }

    fn fixed(&mut self, fixed: &Fixed, source: Option<&Source>) {
        self.amount(fixed.measure, fixed.value, source);
    }

    fn percent(&mut self, percent: &Percent, source: Option<&Source>) {
        if percent.percent < Decimal::ZERO || percent.percent > Decimal::whole(100) {
            self.error(
                "bad-percentage",
                format!("{} is not a percentage", percent.percent),
                source,
                "give a number from 0 to 100",
            );
        }
        let (Rounding::UpTo(step) | Rounding::Threshold(Threshold { step, .. })) = percent.rounding else { return };
        if step <= Decimal::ZERO {
            self.error("bad-amount", format!("cannot round to multiples of {step}"), source, "give a positive number");
        }
        if let Rounding::Threshold(Threshold { step, up_from }) = percent.rounding {
            self.amount(percent.measure, step, source);
            if up_from <= Decimal::ZERO || up_from > Decimal::ONE {
                self.error(
                    "bad-amount",
                    format!("{up_from} is not a part of one from which to round up"),
                    source,
                    "give a number above 0, at most 1",
                );
            }
        }
    }

    fn amount(&mut self, measure: Measure, value: Decimal, source: Option<&Source>) {
        if value < Decimal::ZERO {
            self.error("bad-amount", format!("an amount of {value} is negative"), source, "give 0 or more");
        } else if measure == Measure::Count && !value.is_whole() {
            self.error(
                "bad-amount",
                format!("{value} is not a whole number of attainments"),
                source,
                "give a whole number, or count credits",
            );
        }
    }

    fn selector(&mut self, selector: &'a Selector, source: Option<&Source>, depth: usize) {
        if depth > self.limits.depth {
            self.error(
                "too-deep",
                format!("this pool is nested more than {} deep", self.limits.depth),
                source,
                "name parts of it and join them with fewer levels",
            );
            return;
        }
        match selector {
            Selector::Codes(codes) => {
                if codes.is_empty() {
                    self.found.push(
                        Diagnostic::warning(
                            "empty-pool",
                            "this pool lists no codes, so nothing can be counted from it",
                            source,
                        )
                        .with_help("list codes, or remove it"),
                    );
                }
                for code in codes {
                    if !self.codes.is_empty() && !self.codes.contains(code.as_str()) {
                        let known: Vec<&str> = self.codes.iter().collect();
                        self.unknown("unknown-course", "course", code.as_str(), known, source);
                    }
                }
            }
            Selector::Range(range) if range.to < range.from => self.error(
                "bad-range",
                format!("the range {} {}..{} is empty", range.subject, range.from, range.to),
                source,
                "exchange the two numbers",
            ),
            Selector::Level(range) if matches!((range.from, range.to), (Some(from), Some(to)) if to < from) => {
                self.error("bad-range", "this range of levels is empty".to_owned(), source, "exchange the two levels");
            }
            Selector::Completed(window) if matches!((window.from, window.to), (Some(from), Some(to)) if to < from) => {
                self.error(
                    "bad-window",
                    "this window of dates ends before it starts".to_owned(),
                    source,
                    "exchange the two dates",
                );
            }
            Selector::Competency(id) => self.competency(id, source),
            Selector::Attribute(test) => self.attribute(test, false, source),
            Selector::MinGrade(min) => {
                self.scale(&min.scale, source);
                if let Some(scale) = self.catalog.scales.get(&min.scale)
                    && scale.read(&min.grade).is_none()
                {
                    self.error(
                        "unknown-grade",
                        format!("the scale `{}` has no grade `{}`", min.scale, min.grade),
                        source,
                        &format!("its grades are {}", scale.listing()),
                    );
                }
            }
            Selector::GradedOn(scales) => {
                for scale in scales {
                    self.scale(scale, source);
                }
            }
            Selector::Recent(recent) => match &recent.before {
                Event::AsOf => {}
                Event::Conferred(id) => self.credential_id(id, source),
                Event::Attribute(name) => match self.catalog.learner_attributes.get(name) {
                    Some(decl) if decl.kind == AttributeKind::Date => {}
                    Some(_) => self.error(
                        "wrong-attribute-type",
                        format!("`{name}` is not a date"),
                        source,
                        "declare it as a date",
                    ),
                    None => self.unknown_attribute(name, true, source),
                },
            },
            Selector::UsedIn(ids) => {
                for id in ids {
                    self.credential_id(id, source);
                }
            }
            Selector::Approved(approval) => self.office(&approval.office, source),
            _ => {}
        }
        for child in selector.children() {
            self.selector(child, source, depth + 1);
        }
    }

    fn attribute(&mut self, test: &'a AttributeTest, of_learner: bool, source: Option<&Source>) {
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
                    self.error(
                        "wrong-attribute-type",
                        format!("the values of `{}` have no order", test.name),
                        source,
                        "compare with `is` or `one of`, or declare it as a number, a date or an ordered choice",
                    );
                }
                self.tested(&test.name, decl, value, source);
            }
        }
    }

    /// A value in a test: like a value of the attribute, but for an attribute of several values a
    /// single one of them.
    fn tested(&mut self, name: &AttributeName, decl: &AttributeDecl, value: &Value, source: Option<&Source>) {
        match (&decl.kind, value) {
            (AttributeKind::Choices(values), Value::Text(text)) => self.choice(name, values, text, source),
            _ => self.value(name, decl, value, source),
        }
    }

    fn value(&mut self, name: &AttributeName, decl: &AttributeDecl, value: &Value, source: Option<&Source>) {
        if let Err(expected) = decl.accepts(value) {
            if let (AttributeKind::Choice(values), Value::Text(text)) = (&decl.kind, value) {
                self.choice(name, values, text, source);
                return;
            }
            self.error(
                "wrong-attribute-type",
                format!("`{value}` is not a value of `{name}`"),
                source,
                &format!("expected {expected}"),
            );
        }
    }

    fn choice(&mut self, name: &AttributeName, values: &[String], text: &str, source: Option<&Source>) {
        if values.iter().any(|v| v == text) {
            return;
        }
        let help = match nearest(text, values.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its values are {}", values.join(", ")),
        };
        self.error("unknown-choice", format!("`{text}` is not a value of `{name}`"), source, &help);
    }

    fn credential_id(&mut self, id: &CredentialId, source: Option<&Source>) {
        if !self.catalog.credentials.contains_key(id) {
            let known: Vec<&str> = self.catalog.credentials.keys().map(CredentialId::as_str).collect();
            self.unknown("unknown-credential", "credential", id.as_str(), known, source);
        }
    }

    fn competency(&mut self, id: &CompetencyId, source: Option<&Source>) {
        if !self.catalog.competencies.contains_key(id) {
            let known: Vec<&str> = self.catalog.competencies.keys().map(CompetencyId::as_str).collect();
            self.unknown("unknown-competency", "competency", id.as_str(), known, source);
        }
    }

    fn scale(&mut self, id: &ScaleId, source: Option<&Source>) {
        if !self.catalog.scales.contains_key(id) {
            let known: Vec<&str> = self.catalog.scales.keys().map(ScaleId::as_str).collect();
            self.unknown("unknown-scale", "grade scale", id.as_str(), known, source);
        }
    }

    fn office(&mut self, id: &OfficeId, source: Option<&Source>) {
        if !self.catalog.offices.contains_key(id) {
            let known: Vec<&str> = self.catalog.offices.keys().map(OfficeId::as_str).collect();
            self.unknown("unknown-office", "office", id.as_str(), known, source);
        }
    }

    fn stacks(&mut self) {
        let mut seen = Seen::new();
        for (n, edge) in self.catalog.stacks.iter().enumerate() {
            let source = edge.source.as_ref();
            self.credential_id(&edge.from, source);
            self.credential_id(&edge.into, source);
            if let Some(only) = &edge.only {
                self.selector(only, source, 0);
            }
            if let Some(fixed) = &edge.carries {
                self.fixed(fixed, source);
            }
            if let Some(first) = seen.insert((edge.from.as_str(), edge.into.as_str()), n) {
                let mut diagnostic = Diagnostic::error(
                    "duplicate-stack",
                    format!("`{}` stacks into `{}` twice", edge.from, edge.into),
                    source,
                )
                .with_help("keep one of the two");
                if let Some(first) = self.catalog.stacks.get(first).and_then(|edge| edge.source.as_ref()) {
                    diagnostic = diagnostic.with_label(first, "first here");
                }
                self.found.push(diagnostic);
            }
        }
    }

    fn sharing(&mut self) {
        let mut seen = Seen::new();
        for policy in &self.catalog.sharing {
            let source = policy.source.as_ref();
            if seen.insert(("", policy.id.as_str()), 0).is_some() {
                self.error(
                    "duplicate-policy",
                    format!("there are two sharing policies `{}`", policy.id),
                    source,
                    "give each its own name",
                );
            }
            self.credentials(&policy.between, source, 0);
            self.credentials(&policy.and, source, 0);
            if let Some(while_) = &policy.only_while {
                self.credentials(&while_.credential, source, 0);
            }
            if let Some(exempt) = &policy.exempt {
                self.selector(exempt, source, 0);
            }
            match &policy.bound {
                ShareBound::Nothing | ShareBound::Everything => {}
                ShareBound::AtMost(bounds) => {
                    for fixed in bounds {
                        self.fixed(fixed, source);
                    }
                }
                ShareBound::Percent(side) => self.percent(&side.percent, source),
                ShareBound::Table(table) => {
                    if table.rows.is_empty() || table.rows.windows(2).any(|w| w[1].up_to <= w[0].up_to) {
                        self.error(
                            "bad-table",
                            "the rows of a sharing table must be at least one, by rising size".to_owned(),
                            source,
                            "order the rows",
                        );
                    }
                    for row in &table.rows {
                        self.fixed(&row.share, source);
                    }
                }
                ShareBound::Unique(unique) => self.fixed(&unique.amount, source),
            }
        }
        for ceiling in &self.catalog.ceilings {
            self.credentials(&ceiling.credentials, ceiling.source.as_ref(), 0);
            if let Some(of) = &ceiling.of {
                self.selector(of, ceiling.source.as_ref(), 0);
            }
        }
    }

    fn credentials(&mut self, selector: &'a CredentialSelector, source: Option<&Source>, depth: usize) {
        if depth > self.limits.depth {
            self.error(
                "too-deep",
                "this selection of credentials is nested too deep".to_owned(),
                source,
                "use fewer levels",
            );
            return;
        }
        match selector {
            CredentialSelector::Ids(ids) => {
                for id in ids {
                    self.credential_id(id, source);
                }
            }
            CredentialSelector::StackOf(id) => self.credential_id(id, source),
            CredentialSelector::And(of) | CredentialSelector::Or(of) => {
                for inner in of {
                    self.credentials(inner, source, depth + 1);
                }
            }
            CredentialSelector::Not(inner) => self.credentials(inner, source, depth + 1),
            CredentialSelector::Everything
            | CredentialSelector::Kind(_)
            | CredentialSelector::Level(_)
            | CredentialSelector::Unit(_)
            | CredentialSelector::Tag(_) => {}
        }
    }
}
