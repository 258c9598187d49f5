//! Limits on what is allocated inside a requirement, as caps, exclusions and floors.

use crate::determine::required::required;
use crate::determine::rounding::{reaching, round_of, within};
use crate::determine::units::in_units;
use crate::select::{Item, Tri};
use credstack_allocate::{Cap, Exclusion, Floor, ItemIx, LeafIx, Level, NodeIx, RoundedShare, Table};
use credstack_base::sorted::Map;
use credstack_model::{Amount, Bounded, Last, Limit, LimitRule, Percent, PercentBase, Requirement, Selector};

use super::Builder;

impl<'a> Builder<'a, '_> {
    /// Return which items a selector selects surely, and which perhaps.
    fn matching(&self, selector: &Selector) -> (Table<ItemIx, bool>, Table<ItemIx, bool>) {
        let (holdings, scope) = (self.holdings(), self.scope());
        let answers = holdings.select(selector, scope);
        (answers.iter().map(|a| *a == Tri::Yes).collect(), answers.iter().map(|a| *a == Tri::Unknown).collect())
    }

    /// Let what perhaps falls under a bound count only pending review.
    pub(super) fn doubt(&mut self, leaves: (LeafIx, LeafIx), doubtful: &Table<ItemIx, bool>) {
        for arc in &mut self.built.problem.arcs {
            if (leaves.0..leaves.1).contains(&arc.leaf) && doubtful[arc.item] {
                arc.level = Level::Review;
            }
        }
    }

    /// Add a limit of a node.
    pub(super) fn limit(
        &mut self,
        ix: NodeIx,
        requirement: &'a Requirement,
        limit: &'a Limit,
        leaves: (LeafIx, LeafIx),
    ) {
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
                let mut groups: Map<u32, Table<ItemIx, i64>> = Map::new();
                for (item, key) in keys.enumerate() {
                    if let (Some(key), true) = (key, matches[item]) {
                        groups.entry(*key).or_insert_with(|| Table::filled(0, amounts.len()))[item] = amounts[item];
                    }
                }
                for weights in groups.into_values() {
                    self.built.problem.caps.push(Cap { leaves, weights, bound, rounded: None });
                }
            }
            LimitRule::Distinct(distinct) => {
                let (matches, doubtful) = self.matching(&distinct.of);
                let perhaps = matches.iter().zip(&doubtful).map(|(sure, doubtful)| *sure || *doubtful);
                let keys = self.keys(&distinct.per).into_iter().zip(perhaps).map(|(key, m)| key.filter(|_| m));
                let floor = Floor::Distinct {
                    need: usize::try_from(distinct.min).unwrap_or(usize::MAX),
                    keys: keys.collect(),
                    doubtful,
                    per_key: self.typical(),
                };
                self.built.problem.nodes[ix].floors.push(floor);
            }
            LimitRule::Last(last) => {
                let floor = Floor::Last(self.last(last));
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

    /// Let what has no date count only pending review: it falls under a limit of time only perhaps.
    fn undated(&mut self, leaves: (LeafIx, LeafIx), matches: &Table<ItemIx, bool>, doubtful: &Table<ItemIx, bool>) {
        let unknown = matches
            .ixs()
            .zip(&self.holdings().items)
            .map(|(ix, item)| doubtful[ix] || (matches[ix] && item.completed.is_none()))
            .collect();
        self.doubt(leaves, &unknown);
    }

    /// Exclude pairs of one item from `first` and another from `second` that clash in this order.
    fn exclude(
        &mut self,
        leaves: (LeafIx, LeafIx),
        clash: impl Fn(&Item<'_>, &Item<'_>) -> bool,
        first: &Table<ItemIx, bool>,
        second: &Table<ItemIx, bool>,
    ) {
        let items = &self.holdings().items;
        let mut with: Table<ItemIx, Vec<ItemIx>> = Table::filled(Vec::new(), items.len());
        for (a, x) in first.ixs().zip(items) {
            for (b, y) in second.ixs().zip(items) {
                if a != b && first[a] && second[b] && clash(x, y) {
                    with[a].push(b);
                    with[b].push(a);
                }
            }
        }
        for list in &mut with {
            credstack_base::order::sort(list);
            list.dedup();
        }
        if with.iter().any(|list| !list.is_empty()) {
            self.built.problem.exclusions.push(Exclusion { leaves, with });
        }
    }

    /// Add the cap of an at-most limit.
    fn at_most(&mut self, requirement: &'a Requirement, bounded: &'a Bounded, leaves: (LeafIx, LeafIx)) {
        let (matches, doubtful) = self.matching(&bounded.of);
        self.doubt(leaves, &doubtful);
        let only = |weights: Table<ItemIx, i64>| -> Table<ItemIx, i64> {
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
                bound: within(percent, self.base(requirement, percent)),
                rounded: None,
            },
            Amount::Percent(percent) => {
                let p = percent.percent.thousandths();
                let weights = self.amounts(percent.measure);
                let round = round_of(percent);
                let linear =
                    weights.iter().zip(&matches).map(|(w, m)| if *m { w * (100_000 - p) } else { -w * p }).collect();
                Cap {
                    leaves,
                    weights: linear,
                    bound: round.step * 100_000,
                    rounded: (round.step > 0).then_some(RoundedShare { percent: p, round, weights, matches }),
                }
            }
        };
        self.built.problem.caps.push(cap);
    }

    /// Return the floor of an at-least limit.
    fn at_least(&self, requirement: &'a Requirement, bounded: &'a Bounded) -> Floor {
        let (matches, doubtful) = self.matching(&bounded.of);
        let only = |weights: Table<ItemIx, i64>| -> Table<ItemIx, i64> {
            weights.ixs().map(|i| if matches[i] || doubtful[i] { weights[i] } else { 0 }).collect()
        };
        match &bounded.amount {
            Amount::Fixed(fixed) => Floor::Sum {
                need: in_units(fixed.measure, fixed.value),
                weights: only(self.amounts(fixed.measure)),
                doubtful,
                per_unit: self.per_unit(fixed.measure),
            },
            Amount::Percent(percent) if percent.base == PercentBase::Required => Floor::Sum {
                need: reaching(percent, self.base(requirement, percent)),
                weights: only(self.amounts(percent.measure)),
                doubtful,
                per_unit: self.per_unit(percent.measure),
            },
            Amount::Percent(percent) => Floor::Share {
                percent: percent.percent.thousandths(),
                round: round_of(percent),
                weights: self.amounts(percent.measure),
                matches,
                doubtful,
                per_unit: self.per_unit(percent.measure),
            },
        }
    }

    /// Return the floor of a limit on what is earned last.
    fn last(&self, last: &Last) -> credstack_allocate::Last {
        let (matches, doubtful) = self.matching(&last.of);
        let days = self.holdings().items.iter().map(|item| item.completed.map(|day| i64::from(day.day_number())));
        credstack_allocate::Last {
            need: in_units(last.measure, last.min),
            out_of: in_units(last.measure, last.out_of),
            weights: self.amounts(last.measure),
            matches,
            doubtful,
            days: days.collect(),
            per_unit: self.per_unit(last.measure),
        }
    }

    /// Return what a requirement asks at the least, as the base of a percentage.
    fn base(&self, requirement: &Requirement, percent: &Percent) -> i64 {
        in_units(percent.measure, required(self.holdings().catalog, requirement, percent.measure))
    }

    /// Return the values of a key as numbers, equal where the values are.
    fn keys(&self, key: &credstack_model::Key) -> Table<ItemIx, Option<u32>> {
        let mut numbers: Map<String, u32> = Map::new();
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
}
