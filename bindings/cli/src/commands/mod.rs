//! The commands, each with its arguments in a file of its own. Each says whether all was well; [`Failure`] is for
//! what could not be done at all. A command reads files, asks the engine and prints; what an answer means is
//! decided in the engine, and how it looks in `show`, `tree.rs` and `report.rs`.

mod batch;
mod build;
mod check;
mod completions;
mod determine;
mod explain;
mod graph;
mod module;
mod plan;
mod replay;
mod schema;
mod test;
mod verify;

use clap::Subcommand;

use crate::failure::Failure;
use crate::terminal::Terminal;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(check::CheckArgs),
    Test(test::TestArgs),
    Build(build::BuildArgs),
    Determine(determine::DetermineArgs),
    Plan(plan::PlanArgs),
    Batch(batch::BatchArgs),
    Verify(verify::VerifyArgs),
    Replay(replay::ReplayArgs),
    Explain(explain::ExplainArgs),
    Graph(graph::GraphArgs),
    #[command(subcommand)]
    Module(module::ModuleArgs),
    Schema(schema::SchemaArgs),
    Completions(completions::CompletionsArgs),
}

/// Carry out a command. `command_line` is all that the program understands, for completions.
pub(crate) fn run(
    command: Command,
    command_line: fn() -> clap::Command,
    terminal: &mut Terminal,
) -> Result<bool, Failure> {
    match command {
        Command::Check(args) => check::run(&args, terminal),
        Command::Test(args) => test::run(&args, terminal),
        Command::Build(args) => build::run(&args, terminal),
        Command::Determine(args) => determine::run(args, terminal),
        Command::Plan(args) => plan::run(args, terminal),
        Command::Batch(args) => batch::run(args, terminal),
        Command::Verify(args) => verify::run(&args, terminal),
        #[cfg(feature = "module")]
        Command::Replay(args) => replay::run(&args, terminal),
        Command::Explain(args) => explain::run(&args, terminal),
        Command::Graph(args) => graph::run(&args, terminal),
        #[cfg(feature = "module")]
        Command::Module(args) => module::run(&args, terminal),
        #[cfg(not(feature = "module"))]
        Command::Replay(_) | Command::Module(_) => Err(crate::module::absent()),
        Command::Schema(args) => schema::run(&args, terminal),
        Command::Completions(args) => completions::run(&args, command_line(), terminal),
    }
}
