//! What `credstack plan` prints.

use std::fmt::Write as _;

use credstack_engine::explain::sentence;
use credstack_engine::model::{Catalog, Code, Decimal};
use credstack_engine::plan::MissingItem;
use credstack_engine::plan::Plan;
use credstack_engine::{Language, Record, Status};

use crate::terminal::{BAD, FAINT, GOOD, HEADING, OPEN, styled};

/// Render a plan for the learner of this record.
pub(crate) fn text(plan: &Plan, record: &Record, catalog: &Catalog) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", styled(FAINT, &format!("{}, from {}", plan.learner, plan.as_of)));
    for target in &plan.targets {
        let (word, style) = match target.then {
            Status::Conferred => ("awarded already", GOOD),
            Status::Complete => ("complete after this plan", GOOD),
            Status::NeedsReview => ("needs a decision, also after this plan", OPEN),
            Status::Undetermined => ("not settled within the step budget", OPEN),
            _ => ("cannot be completed by courses alone", BAD),
        };
        let _ = writeln!(text, "{}: {}", styled(HEADING, &target.title), styled(style.bold(), word));
        if target.admission.is_barred() {
            text.push_str("  - Its admission is not met by this plan; see `credstack determine`.\n");
        }
        for step in &target.still {
            let _ = writeln!(text, "  - {}", sentence(step, Language::English));
        }
    }
    let under_way = record.attainments.iter().filter(|attainment| attainment.is_under_way(catalog, plan.as_of));
    let mut under_way: Vec<&str> = under_way.map(|attainment| attainment.of.as_str()).collect();
    under_way.sort_unstable();
    under_way.dedup();
    if !under_way.is_empty() {
        let _ = writeln!(text, "In progress, and counted as finished: {}.", under_way.join(", "));
    }
    text.push('\n');
    if plan.missing.is_empty() {
        text.push_str("No course is missing.\n");
        return text;
    }
    let sure = if plan.least { "no fewer do" } else { "fewer may do" };
    let count = plan.missing.len();
    let courses = if count == 1 { "course" } else { "courses" };
    let _ = writeln!(
        text,
        "{count} {courses} with {} {} missing; {sure}.",
        credits(plan.credits),
        if count == 1 { "is" } else { "are" }
    );
    let within = plan.options.load.map_or(String::new(), |load| format!(" of at most {}", credits(load)));
    match &plan.obstacle {
        Some(obstacle) => {
            let _ = writeln!(text, "{}", styled(BAD, &sentence(obstacle, Language::English)));
            plan.missing.iter().for_each(|item| line(&mut text, item));
        }
        None => {
            let terms = plan.terms.len();
            let word = if terms == 1 { "term" } else { "terms" };
            let sure = if plan.fewest_terms { "no order needs fewer" } else { "an order of fewer may exist" };
            let _ = writeln!(text, "They take {terms} {word}{within}; {sure}.");
        }
    }
    for term in &plan.terms {
        let name = term.term.as_ref().map_or_else(|| format!("Term {}", term.number), ToString::to_string);
        let _ = writeln!(text, "\n{} ({})", styled(HEADING, &name), credits(term.credits));
        let items = plan.missing.iter().filter(|item| term.items.contains(&item.code));
        items.for_each(|item| line(&mut text, item));
    }
    text
}

fn line(text: &mut String, item: &MissingItem) {
    let title = item.title.as_ref().map_or(String::new(), |title| format!(" {title}"));
    let _ = write!(text, "  {}{title}, {}", item.code, credits(item.credits));
    if item.only_before {
        text.push_str(" (a prerequisite)");
    }
    text.push('\n');
    if !item.instead.is_empty() {
        let others: Vec<&str> = item.instead.iter().map(Code::as_str).collect();
        let _ = writeln!(text, "{}", styled(FAINT, &format!("    or instead: {}", others.join(", "))));
    }
}

fn credits(amount: Decimal) -> String {
    if amount == Decimal::ONE { "1 credit".to_owned() } else { format!("{amount} credits") }
}
