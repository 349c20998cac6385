//! The native client against the program, over real HTTP.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/process.rs"]
mod process;

use agora_chat_admin::{
    App, Auth, Client, Config, Error, Kind,
    api::{
        messages, tokens,
        users::{self, NewUser},
    },
    auth::{Token, TokenCallback},
    client::Options,
    host::native::Native,
    operation::{Endpoint, Method},
    shape::Secret,
};
use process::Server;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

const APP_ID: &str = "970ca35de60c44645bbae8a215061b33";
const CERTIFICATE: &str = "5cfd2fd1755d40ecb72977518be15d3b";

fn credentials() -> Auth {
    Auth::client_credentials("sandbox-client-id", "sandbox-client-secret")
}

fn client(server: &Server, auth: Auth) -> Client<Native> {
    with(server, auth, |_| {})
}

fn with(server: &Server, auth: Auth, change: impl FnOnce(&mut Config)) -> Client<Native> {
    let mut config = Config::new(&server.url, App::key("demo", "chat"), auth);
    change(&mut config);
    Client::new(config).unwrap()
}

fn register(name: &str) -> users::Register {
    users::Register::new(name).password("p")
}

fn get(name: &str) -> users::Get {
    users::Get::new(name)
}

fn message() -> messages::users::Send {
    let params = json!({ "from": "amy", "to": ["bob"], "type": "txt", "body": { "msg": "hi" } });
    serde_json::from_value(params).unwrap()
}

/// The journal's entries of an operation: status by status.
async fn seen(server: &Server, operation: &str) -> Vec<u64> {
    let journal = server.control("GET", &format!("/journal?operation={operation}"), Value::Null).await;
    journal["entries"].as_array().unwrap().iter().map(|e| e["status"].as_u64().unwrap()).collect()
}

async fn fault(server: &Server, fault: Value) {
    server.control("DELETE", "/faults", Value::Null).await;
    server.control("DELETE", "/journal", Value::Null).await;
    server.control("POST", "/faults", fault).await;
}

/// Fetches a user with a fault in the way, and without retries.
async fn failure(server: &Server, client: &Client<Native>, what: Value) -> Error {
    fault(server, what).await;
    let options = Options { retries: Some(0), timeout: Some(2_000), ..Options::default() };
    client.send_with(get("amy"), &options).await.unwrap_err()
}

