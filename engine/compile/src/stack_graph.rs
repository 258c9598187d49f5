//! The graph of credentials: which counts toward which, and which must be held for which.
//!
//! It is computed here and nowhere else. Whoever draws it, or shows it on a page, decides only where things stand.

use serde::Serialize;

use credstack_base::order;
use credstack_base::sorted::Set;
use credstack_model::{Catalog, CredentialId, CredentialKind, Fixed, Requirement, Rule, StackEdge};

/// The version of [`StackGraph`] that this engine writes.
pub const GRAPH_VERSION: u32 = 1;

/// The credentials of a catalog and the ways between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StackGraph {
    /// The version of this format: 1.
    pub version: u32,
    /// The title of the catalog.
    pub title: String,
    /// The credentials that a way leads to or from, by their ids.
    pub nodes: Vec<GraphNode>,
    /// The ways, each once: by the node that they leave, then by the one that they lead to.
    pub edges: Vec<GraphEdge>,
    /// The credentials that no way leads to or from.
    pub alone: Vec<CredentialId>,
}

/// A credential of a [`StackGraph`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GraphNode {
    /// Its id.
    pub id: CredentialId,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: CredentialKind,
    /// The stack that it is in: nodes that ways join, directly or through others, have the same number, that of
    /// the first of them.
    pub stack: usize,
}

/// A way from one credential to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GraphEdge {
    /// The number of the node that it leaves, from zero.
    pub from: usize,
    /// The number of the node that it leads to.
    pub into: usize,
    /// Whether what the first counts may count again in the second.
    pub stacks: bool,
    /// Whether a requirement of the second asks for the first to be held.
    pub required: bool,
    /// The most that may be carried, if there is a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carries: Option<Fixed>,
}

/// A credential and everything that stacks into it, directly or through others.
pub type Stack = Set<CredentialId>;

impl StackGraph {
    /// Compute the graph of a catalog. Ways to or from credentials that do not exist are left out.
    #[must_use]
    pub fn of(catalog: &Catalog) -> Self {
        let ids: Vec<&CredentialId> = catalog.credentials.keys().collect();
        // Edges by numbers of credentials first; which of these are nodes is known only after all of them.
        let mut edges: Vec<GraphEdge> = Vec::new();
        let mut numbers: Vec<Option<usize>> = vec![None; ids.len()];
        each_way(catalog, &mut |from, into, stack| {
            let number = |id: &CredentialId| ids.binary_search(&id).ok();
            let (Some(from), Some(into)) = (number(from), number(into)) else { return };
            for end in [from, into] {
                numbers[end] = Some(0);
            }
            let at = edges.binary_search_by(|edge| (edge.from, edge.into).cmp(&(from, into))).unwrap_or_else(|at| {
                edges.insert(at, GraphEdge { from, into, stacks: false, required: false, carries: None });
                at
            });
            let edge = &mut edges[at];
            match stack {
                Some(stack) => {
                    edge.stacks = true;
                    edge.carries = stack.carries.clone();
                }
                None => edge.required = true,
            }
        });
        let (mut nodes, mut alone) = (Vec::new(), Vec::new());
        for ((id, credential), number) in catalog.credentials.iter().zip(&mut numbers) {
            if number.is_none() {
                alone.push(id.clone());
                continue;
            }
            let stack = nodes.len();
            *number = Some(stack);
            nodes.push(GraphNode { id: id.clone(), title: credential.title.clone(), kind: credential.kind, stack });
        }
        for edge in &mut edges {
            for end in [&mut edge.from, &mut edge.into] {
                *end = numbers[*end].unwrap_or_default();
            }
        }
        join(&mut nodes, &edges);
        Self { version: GRAPH_VERSION, title: catalog.title.clone(), nodes, edges, alone }
    }
}

/// Give nodes that edges join the same stack: the number of the first of them. Each starts as one of its own.
fn join(nodes: &mut [GraphNode], edges: &[GraphEdge]) {
    for edge in edges {
        let (from, into) = (nodes[edge.from].stack, nodes[edge.into].stack);
        if from != into {
            for node in &mut *nodes {
                if node.stack == from.max(into) {
                    node.stack = from.min(into);
                }
            }
        }
    }
}

