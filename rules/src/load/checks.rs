//! Tries the checks of a pack on its credentials.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use credstack_model::{Argument, Catalog, CredentialId, CredentialSelector, Diagnostic, Fix, Severity, Source, Words};
use rhai::{AST, Dynamic, Engine, FnPtr};

use super::views::views;
use crate::codes::pack;
use crate::host::errors;
use crate::state::{CheckDraft, Shared};
use crate::value::{self, Val};
use crate::view::View;

/// Try the checks on every credential they apply to.
pub(crate) fn checks(shared: &Shared, engine: &Engine, scripts: &BTreeMap<String, Rc<AST>>) {
    let checks = {
        let mut st = shared.borrow_mut();
        st.views = Rc::new(views(&st.catalog));
        std::mem::take(&mut st.checks)
    };
    let catalog = shared.borrow().catalog.clone();
    let views = Rc::clone(&shared.borrow().views);
    for check in checks.iter().filter(|check| !check.wrong) {
        let Some(script) = scripts.get(&check.source.file) else { continue };
        if check.requires.is_empty() && check.toward.is_empty() {
            let unfinished = pack::CHECK_UNFINISHED.of(&[("check", &check.name)]).at(Some(&check.source));
            shared.borrow_mut().say(unfinished);
        }
        let trial = Trial { check, engine, script };
        for (index, (id, credential)) in catalog.credentials.iter().enumerate() {
            if !selects(&catalog, &check.applies_to, id) {
                continue;
            }
            let diagnostic = match trial.passes(index, &views) {
                Ok(true) => continue,
                Ok(false) => failed(check, id, credential.source.as_ref()),
                Err(broken) => {
                    // It would be broken in the same way for every other credential.
                    shared.borrow_mut().say(*broken);
                    break;
                }
            };
            shared.borrow_mut().say(diagnostic);
        }
    }
}

struct Trial<'a> {
    check: &'a CheckDraft,
    engine: &'a Engine,
    script: &'a AST,
}

impl Trial<'_> {
    /// Tell if one credential passes the check, or need not.
    fn passes(&self, index: usize, views: &[View]) -> Result<bool, Box<Diagnostic>> {
        let view = |i: usize| Dynamic::from(Val::View(i));
        for condition in &self.check.when {
            if !self.holds(condition, vec![view(index)])? {
                return Ok(true);
            }
        }
        for condition in &self.check.requires {
            if !self.holds(condition, vec![view(index)])? {
                return Ok(false);
            }
        }
        for condition in &self.check.toward {
            for into in views.get(index).map(|v| v.stacks_into.as_slice()).unwrap_or_default() {
                if !self.holds(condition, vec![view(index), view(*into)])? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn holds(&self, condition: &FnPtr, of: Vec<Dynamic>) -> Result<bool, Box<Diagnostic>> {
        let result: Result<Dynamic, _> = condition.call(self.engine, self.script, of);
        let answer = match result {
            Ok(value) => value.as_bool().map_err(|_| value::describe(&value)),
            Err(error) => Err(errors::sentence(&error)),
        };
        answer.map_err(|what| {
            let broken = pack::CHECK_BROKEN.of(&[("check", &self.check.name)]).at(Some(&self.check.source));
            Box::new(broken.with("what", Argument::Words(what)))
        })
    }
}

fn failed(check: &CheckDraft, id: &CredentialId, source: Option<&Source>) -> Diagnostic {
    let sentence = check.sentence.trim_end_matches('.');
    let mut failed = pack::FAILED_CHECK
        .of(&[("id", id), ("check", &check.name), ("sentence", &sentence)])
        .at(source)
        .with_label(&check.source, Words::plain(pack::CHECK_IS_HERE));
    if check.only_warns {
        failed.severity = Severity::Warning;
    }
    if let Some(help) = &check.help {
        failed.fixes = vec![Fix { words: Words::verbatim(help.clone()), edit: None }];
    }
    failed
}

/// Tell if a choice of credentials has this one. Depth is bounded where choices are made.
fn selects(catalog: &Catalog, selector: &CredentialSelector, id: &CredentialId) -> bool {
    let Some(credential) = catalog.credentials.get(id) else { return false };
    match selector {
        CredentialSelector::Everything => true,
        CredentialSelector::Ids(ids) => ids.contains(id),
        CredentialSelector::Kind(kind) => credential.kind == *kind,
        CredentialSelector::Level(level) => credential.level.as_deref() == Some(level),
        CredentialSelector::Unit(unit) => credential.unit.as_deref() == Some(unit),
        CredentialSelector::Tag(tag) => credential.tags.contains(tag),
        CredentialSelector::StackOf(top) => in_stack(catalog, top, id),
        CredentialSelector::And(of) => of.iter().all(|s| selects(catalog, s, id)),
        CredentialSelector::Or(of) => of.iter().any(|s| selects(catalog, s, id)),
        CredentialSelector::Not(inner) => !selects(catalog, inner, id),
    }
}

fn in_stack(catalog: &Catalog, top: &CredentialId, id: &CredentialId) -> bool {
    let mut reached: BTreeSet<&CredentialId> = BTreeSet::from([top]);
    loop {
        let more: Vec<&CredentialId> = catalog
            .stacks
            .iter()
            .filter(|edge| reached.contains(&edge.into) && !reached.contains(&edge.from))
            .map(|edge| &edge.from)
            .collect();
        if more.is_empty() {
            return reached.contains(id);
        }
        reached.extend(more);
    }
}
