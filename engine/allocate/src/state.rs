//! Partial allocations: arcs that are in use or ruled out, with everything that follows from that.
//!
//! Deciding an arc draws every consequence that single constraints have, until nothing more follows
//! (constraint propagation: A. K. Mackworth, "Consistency in networks of relations", Artificial
//! Intelligence 8, 1977). All decisions stand on a trail, so that a branch of the search can be undone.
//!
//! INVARIANT: an arc leaves [`Decision::Free`] only through [`State::decide`] and comes back only
//! through [`State::undo`], so the ledger agrees with the decisions.

use super::index::{ArcIx, CapIx, ItemIx, PairIx, Table, TargetIx};
use super::ledger::{Ledger, award_links};
use super::lookup::Lookup;
use super::problem::{Cap, Link, Problem, Sharing};

/// The decision about an arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Nothing yet.
    Free,
    /// It is in use.
    On,
    /// It is ruled out.
    Out,
}

/// A partial allocation.
#[derive(Debug)]
pub(crate) struct State<'p> {
    p: &'p Problem,
    /// The look-up tables of the problem.
    pub(crate) lookup: &'p Lookup,
    /// The decision about each arc.
    pub(crate) arcs: Table<ArcIx, Decision>,
    /// The account of the arcs in use.
    pub(crate) ledger: Ledger<'p>,
    /// Arcs in the order they were decided.
    trail: Vec<ArcIx>,
    /// The number of arcs of an item in a target that are not ruled out, by [`Lookup::place`].
    open: Vec<u16>,
    cap_has_negative: Table<CapIx, bool>,
    queue: Vec<(ArcIx, Decision)>,
}

impl<'p> State<'p> {
    /// Create the state in which nothing is decided.
    pub(crate) fn new(p: &'p Problem, lookup: &'p Lookup) -> Self {
        Self {
            p,
            lookup,
            arcs: Table::filled(Decision::Free, p.arcs.len()),
            ledger: Ledger::new(p, lookup),
            trail: Vec::new(),
            open: lookup.arcs_at_places().map(|count| u16::try_from(count).unwrap_or(u16::MAX)).collect(),
            cap_has_negative: p.caps.iter().map(Cap::has_negative_weights).collect(),
            queue: Vec::new(),
        }
    }

    /// Return a mark to which later decisions can be undone.
    pub(crate) fn mark(&self) -> usize {
        self.trail.len()
    }

    /// Return whether an item is used in a target.
    #[inline]
    pub(crate) fn is_present(&self, item: ItemIx, target: TargetIx) -> bool {
        self.ledger.is_used(item, target)
    }

    /// Return whether an item may be used, or is used, in a target.
    #[inline]
    pub(crate) fn is_open(&self, item: ItemIx, target: TargetIx) -> bool {
        self.open[self.lookup.place(item, target)] > 0
    }

    /// Return whether an item is used anywhere.
    pub(crate) fn is_used(&self, item: ItemIx) -> bool {
        self.p.targets.ixs().any(|target| self.is_present(item, target))
    }

    /// Decide an arc and everything that follows. Return `false` if it cannot be decided so; the caller
    /// then undoes what was done.
    pub(crate) fn decide(&mut self, arc: ArcIx, to: Decision) -> bool {
        self.queue.clear();
        self.queue.push((arc, to));
        while let Some((arc, to)) = self.queue.pop() {
            if self.arcs[arc] == to {
                continue;
            }
            if self.arcs[arc] != Decision::Free {
                return false;
            }
            self.arcs[arc] = to;
            self.trail.push(arc);
            if to == Decision::Out {
                let place = self.place(arc);
                self.open[place] -= 1;
            }
            let is_possible = if to == Decision::On { self.turned_on(arc) } else { self.turned_out(arc) };
            if !is_possible {
                return false;
            }
        }
        true
    }

    /// Decide an arc if that is possible, and otherwise leave everything as it was.
    pub(crate) fn attempt(&mut self, arc: ArcIx, to: Decision) -> bool {
        let mark = self.mark();
        let is_possible = self.decide(arc, to);
        if !is_possible {
            self.undo(mark);
        }
        is_possible
    }

    /// Put arcs into use one after the other, as far as each is free and possible.
    pub(crate) fn attempt_all(&mut self, arcs: impl IntoIterator<Item = ArcIx>) {
        for arc in arcs {
            if self.arcs[arc] == Decision::Free {
                self.attempt(arc, Decision::On);
            }
        }
    }

