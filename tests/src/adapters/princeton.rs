//! Princeton's requirements as TigerPath and its successors write them: a counting tree.
//!
//! A node has a count: a leaf that of its courses, an inner node the sum of what its children pass
//! up. A child passes up nothing until it has `min_needed`, then its count, but at most
//! `max_counted`. Where every child passes up one, that is "so many of these"; where every child
//! passes up its courses, it is "so many credits of these", a course having one credit here; where
//! both stand side by side it is a choice between the ways in which the sum can come about.

use std::collections::{BTreeMap, BTreeSet};

use credstack_engine::model::{
    Amount, Approved, Attainment, AttainmentId, Bounded, Catalog, Code, Completed, CredentialKind, Date, Decimal,
    Equivalence, Fixed, GradeSymbol, LearnerId, Limit, LimitRule, Measure, MinGrade, Office, OfficeId, Record,
    Requirement, Rule, ScaleId, Selector, Window,
};
use serde::Deserialize;

use super::Fault;
use super::build::{add_credential, whole};

/// The departments that a pattern such as `LANG 101` speaks of.
const LANGUAGES: [&str; 25] = [
    "ARA", "BCS", "SLA", "CHI", "CZE", "FRE", "GER", "MOG", "CLG", "HEB", "HIN", "ITA", "JPN", "KOR", "LAT", "PER",
    "PLS", "POR", "RUS", "SAN", "SPA", "SWA", "TUR", "TWI", "URD",
];

/// How the error starts of a program that, as it is written, nobody can ever complete.
pub const NOBODY_CAN: &str = "nobody can complete this";

const DEPARTMENT: &str = "department";

/// What stands for "without a limit": more courses than any node asks for.
const UNLIMITED: u32 = 40;

/// The most ways in which a sum may come about before an adapter gives up.
const WAYS: usize = 500;

/// A program, and every node in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names are those of the published format")]
pub struct Node {
    pub r#type: Option<String>,
    pub name: Option<String>,
    pub code: Option<String>,
    pub min_needed: Option<Bound>,
    pub max_counted: Option<Bound>,
    pub req_list: Option<Vec<Node>>,
    pub course_list: Option<Vec<Course>>,
    pub excluded_course_list: Option<Vec<Course>>,
    pub dist_req: Option<OneOrMore>,
    pub num_courses: Option<u32>,
    pub double_counting_allowed: Option<bool>,
    pub completed_by_semester: Option<u8>,
    pub pdfs_allowed: Option<Pdfs>,
    pub min_grade: Option<u8>,
    pub max_common_with_major: Option<Bound>,
}

/// A number, or `ALL`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Bound {
    /// A number.
    Number(u32),
    /// All that there is.
    Word(String),
}

/// How many courses may be taken pass/D/fail.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Pdfs {
    /// Any number, or none.
    Flag(bool),
    /// So many.
    Number(u32),
}

/// A text, or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

/// A course, with a title that means nothing: `AAA 101: Introduction`, which YAML may take for a
/// mapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Course {
    /// As a text.
    Text(String),
    /// As a mapping of the code to the title.
    Titled(BTreeMap<String, serde_json::Value>),
}

/// How a program is read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Whether the conditions that TigerPath states and does not check are part of the
    /// requirement: the semester by which it must be met, pass/D/fail, the least grade, and what
    /// is no course.
    pub unchecked_conditions: bool,
    /// Where a learner has pinned courses: each counts only inside the nodes named by its paths.
    pub pins: Vec<(Code, Vec<String>)>,
}

/// A node as it looks to its parent.
struct Built {
    /// The requirement, if it asks or offers anything.
    requirement: Option<Requirement>,
    /// The ways in which it passes something up: how much, and what that takes; by rising amount.
    ways: Vec<(u32, Requirement)>,
    /// What it counts for where a parent asks for all.
    all: u32,
    /// The most it passes up.
    most: u32,
    /// Its pool, for a leaf that passes up every course it looks at and takes none.
    looks_at: Option<Selector>,
    /// The same requirement such that its credits are what it passes up, where that can be.
    credited: Option<Requirement>,
}

struct Builder<'a> {
    reading: &'a Reading,
}

/// Reads a program of 2026. As in the planner itself, the later of two equal keys wins.
///
/// # Errors
/// If it is no YAML, or not of this form.
pub fn read_program(yaml: &str) -> Result<Node, Fault> {
    let options = serde_saphyr::options! { duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::LastWins };
    Ok(serde_saphyr::from_str_with_options(yaml, options)?)
}

