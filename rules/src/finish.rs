//! From what the statements said to a catalog and its tests.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use credstack_model::{
    Argument, AttributeKind, Catalog, CredentialId, CredentialSelector, Decimal, Diagnostic, Edition, Fix, Measure,
    Requirement, Rule, Selector, Severity, Source, StackEdge, Value, Words,
};
use rhai::{AST, Dynamic, Engine, FnPtr};

use crate::codes::pack;
use crate::host::Shared;
use crate::scenario::RuleTest;
use crate::state::{CheckDraft, CredentialDraft, EditionDraft, State};
use crate::value::Val;

/// A credential as a check sees it.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    pub(crate) level: String,
    pub(crate) unit: String,
    pub(crate) description: String,
    pub(crate) credits: Decimal,
    pub(crate) hours: Decimal,
    pub(crate) tags: Vec<String>,
    pub(crate) competencies: Vec<String>,
    pub(crate) details: credstack_base::sorted::Map<String, String>,
    pub(crate) stacks_into: Vec<usize>,
    pub(crate) stacks_from: Vec<usize>,
    pub(crate) expires: bool,
}

/// Puts the pieces together: editions, stacks, policies.
pub(crate) fn assemble(st: &mut State) {
    let declared = st.catalog.learner_attributes.values_mut().chain(st.catalog.attainment_attributes.values_mut());
    for decl in declared {
        if let Some(value) = decl.default.take() {
            decl.default = Some(several(value, &decl.kind));
        }
    }
    for draft in std::mem::take(&mut st.credentials) {
        credential(st, draft);
    }
    for stack in std::mem::take(&mut st.stacks) {
        if stack.wrong {
            continue;
        }
        let Some(into) = stack.into else {
            st.say(pack::STACK_INTO_NOTHING.of(&[]).at(Some(&stack.source)));
            continue;
        };
        for from in stack.from {
            st.catalog.stacks.push(StackEdge {
                from,
                into: into.clone(),
                carries: stack.carries.clone(),
                only: stack.only.clone(),
                single_source: stack.single_source,
                single_destination: stack.single_destination,
                source: Some(stack.source.clone()),
            });
        }
    }
    for draft in std::mem::take(&mut st.policies) {
        if draft.wrong {
            continue;
        }
        if !(draft.has_sides && draft.has_bound) {
            let lacks = if draft.has_sides { &pack::POLICY_WITHOUT_BOUND } else { &pack::POLICY_WITHOUT_SIDES };
            st.say(lacks.of(&[("id", &draft.policy.id)]).at(draft.policy.source.as_ref()));
            continue;
        }
        st.catalog.sharing.push(draft.policy);
    }
    st.catalog.ceilings.append(&mut st.use_limits);
}

/// A value of a choice of several is always several, also where only one is written.
pub(crate) fn several(value: Value, kind: &AttributeKind) -> Value {
    match (value, kind) {
        (Value::Text(text), AttributeKind::Choices(_)) => Value::Several(vec![text]),
        (value, _) => value,
    }
}

fn credential(st: &mut State, draft: CredentialDraft) {
    let CredentialDraft { id, mut credential, editions, open_to, source } = draft;
    if open_to.is_some() && !st.catalog.learner_attributes.contains_key("audience") {
        st.say(pack::AUDIENCE_UNDECLARED.of(&[]).at(open_to.as_ref().and_then(|node| node.source.as_ref())));
    }
    let mut editions = editions.into_iter();
    let common = editions.next().unwrap_or_default();
    let mut editions: Vec<EditionDraft> = editions.collect();
    if editions.is_empty() {
        editions.push(EditionDraft::default());
    }
    for edition in editions {
        let tree = |which: usize| edition.trees[which].clone().or_else(|| common.trees[which].clone());
        let wrong = edition.wrong[1] || common.wrong[1];
        let Some(completion) = tree(1) else {
            if !wrong {
                let lacks = if edition.years.is_some() { &pack::NO_COMPLETION_IN_YEARS } else { &pack::NO_COMPLETION };
                let place = edition.source.as_ref().unwrap_or(&source);
                st.say(lacks.of(&[("title", &credential.title)]).at(Some(place)));
            }
            // A wrong completion is replaced by one that asks nothing, so that whatever refers to
            // the credential still finds it; nothing is built from a pack with errors.
            let mut node = Requirement::new(Rule::All(Vec::new()));
            node.source = Some(source.clone());
            let (from_year, to_year) = edition.years.unwrap_or_default();
            credential.editions.push(Edition {
                from_year,
                to_year,
                admission: None,
                completion: node,
                conferral: None,
            });
            continue;
        };
        let (from_year, to_year) = edition.years.unwrap_or_default();
        let admission = match (open_to.clone(), tree(0)) {
            (Some(open), Some(other)) => {
                let mut both = Requirement::new(Rule::All(vec![open, other]));
                both.source = Some(source.clone());
                Some(both)
            }
            (one, other) => one.or(other),
        };
        credential.editions.push(Edition { from_year, to_year, admission, completion, conferral: tree(2) });
    }
    credential.editions.sort_by_key(|e| e.from_year.unwrap_or(i16::MIN));
    if let Some(id) = id {
        st.catalog.credentials.insert(id, credential);
    }
}

