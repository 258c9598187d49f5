//! Courses as a plan supposes them: completed, with the best grade, after all that is under way.

use credstack_base::order;
use credstack_base::sorted::{Map, Set};
use credstack_model::{
    Attainment, AttainmentId, AttainmentSource, AttainmentStatus, Catalog, Code, Completed, Date, GradeScale,
    GradeSymbol, Record, ScaleKind,
};

/// The first part of the id of a course that is added to a record.
const ADDED: &str = "plan:";

/// Return the day on which what is planned is completed, as far as rules look at days: the date asked for is over,
/// and so is what is under way.
pub(super) fn afterwards(catalog: &Catalog, record: &Record, as_of: Date) -> Date {
    let under_way = record.attainments.iter().filter(|attainment| attainment.is_under_way(catalog, as_of));
    let last = under_way.filter_map(|attainment| attainment.completed_day(catalog)).fold(as_of, Date::max);
    Date::from_day_number(last.day_number() + 1).unwrap_or(last)
}

/// Return a course as if it had been completed, with the best grade.
pub(super) fn supposed(catalog: &Catalog, day: Date, code: &Code) -> Option<Attainment> {
    let id: AttainmentId = format!("{ADDED}{code}").parse().ok()?;
    Some(Attainment {
        id,
        of: code.clone(),
        kind: None,
        credits: None,
        hours: None,
        grade: catalog.scales.get(&catalog.defaults.scale).and_then(best_grade),
        scale: None,
        status: AttainmentStatus::Completed,
        completed_on: Some(Completed::On(day)),
        expires_on: None,
        source: AttainmentSource::Institution,
        issuer: None,
        verified: Some(true),
        tags: Vec::new(),
        competencies: Vec::new(),
        attributes: Map::new(),
    })
}

/// Return the best grade of a scale.
fn best_grade(scale: &GradeScale) -> Option<GradeSymbol> {
    match &scale.kind {
        ScaleKind::Symbols(grades) => grades.iter().find(|grade| grade.earns_credit).map(|grade| grade.symbol.clone()),
        ScaleKind::Numeric(numeric) => numeric.max.to_string().parse().ok(),
    }
}

/// Return what has to come before some courses and is not on record, with what comes before that.
pub(super) fn prerequisites<'c>(
    catalog: &'c Catalog,
    record: &Record,
    of: impl Iterator<Item = &'c Code>,
) -> Set<Code> {
    let have: Set<&Code> = order::set(record.attainments.iter().map(|attainment| &attainment.of));
    let mut found = Set::new();
    let mut open: Vec<&Code> = of.collect();
    while let Some(code) = open.pop() {
        for before in catalog.courses.get(code).map(|course| &course.prerequisites).into_iter().flatten() {
            if !have.contains(before) && found.insert(before.clone()) {
                open.push(before);
            }
        }
    }
    found
}
