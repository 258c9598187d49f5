//! A record read against a catalog: what each attainment is worth, and which attempts count.

use credstack_base::order;
use credstack_base::sorted::{Map, Set};
use credstack_model::{
    Attainment, AttainmentId, AttainmentKind, AttainmentStatus, Catalog, Code, Completed, Course, CredentialId, Date,
    Decimal, GradeValue, Grant, Record, Repeats, ScaleId,
};
use credstack_model::{Message, Options};

use credstack_compile::Index;

use super::Scope;

/// A record read against a catalog, for one date and one set of options.
#[derive(Debug)]
pub struct Holdings<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// What is derived from it.
    pub index: &'a Index,
    /// The record.
    pub record: &'a Record,
    /// The date asked for.
    pub as_of: Date,
    /// Attainments that may be counted, earliest completed first, then by id; those without a
    /// date come last.
    pub items: Vec<Item<'a>>,
    /// Everything graded, whether it may be counted or not, in the same order.
    pub attempts: Vec<Attempt<'a>>,
    /// What is wrong or doubtful in the record.
    pub notices: Vec<Message>,
    /// The places of the items, by class, and within a class in order.
    by_class: Vec<usize>,
    /// The attempts that the repeat policies keep for credentials from which exceptions exclude attainments: what is excluded does
    /// not take the place of another attempt.
    kept_beside: Map<&'a CredentialId, Set<&'a AttainmentId>>,
}

/// An attainment, read.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// As the record has it.
    pub attainment: &'a Attainment,
    /// The representative of its code.
    pub class: &'a Code,
    /// What the catalog says of it.
    pub course: Option<&'a Course>,
    /// What it is.
    pub kind: AttainmentKind,
    /// Its credits, if they are known.
    pub credits: Option<Decimal>,
    /// Its learning hours, if they are known.
    pub hours: Option<Decimal>,
    /// Its grade, if it has one that its scale knows.
    pub grade: Option<ReadGrade<'a>>,
    /// The day of completion; for what is unfinished and not dated, the date asked for.
    pub completed: Option<Date>,
    /// The last day on which it is valid, if it expires.
    pub expires: Option<Date>,
    /// Its level.
    pub level: Option<u32>,
    /// Who issued it, if known.
    pub issuer: Option<&'a str>,
    /// Whether it is unfinished: its grade is still to come, and it enters no average.
    pub in_progress: bool,
    /// Whether it is unfinished, and supposed to be finished: in a plan.
    pub is_supposed: bool,
    /// Whether the repeat policy keeps this attempt.
    kept: bool,
}

/// How work that is under way on the date asked for is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnderWay {
    /// As unfinished.
    AsItIs,
    /// As if it ended as well as it can: what a plan builds on.
    Finished,
}

/// A grade, read on its scale.
#[derive(Clone, Copy, Debug)]
pub struct ReadGrade<'a> {
    /// The scale.
    pub scale: &'a ScaleId,
    /// The value.
    pub value: GradeValue,
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

/// Why a record cannot be answered at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// Two different attainments under one id.
    #[error("the record has two different attainments with the id `{0}`; give each its own id")]
    DuplicateAttainment(AttainmentId),
    /// Too many attainments.
    #[error("the record has {found} attainments, more than the {allowed} accepted")]
    TooManyAttainments {
        /// How many it has.
        found: usize,
        /// The limit.
        allowed: usize,
    },
    /// Too many credentials to solve together.
    #[error(
        "{found} credentials are declared or asked for together, more than the {allowed} accepted; ask in parts with --target"
    )]
    TooManyTargets {
        /// How many.
        found: usize,
        /// The limit.
        allowed: usize,
    },
    /// Negative credits or hours.
    #[error("the attainment `{0}` has negative credits or hours; give 0 or more")]
    NegativeAmount(AttainmentId),
    /// A declared or asked credential that the catalog does not have.
    #[error("there is no credential `{0}` in this catalog{1}")]
    UnknownTarget(CredentialId, String),
    /// A record of another version.
    #[error("the record has version {0}, but this engine reads version 1")]
    Version(u32),
}

impl<'a> Holdings<'a> {
    /// Reads a record.
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
            .filter(|item| item.grade.is_none_or(|g| g.value.earns_credit))
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

    /// Whether a credential may count an item: no exception excludes it there, and it is an attempt
    /// that the repeat policy keeps.
    #[must_use]
    pub fn counts(&self, item: &Item<'_>, scope: Scope<'_>) -> bool {
        match scope.credential.and_then(|credential| self.kept_beside.get(credential)) {
            Some(beside) => beside.contains(&item.attainment.id),
            None => item.kept,
        }
    }

    /// The places of the items of a class.
    pub(super) fn of_class(&self, class: &Code) -> &[usize] {
        let from = self.by_class.partition_point(|place| self.items[*place].class < class);
        let of = self.by_class.get(from..).unwrap_or_default();
        &of[..of.partition_point(|place| self.items[*place].class == class)]
    }
}

/// Earliest completed first, what has no date last, then by id.
fn order_of<'i>(item: &'i Item<'_>) -> (bool, Option<Date>, &'i AttainmentId) {
    (item.completed.is_none(), item.completed, &item.attainment.id)
}

