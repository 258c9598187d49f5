//! Filling trees along alternating paths, and what prices show that no more is possible.
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

use super::goal::{Aim, Goal, Least};
use super::index::{self, ArcIx, ItemIx, LeafIx, NodeIx, PairIx, Table, TargetIx};
use super::ledger::Ledger;
use super::lookup::Lookup;
use super::prices::Shortage;
use super::problem::{Cap, NodeKind, Problem, Sharing};
use super::state::{Decision, State};

/// Leaves, any of which may be filled, until so many items have come.
#[derive(Debug)]
struct Group {
    target: TargetIx,
    need: usize,
    leaves: Vec<LeafIx>,
}

/// A step of a path: from where, by the arc that comes there, and the arc that it displaces here.
type Step = Option<(usize, ArcIx, ArcIx)>;

/// An allocation that grows along alternating paths.
///
/// INVARIANT: at most one arc of an item is in use in a target, as leaves do not share.
#[derive(Debug)]
pub(crate) struct Paths<'p> {
    p: &'p Problem,
    lookup: &'p Lookup,
    ledger: Ledger<'p>,
    groups: Vec<Group>,
    /// The group of each leaf, where anything is asked of it.
    group_of: Table<LeafIx, Option<usize>>,
    /// The number of items that fill each leaf.
    room: Table<LeafIx, usize>,
    /// The number of items that each leaf, and each group, has.
    taken: Table<LeafIx, usize>,
    filled: Vec<usize>,
    /// Leaves that look for an item, by [`asking`], and one further those in which an item that a cap
    /// counts has made room for another.
    reached: Vec<bool>,
    /// The step by which each was reached.
    from: Vec<Step>,
    queue: Vec<usize>,
    /// Pairs of targets that want to share more than they may.
    full: Table<PairIx, bool>,
}

impl<'p> Paths<'p> {
    /// Create the empty allocation of a problem in which every leaf takes a whole number of items;
    /// `None` for other problems.
    pub(crate) fn new(p: &'p Problem, lookup: &'p Lookup) -> Option<Self> {
        let is_even = |leaf: &LeafIx| {
            let mut amounts = lookup.of_leaf[*leaf].iter().map(|arc| p.arcs[*arc].amount);
            let first = amounts.next().unwrap_or(1);
            first > 0 && amounts.all(|amount| amount == first) && p.leaves[*leaf].share.is_none()
        };
        let is_simple_cap = |cap: &Cap| cap.leaves.1 == cap.leaves.0.next() && !cap.is_relative();
        let is_simple = p.one_party.is_empty()
            && p.caps.iter().all(is_simple_cap)
            && p.leaves.ixs().all(|leaf| is_even(&leaf) && lookup.caps_of(leaf).len() <= 1);
        if !is_simple {
            return None;
        }
        let room = |leaf: LeafIx| {
            let amount = lookup.of_leaf[leaf].first().map_or(1, |arc| p.arcs[*arc].amount);
            let need = p.leaves[leaf].need.max(0);
            usize::try_from(need / amount + i64::from(need % amount > 0)).unwrap_or(usize::MAX)
        };
        let room: Table<LeafIx, usize> = p.leaves.ixs().map(room).collect();
        let mut groups = Vec::new();
        for target in p.targets.ixs() {
            groups_below(p, target, &room, &mut groups);
        }
        let mut group_of = Table::filled(None, p.leaves.len());
        for (n, group) in groups.iter().enumerate() {
            for leaf in &group.leaves {
                group_of[*leaf] = Some(n);
            }
        }
        Some(Self {
            p,
            lookup,
            ledger: Ledger::new(p, lookup),
            filled: vec![0; groups.len()],
            groups,
            group_of,
            room,
            taken: Table::filled(0, p.leaves.len()),
            reached: vec![false; p.leaves.len() * 2],
            from: vec![None; p.leaves.len() * 2],
            queue: Vec::new(),
            full: Table::filled(false, p.pairs.len()),
        })
    }

    /// Fill the trees of a goal, that which the goal is about last. Return whether the others are as
    /// full as they have to be.
    pub(crate) fn fill(&mut self, state: &State<'_>, goal: &Goal) -> bool {
        self.ledger.clear();
        self.taken.fill(0);
        self.filled.fill(0);
        let (Least::Level(last) | Least::Distance(last)) = goal.least else { return false };
        for arc in state.ledger.arcs() {
            self.add(arc);
        }
        let required = |target: &TargetIx| matches!(goal.aims[*target], Aim::Required(_));
        let limited = |target: &TargetIx| matches!(goal.aims[*target], Aim::Open(Some(_)));
        let others = || self.p.targets.ixs().filter(|target| *target != last);
        let order: Vec<TargetIx> = others().filter(required).chain(others().filter(limited)).collect();
        for target in order {
            while self.lacks_too_much(target, goal) {
                if !self.augment(state, goal, target) {
                    return false;
                }
            }
        }
        while self.augment(state, goal, last) {}
        true
    }

