//! Criterion groups, each with a small workload and a large one, so that a cost that depends on
//! size by accident shows.
//!
//! | group | what is measured |
//! | --- | --- |
//! | `compile` | a catalog checked and written as a bundle; the bundle opened again |
//! | `screen` | one learner asked about 50 credentials that take nothing |
//! | `determine` | three declared credentials of 39 nodes, beginners and finishers |
//! | `allocate` | the allocator alone, easy and contested |
//!
//! `cargo bench -p credstack-benches -- screen` runs one group.

use std::hint::black_box;

use credstack_benches::degrees::{Degrees, catalog};
use credstack_benches::screening::Screening;
use credstack_benches::{Fault, allocation, compiled};
use credstack_engine::allocate::allocate;
use credstack_engine::{Bundle, Limits, Options};
use criterion::{BatchSize, Criterion};

fn main() -> Result<(), Fault> {
    let mut criterion = Criterion::default().configure_from_args();
    compile(&mut criterion)?;
    screen(&mut criterion)?;
    determine(&mut criterion)?;
    allocation_alone(&mut criterion);
    criterion.final_summary();
    Ok(())
}

fn compile(criterion: &mut Criterion) -> Result<(), Fault> {
    let mut group = criterion.benchmark_group("compile");
    group.sample_size(10);
    for degrees in [2, 167] {
        let catalog = catalog(degrees)?;
        let bundle = compiled(catalog.clone())?;
        group.bench_function(format!("{} credentials", degrees * 3), |bencher| {
            bencher.iter_batched(|| catalog.clone(), |catalog| compiled(catalog).is_ok(), BatchSize::LargeInput);
        });
        group.bench_function(format!("{} credentials, opened", degrees * 3), |bencher| {
            bencher.iter(|| Bundle::from_bytes(black_box(bundle.bytes()), &Limits::default()).is_ok());
        });
    }
    group.finish();
    Ok(())
}

fn screen(criterion: &mut Criterion) -> Result<(), Fault> {
    let screening = Screening::drawn(64)?;
    let mut group = criterion.benchmark_group("screen");
    let mut next = 0;
    group.bench_function("a learner by 50 credentials", |bencher| {
        bencher.iter(|| {
            next = (next + 1) % screening.records.len();
            screening.ask(next).is_ok()
        });
    });
    group.finish();
    Ok(())
}

fn determine(criterion: &mut Criterion) -> Result<(), Fault> {
    let degrees = Degrees::drawn(64)?;
    let size = |learner: &usize| degrees.records[*learner].attainments.len();
    let learners = 0..degrees.records.len();
    let mut group = criterion.benchmark_group("determine");
    for learner in [learners.clone().min_by_key(size), learners.max_by_key(size)].into_iter().flatten() {
        group.bench_function(format!("three targets, {} courses", size(&learner)), |bencher| {
            bencher.iter(|| degrees.ask(black_box(learner)).is_ok());
        });
    }
    group.finish();
    Ok(())
}

fn allocation_alone(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("allocate");
    let contested = allocation::drawn(0);
    let mut easy = allocation::drawn(0);
    easy.groups.truncate(1);
    easy.requirements.retain(|need| easy.groups.contains(&need.group));
    easy.share.clear();
    for (name, instance) in [("one group", easy), ("three groups that share", contested)] {
        let problem = allocation::problem(&instance);
        group.bench_function(name, |bencher| {
            bencher.iter(|| allocate(black_box(&problem), Options::default().steps).steps);
        });
    }
    group.finish();
}
