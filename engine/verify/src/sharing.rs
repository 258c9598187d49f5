//! Whether what several credentials count in common is allowed.

use super::codes;
use credstack_base::sorted::{Map, Set};
use credstack_model::{
    AttainmentId, CredentialId, CredentialSelector, DefaultSharing, Fixed, Grant, Measure, Selector, ShareBound,
    SharingPolicy, Side,
};

use super::certainty::Answer;
use super::facts::Facts;
use super::finding::Finding;
use super::required::required;
use super::rounding::part;

/// The attainments that one credential consumes.
pub(super) type Consumed<'a> = Set<&'a AttainmentId>;

/// Some credentials that were solved together, and the awards that stand beside them.
pub(super) struct Group<'a, 'f> {
    pub(super) facts: &'f Facts<'a>,
    /// What was solved together: what each counts in its completion tree.
    pub(super) targets: Map<&'a CredentialId, Consumed<'a>>,
    /// What each award of the record consumed.
    pub(super) awards: Map<&'a CredentialId, Consumed<'a>>,
    /// What is declared, awarded or asked about.
    pub(super) in_play: Set<&'a CredentialId>,
}

impl<'a> Group<'a, '_> {
    /// Find every rule on sharing that is broken.
    pub(super) fn examine(&self, findings: &mut Vec<Finding>) {
        let mut object = |code: &str, path: String, message: String| {
            findings.push(Finding { code: code.to_owned(), path, message });
        };
        let targets: Vec<_> = self.targets.iter().collect();
        for (n, (one, first)) in targets.iter().enumerate() {
            let later = targets.iter().skip(n + 1).map(|(other, second)| (*other, *second));
            let awards = self.awards.iter().filter(|(other, _)| *other != *one);
            for (other, second) in later.chain(awards) {
                for complaint in self.pair(one, first, other, second) {
                    object(codes::SHARED_TOO_MUCH, format!("{one} and {other}"), complaint);
                }
            }
            let sources = self.single_sources(one, first);
            if sources.len() > 1 {
                object(
                    codes::SEVERAL_SOURCES,
                    one.to_string(),
                    format!("it is stacked from {}", sources.join(" and ")),
                );
            }
        }
        for from in credstack_base::order::set(self.facts.catalog.stacks.iter().map(|edge| &edge.from)) {
            let (old, new) = self.destinations(from);
            // What awards have carried is history; nothing is carried anywhere else.
            if !new.is_subset(&old) && old.union(&new).count() > 1 {
                let all: Vec<String> = old.union(&new).map(|id| format!("`{id}`")).collect();
                object(
                    codes::SEVERAL_DESTINATIONS,
                    from.to_string(),
                    format!("it is stacked into {}", all.join(" and ")),
                );
            }
        }
        for ceiling in &self.facts.catalog.ceilings {
            let mut served: Map<&AttainmentId, (Set<&CredentialId>, bool)> = Map::new();
            let targets = self.targets.iter().map(|(id, consumed)| (*id, consumed, true));
            for (id, consumed, new) in targets.chain(self.awards.iter().map(|(id, c)| (*id, c, false))) {
                if !self.matches(&ceiling.credentials, id) {
                    continue;
                }
                let free = self.excepted(id);
                for attainment in consumed.iter().filter(|a| !free.contains(*a) && self.surely(ceiling.of.as_ref(), a))
                {
                    let entry = served.entry(attainment).or_default();
                    entry.0.insert(id);
                    // What awards hold beyond a ceiling is history; it binds what is counted anew.
                    let again = self.awards.get(id).is_some_and(|held| held.contains(attainment));
                    entry.1 |= new && !again;
                }
            }
            for (attainment, (credentials, new)) in served {
                if new && u32::try_from(credentials.len()).is_ok_and(|n| n > ceiling.max) {
                    let message = format!("`{attainment}` serves {} of them; {} may", credentials.len(), ceiling.max);
                    object(codes::OVER_CEILING, attainment.to_string(), message);
                }
            }
        }
    }

    /// Check whether a selector surely selects an attainment; without a selector, everything is.
    fn surely(&self, selector: Option<&Selector>, id: &AttainmentId) -> bool {
        selector.is_none_or(|s| self.facts.selects(s, id, None) == Answer::Yes)
    }

    /// Return how much some attainments come to, in thousandths of a measure.
    fn sum<'i>(&self, ids: impl IntoIterator<Item = &'i &'a AttainmentId>, measure: Measure) -> i64
    where
        'a: 'i,
    {
        ids.into_iter().map(|id| self.facts.worth(id, measure)).sum()
    }

    /// Check whether attainments come to no more than an amount.
    fn within(&self, ids: &[&'a AttainmentId], most: &Fixed) -> bool {
        self.sum(ids, most.measure) <= most.value.thousandths()
    }

    /// Return what exceptions let a credential count although another counts it.
    fn excepted(&self, credential: &CredentialId) -> Set<&'a AttainmentId> {
        let own = self.facts.record.exceptions.iter().filter(|e| e.credential == *credential);
        credstack_base::order::set(own.filter_map(|e| if let Grant::Share(id) = &e.grant { Some(id) } else { None }))
    }

    /// Return what two credentials count in common, without what exceptions let them share.
    fn shared(
        &self,
        (one, first): (&CredentialId, &Consumed<'a>),
        (other, second): (&CredentialId, &Consumed<'a>),
    ) -> Vec<&'a AttainmentId> {
        let (free_here, free_there) = (self.excepted(one), self.excepted(other));
        let common = first.intersection(second).copied();
        common.filter(|id| !free_here.contains(id) && !free_there.contains(id)).collect()
    }

    /// Return the rules that what two credentials count in common breaks.
    fn pair(
        &self,
        one: &CredentialId,
        first: &Consumed<'a>,
        other: &CredentialId,
        second: &Consumed<'a>,
    ) -> Vec<String> {
        let shared = self.shared((one, first), (other, second));
        let mut complaints = Vec::new();
        if shared.is_empty() {
            return complaints;
        }
        let mut spoken_for = false;
        for edge in &self.facts.catalog.stacks {
            let ends = (&edge.from, &edge.into);
            if ends != (one, other) && ends != (other, one) {
                continue;
            }
            spoken_for = true;
            let award = self.awards.contains_key(one) || self.awards.contains_key(other);
            let least = if award { Answer::Maybe } else { Answer::Yes };
            let may =
                |id: &AttainmentId| edge.only.as_ref().is_none_or(|only| self.facts.selects(only, id, None) >= least);
            let barred = shared.iter().filter(|id| !may(id)).count();
            if barred > 0 || edge.carries.as_ref().is_some_and(|most| !self.within(&shared, most)) {
                complaints.push(format!("the stack of `{}` into `{}` carries less", edge.from, edge.into));
            }
        }
        for policy in self.facts.catalog.sharing.iter().filter(|p| self.in_force(p)) {
            for (between, and) in [(one, other), (other, one)] {
                if !self.matches(&policy.between, between) || !self.matches(&policy.and, and) {
                    continue;
                }
                // What must be counted in one side only says nothing of what both may count.
                spoken_for |= !matches!(policy.bound, ShareBound::Unique(_));
                let exempt = |id: &AttainmentId| policy.exempt.is_some() && self.surely(policy.exempt.as_ref(), id);
                let counted: Vec<_> = shared.iter().copied().filter(|id| !exempt(id)).collect();
                if !self.bound_holds(policy, between, and, &counted) {
                    complaints.push(format!("the policy `{}` allows less", policy.id));
                }
            }
        }
        if !spoken_for && self.facts.catalog.defaults.sharing == DefaultSharing::Exclusive {
            complaints.push("nothing lets them share".to_owned());
        }
        complaints
    }

    /// Check whether what two credentials count in common is within the bound of a policy.
    fn bound_holds(
        &self,
        policy: &SharingPolicy,
        between: &CredentialId,
        and: &CredentialId,
        counted: &[&'a AttainmentId],
    ) -> bool {
        let side = |side: Side| if side == Side::Between { between } else { and };
        match &policy.bound {
            ShareBound::Nothing => counted.is_empty(),
            ShareBound::Everything | ShareBound::Unique(_) => true,
            ShareBound::AtMost(bounds) => bounds.iter().all(|most| self.within(counted, most)),
            ShareBound::Percent(bound) => {
                let measure = bound.percent.measure;
                self.sum(counted, measure) <= part(&bound.percent, self.size(side(bound.side), measure)).1
            }
            ShareBound::Table(table) => {
                let size = self.size(side(table.side), Measure::Credits);
                let row = table.rows.iter().find(|row| row.up_to.thousandths() >= size);
                row.or(table.rows.last()).is_none_or(|row| self.within(counted, &row.share))
            }
        }
    }

    /// Return the size of a credential, in thousandths: its stated credits, or what its completion requires.
    fn size(&self, id: &CredentialId, measure: Measure) -> i64 {
        let stated = self.facts.catalog.credentials.get(id).and_then(|c| c.credits);
        match stated.filter(|_| measure == Measure::Credits) {
            Some(credits) => credits.thousandths(),
            None => self.facts.edition(id).map_or(0, |(e, _)| required(self.facts.catalog, &e.completion, measure)),
        }
    }

    /// Return what policies ask a credential to count for itself: what does not serve, and how much.
    pub(super) fn own(&self, credential: &CredentialId) -> Vec<(Consumed<'a>, Measure, i64)> {
        let mut asked = Vec::new();
        for policy in self.facts.catalog.sharing.iter().filter(|p| self.in_force(p)) {
            let ShareBound::Unique(unique) = &policy.bound else { continue };
            let (mine, its) = match unique.side {
                Side::Between => (&policy.between, &policy.and),
                Side::And => (&policy.and, &policy.between),
            };
            let others = self.targets.iter().chain(&self.awards).filter(|(id, _)| **id != credential);
            let nothing = Consumed::new();
            let counted = self.targets.get(credential).unwrap_or(&nothing);
            for (_, consumed) in others.filter(|(id, _)| self.matches(mine, credential) && self.matches(its, id)) {
                // Who shares nothing needs nothing unique: a lower target could else spoil a higher one.
                if consumed.is_disjoint(counted) {
                    continue;
                }
                asked.push((consumed.clone(), unique.amount.measure, unique.amount.value.thousandths()));
            }
        }
        asked
    }

    /// Return what a credential counts of an award although a stack edge does not know whether it may be
    /// carried.
    pub(super) fn carried_perhaps(&self, credential: &CredentialId) -> Consumed<'a> {
        let nothing = Consumed::new();
        let consumed = self.targets.get(credential).unwrap_or(&nothing);
        let mut perhaps = Consumed::new();
        for (award, held) in self.awards.iter().filter(|(award, _)| **award != credential) {
            for edge in &self.facts.catalog.stacks {
                let ends = (&edge.from, &edge.into);
                if ends != (*award, credential) && ends != (credential, *award) {
                    continue;
                }
                let shared = self.shared((credential, consumed), (award, held));
                let asks = |id: &AttainmentId| edge.only.as_ref().map(|only| self.facts.selects(only, id, None));
                perhaps.extend(shared.into_iter().filter(|id| asks(id) == Some(Answer::Maybe)));
            }
        }
        perhaps
    }

    /// Check whether a policy applies while these credentials are in play.
    fn in_force(&self, policy: &SharingPolicy) -> bool {
        policy
            .only_while
            .as_ref()
            .is_none_or(|third| self.in_play.iter().any(|id| self.matches(&third.credential, id)) == third.is)
    }

    /// Return the credentials that stack into one that may be stacked from a single one only.
    fn single_sources(&self, into: &CredentialId, consumed: &Consumed<'a>) -> Vec<String> {
        let mut sources = Set::new();
        for edge in self.facts.catalog.stacks.iter().filter(|e| e.single_source && e.into == *into) {
            let counted = [self.targets.get(&edge.from), self.awards.get(&edge.from)];
            for other in counted.into_iter().flatten() {
                if !self.shared((into, consumed), (&edge.from, other)).is_empty() {
                    sources.insert(format!("`{}`", edge.from));
                }
            }
        }
        sources.into_iter().collect()
    }

    /// Return what a credential that may be stacked into a single one only is stacked into: by awards alone,
    /// and by what is counted anew.
    fn destinations(&self, from: &'a CredentialId) -> (Set<&'a CredentialId>, Set<&'a CredentialId>) {
        let (mut old, mut new) = (Set::new(), Set::new());
        for edge in self.facts.catalog.stacks.iter().filter(|e| e.single_destination && e.from == *from) {
            let of = |id: &CredentialId| {
                let sides = [(self.targets.get(id), true), (self.awards.get(id), false)];
                sides.into_iter().filter_map(|(set, anew)| Some((set?, anew)))
            };
            for (first, anew) in of(from) {
                for (second, anew_there) in of(&edge.into) {
                    if !self.shared((from, first), (&edge.into, second)).is_empty() {
                        if anew || anew_there {
                            new.insert(&edge.into)
                        } else {
                            old.insert(&edge.into)
                        };
                    }
                }
            }
        }
        (old, new)
    }

    /// Check whether a selector selects a credential.
    fn matches(&self, selector: &CredentialSelector, id: &CredentialId) -> bool {
        let credential = self.facts.catalog.credentials.get(id);
        match selector {
            CredentialSelector::Everything => true,
            CredentialSelector::Ids(ids) => ids.contains(id),
            CredentialSelector::Kind(kind) => credential.is_some_and(|c| c.kind == *kind),
            CredentialSelector::Level(level) => credential.and_then(|c| c.level.as_ref()) == Some(level),
            CredentialSelector::Unit(unit) => credential.and_then(|c| c.unit.as_ref()) == Some(unit),
            CredentialSelector::Tag(tag) => credential.is_some_and(|c| c.tags.contains(tag)),
            CredentialSelector::StackOf(top) => {
                let mut reached = Set::from([id]);
                let mut open = vec![id];
                while let Some(at) = open.pop() {
                    let edges = self.facts.catalog.stacks.iter().filter(|e| e.from == *at);
                    open.extend(edges.map(|e| &e.into).filter(|into| reached.insert(*into)));
                }
                reached.contains(top)
            }
            CredentialSelector::And(of) => of.iter().all(|s| self.matches(s, id)),
            CredentialSelector::Or(of) => of.iter().any(|s| self.matches(s, id)),
            CredentialSelector::Not(inner) => !self.matches(inner, id),
        }
    }
}
