//! From an allocation back to the tree that people read.

use crate::explain::{self, Namer};
use crate::select::{Holdings, Scope};
use credstack_allocate::{Evaluator, Floor, ItemIx, Level, NodeIx, NodeKind, TargetIx};
use credstack_model::{Amount, Decimal, Limit, LimitRule, Measure, PercentBase, Requirement, Rule, Selector, Take};
use credstack_model::{AmountAnswer, Arg, LimitAnswer, Message, NodeAnswer, NodeStatus, Standing, Use};

use super::averages::{average, graded};
use super::facts::item_facts;
use super::held::held;
use super::lasting::{is_lasting_test, possible_later};
use super::numbering;
use super::problem::Built;
use super::rounding::{distance_in_credits, within};
use super::units::{from_units, in_units, item_amount};

/// A reader of answers out of one solved problem.
pub(super) struct AnswerReader<'a, 'b> {
    pub(super) holdings: &'a Holdings<'a>,
    pub(super) built: &'b Built<'a>,
    pub(super) evaluator: &'b Evaluator<'b>,
}

/// A node's place in the answer.
struct NodeContext<'a> {
    path: String,
    needed: bool,
    scope: Scope<'a>,
}

/// Return the status of a node at a level.
pub(super) const fn node_status(level: Level) -> NodeStatus {
    match level {
        Level::Met => NodeStatus::Met,
        Level::InProgress => NodeStatus::MetWithInProgress,
        Level::Review => NodeStatus::NeedsReview,
        Level::Unmet => NodeStatus::Unmet,
    }
}

