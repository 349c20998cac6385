//! Contacts and block lists, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use agora_chat_sandbox::{Request, state::contacts::Contact, table::key};
use serde_json::{Value, json};
use support::{Answer, Tester, sandbox, with_dialect};

fn friends(s: &mut Tester, owner: &str, names: &[&str]) {
    for name in names {
        s.post(&format!("/users/{owner}/contacts/users/{name}"), Value::Null).ok();
    }
}

fn refused(status: u16, error: &str, description: &str) -> (u16, String, String) {
    (status, error.into(), description.into())
}

/// Gives a user as many contacts as may be.
fn fill(s: &mut Tester, user: &str, count: u64) {
    if let Some(world) = s.sandbox.world("demo#chat") {
        let more = count - world.contacts.of(0, user).len() as u64;
        for number in 0..more {
            world.contacts.insert(key(&[user, &format!("friend{number}")]), Contact { number, remark: None });
        }
    }
}

#[test]
fn contacts_are_mutual() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    let added = s.post("/users/Amy/contacts/users/BOB", Value::Null).ok();
    assert_eq!(added["entities"][0]["username"], "bob");
    assert_eq!(added["action"], "post");
    let uuid = s.get("/users/amy").entities()[0]["uuid"].as_str().unwrap_or_default().to_owned();
    assert_eq!(added["path"], format!("/users/{uuid}/contacts"));
    assert!(added["uri"].as_str().unwrap_or_default().ends_with(&format!("/demo/chat/users/{uuid}/contacts")));
    assert_eq!(s.get("/users/amy/contacts/users").data(), json!(["bob"]));
    assert_eq!(s.get("/users/bob/contacts/users").data(), json!(["amy"]));
    // Once more changes nothing.
    friends(&mut s, "bob", &["amy"]);
    assert_eq!(s.get("/users/amy/contacts/users").ok()["count"], 1);

    let removed = s.delete("/users/bob/contacts/users/amy").ok();
    assert_eq!(removed["entities"][0]["username"], "amy");
    assert_eq!(s.get("/users/amy/contacts/users").data(), json!([]));
    assert_eq!(s.get("/users/bob/contacts/users").data(), json!([]));
    // Those who are no contacts part without an error.
    s.delete("/users/bob/contacts/users/amy").ok();
}

#[test]
fn lists_the_latest_contacts_first() {
    let mut s = sandbox();
    s.users(&["amy", "bob", "cat", "dan"]);
    friends(&mut s, "amy", &["cat", "bob", "dan"]);
    let all = s.get("/users/amy/contacts/users").ok();
    assert_eq!(all["data"], json!(["dan", "bob", "cat"]));
    assert_eq!(all["count"], 3);
    assert_eq!(all["entities"], json!([]));
    assert!(all["uri"].as_str().unwrap_or_default().ends_with("/users/amy/contacts/users"));
}

#[test]
fn unknown_users_have_no_contacts() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let unknown = refused(404, "service_resource_not_found", "Service resource not found.");
    assert_eq!(s.post("/users/amy/contacts/users/bob", Value::Null).refused(), unknown);
    assert_eq!(s.post("/users/bob/contacts/users/amy", Value::Null).refused(), unknown);
    assert_eq!(s.delete("/users/amy/contacts/users/bob").refused(), unknown);
    assert_eq!(s.get("/users/bob/contacts/users").refused(), unknown);
    assert_eq!(s.get("/user/bob/contacts").refused(), unknown);
    assert_eq!(s.put("/user/amy/contacts/users/bob", json!({ "remark": "x" })).refused(), unknown);
    assert_eq!(s.post("/users/bob/contacts/import", json!({ "usernames": [] })).refused(), unknown);
    s.post("/users/amy/contacts/users/amy", Value::Null).is(400, "illegal_argument");
}

#[test]
fn contacts_are_limited() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    fill(&mut s, "amy", 10_000);
    let inviter = s.post("/users/amy/contacts/users/bob", Value::Null).refused();
    assert_eq!(inviter, refused(403, "exceed_limit", "Inviter's contact max count"));
    let invitee = s.post("/users/bob/contacts/users/amy", Value::Null).refused();
    assert_eq!(invitee, refused(403, "exceed_limit", "Invitee's contact max count"));

    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy", "bob", "cat"]);
    fill(&mut s, "amy", 3_000);
    let full = s.post("/users/bob/contacts/users/amy", Value::Null).refused();
    assert_eq!(full, refused(403, "exceed_limit", "user contact number exceed limit"));
    let import = s.post("/users/amy/contacts/import", json!({ "usernames": ["bob"] })).refused();
    assert_eq!(import, refused(403, "exceed_limit", "Inviter's contact max count."));
    // Who is full is told apart from the others.
    let data = s.post("/users/bob/contacts/import", json!({ "usernames": ["amy", "cat"] })).data();
    assert_eq!(data["maxLimitFailed"], json!(["amy"]));
    assert_eq!(data["success"], json!(["cat"]));
}

