//! What is done with the WebAssembly module: `credstack determine --engine wasm`, `credstack
//! replay` and `credstack module`.

use std::path::{Path, PathBuf};

use credstack_engine::compile::sha256_hex;
use credstack_engine::{Bundle, Date, Determination, Options, record_hash};
use credstack_host::{Host, HostError, Settings};
use serde_json::json;

use super::answer::one;
use crate::args::{Format, ModuleInfo, ModuleKeep, Replay};
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

/// The bytes of a determination that the module gives. It names the module if it is to.
pub(super) fn determine(
    host: &Host,
    bundle: &Bundle,
    record: &Path,
    as_of: Date,
    options: &Options,
    names_module: bool,
) -> Result<Vec<u8>, Failure> {
    let question = json!({
        "as_of": as_of, "targets": options.targets, "in_progress": options.in_progress,
        "planned": options.planned, "steps": options.steps,
        "module": names_module.then(|| host.sha256()),
    });
    let limit = host.about().record_bytes;
    let bytes = pack::bytes(record, limit)?;
    let of_record = |error: HostError| {
        let place = match &error {
            HostError::Fault(fault) => fault.line.zip(fault.column),
            _ => None,
        };
        let is_placed = place.is_some_and(|(line, _)| error.to_string().starts_with(&format!("line {line}")));
        match place {
            Some((line, column)) if !is_placed => Failure::of(record, format!("line {line}, column {column}: {error}")),
            _ => Failure::of(record, error),
        }
    };
    let catalog = host.open(bundle.bytes()).map_err(|e| Failure::new(format!("the module refuses the bundle: {e}")))?;
    catalog.determine_as_asked(&bytes, question.to_string().as_bytes()).map_err(of_record)
}

/// `credstack replay`.
pub(super) fn replay(args: &Replay, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let record = pack::record(&args.record)?;
    let learner = args.learner.as_ref().unwrap_or(&record.learner);
    let (old, old_bytes) = one(&args.determination, Some(learner))?;
    let named = &old.provenance;
    for (what, path, found, named) in [
        ("bundle", &args.bundle.bundle, bundle.hash(), &named.bundle),
        ("record", &args.record, record_hash(&record).as_str(), &named.record),
    ] {
        if found != named {
            return Err(Failure::of(
                path,
                format!("this {what} has the hash {found}, but the determination was computed from {named}"),
            )
            .with_help(format!("find the {what} of that hash; an answer is only the same for the same {what}")));
        }
    }
    let host = load(&module_of(args, &old)?, named.module.clone())?;
    let new_bytes = determine(&host, &bundle, &args.record, old.as_of, &old.options, named.module.is_some())?;
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
        "{} the module {} gives other bytes, from byte {at} on\n- the determination: …{}…\n- the module:        …{}…\n",
        styled(BAD, "not reproduced:"),
        host.sha256(),
        around(&old_bytes),
        around(&new_bytes),
    );
    if named.module.is_none() {
        text.push_str(&format!(
            "The determination names no module: version {} of this program gave it by itself, and the module is of version {}.\n",
            named.engine,
            host.about().engine,
        ));
    }
    terminal.print(&text)?;
    Ok(false)
}

/// The file of the module that an answer names.
fn module_of(args: &Replay, old: &Determination) -> Result<PathBuf, Failure> {
    match (&args.module, &args.modules, &old.provenance.module) {
        (Some(file), _, _) => Ok(file.clone()),
        (None, Some(folder), Some(hash)) => {
            let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
            let file = folder.join(format!("{hash}.wasm"));
            if is_hash && file.is_file() {
                return Ok(file);
            }
            Err(Failure::of(folder, format!("the module {hash}, which gave the answer, is not kept there"))
                .with_help("put its file there with `credstack module keep`, or name it with --module"))
        }
        (None, _, None) => Err(Failure::of(&args.determination, "the determination names no module")
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
