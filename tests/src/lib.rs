//! What the tests of this workspace share: adapters that turn real catalogs and transcripts into
//! the engine's model, and the runs that compare the engine's answers with theirs.

pub mod adapters;
pub mod conformance;
