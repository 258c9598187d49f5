//! What sentences mean: the model that they become.

use credstack_model::*;

use super::{built, shown};
use crate::MemorySources;

fn catalog(text: &str) -> Catalog {
    let built = built(&MemorySources::of(&format!("catalog(\"t\", \"Test\");\n{text}")));
    let bundle = built.bundle.unwrap_or_else(|| panic!("{}", shown(&built.diagnostics)));
    bundle.catalog().clone()
}

/// The completion of a degree written with these words.
fn completion(words: &str) -> Requirement {
    let text = format!(
        "learner_attribute(\"x\").choice([\"a\", \"b\"]); course_attribute(\"m\").text();\n\
         degree(\"d\", \"D\").completion({words});"
    );
    let catalog = catalog(&text);
    let edition = catalog.credentials.values().next().and_then(|c| c.editions.first()).cloned();
    edition.expect("an edition").completion
}

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn codes(list: &[&str]) -> Selector {
    Selector::Codes(list.iter().map(|c| Code::new(c).unwrap()).collect())
}

fn pool(words: &str) -> Selector {
    match completion(&format!("credits(1, {words})")).rule {
        Rule::Take(take) => take.pool,
        other => panic!("{other:?}"),
    }
}

fn b_or_better() -> Selector {
    Selector::MinGrade(MinGrade { scale: ScaleId::new("letter").unwrap(), grade: GradeSymbol::new("B").unwrap() })
}

#[test]
fn leaves() {
    let take = |words: &str| match completion(words).rule {
        Rule::Take(take) => take,
        other => panic!("{other:?}"),
    };
    let credits = take("credits(1.5, \"A *\").up_to(3).may_overlap(\"g\")");
    assert_eq!((credits.measure, credits.min, credits.max), (Measure::Credits, d("1.5"), Some(d("3"))));
    assert_eq!(credits.share, ShareGroup::new("g").ok());
    assert_eq!(take("hours(20, \"A *\")").measure, Measure::Hours);
    let one = take("one_of([\"A 1\", \"A 2\"])");
    assert_eq!((one.measure, one.min, one.pool), (Measure::Count, d("1"), codes(&["A 1", "A 2"])));
}

#[test]
fn pools() {
    assert_eq!(
        pool("[\"A 1\", \"B 5*\", \"A 1\", \"A 2\"]"),
        Selector::Or(vec![codes(&["A 1", "A 2"]), Selector::Pattern("B 5*".into())])
    );
    assert_eq!(
        pool("\"A B 5000..5999\""),
        Selector::Range(NumberRange { subject: "A B".into(), from: 5000, to: 5999 })
    );
    assert_eq!(
        pool("subject(\"A\").except(\"A 1\").min_grade(\"B\")"),
        Selector::And(vec![Selector::Subject("A".into()), Selector::Not(Box::new(codes(&["A 1"]))), b_or_better()])
    );
    let m = AttributeName::new("m").unwrap();
    let is = |test| Selector::Attribute(AttributeTest { name: m.clone(), test });
    assert_eq!(pool("having(\"m\", \"y\")"), is(Test::Is(Value::Text("y".into()))));
    assert_eq!(
        pool("having(\"m\").one_of([\"y\", \"z\"])"),
        is(Test::OneOf(vec![Value::Text("y".into()), Value::Text("z".into())]))
    );
    assert_eq!(
        pool("completed_within(months(18))"),
        Selector::Recent(Recent { within: Duration::Months(18), before: Event::AsOf })
    );
}

#[test]
fn a_filter_reaches_every_pool_inside() {
    let all =
        completion("all([all_of([\"A 1\"]), any([courses(1, \"A 2\"), has(courses(1, \"A 3\"))])]).min_grade(\"B\")");
    let mut open = vec![&all];
    let mut pools = Vec::new();
    while let Some(node) = open.pop() {
        open.extend(node.children());
        match &node.rule {
            Rule::Take(take) => pools.push(take.pool.clone()),
            Rule::Seen(seen) => pools.push(seen.pool.clone()),
            _ => {}
        }
    }
    assert_eq!(pools.len(), 3);
    assert!(pools.iter().all(|p| matches!(p, Selector::And(of) if of.last() == Some(&b_or_better()))), "{pools:?}");
}

