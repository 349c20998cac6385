//! Users, tokens, global mutes, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::{Dialect, token};
use agora_chat_sandbox::{Request, app::App};
use serde_json::{Value, json};
use support::{Answer, NOW, sandbox, with_app, with_dialect};

#[test]
fn registers_fetches_and_deletes() {
    let mut s = sandbox();
    let made = s.post("/users", json!({ "username": "Amy", "password": "secret", "nickname": "艾米" })).ok();
    let amy = &made["entities"][0];
    assert_eq!(amy["username"], "amy");
    assert_eq!(amy["type"], "user");
    assert_eq!(amy["created"], NOW);
    assert_eq!(amy["activated"], true);
    assert_eq!(made["action"], "post");
    assert_eq!(made["path"], "/users");
    assert_eq!(made["organization"], "demo");
    assert_eq!(s.get("/users/AMY").entities()[0], *amy);
    // A user can also be named by UUID.
    let by_uuid = format!("/users/{}", amy["uuid"].as_str().unwrap());
    assert_eq!(s.delete(&by_uuid).entities()[0]["username"], "amy");
    s.get("/users/amy").is(404, "service_resource_not_found");
    assert_eq!(s.get("/users").entities(), json!([]));
}

#[test]
fn refuses_bad_registrations() {
    let mut s = sandbox();
    s.users(&["amy"]);
    s.post("/users", json!({ "username": "AMY", "password": "x" })).is(400, "duplicate_unique_property_exists");
    let missing = s.post("/users", json!({ "password": "x" })).refused();
    assert_eq!(missing, (400, "illegal_argument".into(), "Entity 'user' requires a property named username.".into()));
    for bad in ["", "a b", "a/b", "艾米", &"x".repeat(65)] {
        s.post("/users", json!({ "username": bad })).is(400, "illegal_argument");
    }
    s.post("/users", json!({ "username": "bob", "password": "" })).is(400, "illegal_argument");
    s.post("/users", json!({ "username": "bob", "password": "x".repeat(65) })).is(400, "illegal_argument");
    s.post("/users", json!({ "username": "bob", "nickname": "x".repeat(101) })).is(400, "illegal_argument");
    let not_json = Request {
        body: b"username=bob".to_vec(),
        ..Request::new("POST", "/users").header("content-type", "application/json")
    };
    Answer(s.send(not_json)).is(400, "json_parse");
    let not_typed =
        Request { body: b"<a/>".to_vec(), ..Request::new("POST", "/users").header("content-type", "text/xml") };
    Answer(s.send(not_typed)).is(415, "web_application");
    let untyped = Request { body: br#"{"username":"bob"}"#.to_vec(), ..Request::new("POST", "/users") };
    Answer(s.send(untyped)).ok();
}

#[test]
fn a_batch_reports_who_exists_and_registers_the_others() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let body = s.post("/users", json!([{ "username": "amy" }, { "username": "bob" }])).ok();
    assert_eq!(body["entities"][0]["username"], "bob");
    assert_eq!(body["data"], json!([{ "username": "amy", "registerUserFailReason": "the amy already exists" }]));
    let many: Vec<_> = (0..61).map(|i| json!({ "username": format!("u{i}") })).collect();
    let text = "Request body array size[61] had almost reached or been greater than the upper range value[60]";
    assert_eq!(s.post("/users", json!(many)).refused().2, text);
    s.post("/users", json!([])).is(400, "illegal_argument");
}

#[test]
fn a_batch_with_a_user_who_cannot_be_registers_nobody() {
    let mut s = sandbox();
    for (bad, text) in [
        (json!({ "username": "cat", "password": "" }), "password or pin must provided"),
        (json!({ "username": "x".repeat(65) }), "USERNAME_TOO_LONG"),
        (json!({ "username": "cat", "nickname": "x".repeat(101) }), "NICKNAME_TOO_LONG"),
        (json!({ "username": "c t" }), "c t is not legal."),
    ] {
        assert_eq!(s.post("/users", json!([{ "username": "bob" }, bad])).refused().2, text);
    }
    let twins = |other: &str| json!([{ "username": "bob", "password": "a" }, { "username": "cat" }, { "username": "BOB", "password": other }]);
    let differ = s.post("/users", twins("b")).refused();
    assert_eq!((differ.0, differ.1.as_str()), (400, "duplicate_unique_property_exists"));
    assert_eq!(differ.2, "the same user bob has a different password, the passwords are a, b");
    assert_eq!(s.get("/users").entities(), json!([]));
    // Named twice alike, a user is registered once.
    let made = s.post("/users", twins("a")).ok();
    assert_eq!((made["entities"].as_array().unwrap().len(), &made["data"]), (2, &json!([])));
}

