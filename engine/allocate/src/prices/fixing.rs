//! Fixing by price: arcs and steps that prices decide.
//!
//! At given prices, using an arc that the trees and items would not use makes the bound grow by so
//! much (its reduced cost). If it grows beyond what is asked for, no solution uses the arc (M. Held
//! and R. M. Karp, 1971; H. Crowder, E. L. Johnson and M. Padberg, "Solving large-scale zero-one linear
//! programming problems", Operations Research 31, 1983).

use std::cmp::Reverse;

use crate::goal::{Goal, Least};
use crate::index::{ArcIx, NodeIx, Table};
use crate::knapsack::NEVER;
use crate::problem::NodeKind;
use crate::state::{Decision, State};

use super::decomposition::ONE;
use super::items::Sellers;
use super::lagrangian::{Prices, Role};
use super::trees::Quotes;

impl Prices<'_> {
    /// Return the free arcs that every allocation of the goal with a value below `enough` decides in the
    /// same way, at the prices of the latest bound; `None` if no such allocation is left.
    pub(crate) fn fixed(&mut self, state: &State<'_>, goal: &Goal, enough: i64) -> Option<Vec<(ArcIx, Decision)>> {
        if self.parts.is_blind {
            return Some(Vec::new());
        }
        let roles = self.roles(goal);
        let unit = self.unit(goal);
        let enough = enough.div_euclid(unit) + i64::from(enough.rem_euclid(unit) > 0);
        let value = self.evaluate(state, goal, &roles);
        // More than this much more, and the value is no longer below.
        let room = (enough - 1).saturating_mul(ONE).saturating_sub(value);
        if room < 0 {
            return None;
        }
        let Self { parts, multipliers, purchases, .. } = self;
        let p = parts.p;
        let mut more_on = Table::filled(0_i64, p.arcs.len());
        let mut fixed = Vec::new();
        let mut sellers = Sellers { parts, state, goal, multipliers };
        for item in p.item_ixs() {
            sellers.sell(item, Some(&mut |arc, dearer| more_on[arc] = dearer));
        }
        let quotes = Quotes::new(parts, &multipliers.price, goal.least == Least::Cost);
        for leaf in p.leaves.ixs() {
            let (whole, per_distance) = match roles[p.leaves[leaf].target] {
                Role::Ignored => continue,
                Role::Whole(_) => (true, 0),
                Role::Part(_, None) => (false, ONE),
                Role::Part(_, Some((price, _))) => (false, multipliers.price[price]),
            };
            let Some(step) = parts.mandatory[leaf] else { continue };
            let node = p.leaves[leaf].node;
            let (best, lost) = match step {
                None => (purchases.value[node], NEVER),
                Some((step, _)) if whole || purchases.decided[step] == Some(true) => (purchases.value[step], NEVER),
                Some((step, distance)) => {
                    (purchases.value[step], per_distance.saturating_mul(distance / parts.distance_unit))
                }
            };
            let whole = whole || step.is_some();
            let price = |arc: ArcIx| quotes.of(arc);
            let scratch = &mut purchases.scratch;
            parts.leaves[leaf].alternatives(state, price, per_distance, whole, scratch, |arc, on, out| {
                // What is lost all the same may still be bought from, in vain.
                let on = on.min(lost.saturating_add(quotes.of(arc))) - best;
                more_on[arc] = more_on[arc].saturating_add(on.max(0));
                if out.min(lost) - best > room {
                    fixed.push((arc, Decision::On));
                }
            });
        }
        let too_dear = |arc: &ArcIx| state.arcs[*arc] == Decision::Free && more_on[*arc] > room;
        fixed.extend(p.arcs.ixs().filter(too_dear).map(|arc| (arc, Decision::Out)));
        Some(fixed)
    }

    /// Return the undecided step that prices are least sure about.
    pub(crate) fn split_step(&self) -> Option<NodeIx> {
        let p = self.parts.p;
        let score = |ix: NodeIx| match p.nodes[ix].kind {
            NodeKind::Step(_, distance) if self.purchases.decided[ix].is_none() => {
                let met = self.purchases.step_frequency[ix].min(ONE);
                let doubt = met.min(ONE - met);
                i128::from(if doubt > ONE / 32 { doubt } else { 0 }) * i128::from(distance)
            }
            _ => 0,
        };
        p.nodes.ixs().filter(|ix| score(*ix) > 0).max_by_key(|ix| (score(*ix), Reverse(*ix)))
    }
}
