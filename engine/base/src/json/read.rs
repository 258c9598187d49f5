//! The reader.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

const NO_TEXT: &str = "key must be a string";
const NOT_UNICODE: &str = "invalid unicode code point";

/// How deep objects and lists may be nested.
const DEPTH: u32 = 127;

/// What can be read from JSON. Types with fields, and choices, derive it from what they tell serde. What is written
/// otherwise than it may be read has to say so to [`Reader::is_as_written`].
pub trait FromJson: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError>;
}

/// Where the values of fields go, before all of them are there. The derive of [`FromJson`] makes it.
pub trait Slots {
    /// Reads the value of the nth field.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    fn put(&mut self, nth: usize, reader: &mut Reader<'_>) -> Result<(), JsonError>;
}

/// Why bytes are not the JSON of what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError(Box<Fault>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    message: String,
    /// From one; zero while the place is not known.
    line: usize,
    column: usize,
}

impl JsonError {
    /// What was found and what was expected, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The line, from one.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column, from one: that of the last byte that was read.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// A fault that shows where a value ends, in words of its own.
    #[cold]
    pub fn custom(message: impl fmt::Display) -> Self {
        Self::of(message.to_string())
    }

    fn of(message: String) -> Self {
        Self(Box::new(Fault { message, line: 0, column: 0 }))
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if self.0.line == 0 {
            return Ok(());
        }
        write!(f, " at line {} column {}", self.0.line, self.0.column)
    }
}

impl std::error::Error for JsonError {}

/// Reads a value from JSON, all of it.
///
/// # Errors
/// If the bytes are not JSON, or not that of a `T`: with the place where that showed.
pub fn read<T: FromJson>(bytes: &[u8]) -> Result<T, JsonError> {
    Reader::new(bytes, false).whole()
}

/// Reads a value from JSON, all of it, and tells whether these are the bytes that [`write`](super::write())
/// gives for it: the value is read and seen to be canonical in one go.
///
/// # Errors
/// As [`read`].
pub fn read_canonical<T: FromJson>(bytes: &[u8]) -> Result<(T, bool), JsonError> {
    let mut reader = Reader::new(bytes, true);
    let value = reader.whole()?;
    Ok((value, reader.is_canonical))
}

/// Reads JSON from bytes, value after value.
pub struct Reader<'de> {
    bytes: &'de [u8],
    /// How many bytes have been read.
    at: usize,
    /// How much deeper objects and lists may go.
    depth: u32,
    /// Whether it is asked if the bytes are canonical.
    asks_for_canonical: bool,
    /// Whether nothing of what was read would be written otherwise.
    is_canonical: bool,
}

enum Number<'de> {
    Unsigned(u64),
    Signed(i64),
    /// Has a fraction or an exponent, or is out of range.
    Other(&'de str),
}

impl<'de> Reader<'de> {
    const fn new(bytes: &'de [u8], asks_for_canonical: bool) -> Self {
        Self { bytes, at: 0, depth: DEPTH, asks_for_canonical, is_canonical: true }
    }

    fn whole<T: FromJson>(&mut self) -> Result<T, JsonError> {
        let value = T::from_json(self)?;
        self.end()?;
        Ok(value)
    }

    /// Tells whether what was read is as it would be written, which is worked out only if it is asked for.
    pub fn is_as_written(&mut self, is: impl FnOnce() -> bool) {
        if self.asks_for_canonical && self.is_canonical {
            self.is_canonical = is();
        }
    }

    /// A fault that shows at the last byte that was read.
    #[cold]
    fn error(&self, message: &str) -> JsonError {
        self.placed(JsonError::of(message.to_owned()))
    }

    /// A fault that shows at the next byte.
    #[cold]
    fn error_ahead(&self, message: &str) -> JsonError {
        self.placed_at(JsonError::of(message.to_owned()), (self.at + 1).min(self.bytes.len()))
    }