#[test]
fn lists_in_the_order_of_registration() {
    let mut s = sandbox();
    s.users(&["zoe", "amy", "bob"]);
    let first = s.get("/users?limit=2").ok();
    assert_eq!(first["entities"][0]["username"], "zoe");
    assert_eq!(first["count"], 2);
    assert_eq!(first["params"], json!({ "limit": ["2"] }));
    let second = s.get(&format!("/users?limit=2&cursor={}", first["cursor"].as_str().unwrap())).ok();
    assert_eq!(second["entities"][0]["username"], "bob");
    assert!(second.get("cursor").is_none());
    s.get("/users?cursor=%21").is(400, "illegal_argument");
    s.get("/users?limit=0").is(400, "illegal_argument");
    s.get("/users?limit=101").is(400, "illegal_argument");
    let mut easemob = with_dialect(Dialect::Easemob);
    easemob.get("/users?limit=101").ok();
    let deleted = s.delete("/users?limit=2").ok();
    assert_eq!(deleted["entities"][1]["username"], "amy");
    assert_eq!(s.get("/users").ok()["count"], 1);
}

#[test]
fn a_banned_user_gets_no_token() {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy"]);
    let login = json!({ "grant_type": "password", "username": "amy", "password": "secret" });
    let token = s.post("/token", login.clone()).ok();
    assert_eq!(token["user"]["username"], "amy");
    assert!(token["access_token"].as_str().unwrap().starts_with("YWMt"));
    assert_eq!(s.post("/users/amy/deactivate", json!(null)).ok()["action"], "Deactivate user");
    assert_eq!(s.post("/token", login.clone()).refused(), (400, "invalid_grant".into(), "user not activated".into()));
    s.post("/users/amy/activate", json!(null)).ok();
    s.post("/token", login).ok();
    s.put("/users/amy/password", json!({ "newpassword": "other" })).ok();
    s.post("/token", json!({ "grant_type": "password", "username": "amy", "password": "secret" }))
        .is(400, "invalid_grant");
    let unknown = s.put("/users/nobody/password", json!({ "newpassword": "other" })).refused();
    assert_eq!(unknown, (404, "entity_not_found".into(), "User null not found".into()));
    let missing = s.put("/users/amy/password", json!({})).refused();
    assert_eq!(missing, (400, "illegal_argument".into(), "newpassword is required".into()));
}

#[test]
fn checks_every_kind_of_token() {
    let mut s = sandbox();
    let app = App::default();
    let with = |token: &str| Request::new("GET", "/users").header("authorization", &format!("Bearer {token}"));
    let made = s.post("/token", json!({ "grant_type": "client_credentials", "client_id": app.client_id, "client_secret": app.client_secret, "ttl": "10" }));
    let opaque = made.ok()["access_token"].as_str().unwrap().to_owned();
    Answer(s.send(with(&opaque))).ok();
    s.advance(10_000);
    let expired = "Unable to authenticate due to expired access token.";
    assert_eq!(Answer(s.send(with(&opaque))).refused(), (401, "unauthorized".into(), expired.into()));

    let issued = (NOW / 1000) as u32;
    let claims = token::Claims { app_id: &app.app_id, issued, expire: 20, salt: 1, user: None };
    let good = token::build(&claims, &app.app_certificate).unwrap();
    Answer(s.send(with(&good))).ok();
    let forged = token::build(&claims, &"a".repeat(32)).unwrap();
    Answer(s.send(with(&forged))).is(401, "auth_bad_access_token");
    let foreign =
        token::build(&token::Claims { app_id: &"b".repeat(32), ..claims.clone() }, &app.app_certificate).unwrap();
    Answer(s.send(with(&foreign))).is(401, "auth_bad_access_token");
    let mut changed = good.clone().into_bytes();
    changed[40] = if changed[40] == b'A' { b'B' } else { b'A' };
    Answer(s.send(with(std::str::from_utf8(&changed).unwrap()))).is(401, "auth_bad_access_token");
    s.advance(10_000);
    Answer(s.send(with(&good))).is(401, "unauthorized");
    Answer(s.send(with("junk"))).is(401, "auth_bad_access_token");
    let bare = Request::new("GET", "/demo/chat/users");
    assert_eq!(s.sandbox.answer(&bare).status, 401);
    s.post("/token", json!({ "grant_type": "client_credentials", "client_id": "x", "client_secret": "y" }))
        .is(400, "invalid_grant");
    let nobody = Request::new("POST", "/demo/chat/token").json(&json!({ "grant_type": "agora" }));
    Answer(s.sandbox.answer(&nobody)).is(401, "unauthorized");
}

