//! Who may call: programs and pages of this machine, and no page from anywhere else.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/process.rs"]
mod process;

use process::Server;
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

/// The head of the answer to a request that is written by hand, and its body.
fn raw(server: &Server, request: &str) -> String {
    let port = server.url.rsplit_once(':').unwrap().1;
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A connection that is cut off has ended as well; one that stays open has not.
    if let Err(e) = stream.read_to_end(&mut answer) {
        assert!(e.kind() == std::io::ErrorKind::ConnectionReset, "{e}");
    }
    String::from_utf8_lossy(&answer).to_ascii_lowercase()
}

/// The answer to a request with these headers, and its status.
fn ask(server: &Server, line: &str, headers: &[&str]) -> (u16, String) {
    let headers: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    let answer = raw(server, &format!("{line} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: 0\r\n\r\n"));
    let status = answer.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_else(|| panic!("{line}: {answer}"));
    (status, answer)
}

fn status(server: &Server, line: &str, headers: &[&str]) -> u16 {
    ask(server, line, headers).0
}

const HEALTH: &str = "GET /__sandbox/health";
const RESET: &str = "POST /__sandbox/reset";

#[test]
fn a_name_that_leads_elsewhere_is_refused() {
    let server = Server::start(&["--allow-host", "Sandbox", "--allow-host", "host.docker.internal"]);
    let port = server.url.rsplit_once(':').unwrap().1;
    for known in [
        "localhost",
        "LOCALHOST.",
        "amy.localhost:7007",
        &format!("127.0.0.1:{port}"),
        "127.9.9.9",
        "[::1]:1",
        "[::ffff:127.0.0.1]",
        "sandbox:80",
        "host.docker.internal",
    ] {
        assert_eq!(status(&server, HEALTH, &[&format!("Host: {known}")]), 200, "{known}");
    }
    for foreign in [
        "rebind.evil.example",
        "rebind.evil.example:7007",
        "localhost.evil.example",
        "evil-localhost",
        "127.0.0.1.nip.io",
        "10.0.0.5",
        "0.0.0.0",
        "[::]",
        "128.0.0.1",
        "x.sandbox",
    ] {
        for line in [HEALTH, RESET, "GET /demo/chat/users", "OPTIONS /demo/chat/users"] {
            let (status, answer) = ask(&server, line, &[&format!("Host: {foreign}")]);
            assert_eq!(status, 403, "{line} {foreign}");
            assert!(answer.contains("--allow-host") && !answer.contains("access-control"), "{answer}");
        }
    }
    // A target that names a host counts as well.
    let port = format!("Host: 127.0.0.1:{port}");
    assert_eq!(status(&server, "GET http://evil.example/__sandbox/health", &[&port]), 403);
    assert_eq!(status(&server, "GET http://localhost/__sandbox/health", &[&port]), 200);
}

#[test]
fn a_host_is_named_once() {
    let server = Server::start(&[]);
    assert_eq!(status(&server, HEALTH, &[]), 400);
    assert_eq!(status(&server, HEALTH, &["Host: localhost", "Host: localhost"]), 400);
    for unreadable in ["", "amy@localhost", "local host", "localhost/x"] {
        assert_eq!(status(&server, HEALTH, &[&format!("Host: {unreadable}")]), 400, "{unreadable:?}");
    }
    // As HTTP/1.0 has it.
    assert!(raw(&server, "GET /__sandbox/health HTTP/1.0\r\n\r\n").starts_with("http/1.0 200"));
}

