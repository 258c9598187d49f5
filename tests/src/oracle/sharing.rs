//! What credentials may count in common.

use credstack_engine::model::{
    Credential, CredentialId, CredentialSelector, DefaultSharing, Fixed, Grant, Measure, Requirement, Selector,
    ShareBound, SharingPolicy, Side,
};

use super::evaluate::{Set, least, members, share_of};
use super::select::{Question, Truth};

/// A credential in play, with what its completion requires in the edition that applies.
pub(super) struct Player<'a> {
    pub(super) id: &'a CredentialId,
    pub(super) completion: Option<&'a Requirement>,
    /// Whether it is an award of the record, which consumed what it consumed.
    pub(super) award: bool,
    /// Whether it is declared, awarded or asked about, and not only completed on the way.
    pub(super) in_play: bool,
}

/// Whether what the players count is legal: every policy, stack edge, default and ceiling holds.
/// `counts` has a set for each player.
pub(super) fn legal(question: &Question<'_>, players: &[Player<'_>], counts: &[Set]) -> bool {
    for (a, one) in players.iter().enumerate() {
        for (b, other) in players.iter().enumerate().skip(a + 1) {
            if one.id != other.id && !(one.award && other.award) && !pair_legal(question, players, counts, a, b) {
                return false;
            }
        }
    }
    single_sources_hold(question, players, counts)
        && single_destinations_hold(question, players, counts)
        && ceilings_hold(question, players, counts)
}

fn matching(question: &Question<'_>, set: Set, selector: &Selector) -> Set {
    let all = &question.record.attainments;
    members(set)
        .filter(|&at| question.selects(selector, &question.view(&all[at], None)) == Truth::Yes)
        .map(|at| 1 << at)
        .sum()
}

fn sum(question: &Question<'_>, set: Set, measure: Measure) -> i64 {
    members(set).map(|at| question.worth(&question.record.attainments[at], measure)).sum()
}

fn within(question: &Question<'_>, set: Set, most: &Fixed) -> bool {
    sum(question, set, most.measure) <= most.value.thousandths()
}

/// What exceptions let a credential count although another counts it.
fn excepted(question: &Question<'_>, credential: &CredentialId) -> Set {
    let granted =
        |id| {
            question.record.exceptions.iter().any(|e| {
                e.credential == *credential && matches!(&e.grant, Grant::Share(attainment) if attainment == id)
            })
        };
    let all = question.record.attainments.iter().enumerate();
    all.filter(|(_, a)| granted(&a.id)).map(|(at, _)| 1 << at).sum()
}

fn pair_legal(question: &Question<'_>, players: &[Player<'_>], counts: &[Set], a: usize, b: usize) -> bool {
    let (one, other) = (players[a].id, players[b].id);
    let free = excepted(question, one) | excepted(question, other);
    let shared = counts[a] & counts[b] & !free;
    if shared == 0 {
        return true;
    }
    let mut spoken_for = false;
    for edge in &question.catalog.stacks {
        if (&edge.from, &edge.into) == (one, other) || (&edge.from, &edge.into) == (other, one) {
            spoken_for = true;
            let may_be_carried = edge.only.as_ref().map_or(shared, |only| matching(question, shared, only));
            if may_be_carried != shared || edge.carries.as_ref().is_some_and(|most| !within(question, shared, most)) {
                return false;
            }
        }
    }
    for policy in &question.catalog.sharing {
        let selects = |selector, id| selects(question, selector, id);
        let straight = selects(&policy.between, one) && selects(&policy.and, other);
        let turned = selects(&policy.between, other) && selects(&policy.and, one);
        let applies = applies(question, players, policy);
        for (fits, between, and) in [(straight, a, b), (turned, b, a)] {
            if fits && applies {
                // What must be counted in one side only says nothing of what both may count.
                spoken_for |= !matches!(policy.bound, ShareBound::Unique(_));
                let bounded = shared & !policy.exempt.as_ref().map_or(0, |s| matching(question, shared, s));
                if !bound_holds(question, players, policy, between, and, bounded) {
                    return false;
                }
            }
        }
    }
    spoken_for || question.catalog.defaults.sharing == DefaultSharing::Shared
}

fn bound_holds(
    question: &Question<'_>,
    players: &[Player<'_>],
    policy: &SharingPolicy,
    between: usize,
    and: usize,
    shared: Set,
) -> bool {
    let side = |side: Side| if side == Side::Between { between } else { and };
    let size = |at: usize, measure: Measure| required(question, &players[at], measure);
    match &policy.bound {
        ShareBound::Nothing => shared == 0,
        ShareBound::Everything => true,
        ShareBound::AtMost(most) => most.iter().all(|most| within(question, shared, most)),
        ShareBound::Percent(p) => {
            let measure = p.percent.measure;
            sum(question, shared, measure) <= share_of(&p.percent, size(side(p.side), measure)).1
        }
        ShareBound::Table(table) => {
            let size = size(side(table.side), Measure::Credits);
            let row = table.rows.iter().find(|row| size <= row.up_to.thousandths()).or(table.rows.last());
            row.is_none_or(|row| within(question, shared, &row.share))
        }
        // What must be counted in one side only is asked of that side's completion.
        ShareBound::Unique(_) => true,
    }
}

/// What policies ask a player to count for itself: of which attainments, how much.
pub(super) fn own(question: &Question<'_>, players: &[Player<'_>], counts: &[Set], at: usize) -> Vec<(Set, Fixed)> {
    let mut asked = Vec::new();
    for policy in &question.catalog.sharing {
        let ShareBound::Unique(unique) = &policy.bound else { continue };
        for (other, player) in players.iter().enumerate() {
            let (mine, its) = match unique.side {
                Side::Between => (&policy.between, &policy.and),
                Side::And => (&policy.and, &policy.between),
            };
            let fits = selects(question, mine, players[at].id) && selects(question, its, player.id);
            // Who shares nothing needs nothing unique: a lower target could else spoil a higher one.
            let share = counts[at] & counts[other] != 0;
            if player.id != players[at].id && fits && share && applies(question, players, policy) {
                asked.push((!counts[other], unique.amount.clone()));
            }
        }
    }
    asked
}

