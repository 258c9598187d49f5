//! The laws as functions: each takes a world and says what is wrong with it, if anything is.

use std::collections::BTreeSet;

use credstack_base::sha256_hex;
use credstack_engine::model::answer::{Admission, Determination, Options, Status, TargetAnswer};
use credstack_engine::model::{
    Attainment, AttainmentId, AttainmentStatus, Completed, CredentialId, Date, Decimal, Limits, Record,
};
use credstack_engine::model::{Requirement, Rule};
use credstack_engine::plan::PlanOptions;
use credstack_engine::plan::PlannedTarget;
use credstack_engine::{Bundle, Screen, Targets, compile, determine, plan, verify};
use credstack_tests::oracle::{solve, together};
use credstack_tests::worlds::World;

/// What is wrong, in words; `Ok(false)` for a world that a law has nothing to say of.
pub(crate) type Verdict = Result<bool, String>;

pub(crate) fn bundle(world: &World) -> Result<Bundle, String> {
    let (bundle, diagnostics) = compile(world.catalog.clone(), &Limits::default());
    bundle.ok_or_else(|| format!("the catalog does not compile: {diagnostics:?}"))
}

fn ask(bundle: &Bundle, record: &Record, world: &World) -> Result<Determination, String> {
    determine(bundle, record, world.as_of, &world.options).map_err(|e| e.to_string())
}

/// A status, as far as an allocation can change it.
fn plain(status: Status) -> Status {
    if status == Status::Closed { Status::Incomplete } else { status }
}

fn settled(answer: &TargetAnswer) -> Result<(), String> {
    if answer.status == Status::Undetermined || !answer.proof.status {
        return Err(format!(
            "`{}` is undetermined after {} steps in a small world",
            answer.credential, answer.proof.steps
        ));
    }
    Ok(())
}

/// What the completion trees of the joint targets use, by completion date and then id.
fn used(world: &World, answers: &[&TargetAnswer]) -> Vec<AttainmentId> {
    let nodes = answers.iter().flat_map(|answer| answer.completion.walk());
    let ids: BTreeSet<&AttainmentId> = nodes.flat_map(|node| &node.uses).map(|u| &u.attainment).collect();
    let date = |attainment: &Attainment| {
        let stated = match &attainment.completed_on {
            Some(Completed::On(day)) => Some(*day),
            Some(Completed::In(term)) => world.catalog.terms.get(term).map(|t| t.ends),
            None => None,
        };
        let unfinished = attainment.status != Default::default();
        let date = if unfinished { Some(stated.unwrap_or(world.as_of).max(world.as_of)) } else { stated };
        (date.is_none(), date, attainment.id.clone())
    };
    let mut used: Vec<&Attainment> = world.record.attainments.iter().filter(|a| ids.contains(&a.id)).collect();
    used.sort_by_key(|a| date(a));
    used.into_iter().map(|a| a.id.clone()).collect()
}

/// Law 4: the answer is that of trying every allocation.
pub(crate) fn equals_brute_force(world: &World) -> Verdict {
    let targets = together(&world.record, &world.options);
    let Some(right) = solve(&world.catalog, &world.record, world.as_of, &world.options, &targets) else {
        return Ok(false);
    };
    let determination = ask(&bundle(world)?, &world.record, world)?;
    let mut answers: Vec<&TargetAnswer> = determination.targets.iter().filter(|t| t.declared).collect();
    for (answer, outcome) in answers.iter().zip(&right.outcomes) {
        settled(answer)?;
        let (status, distance) = (plain(answer.status), answer.distance);
        if (&answer.credential, status, distance) != (&outcome.credential, outcome.status, outcome.distance) {
            return Err(format!(
                "`{}` is {:?} and {} short; trying everything gives `{}`, {:?} and {} short, with {:?} of {:?}",
                answer.credential,
                status,
                distance,
                outcome.credential,
                outcome.status,
                outcome.distance,
                right.used,
                right.outcomes
            ));
        }
        if !answer.proof.distance {
            return Err(format!("the distance of `{}` is not proved in a small world", answer.credential));
        }
    }
    // What is awarded already is answered for itself, and takes nothing from the others.
    answers.retain(|answer| answer.status != Status::Conferred);
    if answers.iter().all(|answer| answer.proof.tie) {
        let found = used(world, &answers);
        // What is completed on the way is counted as well, but may have no answer of its own.
        let on_the_way = right.outcomes.len() > targets.len();
        if found != right.used && !on_the_way {
            return Err(format!("{found:?} are used; the tie rules name {:?}", right.used));
        }
    }
    Ok(true)
}

