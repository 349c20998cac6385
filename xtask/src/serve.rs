//! A server of static files for the admin page, on loopback, with the policy that the page must live under.

use anyhow::{Context, Result};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    thread,
};

/// The page's policy, directive by directive; the built page says it too.
const POLICY: &str = include_str!("../../www/policy.json");

/// Serves a folder from the first of these ports that is free; returns the URL.
pub(crate) fn start(folder: PathBuf, ports: &[u16]) -> Result<String> {
    let listener = ports
        .iter()
        .find_map(|port| TcpListener::bind(("127.0.0.1", *port)).ok())
        .context("no port is free for the admin page")?;
    let url = format!("http://{}/", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            thread::spawn(move || answer(stream, &folder));
        }
    });
    Ok(url)
}

fn answer(mut stream: TcpStream, folder: &Path) -> Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().context("no request")??;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let target = first.split(' ').nth(1).unwrap_or("/");
    let path = target.split(['?', '#']).next().unwrap_or("/").trim_start_matches('/');
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let inside = path.components().all(|c| matches!(c, Component::Normal(_)));
    let found = if inside { fs::read(folder.join(path)).ok() } else { None };
    let (status, body) = found.map_or(("404 Not Found", b"not found".to_vec()), |body| ("200 OK", body));
    let policy = serde_json::from_str::<Vec<String>>(POLICY)?.join("; ");
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\ncontent-security-policy: {policy}\r\n\
         x-content-type-options: nosniff\r\ncache-control: no-cache\r\nconnection: close\r\n\r\n",
        media_type(path),
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if !first.starts_with("HEAD ") {
        stream.write_all(&body)?;
    }
    Ok(())
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Result, start};
    use std::{
        env, fs,
        io::{Read, Write},
        net::TcpStream,
    };

    fn ask(url: &str, first: &str) -> Result<String> {
        let mut stream = TcpStream::connect(url.trim_start_matches("http://").trim_end_matches('/'))?;
        write!(stream, "{first} HTTP/1.1\r\nhost: x\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    #[test]
    fn pages_come_with_the_policy_and_nothing_from_outside_the_folder() -> Result<()> {
        let folder = env::temp_dir().join(format!("serve-{}", std::process::id()));
        fs::create_dir_all(folder.join("page"))?;
        fs::write(folder.join("page/index.html"), "<h1>page</h1>")?;
        fs::write(folder.join("secret"), "secret")?;
        let url = start(folder.join("page"), &[0])?;
        let page = ask(&url, "GET /")?;
        assert!(page.starts_with("HTTP/1.1 200 OK\r\ncontent-type: text/html"), "{page}");
        assert!(page.ends_with("\r\n\r\n<h1>page</h1>"), "{page}");
        let policy = page.lines().find_map(|l| l.strip_prefix("content-security-policy: ")).unwrap_or_default();
        let scripts = policy.split("; ").find(|directive| directive.starts_with("script-src"));
        assert_eq!(scripts, Some("script-src 'self' 'wasm-unsafe-eval'"), "{page}");
        for outside in ["GET /../secret", "GET //etc/passwd", "GET /missing"] {
            assert!(ask(&url, outside)?.starts_with("HTTP/1.1 404"), "{outside}");
        }
        Ok(fs::remove_dir_all(folder)?)
    }
}
