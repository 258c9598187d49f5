//! Lower bounds on distances: a flow relaxation of the whole problem.
//!
//! Items are split, and limits other than simple caps are dropped. Flow is measured in distance:
//! an arc carries what its item would take off its leaf's distance; a node passes on at most what
//! it needs, an `at least k` node at most the sum of the `k` least needs among its children; each
//! target has a sink. For every allocation there is a flow in which a target's sink lacks no more
//! than the target's distance, by induction over the tree: the flow through `at least k` loses
//! nothing against its best `k` children, because their needs sum to at least what the node may
//! pass. So what the maximum flow lacks bounds the distance from below. Sinks are filled in the
//! order of the objective, and filling one never empties an earlier one. A target whose distance is
//! settled takes no more flow than keeps it within that: what it would take beyond may be of no use
//! to it, and then serves the targets after it.
//!
//! A node that asks for more inside it than its parts do (a floor) passes the greater of the two.
//! What its parts cannot take goes around them, as much as the floor is above their needs: if the
//! parts lack `d` and the floor lacks `e`, what is inside still fills all but the greater of `d`
//! and `e`, which is the node's distance.

use super::flow::{Network, UNBOUNDED};
use super::problem::{ArcIx, Floor, Level, NodeIx, NodeKind, Problem, Sharing};
use super::search::Aim;
use super::state::{Arcs, State};

/// The relaxation of one problem.
#[derive(Debug)]
pub(super) struct Relaxation<'p> {
    p: &'p Problem,
    network: Network,
    source: usize,
    sinks: Vec<usize>,
    base_edges: Vec<usize>,
    extra_edges: Vec<usize>,
    target_edges: Vec<(usize, usize, usize)>,
    arc_edges: Vec<usize>,
    /// The edge from each node to its parent, or to its target's sink.
    node_edges: Vec<usize>,
    /// Edges from a cap inside one leaf to the leaf, with their bounds.
    cap_edges: Vec<(usize, i64)>,
    /// Edges from leaves around the nodes between them and a floor.
    around_edges: Vec<usize>,
    /// Nodes with a floor, with the edge around their parts.
    floor_edges: Vec<(NodeIx, usize)>,
    /// What each node needs without its floors.
    own_needs: Vec<i64>,
    pool_edge: usize,
    pool: i64,
    /// What each arc takes off distances at most.
    pub(super) worth: Vec<i64>,
    /// Whether a node lies below one that sums amounts, so that more than its need may pass.
    open: Vec<bool>,
    /// How many targets each item can serve at most.
    uses: Vec<usize>,
    needs: Vec<i64>,
}

/// A need that cannot be met.
const IMPOSSIBLE: i64 = UNBOUNDED;

impl<'p> Relaxation<'p> {
    pub(super) fn new(p: &'p Problem, state: &State<'_>) -> Self {
        let mut network = Network::default();
        let source = network.add_node();
        let pool_node = network.add_node();
        let parents = parents(p);
        let open = below_sums(p);
        let worth = worths(p, &parents);
        let uses: Vec<usize> = (0..p.items).map(|i| uses_of(p, state, i)).collect();
        let pool = pool_size(p, state, &worth, &uses);
        let nodes: Vec<usize> = p.nodes.iter().map(|_| network.add_node()).collect();
        let sinks: Vec<usize> = p.targets.iter().map(|_| network.add_node()).collect();
        let pool_edge = network.add_edge(source, pool_node);
        let mut base_edges = Vec::new();
        let mut extra_edges = Vec::new();
        let mut target_edges = Vec::new();
        let mut arc_edges = vec![usize::MAX; p.arcs.len()];
        let mut cap_edges = Vec::new();
        let mut around_edges = Vec::new();
        // One cap within a leaf at most, so that it nests.
        let mut cap_nodes = vec![None; p.leaves.len()];
        for (leaf_ix, cap_node) in cap_nodes.iter_mut().enumerate() {
            let leaf = &p.leaves[leaf_ix];
            let cap = p.caps.iter().position(|c| {
                c.leaves == (leaf_ix, leaf_ix + 1)
                    && c.rounded.is_none()
                    && state.tables.of_leaf[leaf_ix].iter().all(|arc| {
                        let weight = c.weights[p.arcs[*arc].item];
                        // Only where flow along the arc is measured as the cap is.
                        let plain = worth[*arc] == p.arcs[*arc].amount.saturating_mul(leaf.per_unit);
                        weight == 0 || (plain && weight == p.arcs[*arc].amount)
                    })
            });
            if let Some(cap) = cap {
                let node = network.add_node();
                cap_edges.push((
                    network.add_edge(node, nodes[leaf.node]),
                    p.caps[cap].bound.max(0).saturating_mul(leaf.per_unit),
                ));
                *cap_node = Some((cap, node));
            }
        }
        for item in 0..p.items {
            let node = network.add_node();
            base_edges.push(network.add_edge(source, node));
            extra_edges.push(network.add_edge(pool_node, node));
            for target in 0..p.targets.len() {
                let arcs = state.tables.arcs(item, target);
                if arcs.is_empty() {
                    continue;
                }
                let inner = network.add_node();
                target_edges.push((item, target, network.add_edge(node, inner)));
                for arc in arcs {
                    let leaf = p.arcs[*arc].leaf;
                    let into = match cap_nodes[leaf] {
                        Some((cap, node)) if p.caps[cap].weights[item] != 0 => node,
                        _ => nodes[p.leaves[leaf].node],
                    };
                    arc_edges[*arc] = network.add_edge(inner, into);
                }
            }
        }
        let mut floor_edges = Vec::new();
        for (ix, node) in p.nodes.iter().enumerate() {
            if floor_need(p, ix) > 0 && !matches!(node.kind, NodeKind::Take(_)) {
                let around = network.add_node();
                for leaf in node.leaves.0..node.leaves.1 {
                    let edge = network.add_edge(nodes[p.leaves[leaf].node], around);
                    network.set(edge, UNBOUNDED);
                    around_edges.push(edge);
                }
                floor_edges.push((ix, network.add_edge(around, nodes[ix])));
            }
        }
        let node_edges = (0..p.nodes.len())
            .map(|n| match parents[n] {
                Some(parent) => network.add_edge(nodes[n], nodes[parent]),
                None => network.add_edge(nodes[n], sinks[p.nodes[n].target]),
            })
            .collect();
        Self {
            p,
            network,
            source,
            sinks,
            base_edges,
            extra_edges,
            target_edges,
            arc_edges,
            node_edges,
            cap_edges,
            around_edges,
            floor_edges,
            own_needs: vec![0; p.nodes.len()],
            pool_edge,
            pool,
            worth,
            open,
            uses,
            needs: vec![0; p.nodes.len()],
        }
    }

