//! Whether just those credentials are answered that were asked for.

use super::codes;
use credstack_base::sorted::Set;
use credstack_model::{Catalog, CredentialId, Options, Record, TargetAnswer, Targets};

use super::finding::Finding;

/// Check that just those credentials are answered that were asked for, the declared ones in their order.
pub(super) fn check(
    catalog: &Catalog,
    record: &Record,
    options: &Options,
    answers: &[TargetAnswer],
    findings: &mut Vec<Finding>,
) {
    let mut asked: Vec<&CredentialId> = match &options.targets {
        Targets::Declared | Targets::All => record.declared.iter().collect(),
        Targets::These(these) => these.iter().collect(),
    };
    let mut seen = Set::new();
    asked.retain(|id| catalog.credentials.contains_key(*id) && seen.insert(*id));
    let joint: Vec<&CredentialId> = answers.iter().filter(|t| t.declared).map(|t| &t.credential).collect();
    let mut object = |message: String| {
        findings.push(Finding { code: codes::WRONG_TARGETS.to_owned(), path: "targets".to_owned(), message });
    };
    if joint != asked {
        object("the targets solved together are not those asked for, in their order".to_owned());
    }
    let mut answered = Set::new();
    for answer in answers {
        if !answered.insert(&answer.credential) {
            object(format!("`{}` is answered twice", answer.credential));
        }
    }
    if options.targets == Targets::All {
        for id in catalog.credentials.keys().filter(|id| !answered.contains(id)) {
            object(format!("`{id}` is not answered"));
        }
    }
}
