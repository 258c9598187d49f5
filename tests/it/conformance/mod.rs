//! Agreement with real data. Each test prints its set's lines and fails if anything is wrong;
//! where there is no data it says so.

use credstack_tests::adapters::source;
use credstack_tests::conformance::{SETS, Scope};

#[track_caller]
fn check(name: &str) {
    let Some(data) = source::folder() else {
        println!("{name}: {}", source::ABSENT);
        return;
    };
    let set = SETS.iter().find(|set| set.name == name).expect("a set of this name");
    let report = (set.run)(&data, Scope::Sample).expect("readable data");
    report.lines.iter().for_each(|line| println!("{line}"));
    let shown: Vec<_> = report.faults.iter().take(20).collect();
    assert!(report.faults.is_empty(), "{} wrong, among them {shown:#?}", report.faults.len());
    assert!(!report.lines.is_empty(), "{name} reports nothing");
}

#[test]
fn northeastern() {
    check("northeastern");
}

#[test]
fn screening() {
    check("screening");
}

#[test]
fn mit() {
    check("mit");
}

#[test]
fn princeton() {
    check("princeton");
}

#[test]
fn utdallas() {
    check("utdallas");
}

#[test]
fn stolaf() {
    check("stolaf");
}

#[test]
fn allocation() {
    check("allocation");
}
