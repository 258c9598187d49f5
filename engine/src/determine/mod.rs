//! The determination: a pure function of bundle, record, date and options.
//!
//! ```text
//! record --Holdings::read--> items --build--> Problem --allocate--> arcs --answer--> tree
//! ```

mod again;
mod answer;
mod build;
mod completion;
mod edition;
mod facts;
mod next;
mod required;
mod sharing;
mod why;

use crate::select::{Holdings, Scope, UnderWay};
use credstack_allocate::{Allocation, Evaluator, ItemIx, Level, NodeKind, TargetIx, allocate};
use credstack_base::sorted::{Map, Set};
use credstack_compile::Bundle;
use credstack_model::record_hash;
use credstack_model::{
    Admission, AppliedException, Cannot, DETERMINATION_VERSION, Determination, Gate, Message, NodeAnswer, NodeStatus,
    Options, Proof, Provenance, SharedUse, Status, TargetAnswer, Targets, WhyNot,
};
use credstack_model::{
    AttainmentId, Catalog, Credential, CredentialId, Date, Decimal, Edition, Limits, RECORD_VERSION, Record,
    Requirement, Rule,
};

pub use crate::select::RecordFault as DetermineError;
pub use again::search_again;
pub(crate) use answer::is_lasting;
pub(crate) use completion::{Additions, Completion, completion};
pub(crate) use edition::{edition, edition_for_all};
pub(crate) use facts::{holds, in_units, level_of_fact, possible_later};

use answer::Reader;
use build::{Built, Member, Setting, build};
use sharing::Party;

/// Answers a question about a learner.
///
/// The same bundle, record, date and options give the same answer, whatever the order in which the
/// record lists things.
///
/// # Errors
/// If the record contradicts itself, is too large, or a target is not in the catalog. What is
/// merely doubtful in a record is told in the determination's notices.
pub fn determine(
    bundle: &Bundle,
    record: &Record,
    as_of: Date,
    options: &Options,
) -> Result<Determination, DetermineError> {
    determine_with(bundle, record, as_of, options, UnderWay::AsItIs)
}

/// As [`determine`], with work that is under way taken as it is, or as finished.
pub(crate) fn determine_with(
    bundle: &Bundle,
    record: &Record,
    as_of: Date,
    options: &Options,
    under_way: UnderWay,
) -> Result<Determination, DetermineError> {
    if record.version != RECORD_VERSION {
        return Err(DetermineError::Version(record.version));
    }
    let catalog = bundle.catalog();
    let declared: Vec<CredentialId> = match &options.targets {
        Targets::Declared | Targets::All => record.declared.clone(),
        Targets::These(ids) => ids.clone(),
    };
    let declared = without_repeats(declared);
    let allowed = Limits::default().together;
    if declared.len() > allowed {
        return Err(DetermineError::TooManyTargets { found: declared.len(), allowed });
    }
    for id in &declared {
        if !catalog.credentials.contains_key(id) {
            let known = catalog.credentials.keys().map(CredentialId::as_str);
            let hint = credstack_base::nearest(id.as_str(), known)
                .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            return Err(DetermineError::UnknownTarget(id.clone(), hint));
        }
    }
    let most = Limits::default().attainments;
    let holdings = Holdings::read(catalog, bundle.index(), record, as_of, options, under_way, most)?;
    let engine = Engine { catalog, holdings: &holdings, options, declared: &declared };
    let mut targets = engine.declared_targets();
    if options.targets == Targets::All {
        for id in catalog.credentials.keys().filter(|id| !declared.contains(id)) {
            targets.extend(engine.alone(id));
        }
    }
    let mut notices = holdings.notices.clone();
    notices.extend(engine.missing_credits());
    Ok(Determination {
        version: DETERMINATION_VERSION,
        learner: record.learner.clone(),
        as_of,
        options: options.clone(),
        provenance: Provenance {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            module: None,
            bundle: bundle.hash().to_owned(),
            record: record_hash(record),
        },
        notices,
        targets,
    })
}

/// What is told of a credential by itself, without the reasons.
pub(crate) struct Alone {
    pub(crate) status: Status,
    pub(crate) admission: Admission,
    pub(crate) conferral: Gate,
}

/// Determines one credential beside what is conferred, and nothing else.
pub(crate) fn alone(holdings: &Holdings<'_>, id: &CredentialId, options: &Options) -> Alone {
    let engine = Engine { catalog: holdings.catalog, holdings, options, declared: &[] };
    match engine.alone(id) {
        Some(TargetAnswer { status, admission, conferral, .. }) => Alone { status, admission, conferral },
        None => Alone { status: Status::Undetermined, admission: Admission::Unknown, conferral: Gate::Unknown },
    }
}

fn without_repeats(ids: Vec<CredentialId>) -> Vec<CredentialId> {
    let mut seen = Set::new();
    ids.into_iter().filter(|id| seen.insert(id.clone())).collect()
}

struct Engine<'a> {
    catalog: &'a Catalog,
    holdings: &'a Holdings<'a>,
    options: &'a Options,
    declared: &'a [CredentialId],
}

/// One credential of a solved group.
struct Solved<'a> {
    id: &'a CredentialId,
    credential: &'a Credential,
    edition: &'a Edition,
    edition_known: bool,
    level: Level,
    distance: Decimal,
    used: Vec<ItemIx>,
    why_not: Option<WhyNot>,
    cannot: Option<Cannot>,
    proof: Proof,
}

