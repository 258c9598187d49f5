//! The credstack command line: reads files, asks the engine and shows its answers. It decides
//! nothing itself.

mod answers;
mod args;
mod clock;
mod code;
mod commands;
mod excerpt;
mod failure;
#[cfg_attr(not(feature = "module"), path = "no_module.rs")]
mod module;
mod pack;
mod report;
mod show;
mod terminal;
mod tree;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser};

use crate::args::Color;
use crate::commands::Command;
use crate::terminal::Terminal;

/// Decides who has earned, and who may start, which badge, certificate and degree.
#[derive(Debug, Parser)]
#[command(name = "credstack", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "\
Examples:
  credstack check rules/packs/boulder
  credstack build rules/packs/boulder -o boulder.bundle
  credstack determine --bundle boulder.bundle --record ada.json --as-of 2025-12-31
  credstack batch --bundle boulder.bundle --records learners.jsonl --out results

Exit codes: 0 done; 1 there were errors, failed tests or findings; 2 the command line is not right.")]
pub(crate) struct Cli {
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE in the environment are respected
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut terminal = Terminal::new(cli.color);
    match commands::run(cli.command, Cli::command, &mut terminal) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            Terminal::complain(&report::failure(&failure, terminal.err_color()));
            ExitCode::from(1)
        }
    }
}
