//! Messages that wait for users who are offline.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{Tester, sandbox, with_dialect};

const DAY: i64 = 24 * 3_600_000;
const DEVICES: &str = "/__sandbox/devices";

/// A sandbox with Olga's group, in which Amy and Bob are; Cat is not.
fn group_in(dialect: Dialect) -> (Tester, String) {
    let mut s = with_dialect(dialect);
    s.users(&["olga", "amy", "bob", "cat"]);
    let group = json!({
        "groupname": "g", "description": "d", "public": true, "owner": "olga", "members": ["amy", "bob"],
    });
    let id = s.post("/chatgroups", group).data()["groupid"].as_str().unwrap().to_owned();
    (s, id)
}

fn send(s: &mut Tester, path: &str, to: &str, more: Value) -> String {
    let mut body = json!({ "from": "olga", "to": [to], "type": "txt", "body": { "msg": "hi" } });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    s.post(&format!("/messages/{path}"), body).data()[to].as_str().unwrap().to_owned()
}

fn to_group(s: &mut Tester, group: &str) -> String {
    send(s, "chatgroups", group, json!({}))
}

fn counts<const N: usize>(s: &mut Tester, users: [&str; N]) -> [u64; N] {
    users.map(|user| s.get(&format!("/users/{user}/offline_msg_count")).data()[user].as_u64().unwrap())
}

fn status(s: &mut Tester, user: &str, id: &str) -> String {
    s.get(&format!("/users/{user}/offline_msg_status/{id}")).data()[id].as_str().unwrap().to_owned()
}

fn online(s: &mut Tester, user: &str) {
    s.post(DEVICES, json!({ "username": user, "resource": "web" })).ok();
}

fn offline(s: &mut Tester, user: &str) {
    s.delete(&format!("{DEVICES}?username={user}")).ok();
}

#[test]
fn one_to_one_messages_and_broadcasts_wait_for_users_who_are_offline() {
    let (mut s, _) = group_in(Dialect::Agora);
    let id = send(&mut s, "users", "bob", json!({}));
    send(&mut s, "users", "bob", json!({ "routetype": "ROUTE_ONLINE" }));
    assert_eq!(counts(&mut s, ["amy", "bob"]), [0, 1]);
    assert_eq!([status(&mut s, "bob", &id), status(&mut s, "amy", &id)], ["undelivered", "delivered"]);
    s.post("/messages/msg_recall", json!({ "msg_id": id, "to": "bob", "chat_type": "chat" })).ok();
    assert_eq!(counts(&mut s, ["bob"]), [0]);
    online(&mut s, "amy");
    s.post("/messages/broadcast", json!({ "target_type": "users", "msg": { "type": "txt", "msg": "hi" } })).ok();
    assert_eq!(counts(&mut s, ["amy", "bob", "cat"]), [0, 1, 1]);
    // Nothing of a user outlives the user.
    s.delete("/users/bob").ok();
    s.users(&["bob"]);
    assert_eq!(counts(&mut s, ["bob", "cat"]), [0, 1]);
}

#[test]
fn a_group_message_waits_for_each_member_but_its_sender() {
    let (mut s, group) = group_in(Dialect::Agora);
    let id = to_group(&mut s, &group);
    assert_eq!(counts(&mut s, ["olga", "amy", "bob", "cat"]), [0, 1, 1, 0]);
    assert_eq!([status(&mut s, "AMY", &id), status(&mut s, "cat", &id)], ["undelivered", "delivered"]);
    // Those for whoever is online wait for nobody, nor do those to groups that do not exist and to chat rooms.
    send(&mut s, "chatgroups", &group, json!({ "routetype": "ROUTE_ONLINE" }));
    to_group(&mut s, "1");
    send(&mut s, "chatrooms", "1", json!({}));
    assert_eq!(counts(&mut s, ["amy"]), [1]);
}

#[test]
fn what_was_sent_while_a_member_was_online_does_not_wait_later() {
    let (mut s, group) = group_in(Dialect::Agora);
    let before = to_group(&mut s, &group);
    online(&mut s, "amy");
    assert_eq!(counts(&mut s, ["amy", "bob"]), [0, 1]);
    assert_eq!(status(&mut s, "amy", &before), "delivered");
    let meanwhile = to_group(&mut s, &group);
    offline(&mut s, "amy");
    assert_eq!(counts(&mut s, ["amy", "bob"]), [0, 2]);
    let after = to_group(&mut s, &group);
    assert_eq!(counts(&mut s, ["amy", "bob"]), [1, 3]);
    assert_eq!(
        [&before, &meanwhile, &after].map(|id| status(&mut s, "amy", id)),
        ["delivered", "delivered", "undelivered"]
    );
}

#[test]
fn every_way_of_going_offline_counts() {
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let (mut s, group) = group_in(dialect);
        let ways: [&dyn Fn(&mut Tester); 3] = [
            &|s| drop(s.put("/users/amy/password", json!({ "newpassword": "other" })).ok()),
            &|s| drop(s.post("/users/amy/disconnect", Value::Null).ok()),
            &|s| drop(s.post("/users/amy/deactivate", Value::Null).ok()),
        ];
        for go in ways {
            online(&mut s, "amy");
            to_group(&mut s, &group);
            go(&mut s);
            assert_eq!(counts(&mut s, ["amy"]), [0]);
            to_group(&mut s, &group);
            assert_eq!(counts(&mut s, ["amy"]), [1]);
        }
    }
}

