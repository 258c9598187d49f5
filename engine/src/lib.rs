//! Exact, explained and checkable evaluation of stacking and eligibility rules.
//!
//! See `ARCHITECTURE.md` for the stages and what each may know.

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

pub use compile::{Bundle, BundleError, compile};
pub use determine::{DetermineError, determine, search_again};
pub use explain::sentence;
pub use model::*;
pub use plan::{Plan, PlanOptions, plan};
pub use screen::{Screen, Screened, ScreenedCredential, Screening};
pub use verify::{Finding, verify};