    /// What a target needs in all, if its aim can be met at all.
    pub(super) fn need(&self, node: NodeIx) -> Option<i64> {
        (self.needs[node] < IMPOSSIBLE).then_some(self.needs[node])
    }

    /// How much of an arc flows in the latest relaxation.
    pub(super) fn flow(&self, arc: ArcIx) -> i64 {
        match self.arc_edges[arc] {
            usize::MAX => 0,
            edge => self.network.flow(edge),
        }
    }

    /// Whether no item can serve two targets.
    pub(super) fn is_exclusive(&self) -> bool {
        self.uses.iter().all(|u| *u <= 1)
    }

    /// Lower bounds on the distance of every target, under what is decided; `None` if a required
    /// target cannot be met.
    pub(super) fn run(&mut self, state: &State<'_>, aims: &[Aim]) -> Option<Vec<i64>> {
        let p = self.p;
        for node in (0..p.nodes.len()).rev() {
            let aim = aims[p.nodes[node].target];
            self.own_needs[node] = self.node_need(node, aim);
            let floor = if aim == Aim::Idle { 0 } else { floor_need(p, node) };
            self.needs[node] = self.own_needs[node].max(floor);
        }
        for edge in &self.around_edges {
            self.network.set(*edge, UNBOUNDED);
        }
        for (node, edge) in &self.floor_edges {
            let more = if self.needs[*node] < IMPOSSIBLE { self.needs[*node] - self.own_needs[*node] } else { 0 };
            self.network.set(*edge, more);
        }
        for (n, edge) in self.node_edges.iter().enumerate() {
            let need = self.needs[n];
            let capacity = match need {
                IMPOSSIBLE => 0,
                _ if self.open[n] => UNBOUNDED,
                _ => need,
            };
            self.network.set(*edge, capacity);
        }
        for (edge, bound) in &self.cap_edges {
            self.network.set(*edge, *bound);
        }
        self.network.set(self.pool_edge, self.pool);
        let mut base = vec![0_i64; p.items];
        for (item, target, edge) in &self.target_edges {
            let mut alone = 0_i64;
            let mut shared = 0_i64;
            for arc in state.tables.arcs(*item, *target) {
                let worth = if state.arcs[*arc] == Arcs::Out { 0 } else { self.worth[*arc] };
                self.network.set(self.arc_edges[*arc], worth);
                match p.leaves[p.arcs[*arc].leaf].share {
                    None => alone = alone.max(worth),
                    Some(_) => shared += worth,
                }
            }
            let most = alone.max(shared);
            self.network.set(*edge, most);
            base[*item] = base[*item].max(most);
        }
        for item in 0..p.items {
            self.network.set(self.base_edges[item], base[item]);
            let more = i64::try_from(self.uses[item].saturating_sub(1)).unwrap_or(i64::MAX);
            self.network.set(self.extra_edges[item], base[item].saturating_mul(more).min(UNBOUNDED));
        }
        let mut bounds = vec![0; p.targets.len()];
        let of = |wanted: fn(&Aim) -> bool| (0..p.targets.len()).filter(move |t| wanted(&aims[*t]));
        let required = of(|aim| matches!(aim, Aim::Required(_)));
        let settled = of(|aim| matches!(aim, Aim::Open(Some(_))));
        let open = of(|aim| matches!(aim, Aim::Open(None)));
        for target in required.chain(settled).chain(open) {
            if let Aim::Open(Some(most)) = aims[target] {
                let root = p.targets[target].root;
                self.network.set(self.node_edges[root], self.needs[root].saturating_sub(most).max(0));
            }
            let need = self.need(p.targets[target].root)?;
            if need == 0 {
                continue;
            }
            let flowed = self.network.augment(self.source, self.sinks[target]);
            bounds[target] = need - flowed;
            if matches!(aims[target], Aim::Required(_)) && flowed < need {
                return None;
            }
        }
        Some(bounds)
    }

