//! Queries: rules over all courses that a where-clause selects, with assertions over those claimed.

use credstack_engine::model::{
    Amount, AttainmentKind, Bounded, Decimal, Distinct, Fixed, Gpa, GpaOver, Key, Limit, LimitRule, Measure,
    Requirement, Rule, Selector, When,
};
use serde_json::{Map, Value as Json};

use super::super::Fault;
use super::super::build::whole;
use super::{Reader, flag, string};

/// What assertions ask of the courses claimed.
#[derive(Clone, Default)]
struct Asked {
    /// So many of them, at least.
    least: Option<(Measure, Decimal)>,
    limits: Vec<LimitRule>,
    averages: Vec<Decimal>,
}

/// A query may depend on so many facts about the learner; each doubles the requirement.
const FACTS: usize = 3;
/// What is lacking where there are more.
pub(super) const MANY_FACTS: &str = "pool or threshold that depends on many facts about the learner";

/// The tests inside a query, each once: of pools with `$if`, of thresholds with `$changes`.
fn tests_within(rule: &Json, into: &mut Vec<Json>) {
    let mut found = |test: &Json| {
        if !into.contains(test) {
            into.push(test.clone());
        }
    };
    match rule {
        Json::Object(map) => {
            map.get("$if").into_iter().for_each(&mut found);
            let changes = map.get("$changes").and_then(Json::as_array);
            changes.into_iter().flatten().filter_map(|change| change.get(0)).for_each(&mut found);
            map.iter().filter(|(key, _)| *key != "$if").for_each(|(_, inner)| tests_within(inner, into));
        }
        Json::Array(of) => of.iter().for_each(|inner| tests_within(inner, into)),
        _ => {}
    }
}

impl Reader {
    /// A query. A selector cannot depend on a fact, but a requirement can: there is one copy of it
    /// for each way the facts can be.
    pub(super) fn query(&mut self, query: &Map<String, Json>) -> Result<Requirement, Fault> {
        let mut tests = Vec::new();
        query.values().for_each(|inner| tests_within(inner, &mut tests));
        if tests.len() > FACTS {
            tests.clear();
        }
        self.copies(query, &tests)
    }

    fn copies(&mut self, query: &Map<String, Json>, tests: &[Json]) -> Result<Requirement, Fault> {
        let Some((first, rest)) = tests.split_first() else { return self.one_query(query) };
        let test = self.condition(first)?;
        let mut copy = |assumed| {
            self.assumed.push((first.clone(), assumed));
            let built = self.copies(query, rest);
            self.assumed.pop();
            built
        };
        let (then, otherwise) = (copy(true)?, copy(false)?);
        Ok(Requirement::new(Rule::When(Box::new(When { test, then, otherwise }))))
    }

    /// Which way a fact is taken to be, if it is taken to be either.
    pub(super) fn assumption(&self, test: &Json) -> Option<bool> {
        self.assumed.iter().find(|(known, _)| known == test).map(|(_, assumed)| *assumed)
    }

    /// A threshold after what the facts change of it.
    fn changed(&mut self, value: Decimal, bounds: &Map<String, Json>) -> Result<Decimal, Fault> {
        let mut changed = value;
        for change in bounds.get("$changes").and_then(Json::as_array).into_iter().flatten() {
            let assumed = change.get(0).and_then(|test| self.assumption(test));
            let number = |key: &str| change.get(1).and_then(|by| by.get(key)).and_then(Json::as_str);
            match (assumed, number("set"), number("add")) {
                (None, ..) => self.lack(MANY_FACTS),
                (Some(false), ..) => {}
                (Some(true), Some(set), _) => changed = set.parse()?,
                (Some(true), None, Some(add)) => changed = changed + add.parse()?,
                (Some(true), None, None) => return Err("a change that neither sets nor adds".into()),
            }
        }
        Ok(changed)
    }

