//! Solves credentials: together where they are declared, alone where they are only asked about.

use crate::select::{Holdings, Scope};
use credstack_allocate::{Allocation, Evaluator, ItemIx, Level, TargetIx, allocate};
use credstack_base::sorted::{Map, Set};
use credstack_model::{Cannot, NodeAnswer, Options, Proof, TargetAnswer, WhyNot};
use credstack_model::{Catalog, Credential, CredentialId, Decimal, Edition, Requirement, Rule};

use super::answer::AnswerReader;
use super::edition::edition;
use super::held::held;
use super::pair_rule::Party;
use super::problem::{Built, Member, Setting, build};
use super::refutation::OpenTarget;

/// A question about a learner, whose credentials can be solved.
pub(super) struct Determiner<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) holdings: &'a Holdings<'a>,
    pub(super) options: &'a Options,
    pub(super) declared: &'a [CredentialId],
}

/// One credential of a solved group.
pub(super) struct Solved<'a> {
    pub(super) id: &'a CredentialId,
    pub(super) credential: &'a Credential,
    pub(super) edition: &'a Edition,
    pub(super) edition_known: bool,
    pub(super) level: Level,
    pub(super) distance: Decimal,
    pub(super) used: Vec<ItemIx>,
    pub(super) why_not: Option<WhyNot>,
    pub(super) cannot: Option<Cannot>,
    pub(super) proof: Proof,
}

impl<'a> Determiner<'a> {
    /// Return the edition of a credential that applies, and whether that is known.
    pub(super) fn edition(&self, id: &CredentialId, credential: &'a Credential) -> Option<(&'a Edition, bool)> {
        let (edition, known) = edition(self.holdings, id, credential);
        edition.map(|edition| (edition, known))
    }

    /// Return a credential's completion as a tree to be solved.
    pub(super) fn member(&self, id: &'a CredentialId) -> Option<Member<'a>> {
        let credential = self.catalog.credentials.get(id)?;
        let (edition, _) = self.edition(id, credential)?;
        let party = Party { id, credential, completion: &edition.completion };
        Some(Member { party, tree: &edition.completion, consumes: true })
    }

    /// Return members, and behind them every credential that one of them asks to be held and that is not.
    pub(super) fn with_held(
        &self,
        mut members: Vec<Member<'a>>,
        settled: &Map<CredentialId, Level>,
    ) -> Vec<Member<'a>> {
        let mut next = 0;
        while let Some(member) = members.get(next).copied() {
            next += 1;
            for id in asked_to_hold(member.tree) {
                let is_there = members.iter().any(|m| m.consumes && m.party.id == id);
                if !is_there && !settled.contains_key(id) && held(self.holdings, id).is_none() {
                    members.extend(self.catalog.credentials.get_key_value(id).and_then(|(id, _)| self.member(id)));
                }
            }
        }
        members
    }

