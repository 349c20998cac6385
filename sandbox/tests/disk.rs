//! The data file: what happens when it is full, damaged, somebody else's, or mostly free.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/process.rs"]
mod process;

use process::Server;
use redb::ReadOnlyDatabase;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("agora-chat-sandbox-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> String {
        self.0.join("data.redb").to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run(program: &str, args: &[&str]) {
    assert!(Command::new(program).args(args).status().unwrap().success(), "{program} {args:?}");
}

/// Tells it to stop, and waits until it has.
fn stop(mut server: Server) {
    run("kill", &["-TERM", &server.id().to_string()]);
    assert_eq!(server.ended().code(), Some(0));
}

/// Sends a request to the app as anybody, which its open registration allows; the status.
async fn call(server: &Server, method: &str, path: &str, body: Value) -> u16 {
    let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
    let request = reqwest::Client::new().request(method, format!("{}/demo/chat{path}", server.url));
    request.body(body.to_string()).send().await.unwrap().status().as_u16()
}

async fn register(server: &Server, name: &str) -> u16 {
    let nickname = "n".repeat(90);
    call(server, "POST", "/users", json!({ "username": name, "password": "secret", "nickname": nickname })).await
}

async fn users(server: &Server) -> u64 {
    server.control("GET", "/health", Value::Null).await["apps"][0]["users"].as_u64().unwrap()
}

#[tokio::test]
async fn memory_is_never_ahead_of_a_full_disk() {
    let folder = Folder::new("full");
    let file = folder.file();
    // A file that may not grow is a disk that is full.
    let limited = |limit: &str| {
        let script = "trap '' XFSZ; exec \"$0\" \"$@\"";
        Server::start_by(
            "prlimit",
            &[&format!("--fsize={limit}:unlimited"), "sh", "-c", script],
            &["--loose", "--open-registration", "--data", &file],
        )
    };
    let server = limited("2000000");
    let mut kept = 0;
    while register(&server, &format!("a{kept}")).await == 200 {
        kept += 1;
        assert!(kept < 20_000, "the file grows without end");
    }
    // What was refused is not there, and its repetition is no duplicate.
    assert_eq!(users(&server).await, kept);
    for _ in 0..3 {
        assert_eq!(register(&server, &format!("a{kept}")).await, 500);
        assert_eq!(users(&server).await, kept);
    }
    // What only reads goes on; and with room, so do writes.
    assert_eq!(call(&server, "GET", "/users/a0", Value::Null).await, 401);
    run("prlimit", &["--pid", &server.id().to_string(), "--fsize=unlimited:unlimited"]);
    for n in kept..kept + 20 {
        assert_eq!(register(&server, &format!("a{n}")).await, 200);
    }
    stop(server);
    let server = Server::start(&["--data", &file]);
    assert_eq!(users(&server).await, kept + 20);
}

#[tokio::test]
async fn a_file_is_closed_when_it_is_told_to_stop() {
    let folder = Folder::new("closed");
    let file = folder.file();
    let server = Server::start(&["--open-registration", "--data", &file]);
    assert_eq!(register(&server, "amy").await, 200);
    stop(server);
    // It opens files alone that need no repair.
    drop(ReadOnlyDatabase::open(&file).unwrap());
    // After a command's end too.
    let exec = ["--port", "0", "--log", "off", "--data", &file, "exec", "--", "true"];
    run(env!("CARGO_BIN_EXE_agora-chat-sandbox"), &exec);
    drop(ReadOnlyDatabase::open(&file).unwrap());
}

/// Starts it on a file that it cannot use; returns what it says.
fn refused(file: &str, args: &[&str]) -> String {
    let before = fs::read(file).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_agora-chat-sandbox"))
        .args(["--port", "0", "--data", file])
        .args(args)
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.starts_with(&format!("agora-chat-sandbox: {file}: ")), "{error}");
    assert!(fs::read(file).unwrap() == before, "the file is changed");
    error
}

