//! From requirement trees to the plain numbers of an allocation problem.

use std::collections::{BTreeMap, BTreeSet};

use crate::allocate::{
    AmountNeed, Arc, Cap, Ceiling, Exclusion, Floor, ItemIx, Leaf, LeafIx, Level, Node, NodeIx, NodeKind, OneSource,
    Other, Pair, Problem, RoundedShare, Sharing, Target, TargetIx, share_of,
};
use crate::model::{
    Amount, AttainmentId, Bounded, CredentialId, CredentialSelector, Decimal, Fixed, GpaOver, Grant, Limit, LimitRule,
    Measure, Percent, PercentBase, Requirement, Rounding, Rule, Selector, ShareBound, ShareGroup, Take,
};
use crate::select::{Holdings, Item, Scope, Tri};

use super::facts::{Look, graded, in_units, item_amount, item_level, look};
use super::required::required;
use super::sharing::{Party, pair_rule, selects};

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
    /// What looking leaves answered, by node.
    pub(super) looks: BTreeMap<NodeIx, Look>,
    /// The pool and measure of each leaf.
    pub(super) takes: Vec<&'a Take>,
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
    pub(super) settled: &'a BTreeMap<CredentialId, Level>,
    /// Items counted toward the credential's completion, for averages in its conferral tree.
    pub(super) applied: Option<&'a [ItemIx]>,
}

/// Builds the problem of some members, the declared ones first.
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
            looks: BTreeMap::new(),
            takes: Vec::new(),
            scale,
            waived: Vec::new(),
        },
        shares: BTreeMap::new(),
        awards_into: BTreeMap::new(),
        forced: Vec::new(),
        target: 0,
        tested: false,
    };
    for (target, member) in members.iter().enumerate() {
        builder.target = target;
        let root = builder.node(member.tree, false);
        builder.built.problem.targets.push(Target { root });
    }
    for target in 0..members.len() {
        builder.target = target;
        builder.consumption(target);
    }
    builder.pairs();
    builder.ceilings();
    let Builder { mut built, .. } = builder;
    sort_arcs(&mut built.problem);
    built
}

/// Arcs are sorted by item, then leaf; of two for the same pair the surer stays.
fn sort_arcs(problem: &mut Problem) {
    problem.arcs.sort_by_key(|a| (a.item, a.leaf, std::cmp::Reverse(a.level)));
    problem.arcs.dedup_by_key(|a| (a.item, a.leaf));
}

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
    let limits = tree
        .limits
        .iter()
        .any(|l| matches!(&l.rule, LimitRule::AtLeast(b) | LimitRule::AtMost(b) if measures(&b.amount)));
    own || limits || tree.children().into_iter().any(counts_hours)
}

struct Builder<'a, 'm> {
    setting: Setting<'a>,
    members: &'m [Member<'a>],
    built: Built<'a>,
    shares: BTreeMap<(TargetIx, &'a ShareGroup), u32>,
    /// Items of awards from which a target may be stacked only if from nothing else.
    awards_into: BTreeMap<TargetIx, Vec<Vec<bool>>>,
    /// Attainments that exceptions force into the requirements around the node being built.
    forced: Vec<&'a AttainmentId>,
    target: TargetIx,
    /// Whether the node being built is inside a `not` or the test of a `when`.
    tested: bool,
}