fn applies(question: &Question<'_>, players: &[Player<'_>], policy: &SharingPolicy) -> bool {
    policy.only_while.as_ref().is_none_or(|while_in_play| {
        players.iter().any(|p| p.in_play && selects(question, &while_in_play.credential, p.id)) == while_in_play.is
    })
}

/// What the completion of a credential requires, in thousandths.
fn required(question: &Question<'_>, player: &Player<'_>, measure: Measure) -> i64 {
    let stated = question.catalog.credentials.get(player.id).and_then(|c| c.credits);
    match (measure, stated) {
        (Measure::Credits, Some(credits)) => credits.thousandths(),
        _ => player.completion.map_or(0, |completion| least(question.catalog, completion, measure)),
    }
}

fn single_sources_hold(question: &Question<'_>, players: &[Player<'_>], counts: &[Set]) -> bool {
    players.iter().enumerate().all(|(into, target)| {
        let carrying = players.iter().enumerate().filter(|(from, source)| {
            let free = excepted(question, source.id) | excepted(question, target.id);
            let edge = |e: &&credstack_engine::model::StackEdge| e.from == *source.id && e.into == *target.id;
            question.catalog.stacks.iter().any(|e| edge(&e) && e.single_source)
                && counts[*from] & counts[into] & !free != 0
        });
        target.award || carrying.count() <= 1
    })
}

/// Whether what may be stacked into one credential only is: into that where awards have it already,
/// or else into any one.
fn single_destinations_hold(question: &Question<'_>, players: &[Player<'_>], counts: &[Set]) -> bool {
    let carries = |from: &CredentialId, into: &CredentialId, by_awards: bool| {
        let free = excepted(question, from) | excepted(question, into);
        players.iter().enumerate().filter(|(_, p)| p.id == from).any(|(a, one)| {
            players
                .iter()
                .enumerate()
                .filter(|(_, p)| p.id == into)
                .any(|(b, other)| (one.award && other.award) == by_awards && counts[a] & counts[b] & !free != 0)
        })
    };
    question.catalog.stacks.iter().filter(|edge| edge.single_destination).all(|edge| {
        let beside = question
            .catalog
            .stacks
            .iter()
            .filter(|other| other.single_destination && other.from == edge.from && other.into != edge.into);
        let is_new = carries(&edge.from, &edge.into, false) && !carries(&edge.from, &edge.into, true);
        !is_new
            || beside
                .into_iter()
                .all(|other| !carries(&other.from, &other.into, false) && !carries(&other.from, &other.into, true))
    })
}

fn ceilings_hold(question: &Question<'_>, players: &[Player<'_>], counts: &[Set]) -> bool {
    question.catalog.ceilings.iter().all(|ceiling| {
        let under: Set = counts.iter().fold(0, |all, set| all | set);
        let under = ceiling.of.as_ref().map_or(under, |of| matching(question, under, of));
        members(under).all(|at| {
            let serving = |p: &(usize, &Player<'_>)| {
                counts[p.0] & (1 << at) != 0
                    && excepted(question, p.1.id) & (1 << at) == 0
                    && selects(question, &ceiling.credentials, p.1.id)
            };
            let mut served: Vec<_> = players.iter().enumerate().filter(serving).map(|(_, p)| p.id).collect();
            served.sort();
            served.dedup();
            // What awards hold beyond a ceiling is history; it binds what is counted anew.
            let awards: Vec<_> = players.iter().enumerate().filter(serving).filter(|(_, p)| p.award).collect();
            let newly = served.iter().any(|id| !awards.iter().any(|(_, award)| award.id == *id));
            !newly || served.len() <= ceiling.max as usize
        })
    })
}

fn selects(question: &Question<'_>, selector: &CredentialSelector, id: &CredentialId) -> bool {
    let credential: Option<&Credential> = question.catalog.credentials.get(id);
    match selector {
        CredentialSelector::Everything => true,
        CredentialSelector::Ids(ids) => ids.contains(id),
        CredentialSelector::Kind(kind) => credential.is_some_and(|c| c.kind == *kind),
        CredentialSelector::Level(level) => credential.is_some_and(|c| c.level.as_ref() == Some(level)),
        CredentialSelector::Unit(unit) => credential.is_some_and(|c| c.unit.as_ref() == Some(unit)),
        CredentialSelector::Tag(tag) => credential.is_some_and(|c| c.tags.contains(tag)),
        CredentialSelector::StackOf(top) => stacks_into(question, id, top, question.catalog.stacks.len()),
        CredentialSelector::And(of) => of.iter().all(|s| selects(question, s, id)),
        CredentialSelector::Or(of) => of.iter().any(|s| selects(question, s, id)),
        CredentialSelector::Not(inner) => !selects(question, inner, id),
    }
}

fn stacks_into(question: &Question<'_>, id: &CredentialId, top: &CredentialId, steps: usize) -> bool {
    id == top
        || (steps > 0
            && question.catalog.stacks.iter().any(|e| e.from == *id && stacks_into(question, &e.into, top, steps - 1)))
}
