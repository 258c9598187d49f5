//! The slow, obvious oracle: every legal allocation of a small world is tried, and the best kept.
//!
//! It follows `SEMANTICS` to the letter and nothing else: it shares the data model with the engine
//! and not one line of behaviour. Where the contract leaves a choice, the reading taken here is
//! written down below, so that a difference with the engine can be decided and not argued.
//!
//! # Readings
//!
//! *Codes.* Equivalences join transitively: a code's class is everything reachable through them.
//! Code, pattern, range and subject selectors match an attainment if any code of its class does.
//! A substitution replaces the attainment's code within its credential before anything else is
//! asked; catalog facts (tags, unit, level, competencies, attributes, repeat policy) are then those
//! of the new code, while credits, hours and kind stay its own. Catalog facts of a code that the
//! catalog does not list are those of the first listed code of its class.
//!
//! *What can count.* Attainments in progress or planned, if the options leave them out; those whose
//! grade earns no credit; and those that an exception excludes: none of these is ever taken or
//! seen. Of the rest, the repeat policy keeps attempts class by class. `best`: completed before in
//! progress before planned, then the higher grade, a missing one last, then the earlier, a missing
//! date last, then the id. `latest` and `first` order by date and then id, and by nothing else.
//!
//! *Unknown.* A missing date, grade, attribute, issuer or verification is unknown. An
//! absent catalog level or unit is a plain no. A `recent` window before an event without a date is
//! unknown. Completed after the event passes. Approval of an item is unknown until decided.
//!
//! *Standing.* A pool's unknown makes an attainment pending, whatever its status; otherwise its
//! status decides. `Force` puts an attainment surely into the pools of all leaves at or inside the
//! requirement that has the label.
//!
//! *Satisfied at a level.* A node holds at a level if it does counting only attainments at least
//! that sure; its level is the best at which it holds. Children count as satisfied at the level
//! that is looked at, at every depth: what is allocated in an unsatisfied part brings nothing.
//! Within a group an attainment counts once, also where two leaves share it.
//!
//! *At-most limits* bind what surely matches. Where they hold only because of what is unknown, the
//! group is at best `needs_review`.
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
//! attainment does not count against the policy that exempts it, and is not held back by the
//! default; edges and other policies still count it. Any policy that applies lifts the default.
//! A carried attainment must surely match `only`. `Unique` asks nothing of a pair that shares
//! nothing. A `share` exception frees its attainment from all pairs with its credential and from ceilings.
//! Awards in the record hold what they consumed, also after they have expired.
//!
//! *Distance.* Hours turn into credits rounded up to a thousandth. A `when` whose test is unknown is as far as
//! its farther branch.

mod evaluate;
mod search;
mod select;
mod sharing;

pub use search::{Answer, Outcome, solve, together};
