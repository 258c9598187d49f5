//! Exact, explained and checkable evaluation of stacking and eligibility rules.
//!
//! See `ARCHITECTURE.md` for the stages and what each may know.

// What credstack-derive writes names this crate, inside it too.
extern crate self as credstack_engine;

pub mod allocate;
pub mod compile;
pub mod determination;
pub mod determine;
pub mod explain;
pub mod json;
pub mod model;
mod order;
pub mod plan;
pub mod record;
#[cfg(feature = "schema")]
pub mod schema;
pub mod screen;
pub mod select;
pub mod sorted;
pub mod verify;

pub use compile::{Bundle, BundleError, compile};
pub use determination::*;
pub use determine::{DetermineError, determine, search_again};
pub use explain::sentence;
pub use model::*;
pub use plan::{Plan, PlanOptions, plan};
pub use record::{RecordError, read_record, record_hash};
pub use screen::{Screen, Screened, ScreenedCredential, Screening};
pub use verify::{Finding, verify};
