//! What all checks work on: the catalog, the limits, and what has been found.

use std::fmt::Display;

use credstack_model::{Catalog, Descriptor, Diagnostic, Limits, Source};

use super::known_codes::KnownCodes;

/// Names, or pairs of them, that were seen, and at which place. There may be as many as a bundle has bytes for.
pub(super) type Seen<'a> = std::collections::BTreeMap<(&'a str, &'a str), usize>;

/// The arguments of a message by name.
pub(super) type Arguments<'a> = &'a [(&'static str, &'a dyn Display)];

/// One pass over a catalog.
pub(super) struct Checker<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) limits: &'a Limits,
    pub(super) codes: KnownCodes<'a>,
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(catalog: &'a Catalog, limits: &'a Limits) -> Self {
        Self { catalog, limits, codes: KnownCodes::new(catalog), found: Vec::new() }
    }

    /// Note one fault.
    pub(super) fn say(&mut self, what: &'static Descriptor, source: Option<&Source>, arguments: Arguments<'_>) {
        self.found.push(what.of(arguments).at(source));
    }
}
