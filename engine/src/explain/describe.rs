//! Rules described as messages.

use credstack_model::{
    Amount, AttainmentKind, AttainmentSource, AttributeTest, Bounded, Catalog, Code, CredentialId, Decimal, Duration,
    Event, Fixed, Gpa, GpaOver, Key, Limit, LimitRule, Measure, Percent, PercentBase, Recent, Requirement, Rounding,
    Rule, Selector, Take, Test, Value, Window,
};
use credstack_model::{Arg, Message};

/// Names things as the catalog does.
#[derive(Clone, Copy, Debug)]
pub struct Namer<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
}

/// How many names a sentence lists before it says how many there are.
const LISTED: usize = 5;

impl Namer<'_> {
    /// Name a code with its title: `CSCI 5454 (Algorithms)`.
    #[must_use]
    pub fn code(&self, code: &Code) -> String {
        let title = self
            .catalog
            .courses
            .get(code)
            .and_then(|c| c.title.as_deref())
            .or_else(|| self.catalog.credentials.get(code.as_str()).map(|c| c.title.as_str()));
        title.map_or_else(|| code.to_string(), |title| format!("{code} ({title})"))
    }

    /// Return a credential's title.
    #[must_use]
    pub fn credential(&self, id: &CredentialId) -> String {
        self.catalog.credentials.get(id).map_or_else(|| id.to_string(), |c| c.title.clone())
    }

    fn learner_attribute(&self, test: &AttributeTest) -> String {
        let decl = self.catalog.learner_attributes.get(&test.name);
        decl.and_then(|d| d.title.clone()).unwrap_or_else(|| test.name.as_str().replace('_', " "))
    }

    fn attainment_attribute(&self, name: &credstack_model::AttributeName) -> String {
        let decl = self.catalog.attainment_attributes.get(name);
        decl.and_then(|d| d.title.clone()).unwrap_or_else(|| name.as_str().replace('_', " "))
    }

    /// Return an office's title.
    #[must_use]
    pub fn office(&self, id: &credstack_model::OfficeId) -> String {
        self.catalog.offices.get(id).map_or_else(|| id.to_string(), |o| o.title.clone())
    }
}

/// Describe what a requirement asks, without its label.
#[must_use]
pub fn requirement(namer: Namer<'_>, requirement: &Requirement) -> Message {
    match &requirement.rule {
        Rule::Take(take) => amount_from(namer, take.measure, take.min, &take.pool, take_key(take)),
        Rule::Seen(seen) => amount_from(namer, seen.measure, seen.min, &seen.pool, "rule-seen"),
        Rule::Earned(id) => Message::new("rule-earned").text("credential", namer.credential(id)),
        Rule::Attribute(test) => {
            tested(Message::new("rule-attribute").text("attribute", namer.learner_attribute(test)), &test.test)
        }
        Rule::Gpa(gpa) => average(namer, gpa),
        Rule::Approved(approved) => Message::new("rule-approved")
            .text("office", namer.office(&approved.office))
            .text("subject", &approved.subject),
        Rule::AsOf(window) => Message::new("rule-as-of").with("window", Arg::Message(Box::new(dates(window)))),
        Rule::All(_) => Message::new("rule-all"),
        Rule::Any(_) => Message::new("rule-any"),
        Rule::AtLeast(at_least) => match at_least.measure {
            Measure::Count => Message::new("rule-at-least").number("n", at_least.min),
            measure => {
                Message::new("rule-amount-from").with("amount", Arg::Message(Box::new(quantity(measure, at_least.min))))
            }
        },
        Rule::Not(inner) => not(namer, inner),
        Rule::When(when) => {
            Message::new("rule-when").with("test", Arg::Message(Box::new(self::requirement(namer, &when.test))))
        }
    }
}

/// Describe the opposite of a requirement, as people would say it.
fn not(namer: Namer<'_>, inner: &Requirement) -> Message {
    match &inner.rule {
        Rule::Attribute(AttributeTest { name, test: Test::Is(Value::Flag(flag)) }) => {
            let opposite = AttributeTest { name: name.clone(), test: Test::Is(Value::Flag(!flag)) };
            requirement(namer, &Requirement::new(Rule::Attribute(opposite)))
        }
        Rule::Earned(id) => Message::new("rule-not-earned").text("credential", namer.credential(id)),
        _ => Message::new("rule-not").with("rule", Arg::Message(Box::new(requirement(namer, inner)))),
    }
}

const fn take_key(take: &Take) -> &'static str {
    if take.max.is_some() { "rule-take-up-to" } else { "rule-take" }
}

