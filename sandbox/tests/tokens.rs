//! Which token opens which door.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::{
    Dialect,
    operation::{Auth, Whose},
    token,
};
use agora_chat_sandbox::{Options, Request, Sandbox, app::App};
use serde_json::{Value, json};
use support::{Answer, NOW, Tester, sandbox, with_dialect};

fn with(s: &mut Tester, method: &str, target: &str, token: &str, body: &Value) -> Answer {
    let request = Request::new(method, target).header("authorization", &format!("Bearer {token}"));
    Answer(s.send(if body.is_null() { request } else { request.json(body) }))
}

fn user_token(s: &mut Tester, name: &str) -> String {
    let login = json!({ "grant_type": "password", "username": name, "password": "secret" });
    s.post("/token", login).ok()["access_token"].as_str().unwrap().to_owned()
}

#[test]
fn grants_say_what_is_wrong() {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy"]);
    s.post("/users", json!({ "username": "bare" })).ok();
    let app = App::default();
    let client = |id: &str, secret: &str| json!({ "grant_type": "client_credentials", "client_id": id, "client_secret": secret });
    let password = |name: &str| json!({ "grant_type": "password", "username": name, "password": "wrong" });
    let inherit = json!({ "grant_type": "inherit", "username": "nobody", "autoCreateUser": false });
    for (body, status, text) in [
        (client("x", &app.client_secret), 400, "client_id does not match"),
        (client(&app.client_id, "x"), 400, "client_secret does not match"),
        (password("amy"), 400, "invalid password"),
        (password("bare"), 400, "invalid password"),
        (password("nobody"), 404, "user not found"),
        (inherit, 404, "user not found"),
    ] {
        assert_eq!(s.post("/token", body).refused(), (status, "invalid_grant".into(), text.into()));
    }
    // Who asks for a token need not have one that holds.
    let login = json!({ "grant_type": "password", "username": "amy", "password": "secret" });
    with(&mut s, "POST", "/token", "junk", &login).ok();
    // Documented: an app's token is wanted, in these words.
    let amy = user_token(&mut s, "amy");
    let inherit = json!({ "grant_type": "inherit", "username": "amy", "autoCreateUser": false });
    with(&mut s, "POST", "/token", &amy, &inherit).is(401, "auth_bad_access_token");
}

#[test]
fn built_tokens_name_users_by_uuid_or_id_and_hold_for_a_day() {
    let mut s = sandbox();
    let made = s.post("/users", json!({ "username": "amy" })).ok();
    let uuid = made["entities"][0]["uuid"].as_str().unwrap().to_owned();
    let app = App::default();
    let build = |user: Option<&str>, expire: u32| {
        let claims = token::Claims { app_id: &app.app_id, issued: (NOW / 1000) as u32, expire, salt: 1, user };
        token::build(&claims, &app.app_certificate).unwrap()
    };
    for (user, known) in [(uuid.as_str(), true), ("amy", true), ("nobody", false)] {
        let answer = with(&mut s, "GET", "/metadata/user/amy", &build(Some(user), 600), &Value::Null);
        if known { drop(answer.ok()) } else { answer.is(401, "auth_bad_access_token") }
    }
    let long = build(None, 90 * 86_400);
    s.advance(86_399_000);
    with(&mut s, "GET", "/users", &long, &Value::Null).ok();
    s.advance(1_000);
    with(&mut s, "GET", "/users", &long, &Value::Null).is(401, "unauthorized");
}

