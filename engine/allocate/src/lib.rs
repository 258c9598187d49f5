//! The exact allocation of items to the leaves of requirement trees: numbers only.
//!
//! [`allocate`] knows nothing of catalogs or records. It takes a [`Problem`] of numbers and indices, and
//! gives back an [`Allocation`]: the arcs that are in use, what of them is proved to be best, and how
//! many steps that took. [`conflict()`] says why a target cannot be met, and [`Evaluator`] what an
//! allocation achieves.
//!
//! # How the parts work together
//!
//! A problem has *items* (what a learner has done), *targets* (a tree each), *leaves* (parts of trees
//! that take items) and *arcs* (this item may go to that leaf, with this amount, at this [`Level`]).
//! Caps, exclusions, pairs, ceilings and parties say what must not be used together.
//!
//! - `objective` follows the lexicographic objective. Each of its parts is one `Goal`, which the `search`
//!   for it answers with a solution and whether that is proved.
//! - `search` is branch and bound. At every node it asks three questions. *What is still possible?*
//!   `state` draws every consequence of a decision from single constraints. *How good can it get at best?*
//!   `prices` bounds it by a Lagrangian decomposition, in which trees buy (`knapsack`) and items sell
//!   (`sharing_sets`); `relaxation` bounds what prices do not see. *Is there a solution near?* A greedy
//!   allocation, `tabu` search and the fill by `paths` look for one. Whatever the bounds leave no room
//!   for is fixed, and one of the rest is branched on.
//! - `evaluate` judges every allocation exactly before it is kept. Heuristics may be wrong as they like.
//! - `symmetry` keeps interchangeable items from being tried one after the other.
//! - `conflict` leaves out one requirement after the other for as long as the rest cannot be met.
//!
//! Files know only those above them in this list, from the data to the answer: `index`, `level`, `problem`,
//! `tuning`, `lookup`, `ledger`, `goal`, `evaluate`, `state`, `relaxation`, `knapsack`, `sharing_sets`,
//! `symmetry`, `prices`, `paths`, `tabu`, `search`, `objective`, `conflict`.
//!
//! # What the code leans on
//!
//! - The children of a node come after it, and the nodes of a tree are together. So one pass from the
//!   end is bottom-up.
//! - Arcs are sorted by item, then leaf, and no two are of the same item and leaf.
//! - A bound is never above the truth. Prices may leave a constraint out, but must not cut a legal
//!   allocation off. Any prices that are not negative give a bound, so how they are improved is free.
//! - Everything is integer, and every choice among equals goes to the first. Equal problems take equal
//!   steps, on every machine.
//! - Amounts and distances are far below 2^60, or the prices say that they see nothing.

mod conflict;
mod evaluate;
mod goal;
mod index;
mod knapsack;
mod ledger;
mod level;
mod lookup;
mod objective;
mod paths;
mod prices;
mod problem;
mod relaxation;
mod search;
mod sharing_sets;
mod state;
mod symmetry;
mod tabu;
mod tuning;

#[cfg(test)]
mod tests;

pub use conflict::{Conflict, Part, conflict, restricted};
pub use evaluate::{Evaluation, Evaluator, FloorState};
pub use index::{ArcIx, CapIx, ExclusionIx, ItemIx, Ix, LeafIx, NodeIx, PairIx, Table, TargetIx, between, first};
pub use level::{Branch, Level, Tally};
pub use objective::{Allocation, allocate};
pub use problem::*;
pub use symmetry::interchangeable;
