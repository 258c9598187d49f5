//! Questions with the bytes of their answers, for every host of the module to be held to.
//!
//! [`write()`] asks them natively, through the very functions that the module exports, and writes a
//! folder: `bundles/SHA256.bundle`, and `cases.jsonl` with a [`Case`] a line. A host answers each
//! case and compares the sha-256 of its bytes.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
#[cfg(feature = "module")]
use std::io::{BufRead as _, BufReader};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use credstack_base::sha256_hex;
use credstack_engine::{Bundle, Date, Limits, Options, Record, Targets, compile};
#[cfg(feature = "module")]
use credstack_host::{Host, HostError};
use credstack_rules::{RuleLimits, SourceResolver};
use credstack_wasm::calls;
use credstack_wasm::fault::Fault as ModuleFault;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::adapters::Fault;
use crate::conformance::{SETS, Scope};
use crate::worlds::{Settings, worlds};

/// How many random worlds are asked about.
const WORLDS: usize = 2_000;

/// A question and what its answer must be.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Where it comes from.
    pub name: String,
    /// The sha-256 of the bundle, and the name of its file.
    pub bundle: String,
    /// `determine`, `plan` or `screen`.
    pub call: String,
    /// The text of the record.
    pub record: String,
    /// The text of the question. It names the module.
    pub question: String,
    /// Whether there is an answer; if not, it is refused with a fault.
    pub ok: bool,
    /// The sha-256 of the bytes of the answer, or of the fault.
    pub answer: String,
}

struct Tape {
    folder: PathBuf,
    cases: BufWriter<File>,
    bundles: BTreeSet<String>,
    module: String,
    name: String,
    written: usize,
    fault: Option<Fault>,
}

thread_local! {
    static TAPE: RefCell<Option<Tape>> = const { RefCell::new(None) };
}

/// Takes down a question that a conformance run asks, if questions are being taken down.
pub(crate) fn take_down(bundle: &Bundle, record: &Record, as_of: Date, options: &Options) {
    TAPE.with_borrow_mut(|tape| {
        if let Some(tape) = tape
            && tape.fault.is_none()
        {
            let question = json!({
                "as_of": as_of, "targets": options.targets, "in_progress": options.in_progress,
                "planned": options.planned, "steps": options.steps, "module": tape.module,
            });
            let taken = serde_json::to_string(record)
                .map_err(Fault::from)
                .and_then(|record| tape.case(bundle, "determine", record, question.to_string()));
            tape.fault = taken.err();
        }
    });
}

impl Tape {
    fn case(&mut self, bundle: &Bundle, call: &str, record: String, question: String) -> Result<(), Fault> {
        let hash = bundle.hash();
        if self.bundles.insert(hash.to_owned()) {
            std::fs::write(self.folder.join(format!("bundles/{hash}.bundle")), bundle.bytes())?;
        }
        let ask = match call {
            "plan" => calls::plan,
            "screen" => calls::screen_once,
            _ => calls::determine,
        };
        let came: Result<Vec<u8>, ModuleFault> = ask(bundle, record.as_bytes(), question.as_bytes());
        let ok = came.is_ok();
        let bytes = came.unwrap_or_else(|fault| fault.json());
        let (name, call) = (format!("{} {}", self.name, self.written), call.to_owned());
        let case = Case { name, bundle: hash.to_owned(), call, record, question, ok, answer: sha256_hex(&bytes) };
        serde_json::to_writer(&mut self.cases, &case)?;
        self.cases.write_all(b"\n")?;
        self.written += 1;
        Ok(())
    }

    /// A determination, a plan and a screening for a learner.
    fn learner(&mut self, bundle: &Bundle, record: &Record, as_of: Date, options: &Options) -> Result<(), Fault> {
        let record = serde_json::to_string(record)?;
        let all = json!({
            "as_of": as_of, "targets": Targets::All, "in_progress": options.in_progress,
            "planned": options.planned, "module": self.module,
        });
        self.case(bundle, "determine", record.clone(), all.to_string())?;
        let plan = json!({"as_of": as_of, "load": "9", "module": self.module});
        self.case(bundle, "plan", record.clone(), plan.to_string())?;
        let screen = json!({"as_of": as_of, "in_progress": options.in_progress, "planned": options.planned});
        self.case(bundle, "screen", record, screen.to_string())
    }

    /// Packs: the learners of their rule tests, and those of tables beside them.
    fn packs(&mut self, packs: &Path) -> Result<(), Fault> {
        for entry in std::fs::read_dir(packs)? {
            let folder = entry?.path();
            if !folder.join("pack.rhai").exists() {
                continue;
            }
            self.name = format!("pack {}", folder.file_name().unwrap_or_default().to_string_lossy());
            let built = credstack_rules::build(&Folder(folder.clone()), &RuleLimits::default(), &Limits::default());
            let bundle = built.bundle.ok_or_else(|| format!("{}: the pack has errors", folder.display()))?;
            for test in &built.tests {
                let options = Options { in_progress: test.in_progress, planned: test.planned, ..Options::default() };
                self.learner(&bundle, &test.record, test.as_of, &options)?;
            }
            let learners = folder.join("learners");
            if learners.is_dir() {
                let day = Date::new(2026, 6, 1).ok_or("no such day")?;
                for record in credstack_registrar::records(&learners, bundle.catalog(), &Limits::default())? {
                    self.learner(&bundle, &record, day, &Options::default())?;
                }
            }
            self.refused(&bundle)?;
        }
        Ok(())
    }

