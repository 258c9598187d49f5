//! From what the statements said to a catalog and its tests.

use credstack_model::{Edition, Requirement, Rule, StackEdge};

use crate::codes::pack;
use crate::scenario::{RuleTest, several};
use crate::state::{CredentialDraft, EditionDraft, State};

/// Put the pieces together: editions, stacks, policies.
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

/// Finish the tests that are described.
pub(crate) fn tests(st: &mut State) -> Vec<RuleTest> {
    let mut tests = Vec::new();
    for draft in std::mem::take(&mut st.scenarios) {
        let (test, said) = draft.finish(&st.catalog);
        said.into_iter().for_each(|d| st.say(d));
        tests.extend(test);
    }
    tests
}
