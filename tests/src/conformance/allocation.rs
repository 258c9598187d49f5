//! Allocation: joint answers for declared targets, and weighted choices, against proved optima.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use credstack_engine::allocate::allocate;
use credstack_engine::{Options, Targets};

use super::ask::{Asked, Times, ask_with, compiled, completed, some_day};
use super::{Report, Scope, Score};
use crate::adapters::allocation::{self, Instance};
use crate::adapters::build::whole;
use crate::adapters::{Fault, source};

/// In a sample, every so-many-th instance is run, within fewer steps.
const SAMPLE: (usize, u64) = (6, 2_000);

enum Verdict {
    Right,
    Wrong(String),
    Undetermined,
}

/// What came of the instances of one family.
#[derive(Default)]
struct Family {
    score: Score,
    times: Times,
    steps: Vec<u64>,
}

impl Family {
    fn add(&mut self, verdict: &Verdict, took: std::time::Duration, steps: u64) {
        self.times.add(took);
        self.steps.push(steps);
        match verdict {
            Verdict::Right => self.score.right += 1,
            Verdict::Wrong(_) => self.score.wrong += 1,
            Verdict::Undetermined => self.score.undetermined += 1,
        }
    }

    fn line(&mut self, file: &str, name: &str) -> String {
        self.steps.sort_unstable();
        let most = self.steps.get((self.steps.len().saturating_sub(1)) * 99 / 100).copied().unwrap_or(0);
        format!("allocation {file} {name}: {}; {}, steps p99 {most}", self.score, self.times)
    }
}

/// Runs the set. An answer that the engine does not claim to be sure of is undetermined, and is
/// counted; only one that it claims and that is not true is wrong. `declared` goes through whole
/// determinations; `instances` are weighted choices, which only the allocator can state.
pub(super) fn run(data: &Path, scope: Scope) -> Result<Report, Fault> {
    let mut report = Report::default();
    let day = some_day()?;
    let (every, steps) = if scope == Scope::Full { (1, Options::default().steps) } else { SAMPLE };
    let options = Options { targets: Targets::Declared, steps, ..Options::default() };
    for file in ["declared", "instances"] {
        let path = data.join("allocation").join(format!("{file}.jsonl.gz"));
        let instances: Vec<Instance> = source::json_lines(&path)?;
        let mut families: BTreeMap<&str, Family> = BTreeMap::new();
        for instance in instances.iter().step_by(every) {
            let (verdict, took, steps) = if instance.optimum.is_some() {
                weighted(instance, steps)
            } else {
                let asked = ask_with(&compiled(instance.catalog()?)?, &instance.record()?, day, &options)?;
                let steps = asked.answer.targets.iter().map(|target| target.proof.steps).max().unwrap_or(0);
                (judge(instance, &asked)?, asked.took, steps)
            };
            for family in [instance.family.as_str(), "in all"] {
                families.entry(family).or_default().add(&verdict, took, steps);
            }
            if let Verdict::Wrong(why) = verdict {
                report.faults.push(format!("allocation: {}: {why}", instance.id));
            }
        }
        for (name, family) in &mut families {
            report.lines.push(family.line(file, name));
        }
    }
    report.lines.push(format!("allocation: within {steps} steps each"));
    Ok(report)
}

/// The allocator on a weighted choice. An optimum that is found but not proved is undetermined.
fn weighted(instance: &Instance, steps: u64) -> (Verdict, std::time::Duration, u64) {
    let problem = allocation::problem(instance);
    let start = Instant::now();
    let found = allocate(&problem, steps);
    let took = start.elapsed();
    let verdict = match allocation::judge(instance, &problem, &found) {
        allocation::Verdict::Right => Verdict::Right,
        allocation::Verdict::Wrong => Verdict::Wrong("what is said to be the optimum is not".to_owned()),
        allocation::Verdict::Unproved | allocation::Verdict::Undecided => Verdict::Undetermined,
    };
    (verdict, took, found.steps)
}

fn judge(instance: &Instance, asked: &Asked) -> Result<Verdict, Fault> {
    if let Some(finding) = asked.findings.first() {
        return Ok(Verdict::Wrong(format!("the witness does not hold: {finding}")));
    }
    let answer = instance.answer.as_ref().ok_or_else(|| format!("{}: no answer", instance.id))?;
    for group in &instance.groups {
        let target = asked.target(group)?;
        let truth = answer.complete.get(group).copied().unwrap_or(false);
        match completed(target.status) {
            Some(verdict) if target.proof.status => {
                if verdict != truth {
                    return Ok(Verdict::Wrong(format!("{group} is {:?}, where the truth is {truth}", target.status)));
                }
            }
            _ => return Ok(Verdict::Undetermined),
        }
    }
    for group in &instance.groups {
        let target = asked.target(group)?;
        let truth = whole(answer.distance.get(group).copied().unwrap_or(0));
        if !target.proof.distance {
            return Ok(Verdict::Undetermined);
        }
        if target.distance != truth {
            return Ok(Verdict::Wrong(format!(
                "{group} is said to be {} short, where the truth is {truth}",
                target.distance
            )));
        }
    }
    Ok(Verdict::Right)
}
