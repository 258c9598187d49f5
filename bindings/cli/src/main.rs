//! The credstack command line: reads files, asks the engine and shows its answers. It decides
//! nothing itself.

mod args;
mod commands;
mod excerpt;
mod failure;
mod pack;
mod report;
mod schema;
mod terminal;
mod tree;
mod words;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Cli;
use crate::terminal::Terminal;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut terminal = Terminal::new(cli.color);
    match commands::run(cli.command, &mut terminal) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            Terminal::complain(&report::failure(&failure, terminal.err_color()));
            ExitCode::from(1)
        }
    }
}
