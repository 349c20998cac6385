//! Push notifications, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use agora_chat_sandbox::Request;
use serde_json::{Value, json};
use support::{Answer, NOW, Tester, sandbox, strict, with_dialect};

fn with_users(dialect: Dialect) -> Tester {
    let mut s = with_dialect(dialect);
    s.users(&["amy", "bob"]);
    s
}

/// Sends with a user's own token.
fn as_user(s: &mut Tester, user: &str, method: &str, target: &str, body: &Value) -> Answer {
    let grant = json!({ "grant_type": "password", "username": user, "password": "secret" });
    let token = s.post("/token", grant).ok()["access_token"].as_str().unwrap().to_owned();
    let request = Request::new(method, target).json(body).header("authorization", &format!("Bearer {token}"));
    Answer(s.send(request))
}

#[test]
fn one_path_sets_nickname_style_and_quiet_hours_and_keeps_each() {
    let mut s = with_users(Dialect::Easemob);
    let named = s.put("/users/Amy", json!({ "nickname": "艾米" })).ok();
    assert_eq!(named["path"], "/users");
    assert_eq!(named["entities"][0]["nickname"], "艾米");
    assert_eq!(named["entities"][0].get("notification_display_style"), None);
    // Text and number both do; the answer is a number.
    for style in [json!("1"), json!(1)] {
        let styled = s.put("/users/amy", json!({ "notification_display_style": style })).entities()[0].take();
        assert_eq!(styled["notification_display_style"], 1);
        assert_eq!(styled["nickname"], "艾米");
    }
    let hours = json!({
        "notification_no_disturbing": true, "notification_no_disturbing_start": "1", "notification_no_disturbing_end": "3"
    });
    let quiet = s.put("/users/amy", hours).entities()[0].take();
    assert_eq!(quiet["notification_no_disturbing"], true);
    assert_eq!(quiet["notification_no_disturbing_start"], 1);
    assert_eq!(quiet["notification_no_disturbing_end"], 3);
    assert_eq!(quiet["notification_display_style"], 1);
    let off = s.put("/users/amy", json!({ "notification_no_disturbing": false })).entities()[0].take();
    assert_eq!(
        (&off["notification_no_disturbing"], &off["notification_no_disturbing_start"]),
        (&json!(false), &json!(1))
    );
    assert_eq!(s.get("/users").entities()[0]["nickname"], "艾米");
}

#[test]
fn refuses_bad_settings() {
    let mut s = with_users(Dialect::Agora);
    s.put("/users/carl", json!({ "nickname": "c" })).is(404, "service_resource_not_found");
    let long = s.put("/users/amy", json!({ "nickname": "x".repeat(101) })).refused();
    assert_eq!(long, (400, "illegal_argument".into(), "parameters is invalid : nickname".into()));
    for style in [json!("2"), json!(-1), json!("on")] {
        s.put("/users/amy", json!({ "notification_display_style": style })).is(400, "illegal_argument");
    }
    for hour in ["24", "x"] {
        s.put("/users/amy", json!({ "notification_no_disturbing_start": hour })).is(400, "illegal_argument");
    }
    // No hours are an empty text to some clients.
    let none = json!({ "notification_no_disturbing": false, "notification_no_disturbing_start": "",
        "notification_no_disturbing_end": "" });
    s.put("/users/amy", none).ok();
    let mut s = with_users(Dialect::Easemob);
    let unknown = s.put("/users/carl", json!({ "nickname": "c" })).refused();
    let text = "Entity user requires a property named username";
    assert_eq!(unknown, (400, "required_property_not_found".into(), text.into()));
}