#[tokio::test]
async fn calls_pages_and_refusals() {
    let server = Server::start(&["--loose"]);
    let chat = client(&server, Auth::agora(APP_ID, CERTIFICATE));
    let amy = chat.send(register("Amy")).await.unwrap();
    assert_eq!(amy.username, "amy");
    let many = (0..7).map(|n| NewUser { username: format!("u{n}"), password: Some("p".into()), nickname: None });
    let made = chat.send(users::RegisterMany::new(many.collect::<Vec<_>>())).await.unwrap();
    assert_eq!(made.entities.len(), 7);

    let (mut names, mut cursor, mut pages) = (Vec::new(), None::<String>, 0);
    loop {
        let list = users::List::new().limit(3);
        let list = match cursor {
            Some(cursor) => list.cursor(cursor),
            None => list,
        };
        let page = chat.send(list).await.unwrap();
        names.extend(page.items.into_iter().map(|u| u.username));
        pages += 1;
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((names.len(), pages), (8, 3));
    assert_eq!(names, ["amy", "u0", "u1", "u2", "u3", "u4", "u5", "u6"]);

    let again = chat.send(register("amy")).await.unwrap_err();
    assert_eq!(again.kind(), Kind::Service);
    assert_eq!((again.status(), again.code()), (Some(400), Some("duplicate_unique_property_exists")));
    assert_eq!(again.details().operation, "users.register");
    assert!(!again.details().retryable && again.details().attempts == 1);

    // Names that would be other paths arrive as they are.
    let odd = chat.send(get("a/b?c=%41#d")).await.unwrap_err();
    assert_eq!((odd.status(), odd.code()), (Some(404), Some("service_resource_not_found")));
    let raw = chat.request(Method::GET, "/users/amy", None).await.unwrap();
    assert_eq!(raw["entities"][0]["username"], "amy");
}

#[tokio::test]
async fn what_is_invalid_is_never_sent() {
    let server = Server::start(&["--loose"]);
    let chat = client(&server, credentials());
    for name in ["", "..", "a\nb"] {
        let error = chat.send(get(name)).await.unwrap_err();
        assert_eq!((error.kind(), error.details().attempts), (Kind::Invalid, 0), "{name:?}");
        assert_eq!(error.details().field.as_deref(), Some("username"));
        assert!(error.to_string().starts_with("users.get: username"), "{error}");
    }
    let journal = server.control("GET", "/journal", Value::Null).await;
    assert_eq!(journal["entries"], json!([]));
}

#[tokio::test]
async fn every_kind_of_failure_is_told_apart() {
    let server = Server::start(&["--loose"]);
    let chat = client(&server, credentials());
    chat.send(register("amy")).await.unwrap();

    let late = failure(&server, &chat, json!({ "operation": "users.get", "kind": "delay", "delay": 10_000 })).await;
    assert_eq!((late.kind(), late.status()), (Kind::Timeout, None));
    assert_eq!(late.details().operation, "users.get");

    let reset = failure(&server, &chat, json!({ "operation": "users.get", "kind": "reset" })).await;
    assert_eq!((reset.kind(), reset.status()), (Kind::Network, None));
    assert!(std::error::Error::source(&reset).is_some());

    let half = failure(&server, &chat, json!({ "operation": "users.get", "kind": "half" })).await;
    assert_eq!((half.kind(), half.status()), (Kind::Network, Some(200)));

    let malformed = failure(&server, &chat, json!({ "operation": "users.get", "kind": "malformed" })).await;
    assert_eq!((malformed.kind(), malformed.status()), (Kind::Decode, Some(200)));
    assert!(malformed.details().body.as_deref().is_some_and(|b| b.starts_with("{\"action\"")));

    let empty = failure(&server, &chat, json!({ "operation": "users.get", "kind": "empty", "status": 200 })).await;
    assert_eq!((empty.kind(), empty.status()), (Kind::Decode, Some(200)));

    let html = failure(&server, &chat, json!({ "operation": "users.get", "kind": "html" })).await;
    assert_eq!((html.kind(), html.status(), html.code()), (Kind::Service, Some(502), None));
    assert!(html.details().retryable);

    let refused =
        json!({ "operation": "users.get", "status": 403, "error": "forbidden_op", "error_description": "no" });
    let refused = failure(&server, &chat, refused).await;
    assert_eq!((refused.kind(), refused.status(), refused.code()), (Kind::Service, Some(403), Some("forbidden_op")));
    assert_eq!(refused.details().description.as_deref(), Some("no"));
}

#[tokio::test]
async fn a_dead_server_is_a_network_failure() {
    let mut server = Server::start(&[]);
    let chat = with(&server, Auth::agora(APP_ID, CERTIFICATE), |c| c.retries = 1);
    server.kill();
    let error = chat.send(get("amy")).await.unwrap_err();
    assert_eq!((error.kind(), error.status(), error.details().attempts), (Kind::Network, None, 2));
    // The token cannot be fetched either; the failure is that call's own.
    let error = with(&server, credentials(), |c| c.retries = 0).send(get("amy")).await.unwrap_err();
    assert_eq!((error.kind(), error.details().operation.as_str()), (Kind::Network, "users.get"));
}

#[tokio::test]
async fn what_may_be_repeated_is_and_nothing_else() {
    let server = Server::start(&["--loose"]);
    let chat = client(&server, credentials());
    for name in ["amy", "bob"] {
        chat.send(register(name)).await.unwrap();
    }
    let told = json!({ "operation": "messages.users.send", "status": 429, "error": "reach_limit", "times": 2 });
    fault(&server, told).await;
    assert_eq!(chat.send(message()).await.unwrap().len(), 1);
    assert_eq!(seen(&server, "messages.users.send").await, [429, 429, 200]);

    let quota = json!({ "operation": "users.get", "status": 429, "error": "resource_limited" });
    fault(&server, quota).await;
    assert_eq!(chat.send(get("amy")).await.unwrap_err().details().attempts, 1);
    assert_eq!(seen(&server, "users.get").await, [429]);

    let busy = json!({ "operation": "users.get", "status": 503, "times": 1, "retry_after": 1 });
    fault(&server, busy).await;
    let started = std::time::Instant::now();
    chat.send(get("amy")).await.unwrap();
    assert!(started.elapsed() >= std::time::Duration::from_secs(1), "Retry-After was ignored");
    assert_eq!(seen(&server, "users.get").await, [503, 200]);

    fault(&server, json!({ "operation": "users.get", "kind": "html" })).await;
    assert_eq!(chat.send(get("amy")).await.unwrap_err().details().attempts, 3);
    assert_eq!(seen(&server, "users.get").await, [502, 502, 502]);

    // A read may be repeated when its answer was lost; a message would be sent twice.
    fault(&server, json!({ "operation": "users.get", "kind": "half", "times": 1 })).await;
    chat.send(get("amy")).await.unwrap();
    assert_eq!(seen(&server, "users.get").await, [200, 200]);
    fault(&server, json!({ "operation": "messages.users.send", "kind": "half", "times": 1 })).await;
    let lost = chat.send(message()).await.unwrap_err();
    assert_eq!((lost.kind(), lost.details().attempts), (Kind::Network, 1));
    assert_eq!(seen(&server, "messages.users.send").await, [200]);
    fault(&server, json!({ "operation": "messages.users.send", "kind": "reset", "times": 1 })).await;
    let lost = chat.send(message()).await.unwrap_err();
    assert_eq!((lost.kind(), lost.details().attempts), (Kind::Network, 1));
    assert_eq!(seen(&server, "messages.users.send").await.len(), 1);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let server = Server::start(&["--loose"]);
    let chat = client(&server, credentials());
    chat.send(register("amy")).await.unwrap();

    // The token is past its time for the platform, not for the client.
    server.control("DELETE", "/journal", Value::Null).await;
    server.control("POST", "/clock", json!({ "advance": 61_i64 * 86_400_000 })).await;
    chat.send(get("amy")).await.unwrap();
    assert_eq!(seen(&server, "users.get").await, [401, 200]);
    assert_eq!(seen(&server, "tokens.app.create").await, [200]);

    // One that is refused again is not fetched for ever.
    fault(&server, json!({ "operation": "users.get", "status": 401, "error": "unauthorized" })).await;
    let error = chat.send(get("amy")).await.unwrap_err();
    assert_eq!((error.status(), error.details().attempts), (Some(401), 2));
    assert_eq!(seen(&server, "users.get").await, [401, 401]);
    assert_eq!(seen(&server, "tokens.app.create").await, [200]);

    // The caller's own token cannot be renewed.
    let own = client(&server, Auth::token("YWMtnone"));
    server.control("DELETE", "/faults", Value::Null).await;
    let error = own.send(get("amy")).await.unwrap_err();
    assert_eq!((error.code(), error.details().attempts), (Some("auth_bad_access_token"), 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_calls_at_once_fetch_one_token() {
    let server = Server::start(&["--loose"]);
    client(&server, credentials()).send(register("amy")).await.unwrap();
    let chat = Arc::new(client(&server, credentials()));
    // The slower the fetch, the more calls meet it.
    fault(&server, json!({ "operation": "tokens.app.create", "kind": "delay", "delay": 200 })).await;
    let burst = || async {
        let calls: Vec<_> = (0..50)
            .map(|_| {
                let chat = chat.clone();
                tokio::spawn(async move { chat.send(get("amy")).await.map(|u| u.username) })
            })
            .collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap(), "amy");
        }
    };
    burst().await;
    assert_eq!(seen(&server, "tokens.app.create").await, [200]);
    // All fifty are refused, and share the next.
    server.control("POST", "/clock", json!({ "advance": 61_i64 * 86_400_000 })).await;
    burst().await;
    assert_eq!(seen(&server, "tokens.app.create").await, [200, 200]);
}

#[tokio::test]
async fn a_client_prints_no_secret() {
    let server = Server::start(&["--loose"]);
    let kinds = [
        (Auth::token("YWMtstatic"), "YWMtstatic"),
        (Auth::agora(APP_ID, CERTIFICATE), CERTIFICATE),
        (credentials(), "sandbox-client-secret"),
    ];
    for (auth, secret) in kinds {
        let chat = client(&server, auth);
        // Refused or not, a token is in hand then.
        drop(chat.send(get("amy")).await);
        let printed = format!("{chat:?}");
        assert!(printed.contains("Auth::") && !printed.contains(secret) && !printed.contains("Bearer"), "{printed}");
    }
}

#[tokio::test]
async fn every_way_to_prove_who_calls() {
    let server = Server::start(&["--loose"]);
    client(&server, Auth::agora(APP_ID, CERTIFICATE)).send(register("amy")).await.unwrap();

    let by_id = with(&server, Auth::agora(APP_ID, CERTIFICATE), |c| c.app = App::Id(APP_ID.into()));
    assert_eq!(by_id.send(get("amy")).await.unwrap().username, "amy");
    let journal = server.control("GET", "/journal?operation=users.get", Value::Null).await;
    assert_eq!(journal["entries"][0]["target"], format!("/app-id/{APP_ID}/users/amy"));

    let exchanged = client(&server, Auth::agora(APP_ID, CERTIFICATE)).send(tokens::Exchange::new()).await.unwrap();
    let own = client(&server, Auth::Token(exchanged.access_token));
    assert_eq!(own.send(get("amy")).await.unwrap().username, "amy");

    let forged = client(&server, Auth::agora(APP_ID, "0".repeat(32))).send(get("amy")).await.unwrap_err();
    assert_eq!((forged.status(), forged.details().attempts), (Some(401), 2));
    let wrong = client(&server, Auth::client_credentials("x", "y")).send(get("amy")).await.unwrap_err();
    assert_eq!(
        (wrong.kind(), wrong.details().operation.as_str()),
        (Kind::Service, users::Get::OPERATION.id().as_str())
    );
    assert!(wrong.to_string().contains("no app token"), "{wrong}");
    let none = client(&server, Auth::None).send(get("amy")).await.unwrap_err();
    assert_eq!((none.status(), none.details().attempts), (Some(401), 1));

    let asked = Arc::new(AtomicU32::new(0));
    let (count, url) = (asked.clone(), server.url.clone());
    let callback: TokenCallback = Arc::new(move || {
        let first = count.fetch_add(1, Ordering::Relaxed) == 0;
        let url = url.clone();
        Box::pin(async move {
            if first {
                return Ok(Token { token: Secret("YWMtrevoked".into()), expires_in: Some(3_600) });
            }
            let config = Config::new(url, App::key("demo", "chat"), Auth::None);
            let create = json!({ "grant_type": "client_credentials", "client_id": "sandbox-client-id", "client_secret": "sandbox-client-secret" });
            let answer = Client::new(config)?.request(Method::POST, "/token", Some(&create)).await?;
            let token = answer["access_token"].as_str().unwrap_or_default().to_owned();
            Ok(Token { token: Secret(token), expires_in: answer["expires_in"].as_u64() })
        })
    });
    let called = client(&server, Auth::Callback(callback));
    assert_eq!(called.send(get("amy")).await.unwrap().username, "amy");
    assert_eq!(called.send(get("amy")).await.unwrap().username, "amy");
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn secrets_are_in_no_error_and_no_journal() {
    let server = Server::start(&["--loose"]);
    let chat = client(&server, Auth::token("YWMt-very-secret"));
    let error = chat.send(register("amy")).await.unwrap_err();
    assert!(!format!("{error:?} {chat:?}").contains("very-secret"));
    let chat = client(&server, credentials());
    chat.send(users::SetPassword::new("amy", "hunter2")).await.unwrap_err();
    let journal = server.control("GET", "/journal", Value::Null).await.to_string();
    assert!(!journal.contains("hunter2") && !journal.contains("sandbox-client-secret"), "{journal}");
}
