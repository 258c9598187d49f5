//! The codes of all findings.
//!
//! They are names and no descriptors: the module carries the checker, and writes a finding's
//! sentence where it is found.

/// All of them, in the order of this file.
pub const CODES: &[&str] = &[
    OTHER_BUNDLE,
    OTHER_RECORD,
    OTHER_LEARNER,
    UNKNOWN_VERSION,
    WRONG_TARGETS,
    NO_SUCH_CREDENTIAL,
    WRONG_HEADING,
    WRONG_EDITION,
    WRONG_STATUS,
    WRONG_DISTANCE,
    WRONG_REFUTATION,
    WRONG_SEARCH,
    WRONG_GATE,
    WRONG_SHARED,
    NO_SUCH_EXCEPTION,
    SHARED_TOO_MUCH,
    SEVERAL_SOURCES,
    SEVERAL_DESTINATIONS,
    OVER_CEILING,
    WRONG_PATH,
    WRONG_SHAPE,
    USES_OUTSIDE_A_LEAF,
    NO_SUCH_ATTAINMENT,
    WRONG_CODE,
    NOT_IN_POOL,
    WRONG_STANDING,
    WRONG_AMOUNT,
    TAKEN_TWICE,
    OVER_MAXIMUM,
    OVER_LIMIT,
];

/// The answer was computed from another bundle.
pub const OTHER_BUNDLE: &str = "other-bundle";
/// The answer was computed from another record.
pub const OTHER_RECORD: &str = "other-record";
/// The record is of another learner.
pub const OTHER_LEARNER: &str = "other-learner";
/// The answer is of a version that is not known.
pub const UNKNOWN_VERSION: &str = "unknown-version";
/// The credentials answered are not those asked for.
pub const WRONG_TARGETS: &str = "wrong-targets";
/// The catalog has no such credential.
pub const NO_SUCH_CREDENTIAL: &str = "no-such-credential";
/// A title or a kind is not the catalog's.
pub const WRONG_HEADING: &str = "wrong-heading";
/// Another edition applies.
pub const WRONG_EDITION: &str = "wrong-edition";
/// A status does not follow.
pub const WRONG_STATUS: &str = "wrong-status";
/// A distance does not follow.
pub const WRONG_DISTANCE: &str = "wrong-distance";
/// A proof that a credential cannot be completed does not hold.
pub const WRONG_REFUTATION: &str = "wrong-refutation";
/// Another search comes to something else.
pub const WRONG_SEARCH: &str = "wrong-search";
/// An admission or a conferral does not follow from its tree.
pub const WRONG_GATE: &str = "wrong-gate";
/// The attainments that others count too are not those listed.
pub const WRONG_SHARED: &str = "wrong-shared";
/// The record does not grant an exception that is claimed.
pub const NO_SUCH_EXCEPTION: &str = "no-such-exception";
/// Two credentials share more than they may.
pub const SHARED_TOO_MUCH: &str = "shared-too-much";
/// A credential is stacked from several, and may be from one.
pub const SEVERAL_SOURCES: &str = "several-sources";
/// A credential is stacked into several, and may be into one.
pub const SEVERAL_DESTINATIONS: &str = "several-destinations";
/// An attainment serves more credentials than it may.
pub const OVER_CEILING: &str = "over-ceiling";
/// A node has the path of another one.
pub const WRONG_PATH: &str = "wrong-path";
/// The tree of the answer is not that of the rule.
pub const WRONG_SHAPE: &str = "wrong-shape";
/// A rule that takes nothing has uses.
pub const USES_OUTSIDE_A_LEAF: &str = "uses-outside-a-leaf";
/// The record has no such attainment.
pub const NO_SUCH_ATTAINMENT: &str = "no-such-attainment";
/// An attainment is of another code.
pub const WRONG_CODE: &str = "wrong-code";
/// An attainment cannot count in a leaf.
pub const NOT_IN_POOL: &str = "not-in-pool";
/// An attainment is said to be finished or under way, and is not.
pub const WRONG_STANDING: &str = "wrong-standing";
/// An amount does not follow.
pub const WRONG_AMOUNT: &str = "wrong-amount";
/// An attainment is counted twice where it may count once.
pub const TAKEN_TWICE: &str = "taken-twice";
/// A leaf takes more than its maximum.
pub const OVER_MAXIMUM: &str = "over-maximum";
/// An at-most limit is broken.
pub const OVER_LIMIT: &str = "over-limit";