fn amount_from(namer: Namer<'_>, measure: Measure, min: Decimal, selector: &Selector, key: &str) -> Message {
    // One named course is simply that course.
    if measure == Measure::Count && min == Decimal::ONE {
        let (nouns, _) = split(selector);
        if let [Selector::Codes(codes)] = nouns.as_slice()
            && codes.len() == 1
        {
            return Message::new("rule-course").with("pool", Arg::Message(Box::new(pool(namer, selector))));
        }
    }
    Message::new(key)
        .with("amount", Arg::Message(Box::new(quantity(measure, min))))
        .with("pool", Arg::Message(Box::new(pool(namer, selector))))
}

/// Describe an amount of a measure: "3 credits".
#[must_use]
pub fn quantity(measure: Measure, value: Decimal) -> Message {
    let key = match measure {
        Measure::Count => "quantity-count",
        Measure::Credits => "quantity-credits",
        Measure::Hours => "quantity-hours",
    };
    Message::new(key).number("n", value)
}

fn average(namer: Namer<'_>, gpa: &Gpa) -> Message {
    let min = |key: &str| Message::new(key).number("min", gpa.min);
    match &gpa.over {
        GpaOver::Applied(Selector::Everything) => min("rule-gpa-applied"),
        GpaOver::Applied(selector) => {
            min("rule-gpa-applied-of").with("pool", Arg::Message(Box::new(pool(namer, selector))))
        }
        GpaOver::Record(Selector::Everything) => min("rule-gpa-record"),
        GpaOver::Record(selector) => {
            min("rule-gpa-record-of").with("pool", Arg::Message(Box::new(pool(namer, selector))))
        }
        GpaOver::Attribute(name) => {
            let decl = namer.catalog.learner_attributes.get(name);
            let title = decl.and_then(|d| d.title.clone()).unwrap_or_else(|| name.as_str().replace('_', " "));
            min("rule-gpa-attribute").text("attribute", title)
        }
    }
}

fn tested(message: Message, test: &Test) -> Message {
    let value = |v: &Value| match v {
        Value::Number(n) => Arg::Number(*n),
        v => Arg::Text(v.to_string()),
    };
    let with_key = |suffix: &str| Message { key: format!("{}-{suffix}", message.key), args: message.args.clone() };
    match test {
        Test::Is(Value::Flag(true)) => with_key("yes"),
        Test::Is(Value::Flag(false)) => with_key("no"),
        Test::Is(v) => with_key("is").with("value", value(v)),
        Test::OneOf(values) => {
            with_key("is").with("value", Arg::OneOf(values.iter().map(ToString::to_string).collect()))
        }
        Test::AtLeast(v) => with_key("at-least").with("value", value(v)),
        Test::AtMost(v) => with_key("at-most").with("value", value(v)),
    }
}

/// Divide a pool into the parts that say what it is of, and those that narrow it.
fn split(selector: &Selector) -> (Vec<&Selector>, Vec<&Selector>) {
    let parts: Vec<&Selector> = match selector {
        Selector::And(of) => of.iter().collect(),
        other => vec![other],
    };
    parts.into_iter().partition(|part| is_noun(part))
}

fn is_noun(selector: &Selector) -> bool {
    match selector {
        Selector::Codes(_)
        | Selector::Pattern(_)
        | Selector::Range(_)
        | Selector::Subject(_)
        | Selector::Kind(_)
        | Selector::Tag(_)
        | Selector::Competency(_)
        | Selector::Everything => true,
        Selector::And(of) | Selector::Or(of) => of.iter().any(is_noun),
        _ => false,
    }
}

/// Describe what a pool holds.
#[must_use]
pub fn pool(namer: Namer<'_>, selector: &Selector) -> Message {
    let (nouns, narrowing) = split(selector);
    let mut message = match nouns.as_slice() {
        [] => Message::new("pool-anything"),
        [one] => noun(namer, one),
        several => {
            Message::new("pool-both").with("parts", Arg::Messages(several.iter().map(|s| noun(namer, s)).collect()))
        }
    };
    for part in narrowing {
        message = Message::new("pool-narrowed")
            .with("pool", Arg::Message(Box::new(message)))
            .with("how", Arg::Message(Box::new(narrowed(namer, part))));
    }
    message
}

