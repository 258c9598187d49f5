//! What is missing, and when to take it: a least set of courses that completes some credentials,
//! in terms.
//!
//! Every course of the catalog that the learner does not have, and that a requirement could count,
//! is added to the record as if it had been completed with the best grade; what is under way counts
//! as finished too ([`UnderWay::Finished`]), with whatever grade is asked for unless it has one. Among
//! all allocations that bring the credentials as far as possible the search then takes one that adds
//! least: the fewest credits, then the fewest courses. Prerequisites that this leaves out are added and
//! the search is run again, with those at no cost.

mod schedule;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::determine::{Additions, Completion, DetermineError, completion, determine, determine_with};
use crate::select::UnderWay;
use credstack_base::json::FromJson;
use credstack_base::order;
use credstack_base::sorted::{Map, Set};
use credstack_compile::Bundle;
use credstack_model::record_hash;
use credstack_model::{Admission, Message, Options, Provenance, Status, Targets};
use credstack_model::{
    Attainment, AttainmentId, AttainmentSource, AttainmentStatus, Catalog, Code, Completed, Course, CredentialId, Date,
    Decimal, GradeScale, GradeSymbol, LearnerId, Record, ScaleKind, TermId,
};

/// The version of [`Plan`] that this engine writes.
pub const PLAN_VERSION: u32 = 1;

/// What a plan is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanOptions {
    /// The credentials, to be completed together; those that the record declares if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<CredentialId>,
    /// The most credits in a term; no limit if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load: Option<Decimal>,
    /// How many search steps may be taken.
    pub steps: u64,
}

/// A way to complete credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The version of this format: 1.
    pub version: u32,
    /// Whose it is.
    pub learner: LearnerId,
    /// The date it was asked for.
    pub as_of: Date,
    /// What else it was asked for.
    pub options: PlanOptions,
    /// What it was computed from.
    pub provenance: Provenance,
    /// How far it brings each credential, in the order asked for.
    pub targets: Vec<PlannedTarget>,
    /// What is to be completed.
    pub missing: Vec<MissingItem>,
    /// Its credits together.
    pub credits: Decimal,
    /// Whether no set of fewer credits, or of fewer courses with as many, is known to do. Not where
    /// prerequisites had to be added, or a rule looks at courses without counting them: an average
    /// over a pool, or what else was completed; nor where an admission asks for a further credential.
    pub least: bool,
    /// The terms, in order; none if nothing is missing or no order keeps all conditions.
    pub terms: Vec<PlannedTerm>,
    /// Whether no order needs fewer terms.
    pub fewest_terms: bool,
    /// What stands in the way of an order, if anything does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Message>,
}

/// How far a plan brings a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedTarget {
    /// Which.
    pub credential: CredentialId,
    /// Its title.
    pub title: String,
    /// Its status once everything in the plan is completed with the best grade.
    pub then: Status,
    /// Whether the learner may start it then.
    pub admission: Admission,
    /// What courses cannot bring about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still: Vec<Message>,
}

/// A course of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MissingItem {
    /// Its code.
    pub code: Code,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its credits.
    pub credits: Decimal,
    /// Courses that would do as well in its place, up to [`ALTERNATIVES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<Code>,
    /// Whether nothing counts it: it only comes before something that is counted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_before: bool,
}

/// A term of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedTerm {
    /// Its number, from 1.
    pub number: usize,
    /// The catalog's name of it; the terms after the last that the catalog names have a number only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<TermId>,
    /// What to take.
    pub items: Vec<Code>,
    /// Its credits together.
    pub credits: Decimal,
}

impl Plan {
    /// Return whether the plan completes every target and its courses can be put in order.
    #[must_use]
    pub fn completes_all(&self) -> bool {
        self.obstacle.is_none() && self.targets.iter().all(PlannedTarget::is_reached)
    }
}

impl PlannedTarget {
    /// Return whether the learner, after the plan, has completed the credential and was admitted to it as far as
    /// is known.
    #[must_use]
    pub const fn is_reached(&self) -> bool {
        self.then.is_earned() && !self.admission.is_barred()
    }
}

/// More alternatives than this are not listed.
pub const ALTERNATIVES: usize = 8;
/// More terms than this are not planned.
const TERMS: usize = 40;
/// Prerequisites of prerequisites are followed so often.
const ROUNDS: usize = 8;
/// What a course that is added is called in the record.
const ADDED: &str = "plan:";

