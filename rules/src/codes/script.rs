//! What is said of files and of text that cannot be read as rules.

use credstack_model::Descriptor;

/// The remedy where a name resembles a known one.
pub(crate) const NEAR: &str = "did you mean `{near}`?";

// ---- files ----

pub(crate) static TOO_MANY_FILES: Descriptor = Descriptor::error(
    "too-many-files",
    "the pack has {found} files, and at most {allowed} are read",
    "split the pack into several",
);
pub(crate) static NO_ENTRY: Descriptor = Descriptor::error(
    "no-entry",
    "the pack has no file `{file}`",
    r#"add it; it begins with `catalog("name", "Title");`"#,
);
pub(crate) static UNREADABLE_FILE: Descriptor =
    Descriptor::error("unreadable-file", "the file cannot be read: {cause}", "see that it is there");
pub(crate) static FILE_TOO_LARGE: Descriptor = Descriptor::error(
    "file-too-large",
    "the file has {found} bytes; a file may have {allowed}, and all files together {together}",
    "split it into several files, or the pack into several packs",
);
pub(crate) static NOT_TEXT: Descriptor = Descriptor::error(
    "not-text",
    "line {line} of the file is not plain text",
    "save it as plain text in UTF-8, not as a word processor's document",
);
pub(crate) static UNKNOWN_IMPORT: Descriptor = Descriptor::error(
    "unknown-import",
    "there is no file `{path}` in this pack to import",
    "write its place in the pack without `.rhai`, such as `shared/pathways`",
);
/// The remedy of an import that leads out of the pack.
pub(crate) const IMPORT_FROM_OUTSIDE: &str = "a pack can import only from itself, by the place of the file in the pack";
pub(crate) static NOT_IMPORTED: Descriptor = Descriptor::error(
    "unknown-import",
    "`{name}` has not been imported in this file",
    "add a line such as `import \"shared/{name}\" as {name};` above",
);
pub(crate) static IMPORT_CIRCLE: Descriptor = Descriptor::error(
    "import-circle",
    "these files import each other in a circle: {circle}",
    "move what they share into a file of its own",
);
pub(crate) static TOO_MANY_DIAGNOSTICS: Descriptor = Descriptor::error(
    "too-many-diagnostics",
    "there are {more} more diagnostics, which are not shown",
    "mend these first",
);

// ---- words and names ----

pub(crate) static UNKNOWN_WORD: Descriptor =
    Descriptor::error("unknown-word", "there is no word `{name}`", "the reference lists every word of the language");
pub(crate) static UNKNOWN_QUESTION: Descriptor =
    Descriptor::error("unknown-word", "this cannot be asked here: {what}", "compare it with the reference");
pub(crate) static UNKNOWN_NAME: Descriptor = Descriptor::error(
    "unknown-name",
    "there is no name `{name}`",
    "give it a meaning above with `let`, or put a text in quotation marks",
);
/// The remedy of a name that is a word of the language.
pub(crate) const NEEDS_PARENTHESES: &str = "`{name}` needs parentheses here: `{name}(…)`";
/// The remedy of a name that is missing while the file runs.
pub(crate) const NAMES_OF_IMPORTS: &str =
    "names of an imported file are written `file::name`, and only those that it exports are there";
pub(crate) static UNKNOWN_IN_FUNCTION: Descriptor = Descriptor::error(
    "unknown-name",
    "`{name}` is not known inside this function",
    "a function knows only what it is given; add it to its particulars",
);
pub(crate) static NAME_TWICE: Descriptor =
    Descriptor::error("name-twice", "the name `{name}` is given twice", "use another name");
