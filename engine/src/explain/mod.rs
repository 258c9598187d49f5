//! From values to words. Rules, pools and answers are described as messages (keys with
//! arguments); a table per language turns those into sentences.

mod describe;
mod english;
pub mod label;
mod sentence;
mod spanish;

pub use describe::{Namer, limit, pool, quantity, requirement};
pub use sentence::sentence;
