//! The sandbox's program, and what it takes.

use agora_chat_admin::token;
use agora_chat_sandbox::app::App;
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// From its start to its first answer.
    pub(crate) ready: Duration,
}

impl Server {
    pub(crate) fn start(args: &[&str]) -> Self {
        let started = Instant::now();
        let mut sandbox = Command::new(env!("CARGO_BIN_EXE_agora-chat-sandbox"));
        sandbox.args(["--port", "0", "--log", "off", "--loose", "--dialect", "easemob"]).args(args);
        let mut server = Self::listening(&mut sandbox);
        crate::Connection::open(&server).get("/__sandbox/health", "");
        server.ready = started.elapsed();
        server
    }

    /// This program again, as what the sandbox is measured by.
    pub(crate) fn bare() -> Self {
        Self::listening(Command::new(std::env::current_exe().unwrap()).arg("bare"))
    }

    fn listening(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().rsplit_once("http://").expect("a server tells where it listens").1;
        Self { child, address: url.parse().unwrap(), ready: Duration::ZERO }
    }

    /// An AccessToken2 of the app.
    pub(crate) fn token(&self) -> String {
        let app = App::default();
        let issued = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let issued = u32::try_from(issued).unwrap();
        let claims = token::Claims { app_id: &app.app_id, issued, expire: 86_400, salt: 1, user: None };
        token::build(&claims, &app.app_certificate).unwrap()
    }

    /// Tells it to stop and waits until it has, with its data file closed.
    pub(crate) fn stop(mut self) {
        let told = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(told.is_ok_and(|status| status.success()) && self.child.wait().unwrap().success());
    }

    /// The time that it has kept cores busy, where the system tells.
    pub(crate) fn cpu(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // The name before them may hold spaces: what follows begins behind its bracket, and counts hundredths of seconds.
        let times = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(2);
        Some(Duration::from_millis(times.map(|t| t.parse::<u64>().unwrap_or_default() * 10).sum()))
    }

    /// What it holds in memory now, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        let pid = self.child.id().to_string();
        let kilobytes = match std::fs::read_to_string(format!("/proc/{pid}/status")) {
            Ok(status) => status.lines().find_map(|l| l.strip_prefix("VmRSS:")).map(str::to_owned),
            Err(_) => {
                let ps = Command::new("ps").args(["-o", "rss=", "-p", &pid]).output();
                ps.ok().map(|out| String::from_utf8_lossy(&out.stdout).into_owned())
            }
        };
        kilobytes.and_then(|t| t.split_whitespace().next()?.parse::<u64>().ok()).expect("the memory of a process")
            * 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
