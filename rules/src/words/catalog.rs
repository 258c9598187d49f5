//! Words about the catalog as a whole: its defaults, attributes, offices, scales and terms.

use credstack_model::{
    AttributeDecl, AttributeKind, AttributeName, Competency, CompetencyId, Date, Decimal, DefaultSharing, EditionBy,
    Grade, GradeScale, GradeSymbol, NumericScale, Office, OfficeId, Repeats, ScaleId, ScaleKind, Term, TermId, Words,
};

use super::call::{Call, Made};
use super::form::{On, Word, follows, starts};
use crate::codes::{pack, sentence};
use crate::state::Failure;
use crate::value::{P, Thing, Val};

const CATALOG: On = On::Thing(Thing::Catalog);
const LEARNER: On = On::Thing(Thing::LearnerAttribute);
const COURSE: On = On::Thing(Thing::CourseAttribute);
const SCALE: On = On::Thing(Thing::Scale);

pub(crate) const REPEATS: [(&str, Repeats); 4] =
    [("best", Repeats::Best), ("latest", Repeats::Latest), ("first", Repeats::First), ("all", Repeats::All)];

const MONTHS: [(&str, u8); 12] = [
    ("January", 1),
    ("February", 2),
    ("March", 3),
    ("April", 4),
    ("May", 5),
    ("June", 6),
    ("July", 7),
    ("August", 8),
    ("September", 9),
    ("October", 10),
    ("November", 11),
    ("December", 12),
];

/// What limits can go by without a declaration; no attribute may have such a name.
pub(crate) const BUILT_IN_KEYS: [&str; 6] = ["code", "subject", "unit", "issuer", "level", "term"];

