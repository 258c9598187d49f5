//! The Spanish words of everything that is said to authors, by the English ones.

mod compiler;
mod files_and_marks;
mod packs;
mod parts;
mod sentences;

use credstack_model::{Language, Phrasebook};

/// Spanish.
pub static SPANISH: Phrasebook = Phrasebook {
    language: Language::Spanish,
    templates: &[
        compiler::TEMPLATES,
        files_and_marks::TEMPLATES,
        packs::TEMPLATES,
        sentences::TEMPLATES,
        parts::TEMPLATES,
    ],
};