impl<'a> Builder<'a, '_> {
    fn holdings(&self) -> &'a Holdings<'a> {
        self.setting.holdings
    }

    fn member(&self) -> Member<'a> {
        self.members[self.target]
    }

    fn scope(&self) -> Scope<'a> {
        Scope { credential: Some(self.member().party.id) }
    }

    /// What one unit of a measure is worth in distance.
    fn per_unit(&self, measure: Measure) -> i64 {
        match measure {
            Measure::Count => self.typical(),
            Measure::Credits => self.built.scale,
            // Hours in thousandths, over hours per credit in thousandths, in units of one over the latter.
            Measure::Hours => 1000,
        }
    }

    /// The distance of one missing item.
    fn typical(&self) -> i64 {
        self.holdings().catalog.defaults.typical_credits.thousandths().saturating_mul(self.built.scale)
    }

    /// A node, after everything it needs has its number; `idle` if nothing may be taken below it.
    fn node(&mut self, requirement: &'a Requirement, idle: bool) -> NodeIx {
        let ix = self.built.problem.nodes.len();
        let leaf_from = self.built.problem.leaves.len();
        self.built.problem.nodes.push(Node {
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
        let leaves = (leaf_from, self.built.problem.leaves.len());
        self.built.problem.nodes[ix].leaves = leaves;
        if waived {
            self.built.waived.push(ix);
            self.built.problem.nodes[ix].kind = NodeKind::Known(Level::Met, 0);
            return ix;
        }
        self.built.problem.nodes[ix].kind = kind;
        if !idle {
            self.force(requirement, leaves);
            for limit in &requirement.limits {
                self.limit(ix, requirement, limit, leaves);
            }
        }
        ix
    }

    /// A node inside a `not`, or the test of a `when`: nothing is taken there.
    fn test(&mut self, requirement: &'a Requirement) -> NodeIx {
        let outside = std::mem::replace(&mut self.tested, true);
        let node = self.node(requirement, true);
        self.tested = outside;
        node
    }

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
                match self.known(child) {
                    Some(Level::Unmet) => NodeKind::Known(Level::Met, 0),
                    Some(Level::Review) => NodeKind::Known(Level::Review, 0),
                    Some(Level::InProgress | Level::Met) => NodeKind::Known(Level::Unmet, distance),
                    None => NodeKind::Not(child, distance),
                }
            }
            Rule::When(when) => {
                let test = self.test(&when.test);
                let known = self.known(test);
                let then = self.node(&when.then, idle || known == Some(Level::Unmet));
                let otherwise =
                    self.node(&when.otherwise, idle || matches!(known, Some(Level::InProgress | Level::Met)));
                match known {
                    Some(Level::Unmet) => NodeKind::All(vec![otherwise]),
                    Some(Level::Review) => NodeKind::Either(then, otherwise),
                    Some(Level::Met) => NodeKind::All(vec![then]),
                    Some(Level::InProgress) | None => NodeKind::When(test, then, otherwise),
                }
            }
            Rule::Gpa(gpa) if self.member().consumes && matches!(gpa.over, GpaOver::Applied(_)) => {
                let GpaOver::Applied(selector) = &gpa.over else { return NodeKind::Known(Level::Unmet, 0) };
                let (holdings, scope) = (self.holdings(), self.scope());
                let weights = holdings
                    .items
                    .iter()
                    .map(|item| {
                        let (credits, points) = graded(holdings, item, selector, scope)?;
                        (credits > Decimal::ZERO)
                            .then(|| credits.thousandths() * (points.thousandths() - gpa.min.thousandths()))
                    })
                    .collect();
                NodeKind::Average(weights, self.typical())
            }
            Rule::Earned(id) => self.earned(ix, requirement, id),
            Rule::Seen(_) | Rule::Attribute(_) | Rule::Gpa(_) | Rule::Approved(_) | Rule::AsOf(_) => {
                self.looked(ix, requirement)
            }
        }
    }

    /// The level of a node that is known beforehand.
    fn known(&self, node: NodeIx) -> Option<Level> {
        match &self.built.problem.nodes[node].kind {
            NodeKind::Known(level, _) => Some(*level),
            NodeKind::All(of) => of.iter().map(|n| self.known(*n)).try_fold(Level::Met, |a, b| b.map(|b| a.min(b))),
            NodeKind::AtLeast(1, of) => {
                of.iter().map(|n| self.known(*n)).try_fold(Level::Unmet, |a, b| b.map(|b| a.max(b)))
            }
            NodeKind::AtLeast(k, of) => {
                let mut levels = of.iter().map(|n| self.known(*n)).collect::<Option<Vec<_>>>()?;
                levels.sort_unstable_by_key(|l| std::cmp::Reverse(*l));
                Some(k.checked_sub(1).map_or(Level::Met, |n| levels.get(n).copied().unwrap_or_default()))
            }
            _ => None,
        }
    }

    fn looked(&mut self, ix: NodeIx, requirement: &'a Requirement) -> NodeKind {
        let Some(look) = look(self.holdings(), requirement, self.scope(), self.setting.applied, &self.forced) else {
            return NodeKind::Known(Level::Review, 0);
        };
        let distance = match look.short {
            Some((measure, short)) => in_units(measure, short).saturating_mul(self.per_unit(measure)),
            None => self.typical(),
        };
        let kind = NodeKind::Known(look.level, if look.level == Level::Unmet { distance } else { 0 });
        self.built.looks.insert(ix, look);
        kind
    }

    fn earned(&mut self, ix: NodeIx, requirement: &'a Requirement, id: &CredentialId) -> NodeKind {
        if super::facts::held(self.holdings(), id).is_some() {
            return self.looked(ix, requirement);
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
        let other =
            self.members.iter().enumerate().position(|(t, m)| t != self.target && m.consumes && m.party.id == id);
        other.map_or(NodeKind::Known(Level::Unmet, distance), |target| NodeKind::Held(target, distance))
    }

    fn take(&mut self, ix: NodeIx, take: &'a Take, idle: bool) -> NodeKind {
        let leaf = self.built.problem.leaves.len();
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
            for (item_ix, (item, answer)) in holdings.items.iter().zip(holdings.select(&take.pool, scope)).enumerate() {
                if answer == Tri::No || !holdings.counts(item, scope) {
                    continue;
                }
                if let Some(level) = item_level(item, answer) {
                    self.arc(item_ix, leaf, take.measure, level);
                }
            }
            if let Some(max) = take.max {
                self.built.problem.caps.push(Cap {
                    leaves: (leaf, leaf + 1),
                    weights: self.amounts(take.measure),
                    bound: in_units(take.measure, max),
                    rounded: None,
                });
            }
        }
        NodeKind::Take(leaf)
    }

    fn arc(&mut self, item: ItemIx, leaf: LeafIx, measure: Measure, level: Level) {
        let amount = item_amount(&self.holdings().items[item], measure);
        // What adds nothing is not taken: it would only be lost to other leaves.
        if amount > 0 {
            self.built.problem.arcs.push(Arc { item, leaf, amount, level });
        }
    }

    fn amounts(&self, measure: Measure) -> Vec<i64> {
        self.holdings().items.iter().map(|item| item_amount(item, measure)).collect()
    }

    /// The attainments that exceptions force into a labelled requirement.
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

    /// Lets what is forced into a requirement go to every leaf inside it.
    fn force(&mut self, requirement: &Requirement, leaves: (LeafIx, LeafIx)) {
        let (holdings, scope) = (self.holdings(), self.scope());
        for attainment in self.forced_here(requirement) {
            let Some(ix) = item_of(holdings, attainment) else { continue };
            let item = &holdings.items[ix];
            if let (Some(level), true) = (item_level(item, Tri::Yes), holdings.counts(item, scope)) {
                for leaf in leaves.0..leaves.1 {
                    let measure = self.built.takes[leaf].measure;
                    self.arc(ix, leaf, measure, level);
                }
            }
        }
    }

    /// Which items a selector selects surely, and which perhaps.
    fn matching(&self, selector: &Selector) -> (Vec<bool>, Vec<bool>) {
        let (holdings, scope) = (self.holdings(), self.scope());
        let answers = holdings.select(selector, scope);
        (answers.iter().map(|a| *a == Tri::Yes).collect(), answers.iter().map(|a| *a == Tri::Unknown).collect())
    }

    /// What perhaps falls under a bound counts, but only pending review.
    fn doubt(&mut self, leaves: (LeafIx, LeafIx), doubtful: &[bool]) {
        for arc in &mut self.built.problem.arcs {
            if (leaves.0..leaves.1).contains(&arc.leaf) && doubtful[arc.item] {
                arc.level = Level::Review;
            }
        }
    }

    fn limit(&mut self, ix: NodeIx, requirement: &'a Requirement, limit: &'a Limit, leaves: (LeafIx, LeafIx)) {
        match &limit.rule {
            LimitRule::AtMost(bounded) => self.at_most(requirement, bounded, leaves),
            LimitRule::AtLeast(bounded) => {
                let floor = self.at_least(requirement, bounded);
                self.built.problem.nodes[ix].floors.push(floor);
            }
            LimitRule::AtMostPer(per) => {
                let (matches, doubtful) = self.matching(&per.of);
                self.doubt(leaves, &doubtful);
                let amounts = self.amounts(per.amount.measure);
                let bound = in_units(per.amount.measure, per.amount.value);
                let keys = self.keys(&per.per);
                let mut groups: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
                for (item, key) in keys.iter().enumerate() {
                    if let (Some(key), true) = (key, matches[item]) {
                        groups.entry(*key).or_insert_with(|| vec![0; amounts.len()])[item] = amounts[item];
                    }
                }
                for weights in groups.into_values() {
                    self.built.problem.caps.push(Cap { leaves, weights, bound, rounded: None });
                }
            }
            LimitRule::Distinct(distinct) => {
                let (matches, _) = self.matching(&distinct.of);
                let keys =
                    self.keys(&distinct.per).into_iter().zip(matches).map(|(key, m)| key.filter(|_| m)).collect();
                let floor = Floor::Distinct {
                    need: usize::try_from(distinct.min).unwrap_or(usize::MAX),
                    keys,
                    per_key: self.typical(),
                };
                self.built.problem.nodes[ix].floors.push(floor);
            }
            LimitRule::Span(span) => {
                let (matches, doubtful) = self.matching(&span.of);
                self.undated(leaves, &matches, &doubtful);
                self.exclude(
                    leaves,
                    |first, second| {
                        // Items are in order of completion, but what has no date comes last.
                        let dates = first.completed.zip(second.completed);
                        dates.is_some_and(|(a, b)| span.within.after(a) < b)
                    },
                    &matches,
                    &matches,
                );
            }
            LimitRule::Order(order) => {
                let (first, first_doubt) = self.matching(&order.first);
                let (then, then_doubt) = self.matching(&order.then);
                self.undated(leaves, &first, &first_doubt);
                self.undated(leaves, &then, &then_doubt);
                let together = order.together;
                self.exclude(
                    leaves,
                    |a, b| {
                        let dates = a.completed.zip(b.completed);
                        dates.is_some_and(|(a, b)| if together { a > b } else { a >= b })
                    },
                    &first,
                    &then,
                );
            }
        }
    }

    /// What has no date falls under a limit of time only perhaps.
    fn undated(&mut self, leaves: (LeafIx, LeafIx), matches: &[bool], doubtful: &[bool]) {
        let unknown: Vec<bool> = self
            .holdings()
            .items
            .iter()
            .enumerate()
            .map(|(ix, item)| doubtful[ix] || (matches[ix] && item.completed.is_none()))
            .collect();
        self.doubt(leaves, &unknown);
    }

    /// Excludes pairs of one item from `first` and another from `second` that clash in this order.
    fn exclude(
        &mut self,
        leaves: (LeafIx, LeafIx),
        clash: impl Fn(&Item<'_>, &Item<'_>) -> bool,
        first: &[bool],
        second: &[bool],
    ) {
        let items = &self.holdings().items;
        let mut with: Vec<Vec<ItemIx>> = vec![Vec::new(); items.len()];
        for (a, x) in items.iter().enumerate() {
            for (b, y) in items.iter().enumerate() {
                if a != b && first[a] && second[b] && clash(x, y) {
                    with[a].push(b);
                    with[b].push(a);
                }
            }
        }
        for list in &mut with {
            list.sort_unstable();
            list.dedup();
        }
        if with.iter().any(|list| !list.is_empty()) {
            self.built.problem.exclusions.push(Exclusion { leaves, with });
        }
    }

    fn at_most(&mut self, requirement: &'a Requirement, bounded: &'a Bounded, leaves: (LeafIx, LeafIx)) {
        let (matches, doubtful) = self.matching(&bounded.of);
        self.doubt(leaves, &doubtful);
        let only = |weights: Vec<i64>| -> Vec<i64> {
            weights.into_iter().zip(&matches).map(|(w, m)| if *m { w } else { 0 }).collect()
        };
        let cap = match &bounded.amount {
            Amount::Fixed(fixed) => Cap {
                leaves,
                weights: only(self.amounts(fixed.measure)),
                bound: in_units(fixed.measure, fixed.value),
                rounded: None,
            },
            Amount::Percent(percent) if percent.base == PercentBase::Required => Cap {
                leaves,
                weights: only(self.amounts(percent.measure)),
                bound: self.of_required(requirement, percent, false),
                rounded: None,
            },
            Amount::Percent(percent) => {
                let p = percent.percent.thousandths();
                let weights = self.amounts(percent.measure);
                let step = step_of(percent);
                let linear =
                    weights.iter().zip(&matches).map(|(w, m)| if *m { w * (100_000 - p) } else { -w * p }).collect();
                Cap {
                    leaves,
                    weights: linear,
                    bound: step * 100_000,
                    rounded: (step > 0).then_some(RoundedShare { percent: p, step, weights, matches }),
                }
            }
        };
        self.built.problem.caps.push(cap);
    }

    fn at_least(&self, requirement: &'a Requirement, bounded: &'a Bounded) -> Floor {
        let (matches, doubtful) = self.matching(&bounded.of);
        let only = |weights: Vec<i64>| -> Vec<i64> {
            weights.into_iter().enumerate().map(|(i, w)| if matches[i] || doubtful[i] { w } else { 0 }).collect()
        };
        match &bounded.amount {
            Amount::Fixed(fixed) => Floor::Sum {
                need: in_units(fixed.measure, fixed.value),
                weights: only(self.amounts(fixed.measure)),
                doubtful,
                per_unit: self.per_unit(fixed.measure),
            },
            Amount::Percent(percent) if percent.base == PercentBase::Required => Floor::Sum {
                need: self.of_required(requirement, percent, true),
                weights: only(self.amounts(percent.measure)),
                doubtful,
                per_unit: self.per_unit(percent.measure),
            },
            Amount::Percent(percent) => Floor::Share {
                percent: percent.percent.thousandths(),
                step: step_of(percent),
                weights: self.amounts(percent.measure),
                matches,
                doubtful,
                per_unit: self.per_unit(percent.measure),
            },
        }
    }

    /// A percentage of what a requirement asks at the least.
    fn of_required(&self, requirement: &Requirement, percent: &Percent, round_up: bool) -> i64 {
        let base = in_units(percent.measure, required(self.holdings().catalog, requirement, percent.measure));
        let step = step_of(percent);
        let p = percent.percent.thousandths();
        if step == 0 && !round_up {
            let exact = i128::from(base) * i128::from(p) / 100_000;
            return i64::try_from(exact).unwrap_or(i64::MAX);
        }
        share_of(base, p, step)
    }

    /// The values of a key as numbers, equal where the values are.
    fn keys(&self, key: &crate::model::Key) -> Vec<Option<u32>> {
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let holdings = self.holdings();
        holdings
            .items
            .iter()
            .map(|item| {
                let value = holdings.key(key, item)?;
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                Some(*numbers.entry(value).or_insert(next))
            })
            .collect()
    }

    /// What a target may take of what conferred credentials have consumed.
    fn consumption(&mut self, target: TargetIx) {
        let member = self.members[target];
        if !member.consumes {
            return;
        }
        let (holdings, catalog) = (self.holdings(), self.holdings().catalog);
        let leaves = self.built.problem.nodes[self.built.problem.targets[target].root].leaves;
        let mut awards: Vec<_> =
            holdings.record.conferred.iter().filter(|a| a.credential != *member.party.id).collect();
        awards.sort_by(|a, b| (&a.credential, a.on).cmp(&(&b.credential, b.on)));
        // All that an award holds, and of it what no exception frees.
        let mut consumed: BTreeMap<&CredentialId, (Vec<bool>, Vec<bool>)> = BTreeMap::new();
        for award in awards.iter().filter(|award| award.on <= holdings.as_of) {
            let nothing = || (vec![false; holdings.items.len()], vec![false; holdings.items.len()]);
            let (held, bound) = consumed.entry(&award.credential).or_insert_with(nothing);
            for id in &award.consumed {
                if let Some(item) = item_of(holdings, id) {
                    held[item] = true;
                    bound[item] = !self.may_share(target, item) && !self.is_excepted(&award.credential, item);
                }
            }
        }
        let mut barred = vec![false; holdings.items.len()];
        for (id, (held, items)) in consumed {
            let other = catalog.credentials.get(id).and_then(|credential| {
                let completion = &super::edition::edition(holdings, id, credential).0?.completion;
                Some(Party { id, credential, completion })
            });
            let Some(other) = other else {
                // What the catalog does not know keeps what it consumed.
                for (item, consumed) in items.iter().enumerate() {
                    barred[item] |= *consumed;
                }
                continue;
            };
            let rule = pair_rule(catalog, member.party, other, self.setting.in_play);
            for (item, consumed) in items.iter().enumerate() {
                if *consumed {
                    match self.shareable(&rule, item) {
                        Tri::Yes => {}
                        Tri::No => barred[item] = true,
                        Tri::Unknown => {
                            let doubtful: Vec<bool> = (0..items.len()).map(|i| i == item).collect();
                            self.doubt(leaves, &doubtful);
                        }
                    }
                }
            }
            for (fixed, exempt) in &rule.bounds {
                let amounts = self.amounts(fixed.measure);
                let weights = (0..items.len())
                    .map(|i| if items[i] && !self.is_exempt(*exempt, i) { amounts[i] } else { 0 })
                    .collect();
                self.built.problem.caps.push(Cap {
                    leaves,
                    weights,
                    bound: in_units(fixed.measure, fixed.value),
                    rounded: None,
                });
            }
            for (_, fixed) in rule.unique.iter().filter(|(side, _)| side == member.party.id) {
                let floor = Floor::Unique {
                    other: Other::Items(held.clone()),
                    need: in_units(fixed.measure, fixed.value),
                    weights: self.amounts(fixed.measure),
                    per_unit: self.per_unit(fixed.measure),
                };
                let root = self.built.problem.targets[target].root;
                self.built.problem.nodes[root].floors.push(floor);
            }
            if rule.single_source_into.as_ref() == Some(member.party.id) {
                self.awards_into.entry(target).or_default().push(items);
            }
        }
        self.built.problem.arcs.retain(|arc| !((leaves.0..leaves.1).contains(&arc.leaf) && barred[arc.item]));
    }

    /// Whether an exception lets an item also count in a target.
    fn may_share(&self, target: TargetIx, item: ItemIx) -> bool {
        self.is_excepted(self.members[target].party.id, item)
    }

    /// Whether an exception lets an item count in a credential although another counts it.
    fn is_excepted(&self, id: &CredentialId, item: ItemIx) -> bool {
        let attainment = &self.holdings().items[item].attainment.id;
        self.holdings()
            .record
            .exceptions
            .iter()
            .any(|e| e.credential == *id && matches!(&e.grant, Grant::Share(shared) if shared == attainment))
    }

    fn is_exempt(&self, exempt: Option<&Selector>, item: ItemIx) -> bool {
        let policy = Scope { credential: None };
        exempt.is_some_and(|s| self.holdings().selects(s, &self.holdings().items[item], policy) == Tri::Yes)
    }

    /// Whether a pair may share an item at all.
    fn shareable(&self, rule: &super::sharing::PairRule<'_>, item: ItemIx) -> Tri {
        let policy = Scope { credential: None };
        let holdings = self.holdings();
        let only =
            rule.only.iter().map(|s| holdings.selects(s, &holdings.items[item], policy)).min().unwrap_or(Tri::Yes);
        let nothing = rule.nothing_but.iter().any(|exempt| !self.is_exempt(*exempt, item));
        if nothing { Tri::No } else { only }
    }

    fn pairs(&mut self) {
        let mut sources: BTreeMap<TargetIx, Vec<usize>> = BTreeMap::new();
        for a in 0..self.members.len() {
            for b in a + 1..self.members.len() {
                let (x, y) = (self.members[a], self.members[b]);
                if !x.consumes || !y.consumes {
                    continue;
                }
                let rule = pair_rule(self.holdings().catalog, x.party, y.party, self.setting.in_play);
                let items: Vec<Sharing> = (0..self.built.problem.items)
                    .map(|item| {
                        if self.may_share(a, item) || self.may_share(b, item) {
                            Sharing::Free
                        } else if self.shareable(&rule, item) == Tri::Yes {
                            Sharing::Bounded
                        } else {
                            Sharing::Never
                        }
                    })
                    .collect();
                let bounds = rule
                    .bounds
                    .iter()
                    .map(|(fixed, exempt)| {
                        let amounts = self.amounts(fixed.measure);
                        let weights = (0..amounts.len())
                            .map(|i| if self.is_exempt(*exempt, i) { 0 } else { amounts[i] })
                            .collect();
                        (weights, in_units(fixed.measure, fixed.value))
                    })
                    .collect();
                for (side, fixed) in &rule.unique {
                    self.unique(a, b, side, fixed);
                }
                if let Some(into) = &rule.single_source_into {
                    let into = if x.party.id == into { a } else { b };
                    sources.entry(into).or_default().push(self.built.problem.pairs.len());
                }
                self.built.problem.pairs.push(Pair { a, b, items, bounds });
            }
        }
        let awards_into = std::mem::take(&mut self.awards_into);
        for into in 0..self.members.len() {
            let pairs = sources.remove(&into).unwrap_or_default();
            let awards = awards_into.get(&into).cloned().unwrap_or_default();
            if pairs.len() + awards.len() > 1 {
                self.built.problem.one_source.push(OneSource { into, pairs, awards });
            }
        }
    }

    fn unique(&mut self, a: TargetIx, b: TargetIx, side: &CredentialId, fixed: &Fixed) {
        let (target, other) = if self.members[a].party.id == side { (a, b) } else { (b, a) };
        let floor = Floor::Unique {
            other: Other::Target(other),
            need: in_units(fixed.measure, fixed.value),
            weights: self.amounts(fixed.measure),
            per_unit: self.per_unit(fixed.measure),
        };
        let root = self.built.problem.targets[target].root;
        self.built.problem.nodes[root].floors.push(floor);
    }

    fn ceilings(&mut self) {
        let holdings = self.holdings();
        for ceiling in &holdings.catalog.ceilings {
            let targets: Vec<bool> = self
                .members
                .iter()
                .map(|m| m.consumes && selects(holdings.catalog, &ceiling.credentials, m.party.id))
                .collect();
            if !targets.contains(&true) {
                continue;
            }
            // Items are counted apart where they are counted for different targets: a target whose
            // own award holds an item already, or that an exception lets share it, uses up nothing.
            let mut apart: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
            for (ix, item) in holdings.items.iter().enumerate() {
                let policy = Scope { credential: None };
                if ceiling.of.as_ref().is_some_and(|s| holdings.selects(s, item, policy) != Tri::Yes) {
                    continue;
                }
                let serving = self.serving(item, &ceiling.credentials);
                let counted: Vec<bool> = targets
                    .iter()
                    .zip(self.members)
                    .enumerate()
                    .map(|(t, (counts, m))| *counts && !serving.contains(m.party.id) && !self.may_share(t, ix))
                    .collect();
                let max = usize::try_from(ceiling.max).unwrap_or(usize::MAX).saturating_sub(serving.len());
                apart.entry(counted).or_insert_with(|| vec![usize::MAX; holdings.items.len()])[ix] = max;
            }
            let problem = &mut self.built.problem;
            for (targets, max) in apart {
                let is_shut = |arc: &Arc| max[arc.item] == 0 && targets[problem.leaves[arc.leaf].target];
                problem.arcs.retain(|arc| !is_shut(arc));
                problem.ceilings.push(Ceiling { max, targets });
            }
        }
    }

    /// The awards that an item serves, of those that a ceiling is on.
    fn serving(&self, item: &Item<'_>, ceiling: &CredentialSelector) -> BTreeSet<&'a CredentialId> {
        let holdings = self.holdings();
        let id = &item.attainment.id;
        let excepted = |credential: &CredentialId| {
            let mut granted = holdings.record.exceptions.iter().filter(|e| e.credential == *credential);
            granted.any(|e| matches!(&e.grant, Grant::Share(shared) if shared == id))
        };
        let awards = holdings.record.conferred.iter().filter(|a| a.on <= holdings.as_of && a.consumed.contains(id));
        awards
            .map(|award| &award.credential)
            .filter(|id| selects(holdings.catalog, ceiling, id) && !excepted(id))
            .collect()
    }
}

fn item_of(holdings: &Holdings<'_>, id: &AttainmentId) -> Option<ItemIx> {
    holdings.items.iter().position(|item| item.attainment.id == *id)
}

/// The multiple that a percentage is rounded up to, in units of its measure; zero for none.
fn step_of(percent: &Percent) -> i64 {
    match percent.rounding {
        Rounding::Exact => 0,
        Rounding::UpTo(step) => in_units(percent.measure, step).max(1),
    }
}
