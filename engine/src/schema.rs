//! JSON Schemas of what crosses the engine's boundary, and tables of what it decides by statuses alone. The copies
//! in `engine/schemas` are kept current by a test; set `UPDATE_SCHEMAS=1` to write them anew.

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::explain::label;
use crate::plan::Plan;
use crate::screen::Screening;
use credstack_base::Named;
use credstack_compile::StackGraph;
use credstack_model::{
    Admission, AttainmentKind, AttainmentSource, AttainmentStatus, Catalog, Decimal, Determination, Gate, Outlook,
    Record, Status,
};

/// Return the schemas with their file names: the catalog inside a bundle, a record, a determination, a plan, a
/// screening, the graph of credentials.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Schema)> {
    fn of<T: schemars::JsonSchema>() -> Schema {
        SchemaGenerator::new(SchemaSettings::draft2020_12()).into_root_schema_for::<T>()
    }
    vec![
        ("bundle.schema.json", of::<Catalog>()),
        ("determination.schema.json", of::<Determination>()),
        ("graph.schema.json", of::<StackGraph>()),
        ("plan.schema.json", of::<Plan>()),
        ("record.schema.json", of::<Record>()),
        ("screening.schema.json", of::<Screening>()),
    ]
}

/// Return what follows from words of an answer alone, by those words: for bindings in other languages, which have
/// nothing to decide. It has the keys of their labels, too. Its file is `tables.json`.
#[must_use]
pub fn tables() -> Value {
    let several = Decimal::whole(2);
    json!({
        "outlooks": Outlook::ALL.map(Outlook::as_str),
        "outlook": by_name(|status: Status| by_name(|admission: Admission| json!(status.outlook(admission).as_str()))),
        "can_be_awarded": by_name(|status: Status| by_name(|gate: Gate| json!(status.can_be_awarded(gate)))),
        "awaits_award": by_name(|status: Status| by_name(|gate: Gate| json!(status.awaits_award(gate)))),
        "attainment_kinds": AttainmentKind::ALL.map(AttainmentKind::as_str),
        "attainment_sources": AttainmentSource::ALL.map(AttainmentSource::as_str),
        "attainment_statuses": AttainmentStatus::ALL.map(AttainmentStatus::as_str),
        "labels": {
            "status": by_name(|one| json!(label::status(one).key)),
            "node_status": by_name(|one| json!(label::node_status(one).key)),
            "admission": by_name(|one| json!(label::admission(one).key)),
            "gate": by_name(|one| json!(label::gate(one).key)),
            "credential_kind": by_name(|one| json!(label::credential_kind(one).key)),
            "unit_of_one": by_name(|one| json!(label::unit(one, Decimal::ONE).key)),
            "unit_of_several": by_name(|one| json!(label::unit(one, several).key)),
        },
    })
}

fn by_name<T: Named>(of: impl Fn(T) -> Value) -> Value {
    Value::Object(T::ALL.iter().map(|one| (one.as_str().to_owned(), of(*one))).collect::<Map<String, Value>>())
}

/// Write a schema, or another value, as the text of its file.
#[must_use]
pub fn text(schema: &(impl serde::Serialize + ?Sized)) -> String {
    // INVARIANT: a schema is a JSON value, which always serialises.
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