/// The start of every path in a program: `Major//2018//COS-BSE`.
///
/// # Errors
/// If the program has no type or name.
pub fn root_path(program: &Node, year: u16) -> Result<String, Fault> {
    let kind = program.r#type.as_deref().ok_or("a program without a type")?;
    let name = match kind {
        "Major" | "Degree" => program.code.as_deref(),
        _ => program.name.as_deref(),
    };
    Ok(format!("{kind}//{year}//{}", name.ok_or("a program without a name")?))
}

/// A program as a catalog with one credential, named `program`. The label of every named
/// requirement is its path, as TigerPath writes it.
///
/// # Errors
/// If it counts in a way that the model cannot say; the error names the node.
pub fn catalog(program: &Node, year: u16, reading: &Reading) -> Result<Catalog, Fault> {
    let title = program.name.clone().unwrap_or_default();
    let mut catalog = Catalog::new("princeton", &title);
    catalog.defaults.typical_credits = Decimal::ONE;
    catalog.offices.insert(OfficeId::new(DEPARTMENT)?, Office { title: "Department".to_owned() });
    let mut root = program.clone();
    root.min_needed = Some(Bound::Word("ALL".to_owned()));
    root.max_counted = None;
    let path = root_path(program, year)?;
    let built = Builder { reading }.node(&root, &path, false)?;
    let completion = built.requirement.ok_or("a program that asks for nothing")?;
    let kind = match program.r#type.as_deref() {
        Some("Degree") => CredentialKind::Degree,
        Some("Certificate") => CredentialKind::Certificate,
        _ => CredentialKind::Program,
    };
    add_credential(&mut catalog, "program", &title, kind, completion, Decimal::ONE)?;
    Ok(catalog)
}

