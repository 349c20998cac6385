//! The sandbox's program: built, started, stopped.

use crate::{
    build::target_folder,
    workspace::{cargo, execute, root},
};
use anyhow::{Context, Result};
use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// Builds the sandbox and returns its program.
pub(crate) fn build() -> Result<PathBuf> {
    execute(&mut cargo(&["build", "--quiet", "--locked", "--package", "agora-chat-sandbox"]))?;
    Ok(target_folder().join("debug").join(format!("agora-chat-sandbox{}", env::consts::EXE_SUFFIX)))
}

/// A sandbox that runs until it is dropped.
pub(crate) struct Running {
    child: Child,
    pub(crate) url: String,
}

impl Running {
    /// Starts a sandbox and waits until it listens.
    pub(crate) fn start(program: &PathBuf, args: &[&str]) -> Result<Self> {
        let mut child = Command::new(program)
            .args(args)
            .current_dir(root())
            .stdin(Stdio::null())
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
                anyhow::bail!("the sandbox did not start: {}", line.trim())
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
