//! Prints what the engine takes for each kind of work, as a table.
//!
//! `cargo run --release -p credstack-benches` measures drawn workloads, and those of the folder
//! that `CREDSTACK_DATA` names where there is one. Every line is measured on one thread.

use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use credstack_benches::allocation::{self, Verdict};
use credstack_benches::areas::{self, Area};
use credstack_benches::degrees::{Degrees, catalog};
use credstack_benches::screening::Screening;
use credstack_benches::times::{Clock, Times};
use credstack_benches::{Fault, compiled};
use credstack_engine::allocate::allocate;
use credstack_engine::{Bundle, Limits, Options, Record, Screen, Status};
use credstack_tests::adapters::allocation::Instance;
use credstack_tests::adapters::source;

/// A screening is measured for so long.
const SCREENING_TIME: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot measure: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let data = source::folder();
    compiling()?;

    println!("\nScreening: every learner, every credential, each answered in full with tree and witness");
    println!("{:<22}{:>9}{:>13}{:>19}  answers", "", "learners", "credentials", "evaluations per s");
    screening("drawn", &Screening::drawn(2_000)?)?;
    if let Some(data) = &data {
        screening("screening data", &Screening::of_data(data)?)?;
    }

    println!("\nScreening: every learner, every credential, statuses alone, in evaluations per s");
    println!(
        "{:<22}{:>9}{:>13}{:>13}{:>13}{:>13}{:>12}  answers",
        "", "learners", "credentials", "taken apart", "record in", "JSON in", "in full"
    );
    statuses("drawn", &Screening::drawn(2_000)?)?;
    if let Some(data) = &data {
        statuses("screening data", &Screening::of_data(data)?)?;
    }

    println!("\nDetermination: 3 declared credentials of 39 nodes each, solved together");
    println!("{}", heading("learners"));
    determination(&Degrees::drawn(50)?)?;
    if let Some(data) = &data {
        areas(&areas::of_data(data)?)?;
    }

    println!("\nAllocation alone, budget {} steps", Options::default().steps);
    println!("{}  answers", heading("problems"));
    let drawn: Vec<Instance> = (0..100).map(allocation::drawn).collect();
    allocations("drawn", &drawn);
    if let Some(data) = &data {
        let instances = allocation::of_data(data, "declared")?;
        let mut families: Vec<&str> = instances.iter().map(|i| i.family.as_str()).collect();
        families.dedup();
        for family in &families {
            allocations(family, instances.iter().filter(|i| i.family == *family));
        }
        allocations("all of the data", &instances);
    } else {
        println!("{}: set {} to its folder", source::ABSENT, source::VARIABLE);
    }
    worst_cases();
    Ok(())
}

/// How the allocator fares where it fares worst, as problems grow.
fn worst_cases() {
    println!("\nWorst cases: what happens to time as they grow");
    println!("{:<42}{:>6}{:>13}{:>9}  answer", "", "size", "time", "steps");
    for (name, drawn, sizes) in allocation::WORST {
        for size in sizes {
            let problem = allocation::problem(&drawn(size));
            let mut times = Times::default();
            let found = times.of(|| allocate(&problem, Options::default().steps));
            let proved = found.level_proved.iter().chain(&found.distance_proved).all(|proved| *proved);
            let answer = if proved { "proved" } else { "undetermined" };
            let time = format!("{} us", times.percentile(50).as_micros());
            println!("{name:<42}{size:>6}{time:>13}{:>9}  {answer}", found.steps);
        }
    }
}

fn heading(what: &str) -> String {
    format!("{:<22}{what:>9}{:>13}{:>13}{:>13}", "", "median", "99 %", "longest")
}

fn row(name: &str, times: &Times) -> String {
    let [median, most, longest] = [50, 99, 100].map(|p| format!("{} us", times.percentile(p).as_micros()));
    format!("{name:<22}{:>9}{median:>13}{most:>13}{longest:>13}", times.count())
}

fn compiling() -> Result<(), Fault> {
    println!("Compilation: degrees, certificates and minors of 39 nodes each");
    println!("{}", heading("runs"));
    for degrees in [2, 167] {
        let catalog = catalog(degrees)?;
        let mut times = Times::default();
        let mut bundle = None;
        for _ in 0..5 {
            let catalog = catalog.clone();
            bundle = Some(times.of(|| compiled(catalog))?);
        }
        println!("{}", row(&format!("{} credentials", degrees * 3), &times));
        let mut times = Times::default();
        for bundle in std::iter::repeat_n(&bundle, 5).flatten() {
            times.of(|| Bundle::from_bytes(bundle.bytes(), &Limits::default()))?;
        }
        println!("{}", row("  their bundle, opened", &times));
    }
    Ok(())
}

