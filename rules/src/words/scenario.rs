//! Words about rule tests.

use credstack_model::{
    ApprovalDecision, Argument, Attainment, AttainmentId, AttainmentSource, AttainmentStatus, AttributeName, Code,
    Completed, Conferred, CredentialId, Decision, Exception, Forced, Grant, LearnerId, Record, Substitution, Value,
};

use super::call::{Call, Made};
use super::form::{On, Word, follows, starts};
use super::item::add;
use crate::codes::{pack, sentence};
use crate::scenario::{Expectation, Expected, ScenarioDraft};
use crate::state::Failure;
use crate::value::{P, Thing, Val};

const SCENARIO: On = On::Thing(Thing::Scenario);

pub(crate) const WORDS: &[Word] = &[
    ("scenario", &[starts(&[P::Text], r#"scenario("three courses at B").as_of("2026-06-01")"#, scenario)]),
    (
        "as_of",
        &[follows(SCENARIO, &[P::Date], r#".as_of("2026-06-01")"#, |call| {
            let date = call.date(0)?;
            draft(call)?.as_of = Some(date);
            call.again()
        })],
    ),
    (
        "took",
        &[
            follows(SCENARIO, &[P::Text], r#".took("CSCA 5414")"#, |call| {
                item(call, AttainmentStatus::Completed, true)
            }),
            follows(SCENARIO, &[P::Text, P::Text], r#".took("CSCA 5414", "B")"#, |call| {
                item(call, AttainmentStatus::Completed, true)
            }),
            follows(SCENARIO, &[P::Text, P::Text, P::Text], r#".took("CSCA 5414", "B", "2025-05-12")"#, |call| {
                item(call, AttainmentStatus::Completed, true)
            }),
            follows(
                SCENARIO,
                &[P::Rows],
                r#".took([["CSCA 5414", "B", "2025-05-12"], ["CSCA 5424", "A"]])"#,
                took_table,
            ),
        ],
    ),
    (
        "taking",
        &[
            follows(SCENARIO, &[P::Text], r#".taking("CSCA 5414")"#, |call| {
                item(call, AttainmentStatus::InProgress, false)
            }),
            follows(SCENARIO, &[P::Text, P::Text], r#".taking("CSCA 5414", "2026SP")"#, |call| {
                item(call, AttainmentStatus::InProgress, false)
            }),
        ],
    ),
    (
        "planning",
        &[
            follows(SCENARIO, &[P::Text], r#".planning("CSCA 5414")"#, |call| {
                item(call, AttainmentStatus::Planned, false)
            }),
            follows(SCENARIO, &[P::Text, P::Text], r#".planning("CSCA 5414", "2026SP")"#, |call| {
                item(call, AttainmentStatus::Planned, false)
            }),
        ],
    ),
    // ---- about the item just named ----
    (
        "worth",
        &[follows(SCENARIO, &[P::Number], ".worth(3)", |call| {
            let credits = call.size(0)?;
            last(call, |a| a.credits = Some(credits))
        })],
    ),
    (
        "learning_hours",
        &[follows(SCENARIO, &[P::Number], ".learning_hours(20)", |call| {
            let hours = call.size(0)?;
            last(call, |a| a.hours = Some(hours))
        })],
    ),
    (
        "graded_on",
        &[follows(SCENARIO, &[P::Text], r#".graded_on("su")"#, |call| {
            let scale = call.named(0)?;
            last(call, |a| a.scale = Some(scale))
        })],
    ),
    (
        "finished",
        &[follows(SCENARIO, &[P::Text], r#".finished("2025-05-12")"#, |call| {
            let completed = completed(call, 0)?;
            last(call, |a| a.completed_on = Some(completed))
        })],
    ),
    ("transferred", &[follows(SCENARIO, &[], ".transferred()", |call| from(call, AttainmentSource::Transfer))]),
    ("by_exam", &[follows(SCENARIO, &[], ".by_exam()", |call| from(call, AttainmentSource::Exam))]),
    ("by_waiver", &[follows(SCENARIO, &[], ".by_waiver()", |call| from(call, AttainmentSource::Waiver))]),
    ("from_elsewhere", &[follows(SCENARIO, &[], ".from_elsewhere()", |call| from(call, AttainmentSource::External))]),
    (
        "issued_by",
        &[follows(SCENARIO, &[P::Text], r#".issued_by("Amazon Web Services")"#, |call| {
            let issuer = call.text(0)?;
            last(call, |a| a.issuer = Some(issuer))
        })],
    ),
    ("verified", &[follows(SCENARIO, &[], ".verified()", |call| last(call, |a| a.verified = Some(true)))]),
    ("unverified", &[follows(SCENARIO, &[], ".unverified()", |call| last(call, |a| a.verified = Some(false)))]),
    (
        "expires",
        &[follows(SCENARIO, &[P::Date], r#".expires("2027-01-01")"#, |call| {
            let date = call.date(0)?;
            last(call, |a| a.expires_on = Some(date))
        })],
    ),
    (
        "of_kind",
        &[follows(SCENARIO, &[P::Text], r#".of_kind("badge")"#, |call| {
            let kind = super::pool::attainment_kind(call, 0)?;
            last(call, |a| a.kind = Some(kind))
        })],
    ),
    (
        "tags",
        &[follows(SCENARIO, &[P::Texts], r#".tags("breadth")"#, |call| {
            let tags = call.texts(0)?;
            last(call, |a| add(&mut a.tags, &tags))
        })],
    ),
    (
        "competencies",
        &[follows(SCENARIO, &[P::Texts], r#".competencies("python")"#, |call| {
            let competencies = call.names(0)?;
            last(call, |a| add(&mut a.competencies, &competencies))
        })],
    ),
    (
        "having",
        &[follows(SCENARIO, &[P::Text, P::Values], r#".having("delivery", "online")"#, |call| {
            let name: AttributeName = call.named(0)?;
            let value = values(call)?;
            let stated = (false, name.as_str().to_owned(), value.clone(), call.source.clone());
            draft(call)?.stated.push(stated);
            last(call, |a| {
                a.attributes.insert(name, value);
            })
        })],
    ),
    (
        "called",
        &[follows(SCENARIO, &[P::Text], r#".called("ml")"#, |call| {
            let id: AttainmentId = call.named(0)?;
            let draft = draft(call)?;
            if draft.record.attainments.iter().any(|a| a.id == id) {
                return Err(call.fail_at(0, pack::DUPLICATE_ITEM.of(&[("id", &id)])));
            }
            last(call, |a| a.id = id)
        })],
    ),
    // ---- about the learner ----
    (
        "learner",
        &[follows(SCENARIO, &[P::Text, P::Values], r#".learner("standing", "junior")"#, |call| {
            let name: AttributeName = call.named(0)?;
            let value = values(call)?;
            let stated = (true, name.as_str().to_owned(), value.clone(), call.source.clone());
            let draft = draft(call)?;
            draft.stated.push(stated);
            draft.record.attributes.insert(name, value);
            call.again()
        })],
    ),
    (
        "pursues",
        &[follows(SCENARIO, &[P::Credentials], r#".pursues("ai-certificate", "ms-cs")"#, |call| {
            let ids = call.credentials(0)?;
            draft(call)?.record.declared.extend(ids);
            call.again()
        })],
    ),
    (
        "awarded",
        &[
            follows(SCENARIO, &[P::Credential, P::Date], r#".awarded("ai-certificate", "2025-05-12")"#, awarded),
            follows(
                SCENARIO,
                &[P::Credential, P::Date, P::Texts],
                r#".awarded("ai-certificate", "2025-05-12", ["CSCI 5622"])"#,
                awarded,
            ),
        ],
    ),
    (
        "awarded_through",
        &[follows(SCENARIO, &[P::Date], r#".awarded_through("2027-05-12")"#, |call| {
            let date = call.date(0)?;
            match draft(call)?.record.conferred.last_mut() {
                Some(conferred) => conferred.expires_on = Some(date),
                None => {
                    return Err(call.fail(pack::NOTHING_AWARDED_BEFORE.of(&[])));
                }
            }
            call.again()
        })],
    ),
    (
        "approved",
        &[
            follows(SCENARIO, &[P::Text, P::Text], r#".approved("graduate-school", "plan of study")"#, |call| {
                decided(call, Decision::Granted)
            }),
            follows(
                SCENARIO,
                &[P::Text, P::Text, P::Text],
                r#".approved("director", "applicability", "CSCI 1")"#,
                |call| decided(call, Decision::Granted),
            ),
        ],
    ),
    (
        "denied",
        &[
            follows(SCENARIO, &[P::Text, P::Text], r#".denied("graduate-school", "plan of study")"#, |call| {
                decided(call, Decision::Denied)
            }),
            follows(
                SCENARIO,
                &[P::Text, P::Text, P::Text],
                r#".denied("director", "applicability", "CSCI 1")"#,
                |call| decided(call, Decision::Denied),
            ),
        ],
    ),
    (
        "pending",
        &[
            follows(SCENARIO, &[P::Text, P::Text], r#".pending("graduate-school", "plan of study")"#, |call| {
                decided(call, Decision::Pending)
            }),
            follows(
                SCENARIO,
                &[P::Text, P::Text, P::Text],
                r#".pending("director", "applicability", "CSCI 1")"#,
                |call| decided(call, Decision::Pending),
            ),
        ],
    ),
    // ---- exceptions ----
    (
        "substitute",
        &[follows(
            SCENARIO,
            &[P::Credential, P::Text, P::Text],
            r#".substitute("ms-cs", "CSCI 5822", "CSCI 5454")"#,
            |call| {
                let (attainment, counts_as) = (spoken_of(call, 1)?, call.named::<Code>(2)?);
                grant(call, Grant::Substitute(Substitution { attainment, counts_as }))
            },
        )],
    ),
    (
        "waive",
        &[follows(SCENARIO, &[P::Credential, P::Text], r#".waive("ms-cs", "Breadth")"#, |call| {
            let heading = call.text(1)?;
            grant(call, Grant::Waive(heading))
        })],
    ),
    (
        "force",
        &[follows(
            SCENARIO,
            &[P::Credential, P::Text, P::Text],
            r#".force("ms-cs", "CSCI 5822", "Breadth")"#,
            |call| {
                let (attainment, requirement) = (spoken_of(call, 1)?, call.text(2)?);
                grant(call, Grant::Force(Forced { attainment, requirement }))
            },
        )],
    ),
    (
        "exclude",
        &[follows(SCENARIO, &[P::Credential, P::Text], r#".exclude("ms-cs", "CSCI 5822")"#, |call| {
            let attainment = spoken_of(call, 1)?;
            grant(call, Grant::Exclude(attainment))
        })],
    ),
    (
        "allow_sharing",
        &[follows(SCENARIO, &[P::Credential, P::Text], r#".allow_sharing("ms-cs", "CSCI 5822")"#, |call| {
            let attainment = spoken_of(call, 1)?;
            grant(call, Grant::Share(attainment))
        })],
    ),
    // ---- asking and expecting ----
    (
        "counting_planned",
        &[follows(SCENARIO, &[], ".counting_planned()", |call| {
            draft(call)?.planned = true;
            call.again()
        })],
    ),
    (
        "ignoring_in_progress",
        &[follows(SCENARIO, &[], ".ignoring_in_progress()", |call| {
            draft(call)?.in_progress = false;
            call.again()
        })],
    ),
    (
        "expects",
        &[follows(SCENARIO, &[P::Credential, P::Text], r#".expects("ms-cs", "complete")"#, |call| {
            let status = call.named_choice(1)?;
            expect(call, Expected::Status(status))
        })],
    ),
    (
        "expects_admission",
        &[follows(SCENARIO, &[P::Credential, P::Text], r#".expects_admission("ms-cs", "eligible")"#, |call| {
            let admission = call.named_choice(1)?;
            expect(call, Expected::Admission(admission))
        })],
    ),
    (
        "expects_award",
        &[follows(SCENARIO, &[P::Credential, P::Text], r#".expects_award("ms-cs", "open")"#, |call| {
            let gate = call.named_choice(1)?;
            expect(call, Expected::Award(gate))
        })],
    ),
    (
        "expects_distance",
        &[follows(SCENARIO, &[P::Credential, P::Number], r#".expects_distance("ms-cs", 6)"#, |call| {
            let credits = call.size(1)?;
            expect(call, Expected::Distance(credits))
        })],
    ),
    (
        "expects_met",
        &[follows(SCENARIO, &[P::Credential, P::Text], r#".expects_met("ms-cs", "Breadth")"#, |call| {
            let heading = call.text(1)?;
            expect(call, Expected::Requirement { heading, met: true })
        })],
    ),
    (
        "expects_unmet",
        &[follows(SCENARIO, &[P::Credential, P::Text], r#".expects_unmet("ms-cs", "Breadth")"#, |call| {
            let heading = call.text(1)?;
            expect(call, Expected::Requirement { heading, met: false })
        })],
    ),
    (
        "expects_counted",
        &[follows(SCENARIO, &[P::Credential, P::Texts], r#".expects_counted("ms-cs", ["CSCI 5822"])"#, |call| {
            let items = items(call, 1)?;
            expect(call, Expected::Counted { items, counted: true })
        })],
    ),
    (
        "expects_not_counted",
        &[follows(SCENARIO, &[P::Credential, P::Texts], r#".expects_not_counted("ms-cs", ["CSCI 5822"])"#, |call| {
            let items = items(call, 1)?;
            expect(call, Expected::Counted { items, counted: false })
        })],
    ),
];

