//! Which edition of a credential applies to a learner.

use crate::select::{Holdings, Scope, Tri};
use credstack_model::{Catalog, Credential, CredentialId, Date, Edition, EditionBy, Value};

/// Return the edition that applies, and whether that is known; if it is not, the latest applies. `None`
/// for a credential without editions, which no compiled catalog has.
pub(crate) fn edition<'a>(
    holdings: &Holdings<'a>,
    id: &CredentialId,
    credential: &'a Credential,
) -> (Option<&'a Edition>, bool) {
    let latest = credential.editions.last();
    if !differs(credential) {
        return (latest, true);
    }
    match year(holdings, id, credential) {
        Some(year) => (of_year(credential, year).and_then(|n| credential.editions.get(n)), true),
        None => (latest, false),
    }
}

/// Return the place of the edition that applies to every learner, where it depends on none.
pub(crate) fn edition_for_all(catalog: &Catalog, as_of: Date, credential: &Credential) -> Option<usize> {
    if !differs(credential) {
        return credential.editions.len().checked_sub(1);
    }
    match credential.edition_by.as_ref().unwrap_or(&catalog.defaults.edition_by) {
        EditionBy::AsOf => of_year(credential, as_of.academic_year(catalog.defaults.academic_year_starts)),
        EditionBy::Attribute(_) | EditionBy::FirstAttainment(_) => None,
    }
}

/// Check whether it matters in which year a learner began.
fn differs(credential: &Credential) -> bool {
    let latest = credential.editions.last();
    credential.editions.len() > 1 || latest.is_some_and(|e| e.from_year.is_some() || e.to_year.is_some())
}

/// Return the place of the edition of an academic year. A year before the first edition or between two has the
/// next one, a year after the last has the last.
fn of_year(credential: &Credential, year: i16) -> Option<usize> {
    let editions = &credential.editions;
    let holds = |e: &Edition| e.from_year.is_none_or(|from| from <= year) && e.to_year.is_none_or(|to| year <= to);
    let comes = |e: &Edition| e.from_year.is_some_and(|from| year < from);
    editions.iter().position(holds).or_else(|| editions.iter().position(comes)).or(editions.len().checked_sub(1))
}

/// Return the academic year that decides a learner's edition, by the calendar year it starts in.
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
