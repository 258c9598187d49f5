//! Why a credential cannot be complete, gone over by counting.

use super::codes;
use credstack_base::sorted::Set;
use credstack_model::{AttainmentId, CredentialId, Decimal, GpaOver, Grant, Measure, Requirement, Rule, Take};
use credstack_model::{Cannot, NodeAnswer, NodeStatus, Together};

use super::facts::Facts;
use super::finding::Finding;

/// Check what is said of an open credential whose status is proved.
pub(super) fn check<'a>(
    facts: &Facts<'a>,
    credential: &'a CredentialId,
    (requirement, answer): (&Requirement, &NodeAnswer),
    cannot: Option<&Cannot>,
    findings: &mut Vec<Finding>,
) {
    let reading = Reading { facts, credential, countable: facts.countable(credential) };
    let wrong = match cannot {
        None => Some("it is open and proved, and nothing says why it cannot be complete".to_owned()),
        // That nothing was overlooked cannot be seen from here.
        Some(Cannot::Searched(_)) => None,
        Some(Cannot::Alone(nodes)) => {
            let claimed: Set<&str> = credstack_base::order::set(nodes.iter().map(String::as_str));
            let mut unfounded = Vec::new();
            let possible = reading.possible(requirement, answer, &claimed, &Set::new(), &mut unfounded);
            match unfounded.first() {
                Some(path) => Some(format!("`{path}` is said to be out of reach, and is not")),
                None => possible.then(|| "what is out of reach leaves a way to meet it".to_owned()),
            }
        }
        Some(Cannot::Together(together)) => reading.together(requirement, answer, together),
    };
    if let Some(message) = wrong {
        findings.push(Finding { code: codes::WRONG_REFUTATION.to_owned(), path: String::new(), message });
    }
}

/// A credential whose refutation is checked.
struct Reading<'a, 'f> {
    facts: &'f Facts<'a>,
    credential: &'a CredentialId,
    countable: Set<&'a AttainmentId>,
}

