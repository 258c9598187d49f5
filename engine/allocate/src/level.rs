//! The algebra of levels: how surely a whole holds, given how surely its parts do.
//!
//! A requirement holds at one of four levels: met, met once what is in progress is completed, awaiting
//! review, unmet. The worst part decides for all of some parts, the best for any of them. This is the
//! strong three-valued logic of S. C. Kleene ("Introduction to Metamathematics", 1952, §64), with a
//! fourth value between true and unknown. Nothing else in the engine may spell these rules out again.

/// How surely something holds. Greater is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not met.
    #[default]
    Unmet,
    /// Depends on an unknown fact or a pending approval.
    Review,
    /// Met once what is in progress is completed.
    InProgress,
    /// Met.
    Met,
}

/// The branches of a choice that are in force, given the level of its test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    /// The first: the test holds.
    Then,
    /// The second: the test does not hold.
    Otherwise,
    /// One of the two, and it is not known which.
    Unknown,
}

impl Level {
    /// The levels at which something is not unmet, best first.
    pub const HOLDING: [Self; 3] = [Self::Met, Self::InProgress, Self::Review];

    /// Return the best level that passes a test, and unmet if none does. Tests the best level first.
    #[inline]
    #[must_use]
    pub fn best(mut passes: impl FnMut(Self) -> bool) -> Self {
        for level in Self::HOLDING {
            if passes(level) {
                return level;
            }
        }
        Self::Unmet
    }

    /// Return the level of all of some parts: that of the worst.
    #[inline]
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().fold(Self::Met, Self::min)
    }

    /// Return the level of any of some parts: that of the best.
    #[inline]
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().fold(Self::Unmet, Self::max)
    }

    /// Return the level of at least `count` of some parts: that of the worst among the best `count`.
    #[inline]
    #[must_use]
    pub fn at_least(count: usize, parts: impl IntoIterator<Item = Self>) -> Self {
        if count == 0 {
            return Self::Met;
        }
        let mut parts_at = [0_usize; 4];
        for level in parts {
            parts_at[level as usize] += 1;
        }
        let mut so_far = 0;
        Self::best(|level| {
            so_far += parts_at[level as usize];
            so_far >= count
        })
    }

    /// Return the level of the negation. What is in progress is expected to hold, so it counts as met.
    #[inline]
    #[must_use]
    pub const fn not(self) -> Self {
        match self {
            Self::Unmet => Self::Met,
            Self::Review => Self::Review,
            Self::InProgress | Self::Met => Self::Unmet,
        }
    }

    /// Return the level of one of two parts while it is not known which: both, or any pending review.
    #[inline]
    #[must_use]
    pub fn either(self, other: Self) -> Self {
        self.max(other).min(Self::Review).max(self.min(other))
    }

    /// Return the branches of a choice that are in force if this is the level of its test.
    #[inline]
    #[must_use]
    pub const fn branch(self) -> Branch {
        match self {
            Self::Unmet => Branch::Otherwise,
            Self::Review => Branch::Unknown,
            Self::InProgress | Self::Met => Branch::Then,
        }
    }

    /// Return the level of a choice if this is the level of its test. A branch holds no more surely
    /// than the test that chose it.
    #[inline]
    #[must_use]
    pub fn when(self, then: Self, otherwise: Self) -> Self {
        match self.branch() {
            Branch::Then => self.min(then),
            Branch::Otherwise => otherwise,
            Branch::Unknown => then.either(otherwise),
        }
    }

    /// Return the level of something whose kind is in doubt: at most awaiting review.
    #[inline]
    #[must_use]
    pub fn doubted(self, is_doubtful: bool) -> Self {
        if is_doubtful { self.min(Self::Review) } else { self }
    }
}

/// Amounts, added up by the level at which they count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([i64; 4]);

impl Tally {
    /// Add an amount that counts at a level.
    #[inline]
    pub const fn add(&mut self, level: Level, amount: i64) {
        self.0[level as usize] += amount;
    }

    /// Return the best level at which a need is reached, and all that there is, review included.
    #[inline]
    #[must_use]
    pub fn reach(&self, need: i64) -> (Level, i64) {
        let mut have = 0;
        let mut reached = Level::Unmet;
        for level in Level::HOLDING {
            have += self.0[level as usize];
            if reached == Level::Unmet && have >= need {
                reached = level;
            }
        }
        (reached, have)
    }
}

#[cfg(test)]
mod tests {
    use super::Level::{InProgress, Met, Review, Unmet};
    use super::*;

    const ALL: [Level; 4] = [Unmet, Review, InProgress, Met];

    #[test]
    fn at_least_lies_between_any_and_all() {
        for a in ALL {
            for b in ALL {
                for c in ALL {
                    let parts = [a, b, c];
                    assert_eq!(Level::at_least(0, parts), Met);
                    assert_eq!(Level::at_least(1, parts), Level::any(parts));
                    assert_eq!(Level::at_least(3, parts), Level::all(parts));
                    assert_eq!(Level::at_least(4, parts), Unmet);
                    let two = [a.min(b), a.min(c), b.min(c)];
                    assert_eq!(Level::at_least(2, parts), Level::any(two));
                }
            }
        }
    }

    #[test]
    fn an_unknown_choice_is_met_only_where_both_branches_are() {
        for a in ALL {
            for b in ALL {
                assert_eq!(a.either(b) > Review, a.min(b) > Review);
                assert_eq!(a.either(b) == Unmet, a.max(b) == Unmet);
                assert_eq!(Review.when(a, b), a.either(b));
                assert_eq!(Met.when(a, b), a);
                assert_eq!(InProgress.when(a, b), a.min(InProgress));
                assert_eq!(Unmet.when(a, b), b);
            }
        }
    }

    #[test]
    fn amounts_reach_a_need_at_the_level_of_the_last_that_is_needed() {
        let mut tally = Tally::default();
        for (level, amount) in [(Met, 3), (InProgress, 2), (Review, 1), (Unmet, 9)] {
            tally.add(level, amount);
        }
        let levels = [3, 5, 6, 7].map(|need| tally.reach(need));
        assert_eq!(levels, [(Met, 6), (InProgress, 6), (Review, 6), (Unmet, 6)]);
    }
}
