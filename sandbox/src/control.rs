//! The sandbox's own endpoints, under `/__sandbox/`.

use crate::{
    Request, Response, Sandbox, World,
    fault::Fault,
    http::{ok, wrong},
    journal::Filter,
};
use agora_chat_admin::{Dialect, codec::escape};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

mod devices;

impl Sandbox {
    /// Answers a request.
    pub fn answer(&mut self, request: &Request) -> Response {
        match own(&request.target) {
            Some(rest) => answer(self, rest, request),
            None => self.play(request),
        }
    }
}

/// What follows `/__sandbox` where that is the first segment: the path of one of the sandbox's own endpoints.
#[must_use]
pub fn own(target: &str) -> Option<&str> {
    target.strip_prefix("/__sandbox").filter(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

/// Answers a request whose path, `/__sandbox` taken off, is `rest`.
fn answer(sandbox: &mut Sandbox, rest: &str, request: &Request) -> Response {
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let query = escape::pairs(query);
    let segments: Vec<&str> = path.split('/').filter(|s| !s.is_empty()).collect();
    match (request.method.as_str(), segments.as_slice()) {
        ("OPTIONS", _) => Response { status: 204, ..Response::default() },
        ("GET", [] | ["health"]) => ok(health(sandbox)),
        ("POST", ["reset"]) => {
            reset(sandbox);
            ok(json!({}))
        }
        ("GET", ["journal"]) => journal(sandbox, &query),
        ("DELETE", ["journal"]) => {
            sandbox.journal.clear();
            ok(json!({}))
        }
        ("GET", ["faults"]) => ok(json!({ "faults": sandbox.faults })),
        ("POST", ["faults"]) => set_fault(sandbox, request),
        ("DELETE", ["faults"]) => {
            sandbox.faults.clear();
            ok(json!({}))
        }
        ("DELETE", ["faults", id]) => {
            sandbox.faults.retain(|f| f.id.to_string() != *id);
            ok(json!({}))
        }
        ("GET", ["history", org, app, file]) => match sandbox.world(&format!("{org}#{app}")) {
            Some(world) => world.history_file(file, &query),
            None => wrong(404, format!("there is no app {org}#{app}")),
        },
        ("GET", ["clock"]) => ok(clock(sandbox)),
        ("POST", ["clock"]) => set_clock(sandbox, request),
        ("POST", ["devices"]) => devices::connect(sandbox, request),
        ("DELETE", ["devices"]) => devices::disconnect(sandbox, request, &query),
        ("POST", ["seed"]) => Seeding::told(Seeding::of(request).run(sandbox)),
        ("GET", ["export"]) => export(sandbox).unwrap_or_else(|e| wrong(500, e.to_string())),
        ("POST", ["import"]) => match sandbox.blank().import(request) {
            Ok(read) => sandbox.become_like(&read),
            Err(response) => response,
        },
        ("GET", ["snapshots"]) => ok(json!({ "snapshots": sandbox.snapshots.keys().collect::<Vec<_>>() })),
        ("POST", ["snapshots", name]) => {
            sandbox.snapshots.insert((*name).to_owned(), sandbox.worlds.clone());
            ok(json!({}))
        }
        ("POST", ["snapshots", name, "restore"]) => match sandbox.snapshots.get(*name) {
            Some(worlds) => {
                become_like(&mut sandbox.worlds, worlds);
                ok(json!({}))
            }
            None => wrong(404, format!("there is no snapshot {name}")),
        },
        ("DELETE", ["snapshots", name]) => {
            sandbox.snapshots.remove(*name);
            ok(json!({}))
        }
        _ => wrong(404, format!("the sandbox has no {} /__sandbox{path}", request.method)),
    }
}

/// What is running: the apps with their credentials, which are nobody's but the sandbox's.
fn health(sandbox: &Sandbox) -> Value {
    let apps: Vec<_> =
        sandbox.worlds.values().map(|w| json!({ "key": w.app.key(), "app": w.app, "users": w.users.len() })).collect();
    json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "operations": agora_chat_admin::api::operations().count(),
        "loose": sandbox.options.loose,
        "apps": apps,
    })
}

fn reset(sandbox: &mut Sandbox) {
    for world in sandbox.worlds.values_mut() {
        world.each_table(&mut |_, table| table.clear());
        world.clock.reset();
    }
    sandbox.faults.clear();
    sandbox.journal.clear();
    sandbox.limits.reset();
}

