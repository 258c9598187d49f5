//! Rule tests: one learner, one date, and what the answer must be.

use std::collections::BTreeMap;

use credstack_model::{Admission, Gate, Status};
use credstack_model::{
    Argument, AttainmentId, AttributeKind, Catalog, CredentialId, Date, Decimal, Diagnostic, Grant, Record, Source,
    Value,
};

use credstack_base::nearest;

use crate::codes::{pack, script};

/// A rule test: a learner and what the answer must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTest {
    /// What it shows, in the author's words.
    pub name: String,
    /// Where it was written.
    pub source: Source,
    /// The learner.
    pub record: Record,
    /// The date asked for.
    pub as_of: Date,
    /// Whether attainments in progress count.
    pub in_progress: bool,
    /// Whether planned attainments count.
    pub planned: bool,
    /// What must be so.
    pub expectations: Vec<Expectation>,
}

/// One thing that must be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Of which credential.
    pub credential: CredentialId,
    /// What.
    pub expected: Expected,
    /// Where it was written.
    pub source: Source,
}

/// What can be expected of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// How far the credential is.
    Status(Status),
    /// Whether the learner may start it.
    Admission(Admission),
    /// Whether the gates at award are passed.
    Award(Gate),
    /// How many credits are still short.
    Distance(Decimal),
    /// Whether the requirement with a heading is met.
    Requirement {
        /// The heading.
        heading: String,
        /// Whether it is met.
        met: bool,
    },
    /// Whether completion counts these items.
    Counted {
        /// The items.
        items: Vec<AttainmentId>,
        /// Whether they are counted.
        counted: bool,
    },
}

/// A test that is being described.
pub(crate) struct ScenarioDraft {
    pub(crate) name: String,
    pub(crate) source: Source,
    pub(crate) record: Record,
    pub(crate) as_of: Option<Date>,
    pub(crate) in_progress: bool,
    pub(crate) planned: bool,
    pub(crate) expectations: Vec<Expectation>,
    /// Whether a word about it was wrong.
    pub(crate) wrong: bool,
    /// Where items are spoken of by code or name: checked when the test has been read.
    pub(crate) spoken_of: Vec<(AttainmentId, Source)>,
    /// Where attributes are stated.
    pub(crate) stated: Vec<(bool, String, Value, Source)>,
}

impl ScenarioDraft {
    /// Finish the test, and say what is wrong in it.
    pub(crate) fn finish(mut self, catalog: &Catalog) -> (Option<RuleTest>, Vec<Diagnostic>) {
        let mut said = Vec::new();
        if self.wrong {
            return (None, said);
        }
        let Some(as_of) = self.as_of else {
            said.push(pack::NO_DATE.of(&[("test", &self.name)]).at(Some(&self.source)));
            return (None, said);
        };
        if self.expectations.is_empty() {
            said.push(pack::NOTHING_EXPECTED.of(&[("test", &self.name)]).at(Some(&self.source)));
        }
        self.know_attributes(catalog, &mut said);
        let meant = self.meant(&mut said);
        let resolve = |id: &AttainmentId| meant.get(id).cloned().unwrap_or_else(|| id.clone());
        for conferred in &mut self.record.conferred {
            conferred.consumed = conferred.consumed.iter().map(resolve).collect();
        }
        for approval in &mut self.record.approvals {
            approval.attainment = approval.attainment.as_ref().map(resolve);
        }
        for exception in &mut self.record.exceptions {
            match &mut exception.grant {
                Grant::Substitute(substitution) => substitution.attainment = resolve(&substitution.attainment),
                Grant::Force(forced) => forced.attainment = resolve(&forced.attainment),
                Grant::Exclude(id) | Grant::Share(id) => *id = resolve(id),
                Grant::Waive(_) => {}
            }
        }
        for expectation in &mut self.expectations {
            if let Expected::Counted { items, .. } = &mut expectation.expected {
                *items = items.iter().map(resolve).collect();
            }
            let id = &expectation.credential;
            if !catalog.credentials.contains_key(id) {
                let unknown = pack::UNKNOWN_CREDENTIAL.of(&[("id", id)]).at(Some(&expectation.source));
                said.push(match nearest(id.as_str(), catalog.credentials.keys().map(CredentialId::as_str)) {
                    Some(near) => unknown.with_help(script::NEAR, &[("near", &near)]),
                    None => unknown,
                });
            }
        }
        let test = said.is_empty().then_some(RuleTest {
            name: self.name,
            source: self.source,
            record: self.record,
            as_of,
            in_progress: self.in_progress,
            planned: self.planned,
            expectations: self.expectations,
        });
        (test, said)
    }

    /// Check that attributes are declared, and that their values are among the declared ones.
    fn know_attributes(&mut self, catalog: &Catalog, said: &mut Vec<Diagnostic>) {
        for (name, value) in &mut self.record.attributes {
            if let Some(decl) = catalog.learner_attributes.get(name) {
                *value = several(value.clone(), &decl.kind);
            }
        }
        for attainment in &mut self.record.attainments {
            for (name, value) in &mut attainment.attributes {
                if let Some(decl) = catalog.attainment_attributes.get(name) {
                    *value = several(value.clone(), &decl.kind);
                }
            }
        }
        for (of_learner, name, value, source) in std::mem::take(&mut self.stated) {
            let declared = if of_learner { &catalog.learner_attributes } else { &catalog.attainment_attributes };
            if let Some(decl) = declared.get(name.as_str()) {
                if decl.accepts(&several(value.clone(), &decl.kind)).is_err() {
                    let wrong = pack::WRONG_VALUE.of(&[("name", &name), ("value", &value)]).at(Some(&source));
                    said.push(wrong.with("expected", Argument::Words(decl.expected())));
                }
                continue;
            }
            let undeclared = if of_learner { &pack::UNDECLARED_OF_LEARNERS } else { &pack::UNDECLARED_OF_ITEMS };
            let unknown = undeclared.of(&[("name", &name)]).at(Some(&source));
            said.push(match nearest(&name, declared.keys().map(credstack_model::AttributeName::as_str)) {
                Some(near) => unknown.with_help(script::NEAR, &[("near", &near)]),
                None => unknown,
            });
        }
    }

    /// Find which attainment is meant where one is spoken of by name or code.
    fn meant(&self, said: &mut Vec<Diagnostic>) -> BTreeMap<AttainmentId, AttainmentId> {
        let mut meant = BTreeMap::new();
        for (id, source) in &self.spoken_of {
            let all = &self.record.attainments;
            let named = all.iter().find(|a| a.id == *id && a.of.as_str() != id.as_str());
            let of_code: Vec<_> = all.iter().filter(|a| a.of.as_str() == id.as_str()).collect();
            match (named, of_code.as_slice()) {
                (Some(one), _) | (None, &[one]) => {
                    meant.insert(id.clone(), one.id.clone());
                }
                (None, []) => said.push(pack::UNKNOWN_ITEM.of(&[("id", id)]).at(Some(source))),
                (None, _) => said.push(pack::AMBIGUOUS_ITEM.of(&[("id", id)]).at(Some(source))),
            }
        }
        meant
    }
}

/// Make a value of a choice of several always several, also where only one is written.
pub(crate) fn several(value: Value, kind: &AttributeKind) -> Value {
    match (value, kind) {
        (Value::Text(text), AttributeKind::Choices(_)) => Value::Several(vec![text]),
        (value, _) => value,
    }
}
