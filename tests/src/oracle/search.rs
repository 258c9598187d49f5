//! Trying everything, and keeping the best.
//!
//! Sharing between credentials looks only at the set of attainments that each consumes, and trees
//! look at one another only through `earned`. So the allocations of each tree are tried one by one
//! and the best of each set is kept; then every combination of sets is tried.

use std::collections::{BTreeMap, BTreeSet};

use credstack_engine::model::answer::{Options, Status, Targets};
use credstack_engine::model::{
    AttainmentId, Catalog, Credential, CredentialId, Date, Decimal, Edition, EditionBy, Fixed, Record, Requirement,
    Value,
};

use super::evaluate::{Given, Level, Set, Tree, members};
use super::select::{Question, Truth};
use super::sharing::{Player, legal, own};

/// The most allocations of one tree, or combinations of sets, that are tried.
const PATIENCE: u64 = 400_000;

/// What the best allocation gives one credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Which.
    pub credential: CredentialId,
    /// Its status; what can never be completed is `Incomplete` here.
    pub status: Status,
    /// What is still short.
    pub distance: Decimal,
}

/// The best allocation of one group of credentials that are solved together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The targets in their order, then the credentials that they may earn on the way.
    pub outcomes: Vec<Outcome>,
    /// The attainments used, by completion date and then id: those of the best allocation by the
    /// tie rules.
    pub used: Vec<AttainmentId>,
    /// How many allocations and combinations were tried.
    pub tried: u64,
}

/// Solves the targets together. `None` if the world is too large to try everything.
#[must_use]
pub fn solve(
    catalog: &Catalog,
    record: &Record,
    as_of: Date,
    options: &Options,
    targets: &[CredentialId],
) -> Option<Answer> {
    let question = Question { catalog, record, as_of, in_progress: options.in_progress, planned: options.planned };
    if record.attainments.len() > 20 {
        return None;
    }
    let group = with_what_they_earn(&question, targets);
    let trees: Vec<Option<Tree<'_>>> = group
        .iter()
        .map(|(id, credential)| {
            (!question.is_conferred(id)).then(|| Tree::new(question, id, &edition(&question, credential).completion))
        })
        .collect();

    let mut tried = 0;
    let mut tables = Vec::new();
    for tree in &trees {
        tables.push(match tree {
            Some(tree) => by_set(tree, &mut tried)?,
            None => BTreeMap::from([(0, Vec::new())]),
        });
    }
    let combinations: u64 = tables.iter().map(|t| t.len() as u64).product();
    if combinations > PATIENCE {
        return None;
    }

    let mut players: Vec<Player<'_>> = group
        .iter()
        .map(|(id, credential)| Player {
            in_play: targets.contains(id),
            id,
            completion: Some(&edition(&question, credential).completion),
            award: false,
        })
        .collect();
    let mut counts: Vec<Set> = vec![0; players.len()];
    for award in record.conferred.iter().filter(|c| c.on <= as_of) {
        let completion: Option<&Requirement> =
            catalog.credentials.get(&award.credential).map(|c| &edition(&question, c).completion);
        let places = record.attainments.iter().enumerate().filter(|(_, a)| award.consumed.contains(&a.id));
        let consumed: Set = places.map(|(at, _)| 1 << at).sum();
        // Several awards of one credential hold together what each of them consumed.
        if let Some(at) = players.iter().position(|p| p.award && *p.id == award.credential) {
            counts[at] |= consumed;
        } else {
            players.push(Player { id: &award.credential, completion, award: true, in_play: true });
            counts.push(consumed);
        }
    }

    let order = earned_first(&trees, &group);
    let mut best: Option<(Vec<Level>, Vec<i64>, Set, Key, (Vec<Level>, Vec<i64>))> = None;
    let sets: Vec<Vec<Set>> = tables.iter().map(|t| t.keys().copied().collect()).collect();
    let mut known: Vec<BTreeMap<(Set, Vec<Level>, Vec<Set>), Cell>> = vec![BTreeMap::new(); sets.len()];
    let mut choice = vec![0usize; sets.len()];
    loop {
        tried += 1;
        for (at, &chosen) in choice.iter().enumerate() {
            counts[at] = sets[at][chosen];
        }
        let used = counts[..sets.len()].iter().fold(0, |all, set| all | set);
        let mut cells = vec![Cell { level: Level::Unmet, distance: 0 }; sets.len()];
        for &at in &order {
            let levels: Vec<Level> = cells.iter().map(|c| c.level).collect();
            cells[at] = match &trees[at] {
                Some(tree) => {
                    let watched: Vec<Level> = watched(tree, &group).into_iter().map(|w| levels[w]).collect();
                    let own = own(&question, &players, &counts, at);
                    let apart: Vec<Set> = own.iter().map(|(apart, _)| apart & counts[at]).collect();
                    *known[at].entry((counts[at], watched, apart)).or_insert_with(|| {
                        let allocations = &tables[at][&counts[at]];
                        tried += allocations.len() as u64;
                        best_of(tree, &group, &levels, counts[at], &own, allocations)
                    })
                }
                None => Cell { level: Level::Met, distance: 0 },
            };
        }
        let levels: Vec<Level> = cells.iter().map(|c| c.level).collect();
        let distances: Vec<i64> = cells.iter().map(|c| c.distance).collect();
        // What is completed on the way is no aim of its own.
        let aims = targets.iter().collect::<BTreeSet<_>>().len().min(levels.len());
        let mut levels = levels;
        let mut distances = distances;
        let on_the_way = (levels.split_off(aims), distances.split_off(aims));
        let candidate = (levels, distances, used, key(&question, used), on_the_way);
        let better = best.as_ref().is_none_or(|b| (&candidate.0, &candidate.1, &candidate.3) < (&b.0, &b.1, &b.3));
        if better && legal(&question, &players, &counts) {
            best = Some(candidate);
        }
        if !advance(&mut choice, &sets.iter().map(Vec::len).collect::<Vec<_>>()) {
            break;
        }
    }

    let (mut levels, mut distances, _, key, on_the_way) = best?;
    levels.extend(on_the_way.0);
    distances.extend(on_the_way.1);
    let outcomes = group
        .iter()
        .enumerate()
        .map(|(at, (id, _))| Outcome {
            credential: (*id).clone(),
            status: match levels[at] {
                _ if trees[at].is_none() => Status::Conferred,
                Level::Met => Status::Complete,
                Level::InProgress => Status::CompleteWithInProgress,
                Level::Review => Status::NeedsReview,
                Level::Unmet => Status::Incomplete,
            },
            distance: trees[at].as_ref().map_or(Decimal::ZERO, |tree| shown(distances[at], tree.rate())),
        })
        .collect();
    Some(Answer { outcomes, used: key.1.into_iter().map(|(_, id)| id).collect(), tried })
}

