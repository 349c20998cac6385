//! What an operation answers: its result in its envelope, or a refusal.

use super::{any_of, schema};
use crate::generate::doc;
use agora_chat_admin::{
    operation::{Auth, Operation, Paging},
    shape::Shape,
};
use serde_json::{Map, Value, json};

pub(super) fn responses(group: &[&'static Operation]) -> Value {
    let files = group.iter().all(|o| matches!(doc::inner(o.returns.shape), Shape::Bytes));
    let content = if files {
        json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } })
    } else {
        let mut schemas: Vec<Value> = group.iter().map(|o| answer(o)).collect();
        schemas.dedup();
        json!({ "application/json": { "schema": any_of(schemas) } })
    };
    let mut responses = Map::new();
    responses.insert("200".into(), json!({ "description": "It was done.", "content": content }));
    for (status, name, _) in REFUSALS {
        // Without a token none can be refused.
        if status != "401" || group.iter().any(|o| o.auth != Auth::None) {
            responses.insert(status.into(), json!({ "$ref": format!("#/components/responses/{name}") }));
        }
    }
    responses.insert("5XX".into(), json!({ "description": "The platform failed." }));
    Value::Object(responses)
}

/// What any operation may be answered with instead: status, name, meaning.
const REFUSALS: [(&str, &str, &str); 6] = [
    ("400", "Unfit", "A parameter does not fit, or what is asked for is not possible."),
    ("401", "Unauthorized", "There is no token, or it is wrong, past its time, or another app's."),
    ("403", "Forbidden", "The caller may not do it, or a limit or the app's plan does not allow it."),
    ("404", "NotFound", "What the request names does not exist."),
    (
        "429",
        "TooManyCalls",
        "Too many calls: wait before the next (`reach_limit`), or a quota is used up (`resource_limited`).",
    ),
    ("4XX", "Refused", "The platform refused it."),
];

/// The refusals by name.
pub(super) fn refusals() -> Value {
    let error = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } });
    let one =
        |(_, name, meaning): (&str, &str, &str)| (name.to_owned(), json!({ "description": meaning, "content": error }));
    Value::Object(REFUSALS.into_iter().map(one).collect())
}

/// The whole answer: the result where it stands, and the next page's cursor.
fn answer(o: &'static Operation) -> Value {
    let shape = doc::inner(o.returns.shape);
    let mut result = schema(shape);
    if let (true, Shape::List(item)) = (o.returns.one_or_many, shape) {
        result = json!({ "oneOf": [result, schema(item)] });
    }
    let mut whole =
        if matches!(shape, Shape::Unit) { json!({ "type": "object" }) } else { nested(o.returns.at, result) };
    if let Some(Paging::Cursor { next, .. }) = o.paging {
        merge(
            &mut whole,
            nested(next, json!({ "type": ["string", "null"], "description": "Where the next page begins." })),
        );
    }
    whole
}

/// An object that holds a schema at a path such as `data.list` or `entities[0]`.
fn nested(path: &str, inner: Value) -> Value {
    let parts: Vec<&str> = path.split(['.', '[']).filter(|p| !p.is_empty()).collect();
    parts.into_iter().rev().fold(inner, |inner, part| {
        if part.ends_with(']') {
            json!({ "type": "array", "items": inner })
        } else {
            json!({ "type": "object", "properties": { part: inner } })
        }
    })
}

/// Adds the properties of one nested object to another.
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                match into.get_mut(&key) {
                    Some(old) => merge(old, value),
                    None => drop(into.insert(key, value)),
                }
            }
        }
        (
            _,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_),
        ) => {}
    }
}

/// What the platform answers when it refuses.
pub(super) fn error() -> Value {
    json!({
        "type": "object",
        "description": "Why the platform refused.",
        "properties": {
            "error": { "type": "string", "description": "The code, for instance `duplicate_unique_property_exists`." },
            "error_description": { "type": "string", "description": "What it means." },
            "exception": { "type": "string" },
            "timestamp": { "type": "integer", "description": "In Unix milliseconds." },
            "duration": { "type": "integer", "description": "In milliseconds." },
        },
    })
}
