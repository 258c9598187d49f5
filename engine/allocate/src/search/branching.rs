//! What to decide next at a node.

use std::cmp::Reverse;

use crate::evaluate::Evaluator;
use crate::goal::Goal;
use crate::index::{ArcIx, NodeIx};
use crate::prices::{ONE, Prices};
use crate::problem::Problem;
use crate::state::{Decision, State};

use super::shortfall::{Shortfall, shortfalls};

/// The question that a branch decides.
#[derive(Clone, Copy, Debug)]
pub(super) enum Choice {
    /// Whether an arc is used.
    Arc(ArcIx),
    /// Whether a step is met.
    Step(NodeIx),
}

/// Return the free arc that the prices are least sure about: that was bought about half the time, the
/// dearest first.
pub(super) fn doubtful_arc(p: &Problem, state: &State<'_>, prices: &Prices<'_>) -> Option<ArcIx> {
    let score = |arc: &ArcIx| {
        let frequency = prices.frequency_of(*arc).min(ONE);
        i128::from(frequency.min(ONE - frequency)) * i128::from(prices.price_of(*arc))
    };
    let free = p.arcs.ixs().filter(|arc| state.arcs[*arc] == Decision::Free);
    free.filter(|arc| score(arc) > 0).max_by_key(|arc| (score(arc), Reverse(*arc)))
}

/// Return the free arc to decide where prices are sure: one that could mend what a greedy allocation
/// lacks, then any.
pub(super) fn mending_arc(
    p: &Problem,
    state: &State<'_>,
    prices: &Prices<'_>,
    evaluator: &mut Evaluator<'_>,
    goal: &Goal,
    greedy: &[ArcIx],
) -> Option<ArcIx> {
    evaluator.run(greedy.iter().copied());
    let is_free = |arc: &ArcIx| state.arcs[*arc] == Decision::Free;
    let in_greedy = |arc: &ArcIx| greedy.binary_search(arc).is_ok();
    let dearest = |arc: &ArcIx| (prices.price_of(*arc), Reverse(*arc));
    for item in goal.with.iter().filter(|item| !state.is_used(**item)) {
        let arc = state.lookup.arcs_of(*item).find(is_free);
        if arc.is_some() {
            return arc;
        }
    }
    for shortfall in shortfalls(p, evaluator, goal) {
        let (leaves, weights) = match &shortfall {
            Shortfall::Leaf(leaf) => ((*leaf, leaf.next()), None),
            Shortfall::Weight(node, weights, _) => (p.nodes[*node].leaves, Some(weights)),
        };
        let helps = |arc: &ArcIx| weights.is_none_or(|weights| weights[p.arcs[*arc].item] > 0);
        let arcs = state.lookup.arcs_inside(leaves);
        let arc = arcs.filter(|arc| is_free(arc) && !in_greedy(arc) && helps(arc)).max_by_key(dearest);
        if arc.is_some() {
            return arc;
        }
    }
    let used = p.arcs.ixs().filter(|arc| is_free(arc) && in_greedy(arc)).max_by_key(dearest);
    used.or_else(|| p.arcs.ixs().find(is_free))
}
