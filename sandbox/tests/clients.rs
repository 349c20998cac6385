//! What clients in the field send otherwise than documented.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use agora_chat_sandbox::{Request, state::messages::Message};
use serde_json::{Value, json};
use support::{Answer, Tester, with_dialect};

fn easemob() -> Tester {
    let mut s = with_dialect(Dialect::Easemob);
    s.users(&["amy", "bob"]);
    s
}

fn send(s: &mut Tester, method: &str, target: &str, content_type: &str, body: &str) -> Answer {
    let request = Request { body: body.as_bytes().to_vec(), ..Request::new(method, target) };
    Answer(s.send(request.header("content-type", content_type)))
}

fn message(s: &mut Tester, id: &Value) -> Message {
    s.sandbox.world("demo#chat").unwrap().message(id.as_str().unwrap()).unwrap().clone()
}

#[test]
fn imports_of_the_java_sdk_nest_type_and_body() {
    let mut s = easemob();
    let contents = [
        (json!({ "type": "text", "msg": "hi" }), json!({ "type": "txt", "msg": "hi" })),
        (json!({ "type": "cmd", "action": "run" }), json!({ "type": "cmd", "action": "run" })),
        (
            json!({ "type": "img", "url": "http://x/y", "size": { "width": 10.0, "height": 5.5 } }),
            json!({ "type": "img", "url": "http://x/y", "size": { "width": 10.0, "height": 5.5 } }),
        ),
    ];
    for path in ["/messages/users/import", "/messages/chatgroups/import"] {
        for (sent, kept) in &contents {
            let body = json!({ "from": "amy", "target": "bob", "msg": sent, "ext": { "a": "b" }, "is_ack_read": true,
                "msg_timestamp": 1_234_567_890_123_u64, "need_download": true });
            let id = s.post(path, body).data()["msg_id"].take();
            let row = message(&mut s, &id);
            assert_eq!(serde_json::to_value(&row.content).unwrap(), *kept);
            assert_eq!(row.timestamp, 1_234_567_890_123);
        }
        // What is missing inside is missed as in the documented shape.
        let text = |r: (u16, String, String)| r.2;
        let without = s.post(path, json!({ "from": "amy", "target": "bob", "msg": { "msg": "hi" } })).refused();
        assert_eq!(text(without), "type not allow empty");
        let nothing = s.post(path, json!({ "from": "amy", "target": "bob", "msg": "hi" })).refused();
        assert_eq!(text(nothing), "type not allow empty");
    }
}

#[test]
fn extensions_of_custom_messages_may_be_numbers_and_booleans() {
    let mut s = easemob();
    let exts = json!({ "n": 5, "f": 1.5, "b": true, "t": "x", "a.b[0]": 7 });
    let body = json!({ "to": ["bob"], "type": "custom", "body": { "customEvent": "e", "customExts": exts } });
    let id = s.post("/messages/users", body).data()["bob"].take();
    let content = serde_json::to_value(message(&mut s, &id).content).unwrap();
    assert_eq!(content["customExts"], json!({ "n": "5", "f": "1.5", "b": "true", "t": "x", "a.b[0]": "7" }));
}

#[test]
fn file_messages_may_have_no_name() {
    let mut s = easemob();
    let old = json!({ "target_type": "users", "target": ["bob"], "msg": { "type": "file", "url": "http://x/y" } });
    assert_eq!(s.post("/messages", old).data(), json!({ "bob": "success" }));
    let new = json!({ "to": ["bob"], "type": "file", "body": { "url": "http://x/y" } });
    let id = s.post("/messages/users", new).data()["bob"].take();
    let content = serde_json::to_value(message(&mut s, &id).content).unwrap();
    assert_eq!(content, json!({ "type": "file", "filename": "", "url": "http://x/y" }));
    // Nor an address, where it says something else; what says nothing is empty.
    s.post("/messages/users", json!({ "to": ["bob"], "type": "file", "body": { "filename": "a", "uuid": "u" } })).ok();
    s.post("/messages/users", json!({ "to": ["bob"], "type": "cmd", "body": { "event": "notification" } })).ok();
    let old = json!({ "target_type": "users", "target": ["bob"], "msg": { "type": "cmd", "event": "x" } });
    s.post("/messages?useMsgId=true", old).ok();
    for empty in ["file", "cmd"] {
        s.post("/messages/users", json!({ "to": ["bob"], "type": empty, "body": {} })).is(400, "message_send_error");
    }
}

