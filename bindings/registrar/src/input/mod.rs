//! Reading what comes in: records a line, or tables of learners and attainments.

pub(crate) mod cell;
mod encoding;
pub(crate) mod lines;
pub(crate) mod table;
pub(crate) mod tables;

use std::path::Path;

use credstack_engine::model::Catalog;
use credstack_engine::{Limits, Record};

use crate::error::BatchError;

/// Read the records of a folder of tables, in the order of `learners.csv`. A learner with a row that a
/// batch would refuse is left out.
///
/// # Errors
/// If a table cannot be read as a whole.
pub fn records(folder: &Path, catalog: &Catalog, limits: &Limits) -> Result<Vec<Record>, BatchError> {
    Ok(tables::read(folder, catalog, limits)?.learners.into_iter().map(|learner| learner.record).collect())
}
