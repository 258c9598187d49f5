//! The fuzz targets for a moment, on stable Rust and without a fuzzer.

use credstack_tests::fuzz::{Mutator, TARGETS, seeds};

/// How many spoilt inputs a target is given: fewer where each is a whole batch, with files, or several
/// searches.
fn rounds(target: &str) -> u64 {
    match target {
        "tables" => 150,
        "question" => 400,
        _ => 1_500,
    }
}

#[test]
fn spoilt_input_is_refused_and_never_a_panic() {
    for (name, target) in TARGETS {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for seed in &seeds {
            target(seed);
            for round in 0..rounds(name) {
                target(&Mutator::new(round.wrapping_mul(0x9E37_79B9_7F4A_7C15)).spoil(seed));
            }
        }
    }
}
