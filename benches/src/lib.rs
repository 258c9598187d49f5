//! Workloads for benchmarks. They are drawn in code from fixed seeds, so they are the same in
//! every run on every machine; the program of this package also runs those of the conformance
//! data, where there are any.

pub mod allocation;
pub mod areas;
pub mod degrees;
pub mod dice;
pub mod screening;
pub mod times;

use credstack_engine::model::Catalog;
use credstack_engine::{Bundle, Limits, compile};
pub use credstack_tests::adapters::Fault;

/// Compiles a catalog.
///
/// # Errors
/// If it has a fault; the error names the first.
pub fn compiled(catalog: Catalog) -> Result<Bundle, Fault> {
    let (bundle, diagnostics) = compile(catalog, &Limits::default());
    bundle
        .ok_or_else(|| diagnostics.first().map_or_else(String::new, |d| format!("{}: {}", d.code, d.message())).into())
}
