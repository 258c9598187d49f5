//! The picture of a catalog's stack: which credential counts toward which, and which must be held
//! for which.

mod dot;
mod layout;
mod svg;

use std::collections::{BTreeMap, BTreeSet};

use credstack_engine::model::{Catalog, CredentialId, CredentialKind, Fixed, Measure, Requirement, Rule};

pub use dot::dot;
pub use svg::svg;

/// Credentials and the ways between them, by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackGraph {
    /// The catalog's title.
    pub title: String,
    /// Credentials that something leads to or from.
    pub nodes: Vec<Node>,
    /// Ways, each once.
    pub edges: Vec<Edge>,
    /// Credentials that nothing leads to or from.
    pub alone: Vec<CredentialId>,
}

/// A credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: CredentialId,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: CredentialKind,
}

/// A way from one credential to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The number of the credential it leaves.
    pub from: usize,
    /// The number of the credential it leads to.
    pub into: usize,
    /// Whether what the first used may count again in the second.
    pub stacks: bool,
    /// Whether a requirement of the second asks for the first to be held.
    pub required: bool,
    /// What may be carried at most, in words.
    pub carries: Option<String>,
}

impl StackGraph {
    /// The graph of a catalog. Stack edges to credentials that do not exist are left out.
    #[must_use]
    pub fn of(catalog: &Catalog) -> Self {
        let mut ways: BTreeMap<(&CredentialId, &CredentialId), (bool, bool, Option<String>)> = BTreeMap::new();
        for stack in &catalog.stacks {
            let way = ways.entry((&stack.from, &stack.into)).or_default();
            way.0 = true;
            way.2 = stack.carries.as_ref().map(carries);
        }
        for (into, credential) in &catalog.credentials {
            let trees = credential.editions.iter().flat_map(|edition| {
                [edition.admission.as_ref(), Some(&edition.completion), edition.conferral.as_ref()]
            });
            for from in trees.flatten().flat_map(earned_in) {
                ways.entry((from, into)).or_default().1 = true;
            }
        }
        ways.retain(|(from, into), _| {
            catalog.credentials.contains_key(*from) && catalog.credentials.contains_key(*into)
        });
        let joined: BTreeSet<&CredentialId> = ways.keys().flat_map(|(from, into)| [*from, *into]).collect();
        let numbers: BTreeMap<&CredentialId, usize> = joined.iter().enumerate().map(|(n, id)| (*id, n)).collect();
        let nodes = joined
            .iter()
            .filter_map(|id| catalog.credentials.get_key_value(*id))
            .map(|(id, c)| Node { id: id.clone(), title: c.title.clone(), kind: c.kind })
            .collect();
        let edges = ways
            .into_iter()
            .filter_map(|((from, into), (stacks, required, carries))| {
                let (from, into) = (*numbers.get(from)?, *numbers.get(into)?);
                Some(Edge { from, into, stacks, required, carries })
            })
            .collect();
        let alone = catalog.credentials.keys().filter(|id| !joined.contains(id)).cloned().collect();
        Self { title: catalog.title.clone(), nodes, edges, alone }
    }
}

/// The kind of a credential, as people say it.
pub(crate) const fn kind_name(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Badge => "badge",
        CredentialKind::MetaBadge => "meta-badge",
        CredentialKind::MicroCredential => "micro-credential",
        CredentialKind::Certificate => "certificate",
        CredentialKind::Diploma => "diploma",
        CredentialKind::Degree => "degree",
        CredentialKind::Program => "program",
    }
}

fn carries(fixed: &Fixed) -> String {
    let one = fixed.value == credstack_engine::Decimal::ONE;
    let unit = match (fixed.measure, one) {
        (Measure::Count, true) => "item",
        (Measure::Count, false) => "items",
        (Measure::Credits, true) => "credit",
        (Measure::Credits, false) => "credits",
        (Measure::Hours, true) => "hour",
        (Measure::Hours, false) => "hours",
    };
    format!("up to {} {unit}", fixed.value)
}

fn earned_in(requirement: &Requirement) -> Vec<&CredentialId> {
    let mut found = Vec::new();
    let mut open = vec![requirement];
    while let Some(node) = open.pop() {
        if let Rule::Earned(id) = &node.rule {
            found.push(id);
        }
        open.extend(node.children());
    }
    found
}

#[cfg(test)]
mod tests;
