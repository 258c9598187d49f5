//! Credentials and their trees of requirements, with the limits on them.

use credstack_model::{
    Amount, AttributeKind, Credential, CredentialId, Decimal, Edition, Gpa, GpaOver, Key, Limit, LimitRule, Measure,
    Requirement, Rule, Source, Take,
};

use super::checker::{Arguments, Checker};
use crate::codes;

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
    /// Check a credential with all its editions.
    pub(super) fn credential(&mut self, id: &'a CredentialId, credential: &'a Credential) {
        let source = credential.source.as_ref();
        if credential.credits.is_some_and(|c| c < Decimal::ZERO) {
            self.say(&codes::NEGATIVE_CREDENTIAL_CREDITS, source, &[("id", id)]);
        }
        for competency in &credential.competencies {
            self.competency(competency, source);
        }
        if let Some(by) = &credential.edition_by {
            self.edition_by(by, source);
        }
        if credential.editions.is_empty() {
            self.say(&codes::NO_COMPLETION, source, &[("id", id)]);
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
                self.say(&codes::BAD_CATALOG_YEARS, source, &[("id", id)]);
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
                let allowed = self.limits.nodes;
                let arguments: Arguments<'_> = &[("id", id), ("found", &nodes), ("allowed", &allowed)];
                self.say(&codes::CREDENTIAL_TOO_LARGE, source, arguments);
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
            let allowed = self.limits.depth;
            self.say(&codes::TREE_TOO_DEEP, place.source, &[("id", place.credential), ("allowed", &allowed)]);
            return;
        }
        for limit in &node.limits {
            self.limit(limit, place);
        }
        self.rule(node, place, may_take);
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

    /// Check a requirement without what is inside it.
    fn rule(&mut self, node: &'a Requirement, place: Place<'a>, may_take: bool) {
        match &node.rule {
            Rule::Take(take) => {
                if !may_take {
                    self.say(&codes::TAKES_IN_A_TEST, place.source, &[]);
                }
                self.take(take, place);
            }
            Rule::Seen(seen) => {
                self.amount(seen.measure, seen.min, place.source);
                self.selector(&seen.pool, place.source, 0);
            }
            Rule::Earned(id) => self.credential_id(id, place.source),
            Rule::Attribute(test) => self.attribute(test, true, place.source),
            Rule::Gpa(gpa) => self.gpa(gpa, place, may_take),
            Rule::Approved(approved) => self.office(&approved.office, place.source),
            Rule::AsOf(window) => {
                if matches!((window.from, window.to), (Some(from), Some(to)) if to < from) {
                    self.say(&codes::BAD_WINDOW, place.source, &[]);
                }
            }
            Rule::All(of) => {
                if of.is_empty() && node.limits.is_empty() {
                    self.say(&codes::EMPTY_ALL, place.source, &[]);
                }
            }
            Rule::Any(of) => {
                if of.is_empty() {
                    self.say(&codes::EMPTY_ANY, place.source, &[]);
                }
            }
            Rule::AtLeast(at_least) => {
                self.amount(at_least.measure, at_least.min, place.source);
                let listed = i64::try_from(at_least.of.len()).unwrap_or(i64::MAX);
                if at_least.measure == Measure::Count && at_least.min > Decimal::whole(listed) {
                    let arguments: Arguments<'_> = &[("min", &at_least.min), ("listed", &listed)];
                    self.say(&codes::MORE_THAN_THERE_ARE, place.source, arguments);
                }
            }
            Rule::Not(_) | Rule::When(_) => {}
        }
    }

    fn gpa(&mut self, gpa: &'a Gpa, place: Place<'a>, may_take: bool) {
        if gpa.min < Decimal::ZERO {
            self.say(&codes::NEGATIVE_AVERAGE, place.source, &[("value", &gpa.min)]);
        }
        match &gpa.over {
            GpaOver::Applied(_) if place.tree == Tree::Admission => {
                self.say(&codes::APPLIED_IN_ADMISSION, place.source, &[]);
            }
            GpaOver::Applied(_) if !may_take => self.say(&codes::APPLIED_IN_A_TEST, place.source, &[]),
            GpaOver::Applied(selector) | GpaOver::Record(selector) => self.selector(selector, place.source, 0),
            GpaOver::Attribute(name) => match self.catalog.learner_attributes.get(name) {
                Some(decl) if decl.kind == AttributeKind::Number => {}
                Some(_) => self.say(&codes::WRONG_TYPE_OF_AVERAGE, place.source, &[("name", name)]),
                None => self.unknown_attribute(name, true, place.source),
            },
        }
    }

    fn take(&mut self, take: &'a Take, place: Place<'a>) {
        self.amount(take.measure, take.min, place.source);
        if let Some(max) = take.max {
            self.amount(take.measure, max, place.source);
            if max < take.min {
                self.say(&codes::TAKE_CONTRADICTION, place.source, &[("min", &take.min), ("max", &max)]);
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
                    self.say(&codes::LAST_CONTRADICTION, source, &[("min", &last.min), ("out_of", &last.out_of)]);
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
}