impl Builder<'_> {
    fn node(&self, node: &Node, path: &str, double: bool) -> Result<Built, Fault> {
        let double = node.double_counting_allowed.unwrap_or(double);
        match &node.req_list {
            Some(children) => self.inner(node, children, path, double),
            None => self.leaf(node, path, double),
        }
        .map_err(|e| {
            let text = e.to_string();
            if text.contains("//") { e } else { format!("{text} (`{path}`)").into() }
        })
    }

    fn leaf(&self, node: &Node, path: &str, double: bool) -> Result<Built, Fault> {
        let listed = node.course_list.as_ref().map_or(0, Vec::len);
        let max = bound(node.max_counted.as_ref());
        if let Some(number) = node.num_courses {
            // Progress toward the degree looks at every course, whatever else counts it.
            let leaf =
                Requirement::seen(Measure::Count, whole(number), self.window(node, Selector::Everything)).named(path);
            return Ok(Built {
                requirement: Some(leaf.clone()),
                ways: vec![(1, leaf)],
                all: max.unwrap_or(0),
                most: max.unwrap_or(0),
                looks_at: None,
                credited: None,
            });
        }
        let Some(pool) = self.pool(node, path, double)? else { return self.unverifiable(node, path) };
        let from_below = if listed > 0 { u32::try_from(listed)? } else { max.unwrap_or(0) };
        let min = match &node.min_needed {
            None => 0,
            Some(Bound::Number(n)) => *n,
            Some(Bound::Word(_)) => from_below,
        };
        let all = max.unwrap_or(from_below).min(from_below);
        let most = max.unwrap_or(UNLIMITED);
        let asks = |n: u32| {
            let leaf = if double {
                Requirement::seen(Measure::Count, whole(n), pool.clone())
            } else {
                Requirement::take(Measure::Count, whole(n), pool.clone())
            };
            self.with_pdfs(node, leaf.named(path))
        };
        // With a least number of zero it is always satisfied, and still passes up what it has.
        let first = min.max(1);
        let ways =
            if first > most { vec![(most, asks(first))] } else { (first..=most).map(|n| (n, asks(n))).collect() };
        // What may count twice is not taken, so it brings no credits; its ways are written out.
        let credited = (first <= most && !double).then(|| {
            let leaf = match max {
                Some(max) => Requirement::take_between(Measure::Count, min, max, pool.clone()),
                None => Requirement::take(Measure::Count, min, pool.clone()),
            };
            self.with_pdfs(node, leaf.named(path))
        });
        let requirement = (min > 0).then(|| asks(min));
        let looks_at = (double && max.is_none() && min < 2).then_some(pool);
        Ok(Built { requirement, ways, all, most, looks_at, credited })
    }

    /// A leaf without courses: something that happens outside them, such as a thesis. The peer
    /// passes it over; read in full, it is for the department to approve.
    fn unverifiable(&self, node: &Node, path: &str) -> Result<Built, Fault> {
        let mut built = Built { requirement: None, ways: Vec::new(), all: 0, most: 0, looks_at: None, credited: None };
        let most = bound(node.max_counted.as_ref()).unwrap_or(0).min(1);
        if self.reading.unchecked_conditions && most > 0 && !matches!(node.min_needed, None | Some(Bound::Number(0))) {
            let subject = node.name.clone().unwrap_or_else(|| path.to_owned());
            let asked = Approved { office: OfficeId::new(DEPARTMENT)?, subject };
            let leaf = Requirement::new(Rule::Approved(asked)).named(path);
            built = Built {
                requirement: Some(leaf.clone()),
                ways: vec![(1, leaf)],
                all: most,
                most,
                looks_at: None,
                credited: None,
            };
        }
        Ok(built)
    }

    fn inner(&self, node: &Node, children: &[Node], path: &str, double: bool) -> Result<Built, Fault> {
        let mut built = Vec::new();
        for (n, child) in children.iter().enumerate() {
            let name = child.name.as_deref().filter(|n| !n.is_empty());
            let name = name.map_or_else(|| format!("{n:03}"), ToOwned::to_owned);
            // A condition of a group is a condition of all that is in it.
            let mut child = child.clone();
            child.completed_by_semester = child.completed_by_semester.or(node.completed_by_semester);
            child.min_grade = child.min_grade.or(node.min_grade);
            child.pdfs_allowed = child.pdfs_allowed.or_else(|| match node.pdfs_allowed {
                Some(Pdfs::Flag(false) | Pdfs::Number(0)) => node.pdfs_allowed.clone(),
                _ => None,
            });
            built.push(self.node(&child, &format!("{path}//{name}"), double)?);
        }
        let from_below: u32 = built.iter().map(|b| b.all).sum();
        let can: u32 = built.iter().map(|b| b.most).sum::<u32>().min(UNLIMITED);
        let max = bound(node.max_counted.as_ref());
        let all = max.unwrap_or(from_below).min(from_below);
        let most = max.unwrap_or(can).min(can);
        let min = match &node.min_needed {
            None => 0,
            Some(Bound::Number(n)) => *n,
            Some(Bound::Word(_)) => from_below,
        };
        let first = min.max(1);
        let credited = credits_of(&built, min).map(|mut group| {
            if let Some(max) = max {
                let amount = Amount::Fixed(Fixed { measure: Measure::Credits, value: whole(max) });
                let rule = LimitRule::AtMost(Bounded { amount, of: Selector::Everything });
                group.limits.push(Limit { label: None, source: None, rule });
            }
            self.with_pdfs(node, group.named(path))
        });
        let ways = if can == 0 {
            Vec::new()
        } else if first >= most {
            vec![(most, self.with_pdfs(node, counted(&built, first)?.named(path)))]
        } else {
            // A way to pass up more than anybody asks for may be too long to write down.
            let ways = (first..=most).map_while(|n| Some((n, counted(&built, n).ok()?)));
            ways.map(|(n, way)| (n, self.with_pdfs(node, way.named(path)))).collect()
        };
        let requirement =
            if min > 0 && can > 0 { Some(self.with_pdfs(node, counted(&built, min)?.named(path))) } else { None };
        let credited = credited.filter(|_| first <= most || max.is_none());
        Ok(Built { requirement, ways, all, most, looks_at: None, credited })
    }

    /// What a leaf may count: nothing for a requirement that cannot be verified.
    fn pool(&self, node: &Node, path: &str, double: bool) -> Result<Option<Selector>, Fault> {
        let mut parts = Vec::new();
        for course in node.course_list.iter().flatten() {
            parts.push(pattern(course)?);
        }
        for area in match &node.dist_req {
            None => &[][..],
            Some(OneOrMore::One(area)) => std::slice::from_ref(area),
            Some(OneOrMore::More(areas)) => areas.as_slice(),
        } {
            parts.push(Selector::Tag(area.clone()));
        }
        let Some(mut pool) = parts.into_iter().reduce(Selector::or) else { return Ok(None) };
        let mut excluded = Vec::new();
        for course in node.excluded_course_list.iter().flatten() {
            excluded.push(pattern(course)?);
        }
        if let Some(excluded) = excluded.into_iter().reduce(Selector::or) {
            pool = pool.except(excluded);
        }
        if !double {
            let elsewhere = |paths: &[String]| !paths.iter().any(|p| path.contains(p.as_str()));
            let pinned: Vec<Code> =
                self.reading.pins.iter().filter(|(_, paths)| elsewhere(paths)).map(|(code, _)| code.clone()).collect();
            if !pinned.is_empty() {
                pool = pool.except(Selector::Codes(pinned));
            }
        }
        if self.reading.unchecked_conditions {
            pool = self.window(node, pool);
            if let Some(points) = node.min_grade {
                let grade = *["F", "D", "C", "B", "A"].get(usize::from(points)).ok_or("a least grade above four")?;
                let grade = MinGrade { scale: ScaleId::new("letter")?, grade: GradeSymbol::new(grade)? };
                pool = pool.and(Selector::MinGrade(grade));
            }
        }
        Ok(Some(pool))
    }

    fn window(&self, node: &Node, pool: Selector) -> Selector {
        match node.completed_by_semester.and_then(semester_end) {
            Some(end) => pool.and(Selector::Completed(Window { from: None, to: Some(end) })),
            None => pool,
        }
    }

    fn with_pdfs(&self, node: &Node, mut requirement: Requirement) -> Requirement {
        let most = match node.pdfs_allowed {
            Some(Pdfs::Flag(false)) => 0,
            Some(Pdfs::Number(n)) => n,
            _ => return requirement,
        };
        let looking = !matches!(requirement.rule, Rule::Seen(_));
        if let (true, true, Ok(scale)) = (self.reading.unchecked_conditions, looking, ScaleId::new("pass_fail")) {
            let amount = Amount::Fixed(Fixed { measure: Measure::Count, value: whole(most) });
            let of = Selector::GradedOn(vec![scale]);
            let rule = LimitRule::AtMost(Bounded { amount, of });
            requirement.limits.push(Limit { label: Some("Pass/D/fail".to_owned()), source: None, rule });
        }
        requirement
    }
}

