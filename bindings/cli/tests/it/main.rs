//! The program itself, run on small packs and records.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as the tests themselves may")]

mod answers;
mod bad_input;
mod batches;
#[cfg(feature = "module")]
mod modules;
#[cfg(not(feature = "module"))]
mod no_module;
mod rules;
mod sources;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run came to.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// Run `credstack` with arguments between blanks; `{}` stands for the folder given.
fn credstack(arguments: &str, folder: &Path) -> Ran {
    run(command(arguments, folder))
}

fn command(arguments: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_credstack"));
    command.args(arguments.split(' ').map(|a| a.replace("{}", &folder.display().to_string())));
    command.current_dir(fixtures()).env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
    command
}

fn run(mut command: Command) -> Ran {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let ran = Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran
}

/// Return the folder of the packs and records.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Write a file and return its place.
fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::File::create(&path).unwrap().write_all(content.as_ref()).unwrap();
    path
}

/// Write a pack of one file, with the catalog named.
fn pack(folder: &Path, rules: &str) {
    write(folder, "pack/pack.rhai", format!("catalog(\"p\", \"P\");\n{rules}"));
}