/// Law 3: the witness of every answer is verified.
pub(crate) fn witness_verifies(world: &World) -> Verdict {
    let bundle = bundle(world)?;
    let everything = Options { targets: credstack_engine::model::answer::Targets::All, ..world.options.clone() };
    for options in [world.options.clone(), everything] {
        let determination = determine(&bundle, &world.record, world.as_of, &options).map_err(|e| e.to_string())?;
        let findings = verify(&bundle, &world.record, &determination);
        if !findings.is_empty() {
            return Err(format!("{:?}: {findings:#?}", options.targets));
        }
    }
    Ok(true)
}

/// Law 1: the order in which things are listed, and listing them twice, changes nothing.
pub(crate) fn listing_order_changes_nothing(world: &World) -> Verdict {
    let bundle = bundle(world)?;
    let right = ask(&bundle, &world.record, world)?;
    let mut turned = world.record.clone();
    turned.attainments.reverse();
    turned.conferred.reverse();
    turned.conferred.iter_mut().for_each(|award| award.consumed.reverse());
    turned.approvals.reverse();
    turned.exceptions.reverse();
    let mut doubled = turned.clone();
    doubled.attainments.extend(world.record.attainments.iter().cloned());
    doubled.approvals.extend(world.record.approvals.iter().cloned());
    for (how, record) in [("turned round", turned), ("turned round and listed twice", doubled)] {
        let found = ask(&bundle, &record, world)?;
        let same = found.targets == right.targets && found.notices == right.notices;
        if !same {
            return Err(format!("with the record {how}, the answer is another"));
        }
        if how == "turned round" && found.provenance != right.provenance {
            return Err("the hash of the record depends on the order of its lists".to_owned());
        }
    }
    Ok(true)
}

/// Law 1: other ids, in the same order, change nothing but the ids.
pub(crate) fn names_do_not_matter(world: &World) -> Verdict {
    let bundle = bundle(world)?;
    let text = |d: &Determination| serde_json::to_string(&(&d.targets, &d.notices)).map_err(|e| e.to_string());
    let right = text(&ask(&bundle, &world.record, world)?)?;
    let record = serde_json::to_string(&world.record).map_err(|e| e.to_string())?;
    // Awards and exceptions may name attainments that the record does not have.
    let mut renamed = record;
    for n in 0..10 {
        renamed = renamed.replace(&format!("\"a{n}\""), &format!("\"renamed-{n}\""));
    }
    let renamed = Record::from_json(renamed.as_bytes(), &Limits::default()).map_err(|e| e.to_string())?;
    let mut found = text(&ask(&bundle, &renamed, world)?)?;
    for n in 0..10 {
        found = found.replace(&format!("\"renamed-{n}\""), &format!("\"a{n}\""));
    }
    if found != right {
        return Err("with other ids, the answer is another".to_owned());
    }
    Ok(true)
}

fn statuses(determination: &Determination) -> Vec<(CredentialId, Status)> {
    determination.targets.iter().map(|t| (t.credential.clone(), plain(t.status))).collect()
}

/// Statuses by their priority: the first that is worse than before, before any is better.
fn worse(before: &Determination, after: &Determination) -> Option<String> {
    for (was, is) in statuses(before).into_iter().zip(statuses(after)) {
        if is.1 > was.1 {
            return Some(format!("`{}` was {:?} and is {:?}", was.0, was.1, is.1));
        }
        if is.1 < was.1 {
            // What is better for a higher target may take from a lower one.
            return None;
        }
    }
    None
}