/// The paths of the named nodes of a program.
///
/// # Errors
/// If the program has no type or name.
pub fn paths(program: &Node, year: u16) -> Result<BTreeSet<String>, Fault> {
    fn walk(node: &Node, path: String, into: &mut BTreeSet<String>) {
        for child in node.req_list.iter().flatten() {
            if let Some(name) = &child.name {
                walk(child, format!("{path}//{name}"), into);
            }
        }
        into.insert(path);
    }
    let mut found = BTreeSet::new();
    walk(program, root_path(program, year)?, &mut found);
    Ok(found)
}

/// The day on which a semester ends, for a learner who starts in the autumn of 2000; records
/// date their courses by the same reckoning.
#[must_use]
pub fn semester_end(number: u8) -> Option<Date> {
    let year = 2000 + i16::from(number / 2);
    if number % 2 == 1 { Date::new(year, 12, 31) } else { Date::new(year, 5, 31) }
}

const fn bound(bound: Option<&Bound>) -> Option<u32> {
    match bound {
        Some(Bound::Number(n)) => Some(*n),
        Some(Bound::Word(_)) | None => None,
    }
}

/// The group as "so many credits of these", where every child's credits are what it passes up.
fn credits_of(children: &[Built], need: u32) -> Option<Requirement> {
    let of: Option<Vec<_>> = children.iter().filter(|c| c.most > 0).map(|c| c.credited.clone()).collect();
    of.filter(|of| !of.is_empty()).map(|of| Requirement::at_least(Measure::Credits, whole(need), of))
}

