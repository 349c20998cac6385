//! Decoders that take what the platform prints: numbers and booleans as strings, `[]` for an empty map.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor, value::MapAccessDeserializer},
};
use std::{collections::BTreeMap, fmt, marker::PhantomData, str::FromStr};

/// What the platform prints in more than one way.
pub trait Printed: Sized + FromStr {
    /// What it should be.
    const NOUN: &'static str;
    /// Of a whole number.
    fn whole(number: i128) -> Option<Self>;
    /// Of a number with a fraction.
    fn fraction(_number: f64) -> Option<Self> {
        None
    }
    /// Of a truth value.
    fn flag(_flag: bool) -> Option<Self> {
        None
    }
}

macro_rules! integers {
    ($($t:ty),*) => { $(impl Printed for $t {
        const NOUN: &'static str = "a whole number";
        fn whole(number: i128) -> Option<Self> {
            number.try_into().ok()
        }
    })* };
}
integers!(u32, u64, i32, i64);

impl Printed for f64 {
    const NOUN: &'static str = "a number";

    #[allow(clippy::cast_precision_loss)]
    fn whole(number: i128) -> Option<Self> {
        Some(number as Self)
    }

    fn fraction(number: f64) -> Option<Self> {
        Some(number)
    }
}

impl Printed for bool {
    const NOUN: &'static str = "true or false";

    fn whole(number: i128) -> Option<Self> {
        match number {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn flag(flag: bool) -> Option<Self> {
        Some(flag)
    }
}

/// Reads a value however it is printed, and nothing of `null` and of an empty text.
struct Reader<T>(PhantomData<T>);

impl<T: Printed> Reader<T> {
    fn of<E: Error>(read: Option<T>, found: Unexpected<'_>) -> Result<Option<T>, E> {
        read.map(Some).ok_or_else(|| E::invalid_value(found, &T::NOUN))
    }
}

impl<'de, T: Printed> Visitor<'de> for Reader<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::NOUN)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Option<T>, E> {
        Self::of(T::flag(flag), Unexpected::Bool(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Option<T>, E> {
        Self::of(T::whole(number.into()), Unexpected::Signed(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<T>, E> {
        Self::of(T::whole(number.into()), Unexpected::Unsigned(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Option<T>, E> {
        #[allow(clippy::cast_possible_truncation)]
        let whole = (number.fract() == 0.0).then(|| T::whole(number as i128)).flatten();
        Self::of(whole.or_else(|| T::fraction(number)), Unexpected::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<T>, E> {
        let printed = text.trim();
        if printed.is_empty() {
            return Ok(None);
        }
        let whole = || printed.parse().ok().and_then(T::whole);
        Self::of(printed.parse().ok().or_else(whole), Unexpected::Str(text))
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// A number or truth value, or its digits or word in a string.
pub fn printed<'de, D: Deserializer<'de>, T: Printed>(deserializer: D) -> Result<T, D::Error> {
    optional_printed(deserializer)?.ok_or_else(|| D::Error::invalid_value(Unexpected::Unit, &T::NOUN))
}

/// The same, or nothing.
pub fn optional_printed<'de, D: Deserializer<'de>, T: Printed>(deserializer: D) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Reader(PhantomData))
}

/// A list, or `null` for an empty one.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// An object, or `[]` or `null` for an empty one.
pub fn map<'de, D, T>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(optional_map(deserializer)?.unwrap_or_default())
}

/// An object, `[]` for an empty one, or nothing.
pub fn optional_map<'de, D, T>(deserializer: D) -> Result<Option<BTreeMap<String, T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(Members(PhantomData))
}

/// Reads an object.
struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = Option<BTreeMap<String, T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        match list.next_element::<IgnoredAny>()? {
            None => Ok(Some(BTreeMap::new())),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Writes an empty object as the platform's older services do: `[]`.
pub fn empty_as_list<S: Serializer, T: Serialize>(map: &BTreeMap<String, T>, serializer: S) -> Result<S::Ok, S::Error> {
    if map.is_empty() { [(); 0].serialize(serializer) } else { map.serialize(serializer) }
}