pub(crate) const WORDS: &[Word] = &[
    ("catalog", &[starts(&[P::Text, P::Text], r#"catalog("boulder", "University Catalog")"#, catalog)]),
    ("institution", &[follows(CATALOG, &[P::Text], r#".institution("Example University")"#, institution)]),
    (
        "sharing_by_default",
        &[follows(CATALOG, &[P::Text], r#".sharing_by_default("nothing")"#, |call| {
            let choices = [("nothing", DefaultSharing::Exclusive), ("everything", DefaultSharing::Shared)];
            call.st.catalog.defaults.sharing = call.choice(0, &choices)?;
            call.again()
        })],
    ),
    (
        "repeats",
        &[follows(CATALOG, &[P::Text], r#".repeats("best")"#, |call| {
            call.st.catalog.defaults.repeats = call.choice(0, &REPEATS)?;
            call.again()
        })],
    ),
    (
        "repeatable",
        &[follows(CATALOG, &[P::Number], ".repeatable(2)", |call| {
            call.st.catalog.defaults.repeats = Repeats::UpTo(call.whole_u32(0, 1, 1000)?);
            call.again()
        })],
    ),
    (
        "typical_credits",
        &[follows(CATALOG, &[P::Number], ".typical_credits(3)", |call| {
            call.st.catalog.defaults.typical_credits = call.size(0)?;
            call.again()
        })],
    ),
    (
        "hours_per_credit",
        &[follows(CATALOG, &[P::Number], ".hours_per_credit(15)", |call| {
            call.st.catalog.defaults.hours_per_credit = call.size(0)?;
            call.again()
        })],
    ),
    (
        "academic_year_starts",
        &[
            follows(CATALOG, &[P::Text], r#".academic_year_starts("August")"#, |call| {
                call.st.catalog.defaults.academic_year_starts = call.choice(0, &MONTHS)?;
                call.again()
            }),
            follows(CATALOG, &[P::Number], ".academic_year_starts(8)", |call| {
                let month = call.whole(0, 1, 12)?;
                call.st.catalog.defaults.academic_year_starts = u8::try_from(month).unwrap_or(8);
                call.again()
            }),
        ],
    ),
    (
        "graded_on",
        &[follows(CATALOG, &[P::Text], r#".graded_on("letter")"#, |call| {
            let scale: ScaleId = call.named(0)?;
            if scale != call.st.catalog.defaults.scale
                && let Some(used) = call.st.default_scale_used.clone()
            {
                let late = pack::SCALE_SET_LATE.of(&[("scale", &scale)]);
                return Err(call.fail(late.with_label(&used, Words::plain(pack::RELIED_ON))));
            }
            call.st.catalog.defaults.scale = scale;
            call.again()
        })],
    ),
    (
        "catalog_year_by",
        &[follows(CATALOG, &[P::Text], r#".catalog_year_by("catalog_year")"#, |call| {
            call.st.catalog.defaults.edition_by = EditionBy::Attribute(call.named(0)?);
            call.again()
        })],
    ),
    (
        "catalog_year_by_first",
        &[follows(CATALOG, &[P::Pool], ".catalog_year_by_first(level_from(5000))", |call| {
            call.st.catalog.defaults.edition_by = EditionBy::FirstAttainment(call.pool(0)?.selector);
            call.again()
        })],
    ),
    (
        "catalog_year_by_date",
        &[follows(CATALOG, &[], ".catalog_year_by_date()", |call| {
            call.st.catalog.defaults.edition_by = EditionBy::AsOf;
            call.again()
        })],
    ),
    (
        "learner_attribute",
        &[
            starts(&[P::Text], r#"learner_attribute("hold").yes_or_no()"#, learner_attribute),
            starts(&[P::Text, P::Text], r#"learner_attribute("standing", "Class standing").text()"#, learner_attribute),
        ],
    ),
    (
        "course_attribute",
        &[
            starts(&[P::Text], r#"course_attribute("accelerated").yes_or_no()"#, course_attribute),
            starts(&[P::Text, P::Text], r#"course_attribute("delivery", "Mode of delivery").text()"#, course_attribute),
        ],
    ),
    (
        "yes_or_no",
        &[
            follows(LEARNER, &[], ".yes_or_no()", |call| kind(call, AttributeKind::Flag)),
            follows(COURSE, &[], ".yes_or_no()", |call| kind(call, AttributeKind::Flag)),
        ],
    ),
    (
        "number",
        &[
            follows(LEARNER, &[], ".number()", |call| kind(call, AttributeKind::Number)),
            follows(COURSE, &[], ".number()", |call| kind(call, AttributeKind::Number)),
        ],
    ),
    (
        "date",
        &[
            follows(LEARNER, &[], ".date()", |call| kind(call, AttributeKind::Date)),
            follows(COURSE, &[], ".date()", |call| kind(call, AttributeKind::Date)),
        ],
    ),
    (
        "text",
        &[
            follows(LEARNER, &[], ".text()", |call| kind(call, AttributeKind::Text)),
            follows(COURSE, &[], ".text()", |call| kind(call, AttributeKind::Text)),
        ],
    ),
    (
        "choice",
        &[
            follows(LEARNER, &[P::Texts], r#".choice(["junior", "senior"])"#, choice),
            follows(COURSE, &[P::Texts], r#".choice(["online", "hybrid"])"#, choice),
        ],
    ),
    (
        "choices",
        &[
            follows(LEARNER, &[P::Texts], r#".choices(["student", "staff"])"#, choices),
            follows(COURSE, &[P::Texts], r#".choices(["lab", "studio"])"#, choices),
        ],
    ),
    (
        "fixed",
        &[follows(LEARNER, &[], ".fixed()", |call| {
            if let Some(decl) = declared(call) {
                decl.fixed = true;
            }
            call.again()
        })],
    ),
    (
        "unless_stated",
        &[
            follows(LEARNER, &[P::Value], ".unless_stated(false)", unless_stated),
            follows(COURSE, &[P::Value], ".unless_stated(false)", unless_stated),
        ],
    ),
    ("office", &[starts(&[P::Text, P::Text], r#"office("graduate-school", "Graduate School")"#, office)]),
    ("competency", &[starts(&[P::Text, P::Text], r#"competency("python", "Programs in Python")"#, competency)]),
    ("grade_scale", &[starts(&[P::Text], r#"grade_scale("honors").grade("H", 4.0)"#, grade_scale)]),
    (
        "grade",
        &[
            follows(SCALE, &[P::Text, P::Number], r#".grade("A", 4.0)"#, |call| grade(call, true)),
            follows(SCALE, &[P::Text], r#".grade("P")"#, |call| grade(call, true)),
        ],
    ),
    (
        "failing",
        &[
            follows(SCALE, &[P::Text, P::Number], r#".failing("F", 0)"#, |call| grade(call, false)),
            follows(SCALE, &[P::Text], r#".failing("W")"#, |call| grade(call, false)),
        ],
    ),
    ("numbers", &[follows(SCALE, &[P::Number, P::Number], ".numbers(0, 100).passing(50)", numbers)]),
    ("passing", &[follows(SCALE, &[P::Number], ".passing(50)", passing)]),
    ("term", &[starts(&[P::Text, P::Date, P::Date], r#"term("2025FA", "2025-08-25", "2025-12-12")"#, term)]),
];

fn catalog(call: &mut Call<'_>) -> Made {
    let (id, title) = (call.text(0)?, call.text(1)?);
    if let Some(first) = call.st.catalog_at.clone() {
        let twice = pack::DUPLICATE_CATALOG.of(&[]);
        return Err(call.fail(twice.with_label(&first, Words::plain(pack::FIRST_NAMED))));
    }
    call.st.catalog_at = Some(call.source.clone());
    // A catalog's id is a name like any other; it is checked as one.
    let id: ScaleId = call.name(0, &id)?;
    id.as_str().clone_into(&mut call.st.catalog.id);
    call.st.catalog.title = title;
    Ok(Val::Thing(Thing::Catalog, 0))
}

fn institution(call: &mut Call<'_>) -> Made {
    call.st.catalog.institution = Some(call.text(0)?);
    call.again()
}

fn learner_attribute(call: &mut Call<'_>) -> Made {
    let name: AttributeName = call.named(0)?;
    let decl = declaration(call)?;
    let defined = call.st.define(&pack::DUPLICATE_LEARNER_ATTRIBUTE, name.as_str(), &call.source);
    let kept = defined.is_ok().then(|| name.clone());
    if kept.is_some() {
        call.st.catalog.learner_attributes.insert(name, decl);
    }
    call.st.learner_attributes.push(kept);
    Ok(Val::Thing(Thing::LearnerAttribute, call.st.learner_attributes.len() - 1))
}

fn course_attribute(call: &mut Call<'_>) -> Made {
    let name: AttributeName = call.named(0)?;
    if BUILT_IN_KEYS.contains(&name.as_str()) {
        return Err(call.fail_at(0, pack::TAKEN_NAME.of(&[("name", &name)])));
    }
    let decl = declaration(call)?;
    let defined = call.st.define(&pack::DUPLICATE_COURSE_ATTRIBUTE, name.as_str(), &call.source);
    let kept = defined.is_ok().then(|| name.clone());
    if kept.is_some() {
        call.st.catalog.attainment_attributes.insert(name, decl);
    }
    call.st.course_attributes.push(kept);
    Ok(Val::Thing(Thing::CourseAttribute, call.st.course_attributes.len() - 1))
}

fn declaration(call: &mut Call<'_>) -> Result<AttributeDecl, Failure> {
    let title = if call.has(1) { Some(call.text(1)?) } else { None };
    Ok(AttributeDecl { title, source: Some(call.source.clone()), ..AttributeDecl::new(AttributeKind::Text) })
}

fn declared<'a>(call: &'a mut Call<'_>) -> Option<&'a mut AttributeDecl> {
    let index = call.thing();
    let receiver = call.receiver.as_ref().and_then(crate::value::of);
    match receiver {
        Some(Val::Thing(Thing::LearnerAttribute, _)) => {
            let name = call.st.learner_attributes.get(index)?.as_ref()?;
            call.st.catalog.learner_attributes.get_mut(name)
        }
        _ => {
            let name = call.st.course_attributes.get(index)?.as_ref()?;
            call.st.catalog.attainment_attributes.get_mut(name)
        }
    }
}

fn kind(call: &mut Call<'_>, kind: AttributeKind) -> Made {
    if let Some(decl) = declared(call) {
        decl.kind = kind;
    }
    call.again()
}

fn unless_stated(call: &mut Call<'_>) -> Made {
    let value = call.value(0)?;
    if let Some(decl) = declared(call) {
        decl.default = Some(value);
    }
    call.again()
}

fn choice(call: &mut Call<'_>) -> Made {
    let values = distinct(call)?;
    kind(call, AttributeKind::Choice(values))
}

fn choices(call: &mut Call<'_>) -> Made {
    let values = distinct(call)?;
    kind(call, AttributeKind::Choices(values))
}

fn distinct(call: &mut Call<'_>) -> Result<Vec<String>, Failure> {
    let values = call.texts(0)?;
    let mut seen = std::collections::BTreeSet::new();
    for value in &values {
        if !seen.insert(value) {
            return Err(call.fail_at(0, sentence::VALUE_LISTED_TWICE.of(&[("value", value)])));
        }
    }
    Ok(values)
}

fn office(call: &mut Call<'_>) -> Made {
    let id: OfficeId = call.named(0)?;
    let title = call.text(1)?;
    call.st.define(&pack::DUPLICATE_OFFICE, id.as_str(), &call.source)?;
    call.st.catalog.offices.insert(id, Office { title });
    Ok(Val::Thing(Thing::Done, 0))
}

fn competency(call: &mut Call<'_>) -> Made {
    let id: CompetencyId = call.named(0)?;
    let title = call.text(1)?;
    call.st.define(&pack::DUPLICATE_COMPETENCY, id.as_str(), &call.source)?;
    call.st.catalog.competencies.insert(id, Competency { title });
    Ok(Val::Thing(Thing::Done, 0))
}

fn grade_scale(call: &mut Call<'_>) -> Made {
    let id: ScaleId = call.named(0)?;
    let defined = call.st.define(&pack::DUPLICATE_GRADE_SCALE, id.as_str(), &call.source);
    let kept = defined.is_ok().then(|| id.clone());
    if kept.is_some() {
        call.st.catalog.scales.insert(id.clone(), GradeScale { id, kind: ScaleKind::Symbols(Vec::new()) });
    }
    call.st.scales.push(kept);
    Ok(Val::Thing(Thing::Scale, call.st.scales.len() - 1))
}

fn scale_kind<'a>(call: &'a mut Call<'_>) -> Result<&'a mut ScaleKind, Failure> {
    let index = call.thing();
    let name = call.st.scales.get(index).and_then(Option::as_ref).ok_or(Failure::Said)?;
    call.st.catalog.scales.get_mut(name).map(|scale| &mut scale.kind).ok_or(Failure::Said)
}

fn grade(call: &mut Call<'_>, earns_credit: bool) -> Made {
    let symbol: GradeSymbol = call.named(0)?;
    let points = if call.has(1) { Some(call.size(1)?) } else { None };
    let trouble = match scale_kind(call)? {
        ScaleKind::Symbols(grades) if grades.iter().any(|g| g.symbol == symbol) => {
            Some(pack::GRADE_TWICE.of(&[("grade", &symbol)]))
        }
        ScaleKind::Symbols(grades) => {
            grades.push(Grade { symbol, points, earns_credit });
            None
        }
        ScaleKind::Numeric(_) => Some(pack::GRADE_AMONG_NUMBERS.of(&[])),
    };
    match trouble {
        None => call.again(),
        Some(trouble) => {
            call.fail_at(0, trouble);
            call.again()
        }
    }
}

fn numbers(call: &mut Call<'_>) -> Made {
    let (min, max) = (call.decimal(0)?, call.decimal(1)?);
    if min >= max {
        return Err(call.fail(pack::SCALE_BACKWARDS.of(&[("from", &min), ("to", &max)])));
    }
    *scale_kind(call)? = ScaleKind::Numeric(NumericScale { min, max, pass: min });
    call.again()
}

fn passing(call: &mut Call<'_>) -> Made {
    let value: Decimal = call.decimal(0)?;
    if let ScaleKind::Numeric(scale) = scale_kind(call)? {
        scale.pass = value;
        return call.again();
    }
    Err(call.fail(pack::PASSING_WITHOUT_NUMBERS.of(&[])))
}

fn term(call: &mut Call<'_>) -> Made {
    let id: TermId = call.named(0)?;
    let (starts, ends): (Date, Date) = (call.date(1)?, call.date(2)?);
    if starts > ends {
        return Err(call.fail_at(2, sentence::TERM_BACKWARDS.of(&[("id", &id)])));
    }
    call.st.define(&pack::DUPLICATE_TERM, id.as_str(), &call.source)?;
    call.st.catalog.terms.insert(id, Term { starts, ends });
    Ok(Val::Thing(Thing::Done, 0))
}
