//! Catalogs.

use credstack_engine::model::{
    Amount, Approved, AtLeast, AttributeDecl, AttributeKind, AttributeTest, Bounded, BoundedPer, Catalog, Course,
    Credential, CredentialId, CredentialKind, CredentialSelector, Decimal, Distinct, Duration, Equivalence, Event,
    Fixed, Gpa, GpaOver, InPlay, ItemApproval, Key, Last, LevelRange, Limit, LimitRule, Measure, MinGrade, NumberRange,
    Office, Order, Percent, PercentBase, Recent, Repeats, Requirement, Rounding, Rule, Seen, Selector, ShareBound,
    SharingPolicy, Side, SidePercent, SideTable, SideUnique, Span, StackEdge, TableRow, Take, Term, Test, Threshold,
    UseCeiling, Value, When, Window,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::records::LABELS;
use super::{CODES, CREDENTIALS, Settings, day, name, sometimes};

pub(super) fn catalog(settings: Settings) -> BoxedStrategy<Catalog> {
    let trees: Vec<_> = (0..settings.credentials).map(|n| credential(settings, n)).collect();
    let on = settings.sharing;
    let repeats = if settings.unfinished && settings.maxima {
        prop_oneof![3 => Just(Repeats::Best), 1 => Just(Repeats::Latest), 1 => Just(Repeats::First),
            1 => Just(Repeats::UpTo(2)), 2 => Just(Repeats::All)]
        .boxed()
    } else {
        Just(Repeats::All).boxed()
    };
    (
        trees,
        vec(stack(settings), if on { 0..=3 } else { 0..=0 }),
        vec(policy(settings), if on { 0..=2 } else { 0..=0 }),
        sometimes(on, 3, ceiling()),
        repeats,
        any::<bool>(),
        prop_oneof![3 => Just(false), 1 => Just(true)],
    )
        .prop_map(|(credentials, stacks, policies, ceiling, repeats, equivalent, shared)| {
            let mut catalog = base();
            catalog.defaults.repeats = repeats;
            if equivalent {
                let codes = vec![name("CS 201"), name("MA 202")];
                catalog.equivalences = vec![Equivalence { codes, source: None }];
            }
            if shared {
                catalog.defaults.sharing = credstack_engine::model::DefaultSharing::Shared;
            }
            for (n, credential) in credentials.into_iter().enumerate() {
                catalog.credentials.insert(name(CREDENTIALS[n]), credential);
            }
            for edge in stacks {
                let known = |id: &CredentialId| catalog.credentials.contains_key(id);
                let new = !catalog.stacks.iter().any(|e: &StackEdge| e.from == edge.from && e.into == edge.into);
                // Later credentials stack into earlier ones only, so that there are no circles.
                if edge.from > edge.into && known(&edge.from) && known(&edge.into) && new {
                    catalog.stacks.push(edge);
                }
            }
            for (n, mut policy) in policies.into_iter().enumerate() {
                policy.id = name(&format!("p{n}"));
                catalog.sharing.push(policy);
            }
            catalog.ceilings.extend(ceiling);
            catalog
        })
        .boxed()
}

/// What all worlds have in common: courses, a term, an office, attributes.
fn base() -> Catalog {
    let mut catalog = Catalog::new("world", "A world");
    catalog.institution = Some("Home".to_owned());
    for (n, code) in CODES[..8].iter().enumerate() {
        let n = i64::try_from(n).unwrap_or(0);
        let mut course = Course::of_credits(Decimal::whole(1 + n % 4));
        course.hours = Some(Decimal::whole(10 + n));
        course.unit = Some(code[..2].to_owned());
        if n % 2 == 0 {
            course.tags.push("even".to_owned());
        }
        if n < 3 {
            course.tags.push("low".to_owned());
        }
        catalog.courses.insert(name(code), course);
    }
    catalog.terms.insert(name("2024-fall"), Term { starts: day(2024, 8, 20), ends: day(2024, 12, 15) });
    catalog.offices.insert(name("dean"), Office { title: "Dean".to_owned() });
    for (attribute, kind) in [("resident", AttributeKind::Flag), ("year", AttributeKind::Number)] {
        catalog.learner_attributes.insert(name(attribute), AttributeDecl::new(kind));
    }
    catalog
}

fn credential(settings: Settings, n: usize) -> BoxedStrategy<Credential> {
    let kinds = select(vec![CredentialKind::Badge, CredentialKind::Certificate, CredentialKind::Degree]);
    // Nothing is applied to a credential before it is started, so admission averages nothing applied.
    let before = Settings { averages: false, ..settings };
    let gate = move |on| sometimes(on, 3, tree(before, n));
    (kinds, tree(settings, n), gate(settings.gates), sometimes(settings.gates, 3, looking(settings, n)), any::<bool>())
        .prop_map(|(kind, completion, admission, conferral, graduate)| {
            let mut credential = Credential::new("A credential", kind, completion);
            credential.level = graduate.then(|| "graduate".to_owned());
            credential.editions[0].admission = admission;
            credential.editions[0].conferral = conferral.map(Requirement::new);
            credential
        })
        .boxed()
}

fn decimals() -> impl Strategy<Value = Decimal> {
    (1i64..=6).prop_map(Decimal::whole)
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![3 => Just(Measure::Count), 3 => Just(Measure::Credits), 1 => Just(Measure::Hours)]
}

fn fixed() -> impl Strategy<Value = Fixed> {
    (measure(), 0i64..=4).prop_map(|(measure, n)| Fixed { measure, value: amount(measure, n) })
}

fn amount(measure: Measure, n: i64) -> Decimal {
    Decimal::whole(match measure {
        Measure::Count => n,
        Measure::Credits => 2 * n,
        Measure::Hours => 12 * n,
    })
}

/// A selector that is certain of every attainment.
fn plain() -> BoxedStrategy<Selector> {
    prop_oneof![
        3 => Just(Selector::Everything),
        4 => subsequence(CODES[..8].to_vec(), 1..=3)
            .prop_map(|codes| Selector::Codes(codes.into_iter().map(name).collect())),
        2 => select(vec!["CS", "MA"]).prop_map(|s| Selector::Subject(s.to_owned())),
        1 => select(vec!["CS *", "* 101", "*2*", "XX*"]).prop_map(|p| Selector::Pattern(p.to_owned())),
        1 => (100u32..=201, 100u32..=200).prop_map(|(from, more)| Selector::Range(NumberRange {
            subject: "CS".to_owned(), from, to: from + more })),
        2 => select(vec!["even", "low"]).prop_map(|t| Selector::Tag(t.to_owned())),
        1 => Just(Selector::Unit("CS".to_owned())),
        1 => select(vec![(None, Some(200)), (Some(200), None)])
            .prop_map(|(from, to)| Selector::Level(LevelRange { from, to })),
        1 => Just(Selector::Source(vec![credstack_engine::model::AttainmentSource::Institution])),
        1 => Just(Selector::Unexpired),
        1 => Just(Selector::UsedIn(vec![name("c0"), name("c1")])),
    ]
    .boxed()
}

/// A selector that may not know.
fn doubtful() -> BoxedStrategy<Selector> {
    prop_oneof![
        3 => select(vec!["A", "B", "C"])
            .prop_map(|g| Selector::MinGrade(MinGrade { scale: name("letter"), grade: name(g) })),
        1 => (2019i16..=2023).prop_map(|y| Selector::Completed(Window { from: Some(day(y, 1, 1)), to: None })),
        1 => (1u16..=4).prop_map(|y| Selector::Recent(Recent { within: Duration::Years(y), before: Event::AsOf })),
        1 => Just(Selector::Verified),
        1 => Just(Selector::Issuer("Home".to_owned())),
        1 => Just(Selector::CreditsAtLeast(Decimal::whole(2))),
        1 => Just(Selector::Approved(ItemApproval { office: name("dean"), subject: "fitness".to_owned() })),
        1 => Just(Selector::GradedOn(vec![name("letter")])),
    ]
    .boxed()
}

fn selector(settings: Settings) -> BoxedStrategy<Selector> {
    let negation = u32::from(settings.negation);
    prop_oneof![
        5 => plain(),
        2 => (plain(), doubtful()).prop_map(|(a, b)| Selector::And(vec![a, b])),
        1 => (plain(), plain()).prop_map(|(a, b)| Selector::Or(vec![a, b])),
        negation => (plain(), plain()).prop_map(|(a, b)| a.except(b)),
        negation => (plain(), doubtful()).prop_map(|(a, b)| a.except(b)),
    ]
    .boxed()
}

fn leaf(settings: Settings, n: usize) -> BoxedStrategy<Rule> {
    let take = (
        measure(),
        0i64..=3,
        sometimes(settings.maxima, 3, 0i64..=2),
        selector(settings),
        prop_oneof![4 => Just(None), 1 => Just(Some(name("g")))],
    )
        .prop_map(|(measure, min, more, pool, share)| {
            Rule::Take(Take {
                measure,
                min: amount(measure, min),
                max: more.map(|more| amount(measure, min + more)),
                pool,
                share,
            })
        });
    prop_oneof![6 => take, 1 => looking(settings, n)].boxed()
}

/// A leaf that takes nothing.
fn looking(settings: Settings, n: usize) -> BoxedStrategy<Rule> {
    let seen = (measure(), 1i64..=2, selector(settings))
        .prop_map(|(measure, min, pool)| Rule::Seen(Seen { measure, min: amount(measure, min), pool }))
        .boxed();
    let flag = any::<bool>()
        .prop_map(|b| Rule::Attribute(AttributeTest { name: name("resident"), test: Test::Is(Value::Flag(b)) }));
    let number = (2020i64..=2024).prop_map(|y| {
        let bound = Value::Number(Decimal::whole(y));
        Rule::Attribute(AttributeTest { name: name("year"), test: Test::AtLeast(bound) })
    });
    let approved = Just(Rule::Approved(Approved { office: name("dean"), subject: "fitness".to_owned() }));
    let as_of = (2024i16..=2026).prop_map(|y| Rule::AsOf(Window { from: None, to: Some(day(y, 1, 1)) }));
    let later: Vec<&str> = CREDENTIALS[n + 1..settings.credentials.max(n + 1)].to_vec();
    let earned = if settings.earned && !later.is_empty() {
        select(later).prop_map(|id| Rule::Earned(name(id))).boxed()
    } else {
        flag.clone().boxed()
    };
    let average = if settings.averages {
        (2i64..=4, plain(), any::<bool>())
            .prop_map(|(min, of, record)| {
                let over = if record { GpaOver::Record(of) } else { GpaOver::Applied(of) };
                Rule::Gpa(Gpa { min: Decimal::whole(min), over })
            })
            .boxed()
    } else {
        seen.clone().boxed()
    };
    prop_oneof![2 => seen, 1 => flag, 1 => number, 1 => approved, 1 => as_of, 3 => earned, 1 => average].boxed()
}

/// A test may not average what is counted, which would hang on the test itself.
fn of_the_record(mut test: Requirement) -> Requirement {
    if let Rule::Gpa(gpa) = &mut test.rule
        && let GpaOver::Applied(of) = &gpa.over
    {
        gpa.over = GpaOver::Record(of.clone());
    }
    test
}

fn tree(settings: Settings, n: usize) -> BoxedStrategy<Requirement> {
    let with = move |rule: BoxedStrategy<Rule>, limits: bool| {
        let limits = vec(limit(settings), if limits { 0..=1 } else { 0..=0 });
        let label = prop_oneof![2 => Just(None), 1 => select(&LABELS[..]).prop_map(Some)];
        (rule, limits, label)
            .prop_map(|(rule, limits, label)| {
                let mut requirement = Requirement::new(rule);
                requirement.limits = limits;
                requirement.label = label.map(str::to_owned);
                requirement
            })
            .boxed()
    };
    let limited = settings.maxima || settings.minima;
    with(leaf(settings, n), false)
        .prop_recursive(settings.depth, settings.nodes, 3, move |inner| {
            let all = vec(inner.clone(), 1..=3).prop_map(Rule::All);
            let any = vec(inner.clone(), 1..=3).prop_map(Rule::Any);
            let some = (vec(inner.clone(), 2..=3), measure(), 1i64..=2)
                .prop_map(|(of, measure, min)| Rule::AtLeast(AtLeast { measure, min: amount(measure, min), of }));
            let not = with(looking(settings, n), false).prop_map(|r| Rule::Not(Box::new(of_the_record(r))));
            let when = (with(looking(settings, n), false), inner.clone(), inner).prop_map(|(test, then, otherwise)| {
                let test = of_the_record(test);
                Rule::When(Box::new(When { test, then, otherwise }))
            });
            let negation = u32::from(settings.negation);
            let rule = prop_oneof![4 => all, 3 => any, 3 => some, negation => not, negation => when];
            with(rule.boxed(), limited)
        })
        .boxed()
}

fn rounding() -> impl Strategy<Value = Rounding> {
    let threshold = (1i64..=2, select(vec![400i64, 500, 600, 1000])).prop_map(|(step, up_from)| {
        Rounding::Threshold(Threshold { step: Decimal::whole(step), up_from: Decimal::from_thousandths(up_from) })
    });
    prop_oneof![2 => Just(Rounding::Exact), 1 => Just(Rounding::UpTo(Decimal::ONE)), 1 => threshold]
}

fn limit(settings: Settings) -> BoxedStrategy<Limit> {
    let key = || select(vec![Key::Code, Key::Subject, Key::Unit, Key::Level, Key::Completed, Key::Issuer]);
    let percent = || {
        (select(vec![Measure::Count, Measure::Credits]), select(vec![25i64, 50, 67]), any::<bool>(), rounding())
            .prop_map(|(measure, percent, required, rounding)| Percent {
                measure,
                percent: Decimal::whole(percent),
                base: if required { PercentBase::Required } else { PercentBase::Applied },
                rounding,
            })
    };
    let quantity = move || prop_oneof![3 => fixed().prop_map(Amount::Fixed), 1 => percent().prop_map(Amount::Percent)];
    // Mostly it is known what a limit is on.
    let of = move || match settings.maxima {
        true => prop_oneof![3 => plain(), 1 => selector(settings)].boxed(),
        false => plain().boxed(),
    };
    let least = prop_oneof![
        (quantity(), of()).prop_map(|(amount, of)| LimitRule::AtLeast(Bounded { amount, of })),
        (1u32..=2, key(), of()).prop_map(|(min, per, of)| LimitRule::Distinct(Distinct { min, per, of })),
        (measure(), 1i64..=2, 0i64..=2, selector(settings)).prop_map(|(measure, min, more, of)| LimitRule::Last(
            Last { measure, min: amount(measure, min), out_of: amount(measure, min + more), of }
        )),
    ]
    .boxed();
    let most = prop_oneof![
        (quantity(), of()).prop_map(|(amount, of)| LimitRule::AtMost(Bounded { amount, of })),
        (fixed(), key(), of()).prop_map(|(amount, per, of)| LimitRule::AtMostPer(BoundedPer { amount, per, of })),
        (1u16..=3, of()).prop_map(|(y, of)| LimitRule::Span(Span { within: Duration::Years(y), of })),
        (of(), of(), any::<bool>()).prop_map(|(first, then, together)| LimitRule::Order(Order {
            first,
            then,
            together
        })),
    ]
    .boxed();
    let rule = match (settings.minima, settings.maxima) {
        (true, true) => prop_oneof![least, most].boxed(),
        (true, false) => least,
        (false, _) => most,
    };
    rule.prop_map(|rule| Limit { label: None, source: None, rule }).boxed()
}

fn some_credential() -> impl Strategy<Value = CredentialId> {
    select(&CREDENTIALS[..3]).prop_map(name)
}

fn credentials() -> BoxedStrategy<CredentialSelector> {
    prop_oneof![
        2 => Just(CredentialSelector::Everything),
        3 => some_credential().prop_map(|id| CredentialSelector::Ids(vec![id])),
        1 => Just(CredentialSelector::Kind(CredentialKind::Certificate)),
        1 => Just(CredentialSelector::Level("graduate".to_owned())),
        1 => some_credential().prop_map(CredentialSelector::StackOf),
        1 => some_credential()
            .prop_map(|id| CredentialSelector::Not(Box::new(CredentialSelector::Ids(vec![id])))),
    ]
    .boxed()
}

fn stack(settings: Settings) -> impl Strategy<Value = StackEdge> {
    let any_credential = move || select(&CREDENTIALS[..settings.credentials]).prop_map(name);
    (
        any_credential(),
        any_credential(),
        sometimes(true, 1, fixed()),
        sometimes(true, 2, plain()),
        any::<(bool, bool)>(),
    )
        .prop_map(|(from, into, carries, only, (single_source, single_destination))| StackEdge {
            from,
            into,
            carries,
            only,
            single_source,
            single_destination,
            source: None,
        })
}

fn policy(settings: Settings) -> impl Strategy<Value = SharingPolicy> {
    let side = || select(vec![Side::Between, Side::And]);
    let bound = prop_oneof![
        1 => Just(ShareBound::Nothing),
        1 => Just(ShareBound::Everything),
        2 => vec(fixed(), 1..=2).prop_map(ShareBound::AtMost),
        1 => (side(), 20i64..=60, rounding()).prop_map(|(side, percent, rounding)| ShareBound::Percent(SidePercent {
            side, percent: Percent { measure: Measure::Credits, percent: Decimal::whole(percent),
                base: PercentBase::Required, rounding } })),
        1 => (side(), decimals(), fixed(), fixed()).prop_map(|(side, size, one, other)| ShareBound::Table(SideTable {
            side, rows: vec![TableRow { up_to: size, share: one },
                TableRow { up_to: Decimal::whole(100), share: other }] })),
        1 => (side(), fixed()).prop_map(|(side, amount)| ShareBound::Unique(SideUnique { side, amount })),
    ];
    let in_play = (credentials(), any::<bool>()).prop_map(|(credential, is)| InPlay { credential, is });
    (credentials(), credentials(), sometimes(settings.in_play, 4, in_play), sometimes(true, 3, plain()), bound)
        .prop_map(|(between, and, only_while, exempt, bound)| SharingPolicy {
            id: name("p"),
            label: None,
            between,
            and,
            only_while,
            exempt,
            bound,
            source: None,
        })
}

fn ceiling() -> impl Strategy<Value = UseCeiling> {
    (1u32..=2, credentials(), sometimes(true, 2, plain())).prop_map(|(max, credentials, of)| UseCeiling {
        max,
        credentials,
        of,
        source: None,
    })
}
