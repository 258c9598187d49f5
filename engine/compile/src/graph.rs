//! The graph of credentials: what earns and what stacks into what.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use credstack_base::sorted::{Map, Set};
use credstack_model::{Catalog, Code, Course, Credential, CredentialId, Diagnostic, Requirement, Rule, Words};

use crate::codes;

/// How one credential leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The second requires the first to be held.
    Earned,
    /// The first stacks into the second.
    Stacks,
}

/// A credential and everything that stacks into it, directly or through others.
pub type Stack = Set<CredentialId>;

/// Return the stack of a credential. It ends on cyclic stacks too.
#[must_use]
pub fn stack_of(catalog: &Catalog, top: &CredentialId) -> Stack {
    let mut stack = Set::from([top.clone()]);
    loop {
        let more: Vec<_> = catalog
            .stacks
            .iter()
            .filter(|edge| stack.contains(&edge.into) && !stack.contains(&edge.from))
            .map(|edge| edge.from.clone())
            .collect();
        if more.is_empty() {
            return stack;
        }
        stack.extend(more);
    }
}

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

/// Return the credentials that a requirement asks to hold.
pub(super) fn earned_in(requirement: &Requirement) -> Set<&CredentialId> {
    let mut found = Vec::new();
    let mut open = vec![requirement];
    while let Some(node) = open.pop() {
        if let Rule::Earned(id) = &node.rule {
            found.push(id);
        }
        open.extend(node.children());
    }
    credstack_base::order::set(found)
}

fn graph(catalog: &Catalog, keep: impl Fn(Way) -> bool) -> DiGraph<&CredentialId, Way> {
    let mut graph = DiGraph::new();
    let nodes: Map<&CredentialId, NodeIndex> =
        credstack_base::order::map(catalog.credentials.keys().map(|id| (id, graph.add_node(id))));
    let mut join = |from: &CredentialId, into: &CredentialId, way: Way| {
        if let (Some(from), Some(into), true) = (nodes.get(from), nodes.get(into), keep(way)) {
            graph.add_edge(*from, *into, way);
        }
    };
    for edge in &catalog.stacks {
        join(&edge.from, &edge.into, Way::Stacks);
    }
    for (id, credential) in &catalog.credentials {
        for edition in &credential.editions {
            let trees = [edition.admission.as_ref(), Some(&edition.completion), edition.conferral.as_ref()];
            for earned in trees.into_iter().flatten().flat_map(earned_in) {
                join(earned, id, Way::Earned);
            }
        }
    }
    graph
}

/// Find the cycles, one diagnostic each: first among stack edges, then among what must be held.
pub(super) fn cycles(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (way, alone, together) in [
        (Way::Stacks, &codes::STACKS_INTO_ITSELF, &codes::STACK_CYCLE),
        (Way::Earned, &codes::REQUIRES_ITSELF, &codes::EARNED_CYCLE),
    ] {
        let graph = graph(catalog, |w| w == way);
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
