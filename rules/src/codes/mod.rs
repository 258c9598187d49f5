//! All that is said to authors: every code with its words.

pub(crate) mod pack;
pub(crate) mod script;
pub(crate) mod sentence;
