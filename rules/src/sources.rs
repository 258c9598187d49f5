//! Where rule files come from. The crate itself reads no disk: whoever calls it hands the files in.

use std::collections::BTreeMap;

/// The file that names the catalog.
pub const ENTRY: &str = "pack.rhai";

/// A pack's files, by their place in the pack: `pack.rhai`, `shared/pathways.rhai`.
pub trait SourceResolver {
    /// Return the places of all files, in any order. What does not end in `.rhai` is passed over.
    fn files(&self) -> Vec<String>;

    /// Read the bytes of one file.
    ///
    /// # Errors
    /// A sentence for a person, if the file cannot be read.
    fn read(&self, file: &str) -> Result<Vec<u8>, String>;
}

/// Files in memory.
#[derive(Clone, Debug, Default)]
pub struct MemorySources {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemorySources {
    /// Create a pack of one file, `pack.rhai`.
    #[must_use]
    pub fn of(pack: &str) -> Self {
        Self::default().with("pack.rhai", pack)
    }

    /// Add one more file.
    #[must_use]
    pub fn with(mut self, file: &str, text: impl Into<Vec<u8>>) -> Self {
        self.files.insert(file.to_owned(), text.into());
        self
    }
}

impl SourceResolver for MemorySources {
    fn files(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn read(&self, file: &str) -> Result<Vec<u8>, String> {
        self.files.get(file).cloned().ok_or_else(|| format!("there is no file `{file}`"))
    }
}

/// How much of each thing is accepted from rule files. Counted, never timed, so that a pack that
/// loads on one machine loads on all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleLimits {
    /// Files of a pack.
    pub files: usize,
    /// Bytes of one file.
    pub file_bytes: usize,
    /// Bytes of all files together.
    pub total_bytes: usize,
    /// Steps of one file.
    pub steps: u64,
    /// Steps of all files together.
    pub total_steps: u64,
    /// Parts of requirements and pools that are built, all together, with those built in passing.
    pub parts: usize,
    /// Parts of one requirement.
    pub requirement_parts: usize,
    /// Depth of one requirement or pool.
    pub depth: usize,
    /// Bytes of one text.
    pub text_bytes: usize,
    /// Entries of one list or map.
    pub entries: usize,
    /// Diagnostics that are reported.
    pub diagnostics: usize,
}

impl Default for RuleLimits {
    fn default() -> Self {
        Self {
            files: 5_000,
            file_bytes: 1 << 20,
            total_bytes: 64 << 20,
            steps: 2_000_000,
            total_steps: 50_000_000,
            parts: 4_000_000,
            requirement_parts: 20_000,
            depth: 40,
            text_bytes: 16 << 10,
            entries: 50_000,
            diagnostics: 500,
        }
    }
}