#[test]
fn refusals_are_worded_as_each_vendor_words_them() {
    let broken = Request { body: b"{\"username\"=1}".to_vec(), ..Request::new("POST", "/users") };
    for (dialect, stop) in [(Dialect::Agora, "."), (Dialect::Easemob, "")] {
        let mut s = with_dialect(dialect);
        let text = |answer: Answer| answer.refused().2;
        assert_eq!(text(s.get("/users/nobody")), format!("Service resource not found{stop}"));
        let corrupt = format!("Unable to authenticate due to corrupt access token{stop}");
        assert_eq!(text(with(&mut s, "GET", "/users", "junk", &Value::Null)), corrupt);
        for none in ["", "Bearer", "Bearer "] {
            let bare = Request::new("GET", "/users").header("authorization", none);
            let expired = format!("Unable to authenticate due to expired access token{stop}");
            assert_eq!(text(Answer(s.send(bare))), expired, "{none:?}");
        }
        let parsed = text(Answer(s.send(broken.clone())));
        match dialect {
            Dialect::Agora => assert_eq!(parsed, "Unexpected character."),
            Dialect::Easemob => assert!(parsed.starts_with("Unexpected character ('=' (code 61)): "), "{parsed}"),
        }
        let unknown = Answer(s.sandbox.answer(&Request::new("GET", "/no/app/users")));
        assert_eq!(unknown.0.value()["timestamp"], NOW);
    }
}

#[test]
fn tokens_end_with_the_password_the_ban_and_the_user() {
    let mut s = with_dialect(Dialect::Easemob);
    for (method, target, body) in [
        ("PUT", "/users/amy/password", json!({ "newpassword": "other" })),
        ("POST", "/users/amy/deactivate", Value::Null),
        ("DELETE", "/users/amy", Value::Null),
    ] {
        s.post("/__sandbox/reset", Value::Null).ok();
        s.users(&["amy", "bob"]);
        let [first, second, bobs] = ["amy", "amy", "bob"].map(|name| user_token(&mut s, name));
        let app = s.token.clone();
        with(&mut s, method, target, &app, &body).ok();
        for ended in [first, second] {
            let refused = with(&mut s, "GET", "/metadata/user/amy", &ended, &Value::Null).refused();
            assert_eq!(refused, (401, "auth_bad_access_token".into(), "Unable to authenticate".into()));
        }
        with(&mut s, "GET", "/metadata/user/bob", &bobs, &Value::Null).ok();
        assert_eq!(s.sandbox.world("demo#chat").unwrap().tokens.of(0, "bob").len(), 1);
    }
}

#[test]
fn no_credential_of_one_app_opens_another() {
    let named = |name: &str| App { name: name.into(), ..App::default() };
    let mine = App { app_id: "A".repeat(32), client_id: "mine".into(), ..named("mine") };
    let mut sandbox = Sandbox::new([named("one"), named("two"), mine.clone(), named("three")], Options::default());
    sandbox.tick(NOW);
    let apps: Vec<App> =
        ["one", "two", "mine", "three"].map(|n| sandbox.world(&format!("demo#{n}")).unwrap().app.clone()).into();
    // The first keeps the credentials that are documented, and what was given stays.
    assert_eq!(apps[0], named("one"));
    assert_eq!((&apps[2].app_id, &apps[2].client_id), (&mine.app_id, &mine.client_id));
    let mut tokens = Vec::new();
    for app in &apps {
        let credentials = json!({
            "grant_type": "client_credentials", "client_id": app.client_id, "client_secret": app.client_secret,
        });
        let target = format!("/demo/{}/token", app.name);
        let made = Answer(sandbox.answer(&Request::new("POST", &target).json(&credentials))).ok();
        let claims =
            token::Claims { app_id: &app.app_id, issued: (NOW / 1000) as u32, expire: 600, salt: 1, user: None };
        tokens.push([
            made["access_token"].as_str().unwrap().to_owned(),
            token::build(&claims, &app.app_certificate).unwrap(),
        ]);
    }
    for (i, app) in apps.iter().enumerate() {
        for (j, token) in tokens.iter().enumerate().flat_map(|(j, both)| both.iter().map(move |t| (j, t))) {
            for target in [format!("/demo/{}/users", app.name), format!("/app-id/{}/users", app.app_id)] {
                let request = Request::new("GET", &target).header("authorization", &format!("Bearer {token}"));
                assert_eq!(sandbox.answer(&request).status, if i == j { 200 } else { 401 }, "{target} {j}");
            }
        }
    }
}

