//! Files for messages, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::Dialect;
use agora_chat_sandbox::{Request, Response};
use serde_json::{Value, json};
use support::{Answer, Tester, sandbox, with_dialect};

const DAY: i64 = 24 * 3_600_000;

fn multipart(bytes: &[u8]) -> Request {
    let mut body =
        b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
            .to_vec();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--b--\r\n");
    Request { body, ..Request::new("POST", "/chatfiles").header("content-type", "multipart/form-data; boundary=b") }
}

fn upload(s: &mut Tester, bytes: &[u8]) -> Value {
    Answer(s.send(multipart(bytes))).ok()
}

fn download(s: &mut Tester, uuid: &str, headers: &[(&str, &str)]) -> Response {
    let request = Request::new("GET", &format!("/chatfiles/{uuid}"));
    s.send(headers.iter().fold(request, |r, (name, value)| r.header(name, value)))
}

#[test]
fn uploads_and_downloads() {
    let mut s = sandbox();
    let answer = upload(&mut s, b"\x89PNG\r\n\0");
    assert_eq!(
        (&answer["path"], &answer["uri"]),
        (&json!("/chatfiles"), &json!("http://127.0.0.1/demo/chat/chatfiles"))
    );
    let file = &answer["entities"][0];
    assert_eq!(file["type"], "chatfile");
    assert!(file["share-secret"].is_string());
    let uuid = file["uuid"].as_str().unwrap();
    for headers in [&[][..], &[("thumbnail", "true")], &[("share-secret", "whatever")]] {
        let got = download(&mut s, uuid, headers);
        assert_eq!((got.status, got.body.as_slice()), (200, &b"\x89PNG\r\n\0"[..]));
        assert!(got.headers.contains(&("content-type".into(), "image/png".into())));
    }
    Answer(download(&mut s, "nothing", &[])).is(404, "service_resource_not_found");
}

#[test]
fn restricted_files_need_their_secret() {
    let mut s = sandbox();
    let answer = Answer(s.send(multipart(b"x").header("restrict-access", "true"))).ok();
    let (uuid, secret) =
        (answer["entities"][0]["uuid"].as_str().unwrap(), answer["entities"][0]["share-secret"].as_str().unwrap());
    Answer(download(&mut s, uuid, &[])).is(401, "unauthorized");
    Answer(download(&mut s, uuid, &[("share-secret", "wrong")])).is(401, "unauthorized");
    assert_eq!(download(&mut s, uuid, &[("share-secret", secret)]).status, 200);
    assert_eq!(download(&mut s, &format!("{uuid}?share-secret={secret}"), &[]).status, 200);
}

#[test]
fn refuses_what_is_too_large_or_no_file() {
    let large = vec![0; 10 * 1024 * 1024 + 1];
    Answer(sandbox().send(multipart(&large))).is(413, "file exceeding maximum limit");
    Answer(with_dialect(Dialect::Easemob).send(multipart(&large))).is(413, "Request Entity Too Large");
    sandbox().post("/chatfiles", json!({})).is(400, "illegal_argument");
    let no_file = Request {
        body: b"--b\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\na.png\r\n--b--\r\n".to_vec(),
        ..Request::new("POST", "/chatfiles").header("content-type", "multipart/form-data; boundary=b")
    };
    Answer(sandbox().send(no_file)).is(400, "illegal_argument");
}

#[test]
fn files_end_after_seven_days_unless_kept_longer() {
    let mut s = sandbox();
    s.users(&["amy"]);
    let [short, long, ever] =
        [1, 2, 3].map(|i| upload(&mut s, &[i])["entities"][0]["uuid"].as_str().unwrap().to_owned());
    s.advance(6 * DAY);
    s.renew();
    let path = "/users/amy/chatfiles/lifetime";
    let answer = s.put(path, json!({ "lifetime": "refresh", "chatfile_ids": [long, "nothing"] })).data();
    assert_eq!(answer, json!({ (long.clone()): "success", "nothing": "file not found" }));
    // The first version of the page had POST.
    s.post(path, json!({ "lifetime": "forever", "chatfile_ids": [ever] })).ok();
    s.advance(DAY);
    s.renew();
    Answer(download(&mut s, &short, &[])).is(404, "file_expired");
    assert_eq!(download(&mut s, &long, &[]).status, 200);
    s.put(path, json!({ "lifetime": "default", "chatfile_ids": [ever.clone()] })).ok();
    Answer(download(&mut s, &ever, &[])).is(404, "file_expired");
    s.put("/users/nobody/chatfiles/lifetime", json!({ "lifetime": "default", "chatfile_ids": ["x"] }))
        .is(404, "service_resource_not_found");
    let many: Vec<_> = (0..101).map(|i| i.to_string()).collect();
    s.put(path, json!({ "lifetime": "default", "chatfile_ids": many })).is(400, "illegal_argument");
    s.put(path, json!({ "lifetime": "long", "chatfile_ids": ["x"] })).is(400, "illegal_argument");
}

#[test]
fn recalling_a_message_deletes_its_files() {
    let mut s = sandbox();
    let answer = upload(&mut s, b"x");
    let uuid = answer["entities"][0]["uuid"].as_str().unwrap().to_owned();
    let url = format!("{}/{uuid}", answer["uri"].as_str().unwrap());
    let body = json!({ "to": ["bob"], "type": "img", "body": { "url": url, "filename": "a.png" } });
    let id = s.post("/messages/users", body).data()["bob"].take();
    s.post("/messages/msg_recall", json!({ "msg_id": id, "to": "bob", "chat_type": "chat" })).ok();
    Answer(download(&mut s, &uuid, &[])).is(404, "service_resource_not_found");
}
