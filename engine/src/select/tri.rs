//! Yes, no, or unknown: the answers of selectors.

use credstack_model::CredentialId;

/// Yes, no, or unknown. The order is that of truth: no, unknown, yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tri {
    /// No.
    No,
    /// Some fact is missing.
    Unknown,
    /// Yes.
    Yes,
}

impl Tri {
    /// Return yes or no.
    #[must_use]
    pub const fn known(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl std::ops::Not for Tri {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

/// On whose behalf a selector is asked: exceptions hold for one credential only.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The credential whose rule asks; none for policies between credentials.
    pub credential: Option<&'a CredentialId>,
}
