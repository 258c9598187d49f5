//! An open bundle, in as many instances as there are calls at once.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value};

use crate::error::{HostError, ModuleFault};
use crate::hash::sha256;
use crate::instance::{Call, Instance};
use crate::loaded::Loaded;

/// An open bundle. Clones share it, and it can be called from any number of threads.
#[derive(Clone)]
pub struct Catalog {
    open: Arc<Open>,
}

struct Open {
    host: Arc<Loaded>,
    bundle: Vec<u8>,
    sha256: String,
    idle: Mutex<Vec<Ready>>,
}

/// An instance, and the catalog's handle in it.
struct Ready {
    instance: Instance,
    handle: u32,
}

impl Catalog {
    pub(crate) fn new(host: Arc<Loaded>, bundle: &[u8]) -> Result<Self, HostError> {
        let (bundle, sha256) = (bundle.to_vec(), sha256(bundle));
        let open = Open { host, bundle, sha256, idle: Mutex::default() };
        let ready = open.ready()?;
        open.give_back(ready);
        Ok(Self { open: Arc::new(open) })
    }

    /// Return the bundle's sha-256, in lower-case hexadecimal. Every answer names it.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.open.sha256
    }

    /// Answer a question about a learner's record, both JSON: the bytes of a determination, in
    /// JSON. A question is, for example, `{"as_of": "2026-06-01", "targets": "all"}`; `targets` may
    /// also be `"declared"` (what the record declares) or `{"these": ["ms-cs"]}`. The answer names
    /// the module.
    ///
    /// # Errors
    /// A [`ModuleFault`] if the record or the question is not right; else what stopped the module.
    pub fn determine(&self, record: &[u8], question: &str) -> Result<Vec<u8>, HostError> {
        let question = self.naming_module(question)?;
        self.ask(Call::Determine, record, &question)
    }

    /// Answer for every credential, each alone and without reasons: the bytes of a screening, in JSON. A
    /// question is, for example, `{"as_of": "2026-06-01"}`. Asked for one date after another learner, it takes
    /// a small part of the time of a determination.
    ///
    /// # Errors
    /// As [`Self::determine`]; [`HostError::OtherModule`] for a module from before there were screenings.
    pub fn screen(&self, record: &[u8], question: &str) -> Result<Vec<u8>, HostError> {
        self.ask(Call::Screen, record, question.as_bytes())
    }

    /// Plan what is missing: the bytes of a plan, in JSON. A question is, for example,
    /// `{"as_of": "2026-06-01", "targets": ["ms-cs"], "load": "9"}`.
    ///
    /// # Errors
    /// As [`Self::determine`].
    pub fn plan(&self, record: &[u8], question: &str) -> Result<Vec<u8>, HostError> {
        let question = self.naming_module(question)?;
        self.ask(Call::Plan, record, &question)
    }

    /// Answer a question as it stands, for a replay: the answer names the module that the question
    /// names, or none.
    ///
    /// # Errors
    /// As [`Self::determine`].
    pub fn determine_as_asked(&self, record: &[u8], question: &[u8]) -> Result<Vec<u8>, HostError> {
        self.ask(Call::Determine, record, question)
    }

    /// Plan as a question stands, as [`Self::determine_as_asked`] answers.
    ///
    /// # Errors
    /// As [`Self::determine`].
    pub fn plan_as_asked(&self, record: &[u8], question: &[u8]) -> Result<Vec<u8>, HostError> {
        self.ask(Call::Plan, record, question)
    }

    /// Check a determination: the JSON of a list of findings, each with `code`, `path` and
    /// `message`; empty if the determination follows from the bundle and the record.
    ///
    /// # Errors
    /// As [`Self::determine`].
    pub fn verify(&self, record: &[u8], determination: &[u8]) -> Result<Vec<u8>, HostError> {
        self.ask(Call::Verify, record, determination)
    }

    /// Return the graph of the catalog's credentials, the same for every learner: its bytes, in JSON.
    ///
    /// # Errors
    /// [`HostError::OtherModule`] for a module from before there were graphs; else what stopped the module.
    pub fn graph(&self) -> Result<Vec<u8>, HostError> {
        self.with_instance(|ready| ready.instance.graph(ready.handle))
    }

    /// Say messages of a determination, a JSON list of them, in a language: a list of texts.
    ///
    /// # Errors
    /// A [`ModuleFault`] if the messages cannot be read or there are no texts in the language.
    pub fn say(&self, language: &str, messages: &[u8]) -> Result<Vec<String>, HostError> {
        let texts = self.with_instance(|ready| ready.instance.say(language, messages))?;
        serde_json::from_slice(&texts).map_err(|error| HostError::OtherModule(format!("its texts: {error}")))
    }

    /// Return the module and what is known of it.
    pub(crate) fn loaded(&self) -> &Loaded {
        &self.open.host
    }

    fn naming_module(&self, question: &str) -> Result<Vec<u8>, HostError> {
        let malformed = |error: serde_json::Error| ModuleFault {
            code: "question-malformed".to_owned(),
            message: format!("the question cannot be read: {error}"),
            line: Some(error.line()),
            column: Some(error.column()),
        };
        let mut question: Map<String, Value> = serde_json::from_str(question).map_err(malformed)?;
        question.insert("module".to_owned(), Value::String(self.open.host.sha256.clone()));
        Ok(serde_json::to_vec(&question).map_err(malformed)?)
    }

    fn ask(&self, call: Call, record: &[u8], other: &[u8]) -> Result<Vec<u8>, HostError> {
        self.with_instance(|ready| ready.instance.ask(call, ready.handle, record, other))
    }

    /// Run a call in an instance of its own. After a trap the instance is dropped.
    fn with_instance<T>(&self, call: impl FnOnce(&mut Ready) -> Result<T, HostError>) -> Result<T, HostError> {
        let idle = self.open.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut ready = idle.map_or_else(|| self.open.ready(), Ok)?;
        let came = call(&mut ready);
        if matches!(came, Ok(_) | Err(HostError::Fault(_))) {
            self.open.give_back(ready);
        }
        came
    }
}

impl Open {
    fn ready(&self) -> Result<Ready, HostError> {
        let mut instance = Instance::new(&self.host.engine, &self.host.module, &self.host.settings)?;
        let handle = instance.open(&self.bundle)?;
        Ok(Ready { instance, handle })
    }

    fn give_back(&self, ready: Ready) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.host.settings.idle {
            idle.push(ready);
        }
    }
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalog").field("sha256", &self.open.sha256).finish_non_exhaustive()
    }
}