#[test]
fn scalars_of_another_type_are_converted() {
    let mut s = easemob();
    let group = json!({ "groupname": 2026, "desc": "d", "public": "true", "maxusers": "150", "members_only": "1",
        "allowinvites": 0, "owner": "amy", "members": ["bob"] });
    let id = s.post("/chatgroups", group).data()["groupid"].as_str().unwrap().to_owned();
    let made = s.get(&format!("/chatgroups/{id}")).data()[0].take();
    let got = ["name", "public", "maxusers", "membersonly", "allowinvites"].map(|name| made[name].clone());
    assert_eq!(got, [json!("2026"), json!(true), json!(150), json!(true), json!(false)]);
    s.post(&format!("/chatgroups/{id}/mute"), json!({ "usernames": ["bob"], "mute_duration": "60000" })).ok();
    s.post("/users", json!([{ "username": 1001, "password": 1 }, { "username": 1002, "password": 2 }])).ok();
    s.post("/users/batch/status", json!({ "usernames": [1001, 1002] })).ok();
    // However many they are.
    let many: Vec<Value> = (2000..2060).map(|n| json!({ "username": n, "password": n })).collect();
    s.post("/users", Value::from(many)).ok();
    let token = json!({ "grant_type": "password", "username": "1002", "password": "2" });
    s.post("/token", token).ok();
}

#[test]
fn what_cannot_be_converted_is_refused() {
    let mut s = easemob();
    let group = |maxusers: Value, public: Value| json!({ "groupname": "g", "description": "d", "owner": "amy", "public": public, "maxusers": maxusers });
    for (maxusers, public) in
        [(json!("many"), json!(true)), (json!("2.5"), json!(true)), (json!(200), json!("yes")), (json!(200), json!(2))]
    {
        let refused = s.post("/chatgroups", group(maxusers.clone(), public.clone())).refused();
        assert_eq!(refused.0, 400, "{maxusers} {public} {refused:?}");
    }
    // A list that holds something is no map, and `null` no text.
    s.post("/messages/users", json!({ "to": ["bob"], "type": "txt", "body": { "msg": "x" }, "ext": ["x"] }))
        .is(400, "message_send_error");
    s.post("/users", json!({ "username": null, "password": "x" })).is(400, "illegal_argument");
}

#[test]
fn query_flags_may_be_numbers() {
    let mut s = easemob();
    let body = json!({ "target_type": "users", "target": ["bob"], "msg": { "type": "txt", "msg": "hi" } });
    assert_ne!(s.post("/messages?useMsgId=1", body.clone()).data()["bob"], "success");
    assert_eq!(s.post("/messages?useMsgId=0", body).data()["bob"], "success");
}

#[test]
fn json_is_json_whatever_its_header_says() {
    let mut s = easemob();
    for (i, kind) in
        ["application/json;charset=utf-8", "APPLICATION/JSON", "text/plain", "application/x-www-form-urlencoded"]
            .iter()
            .enumerate()
    {
        let body = json!({ "username": format!("user{i}"), "password": "x" }).to_string();
        send(&mut s, "POST", "/users", kind, &body).ok();
    }
}

#[test]
fn forms_where_json_belongs_are_unsupported() {
    let mut s = easemob();
    send(&mut s, "POST", "/users", "application/x-www-form-urlencoded", "username=cat&password=x")
        .is(415, "web_application");
    let parts = "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\ncat\r\n--b--\r\n";
    send(&mut s, "POST", "/users", "multipart/form-data; boundary=b", parts).is(415, "web_application");
    // Attributes are a form, and may be JSON.
    let form =
        send(&mut s, "PUT", "/metadata/user/amy", "application/x-www-form-urlencoded", "nickname=%7b1%7D&ext=a+b");
    assert_eq!(form.data(), json!({ "nickname": "{1}", "ext": "a b" }));
    send(&mut s, "PUT", "/metadata/user/amy", "application/json", "{\"nickname\":\"n\"}").ok();
}

