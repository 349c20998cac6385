//! `test`: every test there is, one line for each stage.

use crate::{
    browser, build, demo, fuzz, generate, openapi, page, sandbox, size,
    tools::{self, WASM_TARGET},
    workspace::{cargo, command, execute, root},
};
use anyhow::{Context, Result};
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Instant,
};

/// What a stage found: how many tests passed and failed, which could not be run here, and what it printed.
#[derive(Default)]
struct Outcome {
    passed: usize,
    failed: usize,
    skipped: Vec<String>,
    output: String,
}

impl Outcome {
    /// What cannot be run here, and why.
    fn skipped(name: &str, why: &str) -> Self {
        Self { skipped: vec![format!("{name} ({why})")], ..Self::default() }
    }
}

/// Passed, failed and skipped so far.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: Vec<String>,
}

pub(crate) fn run(packages: bool) -> Result<()> {
    let mut tally = Tally::default();
    if packages {
        tally.stage("every environment", packages_matrix)?;
        return tally.close();
    }
    tally.stage("format", || check(cargo(&["fmt", "--all", "--check"])))?;
    tally.stage("format of the fuzz targets", || {
        check(cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))
    })?;
    tally.stage("lints", || {
        check(cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"]))
    })?;
    tally.stage("lints in wasm", || {
        tools::wasm_target()?;
        let args = ["clippy", "--package", "agora-chat-admin", "--lib", "--locked", "--quiet", "--target", WASM_TARGET];
        check(cargo(&[args.as_slice(), &["--", "-D", "warnings"]].concat()))
    })?;
    tally.stage("Rust", || count(cargo(&["test", "--workspace", "--locked", "--no-fail-fast"])))?;
    tally.stage("generated files", || ours(generate::check))?;
    tally.stage("package", || ours(build::run))?;
    tally.stage("size", || ours(size::run))?;
    tally.stage("wasm in Node", || wasm("wasm", None))?;
    tally.stage("wasm in Chromium", || wasm("wasm_browser", Some(browser::find()?)))?;
    let tarball = Installed::new();
    tally.stage("types", || check(tarball.as_ref().map_err(shown)?.tsc()?))?;
    tally.stage("types of its own code", || check(tools::node("typescript/bin/tsc", &["-p", "xtask/tools"])?))?;
    for entry in ["esm", "cjs"] {
        tally.stage(&format!("package in Node ({entry})"), || count(tarball.as_ref().map_err(shown)?.node(entry)?))?;
    }
    tally.stage("OpenAPI fuzzing", || match tools::no_python() {
        Some(why) => Ok(Outcome::skipped("OpenAPI fuzzing", why)),
        None => ours(openapi::run),
    })?;
    tally.stage("fuzzing", || match fuzz::impossible() {
        Some(why) => Ok(Outcome::skipped("fuzzing", &why)),
        None => ours(|| fuzz::run(fuzz::SECONDS)),
    })?;
    tally.stage("every environment", packages_matrix)?;
    tally.stage("quick start", || ours(|| demo::run(false)))?;
    tally.stage("Redis limiter", || {
        if tools::debian(&["redis-server"], "redis-server").is_none() {
            return Ok(Outcome::skipped("Redis limiter", "there is no redis-server"));
        }
        let folder = root().join("benches");
        tools::npm_ci(&folder)?;
        let mut node = command("node", &["--test"]);
        node.args(test_files(&folder)?);
        count(node)
    })?;
    tally.stage("admin page", || {
        page::build()?;
        let browser = browser::find()?;
        let mut node = command("node", &["--test"]);
        node.args(test_files(&root().join("tests/browser"))?);
        node.env("CHROMIUM", browser.chromium).env("AGORA_CHAT_SANDBOX", sandbox::build()?);
        count(node)
    })?;
    tally.close()
}

impl Tally {
    /// Runs a stage and prints its line, and the figures that its tests tell; one that cannot even start is one failure.
    fn stage(&mut self, name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
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
        Ok(())
    }

    fn close(&self) -> Result<()> {
        println!("{} passed, {} failed{}", self.passed, self.failed, skipped(&self.skipped));
        if self.failed > 0 {
            std::process::exit(1);
        }
        Ok(())
    }
}

/// What could not be run, by name; nothing if all could.
fn skipped(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!(", {} skipped: {}", names.len(), names.join(", ")) }
}

fn shown(error: &anyhow::Error) -> anyhow::Error {
    anyhow::anyhow!("{error:#}")
}

