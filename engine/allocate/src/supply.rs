//! The side of the items: where each can go, which targets may have it together, and what it earns
//! there at given prices.

use super::problem::{ArcIx, Ceiling, ItemIx, Problem, Sharing, TargetIx};
use super::state::{Arcs, State};

/// Items that may go to more targets than this are bounded without looking at which go together.
pub(super) const MOST_PLACES: usize = 6;

/// Where an item can go.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) places: Vec<Place>,
    /// The sets of places that may have the item together, with the bounds they weigh on; `None` if
    /// there are too many.
    pub(super) sets: Option<Vec<Set>>,
    pub(super) most: usize,
}

#[derive(Debug)]
pub(super) struct Place {
    pub(super) target: TargetIx,
    /// The price of those below.
    pub(super) own: usize,
    /// Arcs of which at most one is used; they have one price.
    pub(super) alone: Vec<ArcIx>,
    /// Arcs to leaves of a share group each, which may be used together.
    pub(super) groups: Vec<Vec<ArcIx>>,
}

#[derive(Debug)]
pub(super) struct Set {
    pub(super) mask: u32,
    /// Index in `price`, weight.
    pub(super) weighs: Vec<(usize, i64)>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gain {
    pub(super) gain: i64,
    pub(super) wanted: bool,
    pub(super) is_present: bool,
    pub(super) is_possible: bool,
    /// The group that is sold; `None` for a single use.
    pub(super) group: Option<usize>,
}

/// What a place pays for an item at most.
pub(super) fn gain_of(
    price: &[i64],
    slot: &[usize],
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
            let is = |state_of: Arcs| place.alone.iter().any(|arc| state.arcs[*arc] == state_of);
            is(Arcs::On) || (!best.is_present && is(Arcs::Free))
        }
    };
    if is_open {
        best = Gain { gain: price[place.own], wanted: wanted[place.own] > 0, is_possible: true, group: None, ..best };
    }
    for (n, group) in place.groups.iter().enumerate() {
        let (mut gain, mut any, mut is_possible, mut is_on) = (0, false, false, false);
        for arc in group.iter().filter(|arc| state.arcs[**arc] != Arcs::Out) {
            gain += price[slot[*arc]];
            any |= wanted[slot[*arc]] > 0;
            is_possible = true;
            is_on |= state.arcs[*arc] == Arcs::On;
        }
        if is_possible && (is_on || !best.is_present) && (!best.is_possible || gain > best.gain) {
            best = Gain { gain, wanted: any, is_possible, group: Some(n), ..best };
        }
    }
    best
}

/// Takes what an item sells to a place off what is wanted there.
pub(super) fn hand_over(
    price: &[i64],
    slot: &[usize],
    wanted: &[u32],
    gradient: &mut [i64],
    state: &State<'_>,
    place: &Place,
    gain: &Gain,
) {
    match gain.group {
        None => gradient[place.own] -= 1,
        Some(group) => {
            for arc in place.groups[group].iter().filter(|arc| state.arcs[**arc] != Arcs::Out) {
                if price[slot[*arc]] > 0 || wanted[slot[*arc]] > 0 {
                    gradient[slot[*arc]] -= 1;
                }
            }
        }
    }
}

/// How an item may be shared by two targets.
fn sharing(p: &Problem, item: ItemIx, a: TargetIx, b: TargetIx) -> Option<usize> {
    p.pairs.iter().position(|pair| {
        ((pair.a, pair.b) == (a, b) || (pair.b, pair.a) == (a, b)) && pair.items[item] != Sharing::Free
    })
}

/// The sets of places that may have an item together.
pub(super) fn sets_of(p: &Problem, item: ItemIx, places: &[Place], bound_of: &[Vec<(usize, i64)>]) -> Option<Vec<Set>> {
    if places.len() > MOST_PLACES {
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

/// How many places can have an item at once, at most.
pub(super) fn uses_of(p: &Problem, item: ItemIx, places: &[Place]) -> usize {
    let among = |ceiling: &Ceiling| places.iter().filter(|place| ceiling.targets[place.target]).count();
    p.ceilings
        .iter()
        .map(|ceiling| places.len() - among(ceiling) + among(ceiling).min(ceiling.max[item]))
        .fold(places.len(), usize::min)
}