impl<'a> AnswerReader<'a, '_> {
    /// Return the answered tree of a target.
    pub(super) fn tree(&self, target: TargetIx, tree: &'a Requirement, name: &str, scope: Scope<'a>) -> NodeAnswer {
        let root = self.built.problem.targets[target].root;
        self.node(root, tree, NodeContext { path: name.to_owned(), needed: true, scope })
    }

    /// Return a distance in credits.
    pub(super) fn credits(&self, distance: i64) -> Decimal {
        distance_in_credits(distance, self.built.scale)
    }

    /// Return the level of a node.
    fn level(&self, ix: NodeIx) -> Level {
        self.evaluator.latest().levels[ix]
    }

    /// Return the answer of a node.
    fn node(&self, ix: NodeIx, requirement: &'a Requirement, here: NodeContext<'a>) -> NodeAnswer {
        let namer = Namer { catalog: self.holdings.catalog };
        let level = self.level(ix);
        let result = self.built.leaf_results.get(&ix);
        let children = self.children(ix, requirement, &here);
        let mut status = node_status(level);
        if status == NodeStatus::Unmet && self.closed(ix, requirement, &children, here.scope) {
            status = NodeStatus::Closed;
        }
        let waived = self.built.waived.contains(&ix);
        let mut answer = NodeAnswer {
            path: here.path,
            label: requirement.label.clone(),
            note: requirement.note.clone(),
            source: requirement.source.clone(),
            status,
            needed: here.needed,
            rule: explain::requirement(namer, requirement),
            amount: result.and_then(|l| l.amount.clone()),
            short: self.credits(self.evaluator.latest().distances[ix]),
            uses: Vec::new(),
            facts: result.map(|l| l.facts.clone()).unwrap_or_default(),
            limits: Vec::new(),
            children,
        };
        if waived {
            answer.amount = None;
            return answer;
        }
        match (&requirement.rule, &self.built.problem.nodes[ix].kind) {
            (Rule::Take(take), NodeKind::Take(leaf)) => {
                let mut doubtful = Vec::new();
                for arc in self.evaluator.arcs_at(*leaf) {
                    let arc = &self.built.problem.arcs[*arc];
                    let item = &self.holdings.items[arc.item.index()];
                    doubtful.push((arc.item, arc.level));
                    answer.uses.push(Use {
                        attainment: item.attainment.id.clone(),
                        of: item.attainment.of.clone(),
                        amount: from_units(take.measure, arc.amount),
                        standing: match arc.level {
                            Level::Met => Standing::Counts,
                            Level::InProgress => Standing::InProgress,
                            Level::Review | Level::Unmet => Standing::Pending,
                        },
                    });
                }
                answer.amount = Some(AmountAnswer {
                    measure: Some(take.measure),
                    have: from_units(take.measure, self.evaluator.latest().taken[*leaf]),
                    need: take.min,
                });
                answer.facts = item_facts(self.holdings, &take.pool, &doubtful, here.scope);
            }
            (Rule::AtLeast(at_least), NodeKind::Amount(_)) => {
                let have = self
                    .inside(ix, true)
                    .into_iter()
                    .map(|i| item_amount(&self.holdings.items[i.index()], at_least.measure))
                    .sum();
                answer.amount = Some(AmountAnswer {
                    measure: Some(at_least.measure),
                    have: from_units(at_least.measure, have),
                    need: at_least.min,
                });
            }
            (Rule::AtLeast(at_least), _) if at_least.measure == Measure::Count => {
                let met = answer.children.iter().filter(|c| c.status <= NodeStatus::NeedsReview).count();
                answer.amount = Some(AmountAnswer {
                    measure: None,
                    have: Decimal::whole(i64::try_from(met).unwrap_or(i64::MAX)),
                    need: at_least.min,
                });
            }
            (Rule::Gpa(gpa), NodeKind::Average(..)) => {
                if let credstack_model::GpaOver::Applied(selector) = &gpa.over {
                    let target = self.built.problem.nodes[ix].target;
                    let root = self.built.problem.targets[target].root;
                    let population = self
                        .inside(root, false)
                        .into_iter()
                        .filter_map(|i| graded(self.holdings, &self.holdings.items[i.index()], selector, here.scope));
                    let average = average(self.holdings, gpa.min, population);
                    answer.amount = average.amount;
                    answer.facts = average.facts;
                }
            }
            _ => {}
        }
        if level == Level::Met {
            answer.facts.clear();
        }
        let mut floors = self.built.problem.nodes[ix].floors.iter();
        for limit in &requirement.limits {
            answer.limits.push(self.limit(ix, limit, &mut floors, here.scope));
        }
        answer
    }

    /// Return the answers of the children of a node.
    fn children(&self, ix: NodeIx, requirement: &'a Requirement, here: &NodeContext<'a>) -> Vec<NodeAnswer> {
        let children = numbering::children(ix, requirement);
        let nodes: Vec<NodeIx> = children.iter().map(|(_, node)| *node).collect();
        let needed = self.needed(ix, requirement, &nodes);
        children
            .into_iter()
            .enumerate()
            .map(|(n, (child, node))| {
                let path = format!("{}.{n}", here.path);
                self.node(
                    node,
                    child,
                    NodeContext {
                        path,
                        needed: here.needed && needed.get(n).copied().unwrap_or(false),
                        scope: here.scope,
                    },
                )
            })
            .collect()
    }

    /// Return which children are needed: those on the way that was chosen.
    fn needed(&self, ix: NodeIx, requirement: &Requirement, nodes: &[NodeIx]) -> Vec<bool> {
        let distances = &self.evaluator.latest().distances;
        let best = |k: usize| {
            let mut order: Vec<usize> = (0..nodes.len()).collect();
            credstack_base::order::sort_by_key(&mut order, |n| {
                (std::cmp::Reverse(self.level(nodes[*n])), distances[nodes[*n]], *n)
            });
            let mut chosen = vec![false; nodes.len()];
            for n in order.into_iter().take(k) {
                chosen[n] = true;
            }
            chosen
        };
        match &requirement.rule {
            Rule::All(_) | Rule::Not(_) => vec![true; nodes.len()],
            Rule::Any(_) => best(1),
            Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
                best(usize::try_from(at_least.min.thousandths() / 1000).unwrap_or(usize::MAX))
            }
            Rule::AtLeast(_) => {
                let met = self.level(ix) != Level::Unmet;
                nodes.iter().map(|n| !met || !self.inside(*n, true).is_empty()).collect()
            }
            Rule::When(_) => match self.level(nodes[0]) {
                Level::Unmet => vec![true, false, true],
                Level::Review => vec![true, true, true],
                Level::InProgress | Level::Met => vec![true, true, false],
            },
            _ => Vec::new(),
        }
    }

    /// Return the items taken below a node, each once, in order; below satisfied nodes only, if asked.
    pub(super) fn inside(&self, root: NodeIx, satisfied: bool) -> Vec<ItemIx> {
        let problem = &self.built.problem;
        let mut found = Vec::new();
        let mut open = vec![root];
        while let Some(ix) = open.pop() {
            if satisfied && ix != root && self.level(ix) == Level::Unmet {
                continue;
            }
            match &problem.nodes[ix].kind {
                NodeKind::Take(leaf) => {
                    found.extend(self.evaluator.arcs_at(*leaf).iter().map(|arc| problem.arcs[*arc].item));
                }
                NodeKind::All(of) | NodeKind::AtLeast(_, of) => open.extend(of),
                NodeKind::Amount(amount) => open.extend(&amount.of),
                NodeKind::Either(a, b) | NodeKind::When(_, a, b) => open.extend([a, b]),
                NodeKind::Step(child, _) => open.push(*child),
                NodeKind::Known(..) | NodeKind::Not(..) | NodeKind::Held(..) | NodeKind::Average(..) => {}
            }
        }
        credstack_base::order::sort(&mut found);
        found.dedup();
        found
    }

    /// Check whether an unmet node is unmet for ever.
    fn closed(&self, ix: NodeIx, requirement: &Requirement, children: &[NodeAnswer], scope: Scope<'_>) -> bool {
        let is_closed = |child: &NodeAnswer| child.status == NodeStatus::Closed;
        let is_met = |child: &NodeAnswer| matches!(child.status, NodeStatus::Met | NodeStatus::MetWithInProgress);
        match &requirement.rule {
            Rule::Take(take) => self.out_of_reach(ix, take, scope),
            Rule::All(_) => children.iter().any(is_closed),
            Rule::Any(_) => children.iter().all(is_closed),
            Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
                let left = children.iter().filter(|c| !is_closed(c)).count();
                Decimal::whole(i64::try_from(left).unwrap_or(i64::MAX)) < at_least.min
            }
            Rule::AtLeast(_) => !children.is_empty() && children.iter().all(is_closed),
            // What is held or fixed already stays so.
            Rule::Not(inner) => children.first().is_some_and(is_met) && self.is_lasting(inner),
            Rule::When(_) if children.first().is_some_and(is_met) => children.get(1).is_some_and(is_closed),
            Rule::When(_) => children.iter().skip(1).all(is_closed),
            _ => self.built.leaf_results.get(&ix).is_some_and(|result| result.closed),
        }
    }

    /// Check whether a test that holds now will always hold.
    fn is_lasting(&self, test: &Requirement) -> bool {
        let is_held = !matches!(&test.rule, Rule::Earned(id) if held(self.holdings, id).is_none());
        is_held && is_lasting_test(self.holdings.catalog, test)
    }

    /// Check whether a leaf can never be met: nothing still to come could be in its pool, and what is there
    /// would not do, whatever else counts it now.
    fn out_of_reach(&self, ix: NodeIx, take: &Take, scope: Scope<'_>) -> bool {
        if possible_later(self.holdings.as_of, &take.pool) {
            return false;
        }
        let problem = &self.built.problem;
        let offered =
            |item: ItemIx| problem.arcs.iter().any(|arc| arc.item == item && problem.leaves[arc.leaf].node == ix);
        let answers = self.holdings.select(&take.pool, scope);
        let there = self.holdings.items.iter().zip(answers).enumerate().filter(|(n, (item, answer))| {
            (*answer != crate::select::Tri::No && self.holdings.counts(item, scope)) || offered(ItemIx::new(*n))
        });
        let most = there.map(|(_, (item, _))| item_amount(item, take.measure)).fold(0, i64::saturating_add);
        most < in_units(take.measure, take.min)
    }

    /// Return the answer of a limit; `floors` are those of the node, in the order of its at-least limits.
    fn limit(
        &self,
        ix: NodeIx,
        limit: &Limit,
        floors: &mut std::slice::Iter<'_, Floor>,
        scope: Scope<'a>,
    ) -> LimitAnswer {
        let namer = Namer { catalog: self.holdings.catalog };
        let mut answer = LimitAnswer {
            label: limit.label.clone(),
            source: limit.source.clone(),
            rule: explain::limit(namer, limit),
            status: NodeStatus::Met,
            amount: None,
        };
        match &limit.rule {
            LimitRule::AtLeast(_) | LimitRule::Distinct(_) | LimitRule::Last(_) => {
                let Some(floor) = floors.next() else { return answer };
                let met = self.rule_is_met(ix);
                let state = self.evaluator.floor(ix, floor, met);
                answer.status = node_status(state.level);
                answer.amount = self.floor_amount(ix, limit, floor, met, scope);
            }
            LimitRule::AtMost(bounded) => {
                let measure = match &bounded.amount {
                    Amount::Fixed(fixed) => fixed.measure,
                    Amount::Percent(percent) => percent.measure,
                };
                let have = self.sum(&self.inside(ix, false), &bounded.of, measure, scope);
                let need = match &bounded.amount {
                    Amount::Fixed(fixed) => Some(fixed.value),
                    Amount::Percent(percent) if percent.base == PercentBase::Applied => {
                        let whole = self.sum(&self.inside(ix, false), &Selector::Everything, measure, scope);
                        Some(from_units(measure, within(percent, whole)))
                    }
                    Amount::Percent(_) => None,
                };
                answer.amount =
                    need.map(|need| AmountAnswer { measure: Some(measure), have: from_units(measure, have), need });
            }
            LimitRule::AtMostPer(_) | LimitRule::Span(_) | LimitRule::Order(_) => {}
        }
        answer
    }

    /// Check whether a node's rule is met, its limits left aside.
    fn rule_is_met(&self, ix: NodeIx) -> bool {
        self.evaluator.rule_level(ix) != Level::Unmet
    }

    /// Return how much an at-least limit has and needs.
    fn floor_amount(
        &self,
        ix: NodeIx,
        limit: &Limit,
        floor: &Floor,
        met: bool,
        scope: Scope<'a>,
    ) -> Option<AmountAnswer> {
        let items = self.inside(ix, met);
        match (&limit.rule, floor) {
            (LimitRule::AtLeast(bounded), Floor::Sum { need, weights, .. }) => {
                let measure = match &bounded.amount {
                    Amount::Fixed(fixed) => fixed.measure,
                    Amount::Percent(percent) => percent.measure,
                };
                let have = items.iter().map(|i| weights[*i]).sum();
                Some(AmountAnswer {
                    measure: Some(measure),
                    have: from_units(measure, have),
                    need: from_units(measure, *need),
                })
            }
            (LimitRule::AtLeast(bounded), Floor::Share { percent, round, .. }) => {
                let Amount::Percent(p) = &bounded.amount else { return None };
                let have = self.sum(&items, &bounded.of, p.measure, scope);
                let whole = self.sum(&items, &Selector::Everything, p.measure, scope);
                let need = credstack_allocate::share_of(whole, *percent, *round);
                Some(AmountAnswer {
                    measure: Some(p.measure),
                    have: from_units(p.measure, have),
                    need: from_units(p.measure, need),
                })
            }
            (LimitRule::Last(asked), Floor::Last(last)) => {
                let have = last.have(items.into_iter().map(|item| (item, Level::Review)), Level::Review);
                let have = from_units(asked.measure, have);
                Some(AmountAnswer { measure: Some(asked.measure), have, need: asked.min })
            }
            (LimitRule::Distinct(distinct), Floor::Distinct { keys, .. }) => {
                let mut have: Vec<u32> = items.iter().filter_map(|i| keys[*i]).collect();
                credstack_base::order::sort(&mut have);
                have.dedup();
                let whole = |n: usize| Decimal::whole(i64::try_from(n).unwrap_or(i64::MAX));
                Some(AmountAnswer {
                    measure: None,
                    have: whole(have.len()),
                    need: Decimal::whole(i64::from(distinct.min)),
                })
            }
            _ => None,
        }
    }

    /// Return how much of a selector some items come to.
    fn sum(&self, items: &[ItemIx], of: &Selector, measure: Measure, scope: Scope<'a>) -> i64 {
        items
            .iter()
            .map(|i| &self.holdings.items[i.index()])
            .filter(|item| self.holdings.selects(of, item, scope) != crate::select::Tri::No)
            .map(|item| item_amount(item, measure))
            .sum()
    }
}

/// Return a list of names as an argument, joined with "and".
pub(super) fn names(names: Vec<String>) -> Arg {
    Arg::AllOf(names)
}

/// Return a message as an argument.
pub(super) fn nested(message: Message) -> Arg {
    Arg::Message(Box::new(message))
}
