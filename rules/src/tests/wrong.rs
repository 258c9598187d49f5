//! What authors get wrong. A case is a text with `//^^^ code: words of the message` under the place
//! it is about; every diagnostic of a text has such a line, and no other is said.

use super::{built, shown};
use crate::MemorySources;

/// What is expected: line, column, code and a part of the message.
fn expected(text: &str) -> Vec<(u32, u32, String, String)> {
    let mut found = Vec::new();
    let mut line_before = 0_u32;
    for (number, line) in (1_u32..).zip(text.lines()) {
        match line.trim_start().strip_prefix("//^") {
            Some(rest) => {
                // The slashes may cover the first two columns: `//^` then points three columns in,
                // and `<` after the carets points at the line's first column.
                let indent = line.len() - line.trim_start().len();
                let (marks, said) = rest.split_once(' ').expect("a space after the carets");
                let column = if marks.ends_with('<') { 1 } else { indent + 3 };
                let (code, message) = said.split_once(": ").expect("code: message");
                let column = u32::try_from(column).unwrap();
                found.push((line_before, column, code.to_owned(), message.to_owned()));
            }
            None => line_before = number,
        }
    }
    found
}

fn check(text: &str) {
    let text = format!("catalog(\"t\", \"Test\");{}", text.trim_end());
    let said = built(&MemorySources::of(&text)).diagnostics;
    let mut wanted = expected(&text);
    for diagnostic in &said {
        let source = diagnostic.source().unwrap_or_else(|| panic!("no place: {}", shown(&said)));
        let place = wanted.iter().position(|(line, column, code, message)| {
            (*line, *column) == (source.line, source.column)
                && *code == diagnostic.code
                && diagnostic.message().contains(message.as_str())
        });
        match place {
            Some(place) => drop(wanted.remove(place)),
            None => panic!("not expected:\n{}\nin\n{text}", shown(std::slice::from_ref(diagnostic))),
        }
        assert!(diagnostic.help().is_some_and(|h| !h.is_empty()), "no help: {}", shown(&said));
        assert!(!diagnostic.message().ends_with('.'), "full stop: {}", shown(&said));
    }
    assert!(wanted.is_empty(), "not said: {wanted:?}\nof\n{text}\nbut\n{}", shown(&said));
}

macro_rules! cases {
    ($($name:ident: $text:literal;)*) => {$(
        #[test]
        fn $name() {
            check($text);
        }
    )*};
}

