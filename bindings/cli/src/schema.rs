//! The JSON Schemas of what goes in and out.

use crate::args::SchemaOf;

pub(crate) fn text(of: SchemaOf) -> String {
    format!("{of:?}")
}
