//! The least that requirements ask for.

use credstack_model::{Amount, Catalog, Decimal, LimitRule, Measure, Requirement, Rule};

/// Return the least of a measure, in thousandths, that a requirement asks for. What it asks in another measure is
/// converted by the catalog's typical item and its hours for a credit.
pub(super) fn required(catalog: &Catalog, requirement: &Requirement, measure: Measure) -> i64 {
    let mut parts: Vec<i64> = requirement.children().into_iter().map(|c| required(catalog, c, measure)).collect();
    if let Rule::When(_) = &requirement.rule {
        parts.remove(0);
    }
    credstack_base::order::sort(&mut parts);
    let own = match &requirement.rule {
        Rule::Take(take) => converted(catalog, take.min, take.measure, measure),
        Rule::AtLeast(some) if some.measure == Measure::Count => {
            let many = usize::try_from((some.min.thousandths() + 999).div_euclid(1000)).unwrap_or(0);
            parts.into_iter().take(many).sum()
        }
        Rule::AtLeast(some) => converted(catalog, some.min, some.measure, measure),
        Rule::All(_) => parts.into_iter().sum(),
        Rule::Any(_) | Rule::When(_) => parts.first().copied().unwrap_or(0),
        _ => 0,
    };
    let floors = requirement.limits.iter().filter_map(|limit| match &limit.rule {
        LimitRule::AtLeast(bounded) => match &bounded.amount {
            Amount::Fixed(fixed) => Some(converted(catalog, fixed.value, fixed.measure, measure)),
            Amount::Percent(_) => None,
        },
        LimitRule::Last(last) => Some(converted(catalog, last.min, last.measure, measure)),
        _ => None,
    });
    floors.fold(own, i64::max)
}

/// Convert an amount of one measure into another, in thousandths. Items are whole, so they are rounded up; credits
/// and hours are rounded down to a thousandth.
fn converted(catalog: &Catalog, amount: Decimal, from: Measure, to: Measure) -> i64 {
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