/// Law 2: without `not`, maxima and averages, one more attainment worsens nothing.
pub(crate) fn more_never_worsens(world: &World) -> Verdict {
    let bundle = bundle(world)?;
    let all = ask(&bundle, &world.record, world)?;
    for at in 0..world.record.attainments.len() {
        let mut fewer = world.record.clone();
        fewer.attainments.remove(at);
        let before = ask(&bundle, &fewer, world)?;
        if let Some(what) = worse(&before, &all) {
            return Err(format!("with `{}` as well, {what}", world.record.attainments[at].id));
        }
    }
    Ok(!world.record.attainments.is_empty())
}

/// Law 2: without `not`, maxima and averages, asking for less worsens nothing.
pub(crate) fn less_asked_never_worsens(world: &World) -> Verdict {
    fn lower(requirement: &mut Requirement) {
        match &mut requirement.rule {
            Rule::Take(take) => take.min = less(take.min),
            Rule::Seen(seen) => seen.min = less(seen.min),
            Rule::AtLeast(some) => {
                some.min = less(some.min);
                some.of.iter_mut().for_each(lower);
            }
            Rule::All(of) | Rule::Any(of) => of.iter_mut().for_each(lower),
            _ => {}
        }
    }
    fn less(amount: Decimal) -> Decimal {
        Decimal::from_thousandths((amount.thousandths() - 1000).max(0))
    }
    let before = ask(&bundle(world)?, &world.record, world)?;
    let mut easier = world.clone();
    for credential in easier.catalog.credentials.values_mut() {
        credential.editions.iter_mut().for_each(|edition| lower(&mut edition.completion));
    }
    let after = ask(&bundle(&easier)?, &world.record, world)?;
    match worse(&before, &after) {
        Some(what) => Err(format!("with every need one lower, {what}")),
        None => Ok(true),
    }
}

/// Law 6: one more, lower, target changes no status of a higher one.
pub(crate) fn a_lower_target_changes_no_higher_status(world: &World) -> Verdict {
    let Some((_, higher)) = world.record.declared.split_last() else { return Ok(false) };
    // A policy that applies only while something is in play applies, or not, by what is declared.
    if higher.is_empty() || world.catalog.sharing.iter().any(|policy| policy.only_while.is_some()) {
        return Ok(false);
    }
    let bundle = bundle(world)?;
    let mut fewer = world.record.clone();
    fewer.declared = higher.to_vec();
    let before = statuses(&ask(&bundle, &fewer, world)?);
    let after = statuses(&ask(&bundle, &world.record, world)?);
    for (was, is) in before.iter().zip(&after) {
        if was != is {
            return Err(format!("`{}` is {:?} alone and {:?} beside a lower target", was.0, was.1, is.1));
        }
    }
    Ok(true)
}

