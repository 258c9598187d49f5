//! What the WebAssembly module is asked, natively: the same functions, where a panic can be seen.

use std::collections::BTreeSet;

use credstack_engine::Determination;
use credstack_engine::model::Message;
use credstack_engine::plan::Plan;
use credstack_engine::screen::Screening;
use credstack_wasm::fault::{Fault, codes};
use credstack_wasm::question::{PlanQuestion, Question, ScreenQuestion};
use credstack_wasm::{abi, calls};

use super::example;

/// More steps are not asked for: they take long, and find nothing that fewer do not.
const STEPS: u64 = 2_000;

/// The JSON of a question, or of one for a plan or a screening: it is refused with a fault, or its answer can be read back
/// and, if it is a determination, verified.
pub fn question(bytes: &[u8]) {
    let (bundle, record) = example();
    let Ok(record) = serde_json::to_vec(record) else { panic!("the example's record cannot be written") };
    if serde_json::from_slice::<Question>(bytes).map_or(true, |question| question.steps <= STEPS)
        && let Some(answer) = answered(calls::determine(bundle, &record, bytes))
    {
        assert!(serde_json::from_slice::<Determination>(&answer).is_ok(), "a determination cannot be read back");
        assert_eq!(calls::verify(bundle, &record, &answer).as_deref(), Ok(&b"[]"[..]), "an answer is not verified");
    }
    if serde_json::from_slice::<PlanQuestion>(bytes).map_or(true, |question| question.steps <= STEPS)
        && let Some(answer) = answered(calls::plan(bundle, &record, bytes))
    {
        assert!(serde_json::from_slice::<Plan>(&answer).is_ok(), "a plan cannot be read back");
    }
    if serde_json::from_slice::<ScreenQuestion>(bytes).map_or(true, |question| question.steps <= STEPS)
        && let Some(answer) = answered(calls::screen_once(bundle, &record, bytes))
    {
        assert!(serde_json::from_slice::<Screening>(&answer).is_ok(), "a screening cannot be read back");
    }
}

/// The JSON of a list of messages: each is said, in every language, or the list is refused.
pub fn messages(bytes: &[u8]) {
    let count = serde_json::from_slice::<Vec<Message>>(bytes).map_or(0, |messages| messages.len());
    for language in ["en", "es-MX", "nowhere"] {
        if let Some(said) = answered(calls::say(language.as_bytes(), bytes)) {
            let texts: Result<Vec<String>, _> = serde_json::from_slice(&said);
            assert_eq!(texts.map(|texts| texts.len()).ok(), Some(count), "a message is not said");
        }
    }
}

/// What a call answered. A fault must be one that callers in other languages can tell.
fn answered(came: Result<Vec<u8>, Fault>) -> Option<Vec<u8>> {
    came.inspect_err(|fault| drop(check(&fault.json()))).ok()
}

fn check(fault: &[u8]) -> String {
    match serde_json::from_slice::<Fault>(fault) {
        Ok(fault) if !fault.code.is_empty() && !fault.message.is_empty() => fault.code,
        other => panic!("a fault says nothing: {other:?}"),
    }
}

/// A session with the C ABI, a call a line: what a host that is wrong about addresses and handles does comes
/// to faults, and leaves everything else as it was.
///
/// `buffer WHAT` makes a buffer, with bytes of the example or with the text itself. Other lines are a
/// function's name and numbers; `b0` is the address of the first buffer that was made.
pub fn session(bytes: &[u8]) {
    held(&String::from_utf8_lossy(bytes));
}

/// Holds a session, and says how many questions were answered in it.
fn held(session: &str) -> usize {
    let mut host = Host::default();
    session.lines().take(100).for_each(|line| host.line(line));
    let answers = host.answers;
    host.leave();
    answers
}

/// A host, and what it should know of the module.
#[derive(Default)]
struct Host {
    /// The addresses of all buffers that were made, in their order.
    made: Vec<usize>,
    /// Those that are not used up.
    live: BTreeSet<usize>,
    open: BTreeSet<u32>,
    answers: usize,
}

impl Host {
    fn line(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word == "buffer" {
            let address = buffer(&content(rest));
            assert!(address != 0 && self.live.insert(address), "a buffer has no address of its own");
            self.made.push(address);
            return;
        }
        let number = |text: &str| match text.strip_prefix('b') {
            Some(n) => n.parse().ok().and_then(|n: usize| self.made.get(n).copied()),
            None => text.parse().ok(),
        };
        let numbers: Vec<usize> = rest.split(' ').filter_map(number).collect();
        let handle = |n: &usize| u32::try_from(*n).unwrap_or(u32::MAX);
        match (word, numbers.as_slice()) {
            ("discard", [address]) => {
                abi::credstack_discard(*address);
                self.live.remove(address);
            }
            ("close", [n]) => {
                abi::credstack_close(handle(n));
                self.open.remove(&handle(n));
            }
            ("about", []) => assert_eq!(abi::credstack_about(), 1, "the module says nothing of itself"),
            ("open", [bundle]) => {
                let is_live = self.live.remove(bundle);
                match abi::credstack_open(*bundle) {
                    0 => assert_eq!(check(&result()) == codes::BUFFER_UNKNOWN, !is_live, "another fault was due"),
                    opened => assert!(is_live && self.open.insert(opened), "a handle is given twice"),
                }
            }
            ("say", [language, messages]) => {
                let are_live = [language, messages].map(|address| self.live.remove(address)) == [true; 2];
                self.came(abi::credstack_say(*language, *messages), are_live, true);
            }
            (call @ ("determine" | "plan" | "screen" | "verify"), [n, record, other]) => {
                let are_live = [record, other].map(|address| self.live.remove(address)) == [true; 2];
                let function = match call {
                    "determine" => abi::credstack_determine,
                    "plan" => abi::credstack_plan,
                    "screen" => abi::credstack_screen,
                    _ => abi::credstack_verify,
                };
                self.came(function(handle(n), *record, *other), are_live, self.open.contains(&handle(n)));
            }
            _ => {}
        }
    }

