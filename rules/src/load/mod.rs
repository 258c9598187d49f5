//! Reads a pack: runs each of its files once, in a sandbox, and puts together what they said.

mod assemble;
mod checks;
mod files;
mod loader;
mod survey;
mod views;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use credstack_compile::{Bundle, compile};
use credstack_model::{Catalog, Diagnostic, Limits, Severity, Source};
use rhai::Engine;

use crate::codes::{pack, script};
use crate::host::engine;
use crate::lint;
use crate::scenario::RuleTest;
use crate::sources::{ENTRY, RuleLimits, SourceResolver};
use crate::spans::Spans;
use crate::state::{Shared, State};
use loader::{Loader, PackResolver};
use survey::survey;

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
    /// Tell if one of the diagnostics is an error.
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

/// Read a pack and compile its catalog; what both have to say is told together.
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

/// Read a pack. Nothing of the script engine is left when this returns.
#[must_use]
pub fn load(sources: &dyn SourceResolver, limits: &RuleLimits) -> Loaded {
    let shared: Shared = Rc::new(RefCell::new(State::new(*limits)));
    let files = files::read(sources, limits, &shared);
    let unknown = {
        // An engine of its own, only to know what the packages define.
        let plain = engine::engine(&shared, limits, &BTreeSet::new(), &Rc::default());
        survey(&files, &engine::built_in_names(&plain), &shared)
    };
    let steps: Rc<Cell<u64>> = Rc::default();
    let mut script_engine = engine::engine(&shared, limits, &unknown, &steps);
    let loader = Rc::new(Loader {
        files,
        modules: RefCell::default(),
        running: RefCell::default(),
        scripts: RefCell::default(),
        shared: Rc::clone(&shared),
    });
    script_engine.set_module_resolver(PackResolver(Rc::clone(&loader)));
    let mut order: Vec<&String> = loader.files.keys().collect();
    order.sort_by_key(|file| (file.as_str() != ENTRY, file.as_str()));
    for file in order {
        loader.run(&script_engine, file);
    }
    finish_up(&shared, &script_engine, &loader)
}

fn finish_up(shared: &Shared, engine: &Engine, loader: &Loader) -> Loaded {
    let tests = {
        let mut st = shared.borrow_mut();
        if st.catalog_at.is_none() && !st.lost {
            let source = Source { file: ENTRY.to_owned(), line: 1, column: 1 };
            st.say(pack::NO_CATALOG.of(&[]).at(Some(&source)));
        }
        assemble::assemble(&mut st);
        assemble::tests(&mut st)
    };
    checks::checks(shared, engine, &loader.scripts.borrow());
    let mut st = shared.borrow_mut();
    // Where something is wrong, what looks unused may only not have got to where it belongs.
    let whole = !st.lost && st.diagnostics.iter().all(|d| d.severity != Severity::Error);
    let more = lint::run(&lint::context::Context { catalog: &st.catalog, texts: &st.texts, built: &st.built, whole });
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

/// Tell if the author has allowed a lint on its line or the one before, with a reason:
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
