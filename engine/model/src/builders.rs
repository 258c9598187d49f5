//! Short ways to build catalogs, requirements and records in code.
//!
//! Rules are mostly written in the rule language and compiled from there. Whoever has them in another form
//! (an adapter from a student system, a generator, a test) builds the same values with these functions. They
//! check nothing: `compile` does, and tells all faults at once.
//!
//! ```
//! use credstack_model::{Attainment, Catalog, Course, Credential, CredentialKind, Record, Requirement, Selector};
//!
//! let completion = Requirement::all(vec![
//!     Requirement::credits(6, Selector::of_codes(["CSCA 5414", "CSCA 5424", "CSCA 5454"])?).named("Breadth"),
//!     Requirement::one_of(Selector::of_codes(["CSCA 5622", "CSCA 5632"])?),
//! ]);
//! let catalog = Catalog::new("sample", "A sample")
//!     .with_courses(["CSCA 5414", "CSCA 5424", "CSCA 5454", "CSCA 5622", "CSCA 5632"], 3)?
//!     .with_credential("ai".parse()?, Credential::new("AI", CredentialKind::Certificate, completion));
//! let record = Record::new("L001".parse()?)
//!     .declaring("ai".parse()?)
//!     .with_attainment(Attainment::new("a1".parse()?, "CSCA 5414".parse()?).graded("A".parse()?));
//! assert_eq!((catalog.courses.len(), record.attainments.len()), (5, 1));
//! # Ok::<(), credstack_model::id::NameError>(())
//! ```

use super::catalog::{Catalog, Course, Credential, Value};
use super::date::Date;
use super::decimal::Decimal;
use super::id::{
    AttainmentId, AttributeName, Code, CredentialId, GradeSymbol, LearnerId, NameError, OfficeId, PolicyId,
};
use super::record::{Attainment, AttainmentStatus, Completed, Conferred, Record};
use super::requirement::{
    Approved, AtLeast, Fixed, Gpa, GpaOver, Limit, LimitRule, Measure, Requirement, Rule, Seen, Take,
};
use super::selector::{AttributeTest, Selector, Test};
use super::sharing::{CredentialSelector, ShareBound, SharingPolicy, StackEdge};

impl From<u32> for Decimal {
    fn from(n: u32) -> Self {
        Self::whole(i64::from(n))
    }
}

impl Fixed {
    /// Create an amount of attainments, credits or hours.
    #[must_use]
    pub fn new(measure: Measure, value: impl Into<Decimal>) -> Self {
        Self { measure, value: value.into() }
    }

    /// Create an amount of credits.
    #[must_use]
    pub fn credits(value: impl Into<Decimal>) -> Self {
        Self::new(Measure::Credits, value)
    }
}

impl Selector {
    /// Create a selector of the attainments of some codes.
    ///
    /// # Errors
    /// If one of the texts is no code.
    pub fn of_codes<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Result<Self, NameError> {
        texts.into_iter().map(|text| Code::new(text.as_ref())).collect::<Result<_, _>>().map(Self::Codes)
    }
}

impl Requirement {
    /// Create a requirement that all of these are met.
    #[must_use]
    pub const fn all(of: Vec<Self>) -> Self {
        Self::new(Rule::All(of))
    }

    /// Create a requirement that one of these is met.
    #[must_use]
    pub const fn any(of: Vec<Self>) -> Self {
        Self::new(Rule::Any(of))
    }

    /// Create a requirement that enough of these are met: so many of them, or so many credits or hours
    /// inside those that are.
    #[must_use]
    pub fn at_least(measure: Measure, min: impl Into<Decimal>, of: Vec<Self>) -> Self {
        Self::new(Rule::AtLeast(AtLeast { measure, min: min.into(), of }))
    }

    /// Create a requirement that takes at least so much from a pool.
    #[must_use]
    pub fn take(measure: Measure, min: impl Into<Decimal>, pool: Selector) -> Self {
        Self::new(Rule::Take(Take { measure, min: min.into(), max: None, pool, share: None }))
    }

    /// Create a requirement that takes at least so much from a pool, and at most so much.
    #[must_use]
    pub fn take_between(measure: Measure, min: impl Into<Decimal>, max: impl Into<Decimal>, pool: Selector) -> Self {
        Self::new(Rule::Take(Take { measure, min: min.into(), max: Some(max.into()), pool, share: None }))
    }

    /// Create a requirement that takes at least so many credits from a pool.
    #[must_use]
    pub fn credits(min: impl Into<Decimal>, pool: Selector) -> Self {
        Self::take(Measure::Credits, min, pool)
    }

    /// Create a requirement that takes exactly one attainment of a pool.
    #[must_use]
    pub fn one_of(pool: Selector) -> Self {
        Self::take_between(Measure::Count, Decimal::ONE, Decimal::ONE, pool)
    }

    /// Create a requirement that looks whether a pool has enough and takes nothing from it.
    #[must_use]
    pub fn seen(measure: Measure, min: impl Into<Decimal>, pool: Selector) -> Self {
        Self::new(Rule::Seen(Seen { measure, min: min.into(), pool }))
    }

    /// Create a requirement that a credential is held.
    #[must_use]
    pub const fn earned(credential: CredentialId) -> Self {
        Self::new(Rule::Earned(credential))
    }

    /// Create a requirement that an attribute of the learner passes a test.
    #[must_use]
    pub const fn attribute(name: AttributeName, test: Test) -> Self {
        Self::new(Rule::Attribute(AttributeTest { name, test }))
    }

    /// Create a requirement of a least grade point average.
    #[must_use]
    pub fn gpa(min: impl Into<Decimal>, over: GpaOver) -> Self {
        Self::new(Rule::Gpa(Gpa { min: min.into(), over }))
    }