    /// Undo all decisions since a mark.
    pub(crate) fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let Some(arc) = self.trail.pop() else { break };
            if self.arcs[arc] == Decision::On {
                self.ledger.remove(arc);
            } else {
                let place = self.place(arc);
                self.open[place] += 1;
            }
            self.arcs[arc] = Decision::Free;
        }
    }

    /// Return the place of an arc's item and target.
    fn place(&self, arc: ArcIx) -> usize {
        self.lookup.place(self.p.arcs[arc].item, self.p.target_of(arc))
    }

    /// Note that all arcs of an item in a target are ruled out.
    fn rule_out(&mut self, item: ItemIx, target: TargetIx) {
        for arc in self.lookup.arcs(item, target) {
            if self.arcs[*arc] != Decision::Out {
                self.queue.push((*arc, Decision::Out));
            }
        }
    }

    /// Enter an arc that has come into use, and note what follows. Return whether that is possible.
    fn turned_on(&mut self, arc: ArcIx) -> bool {
        self.ledger.add(arc);
        let (p, lookup) = (self.p, self.lookup);
        let item = p.arcs[arc].item;
        let leaf = p.arcs[arc].leaf;
        let target = p.leaves[leaf].target;
        for other in lookup.arcs(item, target) {
            let shares = p.leaves[leaf].share.is_some() && p.leaves[leaf].share == p.leaves[p.arcs[*other].leaf].share;
            if *other != arc && !shares && self.arcs[*other] != Decision::Out {
                self.queue.push((*other, Decision::Out));
            }
        }
        let mut is_possible = true;
        if self.ledger.uses(item, target) == 1 {
            for pair in lookup.pairs_of(target) {
                is_possible &= self.pair_gained(*pair, item, target);
            }
            is_possible &= self.awards_gained(item, target);
            is_possible &= self.ceilings_hold(item, target);
        }
        for exclusion in lookup.exclusions_of(leaf) {
            if self.ledger.exclusion_uses(*exclusion, item) == 1 {
                let excludes = &p.exclusions[*exclusion];
                for other in &excludes.with[item] {
                    for arc in lookup.arcs(*other, target) {
                        if (excludes.leaves.0..excludes.leaves.1).contains(&p.arcs[*arc].leaf)
                            && self.arcs[*arc] != Decision::Out
                        {
                            self.queue.push((*arc, Decision::Out));
                        }
                    }
                }
            }
        }
        for cap in lookup.caps_of(leaf) {
            if self.ledger.cap_uses(*cap, item) == 1 {
                is_possible &= self.cap_holds(*cap);
            }
        }
        is_possible
    }

    /// Note what follows from an arc that is ruled out. Return whether that is possible.
    fn turned_out(&mut self, arc: ArcIx) -> bool {
        let leaf = self.p.arcs[arc].leaf;
        let lookup = self.lookup;
        lookup.caps_of(leaf).iter().all(|cap| !self.cap_has_negative[*cap] || self.cap_holds(*cap))
    }

    /// Note where an item that has come into a target may no longer go. Return whether its ceilings hold.
    fn ceilings_hold(&mut self, item: ItemIx, target: TargetIx) -> bool {
        let p = self.p;
        let mut hold = true;
        for ceiling in p.ceilings.iter().filter(|ceiling| ceiling.targets[target]) {
            let under = || p.targets.ixs().filter(|other| ceiling.targets[*other]);
            let uses = under().filter(|other| self.is_present(item, *other)).count();
            hold &= uses <= ceiling.max[item];
            if uses == ceiling.max[item] {
                for other in under() {
                    if !self.is_present(item, other) {
                        self.rule_out(item, other);
                    }
                }
            }
        }
        hold
    }

    /// Return the least that a cap's sum can still become, given what is in use.
    fn cap_least(&self, cap: &Cap, ix: CapIx) -> i64 {
        let mut sum = self.ledger.cap_sum(ix);
        if !self.cap_has_negative[ix] {
            return sum;
        }
        let mut counted = Table::filled(false, self.p.items);
        for arc in self.lookup.arcs_inside(cap.leaves) {
            let item = self.p.arcs[arc].item;
            let may_come =
                self.arcs[arc] == Decision::Free && self.ledger.cap_uses(ix, item) == 0 && cap.weights[item] < 0;
            if may_come && !std::mem::replace(&mut counted[item], true) {
                sum += cap.weights[item];
            }
        }
        sum
    }

    /// Note the arcs that would break a cap. Return whether it can still hold.
    fn cap_holds(&mut self, ix: CapIx) -> bool {
        let p = self.p;
        let cap = &p.caps[ix];
        let least = self.cap_least(cap, ix);
        if least > cap.bound {
            return false;
        }
        let slack = cap.bound - least;
        for arc in self.lookup.arcs_inside(cap.leaves) {
            let item = p.arcs[arc].item;
            if cap.weights[item] > slack && self.arcs[arc] == Decision::Free && self.ledger.cap_uses(ix, item) == 0 {
                self.queue.push((arc, Decision::Out));
            }
        }
        true
    }

    /// Return a free arc that would ease a broken cap: of an item whose weight in it is negative.
    pub(crate) fn easing_arc(&self, cap: CapIx) -> Option<ArcIx> {
        let cap = &self.p.caps[cap];
        self.lookup
            .arcs_inside(cap.leaves)
            .find(|arc| self.arcs[*arc] == Decision::Free && cap.weights[self.p.arcs[*arc].item] < 0)
    }

    /// Return the parties that a pair stands for, each with the number of its set.
    fn parties_of(&self, pair: PairIx) -> Vec<(usize, usize)> {
        let sets = self.p.one_party.iter().enumerate();
        let parties = sets.flat_map(|(set, of)| of.parties.iter().enumerate().map(move |(n, links)| (set, n, links)));
        let has = |links: &[Link]| links.iter().any(|link| matches!(link, Link::Pair(ix) if *ix == pair));
        parties.filter(|(.., links)| has(links)).map(|(set, party, _)| (set, party)).collect()
    }

    /// Return whether a pair may share nothing because another party shares something.
    fn is_taken(&self, pair: PairIx) -> bool {
        self.parties_of(pair).into_iter().any(|(set, party)| self.ledger.another_shares(set, party))
    }

    /// Note that the other parties of a set may share nothing, now that one shares its first item.
    fn shut_others(&mut self, set: usize, party: usize) {
        let p = self.p;
        let others = p.one_party[set].parties.iter().enumerate().filter(|(other, _)| *other != party);
        for link in others.flat_map(|(_, links)| links) {
            match link {
                Link::Pair(pair) => p.item_ixs().for_each(|item| self.keep_apart(*pair, item)),
                Link::Award(target, items) => {
                    for item in p.item_ixs().filter(|item| items[*item]) {
                        self.rule_out(item, *target);
                    }
                }
            }
        }
    }

    /// Note what follows once a target uses an item that awards hold. Return whether it may.
    fn awards_gained(&mut self, item: ItemIx, target: TargetIx) -> bool {
        let mut is_possible = true;
        for (set, party, link) in award_links(self.p, item, target) {
            if self.ledger.award_uses(set, party, link) == 1 {
                is_possible &= !self.ledger.another_shares(set, party);
                self.shut_others(set, party);
            }
        }
        is_possible
    }

    /// Note what follows once an item has come into one side of a pair. Return whether it may be there.
    fn pair_gained(&mut self, ix: PairIx, item: ItemIx, target: TargetIx) -> bool {
        let p = self.p;
        let pair = &p.pairs[ix];
        let other = pair.other(target);
        let is_shared = self.is_present(item, other);
        match pair.items[item] {
            Sharing::Free => true,
            Sharing::Never => {
                if !is_shared {
                    self.rule_out(item, other);
                }
                !is_shared
            }
            Sharing::Bounded if is_shared => {
                if !self.ledger.keeps_bounds(ix) || self.is_taken(ix) {
                    return false;
                }
                // What is on one side only and would break a bound stays on that side.
                for (n, (weights, _)) in pair.bounds.iter().enumerate() {
                    let slack = self.ledger.pair_slack(ix, n);
                    for candidate in p.item_ixs().filter(|candidate| weights[*candidate] > slack) {
                        self.keep_apart(ix, candidate);
                    }
                }
                if self.ledger.pair_shares(ix) == 1 {
                    for (set, party) in self.parties_of(ix) {
                        self.shut_others(set, party);
                    }
                }
                true
            }
            Sharing::Bounded => {
                if !self.ledger.has_room(ix, item, None) || self.is_taken(ix) {
                    self.rule_out(item, other);
                }
                true
            }
        }
    }

    /// Note that an item that is on exactly one side of a pair, otherwise than freely, stays there.
    fn keep_apart(&mut self, ix: PairIx, item: ItemIx) {
        let pair = &self.p.pairs[ix];
        if pair.items[item] != Sharing::Bounded {
            return;
        }
        match (self.is_present(item, pair.a), self.is_present(item, pair.b)) {
            (true, false) => self.rule_out(item, pair.b),
            (false, true) => self.rule_out(item, pair.a),
            _ => {}
        }
    }
}
