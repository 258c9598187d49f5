//! `credstack determine`: answers for one learner.

use std::path::PathBuf;

use clap::Args;
use credstack_engine::model::CredentialId;
use credstack_engine::{Date, Targets};

use crate::args::{Answerer, BundleArg, Format, LanguageArg, Search};
use crate::failure::Failure;
use crate::module::Module;
use crate::terminal::Terminal;
use crate::tree::Tree;
use crate::{clock, pack};

/// Answer for one learner: what is complete, what counts where, what is missing
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack determine --bundle boulder.bundle --record ada.json
  credstack determine --bundle rules/packs/boulder --record ada.json --as-of 2025-12-31 --target ms-cs
  credstack determine --bundle boulder.bundle --record ada.json --all --format json > ada.determination.json
  credstack determine --bundle boulder.bundle --record ada.json --engine wasm --module credstack.wasm
  credstack determine --bundle boulder.bundle --record ada.json --language es

With --engine wasm the WebAssembly module answers, the file that browsers load; the answer is the
same, and names the module, so that `credstack replay` can find it. Without --target and --all, the credentials that the record declares are answered.
`credstack schema record` describes the record.")]
pub(crate) struct DetermineArgs {
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// The learner's record, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// The date to answer for, YYYY-MM-DD; today (UTC) if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Answer for this credential instead of the declared ones; several are solved together, in
    /// the order given
    #[arg(long = "target", value_name = "ID", conflicts_with = "all")]
    pub(crate) targets: Vec<CredentialId>,
    /// Answer also for every credential that is not declared, each alone
    #[arg(long)]
    pub(crate) all: bool,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) language: LanguageArg,
    #[command(flatten)]
    pub(crate) search: Search,
    #[command(flatten)]
    pub(crate) answerer: Answerer,
}

/// Print the determination of a learner.
pub(crate) fn run(args: DetermineArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let record = pack::record(&args.record)?;
    let as_of = clock::date(args.as_of)?;
    let targets = match (args.all, args.targets) {
        (true, _) => Targets::All,
        (false, targets) if targets.is_empty() => Targets::Declared,
        (false, targets) => Targets::These(targets),
    };
    let options = args.search.options(targets);
    let bytes = match Module::asked_for(&args.answerer)? {
        Some(module) => module.determine(&bundle, &args.record, as_of, &options)?,
        None => {
            let determination = credstack_engine::determine(&bundle, &record, as_of, &options)
                .map_err(|e| Failure::of(&args.record, e))?;
            serde_json::to_vec(&determination)
                .map_err(|e| Failure::new(format!("cannot write the determination: {e}")))?
        }
    };
    terminal.print(&match args.format {
        Format::Json => String::from_utf8_lossy(&bytes).into_owned() + "\n",
        Format::Text => {
            let determination =
                serde_json::from_slice(&bytes).map_err(|e| Failure::new(format!("the answer cannot be read: {e}")))?;
            Tree { catalog: Some(bundle.catalog()), width: Terminal::width(), words: args.language.language.words() }
                .determination(&determination)
        }
    })?;
    Ok(true)
}
