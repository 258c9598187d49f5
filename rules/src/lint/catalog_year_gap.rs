//! # catalog-year-gap
//!
//! **What it finds:** catalog years between two editions of a credential for which there is none.
//!
//! **Why it matters:** a learner of such a year can be given no answer.
//!
//! **Example:** `.catalog_years(2020, 2022)` followed by `.catalog_years_from(2024)`: nothing is said
//! of 2023.

use credstack_model::Diagnostic;

use super::Context;

pub(super) fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, credential) in &context.catalog.credentials {
        for pair in credential.editions.windows(2) {
            let (Some(to), Some(from)) = (pair[0].to_year, pair[1].from_year) else { continue };
            if i32::from(to) + 1 < i32::from(from) {
                let (first, last) = (i32::from(to) + 1, i32::from(from) - 1);
                let years = if first == last { format!("{first}") } else { format!("{first} to {last}") };
                found.push(
                    Diagnostic::warning(
                        "catalog-year-gap",
                        format!("`{id}` has no edition for the catalog years {years}"),
                        pair[1].completion.source.as_ref().or(credential.source.as_ref()),
                    )
                    .with_help("let one of the neighbouring editions begin earlier or end later"),
                );
            }
        }
    }
    found
}
