//! Runs the conformance sets and prints one line for each.
//!
//! `conformance [--sample] [SET]…` runs the named sets, or all; `--sample` runs less of the large
//! ones. Exits with 1 if anything is wrong, with 2 if a set is unknown.

use std::process::ExitCode;

use credstack_tests::adapters::source;
use credstack_tests::conformance::{SETS, Scope};

fn main() -> ExitCode {
    let (flags, names): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|arg| arg.starts_with('-'));
    let unknown_flag = flags.iter().find(|f| *f != "--sample");
    let unknown_set = names.iter().find(|name| SETS.iter().all(|set| set.name != name.as_str()));
    if let Some(unknown) = unknown_flag.or(unknown_set) {
        let known: Vec<_> = SETS.iter().map(|set| set.name).collect();
        eprintln!("unknown set or flag `{unknown}`: expected --sample or some of {}", known.join(", "));
        return ExitCode::from(2);
    }
    let Some(data) = source::folder() else {
        println!("{}: set {} to its folder", source::ABSENT, source::VARIABLE);
        return ExitCode::SUCCESS;
    };
    let scope = if flags.is_empty() { Scope::Full } else { Scope::Sample };
    let mut good = true;
    for set in SETS.iter().filter(|set| names.is_empty() || names.iter().any(|name| name == set.name)) {
        match (set.run)(&data, scope) {
            Ok(report) => {
                report.lines.iter().for_each(|line| println!("{line}"));
                good &= report.faults.is_empty();
                report.faults.iter().for_each(|fault| eprintln!("wrong: {fault}"));
            }
            Err(e) => {
                good = false;
                eprintln!("wrong: {}: {e}", set.name);
            }
        }
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
