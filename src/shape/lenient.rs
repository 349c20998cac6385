//! Decoders that take what the platform prints: numbers and booleans as strings, `[]` for an empty map.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::Value;
use std::{collections::BTreeMap, str::FromStr};

#[derive(Deserialize)]
#[serde(untagged)]
enum Printed<T> {
    Plain(T),
    Text(String),
}

/// A number, or its digits in a string.
pub fn number<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + FromStr,
{
    match Printed::deserialize(deserializer)? {
        Printed::Plain(n) => Ok(n),
        Printed::Text(s) => s.trim().parse().map_err(|_| D::Error::custom(format!("cannot read {s:?}"))),
    }
}

/// A number, its digits in a string, or nothing.
pub fn optional_number<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + FromStr,
{
    match Option::<Printed<T>>::deserialize(deserializer)? {
        None => Ok(None),
        Some(Printed::Plain(n)) => Ok(Some(n)),
        Some(Printed::Text(s)) if s.trim().is_empty() => Ok(None),
        Some(Printed::Text(s)) => {
            s.trim().parse().map(Some).map_err(|_| D::Error::custom(format!("cannot read {s:?}")))
        }
    }
}

/// `true` or `false`, or the word in a string.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    number(deserializer)
}

/// `true` or `false`, the word in a string, or nothing.
pub fn optional_flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    optional_number(deserializer)
}

/// An object, or `[]` or `null` for an empty one.
pub fn map<'de, D, T>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> Deserialize<'a>,
{
    Ok(optional_map(deserializer)?.unwrap_or_default())
}

/// An object, `[]` for an empty one, or nothing.
pub fn optional_map<'de, D, T>(deserializer: D) -> Result<Option<BTreeMap<String, T>>, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> Deserialize<'a>,
{
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::Array(list) if list.is_empty() => Ok(Some(BTreeMap::new())),
        value => BTreeMap::deserialize(value).map(Some).map_err(D::Error::custom),
    }
}

/// Writes an empty object as the platform's older services do: `[]`.
pub fn empty_as_list<S: Serializer, T: Serialize>(map: &BTreeMap<String, T>, serializer: S) -> Result<S::Ok, S::Error> {
    if map.is_empty() { [(); 0].serialize(serializer) } else { map.serialize(serializer) }
}
