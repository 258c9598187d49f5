//! Commands for people who write rules.

use std::fs::File;
use std::io::Write as _;

use credstack_engine::ENGLISH;
use credstack_rules::{Built, RuleTest, run_tests};

use crate::args::{Build, Check, Format, Test};
use crate::failure::Failure;
use crate::pack::{self, Folder};
use crate::report::{self, Report};
use crate::terminal::{BAD, FAINT, GOOD, Terminal, styled};

/// `credstack check`.
pub(crate) fn check(args: &Check, terminal: &mut Terminal) -> Result<bool, Failure> {
    let folder = Folder::open(&args.pack)?;
    let Built { bundle, diagnostics, .. } = pack::compile(&folder);
    let language = credstack_rules::language(args.language.language.words().tag);
    let report = Report::of(&diagnostics, language);
    match args.format {
        Format::Json => terminal.print(&json(&report)?)?,
        Format::Text => {
            let mut text = report::diagnostics(&diagnostics, &folder, language, terminal.out_color());
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
    let folder = Folder::open(&args.pack)?;
    let Built { bundle, tests, diagnostics } = pack::compile(&folder);
    Terminal::complain(&report::diagnostics(&diagnostics, &folder, &ENGLISH, terminal.err_color()));
    let bundle = bundle.ok_or_else(|| pack::faulty(&args.pack, &diagnostics))?;
    let wanted = |test: &RuleTest| args.only.as_ref().is_none_or(|only| test.name.contains(only.as_str()));
    let tests: Vec<RuleTest> = tests.into_iter().filter(wanted).collect();
    let outcomes = run_tests(&bundle, &tests);
    let mut text = String::new();
    for outcome in &outcomes {
        let mark = if outcome.passed() { styled(GOOD, "ok    ") } else { styled(BAD, "FAILED") };
        text.push_str(&format!("{mark} {}\n", outcome.name));
        for miss in &outcome.misses {
            text.push_str(&format!("       {}: {}\n", miss.source, miss.credential));
            text.push_str(&format!("         expected: {}\n         got:      {}\n", miss.expected, miss.got));
            for (reason, place) in &miss.why {
                let place = place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
                text.push_str(&styled(FAINT, &format!("         - {reason}{place}")));
                text.push('\n');
            }
        }
    }
    let (run, failed) = (outcomes.len(), outcomes.iter().filter(|outcome| !outcome.passed()).count());
    text.push_str(&match (run, failed, &args.only) {
        (0, _, Some(only)) => format!("no scenario has `{only}` in its name\n"),
        (0, _, None) => "the pack has no scenarios\n".to_owned(),
        (run, 0, _) => format!("all {run} scenarios hold\n"),
        (run, failed, _) => format!("{failed} of {run} scenarios failed\n"),
    });
    terminal.print(&text)?;
    Ok(failed == 0)
}
