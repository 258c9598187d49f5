//! The least that completes some credentials: the allocation of what is on record together with
//! everything that could be added to it.

use crate::select::{Holdings, Scope, Tri, UnderWay};
use credstack_allocate::{ItemIx, allocate, interchangeable};
use credstack_base::sorted::{Map, Set};
use credstack_compile::Bundle;
use credstack_model::Options;
use credstack_model::{
    Attainment, Code, CredentialId, Date, Decimal, GpaOver, Limits, Record, Requirement, Rule, Selector,
};

use super::DetermineError;
use super::held::held;
use super::pair_rule::Party;
use super::problem::{Member, Setting, build};
use super::solve::{Determiner, asked_to_hold};

/// A least set of courses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Completion {
    /// The courses, each with those that would do as well in its place.
    pub(crate) used: Vec<(Code, Vec<Code>)>,
    /// Whether there is no lesser one.
    pub(crate) proved: bool,
}

/// What may be added to a record.
pub(crate) struct Additions<'a> {
    /// A course as if it had been completed.
    pub(crate) make: &'a dyn Fn(&Code) -> Option<Attainment>,
    /// Courses that cost nothing, as they have to be taken anyway.
    pub(crate) free: &'a Set<Code>,
    /// Credentials that the learner has yet to be admitted to.
    pub(crate) admit: &'a Set<CredentialId>,
}

/// Find the least additions to a record that, with what is under way finished, bring these credentials
/// as far as possible.
pub(crate) fn completion(
    bundle: &Bundle,
    record: &Record,
    as_of: Date,
    options: &Options,
    targets: &[CredentialId],
    additions: &Additions<'_>,
) -> Result<Completion, DetermineError> {
    let (catalog, index) = (bundle.catalog(), bundle.index());
    let limits = Limits::default();
    let most = limits.attainments.saturating_add(limits.courses);
    let all = catalog.courses.keys().filter(|code| index.class(code) == *code);
    let fresh = Record {
        attainments: all.filter_map(|code| (additions.make)(code)).collect(),
        exceptions: Vec::new(),
        ..record.clone()
    };
    let have = Holdings::read(catalog, index, record, as_of, options, UnderWay::Finished, most)?;
    let could = Holdings::read(catalog, index, &fresh, as_of, options, UnderWay::Finished, most)?;
    let determiner = Determiner { catalog, holdings: &have, options, declared: targets };
    let mut trees: Vec<(&CredentialId, &Requirement)> = Vec::new();
    let nothing = Map::new();
    let asked: Vec<Member<'_>> = targets.iter().filter_map(|id| determiner.member(id)).collect();
    for member in determiner.with_held(asked, &nothing) {
        trees.push((member.party.id, member.tree));
        let (edition, _) = match determiner.edition(member.party.id, member.party.credential) {
            Some(edition) => edition,
            None => continue,
        };
        trees.extend(edition.admission.iter().map(|tree| (member.party.id, tree)));
    }
    // What looks at courses without counting them sees everything that could be added.
    let looks_on = trees.iter().any(|(_, tree)| looks_at_courses(tree));
    // What a requirement could count, and nothing on record of the same course can serve there.
    let mut wanted: Set<&Code> = Set::new();
    for (id, tree) in trees {
        let scope = Scope { credential: Some(id) };
        for pool in pools(tree) {
            let served: Set<&Code> = credstack_base::order::set(matching(&have, pool, scope));
            wanted.extend(matching(&could, pool, scope).filter(|class| !served.contains(class)));
        }
    }
    let mut whole = record.clone();
    let own = whole.attainments.len();
    whole.attainments.extend(wanted.iter().filter_map(|code| (additions.make)(code)));
    let added = credstack_base::order::set(whole.attainments[own..].iter().map(|attainment| attainment.id.clone()));
    let holdings = Holdings::read(catalog, index, &whole, as_of, options, UnderWay::Finished, most)?;
    let determiner = Determiner { catalog, holdings: &holdings, options, declared: targets };

    let mut members: Vec<Member<'_>> = targets.iter().filter_map(|id| determiner.member(id)).collect();
    for id in targets.iter().filter(|id| additions.admit.contains(*id)) {
        let Some(credential) = catalog.credentials.get(id) else { continue };
        if let Some((edition, _)) = determiner.edition(id, credential)
            && let Some(tree) = &edition.admission
        {
            let party = Party { id, credential, completion: &edition.completion };
            members.push(Member { party, tree, consumes: false });
        }
    }
    let declared = members.len();
    // What an admission asks to be held is earned beside the targets here; a determination asks for it alone.
    let is_beside = |id: &CredentialId| !targets.contains(id) && held(&holdings, id).is_none();
    let earns_beside = members.iter().any(|m| !m.consumes && asked_to_hold(m.tree).into_iter().any(is_beside));
    let members = determiner.with_held(members, &nothing);
    let asked: Vec<&CredentialId> = targets.iter().collect();
    let in_play = determiner.in_play(&asked);
    let setting = Setting { holdings: &holdings, in_play: &in_play, settled: &nothing, applied: None };
    let mut problem = build(setting, &members, declared).problem;
    let is_added = |item: ItemIx| added.contains(&holdings.items[item.index()].attainment.id);
    problem.costs = problem
        .item_ixs()
        .map(|item| match is_added(item) && !additions.free.contains(holdings.items[item.index()].class) {
            true => cost(holdings.items[item.index()].credits.unwrap_or(catalog.defaults.typical_credits)),
            false => 0,
        })
        .collect();
    let found = allocate(&problem, options.steps);
    let alike = interchangeable(&problem);
    let used = found.arcs.iter().map(|arc| problem.arcs[*arc].item).filter(|item| is_added(*item));
    let used: Set<ItemIx> = credstack_base::order::set(used);
    let of = |item: ItemIx| holdings.items[item.index()].attainment.of.clone();
    let instead = |item: ItemIx| {
        let others = problem.item_ixs().filter(|other| alike[*other] == alike[item]);
        others.filter(|other| is_added(*other) && !used.contains(other)).map(of).collect()
    };
    Ok(Completion {
        used: used.iter().map(|item| (of(*item), instead(*item))).collect(),
        proved: found.level_proved.iter().chain(&found.distance_proved).all(|proved| *proved)
            && found.cost_proved
            && !looks_on
            && !earns_beside,
    })
}

