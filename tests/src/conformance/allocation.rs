//! Allocation: joint answers for declared targets, against proved optima.

use std::collections::BTreeMap;
use std::path::Path;

use credstack_engine::{Options, Targets};

use super::ask::{Asked, Times, ask_with, compiled, completed, some_day};
use super::{Report, Scope, Score};
use crate::adapters::allocation::Instance;
use crate::adapters::build::whole;
use crate::adapters::{Fault, source};

/// How many steps may be taken for an instance; the hardest would use up any number.
const STEPS: u64 = 20_000;
/// In a sample, every so-many-th instance is run, within fewer steps.
const SAMPLE: (usize, u64) = (6, 2_000);

enum Verdict {
    Right,
    Wrong(String),
    Undetermined,
}

/// Runs the set. An answer that the engine does not claim to be sure of is undetermined, and is
/// counted; only one that it claims and that is not true is wrong.
pub(super) fn run(data: &Path, scope: Scope) -> Result<Report, Fault> {
    let instances: Vec<Instance> = source::json_lines(&data.join("allocation").join("declared.jsonl.gz"))?;
    let mut families: BTreeMap<&str, (Score, Times)> = BTreeMap::new();
    let (mut report, mut total, day) = (Report::default(), Score::default(), some_day()?);
    let (every, steps) = if scope == Scope::Full { (1, STEPS) } else { SAMPLE };
    let options = Options { targets: Targets::Declared, steps, ..Options::default() };
    for instance in instances.iter().step_by(every) {
        let asked = ask_with(&compiled(instance.catalog()?)?, &instance.record()?, day, &options)?;
        let (score, times) = families.entry(&instance.family).or_default();
        times.add(asked.took);
        match judge(instance, &asked)? {
            Verdict::Right => {
                score.right += 1;
                total.right += 1;
            }
            Verdict::Undetermined => {
                score.undetermined += 1;
                total.undetermined += 1;
            }
            Verdict::Wrong(why) => {
                score.wrong += 1;
                total.wrong += 1;
                report.faults.push(format!("allocation: {}: {why}", instance.id));
            }
        }
    }
    for (family, (score, times)) in &families {
        report.lines.push(format!("allocation {family}: {score}; {times}"));
    }
    report.lines.push(format!("allocation: {total}, within {steps} steps each"));
    Ok(report)
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
