//! Rule packs and bundles on disk.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use credstack_engine::model::{Diagnostic, ENGLISH};
use credstack_engine::{Bundle, Limits, Record};
use credstack_rules::{Built, RuleLimits, SourceResolver};

use crate::failure::Failure;
use crate::report::{self, Report};
use crate::terminal::Terminal;

/// The files of a folder. Nothing outside the folder is read, whatever a link says.
pub(crate) struct Folder {
    root: PathBuf,
    limits: RuleLimits,
}

impl Folder {
    /// Open a pack's folder; the place of its `pack.rhai` stands for it.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let folder = if path.file_name().is_some_and(|name| name == "pack.rhai") {
            path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
        } else {
            path
        };
        let root = folder.canonicalize().map_err(|e| Failure::of(path, format!("cannot open this pack: {e}")))?;
        if !root.is_dir() {
            return Err(Failure::of(path, "this is not the folder of a rule pack")
                .with_help("name a folder that has a file pack.rhai"));
        }
        if !root.join("pack.rhai").exists() {
            return Err(Failure::of(path, "this folder has no file pack.rhai")
                .with_help("every pack starts with a file pack.rhai that names the catalog, such as: catalog(\"name\", \"Title\");"));
        }
        Ok(Self { root, limits: RuleLimits::default() })
    }

    /// Return the place of a path in the pack, with `/` between its parts.
    fn place(&self, path: &Path) -> Option<String> {
        let parts: Option<Vec<&str>> =
            path.strip_prefix(&self.root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
        parts.map(|parts| parts.join("/"))
    }
}

impl SourceResolver for Folder {
    fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.root.clone()];
        // Folders that are links are not entered: what is inside the pack is found at its own
        // place, and what is outside does not belong to it. One file too many is enough to say so.
        while let (Some(folder), true) = (folders.pop(), files.len() <= self.limits.files) {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let hidden = entry.file_name().to_string_lossy().starts_with('.');
                if hidden {
                    continue;
                }
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rhai") {
                    files.extend(self.place(&path));
                }
            }
        }
        files.sort();
        files
    }

    fn read(&self, file: &str) -> Result<Vec<u8>, String> {
        let inside = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
        if !inside {
            return Err(format!("`{file}` is not a place inside the pack"));
        }
        let path = self.root.join(file).canonicalize().map_err(|e| format!("`{file}` cannot be opened: {e}"))?;
        if !path.starts_with(&self.root) {
            return Err(format!("`{file}` is a link that leads out of the pack"));
        }
        if !path.is_file() {
            return Err(format!("`{file}` is not a file"));
        }
        let most = u64::try_from(self.limits.file_bytes).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|open| open.take(most).read_to_end(&mut bytes))
            .map_err(|e| format!("`{file}` cannot be read: {e}"))?;
        Ok(bytes)
    }
}

/// Compile a pack: its bundle, if it has no error, its scenarios, and everything to be said about it.
pub(crate) fn compile(folder: &Folder) -> Built {
    credstack_rules::build(folder, &folder.limits, &Limits::default())
}

/// Compile a pack that must have no error. Its diagnostics go to standard error.
pub(crate) fn built(path: &Path, terminal: &Terminal) -> Result<Bundle, Failure> {
    let folder = Folder::open(path)?;
    let Built { bundle, diagnostics, .. } = compile(&folder);
    Terminal::complain(&report::diagnostics(&diagnostics, &folder, &ENGLISH, terminal.err_color()));
    bundle.ok_or_else(|| faulty(path, &diagnostics))
}

/// Say why nothing can be done with a pack.
pub(crate) fn faulty(path: &Path, diagnostics: &[Diagnostic]) -> Failure {
    Failure::of(path, format!("the pack has {}", Report::of(diagnostics, &ENGLISH).counts()))
        .with_help("mend what is reported above; `credstack check` reports it again")
}

/// Read a bundle from its file, or compile it from the folder of a pack.
pub(crate) fn bundle(path: &Path, terminal: &Terminal) -> Result<Bundle, Failure> {
    if path.is_dir() || path.extension().is_some_and(|extension| extension == "rhai") {
        return built(path, terminal);
    }
    let limits = Limits::default();
    let bytes = bytes(path, limits.bundle_bytes)?;
    Bundle::from_bytes(&bytes, &limits).map_err(|e| Failure::of(path, e))
}

/// Read a learner's record from its file.
pub(crate) fn record(path: &Path) -> Result<Record, Failure> {
    let limits = Limits::default();
    let bytes = bytes(path, limits.record_bytes)?;
    Record::from_json(&bytes, &limits)
        .map_err(|e| Failure::of(path, e).with_help("`credstack schema record` describes what a record holds"))
}

/// Read the bytes of a file; of one that is too large, one byte more than is accepted.
pub(crate) fn bytes(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    File::open(path)
        .map_err(|e| Failure::of(path, format!("cannot open this file: {e}")))?
        .take(u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::of(path, format!("cannot read this file: {e}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_its_folder_and_nothing_else() {
        let disk = tempfile::tempdir().unwrap();
        let pack = disk.path().join("pack");
        std::fs::create_dir_all(pack.join("units/.hidden")).unwrap();
        for file in ["pack.rhai", "units/b.rhai", "units/.hidden/c.rhai", "units/notes.txt", "../outside.rhai"] {
            std::fs::write(pack.join(file), "// x").unwrap();
        }
        let folder = Folder::open(&pack).unwrap();
        assert_eq!(folder.files(), ["pack.rhai", "units/b.rhai"]);
        assert_eq!(folder.read("units/b.rhai"), Ok(b"// x".to_vec()));
        for place in ["../outside.rhai", "/etc/passwd", "units/../../outside.rhai", "", "units", "absent.rhai"] {
            assert!(folder.read(place).is_err(), "{place}");
        }
        assert!(Folder::open(&pack.join("pack.rhai")).is_ok());
        assert!(Folder::open(&pack.join("units")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_are_refused() {
        let disk = tempfile::tempdir().unwrap();
        let pack = disk.path().join("pack");
        std::fs::create_dir_all(pack.join("real")).unwrap();
        std::fs::create_dir(disk.path().join("other")).unwrap();
        for file in ["pack.rhai", "real/a.rhai", "../other/secret.rhai"] {
            std::fs::write(pack.join(file), "// x").unwrap();
        }
        let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, pack.join(at)).unwrap();
        link("../other/secret.rhai", "leaving.rhai");
        link("real/a.rhai", "staying.rhai");
        link("../other", "folder");
        link(".", "circle");
        let folder = Folder::open(&pack).unwrap();
        assert_eq!(folder.files(), ["leaving.rhai", "pack.rhai", "real/a.rhai", "staying.rhai"]);
        assert!(folder.read("leaving.rhai").unwrap_err().contains("leads out of the pack"));
        assert!(folder.read("folder/secret.rhai").unwrap_err().contains("leads out of the pack"));
        assert!(folder.read("staying.rhai").is_ok());
    }

    #[test]
    fn a_large_file_is_read_just_far_enough_to_be_refused() {
        let disk = tempfile::tempdir().unwrap();
        std::fs::write(disk.path().join("pack.rhai"), vec![b'/'; 10 << 20]).unwrap();
        let folder = Folder::open(disk.path()).unwrap();
        assert_eq!(folder.read("pack.rhai").unwrap().len(), RuleLimits::default().file_bytes + 1);
    }
}