fn noun(namer: Namer<'_>, selector: &Selector) -> Message {
    match selector {
        Selector::Codes(codes) if codes.len() <= LISTED => {
            Message::new("pool-codes").with("codes", Arg::OneOf(codes.iter().map(|c| namer.code(c)).collect()))
        }
        Selector::Codes(codes) => Message::new("pool-many-codes")
            .number("n", Decimal::whole(i64::try_from(codes.len()).unwrap_or(i64::MAX)))
            .with("codes", Arg::AllOf(codes.iter().take(3).map(ToString::to_string).collect())),
        Selector::Pattern(pattern) => Message::new("pool-pattern").text("pattern", pattern),
        Selector::Range(range) => Message::new("pool-range")
            .text("subject", &range.subject)
            .text("from", range.from.to_string())
            .text("to", range.to.to_string()),
        Selector::Subject(subject) => Message::new("pool-subject").text("subject", subject),
        Selector::Kind(kind) => Message::new(match kind {
            AttainmentKind::Course => "pool-kind-course",
            AttainmentKind::Badge => "pool-kind-badge",
            AttainmentKind::Certificate => "pool-kind-certificate",
            AttainmentKind::Degree => "pool-kind-degree",
            AttainmentKind::Exam => "pool-kind-exam",
            AttainmentKind::Experience => "pool-kind-experience",
            AttainmentKind::Competency => "pool-kind-competency",
        }),
        Selector::Tag(tag) => Message::new("pool-tag").text("tag", tag),
        Selector::Competency(id) => {
            let title = namer.catalog.competencies.get(id).map_or_else(|| id.to_string(), |c| c.title.clone());
            Message::new("pool-competency").text("competency", title)
        }
        Selector::Or(of) => {
            Message::new("pool-either").with("parts", Arg::Alternatives(of.iter().map(|s| pool(namer, s)).collect()))
        }
        Selector::Everything => Message::new("pool-anything"),
        other => pool(namer, other),
    }
}

fn narrowed(namer: Namer<'_>, selector: &Selector) -> Message {
    let name = |key: &str| Message::new(key);
    match selector {
        Selector::MinGrade(min) => name("how-min-grade").text("grade", min.grade.as_str()),
        Selector::GradedOn(scales) => {
            name("how-graded-on").with("scales", Arg::OneOf(scales.iter().map(ToString::to_string).collect()))
        }
        Selector::Completed(window) => name("how-completed").with("window", Arg::Message(Box::new(dates(window)))),
        Selector::Recent(recent) => recent_message(namer, recent),
        Selector::Verified => name("how-verified"),
        Selector::Unexpired => name("how-unexpired"),
        Selector::Source(sources) => name("how-source")
            .with("sources", Arg::Alternatives(sources.iter().map(|s| Message::new(source_key(*s))).collect())),
        Selector::Level(range) => match (range.from, range.to) {
            (Some(from), Some(to)) => name("how-level").text("from", from.to_string()).text("to", to.to_string()),
            (Some(from), None) => name("how-level-from").text("from", from.to_string()),
            (None, Some(to)) => name("how-level-to").text("to", to.to_string()),
            (None, None) => name("how-any-level"),
        },
        Selector::Unit(unit) => name("how-unit").text("unit", unit),
        Selector::Issuer(issuer) => name("how-issuer").text("issuer", issuer),
        Selector::CreditsAtLeast(credits) => name("how-credits").number("n", *credits),
        Selector::Attribute(test) => {
            tested(name("how-attribute").text("attribute", namer.attainment_attribute(&test.name)), &test.test)
        }
        Selector::UsedIn(ids) => {
            name("how-used-in").with("credentials", Arg::OneOf(ids.iter().map(|id| namer.credential(id)).collect()))
        }
        Selector::Approved(approval) => {
            name("how-approved").text("office", namer.office(&approval.office)).text("subject", &approval.subject)
        }
        Selector::And(of) => {
            name("how-all").with("parts", Arg::Messages(of.iter().map(|s| narrowed(namer, s)).collect()))
        }
        Selector::Or(of) => {
            name("how-any").with("parts", Arg::Alternatives(of.iter().map(|s| narrowed(namer, s)).collect()))
        }
        Selector::Not(inner) if is_noun(inner) => {
            name("how-except").with("pool", Arg::Message(Box::new(pool(namer, inner))))
        }
        Selector::Not(inner) => name("how-not").with("how", Arg::Message(Box::new(narrowed(namer, inner)))),
        noun => name("how-of").with("pool", Arg::Message(Box::new(self::noun(namer, noun)))),
    }
}

const fn source_key(source: AttainmentSource) -> &'static str {
    match source {
        AttainmentSource::Institution => "source-institution",
        AttainmentSource::Transfer => "source-transfer",
        AttainmentSource::Exam => "source-exam",
        AttainmentSource::Waiver => "source-waiver",
        AttainmentSource::External => "source-external",
    }
}

fn dates(window: &Window) -> Message {
    match (window.from, window.to) {
        (Some(from), Some(to)) => Message::new("dates-between").with("from", Arg::Date(from)).with("to", Arg::Date(to)),
        (Some(from), None) => Message::new("dates-from").with("from", Arg::Date(from)),
        (None, Some(to)) => Message::new("dates-to").with("to", Arg::Date(to)),
        (None, None) => Message::new("dates-any"),
    }
}