fn read_item<'a>(
    catalog: &'a Catalog,
    index: &'a Index,
    attainment: &'a Attainment,
    as_of: Date,
    under_way: UnderWay,
    notices: &mut Vec<Message>,
) -> Item<'a> {
    let about =
        |key: &str| Message::new(key).text("attainment", attainment.id.as_str()).text("code", attainment.of.as_str());
    let class = index.class(&attainment.of);
    let course = catalog
        .courses
        .get(&attainment.of)
        .or_else(|| index.equivalents(&attainment.of).iter().find_map(|code| catalog.courses.get(code)));
    let is_asked = course.is_none() || index.has_validity();
    let credential = if is_asked { catalog.credentials.get(attainment.of.as_str()) } else { None };
    if course.is_none() && credential.is_none() && !catalog.courses.is_empty() {
        notices.push(about("notice-unlisted-code"));
    }
    let scale = attainment.scale.as_ref().unwrap_or(&catalog.defaults.scale);
    let grade = attainment.grade.as_ref().and_then(|symbol| {
        let value = catalog.scales.get(scale).and_then(|s| s.read(symbol));
        if value.is_none() {
            notices.push(about("notice-unknown-grade").text("grade", symbol.as_str()).text("scale", scale.as_str()));
        }
        value.map(|value| ReadGrade { scale, value })
    });
    let dated = attainment.completed_day(catalog);
    if let (Some(Completed::In(term)), None) = (&attainment.completed_on, dated) {
        notices.push(about("notice-unknown-term").text("term", term.as_str()));
    }
    let ahead = attainment.status == AttainmentStatus::Completed && dated.is_some_and(|date| date > as_of);
    if ahead {
        notices.push(about("notice-completed-later"));
    }
    let in_progress = ahead || attainment.status != AttainmentStatus::Completed;
    // A mark without credit, such as `IP`, is not the last word on what is under way.
    let grade = grade.filter(|grade| !in_progress || grade.value.earns_credit);
    let is_supposed = in_progress && under_way == UnderWay::Finished;
    // What is planned is graded already.
    let in_progress = in_progress && !(is_supposed && ahead && grade.is_some());
    let completed = if in_progress { Some(dated.map_or(as_of, |d| d.max(as_of))) } else { dated };
    let kind = attainment.kind.or_else(|| course.map(|c| c.kind)).unwrap_or_default();
    let validity = credential.and_then(|c| c.valid_for).zip(completed).map(|(duration, date)| duration.after(date));
    let own_issuer = attainment.issuer.as_deref();
    let home =
        catalog.institution.as_deref().filter(|_| attainment.source == credstack_model::AttainmentSource::Institution);
    Item {
        attainment,
        class,
        course,
        kind,
        credits: attainment.credits.or_else(|| course.and_then(|c| c.credits)),
        hours: attainment.hours.or_else(|| course.and_then(|c| c.hours)),
        grade,
        completed,
        expires: attainment.expires_on.or(validity),
        level: course.and_then(|c| c.level).or_else(|| attainment.of.number()),
        issuer: own_issuer.or(home),
        in_progress,
        is_supposed,
        kept: false,
    }
}

/// The places of items, sorted by class, and within a class as they were.
fn places_by_class(items: &[Item<'_>]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items.len()).collect();
    order::sort_by(&mut places, |a, b| items[*a].class.cmp(items[*b].class));
    places
}

/// Applies the repeat policies to all but what is excluded: which of the items they keep, of each class
/// the attempts that its policy names. What is unfinished takes only places that nothing finished takes.
fn keep_attempts(
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

/// What a record says that the catalog does not know.
fn record_notices(catalog: &Catalog, record: &Record) -> Vec<Message> {
    let mut notices = Vec::new();
    for (name, value) in &record.attributes {
        let about = |key: &str| Message::new(key).text("attribute", name.as_str()).text("value", value.to_string());
        match catalog.learner_attributes.get(name) {
            None => notices.push(about("notice-unknown-attribute")),
            Some(decl) => {
                if let Err(expected) = decl.accepts(value) {
                    notices.push(about("notice-bad-attribute").text("expected", expected));
                }
            }
        }
    }
    let mut attainments: Vec<&Attainment> = record.attainments.iter().filter(|a| !a.attributes.is_empty()).collect();
    order::sort_by(&mut attainments, |a, b| a.id.cmp(&b.id));
    attainments.dedup_by(|a, b| a.id == b.id);
    for attainment in attainments {
        for (name, value) in &attainment.attributes {
            let about = |key: &str| {
                Message::new(key)
                    .text("attainment", attainment.id.as_str())
                    .text("attribute", name.as_str())
                    .text("value", value.to_string())
            };
            match catalog.attainment_attributes.get(name) {
                None => notices.push(about("notice-unknown-attainment-attribute")),
                Some(decl) => {
                    if let Err(expected) = decl.accepts(value) {
                        notices.push(about("notice-bad-attainment-attribute").text("expected", expected));
                    }
                }
            }
        }
    }
    let consumes = record.conferred.iter().any(|award| !award.consumed.is_empty());
    let ids: Set<&AttainmentId> = order::set(record.attainments.iter().filter(|_| consumes).map(|a| &a.id));
    for award in &record.conferred {
        let about = |key: &str| Message::new(key).text("credential", award.credential.as_str());
        if !catalog.credentials.contains_key(&award.credential) {
            notices.push(about("notice-unknown-conferred"));
        }
        for id in award.consumed.iter().filter(|id| !ids.contains(id)) {
            notices.push(about("notice-unknown-consumed").text("attainment", id.as_str()));
        }
    }
    for exception in &record.exceptions {
        if !catalog.credentials.contains_key(&exception.credential) {
            notices.push(Message::new("notice-unknown-exception").text("credential", exception.credential.as_str()));
        }
    }
    let mut approvals: Vec<_> = record.approvals.iter().filter(|a| !catalog.offices.contains_key(&a.office)).collect();
    order::sort_by(&mut approvals, |a, b| a.office.cmp(&b.office));
    for approval in approvals {
        notices.push(Message::new("notice-unknown-office").text("office", approval.office.as_str()));
    }
    // The order in which a record lists things, and that it lists one twice, change nothing.
    credstack_base::json::sort_by_json(&mut notices);
    notices.dedup();
    notices
}