/// A token that a back end builds for a user.
fn built(user: &str) -> String {
    let app = App::default();
    let (app_id, issued) = (app.app_id.as_str(), (NOW / 1000) as u32);
    let claims = token::Claims { app_id, issued, expire: 600, salt: 1, user: Some(user) };
    token::build(&claims, &app.app_certificate).unwrap()
}

/// Amy's group and chat room, a message of hers in the group, and a thread below it.
fn amys(s: &mut Tester) -> [String; 4] {
    s.users(&["amy", "bob", "cat"]);
    let group = json!({ "groupname": "g", "description": "d", "public": true, "owner": "amy", "members": ["cat"] });
    let group = s.post("/chatgroups", group).data()["groupid"].as_str().unwrap().to_owned();
    let room = json!({ "name": "r", "description": "d", "owner": "amy" });
    let room = s.post("/chatrooms", room).data()["id"].as_str().unwrap().to_owned();
    let send = json!({ "from": "amy", "to": [group], "type": "txt", "body": { "msg": "x" } });
    let message = s.post("/messages/chatgroups", send).data()[&group].as_str().unwrap().to_owned();
    let thread = json!({ "group_id": group, "name": "t", "msg_id": message, "owner": "amy" });
    let thread = s.post("/thread", thread).data()["thread_id"].as_str().unwrap().to_owned();
    [group, room, message, thread]
}

const REFUSED: &str = "Unable to authenticate (OAuth)";

#[test]
fn a_user_calls_what_is_the_users_own() {
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let mut s = with_dialect(dialect);
        let [group, _, message, _] = amys(&mut s);
        let uuid = s.get("/users/amy").entities()[0]["uuid"].as_str().unwrap().to_owned();
        s.post("/users/amy/contacts/users/cat", Value::Null).ok();
        s.post("/users/bob/contacts/users/cat", Value::Null).ok();
        let calls = |who: &str| {
            let users = |rest: &str| format!("/users/{who}{rest}");
            [
                ("GET", users(""), Value::Null),
                ("PUT", users(""), json!({ "nickname": "n" })),
                ("PUT", users(""), json!({ "notification_display_style": "1" })),
                ("GET", users("/resources"), Value::Null),
                ("GET", users("/contacts/users"), Value::Null),
                ("GET", users("/contacts?limit=1&needReturnRemark=true"), Value::Null),
                ("PUT", users("/contacts/users/cat"), json!({ "remark": "tom" })),
                ("GET", users("/blocks/users"), Value::Null),
                ("POST", users("/blocks/users"), json!({ "usernames": ["cat"] })),
                ("DELETE", users("/blocks/users/cat"), Value::Null),
                ("GET", users("/joined_chatgroups"), Value::Null),
                ("GET", users("/joined_chatrooms"), Value::Null),
                ("POST", users("/presence/web/1"), json!({ "ext": "busy" })),
                ("POST", users("/presence/1000"), json!({ "usernames": ["cat"] })),
                ("GET", users("/presence/sublist"), Value::Null),
                ("POST", users("/presence"), json!({ "usernames": ["cat"] })),
                ("PUT", users("/notification/language"), json!({ "translationLanguage": "EU" })),
                ("GET", users("/notification/language"), Value::Null),
                ("PUT", users(&format!("/notification/user/{who}")), json!({ "type": "NONE" })),
                ("GET", users("/notification/user/cat"), Value::Null),
                ("PUT", users("/notification/template"), json!({ "templateName": "t" })),
                ("DELETE", users("/user_channel"), json!({ "channel": "cat", "type": "chat", "delete_roam": false })),
                (
                    "GET",
                    format!("/reaction/user/{who}?msgIdList={message}&msgType=groupchat&groupId={group}"),
                    Value::Null,
                ),
                ("GET", format!("/threads/user/{who}"), Value::Null),
                ("GET", format!("/metadata/user/{who}"), Value::Null),
            ]
        };
        for token in [user_token(&mut s, "amy"), built(&uuid), built("amy")] {
            for who in ["amy", "Amy"] {
                for (method, target, body) in calls(who) {
                    let answer = with(&mut s, method, &target, &token, &body).0;
                    assert_eq!(answer.status, 200, "{dialect:?} {method} {target} {}", answer.value());
                }
            }
            // By UUID too.
            let own = with(&mut s, "GET", &format!("/users/{uuid}"), &token, &Value::Null).ok();
            assert_eq!(own["entities"][0]["username"], "amy");
            for (method, target, body) in calls("bob") {
                let refused = with(&mut s, method, &target, &token, &body).refused();
                let words = if target.starts_with("/metadata") { "auth error" } else { REFUSED };
                assert_eq!((refused.0, refused.2.as_str()), (401, words), "{method} {target}");
            }
        }
        // Who calls is looked at before how it is written.
        let amy = built("amy");
        with(&mut s, "PUT", "/users/bob", &amy, &json!({ "nickname": ["x"] })).is(401, "unauthorized");
        // Creating names the owner in the body.
        for (owner, may) in [("amy", true), ("bob", false)] {
            let new = json!({ "groupname": "n", "description": "d", "public": false, "owner": owner });
            let answer = with(&mut s, "POST", "/chatgroups", &amy, &new);
            if may { drop(answer.ok()) } else { answer.is(401, "unauthorized") }
        }
    }
}