fn scenario(call: &mut Call<'_>) -> Made {
    let learner: LearnerId = call.named(0)?;
    let name = learner.as_str().to_owned();
    call.st.define(&pack::DUPLICATE_TEST, &name, &call.source)?;
    call.st.scenarios.push(ScenarioDraft {
        name,
        source: call.source.clone(),
        record: Record::new(learner),
        as_of: None,
        in_progress: true,
        planned: false,
        expectations: Vec::new(),
        wrong: false,
        spoken_of: Vec::new(),
        stated: Vec::new(),
    });
    Ok(Val::Thing(Thing::Scenario, call.st.scenarios.len() - 1))
}

fn draft<'a>(call: &'a mut Call<'_>) -> Result<&'a mut ScenarioDraft, Failure> {
    let index = call.thing();
    call.st.scenarios.get_mut(index).ok_or(Failure::Said)
}

/// Add an item. A second one of the same code has a number after it, so that ids stay apart.
fn item(call: &mut Call<'_>, status: AttainmentStatus, graded: bool) -> Made {
    let code: Code = call.named(0)?;
    call.spend(1)?;
    let date = if graded { 2 } else { 1 };
    let completed_on = if call.has(date) { Some(completed(call, date)?) } else { None };
    let grade = if graded && call.has(1) { Some(call.named(1)?) } else { None };
    let attainments = &draft(call)?.record.attainments;
    let same = attainments.iter().filter(|a| a.of == code).count();
    let id = if same == 0 { code.as_str().to_owned() } else { format!("{code} ({})", same + 1) };
    let id: AttainmentId = call.name(0, &id)?;
    let attainment = Attainment { grade, status, completed_on, ..Attainment::new(id, code) };
    draft(call)?.record.attainments.push(attainment);
    call.again()
}

