//! The Spanish words of everything that is said to authors, by the English ones.

mod compiler;
mod files_and_marks;
mod packs;
mod parts;
mod sentences;

use credstack_model::Language;

/// Spanish.
pub static SPANISH: Language = Language {
    tag: "es",
    templates: &[
        compiler::TEMPLATES,
        files_and_marks::TEMPLATES,
        packs::TEMPLATES,
        sentences::TEMPLATES,
        parts::TEMPLATES,
    ],
};
