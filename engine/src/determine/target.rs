//! The answer for one solved credential: from levels to a status, with all that is told beside it.

use credstack_allocate::{ItemIx, Level};
use credstack_base::sorted::{Map, Set};
use credstack_model::{
    Admission, AppliedException, Gate, Message, NodeAnswer, NodeStatus, SharedUse, Status, TargetAnswer,
};
use credstack_model::{AttainmentId, CredentialId, Decimal};

use super::held::held;
use super::next_steps;
use super::solve::{Determiner, Solved};

impl<'a> Determiner<'a> {
    /// Return the answer for a solved credential; `joint` are those that were solved together with it.
    pub(super) fn target(
        &self,
        solved: &Solved<'a>,
        mut completion: NodeAnswer,
        declared: bool,
        settled: &Map<CredentialId, Level>,
        joint: &[&Solved<'a>],
    ) -> TargetAnswer {
        let admission_tree =
            solved.edition.admission.as_ref().map(|t| self.gate(solved, t, "admission", settled, None));
        let conferral_tree =
            solved.edition.conferral.as_ref().map(|t| self.gate(solved, t, "conferral", settled, Some(&solved.used)));
        let award = held(self.holdings, solved.id);
        if !solved.edition_known {
            completion.facts.push(credstack_model::Fact {
                office: None,
                attainment: None,
                text: Message::new("fact-edition"),
            });
        }
        let by_level = match solved.level {
            Level::Met => Status::Complete,
            Level::InProgress => Status::CompleteWithInProgress,
            Level::Review => Status::NeedsReview,
            Level::Unmet if completion.status == NodeStatus::Closed => Status::Closed,
            Level::Unmet => Status::Incomplete,
        };
        let best_is_known = solved.proof.status || by_level == Status::Complete;
        let status = match award {
            Some(_) => Status::Conferred,
            None if !best_is_known => Status::Undetermined,
            None if !solved.edition_known && by_level < Status::NeedsReview => Status::NeedsReview,
            None => by_level,
        };
        let admission = match admission_tree.as_ref().map(|(tree, proved)| (tree.status, *proved)) {
            None | Some((NodeStatus::Met, _)) => Admission::Eligible,
            Some((NodeStatus::NeedsReview, _) | (_, false)) => Admission::Unknown,
            // What is under way does not admit yet.
            Some(_) => Admission::NotEligible,
        };
        let conferral = match conferral_tree.as_ref().map(|(tree, proved)| (tree.status, *proved)) {
            None | Some((NodeStatus::Met, _)) => Gate::Open,
            Some((NodeStatus::NeedsReview, _) | (_, false)) => Gate::Unknown,
            Some(_) => Gate::Shut,
        };
        let admission_tree = admission_tree.map(|(tree, _)| tree);
        let conferral_tree = conferral_tree.map(|(tree, _)| tree);
        let distance = if status == Status::Conferred { Decimal::ZERO } else { solved.distance };
        let mut target = TargetAnswer {
            credential: solved.id.clone(),
            title: solved.credential.title.clone(),
            kind: solved.credential.kind,
            declared,
            edition: solved.edition.from_year.or(solved.edition.to_year),
            status,
            admission,
            conferral,
            distance,
            summary: Message::new(""),
            next_steps: Vec::new(),
            completion,
            admission_tree,
            conferral_tree,
            shared: self.shared(solved, joint),
            exceptions: self.exceptions(solved.id),
            why_not: solved.why_not.clone().filter(|_| status != Status::Conferred),
            cannot: solved.cannot.clone().filter(|_| matches!(status, Status::Incomplete | Status::Closed)),
            proof: solved.proof,
        };
        target.summary = next_steps::summary(&target, award.map(|a| a.on));
        target.next_steps = next_steps::steps(self.holdings, &target, solved.edition, &self.elsewhere(solved, joint));
        target
    }

    /// Return where items that a credential does not count are counted instead.
    fn elsewhere(&self, solved: &Solved<'a>, joint: &[&Solved<'a>]) -> Map<ItemIx, &'a CredentialId> {
        let mut elsewhere = Vec::new();
        for award in self.holdings.record.conferred.iter().filter(|a| a.on <= self.holdings.as_of) {
            for (ix, item) in self.holdings.items.iter().enumerate() {
                if award.consumed.contains(&item.attainment.id) {
                    elsewhere.push((ItemIx::new(ix), &award.credential));
                }
            }
        }
        for other in joint.iter().filter(|other| other.id != solved.id) {
            elsewhere.extend(other.used.iter().map(|item| (*item, other.id)));
        }
        credstack_base::order::map(elsewhere.into_iter().filter(|(item, _)| !solved.used.contains(item)))
    }

    /// Return what of a credential's work other credentials count too.
    fn shared(&self, solved: &Solved<'a>, joint: &[&Solved<'a>]) -> Vec<SharedUse> {
        let mut shared = Vec::new();
        for item in &solved.used {
            let id: &AttainmentId = &self.holdings.items[item.index()].attainment.id;
            let beside = joint.iter().filter(|other| other.id != solved.id && other.used.contains(item)).map(|o| o.id);
            let awarded = self
                .holdings
                .record
                .conferred
                .iter()
                .filter(|a| a.credential != *solved.id && a.on <= self.holdings.as_of && a.consumed.contains(id))
                .map(|a| &a.credential);
            let also_in: Set<CredentialId> = credstack_base::order::set(beside.chain(awarded).cloned());
            if !also_in.is_empty() {
                shared.push(SharedUse { attainment: id.clone(), also_in: also_in.into_iter().collect() });
            }
        }
        shared
    }

    /// Return the exceptions granted for a credential.
    fn exceptions(&self, id: &CredentialId) -> Vec<AppliedException> {
        let mut applied: Vec<AppliedException> = self
            .holdings
            .record
            .exceptions
            .iter()
            .filter(|e| e.credential == *id)
            .map(|e| AppliedException {
                authority: e.authority.clone(),
                reason: e.reason.clone(),
                grant: e.grant.clone(),
            })
            .collect();
        credstack_base::json::sort_by_json(&mut applied);
        applied
    }
}
