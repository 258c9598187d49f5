//! Which attainments a credential can count, and which of several attempts.

use credstack_base::order;
use credstack_base::sorted::{Map, Set};
use credstack_model::{AttainmentId, AttainmentStatus, Code, CredentialId, Grant, Repeats};

use super::facts::{Fact, Facts};
use super::grades;

impl<'a> Facts<'a> {
    /// Return the attainments that a credential can count at all: not failed, not left out by the options
    /// or by an exception, and an attempt that the repeat policy keeps.
    pub(super) fn countable(&self, credential: &CredentialId) -> Set<&'a AttainmentId> {
        let own = self.record.exceptions.iter().filter(|e| e.credential == *credential);
        let excluded = order::set(own.filter_map(|e| if let Grant::Exclude(id) = &e.grant { Some(id) } else { None }));
        let mut attempts: Map<&Code, Vec<&Fact<'a>>> = Map::new();
        for (id, fact) in &self.by_id {
            let wanted = match fact.attainment.status {
                AttainmentStatus::Planned => self.options.planned,
                _ => self.options.in_progress || !fact.unfinished,
            };
            if wanted && !excluded.contains(id) && grades::may_count(fact.grade) {
                let class = fact.class.first().copied().unwrap_or(&fact.attainment.of);
                attempts.entry(class).or_default().push(fact);
            }
        }
        let mut kept = Set::new();
        for mut of_class in attempts.into_values() {
            // By date, what has none last; ids break ties, since the map was in their order.
            order::sort_by_key(&mut of_class, |f| (f.completed.is_none(), f.completed));
            let course = of_class.first().and_then(|f| f.course);
            let policy = course.and_then(|c| c.repeats).unwrap_or(self.catalog.defaults.repeats);
            let many = match policy {
                Repeats::All => of_class.len(),
                Repeats::UpTo(many) => usize::try_from(many).unwrap_or(usize::MAX),
                Repeats::Best | Repeats::Latest | Repeats::First => 1,
            };
            match policy {
                Repeats::Best | Repeats::UpTo(_) => {
                    order::sort_by_key(&mut of_class, |f| std::cmp::Reverse(f.grade.map(|g| g.rank)))
                }
                Repeats::Latest => order::sort_by_key(&mut of_class, |f| std::cmp::Reverse(f.completed)),
                Repeats::First | Repeats::All => {}
            }
            order::sort_by_key(&mut of_class, |f| f.unfinished);
            kept.extend(of_class.into_iter().take(many).map(|f| &f.attainment.id));
        }
        kept
    }
}
