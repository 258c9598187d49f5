//! Batch evaluation for registrars.