#[test]
fn joins_and_looks() {
    let at_least = completion("at_least(credits(6), [courses(1, \"A *\"), credits(3, \"B *\")])").rule;
    assert!(
        matches!(at_least, Rule::AtLeast(AtLeast { measure: Measure::Credits, min, of }) if min == d("6") && of.len() == 2)
    );
    let when = completion("when(learner(\"x\").at_least(\"b\"), courses(1, \"A *\"))").rule;
    let Rule::When(when) = when else { panic!() };
    assert!(matches!(&when.test.rule, Rule::Attribute(t) if t.test == Test::AtLeast(Value::Text("b".into()))));
    assert_eq!(when.otherwise.rule, Rule::All(vec![]));
    let gpa = completion("all([courses(1, \"A *\"), gpa(3.25, transcript(\"A *\"))])");
    let Rule::All(children) = gpa.rule else { panic!() };
    let over = GpaOver::Record(Selector::Pattern("A *".into()));
    assert_eq!(children[1].rule, Rule::Gpa(Gpa { min: d("3.25"), over }));
}

#[test]
fn limits() {
    let limits = completion(
        "credits(9, \"A *\")\n.at_least(percent(50).of_required_credits().rounded_up_to(3), in_residence(), \"Half\")\n\
         .at_most_per(\"term\", courses(2))\n.at_least_different(2, \"m\")\n.first_to_last(years(3))\n\
         .in_order_or_together(\"A 1*\", \"A 2*\").at_least_of_last(credits(6), credits(7.5), in_residence())\n\
         .at_most(percent(50).of_applied_courses().rounded_to(2, 0.6))",
    )
    .limits;
    let percent = Percent {
        measure: Measure::Credits,
        percent: d("50"),
        base: PercentBase::Required,
        rounding: Rounding::UpTo(d("3")),
    };
    let here = Selector::Source(vec![AttainmentSource::Institution]);
    let last = Last { measure: Measure::Credits, min: d("6"), out_of: d("7.5"), of: here.clone() };
    assert_eq!(limits[0].rule, LimitRule::AtLeast(Bounded { amount: Amount::Percent(percent), of: here }));
    assert_eq!(limits[5].rule, LimitRule::Last(last));
    let rounding = Rounding::Threshold(Threshold { step: d("2"), up_from: d("0.6") });
    let LimitRule::AtMost(Bounded { amount: Amount::Percent(percent), .. }) = &limits[6].rule else { panic!() };
    assert_eq!(percent.rounding, rounding);
    assert_eq!((limits[0].label.as_deref(), limits[0].source.as_ref().map(|s| s.line)), (Some("Half"), Some(4)));
    assert!(matches!(&limits[1].rule, LimitRule::AtMostPer(BoundedPer { per: Key::Completed, .. })));
    assert!(matches!(&limits[2].rule, LimitRule::Distinct(Distinct { min: 2, per: Key::Attribute(_), .. })));
    assert!(matches!(&limits[3].rule, LimitRule::Span(Span { within: Duration::Years(3), of: Selector::Everything })));
    assert!(matches!(&limits[4].rule, LimitRule::Order(Order { together: true, .. })));
}

#[test]
fn sharing_and_stacks() {
    let catalog = catalog(
        "degree(\"d\", \"D\").completion(credits(30, \"A *\"));\ncertificate(\"c\", \"C\").completion(credits(9, \"A *\"));\n\
         stack(\"c\").into(\"d\").carries(credits(6)).carries_only(\"A 5*\").single_source().single_destination();\n\
         sharing(\"p\").between(certificates(), \"d\").share_at_most(courses(1), credits(4)).exempt(\"A 1*\").unless_pursuing(\"d\");\n\
         sharing(\"q\").between(degrees().at_level(\"x\"), credentials()).share_by_size_of_second([[18, credits(3)], [30, courses(2)]]);\n\
         use_limit(2).among(\"d\").of_items(level_from(5000));",
    );
    let edge = &catalog.stacks[0];
    assert_eq!(edge.carries, Some(Fixed { measure: Measure::Credits, value: d("6") }));
    assert!(edge.single_source && edge.single_destination && edge.only == Some(Selector::Pattern("A 5*".into())));
    let policy = &catalog.sharing[0];
    assert!(matches!(&policy.bound, ShareBound::AtMost(both) if both.len() == 2));
    assert!(matches!(&policy.only_while, Some(InPlay { is: false, .. })));
    let ShareBound::Table(table) = &catalog.sharing[1].bound else { panic!() };
    assert_eq!((table.side, table.rows.len()), (Side::And, 2));
    assert_eq!(catalog.ceilings[0].max, 2);
}

#[test]
fn open_to_is_part_of_the_admission() {
    let catalog = catalog(
        "learner_attribute(\"audience\").choices([\"student\", \"staff\"]);\n\
         badge(\"b\", \"B\").open_to(\"staff\").completion(courses(1, \"A *\"));",
    );
    let badge = &catalog.credentials[&CredentialId::new("b").unwrap()];
    let admission = badge.editions[0].admission.as_ref().unwrap();
    assert!(matches!(&admission.rule, Rule::Attribute(t) if t.test == Test::OneOf(vec![Value::Text("staff".into())])));
}
