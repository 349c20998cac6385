//! Who may do what in chat rooms: admins, block and allow lists, mutes, tags.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::json;
use support::{NOW, Tester, room_in, sandbox};

fn room() -> (Tester, String) {
    room_in(Dialect::Agora)
}

fn error(status: u16, error: &str, description: impl Into<String>) -> (u16, String, String) {
    (status, error.to_owned(), description.into())
}

fn names(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|i| format!("{prefix}{i}")).collect()
}

#[test]
fn has_admins() {
    let (mut s, id) = room();
    let path = format!("/chatrooms/{id}/admin");
    assert_eq!(s.post(&path, json!({ "newadmin": "amy" })).data(), json!({ "result": "success", "newadmin": "amy" }));
    let list = s.get(&path).ok();
    assert_eq!((&list["data"], &list["count"]), (&json!(["amy"]), &json!(1)));
    s.post(&path, json!({ "newadmin": "cat" })).is(404, "resource_not_found");
    s.post(&path, json!({ "newadmin": "zoe" })).is(404, "resource_not_found");
    s.post(&path, json!({ "newadmin": "olga" })).is(403, "forbidden_op");
    // An admin is an ordinary member among the members.
    assert_eq!(s.get(&format!("/chatrooms/{id}/users")).data()[1], json!({ "member": "amy" }));
    assert_eq!(s.delete(&format!("{path}/amy")).data(), json!({ "result": "success", "oldadmin": "amy" }));
    let none = error(403, "forbidden_op", format!("user:amy is not admin of group:{id}"));
    assert_eq!(s.delete(&format!("{path}/amy")).refused(), none);
    s.delete(&format!("{path}/zoe")).is(404, "resource_not_found");
    // Who leaves is no admin any more.
    s.post(&path, json!({ "newadmin": "bob" })).ok();
    s.delete(&format!("/chatrooms/{id}/users/bob")).ok();
    assert_eq!(s.get(&path).data(), json!([]));
}

#[test]
fn a_room_has_at_most_99_admins() {
    let (mut s, id) = room();
    let users = names("u", 100);
    s.users(&users.iter().map(String::as_str).collect::<Vec<_>>());
    for part in users.chunks(60) {
        s.post(&format!("/chatrooms/{id}/users"), json!({ "usernames": part })).ok();
    }
    for user in &users[..99] {
        s.post(&format!("/chatrooms/{id}/admin"), json!({ "newadmin": user })).ok();
    }
    s.post(&format!("/chatrooms/{id}/admin"), json!({ "newadmin": users[99] })).is(403, "exceed_limit");
    s.delete(&format!("/chatrooms/{id}/admin/u0")).ok();
    s.post(&format!("/chatrooms/{id}/admin"), json!({ "newadmin": users[99] })).ok();
}

