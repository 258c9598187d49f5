//! The leaves of trees: the items in a pool, how much they come to, and facts about the learner.

use crate::determine::level_of_fact;
use crate::select::{Scope, Tri};
use credstack_allocate::Level;
use credstack_model::Measure;

use super::bits::{Items, Selected, bits};
use super::learner::{Attribute, ItemValues, Learner};
use super::table::{Base, Fact, Filter, Leaf, Pool, ScreenTable, at};

impl Learner<'_> {
    /// Return the items that a pool holds.
    pub(super) fn pool(&mut self, table: &ScreenTable, pool: &Pool) -> Selected {
        let mut found = match &pool.base {
            Base::Everything => self.all,
            Base::Listed(range) => {
                let mut items = 0;
                for class in table.pools.listed(range) {
                    items |= self.item_sets[usize::from(self.set_of_class[at(*class)])];
                }
                items & self.all
            }
        };
        let mut selected = Selected { surely: found, possibly: found };
        for filter in table.pools.filters(&pool.filters) {
            if found == 0 {
                break;
            }
            if let Filter::Selector(n) = filter {
                let passes = self.selector(table, *n);
                selected.surely &= passes.surely;
                selected.possibly &= passes.possibly;
            } else {
                for n in bits(found) {
                    match passes(*filter, &self.values[n]) {
                        Tri::Yes => {}
                        Tri::Unknown => selected.surely &= !(1 << n),
                        Tri::No => {
                            selected.surely &= !(1 << n);
                            selected.possibly &= !(1 << n);
                        }
                    }
                }
            }
            found = selected.possibly;
        }
        selected
    }

    /// Return the items that one of [`PoolTable::selectors`](super::table::PoolTable::selectors) selects.
    pub(super) fn selector(&mut self, table: &ScreenTable, selector: u32) -> Selected {
        let place = at(selector);
        if let Some(known) = self.memo.selectors[place] {
            return known;
        }
        let mut selected = Selected::default();
        let answers = self.holdings.select(&table.pools.selectors[place], Scope { credential: None });
        for (n, answer) in answers.into_iter().enumerate() {
            if answer != Tri::No {
                selected.possibly |= 1 << n;
            }
            if answer == Tri::Yes {
                selected.surely |= 1 << n;
            }
        }
        self.memo.selectors[place] = Some(selected);
        selected
    }

    /// Return the items that count in a leaf at a level or better.
    pub(super) fn at_level(&self, selected: Selected, level: Level) -> Items {
        match level {
            Level::Met => selected.surely & self.finished,
            Level::InProgress => selected.surely,
            Level::Review | Level::Unmet => selected.possibly,
        }
    }

    /// Return the level that a leaf reaches with all that its pool holds.
    pub(super) fn leaf_upper_bound(&mut self, table: &ScreenTable, leaf: &Leaf) -> Level {
        let selected = self.pool(table, &leaf.pool);
        self.level_of(selected, leaf.measure, leaf.need)
    }

    /// Return the best level at which items come to what is needed.
    pub(super) fn level_of(&self, selected: Selected, measure: Measure, need: i64) -> Level {
        let mut before = None;
        for level in [Level::Met, Level::InProgress, Level::Review] {
            let items = self.at_level(selected, level);
            // Mostly nothing is in progress or unknown.
            if before != Some(items) && self.sum(items, measure) >= need {
                return level;
            }
            before = Some(items);
        }
        Level::Unmet
    }

    /// Return how much items come to in a measure.
    pub(super) fn sum(&self, items: Items, measure: Measure) -> i64 {
        match measure {
            Measure::Count => i64::from(items.count_ones()),
            Measure::Credits => bits(items).map(|n| self.values[n].credits).fold(0, i64::saturating_add),
            Measure::Hours => bits(items).map(|n| self.values[n].hours).fold(0, i64::saturating_add),
        }
    }

    /// Return the worth of an item in a measure.
    pub(super) fn worth(&self, item: usize, measure: Measure) -> i64 {
        match measure {
            Measure::Count => 1,
            Measure::Credits => self.values[item].credits,
            Measure::Hours => self.values[item].hours,
        }
    }

    /// Return the grade points of an item. An item without points is below all others.
    pub(super) fn points(&self, item: usize) -> i64 {
        self.values[item].points.unwrap_or(i64::MIN)
    }

    /// Check whether the average over some items is so much at the least; it is not if nothing is graded.
    pub(super) fn has_average(&self, items: Items, min: i64) -> bool {
        let (mut sum, mut any) = (0_i128, false);
        for item in bits(items).map(|n| &self.values[n]).filter(|item| item.credits > 0) {
            if let Some(points) = item.points {
                sum += i128::from(item.credits) * i128::from(points - min);
                any = true;
            }
        }
        any && sum >= 0
    }

    /// Return the level of a leaf about the learner, and whether it is unmet for ever.
    pub(super) fn fact(&mut self, table: &ScreenTable, fact: u32) -> (Level, bool) {
        let known = |met: bool, fixed: bool| if met { (Level::Met, false) } else { (Level::Unmet, fixed) };
        match &table.facts.leaves[at(fact)] {
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
            Fact::Evaluated(leaf) => {
                let place = at(*leaf);
                if let Some(known) = self.memo.evaluated[place] {
                    return known;
                }
                let level = level_of_fact(&self.holdings, &table.facts.evaluated[place]);
                self.memo.evaluated[place] = Some(level);
                level
            }
        }
    }
}

/// Check whether an item passes a filter that is no selector.
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
