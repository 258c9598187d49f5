//! The search for one goal: branch and bound (A. H. Land and A. G. Doig, "An automatic method of
//! solving discrete programming problems", Econometrica 28, 1960) over arcs, with prices as bound and
//! guide ([`super::prices`]).
//!
//! It is exact when it ends within its budget. The budget is counted, never timed: a node, a greedy
//! allocation and a round of fixing by price are a step each, and so are a few evaluations of prices
//! or moves of tabu search together.
//!
//! | file | subject |
//! |---|---|
//! | `features` | what of a problem decides how it is searched |
//! | `judge` | the exact value of an allocation |
//! | `shortfall` | what trees still lack along the best way through them |
//! | `greedy` | a whole allocation near the prices |
//! | `branching` | what to decide next |
//! | `node` | one node: bounds, fixing by price, heuristics |
//! | `tree` | the tree of nodes: ranges of values, depth first |

mod branching;
mod features;
mod greedy;
mod judge;
mod node;
mod shortfall;
mod tree;

pub(crate) use node::Searcher;
