//! Grades, and what a missing one means.
//!
//! What is finished and has no grade may have any, so a rule that asks for a grade does not know. What is unfinished
//! still gets its grade, so it is taken as good enough; that it is unfinished shows in its standing.

use credstack_model::{Attainment, Catalog, GradeValue, MinGrade, ScaleId};

use super::certainty::Answer;

/// Return the scale of an attainment's grade.
pub(super) fn scale<'s>(catalog: &'s Catalog, attainment: &'s Attainment) -> &'s ScaleId {
    attainment.scale.as_ref().unwrap_or(&catalog.defaults.scale)
}

/// Read the grade of an attainment. What is under way has not failed yet, whatever its mark: such a mark is none.
pub(super) fn read(catalog: &Catalog, attainment: &Attainment, unfinished: bool) -> Option<GradeValue> {
    let on_scale = catalog.scales.get(scale(catalog, attainment))?.read(attainment.grade.as_ref()?);
    on_scale.filter(|grade| grade.earns_credit || !unfinished)
}

/// Check whether something with this grade may be counted at all.
pub(super) fn may_count(grade: Option<GradeValue>) -> bool {
    grade.is_none_or(|grade| grade.earns_credit)
}

/// Check whether a grade is at least a minimum: on its scale, and no worse.
pub(super) fn at_least(catalog: &Catalog, attainment: &Attainment, grade: GradeValue, min: &MinGrade) -> bool {
    let least = catalog.scales.get(&min.scale).and_then(|s| s.read(&min.grade));
    *scale(catalog, attainment) == min.scale && least.is_some_and(|least| grade.rank >= least.rank)
}

/// Return what a rule on grades says of something without a grade.
pub(super) const fn missing(unfinished: bool) -> Answer {
    if unfinished { Answer::Yes } else { Answer::Maybe }
}
