//! What servers do and how it is told, natively: the table that the JavaScript tests run over their ways to send.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::{
    Auth, Client, Error,
    api::{files, messages, users},
    client::Options,
    operation::Method,
    shape::File,
};
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};
use support::config;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[allow(dead_code)]
    fields: BTreeMap<String, String>,
    cases: Vec<Case>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    call: String,
    answers: Vec<Answer>,
    expect: Map<String, Value>,
    #[serde(default)]
    unless: Map<String, Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    when: Option<String>,
    head: Option<Vec<String>>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    pack: Vec<String>,
    encoding: Option<String>,
    #[allow(dead_code)]
    cut: Option<usize>,
    #[allow(dead_code)]
    chunks: Option<usize>,
    /// Absent for the true one.
    #[serde(default = "absent")]
    length: Value,
    raw: Option<String>,
    then: Option<String>,
}

fn absent() -> Value {
    Value::Bool(true)
}

impl Answer {
    /// What is sent.
    fn text(&self, other: &str) -> String {
        if let Some(raw) = &self.raw {
            return raw.clone();
        }
        let Some(head) = &self.head else { return String::new() };
        let mut lines = head.clone();
        lines.extend(self.encoding.as_ref().map(|e| format!("content-encoding: {e}")));
        match &self.length {
            Value::Null => {}
            Value::Bool(_) => lines.push(format!("content-length: {}", self.body.len())),
            length => lines.push(format!("content-length: {length}")),
        }
        let head = lines.join("\r\n").replace("{other}", other).replace("{long}", &"h".repeat(30_000));
        format!("{head}\r\n\r\n{}", self.body)
    }

    fn does(&self, then: &str) -> bool {
        self.then.as_deref() == Some(then)
    }
}

/// The answers that are left, and the requests that came.
#[derive(Debug)]
struct Play {
    answers: Vec<Answer>,
    taken: usize,
    seen: Vec<String>,
    /// Whether one of them asked for what is packed.
    packed: bool,
}

impl Play {
    fn next(&mut self) -> Answer {
        let last = self.answers.len() - 1;
        self.taken += 1;
        self.answers[last.min(self.taken - 1)].clone()
    }
}

/// Starts a server that answers byte by byte; returns its address.
fn serve(name: &'static str, play: &Arc<Mutex<Play>>, other: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (play, other) = (Arc::clone(play), other.to_owned());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (play, other) = (Arc::clone(&play), other.clone());
            thread::spawn(move || while answered(name, &stream, &play, &other).is_some() {});
        }
    });
    url
}

