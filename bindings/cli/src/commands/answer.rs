//! Commands about one learner.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use credstack_engine::{DETERMINATION_VERSION, Date, Determination, LearnerId, Options, Targets};
use serde_json::value::RawValue;

use super::module::Asked;
use crate::args::{Determine, Explain, Format, Search, Verify};
use crate::failure::Failure;
use crate::pack;
use crate::terminal::{BAD, GOOD, Terminal, styled};
use crate::tree::Tree;

/// The most bytes of a file of determinations that are read.
const DETERMINATION_BYTES: usize = 1 << 30;

/// `credstack determine`.
pub(crate) fn determine(args: Determine, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let record = pack::record(&args.record)?;
    let as_of = date(args.as_of)?;
    let targets = match (args.all, args.targets) {
        (true, _) => Targets::All,
        (false, targets) if targets.is_empty() => Targets::Declared,
        (false, targets) => Targets::These(targets),
    };
    let options = options(&args.search, targets);
    let bytes = match args.answerer.of_wasm()? {
        Some(host) => Asked::Determination(&options).of_module(&host, &bundle, &args.record, as_of, true)?,
        None => {
            let determination = credstack_engine::determine(&bundle, &record, as_of, &options)
                .map_err(|e| Failure::of(&args.record, e))?;
            serde_json::to_vec(&determination)
                .map_err(|e| Failure::new(format!("cannot write the determination: {e}")))?
        }
    };
    terminal.print(&match args.format {
        Format::Json => String::from_utf8_lossy(&bytes).into_owned() + "\n",
        Format::Text => {
            let determination =
                serde_json::from_slice(&bytes).map_err(|e| Failure::new(format!("the answer cannot be read: {e}")))?;
            Tree { catalog: Some(bundle.catalog()), width: Terminal::width(), words: args.language.language.words() }
                .determination(&determination)
        }
    })?;
    Ok(true)
}

/// The date asked for, or today. Only the command line looks at a clock, and it shows what it saw.
pub(crate) fn date(asked: Option<Date>) -> Result<Date, Failure> {
    let today = || {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        Date::from_day_number(i32::try_from(seconds / 86_400).ok()?)
    };
    asked.or_else(today).ok_or_else(|| {
        Failure::new("the machine's clock shows no usable date").with_help("give the date with --as-of YYYY-MM-DD")
    })
}

/// How to count and how long to search.
pub(crate) fn options(search: &Search, targets: Targets) -> Options {
    Options { targets, planned: search.planned, steps: search.steps, ..Options::default() }
}

/// `credstack verify`.
pub(crate) fn verify(args: &Verify, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::bundle(&args.bundle.bundle, terminal)?;
    let record = pack::record(&args.record)?;
    let (determination, _) = one(&args.determination, &answers(&args.determination)?, Some(&record.learner))?;
    let mut findings = credstack_engine::verify(&bundle, &record, &determination);
    if findings.is_empty() {
        // What was searched through cannot be checked by counting.
        findings = credstack_engine::search_again(&bundle, &record, &determination)
            .map_err(|e| Failure::of(&args.record, e))?;
    }
    if findings.is_empty() {
        let text = format!("{} the determination follows from the bundle and the record\n", styled(GOOD, "verified:"));
        terminal.print(&text)?;
        return Ok(true);
    }
    let mut text = format!("{} {} found\n", styled(BAD, "not verified:"), findings.len());
    for finding in &findings {
        text.push_str(&format!("- {finding}\n"));
    }
    terminal.print(&text)?;
    Ok(false)
}

/// `credstack explain`.
pub(crate) fn explain(args: &Explain, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = args.bundle.as_ref().map(|path| pack::bundle(path, terminal)).transpose()?;
    let (determination, _) = one(&args.determination, &answers(&args.determination)?, args.learner.as_ref())?;
    let tree = Tree {
        catalog: bundle.as_ref().map(credstack_engine::Bundle::catalog),
        width: Terminal::width(),
        words: args.language.language.words(),
    };
    let Some(id) = &args.target else {
        terminal.print(&tree.determination(&determination))?;
        return Ok(true);
    };
    let target = determination.targets.iter().find(|target| target.credential == *id).ok_or_else(|| {
        let known: Vec<&str> = determination.targets.iter().map(|t| t.credential.as_str()).collect();
        Failure::of(&args.determination, format!("there is no answer for `{id}`"))
            .with_help(format!("it answers for: {}", known.join(", ")))
    })?;
    let mut text = String::new();
    match &args.path {
        None => tree.target(&mut text, target),
        Some(path) => {
            let trees = [Some(&target.completion), target.admission_tree.as_ref(), target.conferral_tree.as_ref()];
            let nodes = trees.into_iter().flatten().flat_map(|root| root.walk());
            let node = nodes.clone().find(|node| node.path == *path).ok_or_else(|| {
                let known: Vec<&str> = nodes.map(|node| node.path.as_str()).take(40).collect();
                Failure::of(&args.determination, format!("`{id}` has no requirement `{path}`"))
                    .with_help(format!("it has: {}", known.join(", ")))
            })?;
            text = tree.requirement(target, node);
        }
    }
    terminal.print(&text)?;
    Ok(true)
}

/// The bytes of a file of answers.
pub(super) fn answers(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = pack::bytes(path, DETERMINATION_BYTES)?;
    if bytes.len() > DETERMINATION_BYTES {
        return Err(Failure::of(path, "the file is larger than 1 GiB")
            .with_help("take the learner's line out of it first, for example with grep"));
    }
    Ok(bytes)
}

/// One determination of a file with these bytes, the only one or a learner's, and its own bytes.
pub(super) fn one(path: &Path, bytes: &[u8], learner: Option<&LearnerId>) -> Result<(Determination, Vec<u8>), Failure> {
    let mut found: Option<(Determination, Vec<u8>)> = None;
    let mut count = 0;
    for read in serde_json::Deserializer::from_slice(bytes).into_iter::<&RawValue>() {
        let text = read.map(RawValue::get);
        let read = text.and_then(|text| Ok((text, serde_json::from_str::<Determination>(text)?)));
        let (text, determination) = read.map_err(|e| {
            Failure::of(path, format!("this is not a determination: {e}")).with_help(
                "`credstack determine --format json` writes one; `credstack schema determination` describes it",
            )
        })?;
        if determination.version != DETERMINATION_VERSION {
            let message =
                format!("the determination has version {}, and this program reads version 1", determination.version);
            return Err(Failure::of(path, message));
        }
        count += 1;
        if learner.is_none_or(|learner| determination.learner == *learner) {
            if found.is_some() {
                return Err(Failure::of(path, "the file has determinations of several learners")
                    .with_help("name one with --learner"));
            }
            found = Some((determination, text.as_bytes().to_vec()));
        }
    }
    found.ok_or_else(|| match learner {
        Some(learner) if count > 0 => Failure::of(path, format!("there is no determination of `{learner}`")),
        _ => Failure::of(path, "the file has no determination"),
    })
}
