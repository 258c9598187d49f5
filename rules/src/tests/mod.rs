//! Tests of the language. Each calls a helper here rather than the API, so that a change of the API
//! moves one function.

mod codes;
mod judge;
mod language;
mod limits;
mod meaning;
mod spans;
mod wrong;

use credstack_model::{Diagnostic, Limits};

use crate::{Built, MemorySources, RuleLimits, build};

fn built(sources: &MemorySources) -> Built {
    build(sources, &RuleLimits::default(), &Limits::default())
}

fn shown(diagnostics: &[Diagnostic]) -> String {
    let line = |d: &Diagnostic| {
        let at = d.source().map(|at| at.to_string()).unwrap_or_default();
        let help = d.help().unwrap_or_default();
        format!("{at}: {:?} {}: {}\n    help: {help}\n", d.severity, d.code, d.message())
    };
    diagnostics.iter().map(line).collect()
}
