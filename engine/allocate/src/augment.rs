//! Alternating paths: the fullest trees, and what prices show that no more is possible.
//!
//! Where leaves take whole numbers of items, allocations are flows, but for what targets share and
//! limit. A tree that lacks an item is given one along an alternating path: an item comes and
//! displaces another use, whose leaf looks for an item in its turn (C. Berge, "Two theorems in graph
//! theory", PNAS 43, 1957; with capacities, L. R. Ford and D. R. Fulkerson, 1956). No use that an
//! earlier tree makes is lost by that, so trees are filled by falling priority. Where no path is
//! left, the leaves that were reached are short of items together (P. Hall, 1935): items are worth
//! their full price there and nothing elsewhere. Where constraints are no more than these, both are
//! best possible; otherwise they are a start, and the search goes on from it.

use credstack_base::order;

use super::problem::{ArcIx, ItemIx, LeafIx, NodeIx, NodeKind, Problem, Sharing, TargetIx};
use super::search::{Aim, Goal, Least};
use super::state::{Arcs, State, Tables};

/// Leaves, any of which may be filled, until so many items have come.
#[derive(Debug)]
struct Group {
    target: TargetIx,
    need: usize,
    leaves: Vec<LeafIx>,
}

/// An allocation that grows along alternating paths.
#[derive(Debug)]
pub(super) struct Augment<'p> {
    p: &'p Problem,
    tables: &'p Tables,
    groups: Vec<Group>,
    /// The group of each leaf, where anything is asked of it, and how many items it takes.
    group_of: Vec<Option<usize>>,
    room: Vec<usize>,
    /// The pair of two targets, by `a * targets + b`.
    pairs: Vec<Option<usize>>,
    is_on: Vec<bool>,
    /// The arc in use, by `item * targets + target`.
    at: Vec<Option<ArcIx>>,
    taken: Vec<usize>,
    filled: Vec<usize>,
    cap_sums: Vec<i64>,
    pair_sums: Vec<Vec<i64>>,
    /// Leaves that look for an item, by `leaf * 2`, and by `leaf * 2 + 1` those in which an item
    /// that a cap counts has made room for another.
    reached: Vec<bool>,
    /// How each was reached: from where, by the arc that comes there, and what it displaces here.
    from: Vec<Option<(usize, ArcIx, ArcIx)>>,
    queue: Vec<usize>,
    /// Pairs of targets that want to share more than they may.
    full: Vec<bool>,
}

impl<'p> Augment<'p> {
    /// For a problem in which every leaf takes a whole number of items; `None` for others.
    pub(super) fn new(p: &'p Problem, tables: &'p Tables) -> Option<Self> {
        let targets = p.targets.len();
        let is_even = |leaf: &LeafIx| {
            let mut amounts = tables.of_leaf[*leaf].iter().map(|arc| p.arcs[*arc].amount);
            let first = amounts.next().unwrap_or(1);
            first > 0 && amounts.all(|amount| amount == first) && p.leaves[*leaf].share.is_none()
        };
        let is_simple = p.one_party.is_empty()
            && p.caps.iter().all(|cap| {
                cap.leaves.1 == cap.leaves.0 + 1
                    && cap.rounded.is_none()
                    && cap.weights.iter().all(|weight| *weight >= 0)
            })
            && (0..p.leaves.len()).all(|leaf| is_even(&leaf) && tables.caps_of(leaf).len() <= 1);
        if !is_simple {
            return None;
        }
        let room = |leaf: LeafIx| {
            let amount = tables.of_leaf[leaf].first().map_or(1, |arc| p.arcs[*arc].amount);
            let need = p.leaves[leaf].need.max(0);
            usize::try_from(need / amount + i64::from(need % amount > 0)).unwrap_or(usize::MAX)
        };
        let room: Vec<usize> = (0..p.leaves.len()).map(room).collect();
        let mut groups = Vec::new();
        for target in 0..targets {
            groups_below(p, target, &room, &mut groups);
        }
        let mut group_of = vec![None; p.leaves.len()];
        for (n, group) in groups.iter().enumerate() {
            for leaf in &group.leaves {
                group_of[*leaf] = Some(n);
            }
        }
        let mut pairs = vec![None; targets * targets];
        for (ix, pair) in p.pairs.iter().enumerate() {
            pairs[pair.a * targets + pair.b] = Some(ix);
            pairs[pair.b * targets + pair.a] = Some(ix);
        }
        Some(Self {
            p,
            tables,
            filled: vec![0; groups.len()],
            groups,
            group_of,
            room,
            pairs,
            is_on: vec![false; p.arcs.len()],
            at: vec![None; p.items * targets],
            taken: vec![0; p.leaves.len()],
            cap_sums: vec![0; p.caps.len()],
            pair_sums: p.pairs.iter().map(|pair| vec![0; pair.bounds.len()]).collect(),
            reached: vec![false; p.leaves.len() * 2],
            from: vec![None; p.leaves.len() * 2],
            queue: Vec::new(),
            full: vec![false; p.pairs.len()],
        })
    }

