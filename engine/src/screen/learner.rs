//! A record, read for a [`ScreenTable`]: items as bits, attributes as numbers.

use crate::determine::{DetermineError, holds};
use crate::select::{Holdings, Scope, UnderWay};
use credstack_allocate::Level;
use credstack_compile::Bundle;
use credstack_model::{Limits, Record, Value};

use super::bits::{Items, Selected, is_marked, mark, marked};
use super::table::{ScreenTable, number};

/// A record, read for one [`Screen`](super::Screen).
#[derive(Debug)]
pub struct Learner<'a> {
    pub(super) table: &'a ScreenTable,
    /// The record as a determination reads it.
    pub(super) holdings: Holdings<'a>,
    /// For each class that some pool names, which of `item_sets` has its items. The first set is empty.
    pub(super) set_of_class: Vec<u8>,
    pub(super) item_sets: Vec<Items>,
    /// The items that a credential without exceptions may count, and those that are finished.
    pub(super) all: Items,
    pub(super) finished: Items,
    /// The items that awards have consumed.
    pub(super) consumed: Items,
    /// Each item's credits, hours, grade and day.
    pub(super) values: Vec<ItemValues>,
    pub(super) attributes: Vec<Attribute>,
    /// Credentials that are held, a bit each.
    held: Vec<u64>,
    /// Credentials for which an exception is granted, and those that ask for them.
    pub(super) excepted: Vec<u64>,
    /// Credentials that have to be looked at.
    pub(super) touched: Vec<u64>,
    /// How many nodes the greedy search may still enter.
    pub(super) steps: u32,
    /// Whether there are more items than bits.
    pub(super) is_large: bool,
    /// What has been worked out already.
    pub(super) memo: Memo,
    /// How many credentials had to be determined in full.
    pub(super) in_full: usize,
}

/// What a screening asks of an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct ItemValues {
    pub(super) credits: i64,
    pub(super) hours: i64,
    /// The scale and rank of the grade, if there is one; [`NO_SCALE`] for a scale that no rule names.
    pub(super) grade: Option<(u32, i64)>,
    /// Grade points in thousandths, of what is finished.
    pub(super) points: Option<i64>,
    pub(super) in_progress: bool,
    pub(super) day: Option<i32>,
}

/// The value of an attribute, as far as a leaf looks at it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Attribute {
    /// Nothing is known, or it is not of the declared kind.
    Unknown,
    /// A text that a rule names, or none of them.
    Text(Option<u32>),
    /// A number in thousandths, and whether it is of the declared kind.
    Number(i64, bool),
}

/// What has been worked out already of one learner.
#[derive(Debug)]
pub(super) struct Memo {
    pub(super) selectors: Vec<Option<Selected>>,
    pub(super) evaluated: Vec<Option<(Level, bool)>>,
    /// The upper bound of the level of each credential's completion.
    pub(super) upper_bounds: Vec<Option<Level>>,
}

/// The number of a scale that no rule names.
const NO_SCALE: u32 = u32::MAX;

