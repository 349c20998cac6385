//! The sandbox's figures, each with its budget: start, memory, calls a second, and pages of big lists.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bare;
mod load;
mod server;

use load::{Connection, Load};
use serde_json::{Value, json};
use server::Server;
use std::{
    fmt::Write as _,
    path::Path,
    time::{Duration, Instant},
};

const STARTS: usize = 31;
const USERS: usize = 1_000_000;
const MEMBERS: usize = 100_000;
/// How many users one call registers, and how many one call adds to a group: the documented most.
const BATCH: usize = 60;
/// How many seeds one request carries: 64 MiB is the most that a request may hold.
const LINES: usize = 2_000;
const PAGE: usize = 100;
/// How often a page is measured.
const TURNS: usize = 301;
/// How often rates are measured.
const ROUNDS: usize = 5;

/// Prints figures and keeps those that miss their budget.
#[derive(Default)]
struct Report {
    missed: Vec<String>,
}

impl Report {
    fn line(&self, what: &str, figure: &str) {
        println!("  {what:<46} {figure}");
    }

    /// A figure that must stay on one side of its budget.
    fn budget(&mut self, what: &str, figure: &str, wanted: &str, met: bool) {
        self.line(what, &format!("{figure}, {wanted} wanted"));
        if !met {
            self.missed.push(format!("{what}: {figure}, {wanted} wanted"));
        }
    }
}

