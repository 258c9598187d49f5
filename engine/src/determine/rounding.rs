//! How percentages and distances are rounded.
//!
//! | rounding of a percentage | at least so much | at most so much |
//! | --- | --- | --- |
//! | exact | the least units that reach the part | the most units within the part |
//! | up to a step | the part, rounded up to a whole step | the same |
//! | by a threshold | the part, rounded to a whole step: up from the threshold on, else down | the same |
//!
//! The arithmetic is [`share_of`], which the search for an allocation uses too, where the base of the percentage
//! depends on what is counted. A distance is kept exactly, and rounded up where it is shown.

use credstack_allocate::{Round, share_of};
use credstack_model::{Decimal, Percent, Rounding};

use super::units::in_units;

/// Return how a percentage is rounded, in units of its measure.
pub(super) fn round_of(percent: &Percent) -> Round {
    let step = |step| in_units(percent.measure, step).max(1);
    match percent.rounding {
        Rounding::Exact => Round::default(),
        Rounding::UpTo(up_to) => Round { step: step(up_to), from: 0 },
        Rounding::Threshold(threshold) => Round { step: step(threshold.step), from: threshold.up_from.thousandths() },
    }
}

/// Return the most units that are within a percentage of so many.
pub(super) fn within(percent: &Percent, base: i64) -> i64 {
    let parts = percent.percent.thousandths();
    match percent.rounding {
        Rounding::Exact => i64::try_from(i128::from(base) * i128::from(parts) / 100_000).unwrap_or(i64::MAX),
        _ => share_of(base, parts, round_of(percent)),
    }
}

/// Return the least units that reach a percentage of so many.
pub(super) fn reaching(percent: &Percent, base: i64) -> i64 {
    share_of(base, percent.percent.thousandths(), round_of(percent))
}

/// Return a distance in credits, rounded up to a thousandth; `scale` units of it are a thousandth of a credit.
pub(super) fn distance_in_credits(distance: i64, scale: i64) -> Decimal {
    Decimal::from_thousandths(distance / scale + i64::from(distance % scale != 0))
}
