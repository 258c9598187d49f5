//! A record taken apart for a [`Program`]: items as bits, attributes as numbers.

use crate::determine::{Alone, DetermineError, alone, edition, holds, level_of_fact};
use crate::select::{Holdings, Scope, Tri, UnderWay};
use credstack_allocate::Level;
use credstack_compile::Bundle;
use credstack_model::{Admission, Gate, Status};
use credstack_model::{Limits, Measure, Record, Value};

use super::program::{Base, Fact, Filter, Leaf, Pool, Program, Trees, at};
use super::{Screened, asks_for_gates};

/// Items, a bit each.
pub(super) type Items = u128;

/// A record, read for one [`Screen`](super::Screen).
#[derive(Debug)]
pub struct Learner<'a> {
    program: &'a Program,
    /// The record as a determination reads it.
    pub(super) holdings: Holdings<'a>,
    /// The items of each class that some pool names: places in `of_class`, the first of which is empty.
    places: Vec<u8>,
    of_class: Vec<Items>,
    /// What is worth counting, and of it what is finished.
    pub(super) all: Items,
    pub(super) finished: Items,
    /// What awards have consumed.
    pub(super) consumed: Items,
    /// Each item's credits, hours, grade and day.
    values: Vec<ItemValues>,
    attributes: Vec<Attribute>,
    /// Credentials that are held, a bit each.
    held: Vec<u64>,
    /// Credentials for which an exception is granted, and those that ask for them.
    excepted: Vec<u64>,
    touched: Vec<u64>,
    /// How far a way of counting may still be looked for.
    pub(super) steps: u32,
    /// Whether there are more items than bits.
    is_large: bool,
    /// What has been worked out already.
    memo: Memo,
    /// How many credentials had to be determined in full.
    pub(super) in_full: usize,
}

#[derive(Clone, Copy, Debug)]
struct ItemValues {
    credits: i64,
    hours: i64,
    /// The scale and rank of the grade, if there is one; [`NO_SCALE`] for a scale that no rule names.
    grade: Option<(u32, i64)>,
    /// Grade points in thousandths, of what is finished.
    points: Option<i64>,
    in_progress: bool,
    day: Option<i32>,
}

/// What a fact looks at.
#[derive(Clone, Copy, Debug)]
enum Attribute {
    /// Nothing is known, or it is not of the declared kind.
    Unknown,
    /// A text that a rule names, or none of them.
    Text(Option<u32>),
    /// A number in thousandths, and whether it is of the declared kind.
    Number(i64, bool),
}

/// What has been worked out already of one learner.
#[derive(Debug)]
struct Memo {
    selectors: Vec<Option<Selected>>,
    looks: Vec<Option<(Level, bool)>>,
    /// From above: the best level of a credential's completion.
    above: Vec<Option<Level>>,
}

/// Items that a selector selects, surely and at most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Selected {
    pub(super) surely: Items,
    pub(super) at_most: Items,
}

const NO_SCALE: u32 = u32::MAX;

/// How many nodes are gone into for one credential before it is determined in full.
const STEPS: u32 = 5_000;

impl<'a> Learner<'a> {
    pub(super) fn read(bundle: &'a Bundle, program: &'a Program, record: &'a Record) -> Result<Self, DetermineError> {
        let most = Limits::default().attainments;
        let catalog = bundle.catalog();
        let holdings =
            Holdings::read(catalog, bundle.index(), record, program.as_of, &program.options, UnderWay::AsItIs, most)?;
        let none = Scope { credential: None };
        let count = program.ids.len();
        let mut learner = Self {
            program,
            places: vec![0; program.classes.len()],
            of_class: vec![0],
            all: 0,
            finished: 0,
            consumed: 0,
            values: Vec::with_capacity(holdings.items.len()),
            attributes: Vec::with_capacity(program.attributes.len()),
            held: vec![0; program.always.len()],
            excepted: vec![0; program.always.len()],
            touched: program.always.clone(),
            steps: 0,
            is_large: u32::try_from(holdings.items.len()).is_ok_and(|n| n > Items::BITS),
            memo: Memo {
                selectors: vec![None; program.selectors.len()],
                looks: vec![None; program.looks.len()],
                above: vec![None; count],
            },
            in_full: 0,
            holdings,
        };
        let mut owners = vec![0; program.always.len()];
        for (n, item) in learner.holdings.items.iter().enumerate() {
            let bit = if learner.is_large { 0 } else { 1 << n };
            if let Some(class) = program.class(item.class) {
                for credential in &program.classes[class].1 {
                    mark(&mut owners, *credential);
                }
                let place = &mut learner.places[class];
                if *place == 0 {
                    *place = u8::try_from(learner.of_class.len()).unwrap_or_default();
                    learner.of_class.push(0);
                }
                learner.of_class[usize::from(*place)] |= bit;
            }
            if learner.holdings.counts(item, none) {
                learner.all |= bit;
            }
            if !item.in_progress {
                learner.finished |= bit;
            }
            let scale = |scale| program.scales.iter().position(|own| own == scale);
            learner.values.push(ItemValues {
                credits: item.credits.unwrap_or_default().thousandths(),
                hours: item.hours.unwrap_or_default().thousandths(),
                grade: item.grade.map(|g| (scale(g.scale).map_or(NO_SCALE, super::program::number), g.value.rank)),
                points: item.grade.and_then(|g| g.value.points).filter(|_| !item.in_progress).map(|p| p.thousandths()),
                in_progress: item.in_progress,
                day: item.completed.map(|date| date.day_number()),
            });
        }
        for owner in marked(&owners) {
            program.askers[owner].iter().for_each(|asker| mark(&mut learner.touched, *asker));
        }
        learner.read_attributes(program);
        learner.read_awards(program);
        Ok(learner)
    }

