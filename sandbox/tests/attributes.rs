//! User attributes, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_sandbox::Request;
use serde_json::{Value, json};
use support::{Answer, Tester, sandbox};

/// Sets attributes by a form, as both vendors' examples do.
fn set(s: &mut Tester, username: &str, form: &str) -> Answer {
    let request = Request::new("PUT", &format!("/metadata/user/{username}"))
        .header("content-type", "application/x-www-form-urlencoded");
    Answer(s.send(Request { body: form.as_bytes().to_vec(), ..request }))
}

fn capacity(s: &mut Tester) -> Value {
    s.get("/metadata/user/capacity").data()
}

#[test]
fn sets_and_merges() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let answer = set(&mut s, "Amy", "nickname=%E6%98%B5%E7%A7%B0&avatarurl=http%3A%2F%2Fx%2Fa.png&gender=1").ok();
    assert_eq!(answer["data"], json!({ "nickname": "昵称", "avatarurl": "http://x/a.png", "gender": "1" }));
    let mut members: Vec<_> = answer.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    members.sort_unstable();
    assert_eq!(members, ["data", "duration", "timestamp"]);
    // The answer has what was set; what was not sent stays.
    assert_eq!(set(&mut s, "amy", "nickname=a+b&free=x").data(), json!({ "nickname": "a b", "free": "x" }));
    let all = s.get("/metadata/user/amy").data();
    assert_eq!(all, json!({ "nickname": "a b", "avatarurl": "http://x/a.png", "gender": "1", "free": "x" }));
    // JSON is taken too.
    assert_eq!(s.put("/metadata/user/amy", json!({ "ext": "e" })).data(), json!({ "ext": "e" }));
}

#[test]
fn unknown_users_have_none() {
    let mut s = sandbox();
    assert_eq!(s.get("/metadata/user/nobody").data(), json!({}));
    assert_eq!(s.delete("/metadata/user/nobody").data(), json!(true));
}

#[test]
fn deletes_all_of_a_user() {
    let mut s = sandbox();
    set(&mut s, "amy", "nickname=a&ext=b").ok();
    assert_eq!(s.delete("/metadata/user/amy").data(), json!(true));
    assert_eq!(s.get("/metadata/user/amy").data(), json!({}));
    assert_eq!(capacity(&mut s), json!(0));
}

#[test]
fn fetches_named_attributes_of_many() {
    let mut s = sandbox();
    set(&mut s, "amy", "nickname=Amy&ext=e&phone=1").ok();
    set(&mut s, "bob", "nickname=Bob").ok();
    let body = json!({ "targets": ["amy", "bob", "nobody"], "properties": ["nickname", "ext"] });
    let data = s.post("/metadata/user/get", body).data();
    assert_eq!(data, json!({ "amy": { "nickname": "Amy", "ext": "e" }, "bob": { "nickname": "Bob" }, "nobody": {} }));
    let targets: Vec<_> = (0..101).map(|i| format!("u{i}")).collect();
    let refusal = s.post("/metadata/user/get", json!({ "targets": targets, "properties": ["x"] })).refused();
    assert_eq!(refusal, (400, "BAD_REQUEST".into(), "exceed allowed batch size 100".into()));
}

#[test]
fn sizes_are_limited_and_counted() {
    let mut s = sandbox();
    set(&mut s, "amy", "a=123&bc=%E6%98%B5").ok();
    assert_eq!(capacity(&mut s), json!(9));
    set(&mut s, "amy", "a=1").ok();
    set(&mut s, "bob", "a=1").ok();
    assert_eq!(capacity(&mut s), json!(9));
    s.users(&["bob"]);
    s.delete("/users/bob").ok();
    assert_eq!(capacity(&mut s), json!(7));

    set(&mut s, "cat", &format!("ext={}", "x".repeat(2045))).ok();
    let too_large = set(&mut s, "cat", "a=1").refused();
    let text = "size of metadata for this single user exceeds the user defined limit, 2048Bytes";
    assert_eq!(too_large, (403, "FORBIDDEN".into(), text.into()));
    let too_long = set(&mut s, "dan", &format!("phone={}", "1".repeat(33))).refused();
    let text = "size of metadata for this single user exceeds the current mysql column size, 32Bytes";
    assert_eq!(too_long, (403, "FORBIDDEN".into(), text.into()));
    set(&mut s, "dan", "gender=3").is(400, "BAD_REQUEST");
    assert_eq!(s.get("/metadata/user/dan").data(), json!({}));
}

#[test]
fn user_tokens_reach_their_own() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    let body = json!({ "grant_type": "password", "username": "amy", "password": "secret" });
    let token = s.post("/token", body).ok()["access_token"].as_str().unwrap_or_default().to_owned();
    let mut get = |path: &str| {
        let request = Request::new("GET", path).header("authorization", &format!("Bearer {token}"));
        Answer(s.send(request))
    };
    get("/metadata/user/amy").ok();
    let refusal = get("/metadata/user/bob").refused();
    assert_eq!(refusal, (401, "metadata_error".into(), "auth error".into()));
    let refusal = get("/metadata/user/capacity").refused();
    assert_eq!(refusal, (401, "unauthorized".into(), "unauthorized".into()));
}
