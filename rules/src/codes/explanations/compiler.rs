//! Codes that the compiler alone gives. Most guard bundles and catalogs that something other than
//! rules has written.

use super::explanation::Unprovoked::{Guard, Large, OtherWriters};
use super::explanation::{Explanation, without};

const SIZE: [&str; 2] =
    ["Limits keep a catalog answerable in known time.", "Los límites mantienen las respuestas en un tiempo conocido."];

pub(super) const ALL: &[Explanation] = &[
    without(
        "catalog-too-large",
        [
            "The catalog has more credentials, courses or bytes than are accepted.",
            "El catálogo tiene más credenciales, cursos o bytes de los que se aceptan.",
        ],
        SIZE,
        Large,
    ),
    without(
        "credential-too-large",
        [
            "A credential has more requirements than are accepted.",
            "Una credencial tiene más requisitos de los que se aceptan.",
        ],
        SIZE,
        Large,
    ),
    without(
        "cannot-write-bundle",
        ["The catalog could not be written as a bundle.", "El catálogo no pudo escribirse como paquete compilado."],
        ["There is then nothing to answer from.", "Entonces no hay con qué responder."],
        Guard,
    ),
    without(
        "bad-choices",
        [
            "An attribute with choices has none, or one twice.",
            "Un atributo con opciones no tiene ninguna, o una dos veces.",
        ],
        [
            "No record could state a value, or two would be the same.",
            "Ningún expediente podría indicar un valor, o dos serían el mismo.",
        ],
        OtherWriters,
    ),
    without(
        "bad-month",
        ["Academic years start in a month that there is not.", "Los años académicos empiezan en un mes que no existe."],
        ["A date would belong to no catalog year.", "Una fecha no pertenecería a ningún año de catálogo."],
        OtherWriters,
    ),
    without(
        "bad-repeats",
        ["A repeat policy keeps no attempt.", "Una política de repetición no conserva ningún intento."],
        ["The course would never count.", "El curso no contaría nunca."],
        OtherWriters,
    ),
    without(
        "bad-term",
        ["A term ends before it starts.", "Un período termina antes de empezar."],
        ["Nothing could be completed in it.", "Nada podría completarse en él."],
        OtherWriters,
    ),
    without(
        "bad-equivalence",
        ["An equivalence names fewer than two codes.", "Una equivalencia nombra menos de dos códigos."],
        ["It would say nothing.", "No diría nada."],
        OtherWriters,
    ),
    without(
        "bad-percentage",
        ["A percentage is below 0 or above 100.", "Un porcentaje es menor que 0 o mayor que 100."],
        ["A part cannot be more than the whole.", "Una parte no puede ser más que el todo."],
        OtherWriters,
    ),
    without(
        "bad-window",
        ["A window of dates ends before it starts.", "Un intervalo de fechas termina antes de empezar."],
        ["Nothing could fall into it.", "Nada podría caer en él."],
        OtherWriters,
    ),
    without(
        "bad-catalog-years",
        [
            "The editions of a credential overlap or run backwards.",
            "Las ediciones de una credencial se superponen o van hacia atrás.",
        ],
        [
            "A learner of that year would have two sets of rules, or none.",
            "Un estudiante de ese año tendría dos juegos de reglas, o ninguno.",
        ],
        OtherWriters,
    ),
    without(
        "takes-in-a-test",
        ["The test of a `when` or `not` takes attainments.", "La condición de un `when` o `not` toma logros."],
        ["What it took would be missing elsewhere.", "Lo que tomara faltaría en otra parte."],
        OtherWriters,
    ),
    without(
        "empty-all",
        ["All of nothing is asked.", "Se pide todo de nada."],
        ["Everyone has it.", "Cualquiera lo tiene."],
        OtherWriters,
    ),
    without(
        "empty-any",
        ["One of nothing is asked.", "Se pide uno de nada."],
        ["Nobody can have it.", "Nadie puede tenerlo."],
        OtherWriters,
    ),
    without(
        "more-than-there-are",
        ["More requirements are asked for than there are.", "Se piden más requisitos de los que hay."],
        ["Nobody can meet it.", "Nadie puede cumplirlo."],
        OtherWriters,
    ),
    without(
        "contradiction",
        ["Two numbers of a requirement cannot both hold.", "Dos números de un requisito no pueden cumplirse a la vez."],
        ["Nobody can meet it.", "Nadie puede cumplirlo."],
        OtherWriters,
    ),
    without(
        "duplicate-policy",
        ["Two sharing policies have the same name.", "Dos políticas de uso compartido tienen el mismo nombre."],
        ["An answer names the policy that it obeys.", "Una respuesta nombra la política que obedece."],
        OtherWriters,
    ),
    without(
        "bad-table",
        [
            "The rows of a sharing table do not rise, or there are none.",
            "Las filas de una tabla de uso compartido no crecen, o no hay ninguna.",
        ],
        ["A size would fall into two rows, or none.", "Un tamaño caería en dos filas, o en ninguna."],
        OtherWriters,
    ),
];