#[test]
fn methods_and_schemes_have_no_case() {
    let mut s = easemob();
    send(&mut s, "post", "/users/", "application/json", "{\"username\":\"cat\",\"password\":\"x\"}").ok();
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let token = format!("{scheme} {}", s.token);
        Answer(s.send(Request::new("get", "//users/cat/").header("authorization", &token))).ok();
    }
}

#[test]
fn file_names_may_hold_semicolons() {
    let mut s = easemob();
    let group = json!({ "groupname": "g", "description": "d", "public": true, "owner": "amy" });
    let id = s.post("/chatgroups", group).data()["groupid"].as_str().unwrap().to_owned();
    let files = format!("/chatgroups/{id}/share_files");
    let parts =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b; c=1.txt\"\r\n\r\nhello\r\n--b--\r\n";
    send(&mut s, "POST", &files, "multipart/form-data; boundary=\"b\"", parts).ok();
    assert_eq!(s.get(&format!("{files}?pagenum=1&pagesize=10")).data()[0]["file_name"], "a b; c=1.txt");
}

#[test]
fn what_is_empty_may_be_a_list_or_null() {
    let mut s = easemob();
    let room = json!({ "name": "r", "description": "d", "owner": "amy", "members": null, "custom": null });
    let id = s.post("/chatrooms", room).data()["id"].as_str().unwrap().to_owned();
    for empty in ["[]", "null", "{}", ""] {
        for (method, target) in [
            ("POST", format!("/metadata/chatroom/{id}")),
            ("DELETE", format!("/metadata/chatroom/{id}/user/amy")),
            ("POST", "/users/amy/deactivate".to_owned()),
            ("POST", "/users/amy/activate".to_owned()),
        ] {
            send(&mut s, method, &target, "application/json", empty).ok();
        }
        // What is required is missed all the same.
        let refused = send(&mut s, "PUT", "/users/amy/password", "application/json", empty).refused();
        assert_eq!(
            refused.2,
            if matches!(empty, "[]" | "null") { "body must be an object" } else { "newpassword is required" }
        );
    }
    send(&mut s, "POST", &format!("/metadata/chatroom/{id}"), "application/json", "[1]").is(400, "illegal_argument");
}

#[test]
fn query_parameters_may_be_blank() {
    let mut s = easemob();
    s.get("/users?limit=&cursor=").ok();
    s.get("/users/amy/blocks/users?pageSize=&cursor=").ok();
    s.get("/user/amy/contacts?limit=10&cursor=&needReturnRemark=").ok();
    s.get("/users?limit=x").is(400, "illegal_argument");
}

#[test]
fn older_forms_are_echoed_as_they_were_called() {
    let mut s = easemob();
    for method in ["GET", "POST"] {
        let answer = send(&mut s, method, "/users/amy/disconnect", "", "").ok();
        assert_eq!(answer["action"], method.to_lowercase());
    }
    for (method, action) in [("DELETE", "delete"), ("GET", "get")] {
        assert_eq!(send(&mut s, method, "/users/amy/disconnect/ios_1", "", "").ok()["action"], action);
    }
}

