//! A loaded module.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use wasmtime::{Config, Engine, Module};

use crate::cache;
use crate::catalog::Catalog;
use crate::error::HostError;
use crate::instance::Instance;

/// The version of the module's ABI that this host calls.
pub(crate) const ABI_VERSION: u32 = 1;

/// How a module is run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The sha-256 that the module must have, in lower-case hexadecimal; any if absent.
    pub sha256: Option<String>,
    /// The most bytes of memory that one instance may have.
    pub memory_bytes: usize,
    /// The most instructions that one call may take, as wasmtime counts them.
    pub fuel: u64,
    /// The most instances of one catalog that are kept idle; there are as many as calls at once.
    pub idle: usize,
    /// A folder for compiled modules, made if it is not there. Whoever can write to it can run code
    /// in this process, so only its owner may.
    pub cache: Option<PathBuf>,
}

impl Default for Settings {
    /// Any module, 256 MiB, 20 thousand million instructions (some ten seconds), four idle
    /// instances, no cache.
    fn default() -> Self {
        Self { sha256: None, memory_bytes: 256 << 20, fuel: 20_000_000_000, idle: 4, cache: None }
    }
}

/// What a module says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The version of the engine.
    pub engine: String,
    /// The version of the ABI.
    pub abi: u32,
    /// The version of bundles that it reads.
    pub bundle: u32,
    /// The version of records that it reads.
    pub record: u32,
    /// The version of determinations that it writes.
    pub determination: u32,
    /// The version of plans that it writes.
    pub plan: u32,
    /// The languages it has words in, by their BCP 47 tags.
    pub languages: Vec<String>,
    /// The most bytes of a bundle that it accepts.
    pub bundle_bytes: usize,
    /// The most bytes of a record that it accepts.
    pub record_bytes: usize,
}

/// A module, compiled and ready to be run any number of times. Clones share it.
#[derive(Clone)]
pub struct Host {
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) module: Module,
    pub(crate) settings: Settings,
    pub(crate) sha256: String,
    about: About,
}

impl Host {
    /// Loads a module.
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
        Ok(Self { shared: Arc::new(Shared { engine, module: compiled, settings, sha256, about }) })
    }

    /// The module's sha-256, in lower-case hexadecimal. Every answer names it.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.shared.sha256
    }

    /// What the module says of itself.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.shared.about
    }

    /// The module's imports and exports, by name.
    #[must_use]
    pub fn interface(&self) -> (Vec<String>, Vec<String>) {
        let imports = self.shared.module.imports().map(|import| import.name().to_owned());
        let exports = self.shared.module.exports().map(|export| export.name().to_owned());
        (imports.collect(), exports.collect())
    }

    /// Opens a bundle. It is opened here once, and once more in each further instance that calls at
    /// the same time need.
    ///
    /// # Errors
    /// If the bytes are no bundle that the module accepts.
    pub fn open(&self, bundle: &[u8]) -> Result<Catalog, HostError> {
        Catalog::new(Arc::clone(&self.shared), bundle)
    }
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("sha256", &self.shared.sha256).finish_non_exhaustive()
    }
}

/// A sha-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
