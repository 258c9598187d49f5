//! What items sell at given prices.

use crate::cover::NEVER;
use crate::problem::{ArcIx, ItemIx};
use crate::search::{Goal, Least};
use crate::state::{Arcs, State};
use crate::supply::{Gain, MOST_PLACES, Place, Set, gain_of, hand_over};
use credstack_base::order;

use super::{ONE, Prices};

impl<'p> Prices<'p> {
    /// What an item earns at most, less what its use costs. `dearer` hears of each free arc how much
    /// less it earns if it has to be used there.
    pub(super) fn sell(
        &mut self,
        state: &State<'_>,
        goal: &Goal,
        item: ItemIx,
        mut dearer: Option<&mut dyn FnMut(ArcIx, i64)>,
    ) -> i64 {
        let own = &self.items[item];
        let count = own.places.len();
        if count == 0 {
            return 0;
        }
        let cost = if goal.least == Least::Cost { self.p.item_cost(item) / self.cost_unit * ONE } else { 0 };
        let must = goal.with.contains(&item);
        let mut gains = [Gain::default(); MOST_PLACES];
        let (mut present, mut possible, mut wanted) = (0_u32, 0_u32, 0_u32);
        let Some(sets) = &own.sets else { return self.sell_widely(state, item, cost, must) };
        for (n, (place, gain)) in own.places.iter().zip(&mut gains).enumerate() {
            *gain = gain_of(&self.price, &self.slot, &self.wanted, state, item, place);
            present |= u32::from(gain.is_present) << n;
            possible |= u32::from(gain.is_possible) << n;
            wanted |= u32::from(gain.wanted) << n;
        }
        if possible == 0 && !must {
            return 0;
        }
        // What each set of places pays.
        let mut paid = [0_i64; 1 << MOST_PLACES];
        for mask in 1..1_usize << count {
            let first = mask.trailing_zeros() as usize;
            paid[mask] = paid[mask & (mask - 1)] + gains[first].gain;
        }
        let worth = |set: &Set| {
            if set.mask & present != present || set.mask & !possible != 0 || (must && set.mask == 0) {
                return None;
            }
            let mut worth = paid[set.mask as usize];
            for (bound, weight) in &set.weighs {
                worth -= self.price[*bound] * weight;
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
        for (bound, weight) in &set.weighs {
            self.gradient[*bound] += weight;
        }
        if let Some(dearer) = &mut dearer {
            for (n, place) in own.places.iter().enumerate() {
                if (possible & !present) >> n & 1 == 1 {
                    let with = sets.iter().filter(|set| set.mask >> n & 1 == 1).filter_map(worth).max();
                    let less = with.map_or(NEVER, |with| best - with);
                    for arc in place.alone.iter().filter(|arc| state.arcs[**arc] == Arcs::Free) {
                        // Beside what the price says, another group may have paid more.
                        dearer(*arc, less);
                    }
                }
            }
        }
        for (n, (place, gain)) in own.places.iter().zip(&gains).enumerate() {
            if set.mask >> n & 1 == 1 {
                hand_over(&self.price, &self.slot, &self.wanted, &mut self.gradient, state, place, gain);
            }
        }
        best
    }

    /// The same for an item that may go to many targets: to those that pay most, whether or not they
    /// may have it together.
    pub(super) fn sell_widely(&mut self, state: &State<'_>, item: ItemIx, cost: i64, must: bool) -> i64 {
        let own = &self.items[item];
        let of = |place| gain_of(&self.price, &self.slot, &self.wanted, state, item, place);
        let mut gains: Vec<(Gain, &Place)> = own.places.iter().map(|place| (of(place), place)).collect();
        gains.retain(|(gain, _)| gain.is_possible);
        order::sort_by_key(&mut gains, |(gain, place)| (!gain.is_present, std::cmp::Reverse(gain.gain), place.target));
        gains.truncate(own.most);
        gains.retain(|(gain, _)| gain.is_present || gain.gain > 0 || gain.wanted);
        let earned = gains.iter().map(|(gain, _)| gain.gain).sum::<i64>() - cost;
        if earned <= 0 && !must && !gains.iter().any(|(gain, _)| gain.is_present) {
            return 0;
        }
        for (gain, place) in gains {
            hand_over(&self.price, &self.slot, &self.wanted, &mut self.gradient, state, place, &gain);
        }
        earned
    }
}
