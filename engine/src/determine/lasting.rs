//! What can still change: whether something to come could be in a pool, and whether what holds now will always
//! hold. A requirement that nothing to come can meet is closed.

use credstack_model::{Catalog, Date, Requirement, Rule, Selector};

/// Check whether an attainment that is still to come on a date could be in a pool.
pub(crate) fn possible_later(as_of: Date, pool: &Selector) -> bool {
    match pool {
        Selector::Completed(window) => window.to.is_none_or(|to| as_of <= to),
        Selector::UsedIn(_) => false,
        Selector::And(of) => of.iter().all(|s| possible_later(as_of, s)),
        Selector::Or(of) => of.iter().any(|s| possible_later(as_of, s)),
        Selector::Codes(codes) => !codes.is_empty(),
        Selector::Not(inner) => **inner != Selector::Everything,
        _ => true,
    }
}

/// Check whether what is selected now stays selected: no part depends on the date asked for.
pub(crate) fn is_lasting(selector: &Selector) -> bool {
    !matches!(selector, Selector::Recent(_) | Selector::Unexpired | Selector::Approved(_))
        && selector.children().iter().all(is_lasting)
}

/// Check whether a test that holds now will always hold. Of a credential it is asked only while that is held.
pub(crate) fn is_lasting_test(catalog: &Catalog, requirement: &Requirement) -> bool {
    match &requirement.rule {
        Rule::Earned(id) => catalog.credentials.get(id).is_some_and(|c| c.valid_for.is_none()),
        Rule::Attribute(test) => catalog.learner_attributes.get(&test.name).is_some_and(|d| d.fixed),
        Rule::Seen(seen) => is_lasting(&seen.pool),
        _ => false,
    }
}
