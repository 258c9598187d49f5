//! Small random worlds.
