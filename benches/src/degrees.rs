//! Degrees: learners who declare a degree, a certificate that stacks into it and a minor, each a
//! tree of about 40 nodes over courses that all three want.

use credstack_engine::model::{
    Amount, Attainment, AttainmentId, Bounded, Catalog, Code, Completed, Course, CredentialId, CredentialKind,
    CredentialSelector, Decimal, Fixed, Gpa, GpaOver, GradeSymbol, LearnerId, Limit, LimitRule, Measure, NumberRange,
    PolicyId, Requirement, Rule, Selector, ShareBound, SharingPolicy, StackEdge,
};
use credstack_engine::{Bundle, Date, Determination, Options, Record, determine};
use credstack_tests::adapters::build::whole;

use crate::dice::Dice;
use crate::{Fault, compiled};

/// Learners and the catalog that they study by.
#[derive(Debug)]
pub struct Degrees {
    /// The catalog.
    pub bundle: Bundle,
    /// The date of the question.
    pub as_of: Date,
    /// The learners, from beginners to those who have finished.
    pub records: Vec<Record>,
}

const SUBJECTS: [&str; 6] = ["CSCI", "DTSA", "MATH", "PHIL", "INFO", "ECEN"];
const COURSES: u32 = 30;

impl Degrees {
    /// So many learners, drawn.
    ///
    /// # Errors
    /// If the draw is not a sound catalog.
    pub fn drawn(learners: u32) -> Result<Self, Fault> {
        let mut dice = Dice::new(3);
        let as_of = Date::new(2026, 6, 30).ok_or("no such day")?;
        let records = (0..learners).map(|n| record(&mut dice, n)).collect::<Result<_, Fault>>()?;
        Ok(Self { bundle: compiled(catalog(1)?)?, as_of, records })
    }

    /// Asks about the three declared credentials of one learner.
    ///
    /// # Errors
    /// If the engine refuses the record.
    pub fn ask(&self, learner: usize) -> Result<Determination, Fault> {
        Ok(determine(&self.bundle, &self.records[learner], self.as_of, &Options::default())?)
    }
}

/// So many degrees, each with a certificate and a minor.
///
/// # Errors
/// If a name in it is none.
pub fn catalog(degrees: u32) -> Result<Catalog, Fault> {
    let mut dice = Dice::new(2);
    let mut catalog = Catalog::new("degrees", "Degrees");
    for subject in SUBJECTS {
        for number in 0..COURSES {
            catalog.courses.insert(Code::new(&code(subject, number))?, Course::of_credits(whole(3)));
        }
    }
    for n in 0..degrees {
        let [degree, certificate, minor] = names(n)?;
        for (id, kind) in [
            (&degree, CredentialKind::Degree),
            (&certificate, CredentialKind::Certificate),
            (&minor, CredentialKind::Program),
        ] {
            let credential = credstack_engine::model::Credential::new(id.as_str(), kind, completion(&mut dice)?);
            catalog.credentials.insert(id.clone(), credential);
        }
        catalog.stacks.push(StackEdge {
            from: certificate,
            into: degree.clone(),
            carries: Some(credits(12)),
            only: None,
            single_source: false,
            single_destination: false,
            source: None,
        });
        catalog.sharing.push(SharingPolicy {
            id: PolicyId::new(&format!("minor-{n}"))?,
            label: None,
            between: CredentialSelector::Ids(vec![degree]),
            and: CredentialSelector::Ids(vec![minor]),
            only_while: None,
            exempt: None,
            bound: ShareBound::AtMost(vec![credits(6)]),
            source: None,
        });
    }
    Ok(catalog)
}

fn names(n: u32) -> Result<[CredentialId; 3], Fault> {
    let id = |kind: &str| CredentialId::new(&format!("{kind}-{n}"));
    Ok([id("degree")?, id("certificate")?, id("minor")?])
}

fn code(subject: &str, number: u32) -> String {
    format!("{subject} {}", 4_000 + number * 50)
}

const fn credits(n: i64) -> Fixed {
    Fixed { measure: Measure::Credits, value: Decimal::whole(n) }
}

fn some_codes(dice: &mut Dice, n: usize) -> Vec<String> {
    let of_all = dice.choose(n, COURSES * 6);
    of_all.into_iter().map(|n| code(SUBJECTS[(n / COURSES) as usize], n % COURSES)).collect()
}

/// Six areas, each two out of five choices, electives with a limit, and an average: 39 nodes.
fn completion(dice: &mut Dice) -> Result<Requirement, Fault> {
    let mut parts = Vec::new();
    for area in 0..6 {
        let choices = (0..5)
            .map(|_| Ok(Requirement::one_of(Selector::of_codes(some_codes(dice, 12))?)))
            .collect::<Result<_, Fault>>()?;
        parts.push(Requirement::at_least(Measure::Count, whole(2), choices).named(&format!("Area {area}")));
    }
    let mut electives = Requirement::take(Measure::Credits, whole(9), range(4_500, 5_999)).named("Electives");
    let bounded = Bounded { amount: Amount::Fixed(credits(3)), of: range(5_400, 5_499) };
    electives.limits.push(Limit { label: None, source: None, rule: LimitRule::AtMost(bounded) });
    parts.push(electives);
    parts.push(Requirement::new(Rule::Gpa(Gpa {
        min: Decimal::from_thousandths(2_500),
        over: GpaOver::Applied(Selector::Everything),
    })));
    Ok(Requirement::all(parts))
}

/// Course numbers of three subjects.
fn range(from: u32, to: u32) -> Selector {
    let of = |subject: &str| Selector::Range(NumberRange { subject: subject.to_owned(), from, to });
    of("CSCI").or(of("INFO")).or(of("DTSA"))
}

fn record(dice: &mut Dice, n: u32) -> Result<Record, Fault> {
    let mut record = Record::new(LearnerId::new(&format!("L{n:03}"))?);
    record.declared = names(0)?.into();
    let courses = 12 + (n * 7 % 29) as usize;
    for (ix, code) in some_codes(dice, courses).into_iter().enumerate() {
        let mut course = Attainment::new(AttainmentId::new(&format!("a{ix:02}"))?, Code::new(&code)?);
        course.credits = Some(whole(3));
        course.grade = Some(GradeSymbol::new(["A", "A-", "B+", "B", "C+"][dice.below(5) as usize])?);
        let (year, month) = (2_020 + i16::try_from(ix / 8)?, 1 + u8::try_from(dice.below(12))?);
        course.completed_on = Date::new(year, month, 15).map(Completed::On);
        record.attainments.push(course);
    }
    Ok(record)
}