#[test]
fn a_page_from_elsewhere_neither_reads_nor_writes() {
    let server = Server::start(&["--allow-origin", "https://Console.example/", "--allow-origin", "null"]);
    let lines = [HEALTH, RESET, "GET /demo/chat/users", "POST /demo/chat/token", "OPTIONS /demo/chat/users"];
    for page in [
        "https://evil.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.nip.io",
        "https://console.example.evil.example",
        "http://console.example",
        "https://console.example:8443",
        "file://",
        "chrome-extension://localhost",
        "https://console.example, https://evil.example",
        "x",
    ] {
        for line in lines {
            let (status, answer) = ask(&server, line, &["Host: localhost", &format!("Origin: {page}")]);
            assert_eq!(status, 403, "{line} {page}");
            assert!(!answer.contains("access-control-"), "{answer}");
        }
    }
    let two = ["Host: localhost", "Origin: http://localhost", "Origin: https://evil.example"];
    assert_eq!(status(&server, RESET, &two), 400);

    for page in ["http://localhost:5173", "https://127.0.0.1", "http://[::1]:80", "https://console.example", "null"] {
        let origin = format!("Origin: {page}");
        let (found, answer) = ask(&server, HEALTH, &["Host: localhost", &origin]);
        assert_eq!(found, 200, "{page}");
        assert!(answer.contains(&format!("access-control-allow-origin: {page}\r\n")), "{answer}");
        assert!(answer.contains("vary: origin\r\n"), "{answer}");
        // Refusals of the platform's can be read like its answers.
        let (found, answer) = ask(&server, "GET /demo/chat/users", &["Host: localhost", &origin]);
        assert_eq!(found, 401);
        assert!(answer.contains(&format!("access-control-allow-origin: {page}\r\n")), "{answer}");
        let private = "Access-Control-Request-Private-Network: true";
        let (found, answer) = ask(&server, "OPTIONS /demo/chat/users", &["Host: localhost", &origin, private]);
        assert_eq!(found, 204);
        for header in
            ["allow-methods: get, post, put, delete", "allow-headers: *, authorization", "allow-private-network: true"]
        {
            assert!(answer.contains(&format!("access-control-{header}")), "{answer}");
        }
    }
    // A program names no page, and needs no leave to read.
    assert!(!ask(&server, HEALTH, &["Host: localhost"]).1.contains("access-control-"));
}

#[test]
fn what_a_browser_asks_without_naming_the_page_writes_nothing() {
    let server = Server::start(&["--proxy", "http://127.0.0.1:9"]);
    for site in ["cross-site", "same-site"] {
        let site = format!("Sec-Fetch-Site: {site}");
        let shown = ["Host: localhost", &site, "Sec-Fetch-Mode: no-cors"];
        let followed = ["Host: localhost", &site, "Sec-Fetch-Mode: navigate"];
        // Shown or followed from any page: an app's answers, without a token; a link to an own endpoint.
        assert_eq!(status(&server, "GET /demo/chat/chatfiles/x", &shown), 404);
        assert_eq!(status(&server, HEALTH, &followed), 200);
        for line in [RESET, "DELETE /__sandbox/journal", "POST /demo/chat/token", "GET /real/app/x", "POST /real/app/x"]
        {
            assert_eq!(status(&server, line, &shown), 403, "{line}");
            assert_eq!(status(&server, line, &followed), 403, "{line}");
        }
        assert_eq!(status(&server, "GET /__sandbox/export", &shown), 403);
    }
    // What its user typed in.
    for site in ["none", "same-origin"] {
        assert_eq!(status(&server, HEALTH, &["Host: localhost", &format!("Sec-Fetch-Site: {site}")]), 200);
    }
}

#[test]
fn where_it_listens_on_all_its_address_is_known() {
    let server = Server::start(&["--host", "0.0.0.0"]);
    assert!(server.url.starts_with("http://127.0.0.1:"), "{}", server.url);
    assert_eq!(status(&server, HEALTH, &["Host: 127.0.0.1"]), 200);
    assert_eq!(status(&server, HEALTH, &["Host: evil.example"]), 403);
    assert_eq!(status(&server, RESET, &["Host: localhost", "Origin: http://evil.example"]), 403);
}

#[test]
fn half_a_request_does_not_stay_for_ever() {
    let server = Server::start(&["--header-timeout", "1"]);
    let started = Instant::now();
    // Both end when the sandbox closes the connection, well before the reads give up.
    let silent = std::thread::spawn({
        let address = server.url.strip_prefix("http://").unwrap().to_owned();
        move || {
            let mut silent = TcpStream::connect(address).unwrap();
            silent.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
            silent.read(&mut [0]).unwrap()
        }
    });
    let answer = raw(&server, "GET /__sandbox/health HTTP/1.1\r\nHost: localhost\r\nX-Half: ");
    assert!(!answer.contains(" 200 "), "{answer}");
    assert_eq!(silent.join().unwrap(), 0);
    let took = started.elapsed();
    assert!((Duration::from_millis(900)..Duration::from_secs(20)).contains(&took), "{took:?}");
}

#[test]
fn a_bad_chunk_size_is_a_bad_request() {
    let server = Server::start(&[]);
    let head = "POST /demo/chat/users HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    for chunk in ["zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "fffffffffffffffff\r\n{}\r\n"] {
        let answer = raw(&server, &format!("{head}{chunk}"));
        assert!(answer.starts_with("http/1.1 400 "), "{chunk:?}: {answer}");
    }
}
