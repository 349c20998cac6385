//! `bench`: what a call costs, beside other clients, against one local server.

use crate::{
    build, tools,
    workspace::{command, execute, root},
};
use anyhow::Result;

pub(crate) fn run() -> Result<()> {
    build::run()?;
    let folder = root().join("benches");
    tools::npm_ci(&folder)?;
    execute(command("node", &[]).arg(folder.join("run.mjs")))
}
