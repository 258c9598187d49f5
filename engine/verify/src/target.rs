//! One answered credential: its heading, its status, its gates, and what it shares.

use super::codes;
use credstack_base::sorted::{Map, Set};
use credstack_model::{Admission, Gate, NodeAnswer, NodeStatus, Status, TargetAnswer};
use credstack_model::{AttainmentId, CredentialId, Edition};

use super::facts::Facts;
use super::finding::Finding;
use super::refutation;
use super::sharing::{Consumed, Group};
use super::tree::{Examination, Outcome};

/// Check the answer for one credential of a group.
pub(super) fn check<'a>(
    facts: &Facts<'a>,
    group: &Group<'a, '_>,
    target: &'a TargetAnswer,
    together: &[&'a TargetAnswer],
    findings: &mut Vec<Finding>,
) {
    let id = &target.credential;
    let object = |findings: &mut Vec<Finding>, code: &str, message: String| {
        findings.push(Finding { code: code.to_owned(), path: String::new(), message });
    };
    let (Some(credential), Some((edition, edition_known))) = (facts.catalog.credentials.get(id), facts.edition(id))
    else {
        object(findings, codes::NO_SUCH_CREDENTIAL, format!("the catalog has no credential `{id}`"));
        return;
    };
    if target.title != credential.title || target.kind != credential.kind {
        object(findings, codes::WRONG_HEADING, "its title or kind is not the catalog's".to_owned());
    }
    if target.edition != edition.from_year.or(edition.to_year) {
        object(
            findings,
            codes::WRONG_EDITION,
            format!("the edition that applies is that from {:?}", edition.from_year),
        );
    }

    let nothing = Consumed::new();
    let applied = group.targets.get(id).unwrap_or(&nothing);
    let earned = |other: &CredentialId| {
        let answer = together.iter().copied().find(|t| t.credential == *other);
        answer.map(|t| t.completion.status)
    };
    let (own, carried) = (group.own(id), group.carried_perhaps(id));
    let completion = Examination::new(facts, id, applied, &earned, &own, &carried, findings).tree(
        &edition.completion,
        &target.completion,
        "completion",
    );
    let held = facts.held(id);
    let follows = match completion.status {
        _ if held => Status::Conferred,
        // Whose edition is not known cannot be sure of having met it.
        NodeStatus::Met | NodeStatus::MetWithInProgress if !edition_known => Status::NeedsReview,
        NodeStatus::Met => Status::Complete,
        NodeStatus::MetWithInProgress => Status::CompleteWithInProgress,
        NodeStatus::NeedsReview => Status::NeedsReview,
        NodeStatus::Unmet | NodeStatus::Closed if target.completion.status == NodeStatus::Closed => Status::Closed,
        NodeStatus::Unmet | NodeStatus::Closed => Status::Incomplete,
    };
    let unproved = target.status == Status::Undetermined && !target.proof.status && !held;
    let right = target.status == follows || unproved;
    if !right {
        let message = format!("{:?} does not follow: its completion is {:?}", target.status, completion.status);
        object(findings, codes::WRONG_STATUS, message);
    }
    let distance = facts.shown(if held { 0 } else { completion.short });
    if target.distance != distance {
        object(findings, codes::WRONG_DISTANCE, format!("{} is claimed to be short", target.distance));
    }
    if matches!(target.status, Status::Incomplete | Status::Closed) {
        let tree = (&edition.completion, &target.completion);
        refutation::check(facts, id, tree, target.cannot.as_ref(), findings);
    } else if target.cannot.is_some() {
        object(
            findings,
            codes::WRONG_REFUTATION,
            "it is said that it cannot be complete, and it is not open".to_owned(),
        );
    }
    gates(facts, target, edition, applied, &earned, findings);
    shared(facts, group, target, applied, findings);
}

/// Check the admission and conferral trees and what follows from them.
fn gates<'a>(
    facts: &Facts<'a>,
    target: &'a TargetAnswer,
    edition: &'a Edition,
    applied: &Consumed<'a>,
    earned: &dyn Fn(&CredentialId) -> Option<NodeStatus>,
    findings: &mut Vec<Finding>,
) {
    let id = &target.credential;
    let nothing = Consumed::new();
    let mut comes_to =
        |requirement: &'a Option<_>, answer: &'a Option<NodeAnswer>, name: &str| match (requirement, answer) {
            (Some(requirement), Some(answer)) => {
                let outcome: Outcome<'_> = Examination::new(facts, id, applied, earned, &[], &nothing, findings).tree(
                    requirement,
                    answer,
                    name,
                );
                Some(outcome.status)
            }
            (None, None) => Some(NodeStatus::Met),
            _ => {
                let message = "the rule and the answer do not both have this tree".to_owned();
                findings.push(Finding { code: codes::WRONG_SHAPE.to_owned(), path: name.to_owned(), message });
                None
            }
        };
    let admission = comes_to(&edition.admission, &target.admission_tree, "admission");
    let conferral = comes_to(&edition.conferral, &target.conferral_tree, "conferral");
    // That a gate is shut holds only as far as every allocation was tried, and the answer may be
    // more careful than its witness; that it is open has to be shown.
    let admission_right = match admission {
        Some(NodeStatus::Met) => target.admission == Admission::Eligible,
        Some(NodeStatus::NeedsReview) => target.admission == Admission::Unknown,
        Some(_) => target.admission != Admission::Eligible,
        None => true,
    };
    let conferral_right = match conferral {
        Some(NodeStatus::Met) => target.conferral == Gate::Open,
        Some(NodeStatus::NeedsReview) => target.conferral == Gate::Unknown,
        Some(_) => target.conferral != Gate::Open,
        None => true,
    };
    for (right, name, status) in [(admission_right, "admission", admission), (conferral_right, "conferral", conferral)]
    {
        if !right {
            let message = format!("the {name} claimed does not follow from its tree, which is {status:?}");
            findings.push(Finding { code: codes::WRONG_GATE.to_owned(), path: name.to_owned(), message });
        }
    }
}

/// Check the list of what other credentials count too, and of exceptions.
fn shared<'a>(
    facts: &Facts<'a>,
    group: &Group<'a, '_>,
    target: &'a TargetAnswer,
    applied: &Consumed<'a>,
    findings: &mut Vec<Finding>,
) {
    let id = &target.credential;
    let mut right: Map<&AttainmentId, Set<&CredentialId>> = Map::new();
    for (other, consumed) in group.targets.iter().chain(&group.awards).filter(|(other, _)| **other != id) {
        for attainment in consumed.intersection(applied) {
            right.entry(attainment).or_default().insert(other);
        }
    }
    let mut claimed: Map<&AttainmentId, Set<&CredentialId>> = Map::new();
    for use_ in &target.shared {
        claimed.entry(&use_.attainment).or_default().extend(&use_.also_in);
    }
    if claimed != right {
        let message = "the attainments that others count too are not those listed".to_owned();
        findings.push(Finding { code: codes::WRONG_SHARED.to_owned(), path: String::new(), message });
    }
    for applied in &target.exceptions {
        let granted = facts.record.exceptions.iter().any(|e| {
            e.credential == *id
                && e.grant == applied.grant
                && e.authority == applied.authority
                && e.reason == applied.reason
        });
        if !granted {
            let message = "an exception is claimed that the record does not grant".to_owned();
            findings.push(Finding { code: codes::NO_SUCH_EXCEPTION.to_owned(), path: String::new(), message });
        }
    }
}
