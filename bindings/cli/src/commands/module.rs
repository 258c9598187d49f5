//! What is done with the WebAssembly module: `credstack determine --engine wasm` and `credstack plan --engine wasm`,
//! `credstack replay` and `credstack module`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use credstack_base::sha256_hex;
use credstack_engine::answer::Provenance;
use credstack_engine::plan::PLAN_VERSION;
use credstack_engine::{Bundle, Date, Determination, LearnerId, Options, Plan, PlanOptions, record_hash};
use credstack_host::{Host, HostError, Settings};
use serde_json::json;
use serde_json::value::RawValue;

use super::answer::{answers, one};
use crate::args::{Answerer, Engine, Format, ModuleInfo, ModuleKeep, Replay};
use crate::failure::Failure;
use crate::pack;
use crate::terminal::{BAD, GOOD, HEADING, Terminal, styled};

/// The most bytes of a module that are read.
const MODULE_BYTES: usize = 64 << 20;

/// Loads a module from its file.
pub(super) fn load(path: &Path, sha256: Option<String>) -> Result<Host, Failure> {
    let bytes = pack::bytes(path, MODULE_BYTES)?;
    if bytes.len() > MODULE_BYTES {
        return Err(Failure::of(path, "the file is larger than 64 MiB, which no module of credstack is"));
    }
    Host::new(&bytes, Settings { sha256, ..Settings::default() }).map_err(|e| Failure::of(path, e))
}

impl Answerer {
    /// The module, if it is to answer.
    pub(super) fn of_wasm(&self) -> Result<Option<Host>, Failure> {
        let module = self.module.as_ref().filter(|_| self.engine == Engine::Wasm);
        module.map(|module| load(module, None)).transpose()
    }
}

/// What the module is asked for.
pub(super) enum Asked<'a> {
    Determination(&'a Options),
    Plan(&'a PlanOptions),
}

impl Asked<'_> {
    const fn noun(&self) -> &'static str {
        match self {
            Self::Determination(_) => "determination",
            Self::Plan(_) => "plan",
        }
    }

    /// The bytes of the module's answer. It names the module if it is to.
    pub(super) fn of_module(
        &self,
        host: &Host,
        bundle: &Bundle,
        record: &Path,
        as_of: Date,
        names_module: bool,
    ) -> Result<Vec<u8>, Failure> {
        let module = names_module.then(|| host.sha256());
        let question = match self {
            Self::Determination(Options { targets, in_progress, planned, steps }) => json!({
                "as_of": as_of, "targets": targets, "in_progress": in_progress, "planned": planned, "steps": steps,
                "module": module,
            }),
            Self::Plan(PlanOptions { targets, load, steps }) => json!({
                "as_of": as_of, "targets": targets, "load": load, "steps": steps, "module": module,
            }),
        };
        let bytes = pack::bytes(record, host.about().record_bytes)?;
        let catalog =
            host.open(bundle.bytes()).map_err(|e| Failure::new(format!("the module refuses the bundle: {e}")))?;
        let question = question.to_string();
        match self {
            Self::Determination(_) => catalog.determine_as_asked(&bytes, question.as_bytes()),
            Self::Plan(_) => catalog.plan_as_asked(&bytes, question.as_bytes()),
        }
        .map_err(|e| of_record(record, &e))
    }
}

/// What the module says of a record, with the place in it.
fn of_record(record: &Path, error: &HostError) -> Failure {
    let place = match error {
        HostError::Fault(fault) => fault.line.zip(fault.column),
        _ => None,
    };
    match place {
        Some((line, column)) if !error.to_string().starts_with(&format!("line {line}")) => {
            Failure::of(record, format!("line {line}, column {column}: {error}"))
        }
        _ => Failure::of(record, error),
    }
}

/// An answer from a file.
enum Answer {
    Determination(Determination),
    Plan(Plan),
}

impl Answer {
    /// The plan that a file is, or one of its determinations; and its bytes.
    fn of_file(path: &Path, learner: &LearnerId) -> Result<(Self, Vec<u8>), Failure> {
        let bytes = answers(path)?;
        let fields: BTreeMap<String, &RawValue> = serde_json::from_slice(&bytes).unwrap_or_default();
        if !fields.contains_key("missing") {
            let (determination, bytes) = one(path, &bytes, Some(learner))?;
            return Ok((Self::Determination(determination), bytes));
        }
        let version = fields.get("version").map_or("none", |version| version.get());
        if version != PLAN_VERSION.to_string() {
            let message = format!("the plan has version {version}, and this program reads version {PLAN_VERSION}");
            return Err(Failure::of(path, message));
        }
        let plan: Plan = serde_json::from_slice(&bytes).map_err(|e| {
            Failure::of(path, format!("this is not a plan: {e}"))
                .with_help("`credstack plan --format json` writes one; `credstack schema plan` describes it")
        })?;
        if plan.learner != *learner {
            return Err(Failure::of(path, format!("the plan is not of `{learner}`, but of `{}`", plan.learner)));
        }
        Ok((Self::Plan(plan), bytes.trim_ascii().to_vec()))
    }

    const fn provenance(&self) -> &Provenance {
        match self {
            Self::Determination(determination) => &determination.provenance,
            Self::Plan(plan) => &plan.provenance,
        }
    }

    const fn asked(&self) -> (Date, Asked<'_>) {
        match self {
            Self::Determination(determination) => (determination.as_of, Asked::Determination(&determination.options)),
            Self::Plan(plan) => (plan.as_of, Asked::Plan(&plan.options)),
        }
    }
}

