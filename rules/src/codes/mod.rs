//! All that is said to authors: every code with its words, in English and Spanish, and what
//! explains it.
//!
//! [`list`] has all of them. The words of the compiler's codes stand in `credstack_compile::codes`,
//! those of a lint in its own file, all others in the files beside this one; a test holds that
//! each is in the list and each in the list is used.

pub(crate) mod explanations;
pub(crate) mod list;
pub(crate) mod pack;
pub(crate) mod page;
pub(crate) mod script;
pub(crate) mod sentence;
pub(crate) mod spanish;
