//! Chat rooms and their members, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{NOW, Tester, room_in, sandbox, with_dialect};

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
fn creates_shows_and_deletes() {
    let (mut s, id) = room();
    let body = s.get(&format!("/chatrooms/{id}")).ok();
    assert_eq!(body["count"], 1);
    let shown = &body["data"][0];
    assert_eq!((&shown["id"], &shown["name"], &shown["owner"]), (&json!(id), &json!("Salon"), &json!("olga")));
    assert_eq!((&shown["maxusers"], &shown["created"], &shown["mute"]), (&json!(1000), &json!(NOW), &json!(false)));
    assert_eq!(shown["affiliations_count"], 3);
    assert_eq!(shown["affiliations"], json!([{ "owner": "olga" }, { "member": "amy" }, { "member": "bob" }]));
    assert_eq!(s.delete(&format!("/chatrooms/{id}")).data(), json!({ "success": true, "id": id }));
    let gone = format!("grpID {id} does not exist!");
    assert_eq!(s.delete(&format!("/chatrooms/{id}")).refused(), error(404, "resource_not_found", gone));
    let unread = format!("do not find this group:{id}");
    assert_eq!(s.get(&format!("/chatrooms/{id}")).refused(), error(404, "service_resource_not_found", unread));
    assert_eq!(s.get("/users/amy/joined_chatrooms").data(), json!([]));
}

#[test]
fn refuses_bad_rooms() {
    let mut s = sandbox();
    s.users(&["olga", "amy"]);
    let mut refused = |body: Value| s.post("/chatrooms", body).refused();
    assert_eq!(
        refused(json!({ "description": "d", "owner": "olga" })),
        error(400, "invalid_parameter", "name must be provided")
    );
    assert_eq!(
        refused(json!({ "name": "n", "description": "d" })),
        error(400, "invalid_parameter", "owner must be provided")
    );
    let with = |key: &str, value: Value| {
        let mut body = json!({ "name": "n", "description": "d", "owner": "olga" });
        body[key] = value;
        body
    };
    let unknown = error(404, "resource_not_found", "username zoe doesn't exist!");
    assert_eq!(refused(with("owner", json!("zoe"))), unknown);
    assert_eq!(refused(with("members", json!(["amy", "zoe"]))), unknown);
    assert_eq!(refused(with("name", json!("n".repeat(129)))).1, "exceed_limit");
    assert_eq!(refused(with("description", json!("n".repeat(513)))).1, "exceed_limit");
    assert_eq!(refused(with("custom", json!("n".repeat(8193)))).1, "exceed_limit");
    assert_eq!(refused(with("maxusers", json!(10_001))).1, "exceed_limit");
    assert_eq!(refused(with("roomid", json!("Not_Legal"))).1, "invalid_parameter");
    let full = json!({ "name": "n", "description": "d", "owner": "olga", "maxusers": 1, "members": ["amy"] });
    let text = "members size is greater than max user size !";
    assert_eq!(refused(full), error(403, "exceed_limit", text));
    // The official Java SDK sends an empty list, `scale` and `need_verify`, and asks for IDs as `groupid`.
    let sdk = json!({
        "name": "n", "description": "d", "owner": "olga", "members": [], "scale": "large", "need_verify": true,
        "groupid": "myroom1", "custom": "c",
    });
    assert_eq!(s.post("/chatrooms", sdk).data(), json!({ "id": "myroom1" }));
    assert_eq!(s.get("/chatrooms/myroom1").data()[0]["custom"], "c");
    let taken = error(400, "illegal_argument", "group ID myroom1 already exists!");
    assert_eq!(s.post("/chatrooms", with("roomid", json!("myroom1"))).refused(), taken);
}

#[test]
fn fetches_many() {
    let (mut s, id) = room();
    s.post("/chatrooms", json!({ "name": "n", "description": "d", "owner": "cat", "roomid": "two" })).ok();
    let both = s.get(&format!("/chatrooms/{id}%2Ctwo,three")).ok();
    assert_eq!((&both["count"], &both["data"][1]["id"]), (&json!(2), &json!("two")));
    s.get(&format!("/chatrooms/{}", names("r", 101).join("%2C"))).is(400, "invalid_parameter");
}

