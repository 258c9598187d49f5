//! # pool-too-small
//!
//! **What it finds:** a requirement that asks for more than all the courses it lists are worth.
//!
//! **Why it matters:** nobody can meet it.
//!
//! **Example:** `courses(4, ["CSCI 5502", "CSCI 5622", "CSCI 5822"])`. List more, or ask for less.
//! Pools with patterns, tags and the like are open, and are not judged; nor are courses that may
//! be repeated or whose credits the catalog does not state.

use credstack_model::{Catalog, Code, Decimal, Descriptor, Diagnostic, Measure, Repeats, Rule, Selector};

use super::context::{Context, requirements};

const LIST_MORE: &str = "list more courses, or ask for less";

pub(crate) static TOO_FEW_COURSES: Descriptor = Descriptor::warning(
    "pool-too-small",
    "this asks for {min} courses, and all that it lists is worth {worth}",
    LIST_MORE,
);
pub(crate) static TOO_FEW_CREDITS: Descriptor = Descriptor::warning(
    "pool-too-small",
    "this asks for {min} credits, and all that it lists is worth {worth}",
    LIST_MORE,
);
pub(crate) static TOO_FEW_HOURS: Descriptor = Descriptor::warning(
    "pool-too-small",
    "this asks for {min} hours, and all that it lists is worth {worth}",
    LIST_MORE,
);

pub(super) fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for requirement in requirements(context.catalog) {
        let (measure, min, pool) = match &requirement.rule {
            Rule::Take(take) => (take.measure, take.min, &take.pool),
            Rule::Seen(seen) => (seen.measure, seen.min, &seen.pool),
            _ => continue,
        };
        let Some(worth) = codes(pool).and_then(|codes| worth(context.catalog, codes, measure)) else { continue };
        if worth < min {
            let small = match measure {
                Measure::Count => &TOO_FEW_COURSES,
                Measure::Credits => &TOO_FEW_CREDITS,
                Measure::Hours => &TOO_FEW_HOURS,
            };
            found.push(small.of(&[("min", &min), ("worth", &worth)]).at(requirement.source.as_ref()));
        }
    }
    found
}

/// Return the codes that a pool can hold, if it names them one by one.
fn codes(pool: &Selector) -> Option<&[Code]> {
    match pool {
        Selector::Codes(codes) => Some(codes),
        Selector::And(of) => of.iter().find_map(codes),
        _ => None,
    }
}

fn worth(catalog: &Catalog, codes: &[Code], measure: Measure) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    for code in codes {
        let course = catalog.courses.get(code);
        let repeats = course.and_then(|c| c.repeats).unwrap_or(catalog.defaults.repeats);
        if matches!(repeats, Repeats::UpTo(_) | Repeats::All) {
            return None;
        }
        let each = match measure {
            Measure::Count => Decimal::whole(1),
            Measure::Credits => course?.credits?,
            Measure::Hours => course?.hours?,
        };
        total = total.plus(each);
    }
    Some(total)
}
