//! Adapters from real data to the engine's model. None of them is part of the product: each knows
//! one institution's or one planner's format, and no more of it than the data uses.

pub mod allocation;
pub mod build;
pub mod mit;
pub mod northeastern;
pub mod princeton;
pub mod screening;
pub mod source;
pub mod stolaf;
pub mod utdallas;

/// An error of an adapter or of a run; its text names the file or entry it is about.
pub type Fault = Box<dyn std::error::Error>;
