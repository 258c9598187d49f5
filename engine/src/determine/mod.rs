//! The determination: a pure function of bundle, record, date and options.
//!
//! ```text
//! record --select--> Holdings --problem--> Problem --allocate--> Allocation --answer--> NodeAnswer --target--> TargetAnswer
//! ```
//!
//! **What it is for.** It answers, for each credential asked about: how far is it, may the learner start it, and
//! why. Declared credentials are solved together, because one course can seldom count in all of them; each other
//! credential is solved alone, beside what is conferred.
//!
//! **In and out.** In come a `Bundle`, a `Record`, a date and `Options`. Out comes a `Determination`: for each
//! credential a status and the tree of its completion, in which every leaf names the attainments that it counts (the
//! witness), and trees for admission and conferral. A record that cannot be answered at all is a
//! [`DetermineError`]; one that is only doubtful is answered, and the doubt is among the notices.
//!
//! **The order of the work,** and what each file decides:
//!
//! 1. `edition` picks the edition of each credential. `held` says which credentials are held already: those are
//!    not solved anew.
//! 2. `solve` gathers the trees that belong together: the targets, and each credential that one of them asks to
//!    be held. What is earned on the way counts only below `all`, `any` and the like; inside a `not` or in a test,
//!    only awards do.
//! 3. `problem` turns these trees into one `allocate::Problem` of plain numbers, in the `units` of each measure.
//!    `facts` and `averages` evaluate leaves that take nothing, and name the facts that are missing;
//!    `leaf_result` has the levels. `required` says what a requirement asks at the least, the base of
//!    percentages; `rounding` how these are rounded; `pair_rule` what two credentials may count in common.
//! 4. `allocate`, which knows no catalog, finds the best legal allocation and says which parts of it are proved.
//! 5. `answer` reads it back into the tree that people know; `numbering` finds each requirement's node again.
//!    `lasting` tells unmet from closed. `refutation` says why what is open cannot be met.
//! 6. `target` makes a status of levels and adds what is told beside it; `next_steps` writes the first sentences.
//!
//! `completion` serves plans: the same steps 1 to 4, over a record with every course that could help.
//! `search_again` repeats a search whose proof is that it found nothing.
//!
//! **Invariants that the code leans on.**
//!
//! - *Unknown is never no.* A missing fact becomes the level `Review`, and never makes a requirement unmet.
//! - *A status says no more than was shown.* It is the level of the root, unless that is not proved (`undetermined`), the edition is
//!   not known (`needs_review` at best), or nothing to come can meet it (`closed`).
//! - *Numbers keep their order.* Items are numbered as in `Holdings`, nodes as the rule is written, targets as they
//!   were asked for; an earlier number wins where all else is equal.
//! - *Nothing is rounded inside.* Amounts are whole numbers of thousandths, distances are kept in a unit in which
//!   items, credits and hours are exact, averages are compared by cross-multiplication. Only what is shown is rounded.
//! - *A higher target is never spoilt by a lower one.* So a `not` or a test sees awards, not what is completed in this
//!   same answer.

mod answer;
mod averages;
mod completion;
mod edition;
mod facts;
mod held;
mod lasting;
mod leaf_result;
mod next_steps;
mod numbering;
mod pair_rule;
mod problem;
mod refutation;
mod required;
mod rounding;
mod search_again;
mod solve;
mod target;
mod units;

use crate::select::{Holdings, UnderWay};
use credstack_base::sorted::Set;
use credstack_compile::Bundle;
use credstack_model::{
    Admission, DETERMINATION_VERSION, Determination, Gate, Message, Options, Provenance, Status, TargetAnswer, Targets,
};
use credstack_model::{CredentialId, Date, Limits, RECORD_VERSION, Record};

pub use crate::select::RecordFault as DetermineError;
pub(crate) use completion::{Additions, Completion, completion};
pub(crate) use edition::{edition, edition_for_all};
pub(crate) use facts::level_of_fact;
pub(crate) use held::holds;
pub(crate) use lasting::{is_lasting_test, possible_later};
pub use search_again::search_again;
pub(crate) use units::in_units;

