//! The screening workload: rules over badges and a few facts, in which every condition may look
//! at every item.

use credstack_engine::model::{
    Attainment, AttainmentId, AttributeDecl, AttributeKind, AttributeName, AttributeTest, Catalog, Code, Completed,
    Course, CredentialKind, Date, Decimal, Duration, Event, Gpa, GpaOver, GradeScale, GradeSymbol, LearnerId, Measure,
    MinGrade, NumericScale, Recent, Record, Requirement, Rule, ScaleId, ScaleKind, Selector, Test, Value,
};
use serde::Deserialize;

use super::Fault;
use super::build::{add_credential, number, whole};

/// The workload's rules.
#[derive(Debug, Deserialize)]
pub struct Workload {
    /// The day of the question, counted from 1970-01-01.
    pub today: i32,
    /// All badges.
    pub badges: Vec<String>,
    /// The rules, in the order of the verdicts.
    pub rules: Vec<NamedRule>,
}

/// A rule with its name.
#[derive(Debug, Deserialize)]
pub struct NamedRule {
    /// The name.
    pub id: String,
    /// The rule.
    pub rule: Condition,
}

/// A rule.
#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are those of the workload's format")]
pub enum Condition {
    All { of: Vec<Condition> },
    Any { of: Vec<Condition> },
    Gpa { min: serde_json::Number },
    Attr { name: String, r#in: Vec<String> },
    Has { badge: String, min: u32 },
    Recent { badge: String, days: u32 },
    AtLeast { n: u32, set: Vec<String> },
    Credits { min: u32, set: Vec<String> },
}

/// A learner of the workload.
#[derive(Debug, Deserialize)]
pub struct Learner {
    /// The name.
    pub id: String,
    /// The grade point average.
    pub gpa: Decimal,
    /// Where the learner lives.
    pub residency: String,
    /// What the learner studies.
    pub program: String,
    /// The standing.
    pub level: String,
    /// The badges earned.
    pub items: Vec<Item>,
}

/// A badge earned.
#[derive(Debug, Deserialize)]
pub struct Item {
    /// Which.
    pub badge: String,
    /// The grade, 1 to 4.
    pub grade: u32,
    /// The credits.
    pub credits: u32,
    /// The day, counted from 1970-01-01.
    pub earned: i32,
}

const SCALE: &str = "points";

impl Workload {
    /// The day of the question.
    ///
    /// # Errors
    /// If it is out of the range of dates.
    pub fn as_of(&self) -> Result<Date, Fault> {
        day(self.today)
    }

    /// The rules as one catalog with a credential each.
    ///
    /// # Errors
    /// If a name or a number in them is none.
    pub fn catalog(&self) -> Result<Catalog, Fault> {
        let mut catalog = Catalog::new("screening", "Screening workload");
        let scale = ScaleId::new(SCALE)?;
        let kind = ScaleKind::Numeric(NumericScale { min: Decimal::ZERO, max: whole(4), pass: Decimal::ZERO });
        catalog.scales.insert(scale.clone(), GradeScale { id: scale.clone(), kind });
        catalog.defaults.scale = scale;
        let declare = |kind| AttributeDecl { title: None, kind, default: None, fixed: false, source: None };
        catalog.learner_attributes.insert(AttributeName::new("gpa")?, declare(AttributeKind::Number));
        for name in ["residency", "program", "level"] {
            catalog.learner_attributes.insert(AttributeName::new(name)?, declare(AttributeKind::Text));
        }
        for badge in &self.badges {
            let mut course = Course::of_credits(Decimal::ZERO);
            course.kind = credstack_engine::model::AttainmentKind::Badge;
            catalog.courses.insert(Code::new(badge)?, course);
        }
        for rule in &self.rules {
            let completion = condition(&rule.rule)?;
            add_credential(&mut catalog, &rule.id, &rule.id, CredentialKind::Badge, completion, Decimal::ZERO)?;
        }
        Ok(catalog)
    }
}

fn day(number: i32) -> Result<Date, Fault> {
    Date::from_day_number(number).ok_or_else(|| format!("day {number} is out of range").into())
}

fn condition(condition: &Condition) -> Result<Requirement, Fault> {
    let inside = |of: &[Condition]| of.iter().map(self::condition).collect::<Result<Vec<_>, _>>();
    Ok(match condition {
        Condition::All { of } => Requirement::all(inside(of)?),
        Condition::Any { of } => Requirement::any(inside(of)?),
        Condition::Gpa { min } => {
            Requirement::new(Rule::Gpa(Gpa { min: number(min)?, over: GpaOver::Attribute(AttributeName::new("gpa")?) }))
        }
        Condition::Attr { name, r#in } => Requirement::new(Rule::Attribute(AttributeTest {
            name: AttributeName::new(name)?,
            test: Test::OneOf(r#in.iter().cloned().map(Value::Text).collect()),
        })),
        Condition::Has { badge, min } => {
            let grade = MinGrade { scale: ScaleId::new(SCALE)?, grade: GradeSymbol::new(&min.to_string())? };
            Requirement::seen(Measure::Count, Decimal::ONE, Selector::of_codes([badge])?.and(Selector::MinGrade(grade)))
        }
        Condition::Recent { badge, days } => {
            let recent = Recent { within: Duration::Days(*days), before: Event::AsOf };
            Requirement::seen(Measure::Count, Decimal::ONE, Selector::of_codes([badge])?.and(Selector::Recent(recent)))
        }
        Condition::AtLeast { n, set } => Requirement::seen(Measure::Count, whole(*n), Selector::of_codes(set)?),
        Condition::Credits { min, set } => Requirement::seen(Measure::Credits, whole(*min), Selector::of_codes(set)?),
    })
}

impl Learner {
    /// The learner as a record.
    ///
    /// # Errors
    /// If a name or a day in it is none.
    pub fn record(&self) -> Result<Record, Fault> {
        let mut record = Record::new(LearnerId::new(&self.id)?);
        record.attributes.insert(AttributeName::new("gpa")?, Value::Number(self.gpa));
        for (name, value) in [("residency", &self.residency), ("program", &self.program), ("level", &self.level)] {
            record.attributes.insert(AttributeName::new(name)?, Value::Text(value.clone()));
        }
        for (n, item) in self.items.iter().enumerate() {
            let mut badge = Attainment::new(AttainmentId::new(&format!("a{n:03}"))?, Code::new(&item.badge)?);
            badge.credits = Some(whole(item.credits));
            badge.grade = Some(GradeSymbol::new(&item.grade.to_string())?);
            badge.completed_on = Some(Completed::On(day(item.earned)?));
            record.attainments.push(badge);
        }
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_become_looking_leaves() {
        let workload: Workload = serde_json::from_str(
            r#"{"today":20779,"badges":["B1","B2"],"rules":[{"id":"c","rule":{"op":"any","of":[
                {"op":"has","badge":"B1","min":2},{"op":"recent","badge":"B2","days":1826},
                {"op":"gpa","min":2.75},{"op":"atleast","n":2,"set":["B1","B2"]}]}}]}"#,
        )
        .unwrap();
        let catalog = workload.catalog().unwrap();
        assert_eq!(workload.as_of().unwrap().to_string(), "2026-11-22");
        let completion = &catalog.credentials["c"].editions[0].completion;
        let Rule::Any(of) = &completion.rule else { panic!("{completion:?}") };
        assert!(of.iter().all(|r| matches!(r.rule, Rule::Seen(_) | Rule::Gpa(_))));
        assert!(matches!(&of[2].rule, Rule::Gpa(g) if g.min.to_string() == "2.75"));
        assert_eq!(catalog.courses.len(), 2);
    }
}
