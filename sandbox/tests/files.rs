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
fn whether_a_file_is_restricted_is_a_word_in_many_spellings() {
    let mut s = sandbox();
    for (word, status) in [("true", 401), ("True", 401), ("1", 401), ("false", 200), ("0", 200), ("", 200), ("no", 200)]
    {
        let answer = Answer(s.send(multipart(b"x").header("restrict-access", word))).ok();
        let uuid = answer["entities"][0]["uuid"].as_str().unwrap();
        assert_eq!(download(&mut s, uuid, &[]).status, status, "{word:?}");
    }
    Answer(s.send(multipart(b"x").header("thumbnail-width", "wide"))).is(400, "illegal_argument");
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

#[test]
fn history_tells_the_size_of_files() {
    let mut s = sandbox();
    let answer = upload(&mut s, b"four");
    let url = format!("{}/{}", answer["uri"].as_str().unwrap(), answer["entities"][0]["uuid"].as_str().unwrap());
    for body in [json!({ "url": url, "filename": "a" }), json!({ "url": url, "filename": "a", "file_length": 7 })] {
        s.post("/messages/users", json!({ "to": ["bob"], "type": "file", "body": body })).ok();
    }
    s.advance(3_600_000);
    let address = s.get("/chatmessages/2026010100").data()[0]["url"].as_str().unwrap().to_owned();
    let file = s.sandbox.answer(&Request::new("GET", address.strip_prefix("http://127.0.0.1").unwrap())).body;
    let text = miniz_oxide::inflate::decompress_to_vec(&file[10..file.len() - 8]).unwrap();
    let sizes: Vec<Value> = String::from_utf8(text)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["payload"]["bodies"][0]["file_length"].take())
        .collect();
    assert_eq!(sizes, [4, 7]);
}

#[cfg(feature = "thumbnails")]
mod thumbnails {
    use super::{Dialect, Request, Tester, download, multipart, sandbox, with_dialect};
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
    use std::io::Cursor;

    /// An image that compresses badly.
    fn image(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let noise = |x: u32, y: u32, i: u32| (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)).wrapping_mul(i) as u8;
        let pixels = RgbImage::from_fn(width, height, |x, y| Rgb([3, 5, 7].map(|i| noise(x, y, i))));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(pixels).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// The type and size of the thumbnail of what was uploaded so; nothing if it is the file itself.
    fn thumbnail(s: &mut Tester, upload: Request) -> Option<(String, u32, u32)> {
        let uuid = s.send(upload).value()["entities"][0]["uuid"].as_str().unwrap().to_owned();
        let whole = download(s, &uuid, &[]);
        assert_eq!(download(s, &uuid, &[("thumbnail", "false")]).body, whole.body);
        let small = download(s, &uuid, &[("thumbnail", "true")]);
        assert_eq!(small.status, 200);
        if small.body == whole.body {
            return None;
        }
        let drawn = image::load_from_memory(&small.body).unwrap();
        let kind = small.headers.iter().find(|(name, _)| name == "content-type").unwrap().1.clone().into_owned();
        Some((kind, drawn.width(), drawn.height()))
    }

    #[test]
    fn they_fit_into_170_pixels_and_keep_the_shape() {
        let mut s = sandbox();
        for (format, kind) in [
            (ImageFormat::Jpeg, "image/jpeg"),
            (ImageFormat::Png, "image/png"),
            (ImageFormat::Gif, "image/png"),
            (ImageFormat::WebP, "image/png"),
        ] {
            let drawn = thumbnail(&mut s, multipart(&image(400, 300, format)));
            assert_eq!(drawn, Some((kind.into(), 170, 128)), "{format:?}");
        }
    }

    #[test]
    fn their_size_stands_in_headers_for_agora_and_in_parts_for_easemob() {
        let bytes = image(400, 300, ImageFormat::Png);
        let asked = multipart(&bytes).header("thumbnail-width", "100").header("thumbnail-height", "30");
        assert_eq!(thumbnail(&mut sandbox(), asked), Some(("image/png".into(), 40, 30)));
        let mut asked = multipart(&bytes);
        let end = b"--b--\r\n".len();
        asked.body.truncate(asked.body.len() - end);
        for (name, size) in [("thumbnail-width", 60), ("thumbnail-height", 200)] {
            let part = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{size}\r\n");
            asked.body.extend_from_slice(part.as_bytes());
        }
        asked.body.extend_from_slice(b"--b--\r\n");
        assert_eq!(thumbnail(&mut with_dialect(Dialect::Easemob), asked), Some(("image/png".into(), 60, 45)));
    }

    #[test]
    fn small_files_and_small_images_are_their_own() {
        let mut s = sandbox();
        let mut tiny = image(200, 200, ImageFormat::Png);
        tiny.truncate(10 * 1024);
        assert_eq!(thumbnail(&mut s, multipart(&tiny)), None);
        let bytes = image(150, 160, ImageFormat::Png);
        assert!(bytes.len() > 10 * 1024);
        assert_eq!(thumbnail(&mut s, multipart(&bytes)), None);
        assert_eq!(thumbnail(&mut s, multipart(&[b'x'; 20_000])), None);
    }

    #[test]
    fn an_image_that_claims_to_be_huge_or_is_broken_is_its_own() {
        let mut s = sandbox();
        let mut jpeg = image(400, 300, ImageFormat::Jpeg);
        let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
        jpeg[frame + 5..frame + 9].fill(0xff);
        let mut gif = image(400, 300, ImageFormat::Gif);
        gif[6..10].fill(0xff);
        let mut cut = image(400, 300, ImageFormat::Png);
        cut.truncate(cut.len() / 2);
        for bytes in [jpeg, gif, cut] {
            assert!(bytes.len() > 10 * 1024);
            assert_eq!(thumbnail(&mut s, multipart(&bytes)), None);
        }
    }

    #[test]
    fn a_restricted_image_keeps_its_thumbnail_too() {
        let mut s = sandbox();
        let bytes = image(400, 300, ImageFormat::Png);
        let answer = s.send(multipart(&bytes).header("restrict-access", "true")).value();
        let uuid = answer["entities"][0]["uuid"].as_str().unwrap();
        assert_eq!(download(&mut s, uuid, &[("thumbnail", "true")]).status, 401);
        let secret = answer["entities"][0]["share-secret"].as_str().unwrap();
        let got = download(&mut s, uuid, &[("thumbnail", "true"), ("share-secret", secret)]);
        assert!(got.status == 200 && got.body.len() < bytes.len());
    }
}
