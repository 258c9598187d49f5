//! Why there is no answer.

use serde::Deserialize;

/// What the module answers instead of a result: a stable code and a sentence. The module writes it
/// as JSON, and this is what a host reads.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ModuleFault {
    /// A stable code in kebab-case, such as `record-malformed`.
    pub code: String,
    /// What is wrong and how to mend it, for a person.
    pub message: String,
    /// The line of the input, from one, where it is known.
    #[serde(default)]
    pub line: Option<usize>,
    /// The column of the input, from one, where it is known.
    #[serde(default)]
    pub column: Option<usize>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HostError {
    /// The module is not the one that was asked for.
    #[error("the module has the sha-256 {found}, but {expected} was asked for; fetch that one")]
    WrongModule {
        /// What was asked for.
        expected: String,
        /// What it has.
        found: String,
    },
    /// The bytes are not a module that wasmtime accepts.
    #[error("the module cannot be loaded: {0}; fetch it again")]
    BadModule(String),
    /// A module, but none of credstack's, or one of another version of the ABI.
    #[error("this is no credstack module that this host can call: {0}")]
    OtherModule(String),
    /// The bytes are no answer that can be computed again.
    #[error("this is no determination and no plan: {0}")]
    NotAnAnswer(String),
    /// The module read the input and refuses it.
    #[error(transparent)]
    Fault(#[from] ModuleFault),
    /// The call took more instructions than it may.
    #[error("the call was stopped after {fuel} instructions; ask for fewer steps, or allow more fuel")]
    OutOfFuel {
        /// How many it may take.
        fuel: u64,
    },
    /// The call needed more memory than it may have.
    #[error("the call needed more than the {bytes} bytes of memory it may have; allow more memory")]
    OutOfMemory {
        /// How much it may have.
        bytes: usize,
    },
    /// The module trapped: a fault of credstack, not of the input.
    #[error("the module failed: {0}; please report it with the bundle and the record")]
    Trapped(String),
}
