//! Goes over an answer again, without the solver.
//!
//! **What it is for.** A [`Determination`] carries its witness: which attainment was counted in which leaf. [`verify`]
//! works out everything that follows from that witness and compares it with what is claimed. It
//! reads the catalog and the record with code of its own and shares nothing with the stages that
//! made the answer, so that a fault in them has to be made twice to pass. Its work grows with the
//! size of the answer, not with the number of ways to count.
//!
//! **In and out.** In come the bundle, the record and the answer that is said to be computed from them. Out comes a
//! list of [`Finding`]s: a code, a place and a sentence for each thing that does not follow. An empty list means that
//! the answer is verified.
//!
//! **The order of the work,** and what each file decides:
//!
//! 1. `listing`: are just those credentials answered that were asked for?
//! 2. `facts` reads each attainment, and says which selectors select it, with `equivalence` for codes that are the same thing, `grades`
//!    for grades and missing ones, `attributes` for tests of values. `attempts` says which of several attempts
//!    count, `edition` which edition applies. `certainty` is yes, no or not known.
//! 3. `sharing`: may the credentials that were solved together count in common what they do?
//! 4. `target`, for each credential: `tree` works out every node of an answered tree from its leaves up, with
//!    `limits` for what may or must be counted inside a node, `required` and `rounding` for percentages, `averages`
//!    for grade points and `distance` for what is short. Then the status, the gates and the rest are compared with
//!    what follows.
//! 5. `refutation`: where the answer says why a credential cannot be complete, does counting show it?
//!
//! **What it shows.** That the allocation is legal, and that the answer follows from it. That no better
//! allocation exists it shows where counting does; where an answer says that everything was
//! searched, only a new search can (`search_again` in the engine).
//!
//! **What it takes as claimed.** What an answer says of a credential that was completed on the
//! way, because a target asks for it to be held, where that credential is
//! no target itself: its allocation is not part of the answer. The words of an answer (summary, next
//! steps, notices, rules and facts), which are views of the rest. And that a requirement is closed, not only unmet.
//!
//! **Invariants that the code leans on.**
//!
//! - A node's outcome is worked out from its rule, from the uses claimed in the leaves below it, and from nothing
//!   that the answer says of the node. Only then it is compared.
//! - An attainment of which it is not known whether it falls under a limit counts pending review; so a limit is
//!   broken only by what surely falls under it.
//! - What awards have counted already is history: it breaks no policy, but binds what is counted anew.
//! - All amounts are whole numbers of thousandths, and distances are in a unit in which items, credits and hours are
//!   exact (`Facts::rate`). Rounding happens where a distance is compared with what is shown.

mod attempts;
mod attributes;
mod averages;
mod certainty;
pub mod codes;
mod distance;
mod edition;
mod equivalence;
mod facts;
mod finding;
mod grades;
mod limits;
mod listing;
mod refutation;
mod required;
mod rounding;
mod sharing;
mod target;
mod tree;

use credstack_base::sorted::{Map, Set};
use credstack_compile::Bundle;
use credstack_model::{Determination, NodeAnswer, Record, TargetAnswer};

use equivalence::Classes;
use facts::Facts;
use sharing::{Consumed, Group};

pub use codes::CODES;
pub use finding::Finding;

/// Check an answer against the bundle and the record that it says it was computed from. An empty
/// list means that it is verified.
#[must_use]
pub fn verify(bundle: &Bundle, record: &Record, determination: &Determination) -> Vec<Finding> {
    let mut findings = Vec::new();
    let claimed = &determination.provenance;
    for (code, what, right, claim) in [
        (codes::OTHER_BUNDLE, "bundle", bundle.hash(), &claimed.bundle),
        (codes::OTHER_RECORD, "record", &record.hash(), &claimed.record),
    ] {
        if right != claim {
            let message = format!("the {what} has the hash {right}, but the answer was computed from {claim}");
            findings.push(Finding { code: code.to_owned(), path: "provenance".to_owned(), message });
        }
    }
    if record.learner != determination.learner {
        let message = format!("the record is of `{}`, the answer of `{}`", record.learner, determination.learner);
        findings.push(Finding { code: codes::OTHER_LEARNER.to_owned(), path: "learner".to_owned(), message });
    }
    if determination.version != credstack_model::DETERMINATION_VERSION {
        let message = format!("version {} is not known here", determination.version);
        findings.push(Finding { code: codes::UNKNOWN_VERSION.to_owned(), path: "version".to_owned(), message });
        return findings;
    }
    let catalog = bundle.catalog();
    let classes = Classes::new(catalog, record);
    let facts = Facts::new(catalog, record, determination.as_of, &determination.options, &classes);
    listing::check(catalog, record, &determination.options, &determination.targets, &mut findings);

    // What is awarded already is answered for itself, and counts nothing that others might.
    let open = |t: &&TargetAnswer| t.declared && !facts.held(&t.credential);
    let (together, alone): (Vec<_>, Vec<_>) = determination.targets.iter().partition(open);
    examine(&facts, &together, &determination.targets, &mut findings);
    for target in alone {
        examine(&facts, &[target], &determination.targets, &mut findings);
    }
    findings
}

/// Check some credentials that were solved together.
fn examine<'a>(facts: &Facts<'a>, targets: &[&'a TargetAnswer], all: &'a [TargetAnswer], findings: &mut Vec<Finding>) {
    let mut group = Group { facts, targets: Map::new(), awards: Map::new(), in_play: Set::new() };
    group.in_play.extend(all.iter().filter(|t| t.declared).map(|t| &t.credential));
    group.in_play.extend(facts.record.conferred.iter().map(|award| &award.credential));
    group.in_play.extend(targets.iter().map(|t| &t.credential));
    for award in facts.record.conferred.iter().filter(|c| c.on <= facts.as_of) {
        group.awards.entry(&award.credential).or_default().extend(&award.consumed);
    }
    for target in targets {
        group.targets.insert(&target.credential, uses(&target.completion));
    }
    group.examine(findings);
    for target in targets {
        let mut own = Vec::new();
        target::check(facts, &group, target, targets, &mut own);
        for finding in own {
            let path = if finding.path.is_empty() { String::new() } else { format!(" {}", finding.path) };
            findings.push(Finding { path: format!("{}{path}", target.credential), ..finding });
        }
    }
}

/// Return all that is allocated in an answered tree.
fn uses(root: &NodeAnswer) -> Consumed<'_> {
    credstack_base::order::set(root.walk().into_iter().flat_map(|node| &node.uses).map(|u| &u.attainment))
}
