//! The values that rule files pass around. None of them outlives the script.

use std::rc::Rc;

use credstack_model::{
    Amount, AttributeName, CredentialSelector, Duration, Event, Fixed, GpaOver, Measure, Percent, PercentBase,
    Requirement, Rounding, Selector, Source, Test, Value, Words,
};
use rhai::{Dynamic, FnPtr, ImmutableString};

/// A value of the language that is not a text, a number, a list, yes or no.
#[derive(Clone)]
pub(crate) enum Val {
    /// Stands where a wrong value was, so that the file can be read on. Nothing is said of it twice.
    Wrong,
    Req(Rc<Req>),
    Pool(Rc<Pool>),
    /// `credits(9)`.
    Amount(Fixed),
    /// `percent(50)…`; of what, once that is said.
    Percent(PercentWords),
    Length(Duration),
    Event(Event),
    Over(Rc<GpaOver>),
    /// `learner("standing")`, before or after its test.
    Fact(Rc<Fact>),
    /// `having("delivery")`, likewise.
    ItemFact(Rc<Fact>),
    Creds(Rc<CredentialSelector>),
    /// A thing that is being described, by its number among those of its sort.
    Thing(Thing, usize),
    /// A credential as a check sees it.
    View(usize),
}

/// The sorts of thing that statements describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    Catalog,
    Items,
    LearnerAttribute,
    CourseAttribute,
    Scale,
    Credential,
    Stack,
    Sharing,
    UseLimit,
    Check,
    Scenario,
    /// Something of which nothing more can be said: an office, a term, an equivalence.
    Done,
}

/// A requirement, with its size.
#[derive(Clone)]
pub(crate) struct Req {
    pub(crate) node: Requirement,
    pub(crate) depth: usize,
    pub(crate) parts: usize,
}

/// A pool, with its size.
#[derive(Clone)]
pub(crate) struct Pool {
    pub(crate) selector: Selector,
    pub(crate) depth: usize,
    pub(crate) parts: usize,
}

/// An attribute and perhaps its test.
#[derive(Clone)]
pub(crate) struct Fact {
    pub(crate) name: AttributeName,
    pub(crate) test: Option<Test>,
    pub(crate) source: Source,
}

impl Fact {
    /// Return the test; a fact that is named without one is a yes.
    pub(crate) fn test(&self) -> Test {
        self.test.clone().unwrap_or(Test::Is(Value::Flag(true)))
    }
}

/// A percentage that may not be finished.
#[derive(Clone, Copy)]
pub(crate) struct PercentWords {
    pub(crate) percent: credstack_model::Decimal,
    pub(crate) of: Option<(Measure, PercentBase)>,
    pub(crate) rounding: Rounding,
}

impl PercentWords {
    pub(crate) fn finished(self) -> Option<Percent> {
        let (measure, base) = self.of?;
        Some(Percent { measure, percent: self.percent, base, rounding: self.rounding })
    }
}

/// What a value is, as far as a word can ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum P {
    Text,
    /// A list of texts, or texts one after the other; always last.
    Texts,
    Number,
    /// A text, number, yes or no, or list of texts: the value of an attribute.
    Value,
    /// Values one after the other, or a list; always last.
    Values,
    Date,
    Pool,
    Req,
    Reqs,
    /// Codes, pools and requirements; a list or one after the other.
    Entries,
    Amount,
    Amounts,
    AmountOrPercent,
    Percent,
    Length,
    Event,
    Over,
    Creds,
    /// An id of a credential, or the credential itself.
    Credential,
    Credentials,
    Closure,
    /// Codes with titles: `#{ "A": "…" }`.
    Titles,
    /// `[[18, credits(3)], …]`.
    Rows,
}

