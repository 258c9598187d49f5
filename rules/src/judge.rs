//! Runs rule tests against a bundle.

use std::collections::BTreeMap;

use credstack_base::Named;
use credstack_engine::{Bundle, Language, determine, sentence};
use credstack_model::{AttainmentId, CredentialId, Source};
use credstack_model::{Determination, NodeAnswer, Options, TargetAnswer, Targets};

use crate::scenario::{Expectation, Expected, RuleTest};

/// How a rule test came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestOutcome {
    /// What the test shows.
    pub name: String,
    /// Where it was written.
    pub source: Source,
    /// What is not as expected; empty if the test passed.
    pub misses: Vec<Miss>,
}

/// One thing that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Of which credential.
    pub credential: CredentialId,
    /// Where the expectation was written.
    pub source: Source,
    /// What was expected, in words.
    pub expected: String,
    /// What the answer says instead, in words.
    pub got: String,
    /// Why the answer is as it is: its summary, then the requirements that are not met, each with
    /// the place where it was written.
    pub why: Vec<(String, Option<Source>)>,
}

impl TestOutcome {
    /// Tell if everything is as expected.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.misses.is_empty()
    }
}

/// Run rule tests. Credentials that a learner pursues are answered together; what is expected of
/// another credential is answered for that one alone.
#[must_use]
pub fn run_tests(bundle: &Bundle, tests: &[RuleTest]) -> Vec<TestOutcome> {
    tests
        .iter()
        .map(|test| TestOutcome { name: test.name.clone(), source: test.source.clone(), misses: misses(bundle, test) })
        .collect()
}

fn misses(bundle: &Bundle, test: &RuleTest) -> Vec<Miss> {
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
        let miss = match answer {
            Err(error) => Some((error.clone(), Vec::new())),
            Ok(determination) => match determination.targets.iter().find(|target| target.credential == *id) {
                None => Some(("no answer".to_owned(), Vec::new())),
                Some(target) => compare(target, &expectation.expected).err().map(|got| (got, why(target, expectation))),
            },
        };
        if let Some((got, why)) = miss {
            misses.push(Miss {
                credential: id.clone(),
                source: expectation.source.clone(),
                expected: words(&expectation.expected),
                got,
                why,
            });
        }
    }
    misses
}

/// Compare an answer with the expected one; where it differs, say in words what it is.
fn compare(target: &TargetAnswer, expected: &Expected) -> Result<(), String> {
    match expected {
        Expected::Status(status) => same(status, &target.status),
        Expected::Admission(admission) => same(admission, &target.admission),
        Expected::Award(gate) => same(gate, &target.conferral),
        Expected::Distance(distance) if *distance == target.distance => Ok(()),
        Expected::Distance(_) => Err(format!("{} credits short", target.distance)),
        Expected::Requirement { heading, met } => {
            let found: Vec<&NodeAnswer> = trees(target)
                .flat_map(NodeAnswer::walk)
                .filter(|node| node.label.as_deref() == Some(heading))
                .collect();
            let Some(first) = found.first() else {
                return Err(format!("there is no requirement with the heading `{heading}`"));
            };
            // Several requirements may have the same heading: all are meant.
            let all_as_expected = found.iter().all(|node| node.status.is_open() != *met);
            if all_as_expected { Ok(()) } else { Err(format!("`{heading}` is {}", first.status.as_str())) }
        }
        Expected::Counted { items, counted } => {
            let used: Vec<&AttainmentId> = target.completion.all_uses().map(|each| &each.attainment).collect();
            let off: Vec<String> =
                items.iter().filter(|item| used.contains(item) != *counted).map(|item| format!("`{item}`")).collect();
            if off.is_empty() {
                return Ok(());
            }
            let not = if *counted { "not " } else { "" };
            Err(format!("{} {not}counted", off.join(", ")))
        }
    }
}

fn same<T: Named + PartialEq>(expected: &T, got: &T) -> Result<(), String> {
    if expected == got { Ok(()) } else { Err(got.as_str().to_owned()) }
}

fn words(expected: &Expected) -> String {
    match expected {
        Expected::Status(status) => status.as_str().to_owned(),
        Expected::Admission(admission) => admission.as_str().to_owned(),
        Expected::Award(gate) => gate.as_str().to_owned(),
        Expected::Distance(distance) => format!("{distance} credits short"),
        Expected::Requirement { heading, met: true } => format!("`{heading}` is met"),
        Expected::Requirement { heading, met: false } => format!("`{heading}` is not met"),
        Expected::Counted { items, counted } => {
            let items: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
            format!("{} {}counted", items.join(", "), if *counted { "" } else { "not " })
        }
    }
}

fn trees(target: &TargetAnswer) -> impl Iterator<Item = &NodeAnswer> {
    [Some(&target.completion), target.admission_tree.as_ref(), target.conferral_tree.as_ref()].into_iter().flatten()
}

/// The most requirements that a reason names.
const REASONS: usize = 5;

fn why(target: &TargetAnswer, expectation: &Expectation) -> Vec<(String, Option<Source>)> {
    let tree = match expectation.expected {
        Expected::Admission(_) => target.admission_tree.as_ref(),
        Expected::Award(_) => target.conferral_tree.as_ref(),
        _ => Some(&target.completion),
    };
    let mut why = vec![(sentence(&target.summary, Language::English), None)];
    let open = tree.into_iter().flat_map(NodeAnswer::walk).filter(|node| {
        let itself = node.children.is_empty() || node.limits.iter().any(|l| l.status.is_open());
        itself && node.status.is_open()
    });
    why.extend(open.take(REASONS).map(|node| {
        let heading = node.label.as_deref().map(|label| format!("{label}: ")).unwrap_or_default();
        (
            format!("{heading}{} ({})", sentence(&node.rule, Language::English), node.status.as_str()),
            node.source.clone(),
        )
    }));
    why
}
