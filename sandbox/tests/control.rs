//! The sandbox's own endpoints: faults, journal, clock, seeds, snapshots, export and import.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use agora_chat_sandbox::{Options, Request, Response, Sandbox, app::App, http::Cut, table::Edit};
use serde_json::{Value, json};
use support::{Tester, sandbox, strict};

/// A sandbox with Amy, and a fault in it.
fn faulty(fault: Value) -> Tester {
    let mut s = sandbox();
    s.users(&["amy"]);
    s.post("/__sandbox/faults", fault).ok();
    s
}

fn get(s: &mut Tester, target: &str) -> Response {
    s.send(Request::new("GET", target))
}

/// The statuses of so many calls of `users.get`.
fn statuses(s: &mut Tester, calls: usize) -> Vec<u16> {
    (0..calls).map(|_| get(s, "/users/amy").status).collect()
}

fn entries(s: &mut Tester, query: &str) -> Vec<Value> {
    s.get(&format!("/__sandbox/journal{query}")).ok()["entries"].as_array().unwrap().clone()
}

#[test]
fn a_fault_answers_with_a_status_and_a_platform_error() {
    let fault = json!({
        "operation": "users.get", "status": 429, "error": "resource_limited", "error_description": "no more", "retry_after": 3,
    });
    let mut s = faulty(fault);
    let response = get(&mut s, "/users/amy");
    assert_eq!((response.status, response.get("retry-after")), (429, Some("3")));
    assert_eq!(
        (&response.value()["error"], &response.value()["error_description"]),
        (&json!("resource_limited"), &json!("no more"))
    );
    let entry = entries(&mut s, "?operation=users.get")[0].clone();
    assert_eq!(
        (&entry["fault"], &entry["status"], &entry["error"]),
        (&json!(true), &json!(429), &json!("resource_limited"))
    );
    // A status alone gets the platform's usual word for it.
    for (status, error) in [(400, "illegal_argument"), (401, "unauthorized"), (503, "internal_server_error")] {
        let mut s = faulty(json!({ "operation": "users.get", "status": status }));
        s.get("/users/amy").is(status, error);
    }
}

#[test]
fn a_fault_breaks_the_answer_in_every_way() {
    let whole = get(&mut faulty(json!({ "operation": "users.list" })), "/users/amy");
    let broken =
        |kind: &str| get(&mut faulty(json!({ "operation": "users.get", "kind": kind, "delay": 70 })), "/users/amy");

    let delayed = broken("delay");
    assert_eq!((delayed.status, delayed.delay, delayed.cut), (200, 70, None));
    assert_eq!(delayed.value()["entities"], whole.value()["entities"]);
    let half = broken("half");
    assert_eq!((half.status, half.delay, half.cut), (200, 70, Some(Cut::Half)));
    let reset = broken("reset");
    assert_eq!((reset.delay, reset.cut), (70, Some(Cut::Reset)));
    let malformed = broken("malformed");
    assert_eq!((malformed.status, malformed.get("content-type")), (200, Some("application/json")));
    assert!(malformed.body.starts_with(b"{") && serde_json::from_slice::<Value>(&malformed.body).is_err());
    let html = broken("html");
    assert_eq!((html.status, html.get("content-type")), (502, Some("text/html")));
    assert!(html.body.starts_with(b"<html>"));
    let empty = broken("empty");
    assert_eq!((empty.status, empty.body.len()), (502, 0));
}

#[test]
fn an_answer_that_is_lost_was_still_given() {
    let post = |kind: &str| {
        let mut s = faulty(json!({ "operation": "users.register", "kind": kind }));
        s.send(Request::new("POST", "/users").json(&json!({ "username": "bob", "password": "p" })));
        get(&mut s, "/users/bob").status
    };
    // Held back or cut in half, the call was done; in the platform's place, it was not.
    assert_eq!([post("delay"), post("half"), post("status"), post("reset")], [200, 200, 404, 404]);
}

