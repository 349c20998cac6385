//! The platform's documented examples, as the client meets them: it emits exactly that request, and reads every documented
//! member of that response. The sandbox's side of the same examples is in `sandbox/tests/wire.rs`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use agora_chat_admin::{
    Dialect, api,
    codec::{Body, escape},
    each_resource,
    operation::{Answer, Endpoint, Visit},
    shape::Shape,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One documented exchange.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    operation: String,
    dialect: Dialect,
    /// Sent in an older form.
    #[serde(default)]
    older: bool,
    /// Sent by official clients in a spelling that ours does not use.
    #[serde(default)]
    server_only: bool,
    /// Why the sample cannot be taken as it is.
    broken: Option<String>,
    params: Map<String, Value>,
    request: Request,
    response: Option<Response>,
}

#[derive(Debug, Deserialize)]
struct Request {
    method: String,
    path: String,
    #[serde(default)]
    query: BTreeMap<String, String>,
    #[serde(default)]
    headers: BTreeMap<String, Value>,
    #[serde(default)]
    body: Value,
}

#[derive(Debug, Deserialize)]
struct Response {
    /// Absent where the documentation does not print it.
    status: Option<u16>,
    body: Value,
}

fn examples() -> Vec<(String, Example)> {
    let mut all = Vec::new();
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire")).unwrap();
    for file in files.map(|f| f.unwrap().path()) {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let examples: Vec<Example> = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        all.extend(examples.into_iter().enumerate().map(|(i, e)| (format!("{name}.json[{i}] {}", e.operation), e)));
    }
    all
}

#[test]
fn the_client_emits_the_documented_requests() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for (name, example) in examples().iter().filter(|(_, e)| !e.older && !e.server_only && e.broken.is_none()) {
        match emits(example) {
            Ok(()) => checked += 1,
            Err(why) => wrong.push(format!("{name}: {why}")),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), checked + wrong.len(), wrong.join("\n"));
    assert!(checked > 300, "only {checked} examples");
}

