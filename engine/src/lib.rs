//! Exact, explained and checkable evaluation of stacking and eligibility rules.
//!
//! See `ARCHITECTURE.md` for the stages and what each may know.

pub mod determination;
pub mod model;
