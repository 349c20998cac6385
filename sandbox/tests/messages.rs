//! Messages, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{NOW, Tester, sandbox, strict, with_dialect};

const HOUR: i64 = 3_600_000;

fn text(to: &[&str]) -> Value {
    json!({ "from": "amy", "to": to, "type": "txt", "body": { "msg": "hi" } })
}

fn send(s: &mut Tester, to: &str) -> String {
    s.post("/messages/users", text(&[to])).data()[to].as_str().unwrap().to_owned()
}

fn recall(id: &str, to: &str) -> Value {
    json!({ "msg_id": id, "to": to, "chat_type": "chat", "from": "amy", "force": false })
}

#[test]
fn each_target_gets_a_message_of_its_own() {
    let mut s = sandbox();
    for (path, to) in [("users", ["bob", "cid"]), ("chatgroups", ["1", "2"]), ("chatrooms", ["3", "4"])] {
        let sent = s.post(&format!("/messages/{path}"), text(&to)).ok();
        assert_eq!(sent["path"], format!("/messages/{path}"));
        let ids = to.map(|t| sent["data"][t].as_str().unwrap().parse::<u64>().unwrap());
        assert_ne!(ids[0], ids[1]);
    }
    let targeted = json!({ "to": ["1"], "users": ["bob"], "type": "cmd", "body": { "action": "run" } });
    for path in ["chatgroups", "chatrooms"] {
        let sent = s.post(&format!("/messages/{path}/users"), targeted.clone()).ok();
        assert_eq!(sent["path"], format!("/messages/{path}"));
        assert!(sent["data"]["1"].is_string());
    }
}

#[test]
fn takes_every_type_of_message() {
    let mut s = sandbox();
    for (kind, body) in [
        ("txt", json!({ "msg": "hi" })),
        (
            "img",
            json!({ "filename": "a.png", "url": "https://x/chatfiles/1", "secret": "s", "size": { "width": 1.5, "height": 2 } }),
        ),
        ("audio", json!({ "filename": "a.amr", "url": "https://x/chatfiles/1", "length": 10 })),
        (
            "video",
            json!({ "url": "https://x/chatfiles/1", "thumb": "https://x/chatfiles/2", "length": 0, "file_length": 58103 }),
        ),
        ("file", json!({ "filename": "a.txt", "url": "https://x/chatfiles/1" })),
        ("loc", json!({ "lat": "39.966", "lng": 116.322, "addr": "here" })),
        ("cmd", json!({ "action": "run", "param": { "a": 1 } })),
        ("custom", json!({ "customEvent": "gift_1", "customExts": { "a": "b" } })),
    ] {
        s.post("/messages/users", json!({ "to": ["bob"], "type": kind, "body": body })).ok();
        let mut msg = body.clone();
        msg["type"] = kind.into();
        s.post("/messages", json!({ "target_type": "users", "target": ["bob"], "msg": msg })).ok();
    }
}

#[test]
fn refuses_what_cannot_be_sent_in_the_words_of_each_vendor() {
    let cases = [
        (json!({ "from": "" }), "param from can't be empty"),
        (json!({ "to": [] }), "param to can't be empty"),
        (json!({ "type": "" }), "param type can't be empty"),
        (json!({ "body": {} }), "param body can't be empty"),
        (json!({ "type": "custom", "body": {} }), "param body can't be empty"),
        (json!({ "ext": "x" }), "param ext must be JSONObject"),
        (json!({ "ext": ["x"] }), "param ext must be JSONObject"),
        (json!({ "to": ["1", "2", "3", "4"] }), "params to's size can't exceed limit 3"),
    ];
    for (change, words) in cases {
        let mut body = text(&["1"]);
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let easemob = with_dialect(Dialect::Easemob).post("/messages/chatgroups", body.clone()).refused();
        assert_eq!(easemob, (400, "message_send_error".into(), words.into()));
        let agora = sandbox().post("/messages/chatgroups", body).refused();
        assert_eq!(agora, (400, "illegal_argument".into(), words.trim_start_matches("param ").into()));
    }
    let mut easemob = with_dialect(Dialect::Easemob);
    easemob
        .post("/messages/users", json!({ "to": "bob", "type": "txt", "body": { "msg": "hi" } }))
        .is(400, "invalid_request_body");
    let many: Vec<_> = (0..601).map(|i| format!("u{i}")).collect();
    let words =
        easemob.post("/messages/users", json!({ "to": many, "type": "txt", "body": { "msg": "hi" } })).refused().2;
    assert_eq!(words, "params to's size can't exceed limit");
    let none = json!({ "to": ["1"], "users": [], "type": "txt", "body": { "msg": "hi" } });
    assert_eq!(easemob.post("/messages/chatgroups/users", none).refused().2, "param users can't be empty");
    let strange = json!({ "to": ["1"], "type": "poem", "body": { "msg": "hi" } });
    easemob.post("/messages/users", strange).is(400, "message_send_error");
}

