//! The laws of the contract: each a named function over a world, held to thousands of worlds.
//!
//! Worlds come from a fixed seed, so that a run can be repeated; `CREDSTACK_SEED` names another one,
//! and `PROPTEST_CASES` how many worlds each law is held to. What fails is shrunk and printed as a
//! case for `cases/`, where it stays.

mod canonical;
mod cases;
mod fuzz;
mod oracle;
mod props;
mod tamper;

use std::cell::Cell;

use credstack_tests::worlds::{Settings, World, worlds};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use props::Verdict;

/// Holds a law to so many worlds, unless `PROPTEST_CASES` names another number.
fn hold(law: &str, check: fn(&World) -> Verdict, settings: Settings, worlds_wanted: u32) {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(worlds_wanted);
    let seed: u64 = std::env::var("CREDSTACK_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(20_250_630);
    let mut bytes = [7u8; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4_000,
        max_shrink_time: 30_000,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let (held, silent) = (Cell::new(0u32), Cell::new(0u32));
    let result = runner.run(&worlds(settings), |world| match check(&world) {
        Ok(true) => {
            held.set(held.get() + 1);
            Ok(())
        }
        Ok(false) => {
            silent.set(silent.get() + 1);
            Ok(())
        }
        Err(what) => Err(TestCaseError::fail(what)),
    });
    match result {
        Ok(()) => println!("{law}: holds in {} worlds, has nothing to say in {}", held.get(), silent.get()),
        Err(TestError::Fail(why, world)) => {
            panic!("{law} does not hold: {why}\n{}", cases::written(law, &world))
        }
        Err(TestError::Abort(why)) => panic!("{law}: {why}"),
    }
    // A law that speaks of few of the worlds is held to too few of them.
    assert!(held.get() * 2 >= cases, "{law}: only {} of {cases} worlds said anything", held.get());
}

#[test]
fn brute_force() {
    hold("equals_brute_force", props::equals_brute_force, Settings::everything(), 2_000);
}

#[test]
fn witness() {
    hold("witness_verifies", props::witness_verifies, Settings::everything(), 2_000);
}

#[test]
fn listing_order() {
    hold("listing_order_changes_nothing", props::listing_order_changes_nothing, Settings::everything(), 500);
}

#[test]
fn names() {
    hold("names_do_not_matter", props::names_do_not_matter, Settings::everything(), 500);
}

#[test]
fn more_attainments() {
    hold("more_never_worsens", props::more_never_worsens, Settings::monotone(), 500);
}

#[test]
fn lower_thresholds() {
    hold("less_asked_never_worsens", props::less_asked_never_worsens, Settings::monotone(), 500);
}

#[test]
fn lower_targets() {
    // A policy that applies only while something is in play applies, or not, by what is declared.
    let settings = Settings { in_play: false, ..Settings::everything() };
    let law = props::a_lower_target_changes_no_higher_status;
    hold("a_lower_target_changes_no_higher_status", law, Settings { declared: 3, ..settings }, 500);
}

#[test]
fn encodings() {
    hold("encodings_are_identities", props::encodings_are_identities, Settings::everything(), 300);
}

#[test]
fn canonical_bytes() {
    hold("canonical_is_as_written", canonical::canonical_is_as_written, Settings::everything(), 60);
}

#[test]
fn missing() {
    hold("missing_is_enough_and_needed", props::missing_is_enough_and_needed, Settings::monotone(), 300);
}

#[test]
fn screening() {
    hold("screening_is_a_determination", props::screening_is_a_determination, Settings::everything(), 3_000);
}
