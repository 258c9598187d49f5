//! What is derived from a catalog when it is compiled or opened.

use credstack_base::sorted::Map;
use credstack_model::{Catalog, Code};

/// What is derived from a catalog for look-up of attainments.
#[derive(Debug)]
pub struct Index {
    /// From every code of an equivalence to the codes of that equivalence, the representative first.
    classes: Map<Code, Vec<Code>>,
    /// Whether awards of some credential expire.
    has_validity: bool,
}

impl Index {
    /// Derive it.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        let all = catalog
            .equivalences
            .iter()
            .flat_map(|equivalence| equivalence.codes.iter().map(|code| (code.clone(), equivalence.codes.clone())));
        let classes = credstack_base::order::map(all);
        Self { classes, has_validity: catalog.credentials.values().any(|c| c.valid_for.is_some()) }
    }

    /// Return the representative of a code: itself, unless an equivalence names another first.
    #[must_use]
    pub fn class<'a>(&'a self, code: &'a Code) -> &'a Code {
        self.classes.get(code).and_then(|codes| codes.first()).unwrap_or(code)
    }

    /// Return the codes that are the same thing as this one, itself among them.
    #[must_use]
    pub fn equivalents<'a>(&'a self, code: &'a Code) -> &'a [Code] {
        self.classes.get(code).map_or(std::slice::from_ref(code), Vec::as_slice)
    }

    /// Return whether awards of some credential expire.
    #[must_use]
    pub const fn has_validity(&self) -> bool {
        self.has_validity
    }
}
