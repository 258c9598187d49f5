//! What two credentials may count in common, from stack edges, policies and the default.

use credstack_compile::stack_of;
use credstack_model::{
    Catalog, Credential, CredentialId, CredentialSelector, DefaultSharing, Fixed, Measure, Requirement, Selector,
    ShareBound, SharingPolicy, Side, SidePercent, SideTable,
};

use super::required::{credential_size, required};
use super::rounding::within;
use super::units::{from_units, in_units};

/// The combined rule for a pair of credentials. Everything in it holds at once.
#[derive(Clone, Debug, Default)]
pub(super) struct PairRule<'a> {
    /// Items that these do not select are never shared.
    pub(super) only: Vec<&'a Selector>,
    /// Nothing may be shared but what one of these exempts; one entry for each such rule.
    pub(super) nothing_but: Vec<Option<&'a Selector>>,
    /// At most so much, not counting what is exempt.
    pub(super) bounds: Vec<(Fixed, Option<&'a Selector>)>,
    /// At least so much that the named credential does not share with the other.
    pub(super) unique: Vec<(CredentialId, Fixed)>,
    /// Whether an edge between the two allows one source only, and into which it leads.
    pub(super) single_source_into: Option<CredentialId>,
}

/// A credential with the completion requirement that applies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Party<'a> {
    pub(super) id: &'a CredentialId,
    pub(super) credential: &'a Credential,
    pub(super) completion: &'a Requirement,
}

/// Return the rule for a pair, while some credentials are in play.
pub(super) fn pair_rule<'a>(
    catalog: &'a Catalog,
    a: Party<'a>,
    b: Party<'a>,
    in_play: &[&CredentialId],
) -> PairRule<'a> {
    let mut rule = PairRule::default();
    let mut opened = catalog.defaults.sharing == DefaultSharing::Shared;
    for edge in &catalog.stacks {
        let joins = (&edge.from, &edge.into) == (a.id, b.id) || (&edge.from, &edge.into) == (b.id, a.id);
        if !joins {
            continue;
        }
        opened = true;
        rule.only.extend(&edge.only);
        if let Some(carries) = &edge.carries {
            rule.bounds.push((carries.clone(), None));
        }
        if edge.single_source {
            rule.single_source_into = Some(edge.into.clone());
        }
    }
    for policy in &catalog.sharing {
        let applies = policy.only_while.as_ref().is_none_or(|condition| {
            let found = in_play.iter().any(|id| selects(catalog, &condition.credential, id));
            found == condition.is
        });
        if !applies {
            continue;
        }
        // A policy between two of a kind matches both ways round, and then holds both ways.
        for (between, and) in [(a, b), (b, a)] {
            if selects(catalog, &policy.between, between.id) && selects(catalog, &policy.and, and.id) {
                opened |= apply(catalog, policy, between, and, &mut rule);
            }
        }
    }
    if !opened {
        rule.nothing_but.push(None);
    }
    rule
}

/// Add a policy to a rule; return whether it says anything about what may be shared.
fn apply<'a>(
    catalog: &Catalog,
    policy: &'a SharingPolicy,
    between: Party<'_>,
    and: Party<'_>,
    rule: &mut PairRule<'a>,
) -> bool {
    let side = |side: Side| match side {
        Side::Between => between,
        Side::And => and,
    };
    let exempt = policy.exempt.as_ref();
    match &policy.bound {
        ShareBound::Nothing => rule.nothing_but.push(exempt),
        ShareBound::Everything => {}
        ShareBound::AtMost(bounds) => rule.bounds.extend(bounds.iter().map(|fixed| (fixed.clone(), exempt))),
        ShareBound::Percent(percent) => rule.bounds.push((percent_of(catalog, side(percent.side), percent), exempt)),
        ShareBound::Table(table) => {
            rule.bounds.extend(row_of(catalog, side(table.side), table).map(|fixed| (fixed, exempt)));
        }
        ShareBound::Unique(unique) => {
            rule.unique.push((side(unique.side).id.clone(), unique.amount.clone()));
            return false;
        }
    }
    true
}

/// Return a percentage of the size of a side.
fn percent_of(catalog: &Catalog, party: Party<'_>, percent: &SidePercent) -> Fixed {
    let measure = percent.percent.measure;
    let base = in_units(measure, credential_size(catalog, party.credential, party.completion, measure));
    Fixed { measure, value: from_units(measure, within(&percent.percent, base)) }
}

/// Return the share in the row of a table for the size of a side; the last row is for all that are larger.
fn row_of(catalog: &Catalog, party: Party<'_>, table: &SideTable) -> Option<Fixed> {
    let size = match party.credential.credits {
        Some(credits) => credits,
        None => required(catalog, party.completion, Measure::Credits),
    };
    let row = table.rows.iter().find(|row| size <= row.up_to).or(table.rows.last())?;
    Some(row.share.clone())
}

/// Check whether a selector selects a credential. What the catalog does not have, only `Everything` and
/// an id select.
pub(super) fn selects(catalog: &Catalog, selector: &CredentialSelector, id: &CredentialId) -> bool {
    let credential = catalog.credentials.get(id);
    match selector {
        CredentialSelector::Everything => true,
        CredentialSelector::Ids(ids) => ids.contains(id),
        CredentialSelector::Kind(kind) => credential.is_some_and(|c| c.kind == *kind),
        CredentialSelector::Level(level) => credential.is_some_and(|c| c.level.as_ref() == Some(level)),
        CredentialSelector::Unit(unit) => credential.is_some_and(|c| c.unit.as_ref() == Some(unit)),
        CredentialSelector::Tag(tag) => credential.is_some_and(|c| c.tags.contains(tag)),
        CredentialSelector::StackOf(top) => stack_of(catalog, top).contains(id),
        CredentialSelector::And(of) => of.iter().all(|s| selects(catalog, s, id)),
        CredentialSelector::Or(of) => of.iter().any(|s| selects(catalog, s, id)),
        CredentialSelector::Not(inner) => !selects(catalog, inner, id),
    }
}
