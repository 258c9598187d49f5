//! Why a credential cannot be complete: what can be counted out, what competes, or that all was
//! searched.

use crate::explain::Namer;
use crate::select::{Holdings, Scope, Tri};
use credstack_allocate::{Allocation, Conflict, ItemIx, LeafIx, NodeIx, NodeKind, Part, TargetIx, conflict};
use credstack_base::sorted::Set;
use credstack_model::{Arg, Cannot, Message, NodeAnswer, Together, WhyNot};
use credstack_model::{AttainmentId, CredentialId, Decimal, GpaOver, Grant, Measure, Requirement, Rule, Take};

use super::answer::{names, nested};
use super::numbering;
use super::problem::{Built, Member};
use super::rounding::distance_in_credits;
use super::units::{from_units, item_amount};

/// The part of a budget that the search for a conflict may take.
const CONFLICT_SHARE: u64 = 4;
/// More attainments than this are counted in a sentence rather than named.
const NAMED: usize = 6;

/// A target of a solved problem that is not met.
pub(super) struct OpenTarget<'a, 'b> {
    pub(super) holdings: &'a Holdings<'a>,
    pub(super) built: &'b Built<'a>,
    pub(super) members: &'b [Member<'a>],
    pub(super) target: TargetIx,
}

impl<'a> OpenTarget<'a, '_> {
    /// Return what competes, if `steps` allow to look for it, and why the target cannot be met.
    pub(super) fn why_not(
        &self,
        answer: &NodeAnswer,
        allocation: &Allocation,
        steps: Option<u64>,
    ) -> (Option<WhyNot>, Option<Cannot>) {
        let nodes = answer.walk();
        let path = |node: NodeIx| {
            nodes.get(node.index() - self.root().index()).map_or_else(String::new, |node| node.path.clone())
        };
        let conflict = steps
            .and_then(|steps| conflict(&self.built.problem, self.target, &allocation.arcs, steps / CONFLICT_SHARE));
        let alone = self.refuted(self.members[self.target.index()].tree, self.root());
        let cannot = match (alone, &conflict) {
            _ if self.is_forced() => Cannot::Searched(allocation.steps),
            (Some(alone), _) => Cannot::Alone(alone.into_iter().map(path).collect()),
            (None, Some(conflict)) => match self.together(conflict, &path) {
                Some(together) => Cannot::Together(together),
                None => Cannot::Searched(allocation.steps),
            },
            (None, None) => Cannot::Searched(allocation.steps),
        };
        (conflict.map(|conflict| self.told(&conflict, &nodes)), Some(cannot))
    }

    /// Return the root of the target.
    fn root(&self) -> NodeIx {
        self.built.problem.targets[self.target].root
    }

    /// Return nodes that are out of reach by themselves, and without which this one is out of reach.
    fn refuted(&self, requirement: &Requirement, ix: NodeIx) -> Option<Vec<NodeIx>> {
        let problem = &self.built.problem;
        if self.built.waived.contains(&ix) {
            return None;
        }
        let children = numbering::children(ix, requirement);
        let mut each = children.iter().map(|(child, at)| self.refuted(child, *at));
        match (&requirement.rule, &problem.nodes[ix].kind) {
            (Rule::Take(take), NodeKind::Take(leaf)) => {
                let serving = self.serving(take).into_iter();
                let all: i64 = serving.map(|item| item_amount(&self.holdings.items[item.index()], take.measure)).sum();
                (all < problem.leaves[*leaf].need).then(|| vec![ix])
            }
            (Rule::Gpa(gpa), _) if matches!(gpa.over, GpaOver::Applied(_)) => None,
            (Rule::Attribute(_) | Rule::Seen(_) | Rule::Gpa(_) | Rule::Approved(_) | Rule::AsOf(_), kind) => {
                matches!(kind, NodeKind::Known(credstack_allocate::Level::Unmet, _)).then(|| vec![ix])
            }
            (Rule::All(_), _) => each.find_map(|refuted| refuted),
            (Rule::Any(of), _) => some(each.flatten().collect(), of.len()),
            (Rule::AtLeast(at_least), _) if at_least.measure == Measure::Count => {
                let asked = usize::try_from(at_least.min.thousandths() / 1000).unwrap_or(usize::MAX);
                let enough = (at_least.of.len() + 1).checked_sub(asked)?;
                some(each.flatten().collect(), enough)
            }
            // A test that is known leaves one branch.
            (Rule::When(_), NodeKind::All(chosen)) => {
                children.iter().filter(|(_, at)| chosen.contains(at)).find_map(|(child, at)| self.refuted(child, *at))
            }
            (Rule::When(_), _) => some(each.skip(1).flatten().collect(), 2),
            _ => None,
        }
    }

    /// Return the items that a pool holds, whether or not something keeps them from being counted.
    fn serving(&self, take: &Take) -> Vec<ItemIx> {
        let scope = Scope { credential: Some(self.members[self.target.index()].party.id) };
        let answers = self.holdings.items.iter().zip(self.holdings.select(&take.pool, scope)).enumerate();
        let serves = answers.filter(|(_, (item, answer))| *answer != Tri::No && self.holdings.counts(item, scope));
        serves.map(|(ix, _)| ItemIx::new(ix)).collect()
    }

    /// Return the leaves of a conflict, if counting what their pools hold shows it.
    fn together(&self, conflict: &Conflict, path: &dyn Fn(NodeIx) -> String) -> Option<Together> {
        conflict.cut?;
        let leaves: Vec<LeafIx> = leaves(conflict);
        let takes: Vec<&Take> = leaves.iter().map(|leaf| self.built.takes[*leaf]).collect();
        let measure = takes.first()?.measure;
        if takes.iter().any(|take| take.measure != measure || take.share.is_some()) {
            return None;
        }
        let serving: Set<ItemIx> = credstack_base::order::set(takes.iter().flat_map(|take| self.serving(take)));
        let need: Decimal = takes.iter().map(|take| take.min).sum();
        let most = serving.into_iter().map(|item| item_amount(&self.holdings.items[item.index()], measure)).sum();
        let most = from_units(measure, most);
        (most < need).then(|| Together {
            nodes: leaves.iter().map(|leaf| path(self.built.problem.leaves[*leaf].node)).collect(),
            measure,
            need,
            most,
        })
    }

    /// Check whether an exception forces anything into a requirement: what its pool holds is not all then.
    fn is_forced(&self) -> bool {
        let id = self.members[self.target.index()].party.id;
        let mut own = self.holdings.record.exceptions.iter().filter(|exception| exception.credential == *id);
        own.any(|exception| matches!(exception.grant, Grant::Force(_)))
    }

    /// Return a conflict in words.
    fn told(&self, conflict: &Conflict, nodes: &[&NodeAnswer]) -> WhyNot {
        let namer = Namer { catalog: self.holdings.catalog };
        let credentials: Vec<&CredentialId> = conflict
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Target(other) => Some(self.members[other.index()].party.id),
                Part::Leaf(_) => None,
            })
            .collect();
        let of_leaves: Vec<&NodeAnswer> = leaves(conflict)
            .into_iter()
            .filter_map(|leaf| nodes.get(self.built.problem.leaves[leaf].node.index() - self.root().index()).copied())
            .collect();
        let items: Vec<&AttainmentId> =
            conflict.items.iter().map(|item| &self.holdings.items[item.index()].attainment.id).collect();
        let rule = |node: &&NodeAnswer| match &node.label {
            Some(label) => Message::new("why-not-named").text("label", label).with("rule", nested(node.rule.clone())),
            None => node.rule.clone(),
        };
        let beside =
            credentials.iter().map(|id| Message::new("why-not-credential").text("credential", namer.credential(id)));
        let parts: Vec<Message> = of_leaves.iter().map(rule).chain(beside).collect();
        let supply = if items.len() <= NAMED {
            let of = |item: &ItemIx| self.holdings.items[item.index()].attainment.of.to_string();
            names(conflict.items.iter().map(of).collect())
        } else {
            let count = Decimal::whole(i64::try_from(items.len()).unwrap_or(i64::MAX));
            nested(Message::new("why-not-items").number("n", count))
        };
        let credits = |distance: i64| distance_in_credits(distance, self.built.scale.max(1));
        let text = match conflict.cut {
            Some((need, most)) => {
                Message::new("why-not-counted").number("need", credits(need)).number("most", credits(most))
            }
            None => Message::new("why-not-searched"),
        };
        WhyNot {
            credentials: credentials.into_iter().cloned().collect(),
            requirements: of_leaves.iter().map(|node| node.path.clone()).collect(),
            attainments: items.into_iter().cloned().collect(),
            text: text.with("rules", Arg::Messages(parts)).with("attainments", supply),
        }
    }
}

/// Return the leaves among the parts of a conflict.
fn leaves(conflict: &Conflict) -> Vec<LeafIx> {
    let leaf = |part: &Part| match part {
        Part::Leaf(leaf) => Some(*leaf),
        Part::Target(_) => None,
    };
    conflict.parts.iter().filter_map(leaf).collect()
}

/// Return the nodes of so many refuted children, if there are as many.
fn some(refuted: Vec<Vec<NodeIx>>, enough: usize) -> Option<Vec<NodeIx>> {
    (enough > 0 && refuted.len() >= enough).then(|| refuted.into_iter().take(enough).flatten().collect())
}
