//! What a sandbox lets pass that was told to.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{Tester, loose, with_dialect};

/// What each vendor documents a limit for, one beyond it.
fn beyond(s: &mut Tester) -> Vec<(&'static str, String, Value)> {
    s.users(&["olga"]);
    let names: Vec<String> = (0..101).map(|n| format!("user{n}")).collect();
    for some in names.chunks(50) {
        let users: Vec<Value> = some.iter().map(|name| json!({ "username": name })).collect();
        s.post("/users", users.into()).ok();
    }
    let long = |n: usize| "x".repeat(n);
    let group = json!({ "groupid": "1", "groupname": "g", "public": true, "owner": "olga", "members": ["user0"] });
    s.post("/chatgroups", group).ok();
    let room = json!({ "roomid": "2", "name": "r", "description": "d", "owner": "olga", "members": ["user0"] });
    s.post("/chatrooms", room).ok();
    let [group, room] = ["/chatgroups/1", "/chatrooms/2"];
    let more: Vec<Value> = (0..61).map(|n| json!({ "username": format!("more{n}") })).collect();
    let pairs: Value = (0..11).map(|n| (format!("k{n}"), json!("v"))).collect::<serde_json::Map<_, _>>().into();
    let text = |to: &[&str]| json!({ "from": "olga", "to": to, "type": "txt", "body": { "msg": "hi" } });
    let msg = s.post("/messages/chatgroups", text(&["1"])).data()["1"].take();
    let recall = json!({ "msg_id": "1", "to": "olga", "chat_type": "chat", "force": true });
    let nickname = |name: &String| json!({ "username": name, "push_nickname": "n" });
    let push = json!({ "title": long(33), "content": long(101), "subTitle": long(11) });
    vec![
        ("POST", "/messages/chatgroups".to_owned(), text(&["1", "2", "3", "4"])),
        (
            "POST",
            "/messages/chatgroups/users".to_owned(),
            json!({ "to": ["1"], "users": names, "type": "txt", "body": { "msg": long(6000) } }),
        ),
        (
            "POST",
            "/messages/users".to_owned(),
            json!({ "to": ["olga"], "type": "custom", "body": { "customEvent": long(33) }, "roam_ignore_users": names }),
        ),
        ("POST", "/messages/batch_recall".to_owned(), json!({ "msgs": vec![recall; 31] })),
        ("PUT", "/users/olga/chatfiles/lifetime".to_owned(), json!({ "lifetime": "default", "chatfile_ids": names })),
        ("PUT", "/push/nickname".to_owned(), names.iter().map(nickname).collect()),
        ("PUT", "/users/olga/notification/user/olga".to_owned(), json!({ "ignoreDuration": 604_800_001 })),
        (
            "POST",
            "/notification/template".to_owned(),
            json!({ "name": long(65), "title_pattern": "t", "content_pattern": "c" }),
        ),
        ("POST", "/push/label".to_owned(), json!({ "name": long(65), "description": long(256) })),
        ("POST", "/push/single".to_owned(), json!({ "targets": names, "pushMessage": push })),
        ("POST", "/thread".to_owned(), json!({ "group_id": "1", "name": long(65), "msg_id": msg, "owner": "olga" })),
        ("POST", "/reaction/user/olga".to_owned(), json!({ "msgId": msg, "message": long(129) })),
        ("POST", "/users/olga/presence/web/1".to_owned(), json!({ "ext": long(1025) })),
        ("POST", "/users/olga/presence/2592001".to_owned(), json!({ "usernames": names })),
        ("POST", "/users".to_owned(), more.into()),
        ("POST", "/users".to_owned(), json!({ "username": long(65), "password": long(65), "nickname": long(101) })),
        ("POST", "/users/batch/status".to_owned(), json!({ "usernames": names })),
        ("POST", "/users/olga/contacts/import".to_owned(), json!({ "usernames": names[..11] })),
        ("PUT", "/metadata/user/olga".to_owned(), json!({ "nickname": long(65), "ext": long(4096) })),
        ("POST", "/metadata/user/get".to_owned(), json!({ "targets": names, "properties": ["ext"] })),
        ("PUT", group.to_owned(), json!({ "groupname": long(129), "custom": long(1025) })),
        ("POST", format!("{group}/announcement"), json!({ "announcement": long(513) })),
        ("POST", format!("{group}/users"), json!({ "usernames": names })),
        ("POST", format!("{group}/mute"), json!({ "usernames": names, "mute_duration": 1000 })),
        ("POST", format!("{group}/white/users"), json!({ "usernames": names })),
        ("PUT", "/metadata/chatgroup/1/user/user0".to_owned(), json!({ "metaData": { long(17): long(513) } })),
        ("POST", format!("{group}/blocks/users"), json!({ "usernames": names })),
        ("PUT", room.to_owned(), json!({ "name": long(129), "maxusers": 10_001 })),
        ("POST", format!("{room}/announcement"), json!({ "announcement": long(513) })),
        ("POST", format!("{room}/users"), json!({ "usernames": names })),
        ("POST", format!("{room}/white/users"), json!({ "usernames": names })),
        ("PUT", "/metadata/chatroom/2/user/user0".to_owned(), json!({ "metaData": pairs })),
        ("PUT", "/metadata/chatroom/2/user/user0".to_owned(), json!({ "metaData": { long(129): long(4097) } })),
    ]
}

#[test]
fn a_loose_sandbox_has_no_limits_and_keeps_the_other_rules() {
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let (mut strict, mut free) = (with_dialect(dialect), loose(dialect));
        beyond(&mut strict);
        for (method, target, body) in beyond(&mut free) {
            let call = |s: &mut Tester| {
                if method == "PUT" { s.put(&target, body.clone()) } else { s.post(&target, body.clone()) }
            };
            let refused = call(&mut strict).0;
            let in_part = refused.value()["data"]["errorKeys"].as_object().is_some_and(|keys| !keys.is_empty());
            assert!(
                matches!(refused.status, 400 | 403 | 413) || in_part,
                "{target} {} {}",
                refused.status,
                refused.value()
            );
            let answer = call(&mut free).ok();
            assert!(answer["data"]["errorKeys"].as_object().is_none_or(serde_json::Map::is_empty), "{target} {answer}");
        }
        free.post("/users", json!({ "username": "olga" })).is(400, "duplicate_unique_property_exists");
        free.post("/users", json!({ "username": "a b" })).is(400, "illegal_argument");
        free.delete("/chatgroups/1/users/olga").is(403, "forbidden_op");
    }
}
