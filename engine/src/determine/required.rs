//! The least that a requirement can ask.

use credstack_model::{Amount, Bounded, Catalog, Credential, Decimal, LimitRule, Measure, Requirement, Rule};

/// Return the least amount that meets a requirement, in a measure. An amount in another measure is converted:
/// an attainment is the catalog's typical item, and a credit the catalog's number of hours.
pub(super) fn required(catalog: &Catalog, requirement: &Requirement, measure: Measure) -> Decimal {
    let convert = |from: Measure, amount: Decimal| converted(catalog, from, measure, amount);
    let own = match &requirement.rule {
        Rule::Take(take) => convert(take.measure, take.min),
        Rule::All(of) => of.iter().map(|r| required(catalog, r, measure)).sum(),
        Rule::Any(of) => of.iter().map(|r| required(catalog, r, measure)).min().unwrap_or_default(),
        Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
            let mut needs: Vec<Decimal> = at_least.of.iter().map(|r| required(catalog, r, measure)).collect();
            credstack_base::order::sort(&mut needs);
            let count = usize::try_from(at_least.min.thousandths() / 1000).unwrap_or(0);
            needs.into_iter().take(count).sum()
        }
        Rule::AtLeast(at_least) => convert(at_least.measure, at_least.min),
        Rule::When(when) => required(catalog, &when.then, measure).min(required(catalog, &when.otherwise, measure)),
        Rule::Seen(_)
        | Rule::Earned(_)
        | Rule::Attribute(_)
        | Rule::Gpa(_)
        | Rule::Approved(_)
        | Rule::AsOf(_)
        | Rule::Not(_) => Decimal::ZERO,
    };
    // A group may ask for more than its parts do: `all of these, and at least 30 credits`.
    let limits = requirement.limits.iter().filter_map(|limit| match &limit.rule {
        LimitRule::AtLeast(Bounded { amount: Amount::Fixed(fixed), .. }) => Some(convert(fixed.measure, fixed.value)),
        LimitRule::Last(last) => Some(convert(last.measure, last.min)),
        _ => None,
    });
    limits.fold(own, Decimal::max)
}

/// Return the size of a credential: its stated credits, or what its completion requires at the least.
pub(super) fn credential_size(
    catalog: &Catalog,
    credential: &Credential,
    completion: &Requirement,
    measure: Measure,
) -> Decimal {
    match (measure, credential.credits) {
        (Measure::Credits, Some(credits)) => credits,
        _ => required(catalog, completion, measure),
    }
}

/// Convert an amount. Credits and hours are rounded down to a thousandth, items up to whole ones.
fn converted(catalog: &Catalog, from: Measure, to: Measure, amount: Decimal) -> Decimal {
    let typical = i128::from(catalog.defaults.typical_credits.thousandths());
    let rate = i128::from(catalog.defaults.hours_per_credit.thousandths());
    let n = i128::from(amount.thousandths());
    let thousandths = match (from, to) {
        (Measure::Count, Measure::Credits) => n * typical / 1000,
        (Measure::Count, Measure::Hours) => n * typical * rate / 1_000_000,
        (Measure::Credits, Measure::Hours) => n * rate / 1000,
        (Measure::Hours, Measure::Credits) => n * 1000 / rate.max(1),
        (Measure::Credits, Measure::Count) => up(n * 1000, typical.max(1)),
        (Measure::Hours, Measure::Count) => up(n * 1_000_000, (typical * rate).max(1)),
        (Measure::Count, Measure::Count) | (Measure::Credits, Measure::Credits) | (Measure::Hours, Measure::Hours) => n,
    };
    Decimal::from_thousandths(i64::try_from(thousandths).unwrap_or(i64::MAX))
}

/// Divide thousandths and round up to a whole number.
const fn up(n: i128, by: i128) -> i128 {
    let exact = n / by;
    let rest = exact % 1000 != 0 || n % by != 0;
    if rest { (exact / 1000 + 1) * 1000 } else { exact }
}