    fn node_need(&self, ix: NodeIx, aim: Aim) -> i64 {
        let p = self.p;
        let least = match aim {
            Aim::Required(level) => Some(level),
            Aim::Open(_) => None,
            Aim::Idle => return 0,
        };
        let sum = |needs: &mut dyn Iterator<Item = i64>| needs.fold(0_i64, |a, b| a.saturating_add(b).min(IMPOSSIBLE));
        let of = |n: &NodeIx| self.needs[*n];
        match &p.nodes[ix].kind {
            NodeKind::Known(level, distance) => match least {
                Some(least) if *level >= least => 0,
                Some(_) => IMPOSSIBLE,
                None if *level == Level::Unmet => *distance,
                None => 0,
            },
            NodeKind::Take(leaf) => p.leaves[*leaf].need.max(0).saturating_mul(p.leaves[*leaf].per_unit),
            NodeKind::All(children) => sum(&mut children.iter().map(of)),
            NodeKind::AtLeast(k, children) => {
                let mut needs: Vec<i64> = children.iter().map(of).collect();
                needs.sort_unstable();
                sum(&mut needs.into_iter().take(*k))
            }
            NodeKind::Amount(amount) => amount.need.max(0).saturating_mul(amount.per_unit),
            NodeKind::Either(a, b) => match least {
                Some(least) if least > Level::Review => sum(&mut [of(a), of(b)].into_iter()),
                _ => of(a).min(of(b)),
            },
            NodeKind::When(_, then, otherwise) => of(then).min(of(otherwise)),
            NodeKind::Step(child, _) => {
                if least.is_some() {
                    of(child)
                } else {
                    0
                }
            }
            NodeKind::Not(..) | NodeKind::Held(..) | NodeKind::Average(..) => 0,
        }
    }
}

/// The most that a sum is asked to reach inside a node, in distance. A leaf's own floors are left
/// to the search.
fn floor_need(p: &Problem, ix: NodeIx) -> i64 {
    if matches!(p.nodes[ix].kind, NodeKind::Take(_)) {
        return 0;
    }
    let sums = p.nodes[ix].floors.iter().map(|floor| match floor {
        Floor::Sum { need, per_unit, .. } => need.saturating_mul(*per_unit).min(IMPOSSIBLE - 1),
        Floor::Share { .. } | Floor::Distinct { .. } | Floor::Unique { .. } => 0,
    });
    sums.max().unwrap_or(0)
}

fn parents(p: &Problem) -> Vec<Option<NodeIx>> {
    let mut parents = vec![None; p.nodes.len()];
    for (ix, node) in p.nodes.iter().enumerate() {
        let children: Vec<NodeIx> = match &node.kind {
            NodeKind::All(of) | NodeKind::AtLeast(_, of) => of.clone(),
            NodeKind::Amount(amount) => amount.of.clone(),
            NodeKind::Either(a, b) => vec![*a, *b],
            NodeKind::When(test, a, b) => vec![*test, *a, *b],
            NodeKind::Not(child, _) | NodeKind::Step(child, _) => vec![*child],
            NodeKind::Known(..) | NodeKind::Take(_) | NodeKind::Held(..) | NodeKind::Average(..) => Vec::new(),
        };
        for child in children {
            parents[child] = Some(ix);
        }
    }
    parents
}

fn below_sums(p: &Problem) -> Vec<bool> {
    let mut open = vec![false; p.nodes.len()];
    for (ix, node) in p.nodes.iter().enumerate() {
        let sums = matches!(node.kind, NodeKind::Amount(_));
        let children: Vec<NodeIx> = match &node.kind {
            NodeKind::All(of) | NodeKind::AtLeast(_, of) => of.clone(),
            NodeKind::Amount(amount) => amount.of.clone(),
            NodeKind::Either(a, b) | NodeKind::When(_, a, b) => vec![*a, *b],
            _ => Vec::new(),
        };
        for child in children {
            open[child] = sums || open[ix];
        }
    }
    open
}

