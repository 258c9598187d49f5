//! The words of the command line itself, in the languages that the engine has sentences in. What the engine's answers
//! say, statuses and units among it, stands in the engine's own tables.

use anstyle::Style;
use credstack_engine::explain::{label, sentence};
use credstack_engine::model::{Arg, Decimal, Measure, Message, NodeStatus};
use credstack_engine::{Language, Status};

use crate::args::LanguageTag;
use crate::terminal::{BAD, GOOD, OPEN};

impl LanguageTag {
    /// Return its words.
    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Self::En => &ENGLISH,
            Self::Es => &SPANISH,
        }
    }
}

/// What a determination is shown with, beside the sentences of the engine.
pub(crate) struct Words {
    pub(crate) language: Language,
    pub(crate) as_of: &'static str,
    pub(crate) each_alone: &'static str,
    pub(crate) others_alone: &'static str,
    pub(crate) nothing_declared: &'static str,
    pub(crate) legend: &'static str,
    pub(crate) not_together: &'static str,
    pub(crate) next: &'static str,
    pub(crate) cut_short: &'static str,
    pub(crate) may_start: &'static str,
    pub(crate) before_start: &'static str,
    pub(crate) start_unknown: &'static str,
    pub(crate) to_complete: &'static str,
    pub(crate) award_open: &'static str,
    pub(crate) before_award: &'static str,
    pub(crate) or: &'static str,
    pub(crate) by: &'static str,
    pub(crate) of: &'static str,
    pub(crate) yours: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) so_far: &'static str,
    pub(crate) in_progress: &'static str,
    pub(crate) to_be_confirmed: &'static str,
    pub(crate) not_yet_startable: &'static str,
    pub(crate) written_at: &'static str,
    pub(crate) still_short: &'static str,
    pub(crate) not_needed: &'static str,
    pub(crate) to_go: fn(&str) -> String,
    /// What counts, whether it is one, and toward what else.
    pub(crate) also: fn(&str, bool, &str) -> String,
    /// Who granted an exception, what it is, and why.
    pub(crate) exception: fn(&str, &str, &str) -> String,
    pub(crate) counts_as: fn(&str, &str) -> String,
    pub(crate) waived: fn(&str) -> String,
    pub(crate) forced: fn(&str, &str) -> String,
    pub(crate) excluded: fn(&str) -> String,
    pub(crate) shared: fn(&str) -> String,
}

impl Words {
    /// Say a status, and how it is shown.
    pub(crate) fn status(&self, status: Status) -> (String, Style) {
        let style = match status {
            Status::Conferred | Status::Complete => GOOD,
            Status::CompleteWithInProgress | Status::NeedsReview | Status::Incomplete => OPEN,
            Status::Closed | Status::Undetermined => BAD,
        };
        (sentence(&label::status(status), self.language), style)
    }

    /// Say the status of a requirement, and how it is shown.
    pub(crate) fn node_status(&self, status: NodeStatus) -> (String, Style) {
        let style = match status {
            NodeStatus::Met => GOOD,
            NodeStatus::MetWithInProgress | NodeStatus::NeedsReview => OPEN,
            NodeStatus::Unmet | NodeStatus::Closed => BAD,
        };
        (sentence(&label::node_status(status), self.language), style)
    }

    /// Return the word for so much of something.
    pub(crate) fn unit(&self, measure: Measure, amount: Decimal) -> String {
        sentence(&label::unit(measure, amount), self.language)
    }

    /// Join a list in words, as the engine does it: Spanish says "e" before an i.
    pub(crate) fn joined(&self, parts: &[&str]) -> String {
        let parts = parts.iter().map(ToString::to_string).collect();
        sentence(&Message::new("pool-codes").with("codes", Arg::AllOf(parts)), self.language)
    }
}

