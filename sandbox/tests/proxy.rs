//! `--proxy`: requests for apps that the sandbox does not have go to one real host.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/process.rs"]
mod process;

use axum::{
    Router,
    body::{Body, Bytes},
    http::{Request, StatusCode},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use process::Server;
use serde_json::{Value, json};
use std::{convert::Infallible, time::Duration};

/// Tells what arrived; some paths do more.
async fn host(request: Request<Body>) -> Response {
    match request.uri().path() {
        "/moved" => (StatusCode::FOUND, [("location", "https://elsewhere.example/")]).into_response(),
        // Never ends by itself: what is passed on cannot have waited for the end.
        "/org/app/endless" => {
            let first = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"first"))]);
            Body::from_stream(first.chain(stream::pending())).into_response()
        }
        "/org/app/first" => {
            let first = request.into_body().into_data_stream().next().await.unwrap().unwrap();
            first.into_response()
        }
        _ => {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let headers: Vec<(String, String)> =
                parts.headers.iter().map(|(k, v)| (k.to_string(), v.to_str().unwrap().to_owned())).collect();
            let seen = json!({
                "method": parts.method.as_str(), "target": parts.uri.to_string(), "headers": headers, "bytes": body.len(),
            });
            let own = [
                ("content-type", "application/json"),
                ("set-cookie", "a=b"),
                ("clear-site-data", "\"*\""),
                ("access-control-allow-origin", "https://console.example"),
                ("keep-alive", "timeout=5"),
                ("x-own", "kept"),
            ];
            (StatusCode::CREATED, own, seen.to_string()).into_response()
        }
    }
}

/// A host, and a sandbox that passes on to it.
async fn start() -> (Server, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async { axum::serve(listener, Router::new().fallback(host)).await });
    (Server::start(&["--proxy", &format!("http://{address}")]), address)
}

#[tokio::test]
async fn requests_for_other_apps_go_to_the_host() {
    let (server, address) = start().await;
    let http = reqwest::Client::new();
    let response = http
        .put(format!("{}/org/app/users/a%2Fb?limit=2&x=%20", server.url))
        .header("authorization", "Bearer secret")
        .header("content-type", "application/json")
        .header("origin", "http://localhost:5173")
        .header("user-agent", "Browser")
        .header("accept-language", "de")
        .header("sec-fetch-site", "cross-site")
        .header("x-forwarded-for", "10.0.0.1")
        .header("proxy-connection", "keep-alive")
        .header("via", "1.1 before")
        .header("x-of-page", "one")
        .header("referer", "https://page.example/x")
        .header("cookie", "session=1")
        .header("connection", "x-hop")
        .header("x-hop", "1")
        .header("te", "trailers")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 201);
    let header = |name: &str| response.headers().get_all(name).iter().map(|v| v.to_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(header("access-control-allow-origin"), ["http://localhost:5173"]);
    assert_eq!(header("access-control-expose-headers"), ["*"]);
    assert_eq!(header("x-own"), ["kept"]);
    for dropped in ["set-cookie", "keep-alive", "clear-site-data"] {
        assert!(header(dropped).is_empty(), "{dropped}");
    }

    let seen: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!((&seen["method"], &seen["target"]), (&json!("PUT"), &json!("/org/app/users/a%2Fb?limit=2&x=%20")));
    assert_eq!(seen["bytes"], 2);
    let headers: Vec<(String, String)> = serde_json::from_value(seen["headers"].clone()).unwrap();
    let get = |name: &str| headers.iter().filter(|(k, _)| k == name).map(|(_, v)| v.as_str()).collect::<Vec<_>>();
    assert_eq!(get("authorization"), ["Bearer secret"]);
    assert_eq!(get("host"), [address]);
    assert_eq!(get("content-length"), ["2"]);
    assert_eq!(get("user-agent"), [concat!("agora-chat-sandbox/", env!("CARGO_PKG_VERSION"))]);
    assert_eq!(get("x-of-page"), ["one"]);
    assert_eq!(get("via").len(), 2);
    for dropped in [
        "origin",
        "referer",
        "cookie",
        "x-hop",
        "te",
        "connection",
        "accept-language",
        "sec-fetch-site",
        "x-forwarded-for",
        "proxy-connection",
    ] {
        assert!(get(dropped).is_empty(), "{dropped}: {headers:?}");
    }

    // A request without a body has none there either.
    let seen = http.get(format!("{}/org/app", server.url)).send().await.unwrap().text().await.unwrap();
    assert!(!seen.contains("transfer-encoding") && !seen.contains("content-length"), "{seen}");
    // It is not the sandbox's to remember.
    let journal = server.control("GET", "/journal", Value::Null).await;
    assert_eq!(journal["entries"], json!([]));
}