/// Tell `visit` every way: first those that stack, as the catalog lists them, with what it says of them; then, for
/// each credential, those that its requirements ask to hold.
pub(super) fn each_way<'a>(
    catalog: &'a Catalog,
    visit: &mut dyn FnMut(&'a CredentialId, &'a CredentialId, Option<&'a StackEdge>),
) {
    for stack in &catalog.stacks {
        visit(&stack.from, &stack.into, Some(stack));
    }
    for (into, credential) in &catalog.credentials {
        for edition in &credential.editions {
            let trees = [edition.admission.as_ref(), Some(&edition.completion), edition.conferral.as_ref()];
            for from in trees.into_iter().flatten().flat_map(earned_in) {
                visit(from, into, None);
            }
        }
    }
}

/// Return the credentials that a requirement asks to hold.
fn earned_in(requirement: &Requirement) -> Set<&CredentialId> {
    let mut found = Vec::new();
    let mut open = vec![requirement];
    while let Some(node) = open.pop() {
        if let Rule::Earned(id) = &node.rule {
            found.push(id);
        }
        open.extend(node.children());
    }
    order::set(found)
}

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

#[cfg(test)]
mod tests {
    use credstack_model::Credential;

    use super::*;

    /// Make a catalog of credentials with what each requires to be held, and of pairs that stack.
    fn graph(credentials: &[(&str, &[&str])], stacks: &[&str]) -> StackGraph {
        let mut catalog = Catalog::new("t", "Title");
        for (id, needs) in credentials {
            let of = needs.iter().map(|id| Requirement::new(Rule::Earned(id.parse().unwrap()))).collect();
            let credential = Credential::new(id, CredentialKind::Badge, Requirement::new(Rule::All(of)));
            catalog.credentials.insert(id.parse().unwrap(), credential);
        }
        catalog.stacks = stacks.iter().map(|stack| credstack_base::json::read(stack.as_bytes()).unwrap()).collect();
        StackGraph::of(&catalog)
    }

    #[test]
    fn ways_are_joined_and_sorted() {
        let graph = graph(
            &[("a", &[]), ("b", &["a", "ghost"]), ("c", &["a"]), ("x", &[]), ("y", &["x"]), ("z", &[])],
            &[
                r#"{"from":"b","into":"c"}"#,
                r#"{"from":"a","into":"c","carries":{"measure":"credits","value":12}}"#,
                r#"{"from":"ghost","into":"c"}"#,
            ],
        );
        let json = String::from_utf8(credstack_base::json::write(&graph).unwrap()).unwrap();
        let edges = [
            r#"{"from":0,"into":1,"stacks":false,"required":true}"#,
            r#"{"from":0,"into":2,"stacks":true,"required":true,"carries":{"measure":"credits","value":12}}"#,
            r#"{"from":1,"into":2,"stacks":true,"required":false}"#,
            r#"{"from":3,"into":4,"stacks":false,"required":true}"#,
        ];
        assert!(json.contains(&format!("\"edges\":[{}]", edges.join(","))), "{json}");
        assert!(json.ends_with(r#""alone":["z"]}"#), "{json}");
        assert!(json.contains(r#"{"id":"x","title":"x","kind":"badge","stack":3}"#), "{json}");
        assert_eq!(graph.nodes.iter().map(|node| node.stack).collect::<Vec<_>>(), [0, 0, 0, 3, 3]);
    }

    #[test]
    fn stacks_that_meet_late_are_one() {
        let pairs = [r#"{"from":"a","into":"d"}"#, r#"{"from":"b","into":"c"}"#, r#"{"from":"c","into":"d"}"#];
        let graph = graph(&[("a", &[]), ("b", &[]), ("c", &[]), ("d", &[])], &pairs);
        assert!(graph.nodes.iter().all(|node| node.stack == 0), "{graph:?}");
    }
}
