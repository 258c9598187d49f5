//! The answers for one learner, credential by credential.

use crate::determine::{Alone, alone, edition};
use credstack_allocate::Level;
use credstack_model::{Admission, Gate, Status};

use super::bits::{is_marked, marked};
use super::learner::Learner;
use super::screened::{Screened, asks_for_gates};
use super::table::{ScreenTable, Trees, at, number};

/// The most nodes that the greedy search enters for one credential before it is determined in full.
const STEPS: u32 = 5_000;

impl Learner<'_> {
    /// Answer for every credential, in the order of [`Screen::credentials`](super::Screen::credentials).
    #[must_use]
    pub fn answer(&mut self) -> Vec<Screened> {
        let table = self.table;
        let mut answers = table.credentials.untouched.clone();
        self.in_full = 0;
        for credential in marked(&self.touched.clone()) {
            answers[credential] = match self.decide(table, credential) {
                Some(answer) => answer,
                None => self.determine(credential),
            };
        }
        answers
    }

    /// Return how many of the latest answers took a determination.
    #[must_use]
    pub const fn determined(&self) -> usize {
        self.in_full
    }

    /// Return the credentials that have to be looked at.
    #[cfg(test)]
    pub(super) fn touched(&self) -> Vec<usize> {
        marked(&self.touched).collect()
    }

    /// Determine a credential in full.
    fn determine(&mut self, credential: usize) -> Screened {
        self.in_full += 1;
        let Alone { status, admission, conferral } =
            alone(&self.holdings, &self.table.credentials.ids[credential], &self.table.options);
        Screened { status, admission, conferral: asks_for_gates(status).then_some(conferral) }
    }

    /// Return the answer for a credential, if it can be had without a determination.
    fn decide(&mut self, table: &ScreenTable, credential: usize) -> Option<Screened> {
        let number = number(credential);
        if self.is_large || table.credentials.entries[credential].in_full || is_marked(&self.excepted, number) {
            return None;
        }
        self.steps = STEPS;
        let (trees, edition_known) = self.trees(table, credential)?;
        let admission = match trees.admission {
            None => Admission::Eligible,
            Some(root) => match self.level(table, root)? {
                Level::Met => Admission::Eligible,
                Level::Review => Admission::Unknown,
                Level::InProgress | Level::Unmet => Admission::NotEligible,
            },
        };
        let status = if self.holds(number) {
            Status::Conferred
        } else {
            match self.level(table, trees.completion)? {
                Level::Met if edition_known => Status::Complete,
                Level::InProgress if edition_known => Status::CompleteWithInProgress,
                Level::Met | Level::InProgress | Level::Review => Status::NeedsReview,
                Level::Unmet if trees.may_close && self.is_closed(table, trees.completion) => Status::Closed,
                Level::Unmet => Status::Incomplete,
            }
        };
        let conferral = match trees.conferral {
            _ if !asks_for_gates(status) => None,
            None => Some(Gate::Open),
            Some(root) => Some(match self.level(table, root)? {
                Level::Met => Gate::Open,
                Level::Review => Gate::Unknown,
                Level::InProgress | Level::Unmet => Gate::Shut,
            }),
        };
        Some(Screened { status, admission, conferral })
    }

    /// Return the trees of the edition that applies, and whether that is known.
    pub(super) fn trees(&self, table: &ScreenTable, credential: usize) -> Option<(Trees, bool)> {
        let entry = table.credentials.entries.get(credential)?;
        if let Some(edition) = entry.edition {
            return Some((*entry.editions.get(edition)?, true));
        }
        let id = table.credentials.ids.get(credential)?;
        let of = self.holdings.catalog.credentials.get(id)?;
        let (applies, known) = edition(&self.holdings, id, of);
        let applies = applies?;
        let place = of.editions.iter().position(|own| std::ptr::eq(own, applies))?;
        Some((*entry.editions.get(place)?, known))
    }

    /// Return the level of a tree; none if that takes a determination.
    fn level(&mut self, table: &ScreenTable, root: u32) -> Option<Level> {
        let most = self.upper_bound(table, root);
        let is_level = most == Level::Unmet || table.trees.exact[at(root)] || self.has_witness(table, root, most);
        is_level.then_some(most)
    }

    /// Return an upper bound of the level of a credential's completion.
    pub(super) fn completion_upper_bound(&mut self, table: &ScreenTable, credential: u32) -> Level {
        let place = at(credential);
        if let Some(known) = self.memo.upper_bounds.get(place).copied().flatten() {
            return known;
        }
        let level = match self.trees(table, place) {
            Some((trees, _)) => self.upper_bound(table, trees.completion),
            None => Level::Met,
        };
        if let Some(memo) = self.memo.upper_bounds.get_mut(place) {
            *memo = Some(level);
        }
        level
    }
}
