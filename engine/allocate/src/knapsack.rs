//! The cheapest way to reach a need at given prices of items: a knapsack that has to be covered.
//!
//! It is solved by dynamic programming over the amount reached (R. Bellman, "Dynamic Programming",
//! 1957; H. Kellerer, U. Pferschy and D. Pisinger, "Knapsack Problems", 2004), with a second dimension
//! for a cap inside the same leaf. Amounts are counted in the unit that all have in common. Where the
//! table would still be too long, items are rounded up to a coarser unit: then they cover more than
//! they do, so the cost stays a lower bound.

use super::index::{ArcIx, CapIx, ItemIx, LeafIx};
use super::problem::Problem;
use super::state::{Decision, State};
use super::tuning::Tuning;

/// A need for an amount out of some items.
#[derive(Clone, Debug)]
pub(crate) struct Knapsack {
    /// The need, in units of what all amounts have in common; rounded up if it was made coarser.
    need: usize,
    /// How many such units are one of the need's: more than one where the table would be too large.
    coarse: i64,
    /// The need in units of what all amounts have in common.
    exact_need: i64,
    /// What one such unit is worth in distance.
    worth: i64,
    /// A bound on the sum of the second weights; zero where there is none.
    cap: usize,
    has_cap: bool,
    entries: Vec<Entry>,
}

/// An item that may contribute, through any of some arcs.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) arc: ArcIx,
    others: Vec<ArcIx>,
    weight: usize,
    capped: usize,
}

impl Entry {
    fn arcs(&self) -> impl Iterator<Item = ArcIx> + '_ {
        std::iter::once(self.arc).chain(self.others.iter().copied())
    }
}

/// A price that nothing is worth.
pub(crate) const NEVER: i64 = i64::MAX / 8;

/// Buffers that all knapsacks use.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    cost: Vec<i64>,
    /// For each offer, a bit for each state in which it is taken.
    taken: Vec<u64>,
    offers: Vec<Offer>,
    /// For a need of one unit: how many offers came before the one that is taken, and its arc.
    single: Option<(usize, ArcIx)>,
    before: Vec<i64>,
    after: Vec<i64>,
}

/// An entry that can be had.
#[derive(Clone, Copy, Debug)]
struct Offer {
    entry: usize,
    arc: ArcIx,
    price: i64,
    forced: bool,
}

/// The cost of reaching a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cheapest {
    /// That of reaching it in full; [`NEVER`] if that is impossible.
    pub(crate) whole: i64,
    /// That of reaching as much of it as pays.
    pub(crate) part: i64,
    /// How much of it pays.
    pub(crate) reached: usize,
}

impl Knapsack {
    /// Create the knapsack of a leaf, with one of the problem's caps that lies within it, if given.
    pub(crate) fn of_leaf(p: &Problem, arcs: &[ArcIx], leaf: LeafIx, cap: Option<CapIx>) -> Self {
        let of = &p.leaves[leaf];
        let weight = |item: ItemIx| cap.map_or(0, |cap| p.caps[cap].weights[item]);
        let entries = arcs.iter().map(|arc| {
            let item = p.arcs[*arc].item;
            (item, vec![*arc], p.arcs[*arc].amount, weight(item))
        });
        Self::new(of.need, of.per_unit, entries.collect(), cap.map(|cap| p.caps[cap].bound))
    }

    /// Create the knapsack of a need, from entries of item, arcs, amount and weight in the cap.
    /// `per_unit` is what a unit of the amount is worth in distance.
    pub(crate) fn new(
        need: i64,
        per_unit: i64,
        entries: Vec<(ItemIx, Vec<ArcIx>, i64, i64)>,
        cap: Option<i64>,
    ) -> Self {
        let need = need.max(0);
        let unit = entries.iter().fold(need, |unit, entry| gcd(unit, entry.2)).max(1);
        let exact_need = need / unit;
        let coarse = (exact_need + Tuning::LONGEST_TABLE - 1) / Tuning::LONGEST_TABLE;
        let coarse = coarse.max(1);
        let length = round_up(exact_need, coarse);
        let second = cap.map(|cap| {
            let unit = entries.iter().fold(0, |unit, entry| gcd(unit, entry.3)).max(1);
            (cap.max(0) / unit, unit)
        });
        // A cap that all items together keep is none.
        let second = second.filter(|(cap, unit)| {
            let all: i64 = entries.iter().map(|entry| entry.3 / unit).fold(0, i64::saturating_add);
            all > *cap && (length + 1).saturating_mul(cap + 1) <= Tuning::LARGEST_TABLE
        });
        let entries = entries
            .into_iter()
            .filter_map(|(_, mut arcs, amount, capped)| {
                let others = arcs.split_off(arcs.len().min(1));
                Some(Entry {
                    arc: *arcs.first()?,
                    others,
                    weight: size(round_up(amount / unit, coarse).min(length)),
                    capped: second.map_or(0, |(_, unit)| size(capped / unit)),
                })
            })
            .collect();
        Self {
            need: size(length),
            coarse,
            exact_need,
            worth: per_unit.saturating_mul(unit),
            cap: second.map_or(0, |(cap, _)| size(cap)),
            has_cap: second.is_some(),
            entries,
        }
    }

