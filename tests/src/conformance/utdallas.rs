//! Texas Dallas: the degrees import.

use std::path::Path;

use super::ask::compiled;
use super::{Report, Scope};
use crate::adapters::utdallas::{Degree, catalog};
use crate::adapters::{Fault, source};

/// Runs the set.
pub(super) fn run(data: &Path, _: Scope) -> Result<Report, Fault> {
    let files = source::files(&data.join("utdallas").join("degree_data"), ".json")?;
    let (mut report, mut imported) = (Report::default(), 0);
    for file in &files {
        let import = || -> Result<_, Fault> {
            let degree: Degree = serde_json::from_str(&source::text(file)?)?;
            compiled(catalog("degree", &degree)?)
        };
        match import() {
            Ok(_) => imported += 1,
            Err(e) => report.faults.push(format!("utdallas: {}: {e}", file.display())),
        }
    }
    report.lines.push(format!("utdallas: {imported} of {} degrees imported", files.len()));
    Ok(report)
}