cases! {
    right: r#"
degree("d", "D").completion(credits(9, "A *"));
"#;
    unknown_words_are_all_found: r#"
degre("d", "D").completion(credits(9, "A *"));
//^<< unknown-word: there is no word `degre`
certificate("c", "C").untit("X").completion(credit(9, "A *"));
                    //^^^^ unknown-word: there is no word `untit`
                                          //^^^ unknown-word: there is no word `credit`
"#;
    wrong_kind_of_particular: r#"
degree("d", "D").completion(credits("fifteen", ["A 1"]));
                                  //^^^^^^^ wrong-particulars: `credits` takes a number and a pool or a number; here it got the text `fifteen` and a list
"#;
    particulars_exchanged: r#"
degree("d", "D").completion(courses(["A 1"], 3));
                                  //^^^^^ wrong-particulars: here it got a list and the number 3
"#;
    too_few: r#"
degree("d");
//^^^^<< wrong-particulars: `degree` takes a text and a text; here it got the text `d`
"#;
    too_many: r#"
degree("d", "D").completion(gpa(3.0, applied(), 4));
                                              //^ wrong-particulars: `gpa` takes a number and what the average is over
"#;
    courses_where_requirements_belong: r#"
degree("d", "D").completion(all(["A 1", "A 2"]));
                              //^^^^^^^ courses-for-requirement: `all` takes requirements here, and got the text `A 1`
                              //^^^^^^^ courses-for-requirement: `all` takes requirements here, and got the text `A 2`
"#;
    requirements_where_courses_belong: r#"
degree("d", "D").completion(one_of([gpa(3.0, applied())]));
                                 //^^^^ requirement-for-course: `one_of` takes courses, and got a requirement
"#;
    word_that_starts_after_a_dot: r#"
degree("d", "D").completion(courses(1, "A *").gpa(3.0, applied()));
                                            //^^^ misplaced-word: `gpa` stands by itself and cannot follow a requirement
"#;
    word_that_follows_alone: r#"
degree("d", "D").completion(courses(1, "A *"));
   named("Breadth");
 //^^^^ misplaced-word: `named` cannot stand by itself: it follows a requirement
"#;
    word_after_the_wrong_thing: r#"
degree("d", "D").named("Breadth").completion(courses(1, "A *"));
               //^^^^^ misplaced-word: `named` follows a requirement; here it follows a credential
"#;
    unknown_name: r#"
let electives = ["A *"];
degree("d", "D").completion(credits(9, elektives).except(electives).and(electivs));
                                     //^^^^^^^^^ unknown-name: there is no name `elektives`
                                                                      //^^^^^^^^ unknown-name: there is no name `electivs`
"#;
    parentheses_left_out: r#"
degree("d", "D").completion(credits(9, everything().in_residence));
                                                  //^^^ no-parentheses: `in_residence` stands here without parentheses
"#;
    missing_semicolon: r#"
let a = ["A 1"]
   degree("d", "D").completion(credits(9, a));
 //^^^^^^ missing-mark: `;` is missing before this place
"#;
    missing_comma: r#"
degree("d", "D").completion(credits(9 "A *"));
                                    //^^^ missing-mark: `,` is missing before this place
"#;
    missing_bracket: r#"
degree("d", "D").completion(all_of(["A 1", "A 2"));
                                 //^ open-bracket: this `[` is not closed
"#;
    open_text: r#"
degree("d", "D);
          //^^^ open-text: this text is not closed
"#;
    curly_quotation_marks: r#"
degree(“d”, "D").completion(all_of(["A 1"]));
     //^^^ stray-mark: means nothing here
"#;
    unfinished: r#"
degree("d", "D").completion(all_of(["A 1"])
                         //^ open-bracket: this `(` is not closed
"#;
    reserved_words: r#"
degree("d", "D").completion(learner("x").is("y"));
                                       //^^ reserved-word: `is` cannot be used here
"#;
    no_printing: r#"
   print("hello");
 //^^^^^ reserved-word: `print` cannot be used here
"#;
    duplicate_credential: r#"
degree("d", "D").completion(credits(9, "A *"));
certificate("d", "C").completion(credits(9, "A *"));
//^^^^^^^^^<< duplicate-credential: the credential `d` is defined twice
"#;
    duplicate_course: r#"
course("A 1", "One").credits(3);
course(["A 1", "A 2"]).credits(3);
//^^^^<< duplicate-course: the course `A 1` is defined twice
"#;
    no_completion: r#"
degree("d", "D").unit("U");
//^^^^<< no-completion: `D` does not say what completes it
"#;
    completion_twice: r#"
degree("d", "D").completion(credits(9, "A *")).completion(credits(9, "B *"));
                                             //^^^^^^^^^^ completion-twice: `completion` is written twice
"#;
    years_backwards: r#"
degree("d", "D").catalog_years(2025, 2024).completion(credits(9, "A *"));
               //^^^^^^^^^^^^^ window-backwards: the catalog years 2025 to 2024 run backwards
"#;
    years_overlap: r#"
degree("d", "D").completion(credits(9, "A *")).catalog_years(2020, 2024).catalog_years_from(2024);
                                                                       //^^^^^^^^ catalog-years-overlap: these catalog years overlap
"#;
    bad_date: r#"
degree("d", "D").completion(credits(9, "A *").completed_from("2025-02-30"));
                                                           //^^^^^^^^^^^^ bad-date: `2025-02-30` is not a date
"#;
    bad_range: r#"
degree("d", "D").completion(credits(9, "CSCI 5999..5000"));
                                     //^^^^^^^^^^^^^^^^^ bad-range: is not a range of courses
"#;
    negative_credits: r#"
degree("d", "D").completion(credits(-3, "A *"));
                                  //^^ negative-number: takes a number that is not negative, and got -3
"#;
    rounded_from_more_than_one: r#"
degree("d", "D").completion(credits(9, "A *").at_most(percent(50).of_applied_credits().rounded_to(18, 6)));
                                                                                                    //^ number-out-of-range: 6 is not a part of one from which to round up
"#;
    rounded_without_a_threshold: r#"
degree("d", "D").completion(credits(9, "A *").at_most(percent(50).of_applied_credits().rounded_to(18)));
                                                                                     //^^ wrong-particulars: `rounded_to` takes a number and a number
"#;
    single_destination_of_a_policy: r#"
certificate("c", "C").completion(credits(9, "A *")).single_destination();
                                                  //^^^^^^^ misplaced-word: `single_destination` follows a stack
"#;
    more_than_the_last: r#"
degree("d", "D").completion(credits(30, "A *").at_least_of_last(credits(30), credits(24), in_residence()));
                                                              //^^^^^^^ number-out-of-range: there are no 30 among the last 24
"#;
    last_of_another_measure: r#"
degree("d", "D").completion(credits(30, "A *").at_least_of_last(credits(24), courses(10), in_residence()));
                                                                           //^^^^^^^ two-measures: the two amounts are not of the same measure
"#;
    last_of_one_number: r#"
degree("d", "D").completion(credits(30, "A *").at_least_of_last(24, 30, in_residence()));
                                                              //^^ wrong-particulars: `at_least_of_last` takes an amount, an amount and a pool
"#;
    half_a_course: r#"
degree("d", "D").completion(courses(1.5, "A *"));
                                  //^^^ number-out-of-range: `courses` takes a whole number
"#;
    too_many_places: r#"
degree("d", "D").completion(credits(1.23456, "A *"));
                                  //^^^^^^^ bad-number: 1.23456
"#;
    empty_pool: r#"
degree("d", "D").completion(credits(9, []));
                                     //^^ empty-pool: this list is empty
"#;
    empty_all: r#"
degree("d", "D").completion(all([]));
                              //^^ empty-list: `all` got an empty list
"#;
    more_than_listed: r#"
degree("d", "D").completion(at_least(3, [courses(1, "A *"), courses(1, "B *")]));
                                   //^ more-than-listed: `at_least` asks for 3, and only 2 are listed
"#;
    test_that_takes: r#"
degree("d", "D").completion(when(courses(1, "A *"), courses(1, "B *")));
                               //^^^^^^^ test-takes-courses: the test of `when` takes courses
"#;
    not_of_courses: r#"
degree("d", "D").completion(not(courses(1, "A *")));
                              //^^^^^^^ test-takes-courses: the test of `not` takes courses
"#;
    percent_of_what: r#"
degree("d", "D").completion(credits(9, "A *").at_least(percent(50), "B *"));
                                                     //^^^^^^^ percent-of-what: this percentage does not say of what
"#;
    unknown_choice: r#"
degree("d", "D").completion(credits(9, of_kind("bage")));
                                             //^^^^^^ unknown-choice: `of_kind` does not know `bage`
"#;
    most_below_least: r#"
degree("d", "D").completion(credits(9, "A *").up_to(6));
                                                  //^ more-than-most: this asks for 9 and takes at most 6
"#;
    filter_on_what_takes_nothing: r#"
degree("d", "D").completion(gpa(3.0, applied()).min_grade("B"));
                                              //^^^^^^^^^ nothing-to-narrow: `min_grade` narrows what a requirement takes
"#;
    gpa_over_nothing: r#"
degree("d", "D").completion(gpa(3.0, "A *"));
                                   //^^^^^ wrong-particulars: `gpa` takes a number and what the average is over; here it got the number 3.0 and the text `A *`
"#;
    unfinished_stack: r#"
degree("d", "D").completion(credits(9, "A *"));
stack("d").carries(credits(3));
//^^^<< stack-into-nothing: this stack does not say into what
"#;
    unfinished_policy: r#"
sharing("p").between(degrees(), degrees());
//^^^^^<< policy-unfinished: the sharing policy `p` does not say how much is shared
"#;
    attribute_named_like_a_key: r#"
course_attribute("level").number();
               //^^^^^^^ taken-name: every item has a `level` already
"#;
    audience_undeclared: r#"
degree("d", "D").open_to("staff").completion(credits(9, "A *"));
               //^^^^^^^ audience-undeclared: `open_to` asks for the learner's `audience`
"#;
    failed_check: r#"
badge("b", "B").completion(credits(30, "A *"));
//^^^<< failed-check: `b` fails the check `size`: A badge has at most 15 credits
check("size", "A badge has at most 15 credits.").applies_to(badges()).requires(|c| c.credits <= 15);
"#;
    broken_check: r#"
badge("b", "B").completion(credits(30, "A *"));
check("size", "A badge is small.").requires(|c| c.credits);
//^^^<< check-broken: is neither true nor false
"#;
    scenario_without_date: r#"
degree("d", "D").completion(credits(9, "A *"));
scenario("s").expects("d", "incomplete");
//^^^^^^<< no-date: the test `s` does not say for which date it asks
"#;
    scenario_about_nothing: r#"
degree("d", "D").completion(credits(9, "A *"));
scenario("s").as_of("2026-01-01").expects("e", "incompete").expects("f", "complete");
                                             //^^^^ unknown-choice: `expects` does not know `incompete`
"#;
    scenario_with_unknown_facts: r#"
degree("d", "D").completion(credits(9, "A *"));
learner_attribute("standing").choice(["junior"]);
scenario("s").as_of("2026-01-01").learner("standng", "junior").learner("standing", "senior").expects("d", "complete");
                                //^^^^^^^ unknown-attribute: no attribute `standng` of learners is declared
                                                             //^^^^^^^ wrong-value: `standing` is one of junior, and this says senior
"#;
    scenario_with_two_of_a_code: r#"
degree("d", "D").completion(credits(9, "A *"));
scenario("s").as_of("2026-01-01").took("A 1", "B").took("A 1", "C").exclude("d", "A 1").expects("d", "incomplete");
                                                                               //^^^^^ ambiguous-item: this learner has `A 1` more than once
"#;
    words_about_no_item: r#"
degree("d", "D").completion(credits(9, "A *"));
scenario("s").as_of("2026-01-01").verified().expects("d", "incomplete");
                                //^^^^^^^^ nothing-before: `verified` speaks of the item just named
"#;
    second_catalog: r#"
catalog("u", "Another");
//^^^^^<< duplicate-catalog: a pack names its catalog once
"#;
    tested_twice: r#"
learner_attribute("x").text();
degree("d", "D").completion(learner("x", "y").at_least("z"));
                                            //^^^^^ tested-twice: `x` has been given a value already
"#;
    wrong_mark: r#"
let a = everything() + everything();
                   //^ wrong-mark: `+` cannot join these two
"#;
    unused: r#"
let a = ["A 1"];
  //^ unused-name: `a` is never used
gpa(3.0, applied());
//^<< unused-requirement: this `gpa` is part of no credential
"#;
    pool_too_small: r#"
course(["A 1", "A 2"]).credits(3);
degree("d", "D").completion(credits(9, ["A 1", "A 2"]));
                          //^^^^^^^ pool-too-small: this asks for 9 credits, and all that it lists is worth 6
"#;
    idle_grade: r#"
degree("d", "D").completion(credits(9, "A *").min_grade("D-"));
                          //^^^^^^^ idle-grade: `D-` or better is every grade
"#;
    year_gap: r#"
degree("d", "D").catalog_years(2020).completion(credits(9, "A *")).catalog_years_from(2023).completion(credits(9, "B *"));
                                                                                                     //^^^^^^^ catalog-year-gap: has no edition for the catalog years 2021 to 2022
"#;
    allowed_with_a_reason: r#"
let a = ["A 1"]; // allow unused-name: for next year
"#;
    what_compile_finds_is_told_too: r#"
degree("d", "D").completion(all([earned("e"), credits(9, "A *").min_grade("Z")]));
                               //^^^^^^ unknown-credential: `e`
                                            //^^^^^^^ unknown-grade: `Z`
"#;
}

#[test]
fn other_files_are_read_when_one_cannot_be() {
    let sources = MemorySources::of("catalog(\"t\", \"T\");\nlet a = ;\n")
        .with("b.rhai", "degre(\"d\", \"D\");\nlet x = [;\n")
        .with("c.rhai", "degree(\"d\").untit(\"x\");");
    let codes: Vec<(String, String)> = built(&sources)
        .diagnostics
        .into_iter()
        .map(|d| (d.source().map(|s| s.file).unwrap_or_default(), d.code.into_owned()))
        .collect();
    let codes: Vec<(&str, &str)> = codes.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("b.rhai", "unknown-word"),
            ("b.rhai", "open-bracket"),
            ("c.rhai", "wrong-particulars"),
            ("c.rhai", "unknown-word"),
            ("pack.rhai", "missing-value"),
        ]
    );
}

#[test]
fn imports_stay_inside_the_pack() {
    for path in ["../other", "/etc/passwd", "a/../../b", "c:\\x", "https://example.edu/x", "shared/pathway"] {
        let text = format!("catalog(\"t\", \"T\");\nimport \"{}\" as x;\n", path.escape_default());
        let sources = MemorySources::of(&text).with("shared/pathways.rhai", "export const a = [\"A 1\"];");
        let said = built(&sources).diagnostics;
        assert_eq!(said.iter().map(|d| &*d.code).collect::<Vec<_>>(), ["unknown-import"], "{}", shown(&said));
    }
}

#[test]
fn imported_lists_are_there_and_files_run_once() {
    let sources = MemorySources::of(
        "catalog(\"t\", \"T\");\nimport \"shared/lists\" as lists;\ndegree(\"d\", \"D\").completion(all_of(lists::a));",
    )
    .with("shared/lists.rhai", "export const a = [\"A 1\"];\ncourse(a).credits(3);")
    .with("other.rhai", "import \"shared/lists\" as lists;\ncertificate(\"c\", \"C\").completion(one_of(lists::a));");
    let built = built(&sources);
    assert!(built.diagnostics.is_empty(), "{}", shown(&built.diagnostics));
    assert_eq!(built.bundle.unwrap().catalog().credentials.len(), 2);
}

#[test]
fn circles_of_imports_are_told() {
    let sources = MemorySources::of("catalog(\"t\", \"T\");\nimport \"a\" as a;")
        .with("a.rhai", "import \"b\" as b;")
        .with("b.rhai", "import \"a\" as a;");
    let said = built(&sources).diagnostics;
    assert_eq!(said.iter().map(|d| &*d.code).collect::<Vec<_>>(), ["import-circle"], "{}", shown(&said));
}
