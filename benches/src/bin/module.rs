//! Times the WebAssembly module beside the native engine: under wasmtime, through `credstack-host`, and in
//! V8, through the npm package in Node.
//!
//! `cargo run --release -p credstack-benches --bin module` takes target/wasm/credstack.wasm, which
//! `bindings/wasm/build` makes, and the package that `npm run build --prefix bindings/wasm/npm` builds.
//!
//! The module takes a record as JSON and gives an answer as JSON, so that is also what the native engine is
//! asked for; what it takes without JSON stands beside it. Every host's answers must be the same bytes. They
//! take turns, a round over all records each, and the time of a host is the median of its rounds: what
//! its thread computed, where the system says that. What is called once in a while, loading and opening,
//! is timed by the clock on the wall.
//!
//! In the end the speed of each host, as a part of the native one, is held against benches/baseline.toml: the
//! program fails if one has fallen by more than a fifth.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use credstack_base::sha256_hex;
use credstack_benches::compiled;
use credstack_benches::degrees::{Degrees, catalog};
use credstack_benches::screening::Screening;
use credstack_benches::times::{Clock, Times};
use credstack_engine::model::Catalog;
use credstack_engine::{Bundle, Date, Limits, Options, Record, Screen, Targets, determine};
use credstack_host::{Host, Settings};
use credstack_wasm::calls::{self, Opened};
use serde_json::{Value, json};

/// Rounds of each host, after one that warms it up.
const ROUNDS: usize = 7;
/// Calls that do nothing.
const NOTHING: u32 = 200_000;
/// How often a module is loaded and a bundle opened.
const OPENED: usize = 5;

/// Per cent of what was reached once that have to be kept.
const KEPT: u128 = 80;

/// Per cent of the native speed, by what is measured and by host.
type Shares = BTreeMap<String, BTreeMap<String, u128>>;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cannot measure: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether no speed has fallen far below the baseline.
fn run() -> Result<bool, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("target/bench-module");
    fs::create_dir_all(&folder)?;
    let file = root.join("target/wasm/credstack.wasm");
    let module = fs::read(&file).map_err(|e| format!("{}: {e}; bindings/wasm/build makes it", file.display()))?;
    // Counting instructions is part of what the host does; only their number is not limited here.
    let settings = Settings { fuel: u64::MAX, ..Settings::default() };
    let host = Host::new(&module, settings.clone())?;
    let mut v8 = V8::start(&root, &file)?;

    println!("Module {}, {} bytes", host.sha256(), module.len());
    loading(&module, &settings, &mut v8, &folder)?;
    opening(&host, &mut v8, &folder)?;
    nothing(&host, &mut v8)?;

    let mut shares = Shares::new();
    let screening = Screening::drawn(200)?;
    let work = Work {
        key: "statuses",
        name: "Screening: each of 50 credentials, the status alone",
        passes: 25,
        answers: screening.credentials(),
        opened: calls::open(screening.bundle.bytes()).map_err(|fault| fault.message)?,
        records: screening.records,
        as_of: screening.as_of,
        asked: Asked::Statuses,
    };
    shares.insert(work.key.to_owned(), work.measure(&host, &mut v8, &folder)?);
    let work = Work {
        key: "answers",
        name: "Screening: each of 50 credentials, answered in full",
        passes: 1,
        asked: Asked::Answers(Targets::All),
        ..work
    };
    shares.insert(work.key.to_owned(), work.measure(&host, &mut v8, &folder)?);
    let degrees = Degrees::drawn(50)?;
    let work = Work {
        key: "determinations",
        passes: 2,
        name: "Determination: 3 declared credentials of 39 nodes each, solved together",
        answers: 3,
        opened: calls::open(degrees.bundle.bytes()).map_err(|fault| fault.message)?,
        records: degrees.records,
        as_of: degrees.as_of,
        asked: Asked::Answers(Targets::Declared),
    };
    shares.insert(work.key.to_owned(), work.measure(&host, &mut v8, &folder)?);
    let baseline = root.join("benches/baseline.toml");
    let baseline: Shares = toml::from_str(&fs::read_to_string(&baseline)?)?;
    Ok(holds(&baseline, &shares))
}

