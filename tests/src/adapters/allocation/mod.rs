//! Allocation instances with proved answers: groups of requirements over items, limits on what
//! two groups may share, and a ceiling on the uses of one item.

mod problem;

use std::collections::BTreeMap;

use credstack_engine::model::{
    Amount, Bounded, Catalog, Code, Course, Credential, CredentialId, CredentialKind, CredentialSelector, Fixed, Limit,
    LimitRule, Measure, PolicyId, Record, Requirement, Selector, ShareBound, SharingPolicy, UseCeiling,
};
use serde::Deserialize;

use super::Fault;
use super::build::whole;

pub use problem::{Verdict, judge, problem};

/// One instance.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub struct Instance {
    pub id: String,
    pub family: String,
    pub items: Vec<Item>,
    pub groups: Vec<String>,
    pub share: Vec<Share>,
    pub max_uses: u32,
    pub requirements: Vec<Need>,
    #[serde(default)]
    pub answer: Option<Answer>,
    #[serde(default)]
    pub optimum: Option<Optimum>,
}

/// An item and its credits.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub struct Item {
    pub id: String,
    pub credits: u32,
}

/// How many credits two groups may have in common.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub struct Share {
    pub a: String,
    pub b: String,
    pub max_credits: u32,
}

/// A requirement of a group.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub struct Need {
    pub id: String,
    pub group: String,
    #[serde(default)]
    pub weight: u32,
    pub need: HowMuch,
    pub eligible: Vec<String>,
    pub caps: Vec<Cap>,
}

/// How much a requirement asks for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub enum HowMuch {
    Credits(u32),
    Count(u32),
}

/// At most so many credits of some items inside one requirement.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub struct Cap {
    pub items: Vec<String>,
    pub max_credits: u32,
}

/// The proved optimum of a weighted instance: the greatest weight of satisfied requirements, and the
/// fewest credits used for it.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub struct Optimum {
    pub weight: u32,
    pub used_credits: u32,
}

/// The proved answer of declared groups, by group.
#[derive(Debug, Deserialize)]
pub struct Answer {
    /// Which groups are complete.
    pub complete: BTreeMap<String, bool>,
    /// What is short, in credits.
    pub distance: BTreeMap<String, u32>,
}

impl Instance {
    /// The instance as a catalog of declared credentials, one for each group.
    ///
    /// # Errors
    /// If a name in it is none.
    pub fn catalog(&self) -> Result<Catalog, Fault> {
        let mut catalog = Catalog::new("allocation", &self.id);
        for item in &self.items {
            catalog.courses.insert(Code::new(&item.id)?, Course::of_credits(whole(item.credits)));
        }
        for group in &self.groups {
            let needs = self.requirements.iter().filter(|r| r.group == *group);
            let completion = Requirement::all(needs.map(leaf).collect::<Result<_, _>>()?);
            catalog
                .credentials
                .insert(CredentialId::new(group)?, Credential::new(group, CredentialKind::Certificate, completion));
        }
        for (n, share) in self.share.iter().enumerate() {
            let side = |id: &str| Ok::<_, Fault>(CredentialSelector::Ids(vec![CredentialId::new(id)?]));
            catalog.sharing.push(SharingPolicy {
                id: PolicyId::new(&format!("share-{n}"))?,
                label: None,
                between: side(&share.a)?,
                and: side(&share.b)?,
                only_while: None,
                exempt: None,
                bound: ShareBound::AtMost(vec![credits(share.max_credits)]),
                source: None,
            });
        }
        catalog.ceilings.push(UseCeiling {
            max: self.max_uses,
            credentials: CredentialSelector::Everything,
            of: None,
            source: None,
        });
        Ok(catalog)
    }

    /// The items as a record that declares the groups in their order.
    ///
    /// # Errors
    /// If a name in it is none.
    pub fn record(&self) -> Result<Record, Fault> {
        let mut record =
            Record::of_courses(self.id.parse()?, self.items.iter().map(|item| (&item.id, whole(item.credits))))?;
        record.declared = self.groups.iter().map(|g| CredentialId::new(g)).collect::<Result<_, _>>()?;
        Ok(record)
    }
}

fn credits(n: u32) -> Fixed {
    Fixed { measure: Measure::Credits, value: whole(n) }
}

fn leaf(need: &Need) -> Result<Requirement, Fault> {
    let (measure, min) = match need.need {
        HowMuch::Credits(n) => (Measure::Credits, n),
        HowMuch::Count(n) => (Measure::Count, n),
    };
    let mut leaf = Requirement::take(measure, whole(min), Selector::of_codes(&need.eligible)?).named(&need.id);
    for cap in &need.caps {
        let bounded = Bounded { amount: Amount::Fixed(credits(cap.max_credits)), of: Selector::of_codes(&cap.items)? };
        leaf.limits.push(Limit { label: None, source: None, rule: LimitRule::AtMost(bounded) });
    }
    Ok(leaf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_become_declared_credentials_with_policies_between_them() {
        let instance: Instance = serde_json::from_str(
            r#"{"id":"x","family":"tiny","items":[{"id":"i0","credits":2}],"groups":["g1","g0"],
                "share":[{"a":"g0","b":"g1","max_credits":6}],"max_uses":2,
                "requirements":[{"id":"r0","group":"g1","weight":1,"need":{"count":1},"eligible":["i0"],
                  "caps":[{"items":["i0"],"max_credits":1}]},
                  {"id":"r1","group":"g0","weight":1,"need":{"credits":2},"eligible":["i0"],"caps":[]}],
                "answer":{"complete":{"g0":true,"g1":false},"distance":{"g0":0,"g1":3}}}"#,
        )
        .unwrap();
        let catalog = instance.catalog().unwrap();
        assert_eq!((catalog.credentials.len(), catalog.sharing.len(), catalog.ceilings[0].max), (2, 1, 2));
        let g1 = &catalog.credentials["g1"].editions[0].completion;
        assert_eq!(g1.children()[0].limits.len(), 1);
        let declared: Vec<_> = instance.record().unwrap().declared.iter().map(ToString::to_string).collect();
        assert_eq!(declared, ["g1", "g0"]);
    }
}