fn length(duration: Duration) -> Message {
    let (key, n) = match duration {
        Duration::Years(n) => ("length-years", i64::from(n)),
        Duration::Months(n) => ("length-months", i64::from(n)),
        Duration::Days(n) => ("length-days", i64::from(n)),
    };
    Message::new(key).number("n", Decimal::whole(n))
}

fn recent_message(namer: Namer<'_>, recent: &Recent) -> Message {
    let length = Arg::Message(Box::new(length(recent.within)));
    match &recent.before {
        Event::AsOf => Message::new("how-recent").with("length", length),
        Event::Attribute(name) => {
            let decl = namer.catalog.learner_attributes.get(name);
            let title = decl.and_then(|d| d.title.clone()).unwrap_or_else(|| name.as_str().replace('_', " "));
            Message::new("how-recent-before").with("length", length).text("event", title)
        }
        Event::Conferred(id) => {
            Message::new("how-recent-award").with("length", length).text("credential", namer.credential(id))
        }
    }
}

/// Describe what a limit allows or asks.
#[must_use]
pub fn limit(namer: Namer<'_>, limit: &Limit) -> Message {
    let of = |selector: &Selector| Arg::Message(Box::new(pool(namer, selector)));
    match &limit.rule {
        LimitRule::AtMost(bounded) => bound("limit-at-most", bounded, of(&bounded.of)),
        LimitRule::AtLeast(bounded) => bound("limit-at-least", bounded, of(&bounded.of)),
        LimitRule::AtMostPer(per) => Message::new("limit-at-most-per")
            .with("amount", Arg::Message(Box::new(fixed(&per.amount))))
            .with("key", Arg::Message(Box::new(key(namer, &per.per))))
            .with("pool", of(&per.of)),
        LimitRule::Distinct(distinct) => Message::new("limit-distinct")
            .number("n", Decimal::whole(i64::from(distinct.min)))
            .with("key", Arg::Message(Box::new(key(namer, &distinct.per)))),
        LimitRule::Last(last) => Message::new("limit-last")
            .with("amount", Arg::Message(Box::new(quantity(last.measure, last.min))))
            .with("last", Arg::Message(Box::new(quantity(last.measure, last.out_of))))
            .with("pool", of(&last.of)),
        LimitRule::Span(span) => Message::new("limit-span")
            .with("length", Arg::Message(Box::new(length(span.within))))
            .with("pool", of(&span.of)),
        LimitRule::Order(order) => Message::new(if order.together { "limit-order-together" } else { "limit-order" })
            .with("first", of(&order.first))
            .with("then", of(&order.then)),
    }
}

fn fixed(fixed: &Fixed) -> Message {
    quantity(fixed.measure, fixed.value)
}

fn bound(key: &str, bounded: &Bounded, pool: Arg) -> Message {
    let amount = match &bounded.amount {
        Amount::Fixed(amount) => fixed(amount),
        Amount::Percent(percent) => percentage(percent),
    };
    Message::new(key).with("amount", Arg::Message(Box::new(amount))).with("pool", pool)
}

fn percentage(percent: &Percent) -> Message {
    let key = match (percent.base, percent.measure) {
        (PercentBase::Required, Measure::Count) => "percent-required-count",
        (PercentBase::Required, Measure::Credits) => "percent-required-credits",
        (PercentBase::Required, Measure::Hours) => "percent-required-hours",
        (PercentBase::Applied, Measure::Count) => "percent-applied-count",
        (PercentBase::Applied, Measure::Credits) => "percent-applied-credits",
        (PercentBase::Applied, Measure::Hours) => "percent-applied-hours",
    };
    let message = Message::new(key).number("percent", percent.percent);
    match percent.rounding {
        Rounding::Exact => message,
        Rounding::UpTo(step) => Message::new("percent-rounded")
            .with("percent", Arg::Message(Box::new(message)))
            .with("step", Arg::Message(Box::new(quantity(percent.measure, step)))),
        Rounding::Threshold(threshold) => Message::new("percent-rounded-from")
            .with("percent", Arg::Message(Box::new(message)))
            .with("step", Arg::Message(Box::new(quantity(percent.measure, threshold.step))))
            .number("from", threshold.up_from),
    }
}

fn key(namer: Namer<'_>, key: &Key) -> Message {
    match key {
        Key::Code => Message::new("key-code"),
        Key::Subject => Message::new("key-subject"),
        Key::Unit => Message::new("key-unit"),
        Key::Issuer => Message::new("key-issuer"),
        Key::Level => Message::new("key-level"),
        Key::Completed => Message::new("key-completed"),
        Key::Attribute(name) => Message::new("key-attribute").text("attribute", namer.attainment_attribute(name)),
    }
}