#[test]
fn lists_the_newest_first() {
    let mut s = sandbox();
    s.users(&["olga", "amy"]);
    for id in ["a", "b", "c"] {
        s.post("/chatrooms", json!({ "name": id, "description": "", "owner": "olga", "roomid": id })).ok();
    }
    let first = s.get("/chatrooms?limit=2").ok();
    assert_eq!(first["properties"], json!({}));
    let summary = json!({ "id": "c", "name": "c", "owner": "olga", "affiliations_count": 1, "disabled": false });
    assert_eq!(first["data"][0], summary);
    assert_eq!((&first["count"], &first["params"]), (&json!(2), &json!({ "limit": ["2"] })));
    let last = s.get(&format!("/chatrooms?limit=2&cursor={}", first["cursor"].as_str().unwrap())).ok();
    assert_eq!((&last["data"][0]["id"], last.get("cursor")), (&json!("a"), None));
    assert_eq!(s.get("/chatrooms?pagenum=2&pagesize=2").data()[0]["id"], "a");
    s.get("/chatrooms?limit=101").is(400, "illegal_argument");
    with_dialect(Dialect::Easemob).get("/chatrooms?limit=1001").ok();

    s.post("/chatrooms/a/users/amy", json!(null)).ok();
    s.post("/chatrooms/c/users/amy", json!(null)).ok();
    let joined = s.get("/users/AMY/joined_chatrooms").data();
    assert_eq!(
        joined,
        json!([{ "id": "c", "name": "c", "disabled": false }, { "id": "a", "name": "a", "disabled": false }])
    );
    assert_eq!(s.get("/users/amy/joined_chatrooms?pagenum=2&pagesize=1").data()[0]["id"], "a");
    // The owner is among those who have joined.
    assert_eq!(s.get("/users/olga/joined_chatrooms").ok()["count"], 3);
    s.get("/users/zoe/joined_chatrooms").is(404, "service_resource_not_found");
}

#[test]
fn changes_what_is_sent() {
    let (mut s, id) = room();
    let path = format!("/chatrooms/{id}");
    assert_eq!(s.put(&path, json!({ "name": "Bar" })).data(), json!({ "groupname": true }));
    let all = json!({ "name": "Café", "description": "new", "maxusers": 3 });
    assert_eq!(s.put(&path, all).data(), json!({ "groupname": true, "description": true, "maxusers": true }));
    // Not below those who are in it.
    assert_eq!(s.put(&path, json!({ "maxusers": 2 })).data(), json!({ "maxusers": false }));
    let shown = s.get(&path).data()[0].take();
    assert_eq!((&shown["name"], &shown["description"], &shown["maxusers"]), (&json!("Café"), &json!("new"), &json!(3)));
    let odd = error(400, "invalid_parameter", "some of [chatroom_id] are not valid fields");
    assert_eq!(s.put(&path, json!({ "chatroom_id": "x" })).refused(), odd);
    let sdk = s.put(&path, json!({ "maxusers": 100, "custom": "c", "need_verify": true })).data();
    assert_eq!(sdk, json!({ "maxusers": true, "custom": true, "need_verify": true }));
    assert_eq!(s.get(&path).data()[0]["custom"], "c");
    let long = s.put(&path, json!({ "name": "n".repeat(129) })).refused();
    assert_eq!(long, error(403, "exceed_limit", "title cannot exceed to 128"));
    s.put(&path, json!({ "description": "n".repeat(513) })).is(403, "exceed_limit");
    s.put(&path, json!({ "maxusers": 10_001 })).is(403, "exceed_limit");
    s.put("/chatrooms/0", json!({ "name": "n" })).is(404, "resource_not_found");
}

#[test]
fn changes_hands() {
    let (mut s, id) = room_in(Dialect::Easemob);
    let path = format!("/chatrooms/{id}");
    let same = error(403, "forbidden_op", "new owner and old owner are the same");
    assert_eq!(s.put(&path, json!({ "newowner": "olga" })).refused(), same);
    s.put(&path, json!({ "newowner": "cat" })).is(403, "forbidden_op");
    s.put(&path, json!({ "newowner": "zoe" })).is(404, "resource_not_found");
    s.put("/chatrooms/0", json!({ "newowner": "amy" })).is(404, "resource_not_found");
    s.post(&format!("{path}/admin"), json!({ "newadmin": "amy" })).ok();
    assert_eq!(s.put(&path, json!({ "newowner": "amy" })).data(), json!({ "newowner": true }));
    let shown = s.get(&path).data()[0].take();
    assert_eq!(shown["affiliations"], json!([{ "member": "olga" }, { "owner": "amy" }, { "member": "bob" }]));
    assert_eq!(s.get(&format!("{path}/admin")).data(), json!([]));
}

