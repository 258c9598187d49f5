//! What adapters add to the builders of the model: numbers as documents write them, and courses that only
//! requirements name.

use std::collections::BTreeSet;

use credstack_engine::model::{
    Bounded, BoundedPer, Catalog, Code, Course, Credential, CredentialId, CredentialKind, Decimal, Distinct, Gpa,
    GpaOver, Last, LimitRule, Requirement, Rule, Selector, Span,
};

use super::Fault;

/// A whole number; a negative one becomes zero.
#[must_use]
pub fn whole(n: u32) -> Decimal {
    Decimal::whole(i64::from(n))
}

/// A number of a JSON document, exactly as written.
///
/// # Errors
/// If it has more than three places.
pub fn number(n: &serde_json::Number) -> Result<Decimal, Fault> {
    Ok(n.to_string().parse()?)
}

/// Adds a credential to a catalog, and to its courses every code that the credential names and
/// the catalog does not have yet, each worth `credits`.
///
/// # Errors
/// If `id` is no name, or taken.
pub fn add_credential(
    catalog: &mut Catalog,
    id: &str,
    title: &str,
    kind: CredentialKind,
    completion: Requirement,
    credits: Decimal,
) -> Result<CredentialId, Fault> {
    let id = CredentialId::new(id)?;
    let mut named = BTreeSet::new();
    named_codes(&completion, &mut named);
    for code in named {
        catalog.courses.entry(code).or_insert_with(|| Course::of_credits(credits));
    }
    if catalog.credentials.insert(id.clone(), Credential::new(title, kind, completion)).is_some() {
        return Err(format!("two credentials named `{id}`").into());
    }
    Ok(id)
}

/// The codes that a requirement names one by one.
fn named_codes(requirement: &Requirement, into: &mut BTreeSet<Code>) {
    fn of_selector(selector: &Selector, into: &mut BTreeSet<Code>) {
        if let Selector::Codes(codes) = selector {
            into.extend(codes.iter().cloned());
        }
        for child in selector.children() {
            of_selector(child, into);
        }
    }
    match &requirement.rule {
        Rule::Take(take) => of_selector(&take.pool, into),
        Rule::Seen(seen) => of_selector(&seen.pool, into),
        Rule::Gpa(Gpa { over: GpaOver::Applied(of) | GpaOver::Record(of), .. }) => of_selector(of, into),
        _ => {}
    }
    for limit in &requirement.limits {
        match &limit.rule {
            LimitRule::AtMost(Bounded { of, .. })
            | LimitRule::AtLeast(Bounded { of, .. })
            | LimitRule::AtMostPer(BoundedPer { of, .. })
            | LimitRule::Distinct(Distinct { of, .. })
            | LimitRule::Last(Last { of, .. })
            | LimitRule::Span(Span { of, .. }) => of_selector(of, into),
            LimitRule::Order(order) => {
                of_selector(&order.first, into);
                of_selector(&order.then, into);
            }
        }
    }
    for child in requirement.children() {
        named_codes(child, into);
    }
}
