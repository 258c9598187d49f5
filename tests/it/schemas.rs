//! The committed schemas are those that the types give.

use std::path::Path;

use credstack_engine::schema::{schemas, text};

#[test]
fn committed_schemas_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/schemas");
    for (name, schema) in schemas() {
        let path = folder.join(name);
        let now = text(&schema);
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == now, "{name} is not current: run this test once with UPDATE_SCHEMAS=1 and commit it");
    }
}
