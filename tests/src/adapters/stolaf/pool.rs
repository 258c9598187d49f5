//! Where-clauses: which courses a rule speaks of.

use credstack_engine::model::{
    AttributeName, AttributeTest, Code, Date, Decimal, LevelRange, Selector, Test, Value, Window,
};
use serde_json::{Map, Value as Json};

use super::super::Fault;
use super::query::MANY_FACTS;
use super::{INSTITUTION, Reader, graded, min_grade};

/// An operator and the values it compares with.
struct Comparison<'a> {
    operator: &'a str,
    values: Vec<String>,
}

impl Reader {
    /// The selector that a where-clause stands for.
    pub(super) fn pool(&mut self, clause: &Json) -> Result<Selector, Fault> {
        let clause = clause.as_object().ok_or("a where-clause must be a mapping")?;
        if let Some(test) = clause.get("$if") {
            let branch = match self.assumption(test) {
                Some(true) => clause.get("$then"),
                Some(false) => clause.get("$else"),
                None => {
                    self.lack(MANY_FACTS);
                    return Ok(Selector::Everything);
                }
            };
            return match branch {
                Some(branch) => self.pool(branch),
                None => Ok(Selector::Not(Box::new(Selector::Everything))),
            };
        }
        let mut pool = Selector::Everything;
        for (key, value) in clause {
            pool = pool.and(match (key.as_str(), value) {
                ("$and", Json::Array(of)) => {
                    let mut joined = Selector::Everything;
                    for part in of {
                        joined = joined.and(self.pool(part)?);
                    }
                    joined
                }
                ("$or", Json::Array(of)) => self.either(of)?,
                (key, Json::Object(comparison)) => self.field(key, comparison)?,
                _ => return Err(format!("where `{key}`: {value}").into()),
            });
        }
        Ok(pool)
    }

    fn either(&mut self, of: &[Json]) -> Result<Selector, Fault> {
        let mut parts = Vec::new();
        for part in of {
            // "A grade of at least C, or in progress": what is in progress counts as such anyway.
            let in_progress = part.pointer("/is_in_progress/$eq").and_then(Json::as_bool);
            if in_progress != Some(true) {
                parts.push(self.pool(part)?);
            }
        }
        Ok(parts.into_iter().reduce(Selector::or).unwrap_or(Selector::Everything))
    }

    fn field(&mut self, key: &str, comparison: &Map<String, Json>) -> Result<Selector, Fault> {
        if key == "grade" {
            return self.grade(comparison);
        }
        let mut pool = Selector::Everything;
        for (operator, values) in comparison {
            let values: Vec<&Json> = match values {
                Json::Array(of) => of.iter().collect(),
                one => vec![one],
            };
            let values: Vec<String> =
                values.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect();
            if let Some(computed) = values.iter().find(|v| v.starts_with('$')) {
                self.lack(&format!("value computed from the record: `{computed}`"));
                continue;
            }
            pool = pool.and(self.one_field(key, &Comparison { operator, values })?);
        }
        Ok(pool)
    }

    fn one_field(&mut self, key: &str, by: &Comparison<'_>) -> Result<Selector, Fault> {
        let negated = matches!(by.operator, "$neq" | "$nin");
        let each = |make: &dyn Fn(&str) -> Result<Selector, Fault>| -> Result<Selector, Fault> {
            let mut parts = Vec::new();
            for value in &by.values {
                parts.push(make(value)?);
            }
            parts.into_iter().reduce(Selector::or).ok_or_else(|| "a comparison with nothing".into())
        };
        let positive = match key {
            "attribute" | "attributes" | "gereqs" => each(&|v| Ok(Selector::Tag(v.to_owned())))?,
            "subject" => each(&|v| Ok(Selector::Subject(v.to_owned())))?,
            "course" | "ap" => each(&|v| Ok(Selector::code(Code::new(v)?)))?,
            "institution" => each(&|v| Ok(Selector::Issuer(v.to_owned())))?,
            "grade_option" => each(&graded)?,
            "is_stolaf" => {
                let here = Selector::Issuer(INSTITUTION.to_owned());
                if by.values == ["true"] { here } else { Selector::Not(Box::new(here)) }
            }
            // A level is a hundred of numbers.
            "level" => each(&|v| numbers(by.operator, v, 99))?,
            "number" => each(&|v| numbers(by.operator, v, 0))?,
            "credits" => each(&|v| {
                let exactly: Decimal = v.parse()?;
                let more = exactly + Decimal::from_thousandths(1);
                Ok(Selector::CreditsAtLeast(exactly).except(Selector::CreditsAtLeast(more)))
            })?,
            // Only what is finished is looked at: what is in progress counts as such anyway.
            "is_in_progress" if by.values == ["false"] => Selector::Everything,
            "name" | "type" | "course_type" | "semester" | "year" | "is_in_gpa" | "role" | "status" => {
                self.attributes.insert(key.to_owned());
                each(&|v| {
                    let test = Test::Is(Value::Text(v.to_owned()));
                    Ok(Selector::Attribute(AttributeTest { name: AttributeName::new(key)?, test }))
                })?
            }
            other => {
                self.lack(&format!("where `{other}`"));
                Selector::Everything
            }
        };
        Ok(if negated { Selector::Not(Box::new(positive)) } else { positive })
    }

    fn grade(&mut self, comparison: &Map<String, Json>) -> Result<Selector, Fault> {
        let grade = |key: &str| comparison.get(key).and_then(Json::as_str);
        let (least, below) = (grade("$gte"), grade("$lt"));
        let Some(usual) = least.or(below) else { return Err("a grade compared with nothing".into()) };
        let mut passes = min_grade(usual)?;
        // Another grade was enough while classes met at a distance: the spring of 2020.
        if let (Some(then), Some(from), Some(to)) =
            (grade("$during_covid"), Date::new(2020, 2, 1), Date::new(2020, 5, 31))
        {
            let window = Window { from: Some(from), to: Some(to) };
            passes = passes.or(min_grade(then)?.and(Selector::Completed(window)));
        }
        Ok(if below.is_some() { Selector::Not(Box::new(passes)) } else { passes })
    }
}

fn numbers(operator: &str, value: &str, width: u32) -> Result<Selector, Fault> {
    let value: u32 = value.parse()?;
    let (from, to) = match operator {
        "$gte" => (Some(value), None),
        "$lte" => (None, Some(value + width)),
        _ => (Some(value), Some(value + width)),
    };
    Ok(Selector::Level(LevelRange { from, to }))
}