#[test]
fn what_is_not_set_is_left_out() {
    let mut s = easemob();
    // Go writes every member.
    let secrets = json!({ "grant_type": "client_credentials", "client_id": "sandbox-client-id", "client_secret": "sandbox-client-secret", "ttl": "" });
    assert_eq!(s.post("/token", secrets).ok()["expires_in"], 60 * 86_400);
    for ext in [json!(null), json!([]), json!({})] {
        let send =
            json!({ "from": "amy", "to": ["bob"], "type": "txt", "body": { "msg": "x" }, "routetype": "", "ext": ext });
        s.post("/messages/users", send).ok();
        let old =
            json!({ "target_type": "users", "target": ["bob"], "msg": { "type": "txt", "msg": "x" }, "ext": ext });
        s.post("/messages", old).ok();
        let all = json!({ "target_type": "users", "msg": { "type": "txt", "msg": "x" }, "ext": ext });
        s.post("/messages/broadcast", all).ok();
    }
    // Inside of members and in headers too.
    let badge = json!({ "addNum": "", "setNum": 1 });
    let push = json!({ "title": "t", "content": "c", "config": { "badge": badge } });
    s.post("/push/single", json!({ "targets": ["bob"], "strategy": "", "pushMessage": push })).ok();
    let mut agora = with_dialect(Dialect::Agora);
    let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--b--\r\n";
    let upload = Request { body: body.into(), ..Request::new("POST", "/chatfiles") }
        .header("content-type", "multipart/form-data; boundary=b")
        .header("thumbnail-height", "")
        .header("restrict-access", "");
    assert_eq!(agora.send(upload).status, 200);
    // What has to be there has to say something.
    s.post("/token", json!({ "grant_type": "inherit", "username": "" })).refused();
    s.post("/messages/users", json!({ "to": ["bob"], "type": "", "body": { "msg": "x" } }))
        .is(400, "message_send_error");
}

#[test]
fn an_older_word_for_texts_is_understood() {
    let mut s = easemob();
    let send = json!({ "target_type": "users", "target": ["bob"], "msg": { "type": "text", "msg": "hi" } });
    let id = s.post("/messages?useMsgId=true", send).data()["bob"].take();
    let content = serde_json::to_value(message(&mut s, &id).content).unwrap();
    assert_eq!(content, json!({ "type": "txt", "msg": "hi" }));
}

#[test]
fn attributes_may_stand_in_the_query() {
    let mut s = easemob();
    let request = Request::new("PUT", "/metadata/user/amy?nickname=Amy+L")
        .header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(s.send(request).value()["data"], json!({ "nickname": "Amy L" }));
}