fn journal(sandbox: &Sandbox, query: &[(String, String)]) -> Response {
    let get = |name: &str| query.iter().find(|(k, _)| k == name).map(|(_, v)| v.clone());
    let filter = Filter {
        operation: get("operation"),
        method: get("method"),
        target: get("target"),
        status: get("status").and_then(|s| s.parse().ok()),
        after: get("after").and_then(|s| s.parse().ok()).unwrap_or(0),
    };
    ok(json!({ "entries": sandbox.journal.find(&filter).collect::<Vec<_>>() }))
}

fn set_fault(sandbox: &mut Sandbox, request: &Request) -> Response {
    match body::<Fault>(request) {
        Err(response) => response,
        Ok(mut fault) => {
            if let Some(wanted) = &fault.operation
                && !agora_chat_admin::api::operations().any(|o| fault.names(o))
            {
                return wrong(400, format!("there is no operation {wanted}"));
            }
            if fault.status.is_some_and(|s| !(200..600).contains(&s)) {
                return wrong(400, "status must be from 200 to 599");
            }
            if fault.rate.is_some_and(|r| !(0.0..=1.0).contains(&r)) {
                return wrong(400, "rate must be from 0 to 1");
            }
            sandbox.faults_set += 1;
            fault.id = sandbox.faults_set;
            let answer = json!(fault);
            sandbox.faults.push(fault);
            ok(answer)
        }
    }
}

fn clock(sandbox: &Sandbox) -> Value {
    let clock = sandbox.worlds.values().next().map(|w| w.clock).unwrap_or_default();
    json!({ "now": clock.now(), "frozen": clock.is_frozen() })
}

/// Moves the clocks of all apps.
fn set_clock(sandbox: &mut Sandbox, request: &Request) -> Response {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Move {
        freeze: Option<bool>,
        at: Option<u64>,
        #[serde(default)]
        advance: i64,
    }
    match body::<Move>(request) {
        Err(response) => response,
        Ok(to) => {
            for world in sandbox.worlds.values_mut() {
                match to.freeze {
                    Some(true) => world.clock.freeze(to.at),
                    Some(false) => world.clock.resume(),
                    None if to.at.is_some() => world.clock.freeze(to.at),
                    None => {}
                }
                world.clock.advance(to.advance);
            }
            ok(clock(sandbox))
        }
    }
}

/// JSON lines, each `{"op": "users.register", "params": {…}}`, which are run in an app with its own authority and without
/// call rates: some at a time, so that others get their turn.
#[derive(Debug)]
pub struct Seeding {
    /// The app; without, the first.
    key: Option<String>,
    text: String,
    /// How far the text is read, in bytes and lines, and how many were run.
    at: usize,
    line: usize,
    count: usize,
    /// What was read and is to be run, by the numbers of the lines.
    read: Vec<(usize, Result<Seed, String>)>,
}

/// What one line says.
#[derive(Debug, Deserialize)]
struct Seed {
    op: String,
    #[serde(default)]
    params: Map<String, Value>,
}

impl Seeding {
    /// How many lines are run at a time.
    const SOME: usize = 200;

    /// Seeds for the app of that key, or for the first.
    pub fn new(key: Option<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        // Editors write a byte order mark in front.
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { key, text, at, line: 0, count: 0, read: Vec::new() }
    }

    /// The seeds that a request for them carries.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let query = escape::pairs(request.target.split_once('?').map_or("", |(_, query)| query));
        let key = query.into_iter().find(|(k, _)| k == "app").map(|(_, v)| v);
        Self::new(key, String::from_utf8_lossy(&request.body))
    }

    /// Reads some more, which needs nothing of the sandbox.
    pub fn read(&mut self) {
        while self.read.len() < Self::SOME
            && let Some(line) = self.text.get(self.at..).and_then(|rest| rest.split_inclusive('\n').next())
        {
            self.at += line.len();
            self.line += 1;
            if !line.trim().is_empty() {
                self.read.push((self.line, seed(line.trim())));
            }
        }
    }

    /// Runs what was read; once there is none, says how many there were, or which one failed and why.
    pub fn step(&mut self, sandbox: &mut Sandbox) -> Option<Result<usize, String>> {
        self.read();
        let key = self.key.clone().or_else(|| sandbox.worlds.keys().next().cloned()).unwrap_or_default();
        let Some(world) = sandbox.worlds.get_mut(&key) else {
            return Some(Err(format!("there is no app {key}")));
        };
        if self.read.is_empty() {
            return Some(Ok(self.count));
        }
        let authority = format!("Bearer {}", world.app_token());
        let dialect = world.app.dialect;
        let base = format!("/{}/{}", escape::escape(&world.app.org), escape::escape(&world.app.name));
        let unmetered = std::mem::replace(&mut sandbox.unmetered, true);
        let mut outcome = Ok(());
        for (line, seed) in self.read.drain(..) {
            outcome = seed.and_then(|seed| run(sandbox, &base, &authority, dialect, &seed));
            outcome = outcome.map_err(|why| format!("line {line}: {why}"));
            if outcome.is_err() {
                break;
            }
            self.count += 1;
        }
        sandbox.unmetered = unmetered;
        if let Some(world) = sandbox.worlds.get_mut(&key) {
            world.end_app_token();
        }
        outcome.err().map(Err)
    }

    /// Runs all.
    fn run(mut self, sandbox: &mut Sandbox) -> Result<usize, String> {
        loop {
            if let Some(outcome) = self.step(sandbox) {
                return outcome;
            }
        }
    }

    /// The answer to whoever asked for them.
    #[must_use]
    pub fn told(outcome: Result<usize, String>) -> Response {
        outcome.map_or_else(|why| wrong(400, why), |count| ok(json!({ "count": count })))
    }
}

