//! Members, admins and attributes of groups, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{NOW, Tester, sandbox, with_dialect};

/// The path of a group of amy's with bob in it; cat and dan are registered.
fn group(s: &mut Tester) -> (String, String) {
    s.users(&["amy", "bob", "cat", "dan"]);
    let made = s.post("/chatgroups", json!({ "public": true, "owner": "amy", "members": ["bob"] })).data();
    let id = made["groupid"].as_str().unwrap().to_owned();
    (format!("/chatgroups/{id}"), id)
}

/// A group of that many members, the owner included.
fn crowd(s: &mut Tester, count: usize) -> String {
    let names: Vec<String> = (0..count).map(|n| format!("u{n:03}")).collect();
    s.users(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let body = json!({ "public": true, "owner": "u000", "members": names, "maxusers": 2000 });
    let made = s.post("/chatgroups", body).data();
    format!("/chatgroups/{}", made["groupid"].as_str().unwrap())
}

#[test]
fn adds_one() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    let added = s.post(&format!("{path}/users/CAT"), Value::Null).data();
    assert_eq!(added, json!({ "result": true, "groupid": id, "action": "add_member", "user": "cat" }));
    assert_eq!(s.get(&format!("{path}/user/cat/is_joined")).data(), true);
    let again = s.post(&format!("{path}/users/cat"), Value::Null).refused();
    let text = format!("can not join this group, reason:user: cat already in group: {id}\n");
    assert_eq!(again, (403, "forbidden_op".into(), text));
    let stranger = s.post(&format!("{path}/users/zoe"), Value::Null).refused();
    assert_eq!(stranger, (404, "resource_not_found".into(), "username zoe doesn't exist!".into()));
    let nowhere = s.post("/chatgroups/1/users/cat", Value::Null).refused();
    assert_eq!(nowhere, (404, "resource_not_found".into(), "grpID 1 does not exist!".into()));
}

#[test]
fn adds_many() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    let users = format!("{path}/users");
    let added = s.post(&users, json!({ "usernames": ["bob", "cat", "dan", "cat"] })).data();
    assert_eq!(added, json!({ "newmembers": ["cat", "dan"], "groupid": id, "action": "add_member" }));
    s.post(&users, json!({ "usernames": ["bob", "cat"] })).is(403, "forbidden_op");
    s.users(&["eve"]);
    s.post(&users, json!({ "usernames": ["eve", "zoe"] })).is(404, "resource_not_found");
    assert_eq!(s.get(&format!("{path}/user/eve/is_joined")).data(), false, "one who is unknown fails the call");
    s.post(&users, json!({ "usernames": vec!["eve"; 61] })).is(403, "exceed_limit");
    s.post(&users, json!({ "usernames": [] })).is(400, "invalid_parameter");
    s.post(&users, json!({})).is(400, "illegal_argument");
    s.put(&path, json!({ "maxusers": 4 })).ok();
    let full = s.post(&users, json!({ "usernames": ["eve"] })).refused();
    assert_eq!(full, (403, "exceed_limit".into(), "members size is greater than max user size !".into()));
}

#[test]
fn removes_one() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    s.post(&format!("{path}/admin"), json!({ "newadmin": "bob" })).ok();
    s.post(&format!("{path}/white/users/bob"), Value::Null).ok();
    let removed = s.delete(&format!("{path}/users/bob?need_notify=false")).data();
    assert_eq!(removed, json!({ "result": true, "action": "remove_member", "user": "bob", "groupid": id }));
    assert_eq!(s.get(&format!("{path}/admin")).data(), json!([]));
    // The owner is on it.
    assert_eq!(s.get(&format!("{path}/white/users")).data(), json!(["amy"]));
    assert_eq!(s.get("/users/bob/joined_chatgroups").data(), json!([]));
    let again = s.delete(&format!("{path}/users/bob")).refused();
    assert_eq!(again, (403, "forbidden_op".into(), "users [bob] are not members of this group!".into()));
    let owner = s.delete(&format!("{path}/users/amy")).refused();
    assert_eq!(owner, (403, "forbidden_op".into(), "forbidden operation on group owner!".into()));
    s.delete("/chatgroups/1/users/bob").is(404, "resource_not_found");
}

