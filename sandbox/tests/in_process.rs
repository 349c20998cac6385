//! The Rust client and the sandbox in one process: paging, files, faults, retries, tokens.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use agora_chat_admin::{
    App, Auth, Client, Config, Kind,
    api::{files, users},
    shape::File,
};
use agora_chat_sandbox::{InProcess, Options, Request, Sandbox, app};
use futures_executor::block_on;
use futures_util::{StreamExt, TryStreamExt};
use serde_json::json;

fn client(auth: Auth) -> Client<InProcess> {
    let mut sandbox = Sandbox::new([app::App::default()], Options::default()).unmetered();
    sandbox.tick(1_767_225_600_000);
    let config = Config::new("http://127.0.0.1", App::key("demo", "chat"), auth);
    Client::with_host(config, InProcess::new(sandbox)).unwrap()
}

fn agora() -> Auth {
    let app = app::App::default();
    Auth::agora(app.app_id, app.app_certificate)
}

#[test]
fn pages_follow_one_another_to_the_last() {
    let client = client(agora());
    block_on(async {
        let names: Vec<String> = (0..25).map(|i| format!("user{i:02}")).collect();
        for name in &names {
            client.send(users::Register::new(name.as_str())).await.unwrap();
        }
        let pages: Vec<_> = client.pages(users::List::new().limit(10)).try_collect().await.unwrap();
        assert_eq!(pages.iter().map(|p| p.items.len()).collect::<Vec<_>>(), [10, 10, 5]);
        let listed: Vec<_> = pages.into_iter().flat_map(|p| p.items).map(|u| u.username).collect();
        assert_eq!(listed, names);
        let two: Vec<_> = client.pages(users::List::new().limit(10)).take(2).collect().await;
        assert_eq!(two.len(), 2);
        let wrong: Vec<_> = client.pages(users::List::new().limit(0)).collect().await;
        assert!(matches!(wrong.as_slice(), [Err(e)] if e.kind() == Kind::Service));
    });
}

#[test]
fn a_file_comes_back_as_it_was_sent() {
    let client = client(agora());
    let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    block_on(async {
        let file = File { name: "a.bin".into(), content_type: Some("application/x-test".into()), bytes: bytes.clone() };
        let uploaded = client.send(files::Upload::new(file)).await.unwrap();
        let uuid = uploaded.entities.first().unwrap().uuid.clone();
        let back = client.send(files::Download::new(uuid)).await.unwrap();
        assert_eq!(back.bytes, bytes);
    });
}

#[test]
fn retries_wait_on_the_sandboxs_clock() {
    let client = client(agora());
    let fault = json!({ "operation": "users.get", "status": 503, "times": 2, "retry_after": 7 });
    let request = Request::new("POST", "/__sandbox/faults").json(&fault);
    client.host().with(|s| s.answer(&request));
    block_on(async {
        client.send(users::Register::new("amy")).await.unwrap();
        client.send(users::Get::new("amy")).await.unwrap();
    });
    assert_eq!(client.host().with(|s| s.now()), 1_767_225_600_000 + 14_000);
}

#[test]
fn a_token_is_fetched_once_and_again_when_it_ends() {
    let app = app::App::default();
    let client = client(Auth::client_credentials(app.client_id, app.client_secret));
    let asked = || {
        let journal =
            client.host().with(|s| s.answer(&Request::new("GET", "/__sandbox/journal?operation=tokens.app.create")));
        journal.value()["entries"].as_array().unwrap().len()
    };
    block_on(async {
        let calls = (0..50).map(|i| client.send(users::Register::new(format!("user{i}"))));
        futures_util::future::try_join_all(calls).await.unwrap();
        assert_eq!(asked(), 1);
        client.host().with(|s| s.advance(61 * 86_400_000));
        client.send(users::Get::new("user1")).await.unwrap();
        assert_eq!(asked(), 2);
    });
}

#[test]
fn errors_name_the_operation_and_the_field() {
    let client = client(agora());
    block_on(async {
        let error = client.send(users::Get::new("..")).await.unwrap_err();
        assert_eq!(error.to_string(), "users.get: username must not be `..`: it would name another path");
        assert_eq!((error.kind(), error.details().attempts), (Kind::Invalid, 0));
        let error = client.send(users::Get::new("nobody")).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status(), error.code()),
            (Kind::Service, Some(404), Some("service_resource_not_found"))
        );
    });
}
