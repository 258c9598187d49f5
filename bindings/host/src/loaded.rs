//! What a host and the catalogs that are open in it share.

use wasmtime::{Engine, Module};

use crate::about::About;
use crate::settings::Settings;

/// A compiled module, with what is known of it.
pub(crate) struct Loaded {
    pub(crate) engine: Engine,
    pub(crate) module: Module,
    pub(crate) settings: Settings,
    pub(crate) sha256: String,
    pub(crate) about: About,
}
