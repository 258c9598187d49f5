//! The slow, obvious oracle: every legal allocation of a small world is tried, and the best kept.
//!
//! It follows `SEMANTICS` to the letter and nothing else: it shares the data model with the engine
//! and not one line of behaviour. Where the contract leaves a choice, the reading taken here is
//! written down below, so that a difference with the engine can be decided and not argued.
//!
//! # Readings
//!
//! *Codes.* Equivalences join transitively: a code's class is everything reachable through them.
//! Code, pattern, range and subject selectors match an attainment if any code of its class does, or
//! of the class of a code that it is substituted for in the credential that asks; everything else stays
//! its own. Catalog facts of a code that the catalog does not list are those of the first listed
//! code of its class.
//!
//! *What can count.* Attainments in progress or planned, if the options leave them out; those whose
//! grade earns no credit; and those that an exception excludes: none of these is ever taken or
//! seen, and none takes the place of an attempt that the repeat policy keeps. What is completed
//! after the day asked for is in progress. Attempts are kept class by class, finished ones before
//! others; `best` by grade, a missing one last; then the earlier, a missing date last; then the id.
//!
//! *Unknown.* A missing date, grade, attribute, issuer, verification, or amount of credits to compare is
//! unknown; the grade and date of what is unfinished are still to come, and are presumed good. An absent
//! catalog level or unit is a plain no. A `recent` window before an event without a date is unknown;
//! completed after the event passes. Approval is unknown until decided; a denial stands before a grant.
//!
//! *Standing.* A pool's unknown makes an attainment pending, whatever its status; otherwise its
//! status decides. `Force` puts an attainment surely into the pools of all leaves at or inside the
//! requirement that has the label.
//!
//! *Satisfied at a level.* A node holds at a level if it does counting only attainments at least
//! that sure; its level is the best at which it holds. Children count as satisfied at the level
//! that is looked at, at every depth: what is allocated in an unsatisfied part brings nothing, and
//! what is allocated in a part that waits for a decision waits with it. Of a `when` only the branch that
//! is chosen brings anything. Within a group an attainment counts once, also where two leaves share it.
//! A percentage of what is applied is of everything in satisfied children.
//!
//! *At-most limits* bind what surely matches. What perhaps falls under one, or has no date where the limit
//! is one of time, counts pending review. What is worth nothing in a leaf's measure is not taken.
//!
//! *Required* amounts reckon other measures by the typical item and the hours for a credit, and know
//! of the fixed at-least limits of a group.
//!
//! *Earned* under a `not` or in the test of a `when` looks at awards only; otherwise declaring a lower
//! target could spoil a higher one. Elsewhere it takes the level of the credential's completion.
//!
//! *Not* of a thing met with what is in progress is unmet.
//!
//! *An average* over nothing is unknown. Attainments that the population's selector does not know
//! make it unknown where they could change the verdict.
//!
//! *Waived* nodes are met, take nothing and bring nothing.
//!
//! *Sharing.* Each constraint looks at a pair of different credentials by itself: an exempt
//! attainment does not count against the policy that exempts it; edges and other policies still
//! count it. Any policy that applies lifts the default, except one that only asks for something unique. A carried attainment must surely match
//! `only`. What must be unique to one side is asked of that side's completion, like an at-least limit,
//! where the two share anything; of who shares nothing it asks nothing.
//! A `share` exception frees its attainment from all pairs with its credential and from ceilings.
//! Awards in the record hold what they consumed, also after they have expired.
//!
//! *Aims.* Credentials that are completed on the way, because a target asks for them, are no aim of their own.
//!
//! *Distance* is exact inside, and rounded up to a thousandth of a credit at the end. A percentage of
//! items asks for whole items. A `when` whose test is unknown
//! is as far as its nearer branch. While a group's rule is open, everything allocated inside serves its
//! at-least limits.

mod evaluate;
mod search;
mod select;
mod sharing;

pub use search::{Answer, Outcome, solve, together};
