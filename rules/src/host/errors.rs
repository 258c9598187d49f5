//! What Rhai says, in the author's words.

use credstack_model::source::{Place, Span};
use credstack_model::{Diagnostic, Label, Words};
use rhai::{EvalAltResult, LexError, ParseError, ParseErrorType};

use super::position::position;
use crate::codes::script;
use crate::lex::FileText;

/// Say why a text cannot be read.
pub(crate) fn unreadable(error: &ParseError, file: &str, text: Option<&FileText>) -> Diagnostic {
    let about_marks = matches!(
        error.err_type(),
        ParseErrorType::MissingToken(..)
            | ParseErrorType::UnexpectedEOF
            | ParseErrorType::MissingSymbol(_)
            | ParseErrorType::BadInput(LexError::UnexpectedInput(_))
    );
    if about_marks && let Some(diagnostic) = text.and_then(unbalanced) {
        return diagnostic;
    }
    let source = position(error.position(), file.to_owned());
    parsing(error.err_type()).at(Some(&source))
}

/// Find a bracket that does not close: it says more than the place where reading stopped.
fn unbalanced(text: &FileText) -> Option<Diagnostic> {
    let (open, close) = text.unbalanced()?;
    let (mark, place) = (open.mark(), Place::Span(text.span(open)));
    let wanted = match mark {
        "(" => ")",
        "[" => "]",
        "{" | "#{" => "}",
        _ => return Some(script::STRAY_BRACKET.of(&[("mark", &mark)]).on(place)),
    };
    let diagnostic = script::OPEN_BRACKET.of(&[("mark", &mark), ("wanted", &wanted)]).on(place);
    Some(match close {
        Some(close) => {
            let before = close.mark();
            let place = text.span(close);
            let gap = Span { end: place.start, ..place.clone() };
            let missing = Words::new(script::MISSING_BEFORE, &[("wanted", &wanted), ("before", &before)]);
            let mut diagnostic = diagnostic
                .with_help(script::CLOSE_BEFORE, &[("before", &before), ("line", &close.start.line)])
                .with_edit(gap, wanted);
            diagnostic.labels.push(Label { place: Place::Span(place), words: missing });
            diagnostic
        }
        None => diagnostic,
    })
}

fn parsing(error: &ParseErrorType) -> Diagnostic {
    match error {
        ParseErrorType::UnexpectedEOF => script::UNFINISHED.of(&[]),
        ParseErrorType::BadInput(LexError::UnterminatedString) => script::OPEN_TEXT.of(&[]),
        ParseErrorType::BadInput(LexError::UnexpectedInput(what))
            if [";", ",", ")", "]", "}"].contains(&what.as_str()) =>
        {
            script::MISSING_BEFORE_MARK.of(&[("mark", what)])
        }
        ParseErrorType::BadInput(LexError::UnexpectedInput(what)) => script::STRAY_MARK.of(&[("mark", what)]),
        ParseErrorType::BadInput(LexError::MalformedNumber(what)) => script::NOT_A_NUMBER.of(&[("text", what)]),
        ParseErrorType::BadInput(LexError::MalformedEscapeSequence(what)) => script::BAD_ESCAPE.of(&[("mark", what)]),
        ParseErrorType::BadInput(LexError::StringTooLong(most)) | ParseErrorType::LiteralTooLarge(_, most) => {
            script::LITERAL_TOO_LARGE.of(&[("allowed", most)])
        }
        ParseErrorType::BadInput(LexError::ImproperSymbol(symbol, _)) => reserved(symbol),
        ParseErrorType::BadInput(other) => script::OTHER_STRAY_MARK.of(&[("what", &lower(&other.to_string()))]),
        ParseErrorType::MissingToken(token, _) => missing(token),
        ParseErrorType::MissingSymbol(_) => script::MISSING_SYMBOL.of(&[]),
        ParseErrorType::ExprExpected(_) => script::MISSING_VALUE.of(&[]),
        ParseErrorType::Reserved(word) => reserved(word),
        ParseErrorType::VariableUndefined(name) => script::UNKNOWN_NAME.of(&[("name", name)]),
        ParseErrorType::ModuleUndefined(name) => script::NOT_IMPORTED.of(&[("name", name)]),
        ParseErrorType::AssignmentToConstant(name) => script::CONSTANT_CHANGED.of(&[("name", name)]),
        ParseErrorType::ExprTooDeep => script::NESTED_TOO_DEEPLY.of(&[]),
        ParseErrorType::TooManyFunctions => script::TOO_MANY_FUNCTIONS.of(&[]),
        ParseErrorType::PropertyExpected => script::MISSING_WORD.of(&[]),
        ParseErrorType::DuplicatedProperty(name) => script::LISTED_TWICE_IN_MAP.of(&[("name", name)]),
        ParseErrorType::VariableExists(name) => script::NAME_TWICE.of(&[("name", name)]),
        ParseErrorType::WrongExport => script::MISPLACED_EXPORT.of(&[]),
        ParseErrorType::LoopBreak => script::MISPLACED_BREAK.of(&[]),
        other => script::UNREADABLE.of(&[("what", &lower(&other.to_string()))]),
    }
}

