//! What the tests of this workspace share: adapters that turn real catalogs and transcripts into
//! the engine's model, the runs that compare the engine's answers with theirs, generators of small
//! worlds, and the slow oracle.

#![expect(clippy::panic, clippy::type_complexity, reason = "what only tests use may fail loudly")]

pub mod adapters;
pub mod conformance;
pub mod fuzz;
pub mod oracle;
pub mod parity;
pub mod worlds;
