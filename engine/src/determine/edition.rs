//! Which edition of a credential applies to a learner.

use crate::model::{Credential, CredentialId, Edition, EditionBy, Value};
use crate::select::{Holdings, Scope, Tri};

/// The edition that applies, and whether that is known; if it is not, the latest applies. `None`
/// for a credential without editions, which no compiled catalog has.
pub(super) fn edition<'a>(
    holdings: &Holdings<'a>,
    id: &CredentialId,
    credential: &'a Credential,
) -> (Option<&'a Edition>, bool) {
    let latest = credential.editions.last();
    let differs = credential.editions.len() > 1 || latest.is_some_and(|e| e.from_year.is_some() || e.to_year.is_some());
    if !differs {
        return (latest, true);
    }
    let Some(year) = year(holdings, id, credential) else { return (latest, false) };
    let holds = |e: &&Edition| e.from_year.is_none_or(|from| from <= year) && e.to_year.is_none_or(|to| year <= to);
    match credential.editions.iter().find(holds) {
        Some(edition) => (Some(edition), true),
        // Before the first or between two: the next one that there is; after the last: the last.
        None => (credential.editions.iter().find(|e| e.from_year.is_some_and(|from| year < from)).or(latest), true),
    }
}

/// The academic year, by the calendar year it starts in, that decides a learner's edition.
fn year(holdings: &Holdings<'_>, id: &CredentialId, credential: &Credential) -> Option<i16> {
    let catalog = holdings.catalog;
    let starts = catalog.defaults.academic_year_starts;
    match credential.edition_by.as_ref().unwrap_or(&catalog.defaults.edition_by) {
        EditionBy::AsOf => Some(holdings.as_of.academic_year(starts)),
        EditionBy::Attribute(name) => {
            let decl = catalog.learner_attributes.get(name)?;
            match holdings.record.attributes.get(name).or(decl.default.as_ref())? {
                Value::Number(n) => i16::try_from(n.thousandths() / 1000).ok(),
                _ => None,
            }
        }
        EditionBy::FirstAttainment(selector) => {
            let scope = Scope { credential: Some(id) };
            let first = holdings
                .items
                .iter()
                .chain(holdings.attempts.iter().map(|attempt| &attempt.item))
                .filter(|item| holdings.selects(selector, item, scope) == Tri::Yes)
                .filter_map(|item| item.completed)
                .min();
            // Who has not begun begins under the rules of the day.
            Some(first.unwrap_or(holdings.as_of).academic_year(starts))
        }
    }
}