impl<'a> Engine<'a> {
    fn edition(&self, id: &CredentialId, credential: &'a Credential) -> Option<(&'a Edition, bool)> {
        let (edition, known) = edition(self.holdings, id, credential);
        edition.map(|edition| (edition, known))
    }

    fn member(&self, id: &'a CredentialId) -> Option<Member<'a>> {
        let credential = self.catalog.credentials.get(id)?;
        let (edition, _) = self.edition(id, credential)?;
        let party = Party { id, credential, completion: &edition.completion };
        Some(Member { party, tree: &edition.completion, consumes: true })
    }

    /// Members, and behind them every credential that one of them asks to be held and that is not.
    fn with_held(&self, mut members: Vec<Member<'a>>, settled: &Map<CredentialId, Level>) -> Vec<Member<'a>> {
        let mut next = 0;
        while let Some(member) = members.get(next).copied() {
            next += 1;
            for id in asked_to_hold(member.tree) {
                let is_there = members.iter().any(|m| m.consumes && m.party.id == id);
                if !is_there && !settled.contains_key(id) && facts::held(self.holdings, id).is_none() {
                    members.extend(self.catalog.credentials.get_key_value(id).and_then(|(id, _)| self.member(id)));
                }
            }
        }
        members
    }

    fn in_play(&self, asked: &[&'a CredentialId]) -> Vec<&'a CredentialId> {
        let conferred = self.holdings.record.conferred.iter().map(|a| &a.credential);
        let mut all: Vec<&CredentialId> = self.declared.iter().chain(conferred).chain(asked.iter().copied()).collect();
        credstack_base::order::sort(&mut all);
        all.dedup();
        all
    }

    fn declared_targets(&self) -> Vec<TargetAnswer> {
        // What is awarded already is not counted anew.
        let open: Vec<&CredentialId> =
            self.declared.iter().filter(|id| facts::held(self.holdings, id).is_none()).collect();
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

    fn alone(&self, id: &'a CredentialId) -> Option<TargetAnswer> {
        let (solved, tree) = self.solve(&[id], false).into_iter().next()?;
        let settled = Map::from([(id.clone(), solved.level)]);
        Some(self.target(&solved, tree, false, &settled, &[]))
    }

    /// Solves credentials together, in this order of priority, each with the tree of its answer.
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
        let reader = Reader { holdings: self.holdings, built: &built, evaluator: &evaluator };
        members
            .iter()
            .take(declared)
            .zip(built.problem.targets.ixs())
            .filter_map(|(member, target)| {
                let id = member.party.id;
                let (edition, edition_known) = self.edition(id, member.party.credential)?;
                let root = built.problem.targets[target].root;
                let completion = reader.tree(target, member.tree, "completion", Scope { credential: Some(id) });
                let asked = why::Asked { holdings: self.holdings, built: &built, members: &members, target };
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

    /// A tree that consumes nothing, solved alone; the credentials it asks to be held are solved with it.
    fn gate(
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
        let reader = Reader { holdings: self.holdings, built: &built, evaluator: &evaluator };
        let target = TargetIx::new(0);
        let proved = allocation.level_proved.get(target).copied().unwrap_or(true);
        (reader.tree(target, tree, name, Scope { credential: Some(solved.id) }), proved)
    }

    fn target(
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
        let award = facts::held(self.holdings, solved.id);
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
        target.summary = next::summary(&target, award.map(|a| a.on));
        target.next_steps = next::steps(self.holdings, &target, solved.edition, &self.elsewhere(solved, joint));
        target
    }

    /// Where items that a credential does not count are counted instead.
    fn elsewhere(&self, solved: &Solved<'a>, joint: &[&Solved<'a>]) -> Map<ItemIx, &'a CredentialId> {
        let mut elsewhere = Vec::new();
        for award in self.holdings.record.conferred.iter().filter(|a| a.on <= self.holdings.as_of) {
            for (ix, item) in self.holdings.items.iter().enumerate() {
                let ix = ItemIx::new(ix);
                if award.consumed.contains(&item.attainment.id) {
                    elsewhere.push((ix, &award.credential));
                }
            }
        }
        for other in joint.iter().filter(|other| other.id != solved.id) {
            elsewhere.extend(other.used.iter().map(|item| (*item, other.id)));
        }
        credstack_base::order::map(elsewhere.into_iter().filter(|(item, _)| !solved.used.contains(item)))
    }

    /// What of a credential's work other credentials count too.
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

    /// Items without credits, in a catalog that counts credits.
    fn missing_credits(&self) -> Vec<Message> {
        self.holdings
            .items
            .iter()
            .filter(|item| item.credits.is_none() && item.hours.is_none() && item.kind.is_course())
            .map(|item| {
                Message::new("notice-no-credits")
                    .text("attainment", item.attainment.id.as_str())
                    .text("code", item.attainment.of.as_str())
            })
            .collect()
    }
}

/// The credentials that a tree asks to be held, otherwise than inside a `not` or in a test.
fn asked_to_hold(tree: &Requirement) -> Set<&CredentialId> {
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

fn used_by(built: &Built<'_>, allocation: &Allocation, target: TargetIx) -> Vec<ItemIx> {
    let mut used: Vec<ItemIx> = allocation
        .arcs
        .iter()
        .filter(|arc| built.problem.target_of(**arc) == target)
        .map(|arc| built.problem.arcs[*arc].item)
        .collect();
    credstack_base::order::sort(&mut used);
    used.dedup();
    debug_assert!(built.problem.nodes.iter().all(|n| !matches!(&n.kind, NodeKind::Take(l) if *l >= built.takes.end())));
    used
}
