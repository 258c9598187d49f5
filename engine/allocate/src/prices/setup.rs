//! How prices are set up for a problem: what has a price, and in which units.

use crate::cover::{self, Cover, NEVER, Scratch, gcd};
use crate::problem::{ArcIx, Floor, ItemIx, Node, NodeIx, NodeKind, Problem, Sharing};
use crate::state::Tables;
use crate::supply::{Item, Place, sets_of, uses_of};
use credstack_base::order;

use super::{CapWeights, ONE, Priced, Prices, Solid};

impl<'p> Prices<'p> {
    pub(crate) fn new(p: &'p Problem, tables: &Tables) -> Self {
        let arcs = p.arcs.len();
        let mut slots = 0;
        let mut new_slot = || {
            slots += 1;
            slots - 1
        };
        let mut slot = vec![0; arcs];
        let mut items = Vec::with_capacity(p.items);
        for item in 0..p.items {
            let mut places: Vec<Place> = Vec::new();
            for target in 0..p.targets.len() {
                let of = tables.arcs(item, target);
                if of.is_empty() {
                    continue;
                }
                let mut place = Place { target, own: 0, alone: Vec::new(), groups: Vec::new() };
                let mut groups: Vec<(u32, Vec<ArcIx>)> = Vec::new();
                for arc in of {
                    match p.leaves[p.arcs[*arc].leaf].share {
                        None => place.alone.push(*arc),
                        Some(group) => match groups.iter_mut().find(|(g, _)| *g == group) {
                            Some((_, arcs)) => arcs.push(*arc),
                            None => groups.push((group, vec![*arc])),
                        },
                    }
                }
                if !place.alone.is_empty() {
                    place.own = new_slot();
                    for arc in &place.alone {
                        slot[*arc] = place.own;
                    }
                }
                for (_, arcs) in groups {
                    for arc in &arcs {
                        slot[*arc] = new_slot();
                    }
                    place.groups.push(arcs);
                }
                places.push(place);
            }
            items.push(Item { places, sets: None, most: 0 });
        }
        let mut next = slots;
        let mut inside_cap = vec![None; p.leaves.len()];
        let mut leaves: Vec<Cover> =
            (0..p.leaves.len()).map(|leaf| cover::of_leaf(p, &tables.of_leaf[leaf], leaf, None)).collect();
        let mut caps = Vec::new();
        let mut cap_weights = vec![Vec::new(); arcs];
        for (ix, cap) in p.caps.iter().enumerate() {
            let (from, to) = cap.leaves;
            let shares = to - from > 1 && (from..to).any(|leaf| p.leaves[leaf].share.is_some());
            if shares || cap.weights.iter().any(|weight| *weight < 0) {
                continue;
            }
            let inside: Vec<ArcIx> = (from..to).flat_map(|leaf| tables.of_leaf[leaf].iter().copied()).collect();
            let weight = |arc: &ArcIx| cap.weights[p.arcs[*arc].item];
            if to - from == 1 && inside_cap[from].is_none() {
                let cover = cover::of_leaf(p, &inside, from, Some(ix));
                if cover.is_capped() {
                    leaves[from] = cover;
                    inside_cap[from] = Some(ix);
                    continue;
                }
            }
            let unit = inside.iter().fold(0, |unit, arc| gcd(unit, weight(arc))).max(1);
            let bound = cap.bound.max(0) / unit;
            if inside.iter().map(|arc| weight(arc) / unit).fold(0, i64::saturating_add) <= bound {
                continue;
            }
            for arc in inside.iter().filter(|arc| weight(arc) > 0) {
                cap_weights[*arc].push((next, weight(arc) / unit));
            }
            caps.push(Priced { bound, worth: 1, price: next });
            next += 1;
        }
        let mut bounds = Vec::new();
        let mut bound_of: Vec<Vec<(usize, i64)>> = Vec::new();
        for pair in &p.pairs {
            let mut own = Vec::new();
            for (weights, bound) in &pair.bounds {
                let both = (0..p.items).filter(|item| pair.items[*item] == Sharing::Bounded);
                let unit = both.fold(0, |unit, item| gcd(unit, weights[item])).max(1);
                own.push((next, unit));
                bounds.push(Priced { bound: bound.div_euclid(unit), worth: 1, price: next });
                next += 1;
            }
            bound_of.push(own);
        }
        for item in 0..p.items {
            items[item].sets = sets_of(p, item, &items[item].places, &bound_of);
            items[item].most = uses_of(p, item, &items[item].places);
        }
        let sums: Vec<Vec<Cover>> = (0..p.nodes.len()).map(|node| sums_of(p, tables, node)).collect();
        let mut distance_unit = p.nodes.iter().fold(0, |unit, node| {
            let own = match &node.kind {
                NodeKind::Known(_, distance)
                | NodeKind::Step(_, distance)
                | NodeKind::Not(_, distance)
                | NodeKind::Held(_, distance)
                | NodeKind::Average(_, distance) => *distance,
                _ => 0,
            };
            node.floors.iter().fold(gcd(unit, own), |unit, floor| match floor {
                Floor::Sum { .. } | Floor::Last(_) => unit,
                Floor::Distinct { per_key, .. } => gcd(unit, *per_key),
                Floor::Share { per_unit, .. } | Floor::Unique { per_unit, .. } => gcd(unit, *per_unit),
            })
        });
        for cover in leaves.iter().chain(sums.iter().flatten()) {
            distance_unit = gcd(distance_unit, cover.worth());
        }
        let distance_unit = distance_unit.max(1);
        leaves.iter_mut().for_each(|cover| cover.in_units_of(distance_unit));
        let mut sums = sums;
        sums.iter_mut().flatten().for_each(|cover| cover.in_units_of(distance_unit));
        let cost_unit = (0..p.items).fold(0, |unit, item| gcd(gcd(unit, p.item_cost(item)), p.use_cost(item))).max(1);
        let is_blind = {
            let distances = leaves.iter().chain(sums.iter().flatten()).map(Cover::most);
            let known = p.nodes.iter().map(|node| match &node.kind {
                NodeKind::Known(_, distance) | NodeKind::Step(_, distance) => i128::from(*distance / distance_unit),
                _ => 0,
            });
            let costs = (0..p.items).map(|item| i128::from(p.item_cost(item) / cost_unit));
            let uses = p.arcs.iter().map(|arc| i128::from(p.use_cost(arc.item) / cost_unit));
            let all: i128 = distances.chain(known).chain(costs).chain(uses).sum();
            all.saturating_mul(i128::from(ONE)) > i128::from(NEVER / 4096)
        };
        let by_use = match p.use_costs.is_empty() {
            true => Vec::new(),
            false => p.arcs.iter().map(|arc| p.use_cost(arc.item) / cost_unit * ONE).collect(),
        };
        let first_target = next;
        let all = first_target + p.targets.len();
        let mut scale = vec![1; all];
        for cover in &leaves {
            for entry in cover.entries() {
                let slot = slot[entry.arc];
                scale[slot] = scale[slot].max(4 * cover.entry_worth(entry).clamp(1, 64));
            }
        }
        Self {
            p,
            distance_unit,
            cost_unit,
            leaves,
            sums,
            slot,
            caps,
            cap_weights: CapWeights::new(&cap_weights),
            bounds,
            by_use,
            items,
            solid: solid_leaves(p),
            decided: vec![None; p.nodes.len()],
            steps_met: vec![0; p.nodes.len()],
            is_met: vec![false; p.nodes.len()],
            slots,
            first_target,
            price: vec![0; all],
            best: vec![0; all],
            gradient: vec![0; all],
            scale,
            direction: vec![0; all],
            in_distance: None,
            value: vec![0; p.nodes.len()],
            cheapest: p.nodes.iter().map(first_of).collect(),
            by_sum: vec![None; p.nodes.len()],
            bought: vec![Vec::new(); p.leaves.len()],
            bought_by_sum: vec![Vec::new(); p.nodes.len()],
            wanted: vec![0; all],
            habit: vec![0; arcs],
            scratch: Scratch::default(),
            evaluations: 0,
            is_blind,
        }
    }
}

