//! Compiled modules on disk, so that a process need not compile again what another did.
//!
//! A file is named by the module's sha-256 and by what the compiler of this process makes of its own
//! version and settings, and begins with the sha-256 of what follows, so that a torn file is compiled
//! anew. Whoever can write to the folder can run code in the processes that read it: it must be
//! as well guarded as the program itself.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use wasmtime::{Engine, Module};

use crate::hash::sha256;

fn file(folder: &Path, engine: &Engine, hash: &str) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut hasher);
    folder.join(format!("{hash}-{:016x}.cwasm", hasher.finish()))
}

/// Return the compiled module, if a whole one is there that this process can run.
pub(crate) fn read(folder: &Path, engine: &Engine, hash: &str) -> Option<Module> {
    let bytes = std::fs::read(file(folder, engine, hash)).ok()?;
    let (head, body) = bytes.split_at_checked(64)?;
    if head != sha256(body).as_bytes() {
        return None;
    }
    #[allow(
        unsafe_code,
        reason = "the file is as wasmtime wrote it: its hash says it is whole, and the folder is guarded"
    )]
    // SAFETY: `body` is what `Module::serialize` wrote below, unless somebody forged both it and its
    // hash, which the documentation of `Settings::cache` leaves to the guard of the folder.
    unsafe { Module::deserialize(engine, body) }.ok()
}

/// Keep a compiled module. A cache that cannot be written is no reason to fail.
pub(crate) fn write(folder: &Path, engine: &Engine, hash: &str, module: &Module) {
    let Ok(body) = module.serialize() else { return };
    let mut bytes = sha256(&body).into_bytes();
    bytes.extend_from_slice(&body);
    let file = file(folder, engine, hash);
    let partial = file.with_extension(format!("{}.tmp", std::process::id()));
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&partial, bytes))
        .and_then(|()| std::fs::rename(&partial, file));
    if written.is_err() {
        let _ = std::fs::remove_file(partial);
    }
}