impl<'a> Reading<'a, '_> {
    /// Check whether a node can be met if of all leaves only those claimed cannot. Note the claims that are
    /// not so.
    fn possible(
        &self,
        requirement: &Requirement,
        answer: &NodeAnswer,
        claimed: &Set<&str>,
        forced: &Set<&'a AttainmentId>,
        unfounded: &mut Vec<String>,
    ) -> bool {
        if self.is_waived(requirement) {
            return true;
        }
        let forced = self.with_forced(requirement, forced);
        let is_open = matches!(answer.status, NodeStatus::Unmet | NodeStatus::Closed);
        if claimed.contains(answer.path.as_str()) {
            let founded = match &requirement.rule {
                Rule::Take(take) => self.reach(take, &forced) < take.min.thousandths(),
                Rule::Gpa(gpa) => is_open && !matches!(gpa.over, GpaOver::Applied(_)),
                Rule::Attribute(_) | Rule::Seen(_) | Rule::Approved(_) | Rule::AsOf(_) => is_open,
                _ => false,
            };
            if !founded {
                unfounded.push(answer.path.clone());
            }
            return false;
        }
        let parts = requirement.children().into_iter().zip(&answer.children);
        let parts: Vec<bool> =
            parts.map(|(part, child)| self.possible(part, child, claimed, &forced, unfounded)).collect();
        let so_many = parts.iter().filter(|possible| **possible).count();
        match &requirement.rule {
            Rule::All(_) => so_many == parts.len(),
            Rule::Any(_) => so_many > 0,
            Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
                Decimal::whole(i64::try_from(so_many).unwrap_or(i64::MAX)) >= at_least.min
            }
            Rule::When(_) => match answer.children.first().map(|test| test.status) {
                Some(NodeStatus::Met) => parts.get(1).copied().unwrap_or(true),
                Some(NodeStatus::Unmet | NodeStatus::Closed) => parts.get(2).copied().unwrap_or(true),
                _ => parts.iter().skip(1).any(|possible| *possible),
            },
            _ => true,
        }
    }

    /// Return what is wrong with a claim that leaves compete.
    fn together(&self, requirement: &Requirement, answer: &NodeAnswer, claim: &Together) -> Option<String> {
        let mut leaves: Vec<(&Take, Set<&'a AttainmentId>)> = Vec::new();
        let mut open = vec![(requirement, answer, Set::new())];
        while let Some((requirement, answer, forced)) = open.pop() {
            if self.is_waived(requirement) {
                continue;
            }
            let forced = self.with_forced(requirement, &forced);
            match &requirement.rule {
                Rule::Take(take) if claim.nodes.contains(&answer.path) => leaves.push((take, forced)),
                _ if asks_for_all(requirement, answer) => {
                    let parts = requirement.children().into_iter().zip(&answer.children);
                    open.extend(parts.map(|(part, child)| (part, child, forced.clone())));
                }
                Rule::When(when) => {
                    let (then, otherwise) = (answer.children.get(1), answer.children.get(2));
                    match answer.children.first().map(|test| test.status) {
                        Some(NodeStatus::Met) => open.extend(then.map(|a| (&when.then, a, forced.clone()))),
                        Some(NodeStatus::Unmet | NodeStatus::Closed) => {
                            open.extend(otherwise.map(|a| (&when.otherwise, a, forced.clone())));
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        let distinct: Set<&String> = credstack_base::order::set(&claim.nodes);
        if leaves.len() != distinct.len() || distinct.len() != claim.nodes.len() {
            return Some("what is said to compete is not asked for at once".to_owned());
        }
        if leaves.iter().any(|(take, _)| take.share.is_some() || take.measure != claim.measure) {
            return Some("what is said to compete may share, or is measured in another way".to_owned());
        }
        let need: i64 = leaves.iter().map(|(take, _)| take.min.thousandths()).sum();
        let serves = |id: &&&AttainmentId| leaves.iter().any(|(take, forced)| self.serves(take, forced, id));
        let most: i64 = self.countable.iter().filter(serves).map(|id| self.facts.worth(id, claim.measure)).sum();
        let right = most < need && claim.need.thousandths() == need && claim.most.thousandths() == most;
        (!right).then(|| format!("what competes needs {need} thousandths, and {most} can serve it"))
    }

    /// Return all that could go to a leaf, in thousandths of its measure.
    fn reach(&self, take: &Take, forced: &Set<&AttainmentId>) -> i64 {
        let serving = self.countable.iter().filter(|id| self.serves(take, forced, id));
        serving.map(|id| self.facts.worth(id, take.measure)).sum()
    }

    /// Check whether an attainment could go to a leaf.
    fn serves(&self, take: &Take, forced: &Set<&AttainmentId>, id: &AttainmentId) -> bool {
        forced.contains(id) || self.facts.standing(&take.pool, id, self.credential).is_some()
    }

    /// Check whether an exception waives a requirement.
    fn is_waived(&self, requirement: &Requirement) -> bool {
        self.grants().any(|grant| matches!(grant, Grant::Waive(label) if requirement.label.as_ref() == Some(label)))
    }

    /// Return what exceptions force into a requirement or those above it.
    fn with_forced(&self, requirement: &Requirement, above: &Set<&'a AttainmentId>) -> Set<&'a AttainmentId> {
        let mut forced = above.clone();
        forced.extend(self.grants().filter_map(|grant| match grant {
            Grant::Force(force) if requirement.label.as_ref() == Some(&force.requirement) => Some(&force.attainment),
            _ => None,
        }));
        forced
    }

    /// Return what exceptions grant for the credential.
    fn grants(&self) -> impl Iterator<Item = &'a Grant> + '_ {
        let own = self.facts.record.exceptions.iter().filter(|exception| exception.credential == *self.credential);
        own.map(|exception| &exception.grant)
    }
}

/// Check whether a group needs every one of its parts.
fn asks_for_all(requirement: &Requirement, answer: &NodeAnswer) -> bool {
    match &requirement.rule {
        Rule::All(_) => true,
        Rule::Any(of) => of.len() == 1,
        Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
            Decimal::whole(i64::try_from(answer.children.len()).unwrap_or(i64::MAX)) <= at_least.min
        }
        _ => false,
    }
}
