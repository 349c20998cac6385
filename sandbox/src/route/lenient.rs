//! Requests as clients in the field write them, read as the documented ones.

use agora_chat_admin::{
    Dialect,
    codec::{
        Params,
        decode::{Content, Incoming},
    },
    operation::{Encoding, Operation, Place},
    shape::{Problem, Shape},
};
use serde_json::{Number, Value};

/// How many values of one request are read as another type, lists counting once: the longest documented map has 16.
const MAX_RETYPED: usize = 48;

/// Takes `/sdk` off a path: the vendor's web client puts it in front where it means what the REST pages name without, or
/// with `/rest`.
pub(crate) fn address(request: &mut Incoming) {
    match request.segments.as_mut_slice() {
        [first, second, ..] if first == "sdk" && second == "message" => "rest".clone_into(first),
        [first, _, ..] if first == "sdk" => drop(request.segments.remove(0)),
        _ => {}
    }
}

/// Brings what clients are known to send into the documented shape.
pub(crate) fn normalise(request: &mut Incoming) {
    unnest_import(request);
    if request.segments.first().is_none_or(|first| first != "messages") {
        return;
    }
    let Content::Json(Value::Object(body)) = &mut request.body else { return };
    // What is empty, or not set, in PHP and Go.
    if body.get("ext").is_some_and(|ext| ext.is_null() || ext.as_array().is_some_and(Vec::is_empty)) {
        body.shift_remove("ext");
    }
    // The official Java SDK had another word for it for a year and a half.
    if let Some(kind) = body.get_mut("msg").and_then(|msg| msg.get_mut("type")).filter(|kind| **kind == "text") {
        *kind = "txt".into();
    }
}

/// Brings an import of the official Java SDK into the documented shape: the SDK nests type and body in `msg`, and calls
/// a text `text`.
fn unnest_import(request: &mut Incoming) {
    let segments: Vec<&str> = request.segments.iter().map(String::as_str).collect();
    let Content::Json(Value::Object(body)) = &mut request.body else { return };
    if !matches!(segments.as_slice(), ["messages", "users" | "chatgroups", "import"]) || body.contains_key("body") {
        return;
    }
    let Some(Value::Object(msg)) = body.get_mut("msg") else { return };
    let mut content = std::mem::take(msg);
    body.remove("msg");
    if let Some(kind) = content.remove("type") {
        body.insert("type".into(), if kind == "text" { "txt".into() } else { kind });
    }
    body.insert("body".into(), Value::Object(content));
}

/// Decodes a request some of whose scalars have another JSON type than the documented one. The platform's JSON library
/// converts them, and PHP clients count on it; the official Java SDK sends numbers as extensions of custom messages.
pub(super) fn decode(operation: &Operation, request: &Incoming, dialect: Dialect) -> Option<Params> {
    let mut request = request.clone();
    for _ in 0..MAX_RETYPED {
        match operation.decode(&request, dialect) {
            Ok(params) => return Some(params),
            Err(problem)
                if empty_member(&mut request, &problem)
                    || in_query(operation, &mut request)
                    || no_body(&mut request, &problem)
                    || (dialect == Dialect::Agora && private_group(operation, &mut request, &problem))
                    || wrapped_list(operation, &mut request) => {}
            Err(problem) => retype(operation, &mut request, &problem)?,
        }
    }
    None
}

/// Gives a message an empty name, address or action where it has none: official SDKs leave them to their callers.
fn empty_member(request: &mut Incoming, problem: &Problem) -> bool {
    let Content::Json(body) = &mut request.body else { return false };
    let Some((parent, name)) = problem.field.rsplit_once('.') else { return false };
    let left_out = problem.reason == "is required" && ["filename", "url", "action"].contains(&name);
    let Some(Value::Object(content)) = body.get_mut(parent).filter(|_| left_out) else { return false };
    // One that says nothing else is empty, which has words of its own.
    content.keys().any(|key| key != "type") && content.insert(name.into(), "".into()).is_none()
}

/// Takes the query for the form where a form is wanted and the body is empty, as servlets merge them.
fn in_query(operation: &Operation, request: &mut Incoming) -> bool {
    let merges = operation.encoding == Encoding::Form && request.body == Content::Empty && !request.query.is_empty();
    if merges {
        request.body = Content::Form(std::mem::take(&mut request.query));
    }
    merges
}

/// Makes a group private that does not say what it is: Agora's pages alone leave that open.
fn private_group(operation: &Operation, request: &mut Incoming, problem: &Problem) -> bool {
    let Content::Json(Value::Object(body)) = &mut request.body else { return false };
    let silent = operation.id() == "groups.create" && *problem == Problem::new("public", "is required");
    silent && body.insert("public".into(), false.into()).is_none()
}

