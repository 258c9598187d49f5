//! Yes, no, or not known.

use credstack_model::{Decision, NodeStatus};

/// Yes, no, or not known, from the least true to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    No,
    Maybe,
    Yes,
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl From<Answer> for NodeStatus {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Yes => Self::Met,
            Answer::Maybe => Self::NeedsReview,
            Answer::No => Self::Unmet,
        }
    }
}

/// Return what decisions of an office come to: a denial stands before a grant, and a grant before a wait.
pub(super) fn decided(decisions: impl Iterator<Item = Decision>) -> Answer {
    let mut comes_to = Answer::Maybe;
    for decision in decisions {
        match decision {
            Decision::Denied => return Answer::No,
            Decision::Granted => comes_to = Answer::Yes,
            Decision::Pending => {}
        }
    }
    comes_to
}
