//! `credstack schema`: prints the JSON Schemas of what goes in and out.

use clap::{Args, ValueEnum};
use credstack_engine::schema::{schemas, text};

use crate::failure::Failure;
use crate::terminal::Terminal;

/// Print a JSON Schema
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack schema record > record.schema.json")]
pub(crate) struct SchemaArgs {
    /// Of what
    #[arg(value_enum)]
    pub(crate) of: SchemaOf,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// The catalog inside a bundle
    Bundle,
    /// A learner's record
    Record,
    /// An answer
    Determination,
    /// A plan
    Plan,
    /// Statuses of a whole catalog, without reasons
    Screening,
}

/// Print a schema.
pub(crate) fn run(args: &SchemaArgs, terminal: &mut Terminal) -> Result<bool, Failure> {
    let name = match args.of {
        SchemaOf::Bundle => "bundle.schema.json",
        SchemaOf::Record => "record.schema.json",
        SchemaOf::Plan => "plan.schema.json",
        SchemaOf::Screening => "screening.schema.json",
        SchemaOf::Determination => "determination.schema.json",
    };
    let found = schemas().into_iter().find(|(file, _)| *file == name);
    let (_, schema) = found.ok_or_else(|| Failure::new(format!("there is no schema `{name}`")))?;
    terminal.print(&text(&schema))?;
    Ok(true)
}