#[test]
fn imports_contacts() {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy", "bob", "cat"]);
    let body = json!({ "usernames": ["bob", "nobody", "cat", "amy"] });
    let imported = s.post("/users/amy/contacts/import?isSendNotice=true", body).ok();
    assert_eq!(
        imported["data"],
        json!({ "success": ["bob", "cat"], "NotExistFailed": ["nobody"], "maxLimitFailed": [], "UnKnowFailed": ["amy"] })
    );
    assert_eq!(imported["status"], "ok");
    assert_eq!(s.get("/users/cat/contacts/users").data(), json!(["amy"]));
    let many: Vec<_> = (0..11).map(|i| format!("u{i}")).collect();
    let refusal = s.post("/users/amy/contacts/import", json!({ "usernames": many })).refused();
    assert_eq!(refusal, refused(400, "illegal_argument", "request user over flow limit:10."));
}

#[test]
fn pages_contacts_with_remarks() {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy", "bob", "cat", "dan"]);
    friends(&mut s, "amy", &["bob", "cat", "dan"]);
    let set = s.put("/user/amy/contacts/users/cat", json!({ "remark": "小明" })).ok();
    assert_eq!(set["status"], "ok");
    assert_eq!(set["action"], "put");

    let first = s.get("/user/amy/contacts?limit=2&needReturnRemark=true").ok();
    assert_eq!(first["data"]["contacts"][0]["username"], "dan");
    assert_eq!(first["data"]["contacts"][1], json!({ "username": "cat", "remark": "小明" }));
    assert_eq!(first["count"], 2);
    assert!(first["uri"].as_str().unwrap_or_default().ends_with("/users/amy/rostersByPage"));
    let next = format!("/user/amy/contacts?limit=2&cursor={}", first["cursor"].as_str().unwrap_or_default());
    let second = s.get(&next).ok();
    assert_eq!(second["data"]["contacts"], json!([{ "username": "bob" }]));
    assert!(second.get("cursor").is_none());
    // Remarks come only when asked for, and a remark is the user's own.
    assert_eq!(s.get("/user/amy/contacts?limit=2").data()["contacts"][1], json!({ "username": "cat" }));
    let hers = s.get("/user/cat/contacts?needReturnRemark=true").data()["contacts"].take();
    assert_eq!(hers, json!([{ "username": "amy", "remark": null }]));
    // An older page called the size so.
    assert_eq!(s.get("/user/amy/contacts?pageSize=1").ok()["count"], 1);

    let too_many = s.get("/user/amy/contacts?limit=51").refused();
    assert_eq!(too_many, refused(400, "illegal_argument", "getContacts | page size more than max limit : 50"));
    s.get("/user/amy/contacts?limit=0").is(400, "illegal_argument");
    s.get("/user/amy/contacts?cursor=%21").is(400, "illegal_argument");
}