/// Return the cost of a course, its credits in tenths and a trifle: so fewest credits come first, then fewest courses.
fn cost(credits: Decimal) -> i64 {
    const TRIFLES: i64 = 256;
    credits.thousandths().div_euclid(100).saturating_mul(TRIFLES).saturating_add(1)
}

/// Return the classes of the items that a pool may hold.
fn matching<'h>(
    holdings: &'h Holdings<'h>,
    pool: &Selector,
    scope: Scope<'_>,
) -> impl Iterator<Item = &'h Code> + use<'h> {
    let answers = holdings.select(pool, scope);
    holdings.items.iter().zip(answers).filter(|(_, answer)| *answer != Tri::No).map(|(item, _)| item.class)
}

/// Check whether a tree looks at courses that it does not count.
fn looks_at_courses(tree: &Requirement) -> bool {
    let own = match &tree.rule {
        Rule::Seen(_) => true,
        Rule::Gpa(gpa) => !matches!(gpa.over, GpaOver::Applied(_)),
        _ => false,
    };
    own || tree.children().into_iter().any(looks_at_courses)
}

/// Return the pools of a tree: what it takes from, and what it looks at.
fn pools(tree: &Requirement) -> Vec<&Selector> {
    let mut found = Vec::new();
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        match &node.rule {
            Rule::Take(take) => found.push(&take.pool),
            Rule::Seen(seen) => found.push(&seen.pool),
            _ => {}
        }
        open.extend(node.children());
    }
    found
}
