//! Advice to authors beyond what is wrong: one lint a file, named for what it finds. A lint is
//! allowed on its line or the line before by a remark with a reason:
//!
//! ```text
//! // allow unused-name: for next year's catalog
//! ```

pub(crate) mod catalog_year_gap;
pub(crate) mod context;
pub(crate) mod idle_grade;
pub(crate) mod pool_too_small;
pub(crate) mod unused_name;
pub(crate) mod unused_requirement;

use credstack_model::Diagnostic;

use context::Context;

/// Run all lints.
pub(crate) fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let lints: [fn(&Context<'_>) -> Vec<Diagnostic>; 5] =
        [unused_name::find, unused_requirement::find, pool_too_small::find, idle_grade::find, catalog_year_gap::find];
    lints.iter().flat_map(|lint| lint(context)).collect()
}
