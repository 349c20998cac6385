//! Whatever is sent: nothing panics, and the sandbox never answers that it failed.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/strategy.rs"]
mod strategy;

use agora_chat_admin::{
    Dialect,
    codec::{decode::Incoming, escape, exact},
    operation::{Endpoint, Operation, Visit},
    token,
};
use agora_chat_sandbox::{Options, Request, Sandbox, app::App};
use proptest::{collection::vec, prelude::*, sample::select, strategy::ValueTree};
use serde_json::{Value, json};

const BASE: &str = "/demo/chat";

/// A sandbox with something of everything, so that requests get past the first "not found".
fn populated(dialect: Dialect) -> Sandbox {
    let app = App { dialect, ..App::default() };
    let mut sandbox = Sandbox::new([app], Options::default()).unmetered();
    sandbox.tick(1_767_225_600_000);
    let names = ["amy", "bob", "cat"];
    let mut send = |method: &str, path: &str, body: Value| {
        let request = Request::new(method, &format!("{BASE}{path}")).json(&body);
        let response = sandbox.answer(&request.header("authorization", &format!("Bearer {}", app_token())));
        assert!(response.status < 400, "{path}: {}", String::from_utf8_lossy(&response.body));
    };
    for name in names {
        send("POST", "/users", json!({ "username": name, "password": "p" }));
    }
    let group =
        json!({ "groupname": "g", "desc": "d", "public": true, "maxusers": 10, "owner": "amy", "members": ["bob"] });
    send("POST", "/chatgroups", group);
    send("POST", "/chatrooms", json!({ "name": "r", "description": "d", "owner": "amy", "members": ["bob"] }));
    let message = json!({ "from": "amy", "to": ["bob"], "type": "txt", "body": { "msg": "hi" } });
    send("POST", "/messages/users", message);
    sandbox
}

fn app_token() -> String {
    let app = App::default();
    let claims = token::Claims { app_id: &app.app_id, issued: 1_767_225_600, expire: 86_400, salt: 1, user: None };
    token::build(&claims, &app.app_certificate).unwrap()
}

/// The names that the sandbox knows, so that some requests are about something that is there.
fn known(sandbox: &mut Sandbox) -> Vec<String> {
    let world = sandbox.world("demo#chat").unwrap();
    let ids = world.groups.iter().map(|(k, _)| k).chain(world.rooms.iter().map(|(k, _)| k));
    let ids = ids.chain(world.messages.iter().map(|(k, _)| k)).map(str::to_owned);
    ["amy", "bob", "cat"].into_iter().map(str::to_owned).chain(ids).collect()
}

/// A value that trips code which trusts its callers.
fn odd() -> BoxedStrategy<Value> {
    prop_oneof![
        select(vec![
            json!(null),
            json!(true),
            json!(0),
            json!(-1),
            json!(i64::MIN),
            json!(i64::MAX),
            json!(u64::MAX),
            json!(1e300),
            json!(""),
            json!("\u{1f}"),
            json!("18446744073709551615"),
            json!("\u{130}\u{df}\u{fb03}"),
            json!([]),
            json!([null]),
            json!({}),
            json!({ "": "" }),
            json!("a".repeat(70_000)),
        ]),
        ".*".prop_map(Value::from),
    ]
    .boxed()
}

/// Changes the `at`th leaf of a value.
fn replace(value: &mut Value, at: &mut usize, with: &Value) {
    match value {
        Value::Array(list) if !list.is_empty() => list.iter_mut().for_each(|v| replace(v, at, with)),
        Value::Object(map) if !map.is_empty() => map.values_mut().for_each(|v| replace(v, at, with)),
        leaf => {
            if *at == 0 {
                leaf.clone_from(with);
            }
            *at = at.wrapping_sub(1);
        }
    }
}

/// What is done to a good request.
#[derive(Clone, Debug)]
enum Change {
    Nothing,
    Method(String),
    Target(usize, String),
    Segment(usize, usize),
    Header(String, String),
    Body(Vec<u8>),
    Cut(usize),
    Byte(usize, u8),
    Leaf(usize, Value),
    Known(usize, usize),
}