#[test]
fn a_fault_hits_what_it_names() {
    let hits = |fault: Value| {
        let mut s = faulty(fault);
        let targets = ["/users/amy", "/users?limit=1", "/users/amy/status", "/chatgroups", "/nothing"];
        targets.map(|target| get(&mut s, target).status == 500)
    };
    let of = |operation: &str| hits(json!({ "operation": operation, "status": 500 }));
    assert_eq!(of("users.get"), [true, false, false, false, false]);
    assert_eq!(of("users.*"), [true, true, true, false, false]);
    assert_eq!(of("users.status.*"), [false, false, true, false, false]);
    assert_eq!(hits(json!({ "path": "/users/amy", "status": 500 })), [true, false, true, false, false]);
    assert_eq!(hits(json!({ "path": "limit=1", "status": 500 })), [false, true, false, false, false]);
    assert_eq!(hits(json!({ "method": "get", "status": 500 })), [true; 5]);
    assert_eq!(hits(json!({ "method": "POST", "status": 500 })), [false; 5]);
    assert_eq!(
        hits(json!({ "operation": "users.*", "path": "status", "status": 500 })),
        [false, false, true, false, false]
    );
}

#[test]
fn a_fault_hits_so_often() {
    let mut s = faulty(json!({ "operation": "users.get", "status": 500, "times": 2 }));
    assert_eq!(statuses(&mut s, 4), [500, 500, 200, 200]);
    assert_eq!(s.get("/__sandbox/faults").ok()["faults"][0]["hits"], 2);
    // A rate is spread evenly, the same each time.
    let mut s = faulty(json!({ "operation": "users.get", "status": 500, "rate": 0.25 }));
    assert_eq!(statuses(&mut s, 8), [200, 200, 200, 500, 200, 200, 200, 500]);
    let mut s = faulty(json!({ "operation": "users.get", "status": 500, "rate": 0.5, "times": 1 }));
    assert_eq!(statuses(&mut s, 6), [200, 500, 200, 200, 200, 200]);
    let mut s = faulty(json!({ "operation": "users.get", "status": 500, "rate": 0 }));
    assert_eq!(statuses(&mut s, 3), [200; 3]);
}

#[test]
fn faults_are_numbered_listed_and_taken_back() {
    let mut s = faulty(json!({ "operation": "users.get", "status": 500 }));
    let second = s.post("/__sandbox/faults", json!({ "operation": "users.get", "status": 502 })).ok();
    assert_eq!((&second["id"], &second["hits"]), (&json!(2), &json!(0)));
    // The first that fits is meant.
    assert_eq!(statuses(&mut s, 1), [500]);
    s.delete("/__sandbox/faults/1").ok();
    assert_eq!(statuses(&mut s, 1), [502]);
    s.delete("/__sandbox/faults").ok();
    assert_eq!(statuses(&mut s, 1), [200]);
    assert_eq!(s.get("/__sandbox/faults").ok(), json!({ "faults": [] }));

    let refused = [
        (json!({ "operation": "users.nothing" }), "there is no operation users.nothing"),
        (json!({ "rate": 1.5 }), "rate must be from 0 to 1"),
        (json!({ "kind": "explode" }), "unknown variant `explode`"),
        (json!({ "stauts": 500 }), "unknown field `stauts`"),
        // The platform's answer is final; these are not, and 101 leaves HTTP.
        (json!({ "status": 101 }), "status must be from 200 to 599"),
        (json!({ "status": 600 }), "status must be from 200 to 599"),
        (json!({ "operation": "nothing.*" }), "there is no operation nothing.*"),
    ];
    for (fault, why) in refused {
        let response = s.send(Request::new("POST", "/__sandbox/faults").json(&fault));
        let message = response.value()["message"].as_str().unwrap_or_default().to_owned();
        assert!(response.status == 400 && message.contains(why), "{fault}: {} {message}", response.status);
    }
    assert_eq!(statuses(&mut s, 1), [200]);
}

