//! Princeton: the programs import, and a learner's settled tree agrees with TigerPath's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use credstack_engine::Targets;
use credstack_engine::model::NodeStatus;

use super::ask::{ask, compiled, completed, some_day};
use super::{Report, Scope, Score};
use crate::adapters::princeton::{
    ExpectedNode, NOBODY_CAN, Node, Reading, catalog, paths, read_case, read_expected, read_program, root_path,
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

/// A learner's tree beside the peer's.
#[derive(Default)]
struct Comparison {
    /// For each path, whether we have met it.
    ours: BTreeMap<String, bool>,
    /// The paths that the published rules have.
    published: BTreeSet<String>,
    nodes: usize,
    /// Nodes that we have met and the peer leaves open.
    more: usize,
    /// Nodes of the peer's answer that the published rules do not have: it is from another edition.
    unpublished: usize,
    found: Vec<String>,
}

fn learners(report: &mut Report, folder: &Path) -> Result<(), Fault> {
    let (mut score, mut total, day) = (Score::default(), Comparison::default(), some_day()?);
    for file in source::files(&folder.join("tests"), ".test")? {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let case = read_case(&source::text(&file)?)?;
        let expected = read_expected(&source::text(&folder.join("tests").join(format!("{name}.expected")))?)?;
        let programs = source::files(folder, &format!("/{}_{}.json", case.program, case.year))?;
        let published = programs.first().ok_or_else(|| format!("no program {}", case.program))?;
        let program: Node = serde_json::from_str(&source::text(published)?)?;
        let pins = case.pins(&root_path(&program, case.year)?)?;
        let mut catalog = catalog(&program, case.year, &Reading { unchecked_conditions: false, pins })?;
        let record = case.record(&name, &mut catalog)?;
        let asked = ask(&compiled(catalog)?, &record, day, Targets::All)?;
        let target = asked.target("program")?;
        let mut comparison = Comparison { published: paths(&program, case.year)?, ..Comparison::default() };
        for node in target.completion.walk() {
            if let Some(label) = &node.label {
                // A requirement that is written out in several ways is met if one of them is.
                *comparison.ours.entry(label.clone()).or_default() |= node.status == NodeStatus::Met;
            }
        }
        comparison.compare(&expected, false);
        comparison.found.extend(asked.findings.iter().cloned());
        total.nodes += comparison.nodes;
        total.more += comparison.more;
        total.unpublished += comparison.unpublished;
        if completed(target.status).is_none() {
            score.undetermined += 1;
            report.faults.push(format!("princeton learners: {name}: undetermined"));
        } else if comparison.found.is_empty() {
            score.right += 1;
        } else {
            score.wrong += 1;
            report.faults.extend(comparison.found.into_iter().map(|f| format!("princeton learners: {name}: {f}")));
        }
    }
    report.lines.push(format!(
        "princeton learners: {score}; {} nodes compared, {} met by us and left open by the peer, each with a verified \
         witness; {} nodes of the peer's answers are not in the published rules",
        total.nodes, total.more, total.unpublished
    ));
    Ok(())
}

impl Comparison {
    /// What the peer has settled, we settle too, unless what is around it is met without it.
    fn compare(&mut self, expected: &ExpectedNode, around_is_met: bool) {
        // What asks for nothing has no node of ours.
        let mut is_met = around_is_met;
        if expected.min_needed > 0 {
            match self.ours.get(&expected.path_to) {
                Some(&ours) => {
                    self.nodes += 1;
                    is_met = ours;
                    if expected.satisfied && !ours && !around_is_met {
                        self.found.push(format!("{} is settled by the peer and not by us", expected.path_to));
                    }
                    self.more += usize::from(ours && !expected.satisfied);
                }
                None if !self.published.contains(&expected.path_to) => self.unpublished += 1,
                None => self.found.push(format!("{} is no node of ours", expected.path_to)),
            }
        }
        for child in &expected.req_list {
            self.compare(child, is_met);
        }
    }
}