    /// What every host must refuse in the same words.
    fn refused(&mut self, bundle: &Bundle) -> Result<(), Fault> {
        let good = json!({"as_of": "2026-06-01", "module": self.module}).to_string();
        let empty = r#"{"version":1,"learner":"x"}"#;
        for (record, question) in [
            ("", good.as_str()),
            ("{\"version\":1,\n \"learner\": 7}", &good),
            (r#"{"version":2,"learner":"x"}"#, &good),
            (r#"{"version":1,"learner":"x","surprise":true}"#, &good),
            (r#"{"version":1,"learner":"x","declared":["no-such-credential"]}"#, &good),
            (r#"{"version":1,"learner":"x","attainments":[{"id":"1","of":"A 1","credits":"-3"}]}"#, &good),
            (empty, "{}"),
            (empty, r#"{"as_of":"2026-02-30"}"#),
            (empty, r#"{"as_of":"2026-06-01","module":"me"}"#),
            (empty, &good),
        ] {
            self.case(bundle, "determine", record.to_owned(), question.to_owned())?;
            self.case(bundle, "screen", record.to_owned(), question.to_owned())?;
        }
        Ok(())
    }

    fn worlds(&mut self) -> Result<(), Fault> {
        self.name = "world".to_owned();
        let config = Config { failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]));
        let strategy = worlds(Settings::everything());
        for _ in 0..WORLDS {
            let world = strategy.new_tree(&mut runner).map_err(|e| e.to_string())?.current();
            let (bundle, _) = compile(world.catalog.clone(), &Limits::default());
            let bundle = bundle.ok_or("a random world does not compile")?;
            self.learner(&bundle, &world.record, world.as_of, &world.options)?;
        }
        Ok(())
    }
}

/// The files of a pack.
struct Folder(PathBuf);

impl SourceResolver for Folder {
    fn files(&self) -> Vec<String> {
        let (mut files, mut open) = (Vec::new(), vec![self.0.clone()]);
        while let Some(folder) = open.pop() {
            for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rhai") {
                    files.extend(path.strip_prefix(&self.0).ok().and_then(Path::to_str).map(str::to_owned));
                }
            }
        }
        files.sort();
        files
    }

    fn read(&self, file: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(file)).map_err(|e| e.to_string())
    }
}

/// Writes the cases for a module with this sha-256: every learner of the packs, random worlds, and,
/// where there is a folder of conformance data, the questions of the conformance runs (a sample of
/// the screening set). Returns how many there are.
///
/// # Errors
/// If a file cannot be written, or a pack has errors.
pub fn write(folder: &Path, module: &str, packs: &Path, data: Option<&Path>) -> Result<usize, Fault> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder.join("bundles"))?;
    let mut tape = Tape {
        folder: folder.to_owned(),
        cases: BufWriter::new(File::create(folder.join("cases.jsonl"))?),
        bundles: BTreeSet::new(),
        module: module.to_owned(),
        name: String::new(),
        written: 0,
        fault: None,
    };
    tape.packs(packs)?;
    tape.worlds()?;
    TAPE.set(Some(tape));
    if let Some(data) = data {
        for set in SETS {
            TAPE.with_borrow_mut(|tape| tape.iter_mut().for_each(|tape| tape.name = set.name.to_owned()));
            let scope = if set.name == "screening" { Scope::Sample } else { Scope::Full };
            (set.run)(data, scope)?;
        }
    }
    let mut tape = TAPE.take().ok_or("the cases are gone")?;
    tape.cases.flush()?;
    match tape.fault {
        Some(fault) => Err(fault),
        None => Ok(tape.written),
    }
}

/// Answers every case with a module under wasmtime. Returns how many there are, and the names of
/// those whose bytes differ.
///
/// # Errors
/// If the folder cannot be read or the module not be loaded.
#[cfg(feature = "module")]
pub fn check(folder: &Path, host: &Host) -> Result<(usize, Vec<String>), Fault> {
    let (mut count, mut wrong) = (0, Vec::new());
    let mut open = None;
    for line in BufReader::new(File::open(folder.join("cases.jsonl"))?).lines() {
        let case: Case = serde_json::from_str(&line?)?;
        count += 1;
        if open.as_ref().is_none_or(|(hash, _)| *hash != case.bundle) {
            let bytes = std::fs::read(folder.join(format!("bundles/{}.bundle", case.bundle)))?;
            open = Some((case.bundle.clone(), host.open(&bytes)?));
        }
        let Some((_, catalog)) = &open else { continue };
        let (record, question) = (case.record.as_bytes(), case.question.as_bytes());
        let came = match case.call.as_str() {
            "plan" => catalog.plan_as_asked(record, question),
            "screen" => catalog.screen(record, &case.question),
            _ => catalog.determine_as_asked(record, question),
        };
        let (ok, bytes) = match came {
            Ok(bytes) => (true, bytes),
            Err(HostError::Fault(fault)) => {
                let fault =
                    ModuleFault { code: fault.code, message: fault.message, line: fault.line, column: fault.column };
                (false, fault.json())
            }
            Err(error) => {
                wrong.push(format!("{}: {error}", case.name));
                continue;
            }
        };
        if (ok, sha256_hex(&bytes)) != (case.ok, case.answer) {
            wrong.push(case.name);
        }
    }
    Ok((count, wrong))
}
