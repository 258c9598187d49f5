//! The authoring language: rule packs written in Rhai become a catalog and its tests.
//!
//! A script is a program that builds a value and then stops; nothing of it survives to evaluation.
//! `LANGUAGE.md` beside this crate is the reference that authors read, `CODES.md` lists what they
//! can be told.
//!
//! - [`load`] reads a pack: the catalog, the rule tests, and every diagnostic at once.
//! - [`build`] does that and compiles the catalog.
//! - [`run_tests`] runs the rule tests against the bundle.
//! - [`MemorySources`] holds a pack in memory; other sources implement [`SourceResolver`].
//! - [`codes`] has every code with its words; [`phrasebook`] says them in another language.
//!
//! The crate does no input or output of its own, and knows no clock, environment or randomness.
//!
//! # Example
//!
//! A pack with a mistake is told where it is and how it is mended. Mended, it is a bundle, which
//! the engine answers from without any script.
//!
//! ```
//! use credstack_engine::{Limits, Options, Record, Status, Targets};
//! use credstack_rules::{MemorySources, RuleLimits, build};
//!
//! let pack = |word: &str| {
//!     let rules = format!("catalog(\"t\", \"Test\");\nbadge(\"data\", \"Data\").completion({word}([\"DATA 1010\"]));");
//!     build(&MemorySources::of(&rules), &RuleLimits::default(), &Limits::default())
//! };
//!
//! let broken = pack("one_off");
//! assert!(broken.bundle.is_none());
//! let diagnostic = &broken.diagnostics[0];
//! assert_eq!(diagnostic.code, "unknown-word");
//! assert_eq!(diagnostic.message(), "there is no word `one_off`");
//! assert_eq!(diagnostic.help().as_deref(), Some("did you mean `one_of`?"));
//! assert_eq!(diagnostic.source().map(|at| (at.line, at.column)), Some((2, 34)));
//!
//! let bundle = pack("one_of").bundle.ok_or("the pack has an error")?;
//! let record = Record::new("ada".parse()?);
//! let options = Options { targets: Targets::These(vec!["data".parse()?]), ..Options::default() };
//! let answer = credstack_engine::determine(&bundle, &record, "2026-06-01".parse()?, &options)?;
//! assert_eq!(answer.targets[0].status, Status::Incomplete);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # From a text to a bundle
//!
//! The files of the crate stand in the order in which a pack goes through them.
//!
//! 1. `sources` hands the files in; `lex` takes each apart into tokens with start and end, and
//!    `spans` keeps them, because bundles hold points only.
//! 2. `load` surveys the tokens for words that nobody defines, so that one run tells all of them,
//!    and then runs each file once in the engine that `host` sets up: no file, clock, network or
//!    module from outside, and every limit pinned.
//! 3. A use of a word reaches `host::dispatch`, which finds the form of the word that fits what it
//!    follows and is given. `words` has the forms by subject; they change `state` and give back
//!    `value`s.
//! 4. When all files have run, `load` puts the catalog and the tests together, tries the checks,
//!    and asks `lint` for advice. The script engine is gone when it returns.
//! 5. [`build`] compiles the catalog and merges what the compiler says; `judge` runs the tests.
//!
//! Whatever is said to the author has a descriptor in `codes`, or in the file of its lint.

mod codes;
mod definitions;
mod host;
mod judge;
mod lex;
mod lint;
mod load;
mod scenario;
mod sources;
mod spans;
mod state;
mod value;
mod view;
mod words;

#[cfg(test)]
mod tests;

pub use codes::explanations::{Example, Explanation, Unprovoked};
pub use codes::list::{CodeEntry, code, codes, phrasebook};
pub use codes::page::page;
pub use codes::spanish::SPANISH;
pub use definitions::definitions;
pub use judge::{Miss, TestOutcome, run_tests};
pub use load::{Built, Loaded, build, load};
pub use scenario::{Expectation, Expected, RuleTest};
pub use sources::{ENTRY, MemorySources, RuleLimits, SourceResolver};
pub use spans::Spans;
