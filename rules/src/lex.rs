//! A reading of rule text into tokens, only as deep as diagnostics need: which words are called,
//! which are names, and where each particular of a call stands. Rhai's own parser judges the text.

use credstack_model::source::{Position, Source, Span};

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Where its first character stands.
    pub(crate) start: Position,
    /// The position after its last character.
    pub(crate) end: Position,
}

/// The kinds of token that matter here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Name(String),
    Text(String),
    Number,
    /// A mark of one character, or one of `::`, `#{`, `?.`, `=>`, `==`.
    Mark(&'static str),
    Other,
}

/// The tokens of one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileText {
    /// The file, by its place in the pack.
    pub(crate) file: String,
    pub(crate) tokens: Vec<Token>,
}

impl FileText {
    /// Take a file's text apart.
    pub(crate) fn read(file: &str, text: &str) -> Self {
        let start = Position { line: 1, column: 1 };
        Self { file: file.to_owned(), tokens: Lexer { rest: text.chars().collect(), at: 0, here: start }.run() }
    }

    /// Find the number of the token that starts at a position.
    pub(crate) fn at(&self, position: Position) -> Option<usize> {
        self.tokens.binary_search_by_key(&position, |t| t.start).ok()
    }

    /// Return the span of the token that starts where a point is.
    pub(crate) fn span_at(&self, source: &Source) -> Option<Span> {
        let token = self.at(Position { line: source.line, column: source.column })?;
        self.tokens.get(token).map(|token| self.span(token))
    }

    pub(crate) fn is_mark(&self, index: usize, mark: &str) -> bool {
        matches!(self.tokens.get(index), Some(Token { kind: Kind::Mark(m), .. }) if *m == mark)
    }

    /// Tell if the call whose name is this token follows something, as in `courses(…).named(…)`.
    pub(crate) fn is_method(&self, index: usize) -> bool {
        index > 0 && (self.is_mark(index - 1, ".") || self.is_mark(index - 1, "?."))
    }

    /// Return the tokens of the particular with a number (from zero) of a call.
    pub(crate) fn argument(&self, call: usize, number: usize) -> Option<&[Token]> {
        if !self.is_mark(call + 1, "(") {
            return None;
        }
        let (mut depth, mut seen) = (0_usize, 0_usize);
        let (mut index, mut first) = (call + 2, call + 2);
        loop {
            let mark = self.tokens.get(index)?.mark();
            let ends = depth == 0 && matches!(mark, "," | ")" | "]" | "}");
            if ends && seen == number {
                return self.tokens.get(first..index).filter(|tokens| !tokens.is_empty());
            }
            match mark {
                "(" | "[" | "{" | "#{" => depth += 1,
                ")" | "]" | "}" => depth = depth.checked_sub(1)?,
                "," if depth == 0 => {
                    seen += 1;
                    first = index + 1;
                }
                _ => {}
            }
            index += 1;
        }
    }

    /// Find the first bracket that is not closed, or closed by one of another shape, with that one.
    pub(crate) fn unbalanced(&self) -> Option<(&Token, Option<&Token>)> {
        let mut open: Vec<(&Token, &str)> = Vec::new();
        for token in &self.tokens {
            let Kind::Mark(mark) = token.kind else { continue };
            match mark {
                "(" => open.push((token, ")")),
                "[" => open.push((token, "]")),
                "{" | "#{" => open.push((token, "}")),
                ")" | "]" | "}" => match open.pop() {
                    Some((_, close)) if close == mark => {}
                    Some((opener, _)) => return Some((opener, Some(token))),
                    None => return Some((token, None)),
                },
                // A statement ends outside all parentheses and lists.
                ";" => {
                    if let Some((opener, ")" | "]")) = open.last() {
                        return Some((opener, Some(token)));
                    }
                }
                _ => {}
            }
        }
        open.pop().map(|(opener, _)| (opener, None))
    }

    /// Return the span of a token.
    pub(crate) fn span(&self, token: &Token) -> Span {
        Span { file: self.file.clone(), start: token.start, end: token.end }
    }

