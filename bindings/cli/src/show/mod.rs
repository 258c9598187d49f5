//! What commands print, as text. It takes answers as they are and decides nothing. Determinations are shown by
//! `tree.rs`, diagnostics by `report.rs`.

pub(crate) mod batch;
#[cfg(feature = "module")]
pub(crate) mod module;
pub(crate) mod plan;
#[cfg(feature = "module")]
pub(crate) mod replay;
pub(crate) mod scenarios;
