//! Selectors over attainments: the first stage of a determination.

mod holdings;
mod matching;

pub use holdings::{Attempt, Holdings, Item, RecordFault, UnderWay};
pub use matching::{Scope, Tri, test_value};
