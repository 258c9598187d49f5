//! `credstack verify`: checks a determination again.

use std::path::PathBuf;

use clap::Args;

use crate::args::BundleArg;
use crate::failure::Failure;
use crate::terminal::{BAD, GOOD, Terminal, styled};
use crate::{answers, pack};

/// Check an answer again, independently of the solver as far as counting goes
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack verify --bundle boulder.bundle --record ada.json --determination ada.determination.json

A checker that shares nothing with the solver goes over everything the answer claims. Where an
answer says that all ways of counting were searched in vain, the solver searches once more.

Exits with 0 if the determination follows from the bundle and the record, 1 if there are findings.")]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// The learner's record, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// The determination, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) determination: PathBuf,
}

/// Check a determination. Return whether it follows from the bundle and the record.
pub(crate) fn run(args: &VerifyArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let record = pack::record(&args.record)?;
    let (determination, _) =
        answers::one(&args.determination, &answers::answers(&args.determination)?, Some(&record.learner))?;
    let mut findings = credstack_engine::verify(&bundle, &record, &determination);
    if findings.is_empty() {
        // What was searched through cannot be checked by counting.
        findings = credstack_engine::determine::search_again(&bundle, &record, &determination)
            .map_err(|e| Failure::of(&args.record, e))?;
    }
    if findings.is_empty() {
        let text = format!("{} the determination follows from the bundle and the record\n", styled(GOOD, "verified:"));
        terminal.print(&text)?;
        return Ok(true);
    }
    let mut text = format!("{} {} found\n", styled(BAD, "not verified:"), findings.len());
    for finding in &findings {
        text.push_str(&format!("- {finding}\n"));
    }
    terminal.print(&text)?;
    Ok(false)
}
