//! Shared parts of the test-suite: adapters, generators and the slow oracle.
