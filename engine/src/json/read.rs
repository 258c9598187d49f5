//! The reader.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Expected, Unexpected, Visitor};

use super::RAW;

const NO_TEXT: &str = "key must be a string";
const NOT_UNICODE: &str = "invalid unicode code point";

/// How deep objects and lists may be nested.
const DEPTH: u32 = 127;

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

impl de::Error for JsonError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(format!("invalid type: {}, expected {expected}", shown(&found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(format!("invalid value: {}, expected {expected}", shown(&found)))
    }
}

/// What was found, in JSON's words. Serde's own would bring the formatting of floats with it.
fn shown(found: &Unexpected<'_>) -> Cow<'static, str> {
    match found {
        Unexpected::Bool(b) => format!("boolean `{b}`").into(),
        Unexpected::Unsigned(n) => format!("integer `{n}`").into(),
        Unexpected::Signed(n) => format!("integer `{n}`").into(),
        Unexpected::Str(text) => format!("string {text:?}").into(),
        Unexpected::Unit => "null".into(),
        Unexpected::Seq => "sequence".into(),
        Unexpected::Map => "map".into(),
        Unexpected::UnitVariant => "unit variant".into(),
        _ => "another value".into(),
    }
}

/// Reads a value from JSON, all of it.
///
/// # Errors
/// If the bytes are not JSON, or not that of a `T`: with the place where that showed.
pub fn read<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, JsonError> {
    let mut reader = Reader { bytes, at: 0, depth: DEPTH };
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

struct Reader<'de> {
    bytes: &'de [u8],
    /// How many bytes have been read.
    at: usize,
    /// How much deeper objects and lists may go.
    depth: u32,
}

enum Number<'de> {
    Unsigned(u64),
    Signed(i64),
    /// Has a fraction or an exponent, or is out of range.
    Other(&'de str),
}

impl<'de> Reader<'de> {
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
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
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
    fn unexpected(&mut self, expected: &dyn Expected) -> JsonError {
        use de::Error as _;
        let found = match self.after_blanks() {
            Some(b'n') => self.word(b"ull").map(|()| JsonError::invalid_type(Unexpected::Unit, expected)),
            Some(b't') => self.word(b"rue").map(|()| JsonError::invalid_type(Unexpected::Bool(true), expected)),
            Some(b'f') => self.word(b"alse").map(|()| JsonError::invalid_type(Unexpected::Bool(false), expected)),
            Some(b'-' | b'0'..=b'9') => self.number(false).map(|number| match number {
                Number::Unsigned(n) => JsonError::invalid_type(Unexpected::Unsigned(n), expected),
                Number::Signed(n) => JsonError::invalid_type(Unexpected::Signed(n), expected),
                Number::Other(digits) => fraction(digits, expected),
            }),
            Some(b'"') => self.text().map(|text| JsonError::invalid_type(Unexpected::Str(&text), expected)),
            Some(b'[') => Ok(JsonError::invalid_type(Unexpected::Seq, expected)),
            Some(b'{') => Ok(JsonError::invalid_type(Unexpected::Map, expected)),
            Some(_) => Err(self.error_ahead("expected value")),
            None => Err(self.error_ahead("EOF while parsing a value")),
        };
        found.map_or_else(|error| error, |error| self.placed(error))
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
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    kept.extend_from_slice(self.bytes.get(first..self.at).unwrap_or_default());
                    self.at += 1;
                    let escaped = self.escaped()?;
                    kept.extend_from_slice(escaped.encode_utf8(&mut [0; 4]).as_bytes());
                    first = self.at;
                }
                Some(0..=0x1f) => {
                    self.at += 1;
                    return Err(self.error("control character (\\u0000-\\u001F) found while parsing a string"));
                }
                Some(_) => self.at += 1,
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
    fn raw(&mut self) -> Result<&'de str, JsonError> {
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
    fn open(&mut self, mark: u8, expected: &dyn Expected) -> Result<(), JsonError> {
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

    fn left<T>(&mut self, mark: u8, came: Result<T, JsonError>) -> Result<T, JsonError> {
        match came {
            Ok(value) => self.close(mark).map(|()| value),
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

    fn colon(&mut self) -> Result<(), JsonError> {
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
    fn expected_text(&mut self, expected: &dyn Expected) -> Result<Cow<'de, str>, JsonError> {
        if self.start()? == b'"' { self.text() } else { Err(self.unexpected(expected)) }
    }

    /// A whole number, if that is what comes.
    fn expected_number(&mut self, expected: &dyn Expected) -> Result<Number<'de>, JsonError> {
        if !matches!(self.start()?, b'-' | b'0'..=b'9') {
            return Err(self.unexpected(expected));
        }
        match self.number(false)? {
            Number::Other(digits) => Err(self.placed(fraction(digits, expected))),
            whole => Ok(whole),
        }
    }

    fn expected_bool(&mut self, expected: &dyn Expected) -> Result<bool, JsonError> {
        match self.start()? {
            b't' => self.word(b"rue").map(|()| true),
            b'f' => self.word(b"alse").map(|()| false),
            _ => Err(self.unexpected(expected)),
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

    fn close_choice(&mut self, is_alone: bool) -> Result<(), JsonError> {
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
}

const fn eof_inside(mark: u8) -> &'static str {
    if mark == b']' { "EOF while parsing a list" } else { "EOF while parsing an object" }
}

/// A number with a fraction, or out of range, where another value was expected.
#[cold]
fn fraction(digits: &str, expected: &dyn Expected) -> JsonError {
    let places = if digits.bytes().all(|b| b == b'-' || b.is_ascii_digit()) { ".0" } else { "" };
    JsonError::of(format!("invalid type: floating point `{digits}{places}`, expected {expected}"))
}

macro_rules! as_numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
            let came = match self.expected_number(&visitor)? {
                Number::Signed(n) => visitor.visit_i64(n),
                Number::Unsigned(n) => visitor.visit_u64(n),
                Number::Other(digits) => visitor.visit_str(digits),
            };
            came.map_err(|error| self.placed(error))
        }
    )*};
}

impl<'de> de::Deserializer<'de> for &mut Reader<'de> {
    type Error = JsonError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.start()? {
            b'n' => self.deserialize_unit(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'-' | b'0'..=b'9' => self.deserialize_i64(visitor),
            b'[' => self.deserialize_seq(visitor),
            b'{' => self.deserialize_map(visitor),
            _ => self.deserialize_str(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        let flag = self.expected_bool(&visitor)?;
        visitor.visit_bool(flag).map_err(|error| self.placed(error))
    }

    as_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        let text = self.expected_text(&visitor)?;
        visitor.visit_str(&text).map_err(|error| self.placed(error))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        let text = self.expected_text(&visitor)?;
        visitor.visit_string(text.into_owned()).map_err(|error| self.placed(error))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        if self.is_null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        if self.start()? != b'n' {
            return Err(self.unexpected(&visitor));
        }
        self.word(b"ull")?;
        visitor.visit_unit().map_err(|error| self.placed(error))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        if name == RAW {
            return visitor.visit_borrowed_str(self.raw()?);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.open(b'[', &visitor)?;
        let came = visitor.visit_seq(Inside { reader: self, is_first: true });
        self.left(b']', came)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.open(b'{', &visitor)?;
        let came = visitor.visit_map(Inside { reader: self, is_first: true });
        self.left(b'}', came)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        let is_alone = self.open_choice()?;
        let value = visitor.visit_enum(Choice { reader: self, is_alone })?;
        self.close_choice(is_alone).map(|()| value)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.raw()?;
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { char bytes byte_buf unit_struct }
}

/// What is inside an object or a list.
struct Inside<'r, 'de> {
    reader: &'r mut Reader<'de>,
    is_first: bool,
}

impl<'de> de::SeqAccess<'de> for Inside<'_, 'de> {
    type Error = JsonError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, JsonError> {
        if !self.reader.has_element(&mut self.is_first)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> de::MapAccess<'de> for Inside<'_, 'de> {
    type Error = JsonError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, JsonError> {
        if !self.reader.has_key(&mut self.is_first)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, JsonError> {
        self.reader.colon()?;
        seed.deserialize(&mut *self.reader)
    }
}

/// One of several variants, with what belongs to it or alone.
struct Choice<'r, 'de> {
    reader: &'r mut Reader<'de>,
    is_alone: bool,
}

impl Choice<'_, '_> {
    /// Refuses a variant that is alone but should not be.
    fn with(&self, expected: &'static str) -> Result<(), JsonError> {
        use de::Error as _;
        if self.is_alone { Err(JsonError::invalid_type(Unexpected::UnitVariant, &expected)) } else { Ok(()) }
    }
}

impl<'de> de::EnumAccess<'de> for Choice<'_, 'de> {
    type Error = JsonError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), JsonError> {
        let variant = seed.deserialize(&mut *self.reader)?;
        if !self.is_alone {
            self.reader.colon()?;
        }
        Ok((variant, self))
    }
}

impl<'de> de::VariantAccess<'de> for Choice<'_, 'de> {
    type Error = JsonError;

    fn unit_variant(self) -> Result<(), JsonError> {
        if self.is_alone { Ok(()) } else { Deserialize::deserialize(self.reader) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, JsonError> {
        self.with("newtype variant")?;
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, JsonError> {
        self.with("tuple variant")?;
        de::Deserializer::deserialize_seq(self.reader, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, JsonError> {
        self.with("struct variant")?;
        de::Deserializer::deserialize_map(self.reader, visitor)
    }
}