    fn read_attributes(&mut self, program: &Program) {
        for attribute in &program.attributes {
            let decl = self.holdings.catalog.learner_attributes.get(&attribute.name);
            let value = self.holdings.record.attributes.get(&attribute.name);
            let value = value.or_else(|| decl.and_then(|decl| decl.default.as_ref()));
            let accepted = |value| decl.is_some_and(|decl| decl.accepts(value).is_ok());
            self.attributes.push(match value {
                Some(value @ Value::Number(number)) => Attribute::Number(number.thousandths(), accepted(value)),
                Some(value @ Value::Text(text)) if accepted(value) => {
                    let known = attribute.texts.iter().position(|own| own == text);
                    Attribute::Text(known.map(super::program::number))
                }
                _ => Attribute::Unknown,
            });
        }
    }

    fn read_awards(&mut self, program: &Program) {
        let record = self.holdings.record;
        let mut awarded = vec![0; program.always.len()];
        for award in &record.conferred {
            if award.on <= program.as_of && !self.is_large {
                for (n, item) in self.holdings.items.iter().enumerate() {
                    if self.consumed & 1 << n == 0 && award.consumed.contains(&item.attainment.id) {
                        self.consumed |= 1 << n;
                    }
                }
            }
            if let Some(credential) = program.number_of(&award.credential) {
                mark(&mut awarded, super::program::number(credential));
                if holds(self.holdings.catalog, award, program.as_of) {
                    mark(&mut self.held, super::program::number(credential));
                }
            }
        }
        let mut excepted = vec![0; program.always.len()];
        for exception in &record.exceptions {
            if let Some(credential) = program.number_of(&exception.credential) {
                mark(&mut excepted, super::program::number(credential));
            }
        }
        for credential in marked(&awarded) {
            program.askers[credential].iter().for_each(|asker| mark(&mut self.touched, *asker));
        }
        for credential in marked(&excepted) {
            for asker in &program.askers[credential] {
                mark(&mut self.touched, *asker);
                mark(&mut self.excepted, *asker);
            }
        }
    }

    /// Answers for every credential, in the order of [`Screen::credentials`](super::Screen::credentials).
    #[must_use]
    pub fn answer(&mut self) -> Vec<Screened> {
        let program = self.program;
        let mut answers = program.idle.clone();
        self.in_full = 0;
        for credential in marked(&self.touched.clone()) {
            answers[credential] = match self.decide(program, credential) {
                Some(answer) => answer,
                None => self.determine(credential),
            };
        }
        answers
    }

    fn determine(&mut self, credential: usize) -> Screened {
        self.in_full += 1;
        let Alone { status, admission, conferral } =
            alone(&self.holdings, &self.program.ids[credential], &self.program.options);
        Screened { status, admission, conferral: asks_for_gates(status).then_some(conferral) }
    }

    /// Whether a credential is held.
    pub(super) fn holds(&self, credential: u32) -> bool {
        is_marked(&self.held, credential)
    }

    /// The credentials that have to be looked at.
    #[cfg(test)]
    pub(super) fn touched(&self) -> Vec<usize> {
        marked(&self.touched).collect()
    }

    /// How many of the latest answers took a determination.
    #[must_use]
    pub const fn determined(&self) -> usize {
        self.in_full
    }

