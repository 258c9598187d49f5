//! The record, read against a catalog: the first stage of a determination.
//!
//! In come a catalog with its look-ups, a record, a date and options; out comes [`Holdings`], which lists what may
//! be counted and answers every selector for every entry of that list with yes, no or unknown ([`Tri`]).
//! A fact that is missing is unknown, never no: later stages make `needs_review` of it and name the fact.
//!
//! In the order in which they work:
//!
//! - `item` reads one attainment: its class of equivalent codes, its credits and hours, its day, whether it is
//!   finished. `grades` reads its grade, and says what a missing grade means.
//! - `repeats` decides which of several attempts count.
//! - `notices` tells what the catalog does not know; `error` why a record cannot be answered at all.
//! - `holdings` puts these together, in an order that does not depend on that of the record.
//! - `matching` asks selectors, with `attributes`, `approvals` and `pattern` for what they test.
//!
//! INVARIANT: items are in order of completion, then of their ids, and those without a date come last. The
//! later stages name an item by its place in this list, and prefer the earlier one where all else is equal.

mod approvals;
mod attributes;
mod error;
mod grades;
mod holdings;
mod item;
mod matching;
mod notices;
mod pattern;
mod repeats;
mod tri;

pub(crate) use approvals::decided;
pub use attributes::test_value;
pub use error::RecordFault;
pub use grades::ReadGrade;
pub use holdings::{Attempt, Holdings};
pub use item::{Item, UnderWay};
pub use tri::{Scope, Tri};
