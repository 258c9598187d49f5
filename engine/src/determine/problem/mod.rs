//! Turns requirement trees into the plain numbers of one allocation problem.
//!
//! `mod.rs` goes through the trees: every requirement becomes a node, every `take` a leaf with an arc for each item
//! that its pool may hold. `limits.rs` adds what may be counted inside a requirement, `sharing.rs` what credentials
//! may count in common.
//!
//! INVARIANT: the nodes of a tree are numbered in the order written, depth first, without a gap; `numbering.rs`
//! finds them again by that.

mod limits;
mod sharing;

use crate::select::{Holdings, Scope, Tri};
use credstack_allocate::{
    AmountNeed, Arc, Branch, Cap, ItemIx, Leaf, LeafIx, Level, Node, NodeIx, NodeKind, Problem, Table, Target,
    TargetIx, first,
};
use credstack_base::sorted::Map;
use credstack_model::{
    Amount, AttainmentId, CredentialId, Decimal, GpaOver, Grant, LimitRule, Measure, Requirement, Rule, ShareBound,
    ShareGroup, Take,
};

use super::averages::graded;
use super::facts;
use super::held::held;
use super::leaf_result::{LeafResult, item_level};
use super::pair_rule::Party;
use super::units::{in_units, item_amount};

/// A tree that takes part in a problem.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    /// The credential.
    pub(super) party: Party<'a>,
    /// Its tree in this problem.
    pub(super) tree: &'a Requirement,
    /// Whether what it takes is consumed: completion trees consume, the others do not.
    pub(super) consumes: bool,
}

/// A problem with the way back from its numbers to rules.
#[derive(Debug)]
pub(super) struct Built<'a> {
    pub(super) problem: Problem,
    /// The results of leaves that take nothing, by node.
    pub(super) leaf_results: Map<NodeIx, LeafResult>,
    /// The pool and measure of each leaf.
    pub(super) takes: Table<LeafIx, &'a Take>,
    /// How many units of distance are a thousandth of a credit.
    pub(super) scale: i64,
    /// Nodes that an exception waives.
    pub(super) waived: Vec<NodeIx>,
}

/// What a problem is built from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    pub(super) holdings: &'a Holdings<'a>,
    /// Credentials declared, conferred or asked about: what policies may depend on.
    pub(super) in_play: &'a [&'a CredentialId],
    /// Levels of credentials that another problem has settled.
    pub(super) settled: &'a Map<CredentialId, Level>,
    /// Items counted toward the credential's completion, for averages in its conferral tree.
    pub(super) applied: Option<&'a [ItemIx]>,
}

