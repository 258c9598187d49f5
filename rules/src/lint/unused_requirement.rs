//! # unused-requirement
//!
//! **What it finds:** a requirement that is written and becomes part of no credential.
//!
//! **Why it matters:** the learner is not asked for it, though the file seems to say so. Often a
//! semicolon ended the sentence too early.
//!
//! **Example:** `gpa(3.0, applied());` on a line of its own. Put it into an `all([…])` of a
//! completion.

use std::collections::BTreeSet;

use credstack_model::{Descriptor, Diagnostic, Source};

use super::context::{Context, requirements};

pub(crate) static UNUSED_REQUIREMENT: Descriptor = Descriptor::warning(
    "unused-requirement",
    "this `{word}` is part of no credential",
    "put it into an admission, completion or conferral, or remove it",
);

pub(super) fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    if !context.whole {
        return Vec::new();
    }
    let used: BTreeSet<&Source> = requirements(context.catalog).into_iter().filter_map(|r| r.source.as_ref()).collect();
    let unused = context.built.iter().filter(|(source, _)| !used.contains(source));
    unused.map(|(source, word)| UNUSED_REQUIREMENT.of(&[("word", word)]).at(Some(source))).collect()
}