#[test]
fn renames_up_to_fifty_users_or_none() {
    let mut s = with_users(Dialect::Easemob);
    let names = json!([{ "username": "amy", "push_nickname": "A" }, { "username": "bob", "push_nickname": "B" }]);
    let body = s.put("/push/nickname", names.clone()).ok();
    assert_eq!(body["entities"], names);
    assert_eq!(body["path"], "/push");
    assert_eq!(s.get("/users/bob").entities()[0]["nickname"], "B");
    let empty = "put user push nicknames illegal empty request body".to_owned();
    assert_eq!(s.put("/push/nickname", json!([])).refused(), (400, "illegal_argument".into(), empty.clone()));
    assert_eq!(s.put("/push/nickname", json!([{ "username": "amy" }])).refused().2, empty);
    let many: Vec<_> = (0..51).map(|_| json!({ "username": "amy", "push_nickname": "x" })).collect();
    assert_eq!(s.put("/push/nickname", json!(many)).refused().2, "put user push nicknames exceeds the limit");
    let long = "x".repeat(101);
    let too_long = json!([{ "username": "bob", "push_nickname": "y" }, { "username": "amy", "push_nickname": long }]);
    let text = format!("{long} push nickname length exceeds the limit");
    assert_eq!(s.put("/push/nickname", too_long).refused().2, text);
    assert_eq!(s.get("/users/bob").entities()[0]["nickname"], "B");
}

#[test]
fn quiet_times_are_a_duration_in_and_a_time_out() {
    let mut s = with_users(Dialect::Agora);
    let path = "/users/amy/notification/user/amy";
    assert_eq!(s.get(path).data(), json!({ "type": "ALL", "ignoreInterval": "", "ignoreDuration": 0 }));
    let all = json!({ "type": "NONE", "ignoreInterval": "21:30-08:00", "ignoreDuration": 86_400_000 });
    let set = s.put(path, all).data();
    assert_eq!(set, json!({ "type": "NONE", "ignoreInterval": "21:30-08:00", "ignoreDuration": NOW + 86_400_000 }));
    assert_eq!(s.get(path).data(), set);
    // What is left out stays.
    assert_eq!(s.put(path, json!({ "type": "AT" })).data()["ignoreInterval"], "21:30-08:00");
    assert_eq!(s.put(path, json!({ "ignoreInterval": "", "ignoreDuration": 0 })).data()["ignoreDuration"], 0);
    s.put(path, json!({ "ignoreDuration": 1000 })).ok();
    s.advance(2000);
    assert_eq!(s.get(path).data()["ignoreDuration"], 0);
    // Each conversation has its own, `DEFAULT` until then.
    assert_eq!(s.get("/users/amy/notification/user/bob").data()["type"], "DEFAULT");
    assert_eq!(s.put("/users/amy/notification/chatgroup/1", json!({ "type": "DEFAULT" })).data()["type"], "DEFAULT");
    for bad in [
        json!({ "type": "DEFAULT" }),
        json!({ "type": "SOME" }),
        json!({ "ignoreInterval": "21:30" }),
        json!({ "ignoreInterval": "24:00-08:00" }),
        json!({ "ignoreInterval": "1:00-08:00" }),
        json!({ "ignoreDuration": 604_800_001 }),
    ] {
        s.put(path, bad).is(400, "illegal_argument");
    }
    s.put("/users/amy/notification/room/1", json!({ "type": "ALL" })).is(400, "illegal_argument");
}

#[test]
fn language_is_set_and_read() {
    let mut s = with_users(Dialect::Agora);
    let path = "/users/amy/notification/language";
    assert_eq!(s.get(path).data(), json!({ "language": "" }));
    assert_eq!(s.put(path, json!({ "translationLanguage": "EU" })).data(), json!({ "language": "EU" }));
    assert_eq!(s.get(path).data(), json!({ "language": "EU" }));
    let missing = s.put(path, json!({})).refused();
    assert_eq!(missing.2, "parameters is invalid : translationLanguage");
    s.get("/users/carl/notification/language").is(404, "service_resource_not_found");
}

