//! How tagged unions are read and written, whatever tags the platform adds.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, ser::Error as _};
use serde_json::{Map, Value};

/// The members of a union, its tag among them.
pub fn members<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<String, Value>, D::Error> {
    Map::deserialize(deserializer)
}

/// The tag's value.
pub fn tag<'a, E: serde::de::Error>(members: &'a Map<String, Value>, tag: &'static str) -> Result<&'a str, E> {
    members.get(tag).and_then(Value::as_str).ok_or_else(|| E::missing_field(tag))
}

/// The variant among the members, or below `content`.
pub fn read<T: DeserializeOwned, E: serde::de::Error>(
    content: Option<&'static str>,
    mut members: Map<String, Value>,
) -> Result<T, E> {
    let Some(name) = content else {
        return serde_path_to_error::deserialize(Value::Object(members)).map_err(E::custom);
    };
    let value = members.remove(name).ok_or_else(|| E::missing_field(name))?;
    serde_path_to_error::deserialize(value).map_err(|e| E::custom(format!("{name}.{e}")))
}

/// Writes a variant with its tag.
pub fn write<T: Serialize, S: Serializer>(
    tag: &str,
    content: Option<&str>,
    value: &str,
    variant: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut members = Map::new();
    members.insert(tag.to_owned(), value.into());
    match (serde_json::to_value(variant).map_err(S::Error::custom)?, content) {
        (variant, Some(name)) => {
            members.insert(name.to_owned(), variant);
        }
        (Value::Object(variant), None) => members.extend(variant),
        (_, None) => return Err(S::Error::custom("a variant is no object")),
    }
    members.serialize(serializer)
}
