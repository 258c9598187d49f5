//! Codes about what the catalog declares: names, attributes, courses, grades.

use super::explanation::{Explanation, files, rules};

const TWICE: [&str; 2] =
    ["It would not be clear which of the two is meant.", "No quedaría claro cuál de los dos se quiere decir."];
const NOBODY_DECLARES: [&str; 2] = [
    "Nothing could ever be found under this name; usually it is misspelled.",
    "Nunca podría encontrarse nada con este nombre; casi siempre está mal escrito.",
];

pub(super) const ALL: &[Explanation] = &[
    rules(
        "duplicate-catalog",
        ["The pack names its catalog twice.", "El paquete nombra su catálogo dos veces."],
        ["A pack is one catalog.", "Un paquete es un solo catálogo."],
        "catalog(\"u\", \"Another\");",
        "course(\"A 1\", \"One\").credits(3);",
    ),
    rules(
        "duplicate-learner-attribute",
        ["An attribute of learners is declared twice.", "Un atributo de estudiantes se declara dos veces."],
        TWICE,
        "learner_attribute(\"hold\").yes_or_no();\nlearner_attribute(\"hold\").text();",
        "learner_attribute(\"hold\").yes_or_no();",
    ),
    rules(
        "duplicate-course-attribute",
        ["An attribute of courses is declared twice.", "Un atributo de cursos se declara dos veces."],
        TWICE,
        "course_attribute(\"online\").yes_or_no();\ncourse_attribute(\"online\").text();",
        "course_attribute(\"online\").yes_or_no();",
    ),
    rules(
        "duplicate-office",
        ["An office is declared twice.", "Una oficina se declara dos veces."],
        TWICE,
        "office(\"dean\", \"Dean\");\noffice(\"dean\", \"The Dean\");",
        "office(\"dean\", \"Dean\");",
    ),
    rules(
        "duplicate-competency",
        ["A competency is declared twice.", "Una competencia se declara dos veces."],
        TWICE,
        "competency(\"python\", \"Python\");\ncompetency(\"python\", \"Writing Python\");",
        "competency(\"python\", \"Python\");",
    ),
    rules(
        "duplicate-grade-scale",
        ["A grade scale is declared twice.", "Una escala de calificaciones se declara dos veces."],
        TWICE,
        "grade_scale(\"points\").numbers(0, 20);\ngrade_scale(\"points\").numbers(0, 100);",
        "grade_scale(\"points\").numbers(0, 20);",
    ),
    rules(
        "duplicate-term",
        ["A term is declared twice.", "Un período se declara dos veces."],
        TWICE,
        "term(\"fall\", \"2025-08-25\", \"2025-12-19\");\nterm(\"fall\", \"2026-08-24\", \"2026-12-18\");",
        "term(\"fall\", \"2025-08-25\", \"2025-12-19\");",
    ),
    rules(
        "duplicate-course",
        ["A course is listed twice.", "Un curso se indica dos veces."],
        TWICE,
        "course(\"A 1\", \"One\").credits(3);\ncourse([\"A 1\", \"A 2\"]).credits(4);",
        "course(\"A 1\", \"One\").credits(3);\ncourse([\"A 2\"]).credits(4);",
    ),
    files(
        "scale-set-late",
        [
            "The catalog's grade scale is set after a grade has relied on the one before.",
            "La escala del catálogo se fija después de que una calificación se ha basado en la anterior.",
        ],
        ["The grade before would be read on another scale.", "La calificación anterior se leería en otra escala."],
        &[(
            "pack.rhai",
            "degree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"B\"));\ncatalog(\"t\", \"Test\").graded_on(\"su\");",
        )],
        &[(
            "pack.rhai",
            "catalog(\"t\", \"Test\").graded_on(\"letter\");\ndegree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"B\"));",
        )],
    ),
    rules(
        "taken-name",
        [
            "An attribute has a name that every item has already.",
            "Un atributo tiene un nombre que todo elemento tiene ya.",
        ],
        [
            "Limits that go by that name would mean two things.",
            "Los límites que van por ese nombre significarían dos cosas.",
        ],
        "course_attribute(\"level\").number();",
        "course_attribute(\"difficulty\").number();",
    ),
    rules(
        "bad-scale",
        ["A grade scale contradicts itself.", "Una escala de calificaciones se contradice."],
        ["A grade must have one place on its scale.", "Una calificación debe tener un solo lugar en su escala."],
        "grade_scale(\"points\").numbers(100, 0);",
        "grade_scale(\"points\").numbers(0, 100);",
    ),
    rules(
        "audience-undeclared",
        [
            "`open_to` is used, and the attribute `audience` is not declared.",
            "Se usa `open_to`, y el atributo `audience` no está declarado.",
        ],
        ["Nobody's record could say who they are.", "Ningún expediente podría decir quién es la persona."],
        "degree(\"d\", \"D\").open_to(\"staff\").completion(credits(9, \"A *\"));",
        "learner_attribute(\"audience\").choices([\"student\", \"staff\"]);\ndegree(\"d\", \"D\").open_to(\"staff\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "unknown-course",
        ["A course is named that the catalog does not list.", "Se nombra un curso que el catálogo no indica."],
        NOBODY_DECLARES,
        "course(\"A 1\", \"One\").credits(3);\ndegree(\"d\", \"D\").completion(one_of([\"A 2\"]));",
        "course(\"A 1\", \"One\").credits(3);\ndegree(\"d\", \"D\").completion(one_of([\"A 1\"]));",
    ),
    rules(
        "unknown-competency",
        ["A competency is named that nobody declares.", "Se nombra una competencia que nadie declara."],
        NOBODY_DECLARES,
        "competency(\"python\", \"Python\");\ndegree(\"d\", \"D\").completion(credits(9, evidence_of(\"pyton\")));",
        "competency(\"python\", \"Python\");\ndegree(\"d\", \"D\").completion(credits(9, evidence_of(\"python\")));",
    ),
    rules(
        "unknown-scale",
        ["A grade scale is named that nobody declares.", "Se nombra una escala de calificaciones que nadie declara."],
        NOBODY_DECLARES,
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"B\", \"leter\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"B\", \"letter\"));",
    ),
    rules(
        "unknown-grade",
        ["A grade is named that its scale does not have.", "Se nombra una calificación que su escala no tiene."],
        ["No learner could have it.", "Ningún estudiante podría tenerla."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"Z\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"B\"));",
    ),
    rules(
        "unknown-office",
        ["An office is named that nobody declares.", "Se nombra una oficina que nadie declara."],
        NOBODY_DECLARES,
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").approved_by(\"dean\", \"plan\"));",
        "office(\"dean\", \"Dean\");\ndegree(\"d\", \"D\").completion(credits(9, \"A *\").approved_by(\"dean\", \"plan\"));",
    ),
    rules(
        "unknown-attribute",
        ["An attribute is named that nobody declares.", "Se nombra un atributo que nadie declara."],
        NOBODY_DECLARES,
        "learner_attribute(\"hold\").yes_or_no();\ndegree(\"d\", \"D\").admission(learner(\"hol\", false)).completion(credits(9, \"A *\"));",
        "learner_attribute(\"hold\").yes_or_no();\ndegree(\"d\", \"D\").admission(learner(\"hold\", false)).completion(credits(9, \"A *\"));",
    ),
    rules(
        "wrong-attribute-type",
        [
            "A value is compared with an attribute of another type, or an attribute is used as what it is not.",
            "Un valor se compara con un atributo de otro tipo, o un atributo se usa como lo que no es.",
        ],
        ["The comparison could never hold.", "La comparación no podría cumplirse nunca."],
        "learner_attribute(\"hold\").yes_or_no();\ndegree(\"d\", \"D\").admission(learner(\"hold\", 3)).completion(credits(9, \"A *\"));",
        "learner_attribute(\"hold\").yes_or_no();\ndegree(\"d\", \"D\").admission(learner(\"hold\", false)).completion(credits(9, \"A *\"));",
    ),
    rules(
        "code-in-two-equivalences",
        ["A code stands in two equivalences.", "Un código figura en dos equivalencias."],
        [
            "All three codes would be the same course, which was probably not meant.",
            "Los tres códigos serían el mismo curso, lo que probablemente no se quiso decir.",
        ],
        "equivalent(\"A 1\", \"B 1\");\nequivalent(\"A 1\", \"C 1\");",
        "equivalent(\"A 1\", \"B 1\", \"C 1\");",
    ),
    rules(
        "cyclic-prerequisites",
        [
            "A course has to be completed before itself, by its prerequisites and theirs.",
            "Un curso tendría que completarse antes que sí mismo, por sus prerrequisitos y los de estos.",
        ],
        ["Nobody could ever take it.", "Nadie podría tomarlo nunca."],
        "course(\"A 1\", \"One\").prerequisites(\"A 2\");\ncourse(\"A 2\", \"Two\").prerequisites(\"A 1\");",
        "course(\"A 1\", \"One\");\ncourse(\"A 2\", \"Two\").prerequisites(\"A 1\");",
    ),
    files(
        "bad-amount",
        [
            "An amount is negative, none where there must be some, or not whole where things are counted.",
            "Una cantidad es negativa, es cero donde no puede serlo, o no es entera donde se cuentan cosas.",
        ],
        [
            "What is reckoned with it would be wrong for everybody.",
            "Lo que se calcula con ella estaría mal para todos.",
        ],
        &[("pack.rhai", "catalog(\"t\", \"Test\").typical_credits(0);")],
        &[("pack.rhai", "catalog(\"t\", \"Test\").typical_credits(3);")],
    ),
];