#[test]
fn blocks() {
    let (mut s, id) = room();
    let path = format!("/chatrooms/{id}/blocks/users");
    let blocked = json!({ "result": true, "action": "add_blocks", "user": "amy", "chatroomid": id });
    assert_eq!(s.post(&format!("{path}/amy"), json!(null)).data(), blocked);
    assert_eq!(s.post(&format!("{path}/amy"), json!(null)).data(), blocked);
    let list = s.get(&path).ok();
    assert_eq!((&list["data"], &list["count"]), (&json!(["amy"]), &json!(1)));
    // Out of the room, and cannot come back.
    assert_eq!(s.get(&format!("/chatrooms/{id}")).data()[0]["affiliations_count"], 2);
    s.post(&format!("/chatrooms/{id}/users/amy"), json!(null)).is(403, "forbidden_op");
    s.post(&format!("/chatrooms/{id}/users"), json!({ "usernames": ["cat", "amy"] })).is(403, "forbidden_op");
    let outside = error(400, "forbidden_op", "users [cat] are not members of this group!");
    assert_eq!(s.post(&format!("{path}/cat"), json!(null)).refused(), outside);
    let owner = error(403, "forbidden_op", "forbidden operation on group owner!");
    assert_eq!(s.post(&format!("{path}/olga"), json!(null)).refused(), owner);
    assert_eq!(s.post(&path, json!({ "usernames": ["bob", "olga"] })).refused(), owner);

    let reason = format!("user: cat doesn't exist in chatroom: {id}");
    let many = s.post(&path, json!({ "usernames": ["cat", "bob"] })).data();
    let failed = json!({ "result": false, "action": "add_blocks", "reason": reason, "user": "cat", "chatroomid": id });
    assert_eq!(many[0], failed);
    assert_eq!(many[1], json!({ "result": true, "action": "add_blocks", "user": "bob", "chatroomid": id }));
    let too_many = error(400, "invalid_parameter", "userNames is more than max limit : 60");
    assert_eq!(s.post(&path, json!({ "usernames": names("u", 61) })).refused(), too_many);

    let freed = json!({ "result": true, "action": "remove_blocks", "user": "amy", "chatroomid": id });
    assert_eq!(s.delete(&format!("{path}/amy")).data(), freed);
    s.delete(&format!("{path}/amy")).is(400, "forbidden_op");
    s.post(&format!("/chatrooms/{id}/users/amy"), json!(null)).ok();
    let many = s.delete(&format!("{path}/bob%2Camy")).data();
    assert_eq!((&many[0]["result"], &many[1]["result"]), (&json!(true), &json!(false)));
    let too_many = error(400, "invalid_parameter", "removeBlacklist: list size more than max limit : 60");
    assert_eq!(s.delete(&format!("{path}/{}", names("u", 61).join(","))).refused(), too_many);
    s.get("/chatrooms/0/blocks/users").is(404, "resource_not_found");
}

#[test]
fn allows() {
    let (mut s, id) = room();
    let path = format!("/chatrooms/{id}/white/users");
    // The owner is on the list from the start.
    assert_eq!(s.get(&path).data(), json!(["olga"]));
    let added = s.post(&format!("{path}/amy"), json!(null)).data();
    assert_eq!(added, json!({ "result": true, "action": "add_user_whitelist", "user": "amy", "chatroomid": id }));
    assert_eq!(s.get(&path).ok()["count"], 2);
    s.post(&format!("{path}/cat"), json!(null)).is(400, "forbidden_op");
    let many = s.post(&path, json!({ "usernames": ["bob", "cat"] })).data();
    assert_eq!((&many[0]["result"], &many[1]["result"]), (&json!(true), &json!(false)));
    assert_eq!(many[1]["reason"], format!("user: cat doesn't exist in chatroom: {id}"));
    let too_many = error(400, "invalid_parameter", "usernames size is more than max limit : 60");
    assert_eq!(s.post(&path, json!({ "usernames": names("u", 61) })).refused(), too_many);
    // One name: an object; several: an array.
    let one = s.delete(&format!("{path}/amy")).data();
    assert_eq!(one, json!({ "result": true, "action": "remove_user_whitelist", "user": "amy", "chatroomid": id }));
    let two = s.delete(&format!("{path}/bob%2Camy")).data();
    assert_eq!((&two[0]["result"], &two[1]["result"]), (&json!(true), &json!(false)));
    let too_many = error(400, "invalid_parameter", "removeWhitelist size is more than max limit : 60");
    assert_eq!(s.delete(&format!("{path}/{}", names("u", 61).join(","))).refused(), too_many);
}

