//! The schemas that others build on are in the repository, so that a change of them is seen.

use std::path::Path;

use crate::{credstack, fixtures};

/// Set `UPDATE_SCHEMAS` to write the files anew.
#[test]
fn committed_schemas_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../engine/schemas");
    for of in ["bundle", "record", "determination"] {
        let path = folder.join(format!("{of}.schema.json"));
        let wanted = credstack(&format!("schema {of}"), &fixtures()).out;
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &wanted).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == wanted, "{of}.schema.json is not current: run the tests with UPDATE_SCHEMAS=1");
    }
}
