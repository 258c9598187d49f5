//! The picture of a catalog's stack. Which credential counts toward which, and which must be held for which, the
//! engine says; here it gets a place.

mod dot;
mod layout;
mod svg;
#[cfg(test)]
mod tests;
mod words;

pub use credstack_engine::compile::{GraphEdge, GraphNode, StackGraph};
pub use dot::dot;
pub use svg::svg;
