//! The script engine: which parts of Rhai there are, its limits, and how a use of a word reaches
//! the word.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use credstack_base::nearest;
use credstack_model::Position;
use credstack_model::source::Span;
use credstack_model::{self as model, Argument, Diagnostic, Source, Words};
use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, BasicStringPackage, LogicPackage,
    MoreStringPackage, Package,
};
use rhai::{Dynamic, Engine, EvalAltResult, NativeCallContext, OptimizationLevel};

use crate::call::Call;
use crate::codes::{script, sentence};
use crate::sources::RuleLimits;
use crate::state::{Failure, State};
use crate::value::{self, Val};
use crate::words::{self, Form, On};

/// What all words work on.
pub(crate) type Shared = Rc<RefCell<State>>;

type Answer = Result<Dynamic, Box<EvalAltResult>>;

/// The most particulars that a word is given, with what it follows. Each more doubles the time of
/// the first look-up of a word.
const MOST_PARTICULARS: usize = 11;

/// An engine with the whole language and all limits set. `unknown` are words that the files use and
/// nobody defines: each is answered by a diagnostic, so that the file can be read on.
pub(crate) fn engine(
    shared: &Shared,
    limits: &RuleLimits,
    unknown: &BTreeSet<String>,
    steps: &Rc<Cell<u64>>,
) -> Engine {
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    MoreStringPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    BasicMapPackage::new().register_into_engine(&mut engine);
    pin(&mut engine, limits);
    let (spent, total) = (Rc::clone(steps), limits.total_steps);
    engine.on_progress(move |_| {
        spent.set(spent.get() + 1);
        (spent.get() > total).then(|| Dynamic::from("total-steps"))
    });

    engine.register_type_with_name::<Val>("rule value");
    let words = words::all();
    let names: BTreeSet<&'static str> = words.keys().copied().collect();
    for (word, forms) in words {
        let forms: Rc<[&'static Form]> = forms.into();
        let many = forms.iter().any(|f| f.params.last().is_some_and(|p| p.is_many()));
        let most = forms.iter().map(|f| f.params.len()).max().unwrap_or(0) + 3;
        for arity in 0..=if many { MOST_PARTICULARS } else { most.min(MOST_PARTICULARS) } {
            let (shared, forms) = (Rc::clone(shared), Rc::clone(&forms));
            let types = vec![TypeId::of::<Dynamic>(); arity];
            engine.register_raw_fn::<Dynamic>(word, types, move |context, args| {
                say(&shared, word, &forms, &context, args)
            });
        }
        getter(&mut engine, shared, word);
    }
    for name in unknown.iter().filter(|n| !names.contains(n.as_str())) {
        for arity in 0..=MOST_PARTICULARS {
            let shared = Rc::clone(shared);
            let types = vec![TypeId::of::<Dynamic>(); arity];
            // The word itself was reported when the file was read; here it only must not stop it.
            engine.register_raw_fn::<Dynamic>(name.as_str(), types, move |context, args| {
                let method = place(&shared, &context).1.is_some_and(|(text, call)| text.is_method(call));
                Ok(if method { args.first().map_or_else(wrong, |v| (**v).clone()) } else { wrong() })
            });
        }
        getter(&mut engine, shared, name);
    }
    for name in words::PROPERTIES {
        if !names.contains(name) {
            getter(&mut engine, shared, name);
        }
    }
    engine
}

fn pin(engine: &mut Engine, limits: &RuleLimits) {
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_strict_variables(true);
    engine.set_max_operations(limits.steps);
    engine.set_max_call_levels(32);
    // Each word of a sentence is one deeper than the word before it. In a debug build this depth
    // needs less than 1 MiB of stack, whatever is nested.
    engine.set_max_expr_depths(400, 64);
    engine.set_max_string_size(limits.text_bytes);
    engine.set_max_array_size(limits.entries);
    engine.set_max_map_size(limits.entries);
    engine.set_max_modules(64);
    engine.set_max_functions(200);
    engine.set_max_variables(1_000);
    engine.set_max_strings_interned(1_024);
    for symbol in ["eval", "print", "debug", "Fn", "call", "curry", "is_def_var", "is_def_fn"] {
        engine.disable_symbol(symbol);
    }
}

fn wrong() -> Dynamic {
    Dynamic::from(Val::Wrong)
}

/// A property: of a credential in a check; anywhere else parentheses have been left out.
fn getter(engine: &mut Engine, shared: &Shared, name: &str) {
    let (shared, name) = (Rc::clone(shared), name.to_owned());
    let registered = format!("get${name}");
    engine.register_raw_fn::<Dynamic>(registered, [TypeId::of::<Val>()], move |context, args| {
        let receiver = args.first().map(|v| (**v).clone()).unwrap_or_default();
        let mut st = shared.borrow_mut();
        match value::of(&receiver) {
            Some(Val::View(index)) => {
                if let Some(found) = words::property(&st.views, index, &name, None) {
                    return Ok(found);
                }
            }
            Some(Val::Wrong) | None => return Ok(receiver),
            Some(_) => {}
        }
        let source = source_of(&context);
        if words::PROPERTIES.contains(&name.as_str()) || words::all().contains_key(name.as_str()) {
            st.say(sentence::NO_PARENTHESES.of(&[("word", &name)]).at(Some(&source)));
        }
        Ok(receiver)
    });
}

fn source_of(context: &NativeCallContext<'_>) -> Source {
    let file = context.call_source().unwrap_or("pack.rhai").to_owned();
    position(context.call_position(), file)
}

/// A position of Rhai as ours. The start of a file stands for no position at all.
pub(crate) fn position(position: rhai::Position, file: String) -> Source {
    let number = |n: Option<usize>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(1).max(1);
    Source { file, line: number(position.line()), column: number(position.position()) }
}

type Place = (Source, Option<(Arc<crate::lex::FileText>, usize)>);

fn place(shared: &Shared, context: &NativeCallContext<'_>) -> Place {
    let source = source_of(context);
    let text = shared.borrow().texts.file(&source.file).cloned();
    let start = Position { line: source.line, column: source.column };
    let token = text.and_then(|text| text.at(start).map(|call| (text, call)));
    (source, token)
}

/// One use of a word: finds the form that fits and runs it, or says what does not fit.
fn say(
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

/// The form that fits.
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
    let got = words::listed(call.args.iter().map(value::describe).collect());
    // The form that is right for longest tells which particular is the first wrong one.
    let nearest = possible.iter().max_by_key(|f| fitting(f, call.args));
    let number = nearest.map_or(0, |f| fitting(f, call.args));
    let example = nearest.map_or("", |f| f.example);
    let wrong = sentence::WRONG_PARTICULARS
        .of(&[("word", &word), ("example", &example)])
        .with("takes", Argument::List(takes, words::OR))
        .with("got", Argument::Words(got));
    Err(call.fail_at(number, wrong))
}

/// How many of the first particulars fit a form.
fn fitting(form: &Form, args: &[Dynamic]) -> usize {
    let one_by_one = form.params.iter().zip(args).take_while(|(param, arg)| param.fits(arg)).count();
    match form.params.last() {
        Some(last) if last.is_many() && one_by_one == form.params.len() => {
            one_by_one + args.iter().skip(one_by_one).take_while(|arg| last.fits(arg)).count()
        }
        _ => one_by_one,
    }
}

/// The word stands where it cannot.
fn misplaced(call: &mut Call<'_>, forms: &[&'static Form]) -> Failure {
    let word = call.word;
    let mut after: Vec<&'static str> = forms.iter().filter_map(|f| f.on).map(On::words).collect();
    after.sort_unstable();
    after.dedup();
    let stands_alone = after.is_empty();
    let after = Argument::List(after.into_iter().map(Words::plain).collect(), words::OR);
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

/// All names that may be called, beyond the language's own words.
pub(crate) fn built_in_names(engine: &Engine) -> BTreeSet<String> {
    engine
        .gen_fn_signatures(true)
        .iter()
        .filter_map(|signature| {
            let name = signature.split('(').next()?.trim().trim_start_matches("get ").trim_start_matches("set ");
            Some(name.to_owned())
        })
        .collect()
}

/// Say that nobody defines a word.
pub(crate) fn unknown_word(name: &str, span: Span, own: &BTreeMap<String, Source>) -> Diagnostic {
    let words = words::all();
    let candidates = words.keys().copied().chain(own.keys().map(String::as_str));
    let unknown = script::UNKNOWN_WORD.of(&[("name", &name)]).on(model::Place::Span(span.clone()));
    match nearest(name, candidates) {
        Some(near) => unknown.with_help(script::NEAR, &[("near", &near)]).with_edit(span, near),
        None => unknown,
    }
}

impl Call<'_> {
    /// What this word follows, or makes, is not as the author meant it; nothing is concluded from that.
    fn spoil(&mut self) {
        use crate::value::Thing;
        let index = self.thing();
        match self.receiver.as_ref().and_then(value::of) {
            Some(Val::Thing(Thing::Credential, _)) => {
                let which = crate::words::TREES.iter().position(|tree| *tree == self.word);
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