/// `credstack replay`.
pub(super) fn replay(args: &Replay, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let record = pack::record(&args.record)?;
    let (old, old_bytes) = Answer::of_file(&args.answer, args.learner.as_ref().unwrap_or(&record.learner))?;
    let named = old.provenance();
    let (as_of, asked) = old.asked();
    let noun = asked.noun();
    for (what, path, found, named) in [
        ("bundle", &args.bundle.bundle, bundle.hash(), &named.bundle),
        ("record", &args.record, record_hash(&record).as_str(), &named.record),
    ] {
        if found != named {
            return Err(Failure::of(
                path,
                format!("this {what} has the hash {found}, but the {noun} was computed from {named}"),
            )
            .with_help(format!("find the {what} of that hash; an answer is only the same for the same {what}")));
        }
    }
    let host = load(&module_of(args, noun, named)?, named.module.clone())?;
    let new_bytes = asked.of_module(&host, &bundle, &args.record, as_of, named.module.is_some())?;
    if new_bytes == old_bytes {
        let text = format!(
            "{} the module {} gives the same {} bytes, SHA-256 {}\n",
            styled(GOOD, "reproduced:"),
            host.sha256(),
            new_bytes.len(),
            sha256_hex(&new_bytes),
        );
        terminal.print(&text)?;
        return Ok(true);
    }
    let at = old_bytes.iter().zip(&new_bytes).take_while(|(old, new)| old == new).count();
    let around = |bytes: &[u8]| {
        let part = bytes.get(at.saturating_sub(30)..(at + 50).min(bytes.len())).unwrap_or_default();
        String::from_utf8_lossy(part).into_owned()
    };
    let mut text = format!(
        "{} the module {} gives other bytes, from byte {at} on\n- {:<19}…{}…\n- the module:        …{}…\n",
        styled(BAD, "not reproduced:"),
        host.sha256(),
        format!("the {noun}:"),
        around(&old_bytes),
        around(&new_bytes),
    );
    if named.module.is_none() {
        text.push_str(&format!(
            "The {noun} names no module: version {} of this program gave it by itself, and the module is of version {}.\n",
            named.engine,
            host.about().engine,
        ));
    }
    terminal.print(&text)?;
    Ok(false)
}

/// The file of the module that an answer names.
fn module_of(args: &Replay, noun: &str, named: &Provenance) -> Result<PathBuf, Failure> {
    match (&args.module, &args.modules, &named.module) {
        (Some(file), _, _) => Ok(file.clone()),
        (None, Some(folder), Some(hash)) => {
            let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
            let file = folder.join(format!("{hash}.wasm"));
            if is_hash && file.is_file() {
                return Ok(file);
            }
            Err(Failure::of(folder, format!("the module {hash}, which gave the {noun}, is not kept there"))
                .with_help("put its file there with `credstack module keep`, or name it with --module"))
        }
        (None, _, None) => Err(Failure::of(&args.answer, format!("the {noun} names no module"))
            .with_help("it was computed by the program itself; name a module to compare with by --module")),
        (None, None, _) => Err(Failure::new("no module is named").with_help("give --module FILE or --modules DIR")),
    }
}

/// `credstack module info`.
pub(super) fn info(args: &ModuleInfo, terminal: &mut Terminal) -> Result<bool, Failure> {
    let host = load(&args.file, None)?;
    let about = host.about();
    let (imports, exports) = host.interface();
    let size = std::fs::metadata(&args.file).map_err(|e| Failure::of(&args.file, e))?.len();
    terminal.print(&match args.format {
        Format::Json => {
            let info = json!({
                "sha256": host.sha256(), "bytes": size, "about": about, "imports": imports, "exports": exports,
            });
            format!("{info}\n")
        }
        Format::Text => format!(
            "{}\n  SHA-256    {}\n  bytes      {size}\n  engine     {}\n  ABI        version {}\n  reads      bundles of version {} (up to {} MiB), records of version {} (up to {} MiB)\n  writes     determinations of version {}, plans of version {}\n  languages  {}\n  imports    {}\n",
            styled(HEADING, &args.file.display().to_string()),
            host.sha256(),
            about.engine,
            about.abi,
            about.bundle,
            about.bundle_bytes >> 20,
            about.record,
            about.record_bytes >> 20,
            about.determination,
            about.plan,
            about.languages.join(", "),
            if imports.is_empty() { "nothing".to_owned() } else { imports.join(", ") },
        ),
    })?;
    Ok(true)
}

/// `credstack module keep`.
pub(super) fn keep(args: &ModuleKeep, terminal: &mut Terminal) -> Result<bool, Failure> {
    let host = load(&args.file, None)?;
    std::fs::create_dir_all(&args.modules).map_err(|e| Failure::of(&args.modules, e))?;
    let file = args.modules.join(format!("{}.wasm", host.sha256()));
    if file.exists() {
        load(&file, Some(host.sha256().to_owned()))?;
        terminal.print(&format!("{} is there already\n", file.display()))?;
        return Ok(true);
    }
    // Under its name only once it is whole.
    let partial = file.with_extension("partial");
    std::fs::copy(&args.file, &partial)
        .and_then(|_| std::fs::rename(&partial, &file))
        .map_err(|e| Failure::of(&file, format!("cannot write this file: {e}")))?;
    terminal.print(&format!("{}\n", file.display()))?;
    Ok(true)
}
