//! Allocation by itself: problems of numbers, drawn or from the conformance data.

use std::path::Path;

use credstack_tests::adapters::allocation::{HowMuch, Instance, Item, Need, Share};
pub use credstack_tests::adapters::allocation::{Verdict, judge, problem};
use credstack_tests::adapters::{allocation, source};

use crate::Fault;
use crate::dice::Dice;

/// The instances of the conformance data: `declared` has those of our objective, `instances` a
/// weighted choice.
///
/// # Errors
/// If they cannot be read.
pub fn of_data(data: &Path, file: &str) -> Result<Vec<Instance>, Fault> {
    source::json_lines(&data.join("allocation").join(format!("{file}.jsonl.gz")))
}

/// An instance like a student's degree, minor and certificate: 40 courses, three groups that may
/// share six credits, four requirements each, and a cap in every third.
#[must_use]
pub fn drawn(seed: u64) -> Instance {
    let mut dice = Dice::new(seed);
    let (items, groups): (u32, u32) = (40, 3);
    let name = |n: u32| format!("i{n:02}");
    let group = |n: u32| format!("g{n}");
    let requirements = (0..groups * 4).map(|n| {
        let count = dice.between(8, 15) as usize;
        let eligible: Vec<u32> = dice.choose(count, items);
        let need =
            if dice.below(3) == 0 { HowMuch::Count(dice.between(2, 3)) } else { HowMuch::Credits(dice.between(6, 12)) };
        let caps = (n % 3 == 0)
            .then(|| allocation::Cap { items: eligible.iter().take(4).map(|i| name(*i)).collect(), max_credits: 6 });
        Need {
            id: format!("r{n:02}"),
            weight: 1,
            group: group(n / 4),
            need,
            eligible: eligible.into_iter().map(name).collect(),
            caps: caps.into_iter().collect(),
        }
    });
    Instance {
        requirements: requirements.collect(),
        id: format!("drawn-{seed}"),
        family: "drawn".to_owned(),
        items: (0..items).map(|n| Item { id: name(n), credits: dice.between(1, 4) }).collect(),
        groups: (0..groups).map(group).collect(),
        share: [(0, 1), (0, 2), (1, 2)].map(|(a, b)| Share { a: group(a), b: group(b), max_credits: 6 }).into(),
        max_uses: 2,
        answer: None,
        optimum: None,
    }
}

/// An invented worst case: its name, and how it is drawn for a size.
pub type Worst = (&'static str, fn(u32) -> Instance, [u32; 4]);

/// Worst cases, each with sizes at which to try it.
pub const WORST: [Worst; 3] = [
    ("exact partition of so many courses", partition, [16, 32, 64, 128]),
    ("certificates that share 3 credits each", ring, [2, 4, 6, 8]),
    ("one requirement too many for so many", pigeons, [5, 10, 20, 40]),
];

/// One group whose requirements together need every credit there is, and take any course.
fn partition(items: u32) -> Instance {
    let mut dice = Dice::new(u64::from(items));
    let credits: Vec<u32> = (0..items).map(|_| dice.between(1, 5)).collect();
    let total: u32 = credits.iter().sum();
    let bins = items / 4;
    let needs = (0..bins).map(|n| total * (n + 1) / bins - total * n / bins);
    whole("partition", &credits, 1, needs.map(|need| (0, HowMuch::Credits(need))).collect(), 0)
}

/// Groups that draw on the same courses, of which there are half as many as they ask for together.
fn ring(groups: u32) -> Instance {
    let mut dice = Dice::new(u64::from(groups));
    let credits: Vec<u32> = (0..groups * 8).map(|_| dice.between(1, 4)).collect();
    let needs = (0..groups * 3).map(|n| (n / 3, HowMuch::Credits(dice.between(8, 12))));
    let needs = needs.collect();
    whole("ring", &credits, groups, needs, 3)
}

/// One group with a requirement more than there are courses, which all want any of them.
fn pigeons(items: u32) -> Instance {
    let credits = vec![3; items as usize];
    whole("pigeons", &credits, 1, (0..=items).map(|_| (0, HowMuch::Count(1))).collect(), 0)
}

/// An instance in which every requirement takes every item.
fn whole(family: &str, credits: &[u32], groups: u32, needs: Vec<(u32, HowMuch)>, max_credits: u32) -> Instance {
    let group = |n: u32| format!("g{n}");
    let items: Vec<Item> =
        credits.iter().enumerate().map(|(n, credits)| Item { id: format!("i{n:03}"), credits: *credits }).collect();
    let eligible: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
    let pairs = (0..groups).flat_map(|a| (a + 1..groups).map(move |b| (a, b)));
    Instance {
        id: format!("{family}-{}", credits.len()),
        family: family.to_owned(),
        groups: (0..groups).map(group).collect(),
        share: pairs.map(|(a, b)| Share { a: group(a), b: group(b), max_credits }).collect(),
        max_uses: 2,
        requirements: needs
            .into_iter()
            .enumerate()
            .map(|(n, (of, need))| Need {
                id: format!("r{n:03}"),
                group: group(of),
                weight: 1,
                need,
                eligible: eligible.clone(),
                caps: Vec::new(),
            })
            .collect(),
        items,
        answer: None,
        optimum: None,
    }
}
