//! Devices that come online through the sandbox's control endpoint.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use agora_chat_sandbox::Request;
use serde_json::json;
use support::{Tester, with_dialect};

const DEVICES: &str = "/__sandbox/devices";

/// An Easemob sandbox with Amy, online with a phone.
fn online() -> Tester {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy", "bob"]);
    s.post(
        DEVICES,
        json!({ "username": "Amy", "resource": "android_1", "device_uuid": "u-1", "device_name": "phone" }),
    )
    .ok();
    s
}

#[test]
fn a_device_shows_in_status_list_and_presence() {
    let mut s = online();
    assert_eq!(s.get("/users/amy/status").data(), json!({ "amy": "online" }));
    let many = s.post("/users/batch/status", json!({ "usernames": ["amy", "bob"] })).data();
    assert_eq!(many, json!([{ "amy": "online" }, { "bob": "offline" }]));
    let device = json!({ "res": "android_1", "device_uuid": "u-1", "device_name": "phone" });
    assert_eq!(s.get("/users/amy/resources").data(), json!([device]));
    let presence = s.post("/users/bob/presence", json!({ "usernames": ["amy"] })).ok();
    assert_eq!(presence["result"][0]["status"], json!({ "android_1": "1" }));
}

#[test]
fn a_device_that_comes_again_is_still_one() {
    let mut s = online();
    let answer = s.post(DEVICES, json!({ "username": "amy", "resource": "android_1" })).ok();
    let devices = answer["devices"].as_array().unwrap();
    assert_eq!(devices.len(), 1);
    assert_eq!(devices[0]["device_uuid"].as_str().map(str::len), Some(36), "a UUID is made where none is given");
}

#[test]
fn a_device_can_be_disconnected_there_or_not() {
    let mut s = online();
    assert_eq!(s.delete("/users/amy/disconnect/android_1").data(), json!({ "result": true }));
    assert_eq!(s.get("/users/amy/status").data(), json!({ "amy": "offline" }));
    // The official Java SDK uses GET, raises an error for `false`, and expects none where no such device is.
    assert_eq!(s.get("/users/amy/disconnect/android_1").data(), json!({ "result": true }));
}

#[test]
fn devices_go_offline_one_by_one_or_all() {
    let mut s = online();
    s.post(DEVICES, json!({ "username": "amy", "resource": "web_1", "app": "demo#chat" })).ok();
    s.post(DEVICES, json!({ "username": "amy", "resource": "ios_1" })).ok();
    let left = s.delete(&format!("{DEVICES}?username=amy&resource=android_1")).ok();
    assert_eq!(left["devices"].as_array().unwrap().len(), 2);
    assert_eq!(s.delete_with(DEVICES, json!({ "username": "amy" })).ok(), json!({ "devices": [] }));
    assert_eq!(s.get("/users/amy/status").data(), json!({ "amy": "offline" }));
}

#[test]
fn waiting_messages_are_delivered_when_the_user_comes_online() {
    let mut s = online();
    let text = json!({ "to": ["bob"], "type": "txt", "body": { "msg": "hi" } });
    let id = s.post("/messages/users", text).data()["bob"].as_str().unwrap().to_owned();
    let status = format!("/users/bob/offline_msg_status/{id}");
    assert_eq!(s.get("/users/bob/offline_msg_count").data(), json!({ "bob": 1 }));
    assert_eq!(s.get(&status).data(), json!({ (id.as_str()): "undelivered" }));
    s.post(DEVICES, json!({ "username": "bob", "resource": "web_1" })).ok();
    assert_eq!(s.get("/users/bob/offline_msg_count").data(), json!({ "bob": 0 }));
    assert_eq!(s.get(&status).data(), json!({ (id.as_str()): "delivered" }));
}

#[test]
fn what_cannot_come_online_is_refused() {
    let mut s = online();
    let mut status = |body: serde_json::Value| s.send(Request::new("POST", DEVICES).json(&body)).status;
    assert_eq!(status(json!({ "username": "nobody", "resource": "r" })), 404);
    assert_eq!(status(json!({ "username": "amy", "resource": "r", "app": "other#app" })), 404);
    assert_eq!(status(json!({ "username": "amy" })), 400);
    assert_eq!(status(json!({ "resource": "r" })), 400);
    s.post("/users/bob/deactivate", json!(null)).ok();
    assert_eq!(s.send(Request::new("POST", DEVICES).json(&json!({ "username": "bob", "resource": "r" }))).status, 403);
}
