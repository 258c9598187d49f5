//! Areas of study of the conformance data, as their college publishes them, and learners of 30
//! courses drawn from what the areas name.

use std::collections::BTreeSet;
use std::path::Path;

use credstack_engine::model::{Attainment, AttainmentId, Code, Completed, CredentialId, GradeSymbol, LearnerId};
use credstack_engine::{Bundle, Date, Determination, Options, Record, Targets, determine};
use credstack_tests::adapters::build::whole;
use credstack_tests::adapters::{source, stolaf};
use serde_json::Value;

use crate::dice::Dice;
use crate::{Fault, compiled};

/// An area and its learners.
#[derive(Debug)]
pub struct Area {
    bundle: Bundle,
    asked: Vec<CredentialId>,
    as_of: Date,
    /// The learners.
    pub records: Vec<Record>,
}

/// How many courses a learner has, and of how many learners an area is asked about.
const COURSES: usize = 30;
const LEARNERS: u32 = 12;

/// The areas that the model can say as they are.
///
/// # Errors
/// If a file of the data cannot be read, or a name in it is none.
pub fn of_data(data: &Path) -> Result<Vec<Area>, Fault> {
    let mut catalogs = Vec::new();
    for file in source::files(&data.join("stolaf"), ".yaml")? {
        let import = stolaf::read(&source::text(&file)?)?;
        if import.lacks.is_empty() {
            catalogs.push(import.catalog);
        }
    }
    let mut elsewhere = BTreeSet::new();
    for catalog in &catalogs {
        named(&serde_json::to_value(&catalog.credentials)?, &mut elsewhere);
    }
    let elsewhere: Vec<String> = elsewhere.into_iter().collect();
    let mut dice = Dice::new(5);
    let as_of = Date::new(2026, 6, 30).ok_or("no such day")?;
    catalogs
        .into_iter()
        .map(|catalog| {
            let mut own = BTreeSet::new();
            named(&serde_json::to_value(&catalog.credentials)?, &mut own);
            let own: Vec<String> = own.into_iter().collect();
            let records =
                (0..LEARNERS).map(|n| record(&mut dice, n, &own, &elsewhere)).collect::<Result<_, Fault>>()?;
            let asked = catalog.credentials.keys().take(1).cloned().collect();
            Ok(Area { bundle: compiled(catalog)?, asked, as_of, records })
        })
        .collect()
}

impl Area {
    /// Asks about the area, for one learner.
    ///
    /// # Errors
    /// If the engine refuses the record.
    pub fn ask(&self, learner: usize) -> Result<Determination, Fault> {
        let options = Options { targets: Targets::These(self.asked.clone()), ..Options::default() };
        Ok(determine(&self.bundle, &self.records[learner], self.as_of, &options)?)
    }
}

/// The courses that selectors name, wherever they stand.
fn named(json: &Value, found: &mut BTreeSet<String>) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "codes" {
                    found.extend(value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
                }
                named(value, found);
            }
        }
        Value::Array(entries) => entries.iter().for_each(|entry| named(entry, found)),
        _ => {}
    }
}

/// The later the learner, the more courses are from the area, as far as it names so many; the others
/// are from all areas.
fn record(dice: &mut Dice, n: u32, own: &[String], elsewhere: &[String]) -> Result<Record, Fault> {
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    for ix in dice.choose(COURSES * (n as usize + 1) / LEARNERS as usize, u32::try_from(own.len())?) {
        codes.insert(&own[ix as usize]);
    }
    for ix in dice.choose(COURSES, u32::try_from(elsewhere.len())?) {
        if codes.len() < COURSES {
            codes.insert(&elsewhere[ix as usize]);
        }
    }
    let mut record = Record::new(LearnerId::new("learner")?);
    for (ix, code) in codes.into_iter().enumerate() {
        let mut course = Attainment::new(AttainmentId::new(&format!("a{ix:02}"))?, Code::new(code)?);
        course.credits = Some(whole(1));
        course.grade = Some(GradeSymbol::new(["A", "A-", "B+", "B", "C+"][dice.below(5) as usize])?);
        let (year, month) = (2_022 + i16::try_from(ix / 8)?, 1 + u8::try_from(dice.below(12))?);
        course.completed_on = Date::new(year, month, 15).map(Completed::On);
        record.attainments.push(course);
    }
    Ok(record)
}