#[test]
fn a_byte_order_mark_is_no_json() {
    let mut s = easemob();
    let marked = |text: &str| [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    let body = marked(r#"{"username":"mark","password":"x"}"#);
    assert_eq!(s.send(Request { body, ..Request::new("POST", "/users") }).status, 200);
    let seeds = "\u{feff}{\"op\":\"users.register\",\"params\":{\"username\":\"seed\",\"password\":\"x\"}}\r\n\r\n";
    assert_eq!(s.sandbox.seed("demo#chat", seeds).unwrap(), 1);
    let fault = Request { body: marked(r#"{"status":500}"#), ..Request::new("POST", "/__sandbox/faults") };
    assert_eq!(s.send(fault).status, 200);
    for list in ["[]", "[{\"op\":\"users.list\"}]", "users.list"] {
        let why = s.sandbox.seed("demo#chat", list).unwrap_err();
        assert!(why.starts_with("line 1: a seed is one JSON object a line"), "{why}");
    }
}

/// Uploads a file whose part has this head; its name as a history or a share shows it.
fn uploaded(s: &mut Tester, disposition: &str) -> Option<String> {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: text/html; x=\"\u{1}\"\r\n\r\nabc\r\n--b--\r\n"
    );
    let request = Request { body: body.into_bytes(), ..Request::new("POST", "/chatfiles") };
    let answer = s.send(request.header("content-type", "multipart/form-data; boundary=b"));
    if answer.status != 200 {
        return None;
    }
    let uuid = answer.value()["entities"][0]["uuid"].as_str().unwrap().to_owned();
    // What no header can hold is in none.
    let download = s.send(Request::new("GET", &format!("/chatfiles/{uuid}")));
    assert_eq!((download.status, download.get("content-type")), (200, Some("application/octet-stream")));
    assert_eq!(download.body, b"abc");
    let world = s.sandbox.world("demo#chat").unwrap();
    world.files.get(&uuid).map(|file| file.name.clone())
}

#[test]
fn files_may_have_any_name_or_none() {
    let mut s = easemob();
    for (disposition, name) in [
        (r#"name="file"; filename="a.txt""#, "a.txt"),
        (r"name=file; filename=a.txt", "a.txt"),
        (r#"name="file"; filename="a\"b.txt""#, r#"a"b.txt"#),
        (r#"name="file"; filename="q\";semi.txt""#, r#"q";semi.txt"#),
        (r#"name="file"; filename="back\\slash""#, r"back\slash"),
        (r#"name="file"; filename="C:\temp\a.txt""#, r"C:\temp\a.txt"),
        ("name=\"file\"; filename*=utf-8''na%C3%AFve%20name.txt", "naïve name.txt"),
        ("name=\"file\"; filename=\"=?utf-8?B?bmE=?=\"; filename*=UTF-8'de'na%C3%AFve.txt", "naïve.txt"),
        (r#"name="file""#, ""),
    ] {
        assert_eq!(uploaded(&mut s, disposition).as_deref(), Some(name), "{disposition}");
    }
    assert_eq!(uploaded(&mut s, r#"name="other""#), None);
}

#[test]
fn whoever_knows_a_file_may_fetch_it() {
    let mut s = easemob();
    let mut upload = |restricted: &str| {
        let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--b--\r\n";
        let request = Request { body: body.into(), ..Request::new("POST", "/chatfiles") };
        let request =
            request.header("content-type", "multipart/form-data; boundary=b").header("restrict-access", restricted);
        let file = s.send(request).value()["entities"][0].take();
        let text = |name: &str| file[name].as_str().unwrap_or_default().to_owned();
        (text("uuid"), text("share-secret"))
    };
    let ((open, _), (closed, secret)) = (upload("false"), upload("true"));
    let mut fetch = |target: String| s.send(Request::new("GET", &target).header("authorization", "")).status;
    assert_eq!(fetch(format!("/chatfiles/{open}")), 200);
    assert_eq!(fetch(format!("/chatfiles/{closed}?share-secret={secret}")), 200);
    assert_eq!(fetch(format!("/chatfiles/{closed}")), 401);
    assert_eq!(fetch(format!("/chatfiles/{closed}?share-secret=x")), 401);
    assert_eq!(fetch("/chatfiles/unknown".into()), 404);
    let words = s.get("/chatfiles/unknown").refused();
    assert_eq!((words.1.as_str(), words.2.as_str()), ("entity_not_found", "file may not exists"));
}

#[test]
fn contacts_are_found_by_either_path() {
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let mut s = with_dialect(dialect);
        s.users(&["amy", "bob"]);
        s.post("/users/amy/contacts/users/bob", Value::Null).ok();
        for (user, remark) in [("user", "one"), ("users", "two")] {
            let set = s.put(&format!("/{user}/amy/contacts/users/bob"), json!({ "remark": remark })).ok();
            assert_eq!(set["status"], "ok");
            let page = s.get(&format!("/{user}/amy/contacts?limit=1&needReturnRemark=true")).data();
            assert_eq!(page["contacts"], json!([{ "username": "bob", "remark": remark }]));
        }
    }
}

#[test]
fn the_web_clients_paths_may_begin_with_sdk() {
    let mut s = easemob();
    let group = json!({ "groupname": "g", "description": "d", "public": true, "owner": "amy", "members": ["bob"] });
    let id = s.post("/chatgroups", group).data()["groupid"].as_str().unwrap().to_owned();
    s.put(&format!("/sdk/metadata/chatgroup/{id}/user/bob"), json!({ "metaData": { "a": "b" } })).ok();
    let of = s.post(&format!("/sdk/metadata/chatgroup/{id}/get"), json!({ "targets": ["bob"], "properties": ["a"] }));
    assert_eq!(of.data(), json!({ "bob": { "a": "b" } }));
    s.post("/sdk/message/roaming/user/amy/delete/all", Value::Null).ok();
    s.get("/sdk").is(404, "service_resource_not_found");
}
