//! Holds the packages to the table of allowed arrows in `ARCHITECTURE.md`, as `cargo metadata`
//! sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// A row of the table: the folder of a package, and what the package may depend on.
#[derive(Debug, Default, PartialEq)]
struct Row {
    folder: String,
    may: BTreeSet<String>,
    /// Whether it may depend on any crate that is not of this workspace.
    any_crate: bool,
    never: BTreeSet<String>,
}

/// Return the words in back-ticks.
fn names(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// Read the rows of every table whose first column is `package`, by package.
fn table(document: &str) -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::new();
    let mut inside = false;
    for line in document.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        inside = line.starts_with('|') && (inside || cells[0] == "package");
        if let (true, [package, folder, may, never]) = (inside, cells.as_slice())
            && let Some(package) = names(package).next()
        {
            let row = Row {
                folder: names(folder).next().unwrap_or_default(),
                may: names(may).collect(),
                any_crate: may.contains("any crate"),
                never: names(never).collect(),
            };
            rows.insert(package, row);
        }
    }
    rows
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Return the names of all that a package reaches through other than development dependencies.
fn reached(metadata: &Value, id: &str) -> BTreeSet<String> {
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"], "nodes").iter().map(|node| (text(node, "id"), node)).collect();
    let names: BTreeMap<&str, &str> =
        list(metadata, "packages").iter().map(|package| (text(package, "id"), text(package, "name"))).collect();
    let (mut seen, mut open) = (BTreeSet::from([id]), vec![id]);
    while let Some(node) = open.pop().and_then(|id| nodes.get(id)) {
        for dependency in list(node, "deps") {
            let ships = list(dependency, "dep_kinds").iter().any(|kind| text(kind, "kind") != "dev");
            if ships && seen.insert(text(dependency, "pkg")) {
                open.push(text(dependency, "pkg"));
            }
        }
    }
    seen.remove(id);
    seen.into_iter().filter_map(|id| names.get(id)).map(|name| (*name).to_owned()).collect()
}

/// Return where the packages and the table disagree.
fn faults(table: &BTreeMap<String, Row>, metadata: &Value) -> Vec<String> {
    let members: BTreeSet<&str> = list(metadata, "workspace_members").iter().filter_map(Value::as_str).collect();
    let packages: Vec<&Value> =
        list(metadata, "packages").iter().filter(|package| members.contains(text(package, "id"))).collect();
    let ours: BTreeSet<&str> = packages.iter().map(|package| text(package, "name")).collect();
    let root = Path::new(text(metadata, "workspace_root"));
    let mut faults = Vec::new();
    for package in &packages {
        let name = text(package, "name");
        let Some(row) = table.get(name) else {
            faults.push(format!("`{name}` has no row"));
            continue;
        };
        if Path::new(text(package, "manifest_path")) != root.join(&row.folder).join("Cargo.toml") {
            faults.push(format!("`{name}` is not in the folder `{}`", row.folder));
        }
        for dependency in list(package, "dependencies") {
            let to = text(dependency, "name");
            // What only tests use may come from anywhere outside.
            let is_outside = !ours.contains(to);
            let allowed = is_outside && (row.any_crate || text(dependency, "kind") == "dev");
            if !allowed && !row.may.contains(to) {
                faults.push(format!("`{name}` depends on `{to}`, which its row does not allow"));
            }
        }
        for name_reached in reached(metadata, text(package, "id")).intersection(&row.never) {
            faults.push(format!("`{name}` reaches `{name_reached}`, which its row forbids"));
        }
    }
    faults.extend(
        table.keys().filter(|name| !ours.contains(name.as_str())).map(|name| format!("there is no package `{name}`")),
    );
    faults
}

/// Return the table of `ARCHITECTURE.md`.
fn our_table(root: &Path) -> BTreeMap<String, Row> {
    let table = table(&std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap());
    assert!(table.len() > 3, "ARCHITECTURE.md has no table of packages any more");
    table
}

#[test]
fn every_arrow_is_in_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(&root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let faults = faults(&our_table(&root), &metadata);
    assert!(
        faults.is_empty(),
        "turn these arrows round, or argue for them and change the table in ARCHITECTURE.md:\n{}",
        faults.join("\n")
    );
}

/// Return metadata of two packages of ours and two from outside, `leaf` reached through `stem`.
fn sample(core_depends_on: &Value) -> Value {
    let node = |id: &str, deps: Value| json!({"id": id, "deps": deps});
    let to = |id: &str, kind: Value| json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
    json!({
        "workspace_root": "/r",
        "workspace_members": ["core", "shell"],
        "packages": [
            {"id": "core", "name": "core", "manifest_path": "/r/core/Cargo.toml", "dependencies": core_depends_on},
            {"id": "shell", "name": "shell", "manifest_path": "/r/shell/Cargo.toml",
             "dependencies": [{"name": "core", "kind": null}, {"name": "proptest", "kind": "dev"}]},
            {"id": "stem", "name": "stem", "dependencies": []},
            {"id": "leaf", "name": "leaf", "dependencies": []},
        ],
        "resolve": {"nodes": [
            node("core", json!([to("stem", Value::Null)])),
            node("shell", json!([to("core", Value::Null)])),
            node("stem", json!([to("leaf", Value::Null), to("shell", json!("dev"))])),
            node("leaf", json!([])),
        ]},
    })
}

