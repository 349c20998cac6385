//! Groups and their settings, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use agora_chat_sandbox::state::groups::{Group, Member};
use serde_json::{Value, json};
use support::{NOW, Tester, sandbox, with_dialect};

/// A group of amy's with bob in it.
fn group(s: &mut Tester) -> String {
    s.users(&["amy", "bob", "cat"]);
    let made = s.post("/chatgroups", json!({ "public": true, "owner": "amy", "members": ["bob"] })).data();
    made["groupid"].as_str().unwrap().to_owned()
}

#[test]
fn creates_and_shows_a_group() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    let made = s
        .post(
            "/chatgroups",
            json!({
                "groupname": "book club", "avatar": "https://example.com/a.png", "description": "We read.",
                "public": false, "maxusers": 300, "allowinvites": true, "membersonly": true,
                "owner": "Amy", "members": ["bob", "BOB", "amy"], "custom": "{}",
            }),
        )
        .ok();
    assert_eq!(made["action"], "post");
    let id = made["data"]["groupid"].as_str().unwrap().to_owned();
    let answer = s.get(&format!("/chatgroups/{id}")).ok();
    assert_eq!(answer["count"], 1);
    assert_eq!(
        answer["data"][0],
        json!({
            "id": id, "name": "book club", "avatar": "https://example.com/a.png", "description": "We read.",
            "membersonly": true, "allowinvites": true, "maxusers": 300, "owner": "amy", "created": NOW, "custom": "{}",
            "mute": false, "affiliations_count": 2, "disabled": false,
            "affiliations": [{ "owner": "amy" }, { "member": "bob" }], "public": false,
        })
    );
}

#[test]
fn fills_in_defaults() {
    let mut s = sandbox();
    let id = group(&mut s);
    let shown = s.get(&format!("/chatgroups/{id}")).data();
    assert_eq!(shown[0]["maxusers"], 200);
    assert_eq!(shown[0]["custom"], "");
    assert_eq!(shown[0]["membersonly"], false);
    // A public group starts without members' invitations, whatever is asked for.
    let open = s.post("/chatgroups", json!({ "public": true, "owner": "amy", "allowinvites": true })).data();
    let open = s.get(&format!("/chatgroups/{}", open["groupid"].as_str().unwrap())).data();
    assert_eq!(open[0]["allowinvites"], false);
}

#[test]
fn takes_the_names_that_the_official_client_sends() {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy"]);
    let body = json!({
        "groupid": "4711", "groupname": "g", "desc": "about", "public": false, "owner": "amy", "members_only": true,
        "maxusers": 10, "allowinvites": false, "invite_need_confirm": false, "need_verify": true, "scale": "large",
    });
    assert_eq!(s.post("/chatgroups", body.clone()).data(), json!({ "groupid": "4711" }));
    let shown = s.get("/chatgroups/4711").data();
    assert_eq!((&shown[0]["description"], &shown[0]["membersonly"]), (&json!("about"), &json!(true)));
    assert_eq!(s.put("/chatgroups/4711", json!({ "name": "h" })).data(), json!({ "groupname": true }));
    assert_eq!(s.get("/chatgroups/4711").data()[0]["name"], "h");
    let taken = s.post("/chatgroups", body).refused();
    assert_eq!(taken, (400, "illegal_argument".into(), "group ID 4711 already exists!".into()));
}

#[test]
fn easemob_alone_wants_to_know_whether_a_group_is_public() {
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let mut s = with_dialect(dialect);
        s.users(&["amy"]);
        let made = s.post("/chatgroups", json!({ "groupname": "g", "owner": "amy" }));
        if dialect == Dialect::Easemob {
            let refused = (400, "invalid_parameter".to_owned(), "group must contain public field!".to_owned());
            assert_eq!(made.refused(), refused);
        } else {
            let id = made.data()["groupid"].as_str().unwrap().to_owned();
            assert_eq!(s.get(&format!("/chatgroups/{id}")).data()[0]["public"], false);
        }
    }
}

