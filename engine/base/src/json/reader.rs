//! The reader: values from JSON, one after the other.

use std::borrow::Cow;

use super::error::JsonError;
use super::lexer::{Lexer, Number, fraction};

const NO_TEXT: &str = "key must be a string";

/// How deep objects and lists may be nested.
const DEPTH: u32 = 127;

/// What can be read from JSON. Types with fields, and choices, derive it from what they tell serde. A type that is
/// written in one way but may be read in others has to say so to [`Reader::is_as_written`].
pub trait FromJson: Sized {
    /// Read a value.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError>;
}

/// The places of the values of fields, while not all of them are there. The derive of [`FromJson`] makes it.
pub trait Slots {
    /// Read the value of the nth field.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    fn put(&mut self, nth: usize, reader: &mut Reader<'_>) -> Result<(), JsonError>;
}

/// Read a value from JSON, all of it.
///
/// # Errors
/// If the bytes are not JSON, or not that of a `T`: with the place where that showed.
pub fn read<T: FromJson>(bytes: &[u8]) -> Result<T, JsonError> {
    Reader::new(bytes, false).whole()
}

/// Read a value from JSON, all of it, and tell whether these are the bytes that [`write`](super::write())
/// gives for it: the value is read and seen to be canonical in one go.
///
/// # Errors
/// As [`read`].
pub fn read_canonical<T: FromJson>(bytes: &[u8]) -> Result<(T, bool), JsonError> {
    let mut reader = Reader::new(bytes, true);
    let value = reader.whole()?;
    Ok((value, reader.lexer.is_canonical))
}

/// A reader of JSON, value after value.
pub struct Reader<'de> {
    lexer: Lexer<'de>,
    /// How much deeper objects and lists may go.
    depth: u32,
    /// Whether it is asked if the bytes are canonical.
    asks_for_canonical: bool,
}

impl<'de> Reader<'de> {
    /// Begin to read bytes.
    const fn new(bytes: &'de [u8], asks_for_canonical: bool) -> Self {
        Self { lexer: Lexer::new(bytes), depth: DEPTH, asks_for_canonical }
    }

    /// Read a value, behind which nothing comes.
    fn whole<T: FromJson>(&mut self) -> Result<T, JsonError> {
        let value = T::from_json(self)?;
        self.lexer.expect_end()?;
        Ok(value)
    }

    /// Tell the reader whether what was read is as it would be written. `is` is called only if that was asked.
    pub fn is_as_written(&mut self, is: impl FnOnce() -> bool) {
        if self.asks_for_canonical && self.lexer.is_canonical {
            self.lexer.is_canonical = is();
        }
    }

