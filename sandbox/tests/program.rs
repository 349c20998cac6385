//! The program: what it prints, how it stops, with which code it ends.
#![cfg(unix)]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/process.rs"]
mod process;

use process::Server;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_agora-chat-sandbox"));
    command.args(args).stdin(Stdio::null());
    command
}

fn output(args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = program(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status().unwrap().success());
}

#[test]
fn help_names_every_option() {
    let (code, help, _) = output(&["--help"]);
    assert_eq!(code, Some(0));
    for option in [
        "--host",
        "--port",
        "--app",
        "--dialect",
        "--open-registration",
        "--data",
        "--seed",
        "--loose",
        "--log",
        "--proxy",
        "--allow-host",
        "--allow-origin",
        "--header-timeout",
        "--end-with-stdin",
        "exec",
    ] {
        assert!(help.contains(option), "{option} is missing:\n{help}");
    }
    let (code, version, _) = output(&["--version"]);
    assert_eq!((code, version.trim()), (Some(0), concat!("agora-chat-sandbox ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn what_cannot_run_says_why_and_fails() {
    let (code, _, error) = output(&["--port", "70000"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("--port"), "{error}");
    for (option, wrong) in [
        ("--allow-host", "http://sandbox"),
        ("--allow-host", "sandbox:7007"),
        ("--allow-host", "*"),
        ("--allow-host", ""),
        ("--allow-origin", "console.example"),
        ("--allow-origin", "https://console.example/page"),
        ("--allow-origin", "https://*"),
    ] {
        let (code, _, error) = output(&[option, wrong]);
        assert_eq!(code, Some(2), "{option} {wrong}");
        assert!(error.contains(option), "{error}");
    }

    let file = std::env::temp_dir().join(format!("agora-chat-sandbox-program-{}.redb", std::process::id()));
    let data = file.to_str().unwrap();
    let server = Server::start(&["--data", data]);
    let port = server.url.rsplit_once(':').unwrap().1;
    let cases: [(&[&str], &str); 11] = [
        (&["--port", port], "cannot listen on 127.0.0.1"),
        (&["--app", "demo"], "--app must be ORG#APP"),
        (&["--app", "demo#chat=none"], "--app must be ORG#APP"),
        (&["--data", data], "already open"),
        (&["--data", "/no/such/folder/data.redb"], "/no/such/folder/data.redb: "),
        (&["--seed", "/no/such/seeds"], "/no/such/seeds: "),
        (&["--proxy", "a61.chat.agora.io"], "--proxy"),
        (&["--proxy", "https://user:secret@a61.chat.agora.io"], "--proxy must be a host"),
        (&["--port", "0", "--host", "0.0.0.0", "--proxy", "https://a61.chat.agora.io"], "listen on loopback"),
        (&["--port", "0", "--end-with-stdin", "exec", "true"], "leave out --end-with-stdin"),
        (&["--end-with-stdin", "compact", data], "leave out --end-with-stdin"),
    ];
    for (args, why) in cases {
        let (code, _, error) = output(args);
        assert_eq!(code, Some(1), "{args:?}");
        let one_line = error.starts_with("agora-chat-sandbox: ") && error.lines().count() == 1;
        assert!(one_line && error.contains(why) && !error.contains("secret"), "{args:?}: {error}");
    }
    drop(server);
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn apps_may_have_dialects_of_their_own() {
    let server = Server::start(&["--app", "a#one", "--app", "b#two=easemob", "--dialect", "agora"]);
    let health = server.control("GET", "/health", Value::Null).await;
    let apps: Vec<_> = health["apps"].as_array().unwrap().iter().map(|a| (&a["key"], &a["app"]["dialect"])).collect();
    assert_eq!(apps, [(&json!("a#one"), &json!("agora")), (&json!("b#two"), &json!("easemob"))]);
}

#[tokio::test]
async fn a_request_is_one_line_without_secrets() {
    for (format, json) in [("text", false), ("json", true)] {
        let mut child =
            program(&["--port", "0", "--log", format]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("agora-chat-sandbox listening on http://127.0.0.1:"), "{line}");
        let url = line.split_whitespace().last().unwrap().to_owned();
        let http = reqwest::Client::new();
        let body =
            json!({ "grant_type": "client_credentials", "client_id": "sandbox-client-id", "client_secret": "hunter2" });
        http.post(format!("{url}/demo/chat/token?secret=hunter2")).body(body.to_string()).send().await.unwrap();
        let get = http.get(format!("{url}/demo/chat/users/amy")).header("authorization", "Bearer hunter2");
        get.send().await.unwrap();
        http.get(format!("{url}/__sandbox/health")).send().await.unwrap();
        signal(child.id(), "TERM");
        let mut log = String::new();
        child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(child.wait().unwrap().success());

        assert!(!log.contains("hunter2"), "{log}");
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines.len(), 2, "{log}");
        if json {
            let lines: Vec<Value> = lines.iter().map(|l| serde_json::from_str(l).unwrap()).collect();
            assert_eq!(lines[0]["operation"], "tokens.app.create");
            assert_eq!((&lines[1]["method"], &lines[1]["path"]), (&json!("GET"), &json!("/demo/chat/users/amy")));
            assert_eq!((&lines[1]["status"], &lines[1]["error"]), (&json!(401), &json!("auth_bad_access_token")));
            assert!(lines[1]["microseconds"].is_u64());
        } else {
            assert!(lines[0].starts_with("400 POST /demo/chat/token tokens.app.create "), "{log}");
            assert!(lines[1].ends_with(" auth_bad_access_token"), "{log}");
        }
    }
}

#[tokio::test]
async fn told_to_stop_it_answers_what_is_on_its_way() {
    for name in ["INT", "TERM"] {
        let mut server = Server::start(&[]);
        server.control("POST", "/faults", json!({ "path": "/slow", "kind": "delay", "delay": 500 })).await;
        let slow = tokio::spawn(reqwest::get(format!("{}/demo/chat/slow", server.url)));
        // The request is there once the fault has hit it.
        while server.control("GET", "/faults", Value::Null).await["faults"][0]["hits"] != 1 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        signal(server.id(), name);
        assert_eq!(slow.await.unwrap().unwrap().status(), 404);
        assert_eq!(server.ended().code(), Some(0), "{name}");
    }
}

#[tokio::test]
async fn a_second_signal_does_not_wait() {
    let mut server = Server::start(&[]);
    server.control("POST", "/faults", json!({ "path": "/slow", "kind": "delay", "delay": 600_000 })).await;
    let slow = tokio::spawn(reqwest::get(format!("{}/demo/chat/slow", server.url)));
    while server.control("GET", "/faults", Value::Null).await["faults"][0]["hits"] != 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let started = Instant::now();
    signal(server.id(), "TERM");
    tokio::time::sleep(Duration::from_millis(100)).await;
    signal(server.id(), "TERM");
    assert_eq!(server.ended().code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(4));
    assert!(slow.await.unwrap().is_err());
}

#[test]
fn it_runs_on_where_its_output_is_full_or_gone() {
    let mut full = program(&["--port", "0", "--log", "off"])
        .stdout(std::fs::File::options().write(true).open("/dev/full").unwrap())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(full.stderr.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("agora-chat-sandbox listening on http://") && line.contains("standard output"), "{line}");
    signal(full.id(), "TERM");
    assert_eq!(full.wait().unwrap().code(), Some(0));

    for (out, error) in [("| true", ""), (">&-", ""), ("| true", "2>&-"), (">/dev/full", "2>/dev/full")] {
        // `exec` ends by itself.
        let script =
            format!("({} --port 0 exec -- true; echo $? >&3) {error} {out}", env!("CARGO_BIN_EXE_agora-chat-sandbox"));
        let code = Command::new("sh").args(["-c", &format!("{{ {script}; }} 3>&1 1>/dev/null")]).output().unwrap();
        assert_eq!(String::from_utf8(code.stdout).unwrap().trim(), "0", "{script}");
    }
}

/// Seeds for so many users.
fn seeds(count: usize) -> String {
    let line = |n| json!({ "op": "users.register", "params": { "username": format!("u{n}"), "password": "x" } });
    (0..count).map(|n| format!("{}\n", line(n))).collect()
}

#[tokio::test]
async fn seeds_keep_nobody_waiting() {
    let server = Server::start(&["--loose"]);
    let seed = reqwest::Client::new().post(format!("{}/__sandbox/seed", server.url)).body(seeds(6_000)).send();
    let seeding = tokio::spawn(async { seed.await.unwrap().text().await.unwrap() });
    let mut between = 0;
    while !seeding.is_finished() {
        let health = server.control("GET", "/health", Value::Null).await;
        between += usize::from((1..6_000).contains(&health["apps"][0]["users"].as_u64().unwrap()));
    }
    assert_eq!(seeding.await.unwrap(), r#"{"count":6000}"#);
    assert!(between > 0);
}

#[tokio::test]
async fn an_import_is_read_while_others_call() {
    let server = Server::start(&[]);
    let names: String = (0..400_000).map(|n| format!("\"name{n}\":\"text\",")).collect();
    let dump = format!(r#"{{"apps":{{"demo#chat":{{"tables":{{"attributes":{{"amy":{{{names}"last":"x"}}}}}}}}}}}}"#);
    let import = reqwest::Client::new().post(format!("{}/__sandbox/import", server.url)).body(dump).send();
    let started = Instant::now();
    let importing = tokio::spawn(async { import.await.unwrap().text().await.unwrap() });
    let mut longest = Duration::ZERO;
    while !importing.is_finished() {
        let asked = Instant::now();
        server.control("GET", "/health", Value::Null).await;
        longest = longest.max(asked.elapsed());
    }
    assert_eq!(importing.await.unwrap(), "{}");
    let took = started.elapsed();
    assert!(longest < took / 2, "{longest:?} of {took:?}");
}

#[test]
fn it_hears_signals_while_it_gets_ready() {
    let file = std::env::temp_dir().join(format!("agora-chat-sandbox-seeds-{}", std::process::id()));
    std::fs::write(&file, seeds(300_000)).unwrap();
    let mut child =
        program(&["--port", "0", "--loose", "--seed", file.to_str().unwrap()]).stdout(Stdio::piped()).spawn().unwrap();
    // Its signals are its first business.
    std::thread::sleep(Duration::from_millis(500));
    signal(child.id(), "TERM");
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!((child.wait().unwrap().code(), out.as_str()), (Some(0), ""));
    std::fs::remove_file(file).unwrap();
}

#[test]
fn it_ends_with_its_input_if_asked_to() {
    let mut child = program(&["--port", "0", "--log", "off", "--end-with-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("agora-chat-sandbox listening on http://").unwrap().to_owned();
    let mut input = child.stdin.take().unwrap();
    // What comes in is nobody's.
    input.write_all(b"quit\n").unwrap();
    TcpStream::connect(&address).unwrap();
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn exec_runs_a_command_and_ends_as_it_does() {
    let exec = |script: &str| output(&["--port", "0", "exec", "--", "sh", "-c", script]);
    let (code, out, _) = exec("echo \"$AGORA_CHAT_SANDBOX_APP at $AGORA_CHAT_SANDBOX_URL\"; exit 7");
    assert_eq!(code, Some(7));
    let url = out.lines().next().unwrap().strip_prefix("agora-chat-sandbox listening on ").unwrap();
    assert_eq!(out.lines().nth(1).unwrap(), format!("demo#chat at {url}"));
    assert_eq!(exec("exit 0").0, Some(0));
    // To listen on every address is no address to call.
    for (host, called) in [("0.0.0.0", "http://127.0.0.1:"), ("::", "http://[::1]:")] {
        let (code, out, _) =
            output(&["--host", host, "--port", "0", "exec", "--", "sh", "-c", "echo \"$AGORA_CHAT_SANDBOX_URL\""]);
        assert_eq!(code, Some(0));
        assert!(out.lines().nth(1).unwrap().starts_with(called), "{out}");
    }
    // As shells have it.
    assert_eq!(exec("kill -9 $$").0, Some(128 + 9));
    let (code, _, error) = output(&["--port", "0", "exec", "no-such-command-anywhere"]);
    assert_eq!(code, Some(127));
    assert!(error.starts_with("agora-chat-sandbox: cannot run no-such-command-anywhere: "), "{error}");
}

#[test]
fn exec_passes_signals_on() {
    for (name, number) in [("TERM", 15), ("INT", 2), ("HUP", 1)] {
        // The command says that it listens, then ends with the signal's number.
        let script = format!("trap 'exit {number}' {name}; echo ready; while :; do sleep 0.02; done");
        let mut child =
            program(&["--port", "0", "exec", "--", "sh", "-c", &script]).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.map_while(Result::ok).any(|l| l == "ready"));
        signal(child.id(), name);
        assert_eq!(child.wait().unwrap().code(), Some(number), "{name}");
    }
}
