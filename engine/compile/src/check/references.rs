//! Names that must be known: each that is not is told with the nearest known one.

use credstack_base::nearest;
use credstack_model::{AttributeName, Code, CompetencyId, CredentialId, Descriptor, OfficeId, ScaleId, Source};

use super::checker::Checker;
use crate::codes;

impl Checker<'_> {
    /// Note an unknown name, with the nearest known one.
    fn unknown<'b>(
        &mut self,
        what: &'static Descriptor,
        name: &str,
        known: impl IntoIterator<Item = &'b str>,
        source: Option<&Source>,
    ) {
        self.say(what, source, &[("name", &name)]);
        self.suggest(name, known);
    }

    /// Replace the remedy of what was found last, if a known name is near.
    pub(super) fn suggest<'b>(&mut self, name: &str, known: impl IntoIterator<Item = &'b str>) {
        if let Some(near) = nearest(name, known)
            && let Some(last) = self.found.pop()
        {
            self.found.push(last.with_help(codes::NEAR, &[("near", &near)]));
        }
    }

    /// Note an attribute that is not declared.
    pub(super) fn unknown_attribute(&mut self, name: &AttributeName, of_learner: bool, source: Option<&Source>) {
        let (what, declared) = if of_learner {
            (&codes::UNKNOWN_LEARNER_ATTRIBUTE, &self.catalog.learner_attributes)
        } else {
            (&codes::UNKNOWN_ATTAINMENT_ATTRIBUTE, &self.catalog.attainment_attributes)
        };
        self.unknown(what, name.as_str(), declared.keys().map(AttributeName::as_str), source);
    }

    /// Note a course that is not listed.
    pub(super) fn unknown_course(&mut self, code: &Code, source: Option<&Source>) {
        let known: Vec<&str> = self.codes.iter().collect();
        self.unknown(&codes::UNKNOWN_COURSE, code.as_str(), known, source);
    }

    /// Check that a credential is defined.
    pub(super) fn credential_id(&mut self, id: &CredentialId, source: Option<&Source>) {
        if !self.catalog.credentials.contains_key(id) {
            let known: Vec<&str> = self.catalog.credentials.keys().map(CredentialId::as_str).collect();
            self.unknown(&codes::UNKNOWN_CREDENTIAL, id.as_str(), known, source);
        }
    }

    /// Check that a competency is declared.
    pub(super) fn competency(&mut self, id: &CompetencyId, source: Option<&Source>) {
        if !self.catalog.competencies.contains_key(id) {
            let known: Vec<&str> = self.catalog.competencies.keys().map(CompetencyId::as_str).collect();
            self.unknown(&codes::UNKNOWN_COMPETENCY, id.as_str(), known, source);
        }
    }

    /// Check that a grade scale is declared.
    pub(super) fn scale(&mut self, id: &ScaleId, source: Option<&Source>) {
        if !self.catalog.scales.contains_key(id) {
            let known: Vec<&str> = self.catalog.scales.keys().map(ScaleId::as_str).collect();
            self.unknown(&codes::UNKNOWN_SCALE, id.as_str(), known, source);
        }
    }

    /// Check that an office is declared.
    pub(super) fn office(&mut self, id: &OfficeId, source: Option<&Source>) {
        if !self.catalog.offices.contains_key(id) {
            let known: Vec<&str> = self.catalog.offices.keys().map(OfficeId::as_str).collect();
            self.unknown(&codes::UNKNOWN_OFFICE, id.as_str(), known, source);
        }
    }
}
