//! Advice to authors beyond what is wrong: one lint a file, named for what it finds. A lint is
//! allowed on its line or the line before by a remark with a reason:
//!
//! ```text
//! // allow unused-name: for next year's catalog
//! ```

pub(crate) mod catalog_year_gap;
pub(crate) mod idle_grade;
pub(crate) mod pool_too_small;
pub(crate) mod unused_name;
pub(crate) mod unused_requirement;

use std::collections::BTreeMap;

use credstack_model::{Catalog, Diagnostic, Requirement, Source};

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

/// All lints.
pub(crate) fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let lints: [fn(&Context<'_>) -> Vec<Diagnostic>; 5] =
        [unused_name::find, unused_requirement::find, pool_too_small::find, idle_grade::find, catalog_year_gap::find];
    lints.iter().flat_map(|lint| lint(context)).collect()
}

/// Every requirement of the catalog with all inside it.
fn requirements(catalog: &Catalog) -> Vec<&Requirement> {
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
