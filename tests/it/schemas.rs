//! The committed schemas, and the tables of decisions, are those that the types give.

use std::path::Path;

use credstack_engine::schema::{schemas, tables, text};

/// Compare a file of `engine/schemas` with what it should be.
fn is_current(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/schemas").join(name);
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, now).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == now, "{name} is not current: run this test once with UPDATE_SCHEMAS=1 and commit it");
}

#[test]
fn committed_schemas_are_current() {
    for (name, schema) in schemas() {
        is_current(name, &text(&schema));
    }
}

#[test]
fn committed_tables_are_current() {
    is_current("tables.json", &text(&tables()));
}
