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
    /// What a list's items show as `null` where they lack it.
    pub nullable: Option<&'static str>,
}

/// What names the app.
const APP: &[&str] = &["application", "applicationName", "organization"];
/// What names the app and the resource.
const NAMELESS: &[&str] = &["application", "applicationName", "organization", "path"];

/// What documented answers lack of the standard members: group, operations, members. The first row that fits counts; one
/// that names no operations is for all of its group and of those below.
const LACKING: &[(&str, &[&str], &[&str])] = &[
    ("users", &["get", "list"], APP),
    ("users", &["disconnect", "disconnectDevice"], &["path"]),
    ("users.offlineMessages", &[], NAMELESS),
    ("users.status", &[], NAMELESS),
    ("contacts", &["list", "listPage"], NAMELESS),
    ("blocks", &["list"], NAMELESS),
    ("blocks", &["add"], &["path"]),
    ("mutes", &[], &["entities"]),
    ("groups", &["list"], NAMELESS),
    ("groups", &["listJoinedDetailed"], &["application", "path"]),
    ("groups", &[], &["path"]),
    ("rooms", &[], &["path"]),
    ("messages.history", &[], &["entities", "path"]),
    ("messages.conversations", &[], &[]),
    ("messages.users", &["import"], &[]),
    ("messages.groups", &["import"], &[]),
    ("messages", &[], &["entities"]),
    ("files", &["setLifetime"], &["entities"]),
    ("push.templates", &[], &["entities", "path"]),
    ("push.settings", &["setNickname", "setNicknames", "setDisplayStyle", "setDoNotDisturb"], &[]),
    ("push.settings", &[], &["entities"]),
    ("threads.members", &["list"], &["application", "applicationName", "entities", "organization", "path"]),
    ("threads.members", &["remove"], &["application", "path"]),
    ("threads", &["list", "listByUser", "listByUserInGroup"], &["application", "path"]),
    ("threads", &[], &["application", "entities", "path"]),
];
/// What an operation's documented answers lack of the standard members.
fn lacking(operation: &Operation) -> &'static [&'static str] {
    LACKING.iter().find(|(group, names, _)| is_of(operation, group, names)).map_or(&[], |(_, _, members)| members)
}

/// Whether a row of a table means an operation: of its group those that it names or, if it names none, all and those below.
pub(crate) fn is_of(operation: &Operation, group: &str, names: &[&str]) -> bool {
    operation.group.strip_prefix(group).is_some_and(|rest| match names {
        [] => rest.is_empty() || rest.starts_with('.'),
        names => rest.is_empty() && names.contains(&operation.name),
    })
}

/// The body of a successful answer.
pub(crate) fn wrap(operation: &Operation, answer: Answer, extras: Extras, app: &App, uri: &str, now: u64) -> Value {
    let mut body = Map::new();
    let action = extras.action.unwrap_or_else(|| operation.method.as_str().to_ascii_lowercase());
    let path = format!("/{}", operation.path.split('/').nth(1).unwrap_or_default());
    let mut members = match operation.envelope {
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
    if let Value::Object(members) = &mut members {
        if operation.envelope == Envelope::Standard {
            // Not `remove`, which puts the last member in the place of the one that goes.
            let lacking = lacking(operation);
            members.retain(|name, _| !lacking.contains(&name.as_str()));
        }
        body.append(members);
    }
    let mut value = answer.value;
    if let (Some(name), Value::Array(items)) = (extras.nullable, &mut value) {
        for item in items.iter_mut().filter_map(Value::as_object_mut) {
            item.entry(name).or_insert(Value::Null);
        }
    }
    let value = match value {
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

/// Takes out what names the app: answers to requests below `/app-id/{id}` do not.
pub(crate) fn leave_out_app(body: &mut Value) {
    if let Value::Object(members) = body {
        members.retain(|name, _| !APP.contains(&name.as_str()));
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::unwrap_used)]

    use super::{Extras, wrap};
    use crate::app::App;
    use agora_chat_admin::operation::{Answer, Envelope};
    use serde_json::Value;
    use std::collections::BTreeSet;

    /// Beside the envelope: results, and what handlers add.
    const ADDED: [&str; 6] = ["data", "count", "cursor", "params", "properties", "total"];
    /// Samples that print another envelope than all like them, or only part of one.
    const ODD: [&str; 8] = [
        "users.register",
        "users.delete",
        "users.disconnect",
        "groups.get",
        "files.setLifetime",
        "groups.members.isJoined",
        "groups.blocklist.list",
        "messages.recall",
    ];

    #[test]
    fn answers_have_the_documented_members() {
        let (mut wrong, mut checked) = (Vec::new(), 0);
        for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/wire")).unwrap() {
            let examples: Vec<Value> = serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
            for example in &examples {
                let id = example["operation"].as_str().unwrap();
                let operation = agora_chat_admin::api::find(id).unwrap();
                let Some(documented) = example["response"]["body"].as_object() else { continue };
                // Shorter ones are excerpts.
                let whole = documented.contains_key("timestamp") && documented.contains_key("uri");
                if operation.envelope != Envelope::Standard || !whole || ODD.contains(&id) {
                    continue;
                }
                let answer = Answer { value: Value::Null, cursor: None, bytes: None };
                let ours = wrap(operation, answer, Extras::default(), &App::default(), "", 0);
                let names = |body: &serde_json::Map<String, Value>| -> BTreeSet<String> {
                    body.keys().filter(|k| !ADDED.contains(&k.as_str())).cloned().collect()
                };
                let (ours, documented) = (names(ours.as_object().unwrap()), names(documented));
                checked += 1;
                if ours != documented {
                    wrong.push(format!("{id}: {:?}", ours.symmetric_difference(&documented)));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(checked > 200, "only {checked} answers");
    }
}
