//! Screening: 50 rules over 20,000 learners give exactly the truth, by determinations and by statuses alone.

use std::path::Path;

use credstack_engine::{Bundle, Date, Options, Screen, Status, Targets};

use super::ask::{Times, ask, compiled, completed};
use super::{Report, Scope, Score};
use crate::adapters::screening::{Learner, Workload};
use crate::adapters::{Fault, source};

/// In a sample, every so-many-th learner is asked about.
const STEP: usize = 20;

/// Runs the set.
pub(super) fn run(data: &Path, scope: Scope) -> Result<Report, Fault> {
    let folder = data.join("screening");
    let workload: Workload = serde_json::from_str(&source::text(&folder.join("rules.json"))?)?;
    let learners: Vec<Learner> = source::json_lines(&folder.join("learners.jsonl.gz"))?;
    let truth = source::text(&folder.join("truth.txt.gz"))?;
    let truth: Vec<&str> = truth.lines().collect();
    if truth.len() != learners.len() {
        return Err(format!("{} learners, but {} lines of truth", learners.len(), truth.len()).into());
    }
    let bundle = compiled(workload.catalog()?)?;
    let (mut report, mut score, mut times, as_of) =
        (Report::default(), Score::default(), Times::default(), workload.as_of()?);
    let step = if scope == Scope::Full { 1 } else { STEP };
    let mut asked_about = 0_usize;
    for (learner, truth) in learners.iter().zip(&truth).step_by(step) {
        asked_about += 1;
        let asked = ask(&bundle, &learner.record()?, as_of, Targets::All)?;
        times.add(asked.took);
        if let Some(finding) = asked.findings.first() {
            report.faults.push(format!("screening: {}: {finding}", learner.id));
        }
        for (rule, truth) in workload.rules.iter().zip(truth.bytes()) {
            let status = asked.target(&rule.id)?.status;
            match completed(status) {
                None => score.undetermined += 1,
                Some(verdict) if verdict == (truth == b'1') => {
                    score.right += 1;
                    continue;
                }
                Some(_) => score.wrong += 1,
            }
            report.faults.push(format!(
                "screening: {} {}: {status:?}, where the truth is {}",
                learner.id,
                rule.id,
                char::from(truth)
            ));
        }
    }
    statuses(&workload, &learners, &truth, &bundle, as_of, &mut report)?;
    report.lines.push(format!(
        "screening: {asked_about} of {} learners by {} rules: {score}; {times} a learner",
        learners.len(),
        workload.rules.len()
    ));
    Ok(report)
}

/// Statuses alone are cheap enough for all learners.
fn statuses(
    workload: &Workload,
    learners: &[Learner],
    truth: &[&str],
    bundle: &Bundle,
    as_of: Date,
    report: &mut Report,
) -> Result<(), Fault> {
    let screen = Screen::new(bundle, as_of, &Options::default());
    let mut places = Vec::new();
    for rule in &workload.rules {
        let place = screen.credentials().position(|id| id.as_str() == rule.id);
        places.push(place.ok_or_else(|| format!("no credential for the rule {}", rule.id))?);
    }
    let (mut score, mut in_full) = (Score::default(), 0_usize);
    for (learner, truth) in learners.iter().zip(truth) {
        let record = learner.record()?;
        let mut read = screen.read(&record)?;
        let answers = read.answer();
        in_full += read.determined();
        for ((place, truth), rule) in places.iter().zip(truth.bytes()).zip(&workload.rules) {
            if (answers[*place].status == Status::Complete) == (truth == b'1') {
                score.right += 1;
            } else {
                score.wrong += 1;
                report.faults.push(format!("screening: {} {}: {:?} alone", learner.id, rule.id, answers[*place]));
            }
        }
    }
    report.lines.push(format!("screening: statuses alone: {score}, {in_full} of them determined in full"));
    Ok(())
}