/// A distance in thousandths of credits, rounded up.
fn shown(distance: i64, rate: i64) -> Decimal {
    Decimal::from_thousandths((distance + rate - 1).div_euclid(rate))
}

/// The tie rules: how many attainments are used, then which, by date and id.
type Key = (u32, Vec<((bool, Option<Date>), AttainmentId)>);

fn key(question: &Question<'_>, used: Set) -> Key {
    let all = &question.record.attainments;
    let mut listed: Vec<_> = members(used)
        .map(|at| (question.date(&all[at]), all[at].id.clone()))
        .map(|(date, id)| ((date.is_none(), date), id))
        .collect();
    listed.sort();
    (used.count_ones(), listed)
}

/// The targets, and behind them what they may earn on the way and is not awarded yet.
fn with_what_they_earn<'a>(
    question: &Question<'a>,
    targets: &'a [CredentialId],
) -> Vec<(&'a CredentialId, &'a Credential)> {
    let mut group: Vec<(&CredentialId, &Credential)> = Vec::new();
    for id in targets {
        if let Some(credential) = question.catalog.credentials.get(id)
            && !group.iter().any(|(other, _)| *other == id)
        {
            group.push((id, credential));
        }
    }
    let mut next = 0;
    while next < group.len() {
        let (id, credential) = group[next];
        next += 1;
        if question.is_conferred(id) {
            continue;
        }
        for earned in Tree::new(*question, id, &edition(question, credential).completion).earned() {
            if let Some(credential) = question.catalog.credentials.get(earned)
                && !question.is_conferred(earned)
                && !group.iter().any(|(other, _)| *other == earned)
            {
                group.push((earned, credential));
            }
        }
    }
    group
}

/// The edition that applies to the learner.
fn edition<'a>(question: &Question<'a>, credential: &'a Credential) -> &'a Edition {
    let first_month = question.catalog.defaults.academic_year_starts;
    let editions = &credential.editions;
    let latest = &editions[editions.len() - 1];
    let year = match credential.edition_by.as_ref().unwrap_or(&question.catalog.defaults.edition_by) {
        EditionBy::AsOf => question.as_of.academic_year(first_month),
        EditionBy::Attribute(name) => match question.record.attributes.get(name) {
            Some(Value::Number(n)) => i16::try_from(n.thousandths() / 1000).unwrap_or(0),
            _ => return latest,
        },
        EditionBy::FirstAttainment(selector) => {
            let all = &question.record.attainments;
            let selected = all.iter().filter(|a| question.selects(selector, &question.view(a, None)) == Truth::Yes);
            let first = selected.filter_map(|a| question.date(a)).min();
            first.unwrap_or(question.as_of).academic_year(first_month)
        }
    };
    let holds = |e: &&Edition| e.from_year.is_none_or(|f| f <= year) && e.to_year.is_none_or(|t| year <= t);
    let next = |e: &&Edition| e.from_year.is_some_and(|f| year < f);
    editions.iter().find(holds).or_else(|| editions.iter().find(next)).unwrap_or(latest)
}