    /// Fills the trees of a goal, that which the goal is about last. Whether the others are as full
    /// as they have to be.
    pub(super) fn run(&mut self, state: &State<'_>, goal: &Goal) -> bool {
        self.is_on.fill(false);
        self.at.fill(None);
        self.taken.fill(0);
        self.filled.fill(0);
        self.cap_sums.fill(0);
        self.pair_sums.iter_mut().for_each(|sums| sums.fill(0));
        let (Least::Level(last) | Least::Distance(last)) = goal.least else { return false };
        for arc in state.on_arcs() {
            self.set(arc, true);
        }
        let required = |target: &TargetIx| matches!(goal.aims[*target], Aim::Required(_));
        let limited = |target: &TargetIx| matches!(goal.aims[*target], Aim::Open(Some(_)));
        let others = || (0..self.p.targets.len()).filter(|target| *target != last);
        let order: Vec<TargetIx> = others().filter(required).chain(others().filter(limited)).collect();
        for target in order {
            while self.lacks(target, goal) {
                if !self.augment(state, goal, target) {
                    return false;
                }
            }
        }
        while self.augment(state, goal, last) {}
        true
    }

    /// The arcs in use.
    pub(super) fn arcs(&self) -> impl Iterator<Item = ArcIx> + '_ {
        self.is_on.iter().enumerate().filter(|(_, on)| **on).map(|(arc, _)| arc)
    }

    /// Whether an arc leads to where items are short.
    pub(super) fn is_short(&self, arc: ArcIx) -> bool {
        let leaf = self.p.arcs[arc].leaf;
        self.reached[leaf * 2 + 1] || (self.reached[leaf * 2] && (self.is_on[arc] || self.fits_cap(arc)))
    }

    /// Whether items are short in any leaf of a target.
    pub(super) fn is_short_in(&self, target: TargetIx) -> bool {
        (0..self.p.leaves.len())
            .any(|leaf| self.p.leaves[leaf].target == target && (self.reached[leaf * 2] || self.reached[leaf * 2 + 1]))
    }

    /// Whether a pair wants to share more than it may.
    pub(super) fn is_full(&self, pair: usize) -> bool {
        self.full[pair]
    }

    /// So many items at least are used by every allocation that meets a goal: what each target uses,
    /// less what each two of them may have in common (C. E. Bonferroni, 1936).
    pub(super) fn fewest(&self, goal: &Goal) -> i64 {
        let uses: Vec<usize> = (0..goal.aims.len()).map(|target| self.uses(target, goal.aims[target])).collect();
        let mut fewest = uses.iter().fold(0_usize, |sum, uses| sum.saturating_add(*uses));
        for a in 0..uses.len() {
            for b in a + 1..uses.len() {
                fewest = fewest.saturating_sub(self.in_common(a, b).min(uses[a]).min(uses[b]));
            }
        }
        i64::try_from(fewest).unwrap_or(i64::MAX)
    }

    /// How many items a target uses at least.
    fn uses(&self, target: TargetIx, aim: Aim) -> usize {
        let mut rest = match aim {
            Aim::Required(_) => 0,
            Aim::Open(Some(most)) => most,
            Aim::Open(None) | Aim::Idle => return 0,
        };
        let mut own: Vec<(i64, usize)> = self.groups_of(target).map(|group| (self.worth(group), group.need)).collect();
        order::sort_short(&mut own);
        let mut uses = 0_usize;
        for (worth, need) in own {
            // What it may lack is lacking where an item is worth least.
            let lacking = match worth {
                ..=0 => need,
                _ => need.min(usize::try_from(rest / worth).unwrap_or(0)),
            };
            rest -= worth.saturating_mul(i64::try_from(lacking).unwrap_or(0));
            uses = uses.saturating_add(need - lacking);
        }
        uses
    }

    /// How many items two targets may have in common at most.
    fn in_common(&self, a: TargetIx, b: TargetIx) -> usize {
        let p = self.p;
        let both = (0..p.items).filter(|item| [a, b].iter().all(|t| !self.tables.arcs(*item, *t).is_empty()));
        let Some(pair) = self.pairs[a * p.targets.len() + b].map(|pair| &p.pairs[pair]) else { return both.count() };
        let bounded: Vec<ItemIx> = both.clone().filter(|item| pair.items[*item] == Sharing::Bounded).collect();
        let within = |(weights, bound): &(Vec<i64>, i64)| {
            let mut lightest: Vec<i64> = bounded.iter().map(|item| weights[*item]).collect();
            order::sort_short(&mut lightest);
            let mut rest = *bound;
            let fits = |weight: &&i64| {
                rest -= **weight;
                rest >= 0
            };
            lightest.iter().take_while(fits).count()
        };
        let most = pair.bounds.iter().map(within).fold(bounded.len(), usize::min);
        most + both.filter(|item| pair.items[*item] == Sharing::Free).count()
    }

    fn groups_of(&self, target: TargetIx) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.target == target)
    }

    /// What an item that a group lacks is worth in distance, at least.
    fn worth(&self, group: &Group) -> i64 {
        let of_leaf = |leaf: &LeafIx| {
            let of = &self.p.leaves[*leaf];
            let amount = self.tables.of_leaf[*leaf].first().map_or(1, |arc| self.p.arcs[*arc].amount);
            // The last item may bring more than is needed.
            let last = of.need - (of.need - 1).div_euclid(amount).saturating_mul(amount);
            last.saturating_mul(of.per_unit)
        };
        group.leaves.iter().map(of_leaf).min().unwrap_or(0)
    }

    /// Whether a target other than the last lacks more than it may.
    fn lacks(&self, target: TargetIx, goal: &Goal) -> bool {
        let of = self.groups.iter().zip(&self.filled).filter(|(group, _)| group.target == target);
        let distance = |(group, filled): (&Group, &usize)| {
            let rest = i64::try_from(group.need.saturating_sub(*filled)).unwrap_or(i64::MAX);
            rest.saturating_mul(self.worth(group))
        };
        let most = match goal.aims[target] {
            Aim::Open(Some(most)) => most,
            _ => 0,
        };
        of.map(distance).fold(0, i64::saturating_add) > most
    }

    /// Gives a target one item more; whether there is a way.
    fn augment(&mut self, state: &State<'_>, goal: &Goal, target: TargetIx) -> bool {
        self.reached.fill(false);
        self.from.fill(None);
        self.full.fill(false);
        self.queue.clear();
        self.look_everywhere(target, None);
        let mut next = 0;
        while let Some(here) = self.queue.get(next).copied() {
            next += 1;
            let leaf = here / 2;
            let tables = self.tables;
            for arc in &tables.of_leaf[leaf] {
                if self.is_on[*arc] || state.arcs[*arc] == Arcs::Out || (here % 2 == 0 && !self.fits_cap(*arc)) {
                    continue;
                }
                let Some(displaced) = self.displaced_by(*arc) else { return self.turn(here, *arc, None) };
                for other in displaced {
                    if state.arcs[other] == Arcs::On {
                        continue;
                    }
                    let there = self.p.arcs[other].leaf;
                    let Some(group) = self.group_of[there] else { return self.turn(here, *arc, Some(other)) };
                    let from = Some((here, *arc, other));
                    self.look(there * 2 + usize::from(self.cap_weight(other) > 0), from);
                    let target = self.groups[group].target;
                    if matches!(goal.aims[target], Aim::Open(Some(_))) {
                        // It does not matter where such a target lacks something.
                        self.look_everywhere(target, from);
                    }
                    self.look_in(group, from);
                }
            }
        }
        false
    }

    fn look(&mut self, at: usize, from: Option<(usize, ArcIx, ArcIx)>) {
        if !std::mem::replace(&mut self.reached[at], true) {
            self.from[at] = from;
            self.queue.push(at);
        }
    }

    fn look_in(&mut self, group: usize, from: Option<(usize, ArcIx, ArcIx)>) {
        for n in 0..self.groups[group].leaves.len() {
            let leaf = self.groups[group].leaves[n];
            if self.taken[leaf] < self.room[leaf] {
                self.look(leaf * 2, from);
            }
        }
    }

    fn look_everywhere(&mut self, target: TargetIx, from: Option<(usize, ArcIx, ArcIx)>) {
        for group in 0..self.groups.len() {
            if self.groups[group].target == target && self.filled[group] < self.groups[group].need {
                self.look_in(group, from);
            }
        }
    }

    /// Uses the path that ends with an arc; whether what it makes is legal.
    fn turn(&mut self, here: usize, arc: ArcIx, displaced: Option<ArcIx>) -> bool {
        let (mut come, mut go) = (vec![arc], Vec::from_iter(displaced));
        let mut at = here;
        while let Some((from, arc, other)) = self.from[at] {
            come.push(arc);
            go.push(other);
            at = from;
        }
        go.iter().for_each(|arc| self.set(*arc, false));
        let mut came = 0;
        // A path may cross itself in what targets share.
        while came < come.len() && self.fits_cap(come[came]) && self.displaced_by(come[came]).is_none() {
            self.set(come[came], true);
            came += 1;
        }
        let is_legal = came == come.len();
        if !is_legal {
            come[..came].iter().for_each(|arc| self.set(*arc, false));
            go.iter().for_each(|arc| self.set(*arc, true));
        }
        is_legal
    }

    /// The uses of which one has to go if an arc comes; `None` if none has to.
    fn displaced_by(&mut self, arc: ArcIx) -> Option<Vec<ArcIx>> {
        let p = self.p;
        let item = p.arcs[arc].item;
        let target = p.target_of(arc);
        let targets = p.targets.len();
        if let Some(here) = self.used(item, target) {
            return Some(vec![here]);
        }
        let mut any: Option<Vec<ArcIx>> = None;
        for other in (0..targets).filter(|other| *other != target) {
            let Some(pair) = self.pairs[target * targets + other] else { continue };
            let Some(there) = self.used(item, other) else { continue };
            match p.pairs[pair].items[item] {
                Sharing::Free => {}
                Sharing::Never => any = Some(among(any, vec![there])),
                Sharing::Bounded if self.has_room(pair, item, None) => {}
                Sharing::Bounded => {
                    self.full[pair] = true;
                    let mut uses = vec![there];
                    for other_item in (0..p.items).filter(|i| p.pairs[pair].items[*i] == Sharing::Bounded) {
                        if let (Some(a), Some(b)) = (self.used(other_item, target), self.used(other_item, other))
                            && self.has_room(pair, item, Some(other_item))
                        {
                            uses.extend([a, b]);
                        }
                    }
                    any = Some(among(any, uses));
                }
            }
        }
        for ceiling in p.ceilings.iter().filter(|ceiling| ceiling.targets[target]) {
            let under = (0..targets).filter(|other| ceiling.targets[*other]);
            let uses: Vec<ArcIx> = under.filter_map(|other| self.used(item, other)).collect();
            if uses.len() >= ceiling.max[item] {
                any = Some(among(any, uses));
            }
        }
        any
    }

    /// Whether a pair can share an item beside what it shares, if it no longer shares another.
    fn has_room(&self, pair: usize, item: ItemIx, instead_of: Option<ItemIx>) -> bool {
        let mut bounds = self.p.pairs[pair].bounds.iter().zip(&self.pair_sums[pair]);
        bounds
            .all(|((weights, bound), sum)| sum - instead_of.map_or(0, |other| weights[other]) + weights[item] <= *bound)
    }

    fn used(&self, item: ItemIx, target: TargetIx) -> Option<ArcIx> {
        self.at[item * self.p.targets.len() + target]
    }

    fn cap_weight(&self, arc: ArcIx) -> i64 {
        let arc = &self.p.arcs[arc];
        self.tables.caps_of(arc.leaf).first().map_or(0, |cap| self.p.caps[*cap].weights[arc.item])
    }

    /// Whether the cap of its leaf has room for an arc.
    fn fits_cap(&self, arc: ArcIx) -> bool {
        let weight = self.cap_weight(arc);
        let caps = self.tables.caps_of(self.p.arcs[arc].leaf);
        weight == 0 || caps.iter().all(|cap| self.cap_sums[*cap] + weight <= self.p.caps[*cap].bound)
    }

    fn set(&mut self, arc: ArcIx, on: bool) {
        let p = self.p;
        let (item, leaf, target) = (p.arcs[arc].item, p.arcs[arc].leaf, p.target_of(arc));
        let (targets, sign) = (p.targets.len(), if on { 1 } else { -1 });
        for other in (0..targets).filter(|other| *other != target) {
            if let Some(pair) = self.pairs[target * targets + other]
                && p.pairs[pair].items[item] == Sharing::Bounded
                && self.used(item, other).is_some()
            {
                for (sum, (weights, _)) in self.pair_sums[pair].iter_mut().zip(&p.pairs[pair].bounds) {
                    *sum += sign * weights[item];
                }
            }
        }
        for cap in self.tables.caps_of(leaf) {
            self.cap_sums[*cap] += sign * p.caps[*cap].weights[item];
        }
        self.is_on[arc] = on;
        self.at[item * targets + target] = on.then_some(arc);
        let filled = self.group_of[leaf].map(|group| &mut self.filled[group]);
        for count in filled.into_iter().chain([&mut self.taken[leaf]]) {
            *count = if on { *count + 1 } else { count.saturating_sub(1) };
        }
    }
}

