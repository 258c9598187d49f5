//! A determination as a tree that a learner can read.

use std::fmt::Write as _;

use anstyle::Style;
use credstack_engine::explain::sentence;
use credstack_engine::{
    Admission, AmountAnswer, AttainmentId, Catalog, Decimal, Determination, Fact, Gate, LimitAnswer, Measure, Message,
    NodeAnswer, NodeStatus, Standing, Status, TargetAnswer, Use,
};

use crate::terminal::{BAD, FAINT, GOOD, HEADING, OPEN, styled};

/// What the text is written with.
pub(crate) struct Tree<'a> {
    /// For the titles of courses; without it answers have codes only.
    pub(crate) catalog: Option<&'a Catalog>,
    /// Characters on a line.
    pub(crate) width: usize,
}

const LANGUAGE: &str = "en";

fn say(message: &Message) -> String {
    sentence(message, LANGUAGE)
}

impl Tree<'_> {
    /// The whole answer: declared credentials in full, others in a line each.
    pub(crate) fn determination(&self, determination: &Determination) -> String {
        let mut text = String::new();
        let learner = determination.learner.as_str();
        self.line(&mut text, 0, "", &format!("{learner}, as of {}", determination.as_of), FAINT);
        for notice in &determination.notices {
            self.line(&mut text, 0, "! ", &say(notice), OPEN);
        }
        let (declared, others): (Vec<_>, Vec<_>) = determination.targets.iter().partition(|t| t.declared);
        for target in &declared {
            text.push('\n');
            self.target(&mut text, target);
        }
        if !others.is_empty() {
            text.push('\n');
            let heading = if declared.is_empty() {
                "All credentials, each on its own"
            } else {
                "Other credentials, each on its own"
            };
            self.line(&mut text, 0, "", heading, HEADING);
            self.others(&mut text, others);
        }
        if determination.targets.is_empty() {
            text.push_str("\nThe record declares no credential. Name one with --target, or ask for all with --all.\n");
        }
        text
    }

    /// One credential in full.
    pub(crate) fn target(&self, text: &mut String, target: &TargetAnswer) {
        let (word, style) = status(target.status);
        self.line(text, 0, "", &target.title, HEADING);
        self.line(text, 0, "", word, style.bold());
        self.line(text, 0, "", &say(&target.summary), Style::new());
        if target.status != Status::Conferred {
            text.push('\n');
            self.root(text, &target.completion);
        }
        self.gates(text, target);
        if !target.shared.is_empty() {
            text.push('\n');
            for shared in &target.shared {
                let others: Vec<&str> = shared.also_in.iter().map(|id| self.credential_title(id)).collect();
                let code = self.code_of(target, &shared.attainment);
                let line = format!("{code} also counts toward {}.", joined(&others));
                self.line(text, 0, "= ", &line, FAINT);
            }
        }
        for exception in &target.exceptions {
            let line = format!("An exception was granted by {}: {}", exception.authority, exception.reason);
            self.line(text, 0, "* ", &line, FAINT);
        }
        if !target.next_steps.is_empty() {
            text.push('\n');
            self.line(text, 0, "", "What to do next", HEADING);
            for (number, step) in target.next_steps.iter().enumerate() {
                self.line(text, 0, &format!("{}. ", number + 1), &say(step), Style::new());
            }
        }
        if !target.proof.status {
            let line = "The search ended before the best answer was known; ask again with more --steps.";
            self.line(text, 0, "! ", line, OPEN);
        }
    }

    /// Admission and conferral, where they say anything.
    fn gates(&self, text: &mut String, target: &TargetAnswer) {
        let started = matches!(target.status, Status::Conferred | Status::Complete);
        if let (Some(tree), false) = (&target.admission_tree, started) {
            let (word, style) = match target.admission {
                Admission::Eligible => ("You may start it", GOOD),
                Admission::NotEligible => ("To start it you still need", OPEN),
                Admission::Unknown => ("Whether you may start it is not known yet", OPEN),
            };
            text.push('\n');
            self.line(text, 0, "", word, style);
            if target.admission != Admission::Eligible {
                self.root(text, tree);
            }
        }
        if let (Some(tree), true) = (&target.conferral_tree, target.status != Status::Conferred) {
            let (word, style) = match target.conferral {
                Gate::Open => ("Everything else that the award asks for is in place", GOOD),
                Gate::Shut => ("Before it is awarded you also need", OPEN),
                Gate::Unknown => ("What the award also asks for is not known yet", OPEN),
            };
            text.push('\n');
            self.line(text, 0, "", word, style);
            if target.conferral != Gate::Open {
                self.root(text, tree);
            }
        }
    }

    /// A tree. A root that only joins what is inside it, without a name of its own, is not shown.
    fn root(&self, text: &mut String, root: &NodeAnswer) {
        let joins = root.label.is_none() && root.limits.is_empty() && root.note.is_none();
        if joins && root.rule.key == "rule-all" && !root.children.is_empty() {
            for child in &root.children {
                self.node(text, child, 0, false);
            }
        } else {
            self.node(text, root, 0, false);
        }
    }

    fn node(&self, text: &mut String, node: &NodeAnswer, depth: usize, alternative: bool) {
        let (mark, style) = node_mark(node.status);
        let mark = styled(style, &format!("{mark} "));
        let mut head = if alternative { "or: ".to_owned() } else { String::new() };
        let rule = say(&node.rule);
        match &node.label {
            Some(label) => head.push_str(label),
            None => head.push_str(&rule),
        }
        // A single named course is there or not; an amount would say nothing more.
        let single = node.rule.key == "rule-course";
        let tally = node.amount.as_ref().filter(|_| !single).map(|amount| tally(amount, node.status));
        if let Some(tally) = &tally {
            let _ = write!(head, " ({tally})");
        }
        self.line(text, depth, &mark, &head, if alternative { FAINT } else { Style::new() });
        if alternative {
            return;
        }
        if node.label.is_some() && node.rule.key != "rule-all" {
            self.line(text, depth, "  ", &rule, FAINT);
        }
        let said = |each: &Use| {
            single
                && each.standing == Standing::Counts
                && (rule == each.of.as_str() || rule.starts_with(&format!("{} ", each.of)))
        };
        for each in node.uses.iter().filter(|each| !said(each)) {
            self.line(text, depth, "  ", &self.counted(each, node), standing(each.standing));
        }
        for fact in &node.facts {
            self.line(text, depth, "  ? ", &fact_text(fact), OPEN);
        }
        for limit in &node.limits {
            self.limit(text, limit, depth);
        }
        if let (Some(note), true) = (&node.note, node.status > NodeStatus::MetWithInProgress) {
            self.line(text, depth, "  ", note, FAINT);
        }
        let met = node.status <= NodeStatus::MetWithInProgress;
        for child in &node.children {
            if child.needed {
                self.node(text, child, depth + 1, false);
            } else if !met {
                self.node(text, child, depth + 1, true);
            }
        }
    }

    fn limit(&self, text: &mut String, limit: &LimitAnswer, depth: usize) {
        let (mark, style) = node_mark(limit.status);
        let mark = format!("  {}", styled(style, &format!("{mark} ")));
        let mut line = limit.label.clone().map_or_else(String::new, |label| format!("{label}: "));
        line.push_str(&say(&limit.rule));
        if let Some(amount) = &limit.amount {
            let unit = amount.measure.map_or("", |measure| unit(measure, amount.have));
            let _ = write!(
                line,
                " (there {} {}{}{unit})",
                if amount.have == Decimal::ONE { "is" } else { "are" },
                amount.have,
                if unit.is_empty() { "" } else { " " }
            );
        }
        let style = if limit.status == NodeStatus::Met { FAINT } else { Style::new() };
        self.line(text, depth, &mark, &line, style);
    }

    /// An attainment that was counted, with its title where the catalog is at hand.
    fn counted(&self, each: &Use, node: &NodeAnswer) -> String {
        let mut line = each.of.to_string();
        let course = self.catalog.and_then(|catalog| catalog.courses.get(&each.of));
        let title = course.and_then(|course| course.title.as_deref());
        let credential = self.catalog.and_then(|catalog| catalog.credentials.get(each.of.as_str()));
        if let Some(title) = title.or_else(|| credential.map(|c| c.title.as_str())) {
            let _ = write!(line, " {title}");
        }
        if let Some(measure @ (Measure::Credits | Measure::Hours)) = node.amount.as_ref().and_then(|a| a.measure) {
            let _ = write!(line, ", {} {}", each.amount, unit(measure, each.amount));
        }
        line.push_str(match each.standing {
            Standing::Counts => "",
            Standing::InProgress => " (in progress)",
            Standing::Pending => " (to be confirmed)",
        });
        line
    }

    fn others(&self, text: &mut String, mut others: Vec<&TargetAnswer>) {
        others.sort_by_key(|t| (t.status, t.distance, &t.credential));
        let widest = others.iter().map(|t| t.title.chars().count()).max().unwrap_or_default().min(48);
        for target in others {
            let (word, style) = status(target.status);
            let open = matches!(target.status, Status::Incomplete) && target.distance > Decimal::ZERO;
            let short = if open {
                format!(", {} {} to go", target.distance, unit(Measure::Credits, target.distance))
            } else {
                String::new()
            };
            let barred =
                if open && target.admission == Admission::NotEligible { " (you may not start it yet)" } else { "" };
            let title = &target.title;
            let pad = " ".repeat((widest + 2).saturating_sub(title.chars().count()).max(2));
            let _ = writeln!(text, "{title}{pad}{}{short}{barred}", styled(style, word));
        }
    }

    fn credential_title<'c>(&'c self, id: &'c credstack_engine::CredentialId) -> &'c str {
        self.catalog.and_then(|catalog| catalog.credentials.get(id)).map_or(id.as_str(), |c| c.title.as_str())
    }

    fn code_of<'t>(&self, target: &'t TargetAnswer, attainment: &'t AttainmentId) -> &'t str {
        let nodes = target.completion.walk();
        let found = nodes.into_iter().flat_map(|node| &node.uses).find(|each| each.attainment == *attainment);
        found.map_or(attainment.as_str(), |each| each.of.as_str())
    }

    /// A paragraph after a lead, wrapped with its lines under each other.
    fn line(&self, text: &mut String, depth: usize, lead: &str, line: &str, style: Style) {
        let indent = "   ".repeat(depth);
        let lead_width = anstream::adapter::strip_str(lead).to_string().chars().count();
        let room = self.width.saturating_sub(indent.len() + lead_width).max(30);
        for (number, part) in textwrap::wrap(line, room).iter().enumerate() {
            let lead = if number == 0 { lead.to_owned() } else { " ".repeat(lead_width) };
            let _ = writeln!(text, "{indent}{lead}{}", styled(style, part));
        }
    }

    /// One requirement with everything that is known of it.
    pub(crate) fn requirement(&self, target: &TargetAnswer, node: &NodeAnswer) -> String {
        let mut text = String::new();
        let place = node.source.as_ref().map_or(String::new(), |source| format!(", written at {source}"));
        let name = node.label.clone().unwrap_or_else(|| node.path.clone());
        self.line(&mut text, 0, "", &format!("{name} of {}", target.title), HEADING);
        self.line(&mut text, 0, "", &format!("{}{place}", node.path), FAINT);
        let (word, style) = match node.status {
            NodeStatus::Met => ("Met", GOOD),
            NodeStatus::MetWithInProgress => ("Met once what is in progress is completed", OPEN),
            NodeStatus::NeedsReview => ("Waiting for review", OPEN),
            NodeStatus::Unmet => ("Not met yet", BAD),
            NodeStatus::Closed => ("Can no longer be met", BAD),
        };
        self.line(&mut text, 0, "", word, style);
        if node.short > Decimal::ZERO {
            let line = format!("Still short: {} {}.", node.short, unit(Measure::Credits, node.short));
            self.line(&mut text, 0, "", &line, Style::new());
        }
        if !node.needed {
            self.line(&mut text, 0, "", "Another way was chosen; this one is not needed.", FAINT);
        }
        text.push('\n');
        self.node(&mut text, node, 0, false);
        text
    }
}

