//! Prices to start with.

use crate::goal::{Goal, Least};
use crate::index::{ArcIx, PairIx, Table, TargetIx};
use crate::knapsack::NEVER;
use crate::state::State;
use crate::tuning::Tuning;

use super::decomposition::ONE;
use super::lagrangian::Prices;

/// Where items are short: of every arc, pair and target, whether it leads there.
#[derive(Debug)]
pub(crate) struct Shortage {
    /// Arcs to leaves that are short together.
    pub(crate) arcs: Table<ArcIx, bool>,
    /// Pairs that want to share more than they may.
    pub(crate) pairs: Table<PairIx, bool>,
    /// Targets with a leaf that is short.
    pub(crate) targets: Table<TargetIx, bool>,
}

impl Prices<'_> {
    /// Set prices to start with: what the second most needy leaf would give.
    pub(super) fn start(&mut self, state: &State<'_>, goal: &Goal, afresh: bool) {
        let in_distance = goal.least != Least::Cost;
        if self.multipliers.in_distance == Some(in_distance) {
            if afresh && in_distance {
                self.start_evenly(state, goal);
            }
            return;
        }
        self.multipliers.in_distance = Some(in_distance);
        let (parts, price) = (&self.parts, &mut self.multipliers.price);
        price.fill(0);
        price[parts.first_target..].fill(ONE);
        if in_distance {
            let mut neediest = vec![0; price.len()];
            for knapsack in &parts.leaves {
                let scarcity = knapsack.scarcity(state);
                for entry in knapsack.entries() {
                    let slot = parts.slot[entry.arc];
                    let need = knapsack.entry_worth(entry).saturating_mul(scarcity).min(NEVER / 1024);
                    price[slot] = price[slot].max(need.min(neediest[slot]));
                    neediest[slot] = neediest[slot].max(need);
                }
            }
            self.start_evenly(state, goal);
        } else {
            for (item, own) in parts.items.enumerate() {
                let places = i64::try_from(own.most.clamp(1, Tuning::MOST_PLACES)).unwrap_or(1);
                let cost = parts.p.item_cost(item) / parts.cost_unit * ONE / places;
                for place in &own.places {
                    for arc in place.alone.iter().chain(place.groups.iter().flatten()) {
                        price[parts.slot[*arc]] = cost;
                    }
                }
            }
        }
    }

    /// Take even prices where they are a better start: so much for each unit of what an item is
    /// worth, and as much for sharing it, which weighs all demand against all supply.
    fn start_evenly(&mut self, state: &State<'_>, goal: &Goal) {
        let roles = self.roles(goal);
        let mut best = self.evaluate(state, goal, &roles);
        self.multipliers.keep();
        for quarters in [4, 2, 1] {
            let (parts, price) = (&self.parts, &mut self.multipliers.price);
            for slot in 0..parts.slots {
                price[slot] = parts.scale[slot] / 4 * ONE * quarters / 4;
            }
            for bound in &parts.bounds {
                price[bound.price] = ONE * quarters / 4;
            }
            let value = self.evaluate(state, goal, &roles);
            if value > best {
                best = value;
                self.multipliers.keep();
            }
        }
        self.multipliers.restore();
    }

    /// Set the prices of what is short once no alternating path is left: what an item is worth
    /// where it is short, and nothing elsewhere.
    pub(crate) fn adopt(&mut self, shortage: &Shortage) {
        let (parts, price) = (&self.parts, &mut self.multipliers.price);
        self.multipliers.in_distance = Some(true);
        price.fill(0);
        for arc in parts.p.arcs.ixs().filter(|arc| shortage.arcs[*arc]) {
            let slot = parts.slot[arc];
            price[slot] = parts.scale[slot] / 4 * ONE;
        }
        let worth = parts.scale[..parts.slots].iter().copied().max().unwrap_or(0) / 4 * ONE;
        let pairs = parts.p.pairs.iter().zip(&shortage.pairs);
        let is_full = pairs.flat_map(|(pair, is_full)| pair.bounds.iter().map(move |_| *is_full));
        for (bound, is_full) in parts.bounds.iter().zip(is_full) {
            price[bound.price] = if is_full { worth } else { 0 };
        }
        for (price, is_short) in price[parts.first_target..].iter_mut().zip(&shortage.targets) {
            *price = if *is_short { ONE } else { 1 };
        }
    }
}
