//! Distances: how much an unmet rule is short of.

use credstack_model::{AttainmentId, Measure, NodeStatus, Requirement, Rule};

use super::tree::{Above, Examination, Outcome};

impl<'a> Examination<'a, '_> {
    /// Return what an unmet rule is short of, in the unit of `Facts::rate`.
    pub(super) fn missing(
        &self,
        requirement: &'a Requirement,
        above: &Above<'a>,
        children: &[Outcome<'a>],
        there: &[&'a AttainmentId],
    ) -> i64 {
        let mut shorts: Vec<i64> = children.iter().map(|c| c.short).collect();
        credstack_base::order::sort(&mut shorts);
        match &requirement.rule {
            Rule::Take(take) => {
                let has = self.sum(there.iter().copied(), take.measure);
                self.credits(take.min.thousandths() - has, take.measure)
            }
            Rule::Seen(seen) => {
                let has = self.sum(self.seen(&seen.pool, above).into_iter().map(|(id, _)| id), seen.measure);
                self.credits(seen.min.thousandths() - has, seen.measure)
            }
            Rule::All(_) => shorts.into_iter().sum(),
            Rule::Any(_) => shorts.first().copied().unwrap_or(0),
            Rule::AtLeast(some) if some.measure == Measure::Count => {
                let many = usize::try_from((some.min.thousandths() + 999).div_euclid(1000)).unwrap_or(0);
                shorts.into_iter().take(many).sum()
            }
            Rule::AtLeast(some) => {
                let has = self.sum(there.iter().copied(), some.measure);
                self.credits(some.min.thousandths() - has, some.measure)
            }
            Rule::When(_) => match children {
                [test, then, otherwise] => match test.status {
                    NodeStatus::Met | NodeStatus::MetWithInProgress => then.short,
                    NodeStatus::NeedsReview => then.short.min(otherwise.short),
                    NodeStatus::Unmet | NodeStatus::Closed => otherwise.short,
                },
                _ => 0,
            },
            Rule::Earned(_) | Rule::Attribute(_) | Rule::Gpa(_) | Rule::Approved(_) | Rule::AsOf(_) | Rule::Not(_) => {
                self.credits(1000, Measure::Count)
            }
        }
    }

    /// Return thousandths of a measure as a distance: thousandths of credits times thousandths of hours
    /// for a credit, a unit in which items, credits and hours are all exact.
    pub(super) fn credits(&self, short: i64, measure: Measure) -> i64 {
        let defaults = &self.facts.catalog.defaults;
        let rate = self.facts.rate();
        match measure {
            Measure::Credits => short.saturating_mul(rate),
            Measure::Hours => short.saturating_mul(1000),
            Measure::Count => {
                let items = short.div_euclid(1000) + i64::from(short.rem_euclid(1000) > 0);
                items.saturating_mul(defaults.typical_credits.thousandths()).saturating_mul(rate)
            }
        }
    }
}