    /// The answer for a credential, if it can be had without a determination.
    pub(super) fn decide(&mut self, program: &Program, credential: usize) -> Option<Screened> {
        let number = super::program::number(credential);
        if self.is_large || program.credentials[credential].in_full || is_marked(&self.excepted, number) {
            return None;
        }
        self.steps = STEPS;
        let (trees, edition_known) = self.trees(program, credential)?;
        let admission = match trees.admission {
            None => Admission::Eligible,
            Some(root) => match self.level(program, root)? {
                Level::Met => Admission::Eligible,
                Level::Review => Admission::Unknown,
                Level::InProgress | Level::Unmet => Admission::NotEligible,
            },
        };
        let status = if self.holds(number) {
            Status::Conferred
        } else {
            match self.level(program, trees.completion)? {
                Level::Met if edition_known => Status::Complete,
                Level::InProgress if edition_known => Status::CompleteWithInProgress,
                Level::Met | Level::InProgress | Level::Review => Status::NeedsReview,
                Level::Unmet if trees.may_close && self.closed(program, trees.completion) => Status::Closed,
                Level::Unmet => Status::Incomplete,
            }
        };
        let conferral = match trees.conferral {
            _ if !asks_for_gates(status) => None,
            None => Some(Gate::Open),
            Some(root) => Some(match self.level(program, root)? {
                Level::Met => Gate::Open,
                Level::Review => Gate::Unknown,
                Level::InProgress | Level::Unmet => Gate::Shut,
            }),
        };
        Some(Screened { status, admission, conferral })
    }

    /// The trees of the edition that applies, and whether that is known.
    pub(super) fn trees(&self, program: &Program, credential: usize) -> Option<(Trees, bool)> {
        let entry = program.credentials.get(credential)?;
        if let Some(edition) = entry.edition {
            return Some((*entry.editions.get(edition)?, true));
        }
        let id = program.ids.get(credential)?;
        let of = self.holdings.catalog.credentials.get(id)?;
        let (applies, known) = edition(&self.holdings, id, of);
        let applies = applies?;
        let place = of.editions.iter().position(|own| std::ptr::eq(own, applies))?;
        Some((*entry.editions.get(place)?, known))
    }

    /// The level that a tree reaches; none if that takes a determination.
    fn level(&mut self, program: &Program, root: u32) -> Option<Level> {
        let most = self.above(program, root);
        let is_it = most == Level::Unmet || program.looking[at(root)] || self.reaches(program, root, most);
        is_it.then_some(most)
    }

    /// What a credential's completion reaches at the most.
    pub(super) fn completion_above(&mut self, program: &Program, credential: u32) -> Level {
        let place = at(credential);
        if let Some(known) = self.memo.above.get(place).copied().flatten() {
            return known;
        }
        let level = match self.trees(program, place) {
            Some((trees, _)) => self.above(program, trees.completion),
            None => Level::Met,
        };
        if let Some(memo) = self.memo.above.get_mut(place) {
            *memo = Some(level);
        }
        level
    }

    /// What of the items a pool holds.
    pub(super) fn pool(&mut self, program: &Program, pool: &Pool) -> Selected {
        let mut found = match &pool.base {
            Base::Everything => self.all,
            Base::Listed(range) => {
                let mut items = 0;
                for class in program.listed(range) {
                    items |= self.of_class[usize::from(self.places[at(*class)])];
                }
                items & self.all
            }
        };
        let mut selected = Selected { surely: found, at_most: found };
        for filter in program.filters(&pool.filters) {
            if found == 0 {
                break;
            }
            if let Filter::Selector(n) = filter {
                let passes = self.selector(program, *n);
                selected.surely &= passes.surely;
                selected.at_most &= passes.at_most;
            } else {
                for n in bits(found) {
                    match passes(*filter, &self.values[n]) {
                        Tri::Yes => {}
                        Tri::Unknown => selected.surely &= !(1 << n),
                        Tri::No => {
                            selected.surely &= !(1 << n);
                            selected.at_most &= !(1 << n);
                        }
                    }
                }
            }
            found = selected.at_most;
        }
        selected
    }

    /// What of the items one of [`Program::selectors`] selects.
    pub(super) fn selector(&mut self, program: &Program, selector: u32) -> Selected {
        let place = at(selector);
        if let Some(known) = self.memo.selectors[place] {
            return known;
        }
        let mut selected = Selected::default();
        let answers = self.holdings.select(&program.selectors[place], Scope { credential: None });
        for (n, answer) in answers.into_iter().enumerate() {
            if answer != Tri::No {
                selected.at_most |= 1 << n;
            }
            if answer == Tri::Yes {
                selected.surely |= 1 << n;
            }
        }
        self.memo.selectors[place] = Some(selected);
        selected
    }

    /// The items that count in a leaf at a level or better.
    pub(super) fn at_level(&self, selected: Selected, level: Level) -> Items {
        match level {
            Level::Met => selected.surely & self.finished,
            Level::InProgress => selected.surely,
            Level::Review | Level::Unmet => selected.at_most,
        }
    }

