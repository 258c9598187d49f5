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
