//! The sandbox's program: built, started, stopped.

use crate::{
    build::target_folder,
    workspace::{cargo, execute, root},
};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Builds the sandbox and returns its program.
pub(crate) fn build() -> Result<PathBuf> {
    println!("building the sandbox");
    execute(&mut cargo(&["build", "--quiet", "--locked", "--package", "agora-chat-sandbox"]))?;
    Ok(target_folder().join("debug").join(format!("agora-chat-sandbox{}", env::consts::EXE_SUFFIX)))
}

/// A sandbox that runs until it is dropped, or until this process ends, in whatever way: it ends with its input.
pub(crate) struct Running {
    child: Child,
    pub(crate) url: String,
}

impl Running {
    /// Starts a sandbox and waits until it listens.
    pub(crate) fn start(program: &Path, args: &[&str]) -> Result<Self> {
        let mut child = Command::new(program)
            .arg("--end-with-stdin")
            .args(args)
            .current_dir(root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let stdout = child.stdout.take().context("the sandbox has no output")?;
        let mut lines = BufReader::new(stdout);
        let mut line = String::new();
        lines.read_line(&mut line)?;
        let url = line.split_whitespace().find(|w| w.starts_with("http://")).map(str::to_owned);
        // Its later output is nobody's, but the pipe must not fill up.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        match url {
            Some(url) => Ok(Self { child, url }),
            None => {
                let _ = child.kill();
                bail!("the sandbox did not start: {}", line.trim())
            }
        }
    }
}

impl Running {
    /// Asks the sandbox something; an answer that is no success is an error.
    pub(crate) fn ask(&self, method: &str, path: &str, token: Option<&str>, body: &Value) -> Result<Value> {
        let address = self.url.trim_start_matches("http://");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let token = token.map(|t| format!("Authorization: Bearer {t}\r\n")).unwrap_or_default();
        let length = body.len();
        let mut stream = TcpStream::connect(address)?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{token}\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("the sandbox's answer broke off")?;
        if !head.starts_with("HTTP/1.1 200") {
            bail!("{method} {path}: {body}");
        }
        Ok(serde_json::from_str(body)?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
