//! A determination as a tree that a learner can read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;
use credstack_engine::explain::sentence;
use credstack_engine::model::{
    Admission, AttainmentId, Catalog, Decimal, Gate, Grant, LimitAnswer, Measure, Message, NodeAnswer, NodeStatus,
    Standing, TargetAnswer, Use,
};
use credstack_engine::{Determination, Status};

use crate::terminal::{BAD, FAINT, GOOD, HEADING, OPEN, styled};
use crate::words::Words;

/// What the text is written with.
pub(crate) struct Tree<'a> {
    /// For the titles of courses; without it answers have codes only.
    pub(crate) catalog: Option<&'a Catalog>,
    /// Characters on a line.
    pub(crate) width: usize,
    /// The language.
    pub(crate) words: &'static Words,
}

/// Summaries that only repeat the title and the status.
const SAID_BY_STATUS: [&str; 4] =
    ["summary-complete", "summary-closed", "summary-in-progress", "summary-incomplete-facts"];

impl Tree<'_> {
    fn say(&self, message: &Message) -> String {
        sentence(message, self.words.language)
    }

    /// Write the whole answer: declared credentials in full, others in a line each.
    pub(crate) fn determination(&self, determination: &Determination) -> String {
        let mut text = String::new();
        let learner = determination.learner.as_str();
        self.line(&mut text, 0, "", &format!("{learner}, {} {}", self.words.as_of, determination.as_of), FAINT);
        for notice in &determination.notices {
            self.line(&mut text, 0, "! ", &capital(&self.say(notice)), OPEN);
        }
        let (declared, others): (Vec<_>, Vec<_>) = determination.targets.iter().partition(|t| t.declared);
        for target in &declared {
            text.push('\n');
            self.target(&mut text, target);
        }
        if !others.is_empty() {
            text.push('\n');
            let heading = match declared.as_slice() {
                [] => self.words.each_alone,
                _ => self.words.others_alone,
            };
            self.line(&mut text, 0, "", heading, HEADING);
            self.others(&mut text, others);
        }
        if determination.targets.is_empty() {
            let _ = writeln!(text, "\n{}", self.words.nothing_declared);
        }
        if !declared.is_empty() {
            text.push('\n');
            self.line(&mut text, 0, "", self.words.legend, FAINT);
        }
        text
    }

    /// Write one credential in full.
    pub(crate) fn target(&self, text: &mut String, target: &TargetAnswer) {
        let (word, style) = self.words.status(target.status);
        let title = format!("{}: {}", styled(HEADING, &target.title), styled(style.bold(), &word));
        let _ = writeln!(text, "{title}");
        if !SAID_BY_STATUS.contains(&target.summary.key.as_str()) {
            self.line(text, 0, "", &self.say(&target.summary), Style::new());
        }
        if target.status != Status::Conferred {
            self.admission(text, target);
            self.root(text, &target.completion);
            self.conferral(text, target);
        }
        if let Some(why_not) = &target.why_not {
            text.push('\n');
            self.line(text, 0, "", self.words.not_together, HEADING);
            self.line(text, 0, "", &self.say(&why_not.text), Style::new());
        }
        self.shared(text, target);
        for exception in &target.exceptions {
            let granted = self.granted(target, &exception.grant);
            let line = (self.words.exception)(exception.authority.as_str(), &granted, &exception.reason);
            self.line(text, 0, "* ", &line, FAINT);
        }
        if !target.next_steps.is_empty() {
            text.push('\n');
            self.line(text, 0, "", self.words.next, HEADING);
            for (number, step) in target.next_steps.iter().enumerate() {
                self.line(text, 0, &format!("{}. ", number + 1), &self.say(step), Style::new());
            }
        }
        if !target.proof.status {
            self.line(text, 0, "! ", self.words.cut_short, OPEN);
        }
    }

    /// Write whether the learner may start: said to those who may not, and to those who have not begun.
    /// Ends right above the place of the completion tree.
    fn admission(&self, text: &mut String, target: &TargetAnswer) {
        let Some(tree) = &target.admission_tree else {
            text.push('\n');
            return;
        };
        match target.admission {
            Admission::Eligible => {
                if !target.is_begun() {
                    self.line(text, 0, "", self.words.may_start, GOOD);
                }
                text.push('\n');
            }
            Admission::NotEligible | Admission::Unknown => {
                text.push('\n');
                let heading = match target.admission {
                    Admission::NotEligible => self.words.before_start,
                    _ => self.words.start_unknown,
                };
                self.line(text, 0, "", heading, HEADING);
                self.root(text, tree);
                text.push('\n');
                self.line(text, 0, "", self.words.to_complete, HEADING);
            }
        }
    }

    /// Write what the award asks for beside completion: said once completion is in sight.
    fn conferral(&self, text: &mut String, target: &TargetAnswer) {
        let (Some(tree), true) = (&target.conferral_tree, target.status.is_in_sight()) else { return };
        text.push('\n');
        match target.conferral {
            Gate::Open => self.line(text, 0, "", self.words.award_open, GOOD),
            Gate::Shut | Gate::Unknown => {
                self.line(text, 0, "", self.words.before_award, HEADING);
                self.root(text, tree);
            }
        }
    }

    /// Write what counts elsewhere too, by where.
    fn shared(&self, text: &mut String, target: &TargetAnswer) {
        let mut by_others: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
        for shared in &target.shared {
            let others: Vec<&str> = shared.also_in.iter().map(|id| self.credential_title(id)).collect();
            by_others.entry(others).or_default().push(code_of(target, &shared.attainment));
        }
        if !by_others.is_empty() {
            text.push('\n');
        }
        for (others, mut codes) in by_others {
            codes.sort_unstable();
            codes.dedup();
            let words = self.words;
            let line = (words.also)(&words.joined(&codes), codes.len() == 1, &words.joined(&others));
            self.line(text, 0, "= ", &line, FAINT);
        }
    }

    fn granted(&self, target: &TargetAnswer, grant: &Grant) -> String {
        let (words, code) = (self.words, |id| code_of(target, id));
        match grant {
            Grant::Substitute(s) => (words.counts_as)(code(&s.attainment), s.counts_as.as_str()),
            Grant::Waive(label) => (words.waived)(label),
            Grant::Force(forced) => (words.forced)(code(&forced.attainment), &forced.requirement),
            Grant::Exclude(id) => (words.excluded)(code(id)),
            Grant::Share(id) => (words.shared)(code(id)),
        }
    }

    /// Write a tree. A root that only joins what is inside it, without a name of its own, is not shown.
    fn root(&self, text: &mut String, root: &NodeAnswer) {
        if root.label.is_none() && root.rule.key == "rule-all" && !root.children.is_empty() {
            self.inside(text, root, 0);
        } else {
            self.node(text, root, 0);
        }
    }

    fn node(&self, text: &mut String, node: &NodeAnswer, depth: usize) {
        let rule = self.say(&node.rule);
        let head = node.label.as_ref().unwrap_or(&rule);
        let open = node.status.is_open();
        let (mark, style) = node_mark(node.status);
        let mark = styled(style, &format!("{mark} "));
        let tally = self.tally(node).map_or_else(String::new, |tally| format!(" ({tally})"));
        self.line(text, depth, &mark, &format!("{head}{tally}"), Style::new());
        // The rule of a group of which everything is needed says nothing that its parts do not.
        if node.label.is_some() && node.rule.key != "rule-all" && open {
            self.line(text, depth, "  ", &rule, FAINT);
        }
        for each in node.uses.iter().filter(|each| !said_by_rule(node, &rule, each)) {
            self.line(text, depth, "  ", &self.counted(each, node), standing(each.standing));
        }
        // An approval says itself who has yet to decide what.
        for fact in node.facts.iter().filter(|_| node.rule.key != "rule-approved") {
            self.line(text, depth, "  ? ", &capital(&self.say(&fact.text)), OPEN);
        }
        if let (Some(note), true) = (&node.note, open) {
            self.line(text, depth, "  ", note, FAINT);
        }
        // What a `not` denies is said by the rule; its own mark would be the wrong way round.
        if node.rule.key != "rule-not" {
            self.inside(text, node, depth + 1);
        } else {
            self.limits(text, node, depth + 1);
        }
    }

    /// Write what is inside a node: what the answer goes through, then other ways, then limits.
    fn inside(&self, text: &mut String, node: &NodeAnswer, depth: usize) {
        for child in node.children.iter().filter(|child| child.needed) {
            self.node(text, child, depth);
        }
        if node.status.is_open() {
            for child in node.children.iter().filter(|child| !child.needed) {
                let line = child.label.clone().unwrap_or_else(|| self.say(&child.rule));
                self.line(text, depth, &format!("  {}: ", self.words.or), &line, FAINT);
            }
        }
        self.limits(text, node, depth);
    }

    fn limits(&self, text: &mut String, node: &NodeAnswer, depth: usize) {
        for limit in &node.limits {
            self.limit(text, limit, depth);
        }
    }

    fn limit(&self, text: &mut String, limit: &LimitAnswer, depth: usize) {
        let (mark, style) = node_mark(limit.status);
        let mark = styled(style, &format!("{mark} "));
        let rule = self.say(&limit.rule);
        let line = match (&limit.label, limit.status) {
            (Some(label), NodeStatus::Met) => label.clone(),
            (Some(label), _) => format!("{label}: {rule}"),
            (None, _) => capital(&rule),
        };
        let amount = limit.amount.as_ref().filter(|_| limit.status != NodeStatus::Met);
        let so_far = self.words.so_far;
        let have = amount.map_or_else(String::new, |amount| match amount.measure {
            Some(measure @ (Measure::Credits | Measure::Hours)) => {
                format!(" ({so_far}: {} {})", amount.have, self.words.unit(measure, amount.have))
            }
            _ => format!(" ({so_far}: {})", amount.have),
        });
        self.line(text, depth, &mark, &format!("{line}{have}"), Style::new());
    }

    /// Describe an attainment that was counted, with its title where the catalog is at hand.
    fn counted(&self, each: &Use, node: &NodeAnswer) -> String {
        let mut line =
            if node.rule.key == "rule-course" { format!("{} {}", self.words.by, each.of) } else { each.of.to_string() };
        let course = self.catalog.and_then(|catalog| catalog.courses.get(&each.of));
        let title = course.and_then(|course| course.title.as_deref());
        let credential = self.catalog.and_then(|catalog| catalog.credentials.get(each.of.as_str()));
        if let Some(title) = title.or_else(|| credential.map(|c| c.title.as_str())) {
            let _ = write!(line, " {title}");
        }
        if let Some(measure @ (Measure::Credits | Measure::Hours)) = node.amount.as_ref().and_then(|a| a.measure) {
            let _ = write!(line, ", {} {}", each.amount, self.words.unit(measure, each.amount));
        }
        let standing = match each.standing {
            Standing::Counts => None,
            Standing::InProgress => Some(self.words.in_progress),
            Standing::Pending => Some(self.words.to_be_confirmed),
        };
        if let Some(standing) = standing {
            let _ = write!(line, " ({standing})");
        }
        line
    }

    /// Say `9 of 15 credits, 6 missing`; for a single named course nothing, as it is there or not.
    fn tally(&self, node: &NodeAnswer) -> Option<String> {
        let amount = node.amount.as_ref().filter(|_| node.rule.key != "rule-course")?;
        if amount.measure.is_none() && node.rule.key.starts_with("rule-gpa") {
            return Some(format!("{}: {}", self.words.yours, amount.have));
        }
        let measure = amount.measure.unwrap_or(Measure::Count);
        let mut text = match (measure, amount.need > Decimal::ZERO) {
            (Measure::Count, true) => format!("{} {} {}", amount.have, self.words.of, amount.need),
            (Measure::Count, false) => amount.have.to_string(),
            (_, true) => {
                format!("{} {} {} {}", amount.have, self.words.of, amount.need, self.words.unit(measure, amount.need))
            }
            (_, false) => format!("{} {}", amount.have, self.words.unit(measure, amount.have)),
        };
        let missing = amount.need.short_of(amount.have);
        if node.status.is_open() && missing > Decimal::ZERO {
            let _ = write!(text, ", {missing} {}", self.words.missing);
        }
        Some(text)
    }

    fn others(&self, text: &mut String, mut others: Vec<&TargetAnswer>) {
        others.sort_by_key(|t| (t.status, t.distance, &t.credential));
        let widest = others.iter().map(|t| t.title.chars().count()).max().unwrap_or_default().min(48);
        for target in others {
            let (word, style) = self.words.status(target.status);
            let open = matches!(target.status, Status::Incomplete) && target.distance > Decimal::ZERO;
            let short = if open {
                let unit = self.words.unit(Measure::Credits, target.distance);
                format!(", {}", (self.words.to_go)(&format!("{} {unit}", target.distance)))
            } else {
                String::new()
            };
            let barred = if open && target.admission.is_barred() {
                format!(" ({})", self.words.not_yet_startable)
            } else {
                String::new()
            };
            let title = &target.title;
            let pad = " ".repeat((widest + 2).saturating_sub(title.chars().count()).max(2));
            let _ = writeln!(text, "{title}{pad}{}{short}{barred}", styled(style, &word));
        }
    }

    fn credential_title<'c>(&'c self, id: &'c credstack_engine::model::CredentialId) -> &'c str {
        self.catalog.and_then(|catalog| catalog.credentials.get(id)).map_or(id.as_str(), |c| c.title.as_str())
    }

    /// Write a paragraph after a lead, wrapped with its lines under each other.
    fn line(&self, text: &mut String, depth: usize, lead: &str, line: &str, style: Style) {
        let indent = "   ".repeat(depth);
        let lead_width = anstream::adapter::strip_str(lead).to_string().chars().count();
        let room = self.width.saturating_sub(indent.len() + lead_width).max(30);
        let options = textwrap::Options::new(room).word_splitter(textwrap::WordSplitter::NoHyphenation);
        for (number, part) in textwrap::wrap(line, options).iter().enumerate() {
            let lead = if number == 0 { lead.to_owned() } else { " ".repeat(lead_width) };
            let _ = writeln!(text, "{indent}{lead}{}", styled(style, part));
        }
    }

    /// Write one requirement with everything that is known of it.
    pub(crate) fn requirement(&self, target: &TargetAnswer, node: &NodeAnswer) -> String {
        let mut text = String::new();
        let place =
            node.source.as_ref().map_or(String::new(), |source| format!(", {} {source}", self.words.written_at));
        let name = node.label.clone().unwrap_or_else(|| node.path.clone());
        self.line(&mut text, 0, "", &format!("{name} {} {}", self.words.of, target.title), HEADING);
        self.line(&mut text, 0, "", &format!("{}{place}", node.path), FAINT);
        let (word, style) = self.words.node_status(node.status);
        self.line(&mut text, 0, "", &word, style);
        if node.short > Decimal::ZERO {
            let unit = self.words.unit(Measure::Credits, node.short);
            let line = format!("{}: {} {unit}.", self.words.still_short, node.short);
            self.line(&mut text, 0, "", &line, Style::new());
        }
        if !node.needed {
            self.line(&mut text, 0, "", self.words.not_needed, FAINT);
        }
        text.push('\n');
        self.node(&mut text, node, 0);
        text
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

/// Return whether the rule names the course that was counted, and how surely it counts is said as well,
/// so that naming it again is noise.
fn said_by_rule(node: &NodeAnswer, rule: &str, each: &Use) -> bool {
    let sure = match each.standing {
        Standing::Counts => true,
        Standing::Pending => !node.facts.is_empty(),
        Standing::InProgress => false,
    };
    let named = rule.strip_prefix(each.of.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    node.rule.key == "rule-course" && node.label.is_none() && sure && named
}

fn code_of<'t>(target: &'t TargetAnswer, attainment: &'t AttainmentId) -> &'t str {
    let found = target.completion.all_uses().find(|each| each.attainment == *attainment);
    found.map_or(attainment.as_str(), |each| each.of.as_str())
}

/// Put a capital letter at its start.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
