//! How a module is run.

use std::path::PathBuf;

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
    /// Return the usual settings: any module, 256 MiB, 20 thousand million instructions (some ten seconds), four idle
    /// instances, no cache.
    fn default() -> Self {
        Self { sha256: None, memory_bytes: 256 << 20, fuel: 20_000_000_000, idle: 4, cache: None }
    }
}