#[test]
fn a_user_chooses_a_template_with_the_users_own_token() {
    let path = "/users/amy/notification/template";
    let body = json!({ "templateName": "hxtest" });
    let mut s = with_users(Dialect::Easemob);
    s.put(path, body.clone()).is(401, "unauthorized");
    as_user(&mut s, "bob", "PUT", path, &body).is(401, "unauthorized");
    assert_eq!(as_user(&mut s, "amy", "PUT", path, &body).data(), body);
    assert_eq!(s.get(path).data(), body);
    as_user(&mut s, "amy", "PUT", path, &json!({ "templateName": "no spaces" })).is(400, "illegal_argument");
    let mut s = with_users(Dialect::Agora);
    assert_eq!(s.put(path, body.clone()).data(), body);
}

#[test]
fn templates_are_made_changed_and_deleted() {
    let mut s = sandbox();
    let pattern = json!({ "name": "test7", "title_pattern": "Hello,{0}", "content_pattern": "Test,{0}" });
    let made = s.post("/notification/template", pattern.clone()).data();
    assert_eq!((&made["createAt"], &made["updateAt"]), (&json!(NOW), &json!(NOW)));
    s.post("/notification/template", pattern).is(400, "illegal_argument");
    assert_eq!(s.get("/notification/template/test7").data(), made);
    s.advance(1000);
    let changed = s.put("/notification/template/test7", json!({ "title_pattern": "Hi" })).data();
    assert_eq!((&changed["title_pattern"], &changed["content_pattern"]), (&json!("Hi"), &json!("Test,{0}")));
    assert_eq!((&changed["createAt"], &changed["updateAt"]), (&json!(NOW), &json!(NOW + 1000)));
    assert_eq!(s.delete("/notification/template/test7").data(), changed);
    let gone = (400, "EntityNotFoundException".into(), "test7 template is not exist".into());
    assert_eq!(s.get("/notification/template/test7").refused(), gone);
    assert_eq!(s.delete("/notification/template/test7").refused(), gone);
    for name in ["", "a-b", &"x".repeat(65)] {
        let body = json!({ "name": name, "title_pattern": "", "content_pattern": "" });
        s.post("/notification/template", body).is(400, "illegal_argument");
    }
    s.post("/notification/template", json!({ "name": "x" })).is(400, "illegal_argument");
}

#[test]
fn devices_are_bound_and_unbound() {
    let mut s = with_users(Dialect::Easemob);
    let path = "/users/amy/push/binding";
    let bind = |device: &str, notifier: &str, token: &str| json!({ "device_id": device, "notifier_name": notifier, "device_token": token });
    let body = s.put(path, bind("d1", "huawei", "t1")).ok();
    assert_eq!(body["entities"], json!([bind("d1", "huawei", "t1")]));
    assert_eq!((&body["action"], body.get("organization")), (&json!("put"), None));
    s.put(path, bind("d1", "fcm", "t2")).ok();
    s.put(path, bind("d2", "fcm", "t3")).ok();
    assert_eq!(s.get(path).entities().as_array().unwrap().len(), 3);
    // An empty token unbinds the certificate, an empty certificate the device.
    assert_eq!(s.put(path, bind("d1", "fcm", "")).entities(), json!([bind("d1", "huawei", "t1")]));
    assert_eq!(s.put(path, bind("d1", "", "")).entities(), json!([]));
    assert_eq!(s.get(path).entities(), json!([bind("d2", "fcm", "t3")]));
    assert_eq!(s.put("/users/amy", json!({ "nickname": "a" })).entities()[0]["notifier_name"], "fcm");
    s.put(path, json!({ "device_id": "d1" })).is(400, "illegal_argument");
    s.put("/users/carl/push/binding", bind("d", "n", "t")).is(400, "required_property_not_found");
    s.delete("/users/amy").ok();
    s.users(&["amy"]);
    assert_eq!(s.get(path).entities(), json!([]));
}

