//! The script engine, and how it and the words of the language reach each other. Nothing of it is
//! left when a pack has been read.

pub(crate) mod dispatch;
pub(crate) mod engine;
pub(crate) mod errors;
pub(crate) mod position;
