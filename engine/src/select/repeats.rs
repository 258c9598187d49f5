//! Repeated courses: which attempts count.

use credstack_base::order;
use credstack_base::sorted::Set;
use credstack_model::{AttainmentId, Catalog, Repeats};

use super::item::Item;

/// Apply the repeat policies to all but the excluded items; return for each item whether it is kept. Of each
/// class the attempts are kept that its policy names. Unfinished work takes only places that no finished work
/// takes.
pub(super) fn keep_attempts(
    catalog: &Catalog,
    items: &[Item<'_>],
    by_class: &[usize],
    excluded: &Set<&AttainmentId>,
) -> Vec<bool> {
    let mut kept = vec![false; items.len()];
    for class in by_class.chunk_by(|a, b| items[*a].class == items[*b].class) {
        let mut attempts: Vec<usize> =
            class.iter().copied().filter(|n| !excluded.contains(&items[*n].attainment.id)).collect();
        let course = attempts.first().and_then(|first| items[*first].course);
        let policy = course.and_then(|c| c.repeats).unwrap_or(catalog.defaults.repeats);
        let limit = match policy {
            Repeats::All => attempts.len(),
            Repeats::UpTo(n) => usize::try_from(n).unwrap_or(usize::MAX),
            Repeats::Best | Repeats::Latest | Repeats::First => 1,
        };
        if attempts.len() > 1 {
            // Items are already by date, then id; the sort is stable.
            order::sort_by_key(&mut attempts, |n| {
                let item = &items[*n];
                let by_policy = match policy {
                    Repeats::Best | Repeats::UpTo(_) if item.is_supposed && item.grade.is_none() => i64::MIN,
                    Repeats::Best | Repeats::UpTo(_) => item.grade.map_or(i64::MAX, |g| -g.value.rank),
                    Repeats::Latest => item.completed.map_or(i64::MAX, |d| -i64::from(d.day_number())),
                    Repeats::First | Repeats::All => 0,
                };
                (item.in_progress && !item.is_supposed, by_policy)
            });
        }
        for attempt in attempts.into_iter().take(limit) {
            kept[attempt] = true;
        }
    }
    kept
}