#[tokio::test]
async fn the_sandbox_still_answers_for_itself() {
    let (server, _) = start().await;
    let http = reqwest::Client::new();
    let own = http.get(format!("{}/demo/chat/users/amy", server.url)).send().await.unwrap();
    assert_eq!(own.status(), 401);
    assert_eq!(server.control("GET", "/health", Value::Null).await["status"], "ok");
    // Only where that is a segment of its own.
    let other = http.get(format!("{}/__sandboxes/x", server.url)).send().await.unwrap();
    assert_eq!(other.status(), 201);
    // A page asks before it calls, whoever will answer; from the web, about the local network too.
    let preflight = http
        .request(reqwest::Method::OPTIONS, format!("{}/org/app/users", server.url))
        .header("origin", "http://localhost:5173")
        .header("access-control-request-method", "DELETE")
        .send()
        .await
        .unwrap();
    assert_eq!(preflight.status(), 204);
    assert_eq!(preflight.headers()["access-control-allow-origin"], "http://localhost:5173");
    // None from elsewhere reaches the host.
    for method in [reqwest::Method::OPTIONS, reqwest::Method::GET, reqwest::Method::POST] {
        let foreign =
            http.request(method, format!("{}/org/app/users", server.url)).header("origin", "https://page.example");
        let refused = foreign.send().await.unwrap();
        assert_eq!(refused.status(), 403);
        assert!(refused.headers().keys().all(|k| !k.as_str().starts_with("access-control-")));
    }
    let rebound =
        http.get(format!("{}/org/app/users", server.url)).header("host", "page.example").send().await.unwrap();
    assert_eq!(rebound.status(), 403);
}

#[tokio::test]
async fn bodies_go_through_as_they_come() {
    let (server, _) = start().await;
    let http = reqwest::Client::new();

    let mut answer = http.get(format!("{}/org/app/endless", server.url)).send().await.unwrap();
    let first =
        tokio::time::timeout(Duration::from_secs(10), answer.chunk()).await.expect("the answer is held back").unwrap();
    assert_eq!(first.unwrap(), "first");

    let first = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"one"))]);
    let body = reqwest::Body::wrap_stream(first.chain(stream::pending()));
    let sent = http.post(format!("{}/org/app/first", server.url)).body(body).send();
    let answer = tokio::time::timeout(Duration::from_secs(10), sent).await.expect("the request is held back").unwrap();
    assert_eq!(answer.text().await.unwrap(), "one");

    // More than the sandbox itself would take.
    let large = vec![0_u8; 65 * 1024 * 1024];
    let seen = http.post(format!("{}/org/app/large", server.url)).body(large).send().await.unwrap();
    let seen: Value = serde_json::from_str(&seen.text().await.unwrap()).unwrap();
    assert_eq!(seen["bytes"], 65 * 1024 * 1024);
    // It reads on what it does not take, so that its answer is seen.
    let own = http.post(format!("{}/demo/chat/users", server.url)).body(vec![0_u8; 65 * 1024 * 1024]).send().await;
    assert_eq!(own.unwrap().status(), 413);
}

/// An address that nobody listens on.
async fn free() -> String {
    tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string()
}

#[tokio::test]
async fn it_does_not_ask_itself() {
    let (first, second) = (free().await, free().await);
    let port = |address: &str| address.rsplit_once(':').unwrap().1.to_owned();
    let itself = format!("http://localhost:{}", port(&first));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_agora-chat-sandbox"))
        .args(["--port", &port(&first), "--proxy", &itself])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("is this sandbox itself") && error.lines().count() == 1, "{error}");

    // Two that pass on to each other.
    let start = |own: &str, other: &str| Server::start(&["--port", &port(own), "--proxy", &format!("http://{other}")]);
    let servers = [start(&first, &second), start(&second, &first)];
    let answer = reqwest::get(format!("{}/org/app/users", servers[0].url)).await.unwrap();
    assert_eq!(answer.status(), 508);
    let own = reqwest::get(format!("{}/__sandbox/health", servers[1].url)).await.unwrap();
    assert_eq!(own.status(), 200);
}

#[tokio::test]
async fn it_asks_that_host_alone() {
    let (server, _) = start().await;
    let none = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let moved = none.get(format!("{}/moved", server.url)).send().await.unwrap();
    assert_eq!(
        (moved.status(), &moved.headers()["location"]),
        (StatusCode::FOUND, &"https://elsewhere.example/".parse().unwrap())
    );
    // A target that looks like another host's is a path here.
    let odd = none.get(format!("{}//elsewhere.example/x", server.url)).send().await.unwrap();
    let seen: Value = serde_json::from_str(&odd.text().await.unwrap()).unwrap();
    assert_eq!(seen["target"], "//elsewhere.example/x");
}

#[tokio::test]
async fn a_host_that_cannot_be_asked_is_named() {
    // A port that nobody listens on.
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let server = Server::start(&["--proxy", &format!("http://127.0.0.1:{port}")]);
    let response = reqwest::Client::new()
        .get(format!("{}/org/app/users?token=secret", server.url))
        .header("authorization", "Bearer secret")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
    let text = response.text().await.unwrap();
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["error"], "proxy");
    let told = body["error_description"].as_str().unwrap();
    assert!(told.starts_with("127.0.0.1 cannot be asked: ") && told.contains("refused"), "{told}");
    assert!(!text.contains("secret"), "{text}");
}