#[test]
fn body_and_ext_hold_five_kilobytes() {
    let body =
        |n: usize| json!({ "to": ["bob"], "type": "txt", "body": { "msg": "x".repeat(n) }, "ext": { "a": "b" } });
    let mut s = sandbox();
    // `{"msg":""}` and `{"a":"b"}` take 19 bytes.
    s.post("/messages/users", body(5101)).ok();
    s.post("/messages/users", body(5102)).is(413, "Request Entity Too Large");
    let refused = with_dialect(Dialect::Easemob).post("/messages/users", body(5200)).refused();
    assert_eq!(refused, (400, "message_send_error".into(), "message is too large".into()));
}

#[test]
fn custom_messages_have_limits_of_their_own() {
    let mut s = sandbox();
    let mut custom = |body: Value| s.post("/messages/users", json!({ "to": ["bob"], "type": "custom", "body": body }));
    custom(json!({ "customEvent": "a-Z_0/." })).ok();
    custom(json!({ "customEvent": "a b" })).is(400, "illegal_argument");
    custom(json!({ "customEvent": "x".repeat(33) })).is(400, "illegal_argument");
    let exts: serde_json::Map<_, _> = (0..17).map(|i| (i.to_string(), json!("x"))).collect();
    custom(json!({ "customEvent": "a", "customExts": exts })).is(400, "illegal_argument");
}

#[test]
fn the_older_endpoint_tells_ids_only_if_asked() {
    let mut s = sandbox();
    let body =
        json!({ "from": "amy", "target_type": "users", "target": ["bob"], "msg": { "type": "txt", "msg": "hi" } });
    assert_eq!(s.post("/messages", body.clone()).data(), json!({ "bob": "success" }));
    let id = s.post("/messages?useMsgId=true", body.clone()).data()["bob"].as_str().unwrap().to_owned();
    assert!(id.parse::<u64>().is_ok());
    let words = "target_type can only be 'users' or 'chatgroups' or 'chatrooms'";
    for wrong in [json!("user"), Value::Null] {
        let mut body = body.clone();
        body["target_type"] = wrong;
        assert_eq!(s.post("/messages", body).refused(), (400, "illegal_argument".into(), words.into()));
    }
    let mut no_sender = body;
    no_sender["from"] = "".into();
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let refused = with_dialect(dialect).post("/messages", no_sender.clone()).refused();
        assert_eq!(refused, (400, "illegal_argument".into(), "from can't be empty".into()));
    }
}

#[test]
fn recalls_within_two_minutes_or_with_force() {
    let mut s = sandbox();
    let id = send(&mut s, "bob");
    let answer = s.post("/messages/msg_recall", recall(&id, "bob")).data();
    assert_eq!(answer, json!({ "recalled": "yes", "chattype": "chat", "from": "amy", "to": "bob", "msg_id": id }));
    let again = s.post("/messages/msg_recall", recall(&id, "bob")).refused();
    assert_eq!(again, (403, "message_recall_error".into(), "not_found msg".into()));
    let id = send(&mut s, "bob");
    s.post("/messages/msg_recall", recall(&id, "cid")).is(400, "message_recall_error");
    s.advance(120_001);
    let late = s.post("/messages/msg_recall", recall(&id, "bob")).refused();
    assert_eq!(late, (403, "message_recall_error".into(), "exceed call time limit".into()));
    let mut force = recall(&id, "bob");
    force["force"] = true.into();
    s.post("/messages/msg_recall", force.clone()).ok();
    // A device may still show what the platform no longer keeps.
    s.post("/messages/msg_recall", force).ok();
}

#[test]
fn recalls_name_groups_as_each_vendor_does() {
    for (dialect, name) in [(Dialect::Agora, "group_chat"), (Dialect::Easemob, "groupchat")] {
        let mut s = with_dialect(dialect);
        let id = s.post("/messages/chatgroups", text(&["1"])).data()["1"].take();
        let body = json!({ "msg_id": id, "to": "1", "chat_type": "groupchat", "force": false });
        let answer = s.post("/messages/msg_recall", body).data();
        assert_eq!((&answer["chattype"], &answer["from"]), (&json!(name), &json!("admin")));
    }
}

