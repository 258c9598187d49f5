//! The side of the items: where each can go, which sets of targets may share it, and what it earns
//! there at given prices.
//!
//! What two targets may share is where linear relaxations are weak. So the sets of targets that may
//! have an item together are listed one by one, as columns are in the method of P. C. Gilmore and
//! R. E. Gomory ("A linear programming approach to the cutting-stock problem", Operations Research 9,
//! 1961), and each item takes the best set.

use super::index::{ArcIx, ItemIx, PairIx, Table, TargetIx};
use super::problem::{Ceiling, Problem, Sharing};
use super::state::{Decision, State};
use super::tuning::Tuning;

/// An item with the places where it can go.
#[derive(Debug)]
pub(crate) struct Item {
    /// The targets that can use it.
    pub(crate) places: Vec<Place>,
    /// The sets of places that may have the item together, with the bounds they weigh on; `None` if
    /// there are too many.
    pub(crate) sets: Option<Vec<Set>>,
    /// The most places that can have it at once.
    pub(crate) most: usize,
}

/// A target that can use an item.
#[derive(Debug)]
pub(crate) struct Place {
    /// The target.
    pub(crate) target: TargetIx,
    /// The index of the price of all arcs that stand alone.
    pub(crate) own: usize,
    /// Arcs of which at most one is used.
    pub(crate) alone: Vec<ArcIx>,
    /// Arcs to leaves of a share group each, which may be used together.
    pub(crate) groups: Vec<Vec<ArcIx>>,
}

/// Places that may have an item together.
#[derive(Debug)]
pub(crate) struct Set {
    /// Which places, a bit each.
    pub(crate) mask: u32,
    /// The bounds that it weighs on: index of the price, weight.
    pub(crate) weighs: Vec<(usize, i64)>,
}

/// The most that a place pays for an item.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gain {
    /// The price.
    pub(crate) gain: i64,
    /// Whether the target buys it at the present prices.
    pub(crate) wanted: bool,
    /// Whether the item is used there already.
    pub(crate) is_present: bool,
    /// Whether the item can be used there.
    pub(crate) is_possible: bool,
    /// The group that is sold; `None` for a single use.
    pub(crate) group: Option<usize>,
}

/// Return what a place pays for an item at most.
pub(crate) fn gain_of(
    price: &[i64],
    slot: &Table<ArcIx, usize>,
    wanted: &[u32],
    state: &State<'_>,
    item: ItemIx,
    place: &Place,
) -> Gain {
    let mut best = Gain { is_present: state.is_present(item, place.target), ..Gain::default() };
    let is_open = match place.groups.is_empty() {
        // Whatever is there is one of these.
        true => state.is_open(item, place.target),
        false => {
            let is = |state_of: Decision| place.alone.iter().any(|arc| state.arcs[*arc] == state_of);
            is(Decision::On) || (!best.is_present && is(Decision::Free))
        }
    };
    if is_open {
        best = Gain { gain: price[place.own], wanted: wanted[place.own] > 0, is_possible: true, group: None, ..best };
    }
    for (n, group) in place.groups.iter().enumerate() {
        let (mut gain, mut any, mut is_possible, mut is_on) = (0, false, false, false);
        for arc in group.iter().filter(|arc| state.arcs[**arc] != Decision::Out) {
            gain += price[slot[*arc]];
            any |= wanted[slot[*arc]] > 0;
            is_possible = true;
            is_on |= state.arcs[*arc] == Decision::On;
        }
        if is_possible && (is_on || !best.is_present) && (!best.is_possible || gain > best.gain) {
            best = Gain { gain, wanted: any, is_possible, group: Some(n), ..best };
        }
    }
    best
}

/// Take what an item sells to a place off the subgradient there.
pub(crate) fn hand_over(
    price: &[i64],
    slot: &Table<ArcIx, usize>,
    wanted: &[u32],
    gradient: &mut [i64],
    state: &State<'_>,
    place: &Place,
    gain: &Gain,
) {
    match gain.group {
        None => gradient[place.own] -= 1,
        Some(group) => {
            for arc in place.groups[group].iter().filter(|arc| state.arcs[**arc] != Decision::Out) {
                if price[slot[*arc]] > 0 || wanted[slot[*arc]] > 0 {
                    gradient[slot[*arc]] -= 1;
                }
            }
        }
    }
}

/// Return the pair that limits how two targets share an item, if one does.
fn sharing(p: &Problem, item: ItemIx, a: TargetIx, b: TargetIx) -> Option<PairIx> {
    p.pairs.ixs().find(|ix| {
        let pair = &p.pairs[*ix];
        ((pair.a, pair.b) == (a, b) || (pair.b, pair.a) == (a, b)) && pair.items[item] != Sharing::Free
    })
}

/// Return the sets of places that may have an item together, with the bounds they weigh on; `None` if
/// there are too many. `bound_of` has the price and the unit of each pair's bounds.
pub(crate) fn sets_of(
    p: &Problem,
    item: ItemIx,
    places: &[Place],
    bound_of: &Table<PairIx, Vec<(usize, i64)>>,
) -> Option<Vec<Set>> {
    if places.len() > Tuning::MOST_PLACES {
        return None;
    }
    let mut sets = Vec::new();
    'sets: for mask in 0..1_u32 << places.len() {
        let among: Vec<TargetIx> =
            places.iter().enumerate().filter(|(n, _)| mask >> n & 1 == 1).map(|(_, place)| place.target).collect();
        for ceiling in &p.ceilings {
            if among.iter().filter(|target| ceiling.targets[**target]).count() > ceiling.max[item] {
                continue 'sets;
            }
        }
        let mut weighs = Vec::new();
        for (n, a) in among.iter().enumerate() {
            for b in &among[n + 1..] {
                let Some(ix) = sharing(p, item, *a, *b) else { continue };
                let pair = &p.pairs[ix];
                if pair.items[item] == Sharing::Never
                    || pair.bounds.iter().any(|(weights, bound)| weights[item] > *bound)
                {
                    continue 'sets;
                }
                for ((weights, _), (price, unit)) in pair.bounds.iter().zip(&bound_of[ix]) {
                    if weights[item] != 0 {
                        weighs.push((*price, weights[item] / unit));
                    }
                }
            }
        }
        sets.push(Set { mask, weighs });
    }
    Some(sets)
}

/// Return how many places can have an item at once, at most.
pub(crate) fn uses_of(p: &Problem, item: ItemIx, places: &[Place]) -> usize {
    let among = |ceiling: &Ceiling| places.iter().filter(|place| ceiling.targets[place.target]).count();
    p.ceilings
        .iter()
        .map(|ceiling| places.len() - among(ceiling) + among(ceiling).min(ceiling.max[item]))
        .fold(places.len(), usize::min)
}