    /// Return the items that may contribute.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Return whether a cap within the leaf is part of it.
    pub(crate) const fn is_capped(&self) -> bool {
        self.has_cap
    }

    /// Count the worth in the unit that all distances have in common.
    pub(crate) const fn in_units_of(&mut self, unit: i64) {
        self.worth /= unit;
    }

    /// Return the distance of lacking everything, and beside it that of all that could come.
    pub(crate) fn most(&self) -> i128 {
        let amounts = self.entries.iter().map(|entry| i128::from(self.entry_worth(entry)));
        i128::from(self.exact_need) * i128::from(self.worth) + amounts.sum::<i128>()
    }

    /// Return what a unit is worth in distance.
    pub(crate) const fn worth(&self) -> i64 {
        self.worth
    }

    /// Return the share that the need takes of all that could come, with 20 binary places; at most one.
    pub(crate) fn scarcity(&self, state: &State<'_>) -> i64 {
        let available = |entry: &&Entry| entry.arcs().any(|arc| state.arcs[arc] != Decision::Out);
        let all: usize = self.entries.iter().filter(available).map(|entry| entry.weight).sum();
        let need = i64::try_from(self.need).unwrap_or(i64::MAX >> 20);
        ((need << 20) / i64::try_from(all.max(1)).unwrap_or(i64::MAX)).min(1 << 20)
    }

    /// Return what an entry is worth in distance.
    pub(crate) fn entry_worth(&self, entry: &Entry) -> i64 {
        i64::try_from(entry.weight).unwrap_or(0).saturating_mul(self.coarse).saturating_mul(self.worth)
    }

    /// Return what is still short, in units of distance, when so much is reached.
    fn short(&self, reached: usize) -> i64 {
        let reached = i64::try_from(reached).unwrap_or(i64::MAX).saturating_mul(self.coarse);
        self.exact_need.saturating_sub(reached).max(0).saturating_mul(self.worth)
    }

    /// Find the cheapest way to every amount up to the need. What is short costs `per_distance` for a
    /// unit of distance.
    pub(crate) fn solve(
        &self,
        state: &State<'_>,
        price: impl Fn(ArcIx) -> i64,
        per_distance: i64,
        scratch: &mut Scratch,
    ) -> Cheapest {
        if self.is_single() {
            return self.solve_single(state, price, per_distance, scratch);
        }
        self.offers(state, price, scratch);
        let width = self.cap + 1;
        let states = (self.need + 1) * width;
        let words = states.div_ceil(64);
        let Scratch { cost, taken, offers, .. } = scratch;
        cost.clear();
        cost.resize(states, NEVER);
        cost[..width].fill(0);
        taken.clear();
        taken.resize(words * offers.len(), 0);
        for (offer, taken) in offers.iter().zip(taken.chunks_exact_mut(words)) {
            if width == 1 && !offer.forced {
                self.offer_plainly(offer, cost, taken);
            } else {
                self.offer(offer, cost, taken);
            }
        }
        let at = |reached: usize| scratch.cost[reached * width + self.cap];
        let mut best = Cheapest { whole: at(self.need), part: NEVER, reached: 0 };
        for reached in (0..=self.need).rev() {
            let cost = at(reached).saturating_add(per_distance.saturating_mul(self.short(reached)));
            if cost < best.part {
                best.part = cost;
                best.reached = reached;
            }
        }
        best
    }