/// Law 7: what is written is read back as it was, byte for byte, and what is not known is refused.
pub(crate) fn encodings_are_identities(world: &World) -> Verdict {
    let text = |e: serde_json::Error| e.to_string();
    let limits = Limits::default();
    let bundle = bundle(world)?;
    let again = Bundle::from_bytes(bundle.bytes(), &limits).map_err(|e| e.to_string())?;
    if again.bytes() != bundle.bytes() || again.hash() != bundle.hash() || again.catalog() != bundle.catalog() {
        return Err("a bundle read back is another".to_owned());
    }
    let (_, body) = bundle.bytes().split_at(bundle.bytes().iter().take_while(|byte| **byte != b'\n').count() + 1);
    let spaced = [body, b" "].concat();
    let spaced = [format!("credstack-bundle 1 {}\n", sha256_hex(&spaced)).as_bytes(), &spaced].concat();
    match Bundle::from_bytes(&spaced, &limits) {
        Err(error) if error.to_string().ends_with("not in canonical form; build it again from its rules") => {}
        other => return Err(format!("a bundle with a blank after it: {:?}", other.map(|_| "is read"))),
    }
    let record = serde_json::to_vec(&world.record).map_err(text)?;
    let again = Record::from_json(&record, &limits).map_err(|e| e.to_string())?;
    if again != world.record || serde_json::to_vec(&again).map_err(text)? != record {
        return Err("a record read back is another".to_owned());
    }
    let determination = ask(&bundle, &world.record, world)?;
    let bytes = serde_json::to_vec(&determination).map_err(text)?;
    let again: Determination = serde_json::from_slice(&bytes).map_err(text)?;
    if again != determination || serde_json::to_vec(&again).map_err(text)? != bytes {
        return Err("a determination read back is another".to_owned());
    }
    let mut value: serde_json::Value = serde_json::from_slice(&record).map_err(text)?;
    value["unheard_of"] = serde_json::json!(1);
    if Record::from_json(value.to_string().as_bytes(), &limits).is_ok() {
        return Err("a record with an unknown field is read".to_owned());
    }
    let mut value: serde_json::Value = serde_json::from_slice(&record).map_err(text)?;
    value["version"] = serde_json::json!(2);
    if Record::from_json(value.to_string().as_bytes(), &limits).is_ok() {
        return Err("a record of an unknown version is read".to_owned());
    }
    let mut value: serde_json::Value = serde_json::from_slice(&bytes).map_err(text)?;
    value["targets"][0]["unheard_of"] = serde_json::json!(1);
    if serde_json::from_value::<Determination>(value).is_ok() {
        return Err("a determination with an unknown field is read".to_owned());
    }
    let newer = String::from_utf8_lossy(bundle.bytes()).replacen("credstack-bundle 1 ", "credstack-bundle 2 ", 1);
    if Bundle::from_bytes(newer.as_bytes(), &limits).is_ok() {
        return Err("a bundle of an unknown version is read".to_owned());
    }
    Ok(true)
}

/// What a plan says is missing completes what it says, and nothing of it can be left out.
pub(crate) fn missing_is_enough_and_needed(world: &World) -> Verdict {
    let bundle = bundle(world)?;
    let targets = together(&world.record, &world.options);
    let options = PlanOptions { targets: targets.clone(), load: None, steps: world.options.steps };
    waits_for_nothing_else(world, &bundle, &options)?;
    // Days decide what is last, or before what: what is under way ends on one, and the day after what is new does.
    let world = &ending(world, world.as_of, false);
    let plan = plan(&bundle, &world.record, world.as_of, &options).map_err(|e| e.to_string())?;
    let done = |target: &PlannedTarget| matches!(target.then, Status::Complete | Status::Conferred);
    let least_sure = |admissions: &mut dyn Iterator<Item = Admission>| {
        let order = [Admission::NotEligible, Admission::Unknown, Admission::Eligible];
        admissions.map(|admission| order.iter().position(|a| *a == admission)).min().flatten()
    };
    let admissions = &mut plan.targets.iter().map(|target| target.admission);
    let claimed = (plan.targets.iter().all(done), least_sure(admissions));
    // Whether all is complete, and how surely the learner may start all of it.
    let with = |left_out: Option<usize>| -> Result<(bool, Option<usize>), String> {
        let yesterday = Date::from_day_number(world.as_of.day_number() - 1).ok_or("no day before")?;
        let mut record = ending(world, yesterday, true).record;
        for (n, item) in plan.missing.iter().enumerate().filter(|(n, _)| Some(*n) != left_out) {
            let id = format!("new{n}").parse().map_err(|_| "no id".to_owned())?;
            let grade = "A".parse().map_err(|_| "no grade".to_owned())?;
            record.attainments.push(Attainment {
                grade: Some(grade),
                completed_on: Some(Completed::On(world.as_of)),
                verified: Some(true),
                ..Attainment::new(id, item.code.clone())
            });
        }
        // As a plan asks, whatever the world does.
        let targets = Targets::These(targets.clone());
        let options = Options { targets, steps: world.options.steps, ..Options::default() };
        let answer = determine(&bundle, &record, world.as_of, &options).map_err(|e| e.to_string())?;
        let joint = || answer.targets.iter().filter(|t| t.declared);
        let complete = joint().all(|t| matches!(t.status, Status::Complete | Status::Conferred));
        Ok((complete, least_sure(&mut joint().map(|t| t.admission))))
    };
    let all = with(None)?;
    if all != claimed {
        return Err(format!("with {:?} completion and admission are {all:?}, not {claimed:?}", plan.missing));
    }
    if !plan.least || !all.0 || all.1 == Some(0) {
        return Ok(true);
    }
    for n in 0..plan.missing.len() {
        if with(Some(n))? >= all {
            return Err(format!("`{}` of {:?} is not needed", plan.missing[n].code, plan.missing));
        }
    }
    Ok(true)
}