    /// What items come to in a measure.
    pub(super) fn sum(&self, items: Items, measure: Measure) -> i64 {
        match measure {
            Measure::Count => i64::from(items.count_ones()),
            Measure::Credits => bits(items).map(|n| self.values[n].credits).fold(0, i64::saturating_add),
            Measure::Hours => bits(items).map(|n| self.values[n].hours).fold(0, i64::saturating_add),
        }
    }

    /// The level that a leaf reaches with all that its pool holds.
    pub(super) fn leaf_above(&mut self, program: &Program, leaf: &Leaf) -> Level {
        let selected = self.pool(program, &leaf.pool);
        self.level_of(selected, leaf.measure, leaf.need)
    }

    /// The best level at which items come to what is needed.
    pub(super) fn level_of(&self, selected: Selected, measure: Measure, need: i64) -> Level {
        let mut before = None;
        Level::best(|level| {
            let items = self.at_level(selected, level);
            // Mostly nothing is in progress or unknown.
            before.replace(items) != Some(items) && self.sum(items, measure) >= need
        })
    }

    /// The level of a fact, and whether it is unmet for ever.
    pub(super) fn fact(&mut self, program: &Program, fact: u32) -> (Level, bool) {
        let known = |met: bool, fixed: bool| if met { (Level::Met, false) } else { (Level::Unmet, fixed) };
        match &program.facts[at(fact)] {
            Fact::Text { attribute, texts, fixed } => match self.attributes[at(*attribute)] {
                Attribute::Text(text) => known(text.is_some_and(|text| texts.contains(&text)), *fixed),
                Attribute::Number(..) | Attribute::Unknown => (Level::Review, false),
            },
            Fact::Number { attribute, from, to, checked, fixed } => match self.attributes[at(*attribute)] {
                Attribute::Number(number, accepted) if accepted || !*checked => {
                    known(*from <= number && number <= *to, *fixed)
                }
                _ => (Level::Review, false),
            },
            Fact::Look(look) => {
                let place = at(*look);
                if let Some(known) = self.memo.looks[place] {
                    return known;
                }
                let level = level_of_fact(&self.holdings, &program.looks[place]);
                self.memo.looks[place] = Some(level);
                level
            }
        }
    }

    /// Whether an average over some items is so much at the least; not if nothing is graded.
    pub(super) fn averages(&self, items: Items, min: i64) -> bool {
        let (mut sum, mut any) = (0_i128, false);
        for item in bits(items).map(|n| &self.values[n]).filter(|item| item.credits > 0) {
            if let Some(points) = item.points {
                sum += i128::from(item.credits) * i128::from(points - min);
                any = true;
            }
        }
        any && sum >= 0
    }

    /// The grade points of an item; none come before all others.
    pub(super) fn points(&self, item: usize) -> i64 {
        self.values[item].points.unwrap_or(i64::MIN)
    }

    /// The worth of an item in a measure.
    pub(super) fn worth(&self, item: usize, measure: Measure) -> i64 {
        match measure {
            Measure::Count => 1,
            Measure::Credits => self.values[item].credits,
            Measure::Hours => self.values[item].hours,
        }
    }
}

/// The places of bits, lowest first.
pub(super) fn bits(mut items: Items) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = at(items.trailing_zeros());
        let some = items != 0;
        items &= items.wrapping_sub(1);
        some.then_some(place)
    })
}

fn mark(marks: &mut [u64], credential: u32) {
    if let Some(word) = marks.get_mut(at(credential / 64)) {
        *word |= 1 << (credential % 64);
    }
}

fn is_marked(marks: &[u64], credential: u32) -> bool {
    marks.get(at(credential / 64)).is_some_and(|word| word & 1 << (credential % 64) != 0)
}

/// The credentials that are marked, in order.
fn marked(marks: &[u64]) -> impl Iterator<Item = usize> + use<'_> {
    let words = marks.iter().enumerate().filter(|(_, word)| **word != 0);
    words.flat_map(|(n, word)| bits(Items::from(*word)).map(move |bit| n * 64 + bit))
}

/// Whether an item passes a filter that is no selector.
fn passes(filter: Filter, item: &ItemValues) -> Tri {
    match filter {
        Filter::Grade(scale, least) => match item.grade {
            Some((own, rank)) => Tri::known(own == scale && rank >= least),
            // The grade of something unfinished is still to come.
            None if item.in_progress => Tri::Yes,
            None => Tri::Unknown,
        },
        Filter::Since(from) => item.day.map_or(Tri::Unknown, |day| Tri::known(from <= day)),
        Filter::Until(to) => item.day.map_or(Tri::Unknown, |day| Tri::known(day <= to)),
        Filter::Selector(_) => Tri::Unknown,
    }
}
