//! What `credstack test` prints.

use credstack_rules::TestOutcome;

use crate::terminal::{BAD, FAINT, GOOD, styled};

/// Render the outcomes of scenarios; `only` is the text that their names were chosen by.
pub(crate) fn text(outcomes: &[TestOutcome], only: Option<&str>) -> String {
    let mut text = String::new();
    for outcome in outcomes {
        let mark = if outcome.passed() { styled(GOOD, "ok    ") } else { styled(BAD, "FAILED") };
        text.push_str(&format!("{mark} {}\n", outcome.name));
        for miss in &outcome.misses {
            text.push_str(&format!("       {}: {}\n", miss.source, miss.credential));
            text.push_str(&format!("         expected: {}\n         got:      {}\n", miss.expected, miss.got));
            for (reason, place) in &miss.why {
                let place = place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
                text.push_str(&styled(FAINT, &format!("         - {reason}{place}")));
                text.push('\n');
            }
        }
    }
    let (run, failed) = (outcomes.len(), outcomes.iter().filter(|outcome| !outcome.passed()).count());
    text.push_str(&match (run, failed, only) {
        (0, _, Some(only)) => format!("no scenario has `{only}` in its name\n"),
        (0, _, None) => "the pack has no scenarios\n".to_owned(),
        (run, 0, _) => format!("all {run} scenarios hold\n"),
        (run, failed, _) => format!("{failed} of {run} scenarios failed\n"),
    });
    text
}
