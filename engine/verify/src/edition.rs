//! Which edition of a credential applies.

use credstack_model::{CredentialId, Edition, EditionBy, Value};

use super::certainty::Answer;
use super::facts::Facts;

impl<'a> Facts<'a> {
    /// Return the edition of a credential that applies, and whether that is known.
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
