//! The numbers of nodes: how the tree of a rule is found again in a problem.

use credstack_allocate::NodeIx;
use credstack_model::Requirement;

/// Return the children of a requirement in the order written, each with its node.
///
/// INVARIANT: `problem` numbers the nodes of a tree in this order, depth first, without a gap.
pub(super) fn children(node: NodeIx, requirement: &Requirement) -> Vec<(&Requirement, NodeIx)> {
    let mut next = node.index() + 1;
    let mut found = Vec::new();
    for child in requirement.children() {
        found.push((child, NodeIx::new(next)));
        next += count(child);
    }
    found
}

/// Return how many nodes a requirement has.
fn count(requirement: &Requirement) -> usize {
    1 + requirement.children().into_iter().map(count).sum::<usize>()
}