fn emits(example: &Example) -> Result<(), String> {
    let operation = api::find(&example.operation).ok_or("no such operation")?;
    let request = operation.encode(&example.params, example.dialect).map_err(|p| p.to_string())?;
    let documented = &example.request;
    same("method", request.method.as_str(), documented.method.as_str())?;
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    same("path", &escape::unescape(path), &escape::unescape(&documented.path))?;
    same("query", &escape::pairs(query).into_iter().collect(), &documented.query)?;
    for (header, value) in &documented.headers {
        let sent = request.headers.iter().find(|(k, _)| k.eq_ignore_ascii_case(header)).map(|(_, v)| v.clone());
        same(header, &sent.unwrap_or_default(), &text(value))?;
    }
    let body = match request.body {
        Body::Empty => Value::Null,
        Body::Json(json) => serde_json::from_str(&json).map_err(|e| e.to_string())?,
        Body::Form(form) => escape::pairs(&form).into_iter().map(|(k, v)| (k, Value::from(v))).collect(),
        // The file itself never reaches the codec.
        Body::Multipart { .. } => return Ok(()),
    };
    // Samples leave an empty body out.
    if documented.body.is_null() && body == Value::Object(Map::new()) {
        return Ok(());
    }
    same("body", &body, &documented.body)
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(what: &str, ours: &T, documented: &T) -> Result<(), String> {
    if ours == documented { Ok(()) } else { Err(format!("{what}: ours {ours:?}, documented {documented:?}")) }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads an answer as an operation's type does, and writes it back.
type RoundTrip = fn(Answer) -> Result<Value, String>;

#[derive(Default)]
struct RoundTrips(BTreeMap<String, RoundTrip>);

impl<E: Endpoint> Visit<E> for RoundTrips {
    fn visit(&mut self) {
        self.0.insert(E::OPERATION.id(), |answer| {
            let response = E::read(answer).map_err(|e| e.to_string())?;
            E::write(response).map(|a| a.value).map_err(|e| e.to_string())
        });
    }
}

fn round_trips() -> RoundTrips {
    let mut all = RoundTrips::default();
    macro_rules! visit {
        ($($resource:ident)::+) => { api::$($resource)::+::visit(&mut all) };
    }
    each_resource!(visit);
    all
}

/// Samples whose answer holds less than its operation promises: no result, or a user without what tells a banned one.
/// They are fixtures of the official SDK's tests; no documentation prints them.
const TORSOS: [&str; 8] = [
    "groups.json[31] groups.announcement.set",
    "blocks.json[7] blocks.remove",
    "mutes.json[6] mutes.list",
    "users.json[14] users.list",
    "users.json[16] users.delete",
    "users.json[18] users.deleteMany",
    "contacts.json[2] contacts.add",
    "contacts.json[4] contacts.remove",
];

#[test]
fn the_client_reads_every_documented_member() {
    let readers = round_trips();
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for (name, example) in &examples() {
        let Some(response) = example.response.as_ref().filter(|r| {
            r.status.unwrap_or(200) < 400 && r.body.get("error").is_none() && (r.body.is_object() || r.body.is_array())
        }) else {
            continue;
        };
        let operation = api::find(&example.operation).unwrap();
        if operation.bytes || matches!(operation.returns.shape, Shape::Unit) {
            continue;
        }
        let answer = operation.returns.unwrap(operation.paging, response.body.clone());
        let documented = answer.value.clone();
        if TORSOS.contains(&name.as_str()) {
            assert!(readers.0[&example.operation](answer).is_err(), "{name} is read");
            continue;
        }
        match readers.0[&example.operation](answer).and_then(|ours| covers(&documented, &ours, operation.returns.at)) {
            Ok(()) => checked += 1,
            Err(why) => wrong.push(format!("{name}: {why}")),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), checked + wrong.len(), wrong.join("\n"));
    assert!(checked > 350, "only {checked} examples");
}

/// Whether what we read holds all that is documented; at the top of a whole answer the envelope is not ours.
fn covers(documented: &Value, ours: &Value, at: &str) -> Result<(), String> {
    const ENVELOPE: [&str; 16] = [
        "action",
        "application",
        "applicationName",
        "organization",
        "path",
        "uri",
        "timestamp",
        "duration",
        "params",
        "count",
        "entities",
        "cursor",
        "properties",
        "requestStatusCode",
        "data",
        "status",
    ];
    match (documented, ours) {
        (Value::Null, _) => Ok(()),
        (Value::Object(map), Value::Object(read)) => {
            map.iter().filter(|(_, v)| !v.is_null()).try_for_each(|(key, value)| match read.get(key) {
                Some(found) => covers(value, found, &format!("{at}.{key}")),
                None if at.is_empty() && ENVELOPE.contains(&key.as_str()) => Ok(()),
                None => Err(format!("{at}.{key} is not declared")),
            })
        }
        (Value::Array(list), Value::Array(read)) if list.len() == read.len() => {
            list.iter().zip(read).try_for_each(|(a, b)| covers(a, b, &format!("{at}[]")))
        }
        (Value::Array(list), Value::Object(read)) if list.is_empty() && read.is_empty() => Ok(()),
        (Value::String(a), Value::Number(b)) if *a == b.to_string() => Ok(()),
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => Ok(()),
        (a, b) if a == b => Ok(()),
        (a, b) => Err(format!("{at}: documented {a}, read as {b}")),
    }
}

#[test]
fn every_operation_has_an_example_or_is_known_to_have_none() {
    let shown: BTreeSet<String> = examples().into_iter().map(|(_, e)| e.operation).collect();
    let without: Vec<String> = api::operations().map(|o| o.id()).filter(|id| !shown.contains(id)).collect();
    assert_eq!(without, ["push.settings.getTemplate", "push.templates.update"], "no source prints an example of these");
}

#[test]
fn broken_samples_are_noted() {
    let broken = examples().into_iter().filter(|(_, e)| e.broken.is_some()).count();
    assert_eq!(broken, 12);
}