pub(crate) static CONSTANT_CHANGED: Descriptor = Descriptor::error(
    "constant-changed",
    "`{name}` is a `const` and cannot be changed",
    "use another name, or `let` in place of `const`",
);
pub(crate) static RESERVED_WORD: Descriptor = Descriptor::error(
    "reserved-word",
    "`{word}` cannot be used here",
    "this word cannot be used in rules; choose another",
);
/// The remedies of reserved words that authors try.
pub(crate) const RESERVED_HELP: [(&str, &str); 7] = [
    ("print", "rules say nothing while they are read; take it away"),
    ("debug", "rules say nothing while they are read; take it away"),
    ("is", r#"write `learner("standing", "junior")` or `having("delivery", "online")`"#),
    ("until", "write `completed_through`, `open_through` or `catalog_years_through`"),
    ("with", "leave it out, or write `.and(…)`"),
    ("default", "defaults follow `catalog(…)`, such as `.sharing_by_default(…)`"),
    ("shared", "write `.may_overlap(…)` or a `sharing(…)` policy"),
];

// ---- marks ----

pub(crate) static STRAY_BRACKET: Descriptor = Descriptor::error(
    "stray-bracket",
    "this `{mark}` closes nothing",
    "take it away, or look for the opening one that is missing before it",
);
pub(crate) static OPEN_BRACKET: Descriptor =
    Descriptor::error("open-bracket", "this `{mark}` is not closed", "put `{wanted}` where it ends");
/// The remedy where the place of the missing bracket is known.
pub(crate) const CLOSE_BEFORE: &str = "put `{wanted}` before the `{before}` in line {line}";
/// What stands where a bracket is missing.
pub(crate) const MISSING_BEFORE: &str = "`{wanted}` is missing before this `{before}`";
pub(crate) static UNFINISHED: Descriptor = Descriptor::error(
    "unfinished",
    "the file ends in the middle of a statement",
    "look for a parenthesis or bracket that is never closed, or a missing semicolon at the end",
);
pub(crate) static OPEN_TEXT: Descriptor = Descriptor::error(
    "open-text",
    "this text is not closed",
    "put a quotation mark `\"` at its end; a text ends on the line it starts on",
);
pub(crate) static MISSING_BEFORE_MARK: Descriptor = Descriptor::error(
    "missing-value",
    "something is missing before this `{mark}`",
    "write the value that belongs there, or take away a comma or `=` before it",
);
pub(crate) static MISSING_VALUE: Descriptor = Descriptor::error(
    "missing-value",
    "a value is missing here",
    "look for two commas in a row, or an `=` with nothing after it",
);
pub(crate) static STRAY_MARK: Descriptor = Descriptor::error(
    "stray-mark",
    "`{mark}` means nothing here",
    "use straight quotation marks `\"…\"` around texts, and plain commas and dots",
);
pub(crate) static OTHER_STRAY_MARK: Descriptor = Descriptor::error("stray-mark", "{what}", "look at the marks here");
pub(crate) static NOT_A_NUMBER: Descriptor = Descriptor::error(
    "bad-number",
    "`{text}` is not a number",
    "write numbers with digits and at most one point, such as `15` or `3.25`",
);
pub(crate) static BAD_ESCAPE: Descriptor = Descriptor::error(
    "bad-escape",
    "`{mark}` means nothing inside a text",
    "write a backslash in a text twice, `\\\\`",
);
pub(crate) static MISSING_MARK: Descriptor =
    Descriptor::error("missing-mark", "`{mark}` is missing before this place", "look just before this place");
/// The remedies of marks that are missing.
pub(crate) const MISSING_MARK_HELP: [(&str, &str); 5] = [
    (";", "end the statement before this place with a semicolon `;`"),
    (",", "put a comma between the two, or look for a quotation mark that is missing before"),
    (")", "close the parenthesis with `)`, or put a comma before what comes next"),
    ("]", "close the list with `]`, or put a comma before what comes next"),
    ("}", "close the braces with `}`"),
];
pub(crate) static MISSING_SYMBOL: Descriptor = Descriptor::error(
    "missing-mark",
    "something is missing here",
    "look for a missing comma, parenthesis or quotation mark just before this place",
);
pub(crate) static MISSING_WORD: Descriptor =
    Descriptor::error("missing-word", "a word is missing after this dot", "take the dot away, or finish the sentence");
pub(crate) static LISTED_TWICE_IN_MAP: Descriptor =
    Descriptor::error("listed-twice", "`{name}` is listed twice", "list it once");
pub(crate) static MISPLACED_EXPORT: Descriptor = Descriptor::error(
    "misplaced-export",
    "`export` can only stand at the outermost level of a file",
    "write `export const name = […];` on a line of its own",
);
pub(crate) static MISPLACED_BREAK: Descriptor =
    Descriptor::error("misplaced-break", "`break` can only stand in a loop", "take it away");
pub(crate) static UNREADABLE: Descriptor =
    Descriptor::error("unreadable", "{what}", "compare it with the examples of the reference");

// ---- sizes of what is read ----

pub(crate) static LITERAL_TOO_LARGE: Descriptor =
    Descriptor::error("too-large", "this text or list is longer than the {allowed} allowed", "split it into several");
pub(crate) static GROWS_TOO_LARGE: Descriptor =
    Descriptor::error("too-large", "a text or list grows too large here ({what})", "split it into several");
pub(crate) static NESTED_TOO_DEEPLY: Descriptor = Descriptor::error(
    "too-deep",
    "this is nested too deeply, or this sentence is too long, to be read",
    "give the inner parts names with `let`; end a long sentence and go on: `let s = scenario(…); s.took(…);`",
);
pub(crate) static CALLS_TOO_DEEP: Descriptor = Descriptor::error(
    "too-deep",
    "functions call each other too deeply",
    "a function must not call itself without end",
);
pub(crate) static TOO_MANY_FUNCTIONS: Descriptor =
    Descriptor::error("too-many-functions", "this file defines too many functions", "split the file");
pub(crate) static TOO_MANY_NAMES: Descriptor =
    Descriptor::error("too-many-names", "this file gives too many names", "split the file");
pub(crate) static TOO_MANY_IMPORTS: Descriptor =
    Descriptor::error("too-many-imports", "this file imports too many files", "put the lists into fewer files");
pub(crate) static FILE_NEVER_ENDS: Descriptor = Descriptor::error(
    "never-ends",
    "this file takes too many steps to be read; it was stopped here",
    "look for a loop that never ends",
);
pub(crate) static PACK_NEVER_ENDS: Descriptor = Descriptor::error(
    "never-ends",
    "the pack takes too many steps to be read; it was stopped here",
    "look for loops that run too often",
);

// ---- while a file runs ----

pub(crate) static WRONG_MARK: Descriptor = Descriptor::error(
    "wrong-mark",
    "`{mark}` cannot join these two",
    "`+` joins lists, texts and numbers; pools are joined with `.or(…)`",
);
pub(crate) static WRONG_USE: Descriptor = Descriptor::error(
    "wrong-particulars",
    "`{word}` cannot be used on what it is given here",
    "compare it with the reference, and count its particulars",
);
pub(crate) static THROWN: Descriptor =
    Descriptor::error("thrown", "the file stops itself: {what}", "mend what it complains of");
pub(crate) static CANNOT_BE_READ: Descriptor =
    Descriptor::error("cannot-be-read", "{what}", "compare it with the examples of the reference");
