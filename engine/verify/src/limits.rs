//! Limits on what is counted in a node: what at-least limits find short, and whether at-most limits hold.

use super::codes;
use credstack_base::sorted::{Map, Set};
use credstack_model::{
    Amount, AttainmentId, Date, Last, Limit, LimitRule, Measure, NodeStatus, PercentBase, Requirement, Selector,
};

use super::certainty::Answer;
use super::required::required;
use super::rounding::part;
use super::tree::{Examination, thousandths};

impl<'a> Examination<'a, '_> {
    /// Return what each at-least limit, and at the root each policy, finds short, in the unit of
    /// `Facts::rate`.
    pub(super) fn shortfalls(
        &self,
        requirement: &'a Requirement,
        there: &[&'a AttainmentId],
        applied: &[&'a AttainmentId],
        level: NodeStatus,
        root: bool,
    ) -> Vec<i64> {
        let sure = if level == NodeStatus::NeedsReview { Answer::Maybe } else { Answer::Yes };
        let mut short = Vec::new();
        for limit in &requirement.limits {
            match &limit.rule {
                LimitRule::AtLeast(bounded) => {
                    let measure = measure_of(&bounded.amount);
                    let has = self.sum(self.select(there, &bounded.of, sure), measure);
                    let (need, _) = self.amount(requirement, &bounded.amount, applied);
                    short.push(self.credits((need - has).max(0), measure));
                }
                LimitRule::Distinct(distinct) => {
                    let matching = self.select(there, &distinct.of, sure);
                    let values: Set<String> = credstack_base::order::set(
                        matching.into_iter().filter_map(|id| self.facts.key(&distinct.per, id)),
                    );
                    let missing = (i64::from(distinct.min) * 1000 - thousandths(values.len())).max(0);
                    short.push(self.credits(missing, Measure::Count));
                }
                LimitRule::Last(last) => {
                    let has = self.among_the_last(last, there, applied, sure);
                    short.push(self.credits((last.min.thousandths() - has).max(0), last.measure));
                }
                _ => {}
            }
        }
        for (elsewhere, measure, need) in self.own.iter().filter(|_| root) {
            let has = self.sum(there.iter().copied().filter(|id| !elsewhere.contains(id)), *measure);
            short.push(self.credits((need - has).max(0), *measure));
        }
        short
    }

    /// Return how many thousandths of what is applied last match and are there. What has no date is put
    /// where it harms most, or helps most where the question is what could be.
    fn among_the_last(
        &self,
        last: &Last,
        there: &[&'a AttainmentId],
        applied: &[&'a AttainmentId],
        sure: Answer,
    ) -> i64 {
        let matching = credstack_base::order::set(self.select(there, &last.of, sure));
        // By day, with what comes before all days and after them: what matches, and the rest.
        let mut days: Map<(u8, Option<Date>), [i64; 2]> = Map::new();
        for id in applied {
            let matches = matching.contains(id);
            let day = self.facts.get(id).and_then(|fact| fact.completed);
            let helped = matches == (sure == Answer::Maybe);
            let era = if day.is_some() {
                1
            } else if helped {
                2
            } else {
                0
            };
            days.entry((era, day)).or_default()[usize::from(!matches)] += self.facts.worth(id, last.measure);
        }
        let (mut left, mut has) = (last.out_of.thousandths(), 0);
        for [matching, rest] in days.into_values().rev() {
            has += matching.min(left);
            left = (left - matching - rest).max(0);
        }
        has
    }

    /// Object to every at-most limit that is broken by what surely falls under it.
    pub(super) fn upper_limits(&mut self, requirement: &'a Requirement, inside: &Set<&'a AttainmentId>, path: &str) {
        let inside: Vec<&AttainmentId> = inside.iter().copied().collect();
        for limit in &requirement.limits {
            if !self.upper_limit_holds(limit, requirement, &inside) {
                self.object(codes::OVER_LIMIT, path, format!("an at-most limit is broken: {:?}", limit.label));
            }
        }
    }

    /// Check whether an at-most limit holds for what surely falls under it.
    fn upper_limit_holds(&self, limit: &Limit, requirement: &Requirement, inside: &[&'a AttainmentId]) -> bool {
        let day = |id: &AttainmentId| self.facts.get(id).and_then(|f| f.completed);
        let sure = |of: &Selector| self.select(inside, of, Answer::Yes);
        match &limit.rule {
            LimitRule::AtMost(bounded) => {
                let has = self.sum(sure(&bounded.of), measure_of(&bounded.amount));
                has <= self.amount(requirement, &bounded.amount, inside).1
            }
            LimitRule::AtMostPer(per) => {
                let mut sums: Map<String, i64> = Map::new();
                for id in sure(&per.of) {
                    if let Some(value) = self.facts.key(&per.per, id) {
                        *sums.entry(value).or_default() += self.facts.worth(id, per.amount.measure);
                    }
                }
                sums.into_values().all(|sum| sum <= per.amount.value.thousandths())
            }
            LimitRule::Span(span) => {
                let days: Vec<_> = sure(&span.of).into_iter().filter_map(day).collect();
                match (days.iter().min(), days.iter().max()) {
                    (Some(first), Some(last)) => *last <= span.within.after(*first),
                    _ => true,
                }
            }
            LimitRule::Order(order) => {
                let then = sure(&order.then);
                sure(&order.first).iter().all(|one| {
                    then.iter().filter(|other| *other != one).all(|other| match (day(one), day(other)) {
                        (Some(a), Some(b)) => a < b || (order.together && a == b),
                        _ => true,
                    })
                })
            }
            LimitRule::AtLeast(_) | LimitRule::Distinct(_) | LimitRule::Last(_) => true,
        }
    }

    /// Check whether an at-most limit does not know if an attainment falls under it. Such an attainment
    /// counts, but pending review.
    pub(super) fn doubted(&self, limit: &Limit, id: &AttainmentId) -> bool {
        let answer = |of: &Selector| self.facts.selects(of, id, Some(self.credential));
        let timeless = self.facts.get(id).is_none_or(|f| f.completed.is_none());
        let timed = |of: &Selector| answer(of) == Answer::Maybe || (timeless && answer(of) == Answer::Yes);
        match &limit.rule {
            LimitRule::AtMost(bounded) => answer(&bounded.of) == Answer::Maybe,
            LimitRule::AtMostPer(per) => answer(&per.of) == Answer::Maybe,
            LimitRule::Span(span) => timed(&span.of),
            LimitRule::Order(order) => timed(&order.first) || timed(&order.then),
            LimitRule::AtLeast(_) | LimitRule::Distinct(_) | LimitRule::Last(_) => false,
        }
    }

    /// Return an amount as the least number of thousandths that reaches it, and the most within it.
    fn amount(&self, requirement: &Requirement, amount: &Amount, applied: &[&'a AttainmentId]) -> (i64, i64) {
        match amount {
            Amount::Fixed(fixed) => (fixed.value.thousandths(), fixed.value.thousandths()),
            Amount::Percent(percent) => {
                let base = match percent.base {
                    PercentBase::Required => required(self.facts.catalog, requirement, percent.measure),
                    PercentBase::Applied => self.sum(applied.iter().copied(), percent.measure),
                };
                part(percent, base)
            }
        }
    }
}

/// Return the measure of an amount.
const fn measure_of(amount: &Amount) -> Measure {
    match amount {
        Amount::Fixed(fixed) => fixed.measure,
        Amount::Percent(percent) => percent.measure,
    }
}
