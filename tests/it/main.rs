//! The one integration test binary.

mod laws;
