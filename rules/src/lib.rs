//! The authoring language: rule packs written in Rhai become a catalog and its tests.
//!
//! A script is a program that builds a value and then stops; nothing of it survives to evaluation.
//! `LANGUAGE.md` beside this crate is the reference that authors read.
//!
//! - [`load`] reads a pack: the catalog, the rule tests, and every diagnostic at once.
//! - [`build`] does that and compiles the catalog.
//! - [`run_tests`] runs the rule tests against the bundle.
//! - [`MemorySources`] holds a pack in memory; other sources implement [`SourceResolver`].
//!
//! The crate does no input or output of its own, and knows no clock, environment or randomness.

mod call;
mod codes;
mod definitions;
mod finish;
mod host;
mod judge;
mod lex;
mod lint;
mod load;
mod mend;
mod scenario;
mod sources;
mod spans;
mod state;
mod value;
mod words;

#[cfg(test)]
mod tests;

pub use codes::{CodeEntry, Example, Explanation, SPANISH, Unprovoked, code, codes, language, page};
pub use definitions::definitions;
pub use judge::{Miss, TestOutcome, run_tests};
pub use load::{Built, ENTRY, Loaded, build, load};
pub use scenario::{Expectation, Expected, RuleTest};
pub use sources::{MemorySources, RuleLimits, SourceResolver};
pub use spans::Spans;
