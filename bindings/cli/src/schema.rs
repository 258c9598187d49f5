//! The JSON Schemas of what goes in and out.

use credstack_engine::schema::{schemas, text as as_text};

use crate::args::SchemaOf;
use crate::failure::Failure;

/// A schema, as text.
pub(crate) fn text(of: SchemaOf) -> Result<String, Failure> {
    let name = match of {
        SchemaOf::Bundle => "bundle.schema.json",
        SchemaOf::Record => "record.schema.json",
        SchemaOf::Plan => "plan.schema.json",
        SchemaOf::Screening => "screening.schema.json",
        SchemaOf::Determination => "determination.schema.json",
    };
    let found = schemas().into_iter().find(|(file, _)| *file == name);
    found.map(|(_, schema)| as_text(&schema)).ok_or_else(|| Failure::new(format!("there is no schema `{name}`")))
}
