//! Programs of Northeastern University as the planner graduatenu publishes them: a tree of
//! courses, `AND`, `OR`, `XOM` (so many credits), `SECTION` (so many of) and `RANGE`.

use credstack_engine::model::{
    Approved, Catalog, CredentialId, CredentialKind, Decimal, Measure, NumberRange, Office, OfficeId, Repeats,
    Requirement, Rule, Selector,
};
use serde::Deserialize;

use super::Fault;
use super::build::{add_credential, whole};

/// One line of the published programs.
#[derive(Debug, Deserialize)]
pub struct Line {
    /// Its name: a path that no other program has.
    pub path: String,
    /// The program.
    pub data: Program,
}

/// A major or a minor.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Program {
    /// Its title.
    pub name: String,
    /// Its sections, all of which are required.
    pub requirement_sections: Vec<Node>,
    /// Its concentrations.
    #[serde(default)]
    pub concentrations: Concentrations,
}

/// The concentrations of a program.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Concentrations {
    /// How many must be completed.
    pub min_options: u32,
    /// Which there are.
    pub concentration_options: Vec<Node>,
}

/// A course named by a requirement.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CourseName {
    /// The subject, such as `CS`.
    pub subject: String,
    /// The number.
    pub class_id: u32,
}

/// A node of a requirement.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "UPPERCASE", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub enum Node {
    Course { subject: String, class_id: u32 },
    And { courses: Vec<Node> },
    Or { courses: Vec<Node> },
    Xom { num_credits_min: u32, courses: Vec<Node> },
    Section { title: String, min_requirement_count: u32, requirements: Vec<Node> },
    Range { subject: String, id_range_start: u32, id_range_end: u32, exceptions: Vec<CourseName> },
}

/// How a section that asks for nothing is read. The published programs have two thousand of them,
/// all empty: the catalog page said something that the planner's importer could not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptySections {
    /// It is left to an advisor.
    AskAdvisor,
    /// It is left out, as the verdict cases do, together with the concentrations.
    LeaveOut,
}

const ADVISOR: &str = "advisor";

/// A catalog in which programs can be put. A course taken twice counts twice.
///
/// # Errors
/// Never, as the names are valid.
pub fn catalog() -> Result<Catalog, Fault> {
    let mut catalog = Catalog::new("northeastern", "Northeastern University");
    catalog.defaults.repeats = Repeats::All;
    catalog.defaults.typical_credits = whole(4);
    catalog.offices.insert(OfficeId::new(ADVISOR)?, Office { title: "Academic advisor".to_owned() });
    Ok(catalog)
}

/// Adds a program to a catalog; its courses have four credits, since the published programs do
/// not state any.
///
/// # Errors
/// If a name in it is none.
pub fn add_program(catalog: &mut Catalog, line: &Line, empty: EmptySections) -> Result<CredentialId, Fault> {
    let mut sections = requirements(&line.data.requirement_sections, empty)?;
    let concentrations = &line.data.concentrations;
    if empty == EmptySections::AskAdvisor && !concentrations.concentration_options.is_empty() {
        let of = requirements(&concentrations.concentration_options, empty)?;
        sections
            .push(Requirement::at_least(Measure::Count, whole(concentrations.min_options), of).named("Concentrations"));
    }
    add_credential(catalog, &line.path, &line.data.name, CredentialKind::Program, Requirement::all(sections), whole(4))
}

/// The requirements that some nodes stand for.
///
/// # Errors
/// If a name in them is none.
pub fn requirements(nodes: &[Node], empty: EmptySections) -> Result<Vec<Requirement>, Fault> {
    nodes.iter().filter_map(|node| requirement(node, empty).transpose()).collect()
}

/// The requirement that a node stands for; none for a section that is left out.
///
/// A range that stands alone is met by any one course in it; inside an `XOM` it brings as many
/// credits as are needed, and none is enough where the others bring all.
///
/// # Errors
/// If a name in it is none.
pub fn requirement(node: &Node, empty: EmptySections) -> Result<Option<Requirement>, Fault> {
    Ok(Some(match node {
        Node::Course { subject, class_id } => {
            Requirement::one_of(Selector::of_codes([format!("{subject} {class_id}")])?)
        }
        Node::And { courses } => Requirement::all(requirements(courses, empty)?),
        Node::Or { courses } => Requirement::any(requirements(courses, empty)?),
        Node::Xom { num_credits_min, courses } => {
            let of = courses
                .iter()
                .filter_map(|child| match child {
                    Node::Range { .. } => {
                        Some(range(child).map(|pool| Requirement::take(Measure::Credits, Decimal::ZERO, pool)))
                    }
                    _ => requirement(child, empty).transpose(),
                })
                .collect::<Result<_, _>>()?;
            Requirement::at_least(Measure::Credits, whole(*num_credits_min), of)
        }
        Node::Section { title, min_requirement_count, requirements: children } => {
            if *min_requirement_count < 1 {
                if empty == EmptySections::LeaveOut {
                    return Ok(None);
                }
                let asked = Approved { office: OfficeId::new(ADVISOR)?, subject: title.clone() };
                return Ok(Some(Requirement::new(Rule::Approved(asked)).named(title)));
            }
            Requirement::at_least(Measure::Count, whole(*min_requirement_count), requirements(children, empty)?)
                .named(title)
        }
        Node::Range { .. } => Requirement::take(Measure::Count, Decimal::ONE, range(node)?),
    }))
}