#[test]
fn labels_are_made_listed_and_deleted() {
    let mut s = sandbox();
    let made = s.post("/push/label", json!({ "name": "Post-90s", "description": "hah" })).ok();
    assert_eq!(made["data"], json!({ "name": "Post-90s", "description": "hah", "createdAt": NOW }));
    assert_eq!(made.get("organization"), None);
    // Agora takes `Aa` and `aa` for one.
    s.post("/push/label", json!({ "name": "post-90s" })).is(400, "illegal_argument");
    assert_eq!(s.get("/push/label/POST-90S").data()["count"], 0);
    for (name, description) in [("", ""), ("a b", ""), (&"x".repeat(65), ""), ("a", &"x".repeat(256))] {
        s.post("/push/label", json!({ "name": name, "description": description })).is(400, "illegal_argument");
    }
    for i in 0..99 {
        s.post("/push/label", json!({ "name": format!("l{i}") })).ok();
    }
    let full = (403, "LimitException".into(), "limit request".into());
    assert_eq!(s.post("/push/label", json!({ "name": "more" })).refused(), full);
    // The latest first.
    let first = s.get("/push/label?limit=60").ok();
    assert_eq!(first["data"][0]["name"], "l98");
    let second = s.get(&format!("/push/label?limit=60&cursor={}", first["cursor"].as_str().unwrap())).ok();
    assert_eq!(second["data"].as_array().unwrap().len(), 40);
    assert_eq!(second["data"][39]["name"], "Post-90s");
    assert_eq!(second.get("cursor"), None);
    assert_eq!(s.get("/push/label?limit=101").refused().1, "LimitException");
    assert_eq!(s.delete("/push/label/post-90s").data(), "success");
    let gone = (400, "ResourceNotFoundException".into(), "push label not exists of post-90s".into());
    assert_eq!(s.get("/push/label/post-90s").refused(), gone);
    assert_eq!(s.delete("/push/label/post-90s").refused(), gone);
    // Easemob takes them for two.
    let mut s = with_dialect(Dialect::Easemob);
    s.post("/push/label", json!({ "name": "Aa" })).ok();
    s.post("/push/label", json!({ "name": "aa" })).ok();
}

#[test]
fn labels_are_given_and_taken() {
    let mut s = with_users(Dialect::Agora);
    s.post("/push/label", json!({ "name": "l" })).ok();
    let given = s.post("/push/label/l/user", json!({ "usernames": ["bob", "amy", "carl"] })).data();
    assert_eq!(given, json!({ "success": ["bob", "amy"], "fail": { "carl": "appUser not exists" } }));
    s.post("/push/label/l/user", json!({ "usernames": ["amy"] })).ok();
    assert_eq!(s.get("/push/label/l").data()["count"], 2);
    assert_eq!(s.get("/push/label/l/user/amy").data(), json!({ "username": "amy", "created": NOW }));
    assert_eq!(s.get("/push/label/l/user/carl").data(), json!({}));
    let first = s.get("/push/label/l/user?limit=1").ok();
    assert_eq!(first["data"], json!([{ "username": "bob", "created": NOW }]));
    let next = format!("/push/label/l/user?limit=1&cursor={}", first["cursor"].as_str().unwrap());
    let second = s.get(&next).ok();
    assert_eq!((&second["data"][0]["username"], second.get("cursor")), (&json!("amy"), None));
    let taken = s.delete_with("/push/label/l/user", json!({ "usernames": ["bob", "carl"] })).data();
    assert_eq!(taken["success"], json!(["bob"]));
    assert!(taken["fail"]["carl"].is_string());
    let many: Vec<_> = (0..101).map(|i| format!("u{i}")).collect();
    s.post("/push/label/l/user", json!({ "usernames": many })).is(403, "LimitException");
    s.post("/push/label/l/user", json!({ "usernames": [] })).is(400, "illegal_argument");
    s.post("/push/label/x/user", json!({ "usernames": ["amy"] })).is(400, "ResourceNotFoundException");
    s.delete("/users/amy").ok();
    assert_eq!(s.get("/push/label/l").data()["count"], 0);
}

fn message() -> Value {
    json!({ "title": "Hello", "subTitle": "Hello", "content": "Hello", "vivo": {} })
}