#[test]
fn announces() {
    let (mut s, id) = room();
    let path = format!("/chatrooms/{id}/announcement");
    assert_eq!(s.get(&path).data(), json!({ "announcement": "" }));
    assert_eq!(s.post(&path, json!({ "announcement": "hear" })).data(), json!({ "id": id, "result": true }));
    assert_eq!(s.get(&path).data(), json!({ "announcement": "hear" }));
    let long = s.post(&path, json!({ "announcement": "x".repeat(513) })).refused();
    assert_eq!(long, error(403, "forbidden_op", "announce info length exceeds limit!"));
    s.get("/chatrooms/0/announcement").is(404, "resource_not_found");
}

#[test]
fn adds_and_removes_members() {
    let (mut s, id) = room();
    let users = format!("/chatrooms/{id}/users");
    let added = s.post(&format!("{users}/Cat"), json!(null)).data();
    assert_eq!(added, json!({ "result": true, "action": "add_member", "user": "cat", "id": id }));
    s.post(&format!("{users}/cat"), json!(null)).ok();
    let unknown = error(404, "resource_not_found", "username zoe doesn't exist!");
    assert_eq!(s.post(&format!("{users}/zoe"), json!(null)).refused(), unknown);
    s.post("/chatrooms/0/users/cat", json!(null)).is(404, "resource_not_found");

    let removed = s.delete(&format!("{users}/cat")).data();
    assert_eq!(removed, json!({ "result": true, "action": "remove_member", "user": "cat", "id": id }));
    let outside = error(400, "forbidden_op", "users [cat] are not members of this group!");
    assert_eq!(s.delete(&format!("{users}/cat")).refused(), outside);
    s.delete(&format!("{users}/olga")).is(403, "forbidden_op");
    assert_eq!(s.delete(&format!("{users}/zoe")).refused(), unknown);

    let many = s.post(&users, json!({ "usernames": ["amy", "cat"] })).data();
    assert_eq!(many, json!({ "newmembers": ["amy", "cat"], "action": "add_member", "id": id }));
    assert_eq!(s.post(&users, json!({ "usernames": ["zoe", "cat"] })).refused(), unknown);
    let too_many = error(400, "invalid_parameter", "addMembers: addMembers number more than maxSize : 60");
    assert_eq!(s.post(&users, json!({ "usernames": names("u", 61) })).refused(), too_many);

    s.delete(&format!("{users}/amy")).ok();
    let mixed = s.delete(&format!("{users}/amy%2Ccat")).data();
    let reason = format!("user: amy doesn't exist in group: {id}");
    let failed = json!({ "result": false, "action": "remove_member", "reason": reason, "user": "amy", "id": id });
    assert_eq!(mixed[0], failed);
    assert_eq!(mixed[1], json!({ "result": true, "action": "remove_member", "user": "cat", "id": id }));
    let none = s.delete(&format!("{users}/amy,cat")).refused();
    assert_eq!(none, error(400, "forbidden_op", "users [amy, cat] are not members of this group!"));
    s.delete(&format!("{users}/{}", names("u", 101).join("%2C"))).is(400, "invalid_parameter");
    assert_eq!(s.get(&format!("/chatrooms/{id}")).data()[0]["affiliations_count"], 2);
}

#[test]
fn a_room_has_its_size() {
    let (mut s, id) = room();
    s.put(&format!("/chatrooms/{id}"), json!({ "maxusers": 3 })).ok();
    s.post(&format!("/chatrooms/{id}/users/cat"), json!(null)).is(403, "exceed_limit");
    s.post(&format!("/chatrooms/{id}/users"), json!({ "usernames": ["amy"] })).ok();
    s.delete(&format!("/chatrooms/{id}/users/amy")).ok();
    s.post(&format!("/chatrooms/{id}/users/cat"), json!(null)).ok();
}

#[test]
fn lists_members_by_page_and_by_cursor() {
    let (mut s, id) = room_in(Dialect::Easemob);
    s.post(&format!("/chatrooms/{id}/users/cat"), json!(null)).ok();
    let users = format!("/chatrooms/{id}/users");
    let page = s.get(&format!("{users}?pagenum=1&pagesize=2")).ok();
    assert_eq!(page["data"], json!([{ "owner": "olga" }, { "member": "amy" }]));
    assert_eq!((&page["count"], &page["params"]), (&json!(2), &json!({ "pagenum": ["1"], "pagesize": ["2"] })));
    assert_eq!(s.get(&format!("{users}?pagenum=2&pagesize=2")).ok()["count"], 2);
    assert_eq!(s.get(&format!("{users}?pagenum=3&pagesize=2")).data(), json!([]));
    assert_eq!(s.get(&users).ok()["count"], 4);
    let missing = error(404, "service_resource_not_found", "do not find this group:0");
    assert_eq!(s.get("/chatrooms/0/users").refused(), missing);
    s.get(&format!("{users}?pagenum=0")).is(400, "illegal_argument");

    // The v3 form leaves the owner out.
    let newest = s.get(&format!("{users}?version=v3&limit=2")).ok();
    assert_eq!(newest["data"], json!(["cat", "bob"]));
    let cursor = newest["cursor"].as_str().unwrap();
    let rest = s.get(&format!("{users}?version=v3&limit=2&cursor={cursor}")).ok();
    assert_eq!((&rest["data"], rest.get("cursor")), (&json!(["amy"]), None));
    let oldest = s.get(&format!("{users}?version=v3&limit=1&sort=asc")).ok();
    assert_eq!(oldest["data"], json!(["amy"]));
    let cursor = oldest["cursor"].as_str().unwrap();
    assert_eq!(s.get(&format!("{users}?version=v3&limit=5&cursor={cursor}&sort=asc")).data(), json!(["bob", "cat"]));
}

