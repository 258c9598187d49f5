//! `credstack plan`: plans what is missing, in terms.

use std::path::PathBuf;

use clap::Args;
use credstack_engine::Date;
use credstack_engine::model::{CredentialId, Decimal};
use credstack_engine::plan::{Plan, PlanOptions};

use crate::args::{Answerer, BundleArg, Format};
use crate::failure::Failure;
use crate::module::Module;
use crate::terminal::Terminal;
use crate::{clock, pack, show};

/// Plan what is missing: the fewest credits that complete credentials, in terms
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack plan --bundle rules/packs/boulder --record ada.json --target ms-cs --load 9
  credstack plan --bundle boulder.bundle --record ada.json --target ms-cs --target ai-certificate
  credstack plan --bundle boulder.bundle --record ada.json --format json --engine wasm --module credstack.wasm

Several targets are planned together, as far as they may share. What is in progress counts as
finished, and every planned course as completed with the best grade. Prerequisites and terms in
which a course is offered are kept where the catalog states them; without terms in the catalog that
start after the date, terms are numbered. Taking a course again for a better grade is planned only
where nothing else on record serves. With --engine wasm the WebAssembly module plans; the plan is the
same, and names the module, so that `credstack replay` can find it.

Exits with 0 if the plan completes every target, 1 if it does not.")]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// The learner's record, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// The date to plan from, YYYY-MM-DD; today (UTC) if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Plan for this credential instead of the declared ones; can be given several times
    #[arg(long = "target", value_name = "ID")]
    pub(crate) targets: Vec<CredentialId>,
    /// The most credits in a term
    #[arg(long, value_name = "CREDITS")]
    pub(crate) load: Option<Decimal>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// The most search steps
    #[arg(long, value_name = "N", default_value_t = credstack_engine::Options::default().steps)]
    pub(crate) steps: u64,
    #[command(flatten)]
    pub(crate) answerer: Answerer,
}

/// Print a plan for a learner. Return whether it completes every target.
pub(crate) fn run(args: PlanArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let record = pack::record(&args.record)?;
    if args.load.is_some_and(|load| load <= Decimal::ZERO) {
        return Err(Failure::new("the load of a term is not positive").with_help("give credits, such as --load 9"));
    }
    let options = PlanOptions { targets: args.targets, load: args.load, steps: args.steps };
    let as_of = clock::date(args.as_of)?;
    let (plan, bytes) = match Module::asked_for(&args.answerer)? {
        Some(module) => {
            let bytes = module.plan(&bundle, &args.record, as_of, &options)?;
            let plan: Plan =
                serde_json::from_slice(&bytes).map_err(|e| Failure::new(format!("the plan cannot be read: {e}")))?;
            (plan, bytes)
        }
        None => {
            let plan =
                credstack_engine::plan(&bundle, &record, as_of, &options).map_err(|e| Failure::of(&args.record, e))?;
            let bytes = serde_json::to_vec(&plan).map_err(|e| Failure::new(format!("cannot write the plan: {e}")))?;
            (plan, bytes)
        }
    };
    if plan.targets.is_empty() {
        return Err(Failure::of(&args.record, "the record declares no credential")
            .with_help("name the credentials to plan for with --target"));
    }
    terminal.print(&match args.format {
        Format::Json => String::from_utf8_lossy(&bytes).into_owned() + "\n",
        Format::Text => show::plan::text(&plan, &record, bundle.catalog()),
    })?;
    Ok(plan.completes_all())
}
