//! Codes about brackets, marks and quotation marks.

use super::explanation::{Explanation, rules};

const WHY: [&str; 2] = [
    "What follows cannot be told apart, so the file is not read.",
    "Lo que sigue no puede distinguirse, así que el archivo no se lee.",
];

pub(super) const ALL: &[Explanation] = &[
    rules(
        "stray-bracket",
        ["A bracket closes nothing.", "Un paréntesis o corchete no cierra nada."],
        WHY,
        "degree(\"d\", \"D\").completion(credits(9, \"A *\")));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "open-bracket",
        [
            "A bracket is never closed, or by one of another shape.",
            "Un paréntesis o corchete nunca se cierra, o con uno de otra forma.",
        ],
        WHY,
        "degree(\"d\", \"D\").completion(all_of([\"A 1\", \"A 2\"));",
        "degree(\"d\", \"D\").completion(all_of([\"A 1\", \"A 2\"]));",
    ),
    rules(
        "unfinished",
        ["The file ends in the middle of a statement.", "El archivo termina en medio de una frase."],
        WHY,
        "let list =",
        "let list = [\"A 1\"];\ndegree(\"d\", \"D\").completion(one_of(list));",
    ),
    rules(
        "open-text",
        ["A text lacks its quotation mark at the end.", "A un texto le falta la comilla final."],
        WHY,
        "degree(\"d\", \"D).completion(credits(9, 3));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "missing-value",
        ["A value is missing between two marks.", "Falta un valor entre dos signos."],
        WHY,
        "let list = ;",
        "let list = [\"A 1\"];\ndegree(\"d\", \"D\").completion(one_of(list));",
    ),
    rules(
        "stray-mark",
        ["A mark stands here that rules do not have.", "Aquí hay un signo que las reglas no tienen."],
        [
            "Word processors put such marks in place of straight quotation marks.",
            "Los procesadores de textos ponen tales signos en lugar de las comillas rectas.",
        ],
        "degree(“d”, \"D\").completion(credits(9, \"A *\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "bad-escape",
        [
            "A backslash in a text stands before a letter that means nothing there.",
            "En un texto, una barra inversa está ante una letra que ahí no significa nada.",
        ],
        ["The text would not be what it seems.", "El texto no sería lo que parece."],
        "degree(\"d\", \"D\\q\").completion(credits(9, \"A *\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "missing-mark",
        [
            "A comma, semicolon or bracket is missing before this place.",
            "Falta una coma, un punto y coma o un paréntesis antes de este lugar.",
        ],
        WHY,
        "degree(\"d\", \"D\").completion(credits(9 \"A *\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "missing-word",
        ["Nothing stands after a dot.", "No hay nada después de un punto."],
        WHY,
        "degree(\"d\", \"D\").;",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "listed-twice",
        ["The same thing is listed twice.", "Lo mismo se indica dos veces."],
        ["One of the two is probably meant to be another.", "Probablemente una de las dos debía ser otra."],
        "learner_attribute(\"standing\").choice([\"junior\", \"junior\"]);",
        "learner_attribute(\"standing\").choice([\"junior\", \"senior\"]);",
    ),
    rules(
        "misplaced-export",
        ["`export` stands inside something.", "`export` está dentro de algo."],
        [
            "Other files see only what stands at the outermost level.",
            "Los otros archivos solo ven lo que está en el nivel más externo.",
        ],
        "if true { export const list = [\"A 1\"]; }",
        "export const list = [\"A 1\"];",
    ),
    rules(
        "misplaced-break",
        ["`break` stands outside a loop.", "`break` está fuera de un bucle."],
        ["There is nothing to leave.", "No hay nada de donde salir."],
        "break;",
        "for n in 1..4 { course(`A ${n}`, \"A\").credits(3); }",
    ),
    rules(
        "unreadable",
        ["The script language cannot read this.", "El lenguaje de guiones no puede leer esto."],
        WHY,
        "fn nine(list, list) { credits(9, list) }",
        "fn nine(list) { credits(9, list) }\ndegree(\"d\", \"D\").completion(nine(\"A *\"));",
    ),
];
