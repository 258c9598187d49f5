//! Texts, numbers and words of JSON, and the place in the bytes.

use std::borrow::Cow;

use super::error::JsonError;

const NOT_UNICODE: &str = "invalid unicode code point";

/// The bytes of JSON, and how far they have been read.
pub(super) struct Lexer<'de> {
    bytes: &'de [u8],
    /// How many bytes have been read.
    pub(super) at: usize,
    /// Whether nothing of what was read would be written otherwise.
    pub(super) is_canonical: bool,
}

/// A number, as it is written.
pub(super) enum Number<'de> {
    Unsigned(u64),
    Signed(i64),
    /// Has a fraction or an exponent, or is out of range.
    Other(&'de str),
}

impl<'de> Lexer<'de> {
    /// Begin to read bytes.
    pub(super) const fn new(bytes: &'de [u8]) -> Self {
        Self { bytes, at: 0, is_canonical: true }
    }

    /// Return the bytes that have not been read yet.
    pub(super) fn rest(&self) -> &'de [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Return the next byte, which is not read yet.
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Read one byte.
    fn next(&mut self) -> Option<u8> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    /// Skip blanks and return the byte behind them, which is not read yet.
    pub(super) fn skip_blanks(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => {
                    self.at += 1;
                    self.is_canonical = false;
                }
                other => return other,
            }
        }
    }

    /// Check that nothing but blanks is left.
    pub(super) fn expect_end(&mut self) -> Result<(), JsonError> {
        self.skip_blanks().map_or(Ok(()), |_| Err(self.error_ahead("trailing characters")))
    }

    /// Return the byte that a value starts with, which is not read yet.
    pub(super) fn value_start(&mut self) -> Result<u8, JsonError> {
        self.skip_blanks().ok_or_else(|| self.error_ahead("EOF while parsing a value"))
    }

    /// Read the rest of `null`, `true` or `false`, whose first letter has been seen.
    pub(super) fn rest_of_word(&mut self, rest: &[u8]) -> Result<(), JsonError> {
        self.at += 1;
        for expected in rest {
            match self.next() {
                None => return Err(self.error("EOF while parsing a value")),
                Some(next) if next != *expected => return Err(self.error("expected ident")),
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Say that another value comes than was expected: read it, and name it and what was expected.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: &str) -> JsonError {
        let found: Result<Cow<'static, str>, JsonError> = match self.skip_blanks() {
            Some(b'n') => self.rest_of_word(b"ull").map(|()| "null".into()),
            Some(b't') => self.rest_of_word(b"rue").map(|()| "boolean `true`".into()),
            Some(b'f') => self.rest_of_word(b"alse").map(|()| "boolean `false`".into()),
            Some(b'-' | b'0'..=b'9') => self.number(false).map(|number| match number {
                Number::Unsigned(n) => format!("integer `{n}`").into(),
                Number::Signed(n) => format!("integer `{n}`").into(),
                Number::Other(digits) => fraction(digits).into(),
            }),
            Some(b'"') => self.text().map(|text| format!("string {text:?}").into()),
            Some(b'[') => Ok("sequence".into()),
            Some(b'{') => Ok("map".into()),
            Some(_) => Err(self.error_ahead("expected value")),
            None => Err(self.error_ahead("EOF while parsing a value")),
        };
        match found {
            Ok(found) => self.placed(JsonError::invalid_type(&found, expected)),
            Err(error) => error,
        }
    }

    /// Read digits; return whether there are any.
    fn digits(&mut self) -> bool {
        let first = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > first
    }

    /// Read a number, which starts here. The errors of one that is only skipped say less.
    pub(super) fn number(&mut self, is_passed: bool) -> Result<Number<'de>, JsonError> {
        const INVALID: &str = "invalid number";
        let eof = if is_passed { INVALID } else { "EOF while parsing a value" };
        let first = self.at;
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        match self.next() {
            Some(b'0') if matches!(self.peek(), Some(b'0'..=b'9')) => return Err(self.error_ahead(INVALID)),
            Some(b'0') => {}
            Some(b'1'..=b'9') => {
                self.digits();
            }
            Some(_) => return Err(self.error(INVALID)),
            None => return Err(self.error(eof)),
        }
        let mut is_whole = true;
        if self.peek() == Some(b'.') {
            is_whole = false;
            self.at += 1;
            if !self.digits() {
                return Err(self.error_ahead(if self.peek().is_some() { INVALID } else { eof }));
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            is_whole = false;
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            match self.next() {
                Some(b'0'..=b'9') => {}
                Some(_) => return Err(self.error(INVALID)),
                None => return Err(self.error(eof)),
            }
            self.digits();
        }
        let digits = self.slice_from(first)?;
        let whole = match (is_whole, is_negative) {
            (true, false) => digits.parse().ok().map(Number::Unsigned),
            (true, true) => digits.parse().ok().filter(|n| *n != 0).map(Number::Signed),
            (false, _) => None,
        };
        Ok(whole.unwrap_or(Number::Other(digits)))
    }

    /// Return the bytes from a place up to here as text.
    pub(super) fn slice_from(&self, first: usize) -> Result<&'de str, JsonError> {
        let bytes = self.bytes.get(first..self.at).unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|error| {
            let at = first + error.valid_up_to() + 1;
            self.placed_at(JsonError::new(NOT_UNICODE.to_owned()), at)
        })
    }

    /// Read a text, which starts here with its quotation mark. It is copied only if it has a backslash in it.
    pub(super) fn text(&mut self) -> Result<Cow<'de, str>, JsonError> {
        self.at += 1;
        let mut first = self.at;
        let mut kept: Vec<u8> = Vec::new();
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at += rest.iter().position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f)).unwrap_or(rest.len());
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    kept.extend_from_slice(self.bytes.get(first..self.at).unwrap_or_default());
                    let mark = self.at;
                    self.at += 1;
                    let escaped = self.escaped()?;
                    let written = self.bytes.get(mark..self.at).unwrap_or_default();
                    self.is_canonical &= is_escaped_so(escaped, written);
                    kept.extend_from_slice(escaped.encode_utf8(&mut [0; 4]).as_bytes());
                    first = self.at;
                }
                Some(_) => {
                    self.at += 1;
                    return Err(self.error("control character (\\u0000-\\u001F) found while parsing a string"));
                }
                None => return Err(self.error("EOF while parsing a string")),
            }
        }
        if kept.is_empty() {
            let text = self.slice_from(first)?;
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        kept.extend_from_slice(self.bytes.get(first..self.at).unwrap_or_default());
        self.at += 1;
        String::from_utf8(kept).map(Cow::Owned).map_err(|_| self.error(NOT_UNICODE))
    }

    /// Read what stands behind a backslash.
    fn escaped(&mut self) -> Result<char, JsonError> {
        Ok(match self.next() {
            Some(mark @ (b'"' | b'\\' | b'/')) => char::from(mark),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(),
            Some(_) => return Err(self.error("invalid escape")),
            None => return Err(self.error("EOF while parsing a string")),
        })
    }

    /// Read what stands behind `\u`: a code point, or the first half of one and another `\u` with the second.
    fn code_point(&mut self) -> Result<char, JsonError> {
        const LONE: &str = "lone leading surrogate in hex escape";
        let first = self.hexadecimal()?;
        if let Some(whole) = char::from_u32(first) {
            return Ok(whole);
        }
        if first >= 0xDC00 {
            return Err(self.error(LONE));
        }
        for expected in [b'\\', b'u'] {
            match self.next() {
                Some(next) if next == expected => {}
                Some(_) => return Err(self.error("unexpected end of hex escape")),
                None => return Err(self.error("EOF while parsing a string")),
            }
        }
        let second = self.hexadecimal()?;
        let half = second.checked_sub(0xDC00).filter(|half| *half < 0x400);
        let both = half.and_then(|half| char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + half));
        both.ok_or_else(|| self.error(LONE))
    }

    /// Read four hexadecimal digits.
    fn hexadecimal(&mut self) -> Result<u32, JsonError> {
        let Some(digits) = self.bytes.get(self.at..self.at + 4) else {
            self.at = self.bytes.len();
            return Err(self.error("EOF while parsing a string"));
        };
        self.at += 4;
        let value = digits.iter().try_fold(0, |sum, digit| Some(sum * 16 + char::from(*digit).to_digit(16)?));
        value.ok_or_else(|| self.error("invalid escape"))
    }

    /// Create an error that shows at the last byte that was read.
    #[cold]
    pub(super) fn error(&self, message: &str) -> JsonError {
        self.placed(JsonError::new(message.to_owned()))
    }

    /// Create an error that shows at the next byte.
    #[cold]
    pub(super) fn error_ahead(&self, message: &str) -> JsonError {
        self.placed_at(JsonError::new(message.to_owned()), (self.at + 1).min(self.bytes.len()))
    }

    /// Give an error the place up to which was read, if it has none yet.
    #[cold]
    pub(super) fn placed(&self, error: JsonError) -> JsonError {
        self.placed_at(error, self.at)
    }

    /// Give an error the place of a byte, if it has none yet.
    #[cold]
    fn placed_at(&self, error: JsonError, at: usize) -> JsonError {
        error.placed(self.bytes.get(..at).unwrap_or(self.bytes))
    }
}

/// Return the words for a number that has a fraction, or is out of range.
#[cold]
pub(super) fn fraction(digits: &str) -> String {
    let places = if digits.bytes().all(|b| b == b'-' || b.is_ascii_digit()) { ".0" } else { "" };
    format!("floating point `{digits}{places}`")
}

/// Check whether the writer writes a character of a text in this way, with a backslash.
fn is_escaped_so(c: char, written: &[u8]) -> bool {
    match c {
        '"' | '\\' => written.get(1..) == Some(&[c as u8]),
        '\n' => written == b"\\n",
        '\r' => written == b"\\r",
        '\t' => written == b"\\t",
        '\u{8}' => written == b"\\b",
        '\u{c}' => written == b"\\f",
        '\0'..='\u{1f}' => !written.iter().any(u8::is_ascii_uppercase),
        _ => false,
    }
}
