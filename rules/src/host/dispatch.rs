//! How a use of a word in a script reaches the word.

use std::sync::Arc;

use credstack_model::{Argument, Position, Source, Words};
use rhai::{Dynamic, EvalAltResult, NativeCallContext};

use super::position::position;
use crate::codes::sentence;
use crate::lex::FileText;
use crate::state::{Failure, Shared};
use crate::value::{self, Thing, Val};
use crate::words;
use crate::words::call::Call;
use crate::words::form::{Form, OR, On, listed};

type Answer = Result<Dynamic, Box<EvalAltResult>>;

type Place = (Source, Option<(Arc<FileText>, usize)>);

pub(super) fn place(shared: &Shared, context: &NativeCallContext<'_>) -> Place {
    let source = source_of(context);
    let text = shared.borrow().texts.file(&source.file).cloned();
    let start = Position { line: source.line, column: source.column };
    let token = text.and_then(|text| text.at(start).map(|call| (text, call)));
    (source, token)
}

/// Carry out one use of a word: find the form that fits and run it, or say what does not fit.
pub(super) fn say(
    shared: &Shared,
    word: &'static str,
    forms: &[&'static Form],
    context: &NativeCallContext<'_>,
    args: &mut [&mut Dynamic],
) -> Answer {
    let (source, text) = place(shared, context);
    let values: Vec<Dynamic> = args.iter().map(|v| (**v).clone()).collect();
    let method = match &text {
        Some((text, call)) => text.is_method(*call),
        None => values.first().is_some_and(|first| forms.iter().any(|f| f.on.is_some_and(|on| on.accepts(first)))),
    };
    let (receiver, given) = match (method, values.split_first()) {
        (true, Some((first, rest))) => (Some(first.clone()), rest),
        _ => (None, values.as_slice()),
    };
    let mut st = shared.borrow_mut();
    if let Some(Val::View(index)) = receiver.as_ref().and_then(value::of)
        && let [text] = given
        && let Ok(text) = text.clone().into_string()
        && let Some(found) = words::property(&st.views, index, word, Some(&text))
    {
        return Ok(found);
    }
    let spoiled = given.iter().chain(receiver.iter()).any(|v| value::holds_wrong(v, 0));
    let mut call = Call { word, example: "", receiver, args: given, source, text, st: &mut st };
    if spoiled {
        call.spoil();
        return Ok(call.receiver.unwrap_or_else(wrong));
    }
    let made = match choose(&mut call, forms) {
        Ok(form) => {
            call.example = form.example;
            (form.run)(&mut call)
        }
        Err(failure) => Err(failure),
    };
    match made {
        Ok(val) => Ok(Dynamic::from(val)),
        Err(Failure::Said) => {
            call.spoil();
            Ok(call.receiver.unwrap_or_else(wrong))
        }
        Err(Failure::Stop) => {
            Err(EvalAltResult::ErrorTerminated(Dynamic::from("parts"), context.call_position()).into())
        }
    }
}

/// Find the form that fits.
fn choose(call: &mut Call<'_>, forms: &[&'static Form]) -> Result<&'static Form, Failure> {
    let word = call.word;
    let possible: Vec<&'static Form> = match &call.receiver {
        None => forms.iter().filter(|f| f.on.is_none()).copied().collect(),
        Some(value) => forms.iter().filter(|f| f.on.is_some_and(|on| on.accepts(value))).copied().collect(),
    };
    if possible.is_empty() {
        return Err(misplaced(call, forms));
    }
    if let Some(form) = possible.iter().find(|f| f.fits(call.args)) {
        return Ok(form);
    }
    let mut takes: Vec<Words> = possible.iter().map(|f| f.takes()).collect();
    takes.dedup();
    let got = listed(call.args.iter().map(value::describe).collect());
    // The form that is right for longest tells which particular is the first wrong one.
    let nearest = possible.iter().max_by_key(|f| fitting(f, call.args));
    let number = nearest.map_or(0, |f| fitting(f, call.args));
    let example = nearest.map_or("", |f| f.example);
    let wrong = sentence::WRONG_PARTICULARS
        .of(&[("word", &word), ("example", &example)])
        .with("takes", Argument::List(takes, OR))
        .with("got", Argument::Words(got));
    Err(call.fail_at(number, wrong))
}

/// Count how many of the first particulars fit a form.
fn fitting(form: &Form, args: &[Dynamic]) -> usize {
    let one_by_one = form.params.iter().zip(args).take_while(|(param, arg)| param.fits(arg)).count();
    match form.params.last() {
        Some(last) if last.is_many() && one_by_one == form.params.len() => {
            one_by_one + args.iter().skip(one_by_one).take_while(|arg| last.fits(arg)).count()
        }
        _ => one_by_one,
    }
}

/// Say that the word stands where it cannot.
fn misplaced(call: &mut Call<'_>, forms: &[&'static Form]) -> Failure {
    let word = call.word;
    let mut after: Vec<&'static str> = forms.iter().filter_map(|f| f.on).map(On::words).collect();
    after.sort_unstable();
    after.dedup();
    let stands_alone = after.is_empty();
    let after = Argument::List(after.into_iter().map(Words::plain).collect(), OR);
    let example = forms.first().map_or("", |f| f.example);
    let misplaced = match &call.receiver {
        Some(value) if stands_alone => sentence::STANDS_BY_ITSELF
            .of(&[("word", &word), ("example", &example)])
            .with("what", Argument::Words(value::describe(value))),
        Some(value) => sentence::FOLLOWS_ANOTHER
            .of(&[("word", &word)])
            .with("after", after)
            .with("what", Argument::Words(value::describe(value))),
        None => {
            let dots = if example.starts_with('.') { "…" } else { "…." };
            sentence::FOLLOWS_SOMETHING
                .of(&[("word", &word), ("dots", &dots), ("example", &example)])
                .with("after", after)
        }
    };
    call.fail(misplaced)
}

pub(super) fn source_of(context: &NativeCallContext<'_>) -> Source {
    let file = context.call_source().unwrap_or("pack.rhai").to_owned();
    position(context.call_position(), file)
}

/// Stand in for what was wrong.
pub(super) fn wrong() -> Dynamic {
    Dynamic::from(Val::Wrong)
}

impl Call<'_> {
    /// Note that what this word follows, or makes, is not as the author meant it, so that nothing is
    /// concluded from that.
    fn spoil(&mut self) {
        let index = self.thing();
        match self.receiver.as_ref().and_then(value::of) {
            Some(Val::Thing(Thing::Credential, _)) => {
                let which = words::TREES.iter().position(|tree| *tree == self.word);
                if let (Some(which), Some(draft)) = (which, self.st.credentials.get_mut(index))
                    && let Some(edition) = draft.editions.last_mut()
                {
                    edition.wrong[which] = true;
                }
            }
            Some(Val::Thing(Thing::Stack, _)) => {
                if let Some(stack) = self.st.stacks.get_mut(index) {
                    stack.wrong = true;
                }
            }
            Some(Val::Thing(Thing::Sharing, _)) => {
                if let Some(policy) = self.st.policies.get_mut(index) {
                    policy.wrong = true;
                }
            }
            Some(Val::Thing(Thing::Check, _)) => {
                if let Some(check) = self.st.checks.get_mut(index) {
                    check.wrong = true;
                }
            }
            Some(Val::Thing(Thing::Scenario, _)) => {
                if let Some(scenario) = self.st.scenarios.get_mut(index) {
                    scenario.wrong = true;
                }
            }
            Some(_) => {}
            None => self.st.lost = true,
        }
    }
}
