//! `credstack build`: compiles a rule pack to a bundle.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;
use crate::pack;
use crate::terminal::Terminal;

/// Compile a rule pack to a bundle and print the bundle's hash
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack build rules/packs/boulder -o boulder.bundle

The same rules give the same bytes and so the same hash, the SHA-256 of the file.")]
pub(crate) struct BuildArgs {
    /// The folder of the pack
    pub(crate) pack: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

/// Write the bundle of a pack.
pub(crate) fn run(args: &BuildArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::built(&args.pack, terminal)?;
    let path = &args.output;
    let name = path.file_name().ok_or_else(|| Failure::of(path, "this is not the name of a file"))?;
    let mut partial = name.to_owned();
    partial.push(".partial");
    let partial = path.with_file_name(partial);
    // Whoever reads the bundle meanwhile sees the old one or the new one, never a part.
    let written = File::create(&partial)
        .and_then(|mut file| file.write_all(bundle.bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&partial, path));
    if let Err(e) = written {
        let _ = std::fs::remove_file(&partial);
        return Err(Failure::of(path, format!("cannot write this file: {e}")));
    }
    terminal.print(&format!("{}  {}\n", bundle.hash(), path.display()))?;
    Ok(true)
}
