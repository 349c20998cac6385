//! Presence, as the platform treats it.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{Answer, NOW, Tester, sandbox, with_dialect};

fn set(s: &mut Tester, username: &str, status: &str, ext: &str) -> Answer {
    s.post(&format!("/users/{username}/presence/ios_100000/{status}"), json!({ "ext": ext }))
}

fn argument(text: &str) -> (u16, String, String) {
    (400, "illegal_argument".into(), text.into())
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("u{i}")).collect()
}

/// Brings a device online.
fn connect(s: &mut Tester, username: &str) {
    s.post("/__sandbox/devices", json!({ "username": username, "resource": "android_1" })).ok();
}

#[test]
fn sets_and_fetches() {
    let mut s = sandbox();
    assert_eq!(set(&mut s, "amy", "1", "在线").ok(), json!({ "result": "ok" }));
    s.post("/users/amy/presence/web_1/7", json!({ "ext": "busy" })).ok();
    // No subscription is needed, nor does the one who asks have to exist.
    let answer = s.post("/users/u1/presence", json!({ "usernames": ["Amy", "nobody"] })).ok();
    let seconds = (NOW / 1000).to_string();
    assert_eq!(
        answer,
        json!({ "result": [
            { "uid": "amy", "last_time": seconds, "ext": "busy", "status": { "ios_100000": "1", "web_1": "7" } },
            { "uid": "nobody", "last_time": "0", "ext": "", "status": [] },
        ] })
    );
    let many = s.post("/users/u1/presence", json!({ "usernames": names(101) })).refused();
    assert_eq!(many, argument("too many get presences"));
}

#[test]
fn shows_connected_devices() {
    let mut s = sandbox();
    s.users(&["amy"]);
    connect(&mut s, "amy");
    let seen = |s: &mut Tester| s.post("/users/amy/presence", json!({ "usernames": ["amy"] })).ok()["result"][0].take();
    let (first, later) = ((NOW / 1000).to_string(), (NOW / 1000 + 60).to_string());
    assert_eq!(seen(&mut s), json!({ "uid": "amy", "last_time": first, "ext": "", "status": { "android_1": "1" } }));
    s.advance(60_000);
    s.post("/users/amy/disconnect", json!(null)).ok();
    assert_eq!(seen(&mut s), json!({ "uid": "amy", "last_time": later, "ext": "", "status": { "android_1": "0" } }));
}

#[test]
fn refuses_bad_statuses() {
    let mut s = with_dialect(Dialect::Easemob);
    assert_eq!(s.post("/users/amy/presence/web/1", json!({})).refused(), argument("ext cannot be null"));
    assert_eq!(s.post("/users/amy/presence/web/1", json!({ "ext": null })).refused(), argument("ext cannot be null"));
    // The limit is in bytes.
    set(&mut s, "amy", "1", &"明".repeat(341)).ok();
    assert_eq!(set(&mut s, "amy", "1", &"明".repeat(342)).refused(), argument("ext is too big"));
    assert_eq!(set(&mut s, "amy", "away", "").refused(), argument("set presence failed"));
}

#[test]
fn subscribes_for_a_time() {
    let mut s = sandbox();
    set(&mut s, "bob", "1", "x").ok();
    let answer = s.post("/users/amy/presence/1000", json!({ "usernames": ["bob", "cat"] })).ok();
    let end = (NOW / 1000 + 1000).to_string();
    assert_eq!(answer["result"][0]["uid"], "bob");
    assert_eq!(answer["result"][0]["expiry"], json!(end));
    assert_eq!(answer["result"][0]["status"], json!({ "ios_100000": "1" }));
    assert_eq!(answer["result"][1]["status"], json!([]));
    let list = s.get("/users/amy/presence/sublist?pageNum=1&pageSize=10").ok();
    assert_eq!(
        list,
        json!({ "result": { "sublist": [{ "uid": "bob", "expiry": end }, { "uid": "cat", "expiry": end }], "totalnum": "2" } })
    );
    // Once more replaces the time.
    s.post("/users/amy/presence/2000", json!({ "usernames": ["bob"] })).ok();
    s.advance(1_000_000);
    let list = s.get("/users/amy/presence/sublist?pageNum=1&pageSize=10").ok();
    assert_eq!(list["result"]["totalnum"], "1");
    assert_eq!(list["result"]["sublist"][0]["expiry"], json!((NOW / 1000 + 2000).to_string()));
    s.advance(1_000_000);
    assert_eq!(s.get("/users/amy/presence/sublist?pageNum=1&pageSize=10").ok()["result"]["totalnum"], "0");
}

#[test]
fn refuses_bad_subscriptions() {
    let mut s = sandbox();
    let mut subscribe = |body: Value| s.post("/users/amy/presence/1000", body).refused();
    assert_eq!(subscribe(json!({ "usernames": [] })), argument("usernames is empty"));
    assert_eq!(subscribe(json!({})), argument("usernames is empty"));
    assert_eq!(subscribe(json!({ "usernames": names(101) })), argument("too many sub presence"));
    assert_eq!(subscribe(json!({ "usernames": ["bob", "AMY"] })), argument("you can't sub yourself"));
    s.post("/users/amy/presence/2592001", json!({ "usernames": ["bob"] })).is(400, "illegal_argument");
    s.post("/users/amy/presence/soon", json!({ "usernames": ["bob"] })).is(400, "illegal_argument");
}