    /// Create a requirement that an office has approved something.
    #[must_use]
    pub fn approved(office: OfficeId, subject: &str) -> Self {
        Self::new(Rule::Approved(Approved { office, subject: subject.to_owned() }))
    }

    /// Create a requirement that this one is not met. Only requirements that look at facts or at credentials
    /// held can be negated.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::new(Rule::Not(Box::new(self)))
    }

    /// Add a limit on what is allocated inside.
    #[must_use]
    pub fn with_limit(mut self, rule: LimitRule) -> Self {
        self.limits.push(Limit { label: None, source: None, rule });
        self
    }
}

impl Course {
    /// Name the course.
    #[must_use]
    pub fn titled(mut self, title: &str) -> Self {
        self.title = Some(title.to_owned());
        self
    }
}

impl Credential {
    /// Ask for something before a learner may start, in every edition.
    #[must_use]
    pub fn with_admission(mut self, admission: &Requirement) -> Self {
        self.editions.iter_mut().for_each(|edition| edition.admission = Some(admission.clone()));
        self
    }

    /// Ask for something more at the award, in every edition.
    #[must_use]
    pub fn with_conferral(mut self, conferral: &Requirement) -> Self {
        self.editions.iter_mut().for_each(|edition| edition.conferral = Some(conferral.clone()));
        self
    }
}

impl Catalog {
    /// Add a course, or replace the one of the same code.
    #[must_use]
    pub fn with_course(mut self, code: Code, course: Course) -> Self {
        self.courses.insert(code, course);
        self
    }

    /// Add courses that are worth the same number of credits.
    ///
    /// # Errors
    /// If one of the texts is no code.
    pub fn with_courses<S: AsRef<str>>(
        mut self,
        codes: impl IntoIterator<Item = S>,
        credits: impl Into<Decimal>,
    ) -> Result<Self, NameError> {
        let credits = credits.into();
        for code in codes {
            self.courses.insert(Code::new(code.as_ref())?, Course::of_credits(credits));
        }
        Ok(self)
    }

    /// Add a credential, or replace the one of the same id.
    #[must_use]
    pub fn with_credential(mut self, id: CredentialId, credential: Credential) -> Self {
        self.credentials.insert(id, credential);
        self
    }

    /// Add a way in which one credential counts toward another.
    #[must_use]
    pub fn with_stack(mut self, edge: StackEdge) -> Self {
        self.stacks.push(edge);
        self
    }

    /// Add a bound on what credentials may count in common.
    #[must_use]
    pub fn with_sharing(mut self, policy: SharingPolicy) -> Self {
        self.sharing.push(policy);
        self
    }
}

impl StackEdge {
    /// Create an edge that carries everything.
    #[must_use]
    pub const fn new(from: CredentialId, into: CredentialId) -> Self {
        Self { from, into, carries: None, only: None, single_source: false, single_destination: false, source: None }
    }

    /// Carry at most so much.
    #[must_use]
    pub fn carrying(mut self, most: Fixed) -> Self {
        self.carries = Some(most);
        self
    }
}

impl SharingPolicy {
    /// Create a policy that always applies and exempts nothing.
    #[must_use]
    pub const fn new(id: PolicyId, between: CredentialSelector, and: CredentialSelector, bound: ShareBound) -> Self {
        Self { id, label: None, between, and, only_while: None, exempt: None, bound, source: None }
    }
}

impl Attainment {
    /// State its credits, where they are not the catalog's.
    #[must_use]
    pub fn worth(mut self, credits: impl Into<Decimal>) -> Self {
        self.credits = Some(credits.into());
        self
    }

    /// State its grade.
    #[must_use]
    pub fn graded(mut self, grade: GradeSymbol) -> Self {
        self.grade = Some(grade);
        self
    }

    /// State the day on which it was, or will be, completed.
    #[must_use]
    pub fn completed(mut self, on: Date) -> Self {
        self.completed_on = Some(Completed::On(on));
        self
    }

    /// State how far it is.
    #[must_use]
    pub const fn with_status(mut self, status: AttainmentStatus) -> Self {
        self.status = status;
        self
    }
}

impl Conferred {
    /// Create an award of which nothing is known but its day.
    #[must_use]
    pub const fn new(credential: CredentialId, on: Date) -> Self {
        Self { credential, on, expires_on: None, consumed: Vec::new() }
    }
}

impl Record {
    /// Create a record of completed courses, each worth the credits beside it. Their ids are `a000`, `a001` and
    /// so on.
    ///
    /// # Errors
    /// If one of the texts is no code.
    pub fn of_courses<S: AsRef<str>>(
        learner: LearnerId,
        taken: impl IntoIterator<Item = (S, Decimal)>,
    ) -> Result<Self, NameError> {
        let mut record = Self::new(learner);
        for (n, (code, credits)) in taken.into_iter().enumerate() {
            let id = AttainmentId::new(&format!("a{n:03}"))?;
            record.attainments.push(Attainment::new(id, Code::new(code.as_ref())?).worth(credits));
        }
        Ok(record)
    }

    /// Add an attainment.
    #[must_use]
    pub fn with_attainment(mut self, attainment: Attainment) -> Self {
        self.attainments.push(attainment);
        self
    }

    /// Add a credential that the learner pursues, less important than those added before it.
    #[must_use]
    pub fn declaring(mut self, credential: CredentialId) -> Self {
        self.declared.push(credential);
        self
    }

    /// Add a credential that has been awarded.
    #[must_use]
    pub fn holding(mut self, award: Conferred) -> Self {
        self.conferred.push(award);
        self
    }

    /// State an attribute of the learner.
    #[must_use]
    pub fn with_attribute(mut self, name: AttributeName, value: Value) -> Self {
        self.attributes.insert(name, value);
        self
    }
}
