//! determine --engine wasm, replay, module.

use std::path::{Path, PathBuf};

use super::{credstack, fixtures, write};

/// Return the file of the module, which `bindings/wasm/build` makes.
fn module() -> PathBuf {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/wasm/credstack.wasm");
    assert!(file.exists(), "{}: there is no module; bindings/wasm/build makes it", file.display());
    file
}

const ASKED: &str = "determine --bundle river --record records/ada.json --as-of 2025-11-22 --format json";

#[test]
fn the_module_gives_the_answer_that_the_program_gives() {
    let native = credstack(ASKED, &fixtures());
    let wasm = credstack(&format!("{ASKED} --engine wasm --module {{}}"), &module());
    assert_eq!(wasm.code, 0, "{}", wasm.err);
    let (start, rest) = wasm.out.split_once("\"module\":\"").unwrap();
    assert_eq!(format!("{start}{}", &rest[66..]), native.out);
    let text = ASKED.replace(" --format json", "");
    let [native, wasm] =
        [credstack(&text, &fixtures()), credstack(&format!("{text} --engine wasm --module {{}}"), &module())];
    assert_eq!(native.out, wasm.out);
    let without = credstack(&format!("{ASKED} --engine wasm"), &fixtures());
    assert!(without.code == 2 && without.err.contains("--module"), "{}", without.err);
}

#[test]
fn an_answer_is_replayed_until_something_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let kept = credstack(&format!("module keep {} --modules {{}}/modules", module().display()), folder.path());
    assert_eq!(kept.code, 0, "{}", kept.err);
    let again = credstack(&format!("module keep {} --modules {{}}/modules", module().display()), folder.path());
    assert!(again.out.ends_with("is there already\n"), "{}", again.out);
    let answer = credstack(&format!("{ASKED} --engine wasm --module {{}}"), &module());
    write(folder.path(), "d.json", &answer.out);
    let replay = "replay {}/d.json --bundle river --record records/ada.json --modules {}/modules";
    let ran = credstack(replay, folder.path());
    assert!(ran.code == 0 && ran.out.starts_with("reproduced:"), "{}{}", ran.out, ran.err);

    // An answer that was changed, another record, a module that is gone.
    write(folder.path(), "d.json", answer.out.replacen("\"a2\"", "\"a3\"", 1));
    let ran = credstack(replay, folder.path());
    assert!(ran.code == 1 && ran.out.starts_with("not reproduced:"), "{}{}", ran.out, ran.err);
    write(folder.path(), "d.json", &answer.out);
    let ran = credstack(
        "replay {}/d.json --learner ada --bundle river --record records/ben.json --modules {}/modules",
        folder.path(),
    );
    assert!(ran.code == 1 && ran.err.contains("this record has the hash"), "{}", ran.err);
    let ran = credstack("replay {}/d.json --bundle river --record records/ada.json --modules {}/none", folder.path());
    assert!(ran.code == 1 && ran.err.contains("not kept there"), "{}", ran.err);

    // An answer of the program itself names no module.
    write(folder.path(), "d.json", credstack(ASKED, &fixtures()).out);
    let ran = credstack(replay, folder.path());
    assert!(ran.code == 1 && ran.err.contains("names no module"), "{}", ran.err);
    let asked = format!("replay {{}}/d.json --bundle river --record records/ada.json --module {}", module().display());
    let ran = credstack(&asked, folder.path());
    assert!(ran.code == 0 && ran.out.starts_with("reproduced:"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_plan_is_the_module_s_too_and_is_replayed() {
    let asked = "plan --bundle river --record records/ada.json --as-of 2025-11-22 --load 6 --format json";
    let native = credstack(asked, &fixtures());
    let wasm = credstack(&format!("{asked} --engine wasm --module {{}}"), &module());
    assert_eq!(wasm.code, native.code, "{}", wasm.err);
    let (start, rest) = wasm.out.split_once("\"module\":\"").unwrap();
    assert_eq!(format!("{start}{}", &rest[66..]), native.out);
    let text = asked.replace(" --format json", "");
    let [one, other] =
        [credstack(&text, &fixtures()), credstack(&format!("{text} --engine wasm --module {{}}"), &module())];
    assert_eq!(one.out, other.out);

    let folder = tempfile::tempdir().unwrap();
    let replay = format!("replay {{}}/p.json --bundle river --record records/ada.json --module {}", module().display());
    for plan in [&wasm.out, &native.out] {
        write(folder.path(), "p.json", plan);
        let ran = credstack(&replay, folder.path());
        assert!(ran.code == 0 && ran.out.starts_with("reproduced:"), "{}{}", ran.out, ran.err);
    }
    write(folder.path(), "p.json", wasm.out.replacen("\"load\":6", "\"load\":3", 1));
    let ran = credstack(&replay, folder.path());
    assert!(ran.code == 1 && ran.out.starts_with("not reproduced:"), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("- the plan:          …"), "{}", ran.out);
    for (old, new, part) in [
        ("\"version\":1", "\"version\":2", "the plan has version 2, and this program reads version 1"),
        ("\"as_of\":", "\"then\":", "this is not a plan: unknown field `then`"),
    ] {
        write(folder.path(), "p.json", wasm.out.replacen(old, new, 1));
        let ran = credstack(&replay, folder.path());
        assert!(ran.code == 1 && ran.err.contains(part), "{}", ran.err);
    }
    write(folder.path(), "p.json", &wasm.out);
    let ran = credstack(&replay.replace("ada", "ben"), folder.path());
    assert!(ran.code == 1 && ran.err.contains("the plan is not of `ben`, but of `ada`"), "{}", ran.err);
}

#[test]
fn a_module_says_what_it_is() {
    let ran = credstack("module info {} --format json", &module());
    let info: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&info["about"]["abi"], &info["about"]["languages"]), (&1.into(), &serde_json::json!(["en", "es"])));
    assert_eq!(info["imports"].as_array().unwrap().len(), 2);
    let ran = credstack("module info {}", &module());
    assert!(ran.code == 0 && ran.out.contains(info["sha256"].as_str().unwrap()), "{}", ran.out);
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "m.wasm", "not a module");
    let ran = credstack("module info {}/m.wasm", folder.path());
    assert!(ran.code == 1 && ran.err.contains("the module cannot be loaded"), "{}", ran.err);
    let ran = credstack("module info {}/none.wasm", folder.path());
    assert!(ran.code == 1 && ran.err.contains("cannot open this file"), "{}", ran.err);
}