/// What is among both, where there are limits already.
fn among(before: Option<Vec<ArcIx>>, uses: Vec<ArcIx>) -> Vec<ArcIx> {
    match before {
        None => uses,
        Some(before) => before.into_iter().filter(|arc| uses.contains(arc)).collect(),
    }
}

/// What a tree asks for at once: leaves, and choices among leaves of one item each.
fn groups_below(p: &Problem, target: TargetIx, room: &[usize], groups: &mut Vec<Group>) {
    let mut open = vec![p.targets[target].root];
    while let Some(ix) = open.pop() {
        match &p.nodes[ix].kind {
            NodeKind::Take(leaf) if room[*leaf] > 0 => {
                groups.push(Group { target, need: room[*leaf], leaves: vec![*leaf] });
            }
            NodeKind::All(of) => open.extend(of.iter().rev()),
            NodeKind::AtLeast(k, of) if *k == of.len() => open.extend(of.iter().rev()),
            NodeKind::AtLeast(k, of) => {
                let leaf = |node: &NodeIx| match p.nodes[*node].kind {
                    NodeKind::Take(leaf) if room[leaf] == 1 => Some(leaf),
                    _ => None,
                };
                if let Some(leaves) = of.iter().map(leaf).collect::<Option<Vec<_>>>()
                    && *k > 0
                    && *k < leaves.len()
                {
                    groups.push(Group { target, need: *k, leaves });
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tests::all_of;

    fn goal() -> Goal {
        Goal { aims: vec![Aim::Open(None)], ..Goal::new(Least::Distance(0)) }
    }

    /// The arcs in use once one tree is as full as paths make it, and the leaves that are short.
    fn filled(problem: &Problem) -> (Vec<ArcIx>, Vec<LeafIx>, i64) {
        let tables = Tables::new(problem);
        let mut augment = Augment::new(problem, &tables).expect("leaves that take whole numbers of items");
        assert!(augment.run(&State::new(problem, &tables), &goal()));
        let short = (0..problem.leaves.len()).filter(|leaf| augment.reached[leaf * 2]).collect();
        let whole = Goal { aims: vec![Aim::Required(crate::Level::Met)], ..goal() };
        (augment.arcs().collect(), short, augment.fewest(&whole))
    }

    /// The most uses of items that leaves with room for them allow, each item used once at most.
    fn most(problem: &Problem, item: ItemIx, room: &mut [i64]) -> usize {
        if item == problem.items {
            return 0;
        }
        let mut best = most(problem, item + 1, room);
        for arc in problem.arcs.iter().filter(|arc| arc.item == item) {
            if room[arc.leaf] > 0 {
                room[arc.leaf] -= 1;
                best = best.max(1 + most(problem, item + 1, room));
                room[arc.leaf] += 1;
            }
        }
        best
    }

    #[test]
    fn an_item_makes_way_along_a_path() {
        // Each leaf but the last has another item, so the one item of the first is freed in three moves.
        let problem = all_of(&[1; 4], &[(1, &[0, 1]), (1, &[1, 2]), (1, &[2, 3]), (1, &[0])]);
        let (arcs, short, fewest) = filled(&problem);
        assert_eq!((arcs.len(), short, fewest), (4, vec![], 4));
    }

    #[test]
    fn leaves_that_are_short_together_are_told() {
        // Three leaves want the same two items; the fourth has its own.
        let problem = all_of(&[1; 3], &[(1, &[0, 1]), (1, &[0, 1]), (1, &[0, 1]), (1, &[2])]);
        let (arcs, short, _) = filled(&problem);
        assert_eq!((arcs.len(), short), (3, vec![0, 1, 2]));
    }

    #[test]
    fn leaves_of_uneven_items_are_left_to_prices() {
        let problem = all_of(&[1, 2], &[(2, &[0, 1])]);
        assert!(Augment::new(&problem, &Tables::new(&problem)).is_none());
    }

    proptest! {
        #[test]
        fn trees_are_as_full_as_any_allocation_makes_them(
            leaves in prop::collection::vec((1_i64..4, prop::collection::btree_set(0_usize..7, 0..6)), 1..5),
        ) {
            let leaves: Vec<(i64, Vec<usize>)> =
                leaves.into_iter().map(|(need, items)| (need, items.into_iter().collect())).collect();
            let of: Vec<(i64, &[usize])> = leaves.iter().map(|(need, items)| (*need, items.as_slice())).collect();
            let problem = all_of(&[1; 7], &of);
            let (arcs, _, fewest) = filled(&problem);
            let mut room: Vec<i64> = problem.leaves.iter().map(|leaf| leaf.need).collect();
            prop_assert_eq!(arcs.len(), most(&problem, 0, &mut room));
            // No item serves two leaves, so all that is needed is the fewest.
            prop_assert_eq!(fewest, room.iter().sum::<i64>());
        }
    }
}
