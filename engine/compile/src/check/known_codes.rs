//! Every code that a rule may name.

use credstack_model::{Catalog, Code, CredentialId};

/// Every code that a rule may name, sorted, each behind its first bytes as one number: rules name codes so
/// often that finding them was a fifth of opening a bundle, and numbers are compared where they stand.
pub(super) struct KnownCodes<'a>(Vec<(u128, &'a str)>);

impl<'a> KnownCodes<'a> {
    /// Collect the codes. A catalog that lists no courses leaves its codes unchecked: it has none.
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        if catalog.courses.is_empty() {
            return Self(Vec::new());
        }
        let listed = catalog.courses.keys().map(Code::as_str);
        let equivalent = catalog.equivalences.iter().flat_map(|e| &e.codes).map(Code::as_str);
        let credentials = catalog.credentials.keys().map(CredentialId::as_str);
        let mut known: Vec<(u128, &str)> =
            listed.chain(equivalent).chain(credentials).map(|code| (first_bytes(code), code)).collect();
        credstack_base::order::sort(&mut known);
        Self(known)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn contains(&self, code: &str) -> bool {
        self.0.binary_search(&(first_bytes(code), code)).is_ok()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|(_, code)| *code)
    }
}

fn first_bytes(code: &str) -> u128 {
    let mut first = [0; 16];
    first.iter_mut().zip(code.bytes()).for_each(|(first, byte)| *first = byte);
    u128::from_be_bytes(first)
}
