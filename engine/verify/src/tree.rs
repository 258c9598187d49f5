//! One answered requirement tree, gone over from the leaves up.
//!
//! Every node is worked out from its rule, from the uses claimed in its leaves and from nothing the
//! answer says of it, and then compared with what the answer says.

use super::codes;
use credstack_base::sorted::{Map, Set};
use credstack_model::{AttainmentId, CredentialId, Decimal, Grant, Limit, Measure, Requirement, Rule, Selector, Take};
use credstack_model::{NodeAnswer, NodeStatus, Standing, Use};

use super::certainty::{Answer, decided};
use super::facts::Facts;
use super::finding::Finding;

/// The levels at which a node can hold, best first.
const HOLDING: [NodeStatus; 3] = [NodeStatus::Met, NodeStatus::MetWithInProgress, NodeStatus::NeedsReview];

/// Return the level at which something of a standing counts.
const fn sureness(standing: Standing) -> NodeStatus {
    match standing {
        Standing::Counts => NodeStatus::Met,
        Standing::InProgress => NodeStatus::MetWithInProgress,
        Standing::Pending => NodeStatus::NeedsReview,
    }
}

/// The outcome of a node.
pub(super) struct Outcome<'a> {
    /// `Closed` is `Unmet` here.
    pub(super) status: NodeStatus,
    /// How much it is short of, in the unit of `Facts::rate`.
    pub(super) short: i64,
    /// What is allocated inside.
    pub(super) inside: Set<&'a AttainmentId>,
    /// What its satisfied parts bring, and from which level on.
    brought: Map<&'a AttainmentId, NodeStatus>,
}

/// A tree under examination.
pub(super) struct Examination<'a, 'f> {
    pub(super) facts: &'f Facts<'a>,
    pub(super) credential: &'a CredentialId,
    countable: Set<&'a AttainmentId>,
    /// What is allocated in the completion tree.
    pub(super) applied: &'f Set<&'a AttainmentId>,
    /// The status of credentials whose completion this tree may rest on, if they are answered with it.
    earned: &'f dyn Fn(&CredentialId) -> Option<NodeStatus>,
    /// What policies ask this credential to count for itself: what does not serve, and how much.
    pub(super) own: &'f [(Set<&'a AttainmentId>, Measure, i64)],
    /// What is carried over from an award by a stack edge that does not know whether it may be.
    carried: &'f Set<&'a AttainmentId>,
    /// Where each attainment was taken, and the share group of the leaf.
    taken: Map<&'a AttainmentId, Vec<(String, Option<&'a str>)>>,
    findings: &'f mut Vec<Finding>,
}

/// What a node inherits from those above it.
#[derive(Clone)]
pub(super) struct Above<'a> {
    forced: Set<&'a AttainmentId>,
    limits: Vec<&'a Limit>,
    waived: bool,
    /// Whether it is inside something waived, or in the branch that a `when` did not choose: nothing
    /// is taken there, and nothing follows from what it comes to.
    idle: bool,
    awards_only: bool,
    /// Of a leaf that asks for a credential to be held: whether it is.
    held: NodeStatus,
}

