//! `credstack explain CODE`: says what a code of `credstack check` means.

use std::path::Path;

use crate::args::LanguageTag;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// Return the code that a person asks for: a word of the shape of a code that is no file.
pub(crate) fn asked(path: &Path) -> Option<&str> {
    let word = path.to_str()?;
    let shaped = word.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase()));
    (shaped && !path.exists()).then_some(word)
}

/// Show what a code means, why it matters, and an example.
pub(crate) fn explain(name: &str, language: LanguageTag, terminal: &mut Terminal) -> Result<bool, Failure> {
    let code = credstack_rules::code(name).map_err(|near| {
        let failure = Failure::new(format!("there is no code `{name}`, and no file of that name"));
        match near {
            Some(near) => failure.with_help(format!("did you mean `{near}`?")),
            None => failure.with_help("`credstack check` shows the code of what it reports; rules/CODES.md lists all"),
        }
    })?;
    terminal.print(&code.text(credstack_rules::phrasebook(language.words().language)))?;
    Ok(true)
}
