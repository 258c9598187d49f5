//! Worlds that once broke a law. Each file of `cases/` is one, named for what was wrong.

use credstack_engine::model::answer::Options;
use credstack_engine::model::{Catalog, Date, Record};
use credstack_tests::worlds::World;
use serde::{Deserialize, Serialize};

use super::props;

/// A world as a file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The law that it broke, and how.
    law: String,
    as_of: Date,
    options: Options,
    catalog: Catalog,
    record: Record,
}

/// A world in the form of a file of `cases/`.
pub(super) fn written(law: &str, world: &World) -> String {
    let World { mut catalog, record, as_of, options } = world.clone();
    // The scales that every catalog starts with would hide the rest.
    if catalog.scales == Catalog::new("", "").scales {
        catalog.scales.clear();
    }
    serde_json::to_string(&Case { law: law.to_owned(), as_of, options, catalog, record }).unwrap()
}

#[test]
fn cases_that_once_broke_a_law_keep_it() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("it/laws/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut broken = Vec::new();
    for file in &files {
        let case: Case = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let Case { as_of, options, mut catalog, record, .. } = case;
        if catalog.scales.is_empty() {
            catalog.scales = Catalog::new("", "").scales;
        }
        let world = World { catalog, record, as_of, options };
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        for (law, check) in [
            ("equals_brute_force", props::equals_brute_force as fn(&World) -> props::Verdict),
            ("witness_verifies", props::witness_verifies),
            ("listing_order_changes_nothing", props::listing_order_changes_nothing),
            ("names_do_not_matter", props::names_do_not_matter),
            ("a_lower_target_changes_no_higher_status", props::a_lower_target_changes_no_higher_status),
            ("encodings_are_identities", props::encodings_are_identities),
            ("screening_is_a_determination", props::screening_is_a_determination),
        ] {
            if let Err(why) = check(&world) {
                broken.push(format!("{name}: {law}: {why}"));
            }
        }
    }
    println!("{} cases", files.len());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
