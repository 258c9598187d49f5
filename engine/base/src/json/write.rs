//! The writer: compact JSON.

use std::fmt::{self, Write as _};

use serde::ser::{self, Serialize};

use super::raw::WRITTEN;

/// Why a value has no JSON: a key is no text, or there is a binary fraction in it. No type of the
/// engine is such a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the value cannot be written as JSON")]
pub struct Unwritable;

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Write a value as compact JSON.
///
/// # Errors
/// If a key is no text, or a number is a binary fraction.
pub fn write<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Unwritable> {
    let mut writer = Writer { text: String::new(), is_written: false };
    value.serialize(&mut writer)?;
    Ok(writer.text.into_bytes())
}

/// The text that has been written so far.
struct Writer {
    text: String,
    /// Whether the next text is JSON already.
    is_written: bool,
}

impl Writer {
    /// Write a name from a declaration, in which nothing is to be escaped.
    fn name(&mut self, name: &str) {
        self.text.push('"');
        self.text.push_str(name);
        self.text.push('"');
    }

    /// Write a text, with escapes where it needs some.
    fn quoted(&mut self, text: &str) {
        if !text.bytes().any(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
            return self.name(text);
        }
        self.text.push('"');
        let mut first = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0x8 => "\\b",
                0xc => "\\f",
                0..=0x1f => "",
                _ => continue,
            };
            self.text.push_str(text.get(first..at).unwrap_or_default());
            first = at + 1;
            self.text.push_str(escape);
            if escape.is_empty() {
                // Writing to a String cannot fail.
                let _ = write!(self.text, "\\u{byte:04x}");
            }
        }
        self.text.push_str(text.get(first..).unwrap_or_default());
        self.text.push('"');
    }

    /// Write a whole number.
    fn number(&mut self, magnitude: u64, is_negative: bool) {
        let sign = if is_negative { "-" } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{sign}{magnitude}");
    }

    /// Write what stands before an entry of an object or a list: a comma, but for the first.
    fn comma(&mut self, is_first: &mut bool) {
        if !std::mem::take(is_first) {
            self.text.push(',');
        }
    }

    /// Write `{"name":`.
    fn variant(&mut self, name: &str) {
        self.text.push('{');
        self.name(name);
        self.text.push(':');
    }
}

/// An object or a list that is being written.
struct Inside<'w> {
    writer: &'w mut Writer,
    is_first: bool,
    /// The mark that closes it.
    close: &'static str,
}

impl<'w> Inside<'w> {
    /// Write the mark that opens an object or a list.
    fn open(writer: &'w mut Writer, open: char, close: &'static str) -> Self {
        writer.text.push(open);
        Self { writer, is_first: true, close }
    }

    /// Write the key of a field.
    fn key(&mut self, key: &str) {
        if self.writer.is_written {
            return;
        }
        self.writer.comma(&mut self.is_first);
        self.writer.name(key);
        self.writer.text.push(':');
    }

    /// Write what closes it.
    fn closed(self) {
        self.writer.text.push_str(self.close);
    }

    /// Write an element of a list.
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.writer.comma(&mut self.is_first);
        value.serialize(&mut *self.writer)
    }
}

impl<'w> ser::Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Inside<'w>;
    type SerializeTuple = Inside<'w>;
    type SerializeTupleStruct = Inside<'w>;
    type SerializeTupleVariant = Inside<'w>;
    type SerializeMap = Inside<'w>;
    type SerializeStruct = Inside<'w>;
    type SerializeStructVariant = Inside<'w>;

    fn serialize_bool(self, v: bool) -> Result<(), Unwritable> {
        self.text.push_str(if v { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, v: i8) -> Result<(), Unwritable> {
        self.serialize_i64(v.into())
    }

    fn serialize_i16(self, v: i16) -> Result<(), Unwritable> {
        self.serialize_i64(v.into())
    }

    fn serialize_i32(self, v: i32) -> Result<(), Unwritable> {
        self.serialize_i64(v.into())
    }

    fn serialize_i64(self, v: i64) -> Result<(), Unwritable> {
        self.number(v.unsigned_abs(), v < 0);
        Ok(())
    }

    fn serialize_u8(self, v: u8) -> Result<(), Unwritable> {
        self.serialize_u64(v.into())
    }

    fn serialize_u16(self, v: u16) -> Result<(), Unwritable> {
        self.serialize_u64(v.into())
    }

    fn serialize_u32(self, v: u32) -> Result<(), Unwritable> {
        self.serialize_u64(v.into())
    }

    fn serialize_u64(self, v: u64) -> Result<(), Unwritable> {
        self.number(v, false);
        Ok(())
    }

    #[expect(clippy::disallowed_types, reason = "the trait asks for it; it is refused")]
    fn serialize_f32(self, _: f32) -> Result<(), Unwritable> {
        Err(Unwritable)
    }

    #[expect(clippy::disallowed_types, reason = "the trait asks for it; it is refused")]
    fn serialize_f64(self, _: f64) -> Result<(), Unwritable> {
        Err(Unwritable)
    }

    fn serialize_char(self, v: char) -> Result<(), Unwritable> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result<(), Unwritable> {
        if std::mem::take(&mut self.is_written) {
            self.text.push_str(v);
        } else {
            self.quoted(v);
        }
        Ok(())
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<(), Unwritable> {
        v.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Unwritable> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unwritable> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritable> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unwritable> {
        self.name(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        self.variant(variant);
        value.serialize(&mut *self)?;
        self.text.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'w>, Unwritable> {
        Ok(Inside::open(self, '[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'w>, Unwritable> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'w>, Unwritable> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'w>, Unwritable> {
        self.variant(variant);
        Ok(Inside::open(self, '[', "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'w>, Unwritable> {
        Ok(Inside::open(self, '{', "}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Inside<'w>, Unwritable> {
        if name == WRITTEN {
            self.is_written = true;
            return Ok(Inside { writer: self, is_first: true, close: "" });
        }
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'w>, Unwritable> {
        self.variant(variant);
        Ok(Inside::open(self, '{', "}}"))
    }
}

macro_rules! lists {
    ($($list:ident $method:ident;)*) => {$(
        impl ser::$list for Inside<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
                self.element(value)
            }

            fn end(self) -> Result<(), Unwritable> {
                self.closed();
                Ok(())
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

macro_rules! structs {
    ($($list:ident)*) => {$(
        impl ser::$list for Inside<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Unwritable> {
                self.key(key);
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Result<(), Unwritable> {
                self.closed();
                Ok(())
            }
        }
    )*};
}

structs! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        self.writer.comma(&mut self.is_first);
        let first = self.writer.text.len();
        key.serialize(&mut *self.writer)?;
        if self.writer.text.as_bytes().get(first) == Some(&b'"') { Ok(()) } else { Err(Unwritable) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Unwritable> {
        self.closed();
        Ok(())
    }
}