#[test]
fn refuses_bad_groups() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    let mut refused = |body: Value| s.post("/chatgroups", body).refused();
    let parameter = |text: &str| (400, "invalid_parameter".to_owned(), text.to_owned());
    assert_eq!(refused(json!({ "public": true })), parameter("owner must be provided"));
    let with = |name: &str, value: Value| json!({ "public": true, "owner": "amy", name: value });
    assert_eq!(refused(with("avatar", "x".repeat(1025).into())), parameter("avatar length is too big"));
    for (name, length) in [("groupname", 129), ("description", 513), ("custom", 8193)] {
        let text = format!("some of [{name}] are not valid fields");
        assert_eq!(refused(with(name, "x".repeat(length).into())), parameter(&text));
    }
    assert_eq!(refused(with("public", json!("yes"))).1, "illegal_argument");
    let stranger = refused(with("members", json!(["bob", "zoe"])));
    assert_eq!(stranger, (404, "resource_not_found".into(), "username zoe doesn't exist!".into()));
    assert_eq!(refused(json!({ "public": true, "owner": "zoe" })).0, 404);
    let full = refused(json!({ "public": true, "owner": "amy", "maxusers": 1, "members": ["bob"] }));
    assert_eq!(full, (403, "exceed_limit".into(), "members size is greater than max user size !".into()));
    assert_eq!(s.get("/chatgroups").data(), json!([]));
}

#[test]
fn an_app_and_a_user_have_only_so_many_groups() {
    let mut s = sandbox();
    let id = group(&mut s);
    let world = s.sandbox.world("demo#chat").unwrap();
    for number in 0..10_000 {
        let member = Member { number, ..Member::default() };
        world.group_members.insert(format!("joined{number}\u{1f}cat"), member);
    }
    s.post(&format!("/chatgroups/{id}/users/cat"), Value::Null).is(403, "exceed_limit");
    let text = s.post("/chatgroups", json!({ "public": true, "owner": "cat" })).refused().2;
    assert_eq!(text, "user cat has joined too many groups!");
    let world = s.sandbox.world("demo#chat").unwrap();
    for n in 1..100_000 {
        world.groups.insert(format!("g{n}"), Group::default());
    }
    let text = s.post("/chatgroups", json!({ "public": true, "owner": "amy" })).refused().2;
    assert_eq!(text, "appKey:demo#chat has create too many groups!");
}

#[test]
fn bans_and_unbans() {
    let mut s = sandbox();
    let id = group(&mut s);
    assert_eq!(s.post(&format!("/chatgroups/{id}/disable"), Value::Null).data(), json!({ "disabled": true }));
    assert_eq!(s.get(&format!("/chatgroups/{id}")).data()[0]["disabled"], true);
    for _ in 0..2 {
        assert_eq!(s.post(&format!("/chatgroups/{id}/enable"), Value::Null).data(), json!({ "disabled": false }));
    }
    assert_eq!(s.get(&format!("/chatgroups/{id}")).data()[0]["disabled"], false);
    s.post("/chatgroups/1/disable", Value::Null).is(404, "resource_not_found");
    s.post("/chatgroups/1/enable", Value::Null).is(404, "resource_not_found");
}

#[test]
fn fetches_many_and_leaves_out_who_is_not_there() {
    let mut s = sandbox();
    let (a, b) = (group(&mut s), s.post("/chatgroups", json!({ "public": false, "owner": "cat" })).data());
    let b = b["groupid"].as_str().unwrap();
    for target in [format!("/chatgroups/{a},1,{b}"), format!("/chatgroups/{a}%2C1%2C{b}")] {
        let answer = s.get(&target).ok();
        assert_eq!(answer["count"], 2);
        assert_eq!((&answer["data"][0]["id"], &answer["data"][1]["id"]), (&json!(a), &json!(b)));
    }
    let text = s.get("/chatgroups/1").refused();
    assert_eq!(text, (404, "resource_not_found".into(), "grpID 1 does not exist!".into()));
    s.get("/chatgroups/1,2").is(404, "resource_not_found");
    let many = vec!["1"; 101].join(",");
    s.get(&format!("/chatgroups/{many}")).is(400, "illegal_argument");
}

#[test]
fn changes_what_is_sent() {
    let mut s = sandbox();
    let id = group(&mut s);
    let path = format!("/chatgroups/{id}");
    let sent = json!({
        "groupname": "new+name", "avatar": "https://example.com/b.png", "description": "d", "maxusers": 1500,
        "membersonly": true, "allowinvites": true, "invite_need_confirm": true, "custom": "abc", "public": false,
    });
    let changed = s.put(&path, sent.clone()).data();
    let all: Vec<&String> = sent.as_object().unwrap().keys().collect();
    assert!(all.iter().all(|name| changed[name] == true), "{changed}");
    let shown = &s.get(&path).data()[0];
    assert_eq!(shown["name"], "new name", "a plus stands for a space");
    for name in ["avatar", "description", "maxusers", "membersonly", "allowinvites", "custom", "public"] {
        assert_eq!(shown[name], sent[name], "{name}");
    }
    assert_eq!(s.put(&path, json!({ "maxusers": 20 })).data(), json!({ "maxusers": true }));
}

