//! Goes over an answer again, without the solver.
//!
//! A [`Determination`] carries its witness: which attainment was counted in which leaf. [`verify`]
//! works out everything that follows from that witness and compares it with what is claimed. It
//! reads the catalog and the record with code of its own and shares nothing with the stages that
//! made the answer, so that a fault in them has to be made twice to pass. Its work grows with the
//! size of the answer, not with the number of ways to count.
//!
//! It shows that the allocation is legal and that the answer follows from it. That no better
//! allocation exists it shows where counting does; where an answer says that everything was
//! searched, only [`crate::search_again`] can. What an answer says of a credential that was completed on the
//! way, because a target asks for it to be held, is taken as it is claimed where that credential is
//! no target itself: its allocation is not part of the answer. Neither does it look at the words of an answer (summary, next
//! steps, notices, rules and facts), which are views of the rest.

mod amounts;
mod cannot;
pub mod codes;
mod facts;
mod finding;
mod sharing;
mod tree;

use credstack_base::sorted::{Map, Set};
use credstack_compile::Bundle;
use credstack_model::record_hash;
use credstack_model::{Admission, Determination, Gate, NodeAnswer, NodeStatus, Options, Status, TargetAnswer, Targets};
use credstack_model::{AttainmentId, Catalog, CredentialId, Edition, Record};

pub use codes::CODES;
pub use finding::Finding;

use facts::{Classes, Facts};
use sharing::{Consumed, Group};
use tree::{Examination, Outcome};

/// Check an answer against the bundle and the record that it says it was computed from. An empty
/// list means that it is verified.
#[must_use]
pub fn verify(bundle: &Bundle, record: &Record, determination: &Determination) -> Vec<Finding> {
    let mut findings = Vec::new();
    let claimed = &determination.provenance;
    for (code, what, right, claim) in [
        (codes::OTHER_BUNDLE, "bundle", bundle.hash(), &claimed.bundle),
        (codes::OTHER_RECORD, "record", &record_hash(record), &claimed.record),
    ] {
        if right != claim {
            let message = format!("the {what} has the hash {right}, but the answer was computed from {claim}");
            findings.push(Finding { code: code.to_owned(), path: "provenance".to_owned(), message });
        }
    }
    if record.learner != determination.learner {
        let message = format!("the record is of `{}`, the answer of `{}`", record.learner, determination.learner);
        findings.push(Finding { code: codes::OTHER_LEARNER.to_owned(), path: "learner".to_owned(), message });
    }
    if determination.version != credstack_model::DETERMINATION_VERSION {
        let message = format!("version {} is not known here", determination.version);
        findings.push(Finding { code: codes::UNKNOWN_VERSION.to_owned(), path: "version".to_owned(), message });
        return findings;
    }
    let catalog = bundle.catalog();
    let classes = Classes::new(catalog, record);
    let facts = Facts::new(catalog, record, determination.as_of, &determination.options, &classes);
    listing(catalog, record, &determination.options, &determination.targets, &mut findings);

    // What is awarded already is answered for itself, and counts nothing that others might.
    let open = |t: &&TargetAnswer| t.declared && !facts.held(&t.credential);
    let (together, alone): (Vec<_>, Vec<_>) = determination.targets.iter().partition(open);
    examine(&facts, &together, &determination.targets, &mut findings);
    for target in alone {
        examine(&facts, &[target], &determination.targets, &mut findings);
    }
    findings
}

/// Check that just those credentials are answered that were asked for.
fn listing(
    catalog: &Catalog,
    record: &Record,
    options: &Options,
    answers: &[TargetAnswer],
    findings: &mut Vec<Finding>,
) {
    let mut asked: Vec<&CredentialId> = match &options.targets {
        Targets::Declared | Targets::All => record.declared.iter().collect(),
        Targets::These(these) => these.iter().collect(),
    };
    let mut seen = Set::new();
    asked.retain(|id| catalog.credentials.contains_key(*id) && seen.insert(*id));
    let joint: Vec<&CredentialId> = answers.iter().filter(|t| t.declared).map(|t| &t.credential).collect();
    let mut object = |message: String| {
        findings.push(Finding { code: codes::WRONG_TARGETS.to_owned(), path: "targets".to_owned(), message });
    };
    if joint != asked {
        object("the targets solved together are not those asked for, in their order".to_owned());
    }
    let mut answered = Set::new();
    for answer in answers {
        if !answered.insert(&answer.credential) {
            object(format!("`{}` is answered twice", answer.credential));
        }
    }
    if options.targets == Targets::All {
        for id in catalog.credentials.keys().filter(|id| !answered.contains(id)) {
            object(format!("`{id}` is not answered"));
        }
    }
}

/// Go over some credentials that were solved together.
fn examine<'a>(facts: &Facts<'a>, targets: &[&'a TargetAnswer], all: &'a [TargetAnswer], findings: &mut Vec<Finding>) {
    let mut group = Group { facts, targets: Map::new(), awards: Map::new(), in_play: Set::new() };
    group.in_play.extend(all.iter().filter(|t| t.declared).map(|t| &t.credential));
    group.in_play.extend(facts.record.conferred.iter().map(|award| &award.credential));
    group.in_play.extend(targets.iter().map(|t| &t.credential));
    for award in facts.record.conferred.iter().filter(|c| c.on <= facts.as_of) {
        group.awards.entry(&award.credential).or_default().extend(&award.consumed);
    }
    for target in targets {
        group.targets.insert(&target.credential, uses(&target.completion));
    }
    group.examine(findings);
    for target in targets {
        let mut own = Vec::new();
        self::target(facts, &group, target, targets, &mut own);
        for finding in own {
            let path = if finding.path.is_empty() { String::new() } else { format!(" {}", finding.path) };
            findings.push(Finding { path: format!("{}{path}", target.credential), ..finding });
        }
    }
}

/// All that is allocated in an answered tree.
fn uses(root: &NodeAnswer) -> Consumed<'_> {
    credstack_base::order::set(root.walk().into_iter().flat_map(|node| &node.uses).map(|u| &u.attainment))
}

fn target<'a>(
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
        cannot::check(facts, id, tree, target.cannot.as_ref(), findings);
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