    fn one_query(&mut self, query: &Map<String, Json>) -> Result<Requirement, Fault> {
        let base = match string(query, "from") {
            "courses" => Selector::Everything,
            "music performances" => {
                Selector::Kind(AttainmentKind::Experience).and(Selector::Tag("performance".to_owned()))
            }
            "music recitals" => Selector::Kind(AttainmentKind::Experience).and(Selector::Tag("recital".to_owned())),
            "claimed" => return self.stand_in("looking at what other requirements of the credential count"),
            "areas" => return self.stand_in("counting declared areas"),
            other => return Err(format!("from `{other}`").into()),
        };
        for key in query.keys() {
            match key.as_str() {
                "from" | "where" | "limit" | "assert" | "all" | "both" | "any" | "either" | "allow_claimed"
                | "claim" | "load_potentials" | "at_most" | "message" => {}
                "include_failed" => self.lack("counting courses that were failed"),
                other => self.lack(&format!("query key `{other}`")),
            }
        }
        let pool = match query.get("where") {
            Some(clause) => base.and(self.pool(clause)?),
            None => base,
        };
        let ways = self.assertions(query)?;
        let looks_only = flag(query, "allow_claimed") || string(query, "claim") == "record";
        let mut built = Vec::new();
        for asked in ways {
            built.push(self.answer(asked, &pool, looks_only, query.contains_key("limit"))?);
        }
        Ok(if built.len() == 1 { built.swap_remove(0) } else { Requirement::any(built) })
    }

    /// The ways in which the assertions of a query can hold.
    fn assertions(&mut self, query: &Map<String, Json>) -> Result<Vec<Asked>, Fault> {
        let mut ways = vec![Asked::default()];
        if query.contains_key("assert") {
            let mut asked = Asked::default();
            self.assertion(query, false, &mut asked)?;
            ways = vec![asked];
        }
        for (key, alternatives) in [("all", false), ("both", false), ("any", true), ("either", true)] {
            let Some(parts) = query.get(key).and_then(Json::as_array) else { continue };
            let mut next = Vec::new();
            for part in parts {
                let part = part.as_object().ok_or("an assertion must be a mapping")?;
                if !part.contains_key("assert") {
                    self.lack("assertions within assertions");
                    continue;
                }
                if alternatives {
                    for way in &ways {
                        let mut way = way.clone();
                        self.assertion(part, true, &mut way)?;
                        next.push(way);
                    }
                } else {
                    for way in &mut ways {
                        self.assertion(part, true, way)?;
                    }
                }
            }
            if alternatives {
                ways = next;
            }
        }
        Ok(ways)
    }

    /// One assertion; its where-clause, if it is a part of a query, narrows what it counts.
    fn assertion(&mut self, part: &Map<String, Json>, narrowed: bool, asked: &mut Asked) -> Result<(), Fault> {
        let of = match part.get("where") {
            Some(clause) if narrowed => self.pool(clause)?,
            _ => Selector::Everything,
        };
        for (metric, bounds) in part.get("assert").and_then(Json::as_object).into_iter().flatten() {
            let bounds = bounds.as_object().ok_or("an assertion without bounds")?;
            for (operator, value) in
                bounds.iter().filter(|(key, _)| !matches!(key.as_str(), "at_most" | "label" | "$changes"))
            {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                if text.starts_with('$') {
                    self.lack(&format!("value computed from the record: `{text}`"));
                    continue;
                }
                let value = self.changed(text.parse()?, bounds)?;
                match operator.as_str() {
                    "$gte" => self.at_least(metric, value, &of, asked),
                    "$lte" => self.at_most(metric, value, &of, asked),
                    "$eq" => {
                        self.at_least(metric, value, &of, asked);
                        self.at_most(metric, value, &of, asked);
                    }
                    other => self.lack(&format!("assertion with `{other}`")),
                }
            }
        }
        Ok(())
    }

    fn at_least(&mut self, metric: &str, value: Decimal, of: &Selector, asked: &mut Asked) {
        if value == Decimal::ZERO {
            return;
        }
        let distinct = |per| {
            let min = u32::try_from(value.thousandths() / 1000).unwrap_or(u32::MAX);
            LimitRule::Distinct(Distinct { min, per, of: of.clone() })
        };
        let measure = match metric {
            "count(courses)" | "count(performances)" | "count(recitals)" => Measure::Count,
            "sum(credits)" => Measure::Credits,
            "count(terms)" => return asked.limits.push(distinct(Key::Completed)),
            "count(subjects)" => return asked.limits.push(distinct(Key::Subject)),
            "count(distinct_courses)" => return asked.limits.push(distinct(Key::Code)),
            "average(grades)" if *of == Selector::Everything => return asked.averages.push(value),
            "count(religion_traditions)" | "count(math_perspectives)" => {
                return self.lack("distinct values of an attribute of which a course has several");
            }
            "count(terms_from_most_common_course)" | "count(terms_from_most_common_course_by_name)" => {
                return self.lack("at least so many of one and the same course");
            }
            other => return self.lack(&format!("assertion over `{other}`")),
        };
        if *of == Selector::Everything && asked.least.is_none() {
            asked.least = Some((measure, value));
        } else {
            asked.limits.push(LimitRule::AtLeast(bounded(measure, value, of)));
        }
    }

