//! The commands. Each says whether all was well; [`Failure`] is for what could not be done at all.

mod answer;
mod batch;
mod code;
mod module;
mod plan;
mod rules;

use clap::CommandFactory as _;
use credstack_registrar::graph::{StackGraph, dot, svg};

use crate::args::{Cli, Command, Completions, Graph, GraphFormat, Module, Schema};
use crate::failure::Failure;
use crate::pack;
use crate::terminal::Terminal;

/// Carries out a command.
pub(crate) fn run(command: Command, terminal: &mut Terminal) -> Result<bool, Failure> {
    match command {
        Command::Check(args) => rules::check(&args, terminal),
        Command::Test(args) => rules::test(&args, terminal),
        Command::Build(args) => rules::build(&args, terminal),
        Command::Determine(args) => answer::determine(args, terminal),
        Command::Plan(args) => plan::plan(args, terminal),
        Command::Batch(args) => batch::batch(args, terminal),
        Command::Verify(args) => answer::verify(&args, terminal),
        Command::Replay(args) => module::replay(&args, terminal),
        Command::Explain(args) => match code::asked(&args.determination) {
            Some(name) => code::explain(name, args.language.language, terminal),
            None => answer::explain(&args, terminal),
        },
        Command::Graph(args) => graph(&args, terminal),
        Command::Module(Module::Info(args)) => module::info(&args, terminal),
        Command::Module(Module::Keep(args)) => module::keep(&args, terminal),
        Command::Schema(args) => schema(&args, terminal),
        Command::Completions(args) => completions(&args, terminal),
    }
}

fn graph(args: &Graph, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle, terminal)?;
    let graph = StackGraph::of(bundle.catalog());
    terminal.print(&match args.format {
        GraphFormat::Dot => dot(&graph),
        GraphFormat::Svg => svg(&graph),
    })?;
    Ok(true)
}

fn schema(args: &Schema, terminal: &mut Terminal) -> Result<bool, Failure> {
    terminal.print(&crate::schema::text(args.of)?)?;
    Ok(true)
}

fn completions(args: &Completions, terminal: &mut Terminal) -> Result<bool, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "credstack", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(true)
}
