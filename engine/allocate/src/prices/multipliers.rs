//! The prices themselves, and one step along a subgradient.

use crate::knapsack::NEVER;

use super::decomposition::{Decomposition, ONE};

/// All prices, in the order of [`Decomposition`], with what the latest evaluation says of each.
#[derive(Debug)]
pub(super) struct Multipliers {
    /// The prices.
    pub(super) price: Vec<i64>,
    /// The best prices so far.
    pub(super) best: Vec<i64>,
    /// The subgradient: how much more is bought than sold.
    pub(super) gradient: Vec<i64>,
    /// The number of purchases at each.
    pub(super) wanted: Vec<u32>,
    /// The direction of the latest step.
    pub(super) direction: Vec<i64>,
    /// Whether prices are in distances (or else in costs), once they are set.
    pub(super) in_distance: Option<bool>,
}

impl Multipliers {
    /// Create prices of zero.
    pub(super) fn new(count: usize) -> Self {
        Self {
            price: vec![0; count],
            best: vec![0; count],
            gradient: vec![0; count],
            wanted: vec![0; count],
            direction: vec![0; count],
            in_distance: None,
        }
    }

    /// Keep the present prices as the best.
    pub(super) fn keep(&mut self) {
        self.best.copy_from_slice(&self.price);
    }

    /// Go back to the best prices.
    pub(super) fn restore(&mut self) {
        self.price.copy_from_slice(&self.best);
    }

    /// Go one step along the subgradient, toward a value that is so much away. Return whether there is
    /// a way.
    pub(super) fn improve(&mut self, parts: &Decomposition<'_>, away: i64) -> bool {
        let mut most = 0_i64;
        for (((direction, gradient), price), scale) in
            self.direction.iter_mut().zip(&self.gradient).zip(&self.price).zip(&parts.scale)
        {
            // Some of the direction is kept, so that it does not swing to and fro.
            let new = gradient * 16 * scale + *direction * 3 / 4;
            *direction = if *price == 0 && new < 0 { 0 } else { new };
            most = most.max(direction.saturating_abs());
        }
        if most == 0 {
            return false;
        }
        let norm: i128 = if most < 1 << 24 {
            // INVARIANT: as many squares as are added up at once stay below 2^60.
            let add = |of: &[i64]| i128::from(of.iter().map(|direction| direction * direction).sum::<i64>());
            self.direction.chunks(1 << 12).map(add).sum()
        } else {
            self.direction.iter().map(|direction| i128::from(*direction) * i128::from(*direction)).sum()
        };
        let away = i128::from(away.max(ONE / 32)) * 64;
        let dearest = parts.scale.iter().copied().max().unwrap_or(1);
        // Divisions of whole words are much faster, and mostly they do.
        let words = (i64::try_from(away), i64::try_from(norm.saturating_mul(4)));
        let fits = away.saturating_mul(i128::from(most)).saturating_mul(i128::from(dearest)) < i128::from(i64::MAX);
        for n in 0..self.price.len() {
            let direction = self.direction[n];
            if direction == 0 {
                continue;
            }
            let step = match words {
                (Ok(away), Ok(norm)) if fits => away * direction * parts.scale[n] / norm,
                _ => i64::try_from(away * i128::from(direction) * i128::from(parts.scale[n]) / (norm * 4)).unwrap_or(0),
            };
            let least = i64::from(n >= parts.first_target);
            self.price[n] = self.price[n].saturating_add(step).clamp(least, NEVER / 1024);
        }
        true
    }
}