/// Holds what was measured against the baseline.
fn holds(baseline: &Shares, found: &Shares) -> bool {
    println!("\nOf the native speed, from JSON to JSON, beside benches/baseline.toml");
    println!("{:<34}{:>13}{:>13}", "", "now", "baseline");
    let mut holds = true;
    for key in found.keys().filter(|key| !baseline.contains_key(*key)) {
        println!("{key} is not in the baseline");
        holds = false;
    }
    for (key, hosts) in baseline {
        for (host, before) in hosts {
            let now = found.get(key).and_then(|hosts| hosts.get(host)).copied().unwrap_or_default();
            let is_kept = 100 * now >= before * KEPT;
            let word = if is_kept { "" } else { "  FALLEN" };
            println!("{:<34}{now:>11} %{before:>11} %{word}", format!("{key}, {host}"));
            holds &= is_kept;
        }
    }
    holds
}

/// What every host is asked.
struct Work {
    /// Its name in the baseline.
    key: &'static str,
    name: &'static str,
    /// How often all records are gone through in a round: the system counts what a thread computes in ticks of
    /// milliseconds.
    passes: u32,
    opened: Opened,
    records: Vec<Record>,
    as_of: Date,
    asked: Asked,
    /// How many credentials one record is answered for.
    answers: usize,
}

enum Asked {
    /// A determination.
    Answers(Targets),
    /// A screening.
    Statuses,
}

impl Work {
    /// Asks natively about records as they are, as often as it takes to be timed.
    fn parsed(&self) -> Result<(), Box<dyn Error>> {
        match &self.asked {
            Asked::Answers(targets) => {
                let options = Options { targets: targets.clone(), ..Options::default() };
                for record in &self.records {
                    black_box(determine(&self.opened.bundle, record, self.as_of, &options)?);
                }
            }
            Asked::Statuses => {
                let screen = Screen::new(&*self.opened.bundle, self.as_of, &Options::default());
                for record in &self.records {
                    black_box(screen.read(record)?.answer());
                }
            }
        }
        Ok(())
    }

