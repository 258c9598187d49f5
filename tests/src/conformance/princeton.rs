//! Princeton: the programs import, and a learner's settled tree agrees with TigerPath's.

use std::collections::BTreeMap;
use std::path::Path;

use credstack_engine::{NodeAnswer, NodeStatus, Targets};

use super::ask::{ask, compiled, completed, some_day};
use super::{Report, Scope, Score};
use crate::adapters::princeton::{
    ExpectedNode, NOBODY_CAN, Node, Reading, catalog, read_case, read_expected, read_program, root_path,
};
use crate::adapters::{Fault, source};

/// Programs whose published rules ask for more than their parts can pass up, also as the peer
/// counts: five of two parts that pass up one each.
const IMPOSSIBLE: [&str; 4] = ["CWR", "CEE", "DAN", "TRA"];

/// Runs the set.
pub(super) fn run(data: &Path, _: Scope) -> Result<Report, Fault> {
    let folder = data.join("princeton");
    let mut report = Report::default();
    report.part("princeton programs", |report| imports(report, &folder.join("2026_requirements")));
    report.part("princeton learners", |report| learners(report, &folder.join("2018_conformance")));
    Ok(report)
}

fn imports(report: &mut Report, folder: &Path) -> Result<(), Fault> {
    let files = source::files(folder, ".yaml")?;
    let reading = Reading { unchecked_conditions: true, pins: Vec::new() };
    let (mut imported, mut beside, mut impossible) = (0, 0, Vec::new());
    for file in &files {
        let mut import = || -> Result<_, Fault> {
            let program = read_program(&source::text(file)?)?;
            beside += usize::from(has_common_with_major(&program));
            compiled(catalog(&program, 2026, &reading)?)
        };
        match import() {
            Ok(_) => imported += 1,
            Err(e) if e.to_string().starts_with(NOBODY_CAN) => impossible.push((file, e.to_string())),
            Err(e) => report.faults.push(format!("princeton: {}: {e}", file.display())),
        }
    }
    let names: Vec<_> = impossible.iter().filter_map(|(file, _)| file.file_stem()?.to_str()).collect();
    if names != IMPOSSIBLE {
        report.faults.push(format!("princeton programs: impossible as written, and not known to be: {impossible:?}"));
    }
    report.lines.push(format!(
        "princeton programs: {imported} of {} imported, {} refused because as written nobody could ever complete them ({}); \
         {beside} also limit inside the tree what they share with a major, which is left out",
        files.len(),
        names.len(),
        names.join(", ")
    ));
    Ok(())
}

/// A sharing policy bounds two credentials, not one node of one of them.
fn has_common_with_major(node: &Node) -> bool {
    node.req_list.iter().flatten().any(|child| child.max_common_with_major.is_some() || has_common_with_major(child))
}

fn learners(report: &mut Report, folder: &Path) -> Result<(), Fault> {
    let (mut score, mut nodes, mut more, day) = (Score::default(), 0, 0, some_day()?);
    for file in source::files(&folder.join("tests"), ".test")? {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let case = read_case(&source::text(&file)?)?;
        let expected = read_expected(&source::text(&folder.join("tests").join(format!("{name}.expected")))?)?;
        let programs = source::files(folder, &format!("/{}_{}.json", case.program, case.year))?;
        let program: Node = serde_json::from_str(&source::text(
            programs.first().ok_or_else(|| format!("no program {}", case.program))?,
        )?)?;
        let pins = case.pins(&root_path(&program, case.year)?)?;
        let mut catalog = catalog(&program, case.year, &Reading { unchecked_conditions: false, pins })?;
        let record = case.record(&name, &mut catalog)?;
        let asked = ask(&compiled(catalog)?, &record, day, Targets::All)?;
        let target = asked.target("program")?;
        let mut found = Vec::new();
        if completed(target.status).is_none() {
            score.undetermined += 1;
        }
        let mut ours: BTreeMap<&str, bool> = BTreeMap::new();
        for node in target.completion.walk() {
            if let Some(label) = &node.label {
                // A requirement that is written in several ways is met if one of them is.
                *ours.entry(label).or_default() |= met(node);
            }
        }
        compare(&expected, &ours, false, &mut nodes, &mut more, &mut found);
        found.extend(asked.findings.iter().cloned());
        if found.is_empty() {
            score.right += 1;
        } else {
            score.wrong += 1;
            report.faults.extend(found.into_iter().map(|f| format!("princeton learners: {name}: {f}")));
        }
    }
    report.lines.push(format!(
        "princeton learners: {score}; {nodes} nodes compared, {more} settled by us and left open by the peer, each with a verified witness"
    ));
    Ok(())
}

fn met(node: &NodeAnswer) -> bool {
    node.status == NodeStatus::Met
}

/// What the peer has settled, we settle too, unless what is around it is met without it. Where we
/// settle more, the verified witness stands for it.
fn compare(
    expected: &ExpectedNode,
    ours: &BTreeMap<&str, bool>,
    around_is_met: bool,
    nodes: &mut usize,
    more: &mut usize,
    found: &mut Vec<String>,
) {
    // What asks for nothing has no node of ours.
    let mut is_met = around_is_met;
    if let (1.., Some(ours)) = (expected.min_needed, ours.get(expected.path_to.as_str())) {
        *nodes += 1;
        is_met = *ours;
        if expected.satisfied && !ours && !around_is_met {
            found.push(format!("{} is settled by the peer and not by us", expected.path_to));
        }
        *more += usize::from(*ours && !expected.satisfied);
    } else if expected.min_needed > 0 && !around_is_met {
        found.push(format!("{} is no node of ours", expected.path_to));
    }
    for child in &expected.req_list {
        compare(child, ours, is_met, nodes, more, found);
    }
}
