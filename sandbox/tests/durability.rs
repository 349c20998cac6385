//! Nothing that was acknowledged is lost when the process is killed.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/process.rs"]
mod process;

use process::Server;
use serde_json::{Value, json};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

const ROUNDS: u64 = 20;
const WRITERS: usize = 8;
const BASE: &str = "demo/chat";
const MEMBERS: [&str; 4] = ["m1", "m2", "m3", "m4"];

/// What was acknowledged.
#[derive(Clone, Debug)]
enum Write {
    User(String),
    /// A group, which is many rows.
    Group(String),
    /// A file, and the number that its bytes are made of.
    File(String, u64),
}

struct Caller {
    client: reqwest::Client,
    url: String,
    token: String,
}

impl Caller {
    fn new(url: &str, token: &str) -> Self {
        Self { client: reqwest::Client::new(), url: format!("{url}/{BASE}"), token: token.to_owned() }
    }

    /// The body of an answer that the client has read to the end; nothing if the connection broke.
    async fn call(&self, method: reqwest::Method, path: &str, kind: &str, body: Vec<u8>) -> Option<(u16, Vec<u8>)> {
        let request = self.client.request(method, format!("{}{path}", self.url)).header("authorization", &self.token);
        let response = request.header("content-type", kind).body(body).send().await.ok()?;
        let status = response.status().as_u16();
        Some((status, response.bytes().await.ok()?.to_vec()))
    }

    async fn post(&self, path: &str, kind: &str, body: Vec<u8>) -> Option<Value> {
        let (status, body) = self.call(reqwest::Method::POST, path, kind, body).await?;
        assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&body));
        Some(serde_json::from_slice(&body).unwrap())
    }

    async fn get(&self, path: &str) -> (u16, Vec<u8>) {
        self.call(reqwest::Method::GET, path, "", Vec::new()).await.unwrap()
    }

    /// A user, a group or a file, in turns.
    async fn write(&self, n: u64) -> Option<Write> {
        let json = "application/json";
        let write = match n % 3 {
            0 => {
                let name = format!("u{n:06}");
                self.post("/users", json, format!(r#"{{"username":"{name}","password":"p"}}"#).into_bytes()).await?;
                Write::User(name)
            }
            1 => {
                let group = json!({
                    "groupname": n.to_string(), "description": "d", "public": true, "maxusers": 10, "owner": "m0",
                    "members": MEMBERS,
                });
                let made = self.post("/chatgroups", json, group.to_string().into_bytes()).await?;
                Write::Group(made["data"]["groupid"].as_str().unwrap().to_owned())
            }
            _ => {
                let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";
                let parts = [head.as_bytes(), &content(n), b"\r\n--x--\r\n"].concat();
                let made = self.post("/chatfiles", "multipart/form-data; boundary=x", parts).await?;
                Write::File(made["entities"][0]["uuid"].as_str().unwrap().to_owned(), n)
            }
        };
        Some(write)
    }

    /// Whether it is there, whole.
    async fn holds(&self, write: &Write) -> bool {
        match write {
            Write::User(name) => self.get(&format!("/users/{name}")).await.0 == 200,
            Write::Group(id) => self.whole(id).await,
            Write::File(uuid, n) => self.get(&format!("/chatfiles/{uuid}")).await == (200, content(*n)),
        }
    }

    /// Whether a group has all the members that it was made with.
    async fn whole(&self, id: &str) -> bool {
        let (status, body) = self.get(&format!("/chatgroups/{id}/users")).await;
        let body = String::from_utf8(body).unwrap();
        status == 200 && MEMBERS.iter().chain(&["m0"]).all(|m| body.contains(&format!("\"{m}\"")))
    }
}

/// A file that is like no other.
fn content(n: u64) -> Vec<u8> {
    n.to_le_bytes().repeat(2_000)
}

/// Writes until the connection breaks; notes what was acknowledged.
async fn write(caller: Caller, next: Arc<AtomicU64>, acknowledged: Arc<Mutex<Vec<Write>>>) {
    while let Some(write) = caller.write(next.fetch_add(1, Ordering::Relaxed)).await {
        acknowledged.lock().unwrap().push(write);
    }
}

async fn app_token(url: &str) -> String {
    let body = r#"{"grant_type":"client_credentials","client_id":"sandbox-client-id","client_secret":"sandbox-client-secret"}"#;
    let response = reqwest::Client::new().post(format!("{url}/{BASE}/token")).body(body).send().await.unwrap();
    let answer: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    format!("Bearer {}", answer["access_token"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_write_survives_kill() {
    let folder = std::env::temp_dir().join(format!("agora-chat-sandbox-durability-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("data.redb");
    let data = file.to_str().unwrap();
    let next = Arc::new(AtomicU64::new(0));
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let mut token = String::new();
    for round in 0..ROUNDS {
        let mut server = Server::start(&["--loose", "--data", data]);
        if round == 0 {
            // Acknowledged too: the one token must hold through every round.
            token = app_token(&server.url).await;
            for name in MEMBERS.iter().chain(&["m0"]) {
                let user = format!(r#"{{"username":"{name}","password":"p"}}"#).into_bytes();
                Caller::new(&server.url, &token).post("/users", "application/json", user).await.unwrap();
            }
        }
        let start = || tokio::spawn(write(Caller::new(&server.url, &token), next.clone(), acknowledged.clone()));
        let writers: Vec<_> = (0..WRITERS).map(|_| start()).collect();
        let before = acknowledged.lock().unwrap().len();
        // Killed in the midst of writes, each round at another moment.
        while acknowledged.lock().unwrap().len() < before + 20 {
            tokio::time::sleep(Duration::from_millis(1 + round % 5)).await;
        }
        server.kill();
        for writer in writers {
            writer.await.unwrap();
        }
    }

    let server = Server::start(&["--loose", "--data", data]);
    let caller = Caller::new(&server.url, &token);
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!(acknowledged.len() >= 20 * usize::try_from(ROUNDS).unwrap());
    let mut lost = Vec::new();
    for write in &acknowledged {
        if !caller.holds(write).await {
            lost.push(write);
        }
    }
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), acknowledged.len());

    // What was not acknowledged may be there, but not a part of it.
    let (mut cursor, mut groups, mut parts) = (String::new(), 0, Vec::new());
    loop {
        let page = caller.get(&format!("/chatgroups?limit=100{cursor}")).await.1;
        let page: Value = serde_json::from_slice(&page).unwrap();
        for group in page["data"].as_array().unwrap() {
            groups += 1;
            let id = group["groupid"].as_str().unwrap();
            if !caller.whole(id).await {
                parts.push(id.to_owned());
            }
        }
        match page["cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert!(groups >= acknowledged.iter().filter(|w| matches!(w, Write::Group(_))).count());
    assert!(parts.is_empty(), "{} of {groups} groups are not whole: {parts:?}", parts.len());
    drop(server);
    std::fs::remove_dir_all(&folder).unwrap();
}