    /// The speed of each host, as a part of the native one.
    fn measure(&self, host: &Host, v8: &mut V8, folder: &Path) -> Result<BTreeMap<String, u128>, Box<dyn Error>> {
        let records: Vec<Vec<u8>> = self.records.iter().map(serde_json::to_vec).collect::<Result<_, _>>()?;
        let (question, targets) = match &self.asked {
            Asked::Answers(targets) => {
                (json!({"as_of": self.as_of, "targets": targets, "module": host.sha256()}), json!(targets))
            }
            Asked::Statuses => (json!({"as_of": self.as_of}), Value::Null),
        };
        let question = question.to_string();
        let bundle = self.opened.bundle.bytes();
        let catalog = host.open(bundle)?;
        let natively = |record: &Vec<u8>| match self.asked {
            Asked::Answers(_) => calls::determine(&self.opened.bundle, record, question.as_bytes()),
            Asked::Statuses => calls::screen(&self.opened, record, question.as_bytes()),
        };
        let under_wasmtime = |record: &Vec<u8>| match self.asked {
            Asked::Answers(_) => catalog.determine_as_asked(record, question.as_bytes()),
            Asked::Statuses => catalog.screen(record, &question),
        };
        let file = folder.join("records.jsonl");
        fs::write(&file, records.iter().flat_map(|record| [record, &b"\n"[..]].concat()).collect::<Vec<u8>>())?;
        v8.open(folder, bundle, 1)?;
        v8.ask(&json!({"records": file, "targets": targets, "asOf": self.as_of}))?;

        let mut hosts = [
            ("native, record in, answer out", Vec::new()),
            ("native, JSON in, JSON out", Vec::new()),
            ("wasmtime", Vec::new()),
            ("V8", Vec::new()),
        ];
        let mut answers = Vec::new();
        for round in 0..=ROUNDS {
            let clock = Clock::start();
            for _ in 0..self.passes {
                self.parsed()?;
            }
            let parsed = clock.elapsed().as_nanos();
            let (mut native, mut wasmtime) = (Vec::new(), Vec::new());
            let clock = Clock::start();
            for _ in 0..self.passes {
                native = records.iter().map(natively).collect::<Result<_, _>>().map_err(|fault| fault.message)?;
            }
            let bytes = clock.elapsed().as_nanos();
            let clock = Clock::start();
            for _ in 0..self.passes {
                wasmtime = records.iter().map(under_wasmtime).collect::<Result<_, _>>()?;
            }
            let in_wasmtime = clock.elapsed().as_nanos();
            let came = v8.ask(&json!({"round": self.passes}))?;
            let in_v8 = came["nanoseconds"].as_u64().ok_or("no time came from node")?.into();
            let hash = sha256_hex(&native.concat());
            if native != wasmtime || came["sha256"] != hash.as_str() {
                return Err("the hosts give different answers; is the module of these sources?".into());
            }
            answers = native;
            // The first warms up.
            if round > 0 {
                for ((_, times), time) in hosts.iter_mut().zip([parsed, bytes, in_wasmtime, in_v8]) {
                    times.push(time);
                }
            }
        }

        let count = self.records.len() as u128;
        let asked = count * u128::from(self.passes);
        let size = |all: &[Vec<u8>]| all.concat().len() / all.len().max(1);
        println!(
            "\n{}: {count} learners, records of {} bytes, answers of {}",
            self.name,
            size(&records),
            size(&answers)
        );
        println!("{:<34}{:>13}{:>19}{:>12}", "", "a learner", "credentials per s", "of native");
        let times = hosts.map(|(name, mut times)| {
            times.sort_unstable();
            (name, times.get(ROUNDS / 2).copied().unwrap_or_default().max(1))
        });
        let native = times[1].1;
        for (name, time) in times {
            println!(
                "{name:<34}{:>13}{:>19}{:>12}",
                micros(time / asked),
                asked * self.answers as u128 * 1_000_000_000 / time,
                share(native, time)
            );
        }
        Ok(times.into_iter().skip(2).map(|(name, time)| (name.to_lowercase(), 100 * native / time)).collect())
    }
}

fn loading(module: &[u8], settings: &Settings, v8: &mut V8, folder: &Path) -> Result<(), Box<dyn Error>> {
    let cache = folder.join("cache");
    let cached = Settings { cache: Some(cache.clone()), ..settings.clone() };
    Host::new(module, cached.clone())?;
    let (mut anew, mut kept) = (Times::default(), Times::default());
    for _ in 0..OPENED {
        anew.of(|| Host::new(module, settings.clone()))?;
        kept.of(|| Host::new(module, cached.clone()))?;
    }
    fs::remove_dir_all(cache)?;
    println!("\nLoading the module: compiled and one instance made");
    for (name, time) in [
        ("wasmtime", anew.percentile(50).as_nanos()),
        ("wasmtime, compiled before", kept.percentile(50).as_nanos()),
        ("V8", v8.median(&json!({"load": OPENED}))?),
    ] {
        println!("{name:<34}{:>13}", micros(time));
    }
    Ok(())
}

