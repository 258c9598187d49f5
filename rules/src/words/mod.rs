//! The words of the language, by subject. Each file lists its words with every form they take;
//! the tables drive dispatch, diagnostics, editor definitions and the reference alike.

pub(crate) mod call;
mod catalog;
mod check;
mod credential;
pub(crate) mod form;
mod item;
mod limit;
mod pool;
mod requirement;
mod scenario;
mod sharing;

use std::collections::BTreeMap;

use form::Form;

pub(crate) use check::{PROPERTIES, property};
pub(crate) use credential::TREES;

/// Return all words, with their forms in a fixed order.
pub(crate) fn all() -> BTreeMap<&'static str, Vec<&'static Form>> {
    let tables = [
        catalog::WORDS,
        item::WORDS,
        pool::WORDS,
        requirement::WORDS,
        limit::WORDS,
        credential::WORDS,
        sharing::WORDS,
        check::WORDS,
        scenario::WORDS,
    ];
    let mut words: BTreeMap<&'static str, Vec<&'static Form>> = BTreeMap::new();
    for (name, forms) in tables.into_iter().flatten() {
        words.entry(name).or_default().extend(forms.iter());
    }
    words
}