    /// Return whether one item, or none, is all that is needed.
    const fn is_single(&self) -> bool {
        self.need <= 1 && self.cap == 0 && !self.has_cap
    }

    /// Solve it where one item is all that is needed: those that are decided, or else the cheapest.
    fn solve_single(
        &self,
        state: &State<'_>,
        price: impl Fn(ArcIx) -> i64,
        per_distance: i64,
        scratch: &mut Scratch,
    ) -> Cheapest {
        let Scratch { offers, single, .. } = scratch;
        offers.clear();
        *single = None;
        let (mut decided, mut is_there, mut least) = (0_i64, self.need == 0, NEVER);
        for (n, entry) in self.entries.iter().enumerate() {
            let Some(offer) = offer_of(n, entry, state, &price) else { continue };
            if offer.forced {
                decided = (decided + offer.price).min(NEVER);
                is_there |= entry.weight > 0;
                offers.push(offer);
            } else if offer.price < least {
                least = offer.price;
                *single = Some((offers.len(), offer.arc));
            }
        }
        if is_there {
            *single = None;
        }
        let whole = if is_there { decided } else { (decided + least).min(NEVER) };
        let part = decided.saturating_add(per_distance.saturating_mul(self.short(0)));
        if part < whole {
            Cheapest { whole, part: part.min(NEVER), reached: 0 }
        } else {
            Cheapest { whole, part: whole, reached: if whole < NEVER { self.need } else { 0 } }
        }
    }

    /// Let an offer be taken, from the far end, so that none is taken twice. "Reached" means at least
    /// so much.
    fn offer(&self, offer: &Offer, cost: &mut [i64], taken: &mut [u64]) {
        let width = self.cap + 1;
        let Entry { weight, capped, .. } = self.entries[offer.entry];
        for at in (0..=self.need).rev() {
            let (row, from) = (at * width, at.saturating_sub(weight) * width);
            for b in (capped..width).rev() {
                let (place, with) = (row + b, cost[from + b - capped] + offer.price);
                if offer.forced || with < cost[place] {
                    cost[place] = with.min(NEVER);
                    taken[place / 64] |= 1 << (place % 64);
                }
            }
            if offer.forced {
                for place in row..row + capped.min(width) {
                    cost[place] = NEVER;
                    taken[place / 64] |= 1 << (place % 64);
                }
            }
        }
    }

    /// Let an offer be taken that need not be, where there is no cap.
    fn offer_plainly(&self, offer: &Offer, cost: &mut [i64], taken: &mut [u64]) {
        let weight = self.entries[offer.entry].weight.max(1);
        // INVARIANT: prices stay below NEVER, so no sum overflows.
        let alone = cost[0] + offer.price;
        for at in (weight..=self.need).rev() {
            let with = cost[at - weight] + offer.price;
            if with < cost[at] {
                cost[at] = with;
                taken[at / 64] |= 1 << (at % 64);
            }
        }
        for at in 1..weight.min(self.need + 1) {
            if alone < cost[at] {
                cost[at] = alone;
                taken[at / 64] |= 1 << (at % 64);
            }
        }
    }

    /// Call with the arcs of the cheapest way to reach so much, after [`Knapsack::solve`].
    pub(crate) fn choice(&self, reached: usize, scratch: &Scratch, mut chosen: impl FnMut(ArcIx)) {
        if self.is_single() {
            let single = scratch.single.filter(|_| reached > 0);
            for (n, offer) in scratch.offers.iter().enumerate().rev() {
                if let Some((before, arc)) = single
                    && before == n + 1
                {
                    chosen(arc);
                }
                chosen(offer.arc);
            }
            if let Some((0, arc)) = single {
                chosen(arc);
            }
            return;
        }
        let width = self.cap + 1;
        let words = ((self.need + 1) * width).div_ceil(64);
        let (mut at, mut b) = (reached, self.cap);
        for (n, offer) in scratch.offers.iter().enumerate().rev() {
            let place = at * width + b;
            if scratch.taken[n * words + place / 64] >> (place % 64) & 1 == 1 {
                let Entry { weight, capped, .. } = self.entries[offer.entry];
                at = at.saturating_sub(weight);
                b = b.saturating_sub(capped);
                chosen(offer.arc);
            }
        }
    }

    /// Return how much the need in full is.
    pub(crate) const fn full(&self) -> usize {
        self.need
    }

