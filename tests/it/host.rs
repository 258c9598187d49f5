//! The module under wasmtime: what registrars' systems embed.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail as the tests themselves may")]

use std::path::{Path, PathBuf};

use credstack_engine::model::Catalog;
use credstack_engine::{Limits, compile};
use credstack_host::{Host, HostError, Settings};
use credstack_tests::worlds::{Settings as WorldSettings, World, worlds};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

const QUESTION: &str = r#"{"as_of": "2026-06-01", "targets": "all"}"#;
const RECORD: &[u8] = br#"{"version": 1, "learner": "ada"}"#;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/wasm/credstack.wasm")
}

fn module() -> Vec<u8> {
    std::fs::read(file()).unwrap_or_else(|e| panic!("{}: {e}; bindings/wasm/build makes it", file().display()))
}

fn host(settings: Settings) -> Host {
    Host::new(&module(), settings).unwrap()
}

fn bundle() -> Vec<u8> {
    let (bundle, _) = compile(Catalog::new("empty", "Empty"), &Limits::default());
    bundle.unwrap().bytes().to_vec()
}

fn world() -> World {
    worlds(WorldSettings::everything()).new_tree(&mut TestRunner::deterministic()).unwrap().current()
}

#[test]
fn answers_name_the_module_and_are_verified() {
    let host = host(Settings::default());
    let world = world();
    let (bundle, _) = compile(world.catalog.clone(), &Limits::default());
    let bundle = bundle.unwrap();
    let catalog = host.open(bundle.bytes()).unwrap();
    let record = serde_json::to_vec(&world.record).unwrap();
    let answer = catalog.determine(&record, QUESTION).unwrap();
    let read: credstack_engine::Determination = serde_json::from_slice(&answer).unwrap();
    assert_eq!(read.provenance.module.as_deref(), Some(host.sha256()));
    assert_eq!((read.provenance.bundle.as_str(), catalog.sha256()), (bundle.hash(), bundle.hash()));
    assert_eq!(catalog.verify(&record, &answer).unwrap(), b"[]");
    let summary = serde_json::to_vec(&[&read.targets[0].summary]).unwrap();
    let [english, spanish] = ["en", "es"].map(|language| catalog.say(language, &summary).unwrap());
    assert!(english[0].contains(&read.targets[0].title) && english != spanish, "{english:?} {spanish:?}");
    let plan = catalog.plan(&record, r#"{"as_of": "2026-06-01"}"#).unwrap();
    let plan: credstack_engine::plan::Plan = serde_json::from_slice(&plan).unwrap();
    assert_eq!(plan.provenance.module.as_deref(), Some(host.sha256()));
    let screening = catalog.screen(&record, r#"{"as_of": "2026-06-01"}"#).unwrap();
    let screening: credstack_engine::screen::Screening = serde_json::from_slice(&screening).unwrap();
    assert_eq!(screening.bundle, catalog.sha256());
    assert!(!screening.credentials.is_empty());
    let graph = credstack_base::json::write(&compile::StackGraph::of(bundle.catalog())).unwrap();
    assert_eq!(catalog.graph().unwrap(), graph);
}

#[test]
fn many_threads_share_a_catalog() {
    let catalog = host(Settings::default()).open(&bundle()).unwrap();
    let first = catalog.determine(RECORD, QUESTION).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(catalog.determine(RECORD, QUESTION).unwrap(), first);
                }
            });
        }
    });
}

#[test]
fn only_the_module_asked_for_is_loaded() {
    let bytes = module();
    let mut changed = bytes.clone();
    *changed.last_mut().unwrap() ^= 1;
    let asked = Settings { sha256: Some(host(Settings::default()).sha256().to_owned()), ..Settings::default() };
    assert!(Host::new(&bytes, asked.clone()).is_ok());
    assert!(matches!(Host::new(&changed, asked), Err(HostError::WrongModule { .. })));
    let half = &bytes[..bytes.len() / 2];
    assert!(matches!(Host::new(half, Settings::default()), Err(HostError::BadModule(_))));
    assert!(matches!(Host::new(b"", Settings::default()), Err(HostError::BadModule(_))));
    // A module, but not ours.
    let other = Host::new(b"\0asm\x01\0\0\0", Settings::default());
    assert!(matches!(other, Err(HostError::OtherModule(_))), "{other:?}");
}

