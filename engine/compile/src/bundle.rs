//! The compiled catalog.

use std::sync::OnceLock;

use crate::Index;
use credstack_base::json;
use credstack_model::{Catalog, Limits};

use credstack_base::sha256_hex;

/// The version of the bundle format that this engine writes and reads.
pub const BUNDLE_VERSION: u32 = 1;

const MAGIC: &str = "credstack-bundle";

/// A compiled catalog: canonical bytes with a content hash, and what is derived from them for
/// fast look-up.
///
/// The bytes are one header line, `credstack-bundle VERSION SHA256`, and the catalog as compact
/// JSON with sorted keys, whose sha-256 the header names. The same catalog gives the same bytes.
#[derive(Debug)]
pub struct Bundle {
    bytes: Vec<u8>,
    /// Worked out when it is asked for: opening has hashed the content already.
    hash: OnceLock<String>,
    catalog: Catalog,
    index: Index,
}

/// Why bytes are not a bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Larger than is accepted.
    #[error("the bundle has {found} bytes, more than the {allowed} accepted")]
    TooLarge {
        /// Its size.
        found: usize,
        /// The limit.
        allowed: usize,
    },
    /// No header line.
    #[error(
        "this is not a credstack bundle: it does not start with a line `credstack-bundle VERSION SHA256`; build one with `credstack build`"
    )]
    NotABundle,
    /// Written by a newer engine, or one that never was.
    #[error(
        "the bundle has version {found}, but this engine reads version 1; use the engine it was built for, or build it again from its rules"
    )]
    Version {
        /// The version it names.
        found: String,
    },
    /// Bytes are missing or changed.
    #[error(
        "the bundle is damaged: its content has the sha-256 {found}, but its header says {expected}; fetch it again"
    )]
    Damaged {
        /// The hash of what is there.
        found: String,
        /// The hash that the header names.
        expected: String,
    },
    /// The content is not a catalog.
    #[error("the bundle's catalog cannot be read: {0}")]
    Malformed(String),
    /// The catalog has a fault that the compiler would have refused.
    #[error("the bundle's catalog is not sound: {0}; build it again from its rules")]
    Unsound(String),
}

impl Bundle {
    /// Create a bundle from a catalog that has been checked.
    pub(super) fn new(catalog: Catalog) -> Result<Self, BundleError> {
        let body = json::write(&catalog).map_err(|e| BundleError::Malformed(e.to_string()))?;
        let mut bytes = format!("{MAGIC} {BUNDLE_VERSION} {}\n", sha256_hex(&body)).into_bytes();
        bytes.extend_from_slice(&body);
        Ok(Self { hash: OnceLock::new(), index: Index::new(&catalog), bytes, catalog })
    }

    /// Read a bundle.
    ///
    /// # Errors
    /// If the bytes are too many, of another version, damaged, or not a sound catalog.
    pub fn from_bytes(bytes: &[u8], limits: &Limits) -> Result<Self, BundleError> {
        if bytes.len() > limits.bundle_bytes {
            return Err(BundleError::TooLarge { found: bytes.len(), allowed: limits.bundle_bytes });
        }
        let line = bytes.iter().take(200).position(|b| *b == b'\n').ok_or(BundleError::NotABundle)?;
        let (header, body) = (&bytes[..line], &bytes[line + 1..]);
        let header = std::str::from_utf8(header).map_err(|_| BundleError::NotABundle)?;
        let mut words = header.split(' ');
        if words.next() != Some(MAGIC) {
            return Err(BundleError::NotABundle);
        }
        let version = words.next().ok_or(BundleError::NotABundle)?;
        if version != BUNDLE_VERSION.to_string() {
            return Err(BundleError::Version { found: version.chars().take(20).collect() });
        }
        let expected = words.next().ok_or(BundleError::NotABundle)?;
        let found = sha256_hex(body);
        if found != expected || words.next().is_some() {
            return Err(BundleError::Damaged { found, expected: expected.chars().take(64).collect() });
        }
        let (catalog, is_canonical) =
            json::read_canonical::<Catalog>(body).map_err(|e| BundleError::Malformed(e.to_string()))?;
        // The hash says that the bytes are those somebody wrote, not that a compiler wrote them.
        let diagnostics = super::check::check(&catalog, limits);
        if let Some(fault) = diagnostics.iter().find(|d| d.severity == credstack_model::Severity::Error) {
            return Err(BundleError::Unsound(fault.message()));
        }
        if !is_canonical {
            return Err(BundleError::Malformed(
                "it is not in canonical form; build it again from its rules".to_owned(),
            ));
        }
        Ok(Self { hash: OnceLock::new(), index: Index::new(&catalog), bytes: bytes.to_vec(), catalog })
    }

    /// Return the canonical bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Return the lower-case hexadecimal sha-256 of the canonical bytes.
    #[must_use]
    pub fn hash(&self) -> &str {
        self.hash.get_or_init(|| sha256_hex(&self.bytes))
    }

    /// Return the catalog.
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Return what is derived from the catalog for look-up.
    pub const fn index(&self) -> &Index {
        &self.index
    }
}
