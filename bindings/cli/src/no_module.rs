//! What stands in for `module.rs` in a program that is built without the feature `module`: there is no module that
//! answers, and whoever asks for one is told how to get it.

use std::path::Path;

use credstack_engine::plan::PlanOptions;
use credstack_engine::{Bundle, Date, Options};

use crate::args::{Answerer, Engine};
use crate::failure::Failure;

/// A module, of which there is none.
pub(crate) enum Module {}

impl Module {
    /// Refuse if the module is to answer.
    pub(crate) fn asked_for(answerer: &Answerer) -> Result<Option<Self>, Failure> {
        match answerer.engine {
            Engine::Native => Ok(None),
            Engine::Wasm => Err(absent()),
        }
    }

    /// Answer, if there could be a module.
    pub(crate) fn determine(&self, _: &Bundle, _: &Path, _: Date, _: &Options) -> Result<Vec<u8>, Failure> {
        match *self {}
    }

    /// Plan, if there could be a module.
    pub(crate) fn plan(&self, _: &Bundle, _: &Path, _: Date, _: &PlanOptions) -> Result<Vec<u8>, Failure> {
        match *self {}
    }
}

/// Say why there is no module, and how to get a program that runs it.
pub(crate) fn absent() -> Failure {
    Failure::new("this program was built without what runs WebAssembly modules")
        .with_help("`cargo build --release --bin credstack --features module` builds one that runs them")
}
