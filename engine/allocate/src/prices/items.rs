//! What items sell at given prices.

use std::cmp::Reverse;

use credstack_base::order;

use crate::goal::{Goal, Least};
use crate::index::{ArcIx, ItemIx};
use crate::knapsack::NEVER;
use crate::sharing_sets::{Gain, Place, Set, gain_of, hand_over};
use crate::state::{Decision, State};
use crate::tuning::Tuning;

use super::decomposition::{Decomposition, ONE};
use super::multipliers::Multipliers;

/// The side of the items at the present prices.
pub(super) struct Sellers<'a> {
    /// The parts of the problem.
    pub(super) parts: &'a Decomposition<'a>,
    /// The decisions so far.
    pub(super) state: &'a State<'a>,
    /// The question of the search.
    pub(super) goal: &'a Goal,
    /// The prices, and their subgradient, from which what is sold is taken off.
    pub(super) multipliers: &'a mut Multipliers,
}

impl Sellers<'_> {
    /// Sell an item. Return what it earns at most, less what its use costs. `dearer` hears of each free
    /// arc how much less the item earns if it has to be used there.
    pub(super) fn sell(&mut self, item: ItemIx, mut dearer: Option<&mut dyn FnMut(ArcIx, i64)>) -> i64 {
        let (parts, state) = (self.parts, self.state);
        let own = &parts.items[item];
        let count = own.places.len();
        if count == 0 {
            return 0;
        }
        let by_cost = self.goal.least == Least::Cost;
        let cost = if by_cost { parts.p.item_cost(item) / parts.cost_unit * ONE } else { 0 };
        let must = self.goal.with.contains(&item);
        let Some(sets) = &own.sets else { return self.sell_widely(item, cost, must) };
        let mut gains = [Gain::default(); Tuning::MOST_PLACES];
        let (mut present, mut possible, mut wanted) = (0_u32, 0_u32, 0_u32);
        for (n, (place, gain)) in own.places.iter().zip(&mut gains).enumerate() {
            *gain = gain_of(&self.multipliers.price, &parts.slot, &self.multipliers.wanted, state, item, place);
            present |= u32::from(gain.is_present) << n;
            possible |= u32::from(gain.is_possible) << n;
            wanted |= u32::from(gain.wanted) << n;
        }
        if possible == 0 && !must {
            return 0;
        }
        // What each set of places pays.
        let mut paid = [0_i64; 1 << Tuning::MOST_PLACES];
        for mask in 1..1_usize << count {
            let first = mask.trailing_zeros() as usize;
            paid[mask] = paid[mask & (mask - 1)] + gains[first].gain;
        }
        let price = &self.multipliers.price;
        let worth = |set: &Set| {
            if set.mask & present != present || set.mask & !possible != 0 || (must && set.mask == 0) {
                return None;
            }
            let mut worth = paid[set.mask as usize];
            for (bound, weight) in &set.weighs {
                worth -= price[*bound] * weight;
            }
            Some(if set.mask == 0 { worth } else { worth - cost })
        };
        let mut best: Option<(i64, u32, &Set)> = None;
        for set in sets {
            if let Some(worth) = worth(set) {
                let liked = (set.mask & wanted).count_ones();
                if best.is_none_or(|(most, likes, _)| (worth, liked) > (most, likes)) {
                    best = Some((worth, liked, set));
                }
            }
        }
        // Without one there is no way to use the item as it must be.
        let Some((best, _, set)) = best else { return -NEVER };
        if let Some(dearer) = &mut dearer {
            for (n, place) in own.places.iter().enumerate() {
                if (possible & !present) >> n & 1 == 1 {
                    let with = sets.iter().filter(|set| set.mask >> n & 1 == 1).filter_map(worth).max();
                    let less = with.map_or(NEVER, |with| best - with);
                    for arc in place.alone.iter().filter(|arc| state.arcs[**arc] == Decision::Free) {
                        // Beside what the price says, another group may have paid more.
                        dearer(*arc, less);
                    }
                }
            }
        }
        for (bound, weight) in &set.weighs {
            self.multipliers.gradient[*bound] += weight;
        }
        for (n, (place, gain)) in own.places.iter().zip(&gains).enumerate() {
            if set.mask >> n & 1 == 1 {
                self.hand_over(place, gain);
            }
        }
        best
    }

    /// Sell an item that may go to many targets: to those that pay most, whether or not they may have it
    /// together.
    fn sell_widely(&mut self, item: ItemIx, cost: i64, must: bool) -> i64 {
        let (parts, state) = (self.parts, self.state);
        let own = &parts.items[item];
        let of = |place| gain_of(&self.multipliers.price, &parts.slot, &self.multipliers.wanted, state, item, place);
        let mut gains: Vec<(Gain, &Place)> = own.places.iter().map(|place| (of(place), place)).collect();
        gains.retain(|(gain, _)| gain.is_possible);
        order::sort_by_key(&mut gains, |(gain, place)| (!gain.is_present, Reverse(gain.gain), place.target));
        gains.truncate(own.most);
        gains.retain(|(gain, _)| gain.is_present || gain.gain > 0 || gain.wanted);
        let earned = gains.iter().map(|(gain, _)| gain.gain).sum::<i64>() - cost;
        if earned <= 0 && !must && !gains.iter().any(|(gain, _)| gain.is_present) {
            return 0;
        }
        for (gain, place) in gains {
            self.hand_over(place, &gain);
        }
        earned
    }

    fn hand_over(&mut self, place: &Place, gain: &Gain) {
        let Multipliers { price, wanted, gradient, .. } = &mut *self.multipliers;
        hand_over(price, &self.parts.slot, wanted, gradient, self.state, place, gain);
    }
}
