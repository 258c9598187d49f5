//! Short names for the parts of requirements that every adapter builds.

use std::collections::BTreeSet;

use credstack_engine::model::{
    AtLeast, Attainment, AttainmentId, Bounded, BoundedPer, Catalog, Code, Course, Credential, CredentialId,
    CredentialKind, Decimal, Distinct, Gpa, GpaOver, Last, LearnerId, LimitRule, Measure, Record, Requirement, Rule,
    Seen, Selector, Span, Take,
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

/// A pool of some codes.
///
/// # Errors
/// If one of them is no code.
pub fn codes<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Result<Selector, Fault> {
    let codes = texts.into_iter().map(|t| Code::new(t.as_ref())).collect::<Result<_, _>>()?;
    Ok(Selector::Codes(codes))
}

/// All of these.
#[must_use]
pub const fn all(of: Vec<Requirement>) -> Requirement {
    Requirement::new(Rule::All(of))
}

/// One of these.
#[must_use]
pub const fn any(of: Vec<Requirement>) -> Requirement {
    Requirement::new(Rule::Any(of))
}

/// At least so much of these.
#[must_use]
pub const fn at_least(measure: Measure, min: Decimal, of: Vec<Requirement>) -> Requirement {
    Requirement::new(Rule::AtLeast(AtLeast { measure, min, of }))
}

/// Takes attainments.
#[must_use]
pub const fn take(measure: Measure, min: Decimal, max: Option<Decimal>, pool: Selector) -> Requirement {
    Requirement::new(Rule::Take(Take { measure, min, max, pool, share: None }))
}

/// Takes exactly one attainment.
#[must_use]
pub const fn one_of(pool: Selector) -> Requirement {
    take(Measure::Count, Decimal::ONE, Some(Decimal::ONE), pool)
}

/// Looks at attainments.
#[must_use]
pub const fn seen(measure: Measure, min: Decimal, pool: Selector) -> Requirement {
    Requirement::new(Rule::Seen(Seen { measure, min, pool }))
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

/// A record of completed courses, each worth what stands beside it.
///
/// # Errors
/// If a name is none.
pub fn record<S: AsRef<str>>(learner: &str, taken: impl IntoIterator<Item = (S, Decimal)>) -> Result<Record, Fault> {
    let mut record = Record::new(LearnerId::new(learner)?);
    for (n, (code, credits)) in taken.into_iter().enumerate() {
        let mut attainment = Attainment::new(AttainmentId::new(&format!("a{n:03}"))?, Code::new(code.as_ref())?);
        attainment.credits = Some(credits);
        record.attainments.push(attainment);
    }
    Ok(record)
}