fn sample_table(core: &str, more: &str) -> BTreeMap<String, Row> {
    table(&format!(
        "# Text\n\n| package | folder | may depend on | must never reach |\n| --- | --- | --- | --- |\n\
         | {core} |\n| `shell` | `shell` | `core` | - |\n{more}\n\n| `no` | `row` | - | - |\n"
    ))
}

#[test]
fn forbidden_arrows_are_found() {
    let stem = json!([{"name": "stem", "kind": null}]);
    let check = |core: &str, more: &str, depends: &Value, expected: &[&str]| {
        assert_eq!(faults(&sample_table(core, more), &sample(depends)), expected);
    };
    check("`core` | `core` | `stem` | `shell`", "", &stem, &[]);
    check("`core` | `core` | any crate | -", "", &stem, &[]);
    check("`core` | `core` | - | -", "", &stem, &["`core` depends on `stem`, which its row does not allow"]);
    check(
        "`core` | `core` | any crate | -",
        "",
        &json!([{"name": "shell", "kind": "dev"}]),
        &["`core` depends on `shell`, which its row does not allow"],
    );
    check("`core` | `core` | `stem` | `leaf`", "", &stem, &["`core` reaches `leaf`, which its row forbids"]);
    check("`core` | `elsewhere` | `stem` | -", "", &stem, &["`core` is not in the folder `elsewhere`"]);
    check("`core` | `core` | `stem` | -", "| `old` | `old` | - | - |", &stem, &["there is no package `old`"]);
    check("`other` | `core` | `stem` | -", "", &stem, &["`core` has no row", "there is no package `other`"]);
}

/// Return the metadata of a workspace with the packages of a table, each in its folder, and these arrows.
fn pretended(table: &BTreeMap<String, Row>, arrows: &[(&str, &str)]) -> Value {
    let of = |name: &str| arrows.iter().filter(move |(from, _)| *from == name).map(|(_, to)| *to).collect::<Vec<_>>();
    let packages = table.iter().map(|(name, row)| {
        let depends: Vec<Value> = of(name).iter().map(|to| json!({"name": to, "kind": null})).collect();
        let manifest = format!("/r/{}/Cargo.toml", row.folder);
        json!({"id": name, "name": name, "manifest_path": manifest, "dependencies": depends})
    });
    let nodes = table.keys().map(|name| {
        let deps: Vec<Value> = of(name).iter().map(|to| json!({"pkg": to, "dep_kinds": [{"kind": null}]})).collect();
        json!({"id": name, "deps": deps})
    });
    json!({
        "workspace_root": "/r",
        "workspace_members": table.keys().collect::<Vec<_>>(),
        "packages": packages.collect::<Vec<_>>(),
        "resolve": {"nodes": nodes.collect::<Vec<_>>()},
    })
}

#[test]
fn our_table_keeps_the_checker_and_the_allocation_apart() {
    let table = our_table(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let check = |arrows: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(faults(&table, &pretended(&table, arrows)), expected, "{arrows:?}");
    };
    check(&[("credstack-verify", "credstack-model"), ("credstack-engine", "credstack-allocate")], &[]);
    // The checker shares no code with `select` and `determine`, which are in the engine, nor with `allocate`.
    check(
        &[("credstack-verify", "credstack-allocate")],
        &[
            "`credstack-verify` depends on `credstack-allocate`, which its row does not allow",
            "`credstack-verify` reaches `credstack-allocate`, which its row forbids",
        ],
    );
    check(
        &[("credstack-verify", "credstack-engine")],
        &[
            "`credstack-verify` depends on `credstack-engine`, which its row does not allow",
            "`credstack-verify` reaches `credstack-engine`, which its row forbids",
        ],
    );
    // The allocation knows no catalog, not even through others.
    check(
        &[("credstack-allocate", "credstack-model")],
        &[
            "`credstack-allocate` depends on `credstack-model`, which its row does not allow",
            "`credstack-allocate` reaches `credstack-model`, which its row forbids",
        ],
    );
    check(
        &[("credstack-allocate", "credstack-base"), ("credstack-base", "credstack-compile")],
        &[
            "`credstack-allocate` reaches `credstack-compile`, which its row forbids",
            "`credstack-base` depends on `credstack-compile`, which its row does not allow",
        ],
    );
}
