//! The numbers that the search was tuned with.
//!
//! None of them decides what the right answer is: they decide how soon it is found, and how many steps
//! that takes. Because answers tell how many steps were taken, and what is proved within a budget
//! depends on it, changing one of them changes answers.

/// The constants of the search, in one place.
pub(crate) struct Tuning;

impl Tuning {
    // The budget.

    /// Steps for the search for the fewest items, and again for the search for the earliest ones. Ties
    /// are worth little: what is used is right either way.
    pub(crate) const TIE_STEPS: u64 = 100;
    /// Evaluations of prices that make one step. One is far less work than a node.
    pub(crate) const EVALUATIONS_A_STEP: u64 = 4;
    /// Moves of tabu search that make one step.
    pub(crate) const MOVES_A_STEP: u64 = 32;

    // Branch and bound.

    /// Evaluations of prices at the first node of a question about a level, before its second greedy
    /// allocation: mostly these are enough.
    pub(crate) const FIRST_EVALUATIONS: u64 = 12;
    /// Evaluations of prices at the first node where those were not enough. All later nodes start from
    /// the prices found here, so it pays to find good ones.
    pub(crate) const ROOT_EVALUATIONS: u64 = 120;
    /// Evaluations of prices at every later node: prices change little from one node to the next.
    pub(crate) const NODE_EVALUATIONS: u64 = 36;
    /// Rounds of fixing arcs by price at the first node: what is fixed there is fixed for good.
    pub(crate) const ROOT_FIXING_ROUNDS: usize = 12;
    /// Rounds of fixing arcs by price at a later node.
    pub(crate) const NODE_FIXING_ROUNDS: usize = 1;
    /// Evaluations of prices between two rounds of fixing.
    pub(crate) const FIXING_EVALUATIONS: u64 = 10;
    /// Values that are asked for one by one, before ranges of them are: the optimum is mostly near the
    /// bound, and a narrow range lets prices fix more.
    pub(crate) const SINGLE_VALUES: u32 = 12;
    /// Values between bound and solution from which on all are asked for at once: one by one they would
    /// cost more than they save.
    pub(crate) const MANY_VALUES: i64 = 48;

    // Prices and their ascent.

    /// Evaluations over which frequencies of purchases are averaged, about: what was bought long ago says
    /// little.
    pub(crate) const MEMORY: i64 = 16;
    /// The greatest worth of an item, in units of distance, by which its price is scaled. Beyond it one
    /// item would take all of a step.
    pub(crate) const GREATEST_SCALE: i64 = 64;
    /// The price of a missing unit of distance when a greedy allocation fills a leaf: so high that it is
    /// filled wherever it can be.
    pub(crate) const FILLING_PRICE: i64 = 64;
    /// How far beyond the best bound a step aims, in units, where no solution is known to aim at.
    pub(crate) const BLIND_REACH: i64 = 4;
    /// How far beyond the best bound a step aims at most, in units.
    pub(crate) const FARTHEST_REACH: i64 = 8;
    /// The ascent ends when a step aims less than this part of a unit beyond the best bound.
    pub(crate) const SHORTEST_REACH: i64 = 16;
    /// An evaluation that gains less than this part of its aim counts as one without gain.
    pub(crate) const PROGRESS: i64 = 32;
    /// Evaluations without gain after which steps aim half as far.
    pub(crate) const STALE_ROUNDS: u32 = 5;
    /// Evaluations from one look at the rate of gain to the next. The ascent ends where the rest at this
    /// rate would not be enough.
    pub(crate) const RATE_ROUNDS: u64 = 4;

    // Greedy allocations and tabu search.

    /// Rounds in which a greedy allocation is mended. Each can open what the next one fills.
    pub(crate) const MENDING_ROUNDS: usize = 8;
    /// Nodes from one tabu search to the next.
    pub(crate) const NODES_A_TABU_SEARCH: u64 = 40;
    /// Moves of one tabu search.
    pub(crate) const TABU_MOVES: u64 = 1000;
    /// Moves for which an arc that was taken away may not come back, at least.
    pub(crate) const TENURE: u64 = 4;
    /// Moves that are added to that by the counter: fewer than this. Without it the search can go round
    /// in a circle.
    pub(crate) const TENURE_SPREAD: u64 = 6;
    /// The weight of a missing unit of a leaf that must be filled, where other leaves weigh one.
    pub(crate) const WHOLE_WEIGHT: i64 = 16;

    // Tables.

    /// The longest table of a knapsack along its need, in cells. Where needs are greater, they are
    /// counted in coarser units, and the bound is a little weaker.
    pub(crate) const LONGEST_TABLE: i64 = 160;
    /// The largest table of a knapsack with a cap, in cells. Larger caps get a price instead.
    pub(crate) const LARGEST_TABLE: i64 = 1600;
    /// The most targets of an item whose sets are listed. There are two to the power of this many sets;
    /// items with more targets are bounded without looking at which targets go together.
    pub(crate) const MOST_PLACES: usize = 6;
    /// The most items of a problem that is solved as it is, without leaving interchangeable items out.
    pub(crate) const FEW_ITEMS: usize = 48;
}