    /// Gives a fault the place up to which was read, if it has none yet.
    #[cold]
    fn placed(&self, error: JsonError) -> JsonError {
        self.placed_at(error, self.at)
    }

    #[cold]
    fn placed_at(&self, mut error: JsonError, at: usize) -> JsonError {
        if error.0.line == 0 {
            let before = self.bytes.get(..at).unwrap_or(self.bytes);
            let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |found| found + 1);
            error.0.line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            error.0.column = before.len() - line_start;
        }
        error
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    /// The next byte that is no blank; it is not read.
    fn after_blanks(&mut self) -> Option<u8> {
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

    fn end(&mut self) -> Result<(), JsonError> {
        self.after_blanks().map_or(Ok(()), |_| Err(self.error_ahead("trailing characters")))
    }

    /// The byte that a value starts with; it is not read.
    fn start(&mut self) -> Result<u8, JsonError> {
        self.after_blanks().ok_or_else(|| self.error_ahead("EOF while parsing a value"))
    }

    /// The rest of `null`, `true` or `false`.
    fn word(&mut self, rest: &[u8]) -> Result<(), JsonError> {
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

    /// Why what comes is not what was expected.
    #[cold]
    fn unexpected(&mut self, expected: &str) -> JsonError {
        let found: Result<Cow<'static, str>, JsonError> = match self.after_blanks() {
            Some(b'n') => self.word(b"ull").map(|()| "null".into()),
            Some(b't') => self.word(b"rue").map(|()| "boolean `true`".into()),
            Some(b'f') => self.word(b"alse").map(|()| "boolean `false`".into()),
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
            Ok(found) => self.placed(invalid_type(&found, expected)),
            Err(error) => error,
        }
    }

    fn digits(&mut self) -> bool {
        let first = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > first
    }

    /// A number, which starts here. One that is only passed over is told of in fewer ways.
    fn number(&mut self, is_passed: bool) -> Result<Number<'de>, JsonError> {
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
        let digits = self.since(first)?;
        let whole = match (is_whole, is_negative) {
            (true, false) => digits.parse().ok().map(Number::Unsigned),
            (true, true) => digits.parse().ok().filter(|n| *n != 0).map(Number::Signed),
            (false, _) => None,
        };
        Ok(whole.unwrap_or(Number::Other(digits)))
    }

