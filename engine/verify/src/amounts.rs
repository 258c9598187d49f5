//! What percentages come to, and the least that requirements ask for.

use credstack_model::{Amount, Catalog, Decimal, LimitRule, Measure, Percent, Requirement, Rounding, Rule};

/// A percentage of a base, as the least number of thousandths that reaches it, and the most within it.
pub(super) fn part(percent: &Percent, base: i64) -> (i64, i64) {
    let exact = i128::from(percent.percent.thousandths()) * i128::from(base);
    let up_to = |unit: i128| (exact.div_euclid(unit) + i128::from(exact.rem_euclid(unit) > 0)) * unit / 100_000;
    let (least, most) = match percent.rounding {
        Rounding::Exact => (up_to(100_000), exact.div_euclid(100_000)),
        Rounding::UpTo(step) => {
            let up = up_to(100_000 * i128::from(step.thousandths().max(1)));
            (up, up)
        }
        Rounding::Threshold(threshold) => {
            // What is at least the threshold becomes a whole step when the rest of one is added.
            let step = i128::from(threshold.step.thousandths().max(1));
            let rest = (1000 - i128::from(threshold.up_from.thousandths())) * 100_000 * step;
            let rounded = (exact * 1000 + rest).div_euclid(100_000_000 * step) * step;
            (rounded, rounded)
        }
    };
    (i64::try_from(least).unwrap_or(i64::MAX), i64::try_from(most).unwrap_or(i64::MAX))
}

/// The least of a measure, in thousandths, that a requirement asks for. What it asks in another
/// measure is reckoned by the catalog's typical item and its hours for a credit.
pub(super) fn required(catalog: &Catalog, requirement: &Requirement, measure: Measure) -> i64 {
    let mut parts: Vec<i64> = requirement.children().into_iter().map(|c| required(catalog, c, measure)).collect();
    if let Rule::When(_) = &requirement.rule {
        parts.remove(0);
    }
    credstack_base::order::sort(&mut parts);
    let own = match &requirement.rule {
        Rule::Take(take) => reckoned(catalog, take.min, take.measure, measure),
        Rule::AtLeast(some) if some.measure == Measure::Count => {
            let many = usize::try_from((some.min.thousandths() + 999).div_euclid(1000)).unwrap_or(0);
            parts.into_iter().take(many).sum()
        }
        Rule::AtLeast(some) => reckoned(catalog, some.min, some.measure, measure),
        Rule::All(_) => parts.into_iter().sum(),
        Rule::Any(_) | Rule::When(_) => parts.first().copied().unwrap_or(0),
        _ => 0,
    };
    let floors = requirement.limits.iter().filter_map(|limit| match &limit.rule {
        LimitRule::AtLeast(bounded) => match &bounded.amount {
            Amount::Fixed(fixed) => Some(reckoned(catalog, fixed.value, fixed.measure, measure)),
            Amount::Percent(_) => None,
        },
        LimitRule::Last(last) => Some(reckoned(catalog, last.min, last.measure, measure)),
        _ => None,
    });
    floors.fold(own, i64::max)
}

/// An amount of one measure in another, in thousandths. Items are whole, so they round up; credits
/// and hours round down to a thousandth.
fn reckoned(catalog: &Catalog, amount: Decimal, from: Measure, to: Measure) -> i64 {
    if from == to {
        return amount.thousandths();
    }
    let typical = i128::from(catalog.defaults.typical_credits.thousandths().max(1));
    let rate = i128::from(catalog.defaults.hours_per_credit.thousandths().max(1));
    let amount = i128::from(amount.thousandths());
    // First thousandths of credits, as a fraction.
    let (over, under) = match from {
        Measure::Count => (amount * typical, 1000),
        Measure::Credits => (amount, 1),
        Measure::Hours => (amount * 1000, rate),
    };
    let thousandths = match to {
        Measure::Credits => over.div_euclid(under),
        Measure::Hours => (over * rate).div_euclid(under * 1000),
        Measure::Count => {
            let each = under * typical;
            (over.div_euclid(each) + i128::from(over.rem_euclid(each) > 0)) * 1000
        }
    };
    i64::try_from(thousandths).unwrap_or(i64::MAX)
}