#[test]
fn the_journal_finds_requests() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    get(&mut s, "/users/amy");
    get(&mut s, "/users/nobody?x=1");
    s.post("/token", json!({ "grant_type": "password", "username": "amy", "password": "hunter2" }));
    let ids = |s: &mut Tester, query: &str| -> Vec<u64> {
        entries(s, query).iter().map(|e| e["id"].as_u64().unwrap()).collect()
    };
    assert_eq!(ids(&mut s, ""), [1, 2, 3, 4, 5]);
    assert_eq!(ids(&mut s, "?operation=users.get"), [3, 4]);
    assert_eq!(ids(&mut s, "?method=POST"), [1, 2, 5]);
    assert_eq!(ids(&mut s, "?method=post"), [1, 2, 5]);
    assert_eq!(ids(&mut s, "?status=404"), [4]);
    assert_eq!(ids(&mut s, "?target=amy"), [3]);
    assert_eq!(ids(&mut s, "?target=x%3D1"), [4]);
    assert_eq!(ids(&mut s, "?after=3"), [4, 5]);
    assert_eq!(ids(&mut s, "?operation=users.register&after=1"), [2]);
    let entry = entries(&mut s, "?after=3")[0].clone();
    assert_eq!((&entry["app"], &entry["params"]["username"]), (&json!("demo#chat"), &json!("nobody")));
    assert_eq!((&entry["method"], &entry["target"]), (&json!("GET"), &json!("/demo/chat/users/nobody?x=1")));
    let all = s.get("/__sandbox/journal").ok().to_string();
    assert!(!all.contains("hunter2") && !all.contains("secret\""), "{all}");
    s.delete("/__sandbox/journal").ok();
    assert_eq!(ids(&mut s, ""), [0; 0]);
    get(&mut s, "/users/amy");
    assert_eq!(ids(&mut s, ""), [6]);
    // The oldest make room.
    for _ in 0..1_100 {
        get(&mut s, "/users/amy");
    }
    let kept = ids(&mut s, "");
    assert_eq!((kept.len(), kept.last()), (1_000, Some(&1_106)));
}

