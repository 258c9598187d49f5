//! Layers: every way leads from left to right. After Sugiyama, Tagawa and Toda, *Methods for
//! visual understanding of hierarchical system structures* (1981): longest-path layers, bends
//! where a way passes a layer, and order within a layer by the median of the neighbours.

use credstack_engine::compile::StackGraph;

/// What stands in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The credential of this number.
    Node(usize),
    /// A bend of the edge of this number.
    Bend(usize),
}

/// Return the slots of each layer, from left to right and from top to bottom.
pub(super) fn layers(graph: &StackGraph) -> Vec<Vec<Slot>> {
    let level = levels(graph);
    let depth = level.iter().max().map_or(0, |deepest| deepest + 1);
    let mut layers: Vec<Vec<Slot>> = vec![Vec::new(); depth];
    let mut put = |layer: usize, slot| {
        if let Some(slots) = layers.get_mut(layer) {
            slots.push(slot);
        }
    };
    for (node, level) in level.iter().enumerate() {
        put(*level, Slot::Node(node));
    }
    for (edge, way) in graph.edges.iter().enumerate() {
        for layer in at(&level, way.from) + 1..at(&level, way.into) {
            put(layer, Slot::Bend(edge));
        }
    }
    for sweep in 0..8 {
        let forward = sweep % 2 == 0;
        let order: Vec<usize> =
            if forward { (1..depth).collect() } else { (0..depth.saturating_sub(1)).rev().collect() };
        for layer in order {
            let beside = if forward { layer - 1 } else { layer + 1 };
            let fixed = layers.get(beside).cloned().unwrap_or_default();
            if let Some(slots) = layers.get_mut(layer) {
                // The sort is stable, so that what has no neighbour keeps its place.
                slots.sort_by_key(|slot| median(graph, *slot, &fixed, forward));
            }
        }
    }
    layers
}

/// Return the layer of each node: one more than the greatest of those that lead to it. In a circle, which
/// a compiled catalog has none of, levels stop rising after as many rounds as there are nodes.
fn levels(graph: &StackGraph) -> Vec<usize> {
    let mut level = vec![0; graph.nodes.len()];
    for _ in 0..graph.nodes.len() {
        let mut changed = false;
        for edge in &graph.edges {
            let least = at(&level, edge.from) + 1;
            if edge.from != edge.into && at(&level, edge.into) < least && least < graph.nodes.len() {
                if let Some(level) = level.get_mut(edge.into) {
                    *level = least;
                }
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    level
}

fn at(level: &[usize], node: usize) -> usize {
    level.get(node).copied().unwrap_or_default()
}

/// Return twice the median place of a slot's neighbours in the layer beside it.
fn median(graph: &StackGraph, slot: Slot, beside: &[Slot], forward: bool) -> usize {
    let mut places: Vec<usize> = beside
        .iter()
        .enumerate()
        .filter(|(_, other)| {
            let (left, right) = if forward { (**other, slot) } else { (slot, **other) };
            joined(graph, left, right)
        })
        .map(|(place, _)| place)
        .collect();
    places.sort_unstable();
    match (places.get(places.len().saturating_sub(1) / 2), places.get(places.len() / 2)) {
        (Some(low), Some(high)) => low + high,
        _ => beside.len(),
    }
}

/// Return whether a way leads straight from one slot to another in the next layer.
fn joined(graph: &StackGraph, left: Slot, right: Slot) -> bool {
    let edge = |n: usize| graph.edges.get(n);
    match (left, right) {
        (Slot::Bend(a), Slot::Bend(b)) => a == b,
        (Slot::Bend(a), Slot::Node(n)) => edge(a).is_some_and(|e| e.into == n),
        (Slot::Node(n), Slot::Bend(b)) => edge(b).is_some_and(|e| e.from == n),
        (Slot::Node(n), Slot::Node(m)) => graph.edges.iter().any(|e| e.from == n && e.into == m),
    }
}
