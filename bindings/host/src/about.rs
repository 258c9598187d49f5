//! What a module says of itself.

use serde::{Deserialize, Serialize};

/// The version of the module's ABI that this host calls.
pub(crate) const ABI_VERSION: u32 = 1;

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
