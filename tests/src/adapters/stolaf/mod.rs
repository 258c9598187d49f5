//! Areas of study of St. Olaf College, as its registrar's rule files state them.
//!
//! The question here is expressiveness: which areas can be said in the model as it is. Whatever
//! cannot is named, by construct, and the area does not count as imported.

mod pool;
mod query;

use std::collections::{BTreeMap, BTreeSet};

use credstack_engine::model::{
    Approved, AttributeDecl, AttributeKind, AttributeName, AttributeTest, Catalog, CredentialKind, Decimal,
    GradeSymbol, Measure, MinGrade, Office, OfficeId, Requirement, Rule, ScaleId, Selector, Test, Value, When,
};
use serde_json::{Map, Value as Json};

use super::Fault;
use super::build::{add_credential, whole};

/// The learner attribute that lists declared areas by code.
const DECLARED: &str = "declared_areas";
/// The office that keeps what a rule cannot decide.
const DEPARTMENT: &str = "department";
/// The institution, as issuer.
const INSTITUTION: &str = "St. Olaf College";

/// What became of an area.
#[derive(Debug)]
pub struct Import {
    /// Its catalog: the area, and each of its emphases, as credentials. It stands for the area
    /// only if nothing is lacking.
    pub catalog: Catalog,
    /// The constructs that the model cannot say, by name.
    pub lacks: BTreeSet<String>,
}

/// Requirements by name, as far as a rule can see them.
type Names = BTreeMap<String, Json>;

#[derive(Default)]
struct Reader {
    lacks: BTreeSet<String>,
    areas: BTreeSet<String>,
    attributes: BTreeSet<String>,
    /// Facts about the learner, and which way they are taken to be in the copy being read.
    assumed: Vec<(Json, bool)>,
}

/// Reads an area.
///
/// # Errors
/// If it is not YAML, or not an area at all.
pub fn read(text: &str) -> Result<Import, Fault> {
    let area: Json = serde_saphyr::from_str(text)?;
    let area = area.as_object().ok_or("an area must be a mapping")?;
    let mut reader = Reader::default();
    let mut catalog = Catalog::new("stolaf", string(area, "name"));
    catalog.institution = Some(INSTITUTION.to_owned());
    catalog.offices.insert(OfficeId::new(DEPARTMENT)?, Office { title: "Department".to_owned() });
    for key in area.keys() {
        match key.as_str() {
            "name" | "type" | "code" | "degree" | "result" | "requirements" | "emphases" | "limit" => {}
            "multicountable" => reader.lack("sharing inside a credential that is limited to named courses"),
            "credit" => reader.lack("credit for an examination that depends on the area"),
            other => reader.lack(&format!("area key `{other}`")),
        }
    }
    let kind = if string(area, "type") == "degree" { CredentialKind::Degree } else { CredentialKind::Program };
    let completion = reader.section(area, &Names::new())?;
    let code = string(area, "code");
    add_credential(&mut catalog, code, string(area, "name"), kind, completion, Decimal::ONE)?;
    for (emphasis, section) in area.get("emphases").and_then(Json::as_object).into_iter().flatten() {
        let section = section.as_object().ok_or("an emphasis must be a mapping")?;
        let completion = reader.section(section, &Names::new())?;
        let id = format!("{code} emphasis {emphasis}");
        add_credential(&mut catalog, &id, string(section, "name"), CredentialKind::Program, completion, Decimal::ONE)?;
    }
    let declare = |kind, default| AttributeDecl { title: None, kind, default, fixed: false, source: None };
    if !reader.areas.is_empty() {
        let kind = AttributeKind::Choices(reader.areas.into_iter().collect());
        let none = Some(Value::Several(Vec::new()));
        catalog.learner_attributes.insert(AttributeName::new(DECLARED)?, declare(kind, none));
    }
    for name in reader.attributes {
        catalog.attainment_attributes.insert(AttributeName::new(&name)?, declare(AttributeKind::Text, None));
    }
    Ok(Import { catalog, lacks: reader.lacks })
}

fn string<'a>(map: &'a Map<String, Json>, key: &str) -> &'a str {
    map.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn flag(map: &Map<String, Json>, key: &str) -> bool {
    map.get(key).and_then(Json::as_bool).unwrap_or(false)
}

impl Reader {
    fn lack(&mut self, construct: &str) {
        self.lacks.insert(construct.to_owned());
    }

    /// Names what is lacking, and stands in for it, so that the rest of the area is read too.
    fn stand_in(&mut self, construct: &str) -> Result<Requirement, Fault> {
        self.lack(construct);
        approved(construct)
    }