/// As many of the children of a choice as it asks for.
fn first_of(node: &Node) -> Vec<NodeIx> {
    match &node.kind {
        NodeKind::AtLeast(k, of) => of.iter().copied().take(*k).collect(),
        _ => Vec::new(),
    }
}

/// What sums inside a node ask for.
fn sums_of(p: &Problem, tables: &Tables, ix: NodeIx) -> Vec<Cover> {
    let node = &p.nodes[ix];
    let (from, to) = node.leaves;
    let cover = |need: i64, per_unit: i64, weights: &[i64]| {
        let mut by_item: Vec<(ItemIx, Vec<ArcIx>, i64, i64)> = Vec::new();
        let mut arcs: Vec<ArcIx> = (from..to).flat_map(|leaf| tables.of_leaf[leaf].iter().copied()).collect();
        order::sort_short(&mut arcs);
        for arc in arcs {
            let item = p.arcs[arc].item;
            match by_item.last_mut() {
                Some(last) if last.0 == item => last.1.push(arc),
                _ if weights[item] > 0 => by_item.push((item, vec![arc], weights[item], 0)),
                _ => {}
            }
        }
        Cover::new(need, per_unit, by_item, None)
    };
    let mut sums = Vec::new();
    if let NodeKind::Amount(amount) = &node.kind {
        sums.push(cover(amount.need, amount.per_unit, &amount.amounts));
    }
    for floor in &node.floors {
        match floor {
            Floor::Sum { need, weights, per_unit, .. } => sums.push(cover(*need, *per_unit, weights)),
            // What matches anywhere is at least what matches among the last.
            Floor::Last(last) => sums.push(cover(last.need, last.per_unit, &last.asked())),
            _ => {}
        }
    }
    sums
}

/// Leaves with nothing but conjunctions above them, or a step below those, and no sums.
fn solid_leaves(p: &Problem) -> Vec<Solid> {
    let mut solid = vec![None; p.leaves.len()];
    let mut open: Vec<(NodeIx, Option<(NodeIx, i64)>)> = p.targets.iter().map(|target| (target.root, None)).collect();
    while let Some((ix, step)) = open.pop() {
        let node = &p.nodes[ix];
        let sums = node.floors.iter().any(|floor| matches!(floor, Floor::Sum { .. } | Floor::Last(_)));
        match &node.kind {
            _ if sums => {}
            NodeKind::Take(leaf) => solid[*leaf] = Some(step),
            NodeKind::All(of) if step.is_none() => open.extend(of.iter().map(|child| (*child, None))),
            NodeKind::AtLeast(k, of) if *k == of.len() && step.is_none() => {
                open.extend(of.iter().map(|child| (*child, None)));
            }
            NodeKind::Step(child, distance) if step.is_none() => open.push((*child, Some((ix, *distance)))),
            _ => {}
        }
    }
    solid
}