#[test]
fn a_user_who_is_gone_is_in_no_room() {
    let (mut s, id) = room();
    s.post(&format!("/chatrooms/{id}/mute"), json!({ "usernames": ["amy", "bob"], "mute_duration": -1 })).ok();
    s.post(&format!("/chatrooms/{id}/blocks/users/bob"), json!(null)).ok();
    s.post(&format!("/chatrooms/{id}/admin"), json!({ "newadmin": "amy" })).ok();
    s.delete("/users/amy").ok();
    s.delete("/users/bob").ok();
    let shown = s.get(&format!("/chatrooms/{id}")).data()[0].take();
    assert_eq!((&shown["affiliations_count"], &shown["affiliations"]), (&json!(1), &json!([{ "owner": "olga" }])));
    for list in ["mute", "admin", "blocks/users"] {
        assert_eq!(s.get(&format!("/chatrooms/{id}/{list}")).data(), json!([]), "{list}");
    }
    // With the owner the room goes.
    s.post(&format!("/chatrooms/{id}/users/cat"), json!(null)).ok();
    s.delete("/users/olga").ok();
    s.get(&format!("/chatrooms/{id}")).is(404, "service_resource_not_found");
    assert_eq!(s.get("/users/cat/joined_chatrooms").data(), json!([]));
    assert_eq!(s.get("/chatrooms").data(), json!([]));
    // Nothing of it is left.
    let tables = s.get("/__sandbox/export").ok()["apps"]["demo#chat"]["tables"].take();
    let left: Vec<&String> = tables.as_object().unwrap().keys().filter(|k| k.starts_with("room")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn members_who_are_offline_for_two_minutes_leave() {
    let (mut s, id) = room_in(Dialect::Agora);
    let room = format!("/chatrooms/{id}");
    s.post(&format!("{room}/users"), json!({ "usernames": ["amy", "bob", "cat"] })).ok();
    s.post(&format!("{room}/white/users/cat"), json!(null)).ok();
    s.put(&format!("/metadata/chatroom/{id}/user/amy"), json!({ "metaData": { "seat": "1" } })).ok();
    let device = |name: &str| json!({ "username": name, "resource": "web_1" });
    let online = |s: &mut Tester, name: &str| drop(s.post("/__sandbox/devices", device(name)).ok());
    let offline = |s: &mut Tester, name: &str| drop(s.delete_with("/__sandbox/devices", device(name)).ok());
    let members = |s: &mut Tester| s.get(&format!("{room}/users?version=v3&limit=10&sort=asc")).data();
    for name in ["olga", "amy", "cat"] {
        online(&mut s, name);
        offline(&mut s, name);
    }
    s.advance(119_000);
    assert_eq!(members(&mut s), json!(["amy", "bob", "cat"]));
    // Back in time, and gone again: the two minutes start anew.
    online(&mut s, "amy");
    offline(&mut s, "amy");
    s.advance(119_000);
    assert_eq!(members(&mut s), json!(["amy", "bob", "cat"]));
    s.advance(1_000);
    // Bob was never online, Cat is on the allow list, and so is the owner.
    assert_eq!(members(&mut s), json!(["bob", "cat"]));
    assert_eq!(s.post(&format!("/metadata/chatroom/{id}"), json!({})).data(), json!({}));
    assert_eq!(s.get("/users/amy/joined_chatrooms").data(), json!([]));
    assert_eq!(s.get(&room).data()[0]["owner"], "olga");
    // Who is online stays.
    s.post(&format!("{room}/users/amy"), json!(null)).ok();
    online(&mut s, "amy");
    s.advance(500_000);
    assert_eq!(members(&mut s), json!(["bob", "cat", "amy"]));
}
