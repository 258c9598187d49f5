//! What is fuzzed: functions that take any bytes and panic only where the product is at fault.
//!
//! `tests/fuzz` runs them under a coverage-guided fuzzer; the ordinary test-suite runs them for a
//! moment on mutated seeds, without one.

mod module;
mod mutate;

pub use module::{messages, question, session};
pub use mutate::Mutator;

use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use credstack_engine::model::answer::{Determination, Options, Targets};
use credstack_engine::model::{Catalog, Limits, Record, Severity};
use credstack_engine::{Bundle, compile};

use credstack_registrar::{Batch, RecordsFrom};
use credstack_rules::{MemorySources, RuleLimits};

use crate::worlds;

/// The bounds that fuzzed input is read with: tight, so that each is met.
#[must_use]
pub const fn limits() -> Limits {
    Limits {
        bundle_bytes: 1 << 20,
        record_bytes: 1 << 18,
        attainments: 100,
        together: 64,
        credentials: 100,
        courses: 500,
        nodes: 500,
        depth: 20,
    }
}

/// A name for each target, and what it does with bytes.
pub const TARGETS: [(&str, fn(&[u8])); 9] = [
    ("bundle", bundle),
    ("catalog", catalog),
    ("record", record),
    ("determination", determination),
    ("rules", rules),
    ("tables", tables),
    ("question", question),
    ("messages", messages),
    ("session", session),
];

/// Bytes of a bundle, damaged or not: what is read is written back byte for byte.
pub fn bundle(bytes: &[u8]) {
    if let Ok(bundle) = Bundle::from_bytes(bytes, &limits()) {
        assert_eq!(bundle.bytes(), bytes, "a bundle that is read is not in its canonical form");
    }
}

/// The catalog inside a bundle, behind the hash that would catch most damage: what compiles can be
/// read back, and answered for an empty record.
pub fn catalog(bytes: &[u8]) {
    let Ok(catalog) = serde_json::from_slice::<Catalog>(bytes) else { return };
    let (Some(bundle), _) = compile(catalog, &limits()) else { return };
    let again = Bundle::from_bytes(bundle.bytes(), &limits());
    assert!(again.is_ok(), "what was compiled is refused: {again:?}");
    ask(&bundle, &Record::new(worlds::name("nobody")));
}

/// The JSON of a record: what is read is written and read back as it was, and can be answered.
pub fn record(bytes: &[u8]) {
    let Ok(record) = Record::from_json(bytes, &limits()) else { return };
    let Ok(written) = serde_json::to_vec(&record) else { panic!("a record that was read cannot be written") };
    assert_eq!(Record::from_json(&written, &limits()).as_ref(), Ok(&record), "a record read back is another");
    assert_eq!(record.hash().len(), 64, "a hash has 64 digits");
    ask(&example().0, &record);
}

/// The JSON of a determination: what is read is written back as it was, and the checker survives
/// whatever it claims.
pub fn determination(bytes: &[u8]) {
    let Ok(claim) = serde_json::from_slice::<Determination>(bytes) else { return };
    let Ok(written) = serde_json::to_vec(&claim) else { panic!("a determination that was read cannot be written") };
    assert_eq!(serde_json::from_slice(&written).ok().as_ref(), Some(&claim), "a determination read back is another");
    let (bundle, record) = example();
    let findings = credstack_engine::verify(bundle, record, &claim);
    assert!(findings.len() < 100_000, "the checker goes on and on");
}

/// The world that spoilt records and determinations are held against.
fn example() -> &'static (Bundle, Record) {
    static EXAMPLE: OnceLock<(Bundle, Record)> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let world = worlds::example();
        match compile(world.catalog, &limits()) {
            (Some(bundle), _) => (bundle, world.record),
            (None, why) => panic!("the example does not compile: {why:?}"),
        }
    })
}

/// The text of a rule file: what is wrong with it is said, within bounds on steps and parts, and what
/// builds can be read back.
pub fn rules(bytes: &[u8]) {
    let few = RuleLimits { steps: 50_000, total_steps: 50_000, parts: 5_000, ..RuleLimits::default() };
    let built = credstack_rules::build(&MemorySources::default().with("pack.rhai", bytes), &few, &limits());
    let refused = built.diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert_eq!(built.bundle.is_none(), refused, "a pack is built or refused, and never both: {:?}", built.diagnostics);
    if let Some(bundle) = built.bundle {
        assert!(Bundle::from_bytes(bundle.bytes(), &limits()).is_ok(), "what was built is refused");
    }
}

/// Tables of learners and attainments, parted by a line of `---`: no row is lost.
pub fn tables(bytes: &[u8]) {
    static RUNS: AtomicU64 = AtomicU64::new(0);
    let run = RUNS.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("credstack-tables-{}-{run}", std::process::id()));
    let mark = bytes.windows(5).position(|five| five == b"\n---\n");
    let (learners, attainments) = match mark {
        Some(at) => (&bytes[..at + 1], &bytes[at + 5..]),
        None => (bytes, &b"learner_id,code\n"[..]),
    };
    let input = folder.join("in");
    let written = std::fs::create_dir_all(&input)
        .and_then(|()| std::fs::write(input.join("learners.csv"), learners))
        .and_then(|()| std::fs::write(input.join("attainments.csv"), attainments));
    if let Err(why) = written {
        panic!("the tables cannot be written to {}: {why}", folder.display());
    }
    let batch = Batch {
        from: RecordsFrom::Folder(input),
        out: folder.join("out"),
        force: false,
        as_of: worlds::today(),
        options: Options { steps: 1_000, ..Options::default() },
        limits: limits(),
        jobs: NonZeroUsize::new(1),
    };
    let summary = credstack_registrar::run(&example().0, &batch, &mut |_| {});
    let removed = std::fs::remove_dir_all(&folder);
    assert!(removed.is_ok(), "{} cannot be removed", folder.display());
    for file in summary.iter().flat_map(|summary| &summary.input) {
        assert_eq!(file.rows, file.evaluated + file.rejected, "rows of {} are lost", file.file);
    }
}

/// Answers a record for every credential; a fault is an error, and never a panic.
fn ask(bundle: &Bundle, record: &Record) {
    let options = Options { targets: Targets::All, steps: 2_000, ..Options::default() };
    if let Ok(answer) = credstack_engine::determine(bundle, record, worlds::today(), &options) {
        let findings = credstack_engine::verify(bundle, record, &answer);
        assert!(findings.is_empty(), "an answer is not verified: {findings:?}");
    }
}

/// Seeds of a target: good input, to be spoilt.
#[must_use]
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let world = worlds::example();
    match target {
        "bundle" => {
            let (bundle, _) = compile(world.catalog, &limits());
            bundle.into_iter().map(|b| b.bytes().to_vec()).collect()
        }
        "catalog" => vec![json(&world.catalog)],
        "record" => vec![json(&world.record)],
        "determination" => {
            let (bundle, _) = compile(world.catalog.clone(), &limits());
            let answer = bundle.and_then(|bundle| {
                credstack_engine::determine(&bundle, &world.record, world.as_of, &world.options).ok()
            });
            answer.into_iter().map(|answer| json(&answer)).collect()
        }
        "rules" => vec![include_bytes!("seed.rhai").to_vec()],
        "question" => module::questions(),
        "messages" => vec![module::said()],
        "session" => vec![module::SESSION.into()],
        "tables" => vec![include_bytes!("seed.csv").to_vec()],
        _ => Vec::new(),
    }
}

fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
