//! Reads a pack: runs each of its files once, in a sandbox, and puts together what they said.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use credstack_compile::{Bundle, compile};
use credstack_model::{Catalog, Diagnostic, Limits, Severity, Source};
use rhai::{AST, Dynamic, Engine, EvalAltResult, Module, ModuleResolver, ParseErrorType, Position, Scope};

use crate::codes::{pack, script};
use crate::finish;
use crate::host::{self, Shared, position};
use crate::lex::{FileText, Kind};
use crate::lint;
use crate::mend;
use crate::scenario::RuleTest;
use crate::sources::{RuleLimits, SourceResolver};
use crate::spans::Spans;
use crate::state::State;
use crate::value::Val;
use crate::words;

/// The file that names the catalog.
pub const ENTRY: &str = "pack.rhai";

/// What a pack says.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The catalog. Where there are errors it holds what could be read.
    pub catalog: Catalog,
    /// The rule tests.
    pub tests: Vec<RuleTest>,
    /// All that is wrong or doubtful, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the text at each point ends. Bundles hold points only.
    pub spans: Spans,
    /// Whether every definition could be read. If not, what seems undefined may only be unread.
    pub whole: bool,
}

impl Loaded {
    /// Whether one of the diagnostics is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

/// What a pack compiles to.
#[derive(Debug)]
pub struct Built {
    /// The bundle; absent if and only if one of the diagnostics is an error.
    pub bundle: Option<Bundle>,
    /// The rule tests.
    pub tests: Vec<RuleTest>,
    /// All that is wrong or doubtful, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a pack and compiles its catalog; what both have to say is told together.
#[must_use]
pub fn build(sources: &dyn SourceResolver, rule_limits: &RuleLimits, limits: &Limits) -> Built {
    let Loaded { catalog, tests, mut diagnostics, spans, whole } = load(sources, rule_limits);
    let (bundle, more) = compile(catalog, limits);
    for diagnostic in more {
        let diagnostic = spans.with_ends(diagnostic);
        // The language refuses empty lists itself; `no_requirement()` is meant.
        let meant = diagnostic.code == "empty-all";
        let only_unread = !whole && diagnostic.code.starts_with("unknown-");
        let has = |code: &str| diagnostics.iter().any(|d| d.code == code);
        // What this crate tells with a better place.
        let told_better = diagnostic.code == "bad-catalog-years" && has("catalog-years-overlap")
            || diagnostic.code == "no-completion" && has("no-completion");
        let place = diagnostic.source();
        let told = place.is_some() && diagnostics.iter().any(|d| d.severity == Severity::Error && d.source() == place);
        if !(meant || only_unread || told_better || told) {
            diagnostics.push(diagnostic);
        }
    }
    sort(&mut diagnostics);
    let failed = diagnostics.iter().any(|d| d.severity == Severity::Error);
    Built { bundle: bundle.filter(|_| !failed), tests, diagnostics }
}

/// Reads a pack. Nothing of the script engine is left when this returns.
#[must_use]
pub fn load(sources: &dyn SourceResolver, limits: &RuleLimits) -> Loaded {
    let shared: Shared = Rc::new(RefCell::new(State::new(*limits)));
    let files = read(sources, limits, &shared);
    let unknown = {
        // An engine of its own, only to know what the packages define.
        let plain = host::engine(&shared, limits, &BTreeSet::new(), &Rc::default());
        survey(&files, &host::built_in_names(&plain), &shared)
    };
    let steps: Rc<Cell<u64>> = Rc::default();
    let mut engine = host::engine(&shared, limits, &unknown, &steps);
    let loader = Rc::new(Loader {
        files,
        modules: RefCell::default(),
        running: RefCell::default(),
        scripts: RefCell::default(),
        shared: Rc::clone(&shared),
    });
    engine.set_module_resolver(PackResolver(Rc::clone(&loader)));
    let mut order: Vec<&String> = loader.files.keys().collect();
    order.sort_by_key(|file| (file.as_str() != ENTRY, file.as_str()));
    for file in order {
        loader.run(&engine, file);
    }
    finish_up(&shared, &engine, &loader)
}

fn finish_up(shared: &Shared, engine: &Engine, loader: &Loader) -> Loaded {
    let tests = {
        let mut st = shared.borrow_mut();
        if st.catalog_at.is_none() && !st.lost {
            let source = Source { file: ENTRY.to_owned(), line: 1, column: 1 };
            st.say(pack::NO_CATALOG.of(&[]).at(Some(&source)));
        }
        finish::assemble(&mut st);
        finish::tests(&mut st)
    };
    finish::checks(shared, engine, &loader.scripts.borrow());
    let mut st = shared.borrow_mut();
    // Where something is wrong, what looks unused may only not have got to where it belongs.
    let whole = !st.lost && st.diagnostics.iter().all(|d| d.severity != Severity::Error);
    let more = lint::run(&lint::Context { catalog: &st.catalog, texts: &st.texts, built: &st.built, whole });
    for diagnostic in more {
        if !allowed(&diagnostic, &loader.files) {
            st.say(diagnostic);
        }
    }
    let mut diagnostics = std::mem::take(&mut st.diagnostics);
    sort(&mut diagnostics);
    if st.unsaid > 0 {
        diagnostics.insert(0, script::TOO_MANY_DIAGNOSTICS.of(&[("more", &st.unsaid)]));
    }
    let catalog = std::mem::replace(&mut st.catalog, Catalog::new("catalog", ""));
    Loaded { catalog, tests, diagnostics, spans: std::mem::take(&mut st.texts), whole: !st.lost }
}

fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_cached_key(|d| (d.source(), d.severity, d.code.clone()));
}

/// Whether the author has allowed a lint on its line or the one before, with a reason:
/// `// allow unused-name: for next year`.
fn allowed(diagnostic: &Diagnostic, files: &BTreeMap<String, String>) -> bool {
    let Some(source) = diagnostic.source() else { return false };
    let Some(text) = files.get(&source.file) else { return false };
    let wanted = format!("// allow {}:", diagnostic.code);
    let line = usize::try_from(source.line).unwrap_or(1);
    text.lines()
        .skip(line.saturating_sub(2))
        .take(if line == 1 { 1 } else { 2 })
        .any(|l| l.split_once(&wanted).is_some_and(|(_, reason)| !reason.trim().is_empty()))
}

/// Reads the texts of all files, within the limits.
fn read(sources: &dyn SourceResolver, limits: &RuleLimits, shared: &Shared) -> BTreeMap<String, String> {
    let mut st = shared.borrow_mut();
    let mut names: Vec<String> = sources.files().into_iter().filter(|f| f.ends_with(".rhai")).collect();
    names.sort();
    names.dedup();
    let mut refuse = |file: &str, diagnostic: Diagnostic| {
        let source = Source { file: file.to_owned(), line: 1, column: 1 };
        st.lost = true;
        st.say(diagnostic.at(Some(&source)));
    };
    if names.len() > limits.files {
        refuse(ENTRY, script::TOO_MANY_FILES.of(&[("found", &names.len()), ("allowed", &limits.files)]));
        names.truncate(limits.files);
    }
    if !names.iter().any(|name| name == ENTRY) {
        refuse(ENTRY, script::NO_ENTRY.of(&[("file", &ENTRY)]));
    }
    let mut files = BTreeMap::new();
    let mut total = 0_usize;
    for name in names {
        let bytes = match sources.read(&name) {
            Ok(bytes) => bytes,
            Err(why) => {
                refuse(&name, script::UNREADABLE_FILE.of(&[("cause", &why)]));
                continue;
            }
        };
        total = total.saturating_add(bytes.len());
        if bytes.len() > limits.file_bytes || total > limits.total_bytes {
            let sizes = script::FILE_TOO_LARGE.of(&[
                ("found", &bytes.len()),
                ("allowed", &limits.file_bytes),
                ("together", &limits.total_bytes),
            ]);
            refuse(&name, sizes);
            continue;
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                files.insert(name, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
                refuse(&name, script::NOT_TEXT.of(&[("line", &line)]));
            }
        }
    }
    st.texts = Spans::read(&files);
    files
}

const KEYWORDS: [&str; 22] = [
    "if", "else", "while", "loop", "do", "until", "for", "in", "switch", "return", "throw", "try", "catch", "fn",
    "import", "export", "as", "let", "const", "private", "true", "false",
];

/// Words that Rhai keeps for itself; the parser says so of each.
const RESERVED: [&str; 32] = [
    "is",
    "with",
    "until",
    "default",
    "use",
    "shared",
    "case",
    "match",
    "new",
    "public",
    "exit",
    "package",
    "module",
    "var",
    "static",
    "goto",
    "protected",
    "super",
    "thread",
    "spawn",
    "go",
    "await",
    "async",
    "sync",
    "yield",
    "void",
    "null",
    "nil",
    "print",
    "debug",
    "eval",
    "this",
];

/// Finds the words that are used and that nobody defines, and says so of each.
fn survey(files: &BTreeMap<String, String>, built_in: &BTreeSet<String>, shared: &Shared) -> BTreeSet<String> {
    let known = words::all();
    let mut unknown = BTreeSet::new();
    for file in files.keys() {
        let Some(text) = shared.borrow().texts.file(file).cloned() else { continue };
        let own = bound(&text);
        for (index, token) in text.tokens.iter().enumerate() {
            let Kind::Name(name) = &token.kind else { continue };
            let called = text.is_mark(index + 1, "(");
            let asked = text.is_method(index) && !called;
            let after_fn = index > 0 && matches!(&text.tokens[index - 1].kind, Kind::Name(n) if n == "fn");
            let imported = index > 0 && text.is_mark(index - 1, "::");
            if !(called || asked)
                || after_fn
                || imported
                || KEYWORDS.contains(&name.as_str())
                || RESERVED.contains(&name.as_str())
                || known.contains_key(name.as_str())
                || built_in.contains(name)
                || (called && own.contains_key(name))
                || words::PROPERTIES.contains(&name.as_str())
            {
                continue;
            }
            unknown.insert(name.clone());
            if called {
                let mut st = shared.borrow_mut();
                st.lost = true;
                st.say(host::unknown_word(name, text.span(token), &own));
            }
        }
    }
    unknown
}

/// The names that a file gives: functions, `let`, `const`, `for`, and parameters.
fn bound(text: &FileText) -> BTreeMap<String, Source> {
    let mut names = BTreeMap::new();
    let mut in_bars = false;
    for (index, token) in text.tokens.iter().enumerate() {
        match &token.kind {
            Kind::Mark("|") => in_bars = !in_bars,
            Kind::Mark(")" | "{" | ";") => in_bars = false,
            Kind::Name(name) => {
                let after = index > 0
                    && matches!(&text.tokens[index - 1].kind, Kind::Name(n) if ["let", "const", "for", "fn", "as"].contains(&n.as_str()));
                if after || in_bars {
                    names.entry(name.clone()).or_insert_with(|| text.span(token).source());
                }
            }
            _ => {}
        }
    }
    names
}

/// Why an import means no file.
enum NoPlace {
    /// It leads out of the pack.
    Outside,
    /// There is no such file.
    Absent,
}

/// The files of a pack, each run once.
struct Loader {
    files: BTreeMap<String, String>,
    modules: RefCell<BTreeMap<String, Option<Rc<Module>>>>,
    running: RefCell<Vec<String>>,
    scripts: RefCell<BTreeMap<String, Rc<AST>>>,
    shared: Shared,
}

impl Loader {
    /// What a file exports; nothing if it could not be run to its end.
    fn run(&self, engine: &Engine, file: &str) -> Option<Rc<Module>> {
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
                if let Some(diagnostic) = mend::stopped(&error, file) {
                    self.shared.borrow_mut().say(diagnostic);
                }
                None
            }
        }
    }

    /// Parses a file. A name that nobody gives is reported and taken as wrong, so that the next
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
                    st.say(mend::unreadable(&error, file, text.as_deref()));
                    return None;
                }
            }
        }
    }

    /// The file that an import means.
    fn place(&self, path: &str) -> Result<String, NoPlace> {
        let parts: Vec<&str> = path.split('/').collect();
        if path.starts_with('/') || path.contains(['\\', ':']) || parts.iter().any(|p| *p == ".." || *p == ".") {
            return Err(NoPlace::Outside);
        }
        let file = if path.ends_with(".rhai") { path.to_owned() } else { format!("{path}.rhai") };
        if self.files.contains_key(&file) { Ok(file) } else { Err(NoPlace::Absent) }
    }
}

/// A name that nobody gives: perhaps a misspelling, perhaps a text without its quotation marks.
fn unknown_name(name: &str, source: &Source, own: &BTreeMap<String, Source>, spans: &Spans) -> Diagnostic {
    let near = credstack_base::nearest(name, own.keys().map(String::as_str).filter(|n| *n != name));
    let unknown = script::UNKNOWN_NAME.of(&[("name", &name)]).at(Some(source));
    match (near, spans.of(source)) {
        (Some(near), Some(span)) => unknown.with_help(script::NEAR, &[("near", &near)]).with_edit(span, near),
        (Some(near), None) => unknown.with_help(script::NEAR, &[("near", &near)]),
        (None, _) if words::all().contains_key(name) => unknown.with_help(script::NEEDS_PARENTHESES, &[]),
        (None, _) => unknown,
    }
}

/// Imports, from inside the pack only.
struct PackResolver(Rc<Loader>);

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