fn change() -> BoxedStrategy<Change> {
    let header = select(vec!["content-type", "authorization", "host", "thumbnail-height", "share-secret", "x"]);
    let content = select(vec![
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "text/xml",
        "Bearer 007",
        "Bearer ",
        ";;;",
    ]);
    let parts = select(vec![
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--x--",
        "--x--",
        "--x\r\n--x",
        "--x\r\n\r\n\r\n--x--",
        "--",
    ]);
    prop_oneof![
        1 => Just(Change::Nothing),
        1 => "[A-Z]{0,7}|\\PC{0,4}".prop_map(Change::Method),
        2 => (any::<usize>(), "(%[0-9a-g]{0,2}|/|\\?|&|=|#|\\.\\.|\\PC){0,6}").prop_map(|(a, t)| Change::Target(a, t)),
        3 => (any::<usize>(), any::<usize>()).prop_map(|(a, n)| Change::Segment(a, n)),
        1 => (header, content).prop_map(|(k, v)| Change::Header(k.into(), v.into())),
        1 => (Just("authorization"), "(Bearer )?(007|YWMt)?[A-Za-z0-9+/=]{0,60}").prop_map(|(k, v)| Change::Header(k.into(), v)),
        1 => vec(any::<u8>(), 0..64).prop_map(Change::Body),
        1 => parts.prop_map(|text| Change::Body(text.as_bytes().to_vec())),
        1 => any::<usize>().prop_map(Change::Cut),
        1 => (any::<usize>(), any::<u8>()).prop_map(|(a, b)| Change::Byte(a, b)),
        6 => (0..12_usize, odd()).prop_map(|(a, v)| Change::Leaf(a, v)),
        5 => (0..12_usize, any::<usize>()).prop_map(|(a, n)| Change::Known(a, n)),
    ]
    .boxed()
}

fn apply(request: &mut Request, change: &Change, known: &[String]) {
    let name = |n: usize| known[n % known.len()].clone();
    let mut leaf = |at: usize, with: &Value| {
        if let Ok(mut body) = serde_json::from_slice::<Value>(&request.body) {
            replace(&mut body, &mut at.clone(), with);
            request.body = body.to_string().into_bytes();
        }
    };
    match change {
        Change::Nothing => {}
        Change::Method(method) => request.method.clone_from(method),
        Change::Target(at, text) => {
            let mut chars: Vec<char> = request.target.chars().collect();
            let at = at % (chars.len() + 1);
            chars.splice(at..at, text.chars());
            request.target = chars.into_iter().collect();
        }
        Change::Segment(at, n) => {
            let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
            let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
            let at = 3 + at % segments.len().saturating_sub(3).max(1);
            if let Some(segment) = segments.get_mut(at) {
                *segment = name(*n);
            }
            request.target = format!("{}?{query}", segments.join("/"));
        }
        Change::Header(key, value) => {
            request.headers.retain(|(k, _)| k != key);
            request.headers.push((key.clone(), value.clone()));
        }
        Change::Body(bytes) => request.body.clone_from(bytes),
        Change::Cut(at) => {
            let at = at % (request.body.len() + 1);
            request.body.truncate(at);
        }
        Change::Byte(at, byte) => {
            if !request.body.is_empty() {
                let at = at % request.body.len();
                request.body[at] = *byte;
            }
        }
        Change::Leaf(at, value) => leaf(*at, value),
        Change::Known(at, n) => leaf(*at, &json!(name(*n))),
    }
}

/// Sends what an operation's encoder makes, changed, and collects the answers that tell of a failure.
struct Attack {
    sandbox: Sandbox,
    dialect: Dialect,
    token: String,
    failed: Vec<String>,
    sent: usize,
}

impl<E: Endpoint> Visit<E> for Attack {
    fn visit(&mut self) {
        let operation: &'static Operation = agora_chat_admin::api::find(&E::OPERATION.id()).unwrap();
        let mut runner = strategy::runner(60);
        let cases = (strategy::params(operation, self.dialect), vec(change(), 0..4));
        for _ in 0..runner.config().cases {
            let (params, changes) = cases.new_tree(&mut runner).unwrap().current();
            let Ok(encoded) = operation.encode(&params, self.dialect) else { continue };
            let mut request =
                Request::from_encoded(BASE, &encoded).header("authorization", &format!("Bearer {}", self.token));
            let known = known(&mut self.sandbox);
            changes.iter().for_each(|c| apply(&mut request, c, &known));
            let response = self.sandbox.answer(&request);
            self.sent += 1;
            if response.status >= 500 && response.status != 501 || !(200..600).contains(&response.status) {
                let text = String::from_utf8_lossy(&response.body);
                self.failed.push(format!("{}: {text}\n  {request:?}", response.status));
            }
        }
    }
}

#[test]
fn no_request_makes_the_sandbox_fail() {
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let sandbox = populated(dialect);
        let mut attack = Attack { sandbox, dialect, token: app_token(), failed: Vec::new(), sent: 0 };
        macro_rules! visit {
            ($($resource:ident)::+) => { agora_chat_admin::api::$($resource)::+::visit(&mut attack) };
        }
        agora_chat_admin::each_resource!(visit);
        assert!(attack.sent > 3_000, "only {} requests", attack.sent);
        assert!(attack.failed.is_empty(), "{} fail:\n{}", attack.failed.len(), attack.failed.join("\n"));
    }
}

