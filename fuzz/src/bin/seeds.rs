//! Writes what the fuzzer starts from: the documented examples, as requests about what the sandbox holds, and as answers.

use agora_chat_admin::{
    Dialect,
    codec::Body,
    operation::{Encoding, Operation},
    token,
};
use agora_chat_fuzz::{NEXT, NOW, TOKEN, sandbox};
use agora_chat_sandbox::app::App;
// Its runtime counts what is covered, here too.
use libfuzzer_sys as _;
use serde_json::{Map, Value};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("the folder to write to"));
    let wire = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/wire");
    let known = known();
    for file in fs::read_dir(wire)? {
        let file = file?.path();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let examples: Vec<Value> = serde_json::from_slice(&fs::read(&file)?)?;
        for (number, example) in examples.iter().enumerate() {
            let seed = |target: &str, bytes: &[u8]| write(&folder, target, &format!("{stem}-{number}"), bytes);
            let id = example["operation"].as_str().unwrap_or_default();
            let Some(index) = agora_chat_admin::api::operations().position(|o| o.is(id)) else { continue };
            let Some(operation) = agora_chat_admin::api::find(id) else { continue };
            let chosen = u16::try_from(index).unwrap_or_default().to_le_bytes();
            let answer = example["response"]["body"].to_string();
            seed("answers", &[chosen.as_slice(), answer.as_bytes()].concat())?;
            let dialect = if example["dialect"] == "easemob" { Dialect::Easemob } else { Dialect::Agora };
            let params = example["params"].as_object().cloned().unwrap_or_default();
            if let Some(text) = request(operation, dialect, &aimed(params, &known)) {
                seed("requests", format!("{text}{NEXT}{text}").as_bytes())?;
            }
            let (kind, body) = body(operation, &example["request"]["body"]);
            seed("bodies", &[chosen.as_slice(), kind.as_bytes(), b"\n", &body].concat())?;
        }
    }
    for (number, bytes) in tokens().iter().enumerate() {
        write(&folder, "tokens", &number.to_string(), bytes)?;
    }
    Ok(())
}

fn write(folder: &Path, target: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = folder.join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), bytes)
}

/// What the sandbox holds, by the name of the parameter that asks for it.
fn known() -> Map<String, Value> {
    let mut sandbox = sandbox();
    let world = sandbox.world("demo#agora").expect("the app is there");
    let first = |ids: Option<&str>| Value::from(ids.unwrap_or_default());
    let (group, room) = (world.groups.iter().next().map(|r| r.0), world.rooms.iter().next().map(|r| r.0));
    let message = world.messages.iter().next().map(|r| r.0);
    let pairs = [
        ("group_id", first(group)),
        ("chatroom_id", first(room)),
        ("msg_id", first(message)),
        ("username", "bob".into()),
        ("owner", "amy".into()),
        ("owner_username", "amy".into()),
        ("group_ids", vec![first(group)].into()),
        ("room_ids", vec![first(room)].into()),
        ("usernames", vec!["bob", "cat"].into()),
        ("from", "amy".into()),
    ];
    pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
}

/// Parameters that speak of what is there, where they have its name and its type.
fn aimed(mut params: Map<String, Value>, known: &Map<String, Value>) -> Map<String, Value> {
    for (name, value) in &mut params {
        if let Some(there) = known.get(name).filter(|k| k.is_string() == value.is_string()) {
            value.clone_from(there);
        }
    }
    params
}

/// A request as the targets read it.
fn request(operation: &Operation, dialect: Dialect, params: &Map<String, Value>) -> Option<String> {
    let encoded = operation.encode(params, dialect).ok()?;
    let (method, path) = (encoded.method.as_str(), &encoded.path);
    let mut text = format!("{method} /demo/{}{path}\nauthorization: Bearer {TOKEN}\n", dialect.as_str());
    for (name, value) in &encoded.headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
    match &encoded.body {
        Body::Empty => text.push('\n'),
        Body::Json(json) => text.push_str(&format!("content-type: application/json\n\n{json}")),
        Body::Form(form) => text.push_str(&format!("content-type: application/x-www-form-urlencoded\n\n{form}")),
        Body::Multipart { .. } => {
            text.push_str(&format!("content-type: {MULTIPART}\n\n{}", String::from_utf8_lossy(PARTS)));
        }
    }
    Some(text)
}

const MULTIPART: &str = "multipart/form-data; boundary=x";
const PARTS: &[u8] = b"--x\r\nContent-Disposition: form-data; name=\"thumbnail-width\"\r\n\r\n10\r\n--x\r\n\
    Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nabc\r\n--x--\r\n";

/// A body of the kind that the operation takes, with its `Content-Type`.
fn body(operation: &Operation, json: &Value) -> (&'static str, Vec<u8>) {
    match operation.encoding {
        Encoding::Json => ("application/json", json.to_string().into_bytes()),
        Encoding::Multipart => (MULTIPART, PARTS.to_vec()),
        Encoding::Form => {
            let pairs = json.as_object().into_iter().flatten();
            let form = pairs.map(|(k, v)| format!("{k}={}", v.as_str().map_or_else(|| v.to_string(), str::to_owned)));
            ("application/x-www-form-urlencoded", form.collect::<Vec<_>>().join("&").into_bytes())
        }
    }
}

/// Tokens of both kinds, and the opaque ones.
fn tokens() -> Vec<Vec<u8>> {
    let app = App::default();
    let token = |user| {
        let issued = u32::try_from(NOW / 1000).unwrap_or_default();
        let claims = token::Claims { app_id: &app.app_id, issued, expire: 86_400, salt: 1, user };
        token::build(&claims, &app.app_certificate).map(String::into_bytes).unwrap_or_default()
    };
    vec![token(None), token(Some("2a1f6e0c-0000-0000-0000-000000000001")), TOKEN.into(), b"007".to_vec()]
}
