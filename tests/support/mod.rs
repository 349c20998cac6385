//! A server on this machine that does as it is told, and a client for it.
#![allow(dead_code, reason = "each test needs some of it")]

use agora_chat_admin::{App, Auth, Client, Config};
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// What the server does with a request.
#[derive(Debug)]
pub(crate) enum Act {
    /// Answers: a status with its reason, headers, a body.
    Answer(String),
    /// Says nothing until the other side has gone.
    Hang,
    /// Ends the connection.
    Reset,
}

/// An answer.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Act {
    let mut text = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    Act::Answer(format!("{text}\r\n{body}"))
}

/// A success with this result.
pub(crate) fn ok(body: &str) -> Act {
    answer(200, &[("content-type", "application/json")], body)
}

/// A server, and the requests that came to it.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server that does this with a request, of which so many came before.
    pub(crate) fn new(act: impl Fn(&str, usize) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let (log, act) = (Arc::clone(&seen), Arc::new(act));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (log, act) = (Arc::clone(&log), Arc::clone(&act));
                thread::spawn(move || serve(stream.unwrap(), &log, &*act));
            }
        });
        Self { url, seen }
    }

    /// The requests that came, each as it stood on the wire.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// How many requests began like this.
    pub(crate) fn count(&self, start: &str) -> usize {
        self.seen().iter().filter(|r| r.starts_with(start)).count()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<String>>, act: &dyn Fn(&str, usize) -> Act) {
    let Some(request) = read(&mut stream) else { return };
    let before = {
        let mut log = log.lock().unwrap();
        log.push(request.clone());
        log.len() - 1
    };
    match act(&request, before) {
        Act::Answer(text) => {
            let _ = stream.write_all(text.as_bytes());
        }
        Act::Hang => {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(60)));
            let _ = stream.read(&mut [0]);
        }
        Act::Reset => {}
    }
}

/// One request: its head, and the body that its length tells.
fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|l| l.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
        match stream.read(&mut buffer) {
            Ok(n) if n > 0 => bytes.extend_from_slice(&buffer[..n]),
            _ => return None,
        }
    }
}

/// How a client of that server is configured.
pub(crate) fn config(url: &str, auth: Auth) -> Config {
    let mut config = Config::new(url, App::key("org", "app"), auth);
    config.timeout = 20_000;
    config
}

/// A client of that server.
pub(crate) fn client(server: &Server, auth: Auth) -> Client {
    Client::new(config(&server.url, auth)).unwrap()
}
