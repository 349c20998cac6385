//! Lists that go over several pages, and answers without a result.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::{
    Auth, Client, Kind,
    api::{groups, users},
    codec::escape,
};
use futures_util::{StreamExt, pin_mut};
use serde_json::json;
use support::{Server, answer, client, ok};

/// A parameter of a request's query.
fn query(request: &str, name: &str) -> Option<String> {
    let target = request.split(' ').nth(1)?;
    escape::pairs(target.split_once('?')?.1).into_iter().find(|(k, _)| k == name).map(|(_, v)| v)
}

fn user(name: &str) -> serde_json::Value {
    json!({ "uuid": name, "type": "user", "username": name, "created": 1, "modified": 1, "activated": true })
}

/// The names on all pages, and the error that ended them.
async fn all(client: &Client) -> (Vec<String>, Option<Kind>) {
    let pages = client.pages(users::List::new());
    pin_mut!(pages);
    let (mut names, mut ended) = (Vec::new(), None);
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => names.extend(page.items.into_iter().map(|u| u.username)),
            Err(error) => ended = Some(error.kind()),
        }
    }
    (names, ended)
}

/// Pages: the cursor of each, its users, and the cursor behind it.
type Pages = &'static [(&'static str, &'static [&'static str], Option<&'static str>)];

/// A server of these pages.
fn paged(pages: Pages) -> Client {
    let server = Server::new(move |request, _| {
        let asked = query(request, "cursor").unwrap_or_default();
        let (_, names, next) = pages.iter().find(|(cursor, ..)| *cursor == asked).unwrap();
        let users: Vec<_> = names.iter().map(|n| user(n)).collect();
        ok(&json!({ "entities": users, "cursor": next }).to_string())
    });
    client(&server, Auth::token("t"))
}

#[tokio::test]
async fn an_empty_page_with_a_new_cursor_is_not_the_end() {
    let client = paged(&[("", &["a"], Some("1")), ("1", &[], Some("2")), ("2", &["b"], None)]);
    assert_eq!(all(&client).await, (vec!["a".to_owned(), "b".to_owned()], None));
    let nothing = paged(&[("", &[], None)]);
    assert_eq!(all(&nothing).await, (Vec::new(), None));
}

#[tokio::test]
async fn a_cursor_that_comes_again_is_an_error_behind_what_it_brought() {
    let at_once: Pages = &[("", &["a"], Some("1")), ("1", &["b"], Some("1"))];
    let later: Pages = &[("", &["a"], Some("1")), ("1", &["b"], Some("2")), ("2", &[], Some("1"))];
    for pages in [at_once, later] {
        let found = all(&paged(pages)).await;
        assert_eq!(found, (vec!["a".to_owned(), "b".to_owned()], Some(Kind::Decode)));
    }
}

#[tokio::test]
async fn a_page_is_full_at_the_platforms_most() {
    let server = Server::new(|request, _| {
        let number: usize = query(request, "pagenum").map_or(1, |n| n.parse().unwrap());
        let most = query(request, "pagesize").map_or(20, |n| n.parse::<usize>().unwrap().min(20));
        let groups: Vec<_> = (0..25).skip((number - 1) * most).take(most).collect();
        let groups: Vec<_> = groups.iter().map(|n| json!({ "groupid": n.to_string(), "groupname": "g" })).collect();
        ok(&json!({ "data": groups, "entities": groups }).to_string())
    });
    let client = client(&server, Auth::token("t"));
    for (size, requests) in [(10, 3), (20, 2), (100, 2)] {
        let before = server.seen().len();
        let pages = client.pages(groups::ListJoined::new("amy").pagesize(size));
        let count: usize = pages.map(|page| page.unwrap().items.len()).collect::<Vec<_>>().await.iter().sum();
        assert_eq!((count, server.seen().len() - before), (25, requests), "{size}");
    }
}

#[tokio::test]
async fn an_operation_without_a_result_needs_no_body() {
    for act in [|| answer(200, &[], ""), || answer(204, &[], ""), || answer(200, &[], "<html>")] {
        let server = Server::new(move |_, _| act());
        client(&server, Auth::token("t")).send(users::SetPassword::new("amy", "new")).await.unwrap();
    }
}

#[tokio::test]
async fn a_success_that_holds_no_result_keeps_its_body() {
    let server = Server::new(|_, _| ok(r#"{"hello":"captive portal"}"#));
    let client = client(&server, Auth::token("t"));
    let read = client.send(users::Get::new("amy")).await.unwrap_err();
    assert_eq!((read.kind(), read.status(), read.details().unknown), (Kind::Decode, Some(200), false));
    assert_eq!(read.details().body.as_deref(), Some(r#"{"hello":"captive portal"}"#));
    let written = client.send(users::Register::new("amy")).await.unwrap_err();
    assert_eq!((written.kind(), written.details().unknown, written.details().retryable), (Kind::Decode, true, false));
}
