//! JSON Schemas of what crosses the engine's boundary. The copies in `engine/schemas` are kept
//! current by a test; set `UPDATE_SCHEMAS=1` to write them anew.

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};

use crate::plan::Plan;
use crate::screen::Screening;
use credstack_model::Determination;
use credstack_model::{Catalog, Record};

/// The schemas with their file names: the catalog inside a bundle, a record, a determination, a plan,
/// a screening.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Schema)> {
    fn of<T: schemars::JsonSchema>() -> Schema {
        SchemaGenerator::new(SchemaSettings::draft2020_12()).into_root_schema_for::<T>()
    }
    vec![
        ("bundle.schema.json", of::<Catalog>()),
        ("determination.schema.json", of::<Determination>()),
        ("plan.schema.json", of::<Plan>()),
        ("record.schema.json", of::<Record>()),
        ("screening.schema.json", of::<Screening>()),
    ]
}

/// A schema as the text of its file.
#[must_use]
pub fn text(schema: &Schema) -> String {
    // INVARIANT: a schema is a JSON value, which always serialises.
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
