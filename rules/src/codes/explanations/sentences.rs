//! Codes about words, what they are given, and the requirements they make.

use super::explanation::Unprovoked::Large;
use super::explanation::{Explanation, rules, without};

const LIMITS: [&str; 2] =
    ["Limits keep a pack readable in known time.", "Los límites mantienen la lectura en un tiempo conocido."];
const NINE: &str = "degree(\"d\", \"D\").completion(credits(9, \"A *\"));";

pub(super) const ALL: &[Explanation] = &[
    rules(
        "no-parentheses",
        ["A word stands without its parentheses.", "Una palabra está sin sus paréntesis."],
        ["Without them it says nothing.", "Sin ellos no dice nada."],
        "degree(\"d\", \"D\").completion(credits(9, everything().in_residence));",
        "degree(\"d\", \"D\").completion(credits(9, everything().in_residence()));",
    ),
    rules(
        "wrong-particulars",
        ["A word is given other particulars than it takes.", "Una palabra recibe datos distintos de los que admite."],
        ["Usually one is missing, or two are exchanged.", "Casi siempre falta uno, o dos están intercambiados."],
        "degree(\"d\", \"D\").completion(courses([\"A 1\"], 1));",
        "degree(\"d\", \"D\").completion(courses(1, [\"A 1\"]));",
    ),
    rules(
        "misplaced-word",
        ["A word follows something that it cannot follow.", "Una palabra sigue a algo a lo que no puede seguir."],
        [
            "A word belongs to what stands before its dot; a parenthesis often closes too early or too late.",
            "Una palabra pertenece a lo que está antes de su punto; a menudo un paréntesis se cierra antes o después de lo debido.",
        ],
        "degree(\"d\", \"D\").named(\"Breadth\").completion(courses(1, \"A *\"));",
        "degree(\"d\", \"D\").completion(courses(1, \"A *\").named(\"Breadth\"));",
    ),
    rules(
        "wrong-particular",
        [
            "One particular, or an entry of a list, is of the wrong kind.",
            "Un dato, o un elemento de una lista, es de otro tipo.",
        ],
        ["The word cannot tell what is meant.", "La palabra no puede saber qué se quiere decir."],
        "degree(\"d\", \"D\").completion(credits(9, [\"A 1\", 2]));",
        "degree(\"d\", \"D\").completion(credits(9, [\"A 1\", \"A 2\"]));",
    ),
    rules(
        "courses-for-requirement",
        ["Courses stand where requirements belong.", "Hay cursos donde corresponden requisitos."],
        [
            "A list of courses does not say how many of them are asked for.",
            "Una lista de cursos no dice cuántos de ellos se piden.",
        ],
        "degree(\"d\", \"D\").completion(all([\"A 1\", \"A 2\"]));",
        "degree(\"d\", \"D\").completion(all_of([\"A 1\", \"A 2\"]));",
    ),
    rules(
        "requirement-for-course",
        ["A requirement stands where courses belong.", "Hay un requisito donde corresponden cursos."],
        ["Requirements are joined by `all` and `any`.", "Los requisitos se unen con `all` y `any`."],
        "degree(\"d\", \"D\").completion(one_of([gpa(3.0, applied())]));",
        "degree(\"d\", \"D\").completion(any([gpa(3.0, applied()), courses(1, \"A *\")]));",
    ),
    rules(
        "bad-name",
        [
            "A name or code is empty, too long, or has blanks at its ends; or a pattern stands where a code belongs.",
            "Un nombre o código está vacío, es demasiado largo o tiene espacios en los extremos; o hay un patrón donde corresponde un código.",
        ],
        [
            "Records and bundles refer to it by this text.",
            "Los expedientes y los paquetes compilados lo nombran con este texto.",
        ],
        "degree(\" d\", \"D\").completion(credits(9, \"A *\"));",
        NINE,
    ),
    rules(
        "bad-number",
        [
            "A number has too many places, or is written in another way than numbers are.",
            "Un número tiene demasiados decimales o no está escrito como se escriben los números.",
        ],
        ["Credits are reckoned exactly, in thousandths.", "Los créditos se calculan con exactitud, en milésimas."],
        "degree(\"d\", \"D\").completion(credits(1.23456, \"A *\"));",
        "degree(\"d\", \"D\").completion(credits(1.234, \"A *\"));",
    ),
    rules(
        "negative-number",
        ["A number is negative where that means nothing.", "Un número es negativo donde eso no significa nada."],
        ["Nobody can have less than nothing.", "Nadie puede tener menos que nada."],
        "degree(\"d\", \"D\").completion(credits(-3, \"A *\"));",
        "degree(\"d\", \"D\").completion(credits(3, \"A *\"));",
    ),
    rules(
        "number-out-of-range",
        [
            "A number is not whole, or outside what the word takes.",
            "Un número no es entero, o está fuera de lo que la palabra admite.",
        ],
        [
            "The requirement could never be met, or always.",
            "El requisito no podría cumplirse nunca, o se cumpliría siempre.",
        ],
        "degree(\"d\", \"D\").completion(courses(1.5, \"A *\"));",
        "degree(\"d\", \"D\").completion(courses(2, \"A *\"));",
    ),
    rules(
        "bad-date",
        [
            "A text is not a real day, or not the name of a term.",
            "Un texto no es un día real ni el nombre de un período.",
        ],
        ["What depends on the day could not be decided.", "Lo que depende del día no podría decidirse."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").completed_from(\"2025-02-30\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").completed_from(\"2025-02-28\"));",
    ),
    rules(
        "window-backwards",
        ["A window of days or years ends before it starts.", "Un intervalo de días o años termina antes de empezar."],
        ["Nothing could fall into it.", "Nada podría caer en él."],
        "term(\"fall\", \"2025-12-19\", \"2025-08-25\");",
        "term(\"fall\", \"2025-08-25\", \"2025-12-19\");",
    ),
    rules(
        "unknown-choice",
        ["A text is none of those that can stand here.", "Un texto no es ninguno de los que pueden estar aquí."],
        ["Only the listed texts have a meaning.", "Solo los textos indicados tienen significado."],
        "degree(\"d\", \"D\").completion(credits(9, of_kind(\"bage\")));",
        "degree(\"d\", \"D\").completion(credits(9, of_kind(\"badge\")));",
    ),
    rules(
        "empty-list",
        ["A list is empty.", "Una lista está vacía."],
        [
            "Asking for all of nothing is met by everyone, and one of nothing by nobody.",
            "Todo de nada lo cumple cualquiera, y uno de nada no lo cumple nadie.",
        ],
        "degree(\"d\", \"D\").completion(all([]));",
        "degree(\"d\", \"D\").completion(no_requirement());",
    ),
    rules(
        "empty-pool",
        ["A pool has no courses.", "Un conjunto no tiene cursos."],
        ["Nothing can be counted from it.", "Nada se puede contar de él."],
        "degree(\"d\", \"D\").completion(credits(9, []));",
        "degree(\"d\", \"D\").completion(credits(9, [\"A 1\", \"A *\"]));",
    ),
    rules(
        "lists-too-deep",
        ["Lists stand inside lists too many times.", "Hay listas dentro de listas demasiadas veces."],
        ["A pool is one flat list.", "Un conjunto es una lista simple."],
        "degree(\"d\", \"D\").completion(credits(9, [[[[[[[[[[[\"A 1\"]]]]]]]]]]]));",
        "degree(\"d\", \"D\").completion(credits(3, [\"A 1\"]));",
    ),
    rules(
        "bad-range",
        ["A range of courses or levels is not one.", "Un intervalo de cursos o niveles no lo es."],
        ["Nothing could fall into it.", "Nada podría caer en él."],
        "degree(\"d\", \"D\").completion(credits(9, \"CSCI 5999..5000\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"CSCI 5000..5999\"));",
    ),
    without(
        "pool-too-large",
        ["A pool has more parts than are accepted.", "Un conjunto tiene más partes de las que se aceptan."],
        LIMITS,
        Large,
    ),
    without(
        "choice-too-large",
        [
            "A choice of credentials has more parts than are accepted.",
            "Una selección de credenciales tiene más partes de las que se aceptan.",
        ],
        LIMITS,
        Large,
    ),
    without(
        "too-much-built",
        [
            "The pack builds more requirements and pools than are accepted, also in passing.",
            "El paquete construye más requisitos y conjuntos de los que se aceptan, también de paso.",
        ],
        LIMITS,
        Large,
    ),
    without(
        "requirement-too-large",
        ["A requirement has more parts than are accepted.", "Un requisito tiene más partes de las que se aceptan."],
        LIMITS,
        Large,
    ),
    rules(
        "more-than-listed",
        ["More requirements are asked for than are listed.", "Se piden más requisitos de los que se indican."],
        ["Nobody can meet it.", "Nadie puede cumplirlo."],
        "degree(\"d\", \"D\").completion(at_least(3, [courses(1, \"A *\"), courses(1, \"B *\")]));",
        "degree(\"d\", \"D\").completion(at_least(2, [courses(1, \"A *\"), courses(1, \"B *\")]));",
    ),
    rules(
        "more-than-most",
        ["The most that is taken is less than what is asked.", "El máximo que se toma es menor que lo que se pide."],
        ["Nobody can meet it.", "Nadie puede cumplirlo."],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").up_to(6));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").up_to(12));",
    ),
    rules(
        "up-to-elsewhere",
        [
            "`up_to` follows a requirement that does not take from one pool.",
            "`up_to` sigue a un requisito que no toma de un solo conjunto.",
        ],
        ["For a group a limit says the same.", "Para un grupo, un límite dice lo mismo."],
        "degree(\"d\", \"D\").completion(all([credits(9, \"A *\"), credits(9, \"B *\")]).up_to(24));",
        "degree(\"d\", \"D\").completion(all([credits(9, \"A *\"), credits(9, \"B *\")]).at_most(credits(24)));",
    ),
    rules(
        "test-takes-courses",
        ["The test of a `when` or `not` takes courses.", "La condición de un `when` o `not` toma cursos."],
        [
            "A test only looks: what it took would be missing elsewhere.",
            "Una condición solo mira: lo que tomara faltaría en otra parte.",
        ],
        "degree(\"d\", \"D\").completion(when(courses(1, \"A *\"), courses(1, \"B *\")));",
        "degree(\"d\", \"D\").completion(when(has(courses(1, \"A *\")), courses(1, \"B *\")));",
    ),
    rules(
        "nothing-to-look-at",
        ["`has` stands around what takes no courses.", "`has` rodea a algo que no toma cursos."],
        ["It changes nothing there.", "Ahí no cambia nada."],
        "degree(\"d\", \"D\").completion(all([courses(1, \"A *\"), has(gpa(3.0, applied()))]));",
        "degree(\"d\", \"D\").completion(all([courses(1, \"A *\"), gpa(3.0, applied())]));",
    ),
    rules(
        "look-with-limits",
        ["What only looks has a limit.", "Lo que solo mira tiene un límite."],
        [
            "Limits bound what is counted, and nothing is counted here.",
            "Los límites acotan lo que se cuenta, y aquí no se cuenta nada.",
        ],
        "degree(\"d\", \"D\").completion(has(credits(9, \"A *\").up_to(12)));",
        "degree(\"d\", \"D\").completion(has(credits(9, \"A *\")));",
    ),
    rules(
        "nothing-to-narrow",
        [
            "A word narrows what a requirement takes, and it takes nothing.",
            "Una palabra restringe lo que un requisito toma, y este no toma nada.",
        ],
        ["The word would do nothing.", "La palabra no haría nada."],
        "degree(\"d\", \"D\").completion(gpa(3.0, applied()).min_grade(\"B\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"B\"));",
    ),
    rules(
        "tested-twice",
        ["An attribute is tested twice in one sentence.", "Un atributo tiene dos condiciones en una frase."],
        ["Only one test can stand there.", "Ahí solo puede estar una condición."],
        "learner_attribute(\"n\").number();\ndegree(\"d\", \"D\").completion(learner(\"n\", 3).at_least(2));",
        "learner_attribute(\"n\").number();\ndegree(\"d\", \"D\").completion(learner(\"n\").at_least(2));",
    ),
    rules(
        "percent-of-what",
        [
            "A percentage does not say of what, or not of what can be meant here.",
            "Un porcentaje no dice de qué, o no de lo que aquí puede entenderse.",
        ],
        [
            "Half of what is required and half of what is applied differ.",
            "La mitad de lo exigido y la mitad de lo aplicado son distintas.",
        ],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").at_least(percent(50), \"A 5*\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").at_least(percent(50).of_required_credits(), \"A 5*\"));",
    ),
    rules(
        "two-measures",
        [
            "Two amounts that are compared are of different measures.",
            "Dos cantidades que se comparan son de medidas distintas.",
        ],
        ["Credits cannot be counted among courses.", "No se pueden contar créditos entre cursos."],
        "degree(\"d\", \"D\").completion(credits(30, \"A *\").at_least_of_last(credits(24), courses(10), in_residence()));",
        "degree(\"d\", \"D\").completion(credits(30, \"A *\").at_least_of_last(credits(24), credits(30), in_residence()));",
    ),
    rules(
        "unused-name",
        ["A name is given and never used.", "Un nombre se da y no se usa nunca."],
        [
            "A list that no requirement uses is often a requirement that was forgotten.",
            "Una lista que ningún requisito usa es a menudo un requisito olvidado.",
        ],
        "let electives = [\"A 1\"];\ndegree(\"d\", \"D\").completion(credits(9, \"A *\"));",
        "let electives = [\"A 1\"];\ndegree(\"d\", \"D\").completion(one_of(electives));",
    ),
    rules(
        "unused-requirement",
        [
            "A requirement is written and becomes part of no credential.",
            "Un requisito se escribe y no llega a ser parte de ninguna credencial.",
        ],
        [
            "The learner is not asked for it; often a semicolon ended the sentence too early.",
            "Al estudiante no se le pide; a menudo un punto y coma terminó la frase antes de tiempo.",
        ],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));\ngpa(3.0, applied());",
        "degree(\"d\", \"D\").completion(all([credits(9, \"A *\"), gpa(3.0, applied())]));",
    ),
    rules(
        "pool-too-small",
        [
            "A requirement asks for more than all that it lists is worth.",
            "Un requisito pide más de lo que vale todo lo que indica.",
        ],
        ["Nobody can meet it.", "Nadie puede cumplirlo."],
        "course([\"A 1\", \"A 2\"]).credits(3);\ndegree(\"d\", \"D\").completion(credits(9, [\"A 1\", \"A 2\"]));",
        "course([\"A 1\", \"A 2\"]).credits(3);\ndegree(\"d\", \"D\").completion(credits(6, [\"A 1\", \"A 2\"]));",
    ),
    rules(
        "idle-grade",
        ["A lowest grade excludes nothing.", "Una calificación mínima no excluye nada."],
        [
            "The rule seems to ask for something and does not; a wrong grade or scale was probably named.",
            "La regla parece pedir algo y no lo pide; probablemente se nombró otra calificación o escala.",
        ],
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"D-\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\").min_grade(\"C\"));",
    ),
];
