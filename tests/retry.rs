//! When a request is sent again, natively: the cases that the JavaScript tests run too.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::{
    Auth, Client, Error, Kind,
    api::users,
    client::Options,
    retry::{delay, judge, retry_after},
};
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, net::TcpListener, time::Duration};
use support::{Act, Server, answer, config};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    #[allow(dead_code)]
    about: String,
    cases: Vec<Case>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    safe: bool,
    status: Option<u16>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: Value,
    failure: Option<String>,
    retryable: bool,
    unknown: bool,
    wait: Option<(u64, u64)>,
}

impl Case {
    fn body(&self) -> String {
        self.body.as_str().map_or_else(|| self.body.to_string(), str::to_owned)
    }
}

fn cases() -> Vec<Case> {
    serde_json::from_str::<Cases>(include_str!("cases/retry.json")).unwrap().cases
}

#[test]
fn each_answer_is_judged_and_waited_for_as_its_case_says() {
    let mut checked = 0;
    for case in cases() {
        let Some(status) = case.status else { continue };
        let asked = case.headers.get("retry-after").and_then(|h| retry_after(h, 0));
        let error = judge(Error::service(status, case.body()).with(|d| d.retry_after = asked), case.safe);
        let waits = delay(&error, 1, 1, 0.0).zip(delay(&error, 1, 1, 1.0));
        assert_eq!((error.details().unknown, waits), (case.unknown, case.wait), "{}", case.name);
        checked += 1;
    }
    assert!(checked > 40, "only {checked} cases");
}

/// What came of a case, over a real connection.
async fn run(case: Case) -> Option<String> {
    let told = case.clone();
    let server = Server::new(move |_, _| match (told.status, told.failure.as_deref()) {
        (Some(status), _) => {
            let headers: Vec<_> = told.headers.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            answer(status, &headers, &told.body())
        }
        (None, Some("timeout")) => Act::Hang,
        (None, _) => Act::Reset,
    });
    let refused = case.failure.as_deref() == Some("refused");
    let url = if refused {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        format!("http://{port}")
    } else {
        server.url.clone()
    };
    let client = Client::new(config(&url, Auth::token("t"))).unwrap();
    let options = Options {
        // Long waits are judged above.
        retries: Some(u32::from(case.wait.is_none_or(|(_, most)| most <= 1_000))),
        timeout: Some(if case.failure.as_deref() == Some("timeout") { 300 } else { 20_000 }),
        ..Options::default()
    };
    let error = if case.safe {
        client.send_with(users::Get::new("amy"), &options).await.unwrap_err()
    } else {
        client.send_with(users::Register::new("amy"), &options).await.unwrap_err()
    };
    let d = error.details();
    let sent = if case.retryable && options.retries == Some(1) { 2 } else { 1 };
    let found = (d.retryable, d.unknown, d.attempts, if refused { sent } else { server.seen().len() as u32 });
    let kind = match case.failure.as_deref() {
        None => Kind::Service,
        Some("timeout") => Kind::Timeout,
        Some(_) => Kind::Network,
    };
    let right = (case.retryable, case.unknown, sent, sent);
    (found != right || d.kind != kind).then(|| format!("{}: {found:?} and not {right:?}: {error:?}", case.name))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failure_is_repeated_as_its_case_says() {
    let wrong: Vec<_> = join_all(cases().into_iter().map(run)).await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_error_says_what_the_answer_said() {
    let body = r#"{"error":"not_found","error_description":"who?","error_code":10404}"#;
    let server =
        Server::new(move |_, _| answer(404, &[("x-request-id", "r-1"), ("retry-after", "3"), ("x-b", "c")], body));
    let client = support::client(&server, Auth::token("t"));
    let error = client.send(users::Get::new("amy")).await.unwrap_err();
    let d = error.details();
    assert_eq!(
        (d.code.as_deref(), d.error_code, d.description.as_deref()),
        (Some("not_found"), Some(10404), Some("who?"))
    );
    assert_eq!((error.request_id().as_deref(), d.retry_after), (Some("r-1"), Some(Duration::from_secs(3))));
    assert_eq!(d.headers.as_ref().unwrap().get("X-B").as_deref(), Some("c"));
}

#[tokio::test]
async fn a_deadline_bounds_the_whole_call() {
    let server =
        Server::new(
            |request, _| {
                if request.starts_with("GET") { Act::Hang } else { answer(503, &[("retry-after", "30")], "") }
            },
        );
    let client = support::client(&server, Auth::token("t"));
    let options = Options { deadline: Some(Duration::from_millis(300)), ..Options::default() };
    let hung = client.send_with(users::Get::new("amy"), &options).await.unwrap_err();
    assert_eq!((hung.kind(), hung.details().attempts, hung.details().unknown), (Kind::Timeout, 1, false));
    // It came while nothing was on its way: what was refused was not done.
    let waiting = client.send_with(users::Register::new("amy"), &options).await.unwrap_err();
    assert_eq!((waiting.kind(), waiting.details().attempts, waiting.details().unknown), (Kind::Timeout, 1, false));
    let hangs = Server::new(|_, _| Act::Hang);
    let mut config = config(&hangs.url, Auth::token("t"));
    config.deadline = Some(Duration::from_millis(300));
    let error = Client::new(config).unwrap().send(users::Register::new("amy")).await.unwrap_err();
    assert_eq!((error.kind(), error.details().unknown), (Kind::Timeout, true));
}

#[tokio::test]
async fn a_read_is_redirected_without_its_token_and_a_write_is_not() {
    let other = Server::new(|_, _| support::ok("{}"));
    let target = format!("{}/there", other.url);
    let location = target.clone();
    let server = Server::new(move |request, _| match request.split(' ').nth(1).unwrap() {
        "/org/app/near" => answer(302, &[("location", "/org/app/nearer")], ""),
        "/org/app/nearer" => support::ok("\"near\""),
        "/org/app/round" => answer(307, &[("location", "/org/app/round")], ""),
        _ => answer(307, &[("location", &location)], ""),
    });
    let client = support::client(&server, Auth::token("secret"));
    use agora_chat_admin::operation::Method;
    assert_eq!(client.request(Method::GET, "/near", None).await.unwrap(), "near");
    assert!(server.seen().iter().all(|r| r.contains("authorization: Bearer secret")));
    client.request(Method::GET, "/far", None).await.unwrap();
    assert!(!other.seen()[0].contains("secret"), "{:?}", other.seen());
    let round = client.request(Method::GET, "/round", None).await.unwrap_err();
    assert_eq!((round.kind(), round.status(), server.count("GET /org/app/round")), (Kind::Service, Some(307), 6));
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let error = client.request(method, "/far", Some(&Value::from("password"))).await.unwrap_err();
        assert_eq!((error.kind(), error.status(), error.details().retryable), (Kind::Service, Some(307), false));
        let message = error.to_string();
        assert!(message.contains(&target) && message.contains("base_url"), "{message}");
    }
    assert_eq!(other.seen().len(), 1);
}
