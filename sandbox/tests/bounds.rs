//! What no request can do: fill the memory, mix what belongs to two, learn secrets, or make a number run over.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use agora_chat_sandbox::{Request, Response, Sandbox, app::App};
use serde_json::{Value, json};
use support::{Tester, loose, sandbox, with_dialect};

const MB: usize = 1024 * 1024;

fn post(s: &mut Tester, target: &str, kind: &str, body: impl Into<Vec<u8>>) -> Response {
    s.send(Request { body: body.into(), ..Request::new("POST", target) }.header("content-type", kind))
}

fn entries(s: &mut Tester) -> Vec<Value> {
    s.get("/__sandbox/journal").ok()["entries"].as_array().unwrap().clone()
}

#[test]
fn bodies_are_bounded_by_their_kind() {
    for mut s in [sandbox(), loose(Dialect::Easemob)] {
        let long = |n: usize| format!(r#"{{"username":"amy","password":"{}"}}"#, "x".repeat(n));
        assert_eq!(post(&mut s, "/users", "application/json", long(2 * MB)).status, 413);
        assert_eq!(post(&mut s, "/users", "", long(2 * MB)).status, 413);
        assert_eq!(post(&mut s, "/users", "application/x-www-form-urlencoded", long(2 * MB)).status, 413);
        assert_ne!(post(&mut s, "/users", "application/json", long(MB)).status, 413);
        // Files alone may be larger.
        let part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
        let file = format!("{part}{}\r\n--b--\r\n", "x".repeat(3 * MB));
        assert_eq!(post(&mut s, "/chatfiles", "multipart/form-data; boundary=b", file).status, 200);
    }
}

#[test]
fn a_small_body_cannot_become_large() {
    let mut s = sandbox();
    let list = |item: &str| format!("[{}1]", format!("{item},").repeat(200_000));
    for body in [list("1"), list("{}"), list("\"\""), format!("{{\"a\":{}}}", list("[]"))] {
        assert_eq!(post(&mut s, "/users", "application/json", body).status, 413);
    }
    assert_eq!(post(&mut s, "/token", "application/x-www-form-urlencoded", "a=1&".repeat(200_000)).status, 413);
    let parts = "--b\r\nContent-Disposition: form-data; name=p\r\n\r\nv\r\n".repeat(20_000);
    assert_eq!(post(&mut s, "/chatfiles", "multipart/form-data; boundary=b", parts + "--b--").status, 413);
    // What texts hold counts for nothing.
    let text = json!({ "username": "amy", "password": "[{,&\"".repeat(50_000) }).to_string();
    assert_ne!(post(&mut s, "/users", "application/json", text).status, 413);
}

#[test]
fn the_token_is_looked_at_before_the_body() {
    let mut s = sandbox();
    for token in ["", "Bearer nobody's"] {
        let request = Request { body: b"{not JSON".to_vec(), ..Request::new("POST", "/chatgroups") };
        assert_eq!(s.send(request.header("authorization", token)).status, 401, "{token}");
    }
    assert_eq!(post(&mut s, "/chatgroups", "application/json", "{not JSON").status, 400);
}

#[test]
fn the_journal_keeps_some_kilobytes_of_a_request() {
    let mut s = loose(Dialect::Agora);
    s.users(&["amy", "bob"]);
    let send = |ext: Value| json!({ "from": "amy", "to": ["bob"], "type": "txt", "body": { "msg": "hi" }, "ext": ext });
    let many: serde_json::Map<String, Value> = (0..10_000).map(|n| (format!("k{n}"), n.into())).collect();
    let long = "é".repeat(MB / 2);
    for ext in [json!({ "k": long }), json!({ "k": vec!["x"; 10_000] }), json!(many)] {
        s.post("/messages/users", send(ext)).ok();
        let entry = entries(&mut s).pop().unwrap();
        assert!(entry.to_string().len() < 20_000, "{}", entry.to_string().len());
        assert_eq!(entry["params"]["from"], "amy");
    }
    s.get(&format!("/users?x={}", "a".repeat(60_000))).ok();
    assert!(entries(&mut s).pop().unwrap().to_string().len() < 5_000);
}

#[test]
fn the_journal_masks_queries_too() {
    let mut s = sandbox();
    s.get("/chatfiles/x?share-secret=hunter2&limit=3&Access_Token=hunter2&client%5Fsecret=hunter2")
        .is(404, "service_resource_not_found");
    let entry = entries(&mut s).pop().unwrap();
    let target = entry["target"].as_str().unwrap();
    assert!(target.ends_with("/chatfiles/x?share-secret=***&limit=3&Access_Token=***&client%5Fsecret=***"), "{target}");
}

#[test]
fn identifiers_hold_no_control_characters() {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy", "bob"]);
    let group =
        |id: &str| json!({ "groupname": "g", "description": "d", "public": true, "owner": "amy", "groupid": id });
    assert_eq!(s.post("/chatgroups", group("g1")).data()["groupid"], "g1");
    for id in ["g1\u{1f}x", "g1\n", "\u{0}", "a/b", "a,b", ".", " ", "é", &"x".repeat(65)] {
        let (status, _, _) = s.post("/chatgroups", group(id)).refused();
        assert_eq!(status, 400, "{id:?}");
    }
    let room = |id: &str| json!({ "name": "r", "description": "d", "owner": "amy", "roomid": id });
    assert_eq!(s.post("/chatrooms", room("r1")).data()["id"], "r1");
    assert_eq!(s.post("/chatrooms", room("r1\u{1f}x")).refused().0, 400);
    // Wherever one comes in: paths, lists, members of members, names of attributes.
    let tries = [
        ("GET", "/chatgroups/g1%1Fx", Value::Null),
        ("GET", "/chatgroups/g1%1Fx/users", Value::Null),
        ("DELETE", "/users/amy%1Fx", Value::Null),
        ("POST", "/chatgroups/g1/users", json!({ "usernames": ["bob", "bob\u{1f}x"] })),
        ("PUT", "/chatrooms/r1/tags/users/amy", json!({ "tags": ["vip\u{1f}x"] })),
        ("PUT", "/metadata/chatroom/r1/user/amy", json!({ "metaData": { "k\u{1f}x": "1" } })),
        (
            "PUT",
            "/users/amy/push/binding",
            json!({ "device_id": "d\u{1f}x", "notifier_name": "n", "device_token": "t" }),
        ),
        ("POST", "/messages/users", json!({ "from": "amy", "to": ["b\u{1f}"], "type": "txt", "body": { "msg": "x" } })),
        (
            "POST",
            "/messages/msg_recall",
            json!({ "msgs": [{ "msg_id": "1\u{1f}", "to": "bob", "chat_type": "chat" }] }),
        ),
    ];
    for (method, target, body) in tries {
        let request = Request::new(method, target);
        let response = s.send(if body.is_null() { request } else { request.json(&body) });
        assert!((400..500).contains(&response.status) && response.status != 401, "{target}: {}", response.status);
    }
    let device = json!({ "username": "amy", "resource": "phone\u{1f}x" });
    assert_eq!(s.send(Request::new("POST", "/__sandbox/devices").json(&device)).status, 400);
    // Texts may hold them.
    let text = json!({ "from": "amy", "to": ["bob"], "type": "txt", "body": { "msg": "one\n\ttwo\u{1f}" }, "ext": { "a\u{1f}": "\n" } });
    s.post("/messages/users", text).ok();
    s.put("/chatgroups/g1", json!({ "description": "one\ntwo" })).ok();
    s.put("/metadata/chatroom/r1/user/amy", json!({ "metaData": { "k": "one\ntwo" } })).ok();
}

#[test]
fn numbers_stay_in_their_types() {
    let mut s = loose(Dialect::Easemob);
    s.users(&["amy"]);
    for most in [u64::MAX, u64::MAX - 1, u64::MAX / 1000, i64::MAX as u64] {
        let duration = json!({ "ignoreDuration": most });
        s.send(Request::new("PUT", "/users/amy/notification/user/amy").json(&duration));
        s.send(Request::new("POST", "/mutes").json(&json!({ "username": "amy", "chat": most, "groupchat": most })));
        let token = json!({ "grant_type": "inherit", "username": "amy", "ttl": most });
        s.send(Request::new("POST", "/token").json(&token));
        s.send(Request::new("POST", "/users/amy/presence/18446744073709551615").json(&json!({ "usernames": ["amy"] })));
    }
    // The clock at its end, with everything that looks at it.
    s.post("/__sandbox/clock", json!({ "at": u64::MAX })).ok();
    for (target, body) in [
        ("/token", json!({ "grant_type": "agora" })),
        ("/users", json!({ "username": "bob", "password": "x" })),
        ("/chatgroups", json!({ "groupname": "g", "description": "d", "public": true, "owner": "amy" })),
        ("/messages/users", json!({ "from": "amy", "to": ["amy"], "type": "txt", "body": { "msg": "x" } })),
        ("/messages/broadcast", json!({ "target_type": "users", "msg": { "type": "txt", "msg": "x" } })),
    ] {
        s.send(Request::new("POST", target).json(&body));
    }
    s.get("/chatmessages/2026010100");
    // A count that came to its end with an import.
    let tables = json!({ "counters": { "n": u64::MAX } });
    s.post("/__sandbox/import", json!({ "apps": { "demo#chat": { "tables": tables } } })).ok();
    s.post("/__sandbox/clock", json!({ "freeze": false })).ok();
    for n in 0..3 {
        s.send(Request::new("POST", "/users").json(&json!({ "username": format!("c{n}"), "password": "x" })));
        let group = json!({ "groupname": "g", "description": "d", "public": true, "owner": format!("c{n}") });
        s.send(Request::new("POST", "/chatgroups").json(&group));
    }
}

#[test]
fn the_token_of_seeds_opens_nothing() {
    let mut s = sandbox();
    s.sandbox.seed("demo#chat", r#"{"op": "users.register", "params": {"username": "amy", "password": "x"}}"#).unwrap();
    let request = Request::new("GET", "/users/amy").header("authorization", "Bearer YWMtsandbox");
    assert_eq!(s.send(request).status, 401);
}

#[test]
fn two_slashes_are_one() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let token = format!("Bearer {}", s.token);
    for path in ["//demo//chat//users//amy", "/demo//chat/users/amy/"] {
        assert_eq!(s.sandbox.answer(&Request::new("GET", path).header("authorization", &token)).status, 200, "{path}");
    }
}

#[test]
fn a_copy_of_many_takes_no_time_and_shares_what_stays() {
    let mut s = loose(Dialect::Agora);
    let users: String = (0..3_000)
        .map(|n| {
            format!(
                "{}\n",
                json!({ "op": "users.register", "params": { "username": format!("u{n:05}"), "password": "x" } })
            )
        })
        .collect();
    s.sandbox.seed("demo#chat", &users).unwrap();
    s.post("/__sandbox/snapshots/a", Value::Null).ok();
    s.sandbox.forget_changes();
    s.post("/users", json!({ "username": "late", "password": "x" })).ok();
    s.delete("/users/u00007").ok();
    s.sandbox.forget_changes();
    s.post("/__sandbox/snapshots/a/restore", Value::Null).ok();
    s.get("/users/late").is(404, "service_resource_not_found");
    s.get("/users/u00007").ok();
    // A data file is told of what is apart, not of everything.
    let changes = s.sandbox.changes().len();
    assert!((4..1_000).contains(&changes), "{changes}");
}

#[test]
fn a_sandbox_in_process_has_a_time() {
    let host =
        agora_chat_sandbox::InProcess::new(Sandbox::new([App::default()], agora_chat_sandbox::Options::default()));
    assert!(host.with(|sandbox| sandbox.now()) > 1_700_000_000_000);
}
