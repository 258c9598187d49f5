//! Reading what the standard library has: texts, numbers, lists, maps.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::error::JsonError;
use super::reader::{FromJson, Reader};

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
