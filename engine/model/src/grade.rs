//! Grade scales: what grades there are, in what order, and what each is worth.

use serde::{Deserialize, Serialize};

use credstack_base::json::FromJson;

use super::decimal::Decimal;
use super::id::{GradeSymbol, ScaleId};

/// A grade scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GradeScale {
    /// Its name, such as `letter`.
    pub id: ScaleId,
    /// What kind of scale it is.
    pub kind: ScaleKind,
}

/// How a scale's grades are given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ScaleKind {
    /// Named grades, best first.
    Symbols(Vec<Grade>),
    /// Numbers, such as percentages.
    Numeric(NumericScale),
}

/// A scale of numbers; a grade on it is written as a number (`87.5`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NumericScale {
    /// The lowest number.
    pub min: Decimal,
    /// The highest number.
    pub max: Decimal,
    /// The lowest number that earns credit.
    pub pass: Decimal,
}

/// One named grade of a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// As written on a transcript, such as `A-`.
    pub symbol: GradeSymbol,
    /// Grade points per credit; absent where the grade does not enter a GPA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Decimal>,
    /// Whether the grade earns credit. A completed attainment with a grade that does not is never counted,
    /// though it still enters a GPA that looks at it; on work under way such a grade is none yet.
    pub earns_credit: bool,
}

/// A grade read on its scale. Greater is better; grades of different scales do not compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradeValue {
    /// The place on the scale: for named grades the distance from the worst, for numeric scales
    /// the number in thousandths.
    pub rank: i64,
    /// Grade points, if the grade enters a GPA.
    pub points: Option<Decimal>,
    /// Whether the grade earns credit.
    pub earns_credit: bool,
}

impl GradeScale {
    /// Read a grade on this scale; `None` if the scale has no such grade.
    #[must_use]
    pub fn read(&self, symbol: &GradeSymbol) -> Option<GradeValue> {
        match &self.kind {
            ScaleKind::Symbols(grades) => {
                let place = grades.iter().position(|g| g.symbol == *symbol)?;
                let grade = &grades[place];
                let rank = i64::try_from(grades.len() - 1 - place).ok()?;
                Some(GradeValue { rank, points: grade.points, earns_credit: grade.earns_credit })
            }
            ScaleKind::Numeric(scale) => {
                let value: Decimal = symbol.as_str().parse().ok()?;
                (scale.min <= value && value <= scale.max).then(|| GradeValue {
                    rank: value.thousandths(),
                    points: None,
                    earns_credit: value >= scale.pass,
                })
            }
        }
    }

    /// Return the grades as a person would list them, for messages.
    #[must_use]
    pub fn listing(&self) -> String {
        match &self.kind {
            ScaleKind::Symbols(grades) => grades.iter().map(|g| g.symbol.as_str()).collect::<Vec<_>>().join(", "),
            ScaleKind::Numeric(scale) => format!("{} to {}", scale.min, scale.max),
        }
    }
}

/// Return the scales that every catalog starts with: `letter` (A to F with plus and minus, 4.0 points,
/// and the marks that carry none: W, I, AU, IP), `pass_fail`, `su` and `percent`.
#[must_use]
pub fn common_scales() -> Vec<GradeScale> {
    let scale = |id: &str, grades: &[(&str, Option<i64>, bool)]| -> Option<GradeScale> {
        let grades = grades
            .iter()
            .map(|(symbol, points, earns_credit)| {
                Some(Grade {
                    symbol: GradeSymbol::new(symbol).ok()?,
                    points: points.map(Decimal::from_thousandths),
                    earns_credit: *earns_credit,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        Some(GradeScale { id: ScaleId::new(id).ok()?, kind: ScaleKind::Symbols(grades) })
    };
    let percent = ScaleId::new("percent").ok().map(|id| GradeScale {
        id,
        kind: ScaleKind::Numeric(NumericScale {
            min: Decimal::ZERO,
            max: Decimal::whole(100),
            pass: Decimal::whole(50),
        }),
    });
    [
        scale(
            "letter",
            &[
                ("A+", Some(4000), true),
                ("A", Some(4000), true),
                ("A-", Some(3700), true),
                ("B+", Some(3300), true),
                ("B", Some(3000), true),
                ("B-", Some(2700), true),
                ("C+", Some(2300), true),
                ("C", Some(2000), true),
                ("C-", Some(1700), true),
                ("D+", Some(1300), true),
                ("D", Some(1000), true),
                ("D-", Some(700), true),
                ("F", Some(0), false),
                ("W", None, false),
                ("I", None, false),
                ("IP", None, false),
                ("AU", None, false),
            ],
        ),
        scale("pass_fail", &[("P", None, true), ("F", None, false)]),
        scale("su", &[("S", None, true), ("U", None, false)]),
        percent,
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_ordered_within_a_scale() {
        let scales = common_scales();
        let letter = &scales[0];
        let read = |s: &str| letter.read(&GradeSymbol::new(s).unwrap());
        assert!(read("A-").unwrap().rank > read("B+").unwrap().rank);
        assert!(!read("F").unwrap().earns_credit && read("E").is_none());
        let percent = &scales[3];
        let n = |s: &str| percent.read(&GradeSymbol::new(s).unwrap());
        assert!(
            n("87.5").unwrap().rank > n("50").unwrap().rank && n("101").is_none() && !n("49.999").unwrap().earns_credit
        );
    }
}
