//! Block lists, allow lists and mutes of groups, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use serde_json::{Value, json};
use support::{NOW, Tester, sandbox, strict, with_dialect};

/// The path and ID of a group of amy's with bob and cat in it; dan is registered.
fn group(s: &mut Tester) -> (String, String) {
    s.users(&["amy", "bob", "cat", "dan"]);
    let made = s.post("/chatgroups", json!({ "public": true, "owner": "amy", "members": ["bob", "cat"] })).data();
    let id = made["groupid"].as_str().unwrap().to_owned();
    (format!("/chatgroups/{id}"), id)
}

fn forbidden(text: &str) -> (u16, String, String) {
    (403, "forbidden_op".into(), text.into())
}

fn invalid(text: &str) -> (u16, String, String) {
    (400, "invalid_parameter".into(), text.into())
}

#[test]
fn blocks_and_unblocks() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    let blocks = format!("{path}/blocks/users");
    let row = |action: &str| json!({ "result": true, "action": action, "user": "bob", "groupid": id });
    assert_eq!(s.post(&format!("{blocks}/bob"), Value::Null).data(), row("add_blocks"));
    assert_eq!(s.get(&format!("{path}/user/bob/is_joined")).data(), false, "who is blocked is out");
    let listed = s.get(&blocks).ok();
    assert_eq!((&listed["data"], &listed["count"]), (&json!(["bob"]), &json!(1)));
    let twice = s.post(&format!("{blocks}/bob"), Value::Null).refused();
    assert_eq!(twice, forbidden("users [bob] are not members of this group!"));
    let owner = s.post(&format!("{blocks}/amy"), Value::Null).refused();
    assert_eq!(owner, forbidden("forbidden operation on group owner!"));
    assert_eq!(s.delete(&format!("{blocks}/bob")).data(), row("remove_blocks"));
    assert_eq!(s.get(&format!("{path}/user/bob/is_joined")).data(), false, "unblocking brings nobody back");
    let twice = s.delete(&format!("{blocks}/bob")).refused();
    assert_eq!(twice, forbidden("users [bob] are not members of this group!"));
    // Adding one who is blocked takes the user off the list.
    s.post(&format!("{blocks}/cat"), Value::Null).ok();
    s.post(&format!("{path}/users/cat"), Value::Null).ok();
    assert_eq!(s.get(&blocks).data(), json!([]));
}

#[test]
fn blocks_many_and_reports_each() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    let blocks = format!("{path}/blocks/users");
    let outcome = s.post(&blocks, json!({ "usernames": ["dan", "bob"] })).data();
    let reason = format!("user: dan doesn't exist in group: {id}");
    assert_eq!(
        outcome,
        json!([
            { "result": false, "action": "add_blocks", "reason": reason, "user": "dan", "groupid": id },
            { "result": true, "action": "add_blocks", "user": "bob", "groupid": id },
        ])
    );
    // One in the list is answered as one.
    let cat = json!({ "result": true, "action": "add_blocks", "user": "cat", "groupid": id });
    assert_eq!(s.post(&blocks, json!({ "usernames": ["cat"] })).data(), cat);
    s.post(&format!("{path}/users/cat"), Value::Null).ok();
    let none = s.post(&blocks, json!({ "usernames": ["dan", "zoe"] })).refused();
    assert_eq!(none, forbidden("users [dan, zoe] are not members of this group!"));
    let owner = s.post(&blocks, json!({ "usernames": ["cat", "amy"] })).refused();
    assert_eq!(owner, forbidden("forbidden operation on group owner!"));
    let many = s.post(&blocks, json!({ "usernames": vec!["cat"; 61] })).refused();
    assert_eq!(many, invalid("userNames is more than max limit : 60"));
    let off = s.delete(&format!("{blocks}/bob%2Cdan")).data();
    assert_eq!((&off[0]["result"], &off[1]["result"]), (&json!(true), &json!(false)));
    let none = s.delete(&format!("{blocks}/bob,dan")).refused();
    assert_eq!(none, forbidden("users [bob, dan] are not members of this group!"));
    let many = s.delete(&format!("{blocks}/{}", vec!["bob"; 61].join(","))).refused();
    assert_eq!(many, invalid("removeBlacklist: list size more than max limit : 60"));
}

#[test]
fn lists_the_blocked_by_page() {
    let mut s = sandbox();
    let (path, _) = group(&mut s);
    let blocks = format!("{path}/blocks/users");
    s.post(&format!("{path}/users/dan"), Value::Null).ok();
    for name in ["bob", "cat", "dan"] {
        s.post(&format!("{blocks}/{name}"), Value::Null).ok();
    }
    let all = s.get(&blocks).ok();
    assert_eq!((&all["data"], all.get("cursor")), (&json!(["dan", "cat", "bob"]), None));
    let page = s.get(&format!("{blocks}?pageSize=2")).ok();
    assert_eq!((&page["data"], &page["count"]), (&json!(["dan", "cat"]), &json!(2)));
    let cursor = page["cursor"].as_str().unwrap();
    let page = s.get(&format!("{blocks}?pageSize=2&cursor={cursor}")).ok();
    assert_eq!((&page["data"], page.get("cursor")), (&json!(["bob"]), None));
}