#[test]
fn open_registration_is_a_setting() {
    let body = json!({ "username": "amy", "password": "x" });
    let open = Request::new("POST", "/demo/chat/users").json(&body);
    for (dialect, none, bad) in [
        (Dialect::Agora, "Registration is not open, please contact the app admin.", ""),
        (
            Dialect::Easemob,
            "Open registration doesn't allow, so register user need token",
            "Unable to authenticate due to corrupt access token",
        ),
    ] {
        let mut closed = with_dialect(dialect);
        let many = Request::new("POST", "/demo/chat/users").json(&json!([{ "username": "amy" }]));
        for request in [&open, &many] {
            assert_eq!(Answer(closed.sandbox.answer(request)).refused(), (401, "unauthorized".into(), none.into()));
            let refused =
                Answer(closed.sandbox.answer(&request.clone().header("authorization", "Bearer junk"))).refused();
            assert_eq!((refused.0, refused.2.as_str()), (401, if bad.is_empty() { none } else { bad }));
        }
    }
    let mut s = with_app(App { open_registration: true, ..App::default() });
    assert_eq!(s.sandbox.answer(&open).status, 200);
}

#[test]
fn apps_are_apart() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let other = Request::new("GET", "/demo/other/users/amy").header("authorization", &format!("Bearer {}", s.token));
    let answer = Answer(s.sandbox.answer(&other));
    assert_eq!(answer.refused().1, "organization_application_not_found");
    let by_id = Request::new("GET", "/app-id/970ca35de60c44645bbae8a215061b33/users/amy")
        .header("authorization", &format!("Bearer {}", s.token));
    assert_eq!(s.sandbox.answer(&by_id).status, 200);
}

#[test]
fn answers_to_requests_that_name_an_app_by_its_id_do_so_too() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let base = "/app-id/970ca35de60c44645bbae8a215061b33";
    let request = |path: &str, body: Value| {
        Request::new("POST", &format!("{base}{path}"))
            .json(&body)
            .header("authorization", &format!("Bearer {}", s.token))
    };
    let text = json!({ "to": ["amy"], "type": "txt", "body": { "msg": "hi" } });
    let (send, add) = (request("/messages/users", text), request("/users/amy/contacts/users/bob", json!({})));
    let sent = Answer(s.sandbox.answer(&send)).ok();
    assert_eq!(
        (&sent["path"], &sent["uri"]),
        (&json!("/messages/users"), &json!(format!("http://127.0.0.1{base}/messages/users")))
    );
    for name in ["application", "applicationName", "organization"] {
        assert!(sent.get(name).is_none(), "{name}");
    }
    s.users(&["bob"]);
    let uri = Answer(s.sandbox.answer(&add)).ok()["uri"].take();
    assert!(uri.as_str().unwrap().starts_with(&format!("http://127.0.0.1{base}/users/")), "{uri}");
}

#[test]
fn unknown_routes_are_never_answered_with_success() {
    let mut s = sandbox();
    s.get("/nothing/here").is(404, "service_resource_not_found");
    s.put("/mutes", json!({})).is(405, "method_not_allowed");
    let journal = s.get("/__sandbox/journal?status=405").ok();
    assert_eq!(journal["entries"][0]["near_miss"], "the path takes GET, POST, not PUT");
}