fn missing(token: &str) -> Diagnostic {
    let missing = script::MISSING_MARK.of(&[("mark", &token)]);
    match script::MISSING_MARK_HELP.iter().find(|(mark, _)| *mark == token) {
        Some((_, help)) => missing.with_help(help, &[]),
        None => missing,
    }
}

fn reserved(word: &str) -> Diagnostic {
    let word = word.trim_matches('\'');
    let reserved = script::RESERVED_WORD.of(&[("word", &word)]);
    match script::RESERVED_HELP.iter().find(|(known, _)| *known == word) {
        Some((_, help)) => reserved.with_help(help, &[]),
        None => reserved,
    }
}

/// Say why a script stopped before its end; nothing where the author has been told already.
pub(crate) fn stopped(error: &EvalAltResult, file: &str) -> Option<Diagnostic> {
    let error = innermost(error);
    let stopped = match error {
        EvalAltResult::ErrorTooManyOperations(_) => script::FILE_NEVER_ENDS.of(&[]),
        EvalAltResult::ErrorTerminated(why, _) if why.clone().into_string().as_deref() == Ok("total-steps") => {
            script::PACK_NEVER_ENDS.of(&[])
        }
        EvalAltResult::ErrorTerminated(..) | EvalAltResult::ErrorModuleNotFound(..) => return None,
        EvalAltResult::ErrorParsing(what, _) => parsing(what),
        EvalAltResult::ErrorStackOverflow(_) => script::CALLS_TOO_DEEP.of(&[]),
        EvalAltResult::ErrorDataTooLarge(what, _) => script::GROWS_TOO_LARGE.of(&[("what", &lower(what))]),
        EvalAltResult::ErrorTooManyVariables(_) => script::TOO_MANY_NAMES.of(&[]),
        EvalAltResult::ErrorTooManyModules(_) => script::TOO_MANY_IMPORTS.of(&[]),
        EvalAltResult::ErrorVariableNotFound(name, _) => {
            script::UNKNOWN_NAME.of(&[("name", name)]).with_help(script::NAMES_OF_IMPORTS, &[])
        }
        EvalAltResult::ErrorFunctionNotFound(signature, _) => {
            let name = signature.split('(').next().unwrap_or_default().trim();
            if name.chars().any(char::is_alphanumeric) {
                script::WRONG_USE.of(&[("word", &name)])
            } else {
                script::WRONG_MARK.of(&[("mark", &name)])
            }
        }
        EvalAltResult::ErrorDotExpr(what, _) | EvalAltResult::ErrorPropertyNotFound(what, _) => {
            script::UNKNOWN_QUESTION.of(&[("what", &lower(what))])
        }
        EvalAltResult::ErrorRuntime(value, _) => script::THROWN.of(&[("what", value)]),
        other => script::CANNOT_BE_READ.of(&[("what", &lower(&plain(other)))]),
    };
    Some(stopped.at(Some(&position(error.position(), file.to_owned()))))
}

/// Say in one sentence what an error inside a check is.
pub(crate) fn sentence(error: &EvalAltResult) -> Words {
    stopped(error, "").map_or_else(|| Words::plain("it was stopped"), |diagnostic| diagnostic.words)
}

fn innermost(error: &EvalAltResult) -> &EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) | EvalAltResult::ErrorInModule(_, inner, _) => {
            innermost(inner)
        }
        other => other,
    }
}

/// Return the error's own sentence without its position.
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
