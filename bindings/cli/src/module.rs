//! The engine's WebAssembly module, for the commands that let it answer. `no_module.rs` stands here in a program
//! that is built without the feature `module`.

use std::path::{Path, PathBuf};

use credstack_engine::plan::PlanOptions;
use credstack_engine::{Bundle, Date, Options};
use credstack_host::{Catalog, Host, HostError, OldAnswer, Settings, Verdict};
use serde_json::json;

use crate::args::{Answerer, Engine};
use crate::failure::Failure;
use crate::pack;

/// The most bytes of a module that are read.
const MODULE_BYTES: usize = 64 << 20;

/// A module that was loaded from its file.
pub(crate) struct Module {
    host: Host,
}

impl Module {
    /// Load the module, if it is to answer.
    pub(crate) fn asked_for(answerer: &Answerer) -> Result<Option<Self>, Failure> {
        let file = answerer.module.as_ref().filter(|_| answerer.engine == Engine::Wasm);
        file.map(|file| Self::load(file, None)).transpose()
    }

    /// Load a module from its file. If a sha-256 is given, the module must have it.
    pub(crate) fn load(path: &Path, sha256: Option<&str>) -> Result<Self, Failure> {
        let bytes = pack::bytes(path, MODULE_BYTES)?;
        if bytes.len() > MODULE_BYTES {
            return Err(Failure::of(path, "the file is larger than 64 MiB, which no module of credstack is"));
        }
        let settings = Settings { sha256: sha256.map(str::to_owned), ..Settings::default() };
        Ok(Self { host: Host::new(&bytes, settings).map_err(|e| Failure::of(path, e))? })
    }

    /// Find the file of a module in a folder where modules are kept under their sha-256.
    pub(crate) fn kept(folder: &Path, sha256: &str) -> Option<PathBuf> {
        // What is no hash could lead out of the folder.
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
        let file = folder.join(format!("{sha256}.wasm"));
        (is_hash && file.is_file()).then_some(file)
    }

    /// Return the loaded module itself.
    pub(crate) const fn host(&self) -> &Host {
        &self.host
    }

    /// Let the module answer: the bytes of a determination that names it.
    pub(crate) fn determine(
        &self,
        bundle: &Bundle,
        record: &Path,
        as_of: Date,
        options: &Options,
    ) -> Result<Vec<u8>, Failure> {
        let Options { targets, in_progress, planned, steps } = options;
        let question = json!({
            "as_of": as_of, "targets": targets, "in_progress": in_progress, "planned": planned, "steps": steps,
        });
        self.ask(bundle, record, |catalog, record| catalog.determine(record, &question.to_string()))
    }

    /// Let the module plan: the bytes of a plan that names it.
    pub(crate) fn plan(
        &self,
        bundle: &Bundle,
        record: &Path,
        as_of: Date,
        options: &PlanOptions,
    ) -> Result<Vec<u8>, Failure> {
        let PlanOptions { targets, load, steps } = options;
        let question = json!({"as_of": as_of, "targets": targets, "load": load, "steps": steps});
        self.ask(bundle, record, |catalog, record| catalog.plan(record, &question.to_string()))
    }

    /// Let the module compute an old answer again.
    pub(crate) fn replay(&self, bundle: &Bundle, record: &Path, old: &OldAnswer) -> Result<Verdict, Failure> {
        self.ask(bundle, record, |catalog, record| old.replay(catalog, record))
    }

    fn ask<T>(
        &self,
        bundle: &Bundle,
        record: &Path,
        call: impl FnOnce(&Catalog, &[u8]) -> Result<T, HostError>,
    ) -> Result<T, Failure> {
        let bytes = pack::bytes(record, self.host.about().record_bytes)?;
        let refused = |e: HostError| Failure::new(format!("the module refuses the bundle: {e}"));
        let catalog = self.host.open(bundle.bytes()).map_err(refused)?;
        call(&catalog, &bytes).map_err(|e| of_record(record, &e))
    }
}

/// Say what the module finds wrong with a record, with the place in it.
fn of_record(record: &Path, error: &HostError) -> Failure {
    let place = match error {
        HostError::Fault(fault) => fault.line.zip(fault.column),
        _ => None,
    };
    match place {
        Some((line, column)) if !error.to_string().starts_with(&format!("line {line}")) => {
            Failure::of(record, format!("line {line}, column {column}: {error}"))
        }
        _ => Failure::of(record, error),
    }
}
