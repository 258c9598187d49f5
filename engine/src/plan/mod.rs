//! What is missing, and when to take it: a least set of courses that completes some credentials,
//! in terms.
//!
//! In come a bundle, a record, a date and [`PlanOptions`]; out comes a [`Plan`]. It is made in three steps:
//!
//! 1. *Suppose* (`supposed`). Every course of the catalog that the learner does not have, and that a requirement
//!    could count, is added to the record as if it had been completed with the best grade; what is under way counts
//!    as finished too ([`UnderWay::Finished`]), with whatever grade is asked for unless it has one.
//! 2. *Choose* (`determine/completion.rs`). Among all allocations that bring the credentials as far as possible the
//!    search takes one that adds least: the fewest credits, then the fewest courses. Prerequisites that this leaves
//!    out are added and the search is run again, with those at no cost.
//! 3. *Place* (`terms`, `schedule`). The courses go into as few terms as possible, after their prerequisites, when
//!    they are offered, and under the load that is asked for.
//!
//! INVARIANT: what a plan says of the credentials is not concluded from these steps, but determined once more, from
//! the record with the chosen courses in it.

mod format;
mod schedule;
mod supposed;
mod terms;
#[cfg(test)]
mod tests;

use crate::determine::{Additions, Completion, DetermineError, completion, determine, determine_with};
use crate::select::UnderWay;
use credstack_base::order;
use credstack_base::sorted::{Map, Set};
use credstack_compile::Bundle;
use credstack_model::{Admission, Options, Provenance, Status, Targets};
use credstack_model::{Catalog, Code, Course, CredentialId, Date, Decimal, Record};

pub use format::{ALTERNATIVES, MissingItem, PLAN_VERSION, Plan, PlanOptions, PlannedTarget, PlannedTerm};

use supposed::{afterwards, prerequisites, supposed};
use terms::terms;

/// How often prerequisites of what was added are added too.
const ROUNDS: usize = 8;

/// Plan for a learner: find a least set of courses that completes credentials, and place it into terms.
///
/// # Errors
/// If the record contradicts itself or is too large, or a target is not in the catalog.
pub fn plan(bundle: &Bundle, record: &Record, as_of: Date, options: &PlanOptions) -> Result<Plan, DetermineError> {
    let catalog = bundle.catalog();
    let targets = if options.targets.is_empty() { record.declared.clone() } else { options.targets.clone() };
    let asked = Options { targets: Targets::These(targets), steps: options.steps, ..Options::default() };
    // Targets and the record are checked here.
    let now = determine(bundle, record, as_of, &asked)?;
    let to_admit = now.targets.iter().filter(|target| target.admission == Admission::NotEligible);
    let admit: Set<CredentialId> = order::set(to_admit.map(|target| target.credential.clone()));
    let open = now.targets.iter().filter(|target| target.status != Status::Conferred);
    let ids: Vec<CredentialId> = open.map(|target| target.credential.clone()).collect();
    let day = afterwards(catalog, record, as_of);
    let make = |code: &Code| supposed(catalog, day, code);
    let mut needed: Set<Code> = Set::new();
    let mut found = Completion::default();
    for _ in 0..ROUNDS {
        let additions = Additions { make: &make, free: &needed, admit: &admit };
        found = completion(bundle, record, as_of, &asked, &ids, &additions)?;
        let is_used = |code: &Code| found.used.iter().any(|(used, _)| used == code);
        let before = prerequisites(catalog, record, found.used.iter().map(|(code, _)| code).chain(&needed));
        let more: Vec<Code> = before.into_iter().filter(|code| !needed.contains(code) && !is_used(code)).collect();
        if more.is_empty() {
            break;
        }
        needed.extend(more);
    }
    let used: Map<&Code, &Vec<Code>> = order::map(found.used.iter().map(|(code, instead)| (code, instead)));
    let mut missing: Vec<MissingItem> = used
        .iter()
        .map(|(code, instead)| item(catalog, code, instead.iter().take(ALTERNATIVES).cloned().collect(), false))
        .collect();
    let only_before = needed.iter().filter(|code| !used.contains_key(code));
    missing.extend(only_before.map(|code| item(catalog, code, Vec::new(), true)));
    let mut then_record = record.clone();
    then_record.attainments.extend(missing.iter().filter_map(|item| make(&item.code)));
    let then = determine_with(bundle, &then_record, as_of, &asked, UnderWay::Finished)?;
    let targets = then
        .targets
        .iter()
        .map(|target| PlannedTarget {
            credential: target.credential.clone(),
            title: target.title.clone(),
            then: target.status,
            admission: target.admission,
            still: target.next_steps.clone(),
        })
        .collect();
    let (terms, fewest_terms, obstacle) = terms(catalog, as_of, &missing, options.load);
    Ok(Plan {
        version: PLAN_VERSION,
        learner: record.learner.clone(),
        as_of,
        options: options.clone(),
        provenance: Provenance { record: record.hash(), ..now.provenance },
        targets,
        credits: missing.iter().map(|item| item.credits).sum(),
        least: found.proved && needed.is_empty(),
        missing,
        terms,
        fewest_terms,
        obstacle,
    })
}

/// Return a course of a plan.
fn item(catalog: &Catalog, code: &Code, instead: Vec<Code>, only_before: bool) -> MissingItem {
    let course = catalog.courses.get(code);
    MissingItem {
        code: code.clone(),
        title: course.and_then(|course| course.title.clone()),
        credits: credits(catalog, course),
        instead,
        only_before,
    }
}

/// Return the credits of a course, or those of a typical one.
fn credits(catalog: &Catalog, course: Option<&Course>) -> Decimal {
    course.and_then(|course| course.credits).unwrap_or(catalog.defaults.typical_credits)
}
