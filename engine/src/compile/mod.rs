//! From a catalog to a [`Bundle`]: every reference is checked, all faults are told at once, and
//! what is left is canonical bytes with a content hash.

mod bundle;
mod check;
mod graph;
mod suggest;

pub use bundle::{BUNDLE_VERSION, Bundle, BundleError};
pub use graph::{Stack, stack_of};
pub use suggest::nearest;

use crate::model::{Catalog, Diagnostic, Limits, Severity};

/// Compiles a catalog. The bundle is absent if and only if one of the diagnostics is an error.
#[must_use]
pub fn compile(catalog: Catalog, limits: &Limits) -> (Option<Bundle>, Vec<Diagnostic>) {
    let mut diagnostics = check::check(&catalog, limits);
    if diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return (None, diagnostics);
    }
    match Bundle::new(catalog) {
        Ok(bundle) if bundle.bytes().len() > limits.bundle_bytes => {
            diagnostics.push(
                Diagnostic::error(
                    "catalog-too-large",
                    format!(
                        "the bundle would have {} bytes, more than the {} allowed",
                        bundle.bytes().len(),
                        limits.bundle_bytes
                    ),
                    None,
                )
                .with_help("split the catalog into several packs"),
            );
            (None, diagnostics)
        }
        Ok(bundle) => (Some(bundle), diagnostics),
        Err(error) => {
            diagnostics.push(Diagnostic::error("cannot-write-bundle", error.to_string(), None));
            (None, diagnostics)
        }
    }
}

/// How many bytes are hashed in one go.
const HASHED_AT_ONCE: usize = 4096;

/// Lower-case hexadecimal sha-256.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    // Piece by piece: code that is new to a browser is replaced by faster code only between two calls.
    let mut hash = sha2::Sha256::new();
    bytes.chunks(HASHED_AT_ONCE).for_each(|piece| hash.update(piece));
    let digest = hash.finalize();
    let mut text = String::with_capacity(64);
    for byte in digest {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}
