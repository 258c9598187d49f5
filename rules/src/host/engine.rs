//! The script engine: which parts of Rhai there are, and its limits.

use std::any::TypeId;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, BasicStringPackage, LogicPackage,
    MoreStringPackage, Package,
};
use rhai::{Dynamic, Engine, OptimizationLevel};

use super::dispatch::{place, say, source_of, wrong};
use crate::codes::sentence;
use crate::sources::RuleLimits;
use crate::state::Shared;
use crate::value::{self, Val};
use crate::words;
use crate::words::form::Form;

/// The most particulars that a word is given, with what it follows. Each more doubles the time of
/// the first look-up of a word.
const MOST_PARTICULARS: usize = 11;

/// Create an engine with the whole language and all limits set. `unknown` are words that the files use and
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

/// Answer a property: of a credential in a check; anywhere else parentheses have been left out.
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

/// Return all names that may be called, beyond the language's own words.
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
