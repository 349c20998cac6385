//! What loads the sandbox: connections that are kept, each with one request on its way.

use crate::server::Server;
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// How many connections the load has.
const CONNECTIONS: usize = 32;

/// A GET with a token.
pub(crate) fn get(target: &str, token: &str) -> Vec<u8> {
    request("GET", target, token, b"")
}

fn request(method: &str, target: &str, token: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// What is known of an answer whose first bytes these are: where its body begins, and how long all of it is.
fn measure(bytes: &[u8]) -> Option<(usize, usize)> {
    let head = bytes.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head]).unwrap();
    let length = text.lines().find_map(|l| l.strip_prefix("content-length: ")).unwrap_or("0");
    Some((head, head + length.parse::<usize>().unwrap()))
}

/// One connection, for what is asked one after another.
pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) fn open(server: &Server) -> Self {
        let stream = TcpStream::connect(server.address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(stream)
    }

    pub(crate) fn call(&mut self, method: &str, target: &str, token: &str, body: &[u8]) -> Value {
        self.0.write_all(&request(method, target, token, body)).unwrap();
        let (mut answer, mut buffer) = (Vec::new(), [0; 65_536]);
        loop {
            let n = self.0.read(&mut buffer).unwrap();
            assert!(n > 0, "{target}: the connection was closed");
            answer.extend_from_slice(&buffer[..n]);
            if let Some((head, end)) = measure(&answer)
                && answer.len() >= end
            {
                assert!(answer.starts_with(b"HTTP/1.1 200"), "{target}: {}", String::from_utf8_lossy(&answer));
                return serde_json::from_slice(&answer[head..end]).unwrap();
            }
        }
    }

    pub(crate) fn get(&mut self, target: &str, token: &str) -> Value {
        self.call("GET", target, token, b"")
    }

    pub(crate) fn post(&mut self, target: &str, token: &str, body: &Value) -> Value {
        self.call("POST", target, token, body.to_string().as_bytes())
    }

    /// Registers a user, who may be there already.
    pub(crate) fn register(&mut self, username: &str) {
        let line =
            json!({ "op": "users.registerMany", "params": { "users": [{ "username": username, "password": "p" }] } });
        self.call("POST", "/__sandbox/seed", "", line.to_string().as_bytes());
    }

    /// A token by client credentials.
    pub(crate) fn opaque_token(&mut self) -> String {
        let credentials = json!({
            "grant_type": "client_credentials", "client_id": "sandbox-client-id", "client_secret": "sandbox-client-secret",
        });
        self.post("/demo/chat/token", "", &credentials)["access_token"].as_str().unwrap().to_owned()
    }
}

/// What came of a load.
pub(crate) struct Load {
    pub(crate) answered: u64,
    took: Duration,
    latencies: Vec<Duration>,
}

impl Load {
    /// Sends one request over and over for a time.
    pub(crate) fn run(server: &Server, request: &[u8], time: Duration) -> Self {
        let request: Arc<[u8]> = request.into();
        Self::drive(server, time, move || request.to_vec())
    }

    /// Registers one user after another for a time.
    pub(crate) fn writes(server: &Server, token: &str, time: Duration) -> Self {
        let (next, token) = (AtomicU64::new(0), token.to_owned());
        Self::drive(server, time, move || {
            let body =
                json!({ "username": format!("writer{}", next.fetch_add(1, Ordering::Relaxed)), "password": "p" });
            request("POST", "/demo/chat/users", &token, body.to_string().as_bytes())
        })
    }

    fn drive(server: &Server, time: Duration, next: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (address, next) = (server.address, Arc::new(next));
        runtime.block_on(async {
            let started = Instant::now();
            let until = started + time;
            let connections: Vec<_> = (0..CONNECTIONS)
                .map(|_| {
                    let next = next.clone();
                    tokio::spawn(async move {
                        let stream = tokio::net::TcpStream::connect(address).await.unwrap();
                        stream.set_nodelay(true).unwrap();
                        let mut latencies = Vec::new();
                        while Instant::now() < until {
                            let sent = Instant::now();
                            exchange(&stream, &next()).await;
                            latencies.push(sent.elapsed());
                        }
                        latencies
                    })
                })
                .collect();
            let mut latencies = Vec::new();
            for connection in connections {
                latencies.extend(connection.await.unwrap());
            }
            latencies.sort();
            Self { answered: latencies.len() as u64, took: started.elapsed(), latencies }
        })
    }

    /// Answers a second.
    pub(crate) fn rate(&self) -> u64 {
        (self.answered as f64 / self.took.as_secs_f64()) as u64
    }

    /// Within which time that part was answered.
    pub(crate) fn within(&self, part: f64) -> Duration {
        let at = (self.latencies.len() as f64 * part) as usize;
        self.latencies.get(at.min(self.latencies.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

/// Sends a request and reads its answer to the end.
async fn exchange(stream: &tokio::net::TcpStream, request: &[u8]) {
    // A small request fits what the kernel takes at once.
    assert_eq!(stream.try_write(request).unwrap(), request.len());
    let (mut answer, mut filled) = ([0; 16_384], 0);
    loop {
        stream.readable().await.unwrap();
        match stream.try_read(&mut answer[filled..]) {
            Ok(0) => panic!("the connection was closed"),
            Ok(n) => filled += n,
            Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(e) => panic!("{e}"),
        }
        if let Some((_, end)) = measure(&answer[..filled])
            && filled >= end
        {
            assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..filled]));
            return;
        }
    }
}