    /// An area, an emphasis or a requirement: a result over named requirements.
    fn section(&mut self, section: &Map<String, Json>, outer: &Names) -> Result<Requirement, Fault> {
        let title = section.get("name").and_then(Json::as_str);
        if flag(section, "department-audited") || flag(section, "department_audited") {
            return approved(title.unwrap_or_else(|| string(section, "message")));
        }
        if section.contains_key("in_gpa") {
            self.lack("a requirement whose courses are left out of the average");
        }
        let mut names = outer.clone();
        if let Some(inner) = section.get("requirements").and_then(Json::as_object) {
            names.extend(inner.iter().map(|(name, section)| (name.clone(), section.clone())));
        }
        let Some(result) = section.get("result") else {
            // A message without a result is advice.
            let text = if section.contains_key("message") { "a message only" } else { "nothing" };
            return if text == "nothing" {
                Err("a requirement without a result".into())
            } else {
                approved(string(section, "message"))
            };
        };
        let mut requirement = self.rule(result, &names)?;
        for limit in section.get("limit").and_then(Json::as_array).into_iter().flatten() {
            self.limit(limit, &mut requirement)?;
        }
        Ok(requirement)
    }

    /// A rule.
    fn rule(&mut self, rule: &Json, names: &Names) -> Result<Requirement, Fault> {
        let Some(rule) = rule.as_object() else {
            return match rule.as_str() {
                Some(course) => Ok(Requirement::one_of(Selector::of_codes([course])?)),
                None => Err(format!("`{rule}` is no rule").into()),
            };
        };
        let mut built = self.bare_rule(rule, names)?;
        if let Some(audit) = rule.get("audit").filter(|_| !rule.contains_key("from")) {
            built = self.audit(audit, built)?;
        }
        for limit in rule.get("limit").and_then(Json::as_array).into_iter().flatten() {
            self.limit(limit, &mut built)?;
        }
        if flag(rule, "optional") {
            built = Requirement::at_least(Measure::Count, Decimal::ZERO, vec![built]);
        }
        Ok(built)
    }

    fn bare_rule(&mut self, rule: &Map<String, Json>, names: &Names) -> Result<Requirement, Fault> {
        if rule.contains_key("from") {
            return self.query(rule);
        }
        if rule.contains_key("$if") {
            return self.conditional(rule, names);
        }
        if let Some(proficiency) = rule.get("proficiency").and_then(Json::as_str) {
            let exam = Requirement::seen(
                Measure::Count,
                Decimal::ONE,
                Selector::of_codes([format!("proficiency: {proficiency}")])?,
            );
            return Ok(match rule.get("course") {
                Some(course) => Requirement::any(vec![exam, self.rule(course, names)?]),
                None => exam,
            });
        }
        if rule.contains_key("course") || rule.contains_key("crsid") || rule.contains_key("ap") {
            return self.course(rule);
        }
        if let Some(name) = rule.get("requirement").and_then(Json::as_str) {
            let section = names.get(name).ok_or_else(|| format!("no requirement `{name}`"))?;
            let section = section.as_object().ok_or_else(|| format!("`{name}` must be a mapping"))?;
            return Ok(self.section(section, names)?.named(name));
        }
        for (key, least) in [("all", None), ("both", None), ("any", Some(1)), ("either", Some(1))] {
            if let Some(of) = rule.get(key).and_then(Json::as_array) {
                let of = of.iter().map(|r| self.rule(r, names)).collect::<Result<Vec<_>, _>>()?;
                return Ok(if least.is_none() { Requirement::all(of) } else { Requirement::any(of) });
            }
        }
        if let (Some(count), Some(of)) = (rule.get("count"), rule.get("of").and_then(Json::as_array)) {
            let of = of.iter().map(|r| self.rule(r, names)).collect::<Result<Vec<_>, _>>()?;
            return Ok(match (count.as_str(), count.as_u64()) {
                (Some("all"), _) => Requirement::all(of),
                (Some("any"), _) => Requirement::any(of),
                (_, Some(n)) => Requirement::at_least(Measure::Count, whole(u32::try_from(n)?), of),
                _ => return Err(format!("`{count}` is no count").into()),
            });
        }
        if flag(rule, "department-audited") || flag(rule, "department_audited") {
            return approved(string(rule, "name"));
        }
        if rule.contains_key("template") {
            return self.stand_in("template filled in for one learner");
        }
        Err(format!("a rule with the keys {:?}", rule.keys().collect::<Vec<_>>()).into())
    }

    /// One course, with conditions on its grade, grading and place.
    fn course(&mut self, rule: &Map<String, Json>) -> Result<Requirement, Fault> {
        let mut pool = match (rule.get("course"), rule.get("crsid"), rule.get("ap")) {
            (Some(Json::String(code)), ..) => Selector::of_codes([code])?,
            (_, Some(Json::String(id)), _) => Selector::of_codes([format!("crsid {id}")])?,
            (.., Some(Json::String(exam))) => Selector::of_codes([exam])?,
            _ => return Err("a course without a code".into()),
        };
        for key in rule.keys() {
            match key.as_str() {
                "grade" => pool = pool.and(min_grade(string(rule, key))?),
                "grade_option" => pool = pool.and(graded(string(rule, key))?),
                "institution" => pool = pool.and(Selector::Issuer(string(rule, key).to_owned())),
                "course" | "crsid" | "ap" | "hidden" | "at_most" | "optional" | "message" | "name" => {}
                "from_claimed" => {
                    return self.stand_in("looking at what other requirements of the credential count");
                }
                // The course may count here whatever else counts it.
                "allow_claimed" => return Ok(Requirement::seen(Measure::Count, Decimal::ONE, pool)),
                other => self.lack(&format!("course key `{other}`")),
            }
        }
        Ok(Requirement::one_of(pool))
    }

