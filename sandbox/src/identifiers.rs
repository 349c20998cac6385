//! What an identifier may hold: one parts the keys of tables.

use agora_chat_admin::{
    codec::Params,
    operation::Operation,
    shape::{Problem, Shape},
};
use serde_json::Value;

/// Parameters that are free text, and so may hold line ends; none is part of a key. Values of maps are texts too.
const TEXTS: [&str; 26] = [
    "announcement",
    "avatar",
    "body",
    "client_secret",
    "content_pattern",
    "custom",
    "description",
    "device_token",
    "ext",
    "filename",
    "from_name",
    "groupname",
    "msg",
    "new_ext",
    "new_msg",
    "newpassword",
    "nickname",
    "password",
    "pushMessage",
    "recallMessageExtensionInfo",
    "remark",
    "scale",
    "share-secret",
    "status",
    "title_pattern",
    "version",
];

/// Refuses identifiers that hold control characters, wherever they come in: one of these parts the keys of tables.
pub(crate) fn check(operation: &Operation, params: &Params) -> Result<(), Problem> {
    fn each(name: &str, value: &Value, text: bool) -> Result<(), Problem> {
        match value {
            Value::String(id) if !text => plain(name, id),
            Value::Array(list) => list.iter().try_for_each(|item| each(name, item, text)),
            Value::Object(map) => map.iter().try_for_each(|(key, item)| {
                plain(name, key)?;
                each(key, item, text || key == "metaData" || TEXTS.contains(&key.as_str()))
            }),
            _ => Ok(()),
        }
    }
    params.iter().filter(|(name, _)| !TEXTS.contains(&name.as_str())).try_for_each(|(name, value)| {
        let field = operation.fields.iter().find(|f| f.name == name);
        each(name, value, field.is_some_and(|f| matches!(f.shape, Shape::Map(_))))
    })
}

/// Refuses an identifier that holds a control character.
pub(crate) fn plain(name: &str, id: &str) -> Result<(), Problem> {
    if id.contains(char::is_control) { Err(Problem::new(name, "must hold no control characters")) } else { Ok(()) }
}
