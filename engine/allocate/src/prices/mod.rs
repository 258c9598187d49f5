//! Lower bounds by prices: a Lagrangian decomposition into trees and items.
//!
//! What makes allocations hard is that leaves compete for items, and targets for what they may
//! share. Give every use of an item a price. Then each tree buys, by itself, whatever serves it best
//! (a knapsack for a leaf, sums and choices above, [`super::knapsack`]), and each item sells itself,
//! by itself, to the targets that may have it together and pay most ([`super::sharing_sets`]). For any
//! prices that are not negative, what the trees pay less what the items earn is no more than the best
//! allocation's value: take its uses, and note that the prices cancel out (A. M. Geoffrion,
//! "Lagrangean relaxation for integer programming", Mathematical Programming Study 2, 1974; the split
//! into two solvable halves is the decomposition of M. Guignard and S. Kim, Mathematical Programming
//! 39, 1987). As both sides are solved over whole items, the best prices bound at least as well as a
//! linear program would with every cut for single leaves and single items in it.
//!
//! Prices are improved by subgradients: what is bought more often than sold grows dearer (M. Held,
//! P. Wolfe and H. P. Crowder, "Validation of subgradient optimization", Mathematical Programming 6,
//! 1974), with the step of B. T. Polyak (1969) toward the value at which nothing more is to be
//! shown. Caps that reach over several leaves and bounds on what pairs share have prices too.
//! Averages, negations, tests, exclusions and shares of a whole are left out.
//!
//! All of it is in integers, so the bound is exact whatever the prices, and the same everywhere.
//!
//! | file | subject |
//! |---|---|
//! | `decomposition` | what has a price, in which units: fixed for a problem |
//! | `multipliers` | the prices themselves, and one step along a subgradient |
//! | `trees` | what trees buy at given prices |
//! | `items` | what items sell at given prices |
//! | `lagrangian` | the bound at given prices, and its subgradient |
//! | `start` | prices to start with |
//! | `subgradient` | the ascent to better prices |
//! | `fixing` | arcs and steps that prices decide |

mod decomposition;
mod fixing;
mod items;
mod lagrangian;
mod multipliers;
mod start;
mod subgradient;
mod trees;

pub(crate) use decomposition::ONE;
pub(crate) use lagrangian::Prices;
pub(crate) use start::Shortage;
