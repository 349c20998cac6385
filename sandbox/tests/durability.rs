//! Nothing that was acknowledged is lost when the process is killed.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/process.rs"]
mod process;

use process::Server;
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

/// Registers users until the connection breaks; notes those that were acknowledged.
async fn write(url: String, token: String, next: Arc<AtomicU64>, acknowledged: Arc<Mutex<Vec<String>>>) {
    let client = reqwest::Client::new();
    loop {
        let name = format!("u{:06}", next.fetch_add(1, Ordering::Relaxed));
        let body = format!(r#"{{"username":"{name}","password":"p"}}"#);
        let request = client.post(format!("{url}/{BASE}/users")).header("authorization", &token).body(body);
        let Ok(response) = request.send().await else { return };
        assert_eq!(response.status(), 200);
        // Acknowledged is what the client has read to the end.
        if response.bytes().await.is_err() {
            return;
        }
        acknowledged.lock().unwrap().push(name);
    }
}

async fn app_token(url: &str) -> String {
    let body = r#"{"grant_type":"client_credentials","client_id":"sandbox-client-id","client_secret":"sandbox-client-secret"}"#;
    let response = reqwest::Client::new().post(format!("{url}/{BASE}/token")).body(body).send().await.unwrap();
    let answer: serde_json::Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
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
        }
        let start = || tokio::spawn(write(server.url.clone(), token.clone(), next.clone(), acknowledged.clone()));
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
    let client = reqwest::Client::new();
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!(acknowledged.len() >= 20 * usize::try_from(ROUNDS).unwrap());
    let mut lost = Vec::new();
    for name in &acknowledged {
        let get = client.get(format!("{}/{BASE}/users/{name}", server.url)).header("authorization", &token);
        if get.send().await.unwrap().status() != 200 {
            lost.push(name);
        }
    }
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), acknowledged.len());
    drop(server);
    std::fs::remove_dir_all(&folder).unwrap();
}
