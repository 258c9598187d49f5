//! One use of a word: what it was given, and the reading of that, with what is said when it does
//! not fit.

use std::rc::Rc;
use std::sync::Arc;

use credstack_base::Named;
use credstack_model::source::{Place, Source, Span};
use credstack_model::{
    Argument, Code, CredentialId, CredentialSelector, Date, Decimal, DecimalError, Diagnostic, NameError, NumberRange,
    Requirement, Rule, Selector, Value, Words,
};
use rhai::{Dynamic, ImmutableString};

use crate::codes::sentence;
use crate::lex::{FileText, Kind};
use crate::state::{Failure, State};
use crate::value::{self, Fact, P, Pool, Req, Thing, Val};

/// What a word makes.
pub(crate) type Made = Result<Val, Failure>;

/// One use of a word.
pub(crate) struct Call<'a> {
    pub(crate) word: &'static str,
    pub(crate) example: &'static str,
    pub(crate) receiver: Option<Dynamic>,
    pub(crate) args: &'a [Dynamic],
    pub(crate) source: Source,
    /// The text it stands in and the number of its token there, to point at single particulars.
    pub(crate) text: Option<(Arc<FileText>, usize)>,
    pub(crate) st: &'a mut State,
}

impl Call<'_> {
    // ---- saying what is wrong ----

    /// Say something at this word.
    pub(crate) fn fail(&mut self, diagnostic: Diagnostic) -> Failure {
        let place = Place::Span(self.span());
        self.st.say(diagnostic.on(place));
        Failure::Said
    }

    /// Say something at one particular.
    pub(crate) fn fail_at(&mut self, number: usize, diagnostic: Diagnostic) -> Failure {
        let place = Place::Span(self.span_of(number));
        self.st.say(diagnostic.on(place));
        Failure::Said
    }

    /// Return the span of this word.
    fn span(&self) -> Span {
        self.text
            .as_ref()
            .and_then(|(text, call)| text.tokens.get(*call).map(|token| text.span(token)))
            .unwrap_or_else(|| Span::point(&self.source))
    }

    /// Return the span of a particular; of the word if that cannot be told.
    pub(crate) fn span_of(&self, number: usize) -> Span {
        self.text
            .as_ref()
            .and_then(|(text, call)| text.span_of(text.argument(*call, number)?))
            .unwrap_or_else(|| self.span())
    }

    /// Return the span of a particular that is one text between quotation marks.
    fn span_of_text(&self, number: usize) -> Option<Span> {
        let (text, call) = self.text.as_ref()?;
        match text.argument(*call, number)? {
            [token] if matches!(token.kind, Kind::Text(_)) => Some(text.span(token)),
            _ => None,
        }
    }

    /// Return where a particular starts.
    pub(crate) fn place(&self, number: usize) -> Source {
        self.span_of(number).source()
    }

    // ---- reading particulars ----

    pub(crate) fn has(&self, number: usize) -> bool {
        number < self.args.len()
    }

    fn arg(&self, number: usize) -> Dynamic {
        self.args.get(number).cloned().unwrap_or_default()
    }

    pub(crate) fn text(&mut self, number: usize) -> Result<String, Failure> {
        let value = self.arg(number);
        match value.read_lock::<ImmutableString>() {
            Some(text) => Ok(text.to_string()),
            None => Err(self.mismatch(number, P::Text, &value)),
        }
    }

    /// Say that what is given does not fit; used where a list holds the wrong thing.
    fn mismatch(&mut self, number: usize, wanted: P, got: &Dynamic) -> Failure {
        if value::holds_wrong(got, 0) {
            return Failure::Said;
        }
        let wrong = sentence::WRONG_PARTICULAR
            .of(&[("word", &self.word), ("example", &self.example)])
            .with("wanted", Argument::Words(Words::plain(wanted.words())))
            .with("got", Argument::Words(value::describe(got)));
        self.fail_at(number, wrong)
    }

    /// Read a name of some kind.
    pub(crate) fn name<N>(&mut self, number: usize, text: &str) -> Result<N, Failure>
    where
        N: std::str::FromStr<Err = NameError>,
    {
        text.parse().map_err(|error: NameError| {
            let bad = sentence::BAD_NAME.of(&[]).with("trouble", Argument::Words(sentence::no_name(&error)));
            self.fail_at(number, bad)
        })
    }

    pub(crate) fn named<N>(&mut self, number: usize) -> Result<N, Failure>
    where
        N: std::str::FromStr<Err = NameError>,
    {
        let text = self.text(number)?;
        self.name(number, &text)
    }

    pub(crate) fn decimal(&mut self, number: usize) -> Result<Decimal, Failure> {
        let value = self.arg(number);
        self.decimal_of(number, &value)
    }

    pub(crate) fn decimal_of(&mut self, number: usize, value: &Dynamic) -> Result<Decimal, Failure> {
        if !value::is_number(value) {
            return Err(self.mismatch(number, P::Number, value));
        }
        let text = value.to_string();
        text.parse().map_err(|error: DecimalError| {
            let bad = sentence::BAD_NUMBER.of(&[]).with("trouble", Argument::Words(sentence::no_decimal(&error)));
            self.fail_at(number, bad)
        })
    }

    /// Read a number that is not negative.
    pub(crate) fn size(&mut self, number: usize) -> Result<Decimal, Failure> {
        let value = self.decimal(number)?;
        if value < Decimal::ZERO {
            let negative = sentence::NEGATIVE_NUMBER.of(&[("word", &self.word), ("value", &value)]);
            return Err(self.fail_at(number, negative));
        }
        Ok(value)
    }

    /// Read a whole number in a range.
    pub(crate) fn whole(&mut self, number: usize, least: i64, most: i64) -> Result<i64, Failure> {
        let value = self.decimal(number)?;
        let whole = value.thousandths() / 1000;
        if !value.is_whole() || whole < least || whole > most {
            let (word, example) = (self.word, self.example);
            let outside = sentence::NUMBER_OUT_OF_RANGE.of(&[
                ("word", &word),
                ("least", &least),
                ("most", &most),
                ("value", &value),
                ("example", &example),
            ]);
            return Err(self.fail_at(number, outside));
        }
        Ok(whole)
    }

    pub(crate) fn whole_u32(&mut self, number: usize, least: i64, most: u32) -> Result<u32, Failure> {
        let whole = self.whole(number, least.max(0), i64::from(most))?;
        Ok(u32::try_from(whole).unwrap_or(most))
    }

    pub(crate) fn date(&mut self, number: usize) -> Result<Date, Failure> {
        let text = self.text(number)?;
        self.date_of(number, &text)
    }

    pub(crate) fn date_of(&mut self, number: usize, text: &str) -> Result<Date, Failure> {
        text.parse().map_err(|_| {
            let shown: String = text.chars().take(40).collect();
            self.fail_at(number, sentence::BAD_DATE.of(&[("text", &shown)]))
        })
    }

    /// Read the texts from a particular on: one after the other, or as one list.
    pub(crate) fn texts(&mut self, from: usize) -> Result<Vec<String>, Failure> {
        let values = self.several(from);
        let mut texts = Vec::new();
        for (number, value) in values {
            match value.read_lock::<ImmutableString>() {
                Some(text) => texts.push(text.to_string()),
                None => return Err(self.mismatch(number, P::Texts, &value)),
            }
        }
        if texts.is_empty() {
            return Err(self.empty_list(from));
        }
        Ok(texts)
    }

    fn empty_list(&mut self, from: usize) -> Failure {
        let empty = sentence::EMPTY_LIST.of(&[("word", &self.word), ("example", &self.example)]);
        self.fail_at(from, empty)
    }

    pub(crate) fn names<N>(&mut self, from: usize) -> Result<Vec<N>, Failure>
    where
        N: std::str::FromStr<Err = NameError>,
    {
        let texts = self.texts(from)?;
        texts.iter().map(|text| self.name(from, text)).collect()
    }

    /// Return the values from a particular on, lists taken apart, each with the number of its particular.
    pub(crate) fn several(&self, from: usize) -> Vec<(usize, Dynamic)> {
        let mut all = Vec::new();
        for (number, value) in self.args.iter().enumerate().skip(from) {
            match value.read_lock::<rhai::Array>() {
                Some(list) => all.extend(list.iter().map(|v| (number, v.clone()))),
                None => all.push((number, value.clone())),
            }
        }
        all
    }

    /// Read the value of an attribute.
    pub(crate) fn value(&mut self, number: usize) -> Result<Value, Failure> {
        let value = self.arg(number);
        self.value_of(number, &value)
    }

    pub(crate) fn value_of(&mut self, number: usize, value: &Dynamic) -> Result<Value, Failure> {
        if let Ok(yes) = value.as_bool() {
            return Ok(Value::Flag(yes));
        }
        if value::is_number(value) {
            return self.decimal_of(number, value).map(Value::Number);
        }
        if let Some(text) = value.read_lock::<ImmutableString>() {
            return Ok(Value::Text(text.to_string()));
        }
        if let Some(list) = value.read_lock::<rhai::Array>() {
            let mut texts = Vec::new();
            for entry in list.iter() {
                match entry.read_lock::<ImmutableString>() {
                    Some(text) => texts.push(text.to_string()),
                    None => return Err(self.mismatch(number, P::Texts, entry)),
                }
            }
            texts.sort();
            texts.dedup();
            return Ok(Value::Several(texts));
        }
        Err(self.mismatch(number, P::Value, value))
    }

    // ---- pools ----

    pub(crate) fn pool(&mut self, number: usize) -> Result<Pool, Failure> {
        let value = self.arg(number);
        self.pool_of(Some(number), &value, 0)
    }

    /// Read a pool, or take everything where none is given.
    pub(crate) fn pool_or_everything(&mut self, number: usize) -> Result<Pool, Failure> {
        if self.has(number) { self.pool(number) } else { Ok(Pool::new(Selector::Everything)) }
    }

    pub(crate) fn receiver_pool(&mut self) -> Result<Pool, Failure> {
        let value = self.receiver.clone().unwrap_or_default();
        self.pool_of(None, &value, 0)
    }

    /// Read a pool. `number` is absent for what the word follows.
    pub(crate) fn pool_of(&mut self, number: Option<usize>, value: &Dynamic, depth: usize) -> Result<Pool, Failure> {
        let at = number.unwrap_or(usize::MAX);
        if let Some(text) = value.read_lock::<ImmutableString>() {
            let selector = self.selector_of_text(at, &text)?;
            self.spend(1)?;
            return Ok(Pool::new(selector));
        }
        if let Some(list) = value.read_lock::<rhai::Array>() {
            if depth > 8 {
                return Err(self.fail_at(at, sentence::LISTS_TOO_DEEP.of(&[])));
            }
            return self.pool_of_list(at, &list, depth);
        }
        match value::of(value) {
            Some(Val::Pool(pool)) => Ok((*pool).clone()),
            Some(Val::ItemFact(fact)) => Ok(Pool::new(item_fact(&fact))),
            _ => Err(self.mismatch(at, P::Pool, value)),
        }
    }

    fn pool_of_list(&mut self, at: usize, list: &[Dynamic], depth: usize) -> Result<Pool, Failure> {
        let mut codes = Vec::new();
        let mut others: Vec<Selector> = Vec::new();
        let (mut deepest, mut parts) = (1, 1);
        for entry in list {
            let pool = self.pool_of(Some(at), entry, depth + 1)?;
            deepest = deepest.max(pool.depth + 1);
            parts += pool.parts;
            match pool.selector {
                Selector::Codes(more) => {
                    // A code named twice is one code; `push_new` would be quadratic for long lists.
                    codes.extend(more);
                }
                Selector::Or(of) => others.extend(of),
                other => others.push(other),
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        codes.retain(|code: &Code| seen.insert(code.clone()));
        if !codes.is_empty() {
            others.insert(0, Selector::Codes(codes));
        }
        let selector = match others.len() {
            0 => {
                return Err(self.fail_at(at, sentence::EMPTY_POOL.of(&[])));
            }
            1 => others.remove(0),
            _ => Selector::Or(others),
        };
        self.sized_pool(selector, deepest, parts)
    }

    /// Make a pool of a size, if that is within the limits.
    pub(crate) fn sized_pool(&mut self, selector: Selector, depth: usize, parts: usize) -> Result<Pool, Failure> {
        self.spend(parts)?;
        let limits = self.st.limits;
        if depth > limits.depth || parts > limits.entries.max(limits.requirement_parts) {
            let most = limits.entries.max(limits.requirement_parts);
            return Err(self.fail(sentence::POOL_TOO_LARGE.of(&[
                ("parts", &parts),
                ("depth", &depth),
                ("most", &most),
                ("deepest", &limits.depth),
            ])));
        }
        Ok(Pool { selector, depth, parts })
    }

    fn selector_of_text(&mut self, at: usize, text: &str) -> Result<Selector, Failure> {
        if let Some((start, to)) = text.split_once("..") {
            let range = start.rsplit_once(' ').and_then(|(subject, from)| {
                let (from, to): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
                (from <= to && !subject.trim().is_empty()).then(|| NumberRange {
                    subject: subject.to_owned(),
                    from,
                    to,
                })
            });
            return range
                .map(Selector::Range)
                .ok_or_else(|| self.fail_at(at, sentence::BAD_RANGE.of(&[("text", &text)])));
        }
        if text.contains('*') {
            let code: Code = self.name(at, text)?;
            return Ok(Selector::Pattern(code.as_str().to_owned()));
        }
        let code: Code = self.name(at, text)?;
        Ok(Selector::Codes(vec![code]))
    }

    pub(crate) fn both(&mut self, a: Pool, b: Pool) -> Result<Pool, Failure> {
        let (depth, parts) = (a.depth.max(b.depth) + 1, a.parts + b.parts);
        self.sized_pool(a.selector.and(b.selector), depth, parts)
    }

    // ---- requirements ----

    pub(crate) fn req(&mut self, number: usize) -> Result<Req, Failure> {
        let value = self.arg(number);
        self.req_of(number, &value)
    }

    pub(crate) fn req_of(&mut self, number: usize, value: &Dynamic) -> Result<Req, Failure> {
        match value::of(value) {
            Some(Val::Req(req)) => {
                self.spend(req.parts)?;
                Ok((*req).clone())
            }
            Some(Val::Fact(fact)) => {
                let mut req = Req::leaf(Requirement::new(Rule::Attribute(fact.attribute_test())), 1);
                req.node.source = Some(fact.source.clone());
                Ok(req)
            }
            _ if value.is_string() || value.is_array() || matches!(value::of(value), Some(Val::Pool(_))) => {
                let wrong = sentence::COURSES_FOR_REQUIREMENT
                    .of(&[("word", &self.word)])
                    .with("got", Argument::Words(value::describe(value)));
                Err(self.fail_at(number, wrong))
            }
            _ => Err(self.mismatch(number, P::Req, value)),
        }
    }

    pub(crate) fn reqs(&mut self, from: usize) -> Result<Vec<Req>, Failure> {
        let values = self.several(from);
        let mut reqs = Vec::new();
        let mut wrong = false;
        for (number, value) in values {
            match self.req_of(number, &value) {
                Ok(req) => reqs.push(req),
                Err(Failure::Said) => wrong = true,
                Err(stop) => return Err(stop),
            }
        }
        if wrong { Err(Failure::Said) } else { Ok(reqs) }
    }

    /// Make the requirement of this word.
    pub(crate) fn make(&mut self, rule: Rule, depth: usize, parts: usize) -> Made {
        self.spend(parts)?;
        let limits = self.st.limits;
        if depth > limits.depth || parts > limits.requirement_parts {
            let word = self.word;
            return Err(self.fail(sentence::REQUIREMENT_TOO_LARGE.of(&[
                ("word", &word),
                ("parts", &parts),
                ("depth", &depth),
                ("most", &limits.requirement_parts),
                ("deepest", &limits.depth),
            ])));
        }
        let mut node = Requirement::new(rule);
        node.source = Some(self.source.clone());
        self.st.built.insert(self.source.clone(), self.word);
        Ok(Val::Req(Rc::new(Req { node, depth, parts })))
    }

    pub(crate) fn receiver_req(&mut self) -> Result<Req, Failure> {
        let value = self.receiver.clone().unwrap_or_default();
        self.req_of(usize::MAX, &value)
    }

    // ---- credentials ----

    pub(crate) fn credential(&mut self, number: usize) -> Result<CredentialId, Failure> {
        let value = self.arg(number);
        self.credential_of(number, &value)
    }

    pub(crate) fn credential_of(&mut self, number: usize, value: &Dynamic) -> Result<CredentialId, Failure> {
        if let Some(text) = value.read_lock::<ImmutableString>() {
            return self.name(number, &text);
        }
        match value::of(value) {
            Some(Val::Thing(Thing::Credential, index)) => {
                self.st.credentials.get(index).and_then(|draft| draft.id.clone()).ok_or(Failure::Said)
            }
            _ => Err(self.mismatch(number, P::Credential, value)),
        }
    }

    pub(crate) fn credentials(&mut self, from: usize) -> Result<Vec<CredentialId>, Failure> {
        let values = self.several(from);
        let ids = values.iter().map(|(number, v)| self.credential_of(*number, v)).collect::<Result<Vec<_>, _>>()?;
        if ids.is_empty() {
            return Err(self.empty_list(from));
        }
        Ok(ids)
    }

    pub(crate) fn creds(&mut self, number: usize) -> Result<CredentialSelector, Failure> {
        let value = self.arg(number);
        if let Some(Val::Creds(creds)) = value::of(&value) {
            return Ok((*creds).clone());
        }
        if let Some(list) = value.read_lock::<rhai::Array>() {
            let ids = list.iter().map(|v| self.credential_of(number, v)).collect::<Result<Vec<_>, _>>()?;
            if ids.is_empty() {
                return Err(self.fail_at(number, sentence::EMPTY_CREDENTIALS.of(&[])));
            }
            return Ok(CredentialSelector::Ids(ids));
        }
        self.credential_of(number, &value).map(|id| CredentialSelector::Ids(vec![id]))
    }

    // ---- other ----

    /// Read one of the names of an enumeration.
    pub(crate) fn named_choice<T: Named>(&mut self, number: usize) -> Result<T, Failure> {
        let among: Vec<(&str, T)> = T::ALL.iter().map(|one| (one.as_str(), *one)).collect();
        self.choice(number, &among)
    }

    /// Read one of some fixed texts.
    pub(crate) fn choice<T: Copy>(&mut self, number: usize, among: &[(&str, T)]) -> Result<T, Failure> {
        let text = self.text(number)?;
        if let Some((_, value)) = among.iter().find(|(name, _)| *name == text) {
            return Ok(*value);
        }
        let names: Vec<&str> = among.iter().map(|(name, _)| *name).collect();
        let listed = names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        let shown: String = text.chars().take(40).collect();
        let mut unknown = sentence::UNKNOWN_CHOICE.of(&[("word", &self.word), ("text", &shown), ("listed", &listed)]);
        if let Some(near) = credstack_base::nearest(&text, names) {
            unknown = unknown.with_help(sentence::NEAR_CHOICE, &[("near", &near)]);
            if let Some(span) = self.span_of_text(number) {
                unknown = unknown.with_edit(span, format!("\"{near}\""));
            }
        }
        Err(self.fail_at(number, unknown))
    }

    pub(crate) fn spend(&mut self, parts: usize) -> Result<(), Failure> {
        let source = self.source.clone();
        self.st.spend(parts, &source)
    }

    /// Return the number of the thing that this word follows.
    pub(crate) fn thing(&self) -> usize {
        match self.receiver.as_ref().and_then(value::of) {
            Some(Val::Thing(_, index)) => index,
            _ => usize::MAX,
        }
    }

    /// Give back what this word follows, so that the sentence can go on.
    pub(crate) fn again(&self) -> Made {
        self.receiver.as_ref().and_then(value::of).ok_or(Failure::Said)
    }
}

impl Pool {
    pub(crate) const fn new(selector: Selector) -> Self {
        Self { selector, depth: 1, parts: 1 }
    }
}

impl Req {
    pub(crate) const fn leaf(node: Requirement, parts: usize) -> Self {
        Self { node, depth: 1, parts }
    }
}

impl Fact {
    pub(crate) fn attribute_test(&self) -> credstack_model::AttributeTest {
        credstack_model::AttributeTest { name: self.name.clone(), test: self.test() }
    }
}

fn item_fact(fact: &Fact) -> Selector {
    Selector::Attribute(fact.attribute_test())
}