fn opening(host: &Host, v8: &mut V8, folder: &Path) -> Result<(), Box<dyn Error>> {
    println!("\nOpening a bundle; wasmtime makes an instance for it");
    println!("{:<34}{:>13}{:>13}{:>13}", "", "native", "wasmtime", "V8");
    let empty = compiled(Catalog::new("empty", "Empty"))?;
    for (name, bundle) in [
        ("nothing in it".to_owned(), empty),
        ("50 credentials to screen".to_owned(), Screening::drawn(1)?.bundle),
        ("501 credentials of 39 nodes".to_owned(), compiled(catalog(167)?)?),
    ] {
        let (mut natively, mut under_wasmtime) = (Times::default(), Times::default());
        for _ in 0..OPENED {
            natively.of(|| Bundle::from_bytes(bundle.bytes(), &Limits::default()))?;
            under_wasmtime.of(|| host.open(bundle.bytes()))?;
        }
        let in_v8 = v8.open(folder, bundle.bytes(), OPENED)?;
        let times = [natively.percentile(50).as_nanos(), under_wasmtime.percentile(50).as_nanos(), in_v8];
        let [natively, under_wasmtime, in_v8] = times.map(micros);
        println!("{name:<34}{natively:>13}{under_wasmtime:>13}{in_v8:>13}");
    }
    Ok(())
}

fn nothing(host: &Host, v8: &mut V8) -> Result<(), Box<dyn Error>> {
    let catalog = host.open(compiled(Catalog::new("empty", "Empty"))?.bytes())?;
    let clock = Clock::start();
    for _ in 0..NOTHING {
        black_box(calls::say(black_box(b"en"), black_box(b"[]")).map_err(|fault| fault.message)?);
    }
    let natively = clock.elapsed().as_nanos();
    let clock = Clock::start();
    for _ in 0..NOTHING {
        black_box(catalog.say("en", b"[]")?);
    }
    let under_wasmtime = clock.elapsed().as_nanos();
    v8.ask(&json!({ "nothing": NOTHING }))?;
    let in_v8 = v8.ask(&json!({ "nothing": NOTHING }))?.as_u64().ok_or("no time came from node")?;
    println!("\nA call that does nothing: no messages, said in English");
    for (name, time) in [("native", natively), ("wasmtime", under_wasmtime), ("V8", in_v8.into())] {
        println!("{name:<34}{:>10} ns", time / u128::from(NOTHING));
    }
    Ok(())
}

/// Node, with the module and the npm package.
struct V8 {
    node: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl V8 {
    fn start(root: &Path, module: &Path) -> Result<Self, Box<dyn Error>> {
        let script: PathBuf = root.join("benches/module/v8.mjs");
        if !root.join("bindings/wasm/npm/dist/index.js").exists() {
            return Err("there is no npm package; `npm run build --prefix bindings/wasm/npm` makes it".into());
        }
        let mut node = Command::new("node")
            .args([&script, module])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("node cannot be started: {e}"))?;
        let pipes = node.stdin.take().zip(node.stdout.take());
        let (commands, answers) = pipes.ok_or("node has no pipes")?;
        Ok(Self { node, commands, answers: BufReader::new(answers) })
    }

    fn ask(&mut self, command: &Value) -> Result<Value, Box<dyn Error>> {
        writeln!(self.commands, "{command}")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        serde_json::from_str(&line).map_err(|_| format!("node ended at {command}").into())
    }

    /// The median of the nanoseconds that come.
    fn median(&mut self, command: &Value) -> Result<u128, Box<dyn Error>> {
        let mut times: Vec<u64> = serde_json::from_value(self.ask(command)?)?;
        times.sort_unstable();
        Ok(times.get(times.len() / 2).copied().unwrap_or_default().into())
    }

    /// Opens a bundle so often, and gives the median.
    fn open(&mut self, folder: &Path, bundle: &[u8], times: usize) -> Result<u128, Box<dyn Error>> {
        let file = folder.join("bundle");
        fs::write(&file, bundle)?;
        self.median(&json!({"open": file, "times": times}))
    }
}

impl Drop for V8 {
    fn drop(&mut self) {
        let _ = self.node.kill();
        let _ = self.node.wait();
    }
}

fn micros(nanoseconds: u128) -> String {
    format!("{}.{} us", nanoseconds / 1_000, nanoseconds % 1_000 / 100)
}

/// How fast something is, in hundredths of what native takes.
fn share(native: u128, time: u128) -> String {
    format!("{}.{:02}", native / time, native % time * 100 / time)
}