/// What only waits for work under way needs nothing else.
fn waits_for_nothing_else(world: &World, bundle: &Bundle, options: &PlanOptions) -> Result<(), String> {
    let targets = Targets::These(options.targets.clone());
    let asked = Options { targets, steps: options.steps, ..Options::default() };
    let now = determine(bundle, &world.record, world.as_of, &asked).map_err(|e| e.to_string())?;
    let waits = |target: &TargetAnswer| {
        target.admission == Admission::Eligible
            && matches!(target.status, Status::Complete | Status::CompleteWithInProgress | Status::Conferred)
    };
    let plan = plan(bundle, &world.record, world.as_of, options).map_err(|e| e.to_string())?;
    let is_complete = plan.targets.iter().all(|target| matches!(target.then, Status::Complete | Status::Conferred));
    if now.targets.iter().all(waits) && (!plan.missing.is_empty() || !is_complete) {
        return Err(format!("only work under way is waited for, but {:?} are missing", plan.missing));
    }
    Ok(())
}

/// A world in which what is under way ends on a day, and if it is over by then, as well as it can.
fn ending(world: &World, day: Date, is_over: bool) -> World {
    let mut world = world.clone();
    let is_ahead = |completed: &Completed| match completed {
        Completed::On(date) => *date > world.as_of,
        Completed::In(term) => world.catalog.terms.get(term).is_some_and(|term| term.ends > world.as_of),
    };
    for attainment in &mut world.record.attainments {
        match attainment.status {
            AttainmentStatus::InProgress => {}
            AttainmentStatus::Completed if attainment.completed_on.as_ref().is_some_and(is_ahead) => {}
            _ => continue,
        }
        attainment.completed_on = Some(Completed::On(day));
        attainment.status = AttainmentStatus::InProgress;
        if is_over {
            attainment.status = AttainmentStatus::Completed;
            let earned = attainment.grade.take().filter(|grade| !["F", "IP"].contains(&grade.as_str()));
            attainment.grade = earned.or_else(|| "A".parse().ok());
        }
    }
    world
}

/// A screening answers for each credential as a determination of it alone does.
pub(crate) fn screening_is_a_determination(world: &World) -> Verdict {
    let bundle = bundle(world)?;
    let record = Record { declared: Vec::new(), ..world.record.clone() };
    let options = Options { targets: Targets::All, ..world.options.clone() };
    let right = determine(&bundle, &record, world.as_of, &options).map_err(|e| e.to_string())?;
    let screen = Screen::new(&bundle, world.as_of, &options);
    let mut learner = screen.read(&record).map_err(|e| e.to_string())?;
    let answers = learner.answer();
    for ((id, answer), right) in screen.credentials().zip(&answers).zip(&right.targets) {
        let conferral = answer.conferral.unwrap_or(right.conferral);
        let found = (id, answer.status, answer.admission, conferral);
        let is_known = right.status != Status::Undetermined;
        if is_known && found != (&right.credential, right.status, right.admission, right.conferral) {
            return Err(format!(
                "{found:?}; a determination says {:?}, {:?}, {:?} of `{}`",
                right.status, right.admission, right.conferral, right.credential
            ));
        }
    }
    // What is determined in full says nothing about a screening.
    Ok(learner.determined() < answers.len())
}