    fn at_most(&mut self, metric: &str, value: Decimal, of: &Selector, asked: &mut Asked) {
        let measure = match metric {
            "count(courses)" | "count(performances)" | "count(recitals)" => Measure::Count,
            "sum(credits)" => Measure::Credits,
            other => return self.lack(&format!("at most so many `{other}`")),
        };
        asked.limits.push(LimitRule::AtMost(bounded(measure, value, of)));
    }

    fn answer(&mut self, asked: Asked, pool: &Selector, looks_only: bool, limited: bool) -> Result<Requirement, Fault> {
        let (measure, min) = asked.least.unwrap_or((Measure::Count, Decimal::ZERO));
        if !asked.averages.is_empty() {
            return self.stand_in("average over what one requirement counts");
        }
        if !looks_only {
            let mut built = Requirement::take(measure, min, pool.clone());
            built.limits = asked.limits.into_iter().map(limit).collect();
            return Ok(built);
        }
        // Nothing is taken, so each bound can be asked of the pool by itself; but only a bound
        // that says at least or at most so much, since nothing is allocated that could be told apart.
        let mut parts = Vec::new();
        if min > Decimal::ZERO {
            parts.push(Requirement::seen(measure, min, pool.clone()));
        }
        for rule in &asked.limits {
            match rule {
                LimitRule::AtLeast(Bounded { amount: Amount::Fixed(fixed), of }) => {
                    parts.push(Requirement::seen(fixed.measure, fixed.value, pool.clone().and(of.clone())));
                }
                LimitRule::AtMost(Bounded { amount: Amount::Fixed(fixed), of }) => {
                    let more = fixed.value + Decimal::from_thousandths(1);
                    let more = if fixed.measure == Measure::Count { fixed.value + Decimal::ONE } else { more };
                    let exceeded = Requirement::seen(fixed.measure, more, pool.clone().and(of.clone()));
                    parts.push(Requirement::new(Rule::Not(Box::new(exceeded))));
                }
                _ => self.lack("distinct terms or subjects of courses that other requirements may count too"),
            }
        }
        if limited {
            self.lack("limits on courses that other requirements may count too");
        }
        Ok(Requirement::all(parts))
    }

    /// A limit: at most so many of what a where-clause selects.
    pub(super) fn limit(&mut self, entry: &Json, into: &mut Requirement) -> Result<(), Fault> {
        let entry = entry.as_object().ok_or("a limit must be a mapping")?;
        let at_most = ["at_most", "at-most", "at most"].iter().find_map(|key| entry.get(*key));
        let at_most = at_most.ok_or("a limit without a number")?;
        let text = at_most.as_str().map_or_else(|| at_most.to_string(), str::to_owned);
        let number: u32 = text.split(' ').next().unwrap_or_default().parse()?;
        let of = self.pool(entry.get("where").ok_or("a limit without a where-clause")?)?;
        into.limits.insert(0, limit(LimitRule::AtMost(bounded(Measure::Count, whole(number), &of))));
        Ok(())
    }

    /// Assertions over everything that a rule's parts have claimed.
    pub(super) fn audit(&mut self, audit: &Json, mut built: Requirement) -> Result<Requirement, Fault> {
        let mut asked = Asked::default();
        let audit = audit.as_object().ok_or("an audit must be a mapping")?;
        if audit.contains_key("assert") {
            self.assertion(audit, true, &mut asked)?;
        }
        for part in audit.get("all").and_then(Json::as_array).into_iter().flatten() {
            self.assertion(part.as_object().ok_or("an audit must be a mapping")?, true, &mut asked)?;
        }
        if let Some((measure, value)) = asked.least {
            asked.limits.push(LimitRule::AtLeast(bounded(measure, value, &Selector::Everything)));
        }
        built.limits.extend(asked.limits.into_iter().map(limit));
        // An audit stands at the top, where what is claimed is what the whole credential counts.
        let averages = asked
            .averages
            .into_iter()
            .map(|min| Requirement::new(Rule::Gpa(Gpa { min, over: GpaOver::Applied(Selector::Everything) })));
        let averages: Vec<_> = averages.collect();
        if averages.is_empty() {
            return Ok(built);
        }
        Ok(Requirement::all(std::iter::once(built).chain(averages).collect()))
    }
}

const fn limit(rule: LimitRule) -> Limit {
    Limit { label: None, source: None, rule }
}

fn bounded(measure: Measure, value: Decimal, of: &Selector) -> Bounded {
    Bounded { amount: Amount::Fixed(Fixed { measure, value }), of: of.clone() }
}
