//! Holds the module to the native engine, byte for byte.
//!
//! `parity MODULE FOLDER` writes the cases to FOLDER (see `credstack_tests::parity`), answers them
//! with the module under wasmtime, and leaves the folder for other hosts. Exits with 1 if an answer
//! differs.
//!
//! `parity FOLDER` only writes the cases, in the name of a module that does not exist. Written by two
//! versions of the engine, they show whether a change altered a bundle or an answer: compare the two
//! `cases.jsonl`.

use std::path::Path;
use std::process::ExitCode;

#[cfg(feature = "module")]
use credstack_host::{Host, Settings};
use credstack_tests::adapters::{Fault, source};
use credstack_tests::parity;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("parity: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool, Fault> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (module, folder) = match arguments.as_slice() {
        [folder] => (None, Path::new(folder)),
        [module, folder] => (Some(module), Path::new(folder)),
        _ => return Err("usage: parity [MODULE] FOLDER".into()),
    };
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/packs");
    let data = source::folder();
    if data.is_none() {
        println!("{}: only packs and random worlds are asked about", source::ABSENT);
    }
    let Some(module) = module else {
        let written = parity::write(folder, &"0".repeat(64), &packs, data.as_deref())?;
        println!("parity: {written} cases are in {}", folder.display());
        return Ok(true);
    };
    check(Path::new(module), folder, &packs, data.as_deref())
}

/// Hold a module to the cases. Return whether every answer is the same.
#[cfg(feature = "module")]
fn check(module: &Path, folder: &Path, packs: &Path, data: Option<&Path>) -> Result<bool, Fault> {
    let bytes =
        std::fs::read(module).map_err(|e| format!("{}: {e}; bindings/wasm/build makes it", module.display()))?;
    let host = Host::new(&bytes, Settings { fuel: u64::MAX, ..Settings::default() })?;
    let written = parity::write(folder, host.sha256(), packs, data)?;
    let (count, wrong) = parity::check(folder, &host)?;
    if count != written {
        return Err(format!("{written} cases were written, and {count} read").into());
    }
    println!("parity: {} of {count} answers are the same bytes under wasmtime", count - wrong.len());
    for name in wrong.iter().take(20) {
        eprintln!("wrong: parity: {name}");
    }
    Ok(wrong.is_empty())
}

/// Say how to get a program that runs modules.
#[cfg(not(feature = "module"))]
fn check(_: &Path, _: &Path, _: &Path, _: Option<&Path>) -> Result<bool, Fault> {
    Err("this program cannot run modules; build it with --features module".into())
}