#[test]
fn refuses_bad_changes() {
    let mut s = sandbox();
    let id = group(&mut s);
    let path = format!("/chatgroups/{id}");
    let mut wrong = |body: Value| {
        let (status, error, text) = s.put(&path, body).refused();
        assert_eq!((status, error.as_str()), (400, "invalid_parameter"));
        text
    };
    assert_eq!(wrong(json!({ "groupid": "2" })), "some of [groupid] are not valid fields");
    assert_eq!(wrong(json!({ "groupname": "a", "owner": "bob", "x": 1 })), "some of [owner, x] are not valid fields");
    assert_eq!(wrong(json!({ "groupname": "a/b" })), "some of [groupname] are not valid fields");
    assert_eq!(wrong(json!({ "custom": "x".repeat(1025) })), "some of [custom] are not valid fields");
    assert_eq!(wrong(json!({ "avatar": "x".repeat(1025) })), "avatar length is too big");
    for size in [1, 2001] {
        assert_eq!(s.put(&path, json!({ "maxusers": size })).data(), json!({ "maxusers": false }));
    }
    assert_eq!(s.get(&path).data()[0]["maxusers"], 200);
    s.put("/chatgroups/1", json!({ "groupname": "a" })).is(404, "resource_not_found");
    let mut s = with_dialect(Dialect::Easemob);
    let id = group(&mut s);
    let path = format!("/chatgroups/{id}");
    s.put(&path, json!({ "groupname": "a/b+c", "maxusers": 5000 })).ok();
    assert_eq!(s.get(&path).data()[0]["name"], "a/b+c");
}

#[test]
fn changes_hands() {
    let mut s = sandbox();
    let id = group(&mut s);
    let path = format!("/chatgroups/{id}");
    let mut refused = |body: Value| s.put(&path, body).refused();
    let forbidden = |text: String| (403, "forbidden_op".to_owned(), text);
    assert_eq!(refused(json!({ "newowner": "cat" })), forbidden(format!("user: cat doesn't exist in group: {id}")));
    let same = "new owner and old owner are the same".to_owned();
    assert_eq!(refused(json!({ "newowner": "amy" })), forbidden(same));
    s.put("/chatgroups/1", json!({ "newowner": "bob" })).is(404, "resource_not_found");
    s.post(&format!("{path}/admin"), json!({ "newadmin": "bob" })).ok();
    assert_eq!(s.put(&path, json!({ "newowner": "bob" })).data(), json!({ "newowner": true }));
    let shown = s.get(&path).data();
    assert_eq!(shown[0]["owner"], "bob");
    assert_eq!(shown[0]["affiliations"], json!([{ "member": "amy" }, { "owner": "bob" }]));
    assert_eq!(s.get(&format!("{path}/admin")).data(), json!([]), "an owner is no admin");
}

#[test]
fn deletes() {
    let mut s = sandbox();
    let id = group(&mut s);
    let path = format!("/chatgroups/{id}");
    s.post(&format!("{path}/blocks/users/bob"), Value::Null).ok();
    let gone = s.delete(&path).ok();
    assert_eq!(gone["data"], json!({ "success": true, "groupid": id }));
    assert_eq!(gone["action"], "delete");
    for target in [path.clone(), format!("{path}/admin"), format!("{path}/blocks/users"), format!("{path}/mute")] {
        s.get(&target).is(404, "resource_not_found");
    }
    s.delete(&path).is(404, "resource_not_found");
    assert_eq!(s.get("/users/amy/joined_chatgroups").data(), json!([]));
    assert_eq!(s.get("/chatgroups").data(), json!([]));
}

#[test]
fn goes_with_its_owner_and_loses_other_users() {
    let mut s = sandbox();
    let id = group(&mut s);
    s.post(&format!("/chatgroups/{id}/users/cat"), Value::Null).ok();
    s.post(&format!("/chatgroups/{id}/admin"), json!({ "newadmin": "bob" })).ok();
    s.post(&format!("/chatgroups/{id}/mute"), json!({ "usernames": ["bob"], "mute_duration": -1 })).ok();
    s.post(&format!("/chatgroups/{id}/blocks/users/cat"), Value::Null).ok();
    s.delete("/users/bob").ok();
    s.delete("/users/cat").ok();
    let shown = s.get(&format!("/chatgroups/{id}")).data();
    assert_eq!(shown[0]["affiliations"], json!([{ "owner": "amy" }]));
    assert_eq!(shown[0]["affiliations_count"], 1);
    for part in ["admin", "mute", "blocks/users"] {
        assert_eq!(s.get(&format!("/chatgroups/{id}/{part}")).data(), json!([]), "{part}");
    }
    s.delete("/users/amy").ok();
    s.get(&format!("/chatgroups/{id}")).is(404, "resource_not_found");
}

