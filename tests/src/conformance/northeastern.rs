//! Northeastern: programs import, verdicts agree with a constraint solver, and the planner's own
//! cases agree with the planner.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use credstack_engine::Targets;
use credstack_engine::model::NodeAnswer;
use credstack_engine::model::{Code, Decimal, Record, Requirement};

use super::ask::{Times, ask, compiled, completed, some_day};
use super::{Report, Scope, Score};
use crate::adapters::build::{add_credential, whole};
use crate::adapters::northeastern::{
    EmptySections, Line, ValidatorCase, VerdictCase, add_program, catalog, requirement, requirements,
};
use crate::adapters::{Fault, source};

/// Runs the set.
pub(super) fn run(data: &Path, _: Scope) -> Result<Report, Fault> {
    let folder = data.join("northeastern");
    let majors: Vec<Line> = source::json_lines(&folder.join("majors.jsonl.gz"))?;
    let minors: Vec<Line> = source::json_lines(&folder.join("minors.jsonl.gz"))?;
    let mut report = Report::default();
    report.part("northeastern majors", |report| imports(report, "majors", &majors));
    report.part("northeastern minors", |report| imports(report, "minors", &minors));
    let cases: Vec<VerdictCase> = source::json_lines(&folder.join("verdict_cases.jsonl"))?;
    report.part("northeastern verdicts", |report| verdicts(report, &cases, &majors));
    let cases: Vec<ValidatorCase> = serde_json::from_str(&source::text(&folder.join("validator_cases.json"))?)?;
    report.part("northeastern validator", |report| validator(report, &cases));
    Ok(report)
}

/// All programs stand in one catalog, as an institution would have them.
fn imports(report: &mut Report, what: &str, lines: &[Line]) -> Result<(), Fault> {
    let mut catalog = catalog()?;
    let mut imported = 0;
    for line in lines {
        match add_program(&mut catalog, line, EmptySections::AskAdvisor) {
            Ok(_) => imported += 1,
            Err(e) => report.faults.push(format!("northeastern {what}: {}: {e}", line.path)),
        }
    }
    let bytes = compiled(catalog)?.bytes().len();
    report.lines.push(format!("northeastern {what}: {imported} of {} imported, bundle of {bytes} bytes", lines.len()));
    Ok(())
}

fn verdicts(report: &mut Report, cases: &[VerdictCase], majors: &[Line]) -> Result<(), Fault> {
    let by_path: BTreeMap<_, _> = majors.iter().map(|line| (line.path.as_str(), line)).collect();
    let (mut catalog, mut ids) = (catalog()?, BTreeMap::new());
    // The majors of ambiguous cases are left out: without their empty parts some ask for one of nothing.
    let clear = cases.iter().filter(|case| case.ambiguous.is_none());
    for path in clear.map(|case| case.major.as_str()).collect::<BTreeSet<_>>() {
        let line = by_path.get(path).ok_or_else(|| format!("no major `{path}`"))?;
        ids.insert(path, add_program(&mut catalog, line, EmptySections::LeaveOut)?);
    }
    let bundle = compiled(catalog)?;
    let (mut score, mut times, day) = (Score::default(), Times::default(), some_day()?);
    for case in cases {
        if case.ambiguous.is_some() {
            score.skipped += 1;
            continue;
        }
        let record = Record::of_courses("learner".parse()?, case.taken.iter().map(|code| (code, whole(4))))?;
        let asked = ask(&bundle, &record, day, Targets::These(vec![ids[case.major.as_str()].clone()]))?;
        times.add(asked.took);
        let status = asked.target(&case.major)?.status;
        match completed(status) {
            None => score.undetermined += 1,
            Some(verdict) if verdict == case.expected_satisfied && asked.findings.is_empty() => {
                score.right += 1;
                continue;
            }
            Some(_) => score.wrong += 1,
        }
        report.faults.push(format!(
            "northeastern verdicts: {}: {status:?}, where the truth is {}; {:?}",
            case.id, case.expected_satisfied, asked.findings
        ));
    }
    report.lines.push(format!("northeastern verdicts: {score}; {times}"));
    Ok(())
}

/// Cases of the planner's own suite: whether there is a solution, and whether the engine's
/// witness is one of the solutions that the planner lists.
fn validator(report: &mut Report, cases: &[ValidatorCase]) -> Result<(), Fault> {
    let (mut score, day) = (Score::default(), some_day()?);
    for case in cases {
        let completion = completion(case)?;
        let mut catalog = catalog()?;
        let id = add_credential(
            &mut catalog,
            "asked",
            &case.name,
            credstack_engine::model::CredentialKind::Program,
            completion,
            Decimal::ZERO,
        )?;
        let taken = case.call.taken.iter().map(|c| (format!("{} {}", c.subject, c.class_id), whole(c.credits)));
        let asked =
            ask(&compiled(catalog)?, &Record::of_courses("learner".parse()?, taken)?, day, Targets::These(vec![id]))?;
        let target = asked.target("asked")?;
        let agrees = match (completed(target.status), &case.expect.expected.ok) {
            (None, _) => {
                score.undetermined += 1;
                report.faults.push(format!("northeastern validator: {}: undetermined", case.name));
                continue;
            }
            (Some(false), None) => true,
            (Some(true), Some(solutions)) => {
                let witness = witness(&target.completion);
                let listed = |sol: &Vec<String>| {
                    let mut sol = sol.clone();
                    sol.sort();
                    sol == witness
                };
                solutions.iter().any(|s| listed(&s.sol))
            }
            (Some(_), _) => false,
        };
        if agrees && asked.findings.is_empty() {
            score.right += 1;
        } else {
            score.wrong += 1;
            report.faults.push(format!(
                "northeastern validator: {}: {:?} with {:?}; {:?}",
                case.name,
                target.status,
                witness(&target.completion),
                asked.findings
            ));
        }
    }
    report.lines.push(format!("northeastern validator cases: {score}"));
    Ok(())
}

fn completion(case: &ValidatorCase) -> Result<Requirement, Fault> {
    if let Some(major) = &case.call.major {
        return Ok(Requirement::all(requirements(&major.requirement_sections, EmptySections::LeaveOut)?));
    }
    let node = case.call.requirement.as_ref().ok_or_else(|| format!("`{}` asks nothing", case.name))?;
    requirement(node, EmptySections::LeaveOut)?.ok_or_else(|| format!("`{}` asks nothing", case.name).into())
}

/// The courses that the answer uses, as the planner writes them, sorted.
fn witness(answer: &NodeAnswer) -> Vec<String> {
    let packed = |of: &Code| of.as_str().replace(' ', "");
    let mut used: Vec<_> = answer.walk().iter().flat_map(|node| &node.uses).map(|u| packed(&u.of)).collect();
    used.sort();
    used
}
