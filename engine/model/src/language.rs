//! The languages in which sentences can be said.

/// A language. What has no words in it is said in English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, `en`.
    #[default]
    English,
    /// Spanish, `es`.
    Spanish,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// Return its tag, as BCP 47 has it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// Find the language of a BCP 47 tag. What the tag says beside the language, such as a region, makes no
    /// difference, and neither does the case of its letters; English stands in for languages without words.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        if language.eq_ignore_ascii_case(Self::Spanish.tag()) { Self::Spanish } else { Self::English }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_by_their_language() {
        for tag in ["es", "ES", "es-MX", "es-419"] {
            assert_eq!(Language::of_tag(tag), Language::Spanish, "{tag}");
        }
        for tag in ["en", "en-US", "fr", "est", "", "-es"] {
            assert_eq!(Language::of_tag(tag), Language::English, "{tag}");
        }
        for language in Language::ALL {
            assert_eq!(Language::of_tag(language.tag()), language);
        }
    }
}