/// What an arc takes off distances at most: its worth to its leaf, or to a sum above it.
fn worths(p: &Problem, parents: &[Option<NodeIx>]) -> Vec<i64> {
    p.arcs
        .iter()
        .map(|arc| {
            let leaf = &p.leaves[arc.leaf];
            let mut worth = arc.amount.saturating_mul(leaf.per_unit);
            let mut up = parents[leaf.node];
            while let Some(node) = up {
                for floor in &p.nodes[node].floors {
                    if let Floor::Sum { weights, per_unit, .. } = floor {
                        worth = worth.max(weights[arc.item].saturating_mul(*per_unit));
                    }
                }
                if let NodeKind::Amount(amount) = &p.nodes[node].kind {
                    worth = worth.max(amount.amounts[arc.item].saturating_mul(amount.per_unit));
                }
                up = parents[node];
            }
            worth.min(UNBOUNDED)
        })
        .collect()
}

/// How many targets an item can serve at most.
fn uses_of(p: &Problem, state: &State<'_>, item: usize) -> usize {
    let targets: Vec<usize> = (0..p.targets.len()).filter(|t| !state.tables.arcs(item, *t).is_empty()).collect();
    let never = |a: usize, b: usize| {
        p.pairs.iter().any(|pair| {
            ((pair.a, pair.b) == (a, b) || (pair.b, pair.a) == (a, b))
                && (pair.items[item] == Sharing::Never
                    || pair.items[item] == Sharing::Bounded
                        && pair.bounds.iter().any(|(weights, bound)| weights[item] > *bound))
        })
    };
    let all_apart = targets.iter().all(|a| targets.iter().all(|b| a == b || never(*a, *b)));
    if all_apart {
        return 1;
    }
    let ceiling = p
        .ceilings
        .iter()
        .filter(|c| targets.iter().all(|t| c.targets[*t]))
        .map(|c| c.max[item])
        .min()
        .unwrap_or(usize::MAX);
    targets.len().min(ceiling)
}

/// A bound on what all items together can add in their second and further uses: over all pairs,
/// the most distance that items within the pair's bounds are worth, items split.
fn pool_size(p: &Problem, state: &State<'_>, worth: &[i64], uses: &[usize]) -> i64 {
    let targets = p.targets.len();
    let most = |item: usize, target: usize| -> i64 { state.tables.arcs(item, target).iter().map(|a| worth[*a]).sum() };
    let mut total = 0_i64;
    for a in 0..targets {
        for b in a + 1..targets {
            let pair = p.pairs.iter().find(|pair| (pair.a, pair.b) == (a, b) || (pair.b, pair.a) == (a, b));
            let mut free = 0_i64;
            let mut bounded: Vec<(i64, usize)> = Vec::new();
            for item in (0..p.items).filter(|i| uses[*i] > 1) {
                let gain = most(item, a).max(most(item, b));
                if gain == 0 || state.tables.arcs(item, a).is_empty() || state.tables.arcs(item, b).is_empty() {
                    continue;
                }
                match pair.map_or(Sharing::Free, |pair| pair.items[item]) {
                    Sharing::Never => {}
                    Sharing::Free => free = free.saturating_add(gain),
                    Sharing::Bounded => bounded.push((gain, item)),
                }
            }
            let all: i64 = bounded.iter().map(|(gain, _)| gain).fold(0, |x, y| x.saturating_add(*y));
            let within = pair.map_or(all, |pair| {
                pair.bounds.iter().map(|(weights, bound)| fractional(&bounded, weights, *bound)).min().unwrap_or(all)
            });
            total = total.saturating_add(free).saturating_add(within.min(all)).min(UNBOUNDED);
        }
    }
    total
}

/// The fractional knapsack bound of G. B. Dantzig (1957), rounded up.
fn fractional(items: &[(i64, usize)], weights: &[i64], bound: i64) -> i64 {
    let mut sorted: Vec<(i64, i64)> = items.iter().map(|(gain, item)| (*gain, weights[*item])).collect();
    sorted.sort_by(|(ga, wa), (gb, wb)| (i128::from(*gb) * i128::from(*wa)).cmp(&(i128::from(*ga) * i128::from(*wb))));
    let mut left = bound.max(0);
    let mut total = 0_i64;
    for (gain, weight) in sorted {
        if weight <= left {
            left -= weight;
            total = total.saturating_add(gain);
        } else {
            let part = i128::from(gain) * i128::from(left) / i128::from(weight.max(1)) + 1;
            return total.saturating_add(i64::try_from(part).unwrap_or(gain).min(gain));
        }
    }
    total
}