/// A task of ours that either succeeds or says why not.
fn ours(task: impl FnOnce() -> Result<()>) -> Result<Outcome> {
    task().map(|()| Outcome { passed: 1, ..Outcome::default() })
}

/// A command that either succeeds or not: one test.
fn check(mut command: Command) -> Result<Outcome> {
    let (success, output) = collect(&mut command)?;
    Ok(Outcome { passed: usize::from(success), failed: usize::from(!success), output, ..Outcome::default() })
}

/// A command that runs tests and says how many.
fn count(mut command: Command) -> Result<Outcome> {
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

/// The wasm suite, in Node or in a browser.
fn wasm(suite: &str, browser: Option<browser::Browser>) -> Result<Outcome> {
    tools::wasm_target()?;
    let runner = tools::wasm_bindgen("wasm-bindgen-test-runner")?;
    let mut cargo =
        cargo(&["test", "--package", "agora-chat-admin", "--target", WASM_TARGET, "--locked", "--test", suite]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    if let Some(browser) = browser {
        cargo.env("CHROMEDRIVER", browser.driver);
    }
    count(cargo)
}

/// The packed tarball, installed where nothing else is.
struct Installed {
    folder: PathBuf,
}

impl Installed {
    fn new() -> Result<Self> {
        let folder = build::target_folder().join("js-tests");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let tarball = pack(&folder)?;
        fs::write(folder.join("package.json"), "{\"private\":true,\"type\":\"module\"}\n")?;
        let args = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
        // The transports are tested with undici's dispatchers, which the package itself does not need.
        execute(command("npm", &args).arg(tarball).arg("undici@7.30.2").current_dir(&folder).stdout(Stdio::null()))?;
        copy(&root().join("tests/js"), &folder)?;
        copy(&root().join("tests/cases"), &folder.join("cases"))?;
        copy(&root().join("examples"), &folder.join("examples"))?;
        Ok(Self { folder })
    }

    /// The tests, with the package loaded as that kind of module.
    fn node(&self, entry: &str) -> Result<Command> {
        let mut node = command("node", &["--test"]);
        node.args(test_files(&self.folder)?).current_dir(&self.folder);
        node.env("AGORA_CHAT_ENTRY", entry).env("AGORA_CHAT_SANDBOX", sandbox::build()?);
        Ok(node)
    }

    fn tsc(&self) -> Result<Command> {
        let project = self.folder.join("types").to_string_lossy().into_owned();
        tools::node("typescript/bin/tsc", &["-p", &project])
    }
}

/// Packs `pkg/` into a folder; returns the tarball.
fn pack(folder: &Path) -> Result<PathBuf> {
    let mut npm = command("npm", &["pack", "--silent", "--pack-destination"]);
    let name = crate::workspace::capture(npm.arg(folder).current_dir(build::package()))?;
    let name = name.lines().last().context("npm pack said nothing")?.trim().to_owned();
    Ok(folder.join(name))
}

/// Every environment that the package must work in.
fn packages_matrix() -> Result<Outcome> {
    build::run()?;
    let folder = build::target_folder().join("package-tests");
    fs::create_dir_all(&folder)?;
    let tarball = pack(&folder)?;
    let mut node = command("node", &[]);
    node.arg(root().join("tests/package/run.mjs")).env("AGORA_CHAT_TARBALL", tarball).env("AGORA_CHAT_WORK", folder);
    if let Ok(browser) = browser::find() {
        node.env("CHROMIUM", browser.chromium);
    }
    if let Some(firefox) = browser::firefox() {
        node.env("FIREFOX", firefox);
    }
    let mut child = node.stdout(Stdio::piped()).spawn()?;
    let mut outcome = Outcome::default();
    for line in BufReader::new(child.stdout.take().context("no stdout")?).lines() {
        let line = line?;
        println!("{line}");
        match line.split_once(' ') {
            Some(("ok", _)) => outcome.passed += 1,
            Some(("FAILED", _)) => outcome.failed += 1,
            Some(("skipped", rest)) => outcome.skipped.extend(rest.split_once(':').map(|(name, _)| name.to_owned())),
            _ => {}
        }
    }
    if !child.wait()?.success() {
        outcome.failed = outcome.failed.max(1);
    }
    Ok(outcome)
}

/// The `*.test.mjs` of a folder.
fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in crate::workspace::files(from)? {
        crate::workspace::write(&to.join(file.strip_prefix(from)?), fs::read(&file)?)?;
    }
    Ok(())
}
