//! The page of all codes, and one code as a person reads it.

use std::fmt::Write as _;

use credstack_model::{Descriptor, Language, Phrasebook, Severity};

use super::explanations::Example;
use super::list::{CodeEntry, codes};

/// The words around what a page shows.
struct Headings {
    title: &'static str,
    intro: &'static str,
    error: &'static str,
    warning: &'static str,
    says: &'static str,
    wrong: &'static str,
    right: &'static str,
}

const ENGLISH: Headings = Headings {
    title: "# Codes",
    intro: "Every code that `credstack check` reports, with its sentences, what it means and why it matters.\n\
            Examples follow `catalog(\"t\", \"Test\");` unless they show whole files. `credstack explain CODE` shows one.\n\n\
            Generated: do not edit.",
    error: "error",
    warning: "warning",
    says: "It says:",
    wrong: "Wrong:",
    right: "Right:",
};

const SPANISH: Headings = Headings {
    title: "# Códigos",
    intro: "",
    error: "error",
    warning: "advertencia",
    says: "Dice:",
    wrong: "Mal:",
    right: "Bien:",
};

/// Return the page of all codes in English, as committed in `CODES.md`.
#[must_use]
pub fn page() -> String {
    let mut text = format!("{}\n\n{}\n", ENGLISH.title, ENGLISH.intro);
    for code in codes() {
        let _ = write!(text, "\n## {}\n\n{}", code.name, body(&code, &credstack_model::ENGLISH));
    }
    text
}

impl CodeEntry {
    /// Return the explanation as text, in a language.
    #[must_use]
    pub fn text(&self, phrases: &Phrasebook) -> String {
        format!("{} ({})\n\n{}", self.name, severity(self.severity(), headings(phrases)), body(self, phrases))
    }
}

fn headings(phrases: &Phrasebook) -> &'static Headings {
    match phrases.language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}

const fn severity(severity: Severity, headings: &Headings) -> &'static str {
    match severity {
        Severity::Error => headings.error,
        Severity::Warning => headings.warning,
    }
}

// Writing to a text cannot fail.
fn body(code: &CodeEntry, phrases: &Phrasebook) -> String {
    let words = headings(phrases);
    let explanation = code.explanation;
    let mut text = format!("{} {}\n\n", explanation.means(phrases.language), explanation.why(phrases.language));
    let _ = writeln!(text, "{}\n", words.says);
    for Descriptor { severity: bad, message, help, .. } in code.descriptors.iter().copied() {
        let _ = write!(text, "- {}: {}", severity(*bad, words), phrases.template(message));
        if !help.is_empty() {
            let _ = write!(text, " — {}", phrases.template(help));
        }
        text.push('\n');
    }
    match &explanation.example {
        Example::Rules { wrong, right } => {
            rules(&mut text, words.wrong, wrong);
            rules(&mut text, words.right, right);
        }
        Example::Files { wrong, right } => {
            files(&mut text, words.wrong, wrong);
            files(&mut text, words.right, right);
        }
        Example::None(reason) => {
            let _ = writeln!(text, "\n{}", reason.reason(phrases.language));
        }
    }
    text
}

fn rules(text: &mut String, heading: &str, rules: &str) {
    let _ = write!(text, "\n{heading}\n\n```rhai\n{rules}\n```\n");
}

fn files(text: &mut String, heading: &str, files: &[(&str, &str)]) {
    let _ = write!(text, "\n{heading}\n\n```rhai\n");
    for (file, rules) in files {
        let _ = writeln!(text, "// {file}\n{rules}");
    }
    text.push_str("```\n");
}
