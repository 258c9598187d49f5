//! `credstack module`: looks at modules of the engine, and keeps them.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::args::Format;
#[cfg(feature = "module")]
use crate::{failure::Failure, module::Module, show, terminal::Terminal};

/// Look at WebAssembly modules of the engine, and keep them
#[derive(Debug, Subcommand)]
pub(crate) enum ModuleArgs {
    Info(InfoArgs),
    Keep(KeepArgs),
}

/// Say what a module is: its hash, its versions, its languages, its limits
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack module info target/wasm/credstack.wasm")]
pub(crate) struct InfoArgs {
    /// The module
    pub(crate) file: PathBuf,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

/// Copy a module into a folder, under its hash
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack module keep target/wasm/credstack.wasm --modules modules

What is kept is never changed: a module that is there already is left as it is.")]
pub(crate) struct KeepArgs {
    /// The module
    pub(crate) file: PathBuf,
    /// The folder, made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) modules: PathBuf,
}

/// Look at a module, or keep it.
#[cfg(feature = "module")]
pub(crate) fn run(args: &ModuleArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    match args {
        ModuleArgs::Info(args) => info(args, terminal),
        ModuleArgs::Keep(args) => keep(args, terminal),
    }
}

#[cfg(feature = "module")]
fn info(args: &InfoArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let module = Module::load(&args.file, None)?;
    let size = std::fs::metadata(&args.file).map_err(|e| Failure::of(&args.file, e))?.len();
    terminal.print(&match args.format {
        Format::Json => show::module::json(module.host(), size),
        Format::Text => show::module::text(module.host(), size, &args.file),
    })?;
    Ok(true)
}

#[cfg(feature = "module")]
fn keep(args: &KeepArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let module = Module::load(&args.file, None)?;
    let sha256 = module.host().sha256();
    std::fs::create_dir_all(&args.modules).map_err(|e| Failure::of(&args.modules, e))?;
    let file = args.modules.join(format!("{sha256}.wasm"));
    if file.exists() {
        Module::load(&file, Some(sha256))?;
        terminal.print(&format!("{} is there already\n", file.display()))?;
        return Ok(true);
    }
    // Under its name only once it is whole.
    let partial = file.with_extension("partial");
    std::fs::copy(&args.file, &partial)
        .and_then(|_| std::fs::rename(&partial, &file))
        .map_err(|e| Failure::of(&file, format!("cannot write this file: {e}")))?;
    terminal.print(&format!("{}\n", file.display()))?;
    Ok(true)
}
