//! Shared parts of the test-suite: adapters, generators and the slow oracle.

pub mod oracle;
pub mod worlds;