/// A requirement that the children pass up at least `need`.
fn counted(children: &[Built], need: u32) -> Result<Requirement, Fault> {
    let bringing: Vec<_> = children.iter().filter(|c| c.most > 0).collect();
    let most: u32 = bringing.iter().map(|c| c.most).sum();
    if most < need {
        return Err(format!("{NOBODY_CAN}: its parts pass up at most {most} of the {need} it asks for").into());
    }
    if bringing.iter().all(|c| c.ways.len() == 1 && c.ways[0].0 == 1) {
        let of: Vec<_> = bringing.iter().map(|c| c.ways[0].1.clone()).collect();
        return Ok(match usize::try_from(need)? {
            n if n == of.len() => Requirement::all(of),
            1 => Requirement::any(of),
            _ => Requirement::at_least(Measure::Count, whole(need), of),
        });
    }
    if let Some(group) = credits_of(children, need) {
        return Ok(group);
    }
    // Where every part passes up every course it looks at, the courses of all of them are counted.
    // (The peer would count a course once for each part that it fits.)
    let pools: Option<Vec<_>> = bringing.iter().map(|c| c.looks_at.clone()).collect();
    if let Some(pool) = pools.and_then(|pools| pools.into_iter().reduce(Selector::or)) {
        return Ok(Requirement::seen(Measure::Count, whole(need), pool));
    }
    let mut open: Vec<(u32, Vec<Requirement>)> = vec![(0, Vec::new())];
    let mut done = Vec::new();
    for child in bringing {
        let mut next = open.clone();
        for (sum, parts) in &open {
            for (brings, takes) in &child.ways {
                let mut parts = parts.clone();
                parts.push(takes.clone());
                if sum + brings >= need {
                    done.push(Requirement::all(parts));
                    break;
                }
                next.push((sum + brings, parts));
            }
        }
        open = next;
        if open.len() + done.len() > WAYS {
            return Err("too many ways in which the sum can come about".into());
        }
    }
    Ok(Requirement::any(done))
}

/// The codes of a course under its several names: `ELE 206/COS 306`.
///
/// # Errors
/// If one of them is no code.
pub fn course_codes(name: &str) -> Result<Vec<Code>, Fault> {
    name.split(':').next().unwrap_or(name).split('/').map(|part| Ok(Code::new(&spaced(part))?)).collect()
}

/// A code with one blank after its department: `COS340` is `COS 340`.
fn spaced(name: &str) -> String {
    let packed: String = name.split_whitespace().collect::<String>().to_uppercase();
    match packed.char_indices().nth(3) {
        Some((at, _)) if at < packed.len() => format!("{} {}", &packed[..at], &packed[at..]),
        _ => packed,
    }
}

fn pattern(course: &Course) -> Result<Selector, Fault> {
    let text = match course {
        Course::Text(text) => text.split(':').next().unwrap_or(text),
        Course::Titled(titled) => titled.keys().next().map_or("", String::as_str),
    };
    let mut parts = Vec::new();
    for name in text.split('/') {
        let packed: String = name.split_whitespace().collect::<String>().to_uppercase();
        // Everything after the first star means nothing: `COS 3**` is any course from COS 3 on.
        let (stem, starred) = packed.split_once('*').map_or((packed.as_str(), false), |(stem, _)| (stem, true));
        let stems: Vec<String> = match stem.strip_prefix("LANG") {
            Some(number) => LANGUAGES.iter().map(|l| format!("{l} {number}")).collect(),
            None if stem.len() == 3 && starred => vec![format!("{stem} ")],
            None => vec![spaced(stem)],
        };
        for stem in stems {
            parts.push(if starred {
                Selector::Pattern(format!("{stem}*"))
            } else {
                Selector::code(Code::new(stem.trim())?)
            });
        }
    }
    parts.into_iter().reduce(Selector::or).ok_or_else(|| "an empty course".into())
}

/// A course of a learner in the cases of 2018.
#[derive(Clone, Debug, Deserialize)]
pub struct TakenCourse {
    /// Its names.
    pub name: String,
    /// Its distribution areas, comma between them.
    #[serde(default)]
    pub dist_area: Option<String>,
    /// The paths that it is pinned to.
    #[serde(default)]
    pub settled: Option<Vec<String>>,
}

/// A learner's case: which program, for which class, and the courses by semester.
#[derive(Debug)]
pub struct Case {
    /// The program's code.
    pub program: String,
    /// The class.
    pub year: u16,
    /// The courses by semester.
    pub semesters: Vec<Vec<TakenCourse>>,
}

/// Reads a case: two lines, then JSON.
///
/// # Errors
/// If it is something else.
pub fn read_case(text: &str) -> Result<Case, Fault> {
    let mut lines = text.splitn(3, '\n');
    let program = lines.next().ok_or("an empty case")?.trim().to_owned();
    let year = lines.next().ok_or("a case without a year")?.trim().parse()?;
    let semesters = serde_json::from_str(lines.next().ok_or("a case without courses")?)?;
    Ok(Case { program, year, semesters })
}

/// A node of the tree that TigerPath answers.
#[derive(Debug, Deserialize)]
pub struct ExpectedNode {
    /// Its path.
    pub path_to: String,
    /// Whether it is satisfied by the courses settled so far.
    pub satisfied: bool,
    /// How much it asks for.
    pub min_needed: u32,
    /// The nodes inside it.
    #[serde(default)]
    pub req_list: Vec<ExpectedNode>,
}

