//! Degrees of the University of Texas at Dallas as the Nebula planner publishes them.
//!
//! The number of a course carries its hours in the second digit: `CS 1436` has four.

use credstack_engine::model::{
    Catalog, Code, Course, Credential, CredentialId, CredentialKind, Decimal, Measure, Requirement, Selector,
};
use serde::Deserialize;

use super::Fault;
use super::build::{add_credential, whole};

/// A degree.
#[derive(Debug, Deserialize)]
pub struct Degree {
    /// Its title.
    pub display_name: String,
    /// Its requirements.
    pub requirements: Requirements,
    /// The hours it takes in all.
    pub minimum_credit_hours: u32,
}

/// The requirements of a degree. The core curriculum is a reference to another file, which is not
/// part of the data.
#[derive(Debug, Deserialize)]
pub struct Requirements {
    /// The major's.
    pub major: Vec<Node>,
}

/// A node's name.
#[derive(Debug, Default, Deserialize)]
pub struct Metadata {
    /// What the degree plan calls it.
    #[serde(default)]
    pub name: Option<String>,
}

/// A requirement.
#[derive(Debug, Deserialize)]
#[serde(tag = "matcher")]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub enum Node {
    CourseRequirement {
        course: String,
    },
    AndRequirement {
        #[serde(default)]
        metadata: Metadata,
        requirements: Vec<Node>,
    },
    OrRequirement {
        requirements: Vec<Node>,
    },
    SelectRequirement {
        required_count: u32,
        requirements: Vec<Node>,
    },
    HoursRequirement {
        #[serde(default)]
        metadata: Metadata,
        required_hours: u32,
        requirements: Vec<Node>,
    },
    PrefixBucketRequirement {
        prefix: String,
    },
    FreeElectiveRequirement {
        required_hours: u32,
        excluded_courses: Vec<String>,
    },
    /// So many courses whose code starts so, some of which may be others.
    CSGuidedElectiveRequirement {
        required_count: u32,
        starts_with: String,
        also_fulfills: Vec<Node>,
    },
    PsychologyPrefixesOrCourses {
        required_hours: u32,
        accepted_courses: Vec<String>,
        accepted_prefixes: Vec<String>,
    },
}

/// The hours that a course's number states.
fn hours(code: &Code) -> Decimal {
    let number = code.as_str().rsplit(' ').next().unwrap_or_default();
    let digit = number.chars().nth(1).and_then(|c| c.to_digit(10));
    whole(digit.unwrap_or(3))
}

/// A degree as a catalog with one credential.
///
/// # Errors
/// If a name in it is none.
pub fn catalog(name: &str, degree: &Degree) -> Result<Catalog, Fault> {
    let mut catalog = Catalog::new("utdallas", &degree.display_name);
    let completion = Requirement::all(requirements(&degree.requirements.major)?);
    let id =
        add_credential(&mut catalog, name, &degree.display_name, CredentialKind::Degree, completion, Decimal::ZERO)?;
    let stated = Some(whole(degree.minimum_credit_hours));
    if let Some(Credential { credits, .. }) = catalog.credentials.get_mut::<CredentialId>(&id) {
        *credits = stated;
    }
    for (code, course) in &mut catalog.courses {
        *course = Course::of_credits(hours(code));
    }
    Ok(catalog)
}

fn requirements(nodes: &[Node]) -> Result<Vec<Requirement>, Fault> {
    nodes.iter().map(requirement).collect()
}

fn named(requirement: Requirement, metadata: &Metadata) -> Requirement {
    match &metadata.name {
        Some(name) => requirement.named(name),
        None => requirement,
    }
}

fn starting_with(prefix: &str) -> Selector {
    Selector::Pattern(format!("{}*", prefix.trim()))
}

fn requirement(node: &Node) -> Result<Requirement, Fault> {
    Ok(match node {
        Node::CourseRequirement { course } => Requirement::one_of(Selector::of_codes([course])?),
        Node::AndRequirement { metadata, requirements: of } => named(Requirement::all(requirements(of)?), metadata),
        Node::OrRequirement { requirements: of } => Requirement::any(requirements(of)?),
        Node::SelectRequirement { required_count, requirements: of } => {
            Requirement::at_least(Measure::Count, whole(*required_count), requirements(of)?)
        }
        Node::HoursRequirement { metadata, required_hours, requirements: of } => {
            named(Requirement::at_least(Measure::Credits, whole(*required_hours), requirements(of)?), metadata)
        }
        // A bucket stands among courses that bring hours, and may bring any number of them.
        Node::PrefixBucketRequirement { prefix } => {
            Requirement::take(Measure::Credits, Decimal::ZERO, starting_with(prefix))
        }
        Node::FreeElectiveRequirement { required_hours, excluded_courses } => {
            let pool = match excluded_courses.as_slice() {
                [] => Selector::Everything,
                excluded => Selector::Everything.except(Selector::of_codes(excluded)?),
            };
            Requirement::take(Measure::Credits, whole(*required_hours), pool)
        }
        Node::CSGuidedElectiveRequirement { required_count, starts_with, also_fulfills } => {
            let pool = starting_with(starts_with);
            let others = also_fulfills
                .iter()
                .map(|other| match other {
                    Node::CourseRequirement { course } => Ok(course),
                    _ => Err("a guided elective names something that is no course"),
                })
                .collect::<Result<Vec<_>, _>>()?;
            let pool = if others.is_empty() { pool } else { pool.or(Selector::of_codes(others)?) };
            Requirement::take(Measure::Count, whole(*required_count), pool)
        }
        Node::PsychologyPrefixesOrCourses { required_hours, accepted_courses, accepted_prefixes } => {
            let prefixes = accepted_prefixes.iter().map(|p| starting_with(p));
            Requirement::take(
                Measure::Credits,
                whole(*required_hours),
                prefixes.fold(Selector::of_codes(accepted_courses)?, Selector::or),
            )
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use credstack_engine::model::Rule;

    #[test]
    fn a_degree_becomes_a_tree_with_hours_from_its_numbers() {
        let degree: Degree = serde_json::from_str(
            r#"{"display_name":"X","minimum_credit_hours":120,"requirements":{"core":"@import ./core.json","major":[
                {"matcher":"HoursRequirement","metadata":{"id":"a","name":"N"},"required_hours":6,"requirements":[
                  {"matcher":"CourseRequirement","course":"CS 1436","metadata":{"id":"b"}},
                  {"matcher":"PrefixBucketRequirement","prefix":"ENTP","metadata":{"id":"c"}}]},
                {"matcher":"FreeElectiveRequirement","required_hours":10,"excluded_courses":["CS 1336"]}]}}"#,
        )
        .unwrap();
        let catalog = catalog("x", &degree).unwrap();
        assert_eq!(catalog.courses["CS 1436"].credits, Some(whole(4)));
        let completion = &catalog.credentials["x"].editions[0].completion;
        assert!(matches!(&completion.children()[0].rule, Rule::AtLeast(a) if a.measure == Measure::Credits));
    }
}
