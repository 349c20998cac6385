//! Threads, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{Answer, NOW, Tester, with_dialect};

fn with_group(dialect: Dialect) -> (Tester, String) {
    let mut s = with_dialect(dialect);
    s.users(&["amy", "bob", "carl", "dan"]);
    let group = json!({ "groupname": "g", "public": true, "owner": "amy", "members": ["bob", "carl"] });
    let group = text(&s.post("/chatgroups", group).data()["groupid"]);
    (s, group)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The ID of a message to a group, or to a thread of one.
fn message(s: &mut Tester, to: &str) -> String {
    let body = json!({ "from": "amy", "to": [to], "type": "txt", "body": { "msg": "hi" } });
    text(&s.post("/messages/chatgroups", body).data()[to])
}

fn create(s: &mut Tester, group: &str, msg: &str, owner: &str) -> Answer {
    s.post("/thread", json!({ "group_id": group, "name": "t", "msg_id": msg, "owner": owner }))
}

fn thread(s: &mut Tester, group: &str, owner: &str) -> String {
    let msg = message(s, group);
    text(&create(s, group, &msg, owner).data()["thread_id"])
}

/// The IDs of a page of threads.
fn ids(page: &Value) -> Vec<String> {
    page["entities"].as_array().unwrap().iter().map(|t| text(&t["id"])).collect()
}

#[test]
fn is_made_of_a_group_message() {
    let (mut s, group) = with_group(Dialect::Agora);
    let msg = message(&mut s, &group);
    let other = json!({ "groupname": "h", "public": true, "owner": "amy", "members": ["bob"] });
    let other = text(&s.post("/chatgroups", other).data()["groupid"]);
    let foreign = message(&mut s, &other);
    let to_bob = json!({ "from": "amy", "to": ["bob"], "type": "txt", "body": { "msg": "hi" } });
    let chat = text(&s.post("/messages/users", to_bob).data()["bob"]);
    for (group, msg, owner, status, words) in [
        ("1", msg.as_str(), "amy", 404, "group not found."),
        (&group, &msg, "dan", 404, "user not in group."),
        (&group, "1", "amy", 404, "msg not exist."),
        (&group, &chat, "amy", 400, "thread must on group message to create."),
        (&group, &foreign, "amy", 400, "msg not belong to group ."),
    ] {
        let refused = create(&mut s, group, msg, owner).refused();
        assert_eq!(refused, (status, "group_error".into(), words.into()));
    }
    let long = json!({ "group_id": group, "name": "x".repeat(65), "msg_id": msg, "owner": "amy" });
    assert_eq!(s.post("/thread", long).refused().2, "thread name limit reached.");
    let missing = s.post("/thread", json!({ "group_id": group })).refused();
    assert_eq!(missing, (400, "param_illegal".into(), "Failed to read HTTP message".into()));

    // Numbers do as well as texts.
    let number = |text: &str| Value::from(text.parse::<u64>().unwrap());
    let body = json!({ "group_id": number(&group), "name": "t", "msg_id": number(&msg), "owner": "Bob" });
    let id = text(&s.post("/thread", body).data()["thread_id"]);
    let again = create(&mut s, &group, &msg, "amy").refused();
    assert_eq!(again, (403, "group_error".into(), "msg already create thread.not allow to create.".into()));
    assert_eq!(s.get("/thread").entities(), json!([{ "id": id }]));
    let joined = s.get("/threads/user/bob").entities();
    let expected = json!({ "id": id, "name": "t", "owner": "bob", "msgId": msg, "groupId": group, "created": NOW });
    assert_eq!(joined, json!([expected]));
}

#[test]
fn is_renamed_and_deleted() {
    let (mut s, group) = with_group(Dialect::Agora);
    let msg = message(&mut s, &group);
    let id = text(&create(&mut s, &group, &msg, "amy").data()["thread_id"]);
    let path = format!("/thread/{id}");
    assert_eq!(s.put(&path, json!({ "name": "new" })).data(), json!({ "name": "new" }));
    assert_eq!(s.get("/threads/user/amy").entities()[0]["name"], "new");
    assert_eq!(s.put(&path, json!({ "name": "x".repeat(65) })).refused().2, "thread name limit reached.");
    assert_eq!(s.delete(&path).data(), json!({ "status": "ok" }));
    let gone = (404, "group_error".into(), "thread not found.".into());
    assert_eq!(s.delete(&path).refused(), gone);
    assert_eq!(s.put(&path, json!({ "name": "x" })).refused(), gone);
    assert_eq!(s.get(&format!("{path}/users")).refused(), gone);
    assert_eq!(s.get("/threads/user/amy").entities(), json!([]));
    // The message may have another, but a message in a thread none.
    let id = text(&create(&mut s, &group, &msg, "amy").data()["thread_id"]);
    let nested = message(&mut s, &id);
    assert_eq!(create(&mut s, &group, &nested, "amy").refused().2, "thread not nested.");
}

#[test]
fn pages_end_with_an_empty_one() {
    let (mut s, group) = with_group(Dialect::Agora);
    let made: Vec<String> = (0..5).map(|_| thread(&mut s, &group, "amy")).collect();
    let newest: Vec<String> = made.iter().rev().cloned().collect();
    let user = "/threads/user/amy".to_owned();
    for path in ["/thread".to_owned(), user, format!("/threads/chatgroups/{group}/user/amy")] {
        for (sort, expected) in [("asc", &made), ("desc", &newest), ("", &newest)] {
            let (mut found, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
            loop {
                let sorted = if sort.is_empty() { String::new() } else { format!("&sort={sort}") };
                let page = s.get(&format!("{path}?limit=2&cursor={cursor}{sorted}")).ok();
                let Some(next) = page["properties"]["cursor"].as_str() else { break };
                cursor = next.to_owned();
                found.extend(ids(&page));
                pages += 1;
            }
            assert_eq!((&found, pages), (expected, 3), "{path} {sort}");
        }
        assert_eq!(ids(&s.get(&format!("{path}?cursor=null")).ok()).len(), 5);
        for limit in ["0", "51", "x"] {
            let refused = s.get(&format!("{path}?limit={limit}")).refused();
            assert_eq!(refused, (400, "group_error".into(), "query param reaches limit.".into()));
        }
        s.get(&format!("{path}?cursor=x")).is(400, "param_illegal");
        s.get(&format!("{path}?sort=up")).is(400, "param_illegal");
    }
}

#[test]
fn a_users_threads_stand_in_the_order_of_making_or_joining() {
    for (dialect, first) in [(Dialect::Agora, 1), (Dialect::Easemob, 0)] {
        let (mut s, group) = with_group(dialect);
        let made = [thread(&mut s, &group, "amy"), thread(&mut s, &group, "amy")];
        for id in made.iter().rev() {
            s.post(&format!("/thread/{id}/users"), json!({ "usernames": ["bob"] })).ok();
        }
        assert_eq!(ids(&s.get("/threads/user/bob").ok())[0], made[first]);
    }
}

#[test]
fn members_come_and_go() {
    let (mut s, group) = with_group(Dialect::Agora);
    let id = thread(&mut s, &group, "amy");
    let path = format!("/thread/{id}/users");
    let body = s.post(&path, json!({ "usernames": ["bob", "carl", "bob"] })).ok();
    assert_eq!(body["data"], json!({ "status": "ok" }));
    assert_eq!(body["uri"], format!("http://127.0.0.1/demo/chat/thread/{id}/joined_thread"));
    let first = s.get(&format!("{path}?limit=2")).ok();
    assert_eq!(first["data"], json!({ "affiliations": ["amy", "bob"] }));
    let cursor = text(&first["properties"]["cursor"]);
    assert_eq!(s.get(&format!("{path}?limit=2&cursor={cursor}")).data()["affiliations"], json!(["carl"]));
    assert_eq!(s.post(&path, json!({ "usernames": ["dan"] })).refused().2, "user not in group.");
    let many: Vec<_> = (0..11).map(|i| format!("u{i}")).collect();
    for refused in [
        s.post(&path, json!({ "usernames": many })).refused(),
        s.delete_with(&path, json!({ "usernames": many })).refused(),
    ] {
        assert_eq!(refused, (400, "group_error".into(), "request body reaches limit.".into()));
    }
    assert_eq!(s.get(&format!("{path}?limit=51")).refused().2, "query param reaches limit.");
    let removed = s.delete_with(&path, json!({ "usernames": ["bob", "dan"] })).entities();
    assert_eq!(removed, json!([{ "result": true, "user": "bob" }, { "result": false, "user": "dan" }]));
    // The older path.
    let older = s.delete_with(&format!("/threads/{id}/users"), json!({ "usernames": ["carl"] })).entities();
    assert_eq!(older[0]["result"], true);
    assert_eq!(s.get(&path).data()["affiliations"], json!(["amy"]));
}

#[test]
fn who_leaves_the_group_leaves_its_threads() {
    let (mut s, group) = with_group(Dialect::Agora);
    let id = thread(&mut s, &group, "bob");
    s.post(&format!("/thread/{id}/users"), json!({ "usernames": ["carl"] })).ok();
    s.delete(&format!("/chatgroups/{group}/users/carl")).ok();
    assert_eq!(s.get(&format!("/thread/{id}/users")).data()["affiliations"], json!(["bob"]));
    s.delete("/users/bob").ok();
    assert_eq!(s.get(&format!("/thread/{id}/users")).data()["affiliations"], json!([]));
    s.delete(&format!("/chatgroups/{group}")).ok();
    assert_eq!(s.get("/thread").entities(), json!([]));
}