/// Answers a request; nothing if the connection has ended.
fn answered(name: &str, mut stream: &TcpStream, play: &Mutex<Play>, other: &str) -> Option<()> {
    // It is only looked at until it is known what becomes of it: a connection that is closed before all was read is reset.
    let mut buffer = vec![0; 64 * 1024];
    let (head, end) = loop {
        let size = stream.peek(&mut buffer).ok().filter(|n| *n > 0)?;
        let text = String::from_utf8_lossy(&buffer[..size]).to_lowercase();
        if let Some(end) = text.find("\r\n\r\n") {
            break (String::from_utf8_lossy(&buffer[..end]).into_owned(), end + 4);
        }
        thread::sleep(Duration::from_millis(1));
    };
    let lower = head.to_lowercase();
    let length = lower.lines().find_map(|l| l.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
    let answer = {
        let mut play = play.lock().unwrap();
        let line: Vec<_> = head.split(' ').take(2).collect();
        let token = if lower.lines().any(|l| l == "authorization: bearer t") { " token" } else { "" };
        play.seen.push(format!("{name}{}{token}", line.join(" ")));
        play.packed |= lower.contains("accept-encoding");
        play.next()
    };
    let whole = answer.when.as_deref() != Some("head");
    if answer.does("reset") {
        while whole && stream.peek(&mut buffer).ok()? < end + length {
            thread::sleep(Duration::from_millis(1));
        }
    } else if whole {
        stream.read_exact(&mut vec![0; end + length]).ok()?;
    }
    stream.write_all(answer.text(other).as_bytes()).ok()?;
    match answer.then.as_deref() {
        Some("reset") => {
            // So that what was sent is there before.
            thread::sleep(Duration::from_millis(50));
            None
        }
        Some("end") => None,
        Some("read") => {
            while stream.read(&mut buffer).ok()? > 0 {}
            None
        }
        _ => Some(()),
    }
}

/// Makes the call that a case names.
async fn call(client: &Client, what: &str, options: &Options) -> Result<(), Error> {
    match what {
        "read" => client.send_with(users::Get::new("amy"), options).await.map(drop),
        "write" => client.send_with(users::Activate::new("amy"), options).await.map(drop),
        "send" => {
            let params = json!({ "from": "ben", "to": ["amy"], "type": "txt", "body": { "msg": "hi" } });
            client.send_with(serde_json::from_value::<messages::users::Send>(params).unwrap(), options).await.map(drop)
        }
        "upload" => {
            let file = File { name: "file".to_owned(), content_type: None, bytes: vec![0; 4_000_000] };
            client.send_with(files::Upload::new(file), options).await.map(drop)
        }
        _ => {
            let (method, path) = what.split_once(' ').unwrap();
            assert_eq!(method, "GET", "{what}");
            let (path, body) = match path.strip_suffix(" {}") {
                Some(path) => (path, Some(json!({}))),
                None => (path, None),
            };
            client.request(Method::GET, path, body.as_ref()).await.map(drop)
        }
    }
}

/// What is wrong with a case.
async fn run(case: Case) -> Option<String> {
    let unless = case.unless.get("native");
    // That it asks for nothing packed is looked at in all others.
    if unless == Some(&json!("unasked")) {
        return None;
    }
    assert!(case.answers.iter().all(|a| a.pack.is_empty()), "{}: nothing is packed here", case.name);
    let play = Play { answers: case.answers.clone(), taken: 0, seen: Vec::new(), packed: false };
    let play = Arc::new(Mutex::new(play));
    let other = serve("other ", &play, "");
    let url = serve("", &play, &other);
    let mut config = config(&url, Auth::token("t"));
    config.app = agora_chat_admin::App::key("demo", "chat");
    config.retries = 0;
    // Where the server does nothing there is nothing to wait for; else it is long enough for the slowest machine.
    config.timeout = if case.answers.iter().any(|a| a.does("nothing")) { 300 } else { 30_000 };
    let client = Client::new(config).unwrap();
    let outcome = call(&client, &case.call, &Options::default()).await;
    let play = play.lock().unwrap();
    if play.packed {
        return Some(format!("{}: it asked for what is packed", case.name));
    }
    let mut expect = case.expect.clone();
    match unless {
        Some(Value::String(any)) if any == "any" => return None,
        Some(Value::Object(instead)) => expect.extend(instead.clone()),
        Some(odd) => panic!("{}: {odd}", case.name),
        None => {}
    }
    let found = match &outcome {
        Ok(()) => ("ok", None, String::new()),
        Err(error) => (error.kind().as_str(), error.status(), error.to_string()),
    };
    let text = |name: &str| expect.get(name).and_then(Value::as_str).unwrap_or_default().replace("{other}", &other);
    let status = expect.get("status").and_then(Value::as_u64);
    let mut right = found.0 == text("outcome") && found.2.contains(&text("says"));
    if matches!(found.0, "service" | "decode") {
        right &= found.1.map(u64::from) == status;
    }
    if let Some(Value::Array(seen)) = expect.get("seen") {
        right &= play.seen == seen.iter().filter_map(Value::as_str).collect::<Vec<_>>();
    }
    (!right).then(|| format!("{}: {found:?} and {:?}, not {expect:?}", case.name, play.seen))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_server_is_told_as_the_table_says() {
    let Table { cases, .. } = serde_json::from_str(include_str!("cases/transport.json")).unwrap();
    assert!(cases.len() > 80, "only {} cases", cases.len());
    let wrong: Vec<_> = join_all(cases.into_iter().map(run)).await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
