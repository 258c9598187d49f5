//! What wasm-bindgen makes JavaScript of. A call that fails returns nothing (in JavaScript
//! `undefined`), and [`last_fault`] says why: so the module needs no import to make errors of
//! JavaScript.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::calls::{self, Opened};
use crate::fault::Fault;

thread_local! {
    static FAULT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

fn kept<T>(came: Result<T, Fault>) -> Option<T> {
    came.map_err(|fault| FAULT.set(fault.json())).ok()
}

/// Return why the last call that returned nothing did so: JSON with `code`, `message` and, where known,
/// `line` and `column`.
#[must_use]
#[wasm_bindgen(js_name = lastFault)]
pub fn last_fault() -> Vec<u8> {
    FAULT.with_borrow(Clone::clone)
}

/// Say what this module is: JSON with the versions and languages that it knows.
#[must_use]
#[wasm_bindgen]
pub fn about() -> Option<Vec<u8>> {
    kept(calls::about())
}

/// Say a JSON list of messages in a language: a JSON list of texts.
#[must_use]
#[wasm_bindgen]
pub fn say(language: &str, messages: &[u8]) -> Option<Vec<u8>> {
    kept(calls::say(language.as_bytes(), messages))
}

/// An open bundle.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Catalog(Opened);

#[wasm_bindgen]
impl Catalog {
    /// Open a bundle.
    #[must_use]
    pub fn open(bundle: &[u8]) -> Option<Catalog> {
        kept(calls::open(bundle)).map(Self)
    }

    /// Answer a question about a record, both JSON: the JSON of a determination.
    #[must_use]
    pub fn determine(&self, record: &[u8], question: &[u8]) -> Option<Vec<u8>> {
        kept(calls::determine(&self.0.bundle, record, question))
    }

    /// Answer for every credential of the catalog, without reasons: the JSON of a screening.
    #[must_use]
    pub fn screen(&self, record: &[u8], question: &[u8]) -> Option<Vec<u8>> {
        kept(calls::screen(&self.0, record, question))
    }

    /// Plan what is missing: the JSON of a plan.
    #[must_use]
    pub fn plan(&self, record: &[u8], question: &[u8]) -> Option<Vec<u8>> {
        kept(calls::plan(&self.0.bundle, record, question))
    }

    /// Check a determination: the JSON of a list of findings, empty if it holds.
    #[must_use]
    pub fn verify(&self, record: &[u8], determination: &[u8]) -> Option<Vec<u8>> {
        kept(calls::verify(&self.0.bundle, record, determination))
    }

    /// Compute the graph of the credentials: the JSON of a stack graph.
    #[must_use]
    pub fn graph(&self) -> Option<Vec<u8>> {
        kept(calls::graph(&self.0.bundle))
    }
}