fn screening(name: &str, screening: &Screening) -> Result<(), Fault> {
    let clock = Clock::start();
    let (mut asked, mut wrong) = (0_usize, 0_usize);
    let mut answers = Vec::new();
    while asked < screening.records.len() && clock.elapsed() < SCREENING_TIME {
        answers.push(screening.ask(asked)?);
        asked += 1;
    }
    let took = clock.elapsed();
    for (learner, answer) in answers.iter().enumerate() {
        wrong += screening.wrong(learner, answer);
    }
    let evaluations = (asked * screening.credentials()) as u128;
    let answers = match &screening.truth {
        Some(_) => format!("{} right, {wrong} wrong", evaluations - wrong as u128),
        None => String::new(),
    };
    let clock = if clock.counts_computing() { "" } else { " (by the clock on the wall)" };
    println!(
        "{name:<22}{asked:>9}{:>13}{:>19}  {answers}{clock}",
        screening.credentials(),
        evaluations * 1_000_000_000 / took.as_nanos().max(1),
    );
    Ok(())
}

/// Statuses of every learner: from records taken apart for the screen, from records, and from JSON.
fn statuses(name: &str, screening: &Screening) -> Result<(), Fault> {
    let options = Options::default();
    let screen = Screen::new(&screening.bundle, screening.as_of, &options);
    let json: Vec<Vec<u8>> = screening.records.iter().map(serde_json::to_vec).collect::<Result<_, _>>()?;
    let evaluations = (screening.records.len() * screening.credentials()) as u128;
    let rate = |clock: &Clock| evaluations * 1_000_000_000 / clock.elapsed().as_nanos().max(1);

    let mut learners = screening.records.iter().map(|record| screen.read(record)).collect::<Result<Vec<_>, _>>()?;
    let clock = Clock::start();
    let answers: Vec<_> = learners.iter_mut().map(|learner| learner.answer()).collect();
    let taken_apart = rate(&clock);
    let in_full: usize = learners.iter().map(|learner| learner.determined()).sum();

    let clock = Clock::start();
    for record in &screening.records {
        black_box(screen.read(record)?.answer());
    }
    let parsed = rate(&clock);
    let clock = Clock::start();
    for json in &json {
        let record = Record::from_json(json, &Limits::default())?;
        black_box(screen.read(&record)?.answer());
    }
    let from_json = rate(&clock);

    let wrong: usize = answers.iter().enumerate().map(|(n, answer)| screening.wrong_statuses(n, answer)).sum();
    let truth = match &screening.truth {
        Some(_) => format!("{} right, {wrong} wrong", evaluations - wrong as u128),
        None => String::new(),
    };
    println!(
        "{name:<22}{:>9}{:>13}{taken_apart:>13}{parsed:>13}{from_json:>13}{in_full:>12}  {truth}",
        screening.records.len(),
        screening.credentials(),
    );
    Ok(())
}

fn determination(degrees: &Degrees) -> Result<(), Fault> {
    let mut times = Times::default();
    let mut complete = 0;
    for learner in 0..degrees.records.len() {
        let answer = times.of(|| degrees.ask(learner))?;
        complete += answer.targets.iter().filter(|t| t.status == Status::Complete).count();
    }
    println!("{}  {complete} complete", row("drawn", &times));
    Ok(())
}

/// Every area by itself: no credential beside it.
fn areas(areas: &[Area]) -> Result<(), Fault> {
    let mut times = Times::default();
    let mut complete = 0;
    for area in areas {
        for learner in 0..area.records.len() {
            let answer = times.of(|| area.ask(learner))?;
            complete += answer.targets.iter().filter(|t| t.status == Status::Complete).count();
        }
    }
    println!("{}  {complete} complete", row(&format!("{} areas, 30 courses", areas.len()), &times));
    Ok(())
}

fn allocations<'i>(name: &str, instances: impl IntoIterator<Item = &'i Instance>) {
    let mut times = Times::default();
    let (mut right, mut wrong, mut undecided) = (0, 0, 0);
    for instance in instances {
        let problem = allocation::problem(instance);
        let found = times.of(|| allocate(&problem, Options::default().steps));
        match allocation::judge(instance, &problem, &found) {
            Verdict::Right => right += 1,
            Verdict::Wrong => wrong += 1,
            Verdict::Unproved | Verdict::Undecided => undecided += 1,
        }
    }
    let answers = format!("{right} right, {wrong} wrong, {undecided} undecided");
    println!("{}  {answers}", row(name, &times));
}
