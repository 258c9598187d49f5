//! What explains a code at length.

use credstack_model::Language;

/// What a code means, why it matters, and an example.
#[derive(Debug)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// What was found, in English and in Spanish.
    means: [&'static str; 2],
    /// Why it matters, in English and in Spanish.
    why: [&'static str; 2],
    /// The example.
    pub example: Example,
}

/// An example of a mistake.
#[derive(Clone, Copy, Debug)]
pub enum Example {
    /// Rules that follow `catalog("t", "Test");` in the file `pack.rhai`.
    Rules {
        /// With the mistake.
        wrong: &'static str,
        /// Without it.
        right: &'static str,
    },
    /// All files of a pack, by their places.
    Files {
        /// With the mistake.
        wrong: &'static [(&'static str, &'static str)],
        /// Without it.
        right: &'static [(&'static str, &'static str)],
    },
    /// A few lines cannot bring it about.
    None(Unprovoked),
}

/// Why an example of a few lines cannot bring a code about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unprovoked {
    /// A limit is exceeded: it takes thousands of lines, steps or parts.
    Large,
    /// Only a catalog that something other than rules has written has it: the words of the
    /// language refuse the mistake earlier, with another code.
    OtherWriters,
    /// It is about a file's bytes or the disk, not about what rules say.
    Disk,
    /// A guard against what the script language and this project do not do today.
    Guard,
}

impl Explanation {
    /// Return what was found, in a language.
    #[must_use]
    pub fn means(&self, language: Language) -> &'static str {
        in_language(self.means, language)
    }

    /// Return why it matters, in a language.
    #[must_use]
    pub fn why(&self, language: Language) -> &'static str {
        in_language(self.why, language)
    }
}

impl Unprovoked {
    /// Say why there is no example, in a language.
    #[must_use]
    pub fn reason(self, language: Language) -> &'static str {
        let both = match self {
            Self::Large => [
                "No example: it takes thousands of lines, steps or parts.",
                "Sin ejemplo: hacen falta miles de líneas, pasos o partes.",
            ],
            Self::OtherWriters => [
                "No example: only a catalog that something other than rules has written has it; the words of the language refuse it earlier.",
                "Sin ejemplo: solo lo tiene un catálogo que no se escribió con reglas; las palabras del lenguaje lo rechazan antes.",
            ],
            Self::Disk => [
                "No example: it is about a file and its bytes, not about what the rules say.",
                "Sin ejemplo: se trata de un archivo y sus bytes, no de lo que dicen las reglas.",
            ],
            Self::Guard => [
                "No example: it guards against what does not happen today.",
                "Sin ejemplo: protege contra lo que hoy no ocurre.",
            ],
        };
        in_language(both, language)
    }
}

const fn in_language(both: [&'static str; 2], language: Language) -> &'static str {
    match language {
        Language::English => both[0],
        Language::Spanish => both[1],
    }
}

/// Explain a code by rules with and without the mistake.
pub(super) const fn rules(
    code: &'static str,
    means: [&'static str; 2],
    why: [&'static str; 2],
    wrong: &'static str,
    right: &'static str,
) -> Explanation {
    Explanation { code, means, why, example: Example::Rules { wrong, right } }
}

/// Explain a code by packs with and without the mistake.
pub(super) const fn files(
    code: &'static str,
    means: [&'static str; 2],
    why: [&'static str; 2],
    wrong: &'static [(&'static str, &'static str)],
    right: &'static [(&'static str, &'static str)],
) -> Explanation {
    Explanation { code, means, why, example: Example::Files { wrong, right } }
}

/// Explain a code that an example of a few lines cannot bring about.
pub(super) const fn without(
    code: &'static str,
    means: [&'static str; 2],
    why: [&'static str; 2],
    reason: Unprovoked,
) -> Explanation {
    Explanation { code, means, why, example: Example::None(reason) }
}
