//! Runs each file of a pack once, and its imports before it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use credstack_model::Diagnostic;
use rhai::{AST, Dynamic, Engine, EvalAltResult, Module, ModuleResolver, ParseErrorType, Position, Scope};

use super::survey::{bound, unknown_name};
use crate::codes::script;
use crate::host::errors;
use crate::host::position::position;
use crate::sources::ENTRY;
use crate::state::Shared;
use crate::value::Val;

/// Why an import means no file.
enum NoPlace {
    /// It leads out of the pack.
    Outside,
    /// There is no such file.
    Absent,
}

/// The files of a pack, each run once.
pub(super) struct Loader {
    pub(super) files: BTreeMap<String, String>,
    pub(super) modules: RefCell<BTreeMap<String, Option<Rc<Module>>>>,
    pub(super) running: RefCell<Vec<String>>,
    pub(super) scripts: RefCell<BTreeMap<String, Rc<AST>>>,
    pub(super) shared: Shared,
}

impl Loader {
    /// Run a file and return what it exports; nothing if it could not be run to its end.
    pub(super) fn run(&self, engine: &Engine, file: &str) -> Option<Rc<Module>> {
        if let Some(done) = self.modules.borrow().get(file) {
            return done.clone();
        }
        self.running.borrow_mut().push(file.to_owned());
        let module = self.run_once(engine, file);
        self.running.borrow_mut().pop();
        if module.is_none() {
            self.shared.borrow_mut().lost = true;
        }
        self.modules.borrow_mut().insert(file.to_owned(), module.clone());
        module
    }

    fn run_once(&self, engine: &Engine, file: &str) -> Option<Rc<Module>> {
        let text = self.files.get(file)?;
        let mut scope = Scope::new();
        let mut script = self.parse(engine, file, text, &mut scope)?;
        script.set_source(file);
        let script = Rc::new(script);
        self.scripts.borrow_mut().insert(file.to_owned(), Rc::clone(&script));
        match Module::eval_ast_as_new(scope, &script, engine) {
            Ok(module) => Some(Rc::new(module)),
            Err(error) => {
                if let Some(diagnostic) = errors::stopped(&error, file) {
                    self.shared.borrow_mut().say(diagnostic);
                }
                None
            }
        }
    }

    /// Parse a file. A name that nobody gives is reported and taken as wrong, so that the next
    /// one is found too.
    fn parse(&self, engine: &Engine, file: &str, text: &str, scope: &mut Scope<'_>) -> Option<AST> {
        let mut missing: BTreeSet<String> = BTreeSet::new();
        loop {
            let error = match engine.compile_with_scope(scope, text) {
                Ok(script) => return Some(script),
                Err(error) => error,
            };
            let mut st = self.shared.borrow_mut();
            match error.err_type() {
                ParseErrorType::VariableUndefined(name) if missing.len() < 100 && missing.insert(name.clone()) => {
                    let source = position(error.position(), file.to_owned());
                    let own = st.texts.file(file).map(|text| bound(text)).unwrap_or_default();
                    let diagnostic = unknown_name(name, &source, &own, &st.texts);
                    st.say(diagnostic);
                    scope.push_constant_dynamic(name.clone(), Dynamic::from(Val::Wrong));
                }
                ParseErrorType::VariableUndefined(name) if missing.contains(name) => {
                    // Inside a function, which cannot see the names around it.
                    let source = position(error.position(), file.to_owned());
                    st.say(script::UNKNOWN_IN_FUNCTION.of(&[("name", name)]).at(Some(&source)));
                    return None;
                }
                _ => {
                    let text = st.texts.file(file).cloned();
                    st.say(errors::unreadable(&error, file, text.as_deref()));
                    return None;
                }
            }
        }
    }

    /// Find the file that an import means.
    fn place(&self, path: &str) -> Result<String, NoPlace> {
        let parts: Vec<&str> = path.split('/').collect();
        if path.starts_with('/') || path.contains(['\\', ':']) || parts.iter().any(|p| *p == ".." || *p == ".") {
            return Err(NoPlace::Outside);
        }
        let file = if path.ends_with(".rhai") { path.to_owned() } else { format!("{path}.rhai") };
        if self.files.contains_key(&file) { Ok(file) } else { Err(NoPlace::Absent) }
    }
}

/// Imports, from inside the pack only.
pub(super) struct PackResolver(pub(super) Rc<Loader>);

impl ModuleResolver for PackResolver {
    fn resolve(
        &self,
        engine: &Engine,
        source: Option<&str>,
        path: &str,
        at: Position,
    ) -> Result<Rc<Module>, Box<EvalAltResult>> {
        let from = position(at, source.unwrap_or(ENTRY).to_owned());
        let loader = &self.0;
        let stop = || Box::new(EvalAltResult::ErrorModuleNotFound(path.to_owned(), at));
        let say = |diagnostic: Diagnostic| loader.shared.borrow_mut().say(diagnostic.at(Some(&from)));
        let file = match loader.place(path) {
            Ok(file) => file,
            Err(why) => {
                let shown: String = path.chars().take(80).collect();
                let names = loader.files.keys().map(|f| f.trim_end_matches(".rhai"));
                let unknown = script::UNKNOWN_IMPORT.of(&[("path", &shown)]);
                say(match (why, credstack_base::nearest(path, names)) {
                    (NoPlace::Outside, _) => unknown.with_help(script::IMPORT_FROM_OUTSIDE, &[]),
                    (NoPlace::Absent, Some(near)) => unknown.with_help(script::NEAR, &[("near", &near)]),
                    (NoPlace::Absent, None) => unknown,
                });
                return Err(stop());
            }
        };
        let circle = {
            let running = loader.running.borrow();
            running
                .iter()
                .position(|f| *f == file)
                .map(|start| running[start..].iter().chain([&file]).map(String::as_str).collect::<Vec<_>>().join(" → "))
        };
        if let Some(circle) = circle {
            say(script::IMPORT_CIRCLE.of(&[("circle", &circle)]));
            return Err(stop());
        }
        loader.run(engine, &file).ok_or_else(stop)
    }
}
