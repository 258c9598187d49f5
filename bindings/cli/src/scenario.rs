//! Runs the scenarios of a pack.

use std::collections::BTreeMap;

use credstack_engine::{
    AttainmentId, Bundle, CredentialId, Determination, NodeStatus, Options, TargetAnswer, Targets, determine,
};
use credstack_rules::{Expected, RuleTest};
use serde::Serialize;

/// What is not as a scenario expects: where that is written, and both sides in words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Miss {
    pub(crate) place: String,
    pub(crate) message: String,
}

/// Asks what a scenario asks. Credentials that it pursues are answered together, others alone.
pub(crate) fn misses(bundle: &Bundle, test: &RuleTest) -> Vec<Miss> {
    let mut answers: BTreeMap<Option<&CredentialId>, Result<Determination, String>> = BTreeMap::new();
    let mut misses = Vec::new();
    for expectation in &test.expectations {
        let id = &expectation.credential;
        let alone = (!test.record.declared.contains(id)).then_some(id);
        let answer = answers.entry(alone).or_insert_with(|| {
            let targets = alone.map_or(Targets::Declared, |id| Targets::These(vec![id.clone()]));
            let options =
                Options { targets, in_progress: test.in_progress, planned: test.planned, ..Options::default() };
            determine(bundle, &test.record, test.as_of, &options).map_err(|e| e.to_string())
        });
        let found = match answer {
            Err(e) => Err(e.clone()),
            Ok(determination) => determination.targets.iter().find(|target| target.credential == *id).map_or_else(
                || Err("there is no answer for it".to_owned()),
                |target| compare(target, &expectation.expected),
            ),
        };
        if let Err(message) = found {
            misses.push(Miss { place: expectation.source.to_string(), message: format!("{id}: {message}") });
        }
    }
    misses
}

fn compare(target: &TargetAnswer, expected: &Expected) -> Result<(), String> {
    match expected {
        Expected::Status(status) => same("the status", status, &target.status),
        Expected::Admission(admission) => same("admission", admission, &target.admission),
        Expected::Award(gate) => same("the gate at award", gate, &target.conferral),
        Expected::Distance(distance) => same("the distance", distance, &target.distance),
        Expected::Requirement { heading, met } => {
            let trees = [Some(&target.completion), target.admission_tree.as_ref(), target.conferral_tree.as_ref()];
            let mut nodes = trees.into_iter().flatten().flat_map(|tree| tree.walk());
            let node = nodes
                .find(|node| node.label.as_ref() == Some(heading))
                .ok_or_else(|| format!("it has no requirement `{heading}`"))?;
            if (node.status <= NodeStatus::MetWithInProgress) == *met {
                return Ok(());
            }
            let wanted = if *met { "met" } else { "unmet" };
            Err(format!("`{heading}` should be {wanted} and is {}", word(&node.status)))
        }
        Expected::Counted { items, counted } => {
            let nodes = target.completion.walk();
            let used = |id: &AttainmentId| nodes.iter().flat_map(|node| &node.uses).any(|each| each.attainment == *id);
            match items.iter().find(|id| used(*id) != *counted) {
                None => Ok(()),
                Some(id) if *counted => Err(format!("`{id}` should be counted and is not")),
                Some(id) => Err(format!("`{id}` should not be counted and is")),
            }
        }
        // A newer language may expect what this program cannot look at; that is no pass.
        other => Err(format!("this program does not know how to check {other:?}")),
    }
}

fn same<T: PartialEq + Serialize>(what: &str, expected: &T, found: &T) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    Err(format!("{what} should be {} and is {}", word(expected), word(found)))
}

/// A value as rules and JSON write it.
fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_owned()
}