    /// Holds what a call came to against what it was given.
    fn came(&mut self, answered: u32, are_live: bool, is_open: bool) {
        if answered == 1 {
            self.answers += 1;
            assert!(are_live && is_open, "an answer came of buffers or a catalog that are not there");
            assert!(serde_json::from_slice::<serde_json::Value>(&result()).is_ok(), "an answer is no JSON");
            return;
        }
        let code = check(&result());
        let is_of_host = [codes::BUFFER_UNKNOWN, codes::HANDLE_UNKNOWN].contains(&code.as_str());
        assert_eq!(is_of_host, !(are_live && is_open), "another fault than `{code}` was due");
    }

    /// The module is the same for every session of a thread, so each leaves it empty.
    fn leave(self) {
        self.live.into_iter().for_each(|address| abi::credstack_discard(address));
        self.open.into_iter().for_each(|handle| abi::credstack_close(handle));
    }
}

/// The bytes that a word stands for.
fn content(word: &str) -> Vec<u8> {
    let (bundle, record) = example();
    match word {
        "bundle" => bundle.bytes().to_vec(),
        "record" => super::json(record),
        text => text.as_bytes().to_vec(),
    }
}

#[allow(unsafe_code, reason = "a host of the C ABI writes where the module told it to")]
fn buffer(bytes: &[u8]) -> usize {
    let address = abi::credstack_buffer(bytes.len());
    if address != 0 {
        let place = std::ptr::with_exposed_provenance_mut::<u8>(address);
        // SAFETY: the buffer that was just made at this address has this length, and nothing else reaches it.
        unsafe { place.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    }
    address
}

#[allow(unsafe_code, reason = "a host of the C ABI reads where the module told it to")]
fn result() -> Vec<u8> {
    let place = std::ptr::with_exposed_provenance::<u8>(abi::credstack_result());
    // SAFETY: so many bytes stand there until the next call, and they are copied before it.
    unsafe { std::slice::from_raw_parts(place, abi::credstack_result_length()) }.to_vec()
}

/// Good questions.
pub(super) fn questions() -> Vec<Vec<u8>> {
    let (_, record) = example();
    let target = record.declared.first().map_or("none", |id| id.as_str());
    [
        r#"{"as_of":"2025-06-30","targets":"all","in_progress":true,"planned":false,"steps":1000}"#.to_owned(),
        format!(r#"{{"as_of":"2025-06-30","targets":{{"these":["{target}"]}},"module":"{}"}}"#, "0".repeat(64)),
        format!(r#"{{"as_of":"2025-06-30","targets":["{target}"],"load":"9","steps":1000}}"#),
        r#"{"as_of":"2025-06-30","in_progress":false,"planned":true,"steps":1000}"#.to_owned(),
    ]
    .map(String::into_bytes)
    .to_vec()
}

/// The messages of an answer.
pub(super) fn said() -> Vec<u8> {
    let (bundle, record) = example();
    let options = credstack_engine::Options { targets: credstack_engine::Targets::All, ..Default::default() };
    let answer = credstack_engine::determine(bundle, record, crate::worlds::today(), &options);
    let messages: Vec<Message> = answer
        .iter()
        .flat_map(|answer| &answer.targets)
        .flat_map(|target| target.next_steps.iter().chain([&target.summary, &target.completion.rule]))
        .cloned()
        .collect();
    super::json(&messages)
}

/// A host that does everything right.
pub(super) const SESSION: &str = r#"about
buffer bundle
open b0
buffer record
buffer {"as_of":"2025-06-30","targets":"all","steps":1000}
determine 1 b1 b2
buffer record
buffer {"as_of":"2025-06-30","steps":1000}
plan 1 b3 b4
buffer es
buffer [{"key":"rule-all"}]
say b5 b6
buffer record
buffer {"as_of":"2025-06-30","steps":1000}
screen 1 b7 b8
buffer record
buffer {}
verify 1 b9 b10
buffer
discard b11
close 1
"#;

#[cfg(test)]
mod tests {
    use super::*;

    /// Spoilt input finds little where good input is not answered.
    #[test]
    fn good_input_is_answered() {
        let (bundle, record) = example();
        let record = crate::fuzz::json(record);
        for question in questions() {
            let determined = calls::determine(bundle, &record, &question);
            let planned = calls::plan(bundle, &record, &question);
            assert!(determined.is_ok() || planned.is_ok(), "{determined:?} {planned:?}");
        }
        assert!(calls::say(b"en", &said()).unwrap().len() > 200);
        // Nothing is verified in it: to write a determination, a host has to have asked for one.
        assert_eq!(held(SESSION), 4);
    }
}
