//! What credentials may count in common: with awards, with one another, and in how many.

use crate::determine::edition::edition;
use crate::determine::pair_rule::{PairRule, Party, pair_rule, selects};
use crate::determine::units::in_units;
use crate::select::{Item, Scope, Tri};
use credstack_allocate::{
    Arc, Cap, Ceiling, Floor, ItemIx, Link, OneParty, Other, Pair, PairIx, Sharing, Table, TargetIx,
};
use credstack_base::sorted::{Map, Set};
use credstack_model::{CredentialId, CredentialSelector, Fixed, Grant, Selector};

use super::{Builder, item_of};

/// Of each item, whether something holds.
type Flags = Table<ItemIx, bool>;

impl<'a> Builder<'a, '_> {
    /// Bound what a target may take of what conferred credentials have consumed.
    pub(super) fn consumption(&mut self, target: TargetIx) {
        let member = self.members[target.index()];
        if !member.consumes {
            return;
        }
        let (holdings, catalog) = (self.holdings(), self.holdings().catalog);
        let leaves = self.built.problem.nodes[self.built.problem.targets[target].root].leaves;
        let mut awards: Vec<_> =
            holdings.record.conferred.iter().filter(|a| a.credential != *member.party.id).collect();
        credstack_base::order::sort_by(&mut awards, |a, b| (&a.credential, a.on).cmp(&(&b.credential, b.on)));
        // All that an award holds, and of it what no exception frees.
        let mut consumed: Map<&CredentialId, (Flags, Flags)> = Map::new();
        for award in awards.iter().filter(|award| award.on <= holdings.as_of) {
            let none = || Table::filled(false, holdings.items.len());
            let nothing = || (none(), none());
            let (held, bound) = consumed.entry(&award.credential).or_insert_with(nothing);
            for id in &award.consumed {
                if let Some(item) = item_of(holdings, id) {
                    held[item] = true;
                    bound[item] = !self.may_share(target, item) && !self.is_excepted(&award.credential, item);
                }
            }
        }
        let mut barred = Table::filled(false, holdings.items.len());
        for (id, (held, items)) in consumed {
            let other = catalog.credentials.get(id).and_then(|credential| {
                let completion = &edition(holdings, id, credential).0?.completion;
                Some(Party { id, credential, completion })
            });
            let Some(other) = other else {
                // What the catalog does not know keeps what it consumed.
                for (item, consumed) in items.enumerate() {
                    barred[item] |= *consumed;
                }
                continue;
            };
            let rule = pair_rule(catalog, member.party, other, self.setting.in_play);
            for (item, consumed) in items.enumerate() {
                if *consumed {
                    match self.shareable(&rule, item) {
                        Tri::Yes => {}
                        Tri::No => barred[item] = true,
                        Tri::Unknown => {
                            let doubtful = items.ixs().map(|other| other == item).collect();
                            self.doubt(leaves, &doubtful);
                        }
                    }
                }
            }
            for (fixed, exempt) in &rule.bounds {
                let amounts = self.amounts(fixed.measure);
                let weights =
                    items.ixs().map(|i| if items[i] && !self.is_exempt(*exempt, i) { amounts[i] } else { 0 }).collect();
                self.built.problem.caps.push(Cap {
                    leaves,
                    weights,
                    bound: in_units(fixed.measure, fixed.value),
                    rounded: None,
                });
            }
            for (_, fixed) in rule.unique.iter().filter(|(side, _)| side == member.party.id) {
                let floor = Floor::Unique {
                    other: Other::Items(held.clone()),
                    need: in_units(fixed.measure, fixed.value),
                    weights: self.amounts(fixed.measure),
                    per_unit: self.per_unit(fixed.measure),
                };
                let root = self.built.problem.targets[target].root;
                self.built.problem.nodes[root].floors.push(floor);
            }
            if rule.single_source_into.as_ref() == Some(member.party.id) {
                self.awards_into.entry(target).or_default().push(items);
            }
        }
        self.built.problem.arcs.as_list().retain(|arc| !((leaves.0..leaves.1).contains(&arc.leaf) && barred[arc.item]));
    }

    /// Check whether an exception lets an item also count in a target.
    fn may_share(&self, target: TargetIx, item: ItemIx) -> bool {
        self.is_excepted(self.members[target.index()].party.id, item)
    }

    /// Check whether an exception lets an item count in a credential although another counts it.
    fn is_excepted(&self, id: &CredentialId, item: ItemIx) -> bool {
        let attainment = &self.holdings().items[item.index()].attainment.id;
        self.holdings()
            .record
            .exceptions
            .iter()
            .any(|e| e.credential == *id && matches!(&e.grant, Grant::Share(shared) if shared == attainment))
    }

    /// Check whether a policy exempts an item.
    fn is_exempt(&self, exempt: Option<&Selector>, item: ItemIx) -> bool {
        let policy = Scope { credential: None };
        exempt.is_some_and(|s| self.holdings().selects(s, &self.holdings().items[item.index()], policy) == Tri::Yes)
    }

    /// Check whether a pair may share an item at all.
    fn shareable(&self, rule: &PairRule<'_>, item: ItemIx) -> Tri {
        let policy = Scope { credential: None };
        let holdings = self.holdings();
        let only = rule
            .only
            .iter()
            .map(|s| holdings.selects(s, &holdings.items[item.index()], policy))
            .min()
            .unwrap_or(Tri::Yes);
        let nothing = rule.nothing_but.iter().any(|exempt| !self.is_exempt(*exempt, item));
        if nothing { Tri::No } else { only }
    }

    /// Add what each pair of targets may share.
    pub(super) fn pairs(&mut self) {
        let mut sources: Map<TargetIx, Vec<PairIx>> = Map::new();
        for (n, x) in self.members.iter().enumerate() {
            for (m, y) in self.members.iter().enumerate().skip(n + 1) {
                let (a, b) = (TargetIx::new(n), TargetIx::new(m));
                if !x.consumes || !y.consumes {
                    continue;
                }
                let rule = pair_rule(self.holdings().catalog, x.party, y.party, self.setting.in_play);
                let items: Table<ItemIx, Sharing> = self
                    .built
                    .problem
                    .item_ixs()
                    .map(|item| {
                        if self.may_share(a, item) || self.may_share(b, item) {
                            Sharing::Free
                        } else if self.shareable(&rule, item) == Tri::Yes {
                            Sharing::Bounded
                        } else {
                            Sharing::Never
                        }
                    })
                    .collect();
                let bounds = rule
                    .bounds
                    .iter()
                    .map(|(fixed, exempt)| {
                        let amounts = self.amounts(fixed.measure);
                        let weights =
                            amounts.ixs().map(|i| if self.is_exempt(*exempt, i) { 0 } else { amounts[i] }).collect();
                        (weights, in_units(fixed.measure, fixed.value))
                    })
                    .collect();
                for (side, fixed) in &rule.unique {
                    self.unique(a, b, side, fixed);
                }
                if let Some(into) = &rule.single_source_into {
                    let into = if x.party.id == into { a } else { b };
                    sources.entry(into).or_default().push(self.built.problem.pairs.end());
                }
                self.built.problem.pairs.push(Pair { a, b, items, bounds });
            }
        }
        let awards_into = std::mem::take(&mut self.awards_into);
        for into in self.target_ixs() {
            let pairs = sources.get(&into).cloned().unwrap_or_default().into_iter().map(Link::Pair);
            let awards = awards_into.get(&into).cloned().unwrap_or_default();
            let awards = awards.into_iter().map(|items| Link::Award(into, items));
            self.one_party(pairs.chain(awards).map(|link| vec![link]).collect());
        }
    }

    /// Let only one of several parties share anything.
    fn one_party(&mut self, parties: Vec<Vec<Link>>) {
        if parties.len() > 1 {
            self.built.problem.one_party.push(OneParty { parties });
        }
    }

    /// Add what may be stacked into one credential only.
    pub(super) fn destinations(&mut self) {
        let mut into: Map<&CredentialId, Set<&CredentialId>> = Map::new();
        for edge in self.holdings().catalog.stacks.iter().filter(|edge| edge.single_destination) {
            into.entry(&edge.from).or_default().insert(&edge.into);
        }
        for (from, into) in into.into_iter().filter(|(_, into)| into.len() > 1) {
            let held = self.held(from);
            let source = self.consuming(from);
            // Where awards have carried something already, it stays.
            let (mut stays, mut parties) = (false, Vec::new());
            for id in into {
                let (taken, target) = (self.held(id), self.consuming(id));
                let free: Table<ItemIx, bool> =
                    held.ixs().map(|i| self.is_excepted(from, i) || self.is_excepted(id, i)).collect();
                let not_free = |items: &Table<ItemIx, bool>| -> Table<ItemIx, bool> {
                    items.ixs().map(|i| items[i] && !free[i]).collect()
                };
                if held.ixs().any(|i| held[i] && taken[i] && !free[i]) {
                    stays = true;
                    continue;
                }
                let mut links = Vec::new();
                if let Some((source, target)) = source.zip(target) {
                    let (a, b) = (source.min(target), source.max(target));
                    let pairs = &self.built.problem.pairs;
                    links.extend(pairs.ixs().find(|pair| (pairs[*pair].a, pairs[*pair].b) == (a, b)).map(Link::Pair));
                }
                links.extend(source.map(|source| Link::Award(source, not_free(&taken))));
                links.extend(target.map(|target| Link::Award(target, not_free(&held))));
                if !links.is_empty() {
                    parties.push(links);
                }
            }
            if stays {
                parties.into_iter().flatten().for_each(|link| self.shut(link));
            } else {
                self.one_party(parties);
            }
        }
    }

    /// Let nothing be shared through a link.
    fn shut(&mut self, link: Link) {
        let problem = &mut self.built.problem;
        match link {
            Link::Pair(pair) => {
                for sharing in problem.pairs[pair].items.iter_mut().filter(|sharing| **sharing == Sharing::Bounded) {
                    *sharing = Sharing::Never;
                }
            }
            Link::Award(target, items) => {
                problem.arcs.as_list().retain(|arc| !(items[arc.item] && problem.leaves[arc.leaf].target == target));
            }
        }
    }

    /// Return the target that a credential is, if it is one that consumes.
    fn consuming(&self, id: &CredentialId) -> Option<TargetIx> {
        self.members.iter().position(|member| member.consumes && member.party.id == id).map(TargetIx::new)
    }

    /// Return which items the awards of a credential hold.
    fn held(&self, id: &CredentialId) -> Table<ItemIx, bool> {
        let holdings = self.holdings();
        let awards = holdings.record.conferred.iter().filter(|a| a.credential == *id && a.on <= holdings.as_of);
        let mut held = Table::filled(false, holdings.items.len());
        for item in awards.flat_map(|award| &award.consumed).filter_map(|id| item_of(holdings, id)) {
            held[item] = true;
        }
        held
    }

    /// Add what one of two targets has to count without the other.
    fn unique(&mut self, a: TargetIx, b: TargetIx, side: &CredentialId, fixed: &Fixed) {
        let (target, other) = if self.members[a.index()].party.id == side { (a, b) } else { (b, a) };
        let floor = Floor::Unique {
            other: Other::Target(other),
            need: in_units(fixed.measure, fixed.value),
            weights: self.amounts(fixed.measure),
            per_unit: self.per_unit(fixed.measure),
        };
        let root = self.built.problem.targets[target].root;
        self.built.problem.nodes[root].floors.push(floor);
    }

    /// Add the ceilings: how many credentials may count one item.
    pub(super) fn ceilings(&mut self) {
        let holdings = self.holdings();
        for ceiling in &holdings.catalog.ceilings {
            let targets: Table<TargetIx, bool> = self
                .members
                .iter()
                .map(|m| m.consumes && selects(holdings.catalog, &ceiling.credentials, m.party.id))
                .collect();
            if !targets.iter().any(|counts| *counts) {
                continue;
            }
            // Items are counted apart where they are counted for different targets: a target whose
            // own award holds an item already, or that an exception lets share it, uses up nothing.
            let mut apart: Map<Vec<bool>, Table<ItemIx, usize>> = Map::new();
            for (ix, item) in self.built.problem.item_ixs().zip(&holdings.items) {
                let policy = Scope { credential: None };
                if ceiling.of.as_ref().is_some_and(|s| holdings.selects(s, item, policy) != Tri::Yes) {
                    continue;
                }
                let serving = self.serving(item, &ceiling.credentials);
                let counted: Vec<bool> = targets
                    .iter()
                    .zip(self.members)
                    .zip(self.target_ixs())
                    .map(|((counts, m), t)| *counts && !serving.contains(m.party.id) && !self.may_share(t, ix))
                    .collect();
                let max = usize::try_from(ceiling.max).unwrap_or(usize::MAX).saturating_sub(serving.len());
                apart.entry(counted).or_insert_with(|| Table::filled(usize::MAX, holdings.items.len()))[ix] = max;
            }
            let problem = &mut self.built.problem;
            for (targets, max) in apart {
                let targets = Table::from(targets);
                let is_shut = |arc: &Arc| max[arc.item] == 0 && targets[problem.leaves[arc.leaf].target];
                problem.arcs.as_list().retain(|arc| !is_shut(arc));
                problem.ceilings.push(Ceiling { max, targets });
            }
        }
    }

    /// Return the awards that an item serves, of those that a ceiling is on.
    fn serving(&self, item: &Item<'_>, ceiling: &CredentialSelector) -> Set<&'a CredentialId> {
        let holdings = self.holdings();
        let id = &item.attainment.id;
        let excepted = |credential: &CredentialId| {
            let mut granted = holdings.record.exceptions.iter().filter(|e| e.credential == *credential);
            granted.any(|e| matches!(&e.grant, Grant::Share(shared) if shared == id))
        };
        let awards = holdings.record.conferred.iter().filter(|a| a.on <= holdings.as_of && a.consumed.contains(id));
        let served = awards.map(|award| &award.credential);
        credstack_base::order::set(served.filter(|id| selects(holdings.catalog, ceiling, id) && !excepted(id)))
    }
}