impl<'a, 'f> Examination<'a, 'f> {
    /// Begin an examination.
    pub(super) fn new(
        facts: &'f Facts<'a>,
        credential: &'a CredentialId,
        applied: &'f Set<&'a AttainmentId>,
        earned: &'f dyn Fn(&CredentialId) -> Option<NodeStatus>,
        own: &'f [(Set<&'a AttainmentId>, Measure, i64)],
        carried: &'f Set<&'a AttainmentId>,
        findings: &'f mut Vec<Finding>,
    ) -> Self {
        let countable = facts.countable(credential);
        Self { facts, credential, countable, applied, earned, own, carried, taken: Map::new(), findings }
    }

    /// Go over a whole tree.
    pub(super) fn tree(&mut self, requirement: &'a Requirement, answer: &'a NodeAnswer, name: &str) -> Outcome<'a> {
        let above = Above {
            forced: Set::new(),
            limits: Vec::new(),
            waived: false,
            idle: false,
            awards_only: false,
            held: NodeStatus::Unmet,
        };
        let outcome = self.node(requirement, answer, name, above, true);
        for (id, places) in std::mem::take(&mut self.taken) {
            let groups: Set<Option<&str>> = credstack_base::order::set(places.iter().map(|(_, group)| *group));
            let share = groups.len() == 1 && !groups.contains(&None);
            if let [_, (path, _), ..] = places.as_slice()
                && !share
            {
                self.object(codes::TAKEN_TWICE, path, format!("`{id}` is taken by two leaves that do not share"));
            }
        }
        outcome
    }

    /// Object to something at a node.
    pub(super) fn object(&mut self, code: &str, path: &str, message: impl Into<String>) {
        self.findings.push(Finding { code: code.to_owned(), path: path.to_owned(), message: message.into() });
    }

    /// Go over a node and all below it.
    fn node(
        &mut self,
        requirement: &'a Requirement,
        answer: &'a NodeAnswer,
        path: &str,
        mut above: Above<'a>,
        root: bool,
    ) -> Outcome<'a> {
        let labelled = |label: &String| requirement.label.as_ref() == Some(label);
        for exception in self.facts.record.exceptions.iter().filter(|e| e.credential == *self.credential) {
            match &exception.grant {
                Grant::Waive(label) => above.waived |= labelled(label),
                Grant::Force(force) if labelled(&force.requirement) => {
                    above.forced.insert(&force.attainment);
                }
                _ => {}
            }
        }
        above.limits.extend(&requirement.limits);
        if let Rule::Earned(id) = &requirement.rule {
            above.held = match (self.facts.held(id), above.awards_only) {
                (true, _) => NodeStatus::Met,
                (false, true) => NodeStatus::Unmet,
                (false, false) => (self.earned)(id).unwrap_or(answer.status),
            };
        }
        if answer.path != path {
            self.object(codes::WRONG_PATH, path, format!("the node is called `{}`", answer.path));
        }
        let parts = requirement.children();
        if answer.children.len() != parts.len() {
            let message = format!("the rule has {} parts, the answer {}", parts.len(), answer.children.len());
            self.object(codes::WRONG_SHAPE, path, message);
        }
        let mut children: Vec<Outcome<'a>> = Vec::new();
        for (at, (part, child)) in parts.into_iter().zip(&answer.children).enumerate() {
            let tested = match &requirement.rule {
                Rule::Not(_) => true,
                Rule::When(_) => at == 0,
                _ => false,
            };
            let unchosen = matches!(requirement.rule, Rule::When(_))
                && match children.first().map(|test| test.status) {
                    Some(NodeStatus::Met | NodeStatus::MetWithInProgress) => at == 2,
                    Some(NodeStatus::Unmet | NodeStatus::Closed) => at == 1,
                    _ => false,
                };
            let below = Above {
                awards_only: above.awards_only || tested,
                idle: above.idle || above.waived || unchosen,
                waived: false,
                ..above.clone()
            };
            children.push(self.node(part, child, &format!("{path}.{at}"), below, false));
        }
        let mut outcome = self.combine(requirement, answer, path, &above, &children, root);
        if above.waived {
            outcome.status = NodeStatus::Met;
            outcome.short = 0;
            outcome.brought.clear();
        }
        if !above.idle {
            self.compare(requirement, answer, path, &outcome, above.waived);
        }
        outcome
    }

    /// Return what a node comes to, by its rule, its limits and what its parts come to.
    fn combine(
        &mut self,
        requirement: &'a Requirement,
        answer: &'a NodeAnswer,
        path: &str,
        above: &Above<'a>,
        children: &[Outcome<'a>],
        root: bool,
    ) -> Outcome<'a> {
        let mut inside: Set<&AttainmentId> =
            credstack_base::order::set(children.iter().flat_map(|c| &c.inside).copied());
        let mut offered: Map<&AttainmentId, NodeStatus> = Map::new();
        let skipped = skipped_branch(requirement, children);
        for (at, child) in children.iter().enumerate() {
            for (id, level) in child.brought.iter().filter(|_| Some(at) != skipped) {
                let best = offered.entry(id).or_insert(*level);
                *best = (*best).min(*level);
            }
        }
        if let Rule::Take(take) = &requirement.rule {
            for taken in &answer.uses {
                if let Some(level) = self.taken(take, taken, path, above) {
                    inside.insert(&taken.attainment);
                    offered.insert(&taken.attainment, level);
                }
            }
            self.at_most(take, &answer.uses, path);
        } else if !answer.uses.is_empty() {
            self.object(codes::USES_OUTSIDE_A_LEAF, path, "a rule that takes nothing has uses");
        }

        if !above.waived {
            self.upper_limits(requirement, &inside, path);
        }
        let all: Vec<&AttainmentId> = offered.keys().copied().collect();
        let mut status = NodeStatus::Unmet;
        for level in HOLDING {
            let there: Vec<&AttainmentId> = offered.iter().filter(|(_, l)| **l <= level).map(|(id, _)| *id).collect();
            let limits_hold = self.shortfalls(requirement, &there, &all, level, root).iter().all(|short| *short == 0);
            if limits_hold && self.holds(requirement, level, above, children, &there) {
                status = level;
                break;
            }
        }
        let short = if status == NodeStatus::Unmet {
            let level = NodeStatus::NeedsReview;
            if self.holds(requirement, level, above, children, &all) {
                self.shortfalls(requirement, &all, &all, level, root).into_iter().fold(0, i64::max)
            } else {
                // While the rule itself is open, everything allocated inside serves its limits.
                let there: Vec<&AttainmentId> = inside.iter().copied().collect();
                let limits = self.shortfalls(requirement, &there, &there, level, root);
                limits.into_iter().fold(self.missing(requirement, above, children, &all), i64::max)
            }
        } else {
            0
        };
        let brought = if status == NodeStatus::Unmet {
            Map::new()
        } else {
            credstack_base::order::map(offered.into_iter().map(|(id, level)| (id, level.max(status))))
        };
        Outcome { status, short, inside, brought }
    }

    /// Check one use of a leaf; return the level from which on it counts, if it is good.
    fn taken(&mut self, take: &'a Take, taken: &'a Use, path: &str, above: &Above<'a>) -> Option<NodeStatus> {
        let id = &taken.attainment;
        let Some(fact) = self.facts.get(id) else {
            self.object(codes::NO_SUCH_ATTAINMENT, path, format!("the record has no attainment `{id}`"));
            return None;
        };
        if taken.of != fact.attainment.of && !fact.class.contains(&taken.of) {
            self.object(codes::WRONG_CODE, path, format!("`{id}` is of `{}`, not `{}`", fact.attainment.of, taken.of));
        }
        let standing = if above.waived || above.idle || !self.countable.contains(id) {
            None
        } else if above.forced.contains(id) {
            Some(self.facts.by_status(id))
        } else {
            self.facts.standing(&take.pool, id, self.credential)
        };
        let doubted = above.limits.iter().any(|limit| self.doubted(limit, id)) || self.carried.contains(id);
        let standing = standing.map(|surely| if doubted { Standing::Pending } else { surely });
        match standing {
            None => {
                self.object(codes::NOT_IN_POOL, path, format!("`{id}` cannot count here"));
                return None;
            }
            Some(standing) if standing != taken.standing => {
                let message = format!("`{id}` is claimed as {:?} and is {standing:?}", taken.standing);
                self.object(codes::WRONG_STANDING, path, message);
            }
            Some(_) => {}
        }
        let amount = Decimal::from_thousandths(self.facts.worth(id, take.measure));
        if amount != taken.amount {
            self.object(codes::WRONG_AMOUNT, path, format!("`{id}` is worth {amount} here, not {}", taken.amount));
        }
        let group = take.share.as_ref().map(|group| group.as_str());
        self.taken.entry(id).or_default().push((path.to_owned(), group));
        standing.map(sureness)
    }

    /// Check that a leaf takes no more than it may, and nothing twice.
    fn at_most(&mut self, take: &Take, uses: &[Use], path: &str) {
        let distinct: Set<&AttainmentId> = credstack_base::order::set(uses.iter().map(|u| &u.attainment));
        if distinct.len() != uses.len() {
            self.object(codes::TAKEN_TWICE, path, "a leaf lists an attainment twice");
        }
        let sum = self.sum(distinct, take.measure);
        if take.max.is_some_and(|max| sum > max.thousandths()) {
            self.object(codes::OVER_MAXIMUM, path, format!("more is taken than {:?}", take.max));
        }
    }

    /// Return how much some attainments come to, in thousandths of a measure.
    pub(super) fn sum<'i>(&self, ids: impl IntoIterator<Item = &'i AttainmentId>, measure: Measure) -> i64 {
        ids.into_iter().map(|id| self.facts.worth(id, measure)).sum()
    }

    /// Return those of some attainments that a selector selects at least so surely.
    pub(super) fn select<'i>(
        &self,
        ids: &[&'i AttainmentId],
        of: &Selector,
        at_least: Answer,
    ) -> Vec<&'i AttainmentId> {
        let asks = Some(self.credential);
        ids.iter().copied().filter(|id| self.facts.selects(of, id, asks) >= at_least).collect()
    }

    /// Check whether the rule of a node holds at a level.
    fn holds(
        &self,
        requirement: &'a Requirement,
        level: NodeStatus,
        above: &Above<'a>,
        children: &[Outcome<'a>],
        there: &[&'a AttainmentId],
    ) -> bool {
        let holding = children.iter().filter(|c| c.status <= level).count();
        let fact = |answer: Answer| NodeStatus::from(answer) <= level;
        match &requirement.rule {
            Rule::Take(take) => self.sum(there.iter().copied(), take.measure) >= take.min.thousandths(),
            Rule::Seen(seen) => {
                let seen_at = self.seen(&seen.pool, above).into_iter().filter(|(_, l)| *l <= level);
                self.sum(seen_at.map(|(id, _)| id), seen.measure) >= seen.min.thousandths()
            }
            Rule::Earned(_) => above.held <= level,
            Rule::Attribute(test) => fact(self.facts.learner(test)),
            Rule::Gpa(gpa) => fact(self.average(gpa)),
            Rule::Approved(asked) => {
                let decisions = self
                    .facts
                    .record
                    .approvals
                    .iter()
                    .filter(|d| d.attainment.is_none() && d.office == asked.office && d.subject == asked.subject);
                fact(decided(decisions.map(|d| d.decision)))
            }
            Rule::AsOf(window) => {
                let today = self.facts.as_of;
                window.from.is_none_or(|from| from <= today) && window.to.is_none_or(|to| today <= to)
            }
            Rule::All(_) => holding == children.len(),
            Rule::Any(_) => holding > 0,
            Rule::AtLeast(some) if some.measure == Measure::Count => thousandths(holding) >= some.min.thousandths(),
            Rule::AtLeast(some) => self.sum(there.iter().copied(), some.measure) >= some.min.thousandths(),
            Rule::Not(_) => match children.first().map(|c| c.status) {
                Some(NodeStatus::Unmet) => true,
                Some(NodeStatus::NeedsReview) => level == NodeStatus::NeedsReview,
                _ => false,
            },
            Rule::When(_) => {
                let [test, then, otherwise] = children else { return false };
                match test.status {
                    NodeStatus::Met => then.status <= level,
                    NodeStatus::MetWithInProgress => then.status.max(NodeStatus::MetWithInProgress) <= level,
                    NodeStatus::NeedsReview => {
                        let (better, worse) = (then.status.min(otherwise.status), then.status.max(otherwise.status));
                        if worse <= NodeStatus::MetWithInProgress {
                            worse <= level
                        } else {
                            better != NodeStatus::Unmet && level == NodeStatus::NeedsReview
                        }
                    }
                    NodeStatus::Unmet | NodeStatus::Closed => otherwise.status <= level,
                }
            }
        }
    }

    /// Return what a leaf sees that takes nothing, each from the level on at which it counts.
    pub(super) fn seen(&self, pool: &Selector, above: &Above<'a>) -> Vec<(&'a AttainmentId, NodeStatus)> {
        let standing = |id: &AttainmentId| {
            if above.forced.contains(id) {
                Some(self.facts.by_status(id))
            } else {
                self.facts.standing(pool, id, self.credential)
            }
        };
        self.countable.iter().filter_map(|id| Some((*id, sureness(standing(id)?)))).collect()
    }

    /// Compare what a node comes to with what is claimed of it.
    fn compare(
        &mut self,
        requirement: &'a Requirement,
        answer: &NodeAnswer,
        path: &str,
        outcome: &Outcome<'a>,
        waived: bool,
    ) {
        let claimed = if answer.status == NodeStatus::Closed { NodeStatus::Unmet } else { answer.status };
        if claimed != outcome.status {
            let message = format!("it is claimed to be {:?} and is {:?}", answer.status, outcome.status);
            self.object(codes::WRONG_STATUS, path, message);
        }
        let short = self.facts.shown(outcome.short);
        if answer.short != short {
            self.object(
                codes::WRONG_DISTANCE,
                path,
                format!("{} is claimed to be short, and {short} is", answer.short),
            );
        }
        if let (Rule::Take(take), Some(amount)) = (&requirement.rule, &answer.amount) {
            let have = Decimal::from_thousandths(self.sum(outcome.inside.iter().copied(), take.measure));
            let right = amount.measure == Some(take.measure) && amount.have == have && amount.need == take.min;
            if !right {
                self.object(codes::WRONG_AMOUNT, path, format!("{have} of {} are taken here", take.min));
            }
        }
        // What is waived has no limits left to speak of.
        if answer.limits.len() != requirement.limits.len() && !(waived && answer.limits.is_empty()) {
            self.object(codes::WRONG_SHAPE, path, "the answer does not list the limits of the rule");
        }
    }
}

/// Return the branch of a `when` that was not chosen.
fn skipped_branch(requirement: &Requirement, children: &[Outcome<'_>]) -> Option<usize> {
    match (&requirement.rule, children.first()?.status) {
        (Rule::When(_), NodeStatus::Met | NodeStatus::MetWithInProgress) => Some(2),
        (Rule::When(_), NodeStatus::Unmet | NodeStatus::Closed) => Some(1),
        _ => None,
    }
}

/// Return so many items in thousandths.
pub(super) fn thousandths(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(1000)
}