#[test]
fn recalls_need_their_parameters() {
    let mut s = with_dialect(Dialect::Easemob);
    for name in ["msg_id", "to", "chat_type", "force"] {
        let mut body = recall("1", "bob");
        body.as_object_mut().unwrap().remove(name);
        let refused = s.post("/messages/msg_recall", body).refused();
        assert_eq!(refused, (400, "message_recall_error".into(), format!("param {name} can't be empty")));
    }
    let mut empty = recall("", "bob");
    empty["msg_id"] = "".into();
    assert_eq!(s.post("/messages/msg_recall", empty).refused().2, "param msg_id can't be empty");
}

#[test]
fn a_batch_recall_goes_on_after_a_failure() {
    let mut s = with_dialect(Dialect::Easemob);
    let id = send(&mut s, "bob");
    let body = json!({ "msgs": [recall("1", "bob"), recall(&id, "bob")] });
    let answer = s.post("/messages/batch_recall", body).data();
    assert_eq!((&answer[0]["recalled"], &answer[1]["recalled"]), (&json!("not_found msg"), &json!("yes")));
    let many: Vec<_> = (0..31).map(|_| recall("1", "bob")).collect();
    s.post("/messages/batch_recall", json!({ "msgs": many })).is(400, "message_recall_error");
    s.post("/messages/batch_recall", json!({ "msgs": [] })).is(400, "message_recall_error");
    let id = send(&mut s, "bob");
    let older = s.post("/messages/recall", json!({ "msgs": [recall("1", "bob"), recall(&id, "bob")] })).data();
    assert_eq!(
        older["msgs"],
        json!([{ "msg_id": "1", "recalled": "not_found msg" }, { "msg_id": id, "recalled": "yes" }])
    );
}

#[test]
fn edits_ten_times_within_seven_days() {
    let mut s = sandbox();
    let id = send(&mut s, "bob");
    let path = format!("/messages/rewrite/{id}");
    let edit = json!({ "user": "amy", "new_msg": { "type": "txt", "msg": "new" }, "new_ext": { "a": 1 } });
    let answer = s.put(&path, edit.clone()).ok();
    assert_eq!((&answer["data"], &answer["path"]), (&json!("success"), &json!(path)));
    for _ in 1..10 {
        s.put(&path, edit.clone()).ok();
    }
    s.put(&path, edit.clone()).is(403, "EditLimitExceededException");
    let id = send(&mut s, "bob");
    let path = format!("/messages/rewrite/{id}");
    s.put(&path, json!({ "new_msg": { "type": "custom", "customEvent": "x" } }))
        .is(400, "UnsupportedMessageTypeException");
    s.put(&path, json!({ "new_msg": { "type": "img", "url": "x" } })).is(400, "UnsupportedMessageTypeException");
    s.advance(7 * 24 * HOUR + 1);
    s.renew();
    s.put(&path, edit.clone()).is(404, "MessageUnavailableException");
    s.put("/messages/rewrite/12", edit.clone()).is(404, "MessageUnavailableException");
    s.put("/messages/rewrite/abc", edit.clone()).is(400, "InvalidMessageIdException");
    let room = s.post("/messages/chatrooms", text(&["1"])).data()["1"].as_str().unwrap().to_owned();
    s.put(&format!("/messages/rewrite/{room}"), edit).is(400, "UnsupportedMessageTypeException");
}

#[test]
fn broadcasts_answer_an_id_beyond_two_to_the_53() {
    let mut s = sandbox();
    let msg = json!({ "type": "txt", "msg": "hi" });
    for path in ["/messages/chatrooms/broadcast", "/messages/users/broadcast"] {
        let answer = s.post(path, json!({ "msg": msg, "chatroom_msg_level": "low" })).ok();
        assert!(answer["data"]["id"].as_u64().unwrap() > 1 << 53);
        assert_eq!(answer["path"], path);
        let empty = s.post(path, json!({ "from": "", "msg": msg })).refused();
        assert_eq!(empty, (400, "illegal_argument".into(), "from can't be empty".into()));
        assert_eq!(s.post(path, json!({ "msg": msg, "ext": 1 })).refused().2, "ext must be JSONObject");
    }
    let missing = s.post("/messages/broadcast", json!({ "msg": msg })).refused();
    assert_eq!(missing, (400, "illegal_argument".into(), "target_type must be provided".into()));
    let other = s.post("/messages/broadcast", json!({ "msg": msg, "target_type": "chatgroups" })).refused();
    assert_eq!(other.2, "target_type can only be 'users'");
}

