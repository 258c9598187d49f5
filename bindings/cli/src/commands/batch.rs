//! `credstack batch`: answers for many learners, files in and files out.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use credstack_engine::{Date, Limits, Targets};
use credstack_registrar::{Batch, RecordsFrom};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::{BundleArg, Search};
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::{clock, pack, show};

/// Answer for many learners: files in, files out
#[derive(Debug, Args)]
#[command(after_long_help = BATCH_HELP, after_help = "See --help for the columns of all files.")]
pub(crate) struct BatchArgs {
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// A file with a JSON record a line, or a folder with learners.csv and attainments.csv
    #[arg(long, value_name = "PATH")]
    pub(crate) records: PathBuf,
    /// The folder to write the result to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The date to answer for, YYYY-MM-DD; today (UTC) if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// How many threads; as many as the machine has if not given. The result is the same
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Replace a result that is there
    #[arg(long)]
    pub(crate) force: bool,
    /// Exit with 1 if any input row was rejected
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) search: Search,
}

const BATCH_HELP: &str = "\
Examples:
  credstack batch --bundle boulder.bundle --records learners.jsonl --out results --as-of 2025-12-31
  credstack batch --bundle rules/packs/boulder --records export/ --out results --jobs 4 --strict

Input, JSON Lines: one record a line; `credstack schema record` describes it.

Input, folder of CSV tables (UTF-8, commas, a header line; columns in any order; * must be there):
  learners.csv     learner_id*, declared (credential ids, `;` between, most important first), and a
                   column for each attribute of learners that the catalog declares
  attainments.csv  learner_id*, code*, attainment_id, kind, credits, hours, grade, grade_scale,
                   status, completed_on (date or term), expires_on, source, issuer, verified,
                   tags, competencies, and a column for each declared attribute of attainments
  conferred.csv    learner_id*, credential_id*, conferred_on*, expires_on, consumed (attainment
                   ids, `;` between); may be left out
  approvals.csv    learner_id*, office*, subject*, decision* (granted, denied, pending),
                   attainment_id, decided_on; may be left out

Every learner is asked about the credentials they declare (solved together) and about every other
credential of the catalog (each alone).

Output:
  determinations.jsonl    the full answer, one learner a line
  summary.csv             learner_id, credential_id, credential_title, credential_kind, declared,
                          status, admission, conferral_gate, credits_short, next_step
  eligible-for-award.csv  what is complete, has its gates at award open, and is not awarded yet:
                          learner_id, credential_id, credential_title, credential_kind, declared,
                          admission, edition, as_of, attainments, codes, same_attainments_as.
                          Declared credentials of a learner can be awarded together. Where
                          same_attainments_as is not empty and one of the two is not declared,
                          declare both and run again before awarding both
  notices.csv             learner_id, notice: doubts about records that were evaluated
  rejects.csv             file, line, learner_id, reason, how_to_mend, row: every input row that
                          was not evaluated. A learner with a rejected row is held back whole, as
                          an answer from half a record could be wrong
  batch.json              what was asked, the counts, and the SHA-256 of the other files; written
                          last, so a result without it is not whole

For each input file: rows = evaluated + rejected. A text cell that a spreadsheet would run as a
formula (it starts with = + - @, a tab or a carriage return) gets an apostrophe in front;
determinations.jsonl has the text as it was.

Exits with 0 when the result is written, also if rows were rejected, unless --strict is given.";

/// Run a batch and print what came of it. Return whether that is all that was asked for.
pub(crate) fn run(args: BatchArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let batch = Batch {
        from: RecordsFrom::path(&args.records),
        out: args.out,
        force: args.force,
        as_of: clock::date(args.as_of)?,
        options: args.search.options(Targets::All),
        limits: Limits::default(),
        jobs: args.jobs,
    };
    // Draws on standard error, and only if that is a terminal.
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg}  {eta} left") {
        bar.set_style(style);
    }
    let summary = credstack_registrar::run(&bundle, &batch, &mut |progress| {
        if let Some(total) = progress.total {
            bar.set_length(total);
        }
        bar.set_position(progress.done);
        bar.set_message(format!("{} learners", progress.learners));
    });
    bar.finish_and_clear();
    let summary = summary?;
    terminal.print(&show::batch::text(&summary, &batch.out.display().to_string()))?;
    Ok(!(args.strict && summary.rejects > 0))
}
