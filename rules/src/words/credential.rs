//! Words about credentials: their catalog page, their editions, and what stacks into what.

use credstack_model::{
    AttributeName, AttributeTest, Credential, CredentialId, CredentialKind, Decimal, EditionBy, Requirement, Rule,
    Test, Value, Words,
};

use super::call::{Call, Made};
use super::form::{On, Word, follows, starts};
use super::item::add;
use crate::codes::{pack, sentence};
use crate::state::{CredentialDraft, EditionDraft, Failure, StackDraft};
use crate::value::{P, Thing, Val};

const CREDENTIAL: On = On::Thing(Thing::Credential);
const STACK: On = On::Thing(Thing::Stack);

/// The places of the trees in an edition that is being described.
pub(crate) const TREES: [&str; 3] = ["admission", "completion", "conferral"];

pub(crate) const WORDS: &[Word] = &[
    (
        "badge",
        &[starts(&[P::Text, P::Text], r#"badge("ml-basics", "Machine Learning Basics")"#, |call| {
            credential(call, CredentialKind::Badge)
        })],
    ),
    (
        "meta_badge",
        &[starts(&[P::Text, P::Text], r#"meta_badge("data-scholar", "Data Scholar")"#, |call| {
            credential(call, CredentialKind::MetaBadge)
        })],
    ),
    (
        "micro_credential",
        &[starts(&[P::Text, P::Text], r#"micro_credential("software", "Software Practice")"#, |call| {
            credential(call, CredentialKind::MicroCredential)
        })],
    ),
    (
        "certificate",
        &[starts(&[P::Text, P::Text], r#"certificate("ai", "Certificate in Artificial Intelligence")"#, |call| {
            credential(call, CredentialKind::Certificate)
        })],
    ),
    (
        "diploma",
        &[starts(&[P::Text, P::Text], r#"diploma("design", "Diploma in Design")"#, |call| {
            credential(call, CredentialKind::Diploma)
        })],
    ),
    (
        "degree",
        &[starts(&[P::Text, P::Text], r#"degree("ms-cs", "Master of Science in Computer Science")"#, |call| {
            credential(call, CredentialKind::Degree)
        })],
    ),
    (
        "program",
        &[starts(&[P::Text, P::Text], r#"program("cs-minor", "Minor in Computer Science")"#, |call| {
            credential(call, CredentialKind::Program)
        })],
    ),
    (
        "unit",
        &[follows(CREDENTIAL, &[P::Text], r#".unit("Computer Science")"#, |call| {
            let unit = call.text(0)?;
            page(call, |c| c.unit = Some(unit))
        })],
    ),
    (
        "level",
        &[follows(CREDENTIAL, &[P::Text], r#".level("graduate")"#, |call| {
            let level = call.text(0)?;
            page(call, |c| c.level = Some(level))
        })],
    ),
    (
        "description",
        &[follows(CREDENTIAL, &[P::Text], r#".description("Three courses in …")"#, |call| {
            let text = call.text(0)?;
            page(call, |c| c.description = Some(text))
        })],
    ),
    (
        "credits",
        &[follows(CREDENTIAL, &[P::Number], ".credits(30)", |call| {
            let credits: Decimal = call.size(0)?;
            page(call, |c| c.credits = Some(credits))
        })],
    ),
    (
        "tags",
        &[follows(CREDENTIAL, &[P::Texts], r#".tags("stackable", "online")"#, |call| {
            let tags = call.texts(0)?;
            page(call, |c| add(&mut c.tags, &tags))
        })],
    ),
    (
        "competencies",
        &[follows(CREDENTIAL, &[P::Texts], r#".competencies("python")"#, |call| {
            let competencies = call.names(0)?;
            page(call, |c| add(&mut c.competencies, &competencies))
        })],
    ),
    (
        "detail",
        &[follows(CREDENTIAL, &[P::Text, P::Text], r#".detail("cost", "$525")"#, |call| {
            let (name, text) = (call.text(0)?, call.text(1)?);
            page(call, |c| {
                c.details.insert(name, text);
            })
        })],
    ),
    (
        "valid_for",
        &[follows(CREDENTIAL, &[P::Length], ".valid_for(years(3))", |call| {
            let length = super::pool::length(call, 0)?;
            page(call, |c| c.valid_for = Some(length))
        })],
    ),
    (
        "catalog_year_by",
        &[follows(CREDENTIAL, &[P::Text], r#".catalog_year_by("catalog_year")"#, |call| {
            let name: AttributeName = call.named(0)?;
            page(call, |c| c.edition_by = Some(EditionBy::Attribute(name)))
        })],
    ),
    (
        "catalog_year_by_first",
        &[follows(CREDENTIAL, &[P::Pool], ".catalog_year_by_first(level_from(5000))", |call| {
            let pool = call.pool(0)?;
            page(call, |c| c.edition_by = Some(EditionBy::FirstAttainment(pool.selector)))
        })],
    ),
    (
        "catalog_year_by_date",
        &[follows(CREDENTIAL, &[], ".catalog_year_by_date()", |call| {
            page(call, |c| c.edition_by = Some(EditionBy::AsOf))
        })],
    ),
    ("open_to", &[follows(CREDENTIAL, &[P::Texts], r#".open_to("student", "staff")"#, open_to)]),
    ("admission", &[follows(CREDENTIAL, &[P::Req], r#".admission(learner("admitted"))"#, |call| tree(call, 0))]),
    ("completion", &[follows(CREDENTIAL, &[P::Req], ".completion(credits(9, electives))", |call| tree(call, 1))]),
    ("conferral", &[follows(CREDENTIAL, &[P::Req], ".conferral(gpa(3.0, applied()))", |call| tree(call, 2))]),
    (
        "catalog_years",
        &[
            follows(CREDENTIAL, &[P::Number], ".catalog_years(2024)", |call| {
                let year = year(call, 0)?;
                edition(call, Some(year), Some(year))
            }),
            follows(CREDENTIAL, &[P::Number, P::Number], ".catalog_years(2024, 2025)", |call| {
                let (from, to) = (year(call, 0)?, year(call, 1)?);
                if from > to {
                    return Err(call.fail(sentence::YEARS_BACKWARDS.of(&[("from", &from), ("to", &to)])));
                }
                edition(call, Some(from), Some(to))
            }),
        ],
    ),
    (
        "catalog_years_from",
        &[follows(CREDENTIAL, &[P::Number], ".catalog_years_from(2026)", |call| {
            let year = year(call, 0)?;
            edition(call, Some(year), None)
        })],
    ),
    (
        "catalog_years_through",
        &[follows(CREDENTIAL, &[P::Number], ".catalog_years_through(2023)", |call| {
            let year = year(call, 0)?;
            edition(call, None, Some(year))
        })],
    ),
    // ---- stacking ----
    (
        "stack",
        &[starts(&[P::Credentials], r#"stack("ai-certificate").into("ms-cs")"#, |call| {
            let from = call.credentials(0);
            let wrong = from.is_err();
            if let Err(Failure::Stop) = from {
                return Err(Failure::Stop);
            }
            call.st.stacks.push(StackDraft {
                from: from.unwrap_or_default(),
                into: None,
                wrong,
                carries: None,
                only: None,
                single_source: false,
                single_destination: false,
                source: call.source.clone(),
            });
            Ok(Val::Thing(Thing::Stack, call.st.stacks.len() - 1))
        })],
    ),
    (
        "into",
        &[follows(STACK, &[P::Credential], r#".into("ms-cs")"#, |call| {
            let into = call.credential(0);
            let index = call.thing();
            let Some(stack) = call.st.stacks.get_mut(index) else { return Err(Failure::Said) };
            match into {
                Ok(id) if stack.into.is_none() => stack.into = Some(id),
                Ok(_) => {
                    return Err(call.fail(pack::STACK_INTO_TWICE.of(&[])));
                }
                Err(failure) => {
                    stack.wrong = true;
                    return Err(failure);
                }
            }
            call.again()
        })],
    ),
    (
        "carries",
        &[follows(STACK, &[P::Amount], ".carries(credits(12))", |call| {
            let fixed = super::limit::fixed(call, 0)?;
            stack(call, |s| s.carries = Some(fixed))
        })],
    ),
    (
        "carries_only",
        &[follows(STACK, &[P::Pool], r#".carries_only(level_from(5000).min_grade("B"))"#, |call| {
            let pool = call.pool(0)?;
            stack(call, |s| s.only = Some(pool.selector))
        })],
    ),
    ("single_source", &[follows(STACK, &[], ".single_source()", |call| stack(call, |s| s.single_source = true))]),
    (
        "single_destination",
        &[follows(STACK, &[], ".single_destination()", |call| stack(call, |s| s.single_destination = true))],
    ),
];

fn credential(call: &mut Call<'_>, kind: CredentialKind) -> Made {
    let title = call.text(1)?;
    let id: Result<CredentialId, Failure> = call.named(0);
    let id = match id {
        Ok(id) => call.st.define(&pack::DUPLICATE_CREDENTIAL, id.as_str(), &call.source).ok().map(|()| id),
        Err(Failure::Said) => None,
        Err(Failure::Stop) => return Err(Failure::Stop),
    };
    // The completion is put in place when the pack has been read.
    let mut credential = Credential::new(&title, kind, Requirement::new(Rule::All(Vec::new())));
    credential.editions.clear();
    credential.source = Some(call.source.clone());
    let source = call.source.clone();
    let editions = vec![EditionDraft::default()];
    call.st.credentials.push(CredentialDraft { id, credential, editions, open_to: None, source });
    Ok(Val::Thing(Thing::Credential, call.st.credentials.len() - 1))
}

fn draft<'a>(call: &'a mut Call<'_>) -> Result<&'a mut CredentialDraft, Failure> {
    let index = call.thing();
    call.st.credentials.get_mut(index).ok_or(Failure::Said)
}

fn page(call: &mut Call<'_>, change: impl FnOnce(&mut Credential)) -> Made {
    change(&mut draft(call)?.credential);
    call.again()
}

fn open_to(call: &mut Call<'_>) -> Made {
    let values: Vec<Value> = call.texts(0)?.into_iter().map(Value::Text).collect();
    let name: AttributeName = call.name(0, "audience")?;
    let mut node = Requirement::new(Rule::Attribute(AttributeTest { name, test: Test::OneOf(values) }));
    node.label = Some("Open to".to_owned());
    node.source = Some(call.source.clone());
    draft(call)?.open_to = Some(node);
    call.again()
}

fn tree(call: &mut Call<'_>, which: usize) -> Made {
    let req = call.req(0);
    let source = call.source.clone();
    let Some(edition) = draft(call)?.editions.last_mut() else { return Err(Failure::Said) };
    if edition.trees[which].is_some() {
        let twice = [&pack::ADMISSION_TWICE, &pack::COMPLETION_TWICE, &pack::CONFERRAL_TWICE];
        return Err(call.fail(twice[which].of(&[])));
    }
    match req {
        Ok(req) => {
            edition.trees[which] = Some(req.node);
            edition.source.get_or_insert(source);
            call.again()
        }
        Err(failure) => {
            edition.wrong[which] = true;
            Err(failure)
        }
    }
}

fn year(call: &mut Call<'_>, number: usize) -> Result<i16, Failure> {
    call.whole(number, 1900, 2200).map(|year| i16::try_from(year).unwrap_or(2200))
}

fn edition(call: &mut Call<'_>, from: Option<i16>, to: Option<i16>) -> Made {
    let source = Some(call.source.clone());
    let draft = draft(call)?;
    let years = |e: &EditionDraft| e.years.map(|(from, to)| (from.unwrap_or(i16::MIN), to.unwrap_or(i16::MAX)));
    let (low, high) = (from.unwrap_or(i16::MIN), to.unwrap_or(i16::MAX));
    let overlap = draft.editions.iter().find(|e| years(e).is_some_and(|(f, t)| f <= high && low <= t));
    if let Some(first) = overlap.and_then(|e| e.source.clone()) {
        call.fail(pack::CATALOG_YEARS_OVERLAP.of(&[]).with_label(&first, Words::plain(pack::OTHER_YEARS)));
    }
    let draft = self::draft(call)?;
    draft.editions.push(EditionDraft { years: Some((from, to)), source, ..EditionDraft::default() });
    call.again()
}

fn stack(call: &mut Call<'_>, change: impl FnOnce(&mut StackDraft)) -> Made {
    let index = call.thing();
    change(call.st.stacks.get_mut(index).ok_or(Failure::Said)?);
    call.again()
}