/// Build the problem of some members, the declared ones first.
pub(super) fn build<'a>(setting: Setting<'a>, members: &[Member<'a>], declared: usize) -> Built<'a> {
    let catalog = setting.holdings.catalog;
    let unique_hours = catalog
        .sharing
        .iter()
        .any(|policy| matches!(&policy.bound, ShareBound::Unique(unique) if unique.amount.measure == Measure::Hours));
    let has_hours = unique_hours || members.iter().any(|m| counts_hours(m.tree));
    let scale = if has_hours { catalog.defaults.hours_per_credit.thousandths().max(1) } else { 1 };
    let mut builder = Builder {
        setting,
        members,
        built: Built {
            problem: Problem { items: setting.holdings.items.len(), declared, ..Problem::default() },
            leaf_results: Map::new(),
            takes: Table::new(),
            scale,
            waived: Vec::new(),
        },
        shares: Map::new(),
        awards_into: Map::new(),
        forced: Vec::new(),
        target: TargetIx::new(0),
        tested: false,
    };
    for (target, member) in members.iter().enumerate() {
        builder.target = TargetIx::new(target);
        let root = builder.node(member.tree, false);
        builder.built.problem.targets.push(Target { root });
    }
    for target in builder.target_ixs() {
        builder.target = target;
        builder.consumption(target);
    }
    builder.pairs();
    builder.destinations();
    builder.ceilings();
    let Builder { mut built, .. } = builder;
    sort_arcs(&mut built.problem);
    built
}

/// Sort the arcs by item, then leaf; of two for the same pair keep the surer one.
fn sort_arcs(problem: &mut Problem) {
    credstack_base::order::sort_by_key(problem.arcs.as_list(), |a| (a.item, a.leaf, std::cmp::Reverse(a.level)));
    problem.arcs.as_list().dedup_by_key(|a| (a.item, a.leaf));
}

/// Check whether a tree measures anything in hours.
fn counts_hours(tree: &Requirement) -> bool {
    let own = match &tree.rule {
        Rule::Take(take) => take.measure == Measure::Hours,
        Rule::AtLeast(at_least) => at_least.measure == Measure::Hours,
        Rule::Seen(seen) => seen.measure == Measure::Hours,
        _ => false,
    };
    let measures = |fixed: &Amount| match fixed {
        Amount::Fixed(f) => f.measure == Measure::Hours,
        Amount::Percent(p) => p.measure == Measure::Hours,
    };
    let limits = tree.limits.iter().any(|limit| match &limit.rule {
        LimitRule::AtLeast(bounded) | LimitRule::AtMost(bounded) => measures(&bounded.amount),
        LimitRule::Last(last) => last.measure == Measure::Hours,
        _ => false,
    });
    own || limits || tree.children().into_iter().any(counts_hours)
}

struct Builder<'a, 'm> {
    setting: Setting<'a>,
    members: &'m [Member<'a>],
    built: Built<'a>,
    shares: Map<(TargetIx, &'a ShareGroup), u32>,
    /// Items of awards from which a target may be stacked only if from nothing else.
    awards_into: Map<TargetIx, Vec<Table<ItemIx, bool>>>,
    /// Attainments that exceptions force into the requirements around the node being built.
    forced: Vec<&'a AttainmentId>,
    target: TargetIx,
    /// Whether the node being built is inside a `not` or the test of a `when`.
    tested: bool,
}

impl<'a> Builder<'a, '_> {
    /// Return the record, read.
    fn holdings(&self) -> &'a Holdings<'a> {
        self.setting.holdings
    }

    fn target_ixs(&self) -> impl Iterator<Item = TargetIx> + use<> {
        first(self.members.len())
    }

    /// Return the tree being built.
    fn member(&self) -> Member<'a> {
        self.members[self.target.index()]
    }

    /// Return on whose behalf selectors are asked.
    fn scope(&self) -> Scope<'a> {
        Scope { credential: Some(self.member().party.id) }
    }

    /// Return what one unit of a measure is worth in distance.
    fn per_unit(&self, measure: Measure) -> i64 {
        match measure {
            Measure::Count => self.typical(),
            Measure::Credits => self.built.scale,
            // Hours in thousandths, over hours per credit in thousandths, in units of one over the latter.
            Measure::Hours => 1000,
        }
    }

    /// Return the distance of one missing item.
    fn typical(&self) -> i64 {
        self.holdings().catalog.defaults.typical_credits.thousandths().saturating_mul(self.built.scale)
    }

    /// Add a node and all below it; `idle` if nothing may be taken there.
    fn node(&mut self, requirement: &'a Requirement, idle: bool) -> NodeIx {
        let leaf_from = self.built.problem.leaves.end();
        let ix = self.built.problem.nodes.push(Node {
            target: self.target,
            kind: NodeKind::Known(Level::Unmet, 0),
            floors: Vec::new(),
            leaves: (leaf_from, leaf_from),
        });
        let waived = self.is_waived(requirement);
        let around = self.forced.len();
        self.forced.extend(self.forced_here(requirement));
        let kind = self.kind(ix, requirement, idle || waived);
        self.forced.truncate(around);
        let leaves = (leaf_from, self.built.problem.leaves.end());
        self.built.problem.nodes[ix].leaves = leaves;
        if waived {
            self.built.waived.push(ix);
            self.built.problem.nodes[ix].kind = NodeKind::Known(Level::Met, 0);
            return ix;
        }
        self.built.problem.nodes[ix].kind = kind;
        if !idle {
            for limit in &requirement.limits {
                self.limit(ix, requirement, limit, leaves);
            }
        }
        ix
    }

    /// Add a node inside a `not`, or the test of a `when`: nothing is taken there.
    fn test(&mut self, requirement: &'a Requirement) -> NodeIx {
        let outside = std::mem::replace(&mut self.tested, true);
        let node = self.node(requirement, true);
        self.tested = outside;
        node
    }

    /// Check whether an exception waives a requirement.
    fn is_waived(&self, requirement: &Requirement) -> bool {
        let id = self.member().party.id;
        requirement.label.as_ref().is_some_and(|label| {
            self.holdings()
                .record
                .exceptions
                .iter()
                .any(|e| e.credential == *id && matches!(&e.grant, Grant::Waive(l) if l == label))
        })
    }

    /// Return the kind of a node, whose children are added on the way.
    fn kind(&mut self, ix: NodeIx, requirement: &'a Requirement, idle: bool) -> NodeKind {
        match &requirement.rule {
            Rule::Take(take) => self.take(ix, take, idle),
            Rule::All(of) => NodeKind::All(of.iter().map(|r| self.node(r, idle)).collect()),
            Rule::Any(of) => NodeKind::AtLeast(1, of.iter().map(|r| self.node(r, idle)).collect()),
            Rule::AtLeast(at_least) => {
                let of: Vec<NodeIx> = at_least.of.iter().map(|r| self.node(r, idle)).collect();
                match at_least.measure {
                    Measure::Count => NodeKind::AtLeast(
                        usize::try_from(in_units(Measure::Count, at_least.min)).unwrap_or(usize::MAX),
                        of,
                    ),
                    measure => NodeKind::Amount(AmountNeed {
                        need: in_units(measure, at_least.min),
                        amounts: self.amounts(measure),
                        per_unit: self.per_unit(measure),
                        of,
                    }),
                }
            }
            Rule::Not(inner) => {
                let child = self.test(inner);
                let distance = self.typical();
                match self.known(child).map(Level::not) {
                    Some(level) => NodeKind::Known(level, if level == Level::Unmet { distance } else { 0 }),
                    None => NodeKind::Not(child, distance),
                }
            }
            Rule::When(when) => {
                let test = self.test(&when.test);
                let known = self.known(test);
                let branch = known.map(Level::branch);
                let then = self.node(&when.then, idle || branch == Some(Branch::Otherwise));
                let otherwise = self.node(&when.otherwise, idle || branch == Some(Branch::Then));
                match (known, branch) {
                    (_, Some(Branch::Otherwise)) => NodeKind::All(vec![otherwise]),
                    (_, Some(Branch::Unknown)) => NodeKind::Either(then, otherwise),
                    (Some(Level::Met), _) => NodeKind::All(vec![then]),
                    // A branch holds no more surely than its test.
                    (_, Some(Branch::Then) | None) => NodeKind::When(test, then, otherwise),
                }
            }
            Rule::Gpa(gpa) if self.member().consumes && matches!(gpa.over, GpaOver::Applied(_)) => {
                let GpaOver::Applied(selector) = &gpa.over else { return NodeKind::Known(Level::Unmet, 0) };
                let (holdings, scope) = (self.holdings(), self.scope());
                let weights = holdings
                    .items
                    .iter()
                    .map(|item| {
                        // What enters only perhaps is left to the reader of the answer.
                        let graded = graded(holdings, item, selector, scope).filter(|g| g.enters == Tri::Yes)?;
                        let over = graded.points.thousandths() - gpa.min.thousandths();
                        (graded.credits > Decimal::ZERO).then(|| graded.credits.thousandths().saturating_mul(over))
                    })
                    .collect();
                NodeKind::Average(weights, self.typical())
            }
            Rule::Earned(id) => self.earned(ix, requirement, id),
            Rule::Seen(_) | Rule::Attribute(_) | Rule::Gpa(_) | Rule::Approved(_) | Rule::AsOf(_) => {
                self.evaluated(ix, requirement)
            }
        }
    }

    /// Return the level of a node that is known beforehand.
    fn known(&self, node: NodeIx) -> Option<Level> {
        match &self.built.problem.nodes[node].kind {
            NodeKind::Known(level, _) => Some(*level),
            NodeKind::All(of) => Some(Level::all(self.all_known(of)?)),
            NodeKind::AtLeast(k, of) => Some(Level::at_least(*k, self.all_known(of)?)),
            _ => None,
        }
    }

    fn all_known(&self, nodes: &[NodeIx]) -> Option<Vec<Level>> {
        nodes.iter().map(|node| self.known(*node)).collect()
    }

    /// Add a leaf that takes nothing, evaluated beforehand.
    fn evaluated(&mut self, ix: NodeIx, requirement: &'a Requirement) -> NodeKind {
        let Some(result) =
            facts::evaluate(self.holdings(), requirement, self.scope(), self.setting.applied, &self.forced)
        else {
            return NodeKind::Known(Level::Review, 0);
        };
        let distance = match result.short {
            Some((measure, short)) => in_units(measure, short).saturating_mul(self.per_unit(measure)),
            None => self.typical(),
        };
        let kind = NodeKind::Known(result.level, if result.level == Level::Unmet { distance } else { 0 });
        self.built.leaf_results.insert(ix, result);
        kind
    }

    /// Add a leaf that asks for a credential to be held.
    fn earned(&mut self, ix: NodeIx, requirement: &'a Requirement, id: &CredentialId) -> NodeKind {
        if held(self.holdings(), id).is_some() {
            return self.evaluated(ix, requirement);
        }
        let distance = self.typical();
        // A `not` or a test that looked at what is completed in this same answer would let a lower
        // target spoil a higher one, so there only awards count.
        if self.tested {
            return NodeKind::Known(Level::Unmet, distance);
        }
        if let Some(level) = self.setting.settled.get(id) {
            return NodeKind::Known(*level, if *level == Level::Unmet { distance } else { 0 });
        }
        let other = self.target_ixs().find(|target| {
            let member = &self.members[target.index()];
            *target != self.target && member.consumes && member.party.id == id
        });
        other.map_or(NodeKind::Known(Level::Unmet, distance), |target| NodeKind::Held(target, distance))
    }

    /// Add a leaf that takes items, with an arc for each item that its pool may hold.
    fn take(&mut self, ix: NodeIx, take: &'a Take, idle: bool) -> NodeKind {
        let leaf = self.built.problem.leaves.end();
        let count = u32::try_from(self.shares.len()).unwrap_or(u32::MAX);
        let target = self.target;
        let share = take.share.as_ref().map(|group| *self.shares.entry((target, group)).or_insert(count));
        let per_unit = self.per_unit(take.measure);
        self.built.problem.leaves.push(Leaf {
            node: ix,
            target,
            need: in_units(take.measure, take.min),
            per_unit,
            share,
        });
        self.built.takes.push(take);
        if !idle {
            let (holdings, scope) = (self.holdings(), self.scope());
            let items = self.built.problem.item_ixs().zip(&holdings.items);
            for ((item_ix, item), answer) in items.zip(holdings.select(&take.pool, scope)) {
                let answer = if self.forced.contains(&&item.attainment.id) { Tri::Yes } else { answer };
                if answer == Tri::No || !holdings.counts(item, scope) {
                    continue;
                }
                if let Some(level) = item_level(item, answer) {
                    self.arc(item_ix, leaf, take.measure, level);
                }
            }
            if let Some(max) = take.max {
                self.built.problem.caps.push(Cap {
                    leaves: (leaf, leaf.next()),
                    weights: self.amounts(take.measure),
                    bound: in_units(take.measure, max),
                    rounded: None,
                });
            }
        }
        NodeKind::Take(leaf)
    }

    /// Add an arc.
    fn arc(&mut self, item: ItemIx, leaf: LeafIx, measure: Measure, level: Level) {
        let amount = item_amount(&self.holdings().items[item.index()], measure);
        // What adds nothing is not taken: it would only be lost to other leaves.
        if amount > 0 {
            self.built.problem.arcs.push(Arc { item, leaf, amount, level });
        }
    }

    /// Return the amounts of all items in a measure.
    fn amounts(&self, measure: Measure) -> Table<ItemIx, i64> {
        self.holdings().items.iter().map(|item| item_amount(item, measure)).collect()
    }

    /// Return the attainments that exceptions force into a labelled requirement.
    fn forced_here(&self, requirement: &Requirement) -> Vec<&'a AttainmentId> {
        let Some(label) = &requirement.label else { return Vec::new() };
        let id = self.member().party.id;
        let granted = self.holdings().record.exceptions.iter().filter(|e| e.credential == *id);
        granted
            .filter_map(|exception| match &exception.grant {
                Grant::Force(forced) if forced.requirement == *label => Some(&forced.attainment),
                _ => None,
            })
            .collect()
    }
}

/// Return the item of an attainment.
fn item_of(holdings: &Holdings<'_>, id: &AttainmentId) -> Option<ItemIx> {
    holdings.items.iter().position(|item| item.attainment.id == *id).map(ItemIx::new)
}