/// Plans for a learner.
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
    let make = |code: &Code| trial(catalog, day, code);
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
        provenance: Provenance { record: record_hash(record), ..now.provenance },
        targets,
        credits: missing.iter().map(|item| item.credits).sum(),
        least: found.proved && needed.is_empty(),
        missing,
        terms,
        fewest_terms,
        obstacle,
    })
}

/// The day on which what is planned is completed, as far as rules look at days: the date asked for is over, and so is
/// what is under way.
fn afterwards(catalog: &Catalog, record: &Record, as_of: Date) -> Date {
    let under_way = record.attainments.iter().filter(|attainment| attainment.is_under_way(catalog, as_of));
    let last = under_way.filter_map(|attainment| attainment.completed_day(catalog)).fold(as_of, Date::max);
    Date::from_day_number(last.day_number() + 1).unwrap_or(last)
}

/// A course as if it had been completed, with the best grade.
fn trial(catalog: &Catalog, day: Date, code: &Code) -> Option<Attainment> {
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

/// The best grade of a scale.
fn best_grade(scale: &GradeScale) -> Option<GradeSymbol> {
    match &scale.kind {
        ScaleKind::Symbols(grades) => grades.iter().find(|grade| grade.earns_credit).map(|grade| grade.symbol.clone()),
        ScaleKind::Numeric(numeric) => numeric.max.to_string().parse().ok(),
    }
}

/// What has to come before some courses and is not on record, with what comes before that.
fn prerequisites<'c>(catalog: &'c Catalog, record: &Record, of: impl Iterator<Item = &'c Code>) -> Set<Code> {
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

fn credits(catalog: &Catalog, course: Option<&Course>) -> Decimal {
    course.and_then(|course| course.credits).unwrap_or(catalog.defaults.typical_credits)
}

/// The terms of a plan, whether there can be no fewer, and what stands in the way.
fn terms(
    catalog: &Catalog,
    as_of: Date,
    missing: &[MissingItem],
    load: Option<Decimal>,
) -> (Vec<PlannedTerm>, bool, Option<Message>) {
    if missing.is_empty() {
        return (Vec::new(), true, None);
    }
    let too_heavy = missing.iter().find(|item| load.is_some_and(|load| item.credits > load));
    if let (Some(item), Some(load)) = (too_heavy, load) {
        let obstacle = Message::new("plan-too-heavy").text("code", item.code.as_str());
        return (Vec::new(), true, Some(obstacle.number("credits", item.credits).number("load", load)));
    }
    let mut named: Vec<(&TermId, Date)> =
        catalog.terms.iter().filter(|(_, term)| term.starts > as_of).map(|(id, term)| (id, term.starts)).collect();
    order::sort_by_key(&mut named, |(id, starts)| (*starts, (*id).clone()));
    // After the terms that the catalog names come others, of which nothing is known.
    named.truncate(TERMS);
    let count = TERMS;
    let offered = |code: &Code, term: usize| {
        let offered = catalog.courses.get(code).map_or(&[][..], |course| &course.offered);
        let Some((id, _)) = named.get(term) else { return true };
        let ends = |season: &String| id.as_str().strip_suffix(season.as_str()).is_some_and(|rest| rest.ends_with('-'));
        offered.is_empty() || offered.iter().any(|season| id.as_str() == season || ends(season))
    };
    let at = |code: &Code| missing.iter().position(|item| item.code == *code);
    let courses: Vec<schedule::Course> = missing
        .iter()
        .map(|item| schedule::Course {
            load: item.credits,
            after: catalog
                .courses
                .get(&item.code)
                .map_or_else(Vec::new, |c| c.prerequisites.iter().filter_map(at).collect()),
            offered: (0..count).map(|term| offered(&item.code, term)).collect(),
        })
        .collect();
    let Some((placed, fewest)) = schedule::schedule(&courses, count, load) else {
        let number = Decimal::whole(i64::try_from(count).unwrap_or(i64::MAX));
        let key = if courses.len() > schedule::EXACT { "plan-no-order-found" } else { "plan-no-order" };
        return (Vec::new(), false, Some(Message::new(key).number("n", number)));
    };
    let last = placed.iter().copied().max().unwrap_or(0);
    let terms = (0..=last).map(|term| {
        let items = missing.iter().zip(&placed).filter(|(_, at)| **at == term).map(|(item, _)| item);
        PlannedTerm {
            number: term + 1,
            term: named.get(term).map(|(id, _)| (*id).clone()),
            items: items.clone().map(|item| item.code.clone()).collect(),
            credits: items.map(|item| item.credits).sum(),
        }
    });
    (terms.collect(), fewest, None)
}