/// Read a transcript: each row is what `took` is given.
fn took_table(call: &mut Call<'_>) -> Made {
    let rows = call.args.first().and_then(|v| v.read_lock::<rhai::Array>().map(|a| a.clone())).ok_or(Failure::Said)?;
    for row in rows {
        let cells = row.read_lock::<rhai::Array>().map(|a| a.clone()).unwrap_or_default();
        if cells.is_empty() || cells.len() > 3 || !cells.iter().all(rhai::Dynamic::is_string) {
            let wrong = sentence::ROW_OF_A_TRANSCRIPT.of(&[]);
            return Err(call.fail_at(0, wrong.with("got", Argument::Words(crate::value::describe(&row)))));
        }
        let mut line = Call {
            word: call.word,
            example: call.example,
            receiver: call.receiver.clone(),
            args: &cells,
            source: call.source.clone(),
            text: None,
            st: &mut *call.st,
        };
        item(&mut line, AttainmentStatus::Completed, true)?;
    }
    call.again()
}

fn completed(call: &mut Call<'_>, number: usize) -> Result<Completed, Failure> {
    let text = call.text(number)?;
    text.parse().map_err(|_| {
        let trouble = Argument::Words(sentence::no_day_or_term(&text));
        call.fail_at(number, sentence::BAD_DAY_OR_TERM.of(&[]).with("trouble", trouble))
    })
}

