//! Writing results so that what is half-written never looks whole.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::BatchError;

/// The files of a result, in the order in which they are published.
pub const OUTPUT_FILES: [&str; 5] =
    ["determinations.jsonl", "summary.csv", "eligible-for-award.csv", "notices.csv", "rejects.csv"];

/// Names the other files with their hashes; its presence says that all of them are whole.
const MANIFEST: &str = "batch.json";

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Its name, without folder.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// The lower-case hexadecimal SHA-256 of its content.
    pub sha256: String,
}

/// Files being written. Dropped without [`Output::publish`] it removes what it wrote.
pub(crate) struct Output {
    folder: PathBuf,
    files: Vec<Partial>,
    made_folder: bool,
    published: bool,
}

struct Partial {
    path: PathBuf,
    writer: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

/// Which output file a row goes to: its place in [`OUTPUT_FILES`].
#[derive(Clone, Copy)]
pub(crate) enum To {
    Determinations,
    Summary,
    Awards,
    Notices,
    Rejects,
}

impl Output {
    /// Start a result in a folder, which is made if need be.
    ///
    /// # Errors
    /// If there is a result, or a part of one, and `force` is not set; or the folder cannot be
    /// written to.
    pub(crate) fn start(folder: &Path, force: bool) -> Result<Self, BatchError> {
        let made_folder = !folder.exists();
        fs::create_dir_all(folder).map_err(|e| BatchError::io(folder, "make this folder", &e))?;
        let mut output = Self { folder: folder.to_owned(), files: Vec::new(), made_folder, published: false };
        if let Some(there) =
            OUTPUT_FILES.iter().chain([&MANIFEST]).map(|name| folder.join(name)).find(|path| path.exists() && !force)
        {
            return Err(BatchError::new(there.display().to_string(), "there is a result already")
                .with_help("name another --out folder, or replace the result with --force"));
        }
        for name in OUTPUT_FILES {
            let path = partial(folder, name);
            let mut options = OpenOptions::new();
            options.write(true).create_new(!force).create(true).truncate(force);
            let file = options.open(&path).map_err(|e| match e.kind() {
                ErrorKind::AlreadyExists => {
                    BatchError::new(path.display().to_string(), "another batch is writing here, or one was interrupted")
                        .with_help("wait for it; if none is running, start again with --force")
                }
                _ => BatchError::io(&path, "write this file", &e),
            })?;
            output.files.push(Partial { path, writer: BufWriter::new(file), hash: Sha256::new(), bytes: 0 });
        }
        Ok(output)
    }

    /// Add bytes to a file.
    pub(crate) fn write(&mut self, to: To, bytes: &[u8]) -> Result<(), BatchError> {
        let Some(partial) = self.files.get_mut(to as usize) else { return Ok(()) };
        partial.writer.write_all(bytes).map_err(|e| BatchError::io(&partial.path, "write this file", &e))?;
        partial.hash.update(bytes);
        partial.bytes += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(())
    }

    /// Flush everything to disk and give the files their names; `manifest` is made from their
    /// hashes and comes last.
    pub(crate) fn publish<M: Serialize>(
        mut self,
        manifest: impl FnOnce(Vec<Written>) -> M,
    ) -> Result<Vec<Written>, BatchError> {
        let mut written = Vec::new();
        for (partial, name) in self.files.iter_mut().zip(OUTPUT_FILES) {
            partial
                .writer
                .flush()
                .and_then(|()| partial.writer.get_ref().sync_all())
                .map_err(|e| BatchError::io(&partial.path, "write this file", &e))?;
            let sha256 = partial.hash.finalize_reset().iter().map(|byte| format!("{byte:02x}")).collect();
            written.push(Written { file: name.to_owned(), bytes: partial.bytes, sha256 });
        }
        let manifest_path = self.folder.join(MANIFEST);
        let manifest_partial = partial(&self.folder, MANIFEST);
        let mut text = serde_json::to_vec_pretty(&manifest(written.clone()))
            .map_err(|e| BatchError::new(manifest_path.display().to_string(), e.to_string()))?;
        text.push(b'\n');
        let failed = |doing: &'static str, path: &Path| {
            let path = path.to_owned();
            move |e: std::io::Error| BatchError::io(&path, doing, &e)
        };
        File::create(&manifest_partial)
            .and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all()))
            .map_err(failed("write this file", &manifest_partial))?;
        // An older result stops being one before any of its files is replaced.
        match fs::remove_file(&manifest_path) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(failed("remove this file", &manifest_path)(e)),
            _ => {}
        }
        for (partial, name) in self.files.iter().zip(OUTPUT_FILES) {
            let path = self.folder.join(name);
            fs::rename(&partial.path, &path).map_err(failed("write this file", &path))?;
        }
        fs::rename(&manifest_partial, &manifest_path).map_err(failed("write this file", &manifest_path))?;
        // Renames last only once the folder itself is on disk. Some systems cannot open a folder
        // as a file; there the names are written when the system sees fit.
        if let Ok(folder) = File::open(&self.folder) {
            folder.sync_all().map_err(failed("write this folder", &self.folder))?;
        }
        self.published = true;
        Ok(written)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.published {
            return;
        }
        // What cannot be removed keeps its `.partial` name, which says what it is.
        for partial in &self.files {
            let _ = fs::remove_file(&partial.path);
        }
        let _ = fs::remove_file(partial(&self.folder, MANIFEST));
        if self.made_folder {
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

fn partial(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.partial"))
}
