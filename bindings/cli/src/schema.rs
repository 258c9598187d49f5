//! The JSON Schemas of what goes in and out.

use credstack_engine::{Catalog, Determination, Record};

use crate::args::SchemaOf;
use crate::failure::Failure;

/// A schema, as text.
pub(crate) fn text(of: SchemaOf) -> Result<String, Failure> {
    let schema = match of {
        SchemaOf::Bundle => schemars::schema_for!(Catalog),
        SchemaOf::Record => schemars::schema_for!(Record),
        SchemaOf::Determination => schemars::schema_for!(Determination),
    };
    let text =
        serde_json::to_string_pretty(&schema).map_err(|e| Failure::new(format!("cannot write the schema: {e}")))?;
    Ok(text + "\n")
}