const fn status(status: Status) -> (&'static str, Style) {
    match status {
        Status::Conferred => ("Awarded", GOOD),
        Status::Complete => ("Complete", GOOD),
        Status::CompleteWithInProgress => ("Complete once what is in progress is finished", OPEN),
        Status::NeedsReview => ("Waiting for review", OPEN),
        Status::Incomplete => ("Not complete yet", OPEN),
        Status::Closed => ("Can no longer be completed", BAD),
        Status::Undetermined => ("Not decided", BAD),
    }
}

const fn node_mark(status: NodeStatus) -> (&'static str, Style) {
    match status {
        NodeStatus::Met => ("✓", GOOD),
        NodeStatus::MetWithInProgress => ("◐", OPEN),
        NodeStatus::NeedsReview => ("?", OPEN),
        NodeStatus::Unmet => ("○", BAD),
        NodeStatus::Closed => ("✗", BAD),
    }
}

const fn standing(standing: Standing) -> Style {
    match standing {
        Standing::Counts => GOOD,
        Standing::InProgress | Standing::Pending => OPEN,
    }
}

/// `9 of 15 credits, 6 missing`.
fn tally(amount: &AmountAnswer, status: NodeStatus) -> String {
    let Some(measure) = amount.measure else { return format!("{}; {} needed", amount.have, amount.need) };
    let missing = amount.need.short_of(amount.have);
    let mut text = if amount.need > Decimal::ZERO {
        format!("{} of {} {}", amount.have, amount.need, unit(measure, amount.need))
    } else {
        format!("{} {}", amount.have, unit(measure, amount.have))
    };
    if status > NodeStatus::MetWithInProgress && missing > Decimal::ZERO {
        let _ = write!(text, ", {missing} missing");
    }
    text
}

fn unit(measure: Measure, amount: Decimal) -> &'static str {
    match (measure, amount == Decimal::ONE) {
        (Measure::Count, true) => "item",
        (Measure::Count, false) => "items",
        (Measure::Credits, true) => "credit",
        (Measure::Credits, false) => "credits",
        (Measure::Hours, true) => "hour",
        (Measure::Hours, false) => "hours",
    }
}

fn fact_text(fact: &Fact) -> String {
    say(&fact.text)
}

fn joined(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
