//! Where the data is: in the folder that the environment variable `CREDSTACK_DATA` names.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::Fault;

/// The environment variable that names the folder of conformance data.
pub const VARIABLE: &str = "CREDSTACK_DATA";

/// What is printed where the folder is not there.
pub const ABSENT: &str = "skipped: no conformance data";

/// The folder of conformance data, if the environment names one.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os(VARIABLE)?);
    path.is_dir().then_some(path)
}

/// The text of a file; a name that ends in `.gz` is decompressed.
///
/// # Errors
/// If the file cannot be read or is not text; the error names it.
pub fn text(path: &Path) -> Result<String, Fault> {
    let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut text = String::new();
    if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::MultiGzDecoder::new(bytes.as_slice())
            .read_to_string(&mut text)
            .map_err(|e| format!("{}: {e}", path.display()))?;
        return Ok(text);
    }
    String::from_utf8(bytes).map_err(|e| format!("{}: {e}", path.display()).into())
}

/// Reads a file with one JSON value on each line.
///
/// # Errors
/// If the file cannot be read or a line is not such a value; the error names file and line.
pub fn json_lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, Fault> {
    let text = text(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), n + 1).into()))
        .collect()
}

/// The files of a folder, and of the folders in it, whose name ends so; by name.
///
/// # Errors
/// If the folder cannot be read.
pub fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Fault> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).map_err(|e| format!("{}: {e}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
