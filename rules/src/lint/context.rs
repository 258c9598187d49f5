//! What lints look at.

use std::collections::BTreeMap;

use credstack_model::{Catalog, Requirement, Source};

use crate::spans::Spans;

/// What lints look at.
pub(crate) struct Context<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) texts: &'a Spans,
    /// Requirements that were built, by where, and the word that built each.
    pub(crate) built: &'a BTreeMap<Source, &'static str>,
    /// Whether every file was read to its end, and nothing in them was wrong.
    pub(crate) whole: bool,
}

/// Return every requirement of the catalog with all inside it.
pub(super) fn requirements(catalog: &Catalog) -> Vec<&Requirement> {
    let mut all: Vec<&Requirement> = catalog
        .credentials
        .values()
        .flat_map(|c| &c.editions)
        .flat_map(|e| [e.admission.as_ref(), Some(&e.completion), e.conferral.as_ref()])
        .flatten()
        .collect();
    let mut next = 0;
    while let Some(node) = all.get(next).copied() {
        all.extend(node.children());
        next += 1;
    }
    all
}