/// Reads the tree of an expected answer, which follows the list of courses.
///
/// # Errors
/// If it is something else.
pub fn read_expected(text: &str) -> Result<ExpectedNode, Fault> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    values.next().ok_or("an empty answer")??;
    Ok(serde_json::from_value(values.next().ok_or("an answer without a tree")??)?)
}

impl Case {
    /// Where the learner has pinned courses in this program.
    ///
    /// # Errors
    /// If a name is no code.
    pub fn pins(&self, root: &str) -> Result<Vec<(Code, Vec<String>)>, Fault> {
        let mut pins = Vec::new();
        for course in self.semesters.iter().flatten() {
            // A pin into another program does not bind here.
            let paths: Vec<_> = course.settled.iter().flatten().filter(|p| p.starts_with(root)).cloned().collect();
            if let (false, Some(code)) = (paths.is_empty(), course_codes(&course.name)?.first()) {
                pins.push((code.clone(), paths));
            }
        }
        Ok(pins)
    }

    /// The learner's courses, each worth one credit; their several names become equivalences.
    ///
    /// # Errors
    /// If a name is no code.
    pub fn record(&self, learner: &str, catalog: &mut Catalog) -> Result<Record, Fault> {
        let mut record = Record::new(LearnerId::new(learner)?);
        for (semester, courses) in (1..).zip(&self.semesters) {
            for course in courses {
                let codes = course_codes(&course.name)?;
                let id = AttainmentId::new(&format!("{} in semester {semester}", course.name))?;
                let mut taken = Attainment::new(id, codes.first().ok_or("a course without a name")?.clone());
                taken.credits = Some(Decimal::ONE);
                taken.completed_on = semester_end(semester).map(Completed::On);
                taken.tags = course
                    .dist_area
                    .iter()
                    .flat_map(|a| a.split(','))
                    .filter(|a| !a.is_empty())
                    .map(str::to_owned)
                    .collect();
                if codes.len() > 1 {
                    catalog.equivalences.push(Equivalence { codes, source: None });
                }
                record.attainments.push(taken);
            }
        }
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Requirement {
        let node: Node = serde_saphyr::from_str(yaml).unwrap();
        let catalog = catalog(&node, 2018, &Reading::default()).unwrap();
        catalog.credentials["program"].editions[0].completion.clone()
    }

    #[test]
    fn children_that_pass_up_one_are_counted_and_others_bring_credits() {
        let program = read(
            "type: Major\nname: X\ncode: X\nreq_list:\n\
             - {name: A, max_counted: 1, min_needed: 2, course_list: [COS 1*, 'COS 201: Title', LANG 101]}\n\
             - name: B\n  max_counted: 1\n  min_needed: 4\n  req_list:\n\
             \x20 - {name: C, max_counted: 2, min_needed: 1, course_list: [CHI 1*]}\n\
             \x20 - {name: D, max_counted: 4, min_needed: 1, course_list: [CHI 2*]}\n",
        );
        let Rule::All(of) = &program.rule else { panic!("{program:?}") };
        assert!(matches!(&of[0].rule, Rule::Take(t) if t.min == whole(2) && t.measure == Measure::Count));
        let Rule::AtLeast(b) = &of[1].rule else { panic!("{:?}", of[1]) };
        assert_eq!((b.measure, b.min), (Measure::Credits, whole(4)));
        assert!(matches!(&b.of[0].rule, Rule::Take(t) if t.max == Some(whole(2)) && t.min == Decimal::ONE));
        assert_eq!(of[1].label.as_deref(), Some("Major//2018//X//B"));
    }

    #[test]
    fn a_sum_of_both_kinds_is_a_choice_of_ways() {
        let program = read(
            "type: Major\nname: X\ncode: X\nreq_list:\n- name: B\n  max_counted: 1\n  min_needed: 3\n  req_list:\n\
             \x20 - {name: C, max_counted: 1, min_needed: 2, course_list: [CHI 1*]}\n\
             \x20 - {name: D, max_counted: 3, min_needed: 1, course_list: [CHI 2*]}\n",
        );
        let b = program.children()[0];
        let Rule::Any(ways) = &b.rule else { panic!("{b:?}") };
        assert_eq!(ways.len(), 2, "three of D, or C and two of D");
    }

    #[test]
    fn codes_are_spaced_and_cross_listed() {
        let codes: Vec<_> = course_codes("ELE206 /COS 306").unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(codes, ["ELE 206", "COS 306"]);
    }
}
