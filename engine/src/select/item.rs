//! An attainment of a record, with what the catalog says of it: its worth, its day, whether it is finished.

use credstack_compile::Index;
use credstack_model::{
    Attainment, AttainmentKind, AttainmentSource, AttainmentStatus, Catalog, Code, Completed, Course, Date, Decimal,
    Message,
};

use super::grades::{self, GradeFacts, ReadGrade};

/// An attainment, read.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// As the record has it.
    pub attainment: &'a Attainment,
    /// The representative of its code.
    pub class: &'a Code,
    /// The catalog's entry for it.
    pub course: Option<&'a Course>,
    /// The kind of thing that it is.
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
    pub(super) kept: bool,
}

/// How work that is under way on the date asked for is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnderWay {
    /// As unfinished.
    AsItIs,
    /// As if it ended as well as it can: what a plan builds on.
    Finished,
}

impl<'a> Item<'a> {
    /// Return what rules on grades look at.
    pub(super) const fn grade_facts(&self) -> GradeFacts<'a> {
        let is_planned = self.is_supposed && !self.in_progress && self.attainment.scale.is_none();
        GradeFacts { grade: self.grade, in_progress: self.in_progress, is_planned }
    }
}

/// Read an attainment of a record.
pub(super) fn read_item<'a>(
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
    let grade = grades::read(catalog, attainment, |symbol, scale| {
        notices.push(about("notice-unknown-grade").text("grade", symbol.as_str()).text("scale", scale.as_str()));
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
    let grade = if in_progress { grades::under_way(grade) } else { grade };
    let is_supposed = in_progress && under_way == UnderWay::Finished;
    // What is planned is graded already.
    let in_progress = in_progress && !(is_supposed && ahead && grade.is_some());
    let completed = if in_progress { Some(dated.map_or(as_of, |d| d.max(as_of))) } else { dated };
    let kind = attainment.kind.or_else(|| course.map(|c| c.kind)).unwrap_or_default();
    let validity = credential.and_then(|c| c.valid_for).zip(completed).map(|(duration, date)| duration.after(date));
    let own_issuer = attainment.issuer.as_deref();
    let home = catalog.institution.as_deref().filter(|_| attainment.source == AttainmentSource::Institution);
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
