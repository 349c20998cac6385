//! `demo`: a sandbox with a few users, the example against it, the admin page beside it.

use crate::{
    build, page, sandbox, serve, tools,
    workspace::{cargo, command, execute, root},
};
use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The sandbox's usual port.
const PORT: u16 = 7007;

/// What the demo says last.
const READY: &str = "Ctrl-C ends both.";

pub(crate) fn run(stay: bool) -> Result<()> {
    build::run()?;
    let program = sandbox::build()?;
    let page = if stay { Some(page::build()?) } else { None };
    tools::npm_ci(&root().join("examples"))?;

    let port = if stay && TcpListener::bind(("127.0.0.1", PORT)).is_ok() { PORT } else { 0 };
    let args = ["--port", &port.to_string(), "--seed", "examples/seed.jsonl", "--log", "off"];
    let running = sandbox::Running::start(&program, &args)?;
    println!("\nthe sandbox is at {}\n\n$ node examples/quickstart.mjs", running.url);
    execute(command("node", &["examples/quickstart.mjs"]).env("AGORA_CHAT_BASE_URL", &running.url))?;

    let Some(page) = page else { return Ok(()) };
    let url = serve::start(page, &[8080, 0])?;
    println!(
        "\nadmin page  {url}\nsandbox     {}  (app demo#chat; its journal is at /__sandbox/journal)\n\n{READY}",
        running.url
    );
    loop {
        thread::park();
    }
}

/// Runs the demo as people do, and has it end in ways that leave it no time to clear up: its sandbox must end too.
pub(crate) fn check() -> Result<()> {
    for signal in if cfg!(unix) { &["TERM", "KILL"][..] } else { &["end"] } {
        let mut demo = cargo(&["xtask", "demo"]).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let outcome = ended(&mut demo, signal);
        let _ = demo.kill();
        demo.wait()?;
        outcome.with_context(|| format!("the demo, ended by {signal}"))?;
    }
    Ok(())
}

fn ended(demo: &mut Child, signal: &str) -> Result<()> {
    let mut said = String::new();
    let mut lines = BufReader::new(demo.stdout.take().context("no stdout")?);
    while !said.trim_end().ends_with(READY) {
        if lines.read_line(&mut said)? == 0 {
            bail!("it did not get ready:\n{said}");
        }
    }
    let address = |name: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_prefix("http://"));
        let address = line.and_then(|line| line.split([' ', '/']).next());
        address.map(str::to_owned).with_context(|| format!("it does not tell where the {name} is:\n{said}"))
    };
    let (page, sandbox) = (address("admin page ")?, address("sandbox ")?);
    let get = |address: &str, path: &str| -> Result<()> {
        let mut stream = TcpStream::connect(address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        if answer.starts_with("HTTP/1.1 200") { Ok(()) } else { bail!("{address}{path}: {answer}") }
    };
    get(&page, "/")?;
    get(&sandbox, "/__sandbox/health")?;
    if cfg!(unix) {
        execute(&mut command("kill", &["-s", signal, &demo.id().to_string()]))?;
    } else {
        demo.kill()?;
    }
    demo.wait()?;
    let patience = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(&sandbox).is_ok() {
        if Instant::now() > patience {
            bail!("its sandbox at {sandbox} goes on");
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