#[test]
fn groups_rooms_and_threads_know_who_may_what() {
    let mut s = with_dialect(Dialect::Easemob);
    let [group, room, _, thread] = amys(&mut s);
    s.post(&format!("/chatgroups/{group}/users/bob"), Value::Null).ok();
    s.post("/users", json!({ "username": "dan", "password": "secret" })).ok();
    s.post(&format!("/chatgroups/{group}/admin"), json!({ "newadmin": "bob" })).ok();
    s.post(&format!("/chatrooms/{room}/users/bob"), Value::Null).ok();
    s.post(&format!("/chatrooms/{room}/admin"), json!({ "newadmin": "bob" })).ok();
    // Amy owns, bob is an admin, cat a member, dan a stranger.
    let tokens = ["amy", "bob", "cat", "dan"].map(|name| user_token(&mut s, name));
    let (groups, rooms, none) = (format!("/chatgroups/{group}"), format!("/chatrooms/{room}"), Value::Null);
    for (method, target, body, how_many) in [
        ("GET", groups.clone(), none.clone(), 4),
        ("GET", format!("{groups}/users?pagenum=1&pagesize=10"), none.clone(), 3),
        ("GET", format!("{groups}/announcement"), none.clone(), 3),
        ("GET", format!("{groups}/share_files"), none.clone(), 3),
        ("GET", format!("{groups}/admin"), none.clone(), 3),
        ("GET", format!("/thread/{thread}/users"), none.clone(), 3),
        ("PUT", groups.clone(), json!({ "description": "e" }), 2),
        ("POST", format!("{groups}/announcement"), json!({ "announcement": "a" }), 2),
        ("POST", format!("{groups}/mute"), json!({ "usernames": ["cat"], "mute_duration": 1000 }), 2),
        ("GET", format!("{groups}/mute"), none.clone(), 2),
        ("GET", format!("{groups}/blocks/users"), none.clone(), 2),
        ("GET", format!("{groups}/white/users"), none.clone(), 2),
        ("PUT", format!("/thread/{thread}"), json!({ "name": "u" }), 2),
        ("PUT", groups.clone(), json!({ "newowner": "amy" }), 1),
        ("GET", "/chatrooms".to_owned(), none.clone(), 4),
        ("GET", rooms.clone(), none.clone(), 4),
        ("GET", format!("{rooms}/users?pagenum=1&pagesize=10"), none.clone(), 4),
        ("GET", format!("{rooms}/announcement"), none.clone(), 4),
        ("POST", format!("/metadata/chatroom/{room}"), none.clone(), 4),
        ("PUT", rooms.clone(), json!({ "description": "e" }), 2),
        ("GET", format!("{rooms}/mute"), none.clone(), 2),
        ("PUT", rooms, json!({ "newowner": "amy" }), 1),
        ("GET", "/chatgroups".to_owned(), none.clone(), 0),
    ] {
        for (at, token) in tokens.iter().enumerate() {
            let answer = with(&mut s, method, &target, token, &body);
            match at < how_many {
                true => assert_ne!(answer.0.status, 401, "{method} {target} {at}"),
                false => assert_eq!(answer.refused().2, REFUSED, "{method} {target} {at}"),
            }
        }
    }
    // Files are deleted by who uploaded them, or who leads the group.
    for (by, status) in [(0, 200), (1, 200), (2, 200), (3, 401)] {
        let part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--b--\r\n";
        let upload = Request { body: part.into(), ..Request::new("POST", &format!("{groups}/share_files")) };
        let upload = upload.header("content-type", "multipart/form-data; boundary=b");
        let upload = upload.header("authorization", &format!("Bearer {}", tokens[2]));
        let file = Answer(s.send(upload)).data()["file_id"].as_str().unwrap().to_owned();
        let deleted = with(&mut s, "DELETE", &format!("{groups}/share_files/{file}"), &tokens[by], &none);
        assert_eq!(deleted.0.status, status, "{by}");
    }
    // A member leaves, and takes nobody along.
    with(&mut s, "DELETE", &format!("{groups}/users/bob"), &tokens[2], &none).is(401, "unauthorized");
    with(&mut s, "DELETE", &format!("{groups}/users/cat"), &tokens[2], &none).ok();
    with(&mut s, "DELETE", &groups, &tokens[1], &none).is(401, "unauthorized");
    with(&mut s, "DELETE", &groups, &tokens[0], &none).ok();
    // Only super admins open chat rooms.
    let new = json!({ "name": "r", "description": "d", "owner": "amy" });
    with(&mut s, "POST", "/chatrooms", &tokens[0], &new).is(401, "unauthorized");
    s.post("/chatrooms/super_admin", json!({ "superadmin": "amy" })).ok();
    with(&mut s, "POST", "/chatrooms", &tokens[0], &new).ok();
}

