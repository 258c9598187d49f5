//! What every crate of the engine stands on: JSON from and to bytes, sorting, sorted maps and sets,
//! hashes, and the nearest known name. It knows no type of the domain.

pub mod json;
mod named;
mod nearest;
pub mod order;
mod sha256;
pub mod sorted;

pub use named::{Named, UnknownName, by_name};
pub use nearest::nearest;
pub use sha256::sha256_hex;
