//! # pool-too-small
//!
//! **What it finds:** a requirement that asks for more than all the courses it lists are worth.
//!
//! **Why it matters:** nobody can meet it.
//!
//! **Example:** `courses(4, ["CSCI 5502", "CSCI 5622", "CSCI 5822"])`. List more, or ask for less.
//! Pools with patterns, tags and the like are open, and are not judged; nor are courses that may
//! be repeated or whose credits the catalog does not state.

use credstack_model::{Catalog, Code, Decimal, Diagnostic, Measure, Repeats, Rule, Selector};

use super::{Context, requirements};

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
            let what = match measure {
                Measure::Count => "courses",
                Measure::Credits => "credits",
                Measure::Hours => "hours",
            };
            found.push(
                Diagnostic::warning(
                    "pool-too-small",
                    format!("this asks for {min} {what}, and all that it lists is worth {worth}"),
                    requirement.source.as_ref(),
                )
                .with_help("list more courses, or ask for less"),
            );
        }
    }
    found
}

/// The codes that a pool can hold, if it names them one by one.
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
