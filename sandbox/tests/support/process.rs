//! The sandbox's program, started and stopped.
#![allow(dead_code, missing_docs, unreachable_pub)]

use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    pub fn start(args: &[&str]) -> Self {
        Self::of(Command::new(env!("CARGO_BIN_EXE_agora-chat-sandbox")), args)
    }

    /// Started by another program, which is given the sandbox's and its arguments behind its own.
    pub fn start_by(program: &str, own: &[&str], args: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(own).arg(env!("CARGO_BIN_EXE_agora-chat-sandbox"));
        Self::of(command, args)
    }

    fn of(mut command: Command, args: &[&str]) -> Self {
        let mut child = command
            .args(["--log", "off"])
            // A port of the test's own comes first.
            .args(if args.contains(&"--port") { &[][..] } else { &["--port", "0"] })
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split_whitespace().find(|w| w.starts_with("http://")).unwrap().to_owned();
        Self { child, url }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for it to end by itself.
    pub fn ended(&mut self) -> std::process::ExitStatus {
        self.child.wait().unwrap()
    }

    /// SIGKILL: it gets no chance to write anything.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Calls one of the sandbox's own endpoints.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = reqwest::Client::new().request(method, format!("{}/__sandbox{path}", self.url));
        let response =
            request.body(if body.is_null() { String::new() } else { body.to_string() }).send().await.unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
