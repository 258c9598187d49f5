//! The data that everything else speaks of: names, dates, numbers, grades, the catalog with its
//! requirements, and a learner's record. No behaviour beyond reading, writing and simple look-ups.

pub mod answer;
mod builders;
pub mod catalog;
pub mod date;
pub mod decimal;
pub mod diagnostic;
pub mod grade;
pub mod id;
pub mod language;
pub mod limits;
pub mod reading;
pub mod record;
pub mod requirement;
pub mod selector;
pub mod sharing;
pub mod source;
pub mod wording;

pub use answer::*;
pub use catalog::*;
pub use date::{Date, DateError};
pub use decimal::{Decimal, DecimalError};
pub use diagnostic::{Descriptor, Diagnostic, Edit, Fix, Label, Severity};
pub use grade::{Grade, GradeScale, GradeValue, NumericScale, ScaleKind, common_scales};
pub use id::*;
pub use language::Language;
pub use limits::Limits;
pub use reading::RecordError;
pub use record::*;
pub use requirement::*;
pub use selector::*;
pub use sharing::*;
// `source::Span` is named by its module: a limit of that name stands in `requirement`.
pub use source::{Place, Position, Source};
pub use wording::{Argument, ENGLISH, Phrasebook, Words};

#[cfg(test)]
mod json_tests;
