//! The ledger of an allocation: which arcs are in use, and what that comes to in every constraint.
//!
//! A partial allocation of the search, tabu search and the fill by paths all keep this same account.
//! The ledger only counts: it says how much is used and what is left, and leaves it to its owner what
//! follows. Several arcs of one item may be in use in a target, where leaves share; caps, exclusions
//! and pairs count the item once.

use super::index::{ArcIx, CapIx, ExclusionIx, ItemIx, LeafIx, PairIx, Table, TargetIx};
use super::lookup::Lookup;
use super::problem::{Link, Problem, Sharing, share_of};

/// The account of the arcs in use.
#[derive(Debug)]
pub(crate) struct Ledger<'p> {
    p: &'p Problem,
    lookup: &'p Lookup,
    is_on: Table<ArcIx, bool>,
    /// The amount that each leaf has taken.
    taken: Table<LeafIx, i64>,
    /// The number of arcs of an item in use in a target, by [`Lookup::place`].
    uses: Vec<u16>,
    /// The number of arcs of each item in use inside a cap, by cap and item.
    cap_uses: Table<CapIx, Table<ItemIx, u16>>,
    cap_sums: Table<CapIx, i64>,
    /// The sums of what weighs positively in each cap.
    cap_positive_sums: Table<CapIx, i64>,
    /// The number of arcs of each item in use inside an exclusion, by exclusion and item.
    exclusion_uses: Table<ExclusionIx, Table<ItemIx, u16>>,
    /// The sums over the items that a pair shares within its bounds, by pair and bound.
    pair_sums: Table<PairIx, Vec<i64>>,
    /// The number of items that a pair shares within its bounds.
    pair_shares: Table<PairIx, usize>,
    /// The number of items of an award that a target uses, by set, party and link of [`Problem::one_party`].
    award_uses: Vec<Vec<Vec<usize>>>,
}

impl<'p> Ledger<'p> {
    /// Create the ledger of the empty allocation.
    pub(crate) fn new(p: &'p Problem, lookup: &'p Lookup) -> Self {
        let links = |set: &super::problem::OneParty| set.parties.iter().map(|links| vec![0; links.len()]).collect();
        Self {
            p,
            lookup,
            is_on: Table::filled(false, p.arcs.len()),
            taken: Table::filled(0, p.leaves.len()),
            uses: vec![0; p.items * p.targets.len()],
            cap_uses: Table::filled(Table::filled(0, p.items), p.caps.len()),
            cap_sums: Table::filled(0, p.caps.len()),
            cap_positive_sums: Table::filled(0, p.caps.len()),
            exclusion_uses: Table::filled(Table::filled(0, p.items), p.exclusions.len()),
            pair_sums: p.pairs.iter().map(|pair| vec![0; pair.bounds.len()]).collect(),
            pair_shares: Table::filled(0, p.pairs.len()),
            award_uses: p.one_party.iter().map(links).collect(),
        }
    }

    /// Take all arcs out of use.
    pub(crate) fn clear(&mut self) {
        self.is_on.fill(false);
        self.taken.fill(0);
        self.uses.fill(0);
        self.cap_uses.iter_mut().for_each(|uses| uses.fill(0));
        self.cap_sums.fill(0);
        self.cap_positive_sums.fill(0);
        self.exclusion_uses.iter_mut().for_each(|uses| uses.fill(0));
        self.pair_sums.iter_mut().for_each(|sums| sums.fill(0));
        self.pair_shares.fill(0);
        self.award_uses.iter_mut().flatten().for_each(|uses| uses.fill(0));
    }

