//! `credstack graph`: draws which credential counts toward which.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use credstack_registrar::graph::{StackGraph, dot, svg};

use crate::failure::Failure;
use crate::pack;
use crate::terminal::Terminal;

/// Draw which credential counts toward which
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack graph rules/packs/boulder > boulder.dot
  credstack graph boulder.bundle --format svg > boulder.svg

Lines are stacks, with what they carry at most; dashed lines say that one credential is required
for another and carries nothing.")]
pub(crate) struct GraphArgs {
    /// A bundle, or the folder of a pack
    pub(crate) bundle: PathBuf,
    /// How to draw
    #[arg(long, value_enum, default_value = "dot")]
    pub(crate) format: GraphFormat,
}

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// The language of Graphviz
    Dot,
    /// An image
    Svg,
}

/// Print the graph of a bundle.
pub(crate) fn run(args: &GraphArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle, terminal)?;
    let graph = StackGraph::of(bundle.catalog());
    terminal.print(&match args.format {
        GraphFormat::Dot => dot(&graph),
        GraphFormat::Svg => svg(&graph),
    })?;
    Ok(true)
}