#[test]
fn no_call_of_the_controls_makes_the_sandbox_fail() {
    let paths = [
        "health",
        "reset",
        "journal",
        "faults",
        "clock",
        "seed",
        "export",
        "import",
        "snapshots/a",
        "snapshots/a/restore",
    ];
    let mut sandbox = populated(Dialect::Agora);
    let text = select(vec![
        r#"{"advance":9223372036854775807}"#,
        r#"{"advance":-9223372036854775808}"#,
        r#"{"at":18446744073709551615}"#,
        r#"{"freeze":false}"#,
        r#"{"apps":{"demo#chat":{"tables":{"users":{"a":1}}}}}"#,
        r#"{"op":"users.get","params":{"username":"amy"}}"#,
        r#"{"kind":"status","status":700,"times":1}"#,
        r#"{"kind":"half","rate":0.5}"#,
    ]);
    let body = prop_oneof![text.prop_map(|t| t.as_bytes().to_vec()), vec(any::<u8>(), 0..40)];
    let cases = (select(vec!["GET", "POST", "DELETE"]), select(paths.to_vec()), "(\\?\\PC{0,9})?", body);
    let mut runner = strategy::runner(600);
    for _ in 0..runner.config().cases {
        let (method, path, query, body) = cases.new_tree(&mut runner).unwrap().current();
        let request = Request { body, ..Request::new(method, &format!("/__sandbox/{path}{query}")) };
        let response = sandbox.answer(&request);
        assert!(response.status < 500, "{request:?}: {}", String::from_utf8_lossy(&response.body));
        // The clock may stand anywhere now; the operations must bear it.
        let name = Request::new("GET", &format!("{BASE}/users/amy")).header("authorization", "Bearer YWMtsandbox");
        let _ = sandbox.answer(&name);
        let token = json!({ "grant_type": "client_credentials", "client_id": "sandbox-client-id", "client_secret": "sandbox-client-secret" });
        let _ = sandbox.answer(&Request::new("POST", &format!("{BASE}/token")).json(&token));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn targets_of_any_kind_are_answered(method in "\\PC{0,6}", target in "(/|%|demo|chat|users|\\?|&|=|\\PC){0,12}", body in vec(any::<u8>(), 0..40)) {
        let mut sandbox = Sandbox::new([App::default()], Options::default());
        let request = Request { body, ..Request::new(&method, &target) };
        let status = sandbox.answer(&request).status;
        prop_assert!((200..500).contains(&status), "{}", status);
    }

    #[test]
    fn tokens_of_any_kind_are_read(text in "(007)?[A-Za-z0-9+/=\\PC]{0,80}", bytes in vec(any::<u8>(), 0..200)) {
        let _ = token::decode(&text);
        if let Ok(token) = token::read(&bytes) {
            let _ = (token.expires(), token.verify("5cfd2fd1755d40ecb72977518be15d3b", 0).is_ok());
        }
    }

    #[test]
    fn percent_encoding_of_any_kind_is_read(text in "(%[0-9a-fA-F]{0,2}|\\+|=|&|\\PC){0,20}") {
        let _ = (escape::unescape(&text), escape::pairs(&text));
        prop_assert_eq!(escape::unescape(&escape::escape(&text)), text.clone());
        prop_assert_eq!(escape::unescape_form(&escape::escape_form(&text)), text);
    }

    #[test]
    fn what_parses_still_parses_with_big_integers_in_quotes(numbers in vec(any::<i64>(), 0..4), text in ".{0,12}") {
        let value = json!({ text.clone(): numbers, "text": text, "floats": [0.1, -1e300] });
        let written = value.to_string();
        let quoted = exact::quote_big_integers(&written);
        prop_assert!(quoted == written || exact::may_hold_big_integers(written.as_bytes()));
        let back: Value = serde_json::from_str(&quoted).map_err(|e| TestCaseError::fail(format!("{e}: {quoted}")))?;
        prop_assert_eq!(&back["text"], &json!(text));
        let _ = exact::quote_big_integers(&text);
    }

    #[test]
    fn headers_of_any_kind_are_taken_apart(target in "\\PC{0,20}", name in "\\PC{0,8}", value in "\\PC{0,8}") {
        let incoming = Incoming::new(
            agora_chat_admin::operation::Method::GET, &target, vec![(name.clone(), value)],
            agora_chat_admin::codec::decode::Content::Empty,
        );
        prop_assert!(incoming.header(&name).is_some());
    }
}