/// Reads one seed.
fn seed(line: &str) -> Result<Seed, String> {
    if !line.starts_with('{') {
        return Err(r#"a seed is one JSON object a line: {"op": "users.register", "params": {…}}"#.into());
    }
    serde_json::from_str(line).map_err(|e| e.to_string())
}

/// Runs one seed.
fn run(
    sandbox: &mut Sandbox,
    base: &str,
    authority: &str,
    dialect: Dialect,
    Seed { op, params }: &Seed,
) -> Result<(), String> {
    let operation = agora_chat_admin::api::find(op).ok_or_else(|| format!("there is no operation {op}"))?;
    let encoded = operation.encode(params, dialect).map_err(|problem| format!("{op}: {problem}"))?;
    let response = sandbox.play(&Request::from_encoded(base, &encoded).header("authorization", authority));
    match response.status {
        400.. => Err(format!("{op}: {}", String::from_utf8_lossy(&response.body))),
        _ => Ok(()),
    }
}

impl Sandbox {
    /// Runs JSON lines, each `{"op": "users.register", "params": {…}}`, in an app; says which line failed and why.
    pub fn seed(&mut self, key: &str, lines: &str) -> Result<usize, String> {
        Seeding::new(Some(key.to_owned()), lines).run(self)
    }

    /// Reads what [`export`](self) wrote into apps that hold nothing yet: it takes a while, which nobody else need wait for.
    /// The apps that it does not name go.
    pub fn import(mut self, request: &Request) -> Result<Self, Response> {
        let dump = body::<Value>(request)?;
        let apps = dump.get("apps").and_then(Value::as_object);
        let apps = apps.ok_or_else(|| wrong(400, "the body must be what /__sandbox/export answers"))?;
        for (key, exported) in apps {
            let tables =
                exported.get("tables").and_then(Value::as_object).ok_or_else(|| format!("{key} has no tables"));
            let world = self.worlds.get_mut(key).ok_or_else(|| format!("there is no app {key}"));
            let read = tables.and_then(|tables| world?.restore(tables).map_err(|e| format!("{key}: {e}")));
            read.map_err(|why| wrong(400, why))?;
        }
        self.worlds.retain(|key, _| apps.contains_key(key));
        Ok(self)
    }

    /// Replaces what apps hold by what was read.
    pub fn become_like(&mut self, read: &Self) -> Response {
        become_like(&mut self.worlds, &read.worlds);
        ok(json!({}))
    }
}

/// Replaces what apps hold by what others of their keys do.
fn become_like(worlds: &mut BTreeMap<String, World>, others: &BTreeMap<String, World>) {
    for (key, world) in worlds {
        others.get(key).into_iter().for_each(|to| world.become_like(to));
    }
}

/// Every app with its tables.
fn export(sandbox: &mut Sandbox) -> Result<Response, serde_json::Error> {
    let mut response = ok(Value::Null);
    response.body = b"{\"apps\":{".to_vec();
    for (n, (key, world)) in sandbox.worlds.iter_mut().enumerate() {
        let sign = if n == 0 { "" } else { "," };
        let (key, app) = (serde_json::to_string(key)?, serde_json::to_string(&world.app)?);
        response.body.extend_from_slice(format!("{sign}{key}:{{\"app\":{app},\"tables\":").as_bytes());
        world.dump(&mut response.body)?;
        response.body.push(b'}');
    }
    response.body.extend_from_slice(b"}}");
    Ok(response)
}

fn body<T: for<'a> Deserialize<'a>>(request: &Request) -> Result<T, Response> {
    let bytes = request.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&request.body);
    let bytes = if bytes.is_empty() { b"{}".as_slice() } else { bytes };
    serde_json::from_slice(bytes).map_err(|e| wrong(400, format!("the body does not fit: {e}")))
}
