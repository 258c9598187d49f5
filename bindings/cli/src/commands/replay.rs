//! `credstack replay`: computes an old answer again and compares the bytes.

use std::path::PathBuf;

use clap::Args;
use credstack_engine::model::LearnerId;

use crate::args::BundleArg;
#[cfg(feature = "module")]
use {
    crate::failure::Failure,
    crate::module::Module,
    crate::terminal::Terminal,
    crate::{answers, pack, show},
    credstack_host::{Input, OldAnswer, OtherInput},
};

/// Compute an old answer again with the module that gave it, and compare the bytes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack replay ada.determination.json --bundle boulder.bundle --record ada.json --module credstack.wasm
  credstack replay results/determinations.jsonl --learner ada --bundle boulder.bundle --record ada.json --modules modules
  credstack replay ada.plan.json --bundle boulder.bundle --record ada.json --modules modules

The answer names the SHA-256 of the module, the bundle and the record; each is compared
first. --modules is a folder of modules kept under their hashes, modules/<sha256>.wasm, which
`credstack module keep` fills. An answer that this program gave by itself names no module: it is computed
again with the one given by --module.

Exits with 0 if the bytes are the same, 1 if they are not.")]
pub(crate) struct ReplayArgs {
    /// A determination, the determinations.jsonl of a batch, or a plan
    #[arg(value_name = "ANSWER")]
    pub(crate) answer: PathBuf,
    /// Which learner, where the file has several
    #[arg(long, value_name = "ID")]
    pub(crate) learner: Option<LearnerId>,
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// The learner's record, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// The module
    #[arg(long, value_name = "FILE", required_unless_present = "modules")]
    pub(crate) module: Option<PathBuf>,
    /// A folder of modules
    #[arg(long, value_name = "DIR", conflicts_with = "module")]
    pub(crate) modules: Option<PathBuf>,
}

/// Compute an answer again. Return whether the bytes are the same.
#[cfg(feature = "module")]
pub(crate) fn run(args: &ReplayArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let record = pack::record(&args.record)?;
    let learner = args.learner.as_ref().unwrap_or(&record.learner);
    let bytes = answers::plan_or_determination(&args.answer, learner)?;
    let old = OldAnswer::read(&bytes).map_err(|e| Failure::of(&args.answer, e))?;
    if let Some(other) = old.other_input(bundle.hash(), &record.hash()) {
        return Err(refused(args, &old, &other));
    }
    let module = Module::load(&file(args, &old)?, old.module())?;
    let verdict = module.replay(&bundle, &args.record, &old)?;
    terminal.print(&show::replay::text(&old, module.host(), &verdict))?;
    Ok(verdict.is_reproduced())
}

#[cfg(feature = "module")]
fn refused(args: &ReplayArgs, old: &OldAnswer, other: &OtherInput) -> Failure {
    let OtherInput { input, named, found } = other;
    let (path, kind) = (if matches!(input, Input::Bundle) { &args.bundle.bundle } else { &args.record }, old.kind());
    Failure::of(path, format!("this {input} has the hash {found}, but the {kind} was computed from {named}"))
        .with_help(format!("find the {input} of that hash; an answer is only the same for the same {input}"))
}

/// Find the file of the module that an answer names.
#[cfg(feature = "module")]
fn file(args: &ReplayArgs, old: &OldAnswer) -> Result<PathBuf, Failure> {
    let kind = old.kind();
    match (&args.module, &args.modules, old.module()) {
        (Some(file), _, _) => Ok(file.clone()),
        (None, Some(folder), Some(hash)) => Module::kept(folder, hash).ok_or_else(|| {
            Failure::of(folder, format!("the module {hash}, which gave the {kind}, is not kept there"))
                .with_help("put its file there with `credstack module keep`, or name it with --module")
        }),
        (None, _, None) => Err(Failure::of(&args.answer, format!("the {kind} names no module"))
            .with_help("it was computed by the program itself; name a module to compare with by --module")),
        (None, None, _) => Err(Failure::new("no module is named").with_help("give --module FILE or --modules DIR")),
    }
}
