//! What leads back to itself: credentials that stack into each other or require each other, and courses that
//! stand before themselves.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use credstack_base::sorted::Map;
use credstack_model::{Catalog, Code, Course, Credential, CredentialId, Diagnostic, Words};

use crate::codes;

use crate::stack_graph::each_way;

/// Find a course that its prerequisites, or theirs, put before itself.
pub(super) fn courses_before_themselves(catalog: &Catalog) -> Option<(&Code, &Course)> {
    let mut graph = DiGraph::new();
    let nodes: Map<&Code, NodeIndex> =
        credstack_base::order::map(catalog.courses.keys().map(|code| (code, graph.add_node(code))));
    for (code, course) in &catalog.courses {
        for before in &course.prerequisites {
            if let (Some(from), Some(into)) = (nodes.get(before), nodes.get(code)) {
                graph.add_edge(*from, *into, ());
            }
        }
    }
    let cyclic = |group: &Vec<NodeIndex>| group.len() > 1 || group.iter().any(|n| graph.contains_edge(*n, *n));
    let first = tarjan_scc(&graph).into_iter().filter(cyclic).flatten().filter_map(|n| graph.node_weight(n)).min()?;
    catalog.courses.get_key_value(*first)
}

/// How one credential leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The second requires the first to be held.
    Earned,
    /// The first stacks into the second.
    Stacks,
}

fn graph(catalog: &Catalog, keep: Way) -> DiGraph<&CredentialId, ()> {
    let mut graph = DiGraph::new();
    let nodes: Map<&CredentialId, NodeIndex> =
        credstack_base::order::map(catalog.credentials.keys().map(|id| (id, graph.add_node(id))));
    each_way(catalog, &mut |from, into, stack| {
        if let (Some(from), Some(into), true) =
            (nodes.get(from), nodes.get(into), stack.is_some() == (keep == Way::Stacks))
        {
            graph.add_edge(*from, *into, ());
        }
    });
    graph
}

/// Find cycles, one diagnostic each: first among stack edges, then among what must be held.
pub(super) fn cycles(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (way, alone, together) in [
        (Way::Stacks, &codes::STACKS_INTO_ITSELF, &codes::STACK_CYCLE),
        (Way::Earned, &codes::REQUIRES_ITSELF, &codes::EARNED_CYCLE),
    ] {
        let graph = graph(catalog, way);
        for component in tarjan_scc(&graph) {
            let loops_to_itself = component.first().is_some_and(|n| graph.contains_edge(*n, *n));
            if component.len() < 2 && !loops_to_itself {
                continue;
            }
            let mut ids: Vec<&CredentialId> = component.iter().map(|n| graph[*n]).collect();
            credstack_base::order::sort(&mut ids);
            let source = match way {
                Way::Stacks => catalog
                    .stacks
                    .iter()
                    .find(|e| ids.contains(&&e.from) && ids.contains(&&e.into))
                    .and_then(|e| e.source.as_ref()),
                Way::Earned => ids.first().and_then(|id| catalog.credentials.get(*id)).and_then(|c| c.source.as_ref()),
            };
            let mut diagnostic = match ids.as_slice() {
                [id] => alone.of(&[("id", id)]),
                _ => {
                    let names = ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                    together.of(&[("ids", &names)])
                }
            }
            .at(source);
            for id in ids.iter().skip(1) {
                if let Some(Credential { source: Some(source), .. }) = catalog.credentials.get(*id) {
                    diagnostic = diagnostic.with_label(source, Words::new(codes::IN_THE_CYCLE, &[("id", id)]));
                }
            }
            found.push(diagnostic);
        }
    }
    found
}