#[test]
fn imports_past_messages() {
    let mut s = with_dialect(Dialect::Easemob);
    let body = json!({
        "from": "amy", "target": "bob", "type": "txt", "body": { "msg": "hi" }, "is_ack_read": true,
        "msg_timestamp": NOW - 2 * HOUR as u64,
    });
    for path in ["users", "chatgroups"] {
        let answer = s.post(&format!("/messages/{path}/import"), body.clone()).ok();
        assert!(answer["data"]["msg_id"].is_string());
        assert_eq!(answer["path"], "/messages/users/import");
        for (name, words) in [("type", "type not allow empty"), ("body", "message body not allow empty")] {
            let mut body = body.clone();
            body.as_object_mut().unwrap().remove(name);
            let refused = s.post(&format!("/messages/{path}/import"), body).refused();
            assert_eq!(refused, (400, "illegal_argument".into(), words.into()));
        }
    }
    // They are in the file of their own hour.
    s.get("/chatmessages/2025123122").data()[0]["url"].as_str().unwrap();
}

#[test]
fn an_hour_of_messages_can_be_downloaded_when_it_is_over() {
    let mut s = sandbox();
    let id = s
        .post(
            "/messages/users",
            json!({ "to": ["bob"], "type": "loc", "body": { "lat": "1.5", "lng": 2, "addr": "x" }, "ext": { "a": 1 } }),
        )
        .data()["bob"]
        .take();
    s.get("/chatmessages/2026010100").is(400, "illegal_argument");
    s.advance(HOUR);
    let url = s.get("/chatmessages/2026010100").data()[0]["url"].as_str().unwrap().to_owned();
    let target = url.strip_prefix("http://127.0.0.1").unwrap().to_owned();
    // Without a token, as from a store of objects.
    let file = s.sandbox.answer(&agora_chat_sandbox::Request::new("GET", &target));
    assert_eq!((file.status, &file.body[..2]), (200, &[0x1f, 0x8b][..]));
    let line = miniz_oxide::inflate::decompress_to_vec(&file.body[10..file.body.len() - 8]).unwrap();
    let line: Value = serde_json::from_slice(&line).unwrap();
    assert_eq!(
        (&line["msg_id"], &line["chat_type"], &line["from"], &line["timestamp"]),
        (&id, &json!("chat"), &json!("admin"), &json!(NOW))
    );
    assert_eq!(line["payload"]["bodies"], json!([{ "type": "loc", "lat": 1.5, "lng": 2.0, "addr": "x" }]));
    assert_eq!(line["payload"]["ext"], json!({ "a": 1 }));
    assert_eq!(
        s.sandbox.answer(&agora_chat_sandbox::Request::new("GET", &target.replace("Signature=", "Signature=x"))).status,
        403
    );
    s.advance(1_801_000);
    assert_eq!(s.sandbox.answer(&agora_chat_sandbox::Request::new("GET", &target)).status, 403);
}

#[test]
fn hours_of_history_may_be_those_of_another_zone() {
    let mut s = sandbox();
    let options = agora_chat_sandbox::Options { history_zone: 8, ..Default::default() };
    s.sandbox = agora_chat_sandbox::Sandbox::new([agora_chat_sandbox::app::App::default()], options).unmetered();
    s.sandbox.tick(NOW);
    s.post("/messages/users", json!({ "to": ["bob"], "type": "txt", "body": { "msg": "x" } })).ok();
    s.advance(HOUR);
    // NOW is midnight in UTC. The official Java SDK asks in UTC+8.
    s.get("/chatmessages/2026010100").is(404, "storage_object_not_found");
    let url = s.get("/chatmessages/2026010108").data()[0]["url"].as_str().unwrap().to_owned();
    let target = url.strip_prefix("http://127.0.0.1").unwrap().to_owned();
    let file = s.sandbox.answer(&agora_chat_sandbox::Request::new("GET", &target));
    let text = miniz_oxide::inflate::decompress_to_vec(&file.body[10..file.body.len() - 8]).unwrap();
    assert_eq!(text.iter().filter(|byte| **byte == b'\n').count(), 1);
    s.get("/chatmessages/2026010109").is(400, "illegal_argument");
    s.get("/chatmessages/0000010100").is(400, "illegal_argument");
}