#[test]
fn mutes_members_in_milliseconds() {
    let (mut s, id) = room();
    let path = format!("/chatrooms/{id}/mute");
    let muted = s.post(&path, json!({ "usernames": ["amy", "bob"], "mute_duration": 60_000 })).data();
    assert_eq!(muted[0], json!({ "result": true, "expire": NOW + 60_000, "user": "amy" }));
    // A mute outlives leaving and joining again.
    s.delete(&format!("/chatrooms/{id}/users/amy")).ok();
    s.post(&format!("/chatrooms/{id}/users/amy"), json!(null)).ok();
    assert_eq!(s.get(&path).data()[0], json!({ "expire": NOW + 60_000, "user": "amy" }));
    assert_eq!(
        s.delete(&format!("{path}/amy,bob")).data(),
        json!([
            { "result": true, "user": "amy" }, { "result": true, "user": "bob" },
        ])
    );
    assert_eq!(s.get(&path).data(), json!([]));
    assert_eq!(s.delete(&format!("{path}/zoe")).data(), json!([{ "result": false, "user": "zoe" }]));

    s.post(&path, json!({ "usernames": ["amy"], "mute_duration": 1000 })).ok();
    s.advance(1000);
    assert_eq!(s.get(&path).data(), json!([]));
    s.post(&path, json!({ "usernames": ["amy"], "mute_duration": -1 })).ok();
    s.advance(80_000_000);
    assert_eq!(s.get(&path).data(), json!([{ "expire": -1, "user": "amy" }]));
    s.post(&path, json!({ "usernames": ["amy"], "mute_duration": 0 })).ok();
    assert_eq!(s.get(&path).data(), json!([]));

    let outside = error(400, "forbidden_op", "users [cat] are not members of this group!");
    assert_eq!(s.post(&path, json!({ "usernames": ["amy", "cat"], "mute_duration": -1 })).refused(), outside);
    assert_eq!(s.get(&path).data(), json!([]));
    s.post(&path, json!({ "usernames": ["olga"], "mute_duration": -1 })).is(403, "forbidden_op");
    let too_many = error(400, "invalid_parameter", "userNames size is more than max limit : 60");
    assert_eq!(s.post(&path, json!({ "usernames": names("u", 61), "mute_duration": -1 })).refused(), too_many);
    let too_many = error(400, "invalid_parameter", "removeMute member size more than max limit :  60");
    assert_eq!(s.delete(&format!("{path}/{}", names("u", 61).join(","))).refused(), too_many);
    s.get("/chatrooms/0/mute").is(404, "resource_not_found");
}

#[test]
fn mutes_the_whole_room() {
    let (mut s, id) = room();
    let path = format!("/chatrooms/{id}/ban");
    let muted = s.post(&path, json!(null)).ok();
    assert_eq!((&muted["data"], &muted["action"]), (&json!({ "mute": true }), &json!("put")));
    assert_eq!(s.get(&format!("/chatrooms/{id}")).data()[0]["mute"], true);
    assert_eq!(s.get(&format!("/chatrooms/{id}/mute")).data(), json!([]));
    // Only those on the allow list may send; the owner is on it.
    s.post(&format!("/chatrooms/{id}/white/users/amy"), json!(null)).ok();
    let world = s.sandbox.world("demo#chat").unwrap();
    assert!(!world.is_silenced_in_room(&id, "amy") && !world.is_silenced_in_room(&id, "olga"));
    assert!(world.is_silenced_in_room(&id, "Bob"));
    let unmuted = s.delete(&path).ok();
    assert_eq!((&unmuted["data"], &unmuted["action"]), (&json!({ "mute": false }), &json!("put")));
    s.post(&path, json!(null)).ok();
    // An older form of the same.
    assert_eq!(s.put(&path, json!(null)).data(), json!({ "mute": false }));
    s.post("/chatrooms/0/ban", json!(null)).is(404, "resource_not_found");
    let (mut easemob, id) = room_in(Dialect::Easemob);
    assert_eq!(easemob.delete(&format!("/chatrooms/{id}/ban")).ok()["action"], "delete");
}