#[test]
fn the_journal_explains_what_was_not_routed() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let mut near = |method: &str, target: &str, body: Value| {
        s.send(Request { body: body.to_string().into_bytes(), ..Request::new(method, target) });
        entries(&mut s, "").last().unwrap()["near_miss"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(near("PUT", "/mutes", json!({})), "the path takes GET, POST, not PUT");
    assert_eq!(near("GET", "/users/amy/nothing", Value::Null), "no operation has the path /users/amy/nothing");
    assert_eq!(near("GET", "/user/amy", Value::Null), "no operation has the path /user/amy; /users/{username} is near");
    assert_eq!(near("POST", "/users", json!({ "password": "p" })), "users.register: username is required");
    assert_eq!(near("GET", "/users/amy", Value::Null), "");
    let mut bare = Sandbox::new([App::default()], Options::default());
    bare.answer(&Request::new("GET", "/other/app/users/amy"));
    let journal = bare.answer(&Request::new("GET", "/__sandbox/journal")).value();
    assert_eq!(journal["entries"][0]["near_miss"], "the path names no app of this sandbox");
}

#[test]
fn the_clock_stops_moves_and_runs_on() {
    let mut s = sandbox();
    let mut clock = |body: Value| s.post("/__sandbox/clock", body).ok();
    let at = 1_800_000_000_000_u64;
    assert_eq!(clock(json!({ "freeze": true, "at": at })), json!({ "now": at, "frozen": true }));
    assert_eq!(clock(json!({ "advance": 5_000 })), json!({ "now": at + 5_000, "frozen": true }));
    assert_eq!(clock(json!({ "advance": -1_000 })), json!({ "now": at + 4_000, "frozen": true }));
    // It runs on from where it stood.
    assert_eq!(clock(json!({ "freeze": false })), json!({ "now": at + 4_000, "frozen": false }));
    s.sandbox.tick(support::NOW + 250);
    assert_eq!(s.get("/__sandbox/clock").ok(), json!({ "now": at + 4_250, "frozen": false }));
    s.post("/__sandbox/reset", Value::Null).ok();
    assert_eq!(s.get("/__sandbox/clock").ok()["now"], support::NOW + 250);
    let refused = s.send(Request::new("POST", "/__sandbox/clock").json(&json!({ "advanse": 1 })));
    assert!(refused.status == 400 && refused.value()["message"].as_str().unwrap().contains("unknown field `advanse`"));
}

#[test]
fn the_clock_ends_tokens_and_frees_rates() {
    let mut s = strict(Dialect::Agora);
    s.post("/__sandbox/clock", json!({ "freeze": true })).ok();
    let mut calls = 0;
    while get(&mut s, "/users/amy").status != 429 {
        calls += 1;
        assert!(calls < 10_000, "nothing limits it");
    }
    s.advance(1_000);
    assert_eq!(get(&mut s, "/users/amy").status, 404);
    s.advance(86_400_000);
    s.get("/users/amy").is(401, "unauthorized");
    s.renew();
    assert_eq!(get(&mut s, "/users/amy").status, 404);
}

#[test]
fn seeds_run_operations_and_name_the_line_that_fails() {
    let mut s = strict(Dialect::Agora);
    let mut seed = |query: &str, lines: &str| {
        let request =
            Request { body: lines.as_bytes().to_vec(), ..Request::new("POST", &format!("/__sandbox/seed{query}")) };
        let response = s.send(request);
        (response.status, response.value())
    };
    let register =
        |name: &str| json!({ "op": "users.register", "params": { "username": name, "password": "p" } }).to_string();
    // More than the documented rate lets through.
    let many: Vec<String> = (0..300).map(|n| register(&format!("u{n}"))).collect();
    assert_eq!(seed("", &many.join("\n")), (200, json!({ "count": 300 })));
    let message = |answer: (u16, Value)| {
        assert_eq!(answer.0, 400);
        answer.1["message"].as_str().unwrap().to_owned()
    };
    let twice = format!("{}\n\n{}\n{}", register("amy"), register("amy"), register("bob"));
    let why = message(seed("", &twice));
    assert!(why.starts_with("line 3: users.register: ") && why.contains("duplicate_unique_property_exists"), "{why}");
    assert!(message(seed("", "{")).starts_with("line 1: "));
    assert_eq!(message(seed("", r#"{"op":"users.nothing"}"#)), "line 1: there is no operation users.nothing");
    assert_eq!(message(seed("", r#"{"op":"users.get"}"#)), "line 1: users.get: username is required");
    assert_eq!(message(seed("?app=no%23app", &register("x"))), "there is no app no#app");
    // What stands before the line was done, what stands behind it was not.
    assert_eq!((get(&mut s, "/users/amy").status, get(&mut s, "/users/bob").status), (200, 404));
}

/// What every app holds.
fn export(s: &mut Tester) -> Value {
    s.get("/__sandbox/export").ok()
}

/// A sandbox with something of much in it.
fn furnished() -> Tester {
    let mut s = sandbox();
    s.users(&["amy", "bob", "cat"]);
    let group = json!({ "groupname": "g", "description": "d", "public": true, "maxusers": 10, "owner": "amy", "members": ["bob"] });
    let group = s.post("/chatgroups", group).data()["groupid"].take();
    s.post("/chatrooms", json!({ "name": "r", "description": "d", "owner": "amy", "members": ["bob"] })).ok();
    s.post("/messages/chatgroups", json!({ "from": "amy", "to": [group], "type": "txt", "body": { "msg": "hi" } }))
        .ok();
    let parts = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n\u{0}\u{ff}abc\r\n--x--";
    let file = Request { body: parts.as_bytes().to_vec(), ..Request::new("POST", "/chatfiles") };
    assert_eq!(s.send(file.header("content-type", "multipart/form-data; boundary=x")).status, 200);
    s.post("/users/amy/contacts/users/bob", Value::Null).ok();
    s.post("/mutes", json!({ "username": "cat", "chat": 60 })).ok();
    s
}

#[test]
fn snapshots_go_back_to_all_of_it() {
    let mut s = furnished();
    let before = export(&mut s);
    assert!(before["apps"]["demo#chat"]["tables"].as_object().unwrap().len() > 12, "{before}");
    s.post("/__sandbox/snapshots/one", Value::Null).ok();
    s.delete("/users/amy").ok();
    s.users(&["dan"]);
    assert_ne!(export(&mut s), before);
    s.post("/__sandbox/snapshots/two", Value::Null).ok();
    assert_eq!(s.get("/__sandbox/snapshots").ok(), json!({ "snapshots": ["one", "two"] }));
    s.post("/__sandbox/snapshots/one/restore", Value::Null).ok();
    assert_eq!(export(&mut s), before);
    // It can be gone back to again, even when everything was emptied.
    s.post("/__sandbox/reset", Value::Null).ok();
    assert_eq!(export(&mut s)["apps"]["demo#chat"]["tables"], json!({}));
    s.post("/__sandbox/snapshots/one/restore", Value::Null).ok();
    assert_eq!(export(&mut s), before);
    s.delete("/__sandbox/snapshots/one").ok();
    assert_eq!(s.send(Request::new("POST", "/__sandbox/snapshots/one/restore")).status, 404);
    assert_eq!(export(&mut s), before);
}

#[test]
fn what_is_exported_is_imported_elsewhere() {
    let dump = export(&mut furnished());
    let mut s = sandbox();
    s.users(&["other"]);
    s.post("/__sandbox/import", dump.clone()).ok();
    assert_eq!(export(&mut s), dump);
    assert_eq!((get(&mut s, "/users/amy").status, get(&mut s, "/users/other").status), (200, 404));
    // New identifiers do not meet old ones.
    let group = json!({ "groupname": "h", "description": "d", "public": true, "maxusers": 10, "owner": "amy" });
    s.post("/chatgroups", group).ok();
    assert_eq!(s.get("/chatgroups").data().as_array().unwrap().len(), 2);
}

#[test]
fn a_bad_import_changes_nothing() {
    let mut s = furnished();
    let before = export(&mut s);
    s.sandbox.forget_changes();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut dump = export(&mut furnished());
        change(&mut dump["apps"]["demo#chat"]);
        dump
    };
    let bad = [
        (json!({}), "must be what /__sandbox/export answers"),
        (json!({ "apps": { "no#app": { "tables": {} } } }), "there is no app no#app"),
        (json!({ "apps": { "demo#chat": {} } }), "demo#chat has no tables"),
        // The first app is good.
        (json!({ "apps": { "demo#chat": { "tables": {} }, "no#app": { "tables": {} } } }), "there is no app no#app"),
        (with(&|app| app["tables"]["users"]["amy"] = json!(1)), "demo#chat: users: "),
        (with(&|app| app["tables"]["users"] = json!([])), "demo#chat: users must be an object"),
        (with(&|app| app["tables"]["userz"] = json!({})), "demo#chat: there is no table userz"),
    ];
    for (dump, why) in bad {
        let response = s.send(Request::new("POST", "/__sandbox/import").json(&dump));
        let message = response.value()["message"].as_str().unwrap_or_default().to_owned();
        assert!(response.status == 400 && message.contains(why), "{} {message}", response.status);
        assert_eq!(export(&mut s), before);
        assert!(s.sandbox.changes().is_empty(), "{why}: something is on its way to the data file");
    }
    let broken = Request { body: b"{\"apps\":".to_vec(), ..Request::new("POST", "/__sandbox/import") };
    assert_eq!(s.send(broken).status, 400);
    assert_eq!(export(&mut s), before);
}

#[test]
fn an_import_tells_the_data_file_what_is_gone() {
    let mut s = furnished();
    s.sandbox.forget_changes();
    s.post("/__sandbox/import", json!({ "apps": { "demo#chat": { "tables": {} } } })).ok();
    let changes = s.sandbox.changes();
    assert!(changes.iter().all(|(_, change)| matches!(change.edit, Edit::Clear | Edit::Remove(_))));
    assert!(changes.iter().any(|(_, change)| change.table == "users"));
}

#[test]
fn endpoints_that_do_not_exist_say_so() {
    let mut s = sandbox();
    for (method, path) in [("GET", "/__sandbox/nothing"), ("PATCH", "/__sandbox/clock"), ("POST", "/__sandbox/health")]
    {
        let response = s.send(Request::new(method, path));
        assert_eq!(response.status, 404);
        assert_eq!(response.value()["message"], format!("the sandbox has no {method} {path}"));
    }
    let health = s.get("/__sandbox/health").ok();
    assert_eq!((&health["status"], &health["apps"][0]["key"]), (&json!("ok"), &json!("demo#chat")));
    assert_eq!(health["apps"][0]["app"]["client_secret"], "sandbox-client-secret");
}
