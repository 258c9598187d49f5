//! Codes about files, names and how much is read.

use super::explanation::Unprovoked::{Disk, Guard, Large};
use super::explanation::{Explanation, files, rules, without};

pub(super) const ALL: &[Explanation] = &[
    files(
        "no-entry",
        ["The pack has no file `pack.rhai`.", "El paquete no tiene el archivo `pack.rhai`."],
        ["Reading starts there: it names the catalog.", "La lectura empieza ahí: nombra el catálogo."],
        &[("rules.rhai", "catalog(\"t\", \"Test\");")],
        &[("pack.rhai", "catalog(\"t\", \"Test\");")],
    ),
    files(
        "no-catalog",
        ["No file of the pack names its catalog.", "Ningún archivo del paquete nombra su catálogo."],
        [
            "Bundles and answers say which catalog they are of.",
            "Los paquetes compilados y las respuestas dicen de qué catálogo son.",
        ],
        &[("pack.rhai", "course(\"A 1\", \"One\").credits(3);")],
        &[("pack.rhai", "catalog(\"t\", \"Test\");\ncourse(\"A 1\", \"One\").credits(3);")],
    ),
    files(
        "unknown-import",
        [
            "An import names a file that is not in the pack, or a name is used whose file was not imported.",
            "Un import nombra un archivo que no está en el paquete, o se usa un nombre cuyo archivo no se importó.",
        ],
        [
            "A pack is whole in itself: nothing outside its folder is read.",
            "Un paquete está completo en sí mismo: no se lee nada fuera de su carpeta.",
        ],
        &[
            ("pack.rhai", "catalog(\"t\", \"Test\");\nimport \"shared/list\" as lists;"),
            ("shared/lists.rhai", "export const a = [\"A 1\"];"),
        ],
        &[
            ("pack.rhai", "catalog(\"t\", \"Test\");\nimport \"shared/lists\" as lists;"),
            ("shared/lists.rhai", "export const a = [\"A 1\"];"),
        ],
    ),
    files(
        "import-circle",
        ["Files import each other in a circle.", "Unos archivos se importan en círculo."],
        ["None of them could be read before the others.", "Ninguno podría leerse antes que los otros."],
        &[
            ("pack.rhai", "catalog(\"t\", \"Test\");\nimport \"a\" as a;"),
            ("a.rhai", "import \"b\" as b;"),
            ("b.rhai", "import \"a\" as a;"),
        ],
        &[
            ("pack.rhai", "catalog(\"t\", \"Test\");\nimport \"a\" as a;"),
            ("a.rhai", "import \"b\" as b;"),
            ("b.rhai", "export const list = [\"A 1\"];"),
        ],
    ),
    rules(
        "unknown-word",
        ["A word is used that the language does not have.", "Se usa una palabra que el lenguaje no tiene."],
        [
            "The sentence says nothing as long as the word is not known; usually it is misspelled.",
            "La frase no dice nada mientras no se conozca la palabra; casi siempre está mal escrita.",
        ],
        "degre(\"d\", \"D\").completion(credits(9, \"A *\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "unknown-name",
        ["A name is used that nothing has given.", "Se usa un nombre que nada ha dado."],
        [
            "A list that is not known cannot be read; or a text lacks its quotation marks.",
            "Una lista que no se conoce no puede leerse; o a un texto le faltan las comillas.",
        ],
        "let electives = [\"A 1\"];\ndegree(\"d\", \"D\").completion(one_of(electivs));",
        "let electives = [\"A 1\"];\ndegree(\"d\", \"D\").completion(one_of(electives));",
    ),
    without(
        "name-twice",
        ["A name is given twice.", "Un nombre se da dos veces."],
        ["It would not be clear which is meant.", "No quedaría claro cuál se quiere decir."],
        Guard,
    ),
    rules(
        "constant-changed",
        ["A `const` is given another value.", "Se da otro valor a un `const`."],
        ["Who reads the file relies on it.", "Quien lee el archivo confía en él."],
        "const list = [\"A 1\"];\nlist = [\"A 2\"];\ndegree(\"d\", \"D\").completion(one_of(list));",
        "let list = [\"A 1\"];\nlist = [\"A 2\"];\ndegree(\"d\", \"D\").completion(one_of(list));",
    ),
    rules(
        "reserved-word",
        [
            "A word stands here that the script language keeps for itself.",
            "Aquí está una palabra que el lenguaje de guiones se reserva.",
        ],
        ["It can be neither a name nor a word of rules.", "No puede ser un nombre ni una palabra de las reglas."],
        "degree(\"d\", \"D\").completion(learner(\"x\").is(\"y\"));",
        "learner_attribute(\"x\").text();\ndegree(\"d\", \"D\").completion(learner(\"x\", \"y\"));",
    ),
    without(
        "too-many-files",
        ["The pack has more files than are read.", "El paquete tiene más archivos de los que se leen."],
        ["Limits keep a pack readable in known time.", "Los límites mantienen la lectura en un tiempo conocido."],
        Large,
    ),
    without(
        "unreadable-file",
        ["A file of the pack cannot be opened.", "No se puede abrir un archivo del paquete."],
        ["What it says is missing from the catalog.", "Lo que dice falta en el catálogo."],
        Disk,
    ),
    without(
        "file-too-large",
        ["A file has more bytes than are read.", "Un archivo tiene más bytes de los que se leen."],
        ["Limits keep a pack readable in known time.", "Los límites mantienen la lectura en un tiempo conocido."],
        Large,
    ),
    without(
        "not-text",
        ["A file is not plain text in UTF-8.", "Un archivo no es texto sin formato en UTF-8."],
        [
            "Documents of word processors hold more than their text.",
            "Los documentos de los procesadores de textos contienen más que su texto.",
        ],
        Disk,
    ),
    without(
        "too-many-diagnostics",
        ["More is wrong than is shown at once.", "Hay más errores de los que se muestran a la vez."],
        ["One mistake often causes many more.", "Un error causa a menudo muchos más."],
        Large,
    ),
    without(
        "too-large",
        [
            "A text or list is longer than is accepted, or grows without end.",
            "Un texto o una lista es más largo de lo que se acepta, o crece sin fin.",
        ],
        ["Limits keep a pack readable in known time.", "Los límites mantienen la lectura en un tiempo conocido."],
        Large,
    ),
    rules(
        "too-deep",
        [
            "Something is nested too deeply: brackets, requirements, or functions that call each other.",
            "Algo está anidado a demasiados niveles: paréntesis, requisitos o funciones que se llaman unas a otras.",
        ],
        ["Nobody could follow the explanation of such a rule.", "Nadie podría seguir la explicación de tal regla."],
        "fn again(n) { again(n + 1) }\nagain(1);",
        "fn nine(list) { credits(9, list) }\ndegree(\"d\", \"D\").completion(nine(\"A *\"));",
    ),
    without(
        "too-many-functions",
        ["A file defines more functions than are accepted.", "Un archivo define más funciones de las que se aceptan."],
        ["Limits keep a pack readable in known time.", "Los límites mantienen la lectura en un tiempo conocido."],
        Large,
    ),
    without(
        "too-many-names",
        ["A file gives more names than are accepted.", "Un archivo da más nombres de los que se aceptan."],
        ["Limits keep a pack readable in known time.", "Los límites mantienen la lectura en un tiempo conocido."],
        Large,
    ),
    without(
        "too-many-imports",
        ["A file imports more files than are accepted.", "Un archivo importa más archivos de los que se aceptan."],
        ["Limits keep a pack readable in known time.", "Los límites mantienen la lectura en un tiempo conocido."],
        Large,
    ),
    rules(
        "never-ends",
        ["Reading took more steps than are accepted.", "La lectura necesitó más pasos de los que se aceptan."],
        ["A loop without an end would never give a catalog.", "Un bucle sin fin nunca daría un catálogo."],
        "let n = 0;\nloop { n += 1; }",
        "for n in 1..4 { course(`A ${n}`, \"A\").credits(3); }",
    ),
    rules(
        "wrong-mark",
        [
            "Two values are joined by a mark that cannot join them.",
            "Dos valores se unen con un signo que no puede unirlos.",
        ],
        ["Pools are joined by words that say how.", "Los conjuntos se unen con palabras que dicen cómo."],
        "degree(\"d\", \"D\").completion(credits(9, subject(\"A\") + subject(\"B\")));",
        "degree(\"d\", \"D\").completion(credits(9, subject(\"A\").or(subject(\"B\"))));",
    ),
    rules(
        "thrown",
        ["The file stops itself with `throw`.", "El archivo se detiene a sí mismo con `throw`."],
        ["What stands after it is not read.", "Lo que está después no se lee."],
        "throw \"not finished\";",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));",
    ),
    rules(
        "cannot-be-read",
        [
            "The file stops at something that cannot be carried out.",
            "El archivo se detiene en algo que no puede llevarse a cabo.",
        ],
        ["What stands after it is not read.", "Lo que está después no se lee."],
        "degree(\"d\", \"D\").completion(credits(9 / 0, \"A *\"));",
        "degree(\"d\", \"D\").completion(credits(9, \"A *\"));",
    ),
];
