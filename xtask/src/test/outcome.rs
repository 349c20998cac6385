//! What a stage of `test` found, and the tally of all.

use anyhow::{Context, Result};
use std::{
    io::{BufReader, Read},
    process::{Command, Stdio},
    thread,
    time::Instant,
};

/// What a stage found: how many tests passed and failed, which could not be run here, and what it printed.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) skipped: Vec<String>,
    pub(super) output: String,
}

impl Outcome {
    /// What cannot be run here, and why.
    pub(super) fn skipped(name: &str, why: &str) -> Self {
        Self { skipped: vec![format!("{name} ({why})")], ..Self::default() }
    }
}

/// Passed, failed and skipped so far.
#[derive(Default)]
pub(super) struct Tally {
    passed: usize,
    failed: usize,
    skipped: Vec<String>,
}

impl Tally {
    /// Runs a stage and prints its line, and the figures that its tests tell; one that cannot even start is one failure.
    pub(super) fn stage(&mut self, name: &str, work: impl FnOnce() -> Result<Outcome>) {
        println!("...    {name}");
        let start = Instant::now();
        let outcome =
            work().unwrap_or_else(|e| Outcome { failed: 1, output: format!("{e:#}\n"), ..Outcome::default() });
        let verdict = match (outcome.failed, outcome.passed) {
            (0, 0) => "none  ",
            (0, _) => "ok    ",
            _ => "FAILED",
        };
        let seconds = start.elapsed().as_secs_f64();
        if outcome.failed > 0 {
            println!("{}", outcome.output.trim_end());
        }
        let skipped = skipped(&outcome.skipped);
        println!(
            "{verdict} {name:<28} {:>5} passed {:>3} failed {seconds:>7.1} s{skipped}",
            outcome.passed, outcome.failed
        );
        for (_, figure) in outcome.output.lines().filter_map(|line| line.split_once("figure: ")) {
            println!("       {figure}");
        }
        self.passed += outcome.passed;
        self.failed += outcome.failed;
        self.skipped.extend(outcome.skipped);
    }

    /// Prints the sum; a failure is the program's.
    pub(super) fn close(&self) {
        println!("{} passed, {} failed{}", self.passed, self.failed, skipped(&self.skipped));
        if self.failed > 0 {
            std::process::exit(1);
        }
    }
}

/// What could not be run, by name; nothing if all could.
fn skipped(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!(", {} skipped: {}", names.len(), names.join(", ")) }
}

/// A task of ours that either succeeds or says why not.
pub(super) fn ours(task: impl FnOnce() -> Result<()>) -> Result<Outcome> {
    task().map(|()| Outcome { passed: 1, ..Outcome::default() })
}

/// A command that either succeeds or not: one test.
pub(super) fn check(mut command: Command) -> Result<Outcome> {
    let (success, output) = collect(&mut command)?;
    Ok(Outcome { passed: usize::from(success), failed: usize::from(!success), output, ..Outcome::default() })
}

/// A command that runs tests and says how many.
pub(super) fn count(mut command: Command) -> Result<Outcome> {
    let (success, output) = collect(&mut command)?;
    let (passed, mut failed) =
        output.lines().map(counted).fold((0, 0), |(p, f), (passed, failed)| (p + passed, f + failed));
    if !success && failed == 0 || passed + failed == 0 {
        failed += 1;
    }
    Ok(Outcome { passed, failed, output, ..Outcome::default() })
}

/// The numbers in a closing line: of cargo's tests, or of Node's (`# pass 3`, `ℹ fail 0`).
fn counted(line: &str) -> (usize, usize) {
    let words: Vec<&str> = line.split([' ', ';']).filter(|w| !w.is_empty()).collect();
    let before = |name: &str| {
        let at = words.iter().position(|w| *w == name)?;
        words.get(at.checked_sub(1)?)?.parse().ok()
    };
    match words.as_slice() {
        ["test", "result:", ..] => (before("passed").unwrap_or(0), before("failed").unwrap_or(0)),
        ["#" | "ℹ", "pass", n] => (n.parse().unwrap_or(0), 0),
        ["#" | "ℹ", "fail" | "cancelled", n] => (0, n.parse().unwrap_or(0)),
        _ => (0, 0),
    }
}

/// Runs a command; returns whether it succeeded and all that it printed.
fn collect(command: &mut Command) -> Result<(bool, String)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))?;
    let mut errors = child.stderr.take().context("no stderr")?;
    let reader = thread::spawn(move || {
        let mut text = Vec::new();
        let _ = errors.read_to_end(&mut text);
        text
    });
    let mut output = Vec::new();
    BufReader::new(child.stdout.take().context("no stdout")?).read_to_end(&mut output)?;
    output.extend(reader.join().unwrap_or_default());
    let status = child.wait()?;
    Ok((status.success(), String::from_utf8_lossy(&output).into_owned()))
}