    /// What was read since then, as text.
    fn since(&self, first: usize) -> Result<&'de str, JsonError> {
        let bytes = self.bytes.get(first..self.at).unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|error| {
            let at = first + error.valid_up_to() + 1;
            self.placed_at(JsonError::of(NOT_UNICODE.to_owned()), at)
        })
    }

    /// A text, which starts here with its quotation mark.
    fn text(&mut self) -> Result<Cow<'de, str>, JsonError> {
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
            let text = self.since(first)?;
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        kept.extend_from_slice(self.bytes.get(first..self.at).unwrap_or_default());
        self.at += 1;
        String::from_utf8(kept).map(Cow::Owned).map_err(|_| self.error(NOT_UNICODE))
    }

    /// What stands behind a backslash.
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

    /// What stands behind `\u`: a code point, or the first half of one and another `\u` with the second.
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

    fn hexadecimal(&mut self) -> Result<u32, JsonError> {
        let Some(digits) = self.bytes.get(self.at..self.at + 4) else {
            self.at = self.bytes.len();
            return Err(self.error("EOF while parsing a string"));
        };
        self.at += 4;
        let value = digits.iter().try_fold(0, |sum, digit| Some(sum * 16 + char::from(*digit).to_digit(16)?));
        value.ok_or_else(|| self.error("invalid escape"))
    }

    /// Goes past a value, and gives its text.
    pub fn raw(&mut self) -> Result<&'de str, JsonError> {
        self.after_blanks();
        let first = self.at;
        self.pass()?;
        self.since(first)
    }

    fn pass(&mut self) -> Result<(), JsonError> {
        match self.start()? {
            b'n' => self.word(b"ull"),
            b't' => self.word(b"rue"),
            b'f' => self.word(b"alse"),
            b'-' | b'0'..=b'9' => self.number(true).map(|_| ()),
            b'"' => self.text().map(|_| ()),
            b'[' => {
                self.deeper()?;
                let mut is_first = true;
                while self.has_element(&mut is_first)? {
                    self.pass()?;
                }
                self.close(b']')
            }
            b'{' => {
                self.deeper()?;
                let mut is_first = true;
                while self.has_key(&mut is_first)? {
                    self.text()?;
                    self.colon()?;
                    self.pass()?;
                }
                self.close(b'}')
            }
            _ => Err(self.error_ahead("expected value")),
        }
    }

    /// Reads the mark that opens an object or a list, if that is what comes.
    fn open(&mut self, mark: u8, expected: &str) -> Result<(), JsonError> {
        if self.start()? == mark { self.deeper() } else { Err(self.unexpected(expected)) }
    }

    fn deeper(&mut self) -> Result<(), JsonError> {
        self.depth = self.depth.checked_sub(1).ok_or_else(|| self.error_ahead("recursion limit exceeded"))?;
        self.at += 1;
        Ok(())
    }

    /// Reads the mark that closes an object or a list.
    fn close(&mut self, mark: u8) -> Result<(), JsonError> {
        self.depth += 1;
        match self.after_blanks() {
            Some(found) if found == mark => {
                self.at += 1;
                Ok(())
            }
            Some(b',') if mark == b'}' => Err(self.error_ahead("trailing comma")),
            Some(b',') => {
                self.at += 1;
                let is_comma = self.after_blanks() == Some(mark);
                Err(self.error_ahead(if is_comma { "trailing comma" } else { "trailing characters" }))
            }
            Some(_) => Err(self.error_ahead("trailing characters")),
            None => Err(self.error_ahead(eof_inside(mark))),
        }
    }

    /// Places a fault of an object or a list behind its end, if that comes.
    #[cold]
    fn closed(&mut self, mark: u8, error: JsonError) -> JsonError {
        let _ = self.close(mark);
        self.placed(error)
    }

    fn left(&mut self, mark: u8, came: Result<(), JsonError>) -> Result<(), JsonError> {
        match came {
            Ok(()) => self.close(mark),
            Err(error) => Err(self.closed(mark, error)),
        }
    }

    fn has_element(&mut self, is_first: &mut bool) -> Result<bool, JsonError> {
        match self.after_blanks() {
            None => Err(self.error_ahead(eof_inside(b']'))),
            Some(b']') => Ok(false),
            Some(_) if std::mem::take(is_first) => Ok(true),
            Some(b',') => {
                self.at += 1;
                if self.start()? == b']' { Err(self.error_ahead("trailing comma")) } else { Ok(true) }
            }
            Some(_) => Err(self.error_ahead("expected `,` or `]`")),
        }
    }

    fn has_key(&mut self, is_first: &mut bool) -> Result<bool, JsonError> {
        match self.after_blanks() {
            None => Err(self.error_ahead(eof_inside(b'}'))),
            Some(b'}') => Ok(false),
            Some(found) if std::mem::take(is_first) => {
                if found == b'"' {
                    Ok(true)
                } else {
                    Err(self.error_ahead(NO_TEXT))
                }
            }
            Some(b',') => {
                self.at += 1;
                match self.start()? {
                    b'"' => Ok(true),
                    b'}' => Err(self.error_ahead("trailing comma")),
                    _ => Err(self.error_ahead(NO_TEXT)),
                }
            }
            Some(_) => Err(self.error_ahead("expected `,` or `}`")),
        }
    }

    /// Read the colon between a name and its value.
    ///
    /// # Errors
    /// If anything else comes.
    pub fn colon(&mut self) -> Result<(), JsonError> {
        match self.after_blanks() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.error_ahead("expected `:`")),
            None => Err(self.error_ahead(eof_inside(b'}'))),
        }
    }

    /// A text, if that is what comes.
    pub fn expected_text(&mut self) -> Result<Cow<'de, str>, JsonError> {
        if self.start()? == b'"' { self.text() } else { Err(self.unexpected("a string")) }
    }

    /// A whole number, if that is what comes.
    fn expected_number(&mut self, expected: &str) -> Result<Number<'de>, JsonError> {
        if !matches!(self.start()?, b'-' | b'0'..=b'9') {
            return Err(self.unexpected(expected));
        }
        match self.number(false)? {
            Number::Other(digits) => Err(self.placed(invalid_type(&fraction(digits), expected))),
            whole => Ok(whole),
        }
    }

    /// A whole number up to `most`.
    fn unsigned(&mut self, expected: &str, most: u64) -> Result<u64, JsonError> {
        match self.expected_number(expected)? {
            Number::Unsigned(n) if n <= most => Ok(n),
            other => Err(self.out_of_range(&other, expected)),
        }
    }

    /// A whole number from `least` to `most`.
    fn signed(&mut self, expected: &str, least: i64, most: i64) -> Result<i64, JsonError> {
        let number = self.expected_number(expected)?;
        let whole = match number {
            Number::Unsigned(n) => i64::try_from(n).ok(),
            Number::Signed(n) => Some(n),
            Number::Other(_) => None,
        };
        whole.filter(|n| (least..=most).contains(n)).ok_or_else(|| self.out_of_range(&number, expected))
    }

    #[cold]
    fn out_of_range(&self, number: &Number<'_>, expected: &str) -> JsonError {
        self.placed(JsonError::of(match number {
            Number::Unsigned(n) => format!("invalid value: integer `{n}`, expected {expected}"),
            Number::Signed(n) => format!("invalid value: integer `{n}`, expected {expected}"),
            Number::Other(digits) => format!("invalid value: {}, expected {expected}", fraction(digits)),
        }))
    }

    fn expected_bool(&mut self) -> Result<bool, JsonError> {
        match self.start()? {
            b't' => self.word(b"rue").map(|()| true),
            b'f' => self.word(b"alse").map(|()| false),
            _ => Err(self.unexpected("a boolean")),
        }
    }

    fn is_null(&mut self) -> Result<bool, JsonError> {
        let is_null = self.after_blanks() == Some(b'n');
        if is_null {
            self.word(b"ull")?;
        }
        Ok(is_null)
    }

    /// Opens a choice: `{"name": value}`, or `"name"` alone, which is what it returns.
    fn open_choice(&mut self) -> Result<bool, JsonError> {
        match self.start()? {
            b'"' => Ok(true),
            b'{' => {
                self.deeper()?;
                match self.after_blanks() {
                    Some(b'"') => Ok(false),
                    Some(b'}') => Err(self.error_ahead("expected value")),
                    Some(_) => Err(self.error_ahead(NO_TEXT)),
                    None => Err(self.error_ahead(eof_inside(b'}'))),
                }
            }
            _ => Err(self.error_ahead("expected value")),
        }
    }

    /// The name that comes, as its place among those that may come. Mostly they come in their order.
    fn name(&mut self, what: &str, names: &[&str], likely: usize) -> Result<usize, JsonError> {
        self.after_blanks();
        let text = self.bytes.get(self.at..).and_then(|rest| rest.strip_prefix(b"\"")).unwrap_or_default();
        let comes = |name: &&str| text.get(name.len()) == Some(&b'"') && text.starts_with(name.as_bytes());
        if let Some(later) = names.iter().skip(likely).position(comes) {
            let nth = likely + later;
            self.at += names.get(nth).map_or(0, |name| name.len() + 2);
            return Ok(nth);
        }
        let text = self.expected_text()?;
        let found = names.iter().position(|name| *name == text);
        found.ok_or_else(|| self.placed(unknown(what, &text, names)))
    }

    /// Reads an object with fields. Those of `required`, a set of bits, have to be there; those of `written` are
    /// there whenever one is written.
    ///
    /// # Errors
    /// If it is no object, or a field is unknown, repeated, missing or not what it should be.
    pub fn fields(
        &mut self,
        called: &str,
        names: &[&str],
        required: u64,
        written: u64,
        slots: &mut dyn Slots,
    ) -> Result<(), JsonError> {
        if self.start()? != b'{' {
            return Err(self.unexpected(&format!("struct {called}")));
        }
        self.deeper()?;
        let came = self.fields_inside(names, required, written, slots);
        self.left(b'}', came)
    }

    fn fields_inside(
        &mut self,
        names: &[&str],
        required: u64,
        written: u64,
        slots: &mut dyn Slots,
    ) -> Result<(), JsonError> {
        let (mut is_first, mut likely, mut seen) = (true, 0, 0_u64);
        while self.has_key(&mut is_first)? {
            let nth = self.name("field", names, likely)?;
            if seen & (1 << nth) != 0 {
                let name = names.get(nth).copied().unwrap_or_default();
                return Err(JsonError::of(format!("duplicate field `{name}`")));
            }
            seen |= 1 << nth;
            self.is_canonical &= nth >= likely;
            likely = nth + 1;
            self.colon()?;
            slots.put(nth, self)?;
        }
        self.is_canonical &= written & !seen == 0;
        let missing = names.iter().enumerate().find(|(nth, _)| required & !seen & (1 << nth) != 0);
        missing.map_or(Ok(()), |(_, name)| Err(JsonError::of(format!("missing field `{name}`"))))
    }

    /// Reads a value into its place.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    pub fn put<T: FromJson>(&mut self, slot: &mut T) -> Result<(), JsonError> {
        *slot = T::from_json(self)?;
        Ok(())
    }

    /// Reads a value into its place, which is not written if the value is `left_out`.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    pub fn put_unless<T: FromJson>(&mut self, slot: &mut T, left_out: impl Fn(&T) -> bool) -> Result<(), JsonError> {
        *slot = T::from_json(self)?;
        self.is_canonical &= !left_out(slot);
        Ok(())
    }

    /// Reads a value into a place that was empty.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    pub fn put_some<T: FromJson>(&mut self, slot: &mut Option<T>) -> Result<(), JsonError> {
        *slot = Some(T::from_json(self)?);
        Ok(())
    }

    /// Reads which variant of a choice comes, and whether alone: `"name"`, not `{"name": value}`.
    ///
    /// # Errors
    /// If no choice comes, or one that is not known.
    pub fn variant(&mut self, names: &[&str]) -> Result<(usize, bool), JsonError> {
        let is_alone = self.open_choice()?;
        let nth = self.name("variant", names, 0)?;
        if !is_alone {
            self.colon()?;
        }
        Ok((nth, is_alone))
    }

    /// Reads what belongs to a variant that has no value: nothing, or null.
    ///
    /// # Errors
    /// If there is a value.
    pub fn nothing(&mut self, is_alone: bool) -> Result<(), JsonError> {
        if is_alone {
            return Ok(());
        }
        self.is_canonical = false;
        if self.start()? == b'n' { self.word(b"ull") } else { Err(self.unexpected("unit")) }
    }

    /// Reads the value of a variant.
    ///
    /// # Errors
    /// If there is none, or it is not the JSON of one.
    pub fn inside<T: FromJson>(&mut self, is_alone: bool) -> Result<T, JsonError> {
        if is_alone { Err(invalid_type("unit variant", "newtype variant")) } else { T::from_json(self) }
    }

    /// Reads the end of a choice.
    ///
    /// # Errors
    /// If something else comes.
    pub fn end_variant(&mut self, is_alone: bool) -> Result<(), JsonError> {
        if is_alone {
            return Ok(());
        }
        self.depth += 1;
        match self.after_blanks() {
            Some(b'}') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.error("expected value")),
            None => Err(self.error(eof_inside(b'}'))),
        }
    }

    /// Reads a list, each of its elements by a call.
    fn elements(&mut self, element: &mut dyn FnMut(&mut Self) -> Result<(), JsonError>) -> Result<(), JsonError> {
        self.open(b'[', "a sequence")?;
        let mut is_first = true;
        let came = loop {
            match self.has_element(&mut is_first) {
                Ok(false) => break Ok(()),
                Ok(true) => {}
                Err(error) => break Err(error),
            }
            if let Err(error) = element(self) {
                break Err(error);
            }
        };
        self.left(b']', came)
    }

    /// Reads an object of any keys, each of its entries by a call, which reads the colon too.
    pub fn entries(&mut self, entry: &mut dyn FnMut(&mut Self) -> Result<(), JsonError>) -> Result<(), JsonError> {
        self.open(b'{', "a map")?;
        let mut is_first = true;
        let came = loop {
            match self.has_key(&mut is_first) {
                Ok(false) => break Ok(()),
                Ok(true) => {}
                Err(error) => break Err(error),
            }
            if let Err(error) = entry(self) {
                break Err(error);
            }
        };
        self.left(b'}', came)
    }
}

