//! The platform's documented examples, as the sandbox meets them: each request is routed to its operation, and its
//! parameters are read as the client would have written them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use agora_chat_admin::{
    Dialect,
    codec::decode::{Content, Incoming},
    operation::Method,
};
use agora_chat_sandbox::route::Routes;
use serde_json::{Value, json};

#[test]
fn documented_requests_reach_their_operations() {
    let routes = Routes::default();
    let (mut wrong, mut checked) = (Vec::new(), 0);
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/wire")).unwrap();
    for file in files.map(|f| f.unwrap().path()) {
        let examples: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for (i, example) in examples.iter().enumerate().filter(|(_, e)| e.get("broken").is_none()) {
            match reaches(&routes, example) {
                Ok(()) => checked += 1,
                Err(why) => wrong.push(format!("{}[{i}] {}: {why}", file.display(), example["operation"])),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), checked + wrong.len(), wrong.join("\n"));
    assert!(checked > 400, "only {checked} examples");
}

fn reaches(routes: &Routes, example: &Value) -> Result<(), String> {
    let request = &example["request"];
    let dialect = if example["dialect"] == "easemob" { Dialect::Easemob } else { Dialect::Agora };
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let pairs = |v: &Value| -> Vec<(String, String)> {
        v.as_object().into_iter().flatten().map(|(k, v)| (k.to_ascii_lowercase(), text(v))).collect()
    };
    let operation = example["operation"].as_str().unwrap_or_default();
    let declared = agora_chat_admin::api::find(operation).ok_or("no such operation")?;
    let body = match &request["body"] {
        _ if declared.encoding == agora_chat_admin::operation::Encoding::Multipart => Content::Multipart(Vec::new()),
        Value::Null => Content::Empty,
        body => Content::Json(body.clone()),
    };
    let mut headers = pairs(&request["headers"]);
    if declared.auth == agora_chat_admin::operation::Auth::App && !headers.iter().any(|(k, _)| k == "authorization") {
        headers.push(("authorization".into(), "Bearer x".into()));
    }
    let method = Method::parse(request["method"].as_str().unwrap_or_default()).ok_or("no such method")?;
    let mut incoming = Incoming::new(method, request["path"].as_str().unwrap_or_default(), headers, body);
    incoming.query = request["query"].as_object().into_iter().flatten().map(|(k, v)| (k.clone(), text(v))).collect();
    let routed = routes.find(&incoming, dialect).map_err(|u| format!("{u:?}"))?;
    let id = routed.route.operation.id();
    let params = routed.params.map_err(|p| format!("{id}: {p}"))?;
    // A batch of one is, on the wire, the single operation.
    if id != operation && !operation.starts_with(&id) {
        return Err(format!("reached {id}"));
    }
    let expected = example["params"].as_object().into_iter().flatten().filter(|(_, v)| !v.is_null());
    for (name, value) in expected.filter(|_| id == operation) {
        let found = params.get(name).cloned().unwrap_or_default();
        if found != *value && text(&found) != text(value) {
            return Err(format!("{name}: expected {value}, read {found}"));
        }
    }
    Ok(())
}

#[test]
fn a_list_of_one_registers_many_and_an_object_registers_one() {
    let routes = Routes::default();
    let find = |body: Value, token: bool| {
        let headers = if token { vec![("authorization".to_owned(), "Bearer x".to_owned())] } else { Vec::new() };
        let incoming = Incoming::new(Method::POST, "/users", headers, Content::Json(body));
        routes.find(&incoming, Dialect::Agora).map(|r| r.route.operation.id()).unwrap_or_default()
    };
    let user = json!({ "username": "amy", "password": "x" });
    assert_eq!(find(user.clone(), true), "users.register");
    assert_eq!(find(user.clone(), false), "users.registerOpen");
    assert_eq!(find(json!([user]), true), "users.registerMany");
}