#[test]
fn pushes_to_users() {
    let mut s = with_users(Dialect::Agora);
    let body = s.post("/push/single", json!({ "targets": ["amy", "carl"], "pushMessage": message() })).ok();
    assert_eq!(body["data"][1], json!({ "id": "carl", "pushStatus": "ASYNC_SUCCESS", "desc": "async success." }));
    let sync = |s: &mut Tester, user: &str, strategy: u32| {
        s.post(&format!("/push/sync/{user}"), json!({ "strategy": strategy, "pushMessage": message() })).data()[0]
            .take()
    };
    assert_eq!(sync(&mut s, "carl", 3), json!({ "pushStatus": "FAIL", "desc": "appUser not exists" }));
    assert_eq!(sync(&mut s, "amy", 2), json!({ "pushStatus": "FAIL", "desc": "no push binding" }));
    assert_eq!(sync(&mut s, "amy", 0)["pushStatus"], "SUCCESS");
    let bound = json!({ "device_id": "d", "notifier_name": "104410638", "device_token": "t" });
    s.put("/users/amy/push/binding", bound).ok();
    let pushed = sync(&mut s, "amy", 2);
    assert_eq!(pushed["pushStatus"], "SUCCESS");
    assert_eq!(pushed["data"]["data"]["sendResult"], true);
    assert!(pushed["data"]["data"]["requestId"].as_str().unwrap().starts_with("104410638-"));
    let later = s.post("/push/async/amy", json!({ "pushMessage": message() })).data();
    assert_eq!(later, json!([{ "pushStatus": "ASYNC_SUCCESS", "data": "", "desc": "success" }]));
    let many: Vec<_> = (0..101).map(|i| format!("u{i}")).collect();
    s.post("/push/single", json!({ "targets": many, "pushMessage": message() })).is(403, "LimitException");
}

#[test]
fn refuses_bad_notifications() {
    let mut s = with_users(Dialect::Agora);
    let bad = (400, "MessageException".into(), "bad_request".into());
    for body in [json!({}), json!({ "pushMessage": "x" }), json!({ "pushMessage": { "title": "x" } })] {
        assert_eq!(s.post("/push/sync/amy", body).refused(), bad);
    }
    for (name, value) in [("title", "x".repeat(33)), ("subTitle", "x".repeat(11)), ("content", "x".repeat(101))] {
        let mut message = message();
        message[name] = value.into();
        s.post("/push/sync/amy", json!({ "pushMessage": message })).is(400, "illegal_argument");
    }
    let ext: serde_json::Map<String, Value> = (0..11).map(|i| (format!("k{i}"), json!(i))).collect();
    let mut with_ext = message();
    with_ext["ext"] = ext.into();
    s.post("/push/sync/amy", json!({ "pushMessage": with_ext })).is(400, "illegal_argument");
    s.post("/push/sync/amy", json!({ "strategy": 5, "pushMessage": message() })).is(400, "illegal_argument");
    // Easemob counts a Chinese character as two.
    let mut wide = message();
    wide["title"] = "推".repeat(17).into();
    s.post("/push/sync/amy", json!({ "pushMessage": wide })).ok();
    with_users(Dialect::Easemob).post("/push/sync/amy", json!({ "pushMessage": wide })).is(400, "illegal_argument");
}

#[test]
fn tasks_have_ids_beyond_what_a_number_holds() {
    let mut s = sandbox();
    s.post("/push/label", json!({ "name": "l" })).ok();
    let all = s.post("/push/task", json!({ "pushMessage": message() })).data();
    assert!(all.as_u64().unwrap() > 1 << 53);
    let labelled = s.post("/push/list/label", json!({ "targets": ["l"], "pushMessage": message() })).data();
    assert!(labelled["taskId"].as_u64().unwrap() > 1 << 53);
    // The older path.
    s.post("/push/list", json!({ "targets": ["l"], "pushFunc": "LABEL", "pushMessage": message() })).ok();
    assert_eq!(s.post("/push/task", json!({ "pushMessage": message() })).refused().1, "LimitException");
    s.advance(1000);
    s.post("/push/list/label", json!({ "targets": ["x"], "pushMessage": message() }))
        .is(400, "ResourceNotFoundException");
    s.post("/push/list", json!({ "targets": ["x"], "pushFunc": "LABEL", "pushMessage": message() }))
        .is(400, "ResourceNotFoundException");
    // The official push SDK names users there.
    let users = s.post("/push/list", json!({ "targets": ["amy", "bob"], "strategy": 0, "pushMessage": message() }));
    assert!(users.data()["taskId"].is_number());
    s.advance(1000);
    let labels = |n: usize| json!({ "targets": vec!["l"; n], "pushMessage": message() });
    s.post("/push/list/label", labels(5)).ok();
    s.post("/push/list/label", labels(6)).is(400, "illegal_argument");
    let mut s = with_dialect(Dialect::Easemob);
    s.post("/push/label", json!({ "name": "l" })).ok();
    s.post("/push/list/label", labels(2)).is(400, "illegal_argument");
}

