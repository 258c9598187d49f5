//! Times the allocator alone on the conformance data, instance by instance.
//!
//! `cargo run --release -p credstack-benches --bin allocation -- FILE [FAMILY] [--each]` reads
//! `FILE.jsonl.gz` (`declared` or `instances`) in the folder `allocation` of the data that
//! `CREDSTACK_DATA` names. Each instance is solved five times; its time is the median. With `--each`
//! a line of JSON for each instance goes before the table: `id`, `family`, `verdict`, `us`, `steps`.

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;

use credstack_benches::allocation::{Verdict, judge, of_data, problem};
use credstack_benches::times::Times;
use credstack_engine::Options;
use credstack_engine::allocate::allocate;
use credstack_tests::adapters::source;

/// Runs of each instance.
const RUNS: usize = 5;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot measure: {error}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Family {
    times: Vec<u128>,
    steps: Vec<u64>,
    verdicts: [usize; 4],
    ties: usize,
}

fn run() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let each = words.iter().any(|word| word == "--each");
    let mut words = words.iter().filter(|word| !word.starts_with("--"));
    let file = words.next().ok_or("name a file: declared or instances")?;
    let only = words.next();
    let data = source::folder().ok_or_else(|| format!("{}: set {}", source::ABSENT, source::VARIABLE))?;
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    for instance in of_data(&data, file)?.iter().filter(|i| only.is_none_or(|family| i.family == *family)) {
        let problem = problem(instance);
        let mut times = Times::default();
        let mut found = times.of(|| allocate(&problem, Options::default().steps));
        for _ in 1..RUNS {
            found = times.of(|| allocate(&problem, Options::default().steps));
        }
        let verdict = judge(instance, &problem, &found);
        let us = times.percentile(50).as_micros();
        if each {
            let (id, family) = (&instance.id, &instance.family);
            println!(
                "{{\"id\": \"{id}\", \"family\": \"{family}\", \"verdict\": \"{verdict:?}\", \"us\": {us}, \"steps\": {}}}",
                found.steps
            );
        }
        for name in [instance.family.as_str(), "all"] {
            let family = families.entry(name.to_owned()).or_default();
            family.times.push(us);
            family.steps.push(found.steps);
            family.verdicts[verdict as usize] += 1;
            family.ties += usize::from(found.tie_proved);
        }
    }
    println!(
        "{:<20}{:>6}{:>7}{:>10}{:>11}{:>6}{:>11}{:>11}{:>11}{:>11}{:>12}",
        "", "right", "wrong", "unproved", "undecided", "ties", "median us", "p95 us", "p99 us", "max us", "steps p99"
    );
    for (name, mut family) in families {
        family.times.sort_unstable();
        family.steps.sort_unstable();
        let at = |p: usize| (family.times.len() - 1) * p / 100;
        let [right, wrong, unproved, undecided] =
            [Verdict::Right, Verdict::Wrong, Verdict::Unproved, Verdict::Undecided]
                .map(|v| family.verdicts[v as usize]);
        let [median, p95, p99, max] = [50, 95, 99, 100].map(|p| family.times[at(p)]);
        println!(
            "{name:<20}{right:>6}{wrong:>7}{unproved:>10}{undecided:>11}{:>6}{median:>11}{p95:>11}{p99:>11}{max:>11}{:>12}",
            family.ties,
            family.steps[at(99)]
        );
    }
    Ok(())
}