#[test]
fn unsubscribes_by_a_bare_array() {
    let mut s = sandbox();
    s.post("/users/amy/presence/1000", json!({ "usernames": ["bob", "cat", "dan"] })).ok();
    // So the tables have it, if not the examples.
    assert_eq!(s.delete_with("/users/amy/presence", json!({ "users": ["dan"] })).ok(), json!({ "result": "ok" }));
    assert_eq!(s.get("/users/amy/presence/sublist?pageNum=1&pageSize=10").ok()["result"]["totalnum"], "2");
    assert_eq!(s.delete_with("/users/amy/presence", json!(["bob", "nobody"])).ok(), json!({ "result": "ok" }));
    assert_eq!(s.get("/users/amy/presence/sublist?pageNum=1&pageSize=10").ok()["result"]["totalnum"], "1");
    assert_eq!(s.delete_with("/users/amy/presence", json!([])).refused(), argument("usernames cannot be null"));
    assert_eq!(s.delete("/users/amy/presence").refused(), argument("usernames cannot be null"));
    let many = s.delete_with("/users/amy/presence", json!(names(101))).refused();
    assert_eq!(many, argument("too many unsub presences"));
}

#[test]
fn pages_subscriptions() {
    let mut s = sandbox();
    s.post("/users/amy/presence/1000", json!({ "usernames": ["u1", "u2", "u3"] })).ok();
    let page = s.get("/users/amy/presence/sublist?pageNum=2&pageSize=2").ok();
    assert_eq!(page["result"]["sublist"].as_array().map(Vec::len), Some(1));
    assert_eq!(page["result"]["totalnum"], "3");
    // Both have a default: the first page, of one.
    let page = s.get("/users/amy/presence/sublist").ok();
    assert_eq!(page["result"]["sublist"].as_array().map(Vec::len), Some(1));
    let empty = s.get("/users/nobody/presence/sublist?pageNum=1&pageSize=500").ok();
    assert_eq!(empty, json!({ "result": { "sublist": [], "totalnum": "0" } }));
    let many = s.get("/users/amy/presence/sublist?pageNum=1&pageSize=501").refused();
    assert_eq!(many, argument("too many queries"));
    s.get("/users/amy/presence/sublist?pageNum=0&pageSize=1").is(400, "illegal_argument");
}

#[test]
fn the_subscription_that_ends_first_makes_room() {
    let mut s = sandbox();
    s.post("/users/amy/presence/10", json!({ "usernames": ["first"] })).ok();
    let all = names(3000);
    for chunk in all.chunks(100) {
        s.post("/users/amy/presence/1000", json!({ "usernames": chunk })).ok();
    }
    let page = s.get("/users/amy/presence/sublist?pageNum=1&pageSize=1").ok();
    assert_eq!(page["result"]["totalnum"], "3000");
    assert_ne!(page["result"]["sublist"][0]["uid"], "first");
    // So it is with those who are subscribed to one user.
    for name in &all {
        s.post(&format!("/users/{name}/presence/2000"), json!({ "usernames": ["bob"] })).ok();
    }
    s.post("/users/amy/presence/1000", json!({ "usernames": ["bob"] })).ok();
    assert_eq!(s.get("/users/u0/presence/sublist?pageNum=1&pageSize=1").ok()["result"]["totalnum"], "0");
}

#[test]
fn a_deleted_user_leaves_nothing() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    set(&mut s, "amy", "1", "x").ok();
    s.post("/users/amy/presence/1000", json!({ "usernames": ["bob"] })).ok();
    s.post("/users/bob/presence/1000", json!({ "usernames": ["amy"] })).ok();
    s.delete("/users/amy").ok();
    assert_eq!(s.get("/users/bob/presence/sublist?pageNum=1&pageSize=1").ok()["result"]["totalnum"], "0");
    assert_eq!(s.get("/users/amy/presence/sublist?pageNum=1&pageSize=1").ok()["result"]["totalnum"], "0");
    let answer = s.post("/users/bob/presence", json!({ "usernames": ["amy"] })).ok();
    assert_eq!(answer["result"][0]["status"], json!([]));
}

#[test]
fn counts_the_connected_members_of_a_group() {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy", "bob", "cat"]);
    let group = json!({
        "groupname": "g", "desc": "d", "public": true, "maxusers": 200, "owner": "amy", "members": ["bob", "cat"],
    });
    let id = s.post("/chatgroups", group).data()["groupid"].as_str().unwrap_or_default().to_owned();
    connect(&mut s, "amy");
    connect(&mut s, "cat");
    // A status of one's own making is no connection.
    set(&mut s, "bob", "1", "").ok();
    assert_eq!(s.get(&format!("/presence/online/{id}/type/1")).ok(), json!({ "result": 2 }));
    assert_eq!(s.get(&format!("/presence/online/{id}/type/0")).ok(), json!({ "result": 0 }));
    assert_eq!(s.get("/presence/online/1/type/1").ok(), json!({ "result": 0 }));
    for bad in ["2", "x"] {
        let refusal = s.get(&format!("/presence/online/{id}/type/{bad}")).refused();
        assert_eq!(refusal, argument("Type must be 0 or 1."));
    }
}