    /// Put an arc that is not in use into use.
    pub(crate) fn add(&mut self, arc: ArcIx) {
        let (p, lookup) = (self.p, self.lookup);
        let own = &p.arcs[arc];
        let (item, leaf) = (own.item, own.leaf);
        let target = p.leaves[leaf].target;
        self.is_on[arc] = true;
        self.taken[leaf] += own.amount;
        let place = lookup.place(item, target);
        self.uses[place] += 1;
        if self.uses[place] == 1 {
            for pair in lookup.pairs_of(target) {
                self.change_pair(*pair, item, target, 1);
            }
            for (set, party, link) in award_links(p, item, target) {
                self.award_uses[set][party][link] += 1;
            }
        }
        for exclusion in lookup.exclusions_of(leaf) {
            self.exclusion_uses[*exclusion][item] += 1;
        }
        for cap in lookup.caps_of(leaf) {
            self.cap_uses[*cap][item] += 1;
            if self.cap_uses[*cap][item] == 1 {
                self.change_cap(*cap, item, 1);
            }
        }
    }

    /// Take an arc that is in use out of use.
    pub(crate) fn remove(&mut self, arc: ArcIx) {
        let (p, lookup) = (self.p, self.lookup);
        let own = &p.arcs[arc];
        let (item, leaf) = (own.item, own.leaf);
        let target = p.leaves[leaf].target;
        for cap in lookup.caps_of(leaf) {
            self.cap_uses[*cap][item] -= 1;
            if self.cap_uses[*cap][item] == 0 {
                self.change_cap(*cap, item, -1);
            }
        }
        for exclusion in lookup.exclusions_of(leaf) {
            self.exclusion_uses[*exclusion][item] -= 1;
        }
        let place = lookup.place(item, target);
        if self.uses[place] == 1 {
            for (set, party, link) in award_links(p, item, target) {
                self.award_uses[set][party][link] -= 1;
            }
            for pair in lookup.pairs_of(target) {
                self.change_pair(*pair, item, target, -1);
            }
        }
        self.uses[place] -= 1;
        self.taken[leaf] -= own.amount;
        self.is_on[arc] = false;
    }

    fn change_cap(&mut self, cap: CapIx, item: ItemIx, sign: i64) {
        let weight = self.p.caps[cap].weights[item];
        self.cap_sums[cap] += sign * weight;
        self.cap_positive_sums[cap] += sign * weight.max(0);
    }

    /// Count an item that comes into one side of a pair, or leaves it, if it is on the other side.
    fn change_pair(&mut self, ix: PairIx, item: ItemIx, target: TargetIx, sign: i64) {
        let pair = &self.p.pairs[ix];
        if pair.items[item] == Sharing::Bounded && self.is_used(item, pair.other(target)) {
            for (sum, (weights, _)) in self.pair_sums[ix].iter_mut().zip(&pair.bounds) {
                *sum += sign * weights[item];
            }
            let shares = &mut self.pair_shares[ix];
            *shares = if sign > 0 { *shares + 1 } else { *shares - 1 };
        }
    }

    /// Return whether an arc is in use.
    #[inline]
    pub(crate) fn is_on(&self, arc: ArcIx) -> bool {
        self.is_on[arc]
    }