#[test]
fn removes_many_and_reports_each() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    s.post(&format!("{path}/users/cat"), Value::Null).ok();
    let removed = s.delete(&format!("{path}/users/bob,zoe,dan,cat")).data();
    let row = |user: &str| json!({ "result": true, "action": "remove_member", "user": user, "groupid": id });
    let failed = |user: &str, reason: String| json!({ "result": false, "action": "remove_member", "reason": reason, "user": user, "groupid": id });
    let dan = failed("dan", format!("user: dan doesn't exist in group: {id}"));
    assert_eq!(removed, json!([row("bob"), failed("zoe", "user zoe doesn't exist.".into()), dan, row("cat")]));
    let none = s.delete(&format!("{path}/users/bob%2Czoe")).refused();
    assert_eq!(none, (403, "forbidden_op".into(), "users [bob, zoe] are not members of this group!".into()));
    let many = vec!["bob"; 61].join(",");
    let text = s.delete(&format!("{path}/users/{many}")).refused();
    let limit = "kickMember: kickMembers number more than maxSize : 60".to_owned();
    assert_eq!(text, (400, "invalid_parameter".into(), limit));
    s.delete(&format!("{path}/users/bob,amy")).is(403, "forbidden_op");
}

#[test]
fn lists_by_page() {
    let mut s = sandbox();
    let path = crowd(&mut s, 120);
    let page = s.get(&format!("{path}/users")).ok();
    assert_eq!((page["count"].as_u64(), &page["data"][0]), (Some(10), &json!({ "owner": "u000" })));
    let page = s.get(&format!("{path}/users?pagenum=2&pagesize=5")).ok();
    let five: Vec<Value> = (5..10).map(|n| json!({ "member": format!("u{n:03}") })).collect();
    assert_eq!(page["data"], json!(five));
    assert_eq!(page["params"], json!({ "pagenum": ["2"], "pagesize": ["5"] }));
    assert_eq!(s.get(&format!("{path}/users?pagesize=1000")).ok()["count"], 100, "Agora's largest page");
    let last = s.get(&format!("{path}/users?pagenum=13&pagesize=10")).ok();
    assert_eq!((&last["count"], &last["data"]), (&json!(0), &json!([])));
    let backwards = s.get(&format!("{path}/users?pagesize=1&sort=desc&joined_time=true")).data();
    assert_eq!(backwards, json!([{ "member": "u119", "joined_time": NOW }]));
    let nowhere = s.get("/chatgroups/1/users").refused();
    assert_eq!(nowhere, (404, "service_resource_not_found".into(), "do not find this group:1".into()));
    let mut s = with_dialect(Dialect::Easemob);
    let path = crowd(&mut s, 120);
    assert_eq!(s.get(&format!("{path}/users")).ok()["count"], 120, "Easemob's ordinary page");
}

#[test]
fn lists_by_cursor_without_the_owner() {
    let mut s = with_dialect(Dialect::Easemob);
    let path = crowd(&mut s, 26);
    for (sort, mut want) in [("", (1..26).collect::<Vec<_>>()), ("&sort=desc", (1..26).rev().collect())] {
        let (mut cursor, mut pages) = (String::new(), Vec::new());
        loop {
            let page = s.get(&format!("{path}/users?version=v3&limit=10{sort}{cursor}")).ok();
            pages.push(page["data"].as_array().unwrap().len());
            for name in page["data"].as_array().unwrap() {
                assert_eq!(*name, format!("u{:03}", want.remove(0)));
            }
            match page["cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(pages, [10, 10, 5]);
    }
    s.get("/chatgroups/1/users?version=v3&limit=10").is(404, "service_resource_not_found");
}

#[test]
fn tells_who_is_in() {
    let mut s = sandbox();
    let (path, _) = group(&mut s);
    for (name, joined) in [("amy", true), ("BOB", true), ("cat", false), ("zoe", false)] {
        assert_eq!(s.get(&format!("{path}/user/{name}/is_joined")).data(), joined, "{name}");
    }
    assert_eq!(s.get("/chatgroups/1/user/amy/is_joined").data(), false);
}

#[test]
fn has_admins() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    let admin = format!("{path}/admin");
    let made = s.post(&admin, json!({ "newadmin": "Bob" })).ok();
    assert_eq!(made["data"], json!({ "result": "success", "newadmin": "bob" }));
    let listed = s.get(&admin).ok();
    assert_eq!((&listed["data"], &listed["count"]), (&json!(["bob"]), &json!(1)));
    let shown = s.get(&path).data();
    assert_eq!(shown[0]["affiliations"][1], json!({ "member": "bob" }), "admins are shown as members");
    let stranger = s.post(&admin, json!({ "newadmin": "cat" })).refused();
    assert_eq!(stranger, (404, "resource_not_found".into(), format!("user: cat doesn't exist in group: {id}")));
    assert_eq!(s.delete(&format!("{admin}/bob")).data(), json!({ "result": "success", "oldadmin": "bob" }));
    let again = s.delete(&format!("{admin}/bob")).refused();
    assert_eq!(again, (403, "forbidden_op".into(), format!("user:bob is not admin of group:{id}")));
    s.get("/chatgroups/1/admin").is(404, "resource_not_found");
    s.post("/chatgroups/1/admin", json!({ "newadmin": "bob" })).is(404, "resource_not_found");
    s.delete("/chatgroups/1/admin/bob").is(404, "resource_not_found");
}

#[test]
fn has_99_admins_at_most() {
    let mut s = sandbox();
    let path = crowd(&mut s, 101);
    for n in 1..100 {
        s.post(&format!("{path}/admin"), json!({ "newadmin": format!("u{n:03}") })).ok();
    }
    s.post(&format!("{path}/admin"), json!({ "newadmin": "u100" })).is(403, "exceed_limit");
}

#[test]
fn notes_attributes_of_members() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    let bob = format!("/metadata/chatgroup/{id}/user/bob");
    let set = s.put(&bob, json!({ "metaData": { "nick": "B", "role": "cook" } })).ok();
    assert_eq!(set["data"], json!({ "nick": "B", "role": "cook" }));
    assert!(set.get("action").is_none() && set.get("duration").is_some(), "the short envelope: {set}");
    assert_eq!(s.put(&bob, json!({ "metaData": { "role": "", "x": "1" } })).data(), json!({ "x": "1" }));
    assert_eq!(s.get(&bob).data(), json!({ "nick": "B", "x": "1" }));
    s.delete(&format!("{path}/users/bob")).ok();
    let gone = s.get(&bob).refused();
    assert_eq!(gone, (404, "MetadataException".into(), "user not in group".into()));
    s.post(&format!("{path}/users/bob"), Value::Null).ok();
    assert_eq!(s.get(&bob).data(), json!({}), "attributes go with the member");
}