    /// Return the arcs in use.
    pub(crate) fn arcs(&self) -> impl Iterator<Item = ArcIx> + '_ {
        self.ledger.arcs()
    }

    /// Return where items are short once no path is left.
    pub(crate) fn shortage(&self) -> Shortage {
        let is_reached = |leaf: LeafIx| self.reached[asking(leaf)] || self.reached[asking(leaf) + 1];
        let mut targets = Table::filled(false, self.p.targets.len());
        for leaf in self.p.leaves.ixs().filter(|leaf| is_reached(*leaf)) {
            targets[self.p.leaves[leaf].target] = true;
        }
        let arcs = self.p.arcs.ixs().map(|arc| self.is_short(arc)).collect();
        Shortage { arcs, pairs: self.full.clone(), targets }
    }

    /// Return whether an arc leads to where items are short.
    fn is_short(&self, arc: ArcIx) -> bool {
        let leaf = self.p.arcs[arc].leaf;
        self.reached[asking(leaf) + 1] || (self.reached[asking(leaf)] && (self.ledger.is_on(arc) || self.fits_cap(arc)))
    }

    /// Return how many items at least are used by every allocation that meets a goal: those that each
    /// target uses, less those that each two of them may have in common (C. E. Bonferroni, 1936).
    pub(crate) fn fewest(&self, goal: &Goal) -> i64 {
        let uses: Table<TargetIx, usize> =
            self.p.targets.ixs().map(|target| self.uses(target, goal.aims[target])).collect();
        let mut fewest = uses.iter().fold(0_usize, |sum, uses| sum.saturating_add(*uses));
        for a in self.p.targets.ixs() {
            for b in index::between((a.next(), self.p.targets.end())) {
                fewest = fewest.saturating_sub(self.in_common(a, b).min(uses[a]).min(uses[b]));
            }
        }
        i64::try_from(fewest).unwrap_or(i64::MAX)
    }

    /// Return how many items a target uses at least.
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

    /// Return how many items two targets may have in common at most.
    fn in_common(&self, a: TargetIx, b: TargetIx) -> usize {
        let p = self.p;
        let both = p.item_ixs().filter(|item| [a, b].iter().all(|t| !self.lookup.arcs(*item, *t).is_empty()));
        let Some(pair) = self.lookup.pair_of(a, b).map(|pair| &p.pairs[pair]) else { return both.count() };
        let bounded: Vec<ItemIx> = both.clone().filter(|item| pair.items[*item] == Sharing::Bounded).collect();
        let most_within = |(weights, bound): &(Table<ItemIx, i64>, i64)| {
            let mut lightest: Vec<i64> = bounded.iter().map(|item| weights[*item]).collect();
            order::sort_short(&mut lightest);
            let mut rest = *bound;
            let fits = |weight: &&i64| {
                rest -= **weight;
                rest >= 0
            };
            lightest.iter().take_while(fits).count()
        };
        let most = pair.bounds.iter().map(most_within).fold(bounded.len(), usize::min);
        most + both.filter(|item| pair.items[*item] == Sharing::Free).count()
    }

    fn groups_of(&self, target: TargetIx) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.target == target)
    }

    /// Return what an item that a group lacks is worth in distance, at least.
    fn worth(&self, group: &Group) -> i64 {
        let of_leaf = |leaf: &LeafIx| {
            let of = &self.p.leaves[*leaf];
            let amount = self.lookup.of_leaf[*leaf].first().map_or(1, |arc| self.p.arcs[*arc].amount);
            // The last item may bring more than is needed.
            let last = of.need - (of.need - 1).div_euclid(amount).saturating_mul(amount);
            last.saturating_mul(of.per_unit)
        };
        group.leaves.iter().map(of_leaf).min().unwrap_or(0)
    }

    /// Return whether a target other than the last lacks more than it may.
    fn lacks_too_much(&self, target: TargetIx, goal: &Goal) -> bool {
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

    /// Give a target one item more, along the first augmenting path that is found by breadth. Return
    /// whether there is one.
    fn augment(&mut self, state: &State<'_>, goal: &Goal, target: TargetIx) -> bool {
        self.reached.fill(false);
        self.from.fill(None);
        self.full.fill(false);
        self.queue.clear();
        self.visit_target(target, None);
        let mut next = 0;
        while let Some(here) = self.queue.get(next).copied() {
            next += 1;
            let leaf = LeafIx::new(here / 2);
            let lookup = self.lookup;
            for arc in &lookup.of_leaf[leaf] {
                let is_shut = here % 2 == 0 && !self.fits_cap(*arc);
                if self.ledger.is_on(*arc) || state.arcs[*arc] == Decision::Out || is_shut {
                    continue;
                }
                let Some(displaced) = self.displaced_by(*arc) else { return self.follow(here, *arc, None) };
                for other in displaced {
                    if state.arcs[other] == Decision::On {
                        continue;
                    }
                    let there = self.p.arcs[other].leaf;
                    let Some(group) = self.group_of[there] else { return self.follow(here, *arc, Some(other)) };
                    let from = Some((here, *arc, other));
                    self.visit(asking(there) + usize::from(self.cap_weight(other) > 0), from);
                    let target = self.groups[group].target;
                    if matches!(goal.aims[target], Aim::Open(Some(_))) {
                        // It does not matter where such a target lacks something.
                        self.visit_target(target, from);
                    }
                    self.visit_group(group, from);
                }
            }
        }
        false
    }

    fn visit(&mut self, at: usize, from: Step) {
        if !std::mem::replace(&mut self.reached[at], true) {
            self.from[at] = from;
            self.queue.push(at);
        }
    }

    /// Visit the leaves of a group that have room.
    fn visit_group(&mut self, group: usize, from: Step) {
        for n in 0..self.groups[group].leaves.len() {
            let leaf = self.groups[group].leaves[n];
            if self.taken[leaf] < self.room[leaf] {
                self.visit(asking(leaf), from);
            }
        }
    }

    /// Visit the groups of a target that are not full.
    fn visit_target(&mut self, target: TargetIx, from: Step) {
        for group in 0..self.groups.len() {
            if self.groups[group].target == target && self.filled[group] < self.groups[group].need {
                self.visit_group(group, from);
            }
        }
    }

    /// Use the path that ends with an arc. Return whether the result is legal; otherwise nothing changes.
    fn follow(&mut self, here: usize, arc: ArcIx, displaced: Option<ArcIx>) -> bool {
        let (mut come, mut go) = (vec![arc], Vec::from_iter(displaced));
        let mut at = here;
        while let Some((from, arc, other)) = self.from[at] {
            come.push(arc);
            // A path may ask twice that the same use goes.
            if !go.contains(&other) {
                go.push(other);
            }
            at = from;
        }
        go.iter().for_each(|arc| self.remove(*arc));
        let mut came = 0;
        // A path may cross itself in what targets share.
        while came < come.len() && self.fits_cap(come[came]) && self.displaced_by(come[came]).is_none() {
            self.add(come[came]);
            came += 1;
        }
        let is_legal = came == come.len();
        if !is_legal {
            come[..came].iter().for_each(|arc| self.remove(*arc));
            go.iter().for_each(|arc| self.add(*arc));
        }
        is_legal
    }

    /// Return the uses of which one has to go if an arc comes; `None` if none has to.
    fn displaced_by(&mut self, arc: ArcIx) -> Option<Vec<ArcIx>> {
        let p = self.p;
        let item = p.arcs[arc].item;
        let target = p.target_of(arc);
        if let Some(here) = self.ledger.arc_in_use(item, target) {
            return Some(vec![here]);
        }
        let mut any: Option<Vec<ArcIx>> = None;
        for other in p.targets.ixs().filter(|other| *other != target) {
            let Some(pair) = self.lookup.pair_of(target, other) else { continue };
            let Some(there) = self.ledger.arc_in_use(item, other) else { continue };
            match p.pairs[pair].items[item] {
                Sharing::Free => {}
                Sharing::Never => any = Some(in_both(any, vec![there])),
                Sharing::Bounded if self.ledger.has_room(pair, item, None) => {}
                Sharing::Bounded => {
                    self.full[pair] = true;
                    let mut uses = vec![there];
                    for shared in p.item_ixs().filter(|item| p.pairs[pair].items[*item] == Sharing::Bounded) {
                        if let Some(a) = self.ledger.arc_in_use(shared, target)
                            && let Some(b) = self.ledger.arc_in_use(shared, other)
                            && self.ledger.has_room(pair, item, Some(shared))
                        {
                            uses.extend([a, b]);
                        }
                    }
                    any = Some(in_both(any, uses));
                }
            }
        }
        for ceiling in p.ceilings.iter().filter(|ceiling| ceiling.targets[target]) {
            let under = p.targets.ixs().filter(|other| ceiling.targets[*other]);
            let uses: Vec<ArcIx> = under.filter_map(|other| self.ledger.arc_in_use(item, other)).collect();
            if uses.len() >= ceiling.max[item] {
                any = Some(in_both(any, uses));
            }
        }
        any
    }

    fn cap_weight(&self, arc: ArcIx) -> i64 {
        let arc = &self.p.arcs[arc];
        self.lookup.caps_of(arc.leaf).first().map_or(0, |cap| self.p.caps[*cap].weights[arc.item])
    }

    /// Return whether the cap of its leaf has room for an arc.
    fn fits_cap(&self, arc: ArcIx) -> bool {
        let weight = self.cap_weight(arc);
        let caps = self.lookup.caps_of(self.p.arcs[arc].leaf);
        weight == 0 || caps.iter().all(|cap| self.ledger.cap_sum(*cap) + weight <= self.p.caps[*cap].bound)
    }

    fn add(&mut self, arc: ArcIx) {
        self.ledger.add(arc);
        let leaf = self.p.arcs[arc].leaf;
        self.taken[leaf] += 1;
        if let Some(group) = self.group_of[leaf] {
            self.filled[group] += 1;
        }
    }

    fn remove(&mut self, arc: ArcIx) {
        self.ledger.remove(arc);
        let leaf = self.p.arcs[arc].leaf;
        self.taken[leaf] -= 1;
        if let Some(group) = self.group_of[leaf] {
            self.filled[group] -= 1;
        }
    }
}

