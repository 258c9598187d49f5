//! Grades: how they are read, and what a missing one means.
//!
//! | grade | may be counted | at least a minimum | graded on a scale |
//! | --- | --- | --- | --- |
//! | on the scale asked for | if it earns credit | if its rank is as high | yes |
//! | on another scale | if it earns credit | no | no |
//! | none, or none that the scale knows; finished | yes | unknown | unknown |
//! | none; unfinished | yes | yes | yes |
//!
//! The grade of unfinished work is still to come, so it is taken as good enough; that the work is unfinished
//! shows in the level at which it counts. In an average, work without grade points does not count
//! ([`crate::determine`], `averages.rs`).

use credstack_model::{Attainment, Catalog, GradeSymbol, GradeValue, MinGrade, ScaleId};

use super::tri::Tri;

/// A grade, read on its scale.
#[derive(Clone, Copy, Debug)]
pub struct ReadGrade<'a> {
    /// The scale.
    pub scale: &'a ScaleId,
    /// The value.
    pub value: GradeValue,
}

/// An item, as far as rules on grades look at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct GradeFacts<'a> {
    pub(super) grade: Option<ReadGrade<'a>>,
    pub(super) in_progress: bool,
    /// Whether it is graded only as a plan supposes, on no scale that a record names.
    pub(super) is_planned: bool,
}

/// Read the grade of an attainment on its scale. A grade that the scale does not know is none; `unknown` is told.
pub(super) fn read<'a>(
    catalog: &'a Catalog,
    attainment: &'a Attainment,
    unknown: impl FnOnce(&GradeSymbol, &ScaleId),
) -> Option<ReadGrade<'a>> {
    let scale = attainment.scale.as_ref().unwrap_or(&catalog.defaults.scale);
    let symbol = attainment.grade.as_ref()?;
    let value = catalog.scales.get(scale).and_then(|s| s.read(symbol));
    if value.is_none() {
        unknown(symbol, scale);
    }
    value.map(|value| ReadGrade { scale, value })
}

/// Return the grade of work that is under way: a mark without credit, such as `IP`, is not the last word on it.
pub(super) fn under_way(grade: Option<ReadGrade<'_>>) -> Option<ReadGrade<'_>> {
    grade.filter(|grade| grade.value.earns_credit)
}

/// Check whether work with this grade may be counted at all.
pub(super) fn may_count(grade: Option<ReadGrade<'_>>) -> bool {
    grade.is_none_or(|grade| grade.value.earns_credit)
}

/// Check whether the grade of an item is at least a minimum.
pub(super) fn at_least(catalog: &Catalog, item: GradeFacts<'_>, min: &MinGrade) -> Tri {
    let Some(grade) = item.grade else { return missing(item) };
    // What is planned is graded on whichever scale is asked for.
    if *grade.scale != min.scale && item.is_planned {
        return Tri::Yes;
    }
    let least = || catalog.scales.get(&min.scale)?.read(&min.grade);
    Tri::known(*grade.scale == min.scale && least().is_some_and(|least| grade.value.rank >= least.rank))
}

/// Check whether an item is graded on one of these scales.
pub(super) fn graded_on(item: GradeFacts<'_>, scales: &[ScaleId]) -> Tri {
    match item.grade {
        Some(_) if item.is_planned => Tri::Yes,
        Some(grade) => Tri::known(scales.contains(grade.scale)),
        None => missing(item),
    }
}

/// Return what is known of a grade that is not there: of unfinished work it is still to come, and may be any.
const fn missing(item: GradeFacts<'_>) -> Tri {
    if item.in_progress { Tri::Yes } else { Tri::Unknown }
}
