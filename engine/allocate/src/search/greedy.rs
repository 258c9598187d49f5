//! A greedy allocation: a whole one near the prices.
//!
//! Dearest leaves first, each filled as cheaply as what the others left allows; then what is still
//! short is mended as far as that is easy.

use std::cmp::Reverse;

use credstack_base::order;

use crate::evaluate::Evaluator;
use crate::goal::Goal;
use crate::index::{ArcIx, ItemIx, LeafIx, NodeIx, Table};
use crate::prices::Prices;
use crate::problem::Problem;
use crate::state::{Decision, State};
use crate::tuning::Tuning;

use super::shortfall::{Shortfall, shortfalls};

/// Make a greedy allocation under what is decided, and return its arcs. Leaves the state as it was.
pub(super) fn greedy(
    p: &Problem,
    state: &mut State<'_>,
    prices: &mut Prices<'_>,
    evaluator: &mut Evaluator<'_>,
    goal: &Goal,
) -> Vec<ArcIx> {
    let mark = state.mark();
    for item in &goal.with {
        if !state.is_used(*item) {
            let free = state.lookup.arcs_of(*item).filter(|arc| state.arcs[*arc] == Decision::Free);
            let best = free.max_by_key(|arc| {
                let is_needed = p.leaves[p.arcs[*arc].leaf].need > 0;
                (prices.frequency_of(*arc), is_needed, Reverse(*arc))
            });
            state.attempt_all(best);
        }
    }
    let mut arcs = Vec::new();
    for (_, leaf) in prices.purchases(goal) {
        prices.fill(state, goal, leaf, &mut arcs);
        state.attempt_all(arcs.iter().copied());
    }
    for _ in 0..Tuning::MENDING_ROUNDS {
        if !mend(p, state, evaluator, goal) {
            break;
        }
    }
    for _ in p.item_ixs() {
        let Some(arc) = state.ledger.broken_cap().and_then(|cap| state.easing_arc(cap)) else { break };
        if !state.attempt(arc, Decision::On) {
            break;
        }
    }
    let arcs = state.ledger.arcs().collect();
    state.undo(mark);
    arcs
}

/// Add to the leaves and floors that the best way through each tree still lacks. Return whether
/// anything was added.
fn mend(p: &Problem, state: &mut State<'_>, evaluator: &mut Evaluator<'_>, goal: &Goal) -> bool {
    evaluator.run(state.ledger.arcs());
    let mut added = false;
    for shortfall in shortfalls(p, evaluator, goal) {
        added |= match shortfall {
            Shortfall::Leaf(leaf) => add_to_leaf(p, state, leaf),
            Shortfall::Weight(node, weights, rest) => add_weight(p, state, node, &weights, rest),
        };
    }
    added
}

/// Add to a leaf until it has what it needs: the surest items, and of those the one that fits best, the
/// largest that does not overshoot, or else the smallest that does.
fn add_to_leaf(p: &Problem, state: &mut State<'_>, leaf: LeafIx) -> bool {
    let mut tried: Vec<ArcIx> = Vec::new();
    let mut added = false;
    loop {
        let rest = p.leaves[leaf].need - state.ledger.taken(leaf);
        let fit = |amount: i64| if amount <= rest { (0, rest - amount) } else { (1, amount - rest) };
        let arcs = state.lookup.of_leaf[leaf].iter().copied();
        let best = arcs
            .filter(|arc| state.arcs[*arc] == Decision::Free && !tried.contains(arc))
            .min_by_key(|arc| (Reverse(p.arcs[*arc].level), fit(p.arcs[*arc].amount), *arc));
        let Some(arc) = best.filter(|_| rest > 0) else { return added };
        tried.push(arc);
        added |= state.attempt(arc, Decision::On);
    }
}

/// Add items below a node until their weights come to what is lacking.
fn add_weight(p: &Problem, state: &mut State<'_>, node: NodeIx, weights: &Table<ItemIx, i64>, mut rest: i64) -> bool {
    let mut arcs: Vec<ArcIx> = state.lookup.arcs_inside(p.nodes[node].leaves).collect();
    // What goes to a leaf that stays open is not inside a part that is satisfied.
    order::sort_by_key(&mut arcs, |arc| {
        let leaf = p.arcs[*arc].leaf;
        state.ledger.taken(leaf) < p.leaves[leaf].need
    });
    let mut added = false;
    for arc in arcs {
        let item = p.arcs[arc].item;
        if rest <= 0 {
            break;
        }
        if weights[item] > 0
            && state.arcs[arc] == Decision::Free
            && !state.is_present(item, p.target_of(arc))
            && state.attempt(arc, Decision::On)
        {
            rest -= weights[item];
            added = true;
        }
    }
    added
}
