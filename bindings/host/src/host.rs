//! A loaded module.

use std::sync::Arc;

use wasmtime::{Config, Engine, Module};

use crate::about::About;
use crate::cache;
use crate::catalog::Catalog;
use crate::error::HostError;
use crate::hash::sha256;
use crate::instance::Instance;
use crate::loaded::Loaded;
use crate::settings::Settings;

/// A module, compiled and ready to be run any number of times. Clones share it.
#[derive(Clone)]
pub struct Host {
    loaded: Arc<Loaded>,
}

impl Host {
    /// Load a module from its bytes.
    ///
    /// # Errors
    /// If it has another hash than the settings ask for, cannot be compiled, or is no module of
    /// credstack with an ABI that this host knows.
    pub fn new(module: &[u8], settings: Settings) -> Result<Self, HostError> {
        let sha256 = sha256(module);
        if let Some(expected) = settings.sha256.as_ref().filter(|expected| **expected != sha256) {
            return Err(HostError::WrongModule { expected: expected.clone(), found: sha256 });
        }
        let bad = |error: wasmtime::Error| HostError::BadModule(format!("{error:#}"));
        let engine = Engine::new(Config::new().consume_fuel(true)).map_err(bad)?;
        let cached = settings.cache.as_ref().and_then(|folder| cache::read(folder, &engine, &sha256));
        let compiled = match cached {
            Some(compiled) => compiled,
            None => {
                let compiled = Module::from_binary(&engine, module).map_err(bad)?;
                if let Some(folder) = &settings.cache {
                    cache::write(folder, &engine, &sha256, &compiled);
                }
                compiled
            }
        };
        let about = Instance::new(&engine, &compiled, &settings)?.about()?;
        Ok(Self { loaded: Arc::new(Loaded { engine, module: compiled, settings, sha256, about }) })
    }

    /// Return the module's sha-256, in lower-case hexadecimal. Every answer names it.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.loaded.sha256
    }

    /// Return what the module says of itself.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.loaded.about
    }

    /// Return the module's imports and exports, by name.
    #[must_use]
    pub fn interface(&self) -> (Vec<String>, Vec<String>) {
        let imports = self.loaded.module.imports().map(|import| import.name().to_owned());
        let exports = self.loaded.module.exports().map(|export| export.name().to_owned());
        (imports.collect(), exports.collect())
    }

    /// Open a bundle. It is opened here once, and once more in each further instance that calls at
    /// the same time need.
    ///
    /// # Errors
    /// If the bytes are no bundle that the module accepts.
    pub fn open(&self, bundle: &[u8]) -> Result<Catalog, HostError> {
        Catalog::new(Arc::clone(&self.loaded), bundle)
    }
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("sha256", &self.loaded.sha256).finish_non_exhaustive()
    }
}
