//! Sorting, and collecting into what is sorted.
//!
//! The standard library compiles its sorts once for every type that is sorted, several thousand bytes
//! each time, and collecting into a map or a set sorts first. In the WebAssembly module that was a
//! sixth of the whole. What is sorted here is short and seldom: the entries of a record, the parts of
//! an answer. So there is one merge sort, of numbers, that knows what it sorts by a closure. Like the
//! standard library's `sort`, and unlike its `sort_unstable`, it leaves equals in the order that they had.

mod collecting;
mod sorting;

pub use collecting::{map, set};
pub use sorting::{sort, sort_by, sort_by_key, sort_short, sort_short_by, sort_short_by_key, sort_with};