#[test]
fn refuses_bad_attributes() {
    let mut s = sandbox();
    let (_, id) = group(&mut s);
    let bob = format!("/metadata/chatgroup/{id}/user/bob");
    let mut refused = |data: Value| {
        let (status, error, text) = s.put(&bob, json!({ "metaData": data })).refused();
        assert_eq!((status, error.as_str()), (400, "metadata_error"));
        text
    };
    assert_eq!(refused(json!({ "k".repeat(17): "v" })), "exceeds chatgroup user metadata single key limit");
    assert_eq!(refused(json!({ "k": "v".repeat(513) })), "exceeds chatgroup user metadata single value limit");
    refused(json!({ "a-b": "v" }));
    refused(json!({ "": "v" }));
    let many: Value =
        (0..8).map(|n| (format!("key{n}"), Value::from("v".repeat(512)))).collect::<serde_json::Map<_, _>>().into();
    refused(many);
    assert_eq!(s.get(&bob).data(), json!({}));
    s.put(&bob, json!({ "metaData": { "k": ["v"] } })).is(400, "illegal_argument");
    s.put("/metadata/chatgroup/1/user/bob", json!({ "metaData": { "k": "v" } })).is(404, "metadata_error");
}

#[test]
fn notes_attributes_of_many() {
    let mut s = with_dialect(Dialect::Easemob);
    let (path, id) = group(&mut s);
    s.post(&format!("{path}/users/cat"), Value::Null).ok();
    let batch = format!("/metadata/chatgroup/{id}/users/batch");
    let row = |name: &str, data: Value| json!({ "username": name, "metadata": data });
    let body = json!([
        row("bob", json!({ "a": "1", "b": "2" })),
        row("cat", json!({ "c": "3", "d": "" })),
        row("bob", json!({ "b": "4" })),
    ]);
    assert_eq!(
        s.put(&batch, body).data(),
        json!({
            "updateMetadataFailed:": [],
            "updateMetadataSucceeded:": [row("bob", json!({ "a": "1", "b": "4" })), row("cat", json!({ "c": "3" }))],
        })
    );
    let strangers =
        s.put(&batch, json!([row("bob", json!({})), row("dan", json!({})), row("zoe", json!({}))])).refused();
    assert_eq!(strangers, (400, "metadata_error".into(), "Some users are not in the group: dan,zoe".into()));
    let text = s.put(&batch, vec![row("bob", json!({})); 21].into()).refused().2;
    assert_eq!(text, "exceeds chatgroup metadata batch put users limit");
    s.put("/metadata/chatgroup/1/users/batch", json!([])).is(404, "metadata_error");
    let get = format!("/metadata/chatgroup/{id}/get");
    let all = s.post(&get, json!({ "targets": ["bob", "cat", "amy", "dan"], "properties": [] })).data();
    assert_eq!(all, json!({ "bob": { "a": "1", "b": "4" }, "cat": { "c": "3" }, "amy": {} }));
    let some = s.post(&get, json!({ "targets": ["bob", "cat"], "properties": ["a", "c"] })).data();
    assert_eq!(some, json!({ "bob": { "a": "1" }, "cat": { "c": "3" } }));
    let many = s.post(&get, json!({ "targets": vec!["bob"; 11], "properties": [] })).refused();
    assert_eq!(many, (400, "metadata_error".into(), "query param reaches limit.".into()));
}
