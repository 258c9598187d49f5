//! The hash by which modules, bundles and answers are known.

use sha2::{Digest as _, Sha256};

/// Return the sha-256 of some bytes, in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