#[test]
fn allows_and_forgets() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    let white = format!("{path}/white/users");
    let row = |user: &str, action: &str| json!({ "result": true, "action": action, "user": user, "groupid": id });
    assert_eq!(s.post(&format!("{white}/cat"), Value::Null).data(), row("cat", "add_user_whitelist"));
    let many = s.post(&white, json!({ "usernames": ["bob", "dan", "cat"] })).data();
    let reason = format!("user: dan doesn't exist in group: {id}");
    let failed =
        json!({ "result": false, "action": "add_user_whitelist", "reason": reason, "user": "dan", "groupid": id });
    assert_eq!(many, json!([row("bob", "add_user_whitelist"), failed, row("cat", "add_user_whitelist")]));
    let listed = s.get(&white).ok();
    assert_eq!((&listed["data"], &listed["count"]), (&json!(["amy", "cat", "bob"]), &json!(3)));
    // An admin is on it anyway, and once.
    s.post(&format!("{path}/admin"), json!({ "newadmin": "bob" })).ok();
    assert_eq!(s.get(&white).data(), json!(["amy", "bob", "cat"]));
    s.delete(&format!("{path}/admin/bob")).ok();
    assert_eq!(s.delete(&format!("{white}/cat")).data(), json!([row("cat", "remove_user_whitelist")]));
    let gone = s.delete(&format!("{white}/cat,bob")).data();
    assert_eq!((&gone[0]["result"], &gone[1]), (&json!(false), &row("bob", "remove_user_whitelist")));
    let text = "users [bob] are not members of this group!";
    assert_eq!(s.delete(&format!("{white}/bob")).refused(), forbidden(text));
    let text = "users [dan] are not members of this group!";
    assert_eq!(s.post(&format!("{white}/dan"), Value::Null).refused(), forbidden(text));
    let many = s.post(&white, json!({ "usernames": vec!["cat"; 61] })).refused();
    assert_eq!(many, invalid("usernames size is more than max limit : 60"));
    let many = s.delete(&format!("{white}/{}", vec!["cat"; 61].join(","))).refused();
    assert_eq!(many, invalid("removeWhitelist size is more than max limit : 60"));
    s.get("/chatgroups/1/white/users").is(404, "resource_not_found");
}

#[test]
fn mutes_for_a_time() {
    let mut s = sandbox();
    let (path, _) = group(&mut s);
    let mute = format!("{path}/mute");
    let done = s.post(&mute, json!({ "usernames": ["bob"], "mute_duration": 60_000 })).data();
    assert_eq!(done, json!([{ "result": true, "expire": NOW + 60_000, "user": "bob" }]));
    s.post(&mute, json!({ "usernames": ["cat"], "mute_duration": -1 })).ok();
    let listed = s.get(&mute).data();
    let for_ever = json!({ "expire": 4_638_873_600_000_u64, "user": "cat" });
    assert_eq!(listed, json!([{ "expire": NOW + 60_000, "user": "bob" }, for_ever]));
    // A mute outlasts leaving and joining again, and ends by itself.
    s.delete(&format!("{path}/users/bob")).ok();
    s.post(&format!("{path}/users/bob"), Value::Null).ok();
    assert_eq!(s.get(&mute).data().as_array().unwrap().len(), 2);
    s.advance(60_000);
    assert_eq!(s.get(&mute).data(), json!([for_ever]));
    assert_eq!(s.delete(&format!("{mute}/cat")).data(), json!([{ "result": true, "user": "cat" }]));
    let again = s.delete(&format!("{mute}/cat,bob")).data();
    assert_eq!(again, json!([{ "result": false, "user": "cat" }, { "result": false, "user": "bob" }]));
}

#[test]
fn a_mute_of_no_time_unmutes() {
    let mut s = sandbox();
    let (path, _) = group(&mut s);
    let mute = format!("{path}/mute");
    s.post(&mute, json!({ "usernames": ["bob"], "mute_duration": -1 })).ok();
    s.post(&mute, json!({ "usernames": ["bob"], "mute_duration": 0 })).ok();
    assert_eq!(s.get(&mute).data(), json!([]));
}

#[test]
fn refuses_bad_mutes() {
    let mut s = sandbox();
    let (path, _) = group(&mut s);
    let mute = format!("{path}/mute");
    let mut refused = |names: Value| s.post(&mute, json!({ "usernames": names, "mute_duration": 1000 })).refused();
    assert_eq!(refused(json!(["dan", "zoe"])), forbidden("users [dan, zoe] are not members of this group!"));
    assert_eq!(refused(json!(["bob", "amy"])), forbidden("forbidden operation on group owner!"));
    assert_eq!(refused(json!(vec!["bob"; 61])), invalid("userNames size is more than max limit : 60"));
    let some = s.post(&mute, json!({ "usernames": ["bob", "dan"], "mute_duration": 1000 })).data();
    assert_eq!((&some[0]["result"], &some[1]), (&json!(true), &json!({ "result": false, "user": "dan" })));
    s.post(&mute, json!({ "usernames": ["bob"], "mute_duration": -2 })).is(400, "illegal_argument");
    s.post(&mute, json!({ "usernames": ["bob"] })).is(400, "illegal_argument");
    let many = s.delete(&format!("{mute}/{}", vec!["bob"; 61].join(","))).refused();
    assert_eq!(many, invalid("removeMute member size more than max limit : 60"));
    s.get("/chatgroups/1/mute").is(404, "resource_not_found");
    s.delete("/chatgroups/1/mute/bob").is(404, "resource_not_found");
}

