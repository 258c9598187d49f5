//! Codes about the tests of a pack.

use super::explanation::{Explanation, rules};

pub(super) const ALL: &[Explanation] = &[
    rules(
        "no-date",
        ["A test does not say for which date it asks.", "Una prueba no dice para qué fecha pregunta."],
        [
            "The same record has other answers on other days.",
            "El mismo expediente tiene otras respuestas en otros días.",
        ],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").expects(\"d\", \"incomplete\");",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").expects(\"d\", \"incomplete\");",
    ),
    rules(
        "nothing-expected",
        ["A test expects nothing.", "Una prueba no espera nada."],
        ["It could never fail.", "Nunca podría fallar."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").took(\"A 1\", \"B\");",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").took(\"A 1\", \"B\").expects(\"d\", \"incomplete\");",
    ),
    rules(
        "nothing-before",
        [
            "A word speaks of the item or award just named, and there is none.",
            "Una palabra habla del elemento u otorgamiento recién nombrado, y no hay ninguno.",
        ],
        ["It would change nothing.", "No cambiaría nada."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").verified().expects(\"d\", \"incomplete\");",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").took(\"A 1\", \"B\").verified().expects(\"d\", \"incomplete\");",
    ),
    rules(
        "duplicate-item",
        ["Two items of a test have the same name.", "Dos elementos de una prueba tienen el mismo nombre."],
        ["It would not be clear which is meant.", "No quedaría claro cuál se quiere decir."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").took(\"A 1\", \"B\").called(\"x\").took(\"A 2\", \"B\").called(\"x\").expects(\"d\", \"incomplete\");",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").took(\"A 1\", \"B\").called(\"x\").took(\"A 2\", \"B\").called(\"y\").expects(\"d\", \"incomplete\");",
    ),
    rules(
        "unknown-item",
        [
            "A test speaks of an item that its learner does not have.",
            "Una prueba habla de un elemento que su estudiante no tiene.",
        ],
        ["Usually its code is misspelled.", "Casi siempre su código está mal escrito."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").took(\"A 1\", \"B\").exclude(\"d\", \"A 2\").expects(\"d\", \"incomplete\");",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").took(\"A 1\", \"B\").exclude(\"d\", \"A 1\").expects(\"d\", \"incomplete\");",
    ),
    rules(
        "ambiguous-item",
        [
            "A test speaks of an item by a code that its learner has twice.",
            "Una prueba nombra un elemento por un código que su estudiante tiene dos veces.",
        ],
        ["It would not be clear which is meant.", "No quedaría claro cuál se quiere decir."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").took(\"A 1\", \"B\").took(\"A 1\", \"C\").exclude(\"d\", \"A 1\").expects(\"d\", \"incomplete\");",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").took(\"A 1\", \"B\").called(\"first\").took(\"A 1\", \"C\").called(\"second\").exclude(\"d\", \"first\").expects(\"d\", \"incomplete\");",
    ),
    rules(
        "wrong-value",
        [
            "A test states a value that the attribute cannot have.",
            "Una prueba indica un valor que el atributo no puede tener.",
        ],
        ["A real record with it would be refused.", "Un expediente real con él se rechazaría."],
        "learner_attribute(\"standing\").choice([\"junior\"]);\ndegree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").learner(\"standing\", \"senior\").expects(\"d\", \"incomplete\");",
        "learner_attribute(\"standing\").choice([\"junior\", \"senior\"]);\ndegree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").learner(\"standing\", \"senior\").expects(\"d\", \"incomplete\");",
    ),
];