#[test]
fn history_has_limits() {
    let mut s = sandbox();
    for none in ["2026", "2026010124", "abcdefghij", "2025023000"] {
        let refused = s.get(&format!("/chatmessages/{none}")).refused();
        assert_eq!(refused, (400, "illegal_argument".into(), "This chatmessage request is not supported".into()));
    }
    let empty = s.get("/chatmessages/2025123123").refused();
    assert_eq!(empty.1, "storage_object_not_found");
    assert_eq!(empty.2, "Failed to find chat message history download url for appkey: demo#chat, time: 2025123123");
    let old = s.get("/chatmessages/2025120100").refused();
    let words =
        "illegal arguments: appkey: demo#chat, time: 2025120100, maybe chat message history is expired or unstored";
    assert_eq!(old, (400, "illegal_argument".into(), words.into()));
}

#[test]
fn users_delete_for_themselves() {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy"]);
    let body = json!({ "channel": "bob", "type": "chat", "delete_roam": true });
    let answer = s.delete_with("/users/amy/user_channel", body.clone()).ok();
    assert_eq!((&answer["data"], &answer["path"]), (&json!({ "result": "ok" }), &json!("/users/user_channel")));
    s.delete_with("/users/nobody/user_channel", body).is(404, "service_resource_not_found");
    for target in [
        "/rest/message/roaming/chat/user/amy?userId=bob&msgIdList=1,2&isNotify=false",
        "/rest/message/roaming/group/user/amy?groupId=1&msgIdList=1,2",
        "/rest/message/roaming/chat/user/amy/time?userId=bob&delTime=1659014868000",
        "/rest/message/roaming/group/user/amy/time?groupId=1&delTime=1659014868000",
    ] {
        assert_eq!(s.delete(target).ok(), json!({ "requestStatusCode": "ok", "timestamp": NOW }));
    }
    s.post("/rest/message/roaming/user/amy/delete/all", Value::Null).ok();
    s.delete("/rest/message/roaming/chat/user/amy?userId=bob").is(400, "Bad Request");
    s.delete("/rest/message/roaming/chat/user/amy?msgIdList=1").is(400, "Bad Request");
    let ids: Vec<_> = (0..51).map(|i| i.to_string()).collect();
    let many =
        s.delete(&format!("/rest/message/roaming/chat/user/amy?userId=bob&msgIdList={}", ids.join(","))).refused();
    assert_eq!(many, (400, "param exception".into(), "delete msg list limit can not greater than 50".into()));
}

#[test]
fn a_message_to_three_groups_counts_as_three() {
    let mut s = strict(Dialect::Easemob);
    for _ in 0..7 {
        s.post("/messages/chatgroups", text(&["1", "2", "3"])).ok();
    }
    let eighth = s.post("/messages/chatgroups", text(&["1", "2", "3"])).refused();
    assert_eq!(eighth, (403, "message_send_error".into(), "message send reach limit".into()));
    s.advance(1000);
    for _ in 0..20 {
        s.post("/messages/chatgroups", text(&["1"])).ok();
    }
    s.post("/messages/chatgroups", text(&["1"])).is(429, "reach_limit");
}

#[test]
fn a_message_to_600_users_counts_as_600() {
    let many: Vec<_> = (0..600).map(|i| format!("u{i}")).collect();
    let to: Vec<&str> = many.iter().map(String::as_str).collect();
    for (dialect, status) in [(Dialect::Agora, 429), (Dialect::Easemob, 403)] {
        let mut s = strict(dialect);
        for _ in 0..10 {
            s.post("/messages/users", text(&to)).ok();
        }
        assert_eq!(s.post("/messages/users", text(&["bob"])).refused().0, status);
        s.advance(60_000);
        s.post("/messages/users", text(&["bob"])).ok();
    }
}

#[test]
fn broadcasts_have_a_quota_for_each_day() {
    let mut s = strict(Dialect::Easemob);
    let body = json!({ "target_type": "users", "msg": { "type": "txt", "msg": "hi" } });
    s.post("/messages/broadcast", body.clone()).ok();
    s.post("/messages/broadcast", body.clone()).is(429, "reach_limit");
    for _ in 0..2 {
        s.advance(HOUR / 2);
        s.post("/messages/broadcast", body.clone()).ok();
    }
    s.advance(HOUR / 2);
    let fourth = s.post("/messages/broadcast", body).refused();
    assert_eq!(fourth, (403, "forbidden_op".into(), "broadcast message limit exceeded".into()));
}
