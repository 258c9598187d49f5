//! Amounts, percentages and their rounding.

use credstack_model::{Decimal, Fixed, Measure, Percent, Rounding, Source, Threshold};

use super::checker::Checker;
use crate::codes;

impl Checker<'_> {
    /// Check a fixed amount.
    pub(super) fn fixed(&mut self, fixed: &Fixed, source: Option<&Source>) {
        self.amount(fixed.measure, fixed.value, source);
    }

    /// Check a percentage with its rounding.
    pub(super) fn percent(&mut self, percent: &Percent, source: Option<&Source>) {
        if percent.percent < Decimal::ZERO || percent.percent > Decimal::whole(100) {
            self.say(&codes::BAD_PERCENTAGE, source, &[("value", &percent.percent)]);
        }
        let (Rounding::UpTo(step) | Rounding::Threshold(Threshold { step, .. })) = percent.rounding else { return };
        if step <= Decimal::ZERO {
            self.say(&codes::BAD_STEP, source, &[("step", &step)]);
        }
        if let Rounding::Threshold(Threshold { step, up_from }) = percent.rounding {
            self.amount(percent.measure, step, source);
            if up_from <= Decimal::ZERO || up_from > Decimal::ONE {
                self.say(&codes::BAD_THRESHOLD, source, &[("up_from", &up_from)]);
            }
        }
    }

    /// Check that an amount is not negative, and whole where things are counted.
    pub(super) fn amount(&mut self, measure: Measure, value: Decimal, source: Option<&Source>) {
        if value < Decimal::ZERO {
            self.say(&codes::NEGATIVE_AMOUNT, source, &[("value", &value)]);
        } else if measure == Measure::Count && !value.is_whole() {
            self.say(&codes::PART_OF_AN_ATTAINMENT, source, &[("value", &value)]);
        }
    }
}