/// The places of the group, each behind those that it may see earned.
fn earned_first(trees: &[Option<Tree<'_>>], group: &[(&CredentialId, &Credential)]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < group.len() {
        let ready = (0..group.len()).find(|at| {
            !order.contains(at)
                && trees[*at].as_ref().is_none_or(|tree| {
                    tree.earned()
                        .iter()
                        .all(|id| group.iter().position(|(other, _)| other == id).is_none_or(|p| order.contains(&p)))
                })
        });
        match ready {
            Some(at) => order.push(at),
            None => panic!("the credentials of an oracle's world earn one another in a circle"),
        }
    }
    order
}

/// What one tree comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    level: Level,
    distance: i64,
}

/// The credentials of the group that a tree may see earned.
fn watched<'a>(tree: &Tree<'a>, group: &[(&CredentialId, &Credential)]) -> Vec<usize> {
    let mut places: Vec<usize> =
        tree.earned().iter().filter_map(|id| group.iter().position(|(other, _)| other == id)).collect();
    places.sort_unstable();
    places
}

/// The allocations of a tree that keep within its maxima and at-most limits, by what they consume:
/// for each, what every leaf is given.
fn by_set(tree: &Tree<'_>, tried: &mut u64) -> Option<BTreeMap<Set, Vec<Vec<Set>>>> {
    let places: Vec<Vec<Vec<usize>>> =
        (0..tree.question.record.attainments.len()).map(|at| places_of(tree, at)).collect();
    let size: u64 = places.iter().map(|p| p.len() as u64).product();
    if size > PATIENCE / 10 {
        return None;
    }
    let mut table: BTreeMap<Set, Vec<Vec<Set>>> = BTreeMap::new();
    let mut choice = vec![0usize; places.len()];
    let ends: Vec<usize> = places.iter().map(Vec::len).collect();
    loop {
        *tried += 1;
        let mut leaves: Vec<Set> = vec![0; tree.leaves.len()];
        let mut used = 0;
        for (at, &chosen) in choice.iter().enumerate() {
            for &leaf in &places[at][chosen] {
                leaves[leaf] |= 1 << at;
                used |= 1 << at;
            }
        }
        let given = Given { leaves: &leaves, earned: &|_| Level::Unmet, applied: used, own: &[] };
        if tree.legal(&given) {
            table.entry(used).or_default().push(leaves);
        }
        if !advance(&mut choice, &ends) {
            return Some(table);
        }
    }
}

/// The best that some allocations of a tree come to, where the credentials of the group have these
/// levels.
fn best_of(
    tree: &Tree<'_>,
    group: &[(&CredentialId, &Credential)],
    levels: &[Level],
    used: Set,
    own: &[(Set, Fixed)],
    allocations: &[Vec<Set>],
) -> Cell {
    let earned = |id: &CredentialId| {
        group.iter().position(|(other, _)| *other == id).map_or(Level::Unmet, |place| levels[place])
    };
    let cells = allocations.iter().map(|leaves| {
        let given = Given { leaves, earned: &earned, applied: used, own };
        Cell { level: tree.level(&tree.root, &given), distance: tree.distance(&tree.root, &given) }
    });
    cells.min().unwrap_or(Cell { level: Level::Unmet, distance: i64::MAX })
}

/// Where an attainment may go in a tree: nowhere, to one leaf whose pool has it, or to several
/// that share.
fn places_of(tree: &Tree<'_>, at: usize) -> Vec<Vec<usize>> {
    let open: Vec<usize> = (0..tree.leaves.len()).filter(|&l| tree.leaves[l].pool[at] != Level::Unmet).collect();
    let mut places = BTreeSet::from([Vec::new()]);
    for some in 1u32..1 << open.len() {
        let chosen: Vec<usize> = (0..open.len()).filter(|i| some & (1 << i) != 0).map(|i| open[i]).collect();
        let group = |leaf: usize| tree.leaves[leaf].take.share.as_ref();
        let together = chosen.iter().all(|&l| group(l).is_some() && group(l) == group(chosen[0]));
        if chosen.len() == 1 || together {
            places.insert(chosen);
        }
    }
    places.into_iter().collect()
}

/// Counts one further, place by place; `false` once all have been counted.
fn advance(choice: &mut [usize], ends: &[usize]) -> bool {
    for (at, end) in choice.iter_mut().zip(ends) {
        *at += 1;
        if *at < *end {
            return true;
        }
        *at = 0;
    }
    false
}

/// The targets that a question solves together.
#[must_use]
pub fn together(record: &Record, options: &Options) -> Vec<CredentialId> {
    match &options.targets {
        Targets::Declared | Targets::All => record.declared.clone(),
        Targets::These(these) => these.clone(),
    }
}
