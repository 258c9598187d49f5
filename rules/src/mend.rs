//! What Rhai says, in the author's words.

use credstack_model::{Diagnostic, Source};
use rhai::{EvalAltResult, LexError, ParseError, ParseErrorType};

use crate::host::position;
use crate::lex::FileText;

/// A text that cannot be read.
pub(crate) fn unreadable(error: &ParseError, file: &str, text: Option<&FileText>) -> Diagnostic {
    let source = position(error.position(), file.to_owned());
    let about_marks = matches!(
        error.err_type(),
        ParseErrorType::MissingToken(..)
            | ParseErrorType::UnexpectedEOF
            | ParseErrorType::MissingSymbol(_)
            | ParseErrorType::BadInput(LexError::UnexpectedInput(_))
    );
    if about_marks && let Some(diagnostic) = text.and_then(|text| unbalanced(text, file)) {
        return diagnostic;
    }
    let (code, message, help) = parsing(error.err_type());
    Diagnostic::error(code, message, Some(&source)).with_help(help)
}

/// A bracket that does not close says more than the place where reading stopped.
fn unbalanced(text: &FileText, file: &str) -> Option<Diagnostic> {
    let (open, close) = text.unbalanced()?;
    let (mark, place) = (open.mark(), FileText::place(open, file));
    let wanted = match mark {
        "(" => ")",
        "[" => "]",
        "{" | "#{" => "}",
        _ => {
            let message = format!("this `{mark}` closes nothing");
            return Some(
                Diagnostic::error("stray-bracket", message, Some(&place))
                    .with_help("take it away, or look for the opening one that is missing before it"),
            );
        }
    };
    let message = format!("this `{mark}` is not closed");
    let diagnostic = Diagnostic::error("open-bracket", message, Some(&place));
    Some(match close {
        Some(close) => diagnostic
            .with_label(&FileText::place(close, file), format!("`{wanted}` is missing before this `{}`", close.mark()))
            .with_help(format!("put `{wanted}` before the `{}` in line {}", close.mark(), close.line)),
        None => diagnostic.with_help(format!("put `{wanted}` where it ends")),
    })
}

fn parsing(error: &ParseErrorType) -> (&'static str, String, String) {
    let said = |code, message: &str, help: &str| (code, message.to_owned(), help.to_owned());
    match error {
        ParseErrorType::UnexpectedEOF => said(
            "unfinished",
            "the file ends in the middle of a statement",
            "look for a parenthesis or bracket that is never closed, or a missing semicolon at the end",
        ),
        ParseErrorType::BadInput(LexError::UnterminatedString) => said(
            "open-text",
            "this text is not closed",
            "put a quotation mark `\"` at its end; a text ends on the line it starts on",
        ),
        ParseErrorType::BadInput(LexError::UnexpectedInput(what))
            if [";", ",", ")", "]", "}"].contains(&what.as_str()) =>
        {
            (
                "missing-value",
                format!("something is missing before this `{what}`"),
                "write the value that belongs there, or take away a comma or `=` before it".to_owned(),
            )
        }
        ParseErrorType::BadInput(LexError::UnexpectedInput(what)) => (
            "stray-mark",
            format!("`{what}` means nothing here"),
            "use straight quotation marks `\"…\"` around texts, and plain commas and dots".to_owned(),
        ),
        ParseErrorType::BadInput(LexError::MalformedNumber(what)) => (
            "bad-number",
            format!("`{what}` is not a number"),
            "write numbers with digits and at most one point, such as `15` or `3.25`".to_owned(),
        ),
        ParseErrorType::BadInput(LexError::MalformedEscapeSequence(what)) => (
            "bad-escape",
            format!("`{what}` means nothing inside a text"),
            "write a backslash in a text twice, `\\\\`".to_owned(),
        ),
        ParseErrorType::BadInput(LexError::StringTooLong(most)) | ParseErrorType::LiteralTooLarge(_, most) => (
            "too-large",
            format!("this text or list is longer than the {most} allowed"),
            "split it into several".to_owned(),
        ),
        ParseErrorType::BadInput(LexError::ImproperSymbol(symbol, _)) => disabled(symbol),
        ParseErrorType::BadInput(other) => {
            ("stray-mark", lower(&other.to_string()), "look at the marks here".to_owned())
        }
        ParseErrorType::MissingToken(token, _) => missing(token),
        ParseErrorType::MissingSymbol(_) => said(
            "missing-mark",
            "something is missing here",
            "look for a missing comma, parenthesis or quotation mark just before this place",
        ),
        ParseErrorType::ExprExpected(_) => said(
            "missing-value",
            "a value is missing here",
            "look for two commas in a row, or an `=` with nothing after it",
        ),
        ParseErrorType::Reserved(word) => disabled(word),
        ParseErrorType::VariableUndefined(name) => (
            "unknown-name",
            format!("there is no name `{name}`"),
            "give it a meaning above with `let`, or put a text in quotation marks".to_owned(),
        ),
        ParseErrorType::ModuleUndefined(name) => (
            "unknown-import",
            format!("`{name}` has not been imported in this file"),
            format!("add a line such as `import \"shared/{name}\" as {name};` above"),
        ),
        ParseErrorType::AssignmentToConstant(name) => (
            "constant-changed",
            format!("`{name}` is a `const` and cannot be changed"),
            "use another name, or `let` in place of `const`".to_owned(),
        ),
        ParseErrorType::ExprTooDeep => said(
            "too-deep",
            "this is nested too deeply, or this sentence is too long, to be read",
            "give the inner parts names with `let`; end a long sentence and go on: `let s = scenario(…); s.took(…);`",
        ),
        ParseErrorType::TooManyFunctions => {
            said("too-many-functions", "this file defines too many functions", "split the file")
        }
        ParseErrorType::PropertyExpected => {
            said("missing-word", "a word is missing after this dot", "take the dot away, or finish the sentence")
        }
        ParseErrorType::DuplicatedProperty(name) => {
            ("listed-twice", format!("`{name}` is listed twice"), "list it once".to_owned())
        }
        ParseErrorType::VariableExists(name) => {
            ("name-twice", format!("the name `{name}` is given twice"), "use another name".to_owned())
        }
        ParseErrorType::WrongExport => said(
            "misplaced-export",
            "`export` can only stand at the outermost level of a file",
            "write `export const name = […];` on a line of its own",
        ),
        ParseErrorType::LoopBreak => said("misplaced-break", "`break` can only stand in a loop", "take it away"),
        other => ("unreadable", lower(&other.to_string()), "compare it with the examples of the reference".to_owned()),
    }
}