#[tokio::test]
async fn a_damaged_or_foreign_file_is_one_line_and_stays() {
    let folder = Folder::new("damaged");
    let file = folder.file();
    let server = Server::start(&["--open-registration", "--data", &file]);
    for n in 0..50 {
        assert_eq!(register(&server, &format!("a{n}")).await, 200);
    }
    stop(server);
    let whole = fs::read(&file).unwrap();
    for cut in [whole.len() - 1, whole.len() - 4096, whole.len() / 2, 8192, 4096, 512, 100, 1] {
        fs::write(&file, &whole[..cut]).unwrap();
        refused(&file, &[]);
        refused(&file, &["compact"]);
    }
    for foreign in ["precious notes\n".repeat(1000), "x".into()] {
        fs::write(&file, foreign).unwrap();
        refused(&file, &[]);
        refused(&file, &["compact"]);
    }
    // Rows of a table that this version does not have.
    fs::write(&file, &whole).unwrap();
    let rows = redb::TableDefinition::<(&str, &str, &str), &[u8]>::new("rows");
    let database = redb::Database::open(&file).unwrap();
    let write = database.begin_write().unwrap();
    write.open_table(rows).unwrap().insert(("demo#chat", "wonders", "k"), b"1".as_slice()).unwrap();
    write.commit().unwrap();
    drop(database);
    let output = Command::new(env!("CARGO_BIN_EXE_agora-chat-sandbox")).args(["--data", &file]).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && error.contains("wonders") && error.lines().count() == 1, "{error}");
    // Rows of a version that did not say their format, and of one that is not known yet.
    for format in [None, Some(99)] {
        fs::remove_file(&file).unwrap();
        let database = redb::Database::create(&file).unwrap();
        let write = database.begin_write().unwrap();
        write.open_table(rows).unwrap().insert(("demo#chat", "users", "amy"), b"{}".as_slice()).unwrap();
        if let Some(format) = format {
            let facts = redb::TableDefinition::<&str, u64>::new("facts");
            write.open_table(facts).unwrap().insert("format", format).unwrap();
        }
        write.commit().unwrap();
        drop(database);
        let output = Command::new(env!("CARGO_BIN_EXE_agora-chat-sandbox")).args(["--data", &file]).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && error.contains("another format"), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
        let read = redb::ReadableDatabase::begin_read(&redb::Database::open(&file).unwrap()).unwrap();
        let row = read.open_table(rows).unwrap().get(("demo#chat", "users", "amy")).unwrap();
        assert_eq!(row.unwrap().value(), b"{}");
    }
}

/// A file of some tens of MB, nearly all of it free.
async fn mostly_free(file: &str) -> u64 {
    let server = Server::start(&["--loose", "--open-registration", "--data", file]);
    let long = "x".repeat(1_500_000);
    for n in 0..24 {
        let user = json!({ "username": format!("a{n}"), "password": "secret", "nickname": long });
        assert_eq!(call(&server, "POST", "/users", user).await, 200);
    }
    server.control("POST", "/reset", Value::Null).await;
    assert_eq!(register(&server, "amy").await, 200);
    stop(server);
    size(file)
}

fn size(file: impl AsRef<Path>) -> u64 {
    fs::metadata(file).unwrap().len()
}

#[tokio::test]
async fn a_file_that_is_mostly_free_shrinks() {
    let folder = Folder::new("free");
    let file = folder.file();
    let large = mostly_free(&file).await;
    assert!(large > 20_000_000, "{large}");
    let output = Command::new(env!("CARGO_BIN_EXE_agora-chat-sandbox")).args(["compact", &file]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{file}: {large} bytes, now {}\n", size(&file)));
    assert!(size(&file) < large / 4, "{}", size(&file));
    fs::remove_file(&file).unwrap();

    let large = mostly_free(&file).await;
    let server = Server::start(&["--data", &file]);
    assert!(size(&file) < large / 4, "{}", size(&file));
    assert_eq!(users(&server).await, 1);
    stop(server);
}
