//! From a catalog to a [`Bundle`]: every reference is checked, all faults are told at once, and
//! what is left is canonical bytes with a content hash.

mod bundle;
mod check;
pub mod codes;
mod graph;
mod index;
mod stack_graph;

pub use bundle::{BUNDLE_VERSION, Bundle, BundleError};
pub use index::Index;
pub use stack_graph::{GRAPH_VERSION, GraphEdge, GraphNode, Stack, StackGraph, stack_of};

use credstack_model::{Catalog, Diagnostic, Limits, Severity};

/// Compile a catalog. The bundle is absent if and only if one of the diagnostics is an error.
#[must_use]
pub fn compile(catalog: Catalog, limits: &Limits) -> (Option<Bundle>, Vec<Diagnostic>) {
    let mut diagnostics = check::check(&catalog, limits);
    if diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return (None, diagnostics);
    }
    match Bundle::new(catalog) {
        Ok(bundle) if bundle.bytes().len() > limits.bundle_bytes => {
            let (found, allowed) = (bundle.bytes().len(), limits.bundle_bytes);
            diagnostics.push(codes::BUNDLE_TOO_LARGE.of(&[("found", &found), ("allowed", &allowed)]));
            (None, diagnostics)
        }
        Ok(bundle) => (Some(bundle), diagnostics),
        Err(error) => {
            diagnostics.push(codes::CANNOT_WRITE_BUNDLE.of(&[("cause", &error)]));
            (None, diagnostics)
        }
    }
}
