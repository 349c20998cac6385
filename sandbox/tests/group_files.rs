//! The files of groups, as the platform treats them.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_sandbox::Request;
use serde_json::{Value, json};
use support::{Answer, NOW, Tester, sandbox};

fn group(s: &mut Tester) -> (String, String) {
    s.users(&["amy"]);
    let made = s.post("/chatgroups", json!({ "public": true, "owner": "amy" })).data();
    let id = made["groupid"].as_str().unwrap().to_owned();
    (format!("/chatgroups/{id}/share_files"), id)
}

fn upload(s: &mut Tester, path: &str, name: &str, bytes: &[u8]) -> Answer {
    let head = format!(
        "--xyz\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: image/jpeg\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--xyz--\r\n"].concat();
    let request = Request { body, ..Request::new("POST", path) };
    Answer(
        s.send(request.header("content-type", "multipart/form-data; boundary=xyz").header("restrict-access", "true")),
    )
}

#[test]
fn uploads_downloads_and_deletes() {
    let mut s = sandbox();
    let (path, id) = group(&mut s);
    let up = upload(&mut s, &path, "IMG_3.JPG", b"\x00\xffpixels").data();
    let file = up["file_id"].as_str().unwrap().to_owned();
    assert_eq!(
        up,
        json!({
            "file_url": format!("http://127.0.0.1/demo/chat{path}/{file}"), "group_id": id, "file_name": "img_3.jpg",
            "created": NOW, "file_id": file, "file_size": 8,
        })
    );
    let down = s.get(&format!("{path}/{file}")).0;
    assert_eq!((down.status, down.body.as_slice()), (200, b"\x00\xffpixels".as_slice()));
    assert!(down.headers.contains(&("content-type".into(), "image/jpeg".into())));
    let gone = s.delete(&format!("{path}/{file}")).data();
    assert_eq!(gone, json!({ "group_id": id, "file_id": file, "result": true }));
    s.get(&format!("{path}/{file}")).is(404, "service_resource_not_found");
    s.delete(&format!("{path}/{file}")).is(404, "service_resource_not_found");
    assert_eq!(s.get(&path).data(), json!([]));
}

#[test]
fn lists_the_newest_first() {
    let mut s = sandbox();
    let (path, _) = group(&mut s);
    for name in ["a", "b", "c"] {
        upload(&mut s, &path, name, b"x").ok();
    }
    let names = |page: &Value| -> Vec<String> {
        page["data"].as_array().unwrap().iter().map(|f| f["file_name"].as_str().unwrap().to_owned()).collect()
    };
    let page = s.get(&path).ok();
    assert_eq!(names(&page), ["c", "b", "a"]);
    let first = page["data"][0].as_object().unwrap();
    assert_eq!((&first["file_owner"], &first["file_size"], &first["created"]), (&json!("amy"), &json!(1), &json!(NOW)));
    let page = s.get(&format!("{path}?pagenum=2&pagesize=2")).ok();
    assert_eq!(names(&page), ["a"]);
    assert_eq!(page["params"], json!({ "pagenum": ["2"], "pagesize": ["2"] }));
}

#[test]
fn keeps_files_for_a_week() {
    let mut s = sandbox();
    let (path, _) = group(&mut s);
    let up = upload(&mut s, &path, "a", b"x").data();
    let file = format!("{path}/{}", up["file_id"].as_str().unwrap());
    // The app token of the tests is good for a day: a new one is made after the week.
    let owner = s.sandbox.world("demo#chat").unwrap();
    owner.tokens.insert("T", agora_chat_sandbox::state::users::Token::default());
    s.token = "T".into();
    s.advance(7 * 86_400_000 - 1);
    assert_eq!(s.get(&file).0.status, 200);
    s.advance(1);
    s.get(&file).is(404, "file_expired");
    assert_eq!(s.get(&path).data(), json!([]));
}

#[test]
fn refuses_bad_uploads() {
    let mut s = sandbox();
    let (path, _) = group(&mut s);
    let missing = (400, "IllegalArgumentException".to_owned(), "file must be provided.".to_owned());
    assert_eq!(s.post(&path, Value::Null).refused(), missing);
    assert_eq!(s.post(&path, json!({ "file": "x" })).refused(), missing);
    let no_file = b"--xyz\r\ncontent-disposition: form-data; name=\"x\"\r\n\r\n1\r\n--xyz--\r\n".to_vec();
    let request = Request { body: no_file, ..Request::new("POST", &path) };
    let answer = Answer(s.send(request.header("content-type", "multipart/form-data; boundary=xyz")));
    assert_eq!(answer.refused(), missing);
    upload(&mut s, &path, "big", &vec![b'x'; 10 * 1024 * 1024 + 1]).is(413, "Request Entity Too Large");
    upload(&mut s, &path, "big", &vec![b'x'; 10 * 1024 * 1024]).ok();
    let text = "grpID 1 does not exist!".to_owned();
    let nowhere = (404, "RestGroupFeignException".to_owned(), text);
    assert_eq!(upload(&mut s, "/chatgroups/1/share_files", "a", b"x").refused(), nowhere);
    for target in ["/chatgroups/1/share_files", "/chatgroups/1/share_files/2"] {
        assert_eq!(s.get(target).refused(), nowhere);
    }
    assert_eq!(s.delete("/chatgroups/1/share_files/2").refused(), nowhere);
}
