//! From a catalog to a [`Bundle`]: every reference is checked, all faults are told at once, and
//! what is left is canonical bytes with a content hash.

mod bundle;
mod check;
mod graph;
mod index;
mod stack_graph;

pub use bundle::{BUNDLE_VERSION, Bundle, BundleError};
pub use index::Index;
pub use stack_graph::{GRAPH_VERSION, GraphEdge, GraphNode, Stack, StackGraph, stack_of};

use credstack_model::{Catalog, Diagnostic, Limits, Severity};

/// Compiles a catalog. The bundle is absent if and only if one of the diagnostics is an error.
#[must_use]
pub fn compile(catalog: Catalog, limits: &Limits) -> (Option<Bundle>, Vec<Diagnostic>) {
    let mut diagnostics = check::check(&catalog, limits);
    if diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return (None, diagnostics);
    }
    match Bundle::new(catalog) {
        Ok(bundle) if bundle.bytes().len() > limits.bundle_bytes => {
            diagnostics.push(
                Diagnostic::error(
                    "catalog-too-large",
                    format!(
                        "the bundle would have {} bytes, more than the {} allowed",
                        bundle.bytes().len(),
                        limits.bundle_bytes
                    ),
                    None,
                )
                .with_help("split the catalog into several packs"),
            );
            (None, diagnostics)
        }
        Ok(bundle) => (Some(bundle), diagnostics),
        Err(error) => {
            diagnostics.push(Diagnostic::error("cannot-write-bundle", error.to_string(), None));
            (None, diagnostics)
        }
    }
}
