//! Prices to start with.

use crate::augment::Augment;
use crate::cover::NEVER;
use crate::search::{Goal, Least};
use crate::state::State;
use crate::supply::MOST_PLACES;

use super::{ONE, Prices};

impl<'p> Prices<'p> {
    /// Prices to start with: what the second most needy leaf would give.
    pub(super) fn start(&mut self, state: &State<'_>, goal: &Goal, afresh: bool) {
        let in_distance = goal.least != Least::Cost;
        if self.in_distance == Some(in_distance) {
            if afresh && in_distance {
                self.start_evenly(state, goal);
            }
            return;
        }
        self.in_distance = Some(in_distance);
        self.price.fill(0);
        if in_distance {
            let scarcity: Vec<i64> = self.leaves.iter().map(|cover| cover.scarcity(state)).collect();
            let mut first = vec![0; self.price.len()];
            for (leaf, cover) in self.leaves.iter().enumerate() {
                for entry in cover.entries() {
                    let slot = self.slot[entry.arc];
                    let need = cover.entry_worth(entry).saturating_mul(scarcity[leaf]).min(NEVER / 1024);
                    self.price[slot] = self.price[slot].max(need.min(first[slot]));
                    first[slot] = first[slot].max(need);
                }
            }
            self.price[self.first_target..].fill(ONE);
            self.start_evenly(state, goal);
        } else {
            for item in 0..self.items.len() {
                let places = i64::try_from(self.items[item].most.clamp(1, MOST_PLACES)).unwrap_or(1);
                let cost = self.p.item_cost(item) / self.cost_unit * ONE / places;
                for place in &self.items[item].places {
                    for arc in place.alone.iter().chain(place.groups.iter().flatten()) {
                        self.price[self.slot[*arc]] = cost;
                    }
                }
            }
            self.price[self.first_target..].fill(ONE);
        }
    }

    /// Takes the prices of what is short once no alternating path is left: what an item is worth
    /// where it is short, and nothing elsewhere.
    pub(crate) fn adopt(&mut self, augment: &Augment<'_>) {
        self.in_distance = Some(true);
        self.price.fill(0);
        for arc in (0..self.p.arcs.len()).filter(|arc| augment.is_short(*arc)) {
            let slot = self.slot[arc];
            self.price[slot] = self.scale[slot] / 4 * ONE;
        }
        let worth = self.scale[..self.slots].iter().copied().max().unwrap_or(0) / 4 * ONE;
        let pairs = self.p.pairs.iter().enumerate();
        let is_full = pairs.flat_map(|(ix, pair)| pair.bounds.iter().map(move |_| augment.is_full(ix)));
        for (bound, is_full) in self.bounds.iter().zip(is_full) {
            self.price[bound.price] = if is_full { worth } else { 0 };
        }
        for target in 0..self.p.targets.len() {
            self.price[self.first_target + target] = if augment.is_short_in(target) { ONE } else { 1 };
        }
    }

    /// Takes even prices where they are a better start: so much for each unit of what an item is
    /// worth, and as much for sharing it, which weighs all demand against all supply.
    pub(super) fn start_evenly(&mut self, state: &State<'_>, goal: &Goal) {
        let roles = self.roles(goal);
        let mut best = self.evaluate(state, goal, &roles);
        self.best.copy_from_slice(&self.price);
        for quarters in [4, 2, 1] {
            for slot in 0..self.slots {
                self.price[slot] = self.scale[slot] / 4 * ONE * quarters / 4;
            }
            for bound in &self.bounds {
                self.price[bound.price] = bound.worth * ONE * quarters / 4;
            }
            let value = self.evaluate(state, goal, &roles);
            if value > best {
                best = value;
                self.best.copy_from_slice(&self.price);
            }
        }
        self.price.copy_from_slice(&self.best);
    }
}