/// Return the vertex of a leaf that looks for an item. The next vertex is the same leaf once an item that
/// a cap counts has made room there.
const fn asking(leaf: LeafIx) -> usize {
    leaf.index() * 2
}

/// Return the uses that are in both lists, where there is a first one.
fn in_both(before: Option<Vec<ArcIx>>, uses: Vec<ArcIx>) -> Vec<ArcIx> {
    match before {
        None => uses,
        Some(before) => before.into_iter().filter(|arc| uses.contains(arc)).collect(),
    }
}

/// Collect what a tree asks for at once: leaves, and choices among leaves of one item each.
fn groups_below(p: &Problem, target: TargetIx, room: &Table<LeafIx, usize>, groups: &mut Vec<Group>) {
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
        Goal::new(vec![Aim::Open(None)].into(), Least::Distance(TargetIx::new(0)))
    }

    /// Return the arcs in use once one tree is as full as paths make it, the leaves that are short, and the
    /// fewest items that the whole tree needs.
    fn filled(problem: &Problem) -> (Vec<ArcIx>, Vec<LeafIx>, i64) {
        let lookup = Lookup::new(problem);
        let mut paths = Paths::new(problem, &lookup).expect("leaves that take whole numbers of items");
        assert!(paths.fill(&State::new(problem, &lookup), &goal()));
        let short = problem.leaves.ixs().filter(|leaf| paths.reached[asking(*leaf)]).collect();
        let whole = Goal { aims: vec![Aim::Required(crate::Level::Met)].into(), ..goal() };
        (paths.arcs().collect(), short, paths.fewest(&whole))
    }

    /// Return the most uses of items that leaves with room for them allow, each item used once at most.
    fn most(problem: &Problem, item: ItemIx, room: &mut Table<LeafIx, i64>) -> usize {
        if item.index() == problem.items {
            return 0;
        }
        let mut best = most(problem, item.next(), room);
        for arc in problem.arcs.iter().filter(|arc| arc.item == item) {
            if room[arc.leaf] > 0 {
                room[arc.leaf] -= 1;
                best = best.max(1 + most(problem, item.next(), room));
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
        assert_eq!((arcs.len(), short), (3, (0..3).map(LeafIx::new).collect()));
    }

    #[test]
    fn leaves_of_uneven_items_are_left_to_prices() {
        let problem = all_of(&[1, 2], &[(2, &[0, 1])]);
        assert!(Paths::new(&problem, &Lookup::new(&problem)).is_none());
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
            let mut room: Table<LeafIx, i64> = problem.leaves.iter().map(|leaf| leaf.need).collect();
            prop_assert_eq!(arcs.len(), most(&problem, ItemIx::new(0), &mut room));
            // No item serves two leaves, so all that is needed is the fewest.
            prop_assert_eq!(fewest, room.iter().sum::<i64>());
        }
    }
}
