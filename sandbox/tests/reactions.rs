//! Reactions, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{Tester, with_dialect};

/// Users, a group of theirs without Dan, a one-to-one message and a group message.
fn with_messages(dialect: Dialect) -> (Tester, String, String, String) {
    let mut s = with_dialect(dialect);
    s.users(&["amy", "bob", "carl", "dan", "eve"]);
    let group = json!({ "groupname": "g", "public": true, "owner": "amy", "members": ["bob", "carl", "eve"] });
    let group = text(&s.post("/chatgroups", group).data()["groupid"]);
    let message = |to: &str| json!({ "from": "amy", "to": [to], "type": "txt", "body": { "msg": "hi" } });
    let chat = text(&s.post("/messages/users", message("bob")).data()["bob"]);
    let grouped = text(&s.post("/messages/chatgroups", message(&group)).data()[&group]);
    (s, group, chat, grouped)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn add(s: &mut Tester, user: &str, msg: &str, emoji: &str) -> support::Answer {
    s.post(&format!("/reaction/user/{user}"), json!({ "msgId": msg, "message": emoji }))
}

#[test]
fn parties_of_a_conversation_react_to_its_messages() {
    let (mut s, group, chat, grouped) = with_messages(Dialect::Agora);
    let body = add(&mut s, "Bob", &chat, "emoji_40").ok();
    assert_eq!(body["requestStatusCode"], "ok");
    let made = &body["data"];
    assert_eq!(
        (&made["msgId"], &made["msgType"], &made["reaction"]),
        (&json!(chat), &json!("chat"), &json!("emoji_40"))
    );
    assert_eq!(made["createdAt"], "2026-01-01T00:00:00.000000Z");
    assert_eq!(made.get("groupId"), Some(&Value::Null), "printed, unlike other members without a value");
    let in_group = add(&mut s, "carl", &grouped, "👍").data();
    assert_eq!((&in_group["msgType"], &in_group["groupId"]), (&json!("groupchat"), &json!(group)));
    let stranger = (400, "Bad Request".into(), "the user operation is illegal!".into());
    assert_eq!(add(&mut s, "dan", &chat, "x").refused(), stranger);
    assert_eq!(add(&mut s, "dan", &grouped, "x").refused(), stranger);
    assert_eq!(add(&mut s, "amy", "1", "x").refused(), stranger);
    let twice = add(&mut s, "bob", &chat, "emoji_40").refused();
    assert_eq!(twice.2, "the user is already operation this message");
    add(&mut s, "amy", &chat, &"x".repeat(129)).is(400, "Bad Request");
    s.post("/reaction/user/amy", json!({ "msgId": chat })).is(400, "Bad Request");
    add(&mut s, "nobody", &chat, "x").is(404, "service_resource_not_found");
}

#[test]
fn a_message_has_twenty_different_reactions() {
    let (mut s, _, chat, _) = with_messages(Dialect::Agora);
    for i in 0..20 {
        add(&mut s, "amy", &chat, &format!("e{i}")).ok();
    }
    assert_eq!(add(&mut s, "amy", &chat, "e20").refused().2, "The quantity has exceeded the limit!");
    // The same by another user counts once.
    add(&mut s, "bob", &chat, "e19").ok();
    s.delete(&format!("/reaction/user/amy?msgId={chat}&message=e0")).ok();
    add(&mut s, "amy", &chat, "e20").ok();
}

#[test]
fn lists_as_a_user_sees_them() {
    let (mut s, group, chat, grouped) = with_messages(Dialect::Agora);
    for user in ["carl", "bob", "eve", "amy"] {
        add(&mut s, user, &grouped, "👍").ok();
    }
    add(&mut s, "amy", &grouped, "👎").ok();
    add(&mut s, "amy", &chat, "x").ok();
    let list = |user: &str, rest: &str| format!("/reaction/user/{user}?msgIdList={grouped},{chat},1&{rest}");
    let seen = s.get(&list("bob", &format!("msgType=groupchat&groupId={group}"))).data();
    assert_eq!(seen.as_array().unwrap().len(), 1);
    let reactions = &seen[0]["reactionList"];
    assert_eq!(reactions[0]["reaction"], "👍");
    assert_eq!((&reactions[0]["count"], &reactions[0]["state"]), (&json!(4), &json!(true)));
    assert_eq!(reactions[0]["userList"], json!(["carl", "bob", "eve"]));
    assert_eq!((&reactions[1]["count"], &reactions[1]["state"]), (&json!(1), &json!(false)));
    assert_eq!(s.get(&list("amy", "msgType=chat")).data()[0]["msgId"], json!(chat));
    assert_eq!(s.get(&list("dan", "msgType=chat")).data(), json!([]));
    assert_eq!(s.get(&list("amy", "msgType=groupchat")).refused().2, "groupId can not be null!");
    let many = (0..21).map(|i| i.to_string()).collect::<Vec<_>>().join(",");
    let many = s.get(&format!("/reaction/user/amy?msgIdList={many}&msgType=chat")).refused();
    assert_eq!(many.2, "msgIdList exceeds the maximum number limit");
    s.get("/reaction/user/amy?msgIdList=1&msgType=room").is(400, "Bad Request");
}

#[test]
fn takes_back_what_the_user_added() {
    let (mut s, _, chat, _) = with_messages(Dialect::Agora);
    add(&mut s, "amy", &chat, "a b").ok();
    add(&mut s, "bob", &chat, "a b").ok();
    let path = |user: &str| format!("/reaction/user/{user}?msgId={chat}&message=a%20b");
    let body = s.delete(&path("amy")).ok();
    assert_eq!(body["requestStatusCode"], "ok");
    assert_eq!(s.delete(&path("amy")).refused().2, "the user operation is illegal!");
    let list = format!("/reaction/user/amy?msgIdList={chat}&msgType=chat");
    assert_eq!(s.get(&list).data()[0]["reactionList"][0]["count"], 1);
    // Nobody's reaction is gone.
    s.delete("/users/bob").ok();
    assert_eq!(s.get(&list).data(), json!([]));
}

#[test]
fn pages_through_who_reacted() {
    let (mut s, _, _, grouped) = with_messages(Dialect::Easemob);
    for user in ["carl", "bob", "eve"] {
        add(&mut s, user, &grouped, "x").ok();
    }
    let path = format!("/reaction/user/bob/detail?msgId={grouped}&message=x");
    let first = s.get(&format!("{path}&limit=2")).data();
    assert_eq!((&first["count"], &first["state"], first.get("userCount")), (&json!(3), &json!(true), None));
    assert_eq!(first["userList"], json!(["carl", "bob"]));
    let second = s.get(&format!("{path}&limit=2&cursor={}", text(&first["cursor"]))).data();
    assert_eq!((&second["reactionId"], &second["userList"]), (&first["reactionId"], &json!(["eve"])));
    let third = s.get(&format!("{path}&cursor={}", text(&second["cursor"]))).data();
    assert_eq!((&third["userList"], third.get("cursor")), (&json!([]), None));
    assert_eq!(s.get(&format!("{path}&limit=51")).refused().2, "Limit exceeds the maximum quantity limit");
    // What nobody added has a count of none; Agora's example spells it otherwise.
    let (mut s, _, chat, _) = with_messages(Dialect::Agora);
    let none = s.get(&format!("/reaction/user/bob/detail?msgId={chat}&message=x")).data();
    assert_eq!((&none["userCount"], &none["userList"]), (&json!(0), &json!([])));
}

#[test]
fn a_recalled_message_takes_its_reactions_with_it() {
    let (mut s, _, chat, _) = with_messages(Dialect::Agora);
    for (user, emoji) in [("amy", "a"), ("bob", "a"), ("bob", "b")] {
        add(&mut s, user, &chat, emoji).ok();
    }
    s.post("/messages/msg_recall", json!({ "msg_id": chat, "to": "bob", "chat_type": "chat" })).ok();
    let seen = s.get(&format!("/reaction/user/bob?msgIdList={chat}&msgType=chat")).data();
    assert_eq!(seen, json!([]));
    add(&mut s, "bob", &chat, "a").is(400, "Bad Request");
    let world = s.sandbox.world("demo#chat").unwrap();
    assert!(world.reactions.is_empty() && world.reaction_users.is_empty());
}
