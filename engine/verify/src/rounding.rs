//! How percentages are rounded.

use credstack_model::{Percent, Rounding};

/// Return a percentage of a base, as the least number of thousandths that reaches it, and the most within it.
/// They differ only where nothing is rounded.
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
