//! Files of answers: determinations, one or many, and plans.

use std::path::Path;

use credstack_engine::Determination;
use credstack_engine::model::{DETERMINATION_VERSION, LearnerId};
use serde_json::value::RawValue;

use crate::failure::Failure;
use crate::pack;

/// The most bytes of a file of answers that are read.
const DETERMINATION_BYTES: usize = 1 << 30;

/// Read the bytes of a file of answers.
pub(crate) fn answers(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = pack::bytes(path, DETERMINATION_BYTES)?;
    if bytes.len() > DETERMINATION_BYTES {
        return Err(Failure::of(path, "the file is larger than 1 GiB")
            .with_help("take the learner's line out of it first, for example with grep"));
    }
    Ok(bytes)
}

/// Find one determination in the bytes of a file: the only one, or a learner's. Return it with its own bytes.
pub(crate) fn one(path: &Path, bytes: &[u8], learner: Option<&LearnerId>) -> Result<(Determination, Vec<u8>), Failure> {
    let mut found: Option<(Determination, Vec<u8>)> = None;
    let mut count = 0;
    for read in serde_json::Deserializer::from_slice(bytes).into_iter::<&RawValue>() {
        let text = read.map(RawValue::get);
        let read = text.and_then(|text| Ok((text, serde_json::from_str::<Determination>(text)?)));
        let (text, determination) = read.map_err(|e| {
            Failure::of(path, format!("this is not a determination: {e}")).with_help(
                "`credstack determine --format json` writes one; `credstack schema determination` describes it",
            )
        })?;
        if determination.version != DETERMINATION_VERSION {
            let message =
                format!("the determination has version {}, and this program reads version 1", determination.version);
            return Err(Failure::of(path, message));
        }
        count += 1;
        if learner.is_none_or(|learner| determination.learner == *learner) {
            if found.is_some() {
                return Err(Failure::of(path, "the file has determinations of several learners")
                    .with_help("name one with --learner"));
            }
            found = Some((determination, text.as_bytes().to_vec()));
        }
    }
    found.ok_or_else(|| match learner {
        Some(learner) if count > 0 => Failure::of(path, format!("there is no determination of `{learner}`")),
        _ => Failure::of(path, "the file has no determination"),
    })
}

/// Find the plan that a file is, or a learner's determination in it, and return its own bytes.
#[cfg(feature = "module")]
pub(crate) fn plan_or_determination(path: &Path, learner: &LearnerId) -> Result<Vec<u8>, Failure> {
    use std::collections::BTreeMap;

    use credstack_engine::plan::{PLAN_VERSION, Plan};

    let bytes = answers(path)?;
    let fields: BTreeMap<String, &RawValue> = serde_json::from_slice(&bytes).unwrap_or_default();
    if !fields.contains_key("missing") {
        return Ok(one(path, &bytes, Some(learner))?.1);
    }
    let version = fields.get("version").map_or("none", |version| version.get());
    if version != PLAN_VERSION.to_string() {
        let message = format!("the plan has version {version}, and this program reads version {PLAN_VERSION}");
        return Err(Failure::of(path, message));
    }
    let plan: Plan = serde_json::from_slice(&bytes).map_err(|e| {
        Failure::of(path, format!("this is not a plan: {e}"))
            .with_help("`credstack plan --format json` writes one; `credstack schema plan` describes it")
    })?;
    if plan.learner != *learner {
        return Err(Failure::of(path, format!("the plan is not of `{learner}`, but of `{}`", plan.learner)));
    }
    Ok(bytes.trim_ascii().to_vec())
}
