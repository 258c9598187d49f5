//! One learner's rows of every output file.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use credstack_engine::determine::DetermineError;
use credstack_engine::explain::sentence;
use credstack_engine::model::{AttainmentId, Code, CredentialId, Descriptor, Diagnostic, Label, TargetAnswer};
use credstack_engine::{Bundle, Date, Determination, Options, Record, determine, verify};

use crate::{LANGUAGE, codes, sheet};

/// What is asked about every learner.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) bundle: &'a Bundle,
    pub(crate) as_of: Date,
    pub(crate) options: &'a Options,
}

/// One learner's part of each output file, as it is written.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    pub(crate) determination: Vec<u8>,
    pub(crate) summary: Vec<u8>,
    pub(crate) awards: Vec<u8>,
    pub(crate) notices: Vec<u8>,
    pub(crate) statuses: BTreeMap<&'static str, u64>,
    pub(crate) award_rows: u64,
    pub(crate) notice_rows: u64,
}

/// Evaluate one record. A fault of the engine costs this learner's answer, not the batch.
pub(crate) fn answer(question: Question<'_>, record: &Record) -> Result<Answered, Box<Diagnostic>> {
    let run = std::panic::AssertUnwindSafe(|| checked_answer(question, record));
    std::panic::catch_unwind(run).unwrap_or_else(|_| Err(Box::new(codes::ENGINE_FAILED.of(&[]))))
}

fn checked_answer(question: Question<'_>, record: &Record) -> Result<Answered, Box<Diagnostic>> {
    let determination = determine(question.bundle, record, question.as_of, question.options)
        .map_err(|e| Box::new(refusal(&e).of(&[("cause", &e)])))?;
    // An award list is worth a second look: the checker shares no code with the solver.
    if let Some(finding) = verify(question.bundle, record, &determination).first() {
        let mut fault = codes::ANSWER_NOT_VERIFIED.of(&[("finding", finding)]);
        let Diagnostic { place, words, .. } = finding.into();
        fault.labels.extend(place.map(|place| Label { place, words }));
        return Err(Box::new(fault));
    }
    let mut line =
        serde_json::to_vec(&determination).map_err(|e| Box::new(codes::ANSWER_UNWRITABLE.of(&[("cause", &e)])))?;
    line.push(b'\n');
    Ok(Answered { determination: line, ..rows(&determination) })
}

/// Return the descriptor of what the engine refuses.
const fn refusal(error: &DetermineError) -> &'static Descriptor {
    match error {
        DetermineError::UnknownTarget(..) | DetermineError::TooManyTargets { .. } => &codes::TARGET_REFUSED,
        DetermineError::Version(_) => &codes::LEARNER_VERSION,
        DetermineError::DuplicateAttainment(_)
        | DetermineError::TooManyAttainments { .. }
        | DetermineError::NegativeAmount(_) => &codes::LEARNER_REFUSED,
    }
}

fn rows(determination: &Determination) -> Answered {
    let mut answered = Answered::default();
    let learner = determination.learner.as_str();
    for target in &determination.targets {
        *answered.statuses.entry(target.status.as_str()).or_default() += 1;
        answered.summary.extend(summary_row(learner, target));
    }
    let ready: Vec<(&TargetAnswer, BTreeMap<&AttainmentId, &Code>)> =
        determination.targets.iter().filter(|t| t.can_be_awarded()).map(|t| (t, used(t))).collect();
    for (target, uses) in &ready {
        let overlapping: Vec<&CredentialId> = ready
            .iter()
            .filter(|(other, _)| other.credential != target.credential)
            .filter(|(_, others)| others.keys().any(|id| uses.contains_key(*id)))
            .map(|(other, _)| &other.credential)
            .collect();
        answered.awards.extend(award_row(learner, determination.as_of, target, uses, &overlapping));
        answered.award_rows += 1;
    }
    for notice in &determination.notices {
        answered.notices.extend(sheet::row([learner.into(), sentence(notice, LANGUAGE).into()]));
        answered.notice_rows += 1;
    }
    answered
}

/// Return the attainments that the completion counts.
fn used(target: &TargetAnswer) -> BTreeMap<&AttainmentId, &Code> {
    target.completion.all_uses().map(|each| (&each.attainment, &each.of)).collect()
}

fn summary_row(learner: &str, target: &TargetAnswer) -> Vec<u8> {
    let next: Cow<'_, str> = target.next_steps.first().map_or("".into(), |step| sentence(step, LANGUAGE).into());
    sheet::row([
        learner.into(),
        target.credential.as_str().into(),
        target.title.as_str().into(),
        target.kind.as_str().into(),
        yes_no(target.declared),
        target.status.as_str().into(),
        target.admission.as_str().into(),
        target.conferral.as_str().into(),
        target.distance.to_string().into(),
        next,
    ])
}

fn award_row(
    learner: &str,
    as_of: Date,
    target: &TargetAnswer,
    uses: &BTreeMap<&AttainmentId, &Code>,
    overlapping: &[&CredentialId],
) -> Vec<u8> {
    let join = |parts: Vec<&str>| parts.join("; ");
    let codes: BTreeSet<&str> = uses.values().map(|code| code.as_str()).collect();
    sheet::row([
        learner.into(),
        target.credential.as_str().into(),
        target.title.as_str().into(),
        target.kind.as_str().into(),
        yes_no(target.declared),
        target.admission.as_str().into(),
        target.edition.map_or("".into(), |year| year.to_string().into()),
        as_of.to_string().into(),
        join(uses.keys().map(|id| id.as_str()).collect()).into(),
        join(codes.into_iter().collect()).into(),
        join(overlapping.iter().map(|id| id.as_str()).collect()).into(),
    ])
}

fn yes_no(flag: bool) -> Cow<'static, str> {
    if flag { "yes".into() } else { "no".into() }
}