fn last(call: &mut Call<'_>, change: impl FnOnce(&mut Attainment)) -> Made {
    if let Some(attainment) = draft(call)?.record.attainments.last_mut() {
        change(attainment);
        return call.again();
    }
    let nothing = pack::NOTHING_EARNED_BEFORE.of(&[("word", &call.word)]);
    Err(call.fail(nothing))
}

fn from(call: &mut Call<'_>, source: AttainmentSource) -> Made {
    last(call, |a| a.source = source)
}

/// Read the value from the second particular on; several are a list.
fn values(call: &mut Call<'_>) -> Result<Value, Failure> {
    if call.args.len() == 2 {
        call.value(1)
    } else {
        call.texts(1).map(|mut texts| {
            texts.sort();
            texts.dedup();
            Value::Several(texts)
        })
    }
}

fn spoken_of(call: &mut Call<'_>, number: usize) -> Result<AttainmentId, Failure> {
    let id: AttainmentId = call.named(number)?;
    let place = call.place(number);
    draft(call)?.spoken_of.push((id.clone(), place));
    Ok(id)
}

fn items(call: &mut Call<'_>, from: usize) -> Result<Vec<AttainmentId>, Failure> {
    let ids: Vec<AttainmentId> = call.names(from)?;
    let place = call.place(from);
    let draft = draft(call)?;
    draft.spoken_of.extend(ids.iter().map(|id| (id.clone(), place.clone())));
    Ok(ids)
}

fn awarded(call: &mut Call<'_>) -> Made {
    let (credential, on) = (call.credential(0)?, call.date(1)?);
    let consumed = if call.has(2) { items(call, 2)? } else { Vec::new() };
    draft(call)?.record.conferred.push(Conferred { credential, on, expires_on: None, consumed });
    call.again()
}

fn decided(call: &mut Call<'_>, decision: Decision) -> Made {
    let (office, subject) = (call.named(0)?, call.text(1)?);
    let attainment = if call.has(2) { Some(spoken_of(call, 2)?) } else { None };
    let decided = ApprovalDecision { office, subject, attainment, decision, on: None };
    draft(call)?.record.approvals.push(decided);
    call.again()
}

fn grant(call: &mut Call<'_>, grant: Grant) -> Made {
    let credential: CredentialId = call.credential(0)?;
    let exception = Exception { authority: "rule test".to_owned(), reason: "rule test".to_owned(), credential, grant };
    draft(call)?.record.exceptions.push(exception);
    call.again()
}

fn expect(call: &mut Call<'_>, expected: Expected) -> Made {
    let credential = call.credential(0)?;
    let source = call.source.clone();
    draft(call)?.expectations.push(Expectation { credential, expected, source });
    call.again()
}