    /// A rule under a condition.
    fn conditional(&mut self, rule: &Map<String, Json>, names: &Names) -> Result<Requirement, Fault> {
        let test = self.condition(rule.get("$if").ok_or("a condition without a test")?)?;
        let then = self.rule(rule.get("$then").ok_or("a condition without a consequence")?, names)?;
        let otherwise = match rule.get("$else") {
            Some(otherwise) => self.rule(otherwise, names)?,
            None => Requirement::all(Vec::new()),
        };
        Ok(Requirement::new(Rule::When(Box::new(When { test, then, otherwise }))))
    }

    fn condition(&mut self, test: &Json) -> Result<Requirement, Fault> {
        let test = test.as_object().ok_or("a test must be a mapping")?;
        let (key, value) = test.iter().next().ok_or("an empty test")?;
        let looks = |pool| Requirement::seen(Measure::Count, Decimal::ONE, pool);
        Ok(match (key.as_str(), value) {
            ("$or", Json::Array(of)) => {
                Requirement::any(of.iter().map(|t| self.condition(t)).collect::<Result<_, _>>()?)
            }
            ("$and", Json::Array(of)) => {
                Requirement::all(of.iter().map(|t| self.condition(t)).collect::<Result<_, _>>()?)
            }
            ("$not", inner) => Requirement::new(Rule::Not(Box::new(self.condition(inner)?))),
            ("has-declared-area-code", Json::String(code)) => {
                self.areas.insert(code.clone());
                let test = Test::Is(Value::Text(code.clone()));
                Requirement::new(Rule::Attribute(AttributeTest { name: AttributeName::new(DECLARED)?, test }))
            }
            ("student-has-course-with-attribute", Json::String(tag)) => looks(Selector::Tag(tag.clone())),
            ("has-completed-course" | "has-ip-course", Json::String(code)) => looks(Selector::of_codes([code])?),
            _ => self.stand_in(&format!("test `{key}`"))?,
        })
    }
}

fn approved(subject: &str) -> Result<Requirement, Fault> {
    let subject: String = subject.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(150).collect();
    let asked = Approved { office: OfficeId::new(DEPARTMENT)?, subject };
    Ok(Requirement::new(Rule::Approved(asked)))
}

fn min_grade(grade: &str) -> Result<Selector, Fault> {
    Ok(Selector::MinGrade(MinGrade { scale: ScaleId::new("letter")?, grade: GradeSymbol::new(grade)? }))
}

/// How a course is graded, by the scale of its grade.
fn graded(option: &str) -> Result<Selector, Fault> {
    let scale = match option {
        "grade" => "letter",
        "s/u" => "su",
        "p/n" => "pass_fail",
        // Nobody gets a grade for an audited course.
        "audit" => return Ok(Selector::Tag("audit".to_owned())),
        other => return Err(format!("grading option `{other}`").into()),
    };
    Ok(Selector::GradedOn(vec![ScaleId::new(scale)?]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use credstack_engine::model::LimitRule;

    const AREA: &str = "
name: Dance
type: major
code: '220'
result:
  all:
    - requirement: Electives
    - {course: DANCE 399, grade: C}
    - $if: {$or: [{has-declared-area-code: '180'}]}
      $then: {requirement: Company}
requirements:
  Electives:
    result:
      from: courses
      where: {attribute: {$eq: elective}}
      limit: [{at_most: 2, where: {level: {$eq: 100}}}]
      all:
        - assert: {count(courses): {$gte: 6, at_most: true}}
        - {where: {subject: {$neq: DANCE}}, assert: {count(courses): {$lte: 1}}}
        - assert: {count(terms): {$gte: 2}}
  Company: {department-audited: true, message: Join a company.}
";

    #[test]
    fn an_area_becomes_a_tree_with_limits_and_facts() {
        let import = read(AREA).unwrap();
        assert!(import.lacks.is_empty(), "{:?}", import.lacks);
        let completion = &import.catalog.credentials["220"].editions[0].completion;
        let of = completion.children();
        assert!(matches!(&of[0].rule, Rule::Take(t) if t.min == whole(6)), "{:?}", of[0]);
        let kinds: Vec<_> = of[0].limits.iter().map(|l| &l.rule).collect();
        assert!(matches!(kinds[..], [LimitRule::AtMost(_), LimitRule::AtMost(_), LimitRule::Distinct(_)]), "{kinds:?}");
        assert!(matches!(&of[2].rule, Rule::When(w) if matches!(w.then.rule, Rule::Approved(_))));
    }

    #[test]
    fn what_cannot_be_said_is_named() {
        let text = AREA.replace("$gte: 6, at_most: true", "$gte: $terms-since-declaring-major");
        let import = read(&text).unwrap();
        assert_eq!(import.lacks.len(), 1, "{:?}", import.lacks);
        assert!(read("- no area").is_err());
    }
}
