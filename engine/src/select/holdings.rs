//! A record read against a catalog: what each attainment is worth, and which attempts count.

use credstack_base::order;
use credstack_base::sorted::{Map, Set};
use credstack_compile::Index;
use credstack_model::{
    Attainment, AttainmentId, AttainmentStatus, Catalog, Code, CredentialId, Date, Decimal, Grant, Message, Options,
    Record,
};

use super::error::RecordFault;
use super::grades;
use super::item::{Item, UnderWay, read_item};
use super::notices::record_notices;
use super::repeats::keep_attempts;
use super::tri::Scope;

/// A record read against a catalog, for one date and one set of options.
#[derive(Debug)]
pub struct Holdings<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The look-ups that are derived from the catalog.
    pub index: &'a Index,
    /// The record.
    pub record: &'a Record,
    /// The date asked for.
    pub as_of: Date,
    /// Attainments that may be counted, earliest completed first, then by id; those without a
    /// date come last.
    pub items: Vec<Item<'a>>,
    /// Everything graded, whether it may be counted or not, in the same order as the items.
    pub attempts: Vec<Attempt<'a>>,
    /// The messages on what is wrong or doubtful in the record.
    pub notices: Vec<Message>,
    /// The places of the items, by class, and within a class in order.
    by_class: Vec<usize>,
    /// The attempts that the repeat policies keep for credentials from which exceptions exclude attainments: an
    /// excluded attempt does not take the place of another.
    kept_beside: Map<&'a CredentialId, Set<&'a AttainmentId>>,
}

/// Something graded, for averages.
#[derive(Clone, Debug)]
pub struct Attempt<'a> {
    /// The attainment.
    pub item: Item<'a>,
    /// Credits times points are averaged over credits.
    pub credits: Decimal,
    /// Grade points.
    pub points: Decimal,
}

impl<'a> Holdings<'a> {
    /// Read a record.
    ///
    /// # Errors
    /// If two attainments contradict each other, there are too many, or one has negative worth.
    pub fn read(
        catalog: &'a Catalog,
        index: &'a Index,
        record: &'a Record,
        as_of: Date,
        options: &Options,
        under_way: UnderWay,
        max_attainments: usize,
    ) -> Result<Self, RecordFault> {
        if record.attainments.len() > max_attainments {
            return Err(RecordFault::TooManyAttainments { found: record.attainments.len(), allowed: max_attainments });
        }
        let mut notices = record_notices(catalog, record);
        for attainment in &record.attainments {
            if [attainment.credits, attainment.hours].into_iter().flatten().any(|v| v < Decimal::ZERO) {
                return Err(RecordFault::NegativeAmount(attainment.id.clone()));
            }
        }
        let mut by_id: Vec<&Attainment> = record.attainments.iter().collect();
        if !by_id.is_sorted_by(|a, b| a.id < b.id) {
            order::sort_by(&mut by_id, |a, b| a.id.cmp(&b.id));
            by_id.dedup();
            if let Some((twice, _)) = by_id.iter().zip(by_id.iter().skip(1)).find(|(a, b)| a.id == b.id) {
                return Err(RecordFault::DuplicateAttainment(twice.id.clone()));
            }
        }
        let mut read: Vec<Item<'a>> =
            by_id.into_iter().map(|a| read_item(catalog, index, a, as_of, under_way, &mut notices)).collect();
        // Records mostly list things as they came.
        if !read.is_sorted_by(|a, b| order_of(a) < order_of(b)) {
            order::sort_by(&mut read, |a, b| order_of(a).cmp(&order_of(b)));
        }
        let attempts = read
            .iter()
            .filter(|item| !item.in_progress)
            .filter_map(|item| {
                let points = item.grade?.value.points?;
                Some(Attempt { credits: item.credits?, points, item: item.clone() })
            })
            .collect();
        let mut items: Vec<Item<'a>> = read
            .into_iter()
            .filter(|item| grades::may_count(item.grade))
            .filter(|item| match item.attainment.status {
                AttainmentStatus::Completed => !item.in_progress || options.in_progress,
                AttainmentStatus::InProgress => options.in_progress,
                AttainmentStatus::Planned => options.planned,
            })
            .collect();
        let mut excluded: Map<&CredentialId, Set<&AttainmentId>> = Map::new();
        for exception in &record.exceptions {
            if let Grant::Exclude(id) = &exception.grant {
                excluded.entry(&exception.credential).or_default().insert(id);
            }
        }
        let by_class = places_by_class(&items);
        let kept = keep_attempts(catalog, &items, &by_class, &Set::new());
        let kept_beside = order::map(excluded.into_iter().map(|(credential, excluded)| {
            let beside = keep_attempts(catalog, &items, &by_class, &excluded);
            let kept = items.iter().zip(beside).filter(|(_, kept)| *kept);
            (credential, order::set(kept.map(|(item, _)| &item.attainment.id)))
        }));
        for (item, kept) in items.iter_mut().zip(kept) {
            item.kept = kept;
        }
        let before = items.len();
        items.retain(|item| item.kept || kept_beside.values().any(|beside| beside.contains(&item.attainment.id)));
        let by_class = if items.len() == before { by_class } else { places_by_class(&items) };
        Ok(Self { catalog, index, record, as_of, items, attempts, notices, by_class, kept_beside })
    }

    /// Check whether a credential may count an item: no exception excludes it there, and it is an attempt
    /// that the repeat policy keeps.
    #[must_use]
    pub fn counts(&self, item: &Item<'_>, scope: Scope<'_>) -> bool {
        match scope.credential.and_then(|credential| self.kept_beside.get(credential)) {
            Some(beside) => beside.contains(&item.attainment.id),
            None => item.kept,
        }
    }

    /// Return the places of the items of a class.
    pub(super) fn of_class(&self, class: &Code) -> &[usize] {
        let from = self.by_class.partition_point(|place| self.items[*place].class < class);
        let of = self.by_class.get(from..).unwrap_or_default();
        &of[..of.partition_point(|place| self.items[*place].class == class)]
    }
}

/// Return the order of items: earliest completed first, what has no date last, then by id.
fn order_of<'i>(item: &'i Item<'_>) -> (bool, Option<Date>, &'i AttainmentId) {
    (item.completed.is_none(), item.completed, &item.attainment.id)
}

/// Return the places of items, sorted by class, and within a class as they were.
fn places_by_class(items: &[Item<'_>]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items.len()).collect();
    order::sort_by(&mut places, |a, b| items[*a].class.cmp(items[*b].class));
    places
}