    /// Call for every free arc with the cost of the cheapest way if it has to be used, and if it must
    /// not be. The cap is left aside, so these are lower bounds. `whole` asks for the need in full.
    pub(crate) fn alternatives(
        &self,
        state: &State<'_>,
        price: impl Fn(ArcIx) -> i64,
        per_distance: i64,
        whole: bool,
        scratch: &mut Scratch,
        mut each: impl FnMut(ArcIx, i64, i64),
    ) {
        self.offers(state, price, scratch);
        let length = self.need + 1;
        let count = scratch.offers.len();
        let Scratch { before, after, offers, .. } = scratch;
        let base = |table: &mut Vec<i64>| {
            table.clear();
            table.resize(length * (count + 1), NEVER);
        };
        base(before);
        base(after);
        before[0] = 0;
        after[count * length] = 0;
        let step = |from: &[i64], to: &mut [i64], offer: &Offer| {
            let weight = self.entries[offer.entry].weight;
            for at in 0..length {
                let with = from[at.saturating_sub(weight)].saturating_add(offer.price);
                to[at] = if offer.forced { with } else { with.min(from[at]) }.min(NEVER);
            }
        };
        for n in 0..count {
            let (done, rest) = before.split_at_mut((n + 1) * length);
            step(&done[n * length..], &mut rest[..length], &offers[n]);
        }
        for n in (0..count).rev() {
            let (rest, done) = after.split_at_mut((n + 1) * length);
            step(&done[..length], &mut rest[n * length..], &offers[n]);
        }
        let short: Vec<i64> = (0..length)
            .map(|reached| match whole {
                true if reached < self.need => NEVER,
                true => 0,
                false => per_distance.saturating_mul(self.short(reached)),
            })
            .collect();
        for (n, offer) in offers.iter().enumerate() {
            if offer.forced {
                continue;
            }
            let weight = self.entries[offer.entry].weight;
            let (left, right) = (&before[n * length..(n + 1) * length], &after[(n + 1) * length..(n + 2) * length]);
            let (mut with, mut without) = (NEVER, NEVER);
            // What reaches at least so much costs no less, so of all that reach the need in full the
            // last is never the cheapest, and the first is looked at.
            for (a, left) in left.iter().enumerate().filter(|(_, left)| **left < NEVER) {
                for (b, right) in right[..length - a].iter().enumerate() {
                    let cost = left + right;
                    without = without.min(cost + short[a + b]);
                    with = with.min(cost + offer.price + short[(a + b + weight).min(self.need)]);
                }
            }
            each(offer.arc, with.min(NEVER), without.min(NEVER));
        }
    }

    /// Collect the entries that can be had, each by its cheapest arc.
    fn offers(&self, state: &State<'_>, price: impl Fn(ArcIx) -> i64, scratch: &mut Scratch) {
        scratch.offers.clear();
        let entries = self.entries.iter().enumerate();
        scratch.offers.extend(entries.filter_map(|(n, entry)| offer_of(n, entry, state, &price)));
    }
}

/// Return how an item can be had: by an arc that is decided, or else by its cheapest.
fn offer_of(n: usize, entry: &Entry, state: &State<'_>, price: &impl Fn(ArcIx) -> i64) -> Option<Offer> {
    let offer = |arc: ArcIx| match state.arcs[arc] {
        Decision::Out => None,
        Decision::On => Some(Offer { entry: n, arc, price: price(arc), forced: true }),
        Decision::Free => Some(Offer { entry: n, arc, price: price(arc), forced: false }),
    };
    let mut best = offer(entry.arc);
    for arc in &entry.others {
        if best.is_some_and(|best| best.forced) {
            break;
        }
        if let Some(other) = offer(*arc)
            && best.is_none_or(|best| other.forced || other.price < best.price)
        {
            best = Some(other);
        }
    }
    best
}

/// Return the greatest common divisor.
pub(crate) const fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.saturating_abs(), b.saturating_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Return an amount in units, rounded up.
const fn round_up(amount: i64, unit: i64) -> i64 {
    amount.div_euclid(unit) + (amount.rem_euclid(unit) > 0) as i64
}

/// Return an amount as the size of a table.
fn size(amount: i64) -> usize {
    usize::try_from(amount).unwrap_or(0)
}
