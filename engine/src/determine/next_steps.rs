//! What to tell a person first: one sentence on where they stand, and what to do next.

use crate::explain::{self, Namer};
use crate::select::{Holdings, Scope, Tri};
use credstack_allocate::ItemIx;
use credstack_base::sorted::Map;
use credstack_model::{Code, CredentialId, Date, Decimal, Edition, Measure, Requirement, Rule, Selector};
use credstack_model::{Gate, Message, NodeAnswer, NodeStatus, Standing, Status, TargetAnswer};

use super::answer::{names, nested};

/// More steps than this help nobody.
const MOST: usize = 12;

/// Return one sentence on where a learner stands.
pub(super) fn summary(target: &TargetAnswer, awarded: Option<Date>) -> Message {
    let say = |key: &str| Message::new(key).text("title", &target.title);
    let has_something = target.completion.walk().iter().any(|n| !n.uses.is_empty());
    match target.status {
        Status::Conferred => match awarded {
            Some(date) => say("summary-conferred").with("date", credstack_model::Arg::Date(date)),
            None => say("summary-complete"),
        },
        Status::Complete if target.conferral == Gate::Open => say("summary-complete"),
        Status::Complete => say("summary-complete-awaiting"),
        Status::CompleteWithInProgress => say("summary-in-progress"),
        Status::NeedsReview => say("summary-review"),
        Status::Closed => say("summary-closed"),
        Status::Undetermined => say("summary-undetermined"),
        Status::Incomplete if target.distance == Decimal::ZERO => say("summary-incomplete-facts"),
        Status::Incomplete if has_something => say("summary-incomplete").number("n", target.distance),
        Status::Incomplete => say("summary-not-started").number("n", target.distance),
    }
}

/// The credentials where items are counted that this credential does not count.
pub(super) type Elsewhere<'a> = Map<ItemIx, &'a CredentialId>;

/// Return what to do next, most useful first.
pub(super) fn steps(
    holdings: &Holdings<'_>,
    target: &TargetAnswer,
    edition: &Edition,
    elsewhere: &Elsewhere<'_>,
) -> Vec<Message> {
    let scope = Scope { credential: Some(&target.credential) };
    let mut steps = Steps { holdings, namer: Namer { catalog: holdings.catalog }, scope, elsewhere, found: Vec::new() };
    match target.status {
        Status::Conferred | Status::Closed => return Vec::new(),
        Status::Complete => {}
        _ => steps.node(&target.completion, &edition.completion, None),
    }
    if let (true, Some(answer), Some(tree)) =
        (target.status.awaits_award(target.conferral), &target.conferral_tree, &edition.conferral)
    {
        steps.node(answer, tree, None);
    }
    let mut found = steps.found;
    let mut seen = credstack_base::sorted::Set::new();
    found.retain(|m| seen.insert(explain::sentence(m, credstack_model::Language::English)));
    found.truncate(MOST);
    found
}

struct Steps<'a> {
    holdings: &'a Holdings<'a>,
    namer: Namer<'a>,
    scope: Scope<'a>,
    elsewhere: &'a Elsewhere<'a>,
    found: Vec<Message>,
}

