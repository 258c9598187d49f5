//! Screening: many learners, each asked about every one of 50 credentials. Nothing is exclusive,
//! every condition looks at the whole record.

use std::path::Path;

use credstack_engine::model::Decimal;
use credstack_engine::screen::Screened;
use credstack_engine::{Bundle, Date, Determination, Options, Record, Status, Targets, determine};
use credstack_tests::adapters::screening::{Condition, Item, Learner, NamedRule, Workload};
use credstack_tests::adapters::source;

use crate::dice::Dice;
use crate::{Fault, compiled};

/// A screening ready to run.
#[derive(Debug)]
pub struct Screening {
    /// The credentials.
    pub bundle: Bundle,
    /// The date of the question.
    pub as_of: Date,
    /// The learners.
    pub records: Vec<Record>,
    /// Which credentials each learner has, in the order of the rules, where that is known.
    pub truth: Option<Vec<Vec<bool>>>,
    rules: Vec<String>,
}

const BADGES: u32 = 100;
const RULES: u32 = 50;
const TODAY: i32 = 20_779;

impl Screening {
    /// So many learners, drawn, and 50 credentials of about eight conditions each.
    ///
    /// # Errors
    /// If the draw is not a sound catalog.
    pub fn drawn(learners: u32) -> Result<Self, Fault> {
        let mut dice = Dice::new(1);
        let workload = Workload {
            today: TODAY,
            badges: (0..BADGES).map(badge).collect(),
            rules: (0..RULES).map(|n| NamedRule { id: format!("c{n:02}"), rule: rule(&mut dice) }).collect(),
        };
        let learners: Vec<Learner> = (0..learners).map(|n| learner(&mut dice, n)).collect();
        Self::new(&workload, &learners, None)
    }

    /// The workload of the conformance data.
    ///
    /// # Errors
    /// If a file of it cannot be read.
    pub fn of_data(data: &Path) -> Result<Self, Fault> {
        let folder = data.join("screening");
        let workload: Workload = serde_json::from_str(&source::text(&folder.join("rules.json"))?)?;
        let learners: Vec<Learner> = source::json_lines(&folder.join("learners.jsonl.gz"))?;
        let truth = source::text(&folder.join("truth.txt.gz"))?;
        let truth = truth.lines().map(|line| line.bytes().map(|b| b == b'1').collect()).collect();
        Self::new(&workload, &learners, Some(truth))
    }

    fn new(workload: &Workload, learners: &[Learner], truth: Option<Vec<Vec<bool>>>) -> Result<Self, Fault> {
        Ok(Self {
            bundle: compiled(workload.catalog()?)?,
            as_of: workload.as_of()?,
            records: learners.iter().map(Learner::record).collect::<Result<_, _>>()?,
            truth,
            rules: workload.rules.iter().map(|rule| rule.id.clone()).collect(),
        })
    }

    /// How many credentials there are.
    #[must_use]
    pub const fn credentials(&self) -> usize {
        self.rules.len()
    }

    /// Asks about every credential of one learner.
    ///
    /// # Errors
    /// If the engine refuses the record.
    pub fn ask(&self, learner: usize) -> Result<Determination, Fault> {
        let options = Options { targets: Targets::All, ..Options::default() };
        Ok(determine(&self.bundle, &self.records[learner], self.as_of, &options)?)
    }

    /// How many of a learner's answers differ from the truth.
    #[must_use]
    pub fn wrong(&self, learner: usize, answer: &Determination) -> usize {
        let Some(truth) = self.truth.as_ref().and_then(|truth| truth.get(learner)) else { return 0 };
        let complete =
            |id: &str| answer.targets.iter().any(|t| t.credential.as_str() == id && t.status == Status::Complete);
        self.rules.iter().zip(truth).filter(|(id, truth)| complete(id) != **truth).count()
    }
}

impl Screening {
    /// How many of a learner's statuses differ from the truth.
    #[must_use]
    pub fn wrong_statuses(&self, learner: usize, answers: &[Screened]) -> usize {
        let Some(truth) = self.truth.as_ref().and_then(|truth| truth.get(learner)) else { return 0 };
        let complete = |rule: &String| {
            let place = self.bundle.catalog().credentials.keys().position(|id| id.as_str() == rule);
            place.and_then(|n| answers.get(n)).is_some_and(|answer| answer.status == Status::Complete)
        };
        self.rules.iter().zip(truth).filter(|(rule, truth)| complete(rule) != **truth).count()
    }
}

fn badge(n: u32) -> String {
    format!("B{n:03}")
}

fn badges(dice: &mut Dice, n: usize) -> Vec<String> {
    dice.choose(n, BADGES).into_iter().map(badge).collect()
}

/// Four parts, of which each offers a choice of two conditions.
fn rule(dice: &mut Dice) -> Condition {
    Condition::All { of: (0..4).map(|_| Condition::Any { of: vec![condition(dice), condition(dice)] }).collect() }
}

const PLACES: [&str; 8] = ["VA", "MD", "DC", "PA", "NY", "NC", "CA", "INTL"];
const PROGRAMS: [&str; 6] = ["BSCS", "BSIT", "BBA", "BSN", "CERT-DA", "MSDS"];
const STANDINGS: [&str; 5] = ["FR", "SO", "JR", "SR", "GR"];

fn condition(dice: &mut Dice) -> Condition {
    let one_badge = |dice: &mut Dice| badge(dice.below(BADGES));
    match dice.below(10) {
        0 => Condition::Gpa { min: [2, 3][dice.below(2) as usize].into() },
        1 => {
            let (name, values): (_, &[&str]) =
                [("residency", &PLACES[..]), ("program", &PROGRAMS), ("level", &STANDINGS)][dice.below(3) as usize];
            let count = u32::try_from(values.len()).unwrap_or(0);
            let chosen = dice.choose(3, count).into_iter().map(|n| values[n as usize].to_owned());
            Condition::Attr { name: name.to_owned(), r#in: chosen.collect() }
        }
        2..5 => Condition::Has { badge: one_badge(dice), min: dice.between(2, 3) },
        5 | 6 => Condition::Recent { badge: one_badge(dice), days: [1_096, 1_826][dice.below(2) as usize] },
        7 | 8 => Condition::AtLeast { n: 2, set: badges(dice, 8) },
        _ => Condition::Credits { min: [9, 12][dice.below(2) as usize], set: badges(dice, 15) },
    }
}

fn learner(dice: &mut Dice, n: u32) -> Learner {
    let count = dice.between(20, 30) as usize;
    let items = dice.choose(count, BADGES);
    Learner {
        id: format!("L{n:05}"),
        gpa: Decimal::from_thousandths(i64::from(dice.between(180, 400)) * 10),
        residency: PLACES[dice.below(8) as usize].to_owned(),
        program: PROGRAMS[dice.below(6) as usize].to_owned(),
        level: STANDINGS[dice.below(5) as usize].to_owned(),
        items: items
            .into_iter()
            .map(|n| Item {
                badge: badge(n),
                grade: dice.between(1, 4),
                credits: dice.between(1, 4),
                earned: TODAY - i32::try_from(dice.below(2_200)).unwrap_or(0),
            })
            .collect(),
    }
}