const ENGLISH: Words = Words {
    language: Language::English,
    as_of: "as of",
    each_alone: "All credentials, each on its own",
    others_alone: "Other credentials, each on its own",
    nothing_declared: "The record declares no credential. Name one with --target, or ask for all with --all.",
    legend: "✓ met   ◐ met once in-progress work is finished   ? open question   ○ missing   ✗ no longer possible",
    not_together: "What cannot be had together",
    next: "What to do next",
    cut_short: "The search ended before the best answer was known; ask again with more --steps.",
    may_start: "You may start it now.",
    before_start: "Before you may start",
    start_unknown: "Whether you may start is not known yet",
    to_complete: "To complete it",
    award_open: "Everything else that the award asks for is in place.",
    before_award: "Before it can be awarded",
    or: "or",
    by: "by",
    of: "of",
    yours: "yours",
    missing: "missing",
    so_far: "so far",
    in_progress: "in progress",
    to_be_confirmed: "to be confirmed",
    not_yet_startable: "you may not start it yet",
    written_at: "written at",
    still_short: "Still short",
    not_needed: "Another way was chosen; this one is not needed.",
    to_go: |amount| format!("{amount} to go"),
    also: |what, is_one, others| format!("{what} also {} toward {others}.", if is_one { "counts" } else { "count" }),
    exception: |authority, granted, reason| format!("Exception by {authority}: {granted} ({reason})."),
    counts_as: |what, other| format!("{what} counts as {other}"),
    waived: |label| format!("\"{label}\" is waived"),
    forced: |what, requirement| format!("{what} counts toward \"{requirement}\""),
    excluded: |what| format!("{what} does not count"),
    shared: |what| format!("{what} may count here too"),
};

const SPANISH: Words = Words {
    language: Language::Spanish,
    as_of: "a fecha de",
    each_alone: "Todas las credenciales, cada una por separado",
    others_alone: "Otras credenciales, cada una por separado",
    nothing_declared: "El expediente no declara ninguna credencial. Nombre una con --target o pida todas con --all.",
    legend: "✓ cumplido   ◐ cumplido al acabar lo que está en curso   ? pregunta abierta   ○ falta   ✗ ya no es posible",
    not_together: "Lo que no puede tenerse a la vez",
    next: "Qué hacer ahora",
    cut_short: "La búsqueda terminó antes de conocer la mejor respuesta; pregunte de nuevo con más --steps.",
    may_start: "Puede empezarla ya.",
    before_start: "Para poder empezar",
    start_unknown: "Aún no se sabe si puede empezar",
    to_complete: "Para completarla",
    award_open: "Se cumple todo lo demás que pide el otorgamiento.",
    before_award: "Para que se otorgue",
    or: "o bien",
    by: "con",
    of: "de",
    yours: "el suyo",
    missing: "por obtener",
    so_far: "hasta ahora",
    in_progress: "en curso",
    to_be_confirmed: "por confirmar",
    not_yet_startable: "aún no puede empezarla",
    written_at: "escrito en",
    still_short: "Falta",
    not_needed: "Se eligió otra vía; esta no hace falta.",
    to_go: |amount| format!("por obtener: {amount}"),
    also: |what, is_one, others| format!("{what} también {} para {others}.", if is_one { "cuenta" } else { "cuentan" }),
    exception: |authority, granted, reason| format!("Excepción concedida por {authority}: {granted} ({reason})."),
    counts_as: |what, other| format!("{what} cuenta como {other}"),
    waived: |label| format!("se dispensa «{label}»"),
    forced: |what, requirement| format!("{what} cuenta para «{requirement}»"),
    excluded: |what| format!("{what} no cuenta"),
    shared: |what| format!("{what} puede contar aquí también"),
};

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn lists_are_joined_as_the_language_does() {
        assert_eq!(ENGLISH.joined(&["A", "B", "C"]), "A, B, and C");
        assert_eq!(SPANISH.joined(&["A", "B", "INFO 1"]), "A, B e INFO 1");
        assert_eq!(SPANISH.joined(&[]), "");
    }

    #[test]
    fn every_language_of_the_engine_can_be_asked_for() {
        for language in Language::ALL {
            let chosen = LanguageTag::from_str(language.tag(), false);
            assert_eq!(chosen.map(|tag| tag.words().language), Ok(language));
        }
    }
}