#[test]
fn the_table_says_whose_token_is_taken() {
    let mut s = sandbox();
    s.users(&["amy", "bob"]);
    let amy = built("amy");
    let mut refused = 0;
    for operation in agora_chat_admin::api::operations().filter(|o| o.auth == Auth::App && o.path != "/token") {
        let named =
            |whose: &Whose| matches!(whose, Whose::Named(name) if operation.path.contains(&format!("{{{name}}}")));
        // An operation that others share its path with may be theirs.
        if !operation.users.iter().all(named) || operation.path == "/users" {
            continue;
        }
        let target = operation.path.split('/').map(|part| if part.starts_with('{') { "bob" } else { part });
        let target = target.collect::<Vec<_>>().join("/");
        let (status, _, words) = with(&mut s, operation.method.as_str(), &target, &amy, &json!({})).refused();
        assert!(status == 401 && !words.contains("corrupt"), "{}: {status} {words}", operation.id());
        refused += 1;
    }
    assert!(refused > 80, "{refused}");
}

#[test]
fn users_tokens_are_exchanged_too() {
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let mut s = with_dialect(dialect);
        s.users(&["amy", "bob"]);
        let uuid = s.get("/users/amy").entities()[0]["uuid"].as_str().unwrap().to_owned();
        for token in [built(&uuid), built("amy"), user_token(&mut s, "amy")] {
            let got = with(&mut s, "POST", "/token", &token, &json!({ "grant_type": "agora" })).ok();
            assert!(got["expire_timestamp"].as_u64().unwrap() > NOW);
            let own = got["access_token"].as_str().unwrap();
            with(&mut s, "GET", "/users/amy", own, &Value::Null).ok();
            with(&mut s, "GET", "/users/bob", own, &Value::Null).is(401, "unauthorized");
        }
        with(&mut s, "POST", "/token", &built("nobody"), &json!({ "grant_type": "agora" }))
            .is(401, "auth_bad_access_token");
        // Whoever is banned gets in with none.
        s.post("/users/amy/deactivate", Value::Null).ok();
        with(&mut s, "GET", "/users/amy", &built("amy"), &Value::Null).is(401, "auth_bad_access_token");
    }
}