    /// Skip a value and return its text.
    ///
    /// # Errors
    /// If what comes is not JSON.
    pub fn raw(&mut self) -> Result<&'de str, JsonError> {
        self.lexer.skip_blanks();
        let first = self.lexer.at;
        self.skip_value()?;
        self.lexer.slice_from(first)
    }

    /// Skip a value.
    fn skip_value(&mut self) -> Result<(), JsonError> {
        match self.lexer.value_start()? {
            b'n' => self.lexer.rest_of_word(b"ull"),
            b't' => self.lexer.rest_of_word(b"rue"),
            b'f' => self.lexer.rest_of_word(b"alse"),
            b'-' | b'0'..=b'9' => self.lexer.number(true).map(|_| ()),
            b'"' => self.lexer.text().map(|_| ()),
            b'[' => {
                self.deeper()?;
                let mut is_first = true;
                while self.has_element(&mut is_first)? {
                    self.skip_value()?;
                }
                self.close(b']')
            }
            b'{' => {
                self.deeper()?;
                let mut is_first = true;
                while self.has_key(&mut is_first)? {
                    self.lexer.text()?;
                    self.colon()?;
                    self.skip_value()?;
                }
                self.close(b'}')
            }
            _ => Err(self.lexer.error_ahead("expected value")),
        }
    }

    /// Read the mark that opens an object or a list, if that is what comes.
    fn open(&mut self, mark: u8, expected: &str) -> Result<(), JsonError> {
        if self.lexer.value_start()? == mark { self.deeper() } else { Err(self.lexer.unexpected(expected)) }
    }

    /// Read a mark that opens an object or a list, which has been seen.
    fn deeper(&mut self) -> Result<(), JsonError> {
        self.depth = self.depth.checked_sub(1).ok_or_else(|| self.lexer.error_ahead("recursion limit exceeded"))?;
        self.lexer.at += 1;
        Ok(())
    }

    /// Read the mark that closes an object or a list.
    fn close(&mut self, mark: u8) -> Result<(), JsonError> {
        self.depth += 1;
        match self.lexer.skip_blanks() {
            Some(found) if found == mark => {
                self.lexer.at += 1;
                Ok(())
            }
            Some(b',') if mark == b'}' => Err(self.lexer.error_ahead("trailing comma")),
            Some(b',') => {
                self.lexer.at += 1;
                let is_comma = self.lexer.skip_blanks() == Some(mark);
                Err(self.lexer.error_ahead(if is_comma { "trailing comma" } else { "trailing characters" }))
            }
            Some(_) => Err(self.lexer.error_ahead("trailing characters")),
            None => Err(self.lexer.error_ahead(eof_inside(mark))),
        }
    }

    /// Place an error about an object or a list behind its end, if the end comes next.
    #[cold]
    fn closed(&mut self, mark: u8, error: JsonError) -> JsonError {
        let _ = self.close(mark);
        self.lexer.placed(error)
    }

    /// Leave an object or a list, whose parts came as `came` says.
    fn leave(&mut self, mark: u8, came: Result<(), JsonError>) -> Result<(), JsonError> {
        match came {
            Ok(()) => self.close(mark),
            Err(error) => Err(self.closed(mark, error)),
        }
    }

    /// Go to the next element of a list; return whether there is one.
    fn has_element(&mut self, is_first: &mut bool) -> Result<bool, JsonError> {
        match self.lexer.skip_blanks() {
            None => Err(self.lexer.error_ahead(eof_inside(b']'))),
            Some(b']') => Ok(false),
            Some(_) if std::mem::take(is_first) => Ok(true),
            Some(b',') => {
                self.lexer.at += 1;
                if self.lexer.value_start()? == b']' { Err(self.lexer.error_ahead("trailing comma")) } else { Ok(true) }
            }
            Some(_) => Err(self.lexer.error_ahead("expected `,` or `]`")),
        }
    }

    /// Go to the next key of an object; return whether there is one.
    fn has_key(&mut self, is_first: &mut bool) -> Result<bool, JsonError> {
        match self.lexer.skip_blanks() {
            None => Err(self.lexer.error_ahead(eof_inside(b'}'))),
            Some(b'}') => Ok(false),
            Some(found) if std::mem::take(is_first) => {
                if found == b'"' {
                    Ok(true)
                } else {
                    Err(self.lexer.error_ahead(NO_TEXT))
                }
            }
            Some(b',') => {
                self.lexer.at += 1;
                match self.lexer.value_start()? {
                    b'"' => Ok(true),
                    b'}' => Err(self.lexer.error_ahead("trailing comma")),
                    _ => Err(self.lexer.error_ahead(NO_TEXT)),
                }
            }
            Some(_) => Err(self.lexer.error_ahead("expected `,` or `}`")),
        }
    }

    /// Read the colon between a name and its value.
    ///
    /// # Errors
    /// If anything else comes.
    pub fn colon(&mut self) -> Result<(), JsonError> {
        match self.lexer.skip_blanks() {
            Some(b':') => {
                self.lexer.at += 1;
                Ok(())
            }
            Some(_) => Err(self.lexer.error_ahead("expected `:`")),
            None => Err(self.lexer.error_ahead(eof_inside(b'}'))),
        }
    }

    /// Read a text, if that is what comes.
    ///
    /// # Errors
    /// If something else comes.
    pub fn expected_text(&mut self) -> Result<Cow<'de, str>, JsonError> {
        if self.lexer.value_start()? == b'"' { self.lexer.text() } else { Err(self.lexer.unexpected("a string")) }
    }

    /// Read a whole number, if that is what comes.
    fn expected_number(&mut self, expected: &str) -> Result<Number<'de>, JsonError> {
        if !matches!(self.lexer.value_start()?, b'-' | b'0'..=b'9') {
            return Err(self.lexer.unexpected(expected));
        }
        match self.lexer.number(false)? {
            Number::Other(digits) => Err(self.lexer.placed(JsonError::invalid_type(&fraction(digits), expected))),
            whole => Ok(whole),
        }
    }

    /// Read a whole number up to `most`.
    pub(super) fn unsigned(&mut self, expected: &str, most: u64) -> Result<u64, JsonError> {
        match self.expected_number(expected)? {
            Number::Unsigned(n) if n <= most => Ok(n),
            other => Err(self.out_of_range(&other, expected)),
        }
    }

    /// Read a whole number from `least` to `most`.
    pub(super) fn signed(&mut self, expected: &str, least: i64, most: i64) -> Result<i64, JsonError> {
        let number = self.expected_number(expected)?;
        let whole = match number {
            Number::Unsigned(n) => i64::try_from(n).ok(),
            Number::Signed(n) => Some(n),
            Number::Other(_) => None,
        };
        whole.filter(|n| (least..=most).contains(n)).ok_or_else(|| self.out_of_range(&number, expected))
    }

    /// Say that a number is not in the range of what was expected.
    #[cold]
    fn out_of_range(&self, number: &Number<'_>, expected: &str) -> JsonError {
        self.lexer.placed(JsonError::new(match number {
            Number::Unsigned(n) => format!("invalid value: integer `{n}`, expected {expected}"),
            Number::Signed(n) => format!("invalid value: integer `{n}`, expected {expected}"),
            Number::Other(digits) => format!("invalid value: {}, expected {expected}", fraction(digits)),
        }))
    }

    /// Read a boolean, if that is what comes.
    pub(super) fn expected_bool(&mut self) -> Result<bool, JsonError> {
        match self.lexer.value_start()? {
            b't' => self.lexer.rest_of_word(b"rue").map(|()| true),
            b'f' => self.lexer.rest_of_word(b"alse").map(|()| false),
            _ => Err(self.lexer.unexpected("a boolean")),
        }
    }

    /// Read `null`, if that is what comes; return whether it was.
    pub(super) fn is_null(&mut self) -> Result<bool, JsonError> {
        let is_null = self.lexer.skip_blanks() == Some(b'n');
        if is_null {
            self.lexer.rest_of_word(b"ull")?;
        }
        Ok(is_null)
    }

    /// Open a choice: `{"name": value}`, or `"name"` alone. Return whether it is the name alone.
    fn open_choice(&mut self) -> Result<bool, JsonError> {
        match self.lexer.value_start()? {
            b'"' => Ok(true),
            b'{' => {
                self.deeper()?;
                match self.lexer.skip_blanks() {
                    Some(b'"') => Ok(false),
                    Some(b'}') => Err(self.lexer.error_ahead("expected value")),
                    Some(_) => Err(self.lexer.error_ahead(NO_TEXT)),
                    None => Err(self.lexer.error_ahead(eof_inside(b'}'))),
                }
            }
            _ => Err(self.lexer.error_ahead("expected value")),
        }
    }

    /// Read a name; return its place among those that may come. Names mostly come in their order, so the
    /// search begins at `likely`.
    fn name(&mut self, what: &str, names: &[&str], likely: usize) -> Result<usize, JsonError> {
        self.lexer.skip_blanks();
        let text = self.lexer.rest().strip_prefix(b"\"").unwrap_or_default();
        let comes = |name: &&str| text.get(name.len()) == Some(&b'"') && text.starts_with(name.as_bytes());
        if let Some(later) = names.iter().skip(likely).position(comes) {
            let nth = likely + later;
            self.lexer.at += names.get(nth).map_or(0, |name| name.len() + 2);
            return Ok(nth);
        }
        let text = self.expected_text()?;
        let found = names.iter().position(|name| *name == text);
        found.ok_or_else(|| self.lexer.placed(JsonError::unknown(what, &text, names)))
    }

    /// Read an object with fields. Those of `required`, a set of bits, have to be there; those of `written` are
    /// there in everything that the writer writes.
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
        if self.lexer.value_start()? != b'{' {
            return Err(self.lexer.unexpected(&format!("struct {called}")));
        }
        self.deeper()?;
        let came = self.fields_inside(names, required, written, slots);
        self.leave(b'}', came)
    }

    /// Read the fields inside the braces of an object.
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
                return Err(JsonError::new(format!("duplicate field `{name}`")));
            }
            seen |= 1 << nth;
            self.lexer.is_canonical &= nth >= likely;
            likely = nth + 1;
            self.colon()?;
            slots.put(nth, self)?;
        }
        self.lexer.is_canonical &= written & !seen == 0;
        let missing = names.iter().enumerate().find(|(nth, _)| required & !seen & (1 << nth) != 0);
        missing.map_or(Ok(()), |(_, name)| Err(JsonError::new(format!("missing field `{name}`"))))
    }

    /// Read a value into its place.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    pub fn put<T: FromJson>(&mut self, slot: &mut T) -> Result<(), JsonError> {
        *slot = T::from_json(self)?;
        Ok(())
    }

    /// Read a value into its place, which is not written if the value is `left_out`.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    pub fn put_unless<T: FromJson>(&mut self, slot: &mut T, left_out: impl Fn(&T) -> bool) -> Result<(), JsonError> {
        *slot = T::from_json(self)?;
        self.lexer.is_canonical &= !left_out(slot);
        Ok(())
    }

    /// Read a value into a place that was empty.
    ///
    /// # Errors
    /// If what comes is not the JSON of one.
    pub fn put_some<T: FromJson>(&mut self, slot: &mut Option<T>) -> Result<(), JsonError> {
        *slot = Some(T::from_json(self)?);
        Ok(())
    }

    /// Read which variant of a choice comes, and whether alone: `"name"`, not `{"name": value}`.
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

    /// Read what belongs to a variant that has no value: nothing, or null.
    ///
    /// # Errors
    /// If there is a value.
    pub fn nothing(&mut self, is_alone: bool) -> Result<(), JsonError> {
        if is_alone {
            return Ok(());
        }
        self.lexer.is_canonical = false;
        if self.lexer.value_start()? == b'n' {
            self.lexer.rest_of_word(b"ull")
        } else {
            Err(self.lexer.unexpected("unit"))
        }
    }

    /// Read the value of a variant.
    ///
    /// # Errors
    /// If there is none, or it is not the JSON of one.
    pub fn inside<T: FromJson>(&mut self, is_alone: bool) -> Result<T, JsonError> {
        if is_alone { Err(JsonError::invalid_type("unit variant", "newtype variant")) } else { T::from_json(self) }
    }

    /// Read the end of a choice.
    ///
    /// # Errors
    /// If something else comes.
    pub fn end_variant(&mut self, is_alone: bool) -> Result<(), JsonError> {
        if is_alone {
            return Ok(());
        }
        self.depth += 1;
        match self.lexer.skip_blanks() {
            Some(b'}') => {
                self.lexer.at += 1;
                Ok(())
            }
            Some(_) => Err(self.lexer.error("expected value")),
            None => Err(self.lexer.error(eof_inside(b'}'))),
        }
    }

    /// Read a list, each of its elements by a call.
    pub(super) fn elements(
        &mut self,
        element: &mut dyn FnMut(&mut Self) -> Result<(), JsonError>,
    ) -> Result<(), JsonError> {
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
        self.leave(b']', came)
    }

    /// Read an object of any keys, each of its entries by a call, which reads the colon too.
    ///
    /// # Errors
    /// If something else comes, or a call fails.
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
        self.leave(b'}', came)
    }
}

/// Return the words for bytes that end inside an object or a list.
const fn eof_inside(mark: u8) -> &'static str {
    if mark == b']' { "EOF while parsing a list" } else { "EOF while parsing an object" }
}