#[test]
fn one_device_of_two_keeps_the_user_online() {
    let (mut s, group) = group_in(Dialect::Easemob);
    online(&mut s, "amy");
    s.post(DEVICES, json!({ "username": "amy", "resource": "ios" })).ok();
    s.delete("/users/amy/disconnect/ios").ok();
    to_group(&mut s, &group);
    assert_eq!(counts(&mut s, ["amy"]), [0]);
    s.delete("/users/amy/disconnect/web").ok();
    assert_eq!(counts(&mut s, ["amy"]), [0]);
    to_group(&mut s, &group);
    assert_eq!(counts(&mut s, ["amy"]), [1]);
}

#[test]
fn members_get_what_was_sent_since_they_joined() {
    let (mut s, group) = group_in(Dialect::Agora);
    to_group(&mut s, &group);
    s.post(&format!("/chatgroups/{group}/users/cat"), Value::Null).ok();
    assert_eq!(counts(&mut s, ["cat"]), [0]);
    to_group(&mut s, &group);
    assert_eq!(counts(&mut s, ["amy", "cat"]), [2, 1]);
    s.delete(&format!("/chatgroups/{group}/users/amy")).ok();
    assert_eq!(counts(&mut s, ["amy"]), [0]);
    s.post(&format!("/chatgroups/{group}/users/amy"), Value::Null).ok();
    assert_eq!(counts(&mut s, ["amy"]), [0]);
    s.delete(&format!("/chatgroups/{group}")).ok();
    assert_eq!(counts(&mut s, ["bob", "cat"]), [0, 0]);
    assert!(s.sandbox.world("demo#chat").unwrap().messages_waiting.is_empty());
}

#[test]
fn recalled_messages_wait_no_longer() {
    let (mut s, group) = group_in(Dialect::Agora);
    let id = to_group(&mut s, &group);
    let chosen = send(&mut s, "chatgroups/users", &group, json!({ "users": ["bob"] }));
    assert_eq!(counts(&mut s, ["amy", "bob"]), [1, 2]);
    for (id, left) in [(id, [0, 1]), (chosen, [0, 0])] {
        s.post("/messages/msg_recall", json!({ "msg_id": id, "to": group, "chat_type": "groupchat" })).ok();
        assert_eq!(counts(&mut s, ["amy", "bob"]), left);
    }
}

#[test]
fn messages_wait_for_seven_days() {
    let (mut s, group) = group_in(Dialect::Agora);
    let broadcast = json!({ "target_type": "users", "msg": { "type": "txt", "msg": "hi" } });
    let send_all = |s: &mut Tester| {
        s.post("/messages/broadcast", broadcast.clone()).ok();
        send(s, "users", "bob", json!({}));
        to_group(s, &group)
    };
    let id = send_all(&mut s);
    s.advance(7 * DAY - 1);
    s.renew();
    assert_eq!(counts(&mut s, ["bob"]), [3]);
    s.advance(1);
    assert_eq!(counts(&mut s, ["bob"]), [0]);
    assert_eq!(status(&mut s, "bob", &id), "delivered");
    send_all(&mut s);
    assert_eq!(counts(&mut s, ["bob"]), [3]);
    assert_eq!(s.sandbox.world("demo#chat").unwrap().messages_waiting.len(), 3, "rows that are over are gone");
}

#[test]
fn thread_messages_wait_for_the_threads_members() {
    let (mut s, group) = group_in(Dialect::Agora);
    let parent = to_group(&mut s, &group);
    let thread = json!({ "group_id": group, "name": "t", "owner": "amy", "msg_id": parent });
    let thread = s.post("/thread", thread).data()["thread_id"].as_str().unwrap().to_owned();
    online(&mut s, "amy");
    offline(&mut s, "amy");
    let id = to_group(&mut s, &thread);
    assert_eq!(counts(&mut s, ["amy", "bob"]), [1, 1]);
    assert_eq!([status(&mut s, "amy", &id), status(&mut s, "bob", &id)], ["undelivered", "delivered"]);
    s.delete(&format!("/thread/{thread}")).ok();
    assert_eq!(counts(&mut s, ["amy", "bob"]), [0, 1]);
}

#[test]
fn sending_costs_one_row_however_many_there_are() {
    let mut s = sandbox();
    let names: Vec<String> = (0..300).map(|i| format!("u{i:03}")).collect();
    for chunk in names.chunks(60) {
        let users: Vec<Value> = chunk.iter().map(|n| json!({ "username": n, "password": "x" })).collect();
        s.post("/users", json!(users)).ok();
    }
    let group = json!({
        "groupname": "g", "description": "d", "public": true, "owner": "u000", "maxusers": 300, "members": names[1..100],
    });
    let group = s.post("/chatgroups", group).data()["groupid"].as_str().unwrap().to_owned();
    s.sandbox.forget_changes();
    to_group(&mut s, &group);
    let changed = s.sandbox.changes();
    assert!(changed.len() < 6, "{changed:?}");
    s.post("/messages/broadcast", json!({ "target_type": "users", "msg": { "type": "txt", "msg": "hi" } })).ok();
    let changed = s.sandbox.changes();
    assert!(changed.len() < 6, "{changed:?}");
    assert_eq!(counts(&mut s, ["u001", "u200"]), [2, 1]);
    // A user who comes later is not meant.
    s.users(&["late"]);
    assert_eq!(counts(&mut s, ["late"]), [0]);
}