#[test]
fn what_is_wrong_with_the_input_is_a_fault_with_its_place() {
    let host = host(Settings::default());
    let code = |error: HostError| match error {
        HostError::Fault(fault) => (fault.code, fault.line),
        other => panic!("{other:?}"),
    };
    let bundle = bundle();
    let mut damaged = bundle.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let other_version = String::from_utf8(bundle.clone()).unwrap().replacen("bundle 1 ", "bundle 9 ", 1);
    for (bytes, expected) in [
        (&b"no bundle"[..], "bundle-not-a-bundle"),
        (&bundle[..bundle.len() - 1], "bundle-damaged"),
        (&damaged, "bundle-damaged"),
        (other_version.as_bytes(), "bundle-version"),
    ] {
        assert_eq!(code(host.open(bytes).unwrap_err()).0, expected);
    }
    let catalog = host.open(&bundle).unwrap();
    let large = vec![b' '; 50 << 20];
    for (record, question, expected, line) in [
        (&b"{\n  \"version\": true}"[..], QUESTION, "record-malformed", Some(2)),
        (&large, QUESTION, "record-too-large", None),
        (RECORD, "{}", "question-malformed", Some(1)),
        (RECORD, "not JSON", "question-malformed", Some(1)),
        (RECORD, r#"{"as_of": "2026-06-01", "targets": {"these": ["nothing"]}}"#, "target-refused", None),
    ] {
        let fault = code(catalog.determine(record, question).unwrap_err());
        assert_eq!(fault, (expected.to_owned(), line));
    }
    // A fault leaves the instance as good as it was.
    assert!(catalog.determine(RECORD, QUESTION).is_ok());
}

#[test]
fn fuel_and_memory_run_out_as_errors() {
    let bundle = bundle();
    let catalog = host(Settings { fuel: 2_000_000, ..Settings::default() }).open(&bundle).unwrap();
    let long = format!(r#"{{"version": 1, "learner": "{}"}}"#, "a".repeat(4_000_000));
    let came = catalog.determine(long.as_bytes(), QUESTION);
    assert!(matches!(came, Err(HostError::OutOfFuel { fuel: 2_000_000 })), "{came:?}");
    assert!(catalog.determine(RECORD, QUESTION).is_ok());

    let bytes = 8 << 20;
    let catalog = host(Settings { memory_bytes: bytes, ..Settings::default() }).open(&bundle).unwrap();
    let came = catalog.determine(&vec![b' '; 7 << 20], QUESTION);
    assert!(matches!(came, Err(HostError::OutOfMemory { .. })), "{came:?}");
    assert!(catalog.determine(RECORD, QUESTION).is_ok());
    let none = Host::new(&module(), Settings { memory_bytes: 1 << 16, ..Settings::default() });
    assert!(matches!(none, Err(HostError::OutOfMemory { .. })), "{none:?}");
}

#[test]
fn compiled_modules_are_kept_and_torn_ones_compiled_anew() {
    let folder = std::env::temp_dir().join(format!("credstack-cache-{}", std::process::id()));
    let settings = || Settings { cache: Some(folder.clone()), ..Settings::default() };
    host(settings());
    let kept: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept.len(), 1);
    host(settings());
    std::fs::write(&kept[0], "torn").unwrap();
    let catalog = host(settings()).open(&bundle()).unwrap();
    assert!(catalog.determine(RECORD, QUESTION).is_ok());
    assert!(std::fs::metadata(&kept[0]).unwrap().len() > 1000);
    std::fs::remove_dir_all(folder).unwrap();
}