impl<'a> Learner<'a> {
    /// Read a record.
    pub(super) fn read(bundle: &'a Bundle, table: &'a ScreenTable, record: &'a Record) -> Result<Self, DetermineError> {
        let most = Limits::default().attainments;
        let catalog = bundle.catalog();
        let holdings =
            Holdings::read(catalog, bundle.index(), record, table.as_of, &table.options, UnderWay::AsItIs, most)?;
        let none = Scope { credential: None };
        let count = table.credentials.ids.len();
        let mut learner = Self {
            table,
            set_of_class: vec![0; table.pools.classes.len()],
            item_sets: vec![0],
            all: 0,
            finished: 0,
            consumed: 0,
            values: Vec::with_capacity(holdings.items.len()),
            attributes: Vec::with_capacity(table.facts.attributes.len()),
            held: vec![0; table.credentials.always.len()],
            excepted: vec![0; table.credentials.always.len()],
            touched: table.credentials.always.clone(),
            steps: 0,
            is_large: u32::try_from(holdings.items.len()).is_ok_and(|n| n > Items::BITS),
            memo: Memo {
                selectors: vec![None; table.pools.selectors.len()],
                evaluated: vec![None; table.facts.evaluated.len()],
                upper_bounds: vec![None; count],
            },
            in_full: 0,
            holdings,
        };
        let mut owners = vec![0; table.credentials.always.len()];
        for (n, item) in learner.holdings.items.iter().enumerate() {
            let bit = if learner.is_large { 0 } else { 1 << n };
            if let Some(class) = table.pools.class(item.class) {
                for credential in &table.pools.classes[class].1 {
                    mark(&mut owners, *credential);
                }
                let place = &mut learner.set_of_class[class];
                if *place == 0 {
                    *place = u8::try_from(learner.item_sets.len()).unwrap_or_default();
                    learner.item_sets.push(0);
                }
                learner.item_sets[usize::from(*place)] |= bit;
            }
            if learner.holdings.counts(item, none) {
                learner.all |= bit;
            }
            if !item.in_progress {
                learner.finished |= bit;
            }
            let scale = |scale| table.pools.scales.iter().position(|own| own == scale);
            learner.values.push(ItemValues {
                credits: item.credits.unwrap_or_default().thousandths(),
                hours: item.hours.unwrap_or_default().thousandths(),
                grade: item.grade.map(|g| (scale(g.scale).map_or(NO_SCALE, number), g.value.rank)),
                points: item.grade.and_then(|g| g.value.points).filter(|_| !item.in_progress).map(|p| p.thousandths()),
                in_progress: item.in_progress,
                day: item.completed.map(|date| date.day_number()),
            });
        }
        for owner in marked(&owners) {
            table.credentials.askers[owner].iter().for_each(|asker| mark(&mut learner.touched, *asker));
        }
        learner.read_attributes(table);
        learner.read_awards(table);
        Ok(learner)
    }

    /// Read the attributes that leaves look at.
    fn read_attributes(&mut self, table: &ScreenTable) {
        for attribute in &table.facts.attributes {
            let decl = self.holdings.catalog.learner_attributes.get(&attribute.name);
            let value = self.holdings.record.attributes.get(&attribute.name);
            let value = value.or_else(|| decl.and_then(|decl| decl.default.as_ref()));
            let accepted = |value| decl.is_some_and(|decl| decl.accepts(value).is_ok());
            self.attributes.push(match value {
                Some(value @ Value::Number(number)) => Attribute::Number(number.thousandths(), accepted(value)),
                Some(value @ Value::Text(text)) if accepted(value) => {
                    let known = attribute.texts.iter().position(|own| own == text);
                    Attribute::Text(known.map(number))
                }
                _ => Attribute::Unknown,
            });
        }
    }

    /// Read which credentials are held, what awards have consumed, and for which credentials exceptions are granted.
    fn read_awards(&mut self, table: &ScreenTable) {
        let record = self.holdings.record;
        let mut awarded = vec![0; table.credentials.always.len()];
        for award in &record.conferred {
            if award.on <= table.as_of && !self.is_large {
                for (n, item) in self.holdings.items.iter().enumerate() {
                    if self.consumed & 1 << n == 0 && award.consumed.contains(&item.attainment.id) {
                        self.consumed |= 1 << n;
                    }
                }
            }
            if let Some(credential) = table.credentials.number_of(&award.credential) {
                mark(&mut awarded, number(credential));
                if holds(self.holdings.catalog, award, table.as_of) {
                    mark(&mut self.held, number(credential));
                }
            }
        }
        let mut excepted = vec![0; table.credentials.always.len()];
        for exception in &record.exceptions {
            if let Some(credential) = table.credentials.number_of(&exception.credential) {
                mark(&mut excepted, number(credential));
            }
        }
        for credential in marked(&awarded) {
            table.credentials.askers[credential].iter().for_each(|asker| mark(&mut self.touched, *asker));
        }
        for credential in marked(&excepted) {
            for asker in &table.credentials.askers[credential] {
                mark(&mut self.touched, *asker);
                mark(&mut self.excepted, *asker);
            }
        }
    }

    /// Check whether a credential is held.
    pub(super) fn holds(&self, credential: u32) -> bool {
        is_marked(&self.held, credential)
    }
}