#[test]
fn remarks_are_about_contacts() {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy", "bob"]);
    let strangers = s.put("/user/amy/contacts/users/bob", json!({ "remark": "x" })).refused();
    let text = "updateRemark they are not friends, please add as a friend first.";
    assert_eq!(strangers, refused(400, "illegal_argument", text));
    friends(&mut s, "amy", &["bob"]);
    s.put("/user/amy/contacts/users/bob", json!({ "remark": "明".repeat(100) })).ok();
    s.put("/user/amy/contacts/users/bob", json!({ "remark": "x".repeat(101) })).is(400, "illegal_argument");
    s.put("/user/amy/contacts/users/bob", json!({})).is(400, "illegal_argument");
    // The official Java SDK sends no Content-Type.
    let untyped =
        Request { body: br#"{"remark":"y"}"#.to_vec(), ..Request::new("PUT", "/user/amy/contacts/users/bob") };
    Answer(s.send(untyped)).ok();
}

#[test]
fn blocks_and_unblocks() {
    let mut s = sandbox();
    s.users(&["amy", "bob", "cat"]);
    friends(&mut s, "amy", &["bob"]);
    let blocked = s.post("/users/amy/blocks/users", json!({ "usernames": ["Bob", "cat"] })).ok();
    assert_eq!(blocked["data"], json!(["bob", "cat"]));
    assert!(blocked["uri"].as_str().unwrap_or_default().ends_with("/demo/chat"));
    let list = s.get("/users/amy/blocks/users").ok();
    assert_eq!(list["data"], json!(["cat", "bob"]));
    assert_eq!(list["count"], 2);
    // A blocked contact stays one, and blocks are one-way.
    assert_eq!(s.get("/users/amy/contacts/users").data(), json!(["bob"]));
    assert_eq!(s.get("/users/bob/blocks/users").data(), json!([]));
    let again = s.post("/users/amy/blocks/users", json!({ "usernames": ["bob"] })).data();
    assert_eq!(again, json!(["bob"]));

    let freed = s.delete("/users/amy/blocks/users/bob").ok();
    assert_eq!(freed["entities"][0]["username"], "bob");
    assert!(freed["path"].as_str().unwrap_or_default().ends_with("/blocks"));
    assert_eq!(s.get("/users/amy/blocks/users").data(), json!(["cat"]));
    s.delete("/users/amy/blocks/users/bob").ok();
}

#[test]
fn a_block_of_an_unknown_user_blocks_nobody() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    let body = json!({ "usernames": ["bob", "nobody"] });
    s.post("/users/amy/blocks/users", body).is(404, "service_resource_not_found");
    assert_eq!(s.get("/users/amy/blocks/users").data(), json!([]));
    s.post("/users/nobody/blocks/users", json!({ "usernames": ["bob"] })).is(404, "service_resource_not_found");
    s.get("/users/nobody/blocks/users").is(404, "service_resource_not_found");
    s.delete("/users/amy/blocks/users/nobody").is(404, "service_resource_not_found");
    s.post("/users/amy/blocks/users", json!({ "usernames": ["amy"] })).is(400, "illegal_argument");
}

#[test]
fn block_lists_are_limited() {
    let mut s = sandbox();
    let names: Vec<String> = (0..502).map(|i| format!("u{i:03}")).collect();
    s.users(&names.iter().map(String::as_str).collect::<Vec<_>>());
    s.post("/users/u000/blocks/users", json!({ "usernames": &names[1..52] })).is(400, "illegal_argument");
    for chunk in names[1..501].chunks(50) {
        s.post("/users/u000/blocks/users", json!({ "usernames": chunk })).ok();
    }
    s.post("/users/u000/blocks/users", json!({ "usernames": ["u501"] })).is(403, "exceed_limit");
    // One who is blocked already takes no more room.
    s.post("/users/u000/blocks/users", json!({ "usernames": ["u500"] })).ok();
    assert_eq!(s.get("/users/u000/blocks/users").ok()["count"], 500);

    let (mut seen, mut target) = (Vec::new(), "/users/u000/blocks/users?pageSize=50".to_owned());
    loop {
        let page = s.get(&target).ok();
        seen.extend(page["data"].as_array().cloned().unwrap_or_default());
        let Some(cursor) = page["cursor"].as_str() else { break };
        target = format!("/users/u000/blocks/users?pageSize=50&cursor={cursor}");
    }
    assert_eq!(seen.len(), 500);
    assert_eq!(seen[0], "u500");
    assert_eq!(seen[499], "u001");
    s.get("/users/u000/blocks/users?pageSize=51").is(400, "illegal_argument");

    // Easemob documents no maximum for one call.
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&names.iter().map(String::as_str).collect::<Vec<_>>());
    s.post("/users/u000/blocks/users", json!({ "usernames": &names[1..52] })).ok();
}

#[test]
fn a_deleted_user_is_nobodys_contact() {
    let mut s = sandbox();
    s.users(&["amy", "bob", "cat"]);
    friends(&mut s, "amy", &["bob", "cat"]);
    s.post("/users/amy/blocks/users", json!({ "usernames": ["bob"] })).ok();
    s.post("/users/bob/blocks/users", json!({ "usernames": ["cat"] })).ok();
    s.delete("/users/bob").ok();
    assert_eq!(s.get("/users/amy/contacts/users").data(), json!(["cat"]));
    assert_eq!(s.get("/users/amy/blocks/users").data(), json!([]));
    // Registered anew, the user starts from nothing.
    s.users(&["bob"]);
    assert_eq!(s.get("/users/bob/contacts/users").data(), json!([]));
    assert_eq!(s.get("/users/bob/blocks/users").data(), json!([]));
    let world = s.sandbox.world("demo#chat").expect("the app");
    assert!(!world.contacts.contains(&key(&["cat", "bob"])));
    assert_eq!((world.contacts.of(0, "amy").len(), world.blocks.len()), (1, 0));
}
