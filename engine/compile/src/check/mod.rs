//! Checks whether a catalog is sound. All faults are found in one pass.
//!
//! A subject a file: what is declared, the courses, the credentials with their trees of
//! requirements, the pools inside those, amounts, references to names, and what credentials share.
//! Each adds methods to the one [`Checker`], which holds the catalog and what has been found.

mod amounts;
mod attributes;
mod checker;
mod courses;
mod declarations;
mod known_codes;
mod pools;
mod references;
mod sharing;
mod sizes;
mod trees;

use credstack_model::{Catalog, Diagnostic, Limits};

use crate::graph;
use checker::Checker;

/// Return what is wrong, or doubtful, in a catalog.
pub(crate) fn check(catalog: &Catalog, limits: &Limits) -> Vec<Diagnostic> {
    let mut checker = Checker::new(catalog, limits);
    checker.sizes();
    checker.defaults(&catalog.defaults);
    checker.declarations();
    checker.courses();
    for (id, credential) in &catalog.credentials {
        checker.credential(id, credential);
    }
    checker.stacks();
    checker.sharing();
    let mut found = checker.found;
    found.extend(graph::cycles(catalog));
    found
}
