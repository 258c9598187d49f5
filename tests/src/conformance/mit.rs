//! MIT: the lists import, and progress through the test list is what FireRoad shows.

use std::path::Path;

use credstack_engine::{Record, Targets};
use serde::Deserialize;

use super::ask::{ask, compiled, completed, some_day};
use super::{Report, Scope, Score};
use crate::adapters::build::whole;
use crate::adapters::mit::{UNITS, catalog, progress, read, section_id};
use crate::adapters::{Fault, source};

/// One row of golden percentages: for some subjects, one for each section of the test list.
#[derive(Deserialize)]
struct Golden {
    courses: Vec<String>,
    percent_test_1_to_8: Vec<serde_json::Number>,
}

/// Runs the set.
pub(super) fn run(data: &Path, _: Scope) -> Result<Report, Fault> {
    let folder = data.join("mit");
    let files = source::files(&folder, ".reql")?;
    let (mut report, mut imported, mut empty) = (Report::default(), 0, 0);
    for file in &files {
        let text = source::text(file)?;
        if text.trim().is_empty() {
            empty += 1;
            continue;
        }
        match read(&text).and_then(|list| compiled(catalog(&list)?)) {
            Ok(_) => imported += 1,
            Err(e) => report.faults.push(format!("mit: {}: {e}", file.display())),
        }
    }
    let lists = files.len() - empty;
    report.lines.push(format!("mit lists: {imported} of {lists} imported, {empty} empty file skipped"));
    let golden: Vec<Golden> = serde_json::from_str(&source::text(&folder.join("test_expected.json"))?)?;
    let list = source::text(&folder.join("test.reql"))?;
    report.part("mit percentages", |report| percentages(report, &list, &golden));
    Ok(report)
}

fn percentages(report: &mut Report, list: &str, golden: &[Golden]) -> Result<(), Fault> {
    let (list, day) = (read(list)?, some_day()?);
    let bundle = compiled(catalog(&list)?)?;
    let mut score = Score::default();
    for row in golden {
        let record = Record::of_courses("learner".parse()?, row.courses.iter().map(|c| (c, whole(UNITS))))?;
        let asked = ask(&bundle, &record, day, Targets::All)?;
        if let Some(finding) = asked.findings.first() {
            report.faults.push(format!("mit percentages: {:?}: {finding}", row.courses));
        }
        for (n, (section, truth)) in list.sections.iter().zip(&row.percent_test_1_to_8).enumerate() {
            let target = asked.target(section_id(n)?.as_str())?;
            let shown = percent(progress(section, &target.completion)?);
            // A full bar and a completed section are the same thing.
            let agrees = shown == truth.to_string() && completed(target.status) == Some(shown == "100");
            if agrees {
                score.right += 1;
            } else {
                score.wrong += 1;
                report.faults.push(format!(
                    "mit percentages: {:?}, section {}: {shown} and {:?}, where the truth is {truth}",
                    row.courses,
                    n + 1,
                    target.status
                ));
            }
        }
    }
    report.lines.push(format!("mit percentages: {score}"));
    Ok(())
}

/// A fraction as a percentage with at most four places, rounded half up, as the golden values are.
fn percent((have, most): (i64, i64)) -> String {
    if most == 0 {
        return "0".to_owned();
    }
    let ten_thousandths = (have * 2_000_000 + most) / (2 * most);
    let (whole, places) = (ten_thousandths / 10_000, ten_thousandths % 10_000);
    if places == 0 { whole.to_string() } else { format!("{whole}.{places:04}").trim_end_matches('0').to_owned() }
}