#[test]
fn mutes_all_but_those_who_are_free() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    s.post(&format!("{path}/users/dan"), Value::Null).ok();
    s.post(&format!("{path}/admin"), json!({ "newadmin": "bob" })).ok();
    s.post(&format!("{path}/white/users/cat"), Value::Null).ok();
    let muted = |s: &mut Tester| {
        let world = s.sandbox.world("demo#chat").unwrap();
        ["amy", "bob", "cat", "dan"].map(|name| world.is_muted_in_group(&id, name))
    };
    assert_eq!(muted(&mut s), [false; 4]);
    let done = s.post(&format!("{path}/ban"), Value::Null).ok();
    assert_eq!((&done["data"], &done["action"]), (&json!({ "mute": true }), &json!("put")));
    assert_eq!(s.get(&path).data()[0]["mute"], true);
    assert_eq!(s.get(&format!("{path}/mute")).data(), json!([]), "the list of mutes is another");
    assert_eq!(muted(&mut s), [false, false, false, true]);
    // The allow list does not help against a mute of one's own, nor against one in the whole app.
    s.post(&format!("{path}/mute"), json!({ "usernames": ["cat"], "mute_duration": -1 })).ok();
    s.post("/mutes", json!({ "username": "bob", "groupchat": -1 })).ok();
    assert_eq!(muted(&mut s), [false, true, true, true]);
    assert_eq!(s.delete(&format!("{path}/ban")).data(), json!({ "mute": false }));
    assert_eq!(muted(&mut s), [false, true, true, false]);
    s.post("/chatgroups/1/ban", Value::Null).is(404, "resource_not_found");
    s.delete("/chatgroups/1/ban").is(404, "resource_not_found");
}

#[test]
fn lifts_the_mute_of_all_by_the_older_method_too() {
    let mut s = with_dialect(Dialect::Easemob);
    let (path, _) = group(&mut s);
    assert_eq!(s.post(&format!("{path}/ban"), Value::Null).ok()["action"], "post");
    let lifted = s.put(&format!("{path}/ban"), Value::Null).ok();
    assert_eq!((&lifted["data"], &lifted["action"]), (&json!({ "mute": false }), &json!("put")));
}

#[test]
fn a_users_groups_are_listed_at_each_vendors_rate() {
    for (dialect, rate) in [(Dialect::Agora, 100), (Dialect::Easemob, 50)] {
        let mut s = strict(dialect);
        s.users(&["amy"]);
        for _ in 0..rate {
            s.get("/users/amy/joined_chatgroups").ok();
        }
        s.get("/users/amy/joined_chatgroups").is(429, "reach_limit");
    }
}

#[test]
fn nothing_is_held_against_a_user_who_is_deleted_or_in_a_group_that_is() {
    let mut s = sandbox();
    s.users(&["olga", "amy", "bob"]);
    let made = json!({ "groupname": "g", "public": true, "owner": "olga", "members": ["amy", "bob"] });
    let groups: Vec<String> = (0..2)
        .map(|_| format!("/chatgroups/{}", s.post("/chatgroups", made.clone()).data()["groupid"].as_str().unwrap()))
        .collect();
    for group in &groups {
        s.post(&format!("{group}/mute"), json!({ "usernames": ["amy", "bob"], "mute_duration": -1 })).ok();
        s.post(&format!("{group}/blocks/users/amy"), Value::Null).ok();
        s.delete(&format!("{group}/mute/bob")).ok();
    }
    s.delete("/users/amy").ok();
    s.users(&["amy"]);
    for group in &groups {
        assert_eq!(s.get(&format!("{group}/blocks/users")).data(), json!([]));
        assert_eq!(s.get(&format!("{group}/mute")).data(), json!([]));
        s.post(&format!("{group}/users/amy"), Value::Null).ok();
        s.post(&format!("{group}/mute"), json!({ "usernames": ["amy"], "mute_duration": -1 })).ok();
        s.post(&format!("{group}/blocks/users/bob"), Value::Null).ok();
    }
    s.delete(&groups[0]).ok();
    assert_eq!(s.get(&format!("{}/mute", groups[1])).data()[0]["user"], "amy");
    s.delete(&groups[1]).ok();
    let world = s.sandbox.world("demo#chat").unwrap();
    assert_eq!((world.group_blocks.len(), world.group_mutes.len()), (0, 0));
}
