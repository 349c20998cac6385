//! The attributes of chat rooms.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{Tester, room_in};

fn room() -> (Tester, String) {
    room_in(Dialect::Agora)
}

fn error(status: u16, error: &str, description: impl Into<String>) -> (u16, String, String) {
    (status, error.to_owned(), description.into())
}

fn names(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|i| format!("{prefix}{i}")).collect()
}

#[test]
fn keeps_attributes() {
    let (mut s, id) = room();
    let of = |user: &str| format!("/metadata/chatroom/{id}/user/{user}");
    let all = format!("/metadata/chatroom/{id}");
    let set = s.put(&of("amy"), json!({ "metaData": { "k1": "v1", "k2": "v2" }, "autoDelete": "no_delete" })).ok();
    assert_eq!(set["data"], json!({ "successKeys": ["k1", "k2"], "errorKeys": {} }));
    assert_eq!((&set["uri"], &set["action"]), (&json!("http://127.0.0.1/demo/chat/metadata/chatroom"), &json!("put")));
    assert!(set.get("organization").is_none() && set.get("duration").is_none());
    s.put(&of("bob"), json!({ "metaData": { "k3": "v3" } })).ok();
    assert_eq!(s.post(&all, json!(null)).data(), json!({ "k1": "v1", "k2": "v2", "k3": "v3" }));
    assert_eq!(s.post(&all, json!({ "keys": [] })).data().as_object().unwrap().len(), 3);
    // The official Java SDK sends a stray `autoDelete`.
    assert_eq!(s.post(&all, json!({ "keys": ["k1", "none"], "autoDelete": "DELETE" })).data(), json!({ "k1": "v1" }));

    // Those of others need force.
    let others = error(400, "MetadataException", "others are not allowed to be set");
    assert_eq!(s.put(&of("bob"), json!({ "metaData": { "k1": "x" } })).refused(), others);
    let mixed = s.put(&of("bob"), json!({ "metaData": { "k1": "x", "k3": "y" } })).data();
    let expected = json!({ "successKeys": ["k3"], "errorKeys": { "k1": "others are not allowed to be set" } });
    assert_eq!(mixed, expected);
    s.put(&format!("{}/forced", of("bob")), json!({ "metaData": { "k1": "x" } })).ok();
    assert_eq!(s.post(&all, json!({ "keys": ["k1"] })).data(), json!({ "k1": "x" }));
    let deleted = s.delete_with(&of("amy"), json!({ "keys": ["k1", "k2", "none"] })).ok();
    assert_eq!((&deleted["status"], &deleted["data"]["successKeys"]), (&json!("ok"), &json!(["k2"])));
    assert_eq!(deleted["data"]["errorKeys"].as_object().unwrap().len(), 2);
    let forced = s.delete_with(&format!("{}/forced", of("admin")), json!({ "keys": ["k1"] })).data();
    assert_eq!(forced["successKeys"], json!(["k1"]));

    // They go when their owner leaves, unless told to stay.
    s.put(&of("amy"), json!({ "metaData": { "stays": "1" }, "autoDelete": "NO_DELETE" })).ok();
    s.put(&of("amy"), json!({ "metaData": { "goes": "1" }, "autoDelete": "delete" })).ok();
    s.delete(&format!("/chatrooms/{id}/users/amy")).ok();
    assert_eq!(s.post(&all, json!(null)).data(), json!({ "k3": "y", "stays": "1" }));
}

#[test]
fn refuses_bad_attributes() {
    let (mut s, id) = room();
    let of = |user: &str| format!("/metadata/chatroom/{id}/user/{user}");
    let outside = error(401, "MetadataException", "user is not in chatroom");
    assert_eq!(s.put(&of("cat"), json!({ "metaData": { "k": "v" } })).refused(), outside);
    assert_eq!(s.put(&format!("{}/forced", of("cat")), json!({ "metaData": { "k": "v" } })).refused(), outside);
    assert_eq!(s.delete_with(&of("cat"), json!({ "keys": ["k"] })).refused(), outside);
    let eleven: Value = (0..11).map(|i| (format!("k{i}"), json!("v"))).collect::<serde_json::Map<_, _>>().into();
    let batch = error(400, "MetadataException", "exceed allowed batch size 10");
    assert_eq!(s.put(&of("amy"), json!({ "metaData": eleven })).refused(), batch);
    assert_eq!(s.delete_with(&of("amy"), json!({ "keys": names("k", 11) })).refused(), batch);
    s.put(&of("amy"), json!({ "metaData": { "k": "v" }, "autoDelete": "MAYBE" })).is(400, "MetadataException");
    s.put(&of("amy"), json!({ "metaData": { "k": ["v"] } })).is(400, "illegal_argument");
    let long = "k".repeat(129);
    let flawed =
        s.put(&of("amy"), json!({ "metaData": { long.clone(): "v", "a b": "v", "k": "v".repeat(4097) } })).data();
    assert_eq!(flawed["successKeys"], json!([]));
    assert_eq!(flawed["errorKeys"][&long], format!("properties key '{long}' is exceeding maximum limit 128"));
    assert_eq!(flawed["errorKeys"].as_object().unwrap().len(), 3);
    s.post("/metadata/chatroom/0", json!({ "keys": [] })).is(404, "resource_not_found");
    for batch in 0..10 {
        let ten: Value =
            (0..10).map(|i| (format!("k{batch}-{i}"), json!("v"))).collect::<serde_json::Map<_, _>>().into();
        s.put(&of("amy"), json!({ "metaData": ten })).ok();
    }
    let full = s.put(&of("amy"), json!({ "metaData": { "one-more": "v", "k0-0": "w" } })).data();
    assert_eq!(full["successKeys"], json!(["k0-0"]));
}
