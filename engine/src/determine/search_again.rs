//! Searches again, for somebody who doubts that a search went through everything.

use credstack_compile::Bundle;
use credstack_model::Record;
use credstack_model::{Cannot, Determination, Options};
use credstack_verify::{Finding, codes};

use super::{DetermineError, determine};

/// Search again for credentials of which an answer says that all was searched in vain. An empty
/// list means that the search comes to the same.
///
/// [`crate::verify()`] checks everything else without the solver; this is the solver itself, with a
/// budget of as many steps again as the answer had.
///
/// # Errors
/// If the record cannot be answered.
pub fn search_again(
    bundle: &Bundle,
    record: &Record,
    determination: &Determination,
) -> Result<Vec<Finding>, DetermineError> {
    let searched = |cannot: &Option<Cannot>| matches!(cannot, Some(Cannot::Searched(_)));
    if !determination.targets.iter().any(|target| searched(&target.cannot)) {
        return Ok(Vec::new());
    }
    let options = Options { steps: determination.options.steps.saturating_mul(2), ..determination.options.clone() };
    let again = determine(bundle, record, determination.as_of, &options)?;
    let mut findings = Vec::new();
    for target in determination.targets.iter().filter(|target| searched(&target.cannot)) {
        let found = again.targets.iter().find(|other| other.credential == target.credential);
        if found.is_none_or(|found| (found.status, found.distance) != (target.status, target.distance)) {
            let message = match found {
                Some(found) => format!("another search says {:?}, {} short", found.status, found.distance),
                None => "another search has no answer for it".to_owned(),
            };
            let code = codes::WRONG_SEARCH.to_owned();
            findings.push(Finding { code, path: target.credential.to_string(), message });
        }
    }
    Ok(findings)
}
