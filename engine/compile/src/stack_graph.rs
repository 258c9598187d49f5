//! The graph of credentials: which counts toward which, and which must be held for which.
//!
//! It is computed here and nowhere else. Whoever draws it, or shows it on a page, decides only where things stand.

use petgraph::unionfind::UnionFind;
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
    /// The stacks: numbers of nodes that ways join, directly or through others. Each node is in one of them.
    pub stacks: Vec<Vec<usize>>,
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
        let mut ways = ways(catalog);
        // Of ways between the same two, the order of the catalog stays.
        order::sort_by(&mut ways, |a, b| (a.from, a.into).cmp(&(b.from, b.into)));
        let joined = order::set(ways.iter().flat_map(|way| [way.from, way.into]));
        let mut graph = Self {
            version: GRAPH_VERSION,
            title: catalog.title.clone(),
            nodes: Vec::new(),
            edges: Vec::new(),
            stacks: Vec::new(),
            alone: Vec::new(),
        };
        for (id, credential) in &catalog.credentials {
            if joined.contains(&id) {
                let node = GraphNode { id: id.clone(), title: credential.title.clone(), kind: credential.kind };
                graph.nodes.push(node);
            } else {
                graph.alone.push(id.clone());
            }
        }
        for way in ways {
            graph.add(&way);
        }
        graph.stacks = graph.connected();
        graph
    }

    /// Add a way to its edge, which is the last one if it is there already.
    fn add(&mut self, way: &Link<'_>) {
        let number = |id: &CredentialId| self.nodes.binary_search_by(|node| node.id.cmp(id)).ok();
        let (Some(from), Some(into)) = (number(way.from), number(way.into)) else { return };
        if self.edges.last().is_none_or(|edge| (edge.from, edge.into) != (from, into)) {
            self.edges.push(GraphEdge { from, into, stacks: false, required: false, carries: None });
        }
        let Some(edge) = self.edges.last_mut() else { return };
        match way.stack {
            Some(stack) => {
                edge.stacks = true;
                edge.carries = stack.carries.clone();
            }
            None => edge.required = true,
        }
    }

    /// Find the nodes that edges join.
    fn connected(&self) -> Vec<Vec<usize>> {
        let mut parts = UnionFind::new(self.nodes.len());
        for edge in &self.edges {
            parts.union(edge.from, edge.into);
        }
        let mut stacks: Vec<Vec<usize>> = Vec::new();
        // The number of the stack that a root stands for.
        let mut numbers: Vec<Option<usize>> = vec![None; self.nodes.len()];
        for (node, root) in parts.into_labeling().into_iter().enumerate() {
            let Some(number) = numbers.get_mut(root) else { continue };
            let number = *number.get_or_insert_with(|| {
                stacks.push(Vec::new());
                stacks.len() - 1
            });
            if let Some(stack) = stacks.get_mut(number) {
                stack.push(node);
            }
        }
        stacks
    }
}

/// What the catalog says of one credential on the way to another.
#[derive(Clone, Copy)]
pub(super) struct Link<'a> {
    pub(super) from: &'a CredentialId,
    pub(super) into: &'a CredentialId,
    /// What the catalog says of it if the first stacks into the second; else the second requires the first.
    pub(super) stack: Option<&'a StackEdge>,
}

/// Return all ways: those that stack as the catalog lists them, then what requirements ask to hold.
pub(super) fn ways(catalog: &Catalog) -> Vec<Link<'_>> {
    let mut ways: Vec<Link<'_>> =
        catalog.stacks.iter().map(|stack| Link { from: &stack.from, into: &stack.into, stack: Some(stack) }).collect();
    for (into, credential) in &catalog.credentials {
        for edition in &credential.editions {
            let trees = [edition.admission.as_ref(), Some(&edition.completion), edition.conferral.as_ref()];
            for from in trees.into_iter().flatten().flat_map(earned_in) {
                ways.push(Link { from, into, stack: None });
            }
        }
    }
    let is_known = |id: &CredentialId| catalog.credentials.contains_key(id);
    ways.retain(|way| is_known(way.from) && is_known(way.into));
    ways
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
        assert!(json.ends_with(r#""stacks":[[0,1,2],[3,4]],"alone":["z"]}"#), "{json}");
        assert!(json.contains(r#"{"id":"x","title":"x","kind":"badge"}"#), "{json}");
    }

    #[test]
    fn stacks_that_meet_late_are_one() {
        let pairs = [r#"{"from":"a","into":"d"}"#, r#"{"from":"b","into":"c"}"#, r#"{"from":"c","into":"d"}"#];
        let graph = graph(&[("a", &[]), ("b", &[]), ("c", &[]), ("d", &[])], &pairs);
        assert_eq!(graph.stacks, [[0, 1, 2, 3]]);
    }
}
