//! The authoring language.
