//! `bench`: what a call costs, beside other clients, against one local server; and what the sandbox takes.

use crate::{
    build, tools,
    workspace::{cargo, command, execute, root},
};
use anyhow::Result;

/// Calls of the package beside other clients.
pub(crate) fn client() -> Result<()> {
    build::run()?;
    let folder = root().join("benches");
    tools::npm_ci(&folder)?;
    execute(command("node", &[]).arg(folder.join("run.mjs")))
}

/// The sandbox's start, memory, rates and big lists.
pub(crate) fn sandbox() -> Result<()> {
    execute(&mut cargo(&["bench", "--quiet", "--locked", "--package", "agora-chat-sandbox", "--bench", "sandbox"]))
}