fn missing(token: &str) -> (&'static str, String, String) {
    let help = match token {
        ";" => "end the statement before this place with a semicolon `;`",
        "," => "put a comma between the two, or look for a quotation mark that is missing before",
        ")" => "close the parenthesis with `)`, or put a comma before what comes next",
        "]" => "close the list with `]`, or put a comma before what comes next",
        "}" => "close the braces with `}`",
        _ => "look just before this place",
    };
    ("missing-mark", format!("`{token}` is missing before this place"), help.to_owned())
}

fn disabled(word: &str) -> (&'static str, String, String) {
    let word = word.trim_matches('\'');
    let help = match word {
        "print" | "debug" => "rules say nothing while they are read; take it away",
        "is" => r#"write `learner("standing", "junior")` or `having("delivery", "online")`"#,
        "until" => "write `completed_through`, `open_through` or `catalog_years_through`",
        "with" => "leave it out, or write `.and(…)`",
        "default" => "defaults follow `catalog(…)`, such as `.sharing_by_default(…)`",
        "shared" => "write `.may_overlap(…)` or a `sharing(…)` policy",
        _ => "this word cannot be used in rules; choose another",
    };
    ("reserved-word", format!("`{word}` cannot be used here"), help.to_owned())
}

/// A script that stopped before its end. `None` where the author has been told already.
pub(crate) fn stopped(error: &EvalAltResult, file: &str) -> Option<Diagnostic> {
    let error = innermost(error);
    let source: Source = position(error.position(), file.to_owned());
    let say =
        |code: &str, message: &str, help: &str| Some(Diagnostic::error(code, message, Some(&source)).with_help(help));
    match error {
        EvalAltResult::ErrorTooManyOperations(_) => say(
            "never-ends",
            "this file takes too many steps to be read; it was stopped here",
            "look for a loop that never ends",
        ),
        EvalAltResult::ErrorTerminated(why, _) if why.clone().into_string().as_deref() == Ok("total-steps") => say(
            "never-ends",
            "the pack takes too many steps to be read; it was stopped here",
            "look for loops that run too often",
        ),
        EvalAltResult::ErrorTerminated(..) => None,
        EvalAltResult::ErrorModuleNotFound(..) => None,
        EvalAltResult::ErrorParsing(what, _) => {
            let (code, message, help) = parsing(what);
            say(code, &message, &help)
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            say("too-deep", "functions call each other too deeply", "a function must not call itself without end")
        }
        EvalAltResult::ErrorDataTooLarge(what, _) => {
            say("too-large", &format!("a text or list grows too large here ({})", lower(what)), "split it into several")
        }
        EvalAltResult::ErrorTooManyVariables(_) => {
            say("too-many-names", "this file gives too many names", "split the file")
        }
        EvalAltResult::ErrorTooManyModules(_) => {
            say("too-many-imports", "this file imports too many files", "put the lists into fewer files")
        }
        EvalAltResult::ErrorVariableNotFound(name, _) => say(
            "unknown-name",
            &format!("there is no name `{name}`"),
            "names of an imported file are written `file::name`, and only those that it exports are there",
        ),
        EvalAltResult::ErrorFunctionNotFound(signature, _) => {
            let name = signature.split('(').next().unwrap_or_default().trim().to_owned();
            let mark = !name.chars().any(char::is_alphanumeric);
            if mark {
                let message = format!("`{name}` cannot join these two");
                say("wrong-mark", &message, "`+` joins lists, texts and numbers; pools are joined with `.or(…)`")
            } else {
                let message = format!("`{name}` cannot be used on what it is given here");
                say("wrong-particulars", &message, "compare it with the reference, and count its particulars")
            }
        }
        EvalAltResult::ErrorDotExpr(what, _) | EvalAltResult::ErrorPropertyNotFound(what, _) => {
            say("unknown-word", &format!("this cannot be asked here: {}", lower(what)), "compare it with the reference")
        }
        EvalAltResult::ErrorRuntime(value, _) => {
            say("thrown", &format!("the file stops itself: {value}"), "mend what it complains of")
        }
        other => say("cannot-be-read", &lower(&plain(other)), "compare it with the examples of the reference"),
    }
}

/// One sentence about an error inside a check.
pub(crate) fn sentence(error: &EvalAltResult) -> String {
    stopped(error, "").map_or_else(|| "it was stopped".to_owned(), |d| d.message)
}

fn innermost(error: &EvalAltResult) -> &EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) | EvalAltResult::ErrorInModule(_, inner, _) => {
            innermost(inner)
        }
        other => other,
    }
}

/// The error's own sentence without its position.
fn plain(error: &EvalAltResult) -> String {
    let text = error.to_string();
    text.rsplit_once(" (line ").map_or_else(|| text.clone(), |(before, _)| before.to_owned())
}

fn lower(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    let text = format!("{first}{}", letters.as_str());
    text.lines().next().unwrap_or_default().to_owned()
}