fn range(node: &Node) -> Result<Selector, Fault> {
    let Node::Range { subject, id_range_start, id_range_end, exceptions } = node else {
        return Err("not a range".into());
    };
    let pool = Selector::Range(NumberRange { subject: subject.clone(), from: *id_range_start, to: *id_range_end });
    if exceptions.is_empty() {
        return Ok(pool);
    }
    Ok(pool.except(Selector::of_codes(exceptions.iter().map(|c| format!("{} {}", c.subject, c.class_id)))?))
}

/// A case that a constraint solver has decided: whether some courses complete a major.
#[derive(Debug, Deserialize)]
pub struct VerdictCase {
    /// Its name.
    pub id: String,
    /// The path of the major.
    pub major: String,
    /// The courses taken.
    pub taken: Vec<String>,
    /// The truth.
    pub expected_satisfied: bool,
    /// Why the case may be read in two ways, if it may.
    #[serde(default)]
    pub ambiguous: Option<String>,
}

/// A case of the planner's own test-suite.
#[derive(Debug, Deserialize)]
pub struct ValidatorCase {
    /// Its name.
    pub name: String,
    /// What is asked.
    pub call: ValidatorCall,
    /// What the planner answers.
    pub expect: ValidatorExpectation,
}

/// What is asked: about one requirement, or about a whole major.
#[derive(Debug, Deserialize)]
pub struct ValidatorCall {
    /// The requirement.
    #[serde(default)]
    pub requirement: Option<Node>,
    /// The major.
    #[serde(default)]
    pub major: Option<Program>,
    /// The courses taken.
    pub taken: Vec<TakenCourse>,
}

/// A course taken.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TakenCourse {
    /// The subject.
    pub subject: String,
    /// The number.
    pub class_id: String,
    /// Its credits.
    pub credits: u32,
}

/// The planner's answer, wrapped by its test-suite.
#[derive(Debug, Deserialize)]
pub struct ValidatorExpectation {
    /// The answer.
    pub expected: ValidatorAnswer,
}

/// The planner's answer.
#[derive(Debug, Deserialize)]
pub struct ValidatorAnswer {
    /// All the ways in which the courses satisfy the requirement; none if they do not.
    #[serde(default)]
    pub ok: Option<Vec<Solution>>,
}

/// One way in which courses satisfy a requirement.
#[derive(Debug, Deserialize)]
pub struct Solution {
    /// The courses, written without a blank: `CS2800`.
    pub sol: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Requirement {
        requirement(&serde_json::from_str(json).unwrap(), EmptySections::LeaveOut).unwrap().unwrap()
    }

    #[test]
    fn an_xom_adds_credits_and_its_ranges_bring_any_number_of_courses() {
        let xom = read(
            r#"{"type":"XOM","numCreditsMin":8,"courses":[
                {"type":"COURSE","subject":"CS","classId":2800},
                {"type":"RANGE","subject":"CS","idRangeStart":3000,"idRangeEnd":3999,
                 "exceptions":[{"type":"COURSE","subject":"CS","classId":3500}]}]}"#,
        );
        let Rule::AtLeast(xom) = xom.rule else { panic!("{xom:?}") };
        assert_eq!((xom.measure, xom.min), (Measure::Credits, whole(8)));
        let [Rule::Take(course), Rule::Take(range)] = [&xom.of[0].rule, &xom.of[1].rule] else { panic!("{xom:?}") };
        assert_eq!((course.min, course.max), (Decimal::ONE, Some(Decimal::ONE)));
        assert_eq!((range.measure, range.min, range.max), (Measure::Credits, Decimal::ZERO, None));
        assert!(matches!(&range.pool, Selector::And(parts) if matches!(parts[1], Selector::Not(_))));
    }

    #[test]
    fn an_empty_section_is_left_out_or_left_to_an_advisor() {
        let section: Node =
            serde_json::from_str(r#"{"type":"SECTION","title":"Option","minRequirementCount":0,"requirements":[]}"#)
                .unwrap();
        assert_eq!(requirement(&section, EmptySections::LeaveOut).unwrap(), None);
        let asked = requirement(&section, EmptySections::AskAdvisor).unwrap().unwrap();
        assert!(matches!(asked.rule, Rule::Approved(a) if a.subject == "Option"));
    }

    #[test]
    fn a_range_alone_asks_for_one_course() {
        let range = read(r#"{"type":"RANGE","subject":"CS","idRangeStart":1,"idRangeEnd":2,"exceptions":[]}"#);
        assert!(matches!(range.rule, Rule::Take(t) if t.min == Decimal::ONE && t.max.is_none()));
    }
}