    /// Return the span from the first of some tokens to the last of them.
    pub(crate) fn span_of(&self, tokens: &[Token]) -> Option<Span> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some(Span { file: self.file.clone(), start: first.start, end: last.end })
    }
}

struct Lexer {
    rest: Vec<char>,
    at: usize,
    here: Position,
}

impl Token {
    pub(crate) const fn mark(&self) -> &'static str {
        match self.kind {
            Kind::Mark(mark) => mark,
            _ => "",
        }
    }
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.get(self.at + ahead).copied()
    }

    fn step(&mut self) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        if c == '\n' {
            self.here = Position { line: self.here.line + 1, column: 1 };
        } else {
            self.here.column += 1;
        }
        Some(c)
    }

    fn run(mut self) -> Vec<Token> {
        let mut tokens = Vec::new();
        while let Some(c) = self.peek(0) {
            if c.is_whitespace() {
                self.step();
                continue;
            }
            if c == '/' && self.peek(1) == Some('/') {
                while self.peek(0).is_some_and(|c| c != '\n') {
                    self.step();
                }
                continue;
            }
            if c == '/' && self.peek(1) == Some('*') {
                self.block_remark();
                continue;
            }
            let start = self.here;
            let kind = self.token(c);
            tokens.push(Token { kind, start, end: self.here });
        }
        tokens
    }

    fn block_remark(&mut self) {
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => {
                    depth += 1;
                    self.step();
                }
                (Some('*'), Some('/')) => {
                    depth -= 1;
                    self.step();
                }
                (None, _) => return,
                _ => {}
            }
            self.step();
            if depth == 0 {
                return;
            }
        }
    }

    fn token(&mut self, c: char) -> Kind {
        if c == '_' || c.is_alphabetic() {
            let mut name = String::new();
            while let Some(c) = self.peek(0).filter(|c| *c == '_' || c.is_alphanumeric()) {
                name.push(c);
                self.step();
            }
            return Kind::Name(name);
        }
        if c.is_ascii_digit() {
            // A dot belongs to the number only if a digit follows: `15.hours()` is none of ours,
            // but `1..5` must not swallow its dots.
            while self.peek(0).is_some_and(|c| {
                c == '_' || c.is_alphanumeric() || (c == '.' && self.peek(1).is_some_and(|d| d.is_ascii_digit()))
            }) {
                self.step();
            }
            return Kind::Number;
        }
        if c == '"' || c == '`' || c == '\'' {
            return self.quoted(c);
        }
        self.step();
        let pair = |next: char| self.peek(0) == Some(next);
        let (mark, double) = match c {
            ':' if pair(':') => ("::", true),
            '#' if pair('{') => ("#{", true),
            '?' if pair('.') => ("?.", true),
            '=' if pair('=') => ("==", true),
            '=' if pair('>') => ("=>", true),
            '(' => ("(", false),
            ')' => (")", false),
            '[' => ("[", false),
            ']' => ("]", false),
            '{' => ("{", false),
            '}' => ("}", false),
            ',' => (",", false),
            ';' => (";", false),
            '.' => (".", false),
            '|' => ("|", false),
            '=' => ("=", false),
            _ => return Kind::Other,
        };
        if double {
            self.step();
        }
        Kind::Mark(mark)
    }

    fn quoted(&mut self, quote: char) -> Kind {
        self.step();
        let mut text = String::new();
        // Rhai ends a quoted text at the end of the line; so does this reading.
        while let Some(c) = self.peek(0).filter(|c| *c != '\n' || quote == '`') {
            self.step();
            if c == quote {
                if quote == '"' && self.peek(0) == Some('"') {
                    self.step();
                } else {
                    break;
                }
            }
            if c == '\\' && quote != '`' {
                if let Some(next) = self.step() {
                    text.push(next);
                }
                continue;
            }
            text.push(c);
        }
        Kind::Text(text)
    }
}
