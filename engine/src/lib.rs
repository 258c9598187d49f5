//! Exact, explained and checkable evaluation of stacking and eligibility rules.
//!
//! A [`Bundle`] is a catalog of rules, compiled; a [`Record`] is what is known of one learner. [`determine()`] says,
//! for a date, which credentials are complete, what counted where, and what to do next.
//!
//! ```
//! use credstack_engine::{Bundle, Language, Limits, Options, Record, determine, sentence};
//! # use credstack_engine::{compile, model::*};
//! # let badge = Credential::new("Data literacy", CredentialKind::Badge,
//! #     Requirement::credits(6, Selector::of_codes(["DATA 1", "DATA 2"])?));
//! # let catalog = Catalog::new("sample", "Sample").with_courses(["DATA 1", "DATA 2"], 3)?;
//! # let (compiled, _) = compile(catalog.with_credential("data".parse()?, badge), &Limits::default());
//! # let bytes = compiled.ok_or("faults")?.bytes().to_vec();
//! # let json = br#"{"version": 1, "learner": "ada", "declared": ["data"],
//! #     "attainments": [{"id": "1", "of": "DATA 1"}]}"#;
//!
//! let bundle = Bundle::from_bytes(&bytes, &Limits::default())?;
//! let record = Record::from_json(json, &Limits::default())?;
//! let answer = determine(&bundle, &record, "2026-06-01".parse()?, &Options::default())?;
//! for target in &answer.targets {
//!     println!("{}: {}", target.title, sentence(&target.summary, Language::English));
//! }
//! # assert_eq!(answer.targets.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The names that most callers need stand here; all others in a module for each stage:
//!
//! - [`model`]: catalogs, requirements, records, answers, diagnostics; builders for all of them.
//! - [`compile`](mod@compile): from a catalog to a bundle; the graph of its credentials.
//! - [`select`], [`determine`](mod@determine), [`explain`]: the stages of a determination, with
//!   [`allocate`], which knows no catalog.
//! - [`plan`](mod@plan): what is missing, in terms. [`screen`]: statuses of a whole catalog for many learners.
//! - [`verify`](mod@verify): the independent checker of an answer.
//! - [`base`]: JSON, order and hashes.
//!
//! Everything here is a pure function of its arguments: the date asked for and the limits are among them.
//! `ARCHITECTURE.md` says what each stage may know.

pub mod determine;
pub mod explain;
pub mod plan;
#[cfg(feature = "schema")]
pub mod schema;
pub mod screen;
pub mod select;

pub use credstack_allocate as allocate;
pub use credstack_base as base;
pub use credstack_compile as compile;
pub use credstack_model as model;
pub use credstack_verify as verify;

pub use compile::{Bundle, compile};
pub use determine::determine;
pub use explain::sentence;
pub use model::{Date, Determination, Language, Limits, Options, Record, Status, Targets};
pub use plan::plan;
pub use screen::Screen;
pub use verify::verify;