    /// Return the credentials that are declared, conferred or asked about.
    pub(super) fn in_play(&self, asked: &[&'a CredentialId]) -> Vec<&'a CredentialId> {
        let conferred = self.holdings.record.conferred.iter().map(|a| &a.credential);
        let mut all: Vec<&CredentialId> = self.declared.iter().chain(conferred).chain(asked.iter().copied()).collect();
        credstack_base::order::sort(&mut all);
        all.dedup();
        all
    }

    /// Answer for the declared credentials, solved together.
    pub(super) fn declared_targets(&self) -> Vec<TargetAnswer> {
        // What is awarded already is not counted anew.
        let open: Vec<&CredentialId> = self.declared.iter().filter(|id| held(self.holdings, id).is_none()).collect();
        let mut solved: Map<&CredentialId, Solved<'a>> = Map::new();
        let mut trees: Map<&CredentialId, NodeAnswer> = Map::new();
        let awarded = self.declared.iter().filter(|id| !open.contains(id)).flat_map(|id| self.solve(&[id], false));
        for (answer, tree) in self.solve(&open, true).into_iter().chain(awarded) {
            trees.insert(answer.id, tree);
            solved.insert(answer.id, answer);
        }
        let settled = credstack_base::order::map(solved.values().map(|s| (s.id.clone(), s.level)));
        let joint: Vec<&Solved<'a>> = open.iter().filter_map(|id| solved.get(id)).collect();
        self.declared
            .iter()
            .filter_map(|id| Some((solved.get(id)?, trees.remove(id)?)))
            .map(|(s, tree)| self.target(s, tree, true, &settled, if open.contains(&s.id) { &joint } else { &[] }))
            .collect()
    }

    /// Answer for one credential, solved by itself.
    pub(super) fn alone(&self, id: &'a CredentialId) -> Option<TargetAnswer> {
        let (solved, tree) = self.solve(&[id], false).into_iter().next()?;
        let settled = Map::from([(id.clone(), solved.level)]);
        Some(self.target(&solved, tree, false, &settled, &[]))
    }

    /// Solve credentials together, in this order of priority, each with the tree of its answer.
    /// Conflicts are looked for if they are asked for `joint`ly.
    fn solve(&self, ids: &[&'a CredentialId], joint: bool) -> Vec<(Solved<'a>, NodeAnswer)> {
        if ids.is_empty() {
            return Vec::new();
        }
        let in_play = self.in_play(ids);
        let nothing = Map::new();
        let members: Vec<Member<'a>> = ids.iter().filter_map(|id| self.member(id)).collect();
        let declared = members.len();
        let members = self.with_held(members, &nothing);
        let setting = Setting { holdings: self.holdings, in_play: &in_play, settled: &nothing, applied: None };
        let built = build(setting, &members, declared);
        let allocation = allocate(&built.problem, self.options.steps);
        let mut evaluator = Evaluator::new(&built.problem);
        evaluator.run(allocation.arcs.iter().copied());
        let reader = AnswerReader { holdings: self.holdings, built: &built, evaluator: &evaluator };
        members
            .iter()
            .take(declared)
            .zip(built.problem.targets.ixs())
            .filter_map(|(member, target)| {
                let id = member.party.id;
                let (edition, edition_known) = self.edition(id, member.party.credential)?;
                let root = built.problem.targets[target].root;
                let completion = reader.tree(target, member.tree, "completion", Scope { credential: Some(id) });
                let asked = OpenTarget { holdings: self.holdings, built: &built, members: &members, target };
                let open = evaluator.latest().levels[root] == Level::Unmet && allocation.level_proved[target];
                let (why_not, cannot) = if open {
                    asked.why_not(&completion, &allocation, joint.then_some(self.options.steps))
                } else {
                    (None, None)
                };
                let solved = Solved {
                    id,
                    credential: member.party.credential,
                    edition,
                    edition_known,
                    level: evaluator.latest().levels[root],
                    distance: reader.credits(evaluator.latest().distances[root]),
                    used: used_by(&built, &allocation, target),
                    why_not,
                    cannot,
                    proof: Proof {
                        status: allocation.level_proved[target],
                        distance: allocation.distance_proved[target],
                        tie: allocation.tie_proved,
                        steps: allocation.steps,
                    },
                };
                Some((solved, completion))
            })
            .collect()
    }

    /// Solve a tree that consumes nothing, with the credentials that it asks to be held. Return its answer, and
    /// whether the level is proved.
    pub(super) fn gate(
        &self,
        solved: &Solved<'a>,
        tree: &'a Requirement,
        name: &str,
        settled: &Map<CredentialId, Level>,
        applied: Option<&[ItemIx]>,
    ) -> (NodeAnswer, bool) {
        let party = Party { id: solved.id, credential: solved.credential, completion: &solved.edition.completion };
        let members = self.with_held(vec![Member { party, tree, consumes: false }], settled);
        let in_play = self.in_play(&[solved.id]);
        let setting = Setting { holdings: self.holdings, in_play: &in_play, settled, applied };
        let built = build(setting, &members, 1);
        let allocation = allocate(&built.problem, self.options.steps);
        let mut evaluator = Evaluator::new(&built.problem);
        evaluator.run(allocation.arcs.iter().copied());
        let reader = AnswerReader { holdings: self.holdings, built: &built, evaluator: &evaluator };
        let target = TargetIx::new(0);
        let proved = allocation.level_proved.get(target).copied().unwrap_or(true);
        (reader.tree(target, tree, name, Scope { credential: Some(solved.id) }), proved)
    }
}

/// Return the credentials that a tree asks to be held, otherwise than inside a `not` or in a test.
pub(super) fn asked_to_hold(tree: &Requirement) -> Set<&CredentialId> {
    let mut found = Set::new();
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        match &node.rule {
            Rule::Earned(id) => {
                found.insert(id);
            }
            // Only awards count inside a `not` and in a test.
            Rule::Not(_) => {}
            Rule::When(when) => open.extend([&when.then, &when.otherwise]),
            _ => open.extend(node.children()),
        }
    }
    found
}

/// Return the items that a target counts, each once, in order.
fn used_by(built: &Built<'_>, allocation: &Allocation, target: TargetIx) -> Vec<ItemIx> {
    let mut used: Vec<ItemIx> = allocation
        .arcs
        .iter()
        .filter(|arc| built.problem.target_of(**arc) == target)
        .map(|arc| built.problem.arcs[*arc].item)
        .collect();
    credstack_base::order::sort(&mut used);
    used.dedup();
    used
}
