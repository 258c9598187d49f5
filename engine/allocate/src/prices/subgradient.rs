//! The ascent to better prices.

use crate::goal::Goal;
use crate::knapsack::NEVER;
use crate::state::State;
use crate::tuning::Tuning;

use super::decomposition::ONE;
use super::lagrangian::Prices;

impl Prices<'_> {
    /// Return a lower bound on the value of every allocation that meets the goal under what is decided;
    /// `None` if there is no such allocation. Takes at most `most` evaluations, and ends when the bound
    /// reaches `enough`. Starts from new prices if `afresh`, and else from the latest.
    pub(crate) fn bound(
        &mut self,
        state: &State<'_>,
        goal: &Goal,
        enough: Option<i64>,
        most: u64,
        afresh: bool,
    ) -> Option<i64> {
        if self.parts.is_blind {
            return Some(0);
        }
        let roles = self.roles(goal);
        let unit = self.unit(goal);
        self.start(state, goal, afresh);
        let enough = enough.map(|value| value.div_euclid(unit) + i64::from(value.rem_euclid(unit) > 0));
        let mut best = -NEVER;
        let (mut reach, mut stale, mut before) = (0, 0, -NEVER);
        self.multipliers.direction.fill(0);
        for round in 0..most {
            let value = self.evaluate(state, goal, &roles);
            if value >= NEVER / 2 {
                return None;
            }
            if round == 0 {
                // How far beyond the best bound a step aims: not all the way to a poor solution.
                let far = enough
                    .map_or(Tuning::BLIND_REACH * ONE, |enough| enough.saturating_mul(ONE).saturating_sub(value) / 2);
                reach = far.clamp(ONE, Tuning::FARTHEST_REACH * ONE);
            }
            if value > best {
                stale = if value - best > reach / Tuning::PROGRESS { 0 } else { stale + 1 };
                best = value;
                self.multipliers.keep();
            } else {
                stale += 1;
            }
            if enough.is_some_and(|enough| whole(best) >= enough) {
                break;
            }
            if stale >= Tuning::STALE_ROUNDS {
                stale = 0;
                reach /= 2;
                self.multipliers.restore();
                self.multipliers.direction.fill(0);
                if reach < ONE / Tuning::SHORTEST_REACH {
                    break;
                }
                continue;
            }
            // Where the bound would not come far enough at this rate, going on is in vain.
            if round % Tuning::RATE_ROUNDS == Tuning::RATE_ROUNDS - 1 {
                let rest = i64::try_from((most - round) / Tuning::RATE_ROUNDS).unwrap_or(0);
                let gap = enough.map_or(0, |enough| enough.saturating_mul(ONE).saturating_sub(best));
                if (best - before).saturating_mul(rest) < gap && round >= Tuning::RATE_ROUNDS {
                    break;
                }
                before = best;
            }
            let aim = best.saturating_add(reach);
            let aim = enough.map_or(aim, |enough| aim.min(enough.saturating_mul(ONE)));
            if !self.multipliers.improve(&self.parts, aim.saturating_sub(value)) {
                break;
            }
        }
        self.multipliers.restore();
        Some(whole(best).saturating_mul(unit))
    }
}

/// Return the least whole number of units that is not below a bound.
const fn whole(value: i64) -> i64 {
    value.div_euclid(ONE) + (value.rem_euclid(ONE) > 0) as i64
}
