//! Which token opens which door.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::{Dialect, token};
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
}

#[test]
fn users_tokens_open_what_is_theirs() {
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let mut s = with_dialect(dialect);
        s.users(&["amy", "bob"]);
        let amy = user_token(&mut s, "amy");
        with(&mut s, "PUT", "/metadata/user/amy", &amy, &json!({ "nickname": "n" })).ok();
        for (method, target, body) in [
            ("GET", "/users", Value::Null),
            ("GET", "/users/amy", Value::Null),
            ("DELETE", "/users/bob", Value::Null),
            ("POST", "/token", json!({ "grant_type": "inherit", "username": "bob", "autoCreateUser": true })),
            ("GET", "/chatrooms", Value::Null),
        ] {
            with(&mut s, method, target, &amy, &body).is(401, "auth_bad_access_token");
        }
    }
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
            with(&mut s, "GET", "/metadata/user/amy", &ended, &Value::Null).is(401, "auth_bad_access_token");
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
