//! What both faces of the module do: bytes in, bytes of JSON out.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::rc::Rc;

use credstack_base::json;
use credstack_engine::compile::StackGraph;
use credstack_engine::explain::sentence;
use credstack_engine::model::Message;
use credstack_engine::{Bundle, Determination, Language, Limits, Record, Screen};
use serde::Serialize;

use crate::fault::{Fault, codes};
use crate::question::{PlanQuestion, Question, ScreenQuestion};

/// The version of [`crate::abi`]. It changes when a call that worked would work no more.
pub const ABI_VERSION: u32 = 1;

/// What a module says of itself.
#[derive(Clone, Debug, Serialize)]
pub struct About {
    /// The version of the engine.
    pub engine: &'static str,
    /// [`ABI_VERSION`].
    pub abi: u32,
    /// The version of bundles that it reads.
    pub bundle: u32,
    /// The version of records that it reads.
    pub record: u32,
    /// The version of determinations that it writes.
    pub determination: u32,
    /// The version of plans that it writes.
    pub plan: u32,
    /// The languages that [`say`] knows, by their BCP 47 tags.
    pub languages: [&'static str; Language::ALL.len()],
    /// The most bytes of a bundle that it accepts.
    pub bundle_bytes: usize,
    /// The most bytes of a record that it accepts.
    pub record_bytes: usize,
}

/// Say what this module is, as JSON of [`About`].
///
/// # Errors
/// Never, in practice: only if it could not be written as JSON.
pub fn about() -> Result<Vec<u8>, Fault> {
    let limits = Limits::default();
    written(&About {
        engine: env!("CARGO_PKG_VERSION"),
        abi: ABI_VERSION,
        bundle: credstack_engine::compile::BUNDLE_VERSION,
        record: credstack_engine::model::RECORD_VERSION,
        determination: credstack_engine::model::DETERMINATION_VERSION,
        plan: credstack_engine::plan::PLAN_VERSION,
        languages: Language::ALL.map(Language::tag),
        bundle_bytes: limits.bundle_bytes,
        record_bytes: limits.record_bytes,
    })
}

/// An open bundle, and the screen of the last date that was asked for.
#[derive(Debug)]
pub struct Opened {
    /// The bundle.
    pub bundle: Rc<Bundle>,
    screen: RefCell<Option<Screen<Rc<Bundle>>>>,
}

/// Open a bundle.
///
/// # Errors
/// If the bytes are no sound bundle of a version that this module reads.
pub fn open(bundle: &[u8]) -> Result<Opened, Fault> {
    let bundle = Rc::new(Bundle::from_bytes(bundle, &Limits::default())?);
    Ok(Opened { bundle, screen: RefCell::default() })
}

/// Answer a [`Question`] about a record: the JSON of a determination.
///
/// # Errors
/// If the record or the question cannot be read, or the record cannot be answered.
pub fn determine(bundle: &Bundle, record: &[u8], question: &[u8]) -> Result<Vec<u8>, Fault> {
    let question: Question = read(codes::QUESTION_MALFORMED, "question", question)?;
    let record = self::record(record)?;
    let mut answer = credstack_engine::determine(bundle, &record, question.as_of, &question.options())?;
    answer.provenance.module = question.module.map(String::from);
    written(&answer)
}

/// Answer a [`ScreenQuestion`] about a record: the JSON of a screening. Questions for one date and the same
/// options after one another take the catalog apart once.
///
/// # Errors
/// As [`determine`].
pub fn screen(opened: &Opened, record: &[u8], question: &[u8]) -> Result<Vec<u8>, Fault> {
    let question: ScreenQuestion = read(codes::QUESTION_MALFORMED, "question", question)?;
    let options = question.options();
    let mut held = opened.screen.borrow_mut();
    let screen = match held.take().filter(|screen| screen.is_for(question.as_of, &options)) {
        Some(screen) => held.insert(screen),
        None => held.insert(Screen::new(Rc::clone(&opened.bundle), question.as_of, &options)),
    };
    screened(screen, record)
}

/// Answer as [`screen()`], of a bundle that is asked about once.
///
/// # Errors
/// As [`determine`].
pub fn screen_once(bundle: &Bundle, record: &[u8], question: &[u8]) -> Result<Vec<u8>, Fault> {
    let question: ScreenQuestion = read(codes::QUESTION_MALFORMED, "question", question)?;
    screened(&Screen::new(bundle, question.as_of, &question.options()), record)
}

fn screened<B: Borrow<Bundle>>(screen: &Screen<B>, record: &[u8]) -> Result<Vec<u8>, Fault> {
    written(&screen.screening(&self::record(record)?)?)
}

/// Plan what is missing, as a [`PlanQuestion`] asks: the JSON of a plan.
///
/// # Errors
/// As [`determine`].
pub fn plan(bundle: &Bundle, record: &[u8], question: &[u8]) -> Result<Vec<u8>, Fault> {
    let question: PlanQuestion = read(codes::QUESTION_MALFORMED, "question", question)?;
    let record = self::record(record)?;
    let mut plan = credstack_engine::plan(bundle, &record, question.as_of, &question.options())?;
    plan.provenance.module = question.module.map(String::from);
    written(&plan)
}

/// Check a determination against the record: the JSON of a list of findings, empty if it holds.
/// What was searched through is searched again.
///
/// # Errors
/// If the record or the determination cannot be read.
pub fn verify(bundle: &Bundle, record: &[u8], determination: &[u8]) -> Result<Vec<u8>, Fault> {
    let determination: Determination = read(codes::DETERMINATION_MALFORMED, "determination", determination)?;
    let record = self::record(record)?;
    let mut findings = credstack_engine::verify(bundle, &record, &determination);
    if findings.is_empty() {
        findings = credstack_engine::determine::search_again(bundle, &record, &determination)?;
    }
    written(&findings)
}

/// Compute the graph of the catalog's credentials, the same for every learner: the JSON of a [`StackGraph`].
///
/// # Errors
/// Never, in practice: only if it could not be written as JSON.
pub fn graph(bundle: &Bundle) -> Result<Vec<u8>, Fault> {
    written(&StackGraph::of(bundle.catalog()))
}

/// Say messages, a JSON list of them, in a language by its BCP 47 tag, as [`sentence`] does: the JSON
/// of a list of texts.
///
/// # Errors
/// If the messages, or the tag, cannot be read.
pub fn say(language: &[u8], messages: &[u8]) -> Result<Vec<u8>, Fault> {
    let language = std::str::from_utf8(language)
        .map_err(|_| Fault::new(codes::LANGUAGE_UNKNOWN, "the tag of the language is not UTF-8"))?;
    let language = Language::of_tag(language);
    let messages: Vec<Message> = read(codes::MESSAGES_MALFORMED, "list of messages", messages)?;
    written(&messages.iter().map(|message| sentence(message, language)).collect::<Vec<String>>())
}

fn record(bytes: &[u8]) -> Result<Record, Fault> {
    Ok(Record::from_json(bytes, &Limits::default())?)
}

fn read<T: json::FromJson>(code: &str, what: &str, bytes: &[u8]) -> Result<T, Fault> {
    json::read(bytes).map_err(|e| Fault::of_json(code, what, &e))
}

fn written(value: &impl Serialize) -> Result<Vec<u8>, Fault> {
    json::write(value).map_err(|e| Fault::new(codes::ANSWER_UNWRITABLE, e))
}
