//! `demo`: a sandbox with a few users, the example against it, the admin page beside it.

use crate::{
    build, page, sandbox, serve, tools,
    workspace::{command, execute, root},
};
use anyhow::Result;
use std::{net::TcpListener, thread};

/// The sandbox's usual port.
const PORT: u16 = 7007;

pub(crate) fn run(stay: bool) -> Result<()> {
    build::run()?;
    println!("building the sandbox");
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
        "\nadmin page  {url}\nsandbox     {}  (app demo#chat; its journal is at /__sandbox/journal)\n\nCtrl-C ends both.",
        running.url
    );
    loop {
        thread::park();
    }
}
