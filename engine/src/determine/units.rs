//! The whole numbers that an allocation reckons in: thousandths of credits and hours, and items.

use crate::select::Item;
use credstack_model::{Decimal, Measure};

/// Return the amount of an item in a measure: thousandths of credits or hours, or one. An amount that is not
/// known is zero.
pub(super) fn item_amount(item: &Item<'_>, measure: Measure) -> i64 {
    match measure {
        Measure::Count => 1,
        Measure::Credits => item.credits.unwrap_or_default().thousandths(),
        Measure::Hours => item.hours.unwrap_or_default().thousandths(),
    }
}

/// Return a decimal in the unit of [`item_amount`].
pub(crate) const fn in_units(measure: Measure, value: Decimal) -> i64 {
    match measure {
        Measure::Count => value.thousandths() / 1000,
        Measure::Credits | Measure::Hours => value.thousandths(),
    }
}

/// Return so many units as a decimal: the inverse of [`in_units`].
pub(super) const fn from_units(measure: Measure, units: i64) -> Decimal {
    match measure {
        Measure::Count => Decimal::whole(units),
        Measure::Credits | Measure::Hours => Decimal::from_thousandths(units),
    }
}
