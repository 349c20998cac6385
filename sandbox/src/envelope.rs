//! What stands around a result, as each of the platform's services writes it.

use crate::app::App;
use agora_chat_admin::operation::{Answer, Envelope, Operation, Paging};
use serde_json::{Map, Value, json};

/// What a handler adds to or changes in the envelope.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// `action`, where it is not the method.
    pub action: Option<String>,
    /// More members: `count`, `params`.
    pub members: Map<String, Value>,
    /// More members of the object that holds the result: `data` of `data.list`.
    pub data: Map<String, Value>,
    /// Whether the only item of a list stands in the list's place.
    pub one: bool,
}

/// The body of a successful answer.
pub(crate) fn wrap(operation: &Operation, answer: Answer, extras: Extras, app: &App, uri: &str, now: u64) -> Value {
    let mut body = Map::new();
    let action = extras.action.unwrap_or_else(|| operation.method.as_str().to_ascii_lowercase());
    let path = format!("/{}", operation.path.split('/').nth(1).unwrap_or_default());
    let members = match operation.envelope {
        Envelope::Standard => json!({
            "action": action, "application": app.uuid, "path": path, "uri": uri, "entities": [], "timestamp": now,
            "duration": 0, "organization": app.org, "applicationName": app.name,
        }),
        Envelope::Minimal => json!({ "action": action, "timestamp": now, "duration": 0 }),
        Envelope::Metadata | Envelope::Push => json!({ "timestamp": now, "duration": 0 }),
        Envelope::Reaction => json!({ "requestStatusCode": "ok", "timestamp": now }),
        Envelope::Short => json!({ "uri": uri, "action": action, "timestamp": now }),
        Envelope::Bare => json!({}),
    };
    if let Value::Object(members) = members {
        body.extend(members);
    }
    let value = match answer.value {
        Value::Array(mut list) if extras.one && list.len() == 1 => list.remove(0),
        value => value,
    };
    put(&mut body, operation.returns.at, value);
    if let (Some(Paging::Cursor { next, .. }), Some(cursor)) = (operation.paging, answer.cursor) {
        put(&mut body, next, cursor.into());
    }
    // What holds the result: `data` of `data.list`, `result` of `result.sublist`.
    let holder = operation.returns.at.split_once('.').map_or("data", |(holder, _)| holder);
    if let Some(Value::Object(holder)) = body.get_mut(holder) {
        holder.extend(extras.data);
    }
    body.extend(extras.members);
    Value::Object(body)
}

/// Puts a value at a path such as `data.list` or `entities[0]`; at the empty path its members stand beside the others.
fn put(body: &mut Map<String, Value>, path: &str, value: Value) {
    match (path.split_once('.'), path.split_once('[')) {
        (Some((first, rest)), _) => {
            let inner = body.entry(first).or_insert_with(|| json!({}));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
        (None, Some((name, _))) => {
            body.insert(name.to_owned(), Value::Array(vec![value]));
        }
        (None, None) if path.is_empty() => {
            if let Value::Object(members) = value {
                body.extend(members);
            }
        }
        (None, None) => {
            body.insert(path.to_owned(), value);
        }
    }
}