/// Takes an empty list or `null` for no body: PHP writes what is empty as a list.
fn no_body(request: &mut Incoming, problem: &Problem) -> bool {
    let empty = match &request.body {
        Content::Json(Value::Null) => true,
        Content::Json(Value::Array(list)) => list.is_empty(),
        _ => false,
    };
    let taken = empty && *problem == Problem::new("body", "must be an object");
    if taken {
        request.body = Content::Empty;
    }
    taken
}

/// Takes a list out of an object that holds nothing else, where the list is the body: tables give it a name that the
/// examples do not send.
fn wrapped_list(operation: &Operation, request: &mut Incoming) -> bool {
    let whole = operation.fields.iter().any(|f| f.place == Place::Whole && matches!(f.shape, Shape::List(_)));
    let Content::Json(body) = &mut request.body else { return false };
    let list = match body.as_object_mut() {
        Some(object) if whole && object.len() == 1 => object.values_mut().find(|v| v.is_array()).map(Value::take),
        _ => None,
    };
    list.map(|list| *body = list).is_some()
}

/// Gives the offending value the type that is asked for, if it can be read as such.
fn retype(operation: &Operation, request: &mut Incoming, problem: &Problem) -> Option<()> {
    let reason = problem.reason.as_str();
    let (name, rest) = problem.field.split_at(problem.field.find(['.', '[']).unwrap_or(problem.field.len()));
    let field = operation.fields.iter().find(|f| f.name == name);
    let names: Vec<&str> = std::iter::once(name).chain(field.into_iter().flat_map(|f| f.aliases).copied()).collect();
    if let Content::Json(body) = &mut request.body {
        let mut paths = names.iter().map(|n| format!("{n}{rest}"));
        // A body that is one field has the field's name in front of the path, and no such member.
        if paths.any(|path| convert(body, &path, reason)) || convert(body, rest, reason) {
            return Some(());
        }
    }
    // A parameter that was built in and not set.
    let parts = if let Content::Multipart(parts) = &mut request.body { Some(parts) } else { None };
    for pairs in [&mut request.headers, &mut request.query].into_iter().chain(parts) {
        if let Some(at) = pairs.iter().position(|(name, text)| text.is_empty() && names.contains(&name.as_str())) {
            pairs.remove(at);
            return Some(());
        }
    }
    if let Some((_, text)) = request.headers.iter_mut().find(|(k, _)| names.contains(&k.as_str())) {
        // Any word but `true` is `false`, as Java reads it; PHP writes 1 and nothing.
        let word =
            (reason == "must be a boolean").then(|| text.trim() == "1" || text.trim().eq_ignore_ascii_case("true"))?;
        *text = word.to_string();
        return Some(());
    }
    let (_, text) = request.query.iter_mut().find(|(k, _)| names.contains(&k.as_str()))?;
    let value = converted(&Value::from(text.as_str()), reason)?;
    *text = value.to_string();
    Some(())
}

/// Converts what stands at a path such as `msgs[0].force`, and what stands there in the list's other items.
fn convert(value: &mut Value, path: &str, reason: &str) -> bool {
    match value {
        Value::Object(map) => {
            let path = path.strip_prefix('.').unwrap_or(path);
            // Keys may hold the signs that part a path.
            map.iter_mut().any(|(key, member)| match path.strip_prefix(key.as_str()) {
                Some("") => replace(member, reason),
                Some(rest) if rest.starts_with(['.', '[']) => convert(member, rest, reason),
                _ => false,
            })
        }
        Value::Array(list) => {
            let Some((_, rest)) = path.strip_prefix('[').and_then(|p| p.split_once(']')) else { return false };
            let change = |item| if rest.is_empty() { replace(item, reason) } else { convert(item, rest, reason) };
            list.iter_mut().map(change).filter(|changed| *changed).count() > 0
        }
        _ => false,
    }
}

fn replace(value: &mut Value, reason: &str) -> bool {
    converted(value, reason).is_some_and(|new| {
        *value = new;
        true
    })
}

/// A scalar as one of another type.
fn converted(value: &Value, reason: &str) -> Option<Value> {
    match (reason, value) {
        // What is not set, in Go; where it has to be, `null` is refused as well.
        (_, Value::String(empty)) if empty.is_empty() => Some(Value::Null),
        ("must be a string", Value::Number(_) | Value::Bool(_)) => Some(value.to_string().into()),
        ("must be an integer", Value::String(s)) => s.trim().parse::<i64>().ok().map(Value::from),
        ("must be a number", Value::String(s)) => s.trim().parse().ok().and_then(Number::from_f64).map(Value::Number),
        ("must be a boolean", Value::String(s)) => match s.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true.into()),
            "false" | "0" => Some(false.into()),
            _ => None,
        },
        ("must be a boolean", Value::Number(n)) => match n.as_i64() {
            Some(1) => Some(true.into()),
            Some(0) => Some(false.into()),
            _ => None,
        },
        _ => None,
    }
}