    /// Return the arcs in use, in order.
    pub(crate) fn arcs(&self) -> impl Iterator<Item = ArcIx> + '_ {
        self.is_on.enumerate().filter(|(_, is_on)| **is_on).map(|(arc, _)| arc)
    }

    /// Return the amount that a leaf has taken.
    #[inline]
    pub(crate) fn taken(&self, leaf: LeafIx) -> i64 {
        self.taken[leaf]
    }

    /// Return how many arcs of an item are in use in a target.
    #[inline]
    pub(crate) fn uses(&self, item: ItemIx, target: TargetIx) -> u16 {
        self.uses[self.lookup.place(item, target)]
    }

    /// Return whether an item is used in a target.
    #[inline]
    pub(crate) fn is_used(&self, item: ItemIx, target: TargetIx) -> bool {
        self.uses(item, target) > 0
    }

    /// Return the first arc of an item in use in a target.
    #[inline]
    pub(crate) fn arc_in_use(&self, item: ItemIx, target: TargetIx) -> Option<ArcIx> {
        if !self.is_used(item, target) {
            return None;
        }
        self.lookup.arcs(item, target).iter().copied().find(|arc| self.is_on[*arc])
    }

    /// Return how many arcs of an item are in use inside a cap.
    #[inline]
    pub(crate) fn cap_uses(&self, cap: CapIx, item: ItemIx) -> u16 {
        self.cap_uses[cap][item]
    }

    /// Return what a cap's weights come to.
    #[inline]
    pub(crate) fn cap_sum(&self, cap: CapIx) -> i64 {
        self.cap_sums[cap]
    }

    /// Return what a cap's positive weights come to.
    #[inline]
    pub(crate) fn cap_positive_sum(&self, cap: CapIx) -> i64 {
        self.cap_positive_sums[cap]
    }

    /// Return the first cap that is broken, if any. A cap with negative weights, which other items
    /// could still ease, counts as broken all the same.
    pub(crate) fn broken_cap(&self) -> Option<CapIx> {
        let p = self.p;
        p.caps.ixs().find(|ix| {
            let cap = &p.caps[*ix];
            let rounded = cap.rounded.as_ref().map(|share| {
                let sum_of = |only_matching: bool| -> i64 {
                    p.item_ixs()
                        .filter(|item| self.cap_uses[*ix][*item] > 0 && (!only_matching || share.matches[*item]))
                        .map(|item| share.weights[item])
                        .sum()
                };
                sum_of(true) > share_of(sum_of(false), share.percent, share.round)
            });
            rounded.unwrap_or(self.cap_sums[*ix] > cap.bound)
        })
    }

    /// Return how many arcs of an item are in use inside an exclusion.
    #[inline]
    pub(crate) fn exclusion_uses(&self, exclusion: ExclusionIx, item: ItemIx) -> u16 {
        self.exclusion_uses[exclusion][item]
    }

    /// Return how many items a pair shares within its bounds.
    #[inline]
    pub(crate) fn pair_shares(&self, pair: PairIx) -> usize {
        self.pair_shares[pair]
    }

    /// Return what a bound of a pair leaves: negative if it is broken.
    #[inline]
    pub(crate) fn pair_slack(&self, pair: PairIx, bound: usize) -> i64 {
        self.p.pairs[pair].bounds[bound].1 - self.pair_sums[pair][bound]
    }

    /// Return whether a pair keeps its bounds.
    pub(crate) fn keeps_bounds(&self, pair: PairIx) -> bool {
        let mut bounds = self.p.pairs[pair].bounds.iter().zip(&self.pair_sums[pair]);
        bounds.all(|((_, bound), sum)| sum <= bound)
    }

    /// Return whether a pair has room for an item beside those it shares, if it no longer shares another.
    pub(crate) fn has_room(&self, pair: PairIx, item: ItemIx, instead_of: Option<ItemIx>) -> bool {
        let mut bounds = self.p.pairs[pair].bounds.iter().zip(&self.pair_sums[pair]);
        bounds
            .all(|((weights, bound), sum)| sum - instead_of.map_or(0, |other| weights[other]) + weights[item] <= *bound)
    }

    /// Return how many items of an award a target uses through a link of [`Problem::one_party`].
    #[inline]
    pub(crate) fn award_uses(&self, set: usize, party: usize, link: usize) -> usize {
        self.award_uses[set][party][link]
    }

    /// Return whether a party shares anything where only one party may.
    fn shares(&self, set: usize, party: usize) -> bool {
        let mut links = self.p.one_party[set].parties[party].iter().enumerate();
        links.any(|(n, link)| match link {
            Link::Pair(pair) => self.pair_shares[*pair] > 0,
            Link::Award(..) => self.award_uses[set][party][n] > 0,
        })
    }

    /// Return whether any other party than this one shares something where only one party may.
    pub(crate) fn another_shares(&self, set: usize, party: usize) -> bool {
        (0..self.p.one_party[set].parties.len()).any(|other| other != party && self.shares(set, other))
    }
}

/// Return the links with awards through which a target shares an item: set, party and link.
pub(crate) fn award_links(p: &Problem, item: ItemIx, target: TargetIx) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for (set, of) in p.one_party.iter().enumerate() {
        for (party, links) in of.parties.iter().enumerate() {
            for (n, link) in links.iter().enumerate() {
                if matches!(link, Link::Award(user, items) if *user == target && items[item]) {
                    found.push((set, party, n));
                }
            }
        }
    }
    found
}