/// Whether a character in a text is written in this way, with a backslash.
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

const fn eof_inside(mark: u8) -> &'static str {
    if mark == b']' { "EOF while parsing a list" } else { "EOF while parsing an object" }
}

/// A number with a fraction, or out of range, as it is told.
#[cold]
fn fraction(digits: &str) -> String {
    let places = if digits.bytes().all(|b| b == b'-' || b.is_ascii_digit()) { ".0" } else { "" };
    format!("floating point `{digits}{places}`")
}

#[cold]
fn invalid_type(found: &str, expected: &str) -> JsonError {
    JsonError::of(format!("invalid type: {found}, expected {expected}"))
}

/// A name that is none of those that may come.
#[cold]
fn unknown(what: &str, name: &str, names: &[&str]) -> JsonError {
    let known = match names {
        [] => format!("there are no {what}s"),
        [one] => format!("expected `{one}`"),
        [one, other] => format!("expected `{one}` or `{other}`"),
        _ => format!("expected one of `{}`", names.join("`, `")),
    };
    JsonError::of(format!("unknown {what} `{name}`, {known}"))
}

impl FromJson for String {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        reader.expected_text().map(Cow::into_owned)
    }
}

impl FromJson for bool {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        reader.expected_bool()
    }
}

macro_rules! numbers {
    ($($method:ident($wide:ident): $($number:ident)*;)*) => {$($(
        impl FromJson for $number {
            #[allow(clippy::unnecessary_fallible_conversions, reason = "one of the types is the wide one")]
            fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
                let number = numbers!(@$method reader $number $wide)?;
                // INVARIANT: it is within these bounds.
                Ok(Self::try_from(number).unwrap_or_default())
            }
        }
    )*)*};
    (@unsigned $reader:ident $number:ident $wide:ident) => {
        $reader.unsigned(stringify!($number), $wide::try_from($number::MAX).unwrap_or($wide::MAX))
    };
    (@signed $reader:ident $number:ident $wide:ident) => {
        $reader.signed(stringify!($number), $wide::from($number::MIN), $wide::from($number::MAX))
    };
}

numbers! {
    unsigned(u64): u8 u16 u32 u64 usize;
    signed(i64): i16 i32 i64;
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        if reader.is_null()? { Ok(None) } else { T::from_json(reader).map(Some) }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        T::from_json(reader).map(Self::new)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        let mut list = Self::new();
        reader.elements(&mut |reader| {
            list.push(T::from_json(reader)?);
            Ok(())
        })?;
        Ok(list)
    }
}

impl<K: FromJson + Ord, V: FromJson> FromJson for BTreeMap<K, V> {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        let mut map = Self::new();
        reader.entries(&mut |reader| {
            let key = K::from_json(reader)?;
            reader.is_as_written(|| map.last_key_value().is_none_or(|(last, _)| *last < key));
            reader.colon()?;
            let value = V::from_json(reader)?;
            map.insert(key, value);
            Ok(())
        })?;
        Ok(map)
    }
}