#[test]
fn has_super_admins() {
    let mut s = sandbox();
    s.users(&["amy", "bob", "cat"]);
    for user in ["amy", "bob", "cat"] {
        let added = s.post("/chatrooms/super_admin", json!({ "superadmin": user })).data();
        assert_eq!(added, json!({ "result": "success", "resource": "" }));
    }
    s.post("/chatrooms/super_admin", json!({ "superadmin": "zoe" })).is(404, "resource_not_found");
    let page = s.get("/chatrooms/super_admin?pagenum=1&pagesize=2").ok();
    assert_eq!(page["data"], json!(["cat", "bob"]));
    assert_eq!((&page["count"], &page["params"]["pagenum"]), (&json!(2), &json!(["1"])));
    assert_eq!(s.get("/chatrooms/super_admin?pagenum=2&pagesize=2").data(), json!(["amy"]));
    let removed = s.delete("/chatrooms/super_admin/bob").data();
    assert_eq!(removed, json!({ "newSuperAdmin": "bob", "resource": "" }));
    s.delete("/chatrooms/super_admin/bob").ok();
    s.delete("/chatrooms/super_admin/zoe").is(404, "resource_not_found");
    s.delete("/users/cat").ok();
    assert_eq!(s.get("/chatrooms/super_admin").data(), json!(["amy"]));
}

#[test]
fn tags_and_mutes_them_in_seconds() {
    let (mut s, id) = room_in(Dialect::Easemob);
    let of = |user: &str| format!("/chatrooms/{id}/users/{user}/tag");
    let mute = format!("/chatrooms/{id}/tag/mute");
    assert_eq!(s.put(&of("amy"), json!({ "tags": ["t1", "t2"] })).data(), json!({ "result": true }));
    assert_eq!(s.put(&mute, json!({ "tag": "t2", "mute_duration": 30 })).data(), json!({ "result": true }));
    assert_eq!(s.get(&of("amy")).data(), json!({ "t1": "0", "t2": (NOW + 30_000).to_string() }));
    assert!(s.sandbox.world("demo#chat").unwrap().is_silenced_in_room(&id, "amy"));
    s.advance(30_000);
    assert!(!s.sandbox.world("demo#chat").unwrap().is_silenced_in_room(&id, "amy"));
    s.put(&mute, json!({ "tag": "t2", "mute_duration": -1 })).ok();
    assert_eq!(s.get(&of("amy")).data()["t2"], "-1");
    s.put(&mute, json!({ "tag": "t2", "mute_duration": 0 })).ok();
    assert_eq!(s.get(&of("amy")).data()["t2"], "0");
    s.put(&of("amy"), json!({ "tags": [] })).ok();
    assert_eq!(s.get(&of("amy")).data(), json!({}));

    let none = error(404, "resource_not_found", "group tag not found");
    assert_eq!(s.put(&mute, json!({ "tag": "t1", "mute_duration": 1 })).refused(), none);
    let long = error(403, "exceed_limit", "tag length exceeds limit!");
    assert_eq!(s.put(&of("amy"), json!({ "tags": ["t".repeat(33)] })).refused(), long);
    assert_eq!(s.put(&mute, json!({ "tag": "t".repeat(33), "mute_duration": 1 })).refused(), long);
    let many = error(403, "exceed_limit", "user group tag count exceed limit");
    assert_eq!(s.put(&of("amy"), json!({ "tags": names("t", 11) })).refused(), many);
    let text = error(400, "invalid_parameter", "tags should be type of List");
    assert_eq!(s.put(&of("amy"), json!({ "tags": "t1" })).refused(), text);
    s.put(&of("cat"), json!({ "tags": [] })).is(400, "forbidden_op");
    s.get(&of("cat")).is(400, "forbidden_op");
    s.get("/chatrooms/0/users/amy/tag").is(404, "resource_not_found");
    let (mut agora, id) = room();
    let off = error(403, "forbidden_op", "Group tag mute is disabled");
    assert_eq!(agora.get(&format!("/chatrooms/{id}/users/amy/tag")).refused(), off);
}
