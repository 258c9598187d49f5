//! Holds a plain build and a build of everything to the same features of the crates that both need. Where they
//! differ, cargo compiles the crate twice, and whatever stands on it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Read lines of `name version|features`: the features by which each crate is compiled, by its name and version.
fn crates(tree: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut crates: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, features) in tree.lines().filter_map(|line| line.split_once('|')) {
        // A mark says that the crate was listed before, or is a macro.
        let features = features.split(' ').next().unwrap_or_default();
        crates.entry(name).or_default().insert(features);
    }
    crates
}

/// Return what is compiled for the smaller build and cannot be used again by the larger one. Packages of this workspace
/// may differ: features are how they differ.
fn faults(small: &str, large: &str) -> Vec<String> {
    let large = crates(large);
    let is_ours = |name: &str| name.starts_with("credstack-");
    let small = crates(small).into_iter().filter(|(name, _)| !is_ours(name));
    let faults = small.filter_map(|(name, features)| {
        let others = large.get(name).cloned().unwrap_or_default();
        (!features.is_subset(&others)).then(|| format!("{name}: {features:?}, and in the larger build {others:?}"))
    });
    faults.collect()
}

fn tree(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let form = ["tree", "--locked", "--prefix", "none", "--format", "{p}|{f}", "--edges"];
    let output = Command::new(cargo).args(form).args(arguments).current_dir(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn nothing_is_compiled_twice() {
    let small = tree(&["normal,build"]);
    let large = tree(&["normal,build,dev", "--workspace", "--all-features"]);
    assert!(crates(&small).len() > 50, "{small}");
    assert!(!small.contains("wasmtime"), "a plain build needs wasmtime");
    let faults = faults(&small, &large);
    assert!(faults.is_empty(), "ask for these features in tests/Cargo.toml:\n{}", faults.join("\n"));
}

#[test]
fn other_features_are_found() {
    let small = "a v1.0.0|std\nb v1.0.0 (proc-macro)|\ncredstack-x v0.1.0 (/x)|y\na v1.0.0|std (*)\n";
    assert!(faults(small, "a v1.0.0|std\nb v1.0.0 (proc-macro)|\na v1.0.0|\n").is_empty());
    assert_eq!(faults(small, "a v1.0.0|alloc,std\nb v1.0.0 (proc-macro)|\n").len(), 1);
    assert_eq!(faults(small, "a v1.0.0|std\n").len(), 1);
}
