//! Decisions of offices.

use credstack_model::{ApprovalDecision, Decision};

use super::tri::Tri;

/// Return what decisions come to. A denial stands before a grant, and a grant before what is pending; without any
/// decision it is unknown.
pub(crate) fn decided<'r>(decisions: impl Iterator<Item = &'r ApprovalDecision>) -> Tri {
    let mut comes_to = Tri::Unknown;
    for approval in decisions {
        match approval.decision {
            Decision::Denied => return Tri::No,
            Decision::Granted => comes_to = Tri::Yes,
            Decision::Pending => {}
        }
    }
    comes_to
}
