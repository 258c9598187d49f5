//! `credstack check`: reads a rule pack and reports what is wrong with it.

use std::path::PathBuf;

use clap::Args;
use credstack_rules::Built;

use crate::args::{Format, LanguageArg};
use crate::failure::Failure;
use crate::pack::{self, Folder};
use crate::report::{self, Report};
use crate::terminal::Terminal;

/// Read a rule pack and report everything that is wrong with it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack check rules/packs/boulder
  credstack check rules/packs/boulder --format json | jq '.diagnostics[].code'

Exits with 0 if there is no error (warnings are none), 1 if there is.")]
pub(crate) struct CheckArgs {
    /// The folder of the pack, with a file pack.rhai in it
    pub(crate) pack: PathBuf,
    /// How to report
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) language: LanguageArg,
}

/// Check a pack. Return whether it has no error.
pub(crate) fn run(args: &CheckArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let folder = Folder::open(&args.pack)?;
    let Built { bundle, diagnostics, .. } = pack::compile(&folder);
    let language = credstack_rules::phrasebook(args.language.language.words().language);
    let report = Report::of(&diagnostics, language);
    match args.format {
        Format::Json => terminal.print(&json(&report)?)?,
        Format::Text => {
            let mut text = report::diagnostics(&diagnostics, &folder, language, terminal.out_color());
            text.push_str(&format!("{}: {}", args.pack.display(), report.counts()));
            if let Some(bundle) = &bundle {
                let catalog = bundle.catalog();
                let (credentials, courses) = (catalog.credentials.len(), catalog.courses.len());
                text.push_str(&format!("; {credentials} credentials, {courses} courses and other items"));
            }
            text.push('\n');
            terminal.print(&text)?;
        }
    }
    Ok(bundle.is_some())
}

fn json(report: &Report<'_>) -> Result<String, Failure> {
    let text =
        serde_json::to_string_pretty(report).map_err(|e| Failure::new(format!("cannot write the report: {e}")))?;
    Ok(text + "\n")
}
