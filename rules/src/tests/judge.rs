//! Rule tests are run, and say why where they miss.

use super::{built, shown};
use crate::{MemorySources, TestOutcome, run_tests};

fn outcomes(text: &str) -> Vec<TestOutcome> {
    let built = built(&MemorySources::of(&format!("catalog(\"t\", \"Test\");\n{text}")));
    let bundle = built.bundle.unwrap_or_else(|| panic!("{}", shown(&built.diagnostics)));
    run_tests(&bundle, &built.tests)
}

const CERTIFICATE: &str = r#"
learner_attribute("hold").yes_or_no();
course(["A 1", "A 2", "A 3", "B 1"]).credits(3);
certificate("c", "C")
    .admission(learner("hold", false))
    .completion(all([credits(6, "A *").min_grade("B").named("Core"), courses(1, "B *").named("Other")]));
"#;

#[test]
fn right_expectations_pass() {
    let outcomes = outcomes(&format!(
        r#"{CERTIFICATE}
scenario("done").as_of("2026-01-01").took([["A 1", "B", "2025-05-01"], ["A 2", "A"], ["B 1", "C"]]).learner("hold", false)
    .expects("c", "complete").expects_admission("c", "eligible").expects_distance("c", 0)
    .expects_met("c", "Core").expects_counted("c", ["A 1", "A 2", "B 1"]);
scenario("a grade too low").as_of("2026-01-01").took("A 1", "B-").took("A 2", "A").took("B 1", "C")
    .expects("c", "incomplete").expects_unmet("c", "Core").expects_met("c", "Other")
    .expects_distance("c", 3).expects_not_counted("c", ["A 1"]).expects_admission("c", "unknown");
scenario("under way").as_of("2026-01-01").took("A 1", "B").took("A 2", "A").taking("B 1", "2026-05-01")
    .expects("c", "complete_with_in_progress");
scenario("under way does not count").as_of("2026-01-01").took("A 1", "B").took("A 2", "A").taking("B 1")
    .ignoring_in_progress().expects("c", "incomplete");
scenario("held").as_of("2026-01-01").took("A 1", "B").awarded("c", "2025-01-01", ["A 1"]).expects("c", "conferred");
scenario("waived").as_of("2026-01-01").took("A 1", "B").took("A 2", "A").waive("c", "Other").expects("c", "complete");
"#
    ));
    let missed: Vec<_> = outcomes.iter().filter(|o| !o.passed()).collect();
    assert!(missed.is_empty() && outcomes.len() == 6, "{missed:#?}");
}

#[test]
fn wrong_expectations_say_why_and_where() {
    let outcomes = outcomes(&format!(
        r#"{CERTIFICATE}
scenario("not done").as_of("2026-01-01").took("A 1", "B", "2025-05-01").took("A 2", "A").expects("c", "complete").expects_met("c", "Othr");
"#
    ));
    let misses = &outcomes[0].misses;
    assert_eq!(misses.len(), 2);
    assert_eq!((misses[0].expected.as_str(), misses[0].got.as_str()), ("complete", "incomplete"));
    assert_eq!(misses[0].source.line, 9);
    let (reason, place) = &misses[0].why[1];
    assert!(reason.starts_with("Other: "), "{reason}");
    assert_eq!(place.as_ref().map(|s| s.line), Some(7));
    assert!(misses[1].got.contains("no requirement with the heading `Othr`"), "{}", misses[1].got);
}