impl Steps<'_> {
    /// Add a step, with the name of the requirement that it serves.
    fn add(&mut self, label: Option<&str>, step: Message) {
        self.found.push(match label {
            Some(label) => Message::new("next-named").text("label", label).with("step", nested(step)),
            None => step,
        });
    }

    /// Add the steps of a node that is needed and not met; `label` is the nearest name above it.
    fn node(&mut self, answer: &NodeAnswer, requirement: &Requirement, label: Option<&str>) {
        if !answer.needed || answer.status == NodeStatus::Met {
            return;
        }
        let label = requirement.label.as_deref().or(label);
        if answer.status == NodeStatus::Closed && answer.children.is_empty() {
            self.add(label, Message::new("next-unmet").with("rule", nested(answer.rule.clone())));
            return;
        }
        for fact in &answer.facts {
            let step = match (fact.office.as_ref(), fact.attainment.as_ref()) {
                (Some(_), Some(_)) => {
                    Message { key: "next-attainment-approval".to_owned(), args: fact.text.args.clone() }
                }
                (Some(_), None) => Message { key: "next-approval".to_owned(), args: fact.text.args.clone() },
                _ if fact.text.key == "fact-no-grades" => continue,
                _ => Message::new("next-fact").with("fact", nested(fact.text.clone())),
            };
            self.add(label, step);
        }
        match &requirement.rule {
            Rule::Take(take) => self.counted(answer, take.measure, &take.pool, label),
            Rule::Seen(seen) => self.counted(answer, seen.measure, &seen.pool, label),
            Rule::Earned(id) => {
                self.add(label, Message::new("next-earn").text("credential", self.namer.credential(id)))
            }
            Rule::Gpa(_) if answer.status == NodeStatus::Unmet => {
                self.add(label, Message::new("next-gpa").with("rule", nested(answer.rule.clone())));
            }
            Rule::Attribute(_) | Rule::AsOf(_) if answer.status == NodeStatus::Unmet => {
                self.add(label, Message::new("next-attribute").with("rule", nested(answer.rule.clone())));
            }
            Rule::Approved(_) | Rule::Not(_) if answer.status == NodeStatus::Unmet => {
                self.add(label, Message::new("next-unmet").with("rule", nested(answer.rule.clone())));
            }
            _ => {}
        }
        let skip = usize::from(matches!(requirement.rule, Rule::When(_)));
        if !matches!(requirement.rule, Rule::Not(_)) {
            for (child, rule) in answer.children.iter().zip(requirement.children()).skip(skip) {
                self.node(child, rule, label);
            }
        }
        for limit in answer.limits.iter().filter(|l| l.status == NodeStatus::Unmet) {
            self.add(label, Message::new("next-limit").with("rule", nested(limit.rule.clone())));
        }
    }

    /// Add the steps for work that is short, or under way.
    fn counted(&mut self, answer: &NodeAnswer, measure: Measure, pool: &Selector, label: Option<&str>) {
        if answer.status == NodeStatus::MetWithInProgress {
            let unfinished: Vec<String> = answer
                .uses
                .iter()
                .filter(|u| u.standing == Standing::InProgress)
                .map(|u| self.namer.code(&u.of))
                .collect();
            if unfinished.is_empty() {
                self.add(label, Message::new("next-attribute").with("rule", nested(answer.rule.clone())));
            } else {
                self.add(label, Message::new("next-in-progress").with("attainment", names(unfinished)));
            }
            return;
        }
        let Some(amount) = answer.amount.as_ref().filter(|_| answer.status >= NodeStatus::Unmet) else { return };
        let short = amount.need.short_of(amount.have);
        let is_one_course = answer.rule.key == "rule-course";
        let mut taken = false;
        for (item, answer) in self.holdings.select(pool, self.scope).into_iter().enumerate() {
            if let (Some(credential), true) = (self.elsewhere.get(&ItemIx::new(item)), answer != Tri::No) {
                let code = &self.holdings.items[item].attainment.of;
                let step = Message::new("next-elsewhere")
                    .text("attainment", self.namer.code(code))
                    .text("credential", self.namer.credential(credential));
                self.add(label, step);
                taken = true;
            }
        }
        // Whoever has the one course that is asked for need not take it again.
        if taken && is_one_course {
            return;
        }
        let rest = self.without_counted(pool, answer);
        let pool_words = nested(explain::pool(self.namer, &rest));
        let step = if is_one_course {
            Message::new("next-course").with("pool", pool_words)
        } else {
            let key = if amount.have > Decimal::ZERO { "next-more" } else { "next-some" };
            Message::new(key).with("amount", nested(explain::quantity(measure, short))).with("pool", pool_words)
        };
        self.add(label, step);
        // What counts here but is not finished, too.
        let unfinished: Vec<String> =
            answer.uses.iter().filter(|u| u.standing == Standing::InProgress).map(|u| self.namer.code(&u.of)).collect();
        if !unfinished.is_empty() && self.holdings.items.iter().any(|i| i.in_progress) {
            self.add(label, Message::new("next-in-progress").with("attainment", names(unfinished)));
        }
    }

    /// Return a pool without the courses that are counted from it already, nor those that are done but
    /// counted elsewhere: only what is left can help.
    fn without_counted(&self, pool: &Selector, answer: &NodeAnswer) -> Selector {
        let index = self.holdings.index;
        let is_done = |code: &Code| {
            let class = index.class(code);
            answer.uses.iter().any(|u| index.class(&u.of) == class)
                || self.elsewhere.keys().any(|item| self.holdings.items[item.index()].class == class)
        };
        match pool {
            Selector::Codes(codes) => {
                let rest: Vec<Code> = codes.iter().filter(|code| !is_done(code)).cloned().collect();
                Selector::Codes(if rest.is_empty() { codes.clone() } else { rest })
            }
            Selector::And(of) => Selector::And(of.iter().map(|part| self.without_counted(part, answer)).collect()),
            Selector::Or(of) => Selector::Or(of.iter().map(|part| self.without_counted(part, answer)).collect()),
            other => other.clone(),
        }
    }
}