#[test]
fn tasks_start_an_hour_to_thirty_days_ahead() {
    let mut s = sandbox();
    let mut at = |start: &str| s.post("/push/task", json!({ "startDate": start, "pushMessage": message() }));
    at("2026-01-01 01:00:00").ok();
    at("2026-01-31 00:00:00").ok();
    for wrong in ["2026-01-01 00:59:59", "2026-01-31 00:00:01", "2025-12-31 00:00:00", "2026-01-01", "tomorrow"] {
        at(wrong).is(400, "illegal_argument");
    }
    // Easemob: three in five minutes.
    let mut s = with_dialect(Dialect::Easemob);
    let task = json!({ "pushMessage": message() });
    for _ in 0..3 {
        s.post("/push/task", task.clone()).ok();
    }
    s.post("/push/task", task.clone()).is(403, "LimitException");
    s.advance(300_000);
    s.post("/push/task", task).ok();
}

#[test]
fn each_vendor_has_rates_of_its_own() {
    let send = json!({ "targets": ["amy"], "pushMessage": { "title": "t", "content": "c" } });
    let calls =
        |s: &mut Tester, call: &dyn Fn(&mut Tester) -> Answer| (0..200).take_while(|_| call(s).0.status != 429).count();
    for (dialect, counts) in [(Dialect::Agora, [100, 0, 100, 200]), (Dialect::Easemob, [10, 30, 10, 10])] {
        let mut s = strict(dialect);
        let counted = [
            calls(&mut s, &|s| s.get("/push/label")),
            // In Agora all calls of labels count together.
            calls(&mut s, &|s| s.get("/push/label/none/user")),
            calls(&mut s, &|s| s.get("/notification/template/none")),
            calls(&mut s, &|s| s.post("/push/single", send.clone())),
        ];
        assert_eq!(counted, counts, "{dialect:?}");
    }
}

#[test]
fn one_call_changes_everything_that_it_names_or_nothing() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let hours = json!({ "notification_no_disturbing_start": "1", "notification_no_disturbing_end": 3 });
    let mut all = json!({ "nickname": "A", "notification_display_style": 1, "notification_no_disturbing": true });
    all.as_object_mut().unwrap().extend(hours.as_object().unwrap().clone());
    let user = s.put("/users/amy", all).entities()[0].take();
    for (name, value) in [
        ("nickname", json!("A")),
        ("notification_display_style", json!(1)),
        ("notification_no_disturbing", json!(true)),
        ("notification_no_disturbing_start", json!(1)),
        ("notification_no_disturbing_end", json!(3)),
    ] {
        assert_eq!(user[name], value, "{name}");
    }
    s.put("/users/amy", json!({ "nickname": "B", "notification_display_style": "2" })).is(400, "illegal_argument");
    let user = s.put("/users/amy", json!({ "notification_no_disturbing": false })).entities()[0].take();
    assert_eq!((&user["nickname"], &user["notification_display_style"]), (&json!("A"), &json!(1)));
    assert_eq!(
        (&user["notification_no_disturbing"], &user["notification_no_disturbing_start"]),
        (&json!(false), &json!(1))
    );
}