#[test]
fn lists_the_newest_first() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let ids: Vec<Value> = (0..12)
        .map(|n| s.post("/chatgroups", json!({ "public": true, "owner": "amy", "groupname": format!("g{n}") })).data())
        .map(|made| made["groupid"].clone())
        .collect();
    let page = s.get("/chatgroups").ok();
    assert_eq!(page["count"], 10);
    assert_eq!(
        page["data"][0],
        json!({
            "owner": "demo#chat_amy", "groupid": ids[11], "affiliations": 1, "type": "group",
            "lastModified": NOW.to_string(), "groupname": "g11",
        })
    );
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = s.get(&format!("/chatgroups?limit=5&cursor={cursor}")).ok();
        assert_eq!(page["params"]["limit"], json!(["5"]));
        seen.extend(page["data"].as_array().unwrap().iter().map(|g| g["groupid"].clone()));
        match page["cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, ids.into_iter().rev().collect::<Vec<_>>());
    assert_eq!(s.get("/chatgroups?limit=5000").data().as_array().unwrap().len(), 12);
    s.get("/chatgroups?cursor=%25").is(400, "illegal_argument");
}

#[test]
fn lists_what_a_user_has_joined() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    for n in 0..7 {
        s.post(
            "/chatgroups",
            json!({ "public": true, "owner": "amy", "groupname": format!("g{n}"), "members": ["bob"] }),
        )
        .ok();
    }
    let names = |answer: &Value| -> Vec<String> {
        let groups = answer["data"].as_array().unwrap();
        groups.iter().map(|g| g["groupname"].as_str().unwrap().to_owned()).collect()
    };
    let page = s.get("/users/bob/joined_chatgroups").ok();
    assert_eq!(names(&page), ["g6", "g5", "g4", "g3", "g2"]);
    assert_eq!(page["count"], 5);
    let page = s.get("/users/bob/joined_chatgroups?pagesize=3&pagenum=3").ok();
    assert_eq!(names(&page), ["g0"]);
    assert_eq!(page["params"], json!({ "pagesize": ["3"], "pagenum": ["3"] }));
    assert_eq!(names(&s.get("/users/bob/joined_chatgroups?pagesize=100").ok()).len(), 7);
    s.get("/users/zoe/joined_chatgroups").is(404, "service_resource_not_found");
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy"]);
    for _ in 0..25 {
        s.post("/chatgroups", json!({ "public": true, "owner": "amy" })).ok();
    }
    assert_eq!(s.get("/users/amy/joined_chatgroups").ok()["count"], 25);
    let detailed = s.get("/chatgroups/user/amy?pagesize=20&pagenum=1").ok();
    assert_eq!(detailed["total"], 25);
    assert_eq!(detailed["entities"].as_array().unwrap().len(), 5);
    assert_eq!(detailed["entities"][0]["id"], detailed["entities"][0]["groupId"]);
    assert_eq!(s.get("/chatgroups/user/amy?pagesize=500").entities().as_array().unwrap().len(), 20);
}

#[test]
fn has_an_announcement() {
    let mut s = sandbox();
    let id = group(&mut s);
    let path = format!("/chatgroups/{id}/announcement");
    assert_eq!(s.get(&path).data(), json!({ "announcement": "" }));
    assert_eq!(s.post(&path, json!({ "announcement": "你好" })).data(), json!({ "id": id, "result": true }));
    assert_eq!(s.get(&path).data(), json!({ "announcement": "你好" }));
    assert_eq!(s.post(&path, json!({})).refused(), (400, "illegal_argument".into(), "announcement is null".into()));
    s.post(&path, json!({ "announcement": "好".repeat(512) })).ok();
    let long = s.post(&path, json!({ "announcement": "好".repeat(513) })).refused();
    assert_eq!(long, (403, "FORBIDDEN".into(), "announce info length exceeds limit!".into()));
    s.get("/chatgroups/1/announcement").is(404, "resource_not_found");
    s.post("/chatgroups/1/announcement", json!({ "announcement": "" })).is(404, "resource_not_found");
}