fn main() {
    if std::env::args().nth(1).is_some_and(|a| a == "bare") {
        return bare::serve();
    }
    // `-- rates` measures only those; cargo adds `--bench`.
    let only_rates = std::env::args().any(|a| a == "rates");
    let folder = std::env::temp_dir().join(format!("agora-chat-sandbox-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("data.redb");
    let mut report = Report::default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{cores} cores, shared by the sandbox and what loads it");

    println!("\nin memory");
    start(&mut report, &[]);
    let server = Server::start(&[]);
    rates(&mut report, &server);
    if !only_rates {
        fill(&mut report, &server);
        snapshots(&mut report, &server);
        lists(&mut report, &server);
        drop(server);
        println!("\nwith a data file");
        with_data(&mut report, &file);
    }
    std::fs::remove_dir_all(&folder).unwrap();

    if !report.missed.is_empty() {
        println!("\nmissed: {}", report.missed.join("; "));
        std::process::exit(1);
    }
}

fn with_data(report: &mut Report, file: &Path) {
    let data = ["--data", file.to_str().unwrap()];
    let server = Server::start(&data);
    writes(report, &server);
    fill(report, &server);
    snapshots(report, &server);
    server.stop();
    let server = Server::start(&data);
    let (size, ready) = (std::fs::metadata(file).unwrap().len(), server.ready);
    report.line("data file of a million users", &megabytes(size));
    report.budget("ready with it", &milliseconds(ready), "below 3 s", ready < Duration::from_secs(3));
    in_memory(report, server.memory());
    rates(report, &server);
    lists(report, &server);
}

/// From the start of the process to its first answer, and what it takes by then.
fn start(report: &mut Report, args: &[&str]) {
    let mut took: Vec<Duration> = Vec::new();
    let mut memory = 0;
    for _ in 0..STARTS {
        let server = Server::start(args);
        took.push(server.ready);
        memory = memory.max(server.memory());
    }
    let median = middle(took, Duration::cmp);
    let what = format!("ready, median of {STARTS} starts");
    report.budget(&what, &milliseconds(median), "below 100 ms", median < Duration::from_millis(100));
    report.budget("resident memory after start", &megabytes(memory), "below 30 MB", memory < 30_000_000);
}

/// `users.get`, by either kind of token, beside a bare answer. Machines differ, and the same one from minute to minute: what
/// counts is the part of the bare rate, each round's in turns with the others'.
fn rates(report: &mut Report, server: &Server) {
    let mut connection = Connection::open(server);
    connection.register("amy");
    let bare = Server::bare();
    let request = |token: &str| load::get("/demo/chat/users/amy", token);
    let contenders = [
        ("a bare answer of axum", &bare, request("none")),
        ("users.get, opaque token", server, request(&connection.opaque_token())),
        ("users.get, AccessToken2", server, request(&server.token())),
    ];
    for (_, server, request) in &contenders {
        Load::run(server, request, Duration::from_secs(1));
    }
    let mut rounds = [(); 3].map(|()| Vec::new());
    for _ in 0..ROUNDS {
        for ((_, server, request), rounds) in contenders.iter().zip(&mut rounds) {
            let before = server.cpu();
            let load = Load::run(server, request, Duration::from_secs(2));
            let cpu = server.cpu().zip(before).map(|(after, before)| (after - before) / load.answered as u32);
            rounds.push((load, cpu));
        }
    }
    let [bare, ..] = &rounds;
    for ((what, ..), rounds) in contenders.iter().zip(&rounds) {
        let parts = rounds.iter().zip(bare).map(|((load, _), (bare, _))| load.rate() as f64 / bare.rate() as f64);
        let part = middle(parts.collect(), f64::total_cmp);
        let (load, cpu) = middle(rounds.iter().collect(), |a, b| a.0.answered.cmp(&b.0.answered));
        let mut figure = format!("{} a second, 99% within {}", number(load.rate()), milliseconds(load.within(0.99)));
        if let Some(cpu) = cpu {
            let _ = write!(figure, ", {:.1} µs of CPU each", cpu.as_secs_f64() * 1e6);
        }
        match std::ptr::eq(rounds, bare) {
            true => report.line(what, &figure),
            false => report.budget(what, &format!("{figure}, {part:.2} of the bare"), "0.5", part >= 0.5),
        }
    }
}

fn middle<T>(mut of: Vec<T>, order: impl Fn(&T, &T) -> std::cmp::Ordering) -> T {
    of.sort_by(order);
    of.swap_remove(of.len() / 2)
}

/// What it takes to have a write on the disk.
fn writes(report: &Report, server: &Server) {
    let token = server.token();
    let load = Load::writes(server, &token, Duration::from_secs(3));
    let figure = format!("{} a second, median {}", number(load.rate()), milliseconds(load.within(0.5)));
    report.line("users.register, acknowledged when on disk", &figure);
}

/// A million users, and a group with a hundred thousand of them.
fn fill(report: &mut Report, server: &Server) {
    let started = Instant::now();
    let mut connection = Connection::open(server);
    let line = |op: &str, params: Value| json!({ "op": op, "params": params }).to_string();
    let users: Vec<String> = (0..USERS).map(|n| format!("user{n:07}")).collect();
    let batches = users.chunks(BATCH).map(|some| {
        let users: Vec<Value> = some.iter().map(|u| json!({ "username": u, "password": "p" })).collect();
        line("users.registerMany", json!({ "users": users }))
    });
    seed(&mut connection, batches.collect());
    report.line("1,000,000 users registered", &milliseconds(started.elapsed()));

    let started = Instant::now();
    let group =
        json!({ "groupname": "big", "description": "d", "public": true, "maxusers": MEMBERS + 1, "owner": users[0] });
    let group = connection.post("/demo/chat/chatgroups", &server.token(), &group)["data"]["groupid"]
        .as_str()
        .unwrap()
        .to_owned();
    let batches = users[1..=MEMBERS]
        .chunks(BATCH)
        .map(|some| line("groups.members.addMany", json!({ "group_id": group, "usernames": some })));
    seed(&mut connection, batches.collect());
    report.line("100,000 members added to a group", &milliseconds(started.elapsed()));
    in_memory(report, server.memory());
}

/// What the million users and the group take, with all that is around them.
fn in_memory(report: &mut Report, memory: u64) {
    let most = 474_000_000;
    report.budget("resident memory then", &megabytes(memory), &format!("below {}", megabytes(most)), memory < most);
}

/// A snapshot of all that, and the way back after some of it changed.
fn snapshots(report: &mut Report, server: &Server) {
    let (mut connection, token) = (Connection::open(server), server.token());
    let before = server.memory();
    let mut timed = |target: &str| {
        let started = Instant::now();
        connection.call("POST", target, &token, b"");
        started.elapsed()
    };
    let taken = timed("/__sandbox/snapshots/all");
    // Users far apart change.
    for n in (0..USERS).step_by(USERS / 1000) {
        timed(&format!("/demo/chat/users/user{n:07}/deactivate"));
    }
    let restored = timed("/__sandbox/snapshots/all/restore");
    let part = server.memory() as f64 / before as f64;
    let most = Duration::from_secs(2);
    report.budget("snapshot", &milliseconds(taken), "below 2 s", taken < most);
    report.budget("restore", &milliseconds(restored), "below 2 s", restored < most);
    report.budget("memory with it", &format!("{part:.2} times"), "at most 1.5", part <= 1.5);
}

fn seed(connection: &mut Connection, lines: Vec<String>) {
    for some in lines.chunks(LINES) {
        let body = some.iter().fold(String::new(), |mut body, line| {
            let _ = writeln!(body, "{line}");
            body
        });
        let answer = connection.call("POST", "/__sandbox/seed", "", body.as_bytes());
        assert_eq!(answer["count"], some.len(), "{answer}");
    }
}

/// Every page of the two big lists; the last must not take longer than the first.
fn lists(report: &mut Report, server: &Server) {
    let mut connection = Connection::open(server);
    let group = connection.get("/demo/chat/chatgroups?limit=1", &server.token())["data"][0]["groupid"]
        .as_str()
        .unwrap()
        .to_owned();
    let lists = [
        ("users by cursor", "/demo/chat/users?".to_owned(), "entities", USERS),
        ("members of a group by cursor", format!("/demo/chat/chatgroups/{group}/users?version=v3&"), "data", MEMBERS),
    ];
    for (what, path, items, least) in lists {
        let (mut pages, mut found, mut cursor) = (Vec::new(), 0, String::new());
        loop {
            let target = format!("{path}limit={PAGE}{cursor}");
            let page = connection.get(&target, &server.token());
            pages.push(target);
            found += page[items].as_array().map_or(0, Vec::len);
            match page["cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert!(found >= least, "{what}: {found} of {least}");
        // In turns, so that whatever else the machine does meets all three alike; the last page may not be full.
        let some = [0, pages.len() / 2, pages.len() - 2].map(|n| pages[n].as_str());
        let mut took = [(); 3].map(|()| Vec::new());
        for _ in 0..TURNS {
            for (target, took) in some.iter().zip(&mut took) {
                let started = Instant::now();
                connection.get(target, &server.token());
                took.push(started.elapsed());
            }
        }
        let [first, middle, last] = took.map(|took| middle(took, Duration::cmp));
        let figure = format!(
            "{} pages: first {}, middle {}, last {}",
            number(pages.len() as u64),
            milliseconds(first),
            milliseconds(middle),
            milliseconds(last)
        );
        report.budget(what, &figure, "none above 2 times the first", last < first * 2 && middle < first * 2);
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn number(n: u64) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|three| std::str::from_utf8(three).unwrap()).collect();
    groups.join(",")
}
