//! # idle-grade
//!
//! **What it finds:** a lowest grade that excludes nothing, because every grade that earns credit
//! is at least as good.
//!
//! **Why it matters:** the rule seems to ask for something and does not; a wrong grade or scale was
//! probably named.
//!
//! **Example:** `.min_grade("D-")` on the letter scale, whose lowest grade with credit is D-.

use credstack_model::{Descriptor, Diagnostic, GradeScale, GradeSymbol, MinGrade, Rule, ScaleKind, Selector};

use super::context::{Context, requirements};

pub(crate) static IDLE_GRADE: Descriptor = Descriptor::warning(
    "idle-grade",
    "`{grade}` or better is every grade on the scale `{scale}` that earns credit",
    "name a higher grade, or leave `min_grade` out",
);

pub(super) fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for requirement in requirements(context.catalog) {
        let pool = match &requirement.rule {
            Rule::Take(take) => &take.pool,
            Rule::Seen(seen) => &seen.pool,
            _ => continue,
        };
        // A union of grades on several scales names the lowest pass of one on purpose, so only what
        // narrows the whole pool is judged.
        let narrowing = match pool {
            Selector::And(of) => of.as_slice(),
            other => std::slice::from_ref(other),
        };
        for selector in narrowing {
            let Selector::MinGrade(MinGrade { scale, grade }) = selector else { continue };
            let idle = context.catalog.scales.get(scale).is_some_and(|s| is_lowest(s, grade));
            // On a scale of two grades the pass is the only grade one can ask for.
            if idle {
                let idle = IDLE_GRADE.of(&[("grade", grade), ("scale", scale)]);
                found.push(idle.at(requirement.source.as_ref()));
            }
        }
    }
    found
}

fn is_lowest(scale: &GradeScale, grade: &GradeSymbol) -> bool {
    let ScaleKind::Symbols(grades) = &scale.kind else { return false };
    let earning: Vec<&GradeSymbol> = grades.iter().filter(|g| g.earns_credit).map(|g| &g.symbol).collect();
    let listed = grades.iter().any(|g| g.symbol == *grade);
    listed && earning.len() > 1 && (earning.last() == Some(&grade) || !earning.contains(&grade))
}
