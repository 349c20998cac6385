//! What the fuzz targets share: a sandbox with something in it, and how bytes become requests.

use agora_chat_admin::{Dialect, operation::Operation};
use agora_chat_sandbox::{Options, Request, Response, Sandbox, app::App};
use serde_json::{Value, json};

/// When everything takes place: 2026-01-01, in Unix milliseconds.
pub const NOW: u64 = 1_767_225_600_000;
/// Stands between the requests of one input.
pub const NEXT: &str = "\n====\n";
/// The token that the sandbox makes for its own seeds.
pub const TOKEN: &str = "YWMtsandbox";
/// The apps, one in each dialect: `/demo/agora` and `/demo/easemob`.
pub const APPS: [Dialect; 2] = [Dialect::Agora, Dialect::Easemob];
/// How many requests of an input are sent.
const MAX_REQUESTS: usize = 6;

/// A sandbox with users, a group, a chat room and a message in both apps, kept as the snapshot `start`.
pub fn sandbox() -> Sandbox {
    let app = |dialect: Dialect| App { name: dialect.as_str().into(), dialect, ..App::default() };
    let mut sandbox = Sandbox::new(APPS.map(app), Options { loose: true, ..Options::default() });
    sandbox.tick(NOW);
    let lines = [
        json!({ "op": "users.registerMany", "params": { "users": [
            { "username": "amy", "password": "p" }, { "username": "bob", "password": "p" }, { "username": "cat", "password": "p" },
        ] } }),
        json!({ "op": "groups.create", "params": {
            "groupname": "g", "description": "d", "public": true, "maxusers": 10, "owner": "amy", "members": ["bob"],
        } }),
        json!({ "op": "rooms.create", "params": { "name": "r", "description": "d", "owner": "amy", "members": ["bob"] } }),
        json!({ "op": "messages.users.send", "params": { "from": "amy", "to": ["bob"], "type": "txt", "body": { "msg": "hi" } } }),
    ];
    let lines = lines.map(|line| line.to_string()).join("\n");
    for dialect in APPS {
        sandbox.seed(&format!("demo#{}", dialect.as_str()), &lines).expect("the seeds fit");
    }
    control(&mut sandbox, "DELETE", "journal");
    control(&mut sandbox, "POST", "snapshots/start");
    sandbox
}

/// Goes back to where [`sandbox`] was.
pub fn restore(sandbox: &mut Sandbox) {
    control(sandbox, "POST", "reset");
    control(sandbox, "POST", "snapshots/start/restore");
    sandbox.forget_changes();
}

fn control(sandbox: &mut Sandbox, method: &str, path: &str) {
    let response = sandbox.answer(&Request::new(method, &format!("/__sandbox/{path}")));
    assert_eq!(response.status, 200, "{path}: {}", String::from_utf8_lossy(&response.body));
}

/// Reads an input: requests as HTTP writes them, without its version and its carriage returns.
pub fn requests(input: &[u8]) -> Vec<Request> {
    let mut found = Vec::new();
    let mut rest = input;
    while !rest.is_empty() && found.len() < MAX_REQUESTS {
        let (one, after) = split(rest, NEXT.as_bytes());
        let (head, body) = split(one, b"\n\n");
        let head = String::from_utf8_lossy(head);
        let mut lines = head.split('\n');
        let (method, target) = lines.next().unwrap_or_default().split_once(' ').unwrap_or(("GET", ""));
        let mut request = Request { body: body.to_vec(), ..Request::new(method, target) };
        for (name, value) in lines.filter_map(|l| l.split_once(':')) {
            request = request.header(name.trim(), value.trim());
        }
        found.push(request);
        rest = after;
    }
    found
}

/// What stands before and behind the first `at`; all and nothing if it is not there.
fn split<'a>(bytes: &'a [u8], at: &[u8]) -> (&'a [u8], &'a [u8]) {
    match bytes.windows(at.len()).position(|w| w == at) {
        Some(found) => (&bytes[..found], &bytes[found + at.len()..]),
        None => (bytes, &[]),
    }
}

/// The operation that an input's first two bytes choose, and the rest of the input.
pub fn operation(input: &[u8]) -> Option<(usize, &'static Operation, &[u8])> {
    let (chosen, rest) = input.split_at_checked(2)?;
    let index = usize::from(u16::from_le_bytes([chosen[0], chosen[1]]));
    let index = index % agora_chat_admin::api::operations().count();
    Some((index, agora_chat_admin::api::operations().nth(index)?, rest))
}

/// An answer is one that the platform could give: no failure, and JSON where it says so.
pub fn check(request: &Request, response: &Response) {
    let text = || String::from_utf8_lossy(&response.body);
    let fine = (200..500).contains(&response.status);
    let own = request.target.starts_with("/__sandbox");
    assert!(fine || own, "{} {}: {} {}", request.method, request.target, response.status, text());
    let json = response.headers.iter().any(|(k, v)| k == "content-type" && v == "application/json");
    if json && !own && response.cut.is_none() {
        assert!(serde_json::from_slice::<Value>(&response.body).is_ok(), "{}: {}", request.target, text());
    }
}
