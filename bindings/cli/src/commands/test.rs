//! `credstack test`: runs the scenarios of a rule pack.

use std::path::PathBuf;

use clap::Args;
use credstack_engine::model::ENGLISH;
use credstack_rules::{Built, RuleTest, TestOutcome, run_tests};

use crate::failure::Failure;
use crate::pack::{self, Folder};
use crate::terminal::Terminal;
use crate::{report, show};

/// Run the scenarios of a rule pack
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack test rules/packs/boulder
  credstack test rules/packs/boulder --only boundary

Exits with 0 if every scenario has the answer it expects, 1 if one has not or the pack has errors.")]
pub(crate) struct TestArgs {
    /// The folder of the pack
    pub(crate) pack: PathBuf,
    /// Run only scenarios whose name has this text
    #[arg(long, value_name = "TEXT")]
    pub(crate) only: Option<String>,
}

/// Run the scenarios of a pack. Return whether all hold.
pub(crate) fn run(args: &TestArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let folder = Folder::open(&args.pack)?;
    let Built { bundle, tests, diagnostics } = pack::compile(&folder);
    Terminal::complain(&report::diagnostics(&diagnostics, &folder, &ENGLISH, terminal.err_color()));
    let bundle = bundle.ok_or_else(|| pack::faulty(&args.pack, &diagnostics))?;
    let wanted = |test: &RuleTest| args.only.as_ref().is_none_or(|only| test.name.contains(only.as_str()));
    let tests: Vec<RuleTest> = tests.into_iter().filter(wanted).collect();
    let outcomes = run_tests(&bundle, &tests);
    terminal.print(&show::scenarios::text(&outcomes, args.only.as_deref()))?;
    Ok(outcomes.iter().all(TestOutcome::passed))
}