use solve::Determiner;

/// Answer a question about a learner.
///
/// The same bundle, record, date and options give the same answer, whatever the order in which the
/// record lists things.
///
/// # Errors
/// If the record contradicts itself, is too large, or a target is not in the catalog. What is
/// merely doubtful in a record is told in the determination's notices.
pub fn determine(
    bundle: &Bundle,
    record: &Record,
    as_of: Date,
    options: &Options,
) -> Result<Determination, DetermineError> {
    determine_with(bundle, record, as_of, options, UnderWay::AsItIs)
}

/// Answer a question as [`determine`] does, with work that is under way taken as it is, or as finished.
pub(crate) fn determine_with(
    bundle: &Bundle,
    record: &Record,
    as_of: Date,
    options: &Options,
    under_way: UnderWay,
) -> Result<Determination, DetermineError> {
    if record.version != RECORD_VERSION {
        return Err(DetermineError::Version(record.version));
    }
    let catalog = bundle.catalog();
    let declared: Vec<CredentialId> = match &options.targets {
        Targets::Declared | Targets::All => record.declared.clone(),
        Targets::These(ids) => ids.clone(),
    };
    let declared = without_repeats(declared);
    let allowed = Limits::default().together;
    if declared.len() > allowed {
        return Err(DetermineError::TooManyTargets { found: declared.len(), allowed });
    }
    for id in &declared {
        if !catalog.credentials.contains_key(id) {
            let known = catalog.credentials.keys().map(CredentialId::as_str);
            let hint = credstack_base::nearest(id.as_str(), known)
                .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            return Err(DetermineError::UnknownTarget(id.clone(), hint));
        }
    }
    let most = Limits::default().attainments;
    let holdings = Holdings::read(catalog, bundle.index(), record, as_of, options, under_way, most)?;
    let determiner = Determiner { catalog, holdings: &holdings, options, declared: &declared };
    let mut targets = determiner.declared_targets();
    if options.targets == Targets::All {
        for id in catalog.credentials.keys().filter(|id| !declared.contains(id)) {
            targets.extend(determiner.alone(id));
        }
    }
    let mut notices = holdings.notices.clone();
    notices.extend(missing_credits(&holdings));
    Ok(Determination {
        version: DETERMINATION_VERSION,
        learner: record.learner.clone(),
        as_of,
        options: options.clone(),
        provenance: Provenance {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            module: None,
            bundle: bundle.hash().to_owned(),
            record: record.hash(),
        },
        notices,
        targets,
    })
}

/// The answer for a credential by itself, without the reasons.
pub(crate) struct Alone {
    pub(crate) status: Status,
    pub(crate) admission: Admission,
    pub(crate) conferral: Gate,
}

/// Determine one credential beside what is conferred, and nothing else.
pub(crate) fn alone(holdings: &Holdings<'_>, id: &CredentialId, options: &Options) -> Alone {
    let determiner = Determiner { catalog: holdings.catalog, holdings, options, declared: &[] };
    match determiner.alone(id) {
        Some(TargetAnswer { status, admission, conferral, .. }) => Alone { status, admission, conferral },
        None => Alone { status: Status::Undetermined, admission: Admission::Unknown, conferral: Gate::Unknown },
    }
}

/// Return ids without those that came before.
fn without_repeats(ids: Vec<CredentialId>) -> Vec<CredentialId> {
    let mut seen = Set::new();
    ids.into_iter().filter(|id| seen.insert(id.clone())).collect()
}

/// Return a notice for each course that has neither credits nor hours.
fn missing_credits(holdings: &Holdings<'_>) -> Vec<Message> {
    holdings
        .items
        .iter()
        .filter(|item| item.credits.is_none() && item.hours.is_none() && item.kind.is_course())
        .map(|item| {
            Message::new("notice-no-credits")
                .text("attainment", item.attainment.id.as_str())
                .text("code", item.attainment.of.as_str())
        })
        .collect()
}
