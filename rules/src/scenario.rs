//! Rule tests: one learner, one date, and what the answer must be.

use std::collections::BTreeMap;

use credstack_model::{Admission, Gate, Status};
use credstack_model::{AttainmentId, Catalog, CredentialId, Date, Decimal, Diagnostic, Grant, Record, Source, Value};

use credstack_base::nearest;

use crate::finish::several;

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
    /// The finished test, with what is wrong in it.
    pub(crate) fn finish(mut self, catalog: &Catalog) -> (Option<RuleTest>, Vec<Diagnostic>) {
        let mut said = Vec::new();
        if self.wrong {
            return (None, said);
        }
        let Some(as_of) = self.as_of else {
            said.push(
                Diagnostic::error(
                    "no-date",
                    format!("the test `{}` does not say for which date it asks", self.name),
                    Some(&self.source),
                )
                .with_help(r#"add, for example, `.as_of("2026-06-01")`"#),
            );
            return (None, said);
        };
        if self.expectations.is_empty() {
            said.push(
                Diagnostic::error(
                    "nothing-expected",
                    format!("the test `{}` expects nothing", self.name),
                    Some(&self.source),
                )
                .with_help(r#"add, for example, `.expects("ms-cs", "complete")`"#),
            );
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
                let near = nearest(id.as_str(), catalog.credentials.keys().map(CredentialId::as_str));
                let help = near.map_or_else(
                    || "expect something of a credential that the catalog defines".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                said.push(
                    Diagnostic::error(
                        "unknown-credential",
                        format!("there is no credential `{id}`"),
                        Some(&expectation.source),
                    )
                    .with_help(help),
                );
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

    /// Attributes are declared, and their values are among the declared ones.
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
                if let Err(expected) = decl.accepts(&several(value.clone(), &decl.kind)) {
                    let message = format!("`{name}` is {expected}, and this says {value}");
                    let help = "state one of its values, or declare this one too";
                    said.push(Diagnostic::error("wrong-value", message, Some(&source)).with_help(help));
                }
                continue;
            }
            let help = match nearest(&name, declared.keys().map(credstack_model::AttributeName::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None if of_learner => format!("declare it: `learner_attribute(\"{name}\")`"),
                None => format!("declare it: `course_attribute(\"{name}\")`"),
            };
            let whose = if of_learner { "learners" } else { "items" };
            let message = format!("no attribute `{name}` of {whose} is declared");
            said.push(Diagnostic::error("unknown-attribute", message, Some(&source)).with_help(help));
        }
    }

    /// Which attainment is meant where one is spoken of by name or code.
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
                (None, []) => said.push(
                    Diagnostic::error("unknown-item", format!("this learner has no item `{id}`"), Some(source))
                        .with_help("speak of an item by its code, or by the name that `.called(…)` gave it"),
                ),
                (None, _) => said.push(
                    Diagnostic::error(
                        "ambiguous-item",
                        format!("this learner has `{id}` more than once"),
                        Some(source),
                    )
                    .with_help("give each a name with `.called(…)` and speak of it by that name"),
                ),
            }
        }
        meant
    }
}