/// Finishes the tests that are described.
pub(crate) fn tests(st: &mut State) -> Vec<RuleTest> {
    let mut tests = Vec::new();
    for draft in std::mem::take(&mut st.scenarios) {
        let (test, said) = draft.finish(&st.catalog);
        said.into_iter().for_each(|d| st.say(d));
        tests.extend(test);
    }
    tests
}

/// Tries the checks on every credential they apply to.
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
    /// Whether one credential passes the check, or need not.
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
            Ok(value) => value.as_bool().map_err(|_| crate::value::describe(&value)),
            Err(error) => Err(crate::mend::sentence(&error)),
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

fn views(catalog: &Catalog) -> Vec<View> {
    let place: BTreeMap<&CredentialId, usize> = catalog.credentials.keys().enumerate().map(|(i, id)| (id, i)).collect();
    let mut views: Vec<View> = catalog
        .credentials
        .iter()
        .map(|(id, c)| {
            let least = |measure| {
                c.editions.iter().map(|e| least(catalog, &e.completion, measure)).min().unwrap_or(Decimal::ZERO)
            };
            View {
                id: id.to_string(),
                title: c.title.clone(),
                kind: c.kind.as_str(),
                level: c.level.clone().unwrap_or_default(),
                unit: c.unit.clone().unwrap_or_default(),
                description: c.description.clone().unwrap_or_default(),
                credits: c.credits.unwrap_or_else(|| least(Measure::Credits)),
                hours: least(Measure::Hours),
                tags: c.tags.clone(),
                competencies: c.competencies.iter().map(ToString::to_string).collect(),
                details: c.details.clone(),
                stacks_into: Vec::new(),
                stacks_from: Vec::new(),
                expires: c.valid_for.is_some(),
            }
        })
        .collect();
    let edges: BTreeSet<(usize, usize)> =
        catalog.stacks.iter().filter_map(|edge| Some((*place.get(&edge.from)?, *place.get(&edge.into)?))).collect();
    for (from, into) in edges {
        views[from].stacks_into.push(into);
        views[into].stacks_from.push(from);
    }
    views
}

/// The least that a requirement takes, in credits or hours. Courses of a pool count at the least
/// that any listed one of them is worth, or the catalog's typical credits where none is listed.
fn least(catalog: &Catalog, node: &Requirement, measure: Measure) -> Decimal {
    let of = |child: &Requirement| least(catalog, child, measure);
    let sum = |all: Vec<Decimal>| all.into_iter().fold(Decimal::ZERO, Decimal::plus);
    match &node.rule {
        Rule::Take(take) if take.measure == measure => take.min,
        Rule::Take(take) if take.measure == Measure::Count => {
            let each = cheapest(catalog, &take.pool, measure);
            let times = take.min.thousandths() / 1000;
            Decimal::from_thousandths(each.thousandths().saturating_mul(times))
        }
        Rule::All(children) => sum(children.iter().map(of).collect()),
        Rule::Any(children) => children.iter().map(of).min().unwrap_or(Decimal::ZERO),
        Rule::AtLeast(at_least) if at_least.measure == measure => at_least.min,
        Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
            let mut amounts: Vec<Decimal> = at_least.of.iter().map(of).collect();
            amounts.sort();
            let most = usize::try_from(at_least.min.thousandths() / 1000).unwrap_or(0);
            amounts.truncate(most);
            sum(amounts)
        }
        Rule::When(when) => of(&when.then).min(of(&when.otherwise)),
        _ => Decimal::ZERO,
    }
}

fn cheapest(catalog: &Catalog, pool: &Selector, measure: Measure) -> Decimal {
    let unknown = if measure == Measure::Credits { catalog.defaults.typical_credits } else { Decimal::ZERO };
    match pool {
        Selector::Codes(codes) => codes
            .iter()
            .map(|code| {
                let course = catalog.courses.get(code);
                match measure {
                    Measure::Hours => course.and_then(|c| c.hours).unwrap_or(Decimal::ZERO),
                    _ => course.map_or(unknown, |c| c.credits.unwrap_or(Decimal::ZERO)),
                }
            })
            .min()
            .unwrap_or(unknown),
        Selector::And(of) => of.iter().map(|s| cheapest(catalog, s, measure)).min().unwrap_or(unknown),
        Selector::Or(of) => of.iter().map(|s| cheapest(catalog, s, measure)).min().unwrap_or(unknown),
        _ => unknown,
    }
}

/// Whether a choice of credentials has this one. Depth is bounded where choices are made.
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
