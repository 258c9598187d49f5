//! Small random worlds: a catalog, and a learner to ask about.
//!
//! The names are few, so that pools overlap and attainments are competed for; amounts are small, so
//! that needs are met about as often as not.

mod catalogs;
mod records;

use credstack_engine::model::answer::Options;
use credstack_engine::model::{Catalog, Date, Record};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

/// What worlds may contain. Every switch that is off leaves the thing out altogether.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The most attainments of a record.
    pub attainments: usize,
    /// The most credentials that a record declares.
    pub declared: usize,
    /// The number of credentials of a catalog.
    pub credentials: usize,
    /// How deep requirement trees grow.
    pub depth: u32,
    /// About how many nodes a tree has.
    pub nodes: u32,
    /// Whether rules say `not`, or choose by a test with `when`.
    pub negation: bool,
    /// Whether leaves have maxima and groups have at-most limits.
    pub maxima: bool,
    /// Whether groups have at-least limits.
    pub minima: bool,
    /// Whether rules ask for grade point averages.
    pub averages: bool,
    /// Whether credentials ask for other credentials to be held.
    pub earned: bool,
    /// Whether there are stack edges, sharing policies and ceilings.
    pub sharing: bool,
    /// Whether sharing policies depend on what else is in play.
    pub in_play: bool,
    /// Whether facts can be missing: grades, dates, verification, approvals, attributes.
    pub unknowns: bool,
    /// Whether the record has exceptions.
    pub exceptions: bool,
    /// Whether the record has awards.
    pub conferred: bool,
    /// Whether attainments can be in progress, planned, failed or repeated.
    pub unfinished: bool,
    /// Whether there are admission and conferral trees.
    pub gates: bool,
}

impl Settings {
    /// Everything, within what brute force can try.
    #[must_use]
    pub const fn everything() -> Self {
        Self {
            attainments: 6,
            declared: 3,
            credentials: 4,
            depth: 3,
            nodes: 6,
            negation: true,
            maxima: true,
            minima: true,
            averages: true,
            earned: true,
            sharing: true,
            in_play: true,
            unknowns: true,
            exceptions: true,
            conferred: true,
            unfinished: true,
            gates: true,
        }
    }

    /// Rules that more attainments can only help: without `not`, `when`, maxima, at-most limits,
    /// averages, repeats, sharing bounds and exceptions.
    #[must_use]
    pub const fn monotone() -> Self {
        Self {
            negation: false,
            maxima: false,
            averages: false,
            in_play: false,
            exceptions: false,
            conferred: false,
            sharing: false,
            ..Self::everything()
        }
    }
}

/// A question: a catalog, a learner, a date and options.
#[derive(Clone, Debug)]
pub struct World {
    /// The catalog.
    pub catalog: Catalog,
    /// The learner.
    pub record: Record,
    /// The date asked for.
    pub as_of: Date,
    /// The options.
    pub options: Options,
}

/// Worlds within the settings.
pub fn worlds(settings: Settings) -> impl Strategy<Value = World> {
    (catalogs::catalog(settings), records::record(settings), any::<(bool, bool)>()).prop_map(
        move |(catalog, record, (in_progress, planned))| World {
            catalog,
            record,
            as_of: today(),
            options: Options { in_progress: in_progress || !settings.unfinished, planned, ..Options::default() },
        },
    )
}

/// One world with a little of everything, always the same.
#[must_use]
pub fn example() -> World {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = worlds(Settings::everything());
    let drawn = (0..50).filter_map(|_| strategy.new_tree(&mut runner).ok()).map(|tree| tree.current());
    // The world with the longest catalog and record has the most in it to spoil.
    let length = |world: &World| serde_json::to_string(&(&world.catalog, &world.record)).map_or(0, |text| text.len());
    drawn.max_by_key(length).unwrap_or_else(|| unreachable!("worlds can always be drawn"))
}

/// The codes of the worlds. The last is not listed in the catalog.
pub const CODES: [&str; 9] = ["CS 101", "CS 102", "CS 201", "CS 301", "MA 101", "MA 202", "AR 110", "Badge", "XX 900"];

/// The names of the credentials. A credential asks only for later ones to be held, so that there
/// are no circles.
pub const CREDENTIALS: [&str; 5] = ["c0", "c1", "c2", "c3", "c4"];

/// The date that worlds are asked for.
#[must_use]
pub fn today() -> Date {
    day(2025, 6, 30)
}

pub(crate) fn day(year: i16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap_or_else(|| unreachable!("a literal that is a real day"))
}

/// A name from a literal.
pub(crate) fn name<N: std::str::FromStr>(text: &str) -> N {
    text.parse().unwrap_or_else(|_| unreachable!("a literal that is a good name"))
}

/// Either nothing, or sometimes something.
pub(crate) fn sometimes<T: Clone + std::fmt::Debug + 'static>(
    on: bool,
    nothing: u32,
    something: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    if on { prop_oneof![nothing => Just(None), 1 => something.prop_map(Some)].boxed() } else { Just(None).boxed() }
}
