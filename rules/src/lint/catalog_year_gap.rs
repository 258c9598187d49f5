//! # catalog-year-gap
//!
//! **What it finds:** catalog years between two editions of a credential for which there is none.
//!
//! **Why it matters:** a learner of such a year can be given no answer.
//!
//! **Example:** `.catalog_years(2020, 2022)` followed by `.catalog_years_from(2024)`: nothing is said
//! of 2023.

use credstack_model::{Descriptor, Diagnostic};

use super::context::Context;

const NEIGHBOURS: &str = "let one of the neighbouring editions begin earlier or end later";

pub(crate) static CATALOG_YEAR_GAP: Descriptor =
    Descriptor::warning("catalog-year-gap", "`{id}` has no edition for the catalog years {year}", NEIGHBOURS);
pub(crate) static CATALOG_YEARS_GAP: Descriptor = Descriptor::warning(
    "catalog-year-gap",
    "`{id}` has no edition for the catalog years {first} to {last}",
    NEIGHBOURS,
);

pub(super) fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, credential) in &context.catalog.credentials {
        for pair in credential.editions.windows(2) {
            let (Some(to), Some(from)) = (pair[0].to_year, pair[1].from_year) else { continue };
            if i32::from(to) + 1 < i32::from(from) {
                let (first, last) = (i32::from(to) + 1, i32::from(from) - 1);
                let gap = if first == last {
                    CATALOG_YEAR_GAP.of(&[("id", id), ("year", &first)])
                } else {
                    CATALOG_YEARS_GAP.of(&[("id", id), ("first", &first), ("last", &last)])
                };
                found.push(gap.at(pair[1].completion.source.as_ref().or(credential.source.as_ref())));
            }
        }
    }
    found
}
