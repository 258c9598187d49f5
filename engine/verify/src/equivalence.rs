//! Codes: which are the same thing, and which fit a pattern.

use std::collections::BTreeMap;

use credstack_base::order;
use credstack_base::sorted::Set;
use credstack_model::{Catalog, Code, Grant, Record};

/// For every code that matters, the codes that are the same thing, itself among them.
pub(super) struct Classes<'a>(BTreeMap<&'a Code, Set<&'a Code>>);

impl<'a> Classes<'a> {
    /// Gather the classes of the codes in a record.
    pub(super) fn new(catalog: &'a Catalog, record: &'a Record) -> Self {
        let substitutes = record.exceptions.iter().filter_map(|e| match &e.grant {
            Grant::Substitute(substitution) => Some(&substitution.counts_as),
            _ => None,
        });
        let mut classes: BTreeMap<&Code, Set<&Code>> = BTreeMap::new();
        for code in record.attainments.iter().map(|a| &a.of).chain(substitutes) {
            classes.insert(code, order::set([code]));
        }
        for equivalence in &catalog.equivalences {
            let mut joined: Set<&Code> = order::set(&equivalence.codes);
            for code in &equivalence.codes {
                joined.extend(classes.get(code).into_iter().flatten().copied());
            }
            for code in joined.clone() {
                classes.insert(code, joined.clone());
            }
        }
        Self(classes)
    }

    /// Return the codes that are the same thing as a code.
    pub(super) fn get(&self, code: &Code) -> Option<&Set<&'a Code>> {
        self.0.get(code)
    }
}

/// Check whether a whole text fits a pattern whose stars stand for any run of characters: what comes
/// before the first star and after the last must stand at the ends, the rest in between in order.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = text.find(part) else { return false };
        text = text.get(at + part.len()..).unwrap_or_default();
    }
    text.ends_with(end)
}
