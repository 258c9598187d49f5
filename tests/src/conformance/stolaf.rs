//! St. Olaf: which share of the areas can be said in the model as it is, and what the rest lacks.

use std::collections::BTreeMap;
use std::path::Path;

use super::ask::compiled;
use super::{Report, Scope};
use crate::adapters::stolaf::read;
use crate::adapters::{Fault, source};

/// Runs the set. An area that lacks something is no fault; one that cannot be read, or that the
/// engine refuses, is.
pub(super) fn run(data: &Path, _: Scope) -> Result<Report, Fault> {
    let files = source::files(&data.join("stolaf"), ".yaml")?;
    let (mut report, mut imported) = (Report::default(), 0);
    let mut lacking: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in &files {
        let name = file.strip_prefix(data.join("stolaf")).unwrap_or(file).display().to_string();
        let outcome = source::text(file).and_then(|text| read(&text)).and_then(|import| {
            compiled(import.catalog)?;
            Ok(import.lacks)
        });
        match outcome {
            Ok(lacks) if lacks.is_empty() => imported += 1,
            Ok(lacks) => lacks.into_iter().for_each(|lack| lacking.entry(lack).or_default().push(name.clone())),
            Err(e) => report.faults.push(format!("stolaf: {name}: {e}")),
        }
    }
    report.lines.push(format!("stolaf: {imported} of {} areas imported without an escape hatch", files.len()));
    let mut table: Vec<_> = lacking.into_iter().collect();
    table.sort_by_key(|(lack, areas)| (std::cmp::Reverse(areas.len()), lack.clone()));
    for (lack, areas) in table {
        report.lines.push(format!("stolaf lacks in {:2} areas: {lack} ({})", areas.len(), areas.join(", ")));
    }
    Ok(report)
}
