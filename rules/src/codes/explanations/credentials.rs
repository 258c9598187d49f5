//! Codes about credentials, stacks, sharing and checks.

use super::explanation::{Explanation, rules};

const NINE: &str = "degree(\"d\", \"D\").completion(credits(9, \"A *\"));";
const TWO_TREES: [&str; 2] = [
    "It would not be clear whether both or one of them is asked.",
    "No quedaría claro si se piden ambos o uno de ellos.",
];

pub(super) const ALL: &[Explanation] = &[
    rules(
        "duplicate-credential",
        ["A credential is defined twice.", "Una credencial se define dos veces."],
        ["It would not be clear which of the two is meant.", "No quedaría claro cuál de las dos se quiere decir."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\ncertificate(\"d\", \"C\").completion(credits(9, \"A *\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\ncertificate(\"c\", \"C\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "no-completion",
        ["A credential does not say what completes it.", "Una credencial no dice qué la completa."],
        ["Nobody could earn it.", "Nadie podría obtenerla."],
        "degree(\"d\", \"D\").unit(\"U\");",
        "degree(\"d\", \"D\").unit(\"U\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "admission-twice",
        [
            "`admission` is written twice for the same catalog years.",
            "`admission` está escrito dos veces para los mismos años de catálogo.",
        ],
        TWO_TREES,
        "degree(\"d\", \"D\").admission(courses(1, \"A *\")).admission(courses(1, \"B *\")).completion(credits(9, \"A *\"));",
        "degree(\"d\", \"D\").admission(all([courses(1, \"A *\"), courses(1, \"B *\")])).completion(credits(9, \"A *\"));",
    ),
    rules(
        "completion-twice",
        [
            "`completion` is written twice for the same catalog years.",
            "`completion` está escrito dos veces para los mismos años de catálogo.",
        ],
        TWO_TREES,
        "degree(\"d\", \"D\").completion(credits(9, \"A *\")).completion(credits(9, \"B *\"));",
        "degree(\"d\", \"D\").completion(all([credits(9, \"A *\"), credits(9, \"B *\")]));",
    ),
    rules(
        "conferral-twice",
        [
            "`conferral` is written twice for the same catalog years.",
            "`conferral` está escrito dos veces para los mismos años de catálogo.",
        ],
        TWO_TREES,
        "degree(\"d\", \"D\").completion(credits(9, \"A *\")).conferral(courses(1, \"A *\")).conferral(courses(1, \"B *\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\")).conferral(all([courses(1, \"A *\"), courses(1, \"B *\")]));",
    ),
    rules(
        "catalog-years-overlap",
        [
            "Two editions of a credential claim the same catalog year.",
            "Dos ediciones de una credencial reclaman el mismo año de catálogo.",
        ],
        [
            "A learner of that year would have two sets of rules.",
            "Un estudiante de ese año tendría dos juegos de reglas.",
        ],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\")).catalog_years(2020, 2024).catalog_years_from(2024);",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\")).catalog_years(2020, 2023).catalog_years_from(2024);",
    ),
    rules(
        "catalog-year-gap",
        [
            "Between two editions there are catalog years without one.",
            "Entre dos ediciones hay años de catálogo sin ninguna.",
        ],
        [
            "A learner of such a year can be given no answer.",
            "A un estudiante de tal año no se le puede dar respuesta.",
        ],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\")).catalog_years(2020, 2022).catalog_years_from(2024);",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\")).catalog_years(2020, 2023).catalog_years_from(2024);",
    ),
    rules(
        "unknown-credential",
        ["A credential is named that nobody defines.", "Se nombra una credencial que nadie define."],
        [
            "Nobody could ever hold it; usually it is misspelled.",
            "Nadie podría tenerla nunca; casi siempre está mal escrita.",
        ],
        "degree(\"d\", \"D\").completion(all([earned(\"c\"), credits(9, \"A *\")]));",
        "certificate(\"c\", \"C\").completion(credits(9, \"A *\"));\ndegree(\"d\", \"D\").completion(all([earned(\"c\"), credits(9, \"A *\")]));",
    ),
    rules(
        "applied-in-admission",
        [
            "Admission asks for an average over what is applied to the credential.",
            "La admisión pide un promedio sobre lo aplicado a la credencial.",
        ],
        ["Nothing is applied before a credential is started.", "Nada se aplica antes de empezar una credencial."],
        "degree(\"d\", \"D\").admission(gpa(3.0, applied())).completion(credits(9, \"A *\"));",
        "degree(\"d\", \"D\").admission(gpa(3.0, transcript(\"A *\"))).completion(credits(9, \"A *\"));",
    ),
    rules(
        "applied-in-a-test",
        [
            "The test of a `when` or `not` asks for an average over what is applied.",
            "La condición de un `when` o `not` pide un promedio sobre lo aplicado.",
        ],
        [
            "What is counted here cannot decide what may be counted here.",
            "Lo que aquí se cuenta no puede decidir lo que aquí se puede contar.",
        ],
        "degree(\"d\", \"D\").completion(when(gpa(3.0, applied()), courses(1, \"A *\"), courses(2, \"A *\")));",
        "degree(\"d\", \"D\").completion(when(gpa(3.0, transcript(\"A *\")), courses(1, \"A *\"), courses(2, \"A *\")));",
    ),
    rules(
        "earned-cycle",
        [
            "Credentials ask to hold each other, or one asks for itself.",
            "Unas credenciales exigen tenerse unas a otras, o una se exige a sí misma.",
        ],
        ["Nobody could ever hold the first of them.", "Nadie podría tener nunca la primera."],
        "badge(\"a\", \"A\").completion(earned(\"b\"));\nbadge(\"b\", \"B\").completion(earned(\"a\"));",
        "badge(\"a\", \"A\").completion(courses(1, \"A *\"));\nbadge(\"b\", \"B\").completion(earned(\"a\"));",
    ),
    rules(
        "stack-cycle",
        [
            "Credentials stack into each other, or one into itself.",
            "Unas credenciales se acumulan unas en otras, o una en sí misma.",
        ],
        [
            "A credential counts toward a higher one, never back.",
            "Una credencial cuenta para otra superior, nunca de vuelta.",
        ],
        "badge(\"a\", \"A\").completion(courses(1, \"A *\"));\nbadge(\"b\", \"B\").completion(courses(2, \"A *\"));\nstack(\"a\").into(\"b\");\nstack(\"b\").into(\"a\");",
        "badge(\"a\", \"A\").completion(courses(1, \"A *\"));\nbadge(\"b\", \"B\").completion(courses(2, \"A *\"));\nstack(\"a\").into(\"b\");",
    ),
    rules(
        "duplicate-stack",
        ["A credential stacks twice into the same one.", "Una credencial se acumula dos veces en la misma."],
        ["It would not be clear which of the two limits holds.", "No quedaría claro cuál de los dos límites vale."],
        "badge(\"a\", \"A\").completion(courses(1, \"A *\"));\nbadge(\"b\", \"B\").completion(courses(2, \"A *\"));\nstack(\"a\").into(\"b\");\nstack(\"a\").into(\"b\");",
        "badge(\"a\", \"A\").completion(courses(1, \"A *\"));\nbadge(\"b\", \"B\").completion(courses(2, \"A *\"));\nstack(\"a\").into(\"b\");",
    ),
    rules(
        "stack-into-nothing",
        ["A stack does not say into what.", "Una acumulación no dice en qué."],
        ["It counts toward nothing.", "No cuenta para nada."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nstack(\"d\").carries(credits(3));",
        "badge(\"a\", \"A\").completion(courses(1, \"A *\"));\ndegree(\"d\", \"D\").completion(credits(9, \"A *\"));\nstack(\"a\").into(\"d\").carries(credits(3));",
    ),
    rules(
        "stack-into-twice",
        ["One stack goes into two credentials.", "Una acumulación va a dos credenciales."],
        ["What it carries may differ for each.", "Lo que lleva puede ser distinto para cada una."],
        "badge(\"a\", \"A\").completion(courses(1, \"A *\"));\ndegree(\"d\", \"D\").completion(credits(9, \"A *\"));\nstack(\"a\").into(\"d\").into(\"d\");",
        "badge(\"a\", \"A\").completion(courses(1, \"A *\"));\ndegree(\"d\", \"D\").completion(credits(9, \"A *\"));\nstack(\"a\").into(\"d\");",
    ),
    rules(
        "duplicate-sharing-policy",
        ["Two sharing policies have the same name.", "Dos políticas de uso compartido tienen el mismo nombre."],
        ["An answer names the policy that it obeys.", "Una respuesta nombra la política que obedece."],
        "sharing(\"p\").between(degrees(), degrees()).share_nothing();\nsharing(\"p\").between(badges(), badges()).share_nothing();",
        "sharing(\"p\").between(degrees(), degrees()).share_nothing();\nsharing(\"q\").between(badges(), badges()).share_nothing();",
    ),
    rules(
        "policy-unfinished",
        [
            "A sharing policy does not say between what, or how much.",
            "Una política de uso compartido no dice entre qué, o cuánto.",
        ],
        ["It would do nothing.", "No haría nada."],
        "sharing(\"p\").between(degrees(), degrees());",
        "sharing(\"p\").between(degrees(), degrees()).share_nothing();",
    ),
    rules(
        "bounded-twice",
        [
            "A sharing policy says twice how much may be shared.",
            "Una política de uso compartido dice dos veces cuánto se puede compartir.",
        ],
        [
            "Two policies say the same, and the stricter one wins.",
            "Dos políticas dicen lo mismo, y vale la más estricta.",
        ],
        "sharing(\"p\").between(degrees(), degrees()).share_nothing().share_everything();",
        "sharing(\"p\").between(degrees(), degrees()).share_nothing();",
    ),
    rules(
        "condition-twice",
        ["A sharing policy has two conditions.", "Una política de uso compartido tiene dos condiciones."],
        ["It would not be clear whether both or one must hold.", "No quedaría claro si deben cumplirse ambas o una."],
        "sharing(\"p\").between(degrees(), degrees()).share_nothing().while_pursuing(badges()).unless_pursuing(degrees());",
        "sharing(\"p\").between(degrees(), degrees()).share_nothing().while_pursuing(badges());",
    ),
    rules(
        "table-order",
        ["The sizes of a sharing table do not rise.", "Los tamaños de una tabla de uso compartido no crecen."],
        ["A size would fall into two rows.", "Un tamaño caería en dos filas."],
        "sharing(\"p\").between(degrees(), degrees()).share_by_size_of_first([[30, credits(6)], [18, credits(3)]]);",
        "sharing(\"p\").between(degrees(), degrees()).share_by_size_of_first([[18, credits(3)], [30, credits(6)]]);",
    ),
    rules(
        "duplicate-check",
        ["Two checks have the same name.", "Dos comprobaciones tienen el mismo nombre."],
        ["What is reported names its check.", "Lo que se informa nombra su comprobación."],
        "check(\"size\", \"It is small.\").requires(|c| c.credits <= 15);\ncheck(\"size\", \"It is large.\").requires(|c| c.credits >= 1);",
        "check(\"small\", \"It is small.\").requires(|c| c.credits <= 15);\ncheck(\"large\", \"It is large.\").requires(|c| c.credits >= 0);",
    ),
    rules(
        "check-unfinished",
        ["A check requires nothing.", "Una comprobación no exige nada."],
        ["Every credential would pass it.", "Toda credencial la pasaría."],
        "check(\"size\", \"It is small.\").applies_to(badges());",
        "check(\"size\", \"It is small.\").applies_to(badges()).requires(|c| c.credits <= 15);",
    ),
    rules(
        "check-broken",
        [
            "A condition of a check is neither true nor false.",
            "Una condición de una comprobación no es ni verdadera ni falsa.",
        ],
        ["It cannot be said whether a credential passes.", "No puede decirse si una credencial la pasa."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\ncheck(\"size\", \"It is small.\").requires(|c| c.credits);",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\ncheck(\"size\", \"It is small.\").requires(|c| c.credits <= 15);",
    ),
    rules(
        "failed-check",
        [
            "A credential fails one of the pack's own checks.",
            "Una credencial no pasa una de las comprobaciones propias del paquete.",
        ],
        [
            "The pack's authors agreed that no such credential is published.",
            "Los autores del paquete acordaron no publicar tal credencial.",
        ],
        "badge(\"b\", \"B\").completion(credits(30, \"A *\"));\ncheck(\"size\", \"A badge has at most 15 credits.\").applies_to(badges()).requires(|c| c.credits <= 15);",
        "badge(\"b\", \"B\").completion(credits(15, \"A *\"));\ncheck(\"size\", \"A badge has at most 15 credits.\").applies_to(badges()).requires(|c| c.credits <= 15);",
    ),
    rules(
        "duplicate-test",
        ["Two tests have the same name.", "Dos pruebas tienen el mismo nombre."],
        ["A test that fails is told by its name.", "Una prueba que falla se indica por su nombre."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\nscenario(\"s\").as_of(\"2026-01-01\").expects(\"d\", \"incomplete\");\nscenario(\"s\").as_of(\"2026-01-01\").expects(\"d\", \"incomplete\");",
        NINE,
    ),
];
