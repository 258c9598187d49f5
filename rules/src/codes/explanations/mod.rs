//! What each code means, why it matters, and an example of it: what `credstack explain CODE` shows
//! and `CODES.md` lists. A test compiles every example.

mod catalog;
mod compiler;
mod credentials;
mod explanation;
mod marks;
mod scenarios;
mod script;
mod sentences;

pub use explanation::{Example, Explanation, Unprovoked};

/// All explanations, by subject.
pub(crate) const ALL: &[&[Explanation]] =
    &[script::ALL, marks::ALL, sentences::ALL, catalog::ALL, credentials::ALL, scenarios::ALL, compiler::ALL];