impl P {
    /// Tell if it takes all particulars that are left.
    pub(crate) const fn is_many(self) -> bool {
        matches!(self, Self::Texts | Self::Values | Self::Reqs | Self::Entries | Self::Amounts | Self::Credentials)
    }

    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Texts => "texts",
            Self::Number => "a number",
            Self::Value => "a value",
            Self::Values => "values",
            Self::Date => "a date",
            Self::Pool => "a pool",
            Self::Req => "a requirement",
            Self::Reqs => "a list of requirements",
            Self::Entries => "a list of courses",
            Self::Amount => "an amount",
            Self::Amounts => "amounts",
            Self::AmountOrPercent => "an amount or a percentage",
            Self::Percent => "a percentage",
            Self::Length => "a length of time",
            Self::Event => "an event",
            Self::Over => "what the average is over",
            Self::Creds => "credentials",
            Self::Credential => "a credential",
            Self::Credentials => "a list of credentials",
            Self::Closure => "a condition",
            Self::Titles => "a list of codes with titles",
            Self::Rows => "a table",
        }
    }

    /// Tell if one value will do here.
    pub(crate) fn fits(self, value: &Dynamic) -> bool {
        let text = value.is_string();
        let list = value.is_array();
        let val = of(value);
        match self {
            Self::Text | Self::Date => text,
            Self::Texts => text || list,
            Self::Number => is_number(value),
            Self::Value => text || list || value.is_bool() || is_number(value),
            Self::Values => text || list || value.is_bool() || is_number(value),
            Self::Pool => text || list || matches!(val, Some(Val::Pool(_) | Val::ItemFact(_))),
            Self::Req => matches!(val, Some(Val::Req(_) | Val::Fact(_))),
            Self::Reqs => list || matches!(val, Some(Val::Req(_) | Val::Fact(_))),
            Self::Entries => {
                text || list || matches!(val, Some(Val::Pool(_) | Val::ItemFact(_) | Val::Req(_) | Val::Fact(_)))
            }
            Self::Amount | Self::Amounts => matches!(val, Some(Val::Amount(_))),
            Self::AmountOrPercent => matches!(val, Some(Val::Amount(_) | Val::Percent(_))),
            Self::Percent => matches!(val, Some(Val::Percent(_))),
            Self::Length => matches!(val, Some(Val::Length(_))),
            Self::Event => matches!(val, Some(Val::Event(_))),
            Self::Over => matches!(val, Some(Val::Over(_) | Val::Fact(_))),
            Self::Creds => text || list || matches!(val, Some(Val::Creds(_) | Val::Thing(Thing::Credential, _))),
            Self::Credential => text || matches!(val, Some(Val::Thing(Thing::Credential, _))),
            Self::Credentials => text || list || matches!(val, Some(Val::Thing(Thing::Credential, _))),
            Self::Closure => value.is::<FnPtr>(),
            Self::Titles => value.is_map(),
            Self::Rows => list,
        }
    }
}

pub(crate) fn is_number(value: &Dynamic) -> bool {
    value.is_int() || value.is_decimal()
}

/// Return the language's own value inside, if it is one.
pub(crate) fn of(value: &Dynamic) -> Option<Val> {
    value.read_lock::<Val>().map(|v| v.clone())
}

/// Tell if a value is, or as a list holds, one that was wrong already.
pub(crate) fn holds_wrong(value: &Dynamic, depth: usize) -> bool {
    if let Some(list) = value.read_lock::<rhai::Array>() {
        return depth < 8 && list.iter().any(|v| holds_wrong(v, depth + 1));
    }
    matches!(of(value), Some(Val::Wrong))
}

/// Say what a value is, in the author's words.
pub(crate) fn describe(value: &Dynamic) -> Words {
    if let Some(text) = value.read_lock::<ImmutableString>() {
        let shown: String = text.chars().take(30).collect();
        let more = if shown.len() < text.len() { "…" } else { "" };
        return Words::new("the text `{text}`", &[("text", &format!("{}{more}", shown.escape_debug()))]);
    }
    if is_number(value) {
        return Words::new("the number {value}", &[("value", value)]);
    }
    if let Ok(yes) = value.as_bool() {
        return Words::plain(if yes { "`true`" } else { "`false`" });
    }
    if let Some(list) = value.read_lock::<rhai::Array>() {
        return Words::plain(if list.is_empty() { "an empty list" } else { "a list" });
    }
    if value.is_unit() {
        return Words::plain("nothing");
    }
    if value.is_map() {
        return Words::plain("a list of codes with titles");
    }
    if value.is::<FnPtr>() {
        return Words::plain("a condition");
    }
    match of(value) {
        Some(val) => Words::plain(val.words()),
        None => Words::plain("something else"),
    }
}

impl Val {
    pub(crate) const fn words(&self) -> &'static str {
        match self {
            Self::Wrong => "something that is wrong above",
            Self::Req(_) => "a requirement",
            Self::Pool(_) => "a pool",
            Self::Amount(_) => "an amount",
            Self::Percent(_) => "a percentage",
            Self::Length(_) => "a length of time",
            Self::Event(_) => "an event",
            Self::Over(_) => "what an average is over",
            Self::Fact(_) => "an attribute of the learner",
            Self::ItemFact(_) => "an attribute of items",
            Self::Creds(_) => "a choice of credentials",
            Self::View(_) => "a credential in a check",
            Self::Thing(thing, _) => thing.words(),
        }
    }

    pub(crate) fn amount(measure: Measure, value: credstack_model::Decimal) -> Self {
        Self::Amount(Fixed { measure, value })
    }
}

impl Thing {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Catalog => "the catalog",
            Self::Items => "a course",
            Self::LearnerAttribute | Self::CourseAttribute => "an attribute",
            Self::Scale => "a grade scale",
            Self::Credential => "a credential",
            Self::Stack => "a stack",
            Self::Sharing => "a sharing policy",
            Self::UseLimit => "a use limit",
            Self::Check => "a check",
            Self::Scenario => "a scenario",
            Self::Done => "a finished statement",
        }
    }
}

/// Return the amount that a limit bounds by.
pub(crate) fn amount_of(value: &Dynamic) -> Option<Result<Amount, ()>> {
    match of(value)? {
        Val::Amount(fixed) => Some(Ok(Amount::Fixed(fixed))),
        Val::Percent(words) => Some(words.finished().map(Amount::Percent).ok_or(())),
        _ => None,
    }
}