#[test]
fn global_mutes_run_out() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    assert_eq!(
        s.post("/mutes", json!({ "username": "amy", "chat": 60, "groupchat": -1 })).data(),
        json!({ "result": "ok" })
    );
    s.advance(20_500);
    let left = s.get("/mutes/amy").data();
    assert_eq!(
        (left["chat"].as_i64(), left["groupchat"].as_i64(), left["chatroom"].as_i64()),
        (Some(40), Some(-1), Some(0))
    );
    assert_eq!(
        s.get("/mutes?pageNum=1&pageSize=10").data()["data"],
        json!([{ "username": "amy", "chat": 40 }, { "username": "amy", "groupchat": -1 }])
    );
    s.post("/mutes", json!({ "username": "amy", "groupchat": 0, "chatroom": -2 })).ok();
    s.advance(40_000);
    // A mute that is over or lifted is still listed; a negative number other than -1 does nothing.
    let over = json!([{ "username": "amy", "chat": 0 }, { "username": "amy", "groupchat": 0 }]);
    assert_eq!(s.get("/mutes").data()["data"], over);
    assert_eq!(s.get("/mutes?pageNum=2&pageSize=1").data()["data"], json!([{ "username": "amy", "groupchat": 0 }]));
    let one = s.get("/mutes/amy").ok();
    assert!(one["uri"].as_str().unwrap().ends_with("/demo/chat/mutes"));
    s.post("/mutes", json!({ "username": "nobody", "chat": 1 })).is(404, "service_resource_not_found");
    let mut easemob = with_dialect(Dialect::Easemob);
    easemob.post("/mutes", json!({ "username": "nobody", "chat": 1 })).is(400, "required_property_not_found");
    s.get("/mutes?pageSize=51").is(400, "illegal_argument");
}

#[test]
fn sessions_and_status() {
    let mut s = sandbox();
    s.users(&["amy"]);
    assert_eq!(s.get("/users/amy/status").data(), json!({ "amy": "offline" }));
    let many = s.post("/users/batch/status", json!({ "usernames": ["amy", "nobody"] })).ok();
    assert_eq!(many["data"], json!([{ "amy": "offline" }, { "nobody": "offline" }]));
    assert_eq!(many["action"], "get batch user status");
    assert_eq!(s.get("/users/amy/disconnect").data(), json!({ "result": true }));
    assert_eq!(s.post("/users/amy/disconnect", json!(null)).data(), json!({ "result": true }));
    assert_eq!(s.get("/users/amy/offline_msg_count").data(), json!({ "amy": 0 }));
    assert_eq!(s.get("/users/amy/offline_msg_status/1").data(), json!({ "1": "delivered" }));
    let devices = s.get("/users/AMY/resources").ok();
    assert_eq!((&devices["data"], &devices["path"]), (&json!([]), &json!("/users/amy/resources")));
    let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
    let refused = s.post("/users/batch/status", json!({ "usernames": many })).refused();
    assert_eq!(refused.2, "request body exceeds maximum limit, maximum limit is 100");
}

#[test]
fn faults_reset_snapshots_and_journal() {
    let mut s = sandbox();
    s.post("/__sandbox/faults", json!({ "operation": "users.get", "status": 503, "times": 1, "retry_after": 2 })).ok();
    s.post("/__sandbox/faults", json!({ "operation": "users.nothing" })).0.status.eq(&400).then_some(()).unwrap();
    s.users(&["amy"]);
    let faulted = s.get("/users/amy");
    assert!(faulted.0.headers.contains(&("retry-after".into(), "2".into())));
    assert_eq!(faulted.0.status, 503);
    s.get("/users/amy").ok();
    s.post("/__sandbox/snapshots/one", json!(null)).ok();
    s.delete("/users/amy").ok();
    s.post("/__sandbox/snapshots/one/restore", json!(null)).ok();
    s.get("/users/amy").ok();
    let journal = s.get("/__sandbox/journal?operation=users.register").ok();
    assert_eq!(journal["entries"][0]["params"]["password"], "***");
    s.post("/__sandbox/reset", json!(null)).ok();
    s.get("/users/amy").is(404, "service_resource_not_found");
    let lines = "{\"op\":\"users.register\",\"params\":{\"username\":\"amy\"}}\n\n{\"op\":\"users.register\",\"params\":{\"username\":\"bob\"}}\n";
    assert_eq!(s.sandbox.seed("demo#chat", lines), Ok(2));
    let wrong =
        s.sandbox.seed("demo#chat", "{\"op\":\"users.register\",\"params\":{\"username\":\"amy\"}}").unwrap_err();
    assert!(wrong.starts_with("line 1: users.register: "), "{wrong}");
}

#[test]
fn documented_rates_are_enforced_unless_loose() {
    let mut s = sandbox();
    let token = s.token.clone();
    s.sandbox = agora_chat_sandbox::Sandbox::new([App::default()], agora_chat_sandbox::Options::default());
    s.sandbox.tick(NOW);
    s.token = token;
    for _ in 0..100 {
        s.get("/users/amy").is(404, "service_resource_not_found");
    }
    s.get("/users/amy").is(429, "reach_limit");
    s.get("/users").ok();
    s.sandbox.tick(NOW + 1000);
    s.get("/users/amy").is(404, "service_resource_not_found");
}
